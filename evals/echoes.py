"""Recycled phrases: how many of the invented ones are found, and how many findings in real texts are so.

`tests/cases/echoes.txt` holds invented sentences, written before the list and the code; `coded/echoes.tsv` what was
found in PolNeAR train and judged by hand: `python -m evals echoes DATA`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from closeread.analyses.echoes import find_echoes
from closeread.article import Article
from closeread.findings import Echo
from closeread.intake import load_articles, load_text
from closeread.marks import find_marks
from evals.polnear_corpus import load_split
from tests.echo_cases import EchoCase, load_echo_cases

SHEET = Path(__file__).parent / "coded" / "echoes.tsv"


def score_echoes(data: Path) -> dict[str, object]:
    """Recall on the invented sentences, with the slot right; precision by origin on PolNeAR train and the pages, where
    `unjudged` are findings that the sheet does not hold."""
    cases = load_echo_cases()
    found = [_score_case(case) for case in cases]
    with SHEET.open(encoding="utf-8", newline="") as file:
        judged = {
            (row["document"], int(row["start"]), int(row["end"])): row for row in csv.DictReader(file, delimiter="\t")
        }
    texts, real = 0, dict[str, dict[str, int]]()
    for article in _articles(data):
        texts += 1
        for echo in find_echoes(article, find_marks(article)):
            row = judged.get((article.source, echo.place.start, echo.place.end))
            counts = real.setdefault(echo.origin, {"right": 0, "wrong": 0, "unjudged": 0})
            counts[row["verdict"] if row else "unjudged"] += 1
    recall = {"n": len(cases), "found": sum(hit for hit, _ in found), "slot": sum(slot for _, slot in found)}
    return {"invented": recall, "texts": texts, "real": real}


def _score_case(case: EchoCase) -> tuple[bool, bool]:
    hits: list[Echo] = [
        echo
        for echo in find_echoes(case.article, find_marks(case.article))
        if echo.place.start < case.end and case.start < echo.place.end
    ]
    return bool(hits), any(echo.slot.text == case.slot for echo in hits)


def _articles(data: Path) -> Iterator[Article]:
    for document in load_split(data / "polnear", "train"):
        yield load_text(document.text, source=document.name)
    for path in sorted((data / "pages").glob("*.html")):
        for article in load_articles(str(path)):
            if isinstance(article, Article) and article.language == "en":
                yield article
