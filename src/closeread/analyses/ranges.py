"""Ranges of one article, and the question which of them hold a place. Its cost does not grow with the article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

Held = TypeVar("Held")


class Ranges(Generic[Held]):
    """Half-open ranges, each with what it stands for."""

    def __init__(self, ranges: Iterable[tuple[int, int, Held]]) -> None:
        self._ranges = sorted(ranges, key=lambda item: item[:2])
        self._starts = [start for start, _, _ in self._ranges]
        self._reach = list(accumulate((end for _, end, _ in self._ranges), max))

    def holding(self, start: int, end: int) -> Iterator[Held]:
        """What the ranges that hold `start` to `end` stand for, the last to begin first."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._ranges[at][1] >= end:
                yield self._ranges[at][2]
            at -= 1
