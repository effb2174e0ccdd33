"""Shares over many articles with their intervals: each measure of a group, and a group against all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from closeread.comparisons.corpus_figures import (
    MEASURES,
    OF_ARTICLES,
    OF_WORDS,
    UNSPLIT,
    CorpusMeasure,
    Difference,
    Figure,
    Share,
)
from closeread.comparisons.corpus_records import ArticleRecord
from closeread.comparisons.resampling import (
    SEED,
    Floats,
    Ints,
    add_up,
    draw_articles,
    find_difference,
    find_interval,
)
from closeread.measures.intervals import wilson

# Of the counts of a measure the columns that are the part and the whole of a share.
_ALL, _CERTAIN, _POSSIBLE = ((0, 1), (2, 3)), ((0,), (2,)), ((1,), (3,))
_DIGITS = 6
Columns = tuple[tuple[int, ...], tuple[int, ...]]


class Shares:
    """The shares of the articles of one group, each with its interval."""

    def __init__(self, records: Sequence[ArticleRecord], *, least: int, seed: int = SEED) -> None:
        self.records, self.least = records, least
        self.weights = draw_articles(len(records), seed)
        self._wholes: dict[bytes, Floats] = {}

    @cached_property
    def counts(self) -> Ints:
        """Articles by measures by certain, possible, and what each is divided by."""
        rows = [
            [(count.certain, count.possible, count.of_certain, count.of_possible) for count in record.text.counts]
            for record in self.records
        ]
        return np.array(rows, dtype=np.int64)

    @cached_property
    def sums(self) -> Floats:
        """Measures by columns by resamples."""
        flat = add_up(self.weights, self.counts.reshape(len(self.records), -1))
        return flat.reshape(len(MEASURES), 4, -1)

    def of_measure(self, measure: CorpusMeasure, columns: Columns) -> Share:
        at = MEASURES.index(measure)
        part, whole = (int(self.counts[:, at, list(each)].sum()) for each in columns)
        if measure in OF_ARTICLES:
            return of_articles(part, whole)
        return _to_share(part, whole, find_interval(*self.resampled(measure, columns), len(self.records)))

    def resampled(self, measure: CorpusMeasure, columns: Columns) -> tuple[Floats, Floats]:
        at = MEASURES.index(measure)
        part, whole = (self.sums[at, list(each)].sum(axis=0) for each in columns)
        return part, whole

    def of_rows(self, rows: Ints, parts: Ints, wholes: Ints) -> Share:
        """The share of what stands in some articles; `wholes` are those of these articles alone. No share where these
        are in fewer than `least` articles."""
        if len(set(rows[wholes > 0].tolist())) < self.least:
            return Share(int(parts.sum()), int(wholes.sum()), None, None, None)
        part, whole = add_up(self.weights, np.stack([parts, wholes], axis=1), rows)
        return _to_share(int(parts.sum()), int(wholes.sum()), find_interval(part, whole, len(self.records)))

    def of_all(self, rows: Ints, parts: Ints, wholes: Ints) -> Share:
        """The share that what stands in some articles has of `wholes`, which are those of all articles."""
        part = add_up(self.weights, parts[:, None], rows)[0]
        interval = find_interval(part, self._add_up_all(wholes), len(self.records))
        return _to_share(int(parts.sum()), int(wholes.sum()), interval)

    def _add_up_all(self, wholes: Ints) -> Floats:
        """The sums of a whole that many shares have."""
        key = wholes.tobytes()
        if key not in self._wholes:
            self._wholes[key] = add_up(self.weights, wholes[:, None])[0]
        return self._wholes[key]


def of_articles(part: int, whole: int) -> Share:
    """A share of articles: each is one case."""
    return _to_share(part, whole, wilson(part, whole))


def _to_share(part: int, whole: int, interval: tuple[float, float] | None) -> Share:
    low, high = interval or (None, None)
    share = round(part / whole, _DIGITS) if whole else None
    if share is None or low is None or high is None:
        return Share(part, whole, share, None, None)
    return Share(part, whole, share, round(low, _DIGITS), round(high, _DIGITS))


def _columns_of(measure: CorpusMeasure) -> Columns:
    """All findings: what is divided by words or articles is divided by them once."""
    return ((0, 1), (2,)) if measure in (*OF_WORDS, *OF_ARTICLES) else _ALL


def list_figures(shares: Shares) -> tuple[Figure, ...]:
    """Every measure of a group. A measure to which fewer than `least` articles add has no shares."""
    return tuple(_to_figure(shares, measure) for measure in MEASURES)


def _to_figure(shares: Shares, measure: CorpusMeasure) -> Figure:
    columns = _columns_of(measure)
    counts = shares.counts[:, MEASURES.index(measure)]
    held = counts[:, list(columns[0])].sum(axis=1) > 0
    articles = int((counts[:, list(columns[1])].sum(axis=1) > 0).sum())
    told = (
        [shares.of_measure(measure, each) for each in (columns, _CERTAIN, _POSSIBLE)]
        if articles >= shares.least
        else None
    )
    return Figure(
        measure=measure,
        articles=articles,
        all=told[0] if told else None,
        certain=told[1] if told and measure not in UNSPLIT else None,
        possible=told[2] if told and measure not in UNSPLIT else None,
        method="wilson" if measure in OF_ARTICLES else "bootstrap",
        found_in=tuple(shares.records[int(at)].text.article for at in np.flatnonzero(held)),
    )


def list_differences(group: Shares, others: Shares) -> Iterator[Difference]:
    """A group against all other articles, measure by measure; none where either side has fewer than `least`."""
    for measure in MEASURES:
        columns = _columns_of(measure)
        sides = [group.resampled(measure, columns), others.resampled(measure, columns)]
        shares = [_share_of(side, measure, columns) for side in (group, others)]
        articles = min(_count(side, measure, columns) for side in (group, others))
        interval = find_difference(sides[0], sides[1], articles) if articles >= group.least else None
        if interval is not None and shares[0] is not None and shares[1] is not None:
            yield Difference(measure, round(shares[0] - shares[1], _DIGITS), *interval)


def _share_of(shares: Shares, measure: CorpusMeasure, columns: Columns) -> float | None:
    counts = shares.counts[:, MEASURES.index(measure)]
    part, whole = (int(counts[:, list(each)].sum()) for each in columns)
    return part / whole if whole else None


def _count(shares: Shares, measure: CorpusMeasure, columns: Columns) -> int:
    return int((shares.counts[:, MEASURES.index(measure)][:, list(columns[1])].sum(axis=1) > 0).sum())
