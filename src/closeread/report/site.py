"""A folder of pages: one per text, written whole or not at all, and an index when the run ends."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from closeread.article import Failure
from closeread.findings import Reading
from closeread.report import IndexEntry, to_index, to_page


class Site:
    """Writes `ID.html` for every reading and `index.html` last. `command` is shown as the way to re-run."""

    def __init__(self, folder: Path, *, command: str) -> None:
        self._folder = folder
        self._command = command
        self._entries: list[IndexEntry] = []
        self._failures: list[Failure] = []
        self._events: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def add(self, result: Reading | Failure) -> None:
        if isinstance(result, Failure):
            self._failures.append(result)
            return
        name = f"{result.article.id}.html"
        self._write(name, to_page(result, command=self._command, index="index.html"))
        self._entries.append(IndexEntry.of(result, href=name))

    def add_event(self, name: str, title: str, page: str) -> None:
        """A page about several of the texts; the index leads to it where it has a title."""
        self._write(name, page)
        if title:
            self._events.append((name, title))

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is None:
            self._write(
                "index.html", to_index(self._entries, self._failures, command=self._command, events=self._events)
            )

    def _write(self, name: str, page: str) -> None:
        part = self._folder / f"{name}.part"
        part.write_text(page, encoding="utf-8", newline="\n")
        part.replace(self._folder / name)
