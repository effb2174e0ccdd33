"""BABE: sentences of news that people judged biased or not, and the words for which they did.

Source: Spinde et al. (2021), "Neural Media Bias Detection Using Distant Supervision With BABE", Findings of EMNLP.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from closeread.article import find_words
from closeread.intake import load_text
from evals.polnear_corpus import CorpusError

FILE = "final_labels_SG2.csv"
# Share of the articles of train, by the hash of their address, that is held out to choose by: 38 of 256.
HELD_OUT = 38
_MARKS = "\"“”‘’' "


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence. `biased` is None where people did not agree; `loaded` are the indexes of the words of the text
    that they marked."""

    text: str
    article: str
    outlet: str
    biased: bool | None
    loaded: frozenset[int]

    @property
    def held_out(self) -> bool:
        """Whether a sentence of train is kept to choose by."""
        return hashlib.sha256((self.article or self.text).encode()).digest()[0] < HELD_OUT


def load_babe(folder: Path, split: str) -> list[Judged]:
    """The sentences of a split, `train` or `gate`, in the order of the file. Raises CorpusError where it has none."""
    path = folder / FILE
    if not path.is_file():
        raise CorpusError(f"{path} is missing; BABE is expected there, with a column `split`")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row.get("split") == split]
    if not rows:
        raise CorpusError(f"{path} has no rows of the split {split!r}")
    return [_to_judged(row) for row in rows]


def _to_judged(row: dict[str, str]) -> Judged:
    text = load_text(row["text"], source="babe").text
    entries = [str(entry).strip(_MARKS) for entry in ast.literal_eval(row["biased_words"] or "[]")]
    biased = {"Biased": True, "Non-biased": False}.get(row["label_bias"])
    return Judged(text, row["news_link"], row["outlet"], biased, frozenset(match_words(text, entries)))


def match_words(text: str, entries: list[str]) -> Iterator[int]:
    """Indexes of the words of a text that stand in one of the entries, wherever that stands. Case does not count."""
    words = find_words(text)
    ends = [end for _, end in words]
    for entry in entries:
        parts = [re.escape(part) for part in entry.split()]
        if not parts:
            continue
        for found in re.finditer(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", text, re.IGNORECASE):
            at = bisect_left(ends, found.start() + 1)
            while at < len(words) and words[at][0] < found.end():
                yield at
                at += 1
