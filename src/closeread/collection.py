"""Many files: read in the order of their sources, with a journal from which a run that was cut off goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from closeread.article import Article, Failure, ReadError
from closeread.findings import Reading, Versions, from_record
from closeread.intake import load_articles, load_bytes
from closeread.intake.actor_list import ActorList
from closeread.parsing import DEFAULT_MODEL
from closeread.reading import load_versions, read_article

# Texts handed to the workers ahead of need: enough to keep them busy, few enough to stop soon.
_AHEAD = 16


def load_collection(
    files: Sequence[str], *, text_column: str | None = None, stdin: bytes | None = None
) -> list[Article | Failure]:
    """All texts of the files, sorted by source; `news.csv#10` comes after `news.csv#9`. `stdin` is one more text."""
    found = [] if stdin is None else load_bytes(stdin, source="stdin")
    for file in files:
        found += load_articles(file, text_column=text_column)
    return sorted(found, key=_sort_key)


def _sort_key(item: Article | Failure) -> tuple[str, int, str]:
    path, _, number = item.source.rpartition("#")
    return (path, int(number), "") if path and number.isdigit() else (item.source, 0, "")


def read_collection(
    items: Sequence[Article | Failure],
    *,
    model: str = DEFAULT_MODEL,
    actors: ActorList | None = None,
    jobs: int = 1,
    journal: Journal | None = None,
) -> Iterator[Reading | Failure]:
    """The readings in the order of the items, whatever the number of `jobs` (processes). Failures pass through.
    Raises ModelError or EncoderError before the first one where a model is missing."""
    versions = load_versions(model, actors)
    to_result = partial(_try_to_read, model=model, actors=actors)
    known = journal.recall if journal is not None else lambda article, versions: None
    keep = journal.add if journal is not None else lambda reading: None
    readings = _read_here if jobs == 1 else partial(_read_in_processes, jobs=jobs)
    yield from readings(items, partial(known, versions=versions), keep, to_result=to_result)


Known = Callable[[Article], Reading | None]
Keep = Callable[[Reading], None]
ToResult = Callable[[Article], Reading | Failure]


def _read_here(
    items: Sequence[Article | Failure], known: Known, keep: Keep, *, to_result: ToResult
) -> Iterator[Reading | Failure]:
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        reading = known(item)
        if reading is not None:
            yield reading
            continue
        result = to_result(item)
        if isinstance(result, Reading):
            keep(result)
        yield result


def _read_in_processes(
    items: Sequence[Article | Failure], known: Known, keep: Keep, *, to_result: ToResult, jobs: int
) -> Iterator[Reading | Failure]:
    """The same with worker processes, started afresh so that none inherits threads or open files."""
    waiting: list[Future[Reading | Failure] | Reading | Failure] = []
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    try:
        for item in items:
            if isinstance(item, Failure):
                waiting.append(item)
            else:
                waiting.append(known(item) or pool.submit(to_result, item))
            if len(waiting) >= _AHEAD * jobs:
                yield _take(waiting.pop(0), keep)
        while waiting:
            yield _take(waiting.pop(0), keep)
    finally:
        pool.shutdown(cancel_futures=True)


def _try_to_read(article: Article, *, model: str, actors: ActorList | None) -> Reading | Failure:
    """One text that cannot be read must not stop the others."""
    try:
        return read_article(article, model=model, actors=actors)
    except ReadError as error:
        return error.failure


def _take(result: Future[Reading | Failure] | Reading | Failure, keep: Keep) -> Reading | Failure:
    if not isinstance(result, Future):
        return result
    done = result.result()
    if isinstance(done, Reading):
        keep(done)
    return done


def _lock(file: BinaryIO, path: Path) -> None:
    """Raises ValueError where another run holds the journal. Systems without such locks go without."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise ValueError(f"another run is writing there: {path} is in use") from error


class Journal:
    """Readings as they are made, one line of JSON each, in a file that is removed when the run is complete."""

    def __init__(self, path: Path) -> None:
        """Opens the journal of a run before, or begins one. Raises OSError where it cannot be written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("a+b")
        _lock(self._file, path)
        self._places = self._index()

    def _index(self) -> dict[str, int]:
        """Where the reading of each source stands. A last line that was cut off is removed."""
        places: dict[str, int] = {}
        self._file.seek(0)
        at = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            places[json.loads(line)["article"]["source"]] = at
            at += len(line)
        self._file.truncate(at)
        return places

    def __len__(self) -> int:
        return len(self._places)

    def count(self, sources: Set[str]) -> int:
        """How many of these have a reading."""
        return len(sources & self._places.keys())

    def recall(self, article: Article, versions: Versions) -> Reading | None:
        """The reading of this very text by these very versions, where the run before has made it."""
        if article.source not in self._places:
            return None
        self._file.seek(self._places[article.source])
        reading = from_record(json.loads(self._file.readline()))
        same = isinstance(reading, Reading) and reading.article == article and reading.made_with == versions
        return reading if isinstance(reading, Reading) and same else None

    def add(self, reading: Reading) -> None:
        self._file.write(reading.to_json().encode() + b"\n")
        self._file.flush()

    def close(self, *, complete: bool) -> None:
        """Closes the file, and removes it where the run is complete or nothing stands in it."""
        self._file.seek(0, SEEK_END)
        empty = self._file.tell() == 0
        self._file.close()
        if complete or empty:
            self._path.unlink(missing_ok=True)
