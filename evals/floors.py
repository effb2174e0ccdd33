"""Floors: the least that each figure may be, kept in `floors.json` with a digest of the gold data behind them.

A floor only rises; to lower one, or to accept other gold data, takes a reason, and the file keeps it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evals import agency_cases, babe, confrontation, fidelity, newswcl50, omission, qasrl, resemblance, stories, support
from evals.ecbplus_corpus import is_dev, load_ecbplus
from evals.polnear import SYSTEMS, evaluate, run
from evals.polnear_corpus import digest_gold, load_split

FLOORS = Path(__file__).with_name("floors.json")
# The gold data lies beside the repository.
DATA = Path(__file__).parents[1] / ".." / "shared" / "data"
SPLIT = "dev"
# Floors are cut down to thousandths, so that a figure is never below a floor taken from it.
_STEPS = 1000
# The encoder's int8 arithmetic differs a little between processors: so far a figure may lie below its floor.
SLACK = 0.005

POLNEAR_FIGURES = (
    "source.exact.f1",
    "cue.exact.f1",
    "content.exact.f1",
    "content.overlap.f1",
    "attribution.f1",
    "speaker_direct",
    "by_mode.direct.content.exact.f1",
    "by_mode.direct.content.overlap.f1",
    "by_mode.mixed.content.exact.f1",
    "by_mode.mixed.content.overlap.f1",
    "by_mode.indirect.content.exact.f1",
    "by_mode.indirect.content.overlap.f1",
    "quoted_words.recall",
    "quoted_words.precision",
    "certain.right",
    "certain.covered",
    "read",
)
FIGURES = (
    *POLNEAR_FIGURES,
    "newswcl50.b_cubed.f1",
    "newswcl50.recall.share",
    "qasrl.closeread.agent.f1",
    "qasrl.closeread.patient.f1",
    "agency.clauses.share",
    "agency.clauses_blind.share",
    "babe.words.f1",
    "support.sentences.accuracy",
    "support.sentences.macro_f1",
    "support.statements.ground.f1",
    "support.statements.class.macro_f1",
    "stories.closeread.f1",
    "fidelity.all.right.share",
    "fidelity.blind.right.share",
    "confrontation.cases.right.share",
    "omission.removed.all.reported",
    "omission.spared",
    "placing.right",
    "placing.spoke",
)
OTHERS = (
    "newswcl50/NewsWCL50.conll",
    "qasrl/wikinews.dev.full.csv",
    "qasrl/wikinews.dev.gold.csv",
    "babe/final_labels_SG2.csv",
)


class WrongUseError(Exception):
    """Raised where floors are asked for something that they do not do, with what they do instead."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one run, by dotted name, and the SHA-256 of the gold data."""

    gold: str
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """What `floors.json` holds. `lowered` records every floor that fell and every change of gold data, oldest first."""

    gold: str | None = None
    floors: dict[str, float] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)


def measure(data: Path) -> Measured:
    """Reads PolNeAR dev and the smaller sets, about ten minutes. `read` is the share of documents not refused."""
    record = evaluate(run(load_split(data / "polnear", SPLIT), SYSTEMS["closeread"]))
    record["read"] = 1 - record["refused"] / record["documents"]
    return Measured(_digest(data), pick(record | _measure_others(data)))


def _measure_others(data: Path) -> dict[str, Any]:
    """What one text has and what several have, each by its own evaluator."""
    documents = newswcl50.choose_events(newswcl50.load_newswcl50(data / "newswcl50"), range(6))
    return {
        "newswcl50": newswcl50.evaluate(documents),
        "qasrl": qasrl.evaluate(qasrl.load_sentences(data / "qasrl", "wikinews", SPLIT)),
        "agency": agency_cases.evaluate(),
        "babe": babe.evaluate(data / "babe", "gate", ())["heads"][0],
        "support": support.evaluate(data, SPLIT),
        "stories": stories.score(stories.load_dev(data / "ecbplus")),
        "fidelity": fidelity.evaluate(None),
        "confrontation": confrontation.evaluate(None),
        "omission": _measure_omission(data),
        "placing": _measure_placing(data),
    }


def _measure_placing(data: Path) -> dict[str, float]:
    """With the shipped curve: how many scores are conclusive, and how many of these are right."""
    record = resemblance.evaluate_fast(data / "polnear")["shipped"]
    return {"spoke": record["spoke"], "right": 1 - record["wrong"]}


def _measure_omission(data: Path) -> dict[str, Any]:
    """`spared` is the share of what near-copies have that is not reported as left out of them."""
    record = omission.evaluate(data / "basil", data / "ecbplus", SPLIT)
    return record | {"spared": 1 - record["untouched"]["all"]["share"]}


def _digest(data: Path) -> str:
    """SHA-256 over the gold data of all sets."""
    digest = hashlib.sha256(digest_gold(data / "polnear", SPLIT).encode())
    for name in OTHERS:
        digest.update((data / name).read_bytes())
    for path in sorted((data / "basil" / "articles" / "2017").glob("*")):
        digest.update(path.read_bytes())
    digest.update(digest_gold(data / "polnear", "train").encode())
    for told in filter(is_dev, load_ecbplus(data / "ecbplus")):
        digest.update(f"{told.name}\n{told.text}\n".encode())
    return digest.hexdigest()


def pick(record: Mapping[str, Any], names: Sequence[str] = FIGURES) -> dict[str, float]:
    """The figures that have floors, by dotted name. One that is undefined counts as 0."""
    return {name: _at(record, name) or 0.0 for name in names}


def _at(record: Any, name: str) -> float | None:
    for step in name.split("."):
        record = record[step]
    value: float | None = record
    return value


def load(path: Path) -> Floors:
    """The floors of a file; none where there is no file."""
    return Floors(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else Floors()


def check(floors: Floors, measured: Measured) -> list[str]:
    """One line per thing that is wrong, empty where nothing is."""
    if not floors.floors:
        return ["no floors are set: run `python -m evals floors --raise`"]
    if floors.gold != measured.gold:
        return [f"the gold data has changed: SHA-256 {measured.gold}, the floors were set on {floors.gold}"]
    unknown = sorted(set(floors.floors) - set(measured.figures))
    low = [
        name for name in floors.floors if name not in unknown and measured.figures[name] < floors.floors[name] - SLACK
    ]
    return [f"{name} was not measured, its floor is {floors.floors[name]}" for name in unknown] + [
        f"{name} is {measured.figures[name]}, below its floor of {floors.floors[name]}" for name in low
    ]


def rewrite(path: Path, measured: Measured, *, lower: str | None = None) -> list[str]:
    """Writes floors from the figures and returns one line per change. Without a reason in `lower` floors only rise.

    Raises WrongUseError on an empty reason, and on other gold data without a reason."""
    before = load(path)
    if lower is not None and not lower.strip():
        raise WrongUseError("lowering a floor needs a reason")
    if lower is None and before.gold not in (None, measured.gold):
        raise WrongUseError("the gold data has changed; floors on other data need --lower REASON")
    after = _lowered(before, measured, lower) if lower is not None else _raised(before, measured)
    path.write_text(_to_json(after), encoding="utf-8")
    names = sorted(set(after.floors) | set(before.floors))
    moved = [name for name in names if after.floors.get(name) != before.floors.get(name)]
    return [f"{name}: {before.floors.get(name)} -> {after.floors.get(name)}" for name in moved] or ["no floor changed"]


def _raised(before: Floors, measured: Measured) -> Floors:
    figures = {name: max(_cut(value), before.floors.get(name, 0.0)) for name, value in measured.figures.items()}
    return replace(before, gold=measured.gold, floors=before.floors | figures)


def _lowered(before: Floors, measured: Measured, reason: str) -> Floors:
    floors = {name: _cut(value) for name, value in measured.figures.items()}
    entries = [
        {"figure": name, "from": old, "to": floors.get(name), "reason": reason}
        for name, old in before.floors.items()
        if floors.get(name, -1.0) < old
    ]
    if before.gold not in (None, measured.gold):
        entries.append({"figure": "gold", "from": before.gold, "to": measured.gold, "reason": reason})
    return Floors(measured.gold, floors, [*before.lowered, *entries])


def _cut(value: float) -> float:
    return math.floor(value * _STEPS + 1e-9) / _STEPS


def _to_json(floors: Floors) -> str:
    record = {"gold": floors.gold, "floors": floors.floors, "lowered": floors.lowered}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
