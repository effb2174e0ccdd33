"""Scores of arcs between the words of a whole text, from the vectors of its words. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from training.features import Ints

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Tables = Mapping[str, Singles]


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs of one kind over one text: vectors [words, width] as tails and as heads, the line of each word, and the
    tables of `model.Link` by their names there."""

    tails: Singles
    heads: Singles
    lines: Ints
    tables: Tables
    _means: dict[tuple[int, int], Floats] = field(default_factory=dict, repr=False, compare=False)

    def mean(self, start: int, end: int) -> Floats:
        """Scores [1 + words] of having no head, or each word as head, as a mean over the tails `start` to `end`."""
        if (start, end) not in self._means:
            self._means[start, end] = self._mean(start, end)
        return self._means[start, end]

    def _mean(self, start: int, end: int) -> Floats:
        tables, tails = self.tables, self.tails[start:end]
        scores = (tails @ tables["product"]).mean(axis=0) @ self.heads.T + self.heads @ tables["head"]
        words, places = np.arange(len(self.heads)), np.arange(start, end)
        by_distance = tables["distance"][bucket(words[None, :] - places[:, None])]
        by_line = tables["line_distance"]
        reach = len(by_line) // 2
        apart = (self.lines[None, :] - self.lines[start:end, None]).clip(-reach, reach) + reach
        scores = scores + (by_distance + by_line[apart]).mean(axis=0)
        none = (tails @ tables["none.weight"].T + tables["none.bias"]).mean()
        return np.concatenate([[none], scores]).astype(np.float64)


def bucket(steps: Ints, classes: int = 32) -> Ints:
    """A signed distance in words as one of the classes: exact when small, then by powers of two."""
    size = np.maximum(np.abs(steps), 1)
    far = 4 + np.ceil(np.log2(np.maximum(size, 4) / 4))
    coarse = np.minimum(np.where(size < 5, size, far).astype(np.int64), classes // 2 - 1)
    return np.where(steps < 0, coarse, coarse + classes // 2)
