"""Transcripts: paragraphs that begin with the name of who speaks and a colon (`HOLT: No deal.`).

The form alone says who speaks, so this needs no model. Lists of places, polls and headlines are set so too, in ordinary
letters: names in these count only where two of them come back again and again, as in an interview.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from closeread.article import Article, Zone, find_words
from closeread.encoder.decode import Found, Range
from closeread.marks import Marks, Stretch

# Of 11 such turns without marks in two texts of PolNeAR train all are attributions to the name before the colon. One
# text there has a transcript in quotation marks, coded as a single attribution to `Partial transcript`.
TURNS = 0.9
_OPENING = '“"'
_LABEL = re.compile(rf"[{_OPENING}]?(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){{0,3}}):\s+(?=\S)")
_ORDINARY = re.compile(
    rf"[{_OPENING}]?(?P<name>(?:The )?[A-Z][\w.'’-]*[a-z.][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}):\s+(?=\S)"
)
# `(BEGIN VIDEO CLIP)`
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]][.]?$")
_LEAST_TURNS = 2
# How often each of two names in ordinary letters must come.
_OFTEN = 3
# Paragraphs without a name and marks that a turn goes on with at most.
_MORE = 2


def find_turns(article: Article) -> list[Found]:
    """The turns of all transcripts in the text, in order. Two turns at least make a transcript, of names that recur or
    that the text also writes in ordinary letters (`UPDATE:` is none); any name may stand between them, and one of two
    words right behind them. A paragraph without a name goes on with the turn before it, where another turn follows
    soon."""
    body = article.body
    labels = {at: match for at, zone in enumerate(body) if (match := _LABEL.match(zone.text))}
    labels = labels or _find_ordinary(body)
    counts = Counter(_surname(match) for match in labels.values())
    names = {name for name, count in counts.items() if count > 1 or _is_written(name, article.text)}
    sure = [at for at, match in labels.items() if _surname(match) in names]
    if len(sure) < _LEAST_TURNS:
        return []
    last = max(
        [sure[-1], *(at for at in labels if sure[-1] < at <= sure[-1] + 1 + _MORE and " " in labels[at]["name"])]
    )
    starts = [at for at in labels if sure[0] <= at <= last]
    return [
        _to_turn(body[start : after if _goes_on(body[start + 1 : after]) else start + 1], labels[start])
        for start, after in pairwise([*starts, starts[-1] + 1])
    ]


def _find_ordinary(body: Sequence[Zone]) -> dict[int, re.Match[str]]:
    """The paragraphs that begin with one of the names that come back, where two at least do, or with another of the
    same surname: who is asked is introduced in full."""
    found = {at: match for at, zone in enumerate(body) if (match := _ORDINARY.match(zone.text))}
    counts = Counter(match["name"] for match in found.values())
    often = {name.split()[-1] for name, count in counts.items() if count >= _OFTEN}
    return {at: match for at, match in found.items() if _surname(match) in often} if len(often) > 1 else {}


def _goes_on(between: Sequence[Zone]) -> bool:
    """Whether paragraphs between two turns belong to the first: few of them, or all in marks."""
    return len(between) <= _MORE or all(zone.text[0] in _OPENING for zone in between)


def _surname(label: re.Match[str]) -> str:
    return label["name"].split()[-1]


def _is_written(name: str, text: str) -> bool:
    """Whether the name stands anywhere in ordinary letters."""
    return any(match[0].istitle() for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def _to_turn(zones: Sequence[Zone], label: re.Match[str]) -> Found:
    first = zones[0]
    contents = ((first.start + label.end(), first.end), *((zone.start, zone.end) for zone in zones[1:]))
    spoken = [
        place
        for place, zone in zip(contents, zones, strict=True)
        if find_words(zone.text) and not _ASIDE.match(zone.text)
    ]
    return Found(
        tuple(spoken), source=(first.start + label.start("name"), first.start + label.end("name")), confidence=TURNS
    )


def give_turns(found: Sequence[Found], turns: Sequence[Found]) -> list[Found]:
    """What the encoder found, with the turns in place of all that has words of them."""
    taken = [place for turn in turns for place in (turn.source, *turn.contents) if place is not None]
    kept = (each for each in found if not any(_meet(place, content) for content in each.contents for place in taken))
    return sorted([*kept, *turns], key=lambda each: each.contents[0])


def mark_turns(marks: Marks, turns: Sequence[Found]) -> Marks:
    """The marks as if each turn stood in quotation marks: it is direct speech."""
    if not turns:
        return marks
    spoken = [Stretch(turn.contents, turn.contents, closed=True, double=True) for turn in turns]
    taken = [place for turn in turns for place in turn.contents]
    kept = [left for each in marks.stretches if (left := _leave(each, taken)) is not None]
    return replace(marks, stretches=sorted([*kept, *spoken], key=lambda each: each.start))


def _leave(stretch: Stretch, taken: Sequence[Range]) -> Stretch | None:
    """A stretch without its pieces that meet a turn."""
    pairs = zip(stretch.pieces, stretch.inner, strict=True)
    kept = [pair for pair in pairs if not any(_meet(pair[0], place) for place in taken)]
    if not kept:
        return None
    return replace(stretch, pieces=tuple(piece for piece, _ in kept), inner=tuple(inner for _, inner in kept))


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
