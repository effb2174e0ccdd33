"""Runs of words that two texts share, among all pairs of texts, without comparing the pairs.

Every run of five words is a key, and so is every run of six with the fourth left out: two keys that agree are five
words that agree, with one word changed, added or dropped among them or none. Of any twelve words of which two were
changed, added or dropped, at least one such key is left. Keys are sorted, so equal ones meet. A key that is common is
no evidence, and what holds only common keys is looked for by as many words as a passage needs at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from closeread.comparisons.numbered_words import Flags, Ints, NumberedWords, Offsets

# Words of a key, and how many of them stand before the word that is left out.
KEY = 5
BEFORE = 3
# A key that stands in more places is common. On 10,000 made articles (benchmarks, 2026-11) 64 finds the same passages
# as 32 in the same time, and 16 finds 0.3 % fewer.
RARE = 32
# A passage of common keys that stands in more places is linked from the first of them to every other, not all to all.
WIDE = 100

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Places in the row of words: `length` words from `first` are the words from `second`, which is in a later text.
    No run can be longer, and none is given twice. Sorted by the two texts, then by place."""

    first: Ints
    second: Ints
    length: Ints

    def take(self, chosen: Ints | Flags) -> Runs:
        return Runs(self.first[chosen], self.second[chosen], self.length[chosen])


@dataclass(frozen=True, slots=True)
class _Groups:
    """Places with the same key, group after group; those of a group in order. A place is twice its position in the
    row, and one more where a word is left out."""

    places: Ints
    sizes: Ints


def find_runs(words: NumberedWords, shortest: int) -> tuple[Runs, Offsets]:
    """The shared runs that a key leads to, and for each word in how many texts the five words from it on stand (0 where
    that is one)."""
    values = _scatter(words.numbers)
    groups = _group(_list_keys(words, values))
    common = _mark(groups, len(words.numbers), RARE)
    seeds = list(_join(groups, words, common, most=RARE))
    spread = _count_texts(groups, words)
    del groups
    seeds += _join_common(words, values, common, shortest)
    first, second = (np.concatenate(side) for side in zip(*seeds, strict=True))
    return _to_runs(words, first, second), spread


def count_equal(numbers: Offsets, first: Ints, second: Ints, step: int) -> Ints:
    """How many words from `first` on equal those from `second` on, forwards (`step` 1) or backwards (-1)."""
    counts = np.zeros(len(first), dtype=np.int64)
    left = np.arange(len(first))
    at = 0
    while len(left):
        left = left[numbers[first[left] + at] == numbers[second[left] + at]]
        counts[left] += 1
        at += step
    return counts


def _scatter(numbers: Offsets) -> Hashes:
    """A value of 64 bits for each number (splitmix64), always the same."""
    values = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values ^ (values >> np.uint64(31))


def _hash(values: Hashes, lags: Sequence[int]) -> Hashes:
    """One value per position for the words that many places behind it, in their order."""
    length = len(values) - max(lags)
    hashes = np.zeros(length, dtype=np.uint64)
    for lag in lags:
        hashes *= np.uint64(0xD6E8FEB86659FD93)
        hashes += values[lag : lag + length]
    return hashes ^ (hashes >> np.uint64(32))


def _whole(words: NumberedWords, span: int) -> Ints:
    """Positions from which that many words follow in the same text."""
    counts = np.maximum(words.last - words.first - span + 1, 0)
    ends = np.cumsum(counts)
    positions: Ints = np.arange(int(counts.sum())) + np.repeat(words.first - (ends - counts), counts)
    return positions


def _list_keys(words: NumberedWords, values: Hashes) -> Hashes:
    """Keys with their places in the lower bits, so that one sort does it all."""
    plain, broken = _whole(words, KEY), _whole(words, KEY + 1)
    lags = [lag for lag in range(KEY + 1) if lag != BEFORE]
    hashes = _hash(values, range(KEY))[plain], _hash(values, lags)[broken]
    return _pack(np.concatenate(hashes), np.concatenate((2 * plain, 2 * broken + 1)), len(values))


def _pack(hashes: Hashes, places: Ints, length: int) -> Hashes:
    bits = np.uint64((2 * length).bit_length())
    hashes >>= bits
    hashes <<= bits
    hashes |= places.astype(np.uint64)
    return np.append(hashes, bits)


def _group(keys: Hashes) -> _Groups:
    """Groups of two places or more. The last entry of `keys` is the number of lower bits."""
    bits, keys = keys[-1], keys[:-1]
    keys.sort()
    heads = keys >> bits
    starts = np.flatnonzero(np.append(True, heads[1:] != heads[:-1])) if len(keys) else np.zeros(0, dtype=np.int64)
    del heads
    sizes = np.diff(np.append(starts, len(keys)))
    kept = np.repeat(sizes > 1, sizes)
    places = (keys[kept] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    return _Groups(places, sizes[sizes > 1])


def _mark(groups: _Groups, length: int, most: int) -> Flags:
    """Which positions have a key, without a word left out, that stands in more than `most` places."""
    marked = np.zeros(length, dtype=np.bool_)
    places = groups.places[np.repeat(groups.sizes > most, groups.sizes)]
    marked[places[places % 2 == 0] // 2] = True
    return marked


def _count_texts(groups: _Groups, words: NumberedWords) -> Offsets:
    spread = np.zeros(len(words.numbers), dtype=np.int32)
    plain = groups.places % 2 == 0
    number = np.repeat(np.arange(len(groups.sizes)), groups.sizes)[plain]
    positions = groups.places[plain] // 2
    texts = words.text_of[positions]
    new = np.append(True, (number[1:] != number[:-1]) | (texts[1:] != texts[:-1]))[: len(number)]
    spread[positions] = np.bincount(number[new], minlength=len(groups.sizes))[number]
    return spread


def _join(groups: _Groups, words: NumberedWords, skipped: Flags, *, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of places with the same key in two texts, from groups of at most that many. A pair is left out where the
    words before agree too, since then the places before are a pair, unless those were `skipped`; or where the words
    left out agree, since then nothing is changed there."""
    chosen = groups.sizes <= most
    places, sizes = groups.places[np.repeat(chosen, groups.sizes)], groups.sizes[chosen]
    beside = _beside(places, words.numbers, skipped)
    places, beside, sizes = _drop_alike(places, beside, sizes)
    texts = words.text_of[places // 2]
    left = np.repeat(np.cumsum(sizes), sizes) - np.arange(len(places)) - 1
    at = np.arange(len(places))
    for apart in range(1, most):
        at = at[left[at] >= apart]
        if not len(at):
            break
        other = at + apart
        useful = (texts[at] != texts[other]) & (beside[at] != beside[other])
        yield from _to_seeds(places[at[useful]], places[other[useful]])


def _beside(places: Ints, numbers: Offsets, skipped: Flags) -> Ints:
    """The word before the key, or the one left out in it; a number of its own where the place before was skipped."""
    positions, broken = places // 2, places % 2
    beside = numbers[positions + np.where(broken, BEFORE, -1)] + (broken << 33)
    alone = skipped[positions - 1] & (broken == 0)
    return np.where(alone, (1 << 34) + places, beside)


def _drop_alike(places: Ints, beside: Ints, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Without the groups in which no pair can be useful."""
    if not len(sizes):
        return places, beside, sizes
    starts = np.cumsum(sizes) - sizes
    kept = np.minimum.reduceat(beside, starts) != np.maximum.reduceat(beside, starts)
    chosen = np.repeat(kept, sizes)
    return places[chosen], beside[chosen], sizes[kept]


def _to_seeds(first: Ints, second: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Positions of equal words: where the keys begin, and behind a word that was left out in either."""
    yield first // 2, second // 2
    broken = (first % 2 | second % 2).astype(np.bool_)
    first, second = first[broken], second[broken]
    yield first // 2 + BEFORE + first % 2, second // 2 + BEFORE + second % 2


def _join_common(words: NumberedWords, values: Hashes, common: Flags, shortest: int) -> list[tuple[Ints, Ints]]:
    """Pairs of places with the same `shortest` words of which every key is common."""
    positions = _whole(words, shortest)
    held = np.append(0, np.cumsum(common))
    keys = shortest - KEY + 1
    positions = positions[held[positions + keys] - held[positions] == keys]
    groups = _group(_pack(_hash(values, range(shortest))[positions], 2 * positions, len(values)))
    wide = _mark(groups, len(values), WIDE)
    return [*_join(groups, words, wide, most=WIDE), _link_to_first(groups, words)]


def _link_to_first(groups: _Groups, words: NumberedWords) -> tuple[Ints, Ints]:
    """Of each group of more than `WIDE`, the first place with every other in another text."""
    chosen = groups.sizes > WIDE
    positions, sizes = groups.places[np.repeat(chosen, groups.sizes)] // 2, groups.sizes[chosen]
    first = np.repeat(positions[np.cumsum(sizes) - sizes], sizes)
    apart = words.text_of[first] != words.text_of[positions]
    return first[apart], positions[apart]


def _to_runs(words: NumberedWords, first: Ints, second: Ints) -> Runs:
    """The longest run through each pair of positions."""
    before = count_equal(words.numbers, first, second, -1)
    first, second = first - before + 1, second - before + 1
    keys = np.sort(first[before > 0] * len(words.numbers) + second[before > 0])
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    first, second = keys // len(words.numbers), keys % len(words.numbers)
    order = np.lexsort((first, words.text_of[second], words.text_of[first]))
    first, second = first[order], second[order]
    return Runs(first, second, count_equal(words.numbers, first, second, 1))
