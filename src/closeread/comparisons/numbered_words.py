"""The words of many texts as one row of numbers, where equal numbers are equal words.

Words are those of `article.find_words`. Two words are the same where they differ only in case, in the form of
apostrophes and hyphens, in soft hyphens and joiners, or in the full stops of an abbreviation (U.N., UN).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from closeread.article import find_words

Ints = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

# Places between two texts that hold no word. No comparison looks further past the end of a text.
PAD = 8
_OTHER, _LETTER, _JOINER, _SIGN, _MARK = range(5)
_FORMS = str.maketrans({"’": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u200d": None})
# A full stop between single letters.
_INITIALS = re.compile(r"(?<=\b[^\W\d])\.(?=[^\W\d](?:\.|$))")


@dataclass(frozen=True, slots=True)
class NumberedWords:
    """`numbers` is one row over all texts in their order, with `PAD` places before, between and behind them whose
    numbers are negative and each different. `starts` and `ends` are offsets in the text of the word, `text_of` the
    index of its text. `first` and `last` bound each text in the row; `words` are the words by number, folded."""

    numbers: Offsets
    starts: Offsets
    ends: Offsets
    text_of: Offsets
    first: Ints
    last: Ints
    distinct: int
    words: tuple[str, ...]


def number_words(texts: Sequence[str]) -> NumberedWords:
    numbering = _Numbering()
    places = [_place_words(text) for text in texts]
    counts = np.array([len(starts) for starts, _ in places], dtype=np.int64)
    first = PAD * np.arange(1, len(texts) + 1) + np.cumsum(counts) - counts
    length = int(counts.sum()) + PAD * (len(texts) + 1)
    numbers = -1 - np.arange(length, dtype=np.int32)
    starts, ends, text_of = (np.zeros(length, dtype=np.int32) for _ in range(3))
    for index, (text, (begin, end)) in enumerate(zip(texts, places, strict=True)):
        row = slice(int(first[index]), int(first[index] + counts[index]))
        words = (text[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True))
        numbers[row] = np.fromiter(map(numbering.__getitem__, words), dtype=np.int32, count=len(begin))
        starts[row], ends[row], text_of[row] = begin, end, index
    folded = tuple(numbering.folded)
    return NumberedWords(numbers, starts, ends, text_of, first, first + counts, len(folded), folded)


class _Numbering(dict[str, int]):
    """The number of a word as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        folded = _INITIALS.sub("", word.translate(_FORMS).casefold())
        number = self[word] = self.folded.setdefault(folded, len(self.folded))
        return number


def _place_words(text: str) -> tuple[Offsets, Offsets]:
    """Starts and ends of the words, the same as `find_words` gives, several times faster."""
    kinds = _kinds()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
    if (kinds == _MARK).any():
        found = np.array(find_words(text), dtype=np.int32).reshape(-1, 2)
        return found[:, 0], found[:, 1]
    inside = np.zeros(len(kinds) + 2, dtype=np.bool_)
    letters = kinds == _LETTER
    inside[1:-1] = letters
    inside[2:-2] |= (kinds[1:-1] == _JOINER) & letters[:-2] & letters[2:]
    borders = np.flatnonzero(inside[1:] != inside[:-1])
    signs = np.flatnonzero(kinds == _SIGN)
    starts, ends = np.append(borders[::2], signs), np.append(borders[1::2], signs + 1)
    starts.sort()
    ends.sort()
    return starts.astype(np.int32), ends.astype(np.int32)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """What each code point does in a word."""
    kinds = np.fromiter((chr(code).isalnum() for code in range(0x110000)), dtype=np.uint8, count=0x110000)
    for kind, codes in (
        (_JOINER, map(ord, "'’.-‐‑")),
        (_SIGN, (*range(0x20A0, 0x20D0), *map(ord, "%$£¥¢"))),
        (_MARK, (*range(0x300, 0x370), 0xAD, 0x200D)),
    ):
        kinds[list(codes)] = kind
    return kinds
