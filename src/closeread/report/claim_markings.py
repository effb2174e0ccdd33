"""Markings of what is asserted: statements with their grounds, words that conflict, and the anchors of the rest."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.findings import Reading, Statement
from closeread.measures import tell_ground
from closeread.report.cast import Cast
from closeread.report.segments import Marking, mark
from closeread.report.terms import GROUNDS, STATEMENTS


def mark_statements(reading: Reading, cast: Cast) -> Iterator[Marking]:
    """A ground that is a statement of its own is an anchor only: it is marked for itself."""
    for statement in reading.statements:
        label = _say_statement(statement, cast)
        yield mark(statement.place, "statement", statement.id, classes=(_class_of(statement),), label=label)
        for ground in statement.grounds:
            yield mark(ground, "item" if ground.kind == "elsewhere" else "ground", statement.id)


def _class_of(statement: Statement) -> str:
    if statement.voice != "own":
        return "t-other"
    return "t-held" if statement.grounds else "t-bare"


def _say_statement(statement: Statement, cast: Cast) -> str:
    kind = tell_ground(statement)
    ground = f"ground: {GROUNDS[kind]}" if kind else "no ground found"
    who = f"statement {cast.numbers[statement.id]}, own voice" if statement.voice == "own" else "said by others"
    return f"{who}, {STATEMENTS[statement.kind]}, {ground}"


def mark_claims(reading: Reading, cast: Cast) -> Iterator[Marking]:
    for pair in reading.contradictions:
        for side in (pair.first, pair.second):
            yield mark(side, "item", pair.id)
            yield mark(side.words, "conflict", pair.id, label=f"{pair.relation} {cast.label(pair)}")
        for each in pair.aligned:
            yield from (mark(place, "item", pair.id) for place in (each.first, each.second))
    for part in reading.headline:
        yield from (mark(place, "item", part.id) for place in (part.place, *part.carried))
    for echo in reading.echoes:
        known = (echo.known_place,) if echo.known_place else ()
        yield from (mark(place, "item", echo.id) for place in (echo.place, echo.slot, *known))
