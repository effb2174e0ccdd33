"""Rows with one article each -> Articles. Where the rows come from is told by the files beside this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from closeread.article import Article, Failure, Note, ReadError
from closeread.intake.cleaning import clean
from closeread.intake.columns import TEXT_COLUMNS, find_column, to_details
from closeread.intake.composing import Draft, Part, compose, is_visible, to_article
from closeread.intake.layout import find_zones
from closeread.intake.page import to_letters
from closeread.intake.text import date_of


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column name, or what is wrong with it. `place` says where it stands, for messages."""

    values: dict[str, str]
    place: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make of rows: the source, the column that the user named, what decoding had to say."""

    source: str
    text_column: str | None = None
    notes: tuple[Note, ...] = ()


def to_row(cells: Sequence[str], names: Sequence[str], place: str) -> Row:
    """A row with more cells than there are names is broken: its text was most likely cut at a stray delimiter."""
    if any(map(is_visible, cells[len(names) :])):
        return Row({}, place, f"The row has {len(cells)} cells, the first has {len(names)}")
    return Row({name: value for name, value in zip(names, cells, strict=False) if name}, place)


def _to_parts(title: str, text: str) -> list[Part]:
    """The title, then the paragraphs of the text, without a repeated title at its top."""
    zones = find_zones(clean(text.strip()).text)
    if not title:
        return [Part(zone.kind, zone.text) for zone in zones]
    repeats = bool(zones) and to_letters(zones[0].text) == to_letters(title) != ""
    rest = [Part("body" if zone.kind == "headline" else zone.kind, zone.text) for zone in zones[repeats:]]
    return [Part("headline", title), *rest]


def _to_article(row: Row, column: str, wanted: Wanted) -> Article:
    text = row.values.get(column, "")
    if not is_visible(text):
        raise ReadError(wanted.source, "intake.empty", f"The column “{column}” is empty ({row.place}).")
    details = to_details({name: value for name, value in row.values.items() if name != column})
    composed, zones = compose(_to_parts(" ".join((details.title or "").split()), text))
    details = replace(details, date=details.date or date_of(zones))
    return to_article(wanted.source, Draft(composed, zones, notes=wanted.notes), details)


def choose_column(names: Sequence[str], wanted: Wanted) -> str:
    """Raises ReadError (`intake.no-text-column`) with the names that are there."""
    shown = ", ".join(f"“{name}”" for name in names if name) or "none"
    column = wanted.text_column or find_column(names, TEXT_COLUMNS)
    if column in names and column:
        return column
    if wanted.text_column:
        message = f"There is no column “{wanted.text_column}”. The columns are: {shown}."
    else:
        message = f"No column has a name that says it holds the text. Name one of the columns: {shown}."
    raise ReadError(wanted.source, "intake.no-text-column", message)


def _load_row(row: Row, column: str, wanted: Wanted) -> Article | Failure:
    if row.error:
        return Failure(wanted.source, "intake.broken", f"{row.error} ({row.place}).")
    try:
        return _to_article(row, column, wanted)
    except ReadError as error:
        return error.failure


def load_rows(rows: Iterable[Row], names: Sequence[str], wanted: Wanted, *, first: int = 1) -> list[Article | Failure]:
    """One result for each row; its source ends in `#1` for the first data row. Raises ReadError: no text column."""
    column = choose_column(names, wanted)
    return [
        _load_row(row, column, replace(wanted, source=f"{wanted.source}#{number}"))
        for number, row in enumerate(rows, start=first)
    ]
