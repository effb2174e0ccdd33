"""The word list for markers: hedges, factives, assertives, intensifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar, get_args

from closeread.lexicons import _choose, _load
from closeread.lexicons.rows import MarkerClass, MarkerNeed, MarkerPart, MarkerWord, StatementWord

Entry = TypeVar("Entry", MarkerWord, StatementWord)

_PARTS: tuple[MarkerPart, ...] = get_args(MarkerPart)
_CLASSES: tuple[MarkerClass, ...] = get_args(MarkerClass)
_NEEDS: tuple[MarkerNeed, ...] = get_args(MarkerNeed)


@cache
def load_markers() -> tuple[MarkerWord, ...]:
    return _load("markers.tsv", ("words", "part", "kind", "needs"), _to_marker)


@cache
def index_markers() -> Mapping[str, tuple[MarkerWord, ...]]:
    """The markers by their first word, those with most words first."""
    return MappingProxyType(index_by_first_word(load_markers()))


def index_by_first_word(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries of one or several words by the first, those with most words first."""
    index: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: -entry.words.count(" ")):
        index.setdefault(entry.words.split()[0], []).append(entry)
    return {first: tuple(found) for first, found in index.items()}


def _to_marker(words: str, part: str, kind: str, needs: str) -> MarkerWord:
    return MarkerWord(
        words,
        _choose(part, _PARTS) if part else None,
        _choose(kind, _CLASSES),
        _choose(needs, _NEEDS) if needs else None,
    )
