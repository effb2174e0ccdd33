"""JSON, its schema, CSV and DataFrames say the same."""

from __future__ import annotations

import csv
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeread.article import Failure
from closeread.exports.csv_tables import CsvTables, guard, unguard
from closeread.exports.json_lines import JsonLines, to_line
from closeread.exports.tables import COLUMNS, to_tables
from closeread.findings import SCHEMA, Reading, from_record, to_record
from closeread.reading import read_all
from tests.schemas import load_schema

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "examples" / "harbour").iterdir() if path.suffix != ".yaml")
BROKEN = Failure("a.docx", "intake.broken", "The file is damaged.")

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [reading for reading in read_all(EXAMPLES) if isinstance(reading, Reading)]


@pytest.fixture(scope="module")
def results(readings: list[Reading]) -> list[Reading | Failure]:
    return [*readings, BROKEN]


def test_schema_is_up_to_date_and_holds(results: list[Reading | Failure]) -> None:
    validator = load_schema("reading")
    for result in results:
        validator.validate(json.loads(to_line(result)))
    record = to_record(results[0])
    record["attributions"][0]["mode"] = "shouted"
    assert not validator.is_valid(record)


def test_json_and_pickle_and_back(readings: list[Reading]) -> None:
    for reading in readings:
        assert Reading.from_json(reading.to_json()) == reading
        assert pickle.loads(pickle.dumps(reading)) == reading
    assert from_record(to_record(BROKEN)) == BROKEN


def test_a_changed_text_or_another_schema_is_refused(readings: list[Reading]) -> None:
    record = json.loads(readings[0].to_json())
    record["article"]["text"] += "!"
    with pytest.raises(ValueError, match="does not have the recorded SHA-256"):
        from_record(record)
    with pytest.raises(ValueError, match=r"schema is 'other/2', this version reads 'closeread\.reading/1'"):
        from_record({"schema": "other/2"})
    with pytest.raises(ValueError, match=r"a\.docx could not be read"):
        Reading.from_json(to_line(BROKEN))
    assert SCHEMA == "closeread.reading/1"


def test_csv_holds_every_row(results: list[Reading | Failure], tmp_path: Path) -> None:
    with CsvTables(tmp_path) as tables:
        for result in results:
            tables.add(result)
    for name, columns in COLUMNS.items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        made = [row for result in results for row in to_tables(result)[name]]
        assert len(rows) == len(made)
        assert all(tuple(row) == columns for row in rows)
        for row, expected in zip(rows, made, strict=True):
            assert unguard(row["source"]) == expected["source"]


def test_places_table_equals_the_text(readings: list[Reading]) -> None:
    for reading in readings:
        rows = to_tables(reading)["places"]
        assert rows
        assert all(reading.article.text[row["start"] : row["end"]] == row["text"] for row in rows)


def test_frames(readings: list[Reading]) -> None:
    frames = readings[0].to_frames()
    assert set(frames) == set(COLUMNS)
    assert list(frames["actors"]["name"]) == [actor.name for actor in readings[0].actors]


@given(st.text(max_size=20))
def test_guard_can_be_undone(text: str) -> None:
    cell = guard(text)
    assert unguard(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_nothing_half_written(readings: list[Reading], tmp_path: Path) -> None:
    def stop_between() -> None:
        with JsonLines(tmp_path / "r.jsonl") as lines, CsvTables(tmp_path / "csv") as tables:
            lines.add(readings[0])
            tables.add(readings[0])
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        stop_between()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
