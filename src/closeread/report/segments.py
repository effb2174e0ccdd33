"""Cuts the article where markings begin and end, so that overlapping findings never overlap in the markup."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from closeread.article import Article, Span, ZoneKind

SpokenKind = Literal["content", "source", "cue", "introduction", "mention", "scare", "item"]
WordKind = Literal["predicate", "agent", "patient", "recipient", "label", "loaded", "marker"]
ClaimKind = Literal["statement", "ground", "conflict"]
MarkingKind = SpokenKind | WordKind | ClaimKind
PieceKind = ZoneKind | Literal["between", "space"]


@dataclass(frozen=True, slots=True)
class Marking:
    """A stretch of the article to be marked. `extent` is the length of the finding it is part of: where two of a
    kind overlap, the shorter stands in the longer and shows on top. `label` is read aloud before it."""

    start: int
    end: int
    kind: MarkingKind
    extent: int
    owner: str
    classes: tuple[str, ...] = ()
    label: str = ""


def mark(place: Span, kind: MarkingKind, owner: str, *, classes: tuple[str, ...] = (), label: str = "") -> Marking:
    """A marking of the whole of a place."""
    return Marking(place.start, place.end, kind, place.end - place.start, owner, classes, label)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that no boundary cuts, with the markings that cover all of it."""

    start: int
    end: int
    markings: tuple[Marking, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the article: a zone, the text between two zones, or only the space between them."""

    start: int
    end: int
    kind: PieceKind


def to_pieces(article: Article, anchors: Sequence[int]) -> tuple[Piece, ...]:
    """The whole text without a gap. `anchors` (sorted) are offsets that must be shown, also between zones."""
    pieces: list[Piece] = []
    done = 0
    for zone in article.zones:
        pieces += _between(article.text, done, zone.start, anchors)
        pieces.append(Piece(zone.start, zone.end, zone.kind))
        done = zone.end
    return (*pieces, *_between(article.text, done, len(article.text), anchors))


def _between(text: str, start: int, end: int, anchors: Sequence[int]) -> Iterator[Piece]:
    if start >= end:
        return
    at = bisect_left(anchors, start)
    blank = not text[start:end].strip(" \t\n") and not (at < len(anchors) and anchors[at] < end)
    yield Piece(start, end, "space" if blank else "between")


def cut(length: int, markings: Iterable[Marking], cuts: Iterable[int]) -> Iterator[Segment]:
    """All segments of a text of `length` code points, in order and without a gap; also cut at every one of `cuts`."""
    waiting = sorted(markings, key=lambda marking: (marking.start, -marking.end))
    bounds = {0, length, *cuts}.union(*({marking.start, marking.end} for marking in waiting))
    edges = sorted(bound for bound in bounds if 0 <= bound <= length)
    active: list[Marking] = []
    following = 0
    for start, end in pairwise(edges):
        active = [marking for marking in active if marking.end > start]
        while following < len(waiting) and waiting[following].start <= start:
            active.append(waiting[following])
            following += 1
        yield Segment(start, end, tuple(active))
