"""Trains the attribution encoder: `python -m training.train CORPUS WEIGHTS OUT`. See README.md."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.batches import IGNORED, Inputs, Targets, to_inputs, to_targets
from training.data import Example, Window, draw_batches, load_documents, to_example, training_windows
from training.features import load_tokenizer
from training.model import Tagger, load_encoder


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. Rates are at their peak; `batch` is pieces, filling included.

    `minutes` ends a run early, its rates declining in time; such a run cannot be repeated to the byte."""

    epochs: int = 4
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
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Losses:
    """Means per word: labels over all words, arcs over the words that have one."""

    labels: Tensor
    cues: Tensor
    sources: Tensor


def compute_losses(tagger: Tagger, inputs: Inputs, targets: Targets, *, bfloat16: bool) -> Losses:
    """The three losses of one batch."""
    with torch.autocast(inputs.pieces.device.type, dtype=torch.bfloat16, enabled=bfloat16):
        scores, vectors = tagger(inputs.pieces, inputs.mask, edges=inputs.edges, gaps=inputs.gaps)
    scores, vectors = scores.float(), vectors.float()
    labels = tagger.chain.loss(scores, targets.labels, gaps=inputs.gaps[:, :-1], lengths=inputs.lengths)
    cue_arcs, source_arcs = score_arcs(tagger, vectors, inputs)
    cues = F.cross_entropy(cue_arcs.flatten(0, 1), targets.cues.flatten(), ignore_index=IGNORED)
    return Losses(labels, torch.nan_to_num(cues), _loss_any(source_arcs, targets.sources))


def score_arcs(tagger: Tagger, vectors: Tensor, inputs: Inputs) -> tuple[Tensor, Tensor]:
    """Scores of content and of source arcs, [batch, words, 1 + words]; words that only fill up are no heads."""
    words = vectors.shape[1]
    steps = torch.arange(words)[None, :] - torch.arange(words)[:, None]
    lines = inputs.lines[:, None, :] - inputs.lines[:, :, None]
    filled = torch.arange(words)[None] < inputs.lengths[:, None]
    bias = F.pad(torch.where(filled, 0.0, -1e4), (1, 0))[:, None, :]
    tails_heads = vectors.chunk(4, dim=2)
    content = tagger.links[0](tails_heads[0], tails_heads[1], steps=steps, lines=lines)
    source = tagger.links[1](tails_heads[2], tails_heads[3], steps=steps, lines=lines)
    return content + bias, source + bias


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
    if name.startswith("chain.") or name.endswith("distance"):
        return plan.table_rate
    new = name.split(".")[1] in ("quotes", "cases", "breaks")
    return plan.encoder_rate if name.startswith("encoder.") and not new else plan.head_rate


def _rate(done: float, warm_up: float) -> float:
    """Share of the peak rate when a share of the run is done: a straight line up, then down to nothing."""
    return min(max(done, 1e-3) / warm_up, max(0.0, (1 - done) / (1 - warm_up)))


class Progress:
    """The share of a run that is done, by steps or, where minutes are set and run out first, by the clock."""

    def __init__(self, steps: int, minutes: float | None) -> None:
        self.steps, self.minutes = steps, minutes
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.perf_counter() - self._started

    def done(self, step: int) -> float:
        """0 to 1."""
        share = step / self.steps
        return min(1.0, max(share, self.seconds / (60 * self.minutes))) if self.minutes else share


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
    progress = Progress(steps, plan.minutes)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for step, batch in enumerate(batch for batches in schedule for batch in batches):
            done = progress.done(step)
            if done >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _rate(done, plan.warm_up)
            losses = _learn(tagger, batch, optimizer=optimizer, plan=plan)
            average.update(tagger)
            if step % 10 == 0:
                row = {"step": step, "of": steps, "seconds": round(progress.seconds, 1), **losses}
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step % 100 == 99:
                torch.save(average.weights, out / "tagger.pt")
    torch.save(average.weights, out / "tagger.pt")
    tagger.load_state_dict(average.weights)


def _learn(
    tagger: Tagger, batch: Sequence[Window], *, optimizer: torch.optim.Optimizer, plan: Plan
) -> dict[str, float]:
    losses = compute_losses(tagger, to_inputs(batch), to_targets(batch), bfloat16=plan.bfloat16)
    optimizer.zero_grad(set_to_none=True)
    (losses.labels + plan.link_weight * (losses.cues + losses.sources)).backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimizer.step()
    return {name: round(getattr(losses, name).item(), 4) for name in ("labels", "cues", "sources")}


def _parse() -> argparse.Namespace:
    plan = Plan()
    parser = argparse.ArgumentParser(description="Train the attribution encoder.")
    parser.add_argument("corpus", type=Path, help="folder that holds train/text and train/attributions")
    parser.add_argument("weights", type=Path, help="folder with model.safetensors and tokenizer.json of MiniLM-L6")
    parser.add_argument("out", type=Path, help="folder for the log and the trained weights")
    parser.add_argument("--epochs", type=int, default=plan.epochs)
    parser.add_argument("--seed", type=int, default=plan.seed)
    parser.add_argument("--encoder-rate", type=float, default=plan.encoder_rate)
    parser.add_argument("--articles", type=int, default=None, help="train on this many articles only, to try things")
    parser.add_argument("--minutes", type=float, default=None, help="end after this time at the latest")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--float32", action="store_true", help="for processors that have no bfloat16 arithmetic")
    parser.add_argument("--all", action="store_true", help="train on the held-out months too, once all is chosen")
    return parser.parse_args()


def main() -> None:
    """The command line."""
    asked = _parse()
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    asked.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(str(asked.weights / "tokenizer.json"))
    kept, held_out = load_documents(asked.corpus)
    documents = kept + held_out if asked.all else kept
    random.Random(asked.seed).shuffle(documents)
    examples = [to_example(document, tokenizer) for document in documents[: asked.articles]]
    torch.manual_seed(asked.seed)
    tagger = Tagger()
    load_encoder(tagger, asked.weights / "model.safetensors")
    plan = Plan(
        epochs=asked.epochs,
        seed=asked.seed,
        encoder_rate=asked.encoder_rate,
        minutes=asked.minutes,
        bfloat16=not asked.float32,
    )
    train(tagger, examples, plan=plan, out=asked.out)


if __name__ == "__main__":
    main()
