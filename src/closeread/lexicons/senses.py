"""The word lists for what cannot both hold: words that tell the same, and words that exclude each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from closeread.lexicons import _choose, _load, _split
from closeread.lexicons.rows import OppositeWords, SameWords, TellingKind, WordClass

_WORD_CLASSES: tuple[WordClass, ...] = get_args(WordClass)
_KINDS: tuple[TellingKind, ...] = get_args(TellingKind)


@cache
def load_same_words() -> tuple[SameWords, ...]:
    return _load("same_words.tsv", ("words", "part", "kind"), _to_same_words)


@cache
def load_opposites() -> tuple[OppositeWords, ...]:
    return _load("opposites.tsv", ("part", "words"), _to_opposite_words)


@cache
def index_same_words() -> Mapping[tuple[str, WordClass], SameWords]:
    """The row of each of its words: a lemma, with the particle or object that belongs to it."""
    return MappingProxyType({(word, row.part): row for row in load_same_words() for word in row.words})


@cache
def index_opposites() -> Mapping[tuple[str, WordClass], frozenset[str]]:
    """What each word excludes, both by their senses."""
    index: dict[tuple[str, WordClass], frozenset[str]] = {}
    for row in load_opposites():
        senses = {sense_of(word, row.part) for word in row.words}
        for sense in senses:
            index[sense, row.part] = index.get((sense, row.part), frozenset()) | (senses - {sense})
    return MappingProxyType(index)


def sense_of(word: str, part: WordClass) -> str:
    """The first word of its row; a word that is not listed is its own sense."""
    row = index_same_words().get((word, part))
    return row.words[0] if row else word


def _to_same_words(words: str, part: str, kind: str) -> SameWords:
    return SameWords(_split(words), _choose(part, _WORD_CLASSES), _choose(kind, _KINDS) if kind else None)


def _to_opposite_words(part: str, words: str) -> OppositeWords:
    return OppositeWords(_choose(part, _WORD_CLASSES), _split(words))
