"""Readings that a run before has written with `--json`: they need no reading again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from closeread.article import Failure
from closeread.findings import SCHEMA, Reading, from_record

# Where the schema stands in a line that `to_record` made.
_HEAD = f'{{"schema":"{SCHEMA.split("/", maxsplit=1)[0]}/'.encode()


def is_saved(path: str | Path) -> bool:
    """Whether the first line of a `.jsonl` or `.json` file is a reading, of this schema or another version of it."""
    if Path(path).suffix.lower() not in (".jsonl", ".json", ".ndjson"):
        return False
    with Path(path).open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD


def load_readings(path: str | Path) -> Iterator[Reading | Failure]:
    """The readings of a file, line by line; a line that is none becomes a failure that names file and line, and the
    rest is read. Records of texts that could not be read come through. Raises OSError where there is no file."""
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _load(line, f"{Path(path).as_posix()}#{number}")


def _load(line: bytes, source: str) -> Reading | Failure:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            return Failure(source, "readings.broken", "This line holds no reading.")
        return from_record(record)
    except ValueError as error:
        return Failure(source, "readings.broken", f"This line holds no reading: {error}.")
    except (KeyError, TypeError, StopIteration) as error:
        return Failure(source, "readings.broken", f"This reading lacks a part or has one of another form: {error}.")
