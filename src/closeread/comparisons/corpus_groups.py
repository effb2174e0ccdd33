"""The articles of a collection by outlet, month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from closeread.comparisons.corpus_figures import Dimension
from closeread.comparisons.corpus_records import ArticleRecord
from closeread.comparisons.corpus_shares import Shares


@dataclass(frozen=True, slots=True)
class InGroup:
    """One group: its articles, the row of each in `records` by id, and their shares, None where they are too few."""

    by: Dimension
    name: str | None
    records: Sequence[ArticleRecord]
    rows: Mapping[str, int]
    shares: Shares | None


def group_records(records: Iterable[ArticleRecord], by: Dimension, least: int) -> Iterator[InGroup]:
    for name, inside in _group(records, by).items():
        shares = Shares(inside, least=least) if len(inside) >= least else None
        yield InGroup(by, name, inside, {record.text.article: at for at, record in enumerate(inside)}, shares)


def _group(records: Iterable[ArticleRecord], by: Dimension) -> dict[str | None, list[ArticleRecord]]:
    """Groups by name, those without one last. Outlets are one where they differ only in case; the spelling that most
    articles have is shown."""
    spellings: dict[str, Counter[str]] = {}
    groups: dict[str | None, list[ArticleRecord]] = {}
    for record in records:
        name = _name_of(record, by)
        key = name.casefold() if name else None
        if name and key:
            spellings.setdefault(key, Counter())[name] += 1
        groups.setdefault(key, []).append(record)
    shown = {key: min(names, key=lambda name: (-names[name], name)) for key, names in spellings.items()}
    ordered = sorted(groups.items(), key=lambda each: (each[0] is None, each[0] or ""))
    return {shown[key] if key else None: group for key, group in ordered}


def _name_of(record: ArticleRecord, by: Dimension) -> str | None:
    if by == "outlet":
        return record.text.outlet
    return record.month if by == "month" or record.month is None else record.month[:4]
