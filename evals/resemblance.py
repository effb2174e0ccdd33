"""Bodies of texts held against each other: `python -m evals resemblance POLNEAR_FOLDER`.

Halves of one outlet, which must not be found to differ; pairs of outlets; and bodies whose outlet is known, placed
among others, by which the score is calibrated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from closeread.article import Article
from closeread.comparisons.bodies import Counted, Text, Voices, count_texts, find_common_wording
from closeread.comparisons.delta import SHARE, list_distances
from closeread.comparisons.held_out import group_by_month, scale_wording
from closeread.comparisons.keyness import LEAST_ARTICLES, LEVEL, SEED, measure_words
from closeread.comparisons.placing import (
    INCONCLUSIVE,
    LEAST_KNOWN_WORDS,
    LEAST_WORDS,
    OFFSET,
    SLOPE,
    measure_nearness,
    to_score,
)
from closeread.comparisons.telling_apart import tell_counted
from closeread.findings import Reading
from closeread.intake import load_text
from evals.intervals import to_number, wilson
from evals.polnear_corpus import load_split

# Halves per outlet; fewer for the slower measures.
HALVES, FEW_HALVES = 200, 30
EXCHANGES = 399
TRIALS, ALIKE_TRIALS = 2000, 200
PLACED, KNOWN = (5, 10, 20), (20, 30, 40, 60)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Corpus:
    """The articles counted together, and the outlet of each."""

    counted: Counted
    outlet: npt.NDArray[np.str_]

    @property
    def outlets(self) -> list[str]:
        return sorted(set(self.outlet.tolist()))


@dataclass(frozen=True, slots=True)
class Trial:
    """A body of `placed` articles of outlet `source`, held against outlet `asked` among `bodies` of `known` articles of
    other months. `kind`: in (source is asked), closed (source is another of the bodies), open (none of them)."""

    kind: str
    asked: str
    source: str
    placed: int
    bodies: int
    known: int
    nearness: float


def evaluate(folder: Path, readings: Path | None = None) -> dict[str, Any]:
    """`folder` is laid out as PolNeAR. With `readings`, one reading of it per line, own voice is measured too."""
    corpus = load(folder)
    record = measure(corpus)
    if readings is not None:
        record["own_voice"] = measure(load_readings(folder, readings))
    return record


def measure(corpus: Corpus, trials: int = TRIALS) -> dict[str, Any]:
    return {
        "articles": len(corpus.outlet),
        "halves": measure_halves(corpus),
        "pairs": measure_pairs(corpus),
        "placing": describe(list(run_trials(corpus, trials))),
        "alike": _summarise_alike([to_score(each) for each in run_alike(corpus, ALIKE_TRIALS)]),
    }


def evaluate_fast(folder: Path) -> dict[str, Any]:
    """What floors hold: placing, in 400 trials."""
    return describe(list(run_trials(load(folder), 400)))


def load(folder: Path) -> Corpus:
    documents = {document.name: document for document in load_split(folder, "train")}
    texts = [_date(load_text(each.text, source=each.name)) for each in documents.values()]
    return _count(texts, {name: document.outlet for name, document in documents.items()}, "all")


def load_readings(folder: Path, readings: Path) -> Corpus:
    outlets = {document.name: document.outlet for document in load_split(folder, "train")}
    texts = [Reading.from_json(line) for line in readings.read_text(encoding="utf-8").splitlines()]
    return _count([replace(each, article=_date(each.article)) for each in texts], outlets, "own")


def _date(article: Article) -> Article:
    return replace(article, date=article.source.split("_")[1])


def _count(texts: Sequence[Text], outlets: dict[str, str], voices: Voices) -> Corpus:
    counted = count_texts(texts, voices=voices)
    return Corpus(counted, np.array([outlets[article.source] for article in counted.texts]))


def measure_halves(corpus: Corpus) -> dict[str, Any]:
    """The share of halves of an outlet, split at random, in which a difference is found."""
    keyness = {outlet: list(_halve(corpus, outlet, HALVES, _find_by_words)) for outlet in corpus.outlets}
    slower = {outlet: list(_halve(corpus, outlet, FEW_HALVES, _find_by_body)) for outlet in corpus.outlets}
    record: dict[str, Any] = {}
    for part in (keyness, slower):
        names = next(iter(part.values()))[0]
        for name in names:
            runs = [each[name] for found in part.values() for each in found]
            worst = {outlet: sum(each[name] for each in found) / len(found) for outlet, found in part.items()}
            record[name] = {
                "n": len(runs),
                "differ": to_number(np.mean(runs)),
                "ci": wilson(sum(runs), len(runs)),
                "by_outlet": worst,
            }
    return record


def _halve(
    corpus: Corpus, outlet: str, times: int, find: Callable[[Counted, Flags, int], dict[str, bool]]
) -> Iterable[dict[str, bool]]:
    rng = np.random.default_rng(SEED)
    counted = corpus.counted.take(corpus.outlet == outlet)
    for number in range(times):
        half = rng.permutation(len(counted.texts)) < len(counted.texts) // 2
        yield find(counted, half, number)


def _find_by_words(counted: Counted, half: Flags, number: int) -> dict[str, bool]:
    return {name: found > 0 for name, found in _count_keywords(counted, half, number).items()}


def _count_keywords(counted: Counted, half: Flags, number: int) -> dict[str, int]:
    """How many words each test finds at a family-wise level of .05."""
    table = measure_words(counted, half, least_articles=LEAST_ARTICLES, exchanges=EXCHANGES, seed=SEED + number)
    g2 = table.columns["log_likelihood"]
    return {
        "g2": int((g2 > critical(LEVEL / max(1, len(g2)))).sum()),
        "lrc": int((table.columns["conservative_log_ratio"] != 0).sum()),
        "articles": int((table.columns["p"] <= LEVEL).sum()),
    }


def _find_by_body(counted: Counted, half: Flags, _: int) -> dict[str, bool]:
    distances = list_distances(counted, half, exchanges=99)
    found = {f"{each.kind} {each.over}": each.p <= LEVEL for each in distances}
    return found | {"told apart": tell_counted(counted, half, exchanges=99).p <= LEVEL}


def critical(level: float) -> float:
    """The G2 that chance exceeds in that share of cases: chi square with one degree of freedom, by halving."""
    from math import erfc, sqrt

    low, high = 0.0, 1000.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if erfc(sqrt(middle / 2)) > level else (low, middle)
    return high


def measure_pairs(corpus: Corpus) -> list[dict[str, Any]]:
    """Each pair of outlets, all their articles."""
    rows = []
    for one, other in combinations(corpus.outlets, 2):
        counted = corpus.counted.take((corpus.outlet == one) | (corpus.outlet == other))
        first = corpus.outlet[(corpus.outlet == one) | (corpus.outlet == other)] == one
        told, distances = tell_counted(counted, first, exchanges=99), list_distances(counted, first, exchanges=99)
        rows.append(
            {
                "first": one,
                "second": other,
                "auc": to_number(told.auc),
                "auc_ci": [to_number(told.low), to_number(told.high)],
                "auc_p": told.p,
                "words_that_differ": _count_keywords(counted, first, 0),
                "delta_p": {f"{each.kind} {each.over}": each.p for each in distances},
            }
        )
    return rows


def run_trials(corpus: Corpus, trials: int) -> Iterable[Trial]:
    """Half of the bodies are of the outlet asked for, a quarter of another that is given, a quarter of none given."""
    rng = np.random.default_rng(SEED)
    months = group_by_month(corpus.counted.texts)
    assert months is not None
    for _ in range(trials):
        early = np.isin(months, rng.permutation(months.max() + 1)[: (months.max() + 1) // 2])
        outlets = rng.permutation(corpus.outlets).tolist()
        bodies, placed, known = int(rng.integers(2, 7)), int(rng.choice(PLACED)), int(rng.choice(KNOWN))
        kind = str(rng.choice(["in", "in", "closed", "open"]))
        source = outlets[{"in": 0, "closed": 1, "open": int(rng.integers(bodies, 7))}[kind]]
        of = np.full(len(corpus.outlet), -1)
        for number, outlet in enumerate(outlets[:bodies], 1):
            of[rng.permutation(np.flatnonzero(early & (corpus.outlet == outlet)))[:known]] = number
        of[rng.permutation(np.flatnonzero(~early & (corpus.outlet == source)))[:placed]] = 0
        nearness = _near(corpus.counted.take(of >= 0), of[of >= 0], months[of >= 0])
        if nearness is not None:
            yield Trial(kind, outlets[0], source, placed, bodies, known, nearness)


def run_alike(corpus: Corpus, trials: int) -> Iterable[float]:
    """Two bodies of 25 articles of one outlet and a third body of it: it cannot be said to be like one of them only."""
    rng = np.random.default_rng(SEED)
    months = group_by_month(corpus.counted.texts)
    assert months is not None
    for _ in range(trials):
        early = np.isin(months, rng.permutation(months.max() + 1)[: (months.max() + 1) // 2])
        inside, of = corpus.outlet == rng.choice(corpus.outlets), np.full(len(corpus.outlet), -1)
        known = rng.permutation(np.flatnonzero(early & inside))
        of[known[:25]], of[known[25:50]] = 1, 2
        of[rng.permutation(np.flatnonzero(~early & inside))[: int(rng.choice(PLACED))]] = 0
        nearness = _near(corpus.counted.take(of >= 0), of[of >= 0], months[of >= 0])
        if nearness is not None:
            yield nearness


def _summarise_alike(scores: Sequence[float]) -> dict[str, Any]:
    spoke = sum(not INCONCLUSIVE[0] < each < INCONCLUSIVE[1] for each in scores)
    return {"n": len(scores), "spoke": to_number(spoke / len(scores)), "ci": wilson(spoke, len(scores))}


def _near(counted: Counted, of: npt.NDArray[np.int64], months: npt.NDArray[np.int64]) -> float | None:
    """None where `place_body` would refuse for want of words."""
    words = np.bincount(of, counted.wording_lengths())
    if words[0] < LEAST_WORDS or (words[1:] < LEAST_KNOWN_WORDS).any():
        return None
    chosen = find_common_wording(counted.take(of > 0), SHARE)
    return measure_nearness(scale_wording(counted, chosen, of > 0), of, 1, months)


def describe(trials: Sequence[Trial]) -> dict[str, Any]:
    """With the shipped curve, and with one fitted on the trials that do not ask for, nor draw from, the same outlet."""
    right = np.array([trial.kind == "in" for trial in trials])
    near = np.array([trial.nearness for trial in trials])
    shipped = np.array([to_score(each) for each in near])
    held_out = np.full(len(trials), np.nan)
    for outlet in sorted({trial.asked for trial in trials}):
        asked = np.array([trial.asked == outlet for trial in trials])
        apart = np.array([outlet not in (trial.asked, trial.source) for trial in trials])
        held_out[asked] = [to_score(each, *fit(near[apart], right[apart])) for each in near[asked]]
    return {
        "curve": {"shipped": [SLOPE, OFFSET], "fitted": [round(each, 3) for each in fit(near, right)]},
        "shipped": _summarise(shipped, right),
        "held_out": _summarise(held_out, right),
        "reliability": _tabulate(held_out, right),
        "by_placed": {
            str(size): _summarise(held_out[chosen], right[chosen])
            for size in PLACED
            if (chosen := np.array([trial.placed == size for trial in trials])).any()
        },
        "by_kind": {
            kind: _summarise(held_out[chosen], right[chosen])
            for kind in ("in", "closed", "open")
            if (chosen := np.array([trial.kind == kind for trial in trials])).any()
        },
        "by_outlet": {
            outlet: _summarise(held_out[chosen], right[chosen])
            for outlet in sorted({trial.asked for trial in trials})
            if (chosen := np.array([trial.asked == outlet for trial in trials])).any()
        },
    }


def fit(near: Floats, right: Flags) -> tuple[float, float]:
    """Slope and offset of a logistic curve by Newton's method."""
    rows, weights = np.stack([near, np.ones_like(near)], axis=1), np.zeros(2)
    for _ in range(50):
        share = 1 / (1 + np.exp(-rows @ weights))
        bend = (rows * (share * (1 - share))[:, None]).T @ rows + 1e-6 * np.eye(2)
        weights += np.linalg.solve(bend, rows.T @ (right - share))
    return float(weights[0]), float(weights[1])


def _summarise(scores: Floats, right: Flags) -> dict[str, Any]:
    """`spoke`: the share of conclusive scores; `wrong`: of these, the share on the wrong side."""
    low, high = scores <= INCONCLUSIVE[0], scores >= INCONCLUSIVE[1]
    spoke, wrong = low | high, (low & right) | (high & ~right)
    return {
        "n": len(scores),
        "spoke": to_number(spoke.mean()),
        "wrong": to_number(wrong.sum() / max(1, spoke.sum())),
        "wrong_ci": wilson(int(wrong.sum()), int(spoke.sum())),
        "high": [int(high.sum()), int((high & ~right).sum())],
        "low": [int(low.sum()), int((low & right).sum())],
        "calibration_error": to_number(_error(scores, right)),
        "brier": to_number(((scores - right) ** 2).mean()),
    }


def _tenths(scores: Floats) -> npt.NDArray[np.int64]:
    return np.minimum((scores * 10).astype(np.int64), 9)


def _error(scores: Floats, right: Flags) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = _tenths(scores)
    inside = [bins == number for number in np.unique(bins)]
    return float(sum(each.mean() * abs(scores[each].mean() - right[each].mean()) for each in inside))


def _tabulate(scores: Floats, right: Flags) -> list[dict[str, Any]]:
    """One row per tenth, as `evals.calibration_plot` draws them."""
    rows = []
    for number in range(10):
        inside = _tenths(scores) == number
        if inside.any():
            rows.append(
                {
                    "stated": to_number(scores[inside].mean()),
                    "right": to_number(right[inside].mean()),
                    "right_ci": wilson(int(right[inside].sum()), int(inside.sum())),
                    "n": int(inside.sum()),
                }
            )
    return rows
