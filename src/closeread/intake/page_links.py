"""The links of an HTML page, at the words of the article that was taken from it.

Extraction leaves the words of links and loses where they led. They are found again by the words around them: each
paragraph of the article stands somewhere in the page, and the links there are its links.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from closeread.article import Zone
from closeread.intake.links import Linked, leads_to_text

# Elements whose text no reader sees.
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "select", "option", "textarea"))


class PageText:
    """The visible characters of a page without white space, in order, and the links in them."""

    def __init__(self, tree: Any, address: str | None, *, passed_over: str = "") -> None:
        """`address`: the page's own, as it states it. `passed_over`: characters that extraction takes out."""
        self.links: list[Linked] = []
        self._pieces: list[str] = []
        self._length = 0
        self._unwanted = dict.fromkeys(map(ord, passed_over))
        self._address = next(iter(tree.xpath("//base/@href")), None) or address or ""
        self._take(tree)
        self.characters = "".join(self._pieces)

    def _take(self, tree: Any) -> None:
        """Goes through the tree without recursion, which broken pages can make too deep."""
        stack: list[tuple[Any, bool, int]] = [(tree, True, 0)]
        while stack:
            element, entered, start = stack.pop()
            if not entered:
                self._close(element, start)
                continue
            stack.append((element, False, self._length))
            if isinstance(element.tag, str) and element.tag not in _UNSEEN:
                self._add(element.text)
                stack.extend((child, True, 0) for child in reversed(element))

    def _close(self, element: Any, start: int) -> None:
        target = (element.get("href") or "").strip() if element.tag == "a" else ""
        if self._length > start and leads_to_text(target):
            self.links.append((start, self._length, urljoin(self._address, target) if self._address else target))
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        piece = squeeze(text or "").translate(self._unwanted)
        self._pieces.append(piece)
        self._length += len(piece)


def squeeze(text: str) -> str:
    return "".join(text.split())


def find_linked(page: PageText, text: str, zones: Sequence[Zone]) -> Iterator[Linked]:
    """The links of the page that stand in these zones, as ranges of the text. A zone whose words do not stand together
    in the page has none."""
    links = sorted(page.links)
    starts = [start for start, _, _ in links]
    for zone, at in _find_zones(page.characters, zones):
        places = [offset for offset in range(zone.start, zone.end) if not text[offset].isspace()]
        index = bisect_left(starts, at)
        for start, end, target in links[max(index - 1, 0) :]:
            first, last = max(start - at, 0), min(end - at, len(places))
            if start - at >= len(places):
                break
            if first < last:
                yield places[first], places[last - 1] + 1, target


def _find_zones(characters: str, zones: Sequence[Zone]) -> Iterator[tuple[Zone, int]]:
    """Where each zone begins in the page. One that stands there once is sought first, the others as near to it as they
    come: a page often says its first paragraphs again in a list or a teaser."""
    words = [squeeze(zone.text) for zone in zones]
    known = _find_once(characters, words)
    at = middle = max(characters.find(words[known]), 0) if words else 0
    for number in range(known, len(zones)):
        found = characters.find(words[number], at)
        if found >= 0:
            yield zones[number], found
            at = found + len(words[number])
    at = middle
    for number in range(known - 1, -1, -1):
        found = characters.rfind(words[number], 0, at)
        if found >= 0:
            yield zones[number], found
            at = found


def _find_once(characters: str, words: Sequence[str]) -> int:
    """The longest zone that stands once in the page, of the five longest; else the first zone."""
    longest = sorted(range(len(words)), key=lambda number: (-len(words[number]), number))[:5]
    return next((number for number in longest if characters.count(words[number]) == 1), 0)
