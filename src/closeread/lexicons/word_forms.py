"""The word lists by which two texts are found to tell the same in other words: irregular forms, and near words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from closeread.lexicons import _load, _split


@dataclass(frozen=True, slots=True)
class IrregularForm:
    """A form (`sank`) and the lemma that it belongs to (`sink`)."""

    form: str
    lemma: str


@dataclass(frozen=True, slots=True)
class NearWords:
    """Lemmas of any part of speech that may stand for one another where two texts speak of the same."""

    words: tuple[str, ...]


@cache
def load_irregular_forms() -> tuple[IrregularForm, ...]:
    return _load("irregular_forms.tsv", ("form", "lemma"), IrregularForm)


@cache
def load_near_words() -> tuple[NearWords, ...]:
    return _load("near_words.tsv", ("words",), _to_near_words)


@cache
def index_irregular_forms() -> Mapping[str, str]:
    return MappingProxyType({row.form: row.lemma for row in load_irregular_forms()})


@cache
def index_near_words() -> Mapping[str, frozenset[str]]:
    """By lemma, the rows that hold it, each named by its first two words."""
    index: dict[str, frozenset[str]] = {}
    for row in load_near_words():
        name = "|".join(row.words[:2])
        for word in row.words:
            index[word] = index.get(word, frozenset()) | {name}
    return MappingProxyType(index)


def _to_near_words(words: str) -> NearWords:
    row = _split(words)
    if len(row) < 2:
        raise ValueError(f"{len(row)} words, expected two or more")
    return NearWords(row)
