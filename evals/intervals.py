"""Figures from tallies and their 95 % intervals: bootstrap by article for F1 and shares, Wilson for a proportion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from evals.attribution_scores import Tally

RESAMPLES = 1000
SEED = 20161108
DIGITS = 4
_Z = 1.959964

Floats = npt.NDArray[np.float64]
# Low and high end of an interval; None where no resample had anything to divide by.
Interval = list[float] | None


def rates(counts: Floats) -> dict[str, Floats]:
    """Precision, recall and F1 of counts whose last axis is (predicted, right, gold, found); NaN where undefined.

    F1 is 0 where one side is empty and the other is not."""
    predicted, right, gold, found = np.moveaxis(counts, -1, 0)
    p, r = _divide(right, predicted), _divide(found, gold)
    total = np.nan_to_num(p) + np.nan_to_num(r)
    f1 = np.where(total > 0, 2 * np.nan_to_num(p) * np.nan_to_num(r) / np.where(total > 0, total, 1), 0.0)
    return {"p": p, "r": r, "f1": np.where(predicted + gold > 0, f1, np.nan)}


def _divide(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan)


def resample(articles: Sequence[Mapping[str, Tally]], names: Sequence[str]) -> Floats:
    """Counts of `RESAMPLES` samples of articles drawn with replacement: one row per sample, one column per name."""
    counts = np.array([[astuple(tallies.get(name, Tally())) for name in names] for tallies in articles], dtype=float)
    drawn = np.random.default_rng(SEED).integers(0, len(articles), (RESAMPLES, len(articles)))
    weights = np.stack([np.bincount(row, minlength=len(articles)) for row in drawn]).astype(float)
    samples: Floats = np.tensordot(weights, counts, axes=1)
    return samples


def percentiles(values: Floats) -> Interval:
    """The middle 95 % of the values."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return [round(float(low), DIGITS), round(float(high), DIGITS)]


def wilson(right: int, total: int) -> Interval:
    """Wilson's score interval of a proportion."""
    if not total:
        return None
    share, weight = right / total, _Z**2 / total
    middle = share + weight / 2
    spread = _Z * sqrt(share * (1 - share) / total + weight / (4 * total))
    ends = ((middle - spread) / (1 + weight), (middle + spread) / (1 + weight))
    return [round(min(max(end, 0.0), 1.0), DIGITS) for end in ends]


def to_number(value: Any) -> float | None:
    """A rounded figure; NaN becomes None, since JSON has no word for it."""
    return None if np.isnan(value) else round(float(value), DIGITS)
