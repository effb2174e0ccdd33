"""The two pictures in numbers: who fills the attributed words, and where in the body each actor stands.

Positions are per cent of the picture's width, so that it fits any screen without a script.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from closeread.article import Article, Span
from closeread.findings import Attribution, Mention, Reading, Voice
from closeread.measures import ActorRow, credit
from closeread.report.cast import Cast, Source
from closeread.report.markings import find_marked, split_voices
from closeread.report.places import anchor_of

STRIP_ROWS = 12
_BODY_START = 7.0  # left of it, apart from the body, stands the headline
_BODY_WIDTH = 100.0 - _BODY_START
_MIN_LETTER = 3.0  # a letter is about 8 of the 288 pixels of the narrowest picture


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a picture, `x` and `width` in per cent."""

    x: str
    width: str
    hue: int
    voice: Voice


@dataclass(frozen=True, slots=True)
class Letter:
    """The key below a stretch of the bar."""

    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    words: int
    blocks: tuple[Block, ...]
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    voice: Voice
    anchor: str


@dataclass(frozen=True, slots=True)
class StripRow:
    """One actor. `inside` counts the mentions drawn, `outside` those in byline and captions, which are not."""

    row: ActorRow
    number: int
    hue: int
    first: str | None
    ticks: tuple[Tick, ...]
    blocks: tuple[Block, ...]
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class Strip:
    """`lead` is the width of the lead, `marks` the quarters of the body with their places."""

    rows: tuple[StripRow, ...]
    start: str
    lead: str
    marks: tuple[tuple[str, str], ...]


def draw_bar(sources: Sequence[Source]) -> Bar:
    """Quoted before reported words for each source, in the order of the sourcing table."""
    words = sum(source.row.quoted_words + source.row.reported_words for source in sources)
    blocks: list[Block] = []
    letters: list[Letter] = []
    x = 0.0
    for source in sources:
        counts: tuple[tuple[int, Voice], ...] = (
            (source.row.quoted_words, "quoted"),
            (source.row.reported_words, "reported"),
        )
        start = x
        for count, voice in counts:
            if count:
                width = 100 * count / words
                blocks.append(Block(_cent(x), _cent(width), source.hue, voice))
                x += width
        if x - start >= _MIN_LETTER:
            letters.append(Letter(_cent((start + x) / 2), source.letter))
    return Bar(words, tuple(blocks), tuple(letters))


class _Ruler:
    """Offsets of the article as positions on the strip, each in the time of one binary search."""

    def __init__(self, article: Article) -> None:
        self._ends = [zone.end for zone in article.body]
        self._starts = [zone.start for zone in article.body]
        self._before = [0, *accumulate(zone.end - zone.start for zone in article.body)]

    def at(self, offset: int) -> float:
        """Outside the body an offset is moved to the next body paragraph, after the last one to its end."""
        index = bisect_right(self._ends, offset)
        inside = max(offset - self._starts[index], 0) if index < len(self._starts) else 0
        return _BODY_START + _BODY_WIDTH * (self._before[index] + inside) / max(self._before[-1], 1)


def draw_strip(reading: Reading, rows: Sequence[ActorRow], cast: Cast) -> Strip:
    """The most named actors, in the order of the prominence table."""
    ruler, marked, lead = _Ruler(reading.article), find_marked(reading.article), reading.article.lead
    quarters = tuple((_cent(_BODY_START + _BODY_WIDTH * n / 4), f"{n * 25}") for n in (1, 2, 3))
    spoken: dict[str | None, list[Block]] = defaultdict(list)
    negated = credit(reading.attributions).negated
    for found in (attribution for attribution in reading.attributions if attribution.id not in negated):
        hue = cast.source_of[found.id].hue
        spoken[found.speaker] += _draw_contents(found, hue, marked, ruler)
    return Strip(
        rows=tuple(_draw_actor(reading, row, cast, blocks=spoken[row.actor.id]) for row in rows[:STRIP_ROWS]),
        start=_cent(_BODY_START),
        lead=_cent(ruler.at(lead.end) - _BODY_START if lead else 0),
        marks=quarters,
    )


def _draw_actor(reading: Reading, row: ActorRow, cast: Cast, *, blocks: Sequence[Block]) -> StripRow:
    article, mentions = reading.article, row.actor.mentions
    headline = sum(_in_headline(article, mention) for mention in mentions)
    body = [mention for mention in mentions if article.share_before(mention.start) is not None]
    return StripRow(
        row=row,
        number=cast.numbers[row.actor.id],
        hue=cast.hue_of_actor[row.actor.id],
        first=anchor_of(body[0]) if body else None,
        ticks=tuple(_draw_ticks(article, mentions)),
        blocks=tuple(blocks),
        inside=len(body) + headline,
        outside=row.mentions - len(body) - headline,
    )


def _draw_ticks(article: Article, mentions: Sequence[Mention]) -> Iterator[Tick]:
    for mention in mentions:
        share = article.share_before(mention.start)
        if share is not None:
            yield Tick(_cent(_BODY_START + _BODY_WIDTH * share), mention.voice, anchor_of(mention))
        elif _in_headline(article, mention):
            yield Tick(_cent(_BODY_START * 0.35), mention.voice, anchor_of(mention))


def _draw_contents(found: Attribution, hue: int, marked: Sequence[tuple[int, int]], ruler: _Ruler) -> Iterator[Block]:
    for content in found.contents:
        for first, last, voice in split_voices(found, content, marked):
            start, end = ruler.at(first), ruler.at(last)
            yield Block(_cent(start), _cent(max(end - start, 0.3)), hue, voice)


def _in_headline(article: Article, place: Span) -> bool:
    zone = article.zone_at(place.start)
    return zone is not None and zone.kind == "headline"


def _cent(value: float) -> str:
    return f"{value:.2f}%"
