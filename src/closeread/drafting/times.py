"""How often: `four times`, `only twice`, `at least six times`."""

from __future__ import annotations

import re
from functools import cache

from closeread.drafting.phrases import NUMBER, compiled, to_limit, to_number, words_of

_ADVERBS = {"once": 1, "twice": 2, "thrice": 3}


@cache
def times() -> str:
    """Part of a pattern; `read_times` reads what it matches."""
    return rf"(?:{words_of('limit')}\s+)?(?:{'|'.join(_ADVERBS)}|{NUMBER}\s+(?:times|mentions?|occasions))(?![\w-])"


def read_times(words: str) -> tuple[str, int] | None:
    """The sign of comparison and the number, None where it is no number."""
    found = compiled(rf"(?:(?P<limit>{words_of('limit')})\s+)?(?P<number>{NUMBER})(?:\s+\w+)?").fullmatch(words)
    if found is None:
        return None
    number = _ADVERBS.get(found["number"].lower()) or to_number(found["number"])
    return (to_limit(re.sub(r"\s+", " ", found["limit"]) if found["limit"] else None), number) if number else None
