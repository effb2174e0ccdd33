"""How likely two texts tell the same event, for every pair of texts, from what they share and when they were written.

A key counts by how few of the texts have it. `_UNSEEN` further texts that have none of the keys are supposed, so that
a folder of five texts is not judged by other measures than one of five hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from closeread.comparisons.story_traits import Traits

Scores = npt.NDArray[np.float32]

# Fitted on the pairs of the 575 articles of ECB+ train (`python -m training.stories`, 2026-11).
WEIGHTS = {
    "name": 14.56,
    "names-covered": 2.48,
    "number": 7.28,
    "time": 3.34,
    "action": 4.05,
    "word": 5.6,
    "near": 1.56,
    "apart": -1.19,
}
INTERCEPT = -7.29
# 0 to 200 score alike on ECB+ train (2026-11).
_UNSEEN = 200
# Two texts with a date are near where they are at most so many days apart. Few articles of ECB+ have a date, so what
# two dates that are not near weigh was set on BASIL 2010-2016: 2, 4, 8 tried (2026-11).
_NEAR = 30
_FAR = -4.0
# The least weight of names by which a text is held to be covered by another: one name in it says little.
_LEAST_NAMES = 3.0
# A key in more texts is multiplied as a column of a full matrix, the others pair by pair.
_WIDE = 64
_COLUMNS = 1024
# Figures are rounded, since sums differ in their last digits with the number of threads.
_DIGITS = 5


def score_pairs(traits: Sequence[Traits]) -> Scores:
    """Probabilities (0 to 1) that two texts tell the same event; symmetric, 1 on the diagonal."""
    total = np.full((len(traits), len(traits)), INTERCEPT, dtype=np.float32)
    for name, values in measure_pairs(traits):
        total += np.float32(WEIGHTS[name]) * values
    total += np.float32(_FAR) * _find_far(traits)
    scores: Scores = np.round(1 / (1 + np.exp(-total)), _DIGITS)
    np.fill_diagonal(scores, 1)
    return scores


def measure_pairs(traits: Sequence[Traits]) -> Iterator[tuple[str, Scores]]:
    """What the score weighs: cosines by kind of trait; the share of the names of the text with fewer that stand in the
    other; and 1 where two texts are of one time, or of two."""
    for kind in ("name", "number", "time", "action", "word"):
        counts = [{key: len(places) for key, places in each.places[kind].items()} for each in traits]
        rarity = _weigh_keys(counts)
        if kind == "name":
            yield "names-covered", _cover(counts, rarity)
        yield kind, _compare(counts, rarity)
    yield from _compare_times(traits)


def _weigh_keys(counts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    texts: dict[str, int] = {}
    for count in counts:
        for key in count:
            texts[key] = texts.get(key, 0) + 1
    return {key: log((len(counts) + _UNSEEN + 1) / (number + 1)) for key, number in texts.items()}


def _compare(counts: Sequence[Mapping[str, int]], rarity: Mapping[str, float]) -> Scores:
    """Cosines."""
    rows = [{key: (1 + log(n)) * rarity[key] for key, n in count.items()} for count in counts]
    norms = [sqrt(sum(value * value for value in row.values())) or 1.0 for row in rows]
    return _multiply([{key: v / norm for key, v in row.items()} for row, norm in zip(rows, norms, strict=True)])


def _cover(counts: Sequence[Mapping[str, int]], rarity: Mapping[str, float]) -> Scores:
    shared = _multiply([{key: sqrt(rarity[key]) for key in count} for count in counts])
    sums = np.array([sum(rarity[key] for key in count) for count in counts], dtype=np.float32)
    least = np.maximum(np.minimum(sums[:, None], sums[None]), _LEAST_NAMES).astype(np.float32)
    covered: Scores = shared / least
    return covered


def _compare_times(traits: Sequence[Traits]) -> Iterator[tuple[str, Scores]]:
    """By the days where both texts have a date, else by the years where both have or name one."""
    days = np.array([each.day for each in traits])
    years = np.array([each.year for each in traits])
    dated = (days[:, None] > 0) & (days[None] > 0)
    known = (years[:, None] > 0) & (years[None] > 0)
    near = np.where(dated, np.abs(days[:, None] - days[None]) <= _NEAR, years[:, None] == years[None])
    yield "near", (known & near).astype(np.float32)
    yield "apart", (known & ~near).astype(np.float32)


def _find_far(traits: Sequence[Traits]) -> Scores:
    """1 where both texts have a date and the two are not near."""
    days = np.array([each.day for each in traits])
    dated = (days[:, None] > 0) & (days[None] > 0)
    far: Scores = (dated & (np.abs(days[:, None] - days[None]) > _NEAR)).astype(np.float32)
    return far


def _multiply(rows: Sequence[Mapping[str, float]]) -> Scores:
    """The products of all pairs of rows, 0 on the diagonal where a key stands in one row alone."""
    held: dict[str, list[tuple[int, float]]] = {}
    for number, row in enumerate(rows):
        for key, value in row.items():
            held.setdefault(key, []).append((number, value))
    shared = sorted((item for item in held.items() if len(item[1]) > 1), key=lambda item: (len(item[1]), item[0]))
    total = np.zeros(len(rows) ** 2, dtype=np.float32)
    wide = []
    for size, group in groupby(shared, key=lambda item: len(item[1])):
        postings = [posting for _, posting in group]
        if size > _WIDE:
            wide += postings
        else:
            _add_pairs(total, postings, len(rows))
    products: Scores = total.reshape(len(rows), len(rows))
    for at in range(0, len(wide), _COLUMNS):
        products += _multiply_wide(wide[at : at + _COLUMNS], len(rows))
    return products


def _add_pairs(total: Scores, postings: Sequence[Sequence[tuple[int, float]]], length: int) -> None:
    """All pairs of each posting; all have the same size."""
    table = np.array(postings)
    numbers, values = table[..., 0].astype(np.int64), table[..., 1].astype(np.float32)
    pairs = numbers[:, :, None] * length + numbers[:, None]
    np.add.at(total, pairs.ravel(), (values[:, :, None] * values[:, None]).ravel())


def _multiply_wide(postings: Sequence[Sequence[tuple[int, float]]], length: int) -> Scores:
    columns = np.zeros((length, len(postings)), dtype=np.float32)
    for column, posting in enumerate(postings):
        numbers, values = zip(*posting, strict=True)
        columns[list(numbers), column] = values
    product: Scores = columns @ columns.T
    return product
