"""A text in which quotations are looked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from closeread.article import Span
from closeread.comparisons.quoted import Speeches, Text, article_of
from closeread.comparisons.wording import Wording, read_original, sentences_of
from closeread.marks import find_marks


class Original:
    """A text in which quotations are looked for, with what is asked of it again and again."""

    def __init__(self, text: Text, wording: Wording | None = None) -> None:
        self.article = article_of(text)
        self.wording = wording or read_original(self.article.text)
        self._has_notes = wording is None
        self.sentences = sentences_of(self.article.text)
        self.speeches = Speeches(text)
        self._stretches = [inner for stretch in find_marks(self.article).stretches for inner in stretch.inner]

    @cached_property
    def _notes(self) -> list[tuple[int, int]]:
        found = re.finditer(r"\[[^\[\]]*\]", self.article.text) if self._has_notes else ()
        return [match.span() for match in found]

    def is_note(self, unit: int) -> bool:
        """Whether a unit stands in square brackets, as the notes of a transcript do (`[applause]`). A quotation that is
        held against another has none."""
        start = self.wording.units[unit].start
        at = bisect_right(self._notes, (start, len(self.article.text))) - 1
        return at >= 0 and start < self._notes[at][1]

    @cached_property
    def in_one_line(self) -> str:
        return " ".join(self.article.text.split())

    def span(self, units: Sequence[int]) -> Span:
        """From the first to the last of some units."""
        places = [self.wording.units[unit] for unit in units]
        return self.article.span(min(unit.start for unit in places), max(unit.end for unit in places))

    def stretch_at(self, unit: int) -> tuple[int, int] | None:
        """The stretch in quotation marks that holds a unit."""
        start = self.wording.units[unit].start
        at = bisect_right(self._stretches, (start, len(self.article.text) + 1)) - 1
        return self._stretches[at] if at >= 0 and start < self._stretches[at][1] else None

    def sentence_at(self, unit: int) -> tuple[int, int]:
        return self.sentences.at(self.wording.units[unit].start)
