"""Rebuilds the shipped head: `python -m training.loaded DATA MINILM TAGGER OUT`. See ../README.md."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from closeread.encoder.loaded import Calibration, LoadedReader
from closeread.encoder.model import load_encoder as load_shipped
from evals.babe import read_alone
from evals.babe_corpus import Judged, load_babe
from training.loaded.choose import calibrate
from training.loaded.data import Item, load_unlabelled, to_item
from training.loaded.export import export, write_calibration
from training.loaded.model import LoadedHead, Teacher, make_head
from training.loaded.train import HEAD, TEACHER, label, train
from training.model import Tagger, load_encoder

# Set down before any run.
SEEDS = (1, 2, 3)
# The judged sentences count twice in each epoch, beside those that the teachers have labelled.
REPEATS = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Two teachers, their labels, a head per seed; the head that does best on the held-out articles is what ships."""
    asked = _parse(arguments)
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    asked.out.mkdir(parents=True, exist_ok=True)
    judged = load_babe(asked.data / "babe", "train")
    kept = [each for each in judged if not each.held_out]
    shipped = load_shipped()[0]
    items = [to_item(each, shipped) for each in kept]
    unlabelled = list(load_unlabelled(asked.data / "polnear", shipped))
    label(unlabelled, learn_teachers(items, asked))
    held_out = [each for each in judged if each.held_out]
    reports = {seed: learn_head([*(items * REPEATS), *unlabelled], held_out, asked, seed=seed) for seed in SEEDS}
    best = max(SEEDS, key=lambda seed: rank(reports[seed]))
    shutil.copytree(asked.out / f"seed{best}", asked.out / "model", dirs_exist_ok=True)
    report = {"ships": best, "seeds": reports}
    (asked.out / "chosen.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))  # noqa: T201


def rank(report: dict[str, Any]) -> float:
    """What decides which seed ships: the sum of the macro F1 of sentences and the F1 of words."""
    return float(report["sentences"]["macro_f1"] + report["words"]["f1"])


def learn_teachers(items: Sequence[Item], asked: argparse.Namespace) -> list[Teacher]:
    """One from the pretrained weights and one from the attribution encoder, each tuned whole."""
    teachers = []
    for name in ("pretrained", "attribution"):
        torch.manual_seed(TEACHER.seed)
        tagger = load_tagger(asked.tagger)
        if name == "pretrained":
            tagger = Tagger()
            load_encoder(tagger, asked.weights / "model.safetensors")
        teacher = Teacher(tagger)
        train(teacher, items, replace(TEACHER, bfloat16=not asked.float32), asked.out / f"teacher-{name}.jsonl")
        teachers.append(teacher)
    return teachers


def learn_head(items: Sequence[Item], held_out: Sequence[Judged], asked: argparse.Namespace, *, seed: int) -> Any:
    """Trains, writes and calibrates the head of a seed; gives its figures on the held-out articles."""
    torch.manual_seed(seed)
    words = load_file(asked.weights / "model.safetensors")["embeddings.word_embeddings.weight"]
    head = make_head(load_tagger(asked.tagger), words)
    train(head, items, replace(HEAD, seed=seed, bfloat16=not asked.float32), asked.out / f"seed{seed}.jsonl")
    torch.save(head.state_dict(), asked.out / f"seed{seed}.pt")
    return finish(head, held_out, asked.out / f"seed{seed}")


def finish(head: LoadedHead, held_out: Sequence[Judged], out: Path) -> Any:
    """Writes the graph, and sets its calibration with it."""
    export(head, out, Calibration())
    reads = [read_alone(each.text) for each in held_out]
    calibration, figures = calibrate(LoadedReader(out), held_out, reads)
    write_calibration(calibration, out)
    return figures


def load_tagger(path: Path) -> Tagger:
    """The trained attribution encoder, from which the layers of a head begin."""
    tagger = Tagger()
    tagger.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return tagger


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.loaded", description="Rebuild the head.")
    parser.add_argument("data", type=Path, help="folder that holds babe and polnear")
    parser.add_argument("weights", type=Path, help="folder with model.safetensors of MiniLM-L6")
    parser.add_argument(
        "tagger", type=Path, help="tagger.pt of the attribution encoder, as `python -m training` left it"
    )
    parser.add_argument("out", type=Path, help="folder for logs and weights; OUT/model is what ships")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--float32", action="store_true", help="for processors that have no bfloat16 arithmetic")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
