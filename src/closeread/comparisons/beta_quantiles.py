"""The beta distribution: its cumulative share and its quantiles, for exact intervals of a rate.

The cumulative share is the regularised incomplete beta function by its continued fraction (modified Lentz); a quantile
is found by halving an interval on the scale of log odds, so that it cannot miss.
"""

from __future__ import annotations

from math import lgamma, log

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_TINY = 1e-300
_CLOSE = 1e-14
_MOST = 5000
# Log odds beyond which no double differs from 0 or 1, and how often the interval is halved.
_REACH, _HALVINGS = 710.0, 70


def share_below(x: Floats, a: Floats, b: Floats) -> Floats:
    """The share of the beta distribution with shapes `a` and `b`, both above 0, that lies below `x` (0 to 1)."""
    x, a, b = (each.astype(np.float64) for each in np.broadcast_arrays(x, a, b))
    odds = np.log(np.clip(x, _TINY, None)) - np.log1p(-np.clip(x, 0.0, 1 - 1e-16))
    share = _share_at(odds, a, b)
    return np.where(x <= 0, 0.0, np.where(x >= 1, 1.0, share))


def find_quantiles(share: float, a: Floats, b: Floats) -> Floats:
    """Where `share` (between 0 and 1) of each distribution lies below, as odds x / (1 - x): they keep their precision
    near 1."""
    if not 0 < share < 1:
        raise ValueError(f"a share of {share} has no quantile; it lies between 0 and 1")
    a, b = (each.astype(np.float64) for each in np.broadcast_arrays(a, b))
    low, high = np.full(a.shape, -_REACH), np.full(a.shape, _REACH)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = _share_at(middle, a, b) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(np.exp((low + high) / 2), dtype=np.float64)


def _share_at(odds: Floats, a: Floats, b: Floats) -> Floats:
    """The share below the place with these log odds. The side on which the fraction closes fast is worked out."""
    log_x, log_rest = -np.logaddexp(0.0, -odds), -np.logaddexp(0.0, odds)
    x, rest = np.exp(log_x), np.exp(log_rest)
    swap = x > (a + 1) / (a + b + 2)
    first, second, at = np.where(swap, b, a), np.where(swap, a, b), np.where(swap, rest, x)
    front = np.exp(a * log_x + b * log_rest - _log_beta(a, b)) / first
    share = front * _fraction(at, first, second)
    return np.asarray(np.clip(np.where(swap, 1 - share, share), 0.0, 1.0), dtype=np.float64)


def _log_beta(a: Floats, b: Floats) -> Floats:
    pairs, where = np.unique(np.stack([a.ravel(), b.ravel()], axis=1), axis=0, return_inverse=True)
    values = np.array([_log_beta_of(one, other) for one, other in pairs.tolist()], dtype=np.float64)
    return values[where.ravel()].reshape(a.shape)


def _log_beta_of(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b) if min(a, b) != 1 else -log(max(a, b))


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    c = np.ones_like(x)
    d = 1 / _away(1 - (a + b) * x / (a + 1))
    value = d.copy()
    for step in range(1, _MOST):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            change = c * d
            value *= change
        if not np.any(np.abs(change - 1) > _CLOSE):
            break
    return value


def _away(value: Floats) -> Floats:
    """Away from 0, by which the next step divides."""
    return np.where(np.abs(value) < _TINY, _TINY, value)
