"""Fits what `find_stories` weighs, and the thresholds of its groups: `python -m training.stories DATA [KEEP]`.

ECB+ train: 25 topics with two stories each of the same kind. Twelve times, 17 topics are drawn to fit a logistic
regression over all pairs and 8 to score it, with whole stories and again with about a third of them cut down to one
article, so that texts that stand alone are there too. The weights that ship are fitted on all 25 topics.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from closeread.comparisons import story_groups
from closeread.comparisons.story_scores import WEIGHTS, Scores, measure_pairs
from closeread.comparisons.story_traits import Traits, find_traits
from evals.intervals import Floats
from evals.stories import load_ecb, measure_b_cubed

SPLITS, FITTED, THINNED = 12, 17, 0.35
# The strength of the penalty on the squares of the weights.
PENALTY = 1.0
TOGETHER, NEAREST, SECOND, SMALL = (0.4, 0.5, 0.6), (0.1, 0.2, 0.3), (0.7, 0.9), (1, 3)

Model = tuple[Floats, float]
Mixture = tuple[list[Traits], list[str]]


def stack(traits: Sequence[Traits]) -> Floats:
    """What is measured of each pair, in the order of `WEIGHTS`, as the last axis."""
    measured = dict(measure_pairs(traits))
    return np.stack([measured[name] for name in WEIGHTS], axis=-1).astype(np.float64)


def fit(mixtures: Sequence[Mixture]) -> Model:
    """Weights and intercept of a logistic regression, by Newton's method."""
    rows, same = zip(*(_list_pairs(*mixture) for mixture in mixtures), strict=True)
    table = np.concatenate(rows)
    table, gold = np.column_stack([table, np.ones(len(table))]), np.concatenate(same).astype(np.float64)
    penalty = np.diag([PENALTY] * len(WEIGHTS) + [0.0])
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        told = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (told - gold) + penalty @ weights
        weights -= np.linalg.solve((table * (told * (1 - told))[:, None]).T @ table + penalty, slope)
    return weights[:-1], float(weights[-1])


def _list_pairs(traits: Sequence[Traits], gold: Sequence[str]) -> tuple[Floats, Floats]:
    upper = np.triu_indices(len(gold), 1)
    names = np.array(gold)
    return stack(traits)[upper], names[upper[0]] == names[upper[1]]


def judge(model: Model, traits: Sequence[Traits]) -> Scores:
    scores: Scores = (1 / (1 + np.exp(-(stack(traits) @ model[0] + model[1])))).round(5).astype(np.float32)
    np.fill_diagonal(scores, 1)
    return scores


def draw(mixture: Mixture) -> Iterator[tuple[list[Mixture], list[Mixture]]]:
    """Mixtures to fit on and to score, whole and thinned."""
    topics = [int(re.split("[a-z]", story)[0]) for story in mixture[1]]
    for seed in range(SPLITS):
        rng = np.random.default_rng(seed)
        fitted = set(rng.permutation(sorted(set(topics)))[:FITTED].tolist())
        halves = [[at for at, topic in enumerate(topics) if (topic in fitted) == part] for part in (True, False)]
        fit_on, scored = ([_take(mixture, half), _take(mixture, _thin(mixture[1], half, rng))] for half in halves)
        yield fit_on, scored


def _take(mixture: Mixture, chosen: Sequence[int]) -> Mixture:
    return [mixture[0][at] for at in chosen], [mixture[1][at] for at in chosen]


def _thin(gold: Sequence[str], chosen: Sequence[int], rng: np.random.Generator) -> list[int]:
    kept: list[int] = []
    for story in sorted({gold[at] for at in chosen}):
        members = [at for at in chosen if gold[at] == story]
        kept += [members[rng.integers(len(members))]] if rng.random() < THINNED else members
    return sorted(kept)


def score_thresholds(judged: Sequence[tuple[Scores, list[str]]]) -> Iterator[tuple[tuple[float, ...], float, float]]:
    """For each choice of thresholds the mean F1, and the share of lone texts that are left alone."""
    for choice in product(TOGETHER, NEAREST, SECOND, SMALL):
        story_groups.TOGETHER, story_groups.NEAREST, story_groups.SECOND = choice[:3]
        story_groups.SMALL = int(choice[3])
        figures, lone = list[float](), list[bool]()
        for scores, gold in judged:
            labels = list(map(str, story_groups.group_texts(scores)[1].tolist()))
            figures.append(measure_b_cubed(labels, gold)[2])
            lone += [
                labels.count(label) == 1 for label, story in zip(labels, gold, strict=True) if gold.count(story) == 1
            ]
        yield choice, float(np.mean(figures)), float(np.mean(lone)) if lone else 0.0


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def main() -> None:
    """The command line."""
    keep = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    train, _ = load_ecb(Path(sys.argv[1]) / "ecbplus", keep)
    whole: Mixture = [find_traits(reading) for reading in train.readings], list(train.gold)
    rng = np.random.default_rng(SPLITS)
    weights, intercept = fit([whole, _take(whole, _thin(whole[1], range(len(whole[1])), rng))])
    fitted = {name: round(float(value), 2) for name, value in zip(WEIGHTS, weights, strict=True)}
    _write({"weights": fitted, "intercept": round(intercept, 2)})
    judged: list[tuple[Scores, list[str]]] = []
    for fit_on, scored in draw(whole):
        model = fit(fit_on)
        judged += [(judge(model, traits), gold) for traits, gold in scored]
    for choice, f1, lone in sorted(score_thresholds(judged), key=lambda row: -row[1]):
        _write({"thresholds": choice, "f1": round(f1, 4), "lone": round(lone, 4)})


if __name__ == "__main__":
    main()
