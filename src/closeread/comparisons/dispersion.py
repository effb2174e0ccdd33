"""How evenly a word is spread over the articles of a body."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def measure_dp(counts: Floats, lengths: Floats) -> Floats:
    """Gries' deviation of proportions, one figure per column of `counts` (a row per article): 0 where each article has
    its share by length, towards 1 where few articles have all. NaN where a word does not occur."""
    totals = counts.sum(axis=0)
    shares = counts / np.where(totals > 0, totals, np.nan)
    return np.asarray(np.abs(shares - (lengths / lengths.sum())[:, None]).sum(axis=0) / 2, dtype=np.float64)


def measure_d(counts: Floats, lengths: Floats) -> Floats:
    """Juilland's D, from the rates of the articles since these differ in length: 1 where all rates are equal, 0 where
    one article has all. NaN where a word does not occur or there is one article."""
    filled = lengths > 0
    rates = counts[filled] / lengths[filled][:, None]
    if len(rates) < 2:
        return np.full(counts.shape[1], np.nan)
    mean = rates.mean(axis=0)
    variation = rates.std(axis=0) / np.where(mean > 0, mean, np.nan)
    return np.asarray(1 - variation / np.sqrt(len(rates) - 1), dtype=np.float64)
