"""The word lists for quotations held against their originals: other spellings of a word, words that carry the meaning,
and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from closeread import lexicons
from closeread.lexicons import _choose, _load, _split
from closeread.lexicons.known_phrases import load_small_words

SpellingKind = Literal[
    "spelling", "contraction", "abbreviation", "unit", "number", "scale", "short-scale", "ordinal", "filler", "capitals"
]
RiskWordKind = Literal["negation", "modal", "quantifier", "number", "refusal"]
LimitKind = Literal["condition", "hearsay", "doubt", "denial"]
Side = Literal["before", "after"]

_SPELLINGS: tuple[SpellingKind, ...] = get_args(SpellingKind)
_RISK_WORDS: tuple[RiskWordKind, ...] = get_args(RiskWordKind)
_LIMITS: tuple[LimitKind, ...] = get_args(LimitKind)
_SIDES: tuple[Side, ...] = get_args(Side)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A form in lower case and the words that it stands for, none for a sound that is no word. With a star at the end
    of both (`colour*`, `color*`) any ending is kept. Of `capitals` the form in capitals is another word (US, us)."""

    form: str
    stands_for: tuple[str, ...]
    kind: SpellingKind


@dataclass(frozen=True, slots=True)
class RiskWord:
    """A word, or several, that turns the meaning of a sentence when it goes, comes or changes."""

    words: str
    kind: RiskWordKind


@dataclass(frozen=True, slots=True)
class Limit:
    """Words that limit what is said, where they stand on this side of it."""

    words: str
    kind: LimitKind
    side: Side


@cache
def load_spellings() -> tuple[Spelling, ...]:
    return _load("spellings.tsv", ("form", "stands_for", "kind"), _to_spelling)


@cache
def load_risk_words() -> tuple[RiskWord, ...]:
    return _load("risk_words.tsv", ("words", "kind"), _to_risk_word)


@cache
def load_limits() -> tuple[Limit, ...]:
    return _load("limits.tsv", ("words", "kind", "side"), _to_limit)


@cache
def index_spellings() -> Mapping[str, Spelling]:
    return MappingProxyType({spelling.form: spelling for spelling in load_spellings()})


@cache
def index_pronouns() -> frozenset[str]:
    return frozenset(word.word for word in load_small_words() if word.part == "pronoun")


@cache
def load_uncapitalised() -> frozenset[str]:
    """The words of `common_words.txt`: mostly written without a capital inside a sentence."""
    return frozenset(lexicons._read("common_words.txt").split())


def _to_spelling(form: str, stands_for: str, kind: str) -> Spelling:
    return Spelling(form, _split(stands_for), _choose(kind, _SPELLINGS))


def _to_risk_word(words: str, kind: str) -> RiskWord:
    return RiskWord(words, _choose(kind, _RISK_WORDS))


def _to_limit(words: str, kind: str, side: str) -> Limit:
    return Limit(words, _choose(kind, _LIMITS), _choose(side, _SIDES))
