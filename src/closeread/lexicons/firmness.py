"""The word list for markers: hedges, factives, assertives, intensifiers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from closeread.lexicons import _choose, _load
from closeread.lexicons.rows import MarkerClass, MarkerNeed, MarkerPart, MarkerWord

_PARTS: tuple[MarkerPart, ...] = get_args(MarkerPart)
_CLASSES: tuple[MarkerClass, ...] = get_args(MarkerClass)
_NEEDS: tuple[MarkerNeed, ...] = get_args(MarkerNeed)


@cache
def load_markers() -> tuple[MarkerWord, ...]:
    return _load("markers.tsv", ("words", "part", "kind", "needs"), _to_marker)


@cache
def index_markers() -> Mapping[str, tuple[MarkerWord, ...]]:
    """The markers by their first word, those with most words first."""
    index: dict[str, list[MarkerWord]] = {}
    for marker in sorted(load_markers(), key=lambda marker: -marker.words.count(" ")):
        index.setdefault(marker.words.split()[0], []).append(marker)
    return MappingProxyType({first: tuple(markers) for first, markers in index.items()})


def _to_marker(words: str, part: str, kind: str, needs: str) -> MarkerWord:
    return MarkerWord(
        words,
        _choose(part, _PARTS) if part else None,
        _choose(kind, _CLASSES),
        _choose(needs, _NEEDS) if needs else None,
    )
