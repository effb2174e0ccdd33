"""The head for loaded language: one more graph on what the lower graph of the encoder has made of a text.

It reads one unit at a time, each sentence of it alone. What comes out are probabilities that people would mark a word
as loaded and call a sentence biased, as they did in BABE.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from closeread.encoder.decode import log_odds, rate
from closeread.encoder.model import Read, check_files, make_session
from closeread.encoder.pieces import IN_NAME, NAME
from closeread.encoder.sentences import find_borders, split_unit
from closeread.encoder.units import Unit

FOLDER = "loaded"
Range = tuple[int, int]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Set on the held-out articles of BABE train. `words` and `sentences` are a factor and a sum that turn scores into
    probabilities. A word is taken where its probability is at least `threshold`; `trust` are the weights of a phrase's
    evidence in its confidence; phrases with at least `certain` are certain, None where no value gave 9 in 10."""

    words: tuple[float, float] = (1.0, 0.0)
    sentences: tuple[float, float] = (1.0, 0.0)
    threshold: float = 0.3
    trust: tuple[float, ...] = (0.0, 1.0, 0.0, 0.0)
    certain: float | None = None

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Calibration:
        """From what JSON has of it. Raises TypeError for a name that is no field."""
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items()}
        return Calibration(**values)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words above the threshold as code points, and the probability that people mark most of them."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class LoadedScores:
    """By word of the text: its place, the probability that it is loaded (0 inside names), the index of its sentence.
    By sentence: its words, half-open, and the probability that it is biased."""

    words: Sequence[Range]
    loaded: Floats
    sentence_of: npt.NDArray[np.int64]
    sentences: Sequence[Range]
    biased: Floats


class LoadedReader:
    """Reads what the lower graph handed on. Equal texts give equal bytes, whatever was read before."""

    def __init__(self, folder: Path) -> None:
        self._graph = make_session(folder / "loaded.onnx")
        self.calibration = Calibration.from_record(json.loads((folder / "calibration.json").read_text("utf-8")))

    def score(self, read: Read, *, whole: bool = False) -> LoadedScores:
        """The scores of a text. `whole`: each line is one sentence, whatever stops are in it."""
        words, sentences = self.score_raw(read, whole=whole)
        ranges = [held for held, _ in sentences]
        sentence_of = np.repeat(np.arange(len(ranges)), [last - first for first, last in ranges])
        loaded = _to_shares(words, self.calibration.words)
        loaded[is_name(read)] = 0.0
        biased = _to_shares(np.array([score for _, score in sentences]), self.calibration.sentences)
        return LoadedScores(read.pieces.words, loaded, sentence_of, ranges, biased)

    def score_raw(self, read: Read, *, whole: bool = False) -> tuple[Floats, list[tuple[Range, float]]]:
        """Scores before calibration: of words, and of sentences with their words; sentences without words left out."""
        borders = [] if whole else find_borders(read.view, read.pieces)
        words, sentences = [np.zeros(0)], []
        start = 0
        for unit in read.units:
            if unit.words[0] < unit.words[1]:
                of_words, found = self._run(read, unit, start, borders)
                words.append(of_words)
                sentences.extend(found)
            start += unit.size
        return np.concatenate(words).astype(np.float64), sentences

    def _run(
        self, read: Read, unit: Unit, start: int, borders: Sequence[int]
    ) -> tuple[Floats, list[tuple[Range, float]]]:
        rows = split_unit(read.pieces, unit, borders)
        member = np.zeros((len(rows), unit.size), dtype=np.float32)
        for number, (first, last) in enumerate(rows):
            member[number, first:last] = 1.0
        edges = read.packed.edges[slice(*unit.words)] - start
        at = slice(start, start + unit.size)
        given = {"states": read.states[at], "ids": read.packed.rows[at, 0], "member": member, "edges": edges}
        words, sentences = self._graph.run(None, given)
        cuts = unit.words[0] + np.searchsorted(edges[:, 0], [first for first, _ in rows])
        ranges = zip(cuts.tolist(), [*cuts[1:].tolist(), unit.words[1]], sentences.tolist(), strict=True)
        return words, [((first, last), score) for first, last, score in ranges if first < last]


def find_phrases(view: str, scores: LoadedScores, calibration: Calibration) -> list[Phrase]:
    """Runs of words of one sentence above the threshold with nothing but blanks between them, in order."""
    runs: list[list[int]] = []
    for word in np.flatnonzero(scores.loaded >= calibration.threshold).tolist():
        before = runs[-1][-1] if runs else -2
        if before == word - 1 and _joins(view, scores, word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_to_phrase(run, scores, calibration) for run in runs]


def _joins(view: str, scores: LoadedScores, word: int) -> bool:
    gap = view[scores.words[word - 1][1] : scores.words[word][0]]
    return not gap.strip() and "\n" not in gap and scores.sentence_of[word] == scores.sentence_of[word - 1]


def _to_phrase(run: Sequence[int], scores: LoadedScores, calibration: Calibration) -> Phrase:
    confidence = rate(evidence(run, scores), calibration.trust)
    return Phrase(scores.words[run[0]][0], scores.words[run[-1]][1], confidence)


def evidence(run: Sequence[int], scores: LoadedScores) -> Floats:
    """What speaks for a phrase: a constant, its mean probability and that of its sentence as log odds, its length."""
    words = float(scores.loaded[list(run)].mean())
    sentence = float(scores.biased[scores.sentence_of[run[0]]])
    return np.array([1.0, log_odds(words), log_odds(sentence), float(np.log(len(run)))])


def is_name(read: Read) -> npt.NDArray[np.bool_]:
    """Which words stand in a name, wholly or in part."""
    pieces = read.pieces
    if not pieces.words:
        return np.zeros(0, dtype=bool)
    at_either_end = (pieces.ids[pieces.first] == NAME) | (pieces.ids[pieces.last] == NAME)
    named: npt.NDArray[np.bool_] = (pieces.gaps[:, 0] == IN_NAME) | at_either_end
    return named


def _to_shares(scores: Floats, calibration: tuple[float, float]) -> Floats:
    shares: Floats = 1.0 / (1.0 + np.exp(-(calibration[0] * scores + calibration[1])))
    return shares


@cache
def load_loaded() -> tuple[LoadedReader, str]:
    """The shipped head and the SHA-256 of its files. Loaded once per process, after every file was checked. Raises
    EncoderError where one is missing or differs."""
    with as_file(files("closeread").joinpath("models", FOLDER)) as folder:
        digest = check_files(folder)
        return LoadedReader(folder), digest
