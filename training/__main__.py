"""Rebuilds the shipped weights: `python -m training CORPUS WEIGHTS OUT`. See README.md."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch

from closeread.encoder.decode import Decoding
from closeread.encoder.model import Encoder
from closeread.encoder.pieces import load_tokenizer
from evals.polnear_corpus import Document
from training import choose
from training.data import load_documents, to_example
from training.export import export, write_decoding
from training.model import Tagger, load_encoder
from training.train import Plan, train


def main(arguments: Sequence[str] | None = None) -> None:
    """Learns without the held-out months, chooses on them, and, where asked, learns again from all."""
    asked = _parse(arguments)
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    kept, held_out = load_documents(asked.corpus)
    if not asked.keep:
        learn(kept, asked, asked.out / "chosen")
    decoding = choose_decoding(held_out, asked, asked.out / "chosen")
    if asked.all:
        learn([*kept, *held_out], asked, asked.out / "final")
        export(load_tagger(asked.out / "final"), asked.out / "model", tokenizer=_tokenizer(asked), decoding=decoding)


def learn(documents: Sequence[Document], asked: argparse.Namespace, out: Path) -> None:
    """Trains on the documents; writes `tagger.pt` and `log.jsonl`."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(str(_tokenizer(asked)))
    examples = [to_example(document, tokenizer) for document in documents[: asked.articles]]
    torch.manual_seed(asked.seed)
    tagger = Tagger().to(asked.device)
    load_encoder(tagger, asked.weights / "model.safetensors")
    plan = Plan(epochs=asked.epochs, seed=asked.seed, bfloat16=not asked.float32)
    train(tagger, examples, plan=plan, out=out)


def choose_decoding(documents: Sequence[Document], asked: argparse.Namespace, out: Path) -> Decoding:
    """Exports the trained tagger, sets decoding and confidence on the documents, and writes them beside it with their
    figures, `chosen.json`."""
    folder = asked.out / "model"
    export(load_tagger(out), folder, tokenizer=_tokenizer(asked), decoding=Decoding(), full=asked.full)
    encoder = Encoder(folder)
    reads = [choose.read(encoder, document) for document in documents]
    steps = list(choose.climb(reads, Decoding()))
    decoding, table = choose.set_confidence(reads, steps[-1][0])
    decoding = choose.set_least(reads, decoding)
    figures = choose.measure(reads, decoding)[1]
    report = {"untuned": steps[0][2], "decoding": decoding.to_record(), "figures": figures, "thresholds": table}
    (out / "chosen.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    write_decoding(decoding, folder)
    print(json.dumps(report, indent=1))  # noqa: T201
    return decoding


def load_tagger(out: Path) -> Tagger:
    """A trained tagger, ready to read."""
    tagger = Tagger()
    tagger.load_state_dict(torch.load(out / "tagger.pt", map_location="cpu", weights_only=True))
    return tagger.eval()


def _tokenizer(asked: argparse.Namespace) -> Path:
    return Path(asked.weights / "tokenizer.json")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    plan = Plan()
    parser = argparse.ArgumentParser(prog="python -m training", description="Rebuild the attribution encoder.")
    parser.add_argument("corpus", type=Path, help="folder that holds train/text and train/attributions of PolNeAR")
    parser.add_argument("weights", type=Path, help="folder with model.safetensors and tokenizer.json of MiniLM-L6")
    parser.add_argument("out", type=Path, help="folder for logs and weights; OUT/model is what ships")
    parser.add_argument("--epochs", type=int, default=plan.epochs)
    parser.add_argument("--seed", type=int, default=plan.seed)
    parser.add_argument("--articles", type=int, default=None, help="learn from this many articles only, to try things")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--float32", action="store_true", help="for processors that have no bfloat16 arithmetic")
    parser.add_argument("--full", action="store_true", help="choose with 32-bit weights, to see what int8 costs")
    parser.add_argument("--keep", action="store_true", help="choose again for the tagger that is in OUT/chosen")
    parser.add_argument("--all", action="store_true", help="then learn from the held-out months too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
