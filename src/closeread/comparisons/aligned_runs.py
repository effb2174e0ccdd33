"""Runs of shared words that belong to one passage: joined over small gaps, and carried on at both ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import ceil

import numpy as np

from closeread.comparisons.numbered_words import Flags, Ints, NumberedWords, Offsets
from closeread.comparisons.shared_runs import Runs, count_equal

# Words that differ between two runs of one passage, at most, on either side.
GAP = 6
# Same words that each edit needs on either side of it: (7 same, one changed, 1, one changed, 2) is one passage.
PER_EDIT = 1.4
# Same words in a passage, divided by all words of its longer side. Two of twelve words changed leave .83.
LEAST_SHARE = 0.75
# Runs before one that may be the one it goes on from: more than one where a phrase recurs in a text.
_BACK = 4
# A gap of at most so many words on either side is looked through for a word that is the same at another place.
_NEAR = 3
# What may lie between the end of a passage and where it goes on: words of the first, words of the second, and where in
# them one word is the same, with an edit before it and one behind; edits, the fewest first.
_STEPS: tuple[tuple[int, int, tuple[int, int] | None, int], ...] = (
    *((wide, far, None, 1) for wide, far in ((1, 1), (0, 1), (1, 0))),
    *((wide, far, None, 2) for wide, far in ((2, 2), (1, 2), (2, 1), (0, 2), (2, 0))),
    *((wide, far, (1, 0), 2) for wide, far in ((3, 1), (3, 2), (2, 2))),
    *((wide, far, (0, 1), 2) for wide, far in ((1, 3), (2, 3), (2, 2))),
    *((wide, far, (1, 1), 2) for wide, far in ((3, 3), (3, 2), (2, 3))),
)


@dataclass(frozen=True, slots=True)
class Passages:
    """`runs` are those of one passage after the other; passage `k` has the runs `bounds[k]` to `bounds[k + 1]`."""

    runs: Runs
    bounds: Ints

    @property
    def begins(self) -> Ints:
        return self.bounds[:-1]

    @property
    def lasts(self) -> Ints:
        return self.bounds[1:] - 1

    def add_up(self) -> Ints:
        """The words of each passage that are the same."""
        total = np.append(0, np.cumsum(self.runs.length))
        sums: Ints = total[self.bounds[1:]] - total[self.bounds[:-1]]
        return sums

    def measure(self) -> Ints:
        """The words of each passage on its longer side, those that differ too."""
        runs, begins, lasts = self.runs, self.begins, self.lasts
        first = runs.first[lasts] - runs.first[begins]
        second = runs.second[lasts] - runs.second[begins]
        lengths: Ints = np.maximum(first, second) + runs.length[lasts]
        return lengths


def align_runs(words: NumberedWords, runs: Runs, shortest: int) -> Passages:
    """Passages with at least `shortest` words the same, none inside another of the same two texts."""
    linked, previous = _link(words, runs)
    begin = _find_begins(previous)
    passages = _fill(words.numbers, _carry_on(words, _group(linked, begin)))
    total = passages.add_up()
    chosen = (total >= shortest) & (total >= LEAST_SHARE * passages.measure())
    each = np.repeat(np.arange(len(total)), np.diff(passages.bounds))
    # Where a passage as a whole is too much changed, its long runs still are passages.
    heavy = ~chosen[(np.cumsum(begin == np.arange(len(begin))) - 1)[begin]]
    alone = np.flatnonzero(heavy & (runs.length >= shortest))
    number = np.append(each[chosen[each]], len(total) + np.arange(len(alone)))
    return _drop_inner(words, _group(_join(passages.runs.take(chosen[each]), runs.take(alone)), number))


def _join(*several: Runs) -> Runs:
    return Runs(
        np.concatenate([runs.first for runs in several]),
        np.concatenate([runs.second for runs in several]),
        np.concatenate([runs.length for runs in several]),
    )


def _group(runs: Runs, number: Ints) -> Passages:
    """Passages of the runs with the same number, in the order of their numbers."""
    order = np.lexsort((runs.first, number))
    number = number[order]
    starts = np.flatnonzero(np.append(True, number[1:] != number[:-1])[: len(number)])
    return Passages(runs.take(order), np.append(starts, len(number)))


def _link(words: NumberedWords, runs: Runs) -> tuple[Runs, Ints]:
    """For each run the index of the one that it goes on from, itself where it begins a passage. What a run shares
    with that one is cut from it."""
    count = len(runs.first)
    best, edits = np.arange(count), np.full(count, GAP + 1)
    cut = np.zeros(count, dtype=np.int64)
    for back in range(1, _BACK + 1):
        after = np.arange(back, count)
        fits, cost, over = _fit(words, runs, after - back, after)
        better = fits & (cost < edits[after])
        chosen = after[better]
        best[chosen], edits[chosen], cut[chosen] = chosen - back, cost[better], over[better]
    _keep_nearest(best, edits)
    cut[best == np.arange(count)] = 0
    return Runs(runs.first + cut, runs.second + cut, runs.length - cut), best


def _fit(words: NumberedWords, runs: Runs, before: Ints, after: Ints) -> tuple[Flags, Ints, Ints]:
    """Whether a run goes on from another, over how many edits, and what must be cut from its beginning."""
    first = runs.first[after] - runs.first[before] - runs.length[before]
    second = runs.second[after] - runs.second[before] - runs.length[before]
    over = np.maximum(0, -np.minimum(first, second))
    first, second = first + over, second + over
    together = (words.text_of[runs.first[before]] == words.text_of[runs.first[after]]) & (
        words.text_of[runs.second[before]] == words.text_of[runs.second[after]]
    )
    fits = together & (over < runs.length[after]) & (np.maximum(first, second) <= GAP)
    fits &= (np.maximum(first, second) > 0) & (runs.second[after] >= runs.second[before])
    inner = np.zeros(len(after), dtype=np.int64)
    at = np.flatnonzero(fits)
    ends = runs.first[before] + runs.length[before], runs.second[before] + runs.length[before]
    for inside, *_ in _find_inner(words.numbers, (ends[0][at], first[at]), (ends[1][at], second[at])):
        inner[at[inside]] += 1
    cost = np.maximum(np.maximum(first, second) - inner, 1 + (first != second) * (inner > 0))
    shorter = np.minimum(runs.length[before], runs.length[after] - over) + inner
    return fits & (shorter >= PER_EDIT * cost), cost, over


def _find_inner(
    numbers: Offsets, first: tuple[Ints, Ints], second: tuple[Ints, Ints]
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Words that are the same inside gaps, each given by its begin and its length: which gap, and where. Words at the
    same place of a gap that is as long on both sides; where there are none, one word of a short gap at any place."""
    (a, wide), (b, far) = first, second
    left = np.ones(len(a), dtype=np.bool_)
    for at in range(GAP):
        inside = np.flatnonzero((wide == far) & (at < wide))
        inside = inside[numbers[a[inside] + at] == numbers[b[inside] + at]]
        left[inside] = False
        yield inside, a[inside] + at, b[inside] + at
    left &= np.maximum(wide, far) <= _NEAR
    for i, j in product(range(_NEAR), repeat=2):
        inside = np.flatnonzero(left & (i < wide) & (j < far))
        inside = inside[numbers[a[inside] + i] == numbers[b[inside] + j]]
        left[inside] = False
        yield inside, a[inside] + i, b[inside] + j


def _keep_nearest(best: Ints, edits: Ints) -> None:
    """Of several runs that go on from one, that over the fewest edits does; the others begin passages."""
    after = np.flatnonzero(best != np.arange(len(best)))
    after = after[np.lexsort((after, edits[after], best[after]))]
    again = after[1:][best[after[1:]] == best[after[:-1]]]
    best[again] = again


def _find_begins(previous: Ints) -> Ints:
    """For each run the first of its passage."""
    while not np.array_equal(previous[previous], previous):
        previous = previous[previous]
    return previous


def _carry_on(words: NumberedWords, passages: Passages) -> Passages:
    """With the runs before and behind that no key led to, as long as they are worth their edits."""
    runs, begins, lasts = passages.runs, passages.begins, passages.lasts
    ends = runs.first[lasts] + runs.length[lasts], runs.second[lasts] + runs.length[lasts]
    found = list(_step_on(words.numbers, *ends, 1))
    found += _step_on(words.numbers, runs.first[begins] - 1, runs.second[begins] - 1, -1)
    each = np.repeat(np.arange(len(begins)), np.diff(passages.bounds))
    joined = _join(runs, *(run for _, run in found))
    return _group(joined, np.concatenate([each, *(number for number, _ in found)]))


def _step_on(numbers: Offsets, first: Ints, second: Ints, step: int) -> Iterator[tuple[Ints, Runs]]:
    """Runs that go on from the places where passages end, or where they begin, backwards (`step` -1): with the
    index of the passage."""
    first, second = first.copy(), second.copy()
    left = np.arange(len(first))
    while len(left):
        over = _choose_step(numbers, first[left], second[left], step)
        moved = over[0] >= 0
        left, over = left[moved], (over[0][moved], over[1][moved])
        first[left] += step * over[0]
        second[left] += step * over[1]
        length = count_equal(numbers, first[left], second[left], step)
        back = length - 1 if step < 0 else 0
        yield left, Runs(first[left] - back, second[left] - back, length)
        first[left] += step * length
        second[left] += step * length


def _choose_step(numbers: Offsets, first: Ints, second: Ints, step: int) -> tuple[Ints, Ints]:
    """Words that differ before the passage goes on, in both texts; -1 where it does not."""
    chosen = np.full(len(first), -1), np.full(len(first), -1)
    for wide, far, inner, edits in _STEPS:
        left = np.flatnonzero(chosen[0] < 0)
        if inner is not None:
            left = left[numbers[first[left] + step * inner[0]] == numbers[second[left] + step * inner[1]]]
        for at in range(ceil(PER_EDIT * edits) - (inner is not None)):
            left = left[numbers[first[left] + step * (wide + at)] == numbers[second[left] + step * (far + at)]]
        chosen[0][left], chosen[1][left] = wide, far
    return chosen


def _fill(numbers: Offsets, passages: Passages) -> Passages:
    """With the single words that are the same inside gaps."""
    runs = passages.runs
    each = np.repeat(np.arange(len(passages.begins)), np.diff(passages.bounds))
    gaps = np.flatnonzero(each[1:] == each[:-1])
    first, second = runs.first[gaps] + runs.length[gaps], runs.second[gaps] + runs.length[gaps]
    lengths = runs.first[gaps + 1] - first, runs.second[gaps + 1] - second
    found = [(each, runs)]
    for inside, a, b in _find_inner(numbers, (first, lengths[0]), (second, lengths[1])):
        found.append((each[gaps[inside]], Runs(a, b, np.ones(len(a), dtype=np.int64))))
    return _group(_join(*(some for _, some in found)), np.concatenate([number for number, _ in found]))


def _drop_inner(words: NumberedWords, passages: Passages) -> Passages:
    """Without passages that lie inside another in both texts; in the order of the texts and of the places in them."""
    runs, begins, lasts = passages.runs, passages.begins, passages.lasts
    starts = runs.first[begins], runs.second[begins]
    ends = runs.first[lasts] + runs.length[lasts], runs.second[lasts] + runs.length[lasts]
    texts = words.text_of[starts[0]], words.text_of[starts[1]]
    order = np.lexsort((starts[1], -ends[0], starts[0], texts[1], texts[0]))
    while True:
        kept = np.ones(len(order), dtype=np.bool_)
        for back in range(1, _BACK + 1):
            outer, inner = order[:-back], order[back:]
            inside = (texts[1][inner] == texts[1][outer]) & (ends[0][inner] <= ends[0][outer])
            kept[back:] &= ~(inside & (starts[1][inner] >= starts[1][outer]) & (ends[1][inner] <= ends[1][outer]))
        if kept.all():
            break
        order = order[kept]
    number = np.full(len(begins), -1)
    number[order] = np.arange(len(order))
    each = np.repeat(number, np.diff(passages.bounds))
    return _group(runs.take(each >= 0), each[each >= 0])
