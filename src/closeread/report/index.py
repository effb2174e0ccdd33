"""The page that lists all texts of a run, and those that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from closeread.article import Completeness, Failure
from closeread.findings import Reading
from closeread.measures import sourcing, total
from closeread.report.page import headline_of, was_analysed
from closeread.report.rendering import render_document


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of the index. `href` is the relative address of the page, `quoted` the share of words that stand in
    the quotation marks of an attribution (0 to 1)."""

    href: str
    source: str
    title: str
    outlet: str | None
    date: str | None
    words: int
    sources: int
    quoted: float | None
    actors: int
    certain: int
    possible: int
    completeness: Completeness
    language: str
    analysed: bool

    @classmethod
    def of(cls, reading: Reading, *, href: str) -> IndexEntry:
        """What the index says about a reading, so that a long run need not keep the readings."""
        article, totals = reading.article, total(reading)
        certain = sum(found.certain for found in reading.attributions)
        return cls(
            href=href,
            source=article.source,
            title=headline_of(reading),
            outlet=article.outlet,
            date=article.date,
            words=totals.words,
            sources=sum(row.is_told for row in sourcing(reading)),
            quoted=totals.quoted_words / totals.words if totals.words else None,
            actors=len(reading.actors),
            certain=certain,
            possible=len(reading.attributions) - certain,
            completeness=article.completeness,
            language=article.language,
            analysed=was_analysed(reading),
        )


def to_index(
    entries: Sequence[IndexEntry],
    failures: Sequence[Failure],
    *,
    command: str,
    events: Sequence[tuple[str, str]] = (),
) -> str:
    """All texts of a run in the given order, with links to their pages; `command` made them. `events` are the address
    and the title of each page about several of them."""
    return render_document("index.html", entries=entries, failures=failures, command=command, events=events)
