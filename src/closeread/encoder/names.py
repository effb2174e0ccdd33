"""Names as the encoder sees them: all alike, so that who is named changes nothing in what is found.

A name is told by its capitals and by what other words do, never by which name it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from closeread.lexicons import load_titles
from closeread.lexicons.quotation_words import load_uncapitalised

Range = tuple[int, int]

SEGMENT = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_MONTHS = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october"}
_KEPT = frozenset({"i", "november", "december", *_DAYS, *_MONTHS})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place, whether any word would have a capital there, and whether it follows the word
    before it after a blank."""

    place: Range
    capital_anyway: bool
    follows: bool


def find_names(view: str, words: Sequence[Word]) -> Iterator[Range]:
    """The names, in order: unbroken runs of words that are names, or the part of a word that is one."""
    ranges = [_name_in(view, word, after) for word, after in pairwise([*words, None])]
    open_run: Range | None = None
    for word, found in zip(words, ranges, strict=True):
        joins = open_run is not None and found is not None and word.follows and found[0] == word.place[0]
        if open_run is not None and not joins:
            yield open_run
            open_run = None
        if found is not None:
            open_run = (open_run[0], found[1]) if open_run is not None and joins else found
            if found[1] != word.place[1]:  # `Lee’s` ends a run
                yield open_run
                open_run = None
    if open_run is not None:
        yield open_run


def _name_in(view: str, word: Word | None, after: Word | None) -> Range | None:
    """The part of a word that is a name: its first segments, or later ones as in `anti-Lee`."""
    assert word is not None
    start, end = word.place
    if view[start:end].islower():
        return None
    named: Range | None = None
    for segment in SEGMENT.finditer(view, start, end):
        is_first = segment.start() == start
        anyway = word.capital_anyway and is_first
        if _is_name(segment[0], anyway=anyway) or (anyway and _begins_name(view, segment[0], after)):
            named = (named[0] if named else segment.start(), segment.end())
        elif named:
            break
    return named


def _is_name(segment: str, *, anyway: bool) -> bool:
    key = segment.lower()
    if not segment[0].isupper() or key in _kept():
        return False
    return not anyway or key not in load_uncapitalised()


def _begins_name(view: str, segment: str, after: Word | None) -> bool:
    """`United` in `United States officials said`, at the start of a sentence."""
    if after is None or not after.follows or after.capital_anyway or not segment[0].isupper():
        return False
    following = SEGMENT.match(view, after.place[0])
    if following is None or not _is_name(following[0], anyway=False):
        return False
    key = segment.lower()
    return key not in _kept() and key not in load_function_words()


def is_abbreviated_title(word: str) -> bool:
    """`Sen` in `Sen. Lee`: the full stop behind it ends no sentence."""
    return word in _abbreviated()


@cache
def _abbreviated() -> frozenset[str]:
    ends = (title.title.removesuffix(".") for title in load_titles() if title.title.endswith("."))
    return frozenset(SEGMENT.findall(end)[-1] for end in ends)


@cache
def _kept() -> frozenset[str]:
    """Words with a capital that name nobody: titles, days, months, `I`."""
    titles = (segment.lower() for title in load_titles() for segment in SEGMENT.findall(title.title))
    return _KEPT | frozenset(titles)


@cache
def load_function_words() -> frozenset[str]:
    """Articles, pronouns, prepositions and the like. Source: the stop words of spaCy's English."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
