"""Scores of arcs between the words of a whole text, from the vectors of its words. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from closeread.encoder.pieces import Ints

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Tables = Mapping[str, Singles]
Range = tuple[int, int]
# Heads that are farther than so many words from all tails are not asked for: training showed none beyond 512 pieces.
REACH = 1500


@dataclass(frozen=True)
class Arcs:
    """Arcs of one kind over one text: vectors [words, width] as tails and as heads, the line of each word, and the
    tables of one kind of arc: `product` and `head` weigh the vectors, `none` is for no head, `distance` and
    `line_distance` are what the distance speaks for."""

    tails: Singles
    heads: Singles
    lines: Ints
    tables: Tables
    _means: dict[tuple[Range, Range], Floats] = field(default_factory=dict, repr=False, compare=False)

    def mean(self, tails: Range, heads: Range) -> Floats:
        """Scores [1 + heads] of having no head, or each word of a range as head, as a mean over a range of tails."""
        if (tails, heads) not in self._means:
            self._means[tails, heads] = self._mean(*tails, slice(*heads))
        return self._means[tails, heads]

    def _mean(self, start: int, end: int, heads: slice) -> Floats:
        tables, tail = self.tables, self.tails[start:end].mean(axis=0)
        scores = self.heads[heads] @ (tail @ tables["product"]) + self._of_heads[heads]
        none = (tail @ tables["none.weight"].T + tables["none.bias"]).item()
        scores = scores + self._by_distance(start, end, heads) + self._by_line(start, end, heads)
        return np.concatenate([[none], scores]).astype(np.float64)

    @cached_property
    def _of_heads(self) -> Singles:
        """What each word has as a head, whatever its tail."""
        found: Singles = self.heads @ self.tables["head"]
        return found

    def _by_distance(self, start: int, end: int, heads: slice) -> Floats:
        """What the distance in words speaks for: a mean over the tails, by sums along the line of distances."""
        count = len(self.heads)
        sums = self._sums
        at = np.arange(heads.start, heads.stop) + count
        means: Floats = (sums[at - start + 1] - sums[at - end + 1]) / (end - start)
        return means

    @cached_property
    def _sums(self) -> Floats:
        """Running sums of the scores of all distances from less than -words to more than words, with a zero first."""
        count = len(self.heads)
        by_distance = self.tables["distance"][bucket(np.arange(-count, count + 1))].astype(np.float64)
        return np.concatenate([[0.0], np.cumsum(by_distance)])

    def _by_line(self, start: int, end: int, heads: slice) -> Floats:
        if self.lines[start] == self.lines[end - 1]:
            return self._from_line(int(self.lines[start]), heads)
        lines, tails = np.unique(self.lines[start:end], return_counts=True)
        apart = np.array([self._from_line(line, heads) for line in lines])
        weighed: Floats = tails @ apart / (end - start)
        return weighed

    def _from_line(self, line: int, heads: slice) -> Floats:
        by_line = self.tables["line_distance"]
        reach = len(by_line) // 2
        apart: Floats = by_line[(self.lines[heads] - line).clip(-reach, reach) + reach].astype(np.float64)
        return apart


def find_near(start: int, end: int, words: int) -> Range:
    """The words of a text that may be heads of words from `start` to `end`: first and last, half-open."""
    return max(start - REACH, 0), min(end + REACH, words)


def bucket(steps: Ints, classes: int = 32) -> Ints:
    """A signed distance in words as one of the classes: exact when small, then by powers of two."""
    size = np.maximum(np.abs(steps), 1)
    far = 4 + np.ceil(np.log2(np.maximum(size, 4) / 4))
    coarse = np.minimum(np.where(size < 5, size, far).astype(np.int64), classes // 2 - 1)
    return np.where(steps < 0, coarse, coarse + classes // 2)
