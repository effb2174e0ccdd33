"""CSV and TSV -> Articles, one a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from closeread.article import Article, Failure, ReadError
from closeread.intake.composing import is_visible
from closeread.intake.tables import Row, Wanted, load_rows, to_row

DELIMITERS = ",;\t|"
# The csv module's own limit of 131,072 characters a field is less than a long report.
FIELD_LIMIT = 2**31 - 1


def _find_delimiter(header: str) -> str:
    """The character that parts the names in the first line, outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=lambda delimiter: (outside.count(delimiter), -DELIMITERS.index(delimiter)))


def split_lines(text: str, suffix: str) -> tuple[list[str], str]:
    """Physical lines and the delimiter; a first line `sep=;`, as spreadsheets write it, names it and goes."""
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    first = lines[0].strip("\r\n") if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return lines[1:], first[4]
    return lines, "\t" if suffix == ".tsv" else _find_delimiter(first)


def find_cells(lines: list[str], delimiter: str) -> Iterator[tuple[list[str] | None, int]]:
    """The cells of each row that is not blank, and the number of its first line; None for a broken row.

    After a broken row, reading starts again on the line below its first, so that an open quotation mark does not
    take the rows after it along.
    """
    start = 0
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                if any(map(is_visible, cells)):
                    yield cells, start + done + 1
                done = reader.line_num
            return
        except csv.Error:
            yield None, start + done + 1
            start += done + 1


def _to_row(cells: list[str] | None, names: list[str], line: int) -> Row:
    if cells is None:
        return Row({}, f"line {line}", "The quotation marks of the row do not close")
    return to_row(cells, names, f"line {line}")


def load_delimited(text: str, suffix: str, wanted: Wanted) -> list[Article | Failure]:
    """Comma, semicolon, tab or bar is found in the first line; `.tsv` means tab.

    Raises ReadError: `intake.empty`, `intake.broken` without column names, `intake.no-text-column`.
    """
    lines, delimiter = split_lines(text, suffix)
    limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        table = list(find_cells(lines, delimiter))
    finally:
        csv.field_size_limit(limit)
    if len(table) < 2:
        raise ReadError(wanted.source, "intake.empty", "The table has no rows.")
    head = table[0][0]
    if head is None:
        raise ReadError(wanted.source, "intake.broken", "The quotation marks of the first line do not close.")
    names = [name.strip() for name in head]
    return load_rows((_to_row(cells, names, line) for cells, line in table[1:]), names, wanted)
