"""The results of checks in 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from closeread.checks.running import CheckResult, CheckRun, Outcome, count_outcomes
from closeread.checks.values import Place
from closeread.report.characters import excerpt
from closeread.report.places import Locator
from closeread.report.terminal import plain

OUTCOMES: dict[Outcome, str] = {
    "pass": "pass",
    "fail": "fail",
    "cannot-tell": "cannot tell",
    "changed": "changed",
    "error": "error",
}
_STYLES: dict[Outcome, str] = {"pass": "", "fail": "bold", "cannot-tell": "italic", "changed": "bold", "error": "bold"}
_PLACES, _WORDS = 4, 60


def to_check_summary(run: CheckRun) -> Iterator[RenderableType]:
    """What was checked, each claim with its outcome, and the counts."""
    yield Text(plain(run.source), style="bold")
    for text in run.texts:
        state = " (changed)" if text.changed else " (as recorded)" if text.recorded else ""
        yield Text(plain(f"{text.name}: {text.path}{state}"), style="dim")
    locators = {text.name: Locator(text.reading.article) for text in run.texts}
    for result in run.results:
        yield from _show(result, locators)
    yield Text("")
    yield Text(say_counts(run.results))


def say_counts(results: Sequence[CheckResult]) -> str:
    counts = count_outcomes(results)
    claims = "1 claim" if len(results) == 1 else f"{len(results)} claims"
    return f"{claims}: {', '.join(f'{count} {OUTCOMES[outcome]}' for outcome, count in counts.items())}."


def _show(result: CheckResult, locators: Mapping[str, Locator]) -> Iterator[RenderableType]:
    line = Text(f"{OUTCOMES[result.outcome]:<12}", style=_STYLES[result.outcome])
    line.append(plain(result.claim.claim), style="not bold not italic")
    yield line
    for words in _list_lines(result, locators):
        yield Padding(Text(plain(words), style="dim"), (0, 0, 0, 12))


def _list_lines(result: CheckResult, locators: Mapping[str, Locator]) -> Iterator[str]:
    if result.outcome != "pass":
        yield result.claim.expect
        seen = (each for each in result.looked if each.words != result.claim.expect)
        yield from (f"{excerpt(each.words, _WORDS)} is {each.value}" for each in seen)
    if result.why:
        yield result.why
    if result.claim.place and result.outcome != "pass":
        yield f"claimed in {result.claim.place}"
    if result.claim.rule and result.outcome != "pass":
        yield f"rule: {result.claim.rule}"
    if result.outcome in ("fail", "cannot-tell"):
        yield from say_places(result.places[:_PLACES], locators)
        if len(result.places) > _PLACES:
            more = len(result.places) - _PLACES
            yield f"and {more} more {'place' if more == 1 else 'places'}"


def say_places(places: Iterable[Place], locators: Mapping[str, Locator]) -> Iterator[str]:
    several = len(locators) > 1
    for place in places:
        where = locators[place.text].name(place.span.start)
        yield f"{f'{place.text}, ' if several else ''}{where}: “{excerpt(place.span.text, _WORDS)}”"
