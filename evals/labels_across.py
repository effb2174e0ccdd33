"""Differences of labels between two halves of one outlet's articles, drawn by chance: none is there to be found."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from closeread import read_text
from closeread.article import Failure
from closeread.comparisons.label_uses import collect_uses
from closeread.comparisons.labels import compare_uses
from closeread.comparisons.shared_actors import find_shared_actors
from closeread.findings import Reading
from closeread.measures.intervals import wilson
from closeread.saved_readings import load_readings
from evals.polnear_corpus import CorpusError, load_split

SEED = 29
RUNS = 200


def evaluate(data: Path, saved: Path | None = None, runs: int = RUNS) -> dict[str, object]:
    """`data` holds `polnear`; `saved` are readings of its `train`. The outlet of most articles is split; then two
    outlets are compared, where differences may be."""
    by_outlet = defaultdict[str, list[Reading]](list)
    for reading in _read(data, saved):
        by_outlet[reading.article.outlet or ""].append(reading)
    first, second = sorted(by_outlet, key=lambda name: (-len(by_outlet[name]), name))[:2]
    return {
        "outlet": first,
        "articles": len(by_outlet[first]),
        **measure_halves(by_outlet[first], runs),
        "two_outlets": {"outlets": [first, second], "differences": _compare(by_outlet[first] + by_outlet[second])},
    }


def _read(data: Path, saved: Path | None) -> list[Reading]:
    if saved is None:
        documents = load_split(data / "polnear", "train")
        read = [(each.outlet, read_text(each.text, source=each.name)) for each in documents]
        return [replace(each, article=replace(each.article, outlet=outlet)) for outlet, each in read]
    readings = [each for each in load_readings(saved) if not isinstance(each, Failure)]
    if not readings:
        raise CorpusError(f"{saved} holds no readings")
    return readings


def measure_halves(readings: Sequence[Reading], runs: int) -> dict[str, object]:
    """In how many runs any difference is raised, and the share with its interval."""
    shared = find_shared_actors(readings)
    uses = [collect_uses(reading) for reading in readings]
    draw, raised, told = random.Random(SEED), 0, 0
    for _ in range(runs):
        halves = ["one", "other"] * (len(uses) // 2) + ["one"] * (len(uses) % 2)
        draw.shuffle(halves)
        split = [replace(each, outlet=half) for each, half in zip(uses, halves, strict=True)]
        tables = compare_uses(split, shared, "outlet")
        raised += any(table.differences for table in tables)
        told += any(not table.too_few for table in tables)
    return {
        "runs": runs,
        "could_tell": told,
        "raised": raised,
        "share": raised / runs,
        "ci": wilson(raised, runs),
    }


def _compare(readings: Sequence[Reading]) -> list[dict[str, object]]:
    uses = [collect_uses(reading) for reading in readings]
    tables = compare_uses(uses, find_shared_actors(readings), "outlet")
    return [
        {"actor": table.name, "label": each.head, "raised": round(each.raised, 4)}
        for table in tables
        for each in table.differences
    ]
