"""The words by which a critique speaks of the text that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from closeread.lexicons import _choose, _load, _split

CritiqueSign = Literal[
    "text",
    "text-of-writer",
    "writer",
    "mention",
    "quote",
    "call",
    "list",
    "publish",
    "use",
    "share",
    "kind",
    "adverb",
    "limit",
]

_SIGNS: tuple[CritiqueSign, ...] = get_args(CritiqueSign)


@dataclass(frozen=True, slots=True)
class CritiqueWord:
    """One word, or several. `values`: of a verb its form with *s*, its participle and its form in *ing*; of a `share`
    the part of a text before it (0 to 1); of a `kind` the kind of actor; of a `limit` the sign of comparison."""

    words: str
    says: CritiqueSign
    values: tuple[str, ...]


@cache
def load_critique_words() -> tuple[CritiqueWord, ...]:
    return _load("critique_words.tsv", ("words", "says", "value"), _to_word)


@cache
def list_critique_words(says: CritiqueSign) -> tuple[CritiqueWord, ...]:
    """Those of one sign, the longest first, so that they can be tried in this order."""
    found = [word for word in load_critique_words() if word.says == says]
    return tuple(sorted(found, key=lambda word: (-len(word.words), word.words)))


def _to_word(words: str, says: str, value: str) -> CritiqueWord:
    return CritiqueWord(words, _choose(says, _SIGNS), _split(value))
