"""JSON and JSON Lines -> Articles, one an object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from closeread.article import Article, Failure, ReadError
from closeread.intake.tables import Row, Wanted, load_rows


def _to_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _to_row(record: Any, place: str) -> Row:
    if not isinstance(record, dict):
        return Row({}, place, "It is no JSON object")
    return Row({name: _to_text(value) for name, value in record.items()}, place)


def _to_line_row(line: str, place: str) -> Row:
    try:
        return _to_row(json.loads(line), place)
    except (ValueError, RecursionError):
        return Row({}, place, "The line is no JSON")


def _load(rows: Sequence[Row], wanted: Wanted) -> list[Article | Failure]:
    if not rows:
        raise ReadError(wanted.source, "intake.empty", "There is nothing in it.")
    names = list(dict.fromkeys(name for row in rows for name in row.values))
    if not names:
        raise ReadError(wanted.source, "intake.broken", "There is no JSON object in it.")
    return load_rows(rows, names, wanted)


def load_json_lines(text: str, wanted: Wanted) -> list[Article | Failure]:
    """One object a line; blank lines are passed over and not counted."""
    lines = enumerate(text.removeprefix("\ufeff").split("\n"), start=1)
    return _load([_to_line_row(line, f"line {number}") for number, line in lines if line.strip()], wanted)


def load_json(text: str, wanted: Wanted) -> list[Article | Failure]:
    """A list of objects, or one object. Raises ReadError (`intake.broken`) where it is no JSON."""
    if not text.removeprefix("\ufeff").strip():
        raise ReadError(wanted.source, "intake.empty", "It is empty.")
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ReadError(wanted.source, "intake.broken", "It is no JSON.") from error
    records = data if isinstance(data, list) else [data]
    return _load([_to_row(record, f"object {number}") for number, record in enumerate(records, start=1)], wanted)
