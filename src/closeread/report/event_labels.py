"""The labels of each actor as they are drawn: one row for a label, one column for a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from closeread.comparisons.labels import LabelCell, LabelDifference, LabelTable
from closeread.report.event_matrix import Column, PlaceLine, list_places


@dataclass(frozen=True, slots=True)
class LabelFigure:
    """One label in one text: how often in each voice, of how many references in own voice, and the interval of that
    share."""

    id: str
    letter: str
    own: int
    quoted: int
    reported: int
    of_own: int
    low: float | None
    high: float | None
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class LabelLine:
    id: str
    head: str
    figures: tuple[LabelFigure, ...]


@dataclass(frozen=True, slots=True)
class ActorLabels:
    """`differences` are sentences; empty where none is beyond chance."""

    name: str
    lines: tuple[LabelLine, ...]
    differences: tuple[str, ...]


def list_labels(tables: Sequence[LabelTable], columns: Sequence[Column]) -> tuple[ActorLabels, ...]:
    """In the order of the actors; cells in the order of the texts."""
    return tuple(_to_actor(number, table, columns) for number, table in enumerate(tables, 1))


def _to_actor(number: int, table: LabelTable, columns: Sequence[Column]) -> ActorLabels:
    lines = []
    for at, row in enumerate(table.rows, 1):
        cells = {cell.article: cell for cell in row.cells}
        name = f"l-{number}-{at}"
        figures = tuple(_to_figure(name, cells[column.text.article], column) for column in columns)
        lines.append(LabelLine(name, row.head, figures))
    letters = {column.text.article: column.letter for column in columns}
    return ActorLabels(table.name, tuple(lines), tuple(_say(each, table, letters) for each in table.differences))


def _to_figure(row: str, cell: LabelCell, column: Column) -> LabelFigure:
    low, high = cell.own_interval or (None, None)
    places = tuple(list_places((*cell.own, *cell.quoted, *cell.reported), column))
    return LabelFigure(
        id=f"{row}-{column.letter}" if places else "",
        letter=column.letter,
        own=len(cell.own),
        quoted=len(cell.quoted),
        reported=len(cell.reported),
        of_own=cell.of_own,
        low=low,
        high=high,
        places=places,
    )


def _say(found: LabelDifference, table: LabelTable, letters: dict[str, str]) -> str:
    row = next(row for row in table.rows if row.head == found.head)
    cells = {cell.article: cell for cell in row.cells}
    sides = " against ".join(_say_share(cells[article], letters[article]) for article in (found.first, found.second))
    return f"“{found.head}”: {sides}; exact test {found.chance:.4f}, {found.raised:.4f} over all labels"


def _say_share(cell: LabelCell, letter: str) -> str:
    return f"{letter} {len(cell.own)} of {cell.of_own} references in own voice"
