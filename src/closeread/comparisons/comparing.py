"""What differs between a quotation and the places that it was aligned with, word by word and mark by mark."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from closeread.article import Span
from closeread.comparisons.borders import Borders
from closeread.comparisons.differences import Change, Difference, to_change
from closeread.comparisons.gaps import Anchor, Gaps
from closeread.comparisons.originals import Original
from closeread.comparisons.quotation import Quotation
from closeread.comparisons.wording import ELLIPSIS, read_original
from closeread.comparisons.writing import DifferenceKind, tell_marks, tell_spelling

_LEAST_STRETCH = 3


class Comparer:
    """Compares one quotation with the places of its words in the originals."""

    def __init__(self, quotation: Quotation, originals: Sequence[Original]) -> None:
        self._quotation, self._originals = quotation, originals
        self._borders, self.gaps = Borders(quotation, originals), Gaps(originals)
        self._found: tuple[set[int], set[tuple[int, int]]] = (set(), set())

    def find_changes(self, anchors: Sequence[Anchor]) -> list[Change]:
        """All differences in the order of the quotation."""
        self._found = {anchor.here for anchor in anchors}, {(anchor.source, anchor.there) for anchor in anchors}
        changes = [*self._borders.before(anchors[0]), *self._of_word(anchors[0])]
        pieces = self.gaps.number_pieces(anchors)
        sizes = Counter(pieces)
        for at, (first, second) in enumerate(itertools.pairwise(anchors)):
            apart = pieces[at] != pieces[at + 1] and min(sizes[pieces[at]], sizes[pieces[at + 1]]) >= _LEAST_STRETCH
            changes += self._between(first, second, apart)
            changes += self._of_word(second)
        changes += self._borders.after(anchors[-1])
        return list(_deduplicate(self._join_reordered(changes)))

    def _between(self, first: Anchor, second: Anchor, apart: bool) -> Iterator[Change]:
        """The differences between two words of the quotation that were both found."""
        here = range(first.here + 1, second.here)
        if first.source != second.source or second.there <= first.there:
            kind: DifferenceKind = "joined" if apart else "reordered"
            yield Change(Difference(kind, self._quotation.here((first.here, second.here)), None), source=first.source)
            yield from self._insertions(here, first, second)
            return
        gap, interrupted = self.gaps.spoken_gap(first, second), self.gaps.is_interrupted(first, second)
        marked = self._quotation.marked_between(first.here, second.here)
        if not (gap or len(here) or marked):
            if interrupted or second.there - first.there > 1:
                yield Change(Difference("interruption", None, self._there(first, second)), source=first.source)
            else:
                yield from self._punctuation(first, second)
        else:
            yield from self._changed(first, second, gap, apart)

    def _changed(self, first: Anchor, second: Anchor, gap: tuple[int, ...], apart: bool) -> Iterator[Change]:
        original = self._originals[first.source]
        there = original.span(gap) if gap else None
        ellipses, groups = (
            self._quotation.ellipses_between(first.here, second.here),
            self._quotation.groups_between(first.here, second.here),
        )
        here = tuple(range(first.here + 1, second.here))
        plain = tuple(unit for unit in here if not self._quotation.is_bracketed(unit))
        bracketed = tuple(unit for unit in here if self._quotation.is_bracketed(unit))
        if ellipses:
            if gap or not ELLIPSIS.search(original.article.text, *self._range_there(first, second)):
                yield Change(
                    Difference("ellipsis", self._quotation.article.span(*ellipses[0]), there), gap, (), first.source
                )
            yield from self._insertions(range(first.here + 1, second.here), first, second)
        elif (groups or bracketed) and not self._is_as_in(original, there, groups, bracketed):
            place = self._quotation.span(groups, bracketed)
            yield Change(Difference("bracketed", place, there), gap, bracketed, first.source)
            if plain:
                yield Change(Difference("added", self._quotation.here(plain), None), (), plain, first.source)
        elif apart and gap:
            yield Change(
                Difference("joined", self._quotation.here((first.here, second.here)), there), gap, plain, first.source
            )
            if plain:
                yield Change(Difference("added", self._quotation.here(plain), None), (), plain, first.source)
        elif not bracketed:
            yield to_change(self._quotation, original, gap, plain, source=first.source)

    def _is_as_in(
        self, original: Original, there: Span | None, groups: Sequence[tuple[int, int]], units: Sequence[int]
    ) -> bool:
        """Whether the original has these brackets too."""
        if there is None or not groups or not units:
            return False
        around = original.article.text[max(0, there.start - 2) : there.end + 2]
        words = [self._quotation.wording.units[at].key for at in units]
        same = words == [unit.key for unit in read_original(there.text).units]
        return same and (self._quotation.article.text[groups[0][0]] == "(" or "[" in around)

    def _insertions(self, here: range, first: Anchor, second: Anchor) -> Iterator[Change]:
        """Words and brackets beside an ellipsis or a join."""
        plain = tuple(unit for unit in here if not self._quotation.is_bracketed(unit))
        bracketed = tuple(unit for unit in here if self._quotation.is_bracketed(unit))
        groups = self._quotation.groups_between(first.here, second.here)
        if plain:
            yield Change(Difference("added", self._quotation.here(plain), None), (), plain, first.source)
        if groups or bracketed:
            yield Change(
                Difference("bracketed", self._quotation.span(groups, bracketed), None), (), bracketed, first.source
            )

    def _of_word(self, anchor: Anchor) -> Iterator[Change]:
        """The same word, written in another way."""
        unit = self._quotation.wording.units[anchor.here]
        here, there = (
            self._quotation.article.span(unit.start, unit.end),
            self._originals[anchor.source].span((anchor.there,)),
        )
        if here.text != there.text:
            kind = tell_spelling(here.text, there.text, unit)
            if kind is not None and (kind != "contraction" or self._is_whole(anchor)):
                yield Change(Difference(kind, here, there), source=anchor.source)

    def _is_whole(self, anchor: Anchor) -> bool:
        """Whether all words at the place of a word were found, as those of a contraction are."""
        units, others = self._quotation.wording.units, self._originals[anchor.source].wording.units
        here, there = units[anchor.here], others[anchor.there]
        return all(
            at in self._found[0]
            for at in range(max(0, anchor.here - 2), min(len(units), anchor.here + 3))
            if units[at].start == here.start
        ) and all(
            (anchor.source, at) in self._found[1]
            for at in range(max(0, anchor.there - 2), min(len(others), anchor.there + 3))
            if others[at].start == there.start
        )

    def _punctuation(self, first: Anchor, second: Anchor) -> Iterator[Change]:
        """The marks between two words that follow each other on both sides."""
        start, end = self._quotation.wording.units[first.here].end, self._quotation.wording.units[second.here].start
        first_there, second_there = self._range_there(first, second)
        if start >= end or first_there >= second_there:
            return
        original = self._originals[first.source].article
        here, there = self._quotation.article.text[start:end], original.text[first_there:second_there]
        kind = tell_marks(here, there)
        if kind is not None:
            places = self._quotation.article.span(start, end), original.span(first_there, second_there)
            yield Change(Difference(kind, *places), source=first.source)

    def _join_reordered(self, changes: list[Change]) -> list[Change]:
        """Words that went at one place and came at another, in one sentence, were put in another order."""
        for group in self._find_reordered(changes):
            if not all(change in changes for change in group):
                continue
            units = [unit for change in group for unit in change.removed]
            here = [unit for change in group for unit in change.added]
            source = group[0].source
            joined = Difference("reordered", self._quotation.here(here), self._originals[source].span(units))
            changes = [c for c in changes if c not in group[1:]]
            changes[changes.index(group[0])] = Change(joined, source=source)
        return changes

    def _find_reordered(self, changes: Sequence[Change]) -> list[list[Change]]:
        """All changes together, or two by two, where the words that went are those that came."""
        plain = [change for change in changes if change.difference.kind in ("substituted", "dropped", "added")]
        if _same_words(self, plain):
            return [plain]
        return [list(pair) for pair in itertools.combinations(plain, 2) if _same_words(self, pair)]

    def keys_of(self, change: Change) -> tuple[list[str], list[str]]:
        """The keys that went and those that came."""
        units = self._originals[change.source].wording.units
        return [units[at].key for at in change.removed], [self._quotation.wording.units[at].key for at in change.added]

    def _range_there(self, first: Anchor, second: Anchor) -> tuple[int, int]:
        units = self._originals[first.source].wording.units
        return units[first.there].end, units[second.there].start

    def _there(self, first: Anchor, second: Anchor) -> Span:
        return self._originals[first.source].article.span(*self._range_there(first, second))


def _same_words(comparer: Comparer, changes: Sequence[Change]) -> bool:
    if len(changes) < 2:
        return False
    removed, added = Counter[str](), Counter[str]()
    for change in changes:
        went, came = comparer.keys_of(change)
        removed.update(went)
        added.update(came)
    return bool(removed) and removed == added and len({change.source for change in changes}) == 1


def _deduplicate(changes: Sequence[Change]) -> Iterator[Change]:
    """A contraction is two words at one place: its difference is told once."""
    seen = set()
    for change in changes:
        if change.difference not in seen:
            seen.add(change.difference)
            yield change
