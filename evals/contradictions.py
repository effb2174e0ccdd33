"""Pairs that cannot both hold: how many of those planted in real articles are found, and how many are found in articles
where nobody planted any, judged by hand in `coded/contradictions.tsv`.

A planted pair is found where a finding of its class has one side on the words that the plant was made from and the other
on the plant.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from closeread.findings import Contradiction, ContradictionKind, Side
from closeread.reading import read_text
from evals.intervals import wilson
from evals.other_news import load_meantime
from evals.polnear_corpus import Document, load_split

JUDGED = Path(__file__).parent / "coded" / "contradictions.tsv"
SEED = 50
UNTOUCHED = {"polnear": 30, "meantime": 20}

Range = tuple[int, int]


def load_documents(data: Path) -> dict[str, list[Document]]:
    """PolNeAR train and MEANTIME, by corpus. Raises CorpusError where one is not there."""
    return {"polnear": load_split(data / "polnear", "train"), "meantime": load_meantime(data / "meantime")}


def choose_untouched(documents: dict[str, list[Document]]) -> list[tuple[str, Document]]:
    """The articles without a plant, drawn by chance, with their corpora."""
    draw = random.Random(SEED)
    return [(name, document) for name, count in UNTOUCHED.items() for document in draw.sample(documents[name], count)]
