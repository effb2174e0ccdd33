"""The word list by which wording is compared apart from its matter: words that hold sentences together."""

from __future__ import annotations

from functools import cache
from typing import get_args

from closeread.lexicons import _choose, _load
from closeread.lexicons.rows import FunctionPart, FunctionWord

_PARTS: tuple[FunctionPart, ...] = get_args(FunctionPart)


@cache
def load_function_words() -> tuple[FunctionWord, ...]:
    return _load("function_words.tsv", ("word", "part"), lambda word, part: FunctionWord(word, _choose(part, _PARTS)))


@cache
def index_function_words() -> frozenset[str]:
    return frozenset(row.word for row in load_function_words())
