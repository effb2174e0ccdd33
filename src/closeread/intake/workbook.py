"""XLSX -> Articles, one a row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from closeread.article import Article, Failure, ReadError
from closeread.intake.columns import TEXT_COLUMNS, find_column
from closeread.intake.composing import is_visible
from closeread.intake.tables import Wanted, choose_column, load_rows, to_row

NumberedRow = tuple[int, list[str]]


def _to_text(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return "" if value is None else str(value)


def _find_rows(rows: Iterable[Sequence[Any]]) -> list[NumberedRow]:
    """The rows that are not blank, with the numbers that the program shows beside them."""
    texts = ([_to_text(cell) for cell in row] for row in rows)
    return [(number, cells) for number, cells in enumerate(texts, start=1) if any(map(is_visible, cells))]


def _open_sheets(data: bytes, source: str) -> list[list[NumberedRow]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [_find_rows(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except Exception as error:  # The library lets errors of zip, XML and its own through.
        raise ReadError(source, "intake.broken", "The workbook is damaged and cannot be opened.") from error


def _has_text(names: Sequence[str], wanted: Wanted) -> bool:
    if wanted.text_column:
        return wanted.text_column in names
    return find_column(names, TEXT_COLUMNS) is not None


def load_xlsx(data: bytes, wanted: Wanted) -> list[Article | Failure]:
    """All sheets that have a text column; rows are counted on from sheet to sheet.

    Raises ReadError: `intake.broken`, `intake.empty`, `intake.no-text-column`.
    """
    sheets = [sheet for sheet in _open_sheets(data, wanted.source) if len(sheet) > 1]
    if not sheets:
        raise ReadError(wanted.source, "intake.empty", "The workbook has no rows.")
    heads = [[name.strip() for name in sheet[0][1]] for sheet in sheets]
    if not any(_has_text(head, wanted) for head in heads):
        choose_column([name for head in heads for name in head], wanted)
    results: list[Article | Failure] = []
    for head, sheet in zip(heads, sheets, strict=True):
        if _has_text(head, wanted):
            rows = (to_row(cells, head, f"row {number}") for number, cells in sheet[1:])
            results += load_rows(rows, head, wanted, first=len(results) + 1)
    return results
