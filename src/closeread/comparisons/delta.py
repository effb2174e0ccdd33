"""How far two bodies lie apart in the rates of their words: Burrows' Delta and Cosine Delta, over pooled articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from closeread.comparisons.bodies import (
    Counted,
    Floats,
    Text,
    Voices,
    count_pair,
    find_common_wording,
    find_function_words,
)
from closeread.comparisons.exchanges import exchange_labels
from closeread.comparisons.numbered_words import Flags, Ints

DeltaKind = Literal["burrows", "cosine"]
WordsKind = Literal["function", "wording"]

SEED = 1123
# Words of a body, and of a sample of pooled articles (Eder 2015: 5,000 words, 2,500 at the least).
LEAST_WORDS, SAMPLE = 5000, 2500
# Wording that stands in a tenth of the articles belongs to many matters.
SHARE = 0.1
EXCHANGES = 499
HEAVIEST = 10


@dataclass(frozen=True, slots=True)
class DeltaWord:
    """A word that weighs in a distance: its rates per 1,000 words in both bodies, and its share of
    the difference of the two bodies as wholes."""

    word: str
    first_rate: float
    second_rate: float
    share: float


@dataclass(frozen=True, slots=True)
class Distance:
    """The distance of two bodies over so many `words`: function words, or wording (words, no names, that a tenth of
    the articles have). `burrows` is the mean difference in standard deviations, `cosine` is 0 (same direction) to 2,
    both the mean over all pairs of a pooled sample of the one body and one of the other. `chance_low` and `chance_high`
    hold the middle 95 % of the distance when articles are exchanged between the bodies, `p` is the share of exchanges
    with a distance as large. `first_words` and `second_words` are the words that were compared, in `samples` of pooled
    articles. `heaviest` are the ten words that weigh most, none for `cosine`."""

    kind: DeltaKind
    over: WordsKind
    words: int
    first_words: int
    second_words: int
    samples: int
    distance: float
    chance_low: float
    chance_high: float
    p: float
    heaviest: tuple[DeltaWord, ...]
    rule: str


def find_distances(first: Sequence[Text], second: Sequence[Text], *, voices: Voices = "all") -> tuple[Distance, ...]:
    """Delta and Cosine Delta over function words and over wording. Raises ValueError where a body has fewer than 5,000
    words when names, numbers and what stands word for word in two articles are left out, or as `find_keywords` does."""
    counted, in_first = count_pair(first, second, voices=voices)
    return list_distances(counted, in_first)


def list_distances(counted: Counted, in_first: Flags, *, exchanges: int = EXCHANGES) -> tuple[Distance, ...]:
    """As `find_distances`, for texts that are counted."""
    refuse_short(counted, in_first)
    function, wording = find_function_words(counted), find_common_wording(counted, SHARE)
    sets: tuple[tuple[WordsKind, Ints], ...] = (("function", function), ("wording", wording))
    return tuple(each for over, chosen in sets for each in _Distances(counted, in_first, chosen, exchanges).list(over))


def refuse_short(counted: Counted, in_first: Flags) -> None:
    """Raises ValueError where one of the bodies has too few words to be compared by them."""
    lengths = counted.wording_lengths()
    for name, words in (("first", lengths[in_first].sum()), ("second", lengths[~in_first].sum())):
        if words < LEAST_WORDS:
            raise ValueError(
                f"the {name} body has {words:,.0f} words without names and numbers; rates of words need "
                f"{LEAST_WORDS:,} (Eder 2015), so give more articles"
            )


def pool(lengths: Floats, in_first: Flags) -> Ints:
    """The sample of each article: each body is cut, in the order of its articles, into samples of like size, as many as
    have 2,500 words on average. Those of the first body have the lower numbers."""
    sample, begun = np.zeros(len(lengths), dtype=np.int64), 0
    for inside in (in_first, ~in_first):
        middle, total = np.cumsum(lengths[inside]) - lengths[inside] / 2, float(lengths[inside].sum())
        samples = max(1, int(total // SAMPLE))
        sample[inside] = begun + np.unique((middle / total * samples).astype(np.int64), return_inverse=True)[1]
        begun = int(sample[inside].max()) + 1
    return sample


class _Distances:
    """Both distances over one set of words."""

    def __init__(self, counted: Counted, in_first: Flags, chosen: Ints, exchanges: int) -> None:
        self.words, self.in_first, self.exchanges = [counted.words[at] for at in chosen], in_first, exchanges
        self.counts, self.lengths = counted.count(chosen, wording=True), counted.wording_lengths()

    def list(self, over: WordsKind) -> tuple[Distance, ...]:
        blocks = np.zeros(len(self.in_first), dtype=np.int64)
        drawn = exchange_labels(self.in_first, blocks, seed=SEED, exchanges=self.exchanges)
        found, chance = self._measure(self.in_first), [self._measure(row) for row in drawn]
        kinds: tuple[DeltaKind, ...] = ("burrows", "cosine")
        return tuple(self._tell(over, kind, found[kind], np.array([each[kind] for each in chance])) for kind in kinds)

    def _measure(self, in_first: Flags) -> dict[DeltaKind, float]:
        """The mean distance of a sample of the one body from a sample of the other."""
        scores, firsts = self._score(in_first)
        lengths = np.sqrt((scores**2).sum(axis=1))
        cosine = (scores @ scores.T)[:firsts, firsts:] / np.outer(lengths[:firsts], lengths[firsts:])
        burrows = np.mean([np.abs(scores[firsts:] - each).mean() for each in scores[:firsts]])
        return {"burrows": float(burrows), "cosine": float(1 - cosine.mean())}

    def _score(self, in_first: Flags) -> tuple[Floats, int]:
        """The rates of each sample in standard deviations from the mean, and how many samples are of the first body."""
        rates, sample = self._rates(in_first)
        deviation = rates.std(axis=0, ddof=1)
        varies = deviation > 0
        return (rates - rates.mean(axis=0))[:, varies] / deviation[varies], int(sample[in_first].max()) + 1

    def _rates(self, in_first: Flags) -> tuple[Floats, Ints]:
        sample = pool(self.lengths, in_first)
        member = (np.arange(sample.max() + 1)[:, None] == sample).astype(np.float64)
        return (member @ self.counts) / (member @ self.lengths)[:, None], sample

    def _tell(self, over: WordsKind, kind: DeltaKind, found: float, chance: Floats) -> Distance:
        low, high = np.percentile(chance, [2.5, 97.5])
        above = int((chance >= found - 1e-9).sum())
        return Distance(
            kind=kind,
            over=over,
            words=len(self.words),
            first_words=int(self.lengths[self.in_first].sum()),
            second_words=int(self.lengths[~self.in_first].sum()),
            samples=len(self._rates(self.in_first)[0]),
            distance=round(float(found), 9),
            chance_low=round(float(low), 9),
            chance_high=round(float(high), 9),
            p=(above + 1) / (self.exchanges + 1),
            heaviest=self._weigh() if kind == "burrows" else (),
            rule="delta.burrows" if kind == "burrows" else "delta.cosine",
        )

    def _weigh(self) -> tuple[DeltaWord, ...]:
        rates = [self.counts[part].sum(axis=0) / self.lengths[part].sum() for part in (self.in_first, ~self.in_first)]
        deviation = self._rates(self.in_first)[0].std(axis=0, ddof=1)
        weights = np.abs(rates[0] - rates[1]) / np.where(deviation > 0, deviation, np.inf)
        order = sorted(range(len(weights)), key=lambda at: (-round(weights[at], 9), self.words[at]))[:HEAVIEST]
        return tuple(self._to_word(at, rates, float(weights[at] / weights.sum())) for at in order)

    def _to_word(self, at: int, rates: Sequence[Floats], share: float) -> DeltaWord:
        first, second = (round(1000 * float(rate[at]), 9) for rate in rates)
        return DeltaWord(self.words[at], first, second, round(share, 9))
