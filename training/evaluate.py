"""Scores a trained tagger on the held-out months: `python -m training.evaluate CORPUS WEIGHTS TAGGER`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch

from evals.attribution_scores import Attributed, Tally, add, score_article
from evals.polnear_corpus import Document
from training.data import load_documents, to_example
from training.decode import Taste, decode
from training.features import load_tokenizer
from training.read import load_tagger, score_all

FIGURES = ("source.exact", "cue.exact", "content.exact", "content.overlap", "attribution")
MODES = ("direct", "mixed", "indirect")


def figure(documents: Sequence[Document], found: Iterable[Sequence[Attributed]]) -> dict[str, float]:
    """F1 by the project's scoring, in percent; of `speaker_direct` the recall."""
    tallies = add(score_article(d.text, each, d.gold) for d, each in zip(documents, found, strict=True))
    names = [*FIGURES, *(f"by_mode.{mode}.{name}" for mode in MODES for name in FIGURES[2:])]
    figures = {name: _f1(tallies.get(name, Tally())) for name in names}
    speakers = tallies.get("speaker_direct", Tally())
    return {**figures, "speaker_direct": round(100 * speakers.found / max(1, speakers.gold), 1)}


def _f1(tally: Tally) -> float:
    precision, recall = tally.right / max(1, tally.predicted), tally.found / max(1, tally.gold)
    return round(200 * precision * recall / max(1e-9, precision + recall), 1)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Score a trained tagger on the held-out months.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("weights", type=Path, help="folder with tokenizer.json")
    parser.add_argument("tagger", type=Path, help="tagger.pt")
    parser.add_argument("--keep", type=Path, default=None, help="keep the scores here, to tune the decoding on")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = load_tokenizer(str(asked.weights / "tokenizer.json"))
    documents = load_documents(asked.corpus)[1]
    examples = [to_example(document, tokenizer) for document in documents]
    scores = score_all(load_tagger(asked.tagger), examples)
    if asked.keep:
        torch.save(scores, asked.keep)
    found = [decode(each, example.pieces.words, Taste()) for each, example in zip(scores, examples, strict=True)]
    print(json.dumps(figure(documents, found), indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
