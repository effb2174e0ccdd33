"""Whether somebody who has read two bodies could tell by its wording to which of them an unseen article belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from closeread.comparisons.bodies import Counted, Floats, Text, Voices, count_pair, find_common_wording
from closeread.comparisons.delta import SHARE, refuse_short
from closeread.comparisons.exchanges import exchange_labels
from closeread.comparisons.held_out import group_by_month, scale_wording, score, split
from closeread.comparisons.numbered_words import Flags, Ints

HeldOutBy = Literal["month", "article"]

SEED = 1123
FOLDS, REPEATS = 5, 5
EXCHANGES, RESAMPLES = 199, 1000
LEAST_ARTICLES = 10
WEIGHTIEST = 10


@dataclass(frozen=True, slots=True)
class ToldApart:
    """How well articles that were held out are told apart by `words` (function words and wording, no names). `auc` is
    how often an article of the first body scores higher than one of the second: .5 is chance, 1 always; its interval
    (95 %) is by resampling articles. `p` is the share of exchanges of articles between the bodies, within a month where
    all have dates, that are told apart as well. `held_out_by` says whether whole months were held out or articles.
    `first_words` and `second_words` weigh most for either body."""

    auc: float
    low: float
    high: float
    p: float
    first_articles: int
    second_articles: int
    words: int
    held_out_by: HeldOutBy
    first_words: tuple[str, ...]
    second_words: tuple[str, ...]
    rule: str


def tell_apart(first: Sequence[Text], second: Sequence[Text], *, voices: Voices = "all") -> ToldApart:
    """The held-out test over five repeats of five folds. Raises ValueError where a body has fewer than ten articles or
    5,000 words, or as `find_keywords` does."""
    counted, in_first = count_pair(first, second, voices=voices)
    return tell_counted(counted, in_first)


def tell_counted(counted: Counted, in_first: Flags, *, exchanges: int = EXCHANGES) -> ToldApart:
    """As `tell_apart`, for texts that are counted."""
    _refuse_few(in_first)
    refuse_short(counted, in_first)
    chosen = find_common_wording(counted, SHARE)
    rows = scale_wording(counted, chosen, np.ones(len(in_first), dtype=np.bool_))
    months = group_by_month(counted.texts)
    by_month = months is not None and len(np.unique(months)) >= FOLDS
    single = np.arange(len(in_first))
    blocks = months if months is not None else np.zeros_like(single)
    drawn = exchange_labels(in_first, blocks, seed=SEED, exchanges=exchanges)
    labels = np.concatenate([in_first[None], drawn])
    scores = _score_held_out(rows, labels, months if by_month and months is not None else single)
    aucs = np.array([measure_auc(scores[:, at], labels[at]) for at in range(len(labels))])
    low, high = _find_interval(scores[:, 0], in_first)
    words = _weigh(rows, in_first, [counted.words[at] for at in chosen])
    return ToldApart(
        auc=round(float(aucs[0]), 9),
        low=low,
        high=high,
        p=(int((aucs[1:] >= aucs[0] - 1e-9).sum()) + 1) / (exchanges + 1),
        first_articles=int(in_first.sum()),
        second_articles=int((~in_first).sum()),
        words=len(chosen),
        held_out_by="month" if by_month else "article",
        first_words=words[0],
        second_words=words[1],
        rule="telling-apart.months" if by_month else "telling-apart.articles",
    )


def _refuse_few(in_first: Flags) -> None:
    for name, articles in (("first", int(in_first.sum())), ("second", int((~in_first).sum()))):
        if articles < LEAST_ARTICLES:
            raise ValueError(
                f"the {name} body has {articles} articles; to hold some out and learn from the rest takes "
                f"{LEAST_ARTICLES} at least"
            )


def _score_held_out(rows: Floats, labels: Flags, groups: Ints) -> Floats:
    """A column of scores for each row of labels, the mean over the repeats."""
    rng, scores = np.random.default_rng(SEED), np.zeros((len(rows), len(labels)))
    sides = np.where(labels.T, 1.0, -1.0)
    for _ in range(REPEATS):
        for out in split(groups, FOLDS, rng):
            known = sides[~out]
            found = score(rows[~out], rows[out], known, np.ones_like(known))
            scores[out] += found - known.mean(axis=0)
    return scores / REPEATS


def measure_auc(scores: Floats, in_first: Flags) -> float:
    """How often a score of the first body is higher than one of the second; equal ones count half."""
    one, other = scores[in_first], np.sort(scores[~in_first])
    below = np.searchsorted(other, one, side="left") + np.searchsorted(other, one, side="right")
    return float(below.sum() / (2 * len(one) * len(other)))


def _find_interval(scores: Floats, in_first: Flags) -> tuple[float, float]:
    rng, drawn = np.random.default_rng(SEED), []
    one, other = scores[in_first], scores[~in_first]
    sides = np.arange(len(scores)) < len(one)
    for _ in range(RESAMPLES):
        sample = np.concatenate([rng.choice(one, len(one)), rng.choice(other, len(other))])
        drawn.append(measure_auc(sample, sides))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return round(float(low), 9), round(float(high), 9)


def _weigh(rows: Floats, in_first: Flags, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words whose weights are largest for either body, in all articles."""
    sides = np.where(in_first, 1.0, -1.0)[:, None]
    identity = np.eye(rows.shape[1])
    weights = (score(rows, identity, sides, np.ones_like(sides)) - sides.mean())[:, 0]
    order = sorted(range(len(words)), key=lambda at: (-round(weights[at], 9), words[at]))
    return tuple(words[at] for at in order[:WEIGHTIEST]), tuple(words[at] for at in order[::-1][:WEIGHTIEST])
