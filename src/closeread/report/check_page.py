"""The results of checks as one self-contained page, beside the annotated pages of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from closeread.article import Article
from closeread.checks.running import CheckResult, CheckRun, Looked, Outcome
from closeread.checks.values import Place
from closeread.report.check_terminal import OUTCOMES, say_counts
from closeread.report.places import Locator, anchor_of, cut_around
from closeread.report.rendering import render_document
from closeread.report.site import Site

# Code points of context on either side of a place.
_AROUND, _PLACES = 70, 12


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place in its sentence: what stands before and after it, where it is, and its address."""

    text: str
    where: str
    before: str
    words: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    number: int
    result: CheckResult
    outcome: str
    kind: Outcome
    looked: tuple[Looked, ...]
    places: tuple[Quoted, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RunLines:
    source: str
    counts: str
    texts: tuple[tuple[str, str, str, str], ...]
    several: bool
    results: tuple[ResultLine, ...]


def write_check_site(folder: Path, runs: Sequence[CheckRun], *, command: str) -> None:
    """`checks.html`, one page per text, and an index."""
    with Site(folder, command=command) as site:
        readings = {text.reading.article.id: text.reading for run in runs for text in run.texts}
        for reading in sorted(readings.values(), key=lambda each: each.article.source):
            site.add(reading)
        site.add_event("checks.html", "Checks", to_check_page(runs, command=command, index="index.html"))


def to_check_page(runs: Sequence[CheckRun], *, command: str, index: str | None = None) -> str:
    """One HTML document. The pages of the texts are looked for beside it."""
    results = [result for run in runs for result in run.results]
    lines = [_to_lines(run) for run in runs]
    return render_document("checks.html", runs=lines, counts=say_counts(results), command=command, index=index)


def _to_lines(run: CheckRun) -> RunLines:
    articles = {text.name: text.reading.article for text in run.texts}
    locators = {name: Locator(article) for name, article in articles.items()}
    texts = tuple(
        (
            text.name,
            text.path,
            text.reading.article.sha256[:12],
            "changed since it was recorded" if text.changed else "as recorded" if text.recorded else "not recorded",
        )
        for text in run.texts
    )
    results = tuple(
        ResultLine(
            number,
            result,
            OUTCOMES[result.outcome],
            result.outcome,
            tuple(each for each in result.looked if each.words != result.claim.expect),
            tuple(_quote(result.places[:_PLACES], articles, locators)),
            max(0, len(result.places) - _PLACES),
        )
        for number, result in enumerate(run.results, 1)
    )
    return RunLines(run.source, say_counts(run.results), texts, len(texts) > 1, results)


def _quote(
    places: Sequence[Place], articles: Mapping[str, Article], locators: Mapping[str, Locator]
) -> Iterator[Quoted]:
    for place in places:
        article = articles[place.text]
        before, after = cut_around(article.zone_at(place.span.start) or place.span, place.span, _AROUND)
        href = f"{article.id}.html#{anchor_of(place.span)}"
        yield Quoted(place.text, locators[place.text].name(place.span.start), before, place.span.text, after, href)
