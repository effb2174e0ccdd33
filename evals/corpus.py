"""Do the intervals hold? Articles of one outlet are split in halves at random, which differ by chance alone: the 95 %
interval of their difference should leave out 0 in one of twenty splits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from closeread.article import Failure
from closeread.comparisons.corpus_figures import MEASURES
from closeread.comparisons.corpus_records import ArticleRecord, to_article_record
from closeread.comparisons.corpus_shares import Shares, list_differences
from closeread.comparisons.resampling import SEED
from closeread.saved_readings import load_readings

SPLITS = 200
_LEAST = 5
# Fewer articles than these are not split.
_ARTICLES = 40


def evaluate(readings: Path) -> dict[str, Any]:
    """By outlet and measure: splits with an interval, and those whose interval leaves out 0."""
    found = load_readings(readings)
    records = sorted((to_article_record(each) for each in found if not isinstance(each, Failure)), key=_source)
    outlets = Counter(record.text.outlet.casefold() for record in records if record.text.outlet)
    figures = {
        outlet: _split([each for each in records if (each.text.outlet or "").casefold() == outlet])
        for outlet, count in sorted(outlets.items())
        if count >= _ARTICLES
    }
    return {"splits": SPLITS, "outlets": figures, "all": _add_up(list(figures.values()))}


def _source(record: ArticleRecord) -> tuple[str, str]:
    return record.text.source, record.text.article


def _split(records: list[ArticleRecord]) -> dict[str, Any]:
    random = np.random.default_rng(SEED)
    told: Counter[str] = Counter()
    beyond: Counter[str] = Counter()
    for _ in range(SPLITS):
        order, middle = random.permutation(len(records)).tolist(), len(records) // 2
        halves = [[records[at] for at in sorted(part)] for part in (order[:middle], order[middle:])]
        first, second = (Shares(half, least=_LEAST, seed=SEED + at) for at, half in enumerate(halves))
        for found in list_differences(first, second):
            told[found.measure] += 1
            beyond[found.measure] += found.low * found.high > 0
    return {"articles": len(records), "beyond": {each: [beyond[each], told[each]] for each in MEASURES}}


def _add_up(outlets: list[dict[str, Any]]) -> dict[str, Any]:
    sums = {each: [sum(outlet["beyond"][each][at] for outlet in outlets) for at in (0, 1)] for each in MEASURES}
    whole = [sum(found[at] for found in sums.values()) for at in (0, 1)]
    per_cent = {each: round(100 * part / told, 1) if told else None for each, (part, told) in sums.items()}
    return {"beyond": whole, "per_cent": per_cent}
