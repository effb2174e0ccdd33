"""A run that was cut off goes on where it stopped, and its output is the same as that of a run that was not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import closeread
from closeread import collection
from closeread.article import Article, Failure
from closeread.findings import Reading
from closeread.intake.actor_list import ActorList
from closeread.parsing import DEFAULT_MODEL

pytestmark = pytest.mark.models


@pytest.fixture
def items(tmp_path: Path) -> list[Article | Failure]:
    for number in range(12):
        text = f"“We saw ship {number},” said Ann Lee of the harbour board. It left at once."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    return collection.load_collection(sorted(str(path) for path in tmp_path.glob("*.txt")))


class CutOffError(Exception):
    """Stands for a machine that goes down."""


def read_some(monkeypatch: pytest.MonkeyPatch, items: list[Article | Failure], place: Path, stop: int) -> int:
    """Reads until `stop` texts were read anew; returns how many were."""
    read, count = closeread.read_article, 0

    def counted(article: Article, *, model: str = DEFAULT_MODEL, actors: ActorList | None = None) -> Reading:
        nonlocal count
        if count == stop:
            raise CutOffError
        count += 1
        return read(article, model=model, actors=actors)

    monkeypatch.setattr(collection, "read_article", counted)
    journal = collection.Journal(place)
    try:
        list(collection.read_collection(items, journal=journal))
        journal.close(complete=True)
    except CutOffError:
        journal.close(complete=False)
    monkeypatch.undo()
    return count


def test_goes_on(monkeypatch: pytest.MonkeyPatch, items: list[Article | Failure], tmp_path: Path) -> None:
    place = tmp_path / "out.jsonl.part"
    assert read_some(monkeypatch, items, place, 5) == 5
    with place.open("ab") as file:
        file.write(b'{"schema":"closeread.reading/1","article":{"sou')  # the line that was being written
    assert read_some(monkeypatch, items, place, 100) == 7
    assert not place.exists()


def test_reads_anew_what_changed(
    monkeypatch: pytest.MonkeyPatch, items: list[Article | Failure], tmp_path: Path
) -> None:
    place = tmp_path / "out.jsonl.part"
    read_some(monkeypatch, items, place, 5)
    (tmp_path / "0.txt").write_text("Another text stands here now.", encoding="utf-8")
    changed = collection.load_collection(sorted(str(path) for path in tmp_path.glob("*.txt")))
    assert read_some(monkeypatch, changed, place, 100) == 8


def test_same_readings_with_and_without_a_journal(items: list[Article | Failure], tmp_path: Path) -> None:
    plain = list(collection.read_collection(items))
    journal = collection.Journal(tmp_path / "out.part")
    first = list(collection.read_collection(items[:6], journal=journal))
    again = list(collection.read_collection(items, journal=journal))
    journal.close(complete=False)
    assert first == plain[:6]
    assert again == plain


def test_order_of_sources(tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    rows = "\n".join(f"Ann Lee said that row {number} was right." for number in range(1, 13))
    table.write_text("text\n" + rows + "\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Ann Lee left.", encoding="utf-8")
    items = collection.load_collection([str(table), str(tmp_path / "a.txt")])
    assert [item.source.rpartition("/")[2] for item in items] == ["a.txt", *(f"news.csv#{n}" for n in range(1, 13))]


def failures(results: list[Reading | Failure]) -> Iterator[Failure]:
    yield from (result for result in results if isinstance(result, Failure))


def test_failures_pass_through(items: list[Article | Failure], tmp_path: Path) -> None:
    missing = collection.load_collection([str(tmp_path / "none.txt")])
    results = list(collection.read_collection([*items[:2], *missing], jobs=2))
    assert [failure.kind for failure in failures(results)] == ["intake.not-found"]
