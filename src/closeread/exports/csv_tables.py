"""The tables as CSV files: UTF-8, LF, one file per table, all texts of a run together."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from closeread.article import Failure
from closeread.exports.cells import Row
from closeread.exports.tables import COLUMNS, to_tables
from closeread.findings import Reading

# A spreadsheet would run such a cell as a formula. The guard is one apostrophe, and `unguard` takes it off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


class CsvTables:
    """Writes row by row to `NAME.csv.part` and renames all tables when the run ends without an error. `columns` are
    those of each table by its name."""

    def __init__(self, folder: Path, columns: Mapping[str, Sequence[str]] = COLUMNS) -> None:
        self._folder, self._columns = folder, columns
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._writers = {}
        for name, columns in self._columns.items():
            file = self._stack.enter_context(self._part(name).open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.DictWriter(file, columns, lineterminator="\n")
            self._writers[name].writeheader()
        return self

    def add(self, result: Reading | Failure) -> None:
        self.write(to_tables(result))

    def write(self, tables: Mapping[str, Iterable[Row]]) -> None:
        for name, rows in tables.items():
            self._writers[name].writerows({key: guard(value) for key, value in row.items()} for row in rows)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._stack.close()
        for name in self._columns:
            if kind is None:
                self._part(name).replace(self._folder / f"{name}.csv")
            else:
                self._part(name).unlink(missing_ok=True)

    def _part(self, name: str) -> Path:
        return self._folder / f"{name}.csv.part"


def guard(value: Any) -> Any:
    """The value as a cell: a text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unguard(cell: str) -> str:
    """The text of a cell without the guard."""
    return cell[1:] if _GUARDED.match(cell) else cell
