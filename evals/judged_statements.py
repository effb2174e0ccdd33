"""Statements of real articles on one event, judged by hand: pairs that were aligned, and omissions. The sheets
`coded/same_statements.tsv` and `coded/omitted_statements.tsv` hold places in BASIL 2010-2016 and codes."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from closeread.comparisons.coverage import Matrix, Omission, find_coverage
from closeread.comparisons.coverage import Row as MatrixRow
from closeread.findings import Reading
from closeread.intake import load_text
from closeread.reading import read_article
from evals.intervals import wilson
from evals.other_news import load_basil
from evals.polnear_corpus import Document

CODED = Path(__file__).parent / "coded"
# The other text says the same, or the same but for a detail. The other codes: a part of it, something else.
SAME = frozenset({"same", "core"})
Row = Mapping[str, str]


def load_rows(name: str) -> list[Row]:
    with (CODED / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def score_judged(basil: Path) -> dict[str, Any]:
    """How the pairs and omissions that were judged come out now. A pair is what its statement has in the other text."""
    pairs, omitted = load_rows("same_statements"), load_rows("omitted_statements")
    documents = {document.name: document for document in load_basil(basil)}
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for event, rows in _by_event([*pairs, *omitted]).items():
        readings = {each.article.source: each for each in _read_event(event, documents)}
        matrix = find_coverage(list(readings.values()))
        for row in rows:
            name, verdict = _tell(matrix, row, readings)
            told[name][verdict] += 1
    return {name: _share(name, told[name]) for name in sorted(told)}


def _by_event(rows: Sequence[Row]) -> dict[str, list[Row]]:
    events: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        events[row["article"].rpartition("_")[0]].append(row)
    return dict(sorted(events.items()))


def _read_event(event: str, documents: Mapping[str, Document]) -> Iterator[Reading]:
    for name in sorted(documents):
        if name.rpartition("_")[0] == event:
            yield read_article(load_text(documents[name].text, source=name))


def _tell(matrix: Matrix, row: Row, readings: Mapping[str, Reading]) -> tuple[str, str]:
    """What the statement, or the row that holds it, is in the other text."""
    here, other = readings[row["article"]].article.id, readings[row["other"]].article.id
    about = _find_rows(matrix, here, int(row["start"]), int(row["end"]))
    if "place" not in row:
        omitted = [each for each in matrix.omissions if each.article == other and each.row in {one.id for one in about}]
        return f"omitted, {row['draw']}, {_name(omitted)}", row["verdict"]
    at = matrix.texts.index(other)
    return f"pair, {row['draw']}, {about[0].cells[at].state if about else 'no row'}", row["verdict"]


def _find_rows(matrix: Matrix, article: str, start: int, end: int) -> list[MatrixRow]:
    """The rows that have their words from this place, else those that have a place over it."""
    statements = [row for row in matrix.rows if row.kind == "statement"]
    exact = [row for row in statements if row.article == article and row.place and row.place.start == start]
    at = matrix.texts.index(article)
    over = [row for row in statements if any(start < p.end and p.start < end for p in row.cells[at].places)]
    return exact or over


def _name(found: Sequence[Omission]) -> str:
    if not found:
        return "no longer"
    return "certain" if any(each.certain for each in found) else "possible"


def _share(name: str, verdicts: Counter[str]) -> dict[str, Any]:
    """Of pairs the share that say the same, of omissions the share that are not there."""
    n = sum(verdicts.values())
    right = sum(verdicts[each] for each in (SAME if name.startswith("pair") else ("absent", "part")))
    return {"n": n, "right": round(right / n, 3), "interval": wilson(right, n), **dict(sorted(verdicts.items()))}
