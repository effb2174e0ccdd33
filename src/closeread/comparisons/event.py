"""The coverage of one event: several readings held against each other, the whole flow on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from closeread.article import Completeness, Failure
from closeread.comparisons.coverage import Matrix, find_coverage
from closeread.comparisons.echoes import SharedEcho, find_shared_echoes
from closeread.comparisons.labels import LabelTable, compare_labels
from closeread.comparisons.reuse import ReusePair, find_reuse, pair_reuse
from closeread.comparisons.shared_actors import SharedActor, find_shared_actors
from closeread.comparisons.stories import Story, find_stories
from closeread.comparisons.versions import Utterance, check_versions
from closeread.findings import Reading
from closeread.measures import sourcing, total

LeftOutReason = Literal["duplicate", "other-event", "not-english"]

# Two texts that share so much of each other are one text in two files.
_SAME = 0.95
_ORDER: tuple[LeftOutReason, ...] = ("not-english", "duplicate", "other-event")


@dataclass(frozen=True, slots=True)
class GivenText:
    """One of the texts that are compared. Words are those of the whole text; `sources` are those that speak and are
    told, `certain` and `possible` count attributions."""

    article: str
    source: str
    outlet: str | None
    title: str | None
    date: str | None
    sha256: str
    words: int
    quoted_words: int
    reported_words: int
    sources: int
    certain: int
    possible: int
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text that was given and is not compared. `same_as` is the source of the text that a duplicate repeats."""

    article: str
    source: str
    reason: LeftOutReason
    same_as: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What texts on one event have in common, and what each has or has not. `texts` are in order of time, then of
    source; `given` counts all readings, those left out too, and `unread` are texts that could not be read. `story` is
    why the texts are held to tell one event, None where the user said so."""

    given: int
    texts: tuple[GivenText, ...]
    left_out: tuple[LeftOut, ...]
    unread: tuple[Failure, ...]
    story: Story | None
    actors: tuple[SharedActor, ...]
    matrix: Matrix
    labels: tuple[LabelTable, ...]
    utterances: tuple[Utterance, ...]
    reuse: tuple[ReusePair, ...]
    echoes: tuple[SharedEcho, ...]


def compare(readings: Sequence[Reading | Failure], *, one_event: bool = False) -> Coverage:
    """The coverage of the event that most of the texts tell. With `one_event` all texts are held to tell the same.
    The order of the readings does not matter. Raises ValueError where there are no two texts to compare, or two
    different texts have the same source."""
    found = compare_events(readings, one_event=one_event)
    if not found:
        what = "can be compared" if one_event else "tell the same event"
        raise ValueError(f"no two of the {len(readings)} texts {what}; two are needed")
    return found[0]


def compare_events(readings: Sequence[Reading | Failure], *, one_event: bool = False) -> tuple[Coverage, ...]:
    """The coverage of every event that two texts or more tell, those of most texts first. A reading that is given twice
    counts once. Raises ValueError where two different texts have the same source."""
    unread = sorted((each for each in readings if isinstance(each, Failure)), key=lambda each: each.source)
    kept, left_out = _sort_out([each for each in readings if isinstance(each, Reading)])
    flow = _Flow(len(kept) + len(left_out), tuple(left_out), tuple(unread))
    if one_event:
        return (_cover(kept, None, flow),) if len(kept) > 1 else ()
    by_id = {reading.article.id: reading for reading in kept}
    return tuple(
        _cover([by_id[article] for article in story.articles], story, flow.without(_others(kept, story)))
        for story in find_stories(kept).stories
    )


@dataclass(frozen=True, slots=True)
class _Flow:
    given: int
    left_out: tuple[LeftOut, ...]
    unread: tuple[Failure, ...]

    def without(self, others: Iterable[LeftOut]) -> _Flow:
        return replace(self, left_out=(*self.left_out, *others))


def _sort_out(readings: Sequence[Reading]) -> tuple[list[Reading], list[LeftOut]]:
    """Without texts in another language, and without those that repeat another: the earliest is kept, then the first
    by source. Raises ValueError where two texts are called the same."""
    once = {reading.article.id: reading for reading in readings}
    ordered = sorted(once.values(), key=lambda each: (each.article.date or "~", each.article.source))
    if (twice := _find_twice(reading.article.source for reading in ordered)) is not None:
        raise ValueError(f"two different texts are called {twice}; read them under names of their own")
    kept: dict[str, Reading] = {}
    left_out = []
    copies = _find_copies(ordered)
    for reading in ordered:
        article = reading.article
        if any(notice.rule == "language.not-english" for notice in reading.notices):
            left_out.append(LeftOut(article.id, article.source, "not-english", None))
        elif (same := next((source for source in copies.get(article.source, ()) if source in kept), None)) is not None:
            left_out.append(LeftOut(article.id, article.source, "duplicate", same))
        else:
            kept[article.source] = reading
    return list(kept.values()), left_out


def _find_twice(names: Iterable[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)


def _find_copies(readings: Sequence[Reading]) -> dict[str, list[str]]:
    """For each source those of the texts that are the same but for a few words."""
    copies: dict[str, list[str]] = {}
    for pair in pair_reuse(readings, find_reuse(readings)):
        if min(pair.first_share, pair.second_share) >= _SAME:
            copies.setdefault(pair.first_source, []).append(pair.second_source)
            copies.setdefault(pair.second_source, []).append(pair.first_source)
    return copies


def _others(readings: Sequence[Reading], story: Story) -> Iterator[LeftOut]:
    for reading in readings:
        if reading.article.id not in story.articles:
            yield LeftOut(reading.article.id, reading.article.source, "other-event", None)


def _cover(readings: Sequence[Reading], story: Story | None, flow: _Flow) -> Coverage:
    actors, utterances = find_shared_actors(readings), check_versions(readings)
    matrix = find_coverage(readings, actors=actors, utterances=utterances)
    by_id = {reading.article.id: reading for reading in readings}
    ordered = [by_id[article] for article in matrix.texts]
    return Coverage(
        given=flow.given,
        texts=tuple(map(_to_text, ordered)),
        left_out=tuple(sorted(flow.left_out, key=lambda each: (_ORDER.index(each.reason), each.source))),
        unread=flow.unread,
        story=story,
        actors=actors,
        matrix=matrix,
        labels=compare_labels(ordered, actors),
        utterances=utterances,
        reuse=pair_reuse(ordered, find_reuse(ordered)),
        echoes=find_shared_echoes(ordered),
    )


def _to_text(reading: Reading) -> GivenText:
    article, totals = reading.article, total(reading)
    certain = sum(found.certain for found in reading.attributions)
    return GivenText(
        article=article.id,
        source=article.source,
        outlet=article.outlet,
        title=article.title,
        date=article.date,
        sha256=article.sha256,
        words=totals.words,
        quoted_words=totals.quoted_words,
        reported_words=totals.reported_words,
        sources=sum(row.is_told for row in sourcing(reading)),
        certain=certain,
        possible=len(reading.attributions) - certain,
        completeness=article.completeness,
    )
