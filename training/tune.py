"""Sets the decoding on the held-out months: `python -m training.tune CORPUS SCORES`, scores as kept by `evaluate`.

One value at a time is moved while the mean of the figures that matter rises.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import torch

from closeread.article import find_words
from evals.attribution_scores import Range
from evals.polnear_corpus import Document
from training.data import load_documents
from training.decode import Posterior, Scores, Taste, decode_posterior
from training.evaluate import figure

GOAL = {
    "source.exact": 1.0,
    "cue.exact": 1.0,
    "content.exact": 1.5,
    "content.overlap": 0.5,
    "attribution": 1.5,
    "speaker_direct": 0.5,
}


@dataclass(frozen=True, slots=True)
class Read:
    """One article that has been read: all that decoding starts from."""

    document: Document
    words: list[Range]
    scores: Scores
    posterior: Posterior


def measure(reads: Sequence[Read], taste: Taste) -> tuple[float, dict[str, float]]:
    """The goal, and the figures it is made of."""
    found = [decode_posterior(read.posterior, read.scores, read.words, taste) for read in reads]
    figures = figure([read.document for read in reads], found)
    return sum(weight * figures[name] for name, weight in GOAL.items()) / sum(GOAL.values()), figures


def neighbours(taste: Taste, stride: float) -> Iterator[Taste]:
    """Every taste with one value moved, up and down."""
    for sign in (-1, 1):
        for role in range(3):
            price, words = list(taste.price), list(taste.words)
            price[role] = round(price[role] + sign * 0.1 * stride, 4)
            words[role] = round(max(0.0, words[role] + sign * 0.04 * stride), 4)
            yield replace(taste, price=(price[0], price[1], price[2]))
            yield replace(taste, words=(words[0], words[1], words[2]))
        yield replace(taste, no_cue=round(taste.no_cue + sign * 1.0 * stride, 4))
        yield replace(taste, no_source=round(taste.no_source + sign * 0.5 * stride, 4))
        yield replace(taste, even=round(taste.even + sign * 0.1 * stride, 4))


def climb(reads: Sequence[Read]) -> Iterator[tuple[Taste, float, dict[str, float]]]:
    """Each taste that is better than the one before it."""
    taste = Taste()
    best, figures = measure(reads, taste)
    yield taste, best, figures
    for stride in (1.0, 0.5):
        moved = True
        while moved:
            moved = False
            for other in neighbours(taste, stride):
                goal, figures = measure(reads, other)
                if goal > best + 0.02:
                    taste, best, moved = other, goal, True
                    yield taste, best, figures
                    break


def load_reads(corpus: Path, scores: Path) -> list[Read]:
    """The held-out articles with their scores. The file is a pickle: load only what `evaluate` wrote here."""
    kept = torch.load(scores, weights_only=False)
    reads = []
    for document, each in zip(load_documents(corpus)[1], kept, strict=True):
        reads.append(Read(document, find_words(document.text), each, Posterior(each.emissions, each.steps)))
    return reads


def load_taste(path: Path | None) -> Taste:
    """The last line of a file that holds lines of JSON with values of the decoding; without a file the default."""
    if path is None:
        return Taste()
    given = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    known = {field.name for field in fields(Taste)}
    values: dict[str, Any] = {
        name: tuple(given[name]) if isinstance(given[name], list) else given[name] for name in known & given.keys()
    }
    return replace(Taste(), **values)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Set the decoding on the held-out months.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("scores", type=Path)
    asked = parser.parse_args()
    for taste, goal, figures in climb(load_reads(asked.corpus, asked.scores)):
        print(json.dumps({"goal": round(goal, 2), **asdict(taste), "figures": figures}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
