"""Two texts on one event side by side, for print: a page or two that a class can work with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.comparisons.event import Coverage
from closeread.findings import Reading
from closeread.measures import ActorRow, prominence, sourcing
from closeread.report.event_labels import list_labels
from closeread.report.event_matrix import KINDS, CellLine, Column, RowLine, list_blocks, list_columns
from closeread.report.event_page import title_of
from closeread.report.event_sentences import say_window
from closeread.report.page import headline_of
from closeread.report.rendering import render_document
from closeread.report.sentence_parts import say_percent

_NAMED, _SOURCES, _ROWS, _LABELS = 8, 8, 14, 12


@dataclass(frozen=True, slots=True)
class SideText:
    """What the sheet says at the head of one text."""

    column: Column
    headline: str
    lead: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """What stands in one of the two texts and was not found in the other, by kind."""

    kind: str
    first: tuple[str, ...]
    second: tuple[str, ...]


def to_event_sheet(coverage: Coverage, readings: Sequence[Reading], *, command: str) -> str:
    """One HTML document. `readings` are the two texts in the order of the coverage. Raises ValueError where there are
    not two."""
    if len(coverage.texts) != 2:
        raise ValueError(f"the coverage has {len(coverage.texts)} texts; a sheet is of two")
    columns = list_columns(coverage, {})
    blocks = list_blocks(coverage.matrix, columns)
    labels = [(table.name, line) for table in list_labels(coverage.labels, columns) for line in table.lines]
    return render_document(
        "sheet.html",
        title=title_of(coverage),
        window=say_window(coverage),
        sides=[_to_side(reading, column) for reading, column in zip(readings, columns, strict=True)],
        both=[(block.title, block.rows[:_ROWS], len(block.rows)) for block in blocks if block.rows],
        alone=[_to_alone(KINDS[block.kind], block.single) for block in blocks if block.single],
        labels=labels[:_LABELS],
        command=command,
    )


def _to_side(reading: Reading, column: Column) -> SideText:
    lead = reading.article.lead
    return SideText(column, headline_of(reading), lead.text if lead else "", tuple(_list_facts(reading)))


def _list_facts(reading: Reading) -> Iterator[tuple[str, str]]:
    rows = [row for row in sourcing(reading) if row.is_told]
    named = sorted(
        (row for row in prominence(reading) if row.named and row.actor.first_mention is not None), key=_first_mention
    )
    yield "Speaks", ", ".join(f"{row.name} ({row.quoted_words + row.reported_words} words)" for row in rows[:_SOURCES])
    yield (
        "Named, in this order",
        ", ".join(f"{row.actor.name} ({say_percent(_first_mention(row))})" for row in named[:_NAMED]),
    )


def _first_mention(row: ActorRow) -> float:
    return row.actor.first_mention or 0.0


def _to_alone(kind: str, rows: Sequence[RowLine]) -> Alone:
    first, second = ([row.name for row in rows if _stands(row.cells[at])] for at in (0, 1))
    return Alone(kind, tuple(first[:_ROWS]), tuple(second[:_ROWS]))


def _stands(cell: CellLine) -> bool:
    return cell.found or cell.possible
