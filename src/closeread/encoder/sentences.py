"""Sentences as the head for loaded language reads them: told by stops and capitals alone, the same for every name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from closeread.encoder.names import is_abbreviated_title, load_function_words
from closeread.encoder.pieces import FULL_STOP, IN_NAME, OPENS, Pieces
from closeread.encoder.units import Unit

# `U.S`, before its last stop
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


def find_borders(view: str, pieces: Pieces) -> list[int]:
    """Indexes of the words before which a sentence ends inside a line."""
    stops = np.flatnonzero((pieces.gaps[:, 2] == FULL_STOP) & (pieces.gaps[:, 0] != IN_NAME))
    return [word for word in stops.tolist() if word and _ends_before(view, pieces, word)]


def _ends_before(view: str, pieces: Pieces, word: int) -> bool:
    """Whether what stands before a word is no abbreviation and the word is no small one."""
    (start, end), (first, last) = pieces.words[word - 1], pieces.words[word]
    gap, before, after = view[end:first], view[start:end], view[first:last]
    if after[0].islower() or not any(character.isspace() for character in gap):
        return False
    if gap.strip() != ".":
        return True
    if len(before) == 1 and before.isupper():
        return False
    if _LETTERS.fullmatch(before):
        return after.lower() in load_function_words()
    return not is_abbreviated_title(before)


def split_unit(pieces: Pieces, unit: Unit, borders: Sequence[int]) -> list[tuple[int, int]]:
    """The sentences of a unit as rows, half-open; the rows for its start and its end belong to none. An opening mark
    belongs to what it opens."""
    first = unit.pieces[0]
    cuts = [first]
    inside = slice(bisect_right(borders, unit.words[0]), bisect_left(borders, unit.words[1]))
    for word in borders[inside]:
        at = int(pieces.first[word])
        while at - 1 > first and pieces.quotes[at - 1] == OPENS:
            at -= 1
        if at > cuts[-1]:
            cuts.append(at)
    ends = [*cuts[1:], unit.pieces[1]]
    return [(start - first + 1, end - first + 1) for start, end in zip(cuts, ends, strict=True)]
