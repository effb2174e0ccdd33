"""The word list for statements: signs of their kind, and of what they are rested on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from closeread.lexicons import _choose, _load
from closeread.lexicons.firmness import index_by_first_word
from closeread.lexicons.rows import MarkerPart, StatementSign, StatementWord

_PARTS: tuple[MarkerPart, ...] = get_args(MarkerPart)
_SIGNS: tuple[StatementSign, ...] = get_args(StatementSign)


@cache
def load_statement_words() -> tuple[StatementWord, ...]:
    return _load("statement_words.tsv", ("words", "part", "says"), _to_word)


@cache
def index_statement_words() -> Mapping[str, tuple[StatementWord, ...]]:
    """The entries by their first word, those with most words first."""
    return MappingProxyType(index_by_first_word(load_statement_words()))


def _to_word(words: str, part: str, says: str) -> StatementWord:
    return StatementWord(words, _choose(part, _PARTS) if part else None, _choose(says, _SIGNS))
