"""Echoes: known phrases of which one slot is filled anew.

The known phrase stands in the article too (`Who sank the ferry?` ... `Who sank the barge?`), or in the list of known
phrases. Frames are looked up by their fixed words, so that the cost grows with the text and not with the list. What
comes close to this in the field: snowclones (Pullum 2004), templates of which a part is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from closeread.analyses.ranges import Ranges
from closeread.article import Article, Span
from closeread.findings import Echo
from closeread.lexicons.known_phrases import load_templates
from closeread.lexicons.rows import EchoTemplate
from closeread.marks import Marks
from closeread.slots import (
    SLOT,
    Frame,
    MarkedRanges,
    Phrase,
    Word,
    fills,
    find_phrases,
    is_content,
    list_frames,
    list_words,
    refills,
    to_keys,
)

_GAP = "___"
_ZONES = frozenset({"headline", "body", "caption"})
_BORDER = re.compile(r"[.?!:;…“”„\"«»\n]|[—–]|--|‘|’(?!\w)")
# How much the fixed words of a phrase of the article must tell, and how much those of a call (`Who sank the ferry?`).
# Set on PolNeAR train (evals/README.md).
LEAST = 2.5
LEAST_OF_CALL = 2.0


def find_echoes(article: Article, marks: Marks) -> tuple[Echo, ...]:
    """In the order of the text, ids `o1`, `o2`, ..., none overlapping; a phrase whose known form stands in the article
    comes before one of the list."""
    within = _apart(_find_within(article, find_phrases(article, marks)))
    taken = Ranges((echo.place.start, echo.place.end, echo) for echo in within)
    listed = [echo for echo in _find_listed(article, marks) if not _is_taken(echo.place, taken)]
    return tuple(_numbered(_apart((*within, *listed))))


@dataclass(frozen=True, slots=True)
class _Found:
    place: Span
    slot: Span
    template: str
    known: str
    known_place: Span | None
    certain: bool


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """In the order of the text; of two that overlap the first, the longer of two that begin together."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda each: (each.place.start, -each.place.end)):
        if not kept or each.place.start >= kept[-1].place.end:
            kept.append(each)
    return kept


def _is_taken(place: Span, taken: Ranges[_Found]) -> bool:
    return any(next(taken.holding(at, at + 1), None) is not None for at in (place.start, place.end - 1))


def _numbered(found: Sequence[_Found]) -> Iterator[Echo]:
    for number, each in enumerate(found, 1):
        yield Echo(
            id=f"o{number}",
            place=each.place,
            slot=each.slot,
            template=each.template,
            known=each.known,
            known_place=each.known_place,
            origin="list" if each.known_place is None else "article",
            rule="echoes.list" if each.known_place is None else "echoes.article",
            certain=each.certain,
        )


def _find_within(article: Article, phrases: Sequence[Phrase]) -> Iterator[_Found]:
    """Each phrase against those before it: the nearest frame, that is the smallest slot, wins. A phrase of the list is
    known wherever it stands, and no echo."""
    listed = _index_known()
    frames: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Phrase, Frame]] = {}
    seen: set[tuple[str, ...]] = set()
    for phrase in sorted(phrases, key=lambda phrase: phrase.keys not in listed):
        if phrase.keys in seen:
            continue
        seen.add(phrase.keys)
        found = None
        for frame in list_frames(phrase, LEAST_OF_CALL):
            known, other = frames.setdefault((frame.before, frame.after), (phrase, frame))
            tells = frame.score >= LEAST or (phrase.call and known.call) or known.keys in listed
            elsewhere = known.stretch != phrase.stretch and not known.overlaps(phrase)
            if found is None and tells and elsewhere and refills(phrase, frame, known, other):
                found = _to_found(article, phrase, known, frame=frame, other=other)
        if found is not None and phrase.keys not in listed:
            yield found


def _to_found(article: Article, phrase: Phrase, known: Phrase, *, frame: Frame, other: Frame) -> _Found:
    slot = article.span(phrase.words[frame.first].start, phrase.words[frame.last - 1].end)
    gap = known.words[other.first].start, known.words[other.last - 1].end
    template = article.text[known.start : gap[0]] + _GAP + article.text[gap[1] : known.end]
    known_place, place = article.span(known.start, known.end), article.span(phrase.start, phrase.end)
    return _Found(place, slot, template, known_place.text, known_place, certain=False)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A template as words, None for the slot; `before` is how many fixed words and slots stand before its anchor."""

    row: EchoTemplate
    words: tuple[str | None, ...]
    before: tuple[int, int]
    known: frozenset[tuple[str, ...]]


@cache
def _index_patterns() -> Mapping[str, tuple[_Pattern, ...]]:
    """The templates by their anchor: the longest of their fixed words."""
    index: dict[str, list[_Pattern]] = {}
    for row in load_templates():
        words = _to_pattern(row.template)
        anchor = max(filter(None, words), key=lambda word: (is_content(word), len(word)))
        before = words[: words.index(anchor)]
        slots = before.count(None)
        known = frozenset(map(to_keys, (row.filler, *row.others)))
        index.setdefault(anchor, []).append(_Pattern(row, words, (len(before) - slots, slots), known))
    return MappingProxyType({anchor: tuple(patterns) for anchor, patterns in index.items()})


@cache
def _index_known() -> frozenset[tuple[str, ...]]:
    """The phrases of the list as they are known."""
    fillers = ((row, filler) for row in load_templates() for filler in (row.filler, *row.others))
    return frozenset(to_keys(row.template.replace(_GAP, filler)) for row, filler in fillers)


def _to_pattern(template: str) -> tuple[str | None, ...]:
    words: list[str | None] = []
    for part in template.split(_GAP):
        words += [*to_keys(part), None]
    return tuple(words[:-1])


def _find_listed(article: Article, marks: Marks) -> Iterator[_Found]:
    index, end = _index_patterns(), 0
    marked = MarkedRanges(marks)
    for zone in article.zones:
        if zone.kind not in _ZONES:
            continue
        words = list_words(article.text, zone.start, zone.end)
        for number, word in enumerate(words):
            for pattern in index.get(word.key, ()):
                match = _match(words, number, pattern)
                if match is None or words[match.first].start < end:
                    continue
                if _stands(article.text, words, match, in_headline=zone.kind == "headline", marked=marked):
                    end = words[match.last - 1].end
                    yield _to_listed(article, words, match)
                    break


@dataclass(frozen=True, slots=True)
class _Match:
    """Words `first` to `last` (exclusive) are a template, words `slot` its slot, the first where there are two."""

    pattern: _Pattern
    first: int
    last: int
    slot: tuple[int, int]


def _match(words: Sequence[Word], anchor: int, pattern: _Pattern) -> _Match | None:
    """A slot at a border of the template reaches to the border of a phrase; the shortest that does is taken."""
    fixed, slots = pattern.before
    found: list[_Match] = []
    for length in range(1, SLOT + 1):
        match = _match_at(words, anchor - fixed - slots * length, length, pattern)
        if match is None:
            continue
        if _ends_well(words, match):
            return match
        found.append(match)
    return found[0] if found and pattern.row.stands == "anywhere" else None


def _match_at(words: Sequence[Word], first: int, length: int, pattern: _Pattern) -> _Match | None:
    at, slot = first, (0, 0)
    if first < 0:
        return None
    for wanted in pattern.words:
        if wanted is not None:
            if at >= len(words) or words[at].key != wanted:
                return None
            at += 1
            continue
        filler = words[at : at + length]
        if len(filler) < length or any(word.apart for word in filler[1:]):
            return None
        if slot[1] and [word.key for word in filler] != [word.key for word in words[slot[0] : slot[1]]]:
            return None
        slot = slot if slot[1] else (at, at + length)
        at += length
    keys = tuple(word.key for word in words[slot[0] : slot[1]])
    whole = tuple(word.key for word in words[first:at])
    anew = fills(keys) and whole not in _index_known() and not _is_verbatim(keys, pattern)
    return _Match(pattern, first, at, slot) if anew else None


def _is_verbatim(keys: tuple[str, ...], pattern: _Pattern) -> bool:
    """Whether the known phrase itself stands there; at the border of a template a slot may have taken in more of the
    text, or less of the phrase."""
    for known in pattern.known:
        both = min(len(known), len(keys))
        if keys == known or (pattern.words[0] is None and keys[-both:] == known[-both:]):
            return True
        if pattern.words[-1] is None and keys[:both] == known[:both]:
            return True
    return False


def _ends_well(words: Sequence[Word], match: _Match) -> bool:
    starts = match.pattern.words[0] is not None or words[match.first].apart
    ends = match.pattern.words[-1] is not None or match.last == len(words) or words[match.last].apart
    return starts and ends


def _stands(text: str, words: Sequence[Word], match: _Match, *, in_headline: bool, marked: MarkedRanges) -> bool:
    """Whether a template stands where its row counts it."""
    stands = match.pattern.row.stands
    if stands == "anywhere":
        return True
    here = words[match.first : match.last]
    capital = all(word.capital for word in here if is_content(word.key))
    so_called = match.first > 1 and [word.key for word in words[match.first - 2 : match.first]] == ["so", "called"]
    shown = in_headline or capital or so_called or marked.holding(here[0].start, here[-1].end) is not None
    return shown and (stands == "part" or so_called or _is_whole(text, words, match))


def _is_whole(text: str, words: Sequence[Word], match: _Match) -> bool:
    before = match.first == 0 or _BORDER.search(text, words[match.first - 1].end, words[match.first].start)
    after = match.last == len(words) or _BORDER.search(text, words[match.last - 1].end, words[match.last].start)
    return bool(before and after)


def _to_listed(article: Article, words: Sequence[Word], match: _Match) -> _Found:
    row = match.pattern.row
    place = article.span(words[match.first].start, words[match.last - 1].end)
    slot = article.span(words[match.slot[0]].start, words[match.slot[1] - 1].end)
    return _Found(place, slot, row.template, row.known, None, certain=row.stands != "whole")
