"""What the evaluators of loaded language share: tallies of words, the lexicon baseline, bins of probability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from closeread.article import find_words
from evals.babe_corpus import Judged
from evals.intervals import RESAMPLES, SEED, percentiles, to_number, wilson

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
SMOOTHING = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text: which were found, which people marked."""

    found: Bools
    gold: Bools

    @property
    def counts(self) -> tuple[int, int, int]:
        """Right, found, gold."""
        return int((self.found & self.gold).sum()), int(self.found.sum()), int(self.gold.sum())


def to_flags(words: Iterable[int], count: int) -> Bools:
    """An array of `count` words with those of the indexes true."""
    flags = np.zeros(count, dtype=bool)
    flags[list(words)] = True
    return flags


def score_words(texts: Sequence[Words]) -> dict[str, Any]:
    """Precision, recall and F1 over all words together, F1 with its interval by text, and what chance would give:
    as many words drawn blindly are right in the share of gold, and find the share that is drawn."""
    counts = np.array([text.counts for text in texts], dtype=float)
    right, found, gold = counts.sum(axis=0)
    words = sum(len(text.gold) for text in texts)
    drawn = np.random.default_rng(SEED).integers(0, len(texts), (RESAMPLES, len(texts)))
    samples = counts[drawn].sum(axis=1)
    f1 = np.array([_f1(*row) for row in samples])
    return {
        "p": to_number(right / found if found else np.nan),
        "r": to_number(right / gold if gold else np.nan),
        "f1": to_number(_f1(right, found, gold)),
        "f1_ci": percentiles(f1),
        "chance": {"p": to_number(gold / words), "r": to_number(found / words)},
        "words": words,
        "gold": int(gold),
        "found": int(found),
    }


def _f1(right: float, found: float, gold: float) -> float:
    return 2 * right / (found + gold) if found + gold else float("nan")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The baseline: words by the log odds of being marked in a corpus, and the value from which one is taken."""

    weights: dict[str, float]
    threshold: float

    def find(self, text: str) -> Bools:
        """Which words of a text are taken."""
        words = (text[start:end].lower() for start, end in find_words(text))
        taken = [self.weights.get(word, float("-inf")) >= self.threshold for word in words]
        return np.array(taken, dtype=bool)


def learn_lexicon(train: Sequence[Judged]) -> Lexicon:
    """Smoothed log odds over train. The threshold is the one with the best F1 on the held-out part of train, with the
    log odds of the rest."""
    kept, held_out = ([each for each in train if each.held_out is held] for held in (False, True))
    trial = weigh(kept)
    best = max(np.arange(-1.0, 8.0, 0.1), key=lambda value: _trial(Lexicon(trial, float(value)), held_out))
    return Lexicon(weigh(train), float(best))


def _trial(lexicon: Lexicon, judged: Sequence[Judged]) -> float:
    texts = [to_words(each, lexicon.find(each.text)) for each in judged]
    return float(_f1(*np.array([text.counts for text in texts]).sum(axis=0)))


def to_words(judged: Judged, found: Bools) -> Words:
    """What was found in a judged sentence beside what people marked there."""
    return Words(found, to_flags(judged.loaded, len(found)))


def weigh(judged: Sequence[Judged]) -> dict[str, float]:
    """The log odds of each word to be marked, less those of all words, each count with SMOOTHING added."""
    marked: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for each in judged:
        for index, (start, end) in enumerate(find_words(each.text)):
            (marked if index in each.loaded else plain)[each.text[start:end].lower()] += 1
    everywhere = log(marked.total() / plain.total())
    return {
        word: log((marked[word] + SMOOTHING) / (plain[word] + SMOOTHING)) - everywhere for word in {*marked, *plain}
    }


def bin_by_tenth(shares: Floats, right: Bools) -> list[dict[str, Any]]:
    """For each tenth of the probability: how many, their mean probability, the share that is right and its interval."""
    table = []
    tenths = np.minimum((shares * 10).astype(int), 9)
    for tenth in range(10):
        held = tenths == tenth
        if held.any():
            hits, count = int(right[held].sum()), int(held.sum())
            table.append(
                {
                    "from": tenth / 10,
                    "n": count,
                    "stated": to_number(shares[held].mean()),
                    "right": to_number(hits / count),
                    "right_ci": wilson(hits, count),
                }
            )
    return table
