"""Whether words are as frequent in the articles of one body as in those of another, by exchanging articles.

A word comes in bursts: an article that has it tends to have it again. A test that takes each word for a draw of its own
therefore finds differences between two halves of one body. Here the articles are exchanged, which keeps the bursts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from closeread.comparisons.beta_quantiles import Floats
from closeread.comparisons.numbered_words import Flags, Ints

# Exchanges, so that the smallest p is 1 in 2,000, and how many are worked out at a time.
EXCHANGES = 1999
_AT_ONCE = 250


def measure_articles(
    counts: Floats, lengths: Floats, in_first: Flags, *, seed: int, exchanges: int = EXCHANGES
) -> Floats:
    """One p for each column of `counts` (a row per article), adjusted for all columns together: the share of exchanges
    in which any word differs at least as much, (b + 1) / (m + 1). What is compared is the mean over articles of the
    square root of the rate, in standard deviations of the difference when articles are exchanged."""
    rates = np.sqrt(counts / np.maximum(lengths, 1)[:, None])
    centred = rates - rates.mean(axis=0)
    deviation = np.sqrt((centred**2).sum(axis=0))
    scaled = centred / np.where(deviation > 1e-12, deviation, np.inf)
    found = np.abs(_weights(in_first[None]) @ scaled)[0]
    highest = np.concatenate(
        [np.abs(drawn @ scaled).max(axis=1, initial=0.0) for drawn in _exchange(in_first, seed, exchanges)]
    )
    above = len(highest) - np.searchsorted(np.sort(highest), found - 1e-9)
    return np.asarray((above + 1) / (exchanges + 1), dtype=np.float64)


def _weights(in_first: Flags) -> Floats:
    """By which the difference of two means is a sum; it has the same sign and size for all words."""
    size = in_first.sum(axis=1, keepdims=True)
    weights: Floats = np.where(in_first, 1 / size, -1 / (in_first.shape[1] - size))
    return weights


def _exchange(in_first: Flags, seed: int, exchanges: int) -> Iterator[Floats]:
    """The smaller body is drawn from all articles, so that the order of the two bodies does not matter."""
    rng, smaller = np.random.default_rng(seed), int(min(in_first.sum(), (~in_first).sum()))
    for begin in range(0, exchanges, _AT_ONCE):
        ranks = rng.random((min(_AT_ONCE, exchanges - begin), len(in_first))).argsort(axis=1).argsort(axis=1)
        yield _weights(ranks < smaller)


def exchange_labels(in_first: Flags, blocks: Ints, *, seed: int, exchanges: int) -> Flags:
    """Rows of labels, drawn by exchanging articles within each block only."""
    rng, rows = np.random.default_rng(seed), np.tile(in_first, (exchanges, 1))
    for block in np.unique(blocks):
        inside = np.flatnonzero(blocks == block)
        order = rng.random((exchanges, len(inside))).argsort(axis=1)
        rows[:, inside] = in_first[inside][order]
    return rows
