"""One quotation as it is compared: its text, its place and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from closeread.article import Article, Span
from closeread.comparisons.quoted import Quoted
from closeread.comparisons.wording import Wording


@dataclass(frozen=True, slots=True)
class Quotation:
    article: Article
    quoted: Quoted
    wording: Wording

    def is_bracketed(self, unit: int) -> bool:
        return bool(self.wording.units[unit].bracket) or self.wording.units[unit].inline

    def marked_in(self, start: int, end: int) -> bool:
        places = (*self.wording.ellipses, *self.wording.brackets)
        return any(start <= first < end for first, _ in places)

    def marked_between(self, first: int, second: int) -> bool:
        return self.marked_in(self.wording.units[first].end, self.wording.units[second].start)

    def ellipses_between(self, first: int, second: int) -> list[tuple[int, int]]:
        start, end = self.wording.units[first].end, self.wording.units[second].start
        return [place for place in self.wording.ellipses if start <= place[0] < end]

    def groups_between(self, first: int, second: int) -> list[tuple[int, int]]:
        start, end = self.wording.units[first].end, self.wording.units[second].start
        return [place for place in self.wording.brackets if start <= place[0] < end]

    def span(self, groups: Sequence[tuple[int, int]], units: Sequence[int]) -> Span:
        places = [*groups, *((self.wording.units[at].start, self.wording.units[at].end) for at in units)]
        return self.article.span(min(start for start, _ in places), max(end for _, end in places))

    def here(self, units: Sequence[int]) -> Span:
        return self.span((), units)
