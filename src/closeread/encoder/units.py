"""What the encoder reads as one: the lines of a text, each between a piece for its start and one for its end.

What a line is read with depends on the text around it alone, so no cut falls anywhere by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from closeread.encoder.pieces import CASES, FULL_STOP, Ints, Pieces

START, END = 101, 102
LONGEST = 254
# Pieces around a unit that the upper layers look at.
BEFORE, AFTER = 96, 32


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or a part of one that is too long. Pieces and words, half-open."""

    pieces: tuple[int, int]
    words: tuple[int, int]

    @property
    def size(self) -> int:
        """Rows that the unit takes: its pieces, its start and its end."""
        return self.pieces[1] - self.pieces[0] + 2


@dataclass(frozen=True, slots=True)
class Packed:
    """Neighbouring units as one array each: `rows` [rows, 5] of id, quote state, case, break and place in the unit;
    `units` [rows], their numbers from 1; `edges` [words, 2], first and last row of each word."""

    rows: Ints
    units: Ints
    edges: Ints


def find_units(pieces: Pieces, limit: int = LONGEST) -> list[Unit]:
    """The lines of a text; one with more than `limit` pieces is cut behind a sentence, or else before a word."""
    if not len(pieces.ids):
        return []
    starts = [*np.flatnonzero(pieces.breaks).tolist(), len(pieces.ids)]
    edges = sorted({starts[0], *starts, *(cut for line in pairwise(starts) for cut in _cut_line(pieces, line, limit))})
    words_at = np.searchsorted(pieces.first, edges, side="left").tolist()
    words_at[-1] = len(pieces.words)
    return [Unit(piece, word) for piece, word in zip(pairwise(edges), pairwise(words_at), strict=True)]


def _cut_line(pieces: Pieces, line: tuple[int, int], limit: int) -> Iterator[int]:
    """Where a line that is too long is cut: before the last word behind a full stop that begins within the limit and
    leaves half of it, or before the last word within it."""
    start, end = line
    while end - start > limit:
        words = np.arange(*np.searchsorted(pieces.first, [start + 1, start + limit + 1]))
        late = words[pieces.first[words] > start + limit // 2]
        behind_stop = late[pieces.gaps[late, 2] == FULL_STOP]
        chosen = behind_stop if len(behind_stop) else words
        start = int(pieces.first[chosen[-1]]) if len(chosen) else start + limit
        yield start


def pack(pieces: Pieces, units: Sequence[Unit], ids: Ints | None = None) -> Packed:
    """The units one behind the other. `ids` stand in for those of the pieces."""
    ids = pieces.ids if ids is None else ids
    blocks, numbers, edges = [], [], []
    offset = 0
    for number, unit in enumerate(units, 1):
        part, words = slice(*unit.pieces), slice(*unit.words)
        inner = np.stack([ids[part], pieces.quotes[part], pieces.cases[part], pieces.breaks[part]], axis=1)
        block = np.concatenate([[[START, 0, CASES - 1, 0]], inner, [[END, 0, CASES - 1, 0]]])
        blocks.append(np.concatenate([block, np.arange(unit.size)[:, None]], axis=1))
        numbers.append(np.full(unit.size, number))
        ends = np.stack([pieces.first[words], pieces.last[words]], axis=1) - unit.pieces[0]
        edges.append(ends.clip(0, unit.size - 3) + 1 + offset)
        offset += unit.size
    return Packed(np.concatenate(blocks), np.concatenate(numbers), np.concatenate(edges))
