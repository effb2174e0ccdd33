"""What differs between a quotation and the place that it was aligned with, word by word and mark by mark."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from closeread.article import Article, Span
from closeread.comparisons.quoted import Quoted, Speeches, Text, article_of
from closeread.comparisons.units import Unit
from closeread.comparisons.wording import ELLIPSIS, Sentences, Wording, fold, read_original
from closeread.lexicons.quotation_words import index_pronouns, index_spellings
from closeread.marks import find_marks

DifferenceKind = Literal[
    "marks",
    "punctuation",
    "dash",
    "space",
    "case",
    "spelling",
    "house-style",
    "contraction",
    "filler",
    "interruption",
    "ellipsis",
    "bracketed",
    "substituted",
    "dropped",
    "added",
    "reordered",
    "joined",
]
MARKED: frozenset[DifferenceKind] = frozenset({"ellipsis", "bracketed"})
UNMARKED: frozenset[DifferenceKind] = frozenset({"substituted", "dropped", "added", "reordered"})

# From here on, words left out without an ellipsis part two separate places.
LONGEST_DROP = 20
_LEAST_STRETCH = 3
# What a tense set back in brackets may do: `[would]` for `will`.
TENSES = frozenset(
    {
        ("will", "would"),
        ("shall", "would"),
        ("can", "could"),
        ("may", "might"),
        ("have", "had"),
        ("has", "had"),
        ("have to", "had to"),
        ("has to", "had to"),
    }
)
_QUOTES = re.compile(r"[\"'“”„«»‘’‟＂`]")
_DASH = re.compile(r"\s*[‐‑–—−-]+\s*")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the words in the quotation and those in the original, None where that side has none."""

    kind: DifferenceKind
    here: Span | None
    there: Span | None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with the units that differ: `removed` from the original, `added` in the quotation. `stretch` are the
    indexes in the original from the first of them to the last, `wholly` says that they are sure to stand for
    each other."""

    difference: Difference
    removed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    source: int = 0
    wholly: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of the quotation (index of its unit) and the same word of an original (its number, index of its unit)."""

    here: int
    source: int
    there: int


class Original:
    """A text in which quotations are looked for, with what is asked of it again and again."""

    def __init__(self, text: Text, wording: Wording | None = None, article: Article | None = None) -> None:
        self.article = article or article_of(text)
        self.wording = wording or read_original(self.article.text)
        self.sentences = Sentences(self.article.text)
        self.speeches = Speeches(text)
        self._stretches = [
            inner for stretch in find_marks(self.article).stretches for inner in stretch.inner
        ]

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


class Comparer:
    """Compares one quotation with the places of its words in the originals."""

    def __init__(self, article: Article, quoted: Quoted, wording: Wording, originals: Sequence[Original]) -> None:
        self._article, self._quoted, self._wording, self._originals = article, quoted, wording, originals
        self._found: tuple[set[int], set[tuple[int, int]]] = (set(), set())

    def find_changes(self, anchors: Sequence[Anchor]) -> list[Change]:
        """All differences in the order of the quotation."""
        self._found = {anchor.here for anchor in anchors}, {(anchor.source, anchor.there) for anchor in anchors}
        changes = [*self._before(anchors[0]), *self._of_word(anchors[0])]
        pieces = self.number_pieces(anchors)
        sizes = Counter(pieces)
        for at, (first, second) in enumerate(zip(anchors, anchors[1:], strict=False)):
            apart = pieces[at] != pieces[at + 1] and min(sizes[pieces[at]], sizes[pieces[at + 1]]) >= _LEAST_STRETCH
            changes += self._between(first, second, apart)
            changes += self._of_word(second)
        changes += self._after(anchors[-1])
        return list(_deduplicate(self._join_reordered(changes)))

    def number_pieces(self, anchors: Sequence[Anchor]) -> list[int]:
        """For each anchor the number of the piece it belongs to: a piece is in one place of one original."""
        numbers = [0]
        for first, second in zip(anchors, anchors[1:], strict=False):
            numbers.append(numbers[-1] + self._is_apart(first, second))
        return numbers

    def _is_apart(self, first: Anchor, second: Anchor) -> bool:
        if first.source != second.source:
            return True
        if second.there <= first.there:
            original = self._originals[first.source]
            return original.sentence_at(first.there) != original.sentence_at(second.there)
        gap = self._spoken_gap(first, second)
        if not gap:
            return False
        original = self._originals[first.source]
        start, end = original.wording.units[first.there].end, original.wording.units[second.there].start
        if self._is_interrupted(first, second):
            return len(gap) > LONGEST_DROP
        return len(gap) > LONGEST_DROP or original.sentences.count_whole(start, end) > 0 or self._changes_speaker(first, second)

    def _changes_speaker(self, first: Anchor, second: Anchor) -> bool:
        return len(self.speakers_between(first, second)) > 1

    def speakers_between(self, first: Anchor, second: Anchor) -> list[str]:
        """Who speaks from one word of an original to another, each once, in order."""
        original = self._originals[first.source]
        start, end = original.wording.units[first.there].start, original.wording.units[second.there].end
        found = sorted(original.speeches.overlapping(start, end), key=lambda pair: pair[0].start)
        speakers = (original.speeches.speaker_of(each) for _, each in found)
        return list(dict.fromkeys(speaker.name for speaker in speakers if speaker))

    def _spoken_gap(self, first: Anchor, second: Anchor) -> tuple[int, ...]:
        """The units of the original between two words; of an interrupted speech only those inside the marks."""
        gap = tuple(range(first.there + 1, second.there))
        if self._is_interrupted(first, second):
            original = self._originals[first.source]
            return tuple(unit for unit in gap if original.stretch_at(unit) is not None)
        return gap

    def _is_interrupted(self, first: Anchor, second: Anchor) -> bool:
        """Whether both words stand in marks, of two stretches, of one speaker."""
        original = self._originals[first.source]
        stretches = original.stretch_at(first.there), original.stretch_at(second.there)
        if None in stretches or stretches[0] == stretches[1] or second.there <= first.there:
            return False
        speakers = self.speakers_between(first, second)
        start, end = original.wording.units[first.there].end, original.wording.units[second.there].start
        return len(speakers) < 2 and (bool(speakers) or "\n" not in original.article.text[start:end])

    def _between(self, first: Anchor, second: Anchor, apart: bool) -> Iterator[Change]:
        """The differences between two words of the quotation that were both found."""
        here = range(first.here + 1, second.here)
        if first.source != second.source or second.there <= first.there:
            kind: DifferenceKind = "joined" if apart else "reordered"
            yield Change(Difference(kind, self._here((first.here, second.here)), None), source=first.source)
            yield from self._insertions(here, first, second)
            return
        gap, interrupted = self._spoken_gap(first, second), self._is_interrupted(first, second)
        marked = self._marked_between(first.here, second.here)
        if not (gap or len(here) or marked):
            if interrupted:
                yield Change(Difference("interruption", None, self._there(first, second)), source=first.source)
            else:
                yield from self._punctuation(first, second)
        else:
            yield from self._changed(first, second, gap, apart)

    def _changed(self, first: Anchor, second: Anchor, gap: tuple[int, ...], apart: bool) -> Iterator[Change]:
        original = self._originals[first.source]
        there = original.span(gap) if gap else None
        ellipses, groups = self._ellipses_between(first.here, second.here), self._groups_between(first.here, second.here)
        here = tuple(range(first.here + 1, second.here))
        plain = tuple(unit for unit in here if not self._is_bracketed(unit))
        bracketed = tuple(unit for unit in here if self._is_bracketed(unit))
        if ellipses:
            if gap or not ELLIPSIS.search(original.article.text, *self._range_there(first, second)):
                yield Change(Difference("ellipsis", self._article.span(*ellipses[0]), there), gap, (), first.source)
            yield from self._insertions(range(first.here + 1, second.here), first, second)
        elif (groups or bracketed) and not self._is_as_in(original, there, groups, bracketed):
            place = self._span(groups, bracketed)
            yield Change(Difference("bracketed", place, there), gap, bracketed, first.source)
            if plain:
                yield Change(Difference("added", self._here(plain), None), (), plain, first.source)
        elif apart and gap:
            yield Change(Difference("joined", self._here((first.here, second.here)), there), gap, plain, first.source)
            if plain:
                yield Change(Difference("added", self._here(plain), None), (), plain, first.source)
        elif not bracketed:
            yield self._plain_change(gap, plain, first.source)

    def _is_as_in(
        self, original: Original, there: Span | None, groups: Sequence[tuple[int, int]], units: Sequence[int]
    ) -> bool:
        """Whether the original has these brackets too."""
        if there is None or not groups or not units:
            return False
        around = original.article.text[max(0, there.start - 2) : there.end + 2]
        words = [self._wording.units[at].key for at in units]
        same = words == [unit.key for unit in read_original(there.text).units]
        return same and (self._article.text[groups[0][0]] == "(" or "[" in around)

    def _plain_change(self, gap: tuple[int, ...], plain: tuple[int, ...], source: int, wholly: bool = True) -> Change:
        there = self._originals[source].span(gap) if gap else None
        here = self._here(plain) if plain else None
        kind: DifferenceKind = "substituted" if gap and plain else "dropped" if gap else "added"
        if here and there:
            kind = _same_in_another_form(here.text, there.text) or kind
        if kind not in UNMARKED:
            return Change(Difference(kind, here, there), source=source)
        return Change(Difference(kind, here, there), gap, plain, source, wholly)

    def _insertions(self, here: range, first: Anchor, second: Anchor) -> Iterator[Change]:
        """Words and brackets beside an ellipsis or a join."""
        plain = tuple(unit for unit in here if not self._is_bracketed(unit))
        bracketed = tuple(unit for unit in here if self._is_bracketed(unit))
        groups = self._groups_between(first.here, second.here)
        if plain:
            yield Change(Difference("added", self._here(plain), None), (), plain, first.source)
        if groups or bracketed:
            yield Change(Difference("bracketed", self._span(groups, bracketed), None), (), bracketed, first.source)

    def _before(self, first: Anchor) -> Iterator[Change]:
        """What the quotation has before the first word that was found."""
        original, units = self._originals[first.source], self._wording.units
        plain = tuple(unit for unit in range(first.here) if not self._is_bracketed(unit))
        if plain:
            start, _ = original.sentence_at(first.there)
            gap = tuple(
                unit
                for unit in range(max(0, first.there - len(plain)), first.there)
                if original.wording.units[unit].start >= start
            )
            begins = first.there - len(gap) == 0 or original.wording.units[first.there - len(gap) - 1].end <= start
            wholly = len(gap) == len(plain) and begins
            yield self._plain_change(gap if wholly else (), plain, first.source, wholly)
        yield from self._bracketed_at_end(self._quoted.inner[0][0], units[first.here].start, first)
        if not plain and not self._marked_in(self._quoted.inner[0][0], units[first.here].start):
            yield from self._border(first)

    def _after(self, last: Anchor) -> Iterator[Change]:
        original, units = self._originals[last.source], self._wording.units
        plain = tuple(unit for unit in range(last.here + 1, len(units)) if not self._is_bracketed(unit))
        if plain:
            _, end = original.sentence_at(last.there)
            stop = min(last.there + 1 + len(plain), len(original.wording.units))
            gap = tuple(u for u in range(last.there + 1, stop) if original.wording.units[u].end <= end)
            ends = stop == len(original.wording.units) or original.wording.units[stop].start >= end
            wholly = len(gap) == len(plain) and ends
            yield self._plain_change(gap if wholly else (), plain, last.source, wholly)
        yield from self._bracketed_at_end(units[last.here].end, self._quoted.inner[-1][1], last)
        if not plain and not self._marked_in(units[last.here].end, self._quoted.inner[-1][1]):
            yield from self._final(last)

    def _bracketed_at_end(self, start: int, end: int, anchor: Anchor) -> Iterator[Change]:
        """Brackets and ellipses before the first word that was found, or after the last."""
        original = self._originals[anchor.source]
        for place in self._wording.ellipses:
            if start <= place[0] < end:
                after = original.article.text[original.wording.units[anchor.there].end :][:4]
                if not ELLIPSIS.match(after.strip()) or place[0] < self._wording.units[anchor.here].start:
                    yield Change(Difference("ellipsis", self._article.span(*place), None), source=anchor.source)
        for number, place in enumerate(self._wording.brackets, 1):
            if start <= place[0] < end:
                units = tuple(at for at, unit in enumerate(self._wording.units) if unit.bracket == number)
                stood = self._replaced(units, anchor)
                there = original.span(stood) if stood else None
                yield Change(Difference("bracketed", self._article.span(*place), there), stood, units, anchor.source)

    def _replaced(self, units: Sequence[int], anchor: Anchor) -> tuple[int, ...]:
        """The word of the original next to the border that words in brackets stand for: a pronoun, or a verb whose tense
        they set back."""
        if not units:
            return ()
        original = self._originals[anchor.source]
        at = anchor.there - 1 if units[0] < anchor.here else anchor.there + 1
        if not 0 <= at < len(original.wording.units) or original.sentence_at(at) != original.sentence_at(anchor.there):
            return ()
        key = original.wording.units[at].key
        tense = len(units) == 1 and (key, self._wording.units[units[0]].key) in TENSES
        return (at,) if tense or key in index_pronouns() else ()

    def _of_word(self, anchor: Anchor) -> Iterator[Change]:
        """The same word, written in another way."""
        unit = self._wording.units[anchor.here]
        here, there = self._article.span(unit.start, unit.end), self._originals[anchor.source].span((anchor.there,))
        if here.text != there.text:
            kind = _spelled(here.text, there.text, unit)
            if kind is not None and (kind != "contraction" or self._is_whole(anchor)):
                yield Change(Difference(kind, here, there), source=anchor.source)

    def _is_whole(self, anchor: Anchor) -> bool:
        """Whether all words at the place of a word were found, as those of a contraction are."""
        units, others = self._wording.units, self._originals[anchor.source].wording.units
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
        start, end = self._wording.units[first.here].end, self._wording.units[second.here].start
        first_there, second_there = self._range_there(first, second)
        if start >= end or first_there >= second_there:
            return
        original = self._originals[first.source].article
        here, there = self._article.text[start:end], original.text[first_there:second_there]
        kind = _punctuated(here, there)
        if kind is not None:
            places = self._article.span(start, end), original.span(first_there, second_there)
            yield Change(Difference(kind, *places), source=first.source)

    def _border(self, first: Anchor) -> Iterator[Change]:
        """Marks before the first word."""
        start, end = self._quoted.inner[0][0], self._wording.units[first.here].start
        here = self._article.text[start:end].strip()
        original = self._originals[first.source]
        there = original.article.text[: original.wording.units[first.there].start].rstrip()
        if here and not there.endswith(here):
            kind: DifferenceKind = "marks" if not _QUOTES.sub("", here) else "punctuation"
            yield Change(Difference(kind, self._article.span(start, end), None), source=first.source)

    def _final(self, last: Anchor) -> Iterator[Change]:
        """Marks after the last word: those of the original or none."""
        start, end = self._wording.units[last.here].end, self._quoted.inner[-1][1]
        original = self._originals[last.source]
        at = original.wording.units[last.there].end
        there = original.article.text[at : at + 12]
        here = self._article.text[start:end].strip()
        closing = re.match(r"[^\w\s]*", there)
        final = closing.group() if closing else ""
        if not here or there.startswith(here):
            return
        asks, asked = "?" in here, "?" in final
        kind: DifferenceKind = "punctuation" if _QUOTES.sub("", here) else "marks"
        if asks != asked and (asks or any(mark in here for mark in ".!")):
            kind = "substituted"
        yield Change(
            Difference(kind, self._article.span(start, end), original.article.span(at, at + len(final)) if final else None),
            source=last.source,
        )

    def _join_reordered(self, changes: list[Change]) -> list[Change]:
        """Words that went at one place and came at another, in one sentence, were put in another order."""
        open_changes = [c for c in changes if c.difference.kind in ("substituted", "dropped", "added")]
        groups = [open_changes] if _same_words(self, open_changes) else []
        if not groups:
            groups = [
                [first, second]
                for at, first in enumerate(open_changes)
                for second in open_changes[at + 1 :]
                if _same_words(self, [first, second])
            ]
        for group in groups[:3]:
            if not all(change in changes for change in group):
                continue
            units = [unit for change in group for unit in change.removed]
            here = [unit for change in group for unit in change.added]
            source = group[0].source
            joined = Difference("reordered", self._here(here), self._originals[source].span(units))
            changes = [c for c in changes if c not in group[1:]]
            changes[changes.index(group[0])] = Change(joined, source=source)
        return changes

    def keys_of(self, change: Change) -> tuple[list[str], list[str]]:
        """The keys that went and those that came."""
        units = self._originals[change.source].wording.units
        return [units[at].key for at in change.removed], [self._wording.units[at].key for at in change.added]

    def _is_bracketed(self, unit: int) -> bool:
        return bool(self._wording.units[unit].bracket) or self._wording.units[unit].inline

    def _marked_in(self, start: int, end: int) -> bool:
        places = (*self._wording.ellipses, *self._wording.brackets)
        return any(start <= first < end for first, _ in places)

    def _marked_between(self, first: int, second: int) -> bool:
        return self._marked_in(self._wording.units[first].end, self._wording.units[second].start)

    def _ellipses_between(self, first: int, second: int) -> list[tuple[int, int]]:
        start, end = self._wording.units[first].end, self._wording.units[second].start
        return [place for place in self._wording.ellipses if start <= place[0] < end]

    def _groups_between(self, first: int, second: int) -> list[tuple[int, int]]:
        start, end = self._wording.units[first].end, self._wording.units[second].start
        return [place for place in self._wording.brackets if start <= place[0] < end]

    def _span(self, groups: Sequence[tuple[int, int]], units: Sequence[int]) -> Span:
        places = [*groups, *((self._wording.units[at].start, self._wording.units[at].end) for at in units)]
        return self._article.span(min(start for start, _ in places), max(end for _, end in places))

    def _here(self, units: Sequence[int]) -> Span:
        return self._span((), units)

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


def _spelled(here: str, there: str, unit: Unit) -> DifferenceKind | None:
    if unit.inline:
        return "bracketed"
    straight = [re.sub("[’‘]", "'", text).replace("\u00ad", "") for text in (here, there)]
    if straight[0] == straight[1]:
        return "marks"
    if straight[0].casefold() == straight[1].casefold():
        return "case"
    if unit.number:
        return "house-style"
    folded = [fold(text).replace(".", "") for text in (here, there)]
    if folded[0] == folded[1]:
        return "spelling" if "." not in here + there else "house-style"
    kinds = {spelling.kind for text in folded if (spelling := index_spellings().get(text))}
    if "contraction" in kinds or any("'" in text for text in folded):
        return "contraction"
    return "house-style" if kinds & {"abbreviation", "unit"} or "%" in here + there else "spelling"


def _same_in_another_form(here: str, there: str) -> DifferenceKind | None:
    """Words that are one word on the other side, or `'s` for `has`."""
    folded = ["".join(char for char in fold(text) if char.isalnum()) for text in (here, there)]
    if folded[0] == folded[1]:
        return "spelling"
    if _is_masked(fold(here), fold(there)):
        return "house-style"
    texts = {fold(here), fold(there)}
    for short, long in (("'s", "has"), ("'d", "had")):
        if long in texts and any(text.endswith(short) for text in texts):
            return "contraction"
    return None


def _is_masked(first: str, second: str) -> bool:
    """Whether one is the other with letters behind asterisks."""
    if "*" not in first + second or len(first) != len(second):
        return False
    return all(a == b or "*" in (a, b) for a, b in zip(first, second, strict=True))


def _punctuated(here: str, there: str) -> DifferenceKind | None:
    here, there = re.sub(r"\s+", " ", here), re.sub(r"\s+", " ", there)
    if here == there:
        return None
    if ("?" in here) != ("?" in there):
        return "substituted"
    if any(char.isalpha() for char in here + there):
        return "filler"
    bare = [_QUOTES.sub("", text).strip() for text in (here, there)]
    if bare[0] == bare[1]:
        return "marks" if _QUOTES.search(here + there) else "space"
    dashes = [_DASH.sub("-", text) for text in bare]
    if dashes[0] == dashes[1]:
        return "dash"
    return "space" if bare[0].replace(" ", "") == bare[1].replace(" ", "") else "punctuation"
