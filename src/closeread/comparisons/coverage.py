"""Coverage: what each of several texts on one event has, and what it leaves out beside the others.

Something is left out only relative to other texts: it was found in so many of them, and not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from closeread.comparisons.covered_actors import SURE, NamedActors, find_sources
from closeread.comparisons.covered_numbers import find_numbers
from closeread.comparisons.covered_statements import StatementRows, find_quotations
from closeread.comparisons.covered_texts import CoveredText, day_of, order_readings
from closeread.comparisons.matrix import (
    Cell,
    CellState,
    Extent,
    Matrix,
    Omission,
    Row,
    RowKind,
    SharedBy,
    SharedWords,
)
from closeread.comparisons.same_statements import ABSENT, SameStatements
from closeread.comparisons.shared_actors import SharedActor, find_shared_actors
from closeread.comparisons.versions import Utterance, check_versions
from closeread.findings import Reading

__all__ = [
    "Cell",
    "CellState",
    "Extent",
    "Matrix",
    "Omission",
    "Row",
    "RowKind",
    "SharedBy",
    "SharedWords",
    "find_coverage",
]

_KINDS: tuple[RowKind, ...] = ("actor", "source", "quotation", "number", "statement")
_OMITTED: dict[RowKind, str] = {
    "actor": "coverage.omitted-actor",
    "source": "coverage.omitted-source",
    "quotation": "coverage.omitted-quotation",
    "number": "coverage.omitted-number",
    "statement": "coverage.omitted-statement",
}
# Half of three is two, and a share such as a third of three is one, whatever floating point makes of it.
_EXACT = 1e-9


def find_coverage(
    readings: Sequence[Reading],
    *,
    actors: Sequence[SharedActor] | None = None,
    utterances: Sequence[Utterance] | None = None,
    least: int = 2,
    least_share: float = 0.5,
) -> Matrix:
    """What each text has. An omission is listed where at least `least` of the other texts have a row, and at least the
    share `least_share` of them; with one other text, where that one has it. `actors` and `utterances` are found where
    they are not given. The order of the readings does not matter. Raises ValueError where there are fewer than two
    readings, two are the same, `least` is less than 1 or `least_share` not between 0 and 1."""
    _check(readings, least, least_share)
    ordered = order_readings(readings)
    shared = tuple(find_shared_actors(ordered) if actors is None else actors)
    texts = _make_ready(ordered, shared)
    spoken = check_versions(ordered) if utterances is None else utterances
    rows = _number(_find_rows(texts, shared, spoken))
    extents = tuple(text.extent for text in texts)
    days = sorted(day for reading in ordered if (day := day_of(reading)))
    return Matrix(
        tuple(text.id for text in texts),
        rows,
        tuple(_find_omissions(rows, extents, least, least_share)),
        extents,
        days[0] if days else None,
        days[-1] if days else None,
    )


def _check(readings: Sequence[Reading], least: int, least_share: float) -> None:
    if len({reading.article.id for reading in readings}) < max(2, len(readings)):
        raise ValueError(f"{len(readings)} readings; coverage needs two or more that differ in source or text")
    if least < 1:
        raise ValueError(f"least is {least}; it is 1 or more")
    if not 0 <= least_share <= 1:
        raise ValueError(f"least_share is {least_share}; it is between 0 and 1")


def _make_ready(readings: Sequence[Reading], actors: Sequence[SharedActor]) -> list[CoveredText]:
    names: dict[str, dict[str, str]] = {reading.article.id: {} for reading in readings}
    for actor in actors:
        for member in actor.members:
            if member.article in names:
                names[member.article][member.actor] = actor.id
    return [CoveredText(reading, names[reading.article.id]) for reading in readings]


def _find_rows(
    texts: Sequence[CoveredText], actors: Sequence[SharedActor], utterances: Sequence[Utterance]
) -> Iterator[Row]:
    named = NamedActors(texts, actors)
    same = SameStatements(texts)
    yield from named.find_rows()
    yield from find_sources(texts, named, utterances)
    yield from find_quotations(same, utterances)
    yield from find_numbers(texts)
    yield from StatementRows(same).find_rows()


def _number(rows: Iterator[Row]) -> tuple[Row, ...]:
    """By kind, those of most texts first, then by the first text and place that has it."""
    kept = [row for row in rows if any(cell.state != "not-found" for cell in row.cells)]
    kept.sort(key=_order)
    return tuple(replace(row, id=f"{row.kind}-{number}") for number, row in enumerate(kept, 1))


def _order(row: Row) -> tuple[int, int, int, int, int, str]:
    at, cell = next((at, cell) for at, cell in enumerate(row.cells) if cell.state != "not-found")
    possible = sum(cell.state == "possible" for cell in row.cells)
    return _KINDS.index(row.kind), -row.found_in, -possible, at, cell.places[0].start, row.name


def _find_omissions(
    rows: Sequence[Row], extents: Sequence[Extent], least: int, least_share: float
) -> Iterator[Omission]:
    """In the order of the rows and of the texts. Texts that were not analysed are no others."""
    analysed = [extent.analysed for extent in extents]
    for row in rows:
        for at, (cell, extent) in enumerate(zip(row.cells, extents, strict=True)):
            others = [each for each, counts in zip(row.cells, analysed, strict=True) if counts and each is not cell]
            found = sum(each.state == "found" for each in others)
            if cell.state != "not-found" or not others or found < _least(len(others), least, least_share):
                continue
            certain = (
                len(others) > 1 and not extent.is_limited and _is_sure(row, at, _least(len(others), least, least_share))
            )
            yield Omission(row.id, cell.article, found, len(others), certain, _OMITTED[row.kind])


def _least(others: int, least: int, least_share: float) -> int:
    return 1 if others == 1 else max(least, ceil(least_share * others - _EXACT))


def _is_sure(row: Row, at: int, least: int) -> bool:
    """Whether the row is surely in so many others and surely not here: not of who is only described; of sources where
    their attributions are certain, and nobody speaks here who may be the source; of statements where no sentence comes
    near; not of a number that counts nothing."""
    if row.kind == "source":
        told = sum((cell.score or 0.0) >= SURE for cell in row.cells if cell.state != "not-found")
        return row.cells[at].score is None and row.rule != "coverage.described-source" and told >= least
    if row.kind == "statement":
        return (row.cells[at].score or 0.0) < ABSENT
    if row.kind == "number":
        return not row.name.replace(",", "").isdigit()
    return row.rule != "coverage.described-actor"
