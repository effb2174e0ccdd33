"""Groups of texts from the scores of their pairs; how many there are is not given.

Average linkage (Sokal and Michener 1958) by chains of nearest neighbours (Murtagh 1983), then what was left apart joins
the group to which it is nearest, where it is near to no other.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

# All set on ECB+ train (`python -m training.stories`, 2026-11). Two groups are one where their pairs have so high a
# score on average.
TOGETHER = 0.5
# Up to `SMALL` texts join their nearest group at a lower score, where the next one is at most `SECOND` of it.
NEAREST, SECOND, SMALL = 0.2, 0.9, 3


def group_texts(scores: npt.NDArray[np.float32]) -> tuple[Labels, Labels]:
    """For each text its group after the first step and after the second. A group is named by its first text."""
    sums = scores.astype(np.float64)
    together = _name(link(sums, TOGETHER), len(scores))
    return together, _name(_join_nearest(sums, together), len(scores))


def link(scores: Floats, least: float) -> list[tuple[int, int]]:
    """The pairs of texts whose groups average linkage makes one, at a mean score of at least `least`."""
    sums, sizes = scores.copy(), np.ones(len(scores))
    np.fill_diagonal(sums, -np.inf)
    open_, chain, pairs = np.ones(len(scores), dtype=np.bool_), list[int](), list[tuple[int, int]]()
    while chain or open_.any():
        last = chain[-1] if chain else int(np.argmax(open_))
        chain = chain or [last]
        means = np.where(open_, sums[last] / (sizes[last] * sizes), -np.inf)
        means[last] = -np.inf
        best = float(means.max())
        if best < least:
            # Nothing that comes later brings a group nearer: means of groups never rise above those of their parts.
            for each in chain:
                open_[each] = False
            chain = []
        elif len(chain) > 1 and means[chain[-2]] == best:
            first, second = sorted((chain.pop(), chain.pop()))
            _merge(sums, sizes, first, second)
            open_[second] = False
            pairs.append((first, second))
        else:
            chain.append(int(np.argmax(means)))
    return pairs


def _merge(sums: Floats, sizes: Floats, first: int, second: int) -> None:
    """The second group becomes part of the first."""
    sums[first] += sums[second]
    sums[:, first] += sums[:, second]
    sums[first, first] = -np.inf
    sizes[first] += sizes[second]


def _name(pairs: list[tuple[int, int]], length: int) -> Labels:
    """For each text the first of its group."""
    labels = np.arange(length)
    for first, second in pairs:
        one, other = sorted((int(labels[first]), int(labels[second])))
        labels[labels == other] = one
    return labels


def _join_nearest(scores: Floats, labels: Labels) -> list[tuple[int, int]]:
    """The pairs that made the groups, and those that the second step adds; the highest score first."""
    names, at, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    pairs = [(int(label), text) for text, label in enumerate(labels.tolist()) if label != text]
    if len(names) < 2:
        return pairs
    nearness = _Nearness(_sum_groups(scores, at, len(names)), sizes.astype(np.float64))
    pairs += [(int(names[first]), int(names[second])) for first, second in nearness.join()]
    return pairs


def _sum_groups(scores: Floats, at: Labels, length: int) -> Floats:
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(length))
    sums: Floats = np.add.reduceat(np.add.reduceat(scores[np.ix_(order, order)], starts, axis=0), starts, axis=1)
    return sums


class _Nearness:
    """The two nearest groups of each group, kept while groups are joined."""

    def __init__(self, sums: Floats, sizes: Floats) -> None:
        self.sums, self.sizes = sums, sizes
        np.fill_diagonal(sums, -np.inf)
        self.best, self.second = (np.zeros(len(sizes)) for _ in range(2))
        self.nearest = np.zeros(len(sizes), dtype=np.int64)
        for row in range(len(sizes)):
            self._rank(row)

    def join(self) -> Iterator[tuple[int, int]]:
        while True:
            alone = (self.sizes > 0) & (self.sizes <= SMALL) & (self.best >= NEAREST)
            chosen = np.where(alone & (self.second <= SECOND * self.best), self.best, -np.inf)
            row = int(np.argmax(chosen))
            if chosen[row] == -np.inf:
                return
            yield int(self.nearest[row]), row
            self._join(int(self.nearest[row]), row)

    def _join(self, first: int, second: int) -> None:
        before = np.maximum(self.sums[:, first] / self.sizes[first], self.sums[:, second] / self.sizes[second])
        _merge(self.sums, self.sizes, first, second)
        self.sizes[second] = 0
        self.sums[second], self.sums[:, second] = -np.inf, -np.inf
        after = np.maximum(before, self.sums[:, first] / self.sizes[first])
        used = np.where(self.sizes > 0, self.sizes, 1)
        for row in np.flatnonzero((self.sizes > 0) & (after / used >= self.second)).tolist():
            self._rank(row)

    def _rank(self, row: int) -> None:
        means = np.full(len(self.sizes), -np.inf)
        used = self.sizes > 0
        means[used] = self.sums[row, used] / (self.sizes[row] * self.sizes[used])
        self.nearest[row] = int(np.argmax(means))
        self.best[row] = means[self.nearest[row]]
        means[self.nearest[row]] = -np.inf
        self.second[row] = max(float(means.max()), 0.0)
