"""Scores the head for loaded language on BABE: words and sentences, beside a lexicon of log odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from closeread.encoder.loaded import LoadedReader, LoadedScores, load_loaded
from closeread.encoder.model import Read, load_encoder
from closeread.encoder.pieces import to_encoder_view
from closeread.intake import load_text
from closeread.marks import find_marks
from evals.babe_corpus import Judged, load_babe
from evals.intervals import RESAMPLES, SEED, percentiles, to_number
from evals.loaded_words import Bools, Floats, bin_by_tenth, learn_lexicon, score_words, to_flags, to_words

# A sentence is called biased from this probability on.
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Output:
    """What one head says of the judged sentences: a probability for each sentence, and for each word of each."""

    biased: Floats
    words: list[Floats]
    threshold: float


def evaluate(folder: Path, split: str = "gate", heads: Sequence[Path] = ()) -> dict[str, Any]:
    """The figures of the shipped head, or of the heads in these folders and of their mean."""
    judged = load_babe(folder, split)
    reads = [read_alone(each.text) for each in judged]
    readers = [LoadedReader(head) for head in heads] or [load_loaded()[0]]
    outputs = [run(reads, reader) for reader in readers]
    lexicon = learn_lexicon(load_babe(folder, "train"))
    baseline = score_words([to_words(each, lexicon.find(each.text)) for each in judged])
    figures: dict[str, Any] = {"lexicon": {"threshold": round(lexicon.threshold, 2), "words": baseline}}
    figures["sentences"] = score_sentences(judged, outputs)
    figures["heads"] = [score_head(judged, output) for output in outputs]
    return figures


def read_alone(text: str) -> Read:
    """One judged sentence as the encoder reads it: one line."""
    article = load_text(text, source="babe")
    return load_encoder()[0].read(to_encoder_view(article, find_marks(article)).replace("\n", " "))


def run(reads: Sequence[Read], reader: LoadedReader) -> Output:
    """One head on all sentences, each read as one whatever stops are in it."""
    scores = [reader.score(read, whole=True) for read in reads]
    biased = np.array([_of_whole(each) for each in scores])
    return Output(biased, [each.loaded for each in scores], reader.calibration.threshold)


def _of_whole(scores: LoadedScores) -> float:
    """A sentence too long to be read at once is as biased as the part of it that is most so."""
    return float(scores.biased.max(initial=0.0))


def score_sentences(judged: Sequence[Judged], outputs: Sequence[Output]) -> dict[str, Any]:
    """Macro F1 over biased and not, of each head and as their mean, with the interval of the mean by sentence.
    Sentences on which people did not agree are left out."""
    known = [index for index, each in enumerate(judged) if each.biased is not None]
    gold = np.array([bool(judged[index].biased) for index in known])
    called = [output.biased[known] >= EVEN for output in outputs]
    drawn = np.random.default_rng(SEED).integers(0, len(gold), (RESAMPLES, len(gold)))
    samples = np.array([np.mean([macro_f1(each[row], gold[row]) for each in called]) for row in drawn])
    each = [macro_f1(one, gold) for one in called]
    return {
        "macro_f1": to_number(np.mean(each)),
        "macro_f1_ci": percentiles(samples),
        "by_head": [to_number(value) for value in each],
        "accuracy": to_number(np.mean([(one == gold).mean() for one in called])),
        "n": len(gold),
        "biased": int(gold.sum()),
    }


def macro_f1(called: Bools, gold: Bools) -> float:
    """The mean of the F1 of both classes; that of a class that neither side has is 0."""
    values = []
    for one, other in ((called, gold), (~called, ~gold)):
        total = int(one.sum() + other.sum())
        values.append(2 * int((one & other).sum()) / total if total else 0.0)
    return float(np.mean(values))


def score_head(judged: Sequence[Judged], output: Output) -> dict[str, Any]:
    """Words of one head, and how its probabilities fit, of words and of sentences."""
    texts = [to_words(each, words >= output.threshold) for each, words in zip(judged, output.words, strict=True)]
    marked = np.concatenate([to_flags(each.loaded, len(w)) for each, w in zip(judged, output.words, strict=True)])
    known = [index for index, each in enumerate(judged) if each.biased is not None]
    biased = np.array([bool(judged[index].biased) for index in known])
    return {
        "threshold": output.threshold,
        "words": score_words(texts),
        "words_by_probability": bin_by_tenth(np.concatenate(output.words), marked),
        "sentences_by_probability": bin_by_tenth(output.biased[known], biased),
    }
