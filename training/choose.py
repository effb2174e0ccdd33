"""Sets the decoding and the confidence on the held-out months, with the encoder as it will be run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from closeread.encoder.decode import EVIDENCE, Decoding, Posterior, Relation, Scores, decode, evidence, to_found
from closeread.encoder.links import Floats
from closeread.encoder.model import Encoder
from closeread.encoder.pieces import to_encoder_view
from closeread.intake import load_text
from closeread.marks import find_marks
from evals.attribution_scores import Attributed, Range, Tally, Tokens, add, match, score_article, to_sets
from evals.polnear_corpus import Document

GOAL = {
    "source.exact": 1.0,
    "cue.exact": 1.0,
    "content.exact": 1.5,
    "content.overlap": 0.5,
    "attribution": 1.5,
    "speaker_direct": 0.5,
}
BY_MODE = ("content.exact", "content.overlap", "attribution")
FOLDS = 5
RIDGE = 1.0
# Of the attributions above the threshold for certain this share must be right. Source: promise 4 of the design.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Read:
    """One article that has been read: all that decoding starts from."""

    document: Document
    scores: Scores
    posterior: Posterior

    def decode(self, decoding: Decoding) -> list[Relation]:
        return decode(self.scores, decoding, self.posterior)


def read(encoder: Encoder, document: Document) -> Read:
    """Raises ValueError where intake changes the places of a text."""
    article = load_text(document.text, source=document.name)
    scores = encoder.score(to_encoder_view(article, find_marks(article)))
    return Read(document, scores, Posterior(scores.emissions, scores.steps))


def to_attributed(relation: Relation, words: Sequence[Range]) -> Attributed:
    """A relation as the scorer takes it."""
    found = to_found(relation, words)
    sources, cue = ((place,) if place else () for place in (found.source, found.cue))
    return Attributed(found.contents, sources, cue, confidence=found.confidence)


def figure(documents: Sequence[Document], found: Iterable[Sequence[Attributed]]) -> dict[str, float]:
    """F1 by the project's scoring, in percent; of `speaker_direct` the recall."""
    tallies = add(score_article(d.text, each, d.gold) for d, each in zip(documents, found, strict=True))
    names = [name for name in GOAL if name != "speaker_direct"]
    names += [f"by_mode.{mode}.{name}" for mode in ("direct", "mixed", "indirect") for name in BY_MODE]
    figures = {name: _f1(tallies.get(name, Tally())) for name in names}
    speakers = tallies.get("speaker_direct", Tally())
    return {**figures, "speaker_direct": round(100 * speakers.found / max(1, speakers.gold), 1)}


def _f1(tally: Tally) -> float:
    precision, recall = tally.right / max(1, tally.predicted), tally.found / max(1, tally.gold)
    return round(200 * precision * recall / max(1e-9, precision + recall), 1)


def measure(reads: Sequence[Read], decoding: Decoding) -> tuple[float, dict[str, float]]:
    """The goal, and the figures it is made of."""
    found = [[to_attributed(each, one.scores.words) for each in one.decode(decoding)] for one in reads]
    figures = figure([one.document for one in reads], found)
    return sum(weight * figures[name] for name, weight in GOAL.items()) / sum(GOAL.values()), figures


def neighbours(decoding: Decoding, stride: float) -> Iterator[Decoding]:
    """Every decoding with one value moved, up and down."""
    for sign in (-1, 1):
        for role in range(3):
            price, bonus = list(decoding.price), list(decoding.bonus)
            price[role] = round(price[role] + sign * 0.1 * stride, 4)
            bonus[role] = round(max(0.0, bonus[role] + sign * 0.04 * stride), 4)
            yield replace(decoding, price=(price[0], price[1], price[2]))
            yield replace(decoding, bonus=(bonus[0], bonus[1], bonus[2]))
        for name, size in (("no_cue", 1.0), ("no_source", 0.5), ("alone", 1.0), ("even", 0.1), ("speaker", 0.25)):
            moved = round(getattr(decoding, name) + sign * size * stride, 4)
            yield replace(decoding, **{name: moved})


def climb(reads: Sequence[Read], decoding: Decoding) -> Iterator[tuple[Decoding, float, dict[str, float]]]:
    """Each decoding that is better than the one before it: one value at a time is moved while the goal rises."""
    best, figures = measure(reads, decoding)
    yield decoding, best, figures
    for stride in (1.0, 0.5):
        moved = True
        while moved:
            moved = False
            for other in neighbours(decoding, stride):
                goal, figures = measure(reads, other)
                if goal > best + 0.02:
                    decoding, best, moved = other, goal, True
                    yield decoding, best, figures
                    break


@dataclass(frozen=True, slots=True)
class Judged:
    """The attributions of one article: what speaks for each, whether it is right; and how many are in gold."""

    rows: Floats
    right: Floats
    gold: int


def judge(one: Read, decoding: Decoding) -> Judged:
    """Every attribution of one article against gold."""
    tokens = Tokens(one.document.text)
    relations = one.decode(replace(decoding, trust=(), least=0.0))
    found = to_sets(tokens, [to_attributed(each, one.scores.words) for each in relations])
    gold = to_sets(tokens, one.document.gold)
    right = np.zeros(len(found))
    right[list(match(found, gold))] = 1.0
    rows = [evidence(each, one.posterior, one.scores.quoted) for each in relations]
    return Judged(np.array(rows).reshape(len(rows), len(EVIDENCE)), right, len(gold))


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


def cross_fit(judged: Sequence[Judged]) -> Floats:
    """The confidence of every attribution, by weights fitted on the other folds of articles."""
    parts: list[Floats] = [np.zeros(len(each.right)) for each in judged]
    for fold in range(FOLDS):
        others = [each for index, each in enumerate(judged) if index % FOLDS != fold and len(each.right)]
        weights = fit(np.concatenate([each.rows for each in others]), np.concatenate([each.right for each in others]))
        for index in range(fold, len(judged), FOLDS):
            if len(judged[index].right):
                parts[index] = predict(judged[index].rows, weights)
    return np.concatenate(parts)


def thresholds(sure: Floats, right: Floats, gold: int) -> list[dict[str, float]]:
    """For each threshold the share that is right and the share of gold that is covered."""
    table = []
    for threshold in np.arange(0.5, 0.96, 0.02):
        kept = sure >= threshold
        share = float(right[kept].mean()) if kept.any() else 0.0
        covered = float(right[kept].sum() / gold)
        table.append({"threshold": round(float(threshold), 2), "right": round(share, 3), "covered": round(covered, 3)})
    return table


def set_confidence(reads: Sequence[Read], decoding: Decoding) -> tuple[Decoding, list[dict[str, float]]]:
    """The decoding with its confidence fitted and the lowest threshold for certain that keeps SURE, cross-fitted."""
    judged = [judge(one, decoding) for one in reads]
    right = np.concatenate([each.right for each in judged])
    table = thresholds(cross_fit(judged), right, sum(each.gold for each in judged))
    trust = fit(np.concatenate([each.rows for each in judged if len(each.right)]), right)
    certain = next((row["threshold"] for row in table if row["right"] >= SURE), 0.95)
    weights = tuple(round(float(weight), 4) for weight in trust)
    return replace(decoding, trust=weights, certain=certain), table


def set_least(reads: Sequence[Read], decoding: Decoding) -> Decoding:
    """The confidence under which an attribution is dropped: the value with the best goal."""
    options = (replace(decoding, least=least) for least in (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35))
    return max(options, key=lambda option: measure(reads, option)[0])
