"""Keyness of words from four numbers: how often each of two bodies has the word, and how many words each body has."""

from __future__ import annotations

import numpy as np

from closeread.comparisons.beta_quantiles import Floats, find_quantiles, share_below

# What stands for a count of 0 in a log ratio (Hardie).
INSTEAD_OF_NONE = 0.5


def measure_log_ratio(first: Floats, second: Floats, first_words: float, second_words: float) -> Floats:
    """Hardie's log ratio: the binary logarithm of the ratio of the rates; +1 is twice as often in the first body."""
    one, other = (np.where(counts > 0, counts, INSTEAD_OF_NONE) for counts in (first, second))
    return np.asarray(np.log2((one / first_words) / (other / second_words)), dtype=np.float64)


def measure_log_likelihood(first: Floats, second: Floats, first_words: float, second_words: float) -> Floats:
    """Dunning's G2 over the four cells of the table (the word and all other words in both bodies), 0 or more."""
    total = first_words + second_words
    cells = ((first, first_words), (second, second_words))
    g2 = np.zeros_like(first, dtype=np.float64)
    for counts, words in cells:
        for seen, rate in ((counts, (first + second) / total), (words - counts, 1 - (first + second) / total)):
            expected = words * rate
            g2 += 2 * seen * np.log(np.where(seen > 0, seen, 1) / np.where(seen > 0, expected, 1))
    return np.maximum(g2, 0.0)


def measure_conservative_ratio(
    first: Floats, second: Floats, first_words: float, second_words: float, *, level: float, family: int
) -> Floats:
    """Evert's LRC: the end of the interval of the log ratio that is nearer to 0, and 0 where the interval holds 0.

    The interval is exact: of all occurrences of a word, those in the first body are binomial, given the sum of two
    Poisson counts. Two-sided at `level`, which is divided by the `family` of words that are looked at (Bonferroni)."""
    tail = level / 2 / family
    more = first * second_words >= second * first_words
    one, other = np.where(more, first, second), np.where(more, second, first)
    one_words, other_words = np.where(more, first_words, second_words), np.where(more, second_words, first_words)
    ratio = np.zeros(len(first))
    seen = np.flatnonzero(one > 0)
    share = one_words[seen] / (one_words[seen] + other_words[seen])
    far = seen[share_below(share, one[seen], other[seen] + 1) < tail]
    if len(far):
        odds = find_quantiles(tail, one[far], other[far] + 1)
        ratio[far] = np.maximum(np.log2(odds * other_words[far] / one_words[far]), 0.0)
    return np.where(more, ratio, -ratio)
