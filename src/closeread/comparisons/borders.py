"""What a quotation has before the first word that was found, and after the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from closeread.comparisons.differences import TENSES, Change, Difference, to_change
from closeread.comparisons.gaps import Anchor
from closeread.comparisons.names import is_name
from closeread.comparisons.originals import Original
from closeread.comparisons.quotation import Quotation
from closeread.comparisons.wording import ELLIPSIS
from closeread.comparisons.writing import QUOTES, DifferenceKind
from closeread.lexicons.quotation_words import index_pronouns

_LONGEST_NAME = 3


class Borders:
    def __init__(self, quotation: Quotation, originals: Sequence[Original]) -> None:
        self._quotation, self._originals = quotation, originals

    def before(self, first: Anchor) -> Iterator[Change]:
        """What the quotation has before the first word that was found."""
        original, units = self._originals[first.source], self._quotation.wording.units
        plain = tuple(unit for unit in range(first.here) if not self._quotation.is_bracketed(unit))
        if plain:
            start, _ = original.sentence_at(first.there)
            gap = tuple(
                unit
                for unit in range(max(0, first.there - len(plain)), first.there)
                if original.wording.units[unit].start >= start
            )
            begins = first.there - len(gap) == 0 or original.wording.units[first.there - len(gap) - 1].end <= start
            wholly = len(gap) == len(plain) and begins
            yield to_change(self._quotation, original, gap if wholly else (), plain, source=first.source, wholly=wholly)
        yield from self._bracketed_at_end(self._quotation.quoted.inner[0][0], units[first.here].start, first)
        if not plain and not self._quotation.marked_in(self._quotation.quoted.inner[0][0], units[first.here].start):
            yield from self._border(first)

    def after(self, last: Anchor) -> Iterator[Change]:
        original, units = self._originals[last.source], self._quotation.wording.units
        plain = tuple(unit for unit in range(last.here + 1, len(units)) if not self._quotation.is_bracketed(unit))
        if plain:
            _, end = original.sentence_at(last.there)
            stop = min(last.there + 1 + len(plain), len(original.wording.units))
            gap = tuple(u for u in range(last.there + 1, stop) if original.wording.units[u].end <= end)
            ends = stop == len(original.wording.units) or original.wording.units[stop].start >= end
            wholly = len(gap) == len(plain) and ends
            yield to_change(self._quotation, original, gap if wholly else (), plain, source=last.source, wholly=wholly)
        yield from self._bracketed_at_end(units[last.here].end, self._quotation.quoted.inner[-1][1], last)
        if not plain and not self._quotation.marked_in(units[last.here].end, self._quotation.quoted.inner[-1][1]):
            yield from self._final(last)

    def _bracketed_at_end(self, start: int, end: int, anchor: Anchor) -> Iterator[Change]:
        """Brackets and ellipses before the first word that was found, or after the last."""
        original = self._originals[anchor.source]
        for place in self._quotation.wording.ellipses:
            if start <= place[0] < end:
                after = original.article.text[original.wording.units[anchor.there].end :][:4]
                if not ELLIPSIS.match(after.strip()) or place[0] < self._quotation.wording.units[anchor.here].start:
                    yield Change(
                        Difference("ellipsis", self._quotation.article.span(*place), None), source=anchor.source
                    )
        for number, place in enumerate(self._quotation.wording.brackets, 1):
            if start <= place[0] < end:
                units = tuple(at for at, unit in enumerate(self._quotation.wording.units) if unit.bracket == number)
                stood = self._replaced(units, anchor)
                there = original.span(stood) if stood else None
                yield Change(
                    Difference("bracketed", self._quotation.article.span(*place), there), stood, units, anchor.source
                )

    def _replaced(self, units: Sequence[int], anchor: Anchor) -> tuple[int, ...]:
        """The word of the original next to the border that words in brackets stand for: a pronoun, or a verb whose
        tense they set back."""
        if not units:
            return ()
        original = self._originals[anchor.source]
        at = anchor.there - 1 if units[0] < anchor.here else anchor.there + 1
        if not 0 <= at < len(original.wording.units) or original.sentence_at(at) != original.sentence_at(anchor.there):
            return ()
        key = original.wording.units[at].key
        tense = len(units) == 1 and (key, self._quotation.wording.units[units[0]].key) in TENSES
        return (at,) if tense or key in index_pronouns() else self._replaced_name(original, anchor, at)

    def _replaced_name(self, original: Original, anchor: Anchor, beside: int) -> tuple[int, ...]:
        """A name, and nothing else, between the border and the end of its sentence."""
        start, end = original.sentence_at(anchor.there)
        units = original.wording.units
        step = 1 if beside > anchor.there else -1
        rest = [
            at
            for at in range(beside, beside + step * (_LONGEST_NAME + 1), step)
            if 0 <= at < len(units) and start <= units[at].start < end
        ]
        names = [at for at in rest if is_name(original.wording, units[at], start)]
        return tuple(sorted(rest)) if names == rest and len(rest) <= _LONGEST_NAME else ()

    def _border(self, first: Anchor) -> Iterator[Change]:
        """Marks before the first word."""
        start, end = self._quotation.quoted.inner[0][0], self._quotation.wording.units[first.here].start
        here = self._quotation.article.text[start:end].strip()
        original = self._originals[first.source]
        there = original.article.text[: original.wording.units[first.there].start].rstrip()
        if here and not there.endswith(here):
            kind: DifferenceKind = "marks" if not QUOTES.sub("", here) else "punctuation"
            yield Change(Difference(kind, self._quotation.article.span(start, end), None), source=first.source)

    def _final(self, last: Anchor) -> Iterator[Change]:
        """Marks after the last word: those of the original or none."""
        start, end = self._quotation.wording.units[last.here].end, self._quotation.quoted.inner[-1][1]
        original = self._originals[last.source]
        at = original.wording.units[last.there].end
        here = " ".join(self._quotation.article.text[start:end].split())
        there = " ".join(original.article.text[at : at + 2 * len(here) + 4].split())
        closing = re.match(r"[^\w\s]*", there)
        final = closing.group() if closing else ""
        if not here or there.startswith(here):
            return
        asks, asked = "?" in here, "?" in final
        kind: DifferenceKind = "punctuation" if QUOTES.sub("", here) else "marks"
        if asks != asked and (asks or any(mark in here for mark in ".!")):
            kind = "substituted"
        yield Change(
            Difference(
                kind,
                self._quotation.article.span(start, end),
                original.article.span(at, at + len(final)) if final else None,
            ),
            source=last.source,
        )
