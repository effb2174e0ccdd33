"""Fidelity of quotations: cases against invented originals, and quotations that several outlets give of one utterance.

`coded/quoted_versions.tsv` holds 60 pairs of quotations from BASIL 2010-2017, drawn by `choose` among what
`check_versions` finds, and the class that a reader gave each. Only ids, places and classes are kept.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from closeread.article import Article, Zone
from closeread.comparisons.versions import Utterance, Version, check_versions
from evals import fidelity_cases
from evals.fidelity_cases import FAITHFUL, share_of
from evals.other_news import load_basil
from evals.polnear_corpus import Document
from evals.running_text import PARAGRAPH

SHEET = Path(__file__).parent / "coded" / "quoted_versions.tsv"
COLUMNS = ("text", "start", "end", "reference", "reference_start", "reference_end", "class")
SEED = 606
# How many pairs are drawn of those called verbatim, and of the others.
VERBATIM, OTHERS = 15, 45

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation and the one that it is held against, with the class of the first."""

    here: Place
    there: Place
    kind: str


def evaluate(folder: Path | None) -> dict[str, Any]:
    """`cases` of closeread's own and of somebody who had not seen the code; `versions` where BASIL is at hand."""
    own = sorted(fidelity_cases.FOLDER.glob("fidelity_*.txt"))
    blind = [path for path in own if path.stem.startswith("fidelity_blind")]
    figures: dict[str, Any] = {
        "all": fidelity_cases.evaluate(own),
        "own": fidelity_cases.evaluate([path for path in own if path not in blind]),
        "blind": fidelity_cases.evaluate(blind),
    }
    if folder is not None:
        figures["versions"] = score_versions(find_pairs(folder), load_sheet())
    return figures


def find_pairs(folder: Path) -> list[Pair]:
    """All quotations of one utterance in two articles on the same event, in order."""
    events = defaultdict[str, list[Article]](list)
    for document in load_basil(folder):
        events[document.name.rpartition("_")[0]].append(to_article(document))
    return [pair for event in sorted(events) for each in check_versions(events[event]) for pair in _to_pairs(each)]


def to_article(document: Document) -> Article:
    """The text with its paragraphs as zones: quotation marks are paired paragraph by paragraph."""
    zones, at = [], 0
    for paragraph in document.text.split(PARAGRAPH):
        zones.append(Zone(at, at + len(paragraph), paragraph, "body"))
        at += len(paragraph) + len(PARAGRAPH)
    return Article(document.name, document.text, tuple(zones), language="en")


def _to_pairs(utterance: Utterance) -> Iterator[Pair]:
    first = utterance.versions[0]
    for version in utterance.versions[1:]:
        yield Pair(_place(version), _place(first), version.kind)


def _place(version: Version) -> Place:
    return version.source, version.quotation.start, version.quotation.end


def choose(pairs: Sequence[Pair]) -> list[Pair]:
    """60 pairs drawn by chance, so that those called verbatim, which are easy, are a quarter of them."""
    draw = random.Random(SEED)
    verbatim = [pair for pair in pairs if pair.kind == "verbatim"]
    others = [pair for pair in pairs if pair.kind != "verbatim"]
    drawn = [*draw.sample(verbatim, VERBATIM), *draw.sample(others, OTHERS)]
    return sorted(drawn, key=lambda pair: (pair.here, pair.there))


def load_sheet(path: Path = SHEET) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                (row["text"], int(row["start"]), int(row["end"])),
                (row["reference"], int(row["reference_start"]), int(row["reference_end"])),
                row["class"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def score_versions(found: Sequence[Pair], judged: Sequence[Pair]) -> dict[str, Any]:
    """Right among the judged pairs that are still found, and what was called what where it was wrong."""
    kinds = {(pair.here, pair.there): pair.kind for pair in found}
    known = [(pair.kind, kinds[pair.here, pair.there]) for pair in judged if (pair.here, pair.there) in kinds]
    return {
        "found": len(found),
        "called": dict(Counter(pair.kind for pair in found)),
        "judged": len(judged),
        "no_longer_found": len(judged) - len(known),
        "right": share_of(sum(right == called for right, called in known), len(known)),
        "altered_called_faithful": sum(right not in FAITHFUL and called in FAITHFUL for right, called in known),
        "wrong": dict(Counter(f"{right}, called {called}" for right, called in known if right != called)),
    }
