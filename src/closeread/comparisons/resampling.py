"""The interval of a share of sums over articles: articles are drawn again, not words or findings, since what stands in
one article hangs together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import erf, sqrt

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
SEED = 20161108
_Z = 1.959964
_ROWS = 1000
_DIGITS = 6

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Weights = npt.NDArray[np.uint16]
Interval = tuple[float, float]


@lru_cache(maxsize=4)
def draw_articles(articles: int, seed: int = SEED) -> Weights:
    """How often each article (row) stands in each resample (column)."""
    random = np.random.default_rng(seed)
    weights = np.empty((articles, RESAMPLES), dtype=np.uint16)
    for column in range(RESAMPLES):
        weights[:, column] = np.bincount(random.integers(0, articles, articles), minlength=articles)
    return weights


def add_up(weights: Weights, counts: Ints, rows: Ints | None = None) -> Floats:
    """Sums of each column of `counts` in each resample: columns by resamples. `rows` are the articles that the rows of
    `counts` stand for, all in order without it. The sums are of whole numbers and therefore exact."""
    sums = np.zeros((counts.shape[1], RESAMPLES))
    for first in range(0, len(counts), _ROWS):
        part = slice(first, first + _ROWS)
        drawn = weights[part] if rows is None else weights[rows[part]]
        sums += counts[part].T.astype(np.float64) @ drawn.astype(np.float64)
    return sums


def find_interval(parts: Floats, wholes: Floats, articles: int) -> Interval | None:
    """The 95 % interval of a share from its resamples; None below two articles, where no resample has a whole, and
    where all are the same, as for a share of 0 or 1: then articles drawn again say nothing of other articles."""
    if articles < 2:
        return None
    found = _percentiles(_divide(parts, wholes), articles)
    return found if found is None or found[0] < found[1] else None


def find_difference(first: tuple[Floats, Floats], second: tuple[Floats, Floats], articles: int) -> Interval | None:
    """The 95 % interval of a difference of two shares of different articles, each (parts, wholes) drawn on its own;
    `articles` are those of the smaller side. None where one of the shares has no interval of its own."""
    if find_interval(*first, articles) is None or find_interval(*second, articles) is None:
        return None
    return _percentiles(_divide(*first) - _divide(*second), articles)


def _divide(parts: Floats, wholes: Floats) -> Floats:
    """Resamples with nothing to divide by are not a number."""
    shares: Floats = np.where(wholes > 0, parts / np.where(wholes > 0, wholes, 1), np.nan)
    return shares


def _percentiles(values: Floats, articles: int) -> Interval | None:
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    tail = tail_of(articles)
    low, high = np.quantile(values, [tail, 1 - tail])
    return round(float(low), _DIGITS), round(float(high), _DIGITS)


def tail_of(articles: int) -> float:
    """What is cut off on either side: 2.5 % for many articles and less for few, since a resample of few spreads too
    little. Source: Hesterberg (2015), "What teachers should know about the bootstrap", The American Statistician 69."""
    reach = sqrt(articles / (articles - 1)) * _student(articles - 1)
    return (1 - erf(reach / sqrt(2))) / 2


def _student(freedom: int) -> float:
    """The 97.5 % point of Student's t (Cornish and Fisher 1937); right to 0.01 from 4 degrees of freedom on."""
    z = _Z
    steps: Sequence[float] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(step / float(freedom) ** (at + 1) for at, step in enumerate(steps))
