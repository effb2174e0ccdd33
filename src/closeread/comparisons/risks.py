"""Where the meaning of quoted words is at risk: what a change touches, and what a cut leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from closeread.article import Article, Span
from closeread.comparisons.differences import TENSES, UNMARKED, Change
from closeread.comparisons.gaps import Anchor, Gaps
from closeread.comparisons.names import is_name
from closeread.comparisons.originals import Original
from closeread.comparisons.quotation import Quotation
from closeread.comparisons.units import Unit
from closeread.comparisons.wording import Wording, find_keys, read_original, sentences_of
from closeread.lexicons.known_phrases import index_small_words
from closeread.lexicons.quotation_words import (
    Limit,
    RiskWord,
    Side,
    load_limits,
    load_risk_words,
)

RiskKind = Literal["negation", "modal", "number", "quantifier", "name", "limit", "speaker", "gap"]

# An ellipsis that leaves out more words than this is a long gap: three sentences of middle length.
LONGEST_GAP = 40
# A bracketed insertion of more words that replaces nothing is an explanation.
_LONGEST_INSERTION = 3
_DENIAL_REACH, _FRAME_REACH, _CONDITION_REACH, _AFTER_REACH = 5, 5, 20, 6
_LONGEST_PHRASE = 6
# Words of a frame (`they say`) that stand in any text that quotes.
_OF_FRAMES = frozenset(
    {"say", "says", "said", "i", "we", "he", "she", "they", "it", "me", "us", "am", "is", "was", "have", "has"}
    | {"been", "to", "or", "so", "as", "people", "some"}
)
_STEM = 5


@dataclass(frozen=True, slots=True)
class Risk:
    """What is at risk and the words that make it so: those of the quotation, of the original, or of both."""

    kind: RiskKind
    here: Span | None
    there: Span | None


@dataclass(frozen=True, slots=True)
class _Found:
    kind: RiskKind
    words: str
    first: int
    last: int


class RiskFinder:
    """Finds the risks of one quotation held against its places in the originals."""

    def __init__(self, quotation: Quotation, originals: Sequence[Original]) -> None:
        self._article, self._quoted, self._wording = quotation.article, quotation.quoted, quotation.wording
        self._originals, self._gaps = originals, Gaps(originals)

    def find(self, anchors: Sequence[Anchor], changes: Sequence[Change]) -> tuple[Risk, ...]:
        """Each once: those of changes in the order of the quotation, then those of the cut before and after it."""
        cuts = (*self._cut_before(anchors[0]), *self._cut_after(anchors[-1]))
        return tuple(dict.fromkeys((*self.find_in_changes(anchors, changes), *cuts)))

    def find_in_changes(self, anchors: Sequence[Anchor], changes: Sequence[Change]) -> tuple[Risk, ...]:
        """Those of changes alone."""
        return tuple(dict.fromkeys(risk for change in changes for risk in self._of_change(change, anchors)))

    def _of_change(self, change: Change, anchors: Sequence[Anchor]) -> Iterator[Risk]:
        kind = change.difference.kind
        if kind == "ellipsis":
            yield from self._of_ellipsis(change, anchors)
        elif kind == "bracketed":
            yield from self._of_brackets(change)
        elif kind in UNMARKED and kind != "reordered":
            yield from self._touched(change, ("negation", "modal", "number", "quantifier", "name"))
            yield from self._limits_in(change)

    def _of_ellipsis(self, change: Change, anchors: Sequence[Anchor]) -> Iterator[Risk]:
        there = change.difference.there
        if there is None:
            return
        original = self._originals[change.source]
        for found in _find_risk_words(original.wording, change.removed):
            if found.kind == "negation":
                yield Risk("negation", change.difference.here, original.span(range(found.first, found.last + 1)))
        yield from self._limits_in(change)
        if len(change.removed) > LONGEST_GAP:
            yield Risk("gap", change.difference.here, there)
        there_of = [anchor for anchor in anchors if anchor.source == change.source]
        before = max((a for a in there_of if a.there < change.removed[0]), key=lambda a: a.there)
        after = min((a for a in there_of if a.there > change.removed[-1]), key=lambda a: a.there)
        if len(self._gaps.speakers_between(before, after)) > 1:
            yield Risk("speaker", change.difference.here, there)

    def _of_brackets(self, change: Change) -> Iterator[Risk]:
        if change.removed:
            yield from self._touched(change, ("negation", "modal", "number", "quantifier", "name"), in_brackets=True)
            yield from self._limits_in(change)
        elif len(change.added) <= _LONGEST_INSERTION:
            yield from self._touched(change, ("negation", "modal", "quantifier"))

    def _touched(self, change: Change, kinds: Sequence[RiskKind], *, in_brackets: bool = False) -> Iterator[Risk]:
        """Words that carry meaning on one side and not on the other."""
        original = self._originals[change.source].wording
        went = [*_find_risk_words(original, change.removed), *self._names(original, change, there=True)]
        came = [*_find_risk_words(self._wording, change.added), *self._names(self._wording, change, there=False)]
        for kind in kinds:
            gone = [found for found in went if found.kind == kind]
            new = [found for found in came if found.kind == kind]
            if Counter(found.words for found in gone) == Counter(found.words for found in new):
                continue
            if in_brackets and _is_shown(kind, gone, new):
                continue
            here = self._place(self._wording, new, self._article) or change.difference.here
            there = self._place(original, gone, self._originals[change.source].article) or change.difference.there
            yield Risk(kind, here, there)

    def _place(self, wording: Wording, found: Sequence[_Found], article: Article) -> Span | None:
        if not found:
            return None
        return article.span(wording.units[found[0].first].start, max(wording.units[each.last].end for each in found))

    def _names(self, wording: Wording, change: Change, *, there: bool) -> Iterator[_Found]:
        sentences = self._originals[change.source].sentences if there else None
        for at in change.removed if there else change.added:
            unit = wording.units[at]
            start = sentences.at(unit.start)[0] if sentences else self._begin_of(unit)
            if is_name(wording, unit, start):
                yield _Found("name", unit.key, at, at)

    def _begin_of(self, unit: Unit) -> int:
        """Where the sentence of a word in the quotation begins: at its mark at the latest."""
        start, _ = sentences_of(self._quoted.place.text).at(unit.start - self._quoted.place.start)
        bracket = self._wording.brackets[unit.bracket - 1][0] if unit.bracket else 0
        return max(start + self._quoted.place.start, bracket)

    def _limits_in(self, change: Change) -> Iterator[Risk]:
        """A limiting clause inside what was left out."""
        original = self._originals[change.source]
        units = original.wording.units
        came = {self._wording.units[at].key for at in change.added}
        for at in change.removed:
            limit = _limit_at(units, at, "after") or _limit_at(units, at, "before")
            if limit is None or limit.words in came:
                continue
            if at + len(limit.words.split()) - 1 > change.removed[-1]:
                continue
            stop = _clause_end(original, at, change.removed[-1] + 1)
            if not self._is_said(original, limit, range(at, stop)):
                yield Risk("limit", change.difference.here, original.span(range(at, stop)))
                return

    def _cut_before(self, first: Anchor) -> Iterator[Risk]:
        """A denial or a limit right before the first word."""
        if self._has_words_before(first):
            return
        original = self._originals[first.source]
        units, text = original.wording.units, original.article.text
        start, _ = original.sentence_at(first.there)
        prefix = [at for at in range(max(0, first.there - 30), first.there) if units[at].start >= start]
        near = [at for at in prefix[-_DENIAL_REACH:] if not _is_parted(text[units[at].end : units[first.there].start])]
        for found in _find_risk_words(original.wording, near):
            if found.kind == "negation" and not self._denies():
                yield Risk("negation", None, original.span(range(found.first, first.there)))
                return
        yield from self._cut_quantifier(first, prefix[-2:])
        for at in reversed(prefix):
            limit = _limit_at(units, at, "before")
            if limit is None:
                continue
            last = at + len(limit.words.split())
            reach = _CONDITION_REACH if limit.kind == "condition" or limit.words == "according to" else _FRAME_REACH
            between = text[units[last - 1].end : units[first.there].start]
            if first.there - last > reach or last > first.there or _has_new_clause(between):
                continue
            if not self._is_said(original, limit, range(at, first.there)):
                yield Risk("limit", None, original.span(range(at, first.there)))
            return

    def _cut_quantifier(self, first: Anchor, near: Sequence[int]) -> Iterator[Risk]:
        """A quantifier cut off where the quotation then begins as if it were a sentence: `Some of my colleagues`, “My
        colleagues”."""
        original = self._originals[first.source]
        units, text = original.wording.units, original.article.text
        begins = self._wording.surface(self._wording.units[first.here])[:1].isupper()
        if not begins or text[units[first.there].start].isupper():
            return
        close = [at for at in near if not _is_parted(text[units[at].end : units[first.there].start])]
        for found in _find_risk_words(original.wording, close):
            if found.kind == "quantifier" and found.words not in self._sentence_outside():
                yield Risk("quantifier", None, original.span(range(found.first, first.there)))

    def _sentence_outside(self) -> str:
        """The keys of the sentence around the quotation, outside the marks."""
        sentences = sentences_of(self._article.text)
        start, _ = sentences.at(self._quoted.place.start)
        _, end = sentences.at(self._quoted.place.end - 1)
        return " ".join(unit.key for unit in read_original(self._outside(start, end)).units)

    def _cut_after(self, last: Anchor) -> Iterator[Risk]:
        if last.here + 1 < len(self._wording.units) and not self._wording.units[-1].bracket:
            return
        original = self._originals[last.source]
        units, text = original.wording.units, original.article.text
        _, end = original.sentence_at(last.there)
        for at in range(last.there + 1, min(last.there + 2 + _AFTER_REACH, len(units))):
            if units[at].start >= end:
                return
            limit = _limit_at(units, at, "after")
            if limit is None:
                continue
            if _has_new_clause(text[units[last.there].end : units[at].start]):
                return
            stop = _clause_end(original, at, len(units))
            if not self._is_said(original, limit, range(at, stop)):
                yield Risk("limit", None, original.span(range(at, stop)))
            return

    def _has_words_before(self, first: Anchor) -> bool:
        return any(not unit.bracket for unit in self._wording.units[: first.here])

    def _outside(self, start: int, end: int) -> str:
        """The text of a range without the words of this quotation."""
        text, first, last = self._article.text, self._quoted.place.start, self._quoted.place.end
        return text[start : max(start, first)] + " \n " + text[min(end, last) : end]

    def _denies(self) -> bool:
        """Whether the sentence around the quotation has a denial of its own, outside the marks."""
        sentences = sentences_of(self._article.text)
        start, _ = sentences.at(self._quoted.place.start)
        _, end = sentences.at(self._quoted.place.end - 1)
        around = read_original(self._outside(start, end))
        kinds = {found.kind for found in _all_risk_words(around, range(len(around.units)))}
        return bool(kinds & {"negation", "refusal"})

    def _is_said(self, original: Original, limit: Limit, clause: range) -> bool:
        """Whether the paragraph around the quotation says the limit in its own words, or quotes it elsewhere."""
        first = self._article.zone_at(self._quoted.place.start)
        last = self._article.zone_at(self._quoted.place.end - 1)
        if first is None or last is None:
            return False
        around = [unit.key for unit in read_original(self._outside(first.start, last.end)).units]
        stems = {key[:_STEM] for key in around}
        content = {key[:_STEM] for at in clause if (key := original.wording.units[at].key) not in index_small_words()}
        own = {key[:_STEM] for key in limit.words.split()} - _OF_FRAMES
        if limit.kind == "hearsay" and own:
            return bool(own & stems)
        content -= own
        if content and limit.kind != "hearsay":
            return len(content & stems) >= len(content) / 2
        return limit.words in " ".join(around)


def _is_shown(kind: RiskKind, gone: Sequence[_Found], new: Sequence[_Found]) -> bool:
    """What brackets may do: set back the tense, add a name or number to what had none."""
    if kind == "modal" and len(gone) == len(new):
        return all((a.words, b.words) in TENSES or a.words == b.words for a, b in zip(gone, new, strict=True))
    if kind in ("name", "number"):
        return not Counter(found.words for found in gone) - Counter(found.words for found in new)
    return False


def _find_risk_words(wording: Wording, units: Sequence[int]) -> Iterator[_Found]:
    """The words that carry meaning among some units; of a phrase one word among them is enough."""
    for found in _all_risk_words(wording, units):
        if found.kind in ("negation", "modal", "quantifier", "number"):
            yield found


def _all_risk_words(wording: Wording, units: Sequence[int]) -> Iterator[_Found]:
    wanted, at = set(units), 0
    if not wanted:
        return
    at, stop = max(0, min(wanted) - 2), max(wanted) + 1
    while at < stop:
        entry = _entry_at(wording.units, at)
        length = len(entry.words.split()) if entry else 1
        unit = wording.units[at]
        if wanted & set(range(at, at + length)):
            if unit.number:
                yield _Found("number", unit.key, at, at)
            elif entry and not (entry.words == "may" and wording.surface(unit) == "May" and at):
                yield _Found(entry.kind, entry.words, at, at + length - 1)  # type: ignore[arg-type]
        at += length


def _entry_at(units: Sequence[Unit], at: int) -> RiskWord | None:
    for length in range(min(_LONGEST_PHRASE, len(units) - at), 0, -1):
        entry = _index_risk_words().get(" ".join(unit.key for unit in units[at : at + length]))
        if entry is not None and (entry.words != "about" or (at + 1 < len(units) and units[at + 1].number)):
            return entry
    return None


def _limit_at(units: Sequence[Unit], at: int, side: Side) -> Limit | None:
    for length in range(min(_LONGEST_PHRASE, len(units) - at), 0, -1):
        limit = _index_limits().get((" ".join(unit.key for unit in units[at : at + length]), side))
        if limit is not None:
            return limit
    return None


def _clause_end(original: Original, at: int, stop: int) -> int:
    """One past the last word of the clause that begins at a unit: it ends with its sentence, or at the next comma."""
    units, text = original.wording.units, original.article.text
    _, end = original.sentence_at(at)
    last = at + 1
    while last < stop and last < len(units) and units[last].start < end:
        if last > at + 2 and _is_parted(text[units[last - 1].end : units[last].start]):
            break
        last += 1
    return last


def _is_parted(between: str) -> bool:
    return any(mark in between for mark in ",;:—–()") or " - " in between


def _has_new_clause(between: str) -> bool:
    folded = " ".join(between.split()).casefold()
    return ";" in folded or ":" in folded or ", and " in f"{folded} " or ", but " in f"{folded} "


@cache
def _index_risk_words() -> dict[str, RiskWord]:
    return {" ".join(key for word in row.words.split() for key in find_keys(word)): row for row in load_risk_words()}


@cache
def _index_limits() -> dict[tuple[str, Side], Limit]:
    return {
        (" ".join(key for word in row.words.split() for key in find_keys(word)), row.side): row for row in load_limits()
    }
