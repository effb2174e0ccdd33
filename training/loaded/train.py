"""Trains a head or a teacher in place."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.loaded.data import Item, draw_batches, read_alone, to_given, to_targets
from training.loaded.model import LoadedHead, Teacher
from training.train import Average, _rate

Net = LoadedHead | Teacher


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. Rates are at their peak; `decline` is what each layer's rate is of that above it, in a teacher;
    `batch` is rows, filling included; `words` weighs the loss of words beside that of sentences."""

    epochs: int = 4
    rate: float = 1e-4
    new_rate: float = 5e-4
    decline: float = 0.85
    warm_up: float = 0.08
    batch: int = 1300
    words: float = 2.0
    average: float = 0.98
    seed: int = 1
    bfloat16: bool = True


TEACHER = Plan()
HEAD = Plan(rate=2e-4, batch=2600)


def compute_loss(net: Net, batch: Sequence[Item], plan: Plan) -> Tensor:
    """Cross entropy over the words and over the sentences of which something is known."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=plan.bfloat16):
        words, sentences = net.forward_all(to_given(batch))
    gold_words, gold_sentences = to_targets(batch)
    return plan.words * _mean_loss(words.float(), gold_words) + _mean_loss(sentences.float(), gold_sentences)


def _mean_loss(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold >= 0
    return F.binary_cross_entropy_with_logits(scores[known], gold[known])


def _groups(net: Net, plan: Plan) -> list[dict[str, object]]:
    groups: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, weight in net.named_parameters():
        groups.setdefault((_peak(name, plan), weight.ndim > 1), []).append(weight)
    return [
        {"params": weights, "lr": 0.0, "peak": rate, "weight_decay": 0.01 if wide else 0.0}
        for (rate, wide), weights in groups.items()
    ]


def _peak(name: str, plan: Plan) -> float:
    parts = name.split(".")
    if parts[0] == "layers":
        return plan.rate
    if parts[0] != "encoder" or parts[1] in ("quotes", "cases", "breaks"):
        return plan.new_rate
    depth = 5 - int(parts[2]) if parts[1] == "layers" else 6
    return float(plan.rate * plan.decline**depth)


def train(net: Net, items: Sequence[Item], plan: Plan, log: Path) -> None:
    """At the end the net holds the averaged weights. Writes a line per ten steps to the log."""
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    schedule = [batch for _ in range(plan.epochs) for batch in draw_batches(items, size=plan.batch, draw=draw)]
    optimizer = torch.optim.AdamW(_groups(net, plan), fused=True)
    average, started = Average(net, plan.average), time.perf_counter()
    net.train()
    with log.open("w", encoding="utf-8") as file:
        for step, batch in enumerate(schedule):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _rate(step / len(schedule), plan.warm_up)
            loss = compute_loss(net, batch, plan)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            average.update(net)
            if step % 10 == 0:
                seconds = round(time.perf_counter() - started, 1)
                file.write(json.dumps({"step": step, "of": len(schedule), "seconds": seconds, "loss": loss.item()}))
                file.write("\n")
                file.flush()
    net.load_state_dict(average.weights)
    net.eval()


@torch.no_grad()
def predict(net: Net, items: Sequence[Item], batch: int = 16) -> list[tuple[np.ndarray, np.ndarray]]:
    """Scores of the words and of the sentences of each item."""
    net.eval()
    order = sorted(range(len(items)), key=lambda at: len(items[at].rows))
    found: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for start in range(0, len(order), batch):
        at = order[start : start + batch]
        words, sentences = net.forward_all(to_given([items[each] for each in at]))
        for row, each in enumerate(at):
            item = items[each]
            held = words[row, : len(item.words)], sentences[row, : len(item.sentences)]
            found[each] = held[0].float().numpy().copy(), held[1].float().numpy().copy()
    return [found[each] for each in range(len(items))]


def label(items: Sequence[Item], teachers: Sequence[Teacher]) -> None:
    """Fills in what the teachers say of each sentence, read alone: the mean of their probabilities."""
    alone = [read_alone(item) for item in items]
    flat = [each for held in alone for each in held if len(each.words)]
    said = [predict(teacher, flat) for teacher in teachers]
    shares = [
        tuple(np.mean([1 / (1 + np.exp(-each[at][part])) for each in said], axis=0) for part in (0, 1))
        for at in range(len(flat))
    ]
    by_item = {id(each): share for each, share in zip(flat, shares, strict=True)}
    for item, held in zip(items, alone, strict=True):
        for number, each in enumerate(held):
            if len(each.words):
                words, biased = by_item[id(each)]
                item.biased[number] = biased[0]
                first, last = item.sentences[number]
                inside = (item.edges[:, 0] >= first) & (item.edges[:, 0] < last)
                item.words[inside] = np.where(item.words[inside] < 0, item.words[inside], words)
