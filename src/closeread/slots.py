"""Phrases that stand out in a text, and phrases that are one another but for one slot.

It reads characters and quotation marks alone, so that it works on an article as on a reading. Words are compared
without case; a hyphen parts them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.article import Article
from closeread.lexicons.known_phrases import index_small_words
from closeread.marks import Marks

# Letters that are masked (`d**n`) belong to their word.
_WORD = re.compile(r"[^\W_]+(?:(?:['’]|\*+)[^\W_]+)*")
# What may stand between the words of a slot; anything else parts them.
_TOGETHER = re.compile(r"[\s'’$£€#&]*[-‐‑]?[\s'’$£€#&]*")
_SENTENCE_END = re.compile(r"[.?!;:…]|[—–](?=\s)|--")
_SHORTEST, _LONGEST = 3, 14
SLOT = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case with straight apostrophes; `apart`: more than space or a hyphen stands before it."""

    start: int
    end: int
    key: str
    apart: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence in quotation marks or in a headline, as words. `call`: it ends with `?` or `!`. `stretch` is where
    the marks or the headline that hold it begin."""

    words: tuple[Word, ...]
    call: bool
    stretch: int

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end + self.call

    def overlaps(self, other: Phrase) -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)


def list_words(text: str, start: int, end: int) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        apart = not words or not _TOGETHER.fullmatch(text, words[-1].end, match.start())
        words.append(Word(*match.span(), _to_key(match.group()), apart, match.group()[0].isupper()))
    return words


def to_keys(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(map(_to_key, _WORD.findall(text)))


def _to_key(word: str) -> str:
    return word.lower().replace("’", "'")


def is_content(key: str) -> bool:
    """False for `the`, `who`, `who's`: words of every text, and for a single letter."""
    return key.removesuffix("'s") not in index_small_words() and len(key) > 1


def to_score(keys: Sequence[str]) -> float:
    """How much the fixed words of a phrase tell: one for each word of content, a half for each small word."""
    return sum(1.0 if is_content(key) else 0.5 for key in keys)


class MarkedRanges:
    """Answers, for one article, which stretch in quotation marks holds a place."""

    def __init__(self, marks: Marks) -> None:
        self._inner = sorted(inner for stretch in marks.stretches for inner in stretch.inner)

    def holding(self, start: int, end: int) -> tuple[int, int] | None:
        at = bisect_right(self._inner, start, key=lambda inner: inner[0]) - 1
        if at >= 0 and self._inner[at][0] <= start and end <= self._inner[at][1]:
            return self._inner[at]
        return None


def find_phrases(article: Article, marks: Marks) -> list[Phrase]:
    """The sentences of 3 to 14 words in marks and in headlines, in the order of the text."""
    ranges = [inner for stretch in marks.stretches if stretch.closed for inner in stretch.inner]
    ranges += [(zone.start, zone.end) for zone in article.zones if zone.kind == "headline"]
    return [phrase for start, end in sorted(ranges) for phrase in _sentences(article.text, start, end)]


def _sentences(text: str, start: int, end: int) -> Iterator[Phrase]:
    held: list[Word] = []
    for word in list_words(text, start, end):
        if held and word.apart and _SENTENCE_END.search(text, held[-1].end, word.start):
            yield from _to_phrase(text, held, start)
            held = []
        held.append(word)
    yield from _to_phrase(text, held, start)


def _to_phrase(text: str, words: Sequence[Word], stretch: int) -> Iterator[Phrase]:
    if _SHORTEST <= len(words) <= _LONGEST:
        yield Phrase(tuple(words), text[words[-1].end : words[-1].end + 1] in ("?", "!"), stretch)


@dataclass(frozen=True, slots=True)
class Frame:
    """A phrase without the words `first` to `last` (exclusive): what stands before and behind the slot, and how much
    that tells."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    first: int
    last: int
    score: float


def list_frames(phrase: Phrase, least: float) -> Iterator[Frame]:
    """Every way to leave one to three words out, the fewest first, where the others tell at least `least`. The slot
    holds a word of content."""
    keys = phrase.keys
    weights = [to_score((key,)) for key in keys]
    whole = sum(weights) + phrase.call / 2
    for length in range(1, SLOT + 1):
        for first in range(len(keys) - length + 1):
            last = first + length
            score = whole - sum(weights[first:last])
            fixed = weights[:first] + weights[last:]
            if score >= least and len(fixed) > 1 and 1.0 in fixed and fills(keys[first:last]):
                yield Frame(keys[:first], keys[last:], first, last, score)


def fills(filler: Sequence[str]) -> bool:
    """Whether words can fill a slot: the last one has content (`the gulls`, not `gulls and`), and none is a number."""
    return bool(filler) and is_content(filler[-1]) and not any(key[0].isdigit() for key in filler)


def refills(phrase: Phrase, frame: Frame, other: Phrase, other_frame: Frame) -> bool:
    """Whether two phrases of one frame fill it with words of one kind that are not the same: as many of them, or names
    both, and none in common, not even in another form."""
    one, two = phrase.words[frame.first : frame.last], other.words[other_frame.first : other_frame.last]
    alike = len(one) == len(two) or all(word.capital for word in (*one, *two))
    return alike and not any(_same_word(first.key, second.key) for first in one for second in two)


def _same_word(first: str, second: str) -> bool:
    if "*" in first + second:
        return first[0] == second[0]
    stem = min(len(first), len(second), 5)
    return first[:stem] == second[:stem] and (stem > 2 or first == second)
