"""Calibration of a head on the held-out articles of BABE train, with the graph as it will be run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from closeread.encoder.loaded import Calibration, LoadedReader, LoadedScores, evidence, find_phrases, is_name
from closeread.encoder.model import Read
from evals.babe import macro_f1
from evals.babe_corpus import Judged
from evals.loaded_words import Floats, score_words, to_flags, to_words
from training.choose import FOLDS, fit, predict

# Of the phrases above the threshold for certain, this share must be right.
SURE = 0.9
# Fewer phrases than this say nothing about a share.
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one sentence: what speaks for each, whether people marked at least half of its words, and how many
    of the words they marked are in each."""

    rows: Floats
    right: Floats
    covered: Floats


def calibrate(reader: LoadedReader, judged: Sequence[Judged], reads: Sequence[Read]) -> tuple[Calibration, Any]:
    """The calibration, and the figures on the same sentences."""
    raw = [reader.score_raw(read, whole=True) for read in reads]
    named = [is_name(read) for read in reads]
    words = np.concatenate([scores[~held] for (scores, _), held in zip(raw, named, strict=True)])
    marked = np.concatenate([to_flags(each.loaded, len(held))[~held] for each, held in zip(judged, named, strict=True)])
    known = [at for at, each in enumerate(judged) if each.biased is not None]
    biased = np.array([float(bool(judged[at].biased)) for at in known])
    sentences = np.array([max(score for _, score in raw[at][1]) for at in known])
    calibration = Calibration(words=_line(words, marked.astype(float)), sentences=_line(sentences, biased))
    reader.calibration = calibration
    scores = [reader.score(read, whole=True) for read in reads]
    calibration = replace(calibration, threshold=_best_threshold(scores, judged))
    called = np.array([scores[at].biased.max() for at in known]) >= 0.5
    figures = {
        "sentences": {"macro_f1": macro_f1(called, biased == 1), "n": len(known)},
        "words": score_words(
            [to_words(each, held.loaded >= calibration.threshold) for each, held in zip(judged, scores, strict=True)]
        ),
    }
    return _set_confidence(calibration, judged, reads, scores=scores, figures=figures)


def _line(scores: Floats, right: Floats) -> tuple[float, float]:
    """Factor and sum of a logistic regression on one score (Platt 1999)."""
    both = fit(np.stack([np.ones(len(scores)), scores], axis=1), right)
    return round(float(both[1]), 4), round(float(both[0]), 4)


def _best_threshold(scores: Sequence[LoadedScores], judged: Sequence[Judged]) -> float:
    """The probability from which a word is taken: the one with the best F1 of words."""

    def f1(threshold: float) -> float:
        texts = [to_words(each, held.loaded >= threshold) for each, held in zip(judged, scores, strict=True)]
        return float(score_words(texts)["f1"] or 0.0)

    return round(float(max(np.arange(0.1, 0.6, 0.02), key=f1)), 2)


def _set_confidence(
    calibration: Calibration,
    judged: Sequence[Judged],
    reads: Sequence[Read],
    *,
    scores: Sequence[LoadedScores],
    figures: dict[str, Any],
) -> tuple[Calibration, Any]:
    """The weights of the confidence, and the lowest threshold at which, cross-fitted, SURE is kept."""
    phrases = [_judge(*each, calibration) for each in zip(judged, reads, scores, strict=True)]
    held = [each for each in phrases if len(each.right)]
    if len(held) < FOLDS:  # too little was read to set a confidence on
        return calibration, figures
    rows, right, covered = (
        np.concatenate([getattr(each, name) for each in held]) for name in ("rows", "right", "covered")
    )
    sure = _cross_fit(held)
    gold = sum(len(each.loaded) for each in judged)
    table = []
    for threshold in np.arange(0.4, 0.96, 0.02):
        kept = sure >= threshold
        if kept.sum() >= FEWEST:
            share, part = float(right[kept].mean()), float(covered[kept].sum() / gold)
            row = {"threshold": round(float(threshold), 2), "n": int(kept.sum())}
            table.append(row | {"right": round(share, 3), "covered": round(part, 3)})
    certain = next((float(row["threshold"]) for row in table if row["right"] >= SURE), None)
    trust = tuple(round(float(weight), 4) for weight in fit(rows, right))
    figures |= {"phrases": {"n": len(right), "right": float(right.mean())}, "thresholds": table}
    return replace(calibration, trust=trust, certain=certain), figures


def _judge(judged: Judged, read: Read, scores: LoadedScores, calibration: Calibration) -> Phrases:
    starts = {start: index for index, (start, _) in enumerate(scores.words)}
    ends = {end: index for index, (_, end) in enumerate(scores.words)}
    rows, right, covered = [], [], []
    for phrase in find_phrases(read.view, scores, calibration):
        run = range(starts[phrase.start], ends[phrase.end] + 1)
        hits = sum(word in judged.loaded for word in run)
        rows.append(evidence(run, scores))
        right.append(float(2 * hits >= len(run)))
        covered.append(float(hits))
    return Phrases(np.array(rows).reshape(len(rows), 4), np.array(right), np.array(covered))


def _cross_fit(held: Sequence[Phrases]) -> Floats:
    parts: list[Floats] = [np.zeros(0)] * len(held)
    for fold in range(FOLDS):
        others = [each for at, each in enumerate(held) if at % FOLDS != fold]
        weights = fit(np.concatenate([each.rows for each in others]), np.concatenate([each.right for each in others]))
        for at in range(fold, len(held), FOLDS):
            parts[at] = predict(held[at].rows, weights)
    return np.concatenate(parts)
