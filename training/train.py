"""Trains the attribution encoder in place."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.batches import IGNORED, Hidden, Inputs, Targets, to_inputs, to_targets
from training.data import Example, Window, draw_batches, training_windows
from training.model import Tagger


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. Rates are at their peak; `batch` is pieces, filling included."""

    epochs: int = 5
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    table_rate: float = 1e-2
    warm_up: float = 0.08
    batch: int = 2700
    decay: float = 0.01
    link_weight: float = 0.3
    average: float = 0.99
    seed: int = 1
    bfloat16: bool = True


@dataclass(frozen=True, slots=True)
class Losses:
    """Means per word: labels over all words, arcs over the words that have one."""

    labels: Tensor
    cues: Tensor
    sources: Tensor
    speakers: Tensor


def compute_losses(tagger: Tagger, inputs: Inputs, targets: Targets, *, bfloat16: bool) -> Losses:
    """The three losses of one batch."""
    with torch.autocast(inputs.pieces.device.type, dtype=torch.bfloat16, enabled=bfloat16):
        scores, vectors = tagger(inputs.pieces, inputs.units, edges=inputs.edges, gaps=inputs.gaps)
    scores, vectors = scores.float(), vectors.float()
    labels = tagger.chain.loss(scores, targets.labels, gaps=inputs.gaps[:, :-1], lengths=inputs.lengths)
    cue_arcs, source_arcs, speaker_arcs = score_arcs(tagger, vectors, inputs)
    cues = F.cross_entropy(cue_arcs.flatten(0, 1), targets.cues.flatten(), ignore_index=IGNORED)
    sources, speakers = _loss_any(source_arcs, targets.sources), _loss_any(speaker_arcs, targets.speakers)
    return Losses(labels, torch.nan_to_num(cues), sources, speakers)


def score_arcs(tagger: Tagger, vectors: Tensor, inputs: Inputs) -> tuple[Tensor, ...]:
    """Scores of each kind of arc, [batch, words, 1 + words]; words that only fill up are no heads."""
    count = vectors.shape[1]
    words = torch.arange(count, device=vectors.device)
    steps = words[None, :] - words[:, None]
    lines = inputs.lines[:, None, :] - inputs.lines[:, :, None]
    bias = F.pad(torch.where(words[None] < inputs.lengths[:, None], 0.0, -1e4), (1, 0))[:, None, :]
    ends = vectors.chunk(2 * len(tagger.links), dim=2)
    pairs = zip(ends[::2], ends[1::2], tagger.links, strict=True)
    return tuple(link(tails, heads, steps=steps, lines=lines) + bias for tails, heads, link in pairs)


def _loss_any(scores: Tensor, right: Tensor) -> Tensor:
    """Negative log of the share of probability that falls on any right column, over rows that have one."""
    rows = right.any(dim=2)
    if not rows.any():
        return scores.sum() * 0.0
    chosen, marked = scores[rows], right[rows]
    hit = torch.logsumexp(chosen.masked_fill(~marked, -1e9), dim=1)
    return (torch.logsumexp(chosen, dim=1) - hit).mean()


class Average:
    """A running mean of the weights, which is what is kept: smoother than the last step."""

    def __init__(self, tagger: nn.Module, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.weights = {name: value.detach().clone() for name, value in tagger.state_dict().items()}

    def update(self, tagger: nn.Module) -> None:
        """Takes in the weights after a step; early steps count for less of the past."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        for name, value in tagger.state_dict().items():
            self.weights[name].lerp_(value, 1 - decay)


def _groups(tagger: Tagger, plan: Plan) -> list[dict[str, object]]:
    """Weights of the encoder that come from its file learn slowly, new ones fast, and tables of the chain and of the
    distances, which stand alone and start from little, fastest. Biases, norms and tables do not decay."""
    groups: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, weight in tagger.named_parameters():
        rate = _peak(name, plan)
        groups.setdefault((rate, weight.ndim > 1 and rate != plan.table_rate), []).append(weight)
    return [
        {"params": weights, "lr": 0.0, "peak": rate, "weight_decay": plan.decay if wide else 0.0}
        for (rate, wide), weights in groups.items()
    ]


def _peak(name: str, plan: Plan) -> float:
    """The peak rate of the weight of that name."""
    if name.startswith(("chain.", "encoder.apart")) or name.endswith("distance"):
        return plan.table_rate
    new = name.split(".")[1] in ("quotes", "cases", "breaks")
    return plan.encoder_rate if name.startswith("encoder.") and not new else plan.head_rate


def _rate(done: float, warm_up: float) -> float:
    """Share of the peak rate when a share of the run is done: a straight line up, then down to nothing."""
    return min(max(done, 1e-3) / warm_up, max(0.0, (1 - done) / (1 - warm_up)))


def _epochs(examples: Sequence[Example], plan: Plan) -> Iterator[list[list[Window]]]:
    draw = random.Random(plan.seed)
    for _ in range(plan.epochs):
        yield draw_batches(training_windows(examples, draw), size=plan.batch, draw=draw)


def train(tagger: Tagger, examples: Sequence[Example], *, plan: Plan, out: Path) -> None:
    """Trains in place; at the end `tagger` holds the averaged weights. Writes `log.jsonl` and `tagger.pt` to `out`."""
    torch.manual_seed(plan.seed)
    schedule = list(_epochs(examples, plan))
    steps = sum(len(batches) for batches in schedule)
    optimizer = torch.optim.AdamW(_groups(tagger, plan), fused=True)
    average = Average(tagger, plan.average)
    tagger.train()
    started = time.perf_counter()
    hidden = Hidden(random.Random(plan.seed))
    with (out / "log.jsonl").open("w", encoding="utf-8") as log:
        for step, batch in enumerate(batch for batches in schedule for batch in batches):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _rate(step / steps, plan.warm_up)
            losses = _learn(tagger, batch, hidden=hidden, optimizer=optimizer, plan=plan)
            average.update(tagger)
            if step % 10 == 0:
                row = {"step": step, "of": steps, "seconds": round(time.perf_counter() - started, 1), **losses}
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step % 100 == 99:
                torch.save(average.weights, out / "tagger.pt")
    torch.save(average.weights, out / "tagger.pt")
    tagger.load_state_dict(average.weights)


def _learn(
    tagger: Tagger, batch: Sequence[Window], *, hidden: Hidden, optimizer: torch.optim.Optimizer, plan: Plan
) -> dict[str, float]:
    device = next(tagger.parameters()).device
    inputs, targets = to_inputs(batch, hidden).to(device), to_targets(batch).to(device)
    losses = compute_losses(tagger, inputs, targets, bfloat16=plan.bfloat16)
    optimizer.zero_grad(set_to_none=True)
    (losses.labels + plan.link_weight * (losses.cues + losses.sources + losses.speakers)).backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimizer.step()
    return {name: round(getattr(losses, name).item(), 4) for name in ("labels", "cues", "sources", "speakers")}
