"""Ridge regression on the wording of articles, each article scored by what was learnt from others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from closeread.article import Article
from closeread.comparisons.bodies import Counted, Floats
from closeread.comparisons.numbered_words import Flags, Ints

# How strongly weights are held back, against the mean square of the rates. From .1 up to 100 it was tried on PolNeAR
# train (2026-11): from 3 on the figures hardly move, below they fall.
RIDGE = 10.0


def scale_wording(counted: Counted, chosen: Ints, learnt_from: Flags) -> Floats:
    """Square roots of the rates of the chosen words, in standard deviations from the mean of the texts learnt from."""
    rates = np.sqrt(counted.count(chosen, wording=True) / np.maximum(counted.wording_lengths(), 1)[:, None])
    deviation = rates[learnt_from].std(axis=0)
    scaled = (rates - rates[learnt_from].mean(axis=0)) / np.where(deviation > 1e-12, deviation, np.inf)
    return np.asarray(scaled, dtype=np.float64)


def score(known: Floats, asked: Floats, sides: Floats, weights: Floats) -> Floats:
    """Scores of the rows `asked`, one column per column of `sides`: about +1 for what is like the rows whose side is
    +1, -1 for what is like the others. `weights` of the rows `known` have a mean of 1 in each column."""
    width = max(1, known.shape[1])
    near, far = known @ known.T / width, asked @ known.T / width
    scores = np.empty((len(asked), sides.shape[1]))
    columns, which = np.unique(weights, axis=1, return_inverse=True)
    for number in range(columns.shape[1]):
        weight, own = columns[:, number], np.flatnonzero(which.ravel() == number)
        mean = (weight[:, None] * sides[:, own]).sum(axis=0) / weight.sum()
        scores[:, own] = far @ np.linalg.solve(near + np.diag(RIDGE / weight), sides[:, own] - mean) + mean
    return scores


def group_by_month(articles: tuple[Article, ...]) -> Ints | None:
    """A number for each month, the same for articles of one month; None where an article has no date."""
    months = [(article.date or "")[:7] for article in articles]
    if not all(len(month) == 7 and month[:4].isdigit() for month in months):
        return None
    return np.unique(months, return_inverse=True)[1].astype(np.int64)


def split(groups: Ints, folds: int, rng: np.random.Generator) -> Iterator[Flags]:
    """Which rows are held out, fold by fold; a group is never parted. Groups are dealt out, the largest first, to the
    smallest fold, so that folds are of like size."""
    sizes = np.bincount(groups)
    order = rng.permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]
    held, fold_of = np.zeros(folds), np.zeros(len(sizes), dtype=np.int64)
    for group in order.tolist():
        fold_of[group] = int(held.argmin())
        held[fold_of[group]] += sizes[group]
    for fold in range(folds):
        out = fold_of[groups] == fold
        if out.any() and not out.all():
            yield out
