"""Confidence of whole attributions, fitted on the held-out months: `python -m training.calibrate CORPUS SCORES`.

A logistic regression on what decoding knows of each attribution. Its own figures are cross-fitted by article, so
that no attribution is judged by weights that have seen it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from evals.attribution_scores import Tokens, match, to_sets
from training.decode import EVIDENCE, Taste, choose_spans, decode_posterior, evidence, link
from training.links import Floats
from training.tune import Read, load_reads, load_taste

FOLDS = 5
RIDGE = 1.0


def judge(read: Read, taste: Taste) -> tuple[Floats, Floats, int]:
    """Evidence and rightness of each attribution found in one article, and the number in gold."""
    tokens = Tokens(read.document.text)
    found = to_sets(tokens, decode_posterior(read.posterior, read.scores, read.words, taste))
    gold = to_sets(tokens, read.document.gold)
    relations = link(choose_spans(read.posterior, taste), read.scores, taste)
    rows = np.array([evidence(each, read.posterior) for each in relations]).reshape(-1, len(EVIDENCE))
    right = np.zeros(len(found))
    right[list(match(found, gold))] = 1.0
    return rows, right, len(gold)


def fit(rows: Floats, right: Floats) -> Floats:
    """Weights of a logistic regression with a slight pull to nothing, by Newton's steps."""
    weights = np.zeros(rows.shape[1])
    pull = RIDGE * np.eye(rows.shape[1])
    pull[0, 0] = 0.0
    for _ in range(25):
        sure = predict(rows, weights)
        slope = rows.T @ (right - sure) - pull @ weights
        curve = (rows * (sure * (1 - sure))[:, None]).T @ rows + pull
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def predict(rows: Floats, weights: Floats) -> Floats:
    """Probability of being right for each row."""
    return 1 / (1 + np.exp(-(rows @ weights)))


def cross_fit(judged: Sequence[tuple[Floats, Floats, int]]) -> Floats:
    """The confidence of every attribution from weights fitted on the other folds of articles."""
    parts: list[Floats] = [np.zeros(len(right)) for _, right, _ in judged]
    for fold in range(FOLDS):
        others = [each for index, each in enumerate(judged) if index % FOLDS != fold]
        weights = fit(np.concatenate([each[0] for each in others]), np.concatenate([each[1] for each in others]))
        for index in range(fold, len(judged), FOLDS):
            parts[index] = predict(judged[index][0], weights)
    return np.concatenate(parts)


def threshold_table(sure: Floats, right: Floats, gold: int) -> list[dict[str, float]]:
    """For each threshold the share that is right and the share of gold that is covered."""
    table = []
    for threshold in np.arange(0.5, 0.96, 0.05):
        kept = sure >= threshold
        share = float(right[kept].mean()) if kept.any() else 0.0
        covered = float(right[kept].sum() / gold)
        table.append({"threshold": round(float(threshold), 2), "right": round(share, 3), "covered": round(covered, 3)})
    return table


def reliability(sure: Floats, right: Floats) -> list[dict[str, float]]:
    """By tenth of confidence: how many, mean confidence, share right."""
    tenths = np.minimum((sure * 10).astype(int), 9)
    return [
        {
            "n": int((tenths == tenth).sum()),
            "confidence": round(float(sure[tenths == tenth].mean()), 3),
            "right": round(float(right[tenths == tenth].mean()), 3),
        }
        for tenth in range(10)
        if (tenths == tenth).any()
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Fit the confidence on the held-out months.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("scores", type=Path)
    parser.add_argument("--taste", type=Path, default=None, help="JSON file with the decoding, as tune prints it")
    asked = parser.parse_args()
    taste = replace(load_taste(asked.taste), trust=())
    judged = [judge(read, taste) for read in load_reads(asked.corpus, asked.scores)]
    rows, right = np.concatenate([each[0] for each in judged]), np.concatenate([each[1] for each in judged])
    sure = cross_fit(judged)
    weights = dict(zip(EVIDENCE, np.round(fit(rows, right), 4).tolist(), strict=True))
    report = {
        "weights": weights,
        "thresholds": threshold_table(sure, right, sum(each[2] for each in judged)),
        "reliability": reliability(sure, right),
    }
    print(json.dumps(report, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
