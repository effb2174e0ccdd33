"""Counts how often attributions of each kind are right on PolNeAR train, and writes the table that ships.

    python -m training.quotation_rates ../shared/data/polnear

Runs on one core in about four minutes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from closeread.analyses.confidence import kind_of, widen
from closeread.reading import read_text
from evals.attribution_scores import Tokens, match, to_sets
from evals.polnear import to_attributed
from evals.polnear_corpus import Document, digest_gold, load_split

TABLE = Path("src/closeread/lexicons/quotation_rates.json")
# Kinds seen less often have no rate of their own: a reading takes that of the wider kind.
LEAST = 20


def main(folder: Path) -> None:
    """Rewrites the table. The shares are (right + 1) / (seen + 2), so that no kind is ever sure."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for document in load_split(folder, "train"):
        _count(document, seen, right)
    rates = {kind: round((right[kind] + 1) / (seen[kind] + 2), 3) for kind in sorted(seen) if seen[kind] >= LEAST}
    record = {"corpus": "PolNeAR train", "gold_sha256": digest_gold(folder, "train"), "rates": rates}
    TABLE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _count(document: Document, seen: Counter[str], right: Counter[str]) -> None:
    reading = read_text(document.text)
    tokens = Tokens(document.text)
    predicted = to_sets(tokens, to_attributed(reading))
    matched = match(predicted, to_sets(tokens, document.gold))
    for index, attribution in enumerate(reading.attributions):
        for kind in widen(kind_of(attribution)):
            seen[kind] += 1
            right[kind] += index in matched


if __name__ == "__main__":
    main(Path(sys.argv[1]))
