"""Links of a final text: what its source links, and the addresses that stand in it as they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from closeread.article import Link, Run, Zone

# A range of the final text, or of its source, and the address that it leads to.
Linked = tuple[int, int, str]

_ADDRESS = re.compile(r"https?://[^\s<>\"“”„«»`|\\^{}]+", re.I)
# Marks that end the sentence or the bracket around an address.
_AFTER = ".,;:!?'’*_~…"
_BRACKETS = {")": "(", "]": "["}
# What leads to no other text: a place in the page itself, a program, a mailbox, a telephone.
_NO_TEXT = re.compile(r"\s*(?:#|(?:javascript|data|mailto|tel|sms|about|blob):|$)", re.I)


def leads_to_text(target: str) -> bool:
    return not _NO_TEXT.match(target)


def to_links(text: str, zones: Sequence[Zone], linked: Iterable[Linked]) -> tuple[Link, ...]:
    """The links of the source and the addresses in the text, in its order, none overlapping; those of the source come
    first. Each touches its words and stands in one zone; one that runs over a border is cut there."""
    found: list[Link] = []
    stated = [place for link in linked for place in _cut(text, zones, link)]
    for start, end, target in sorted(stated, key=lambda link: (link[0], -link[1])):
        if not found or start >= found[-1].end:
            found.append(Link(start, end, text[start:end], target))
    ends = [link.end for link in found]
    bare = [place for link in _find_addresses(text) for place in _cut(text, zones, link)]
    for start, end, target in bare:
        following = bisect_right(ends, start)
        if following == len(ends) or found[following].start >= end:
            found.append(Link(start, end, text[start:end], target))
    return tuple(sorted(found))


def _cut(text: str, zones: Sequence[Zone], link: Linked) -> Iterator[Linked]:
    """The part of a link in each zone, without white space at its ends; none where nothing is left."""
    start, end, target = link
    for number in range(bisect_right(zones, start, key=lambda zone: zone.end), len(zones)):
        zone = zones[number]
        if zone.start >= end:
            return
        first, last = max(start, zone.start), min(end, zone.end)
        words = text[first:last]
        if words.strip():
            yield first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip()), target


def _find_addresses(text: str) -> Iterator[Linked]:
    for match in _ADDRESS.finditer(text):
        address = _without_end(match.group())
        if len(address) > address.index("://") + 3:
            yield match.start(), match.start() + len(address), address


def _without_end(address: str) -> str:
    """An address without the marks behind it; a bracket stays where it was opened in the address."""
    while address[-1] in _AFTER or (
        address[-1] in _BRACKETS and address.count(address[-1]) > address.count(_BRACKETS[address[-1]])
    ):
        address = address[:-1]
    return address


def move_links(origin: Sequence[Run], links: Iterable[Linked]) -> Iterator[Linked]:
    """Links at ranges of the source, as ranges of the text; without those of which nothing is left."""
    for start, end, target in links:
        first, last = _first_from(origin, start), _end_before(origin, end)
        if first < last:
            yield first, last, target


def _first_from(origin: Sequence[Run], at: int) -> int:
    """Where the first code point from `at` of the source on stands in the text."""
    index = bisect_right(origin, at, key=lambda run: run.source_start + run.length)
    if index == len(origin):
        return origin[-1].start + origin[-1].length if origin else 0
    return origin[index].start + max(at - origin[index].source_start, 0)


def _end_before(origin: Sequence[Run], at: int) -> int:
    """Where the last code point before `at` of the source ends in the text."""
    index = bisect_left(origin, at, key=lambda run: run.source_start) - 1
    return origin[index].start + min(at - origin[index].source_start, origin[index].length) if index >= 0 else 0
