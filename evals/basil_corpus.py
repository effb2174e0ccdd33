"""BASIL: news articles in which people marked spans of lexical and of informational bias.

Source: Fan et al. (2019), "In Plain Sight: Media Bias Through the Lens of Factual Reporting", EMNLP.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from closeread.article import find_words
from evals.polnear_corpus import CorpusError

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coded:
    """One article: its body, the places of its sentences, and the spans that people marked as lexical bias."""

    name: str
    year: str
    text: str
    sentences: tuple[Range, ...]
    lexical: tuple[Range, ...]


def load_basil(folder: Path, years: tuple[str, ...]) -> list[Coded]:
    """The articles of some years, by name. Raises CorpusError where there are none."""
    paths = [path for year in years for path in sorted((folder / "articles" / year).glob("*.json"))]
    if not paths:
        raise CorpusError(f"{folder} holds no articles of {', '.join(years)}: no articles/YEAR/*.json")
    return [_load(path, folder / "annotations" / path.parent.name / f"{path.stem}_ann.json") for path in paths]


def _load(path: Path, coding: Path) -> Coded:
    body = json.loads(path.read_text(encoding="utf-8"))["body-paragraphs"]
    text, sentences = _compose(body)
    lexical = [
        _place(sentences, mark)
        for mark in json.loads(coding.read_text(encoding="utf-8"))["phrase-level-annotations"]
        if mark["bias"] == "lex" and mark["id"].startswith("p")
    ]
    return Coded(path.stem, path.parent.name, text, tuple(sentences), tuple(sorted(lexical)))


def _compose(body: list[list[str]]) -> tuple[str, list[Range]]:
    """Paragraphs with an empty line between them, sentences with a blank."""
    text, sentences = "", []
    for paragraph in body:
        for number, sentence in enumerate(paragraph):
            text += " " if number else "\n\n" if text else ""
            sentences.append((len(text), len(text) + len(sentence)))
            text += sentence
    return text, sentences


def _place(sentences: list[Range], mark: dict[str, Any]) -> Range:
    start = sentences[int(mark["id"][1:])][0]
    return start + mark["start"], start + mark["end"]


def to_words(text: str, spans: tuple[Range, ...]) -> frozenset[int]:
    """Indexes of the words that stand in one of the spans, wholly or in part."""
    words = enumerate(find_words(text))
    return frozenset(at for at, (start, end) in words if any(start < last and end > first for first, last in spans))


def load_dates(folder: Path) -> dict[str, str]:
    """The date of each article, by YEAR/NAME."""
    paths = sorted((folder / "articles").glob("*/*.json"))
    return {f"{path.parent.name}/{path.stem}": json.loads(path.read_text(encoding="utf-8"))["date"] for path in paths}
