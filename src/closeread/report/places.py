"""Places as a reader meets them: an anchor in the article, the paragraph it stands in, its first words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from closeread.article import Article, Span
from closeread.report.characters import excerpt


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place. `anchor` is the id of the element where it starts, `end` its end, `label` where it is."""

    anchor: str
    end: int
    label: str
    words: str


def anchor_of(place: Span) -> str:
    """The coordinate is the id: `c120` starts at code point 120."""
    return f"c{place.start}"


def cut_around(place: Span, words: Span, limit: int = 110) -> tuple[str, str]:
    """What of a place stands before some of its words and behind them, cut to whole words, at most `limit` code points
    each; the spaces between are kept."""
    start = min(max(words.start - place.start, 0), len(place.text))
    end = min(max(words.end - place.start, start), len(place.text))
    before, after = place.text[:start], place.text[end:]
    if len(before) > limit:
        before = "… " + before[-limit:].partition(" ")[2]
    if len(after) > limit:
        after = after[:limit].rpartition(" ")[0] + " …"
    return _flatten(before), _flatten(after)


def _flatten(text: str) -> str:
    """White space made single, also at both ends."""
    flat = " ".join(f"|{text}|".split())
    return flat[1:-1]


class Locator:
    """Says where a place stands, in the time of one binary search."""

    def __init__(self, article: Article) -> None:
        self._zones = article.zones
        self._starts = [zone.start for zone in article.zones]
        self._numbers = {zone.start: number for number, zone in enumerate(article.body, 1)}

    def name(self, offset: int) -> str:
        """`¶ 3` for the third body paragraph, else the kind of zone, `between` outside all zones."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._zones[index].end:
            return "between"
        zone = self._zones[index]
        return f"¶\u202f{self._numbers[zone.start]}" if zone.kind == "body" else zone.kind

    def link(self, place: Span, limit: int = 72) -> Link:
        """Its words are at most `limit` code points."""
        return Link(anchor_of(place), place.end, self.name(place.start), excerpt(place.text, limit))

    def links(self, places: Iterable[Span]) -> tuple[Link, ...]:
        """One link per place, in the given order."""
        return tuple(self.link(place) for place in places)


def number_repeats(links: Sequence[Link]) -> tuple[Link, ...]:
    """Short labels that tell several places in one paragraph apart: `3`, `3b`, `3c`, `headline`."""
    seen: Counter[str] = Counter()
    numbered = []
    for link in links:
        seen[link.label] += 1
        suffix = "" if seen[link.label] == 1 else _letters(seen[link.label])
        label = link.label.removeprefix("¶\u202f")
        spaced = label if label[0].isdigit() or not suffix else f"{label} "
        numbered.append(Link(link.anchor, link.end, spaced + suffix, link.words))
    return tuple(numbered)


def _letters(number: int) -> str:
    """1 is `a`, 26 is `z`, 27 is `aa`."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def key_letter(index: int) -> str:
    """The letter that stands for a source in pictures and tables: `A` for index 0."""
    return _letters(index + 1).upper()
