"""What two texts share word for word, by comparing every word with every word. Slow, plain, and apart from closeread
but for `find_words`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from closeread.article import Span, find_words
from closeread.comparisons.reuse import Reuse

_NUMBERS: dict[str, int] = {}


def find_shared(first: str, second: str, shortest: int) -> Iterator[tuple[int, int, int, int]]:
    """Runs of at least that many words that are the same and could not be longer: where they begin and end in the
    words of the one and of the other."""
    one, other = _number(first), _number(second)
    if min(len(one), len(other)) < shortest:
        return
    same = np.zeros((len(one) + 1, len(other) + 1), dtype=np.bool_)
    same[:-1, :-1] = one[:, None] == other[None, :]
    held = same[: len(one) - shortest + 1, : len(other) - shortest + 1].copy()
    for at in range(1, shortest):
        held &= same[at : at + held.shape[0], at : at + held.shape[1]]
    for a, b in np.argwhere(held).tolist():
        if a and b and same[a - 1, b - 1]:
            continue
        length = shortest
        while same[a + length, b + length]:
            length += 1
        yield a, a + length, b, b + length


def is_told_right(reuse: Reuse) -> bool:
    """Whether the two places are the same words once the edits are taken out, as many as it says."""
    first = _without(reuse.first, [edit.first for edit in reuse.edits])
    second = _without(reuse.second, [edit.second for edit in reuse.edits])
    return first == second and len(first) == reuse.words


def _without(place: Span, edits: list[Span | None]) -> list[str]:
    words = [(fold(place.text[a:b]), place.start + a, place.start + b) for a, b in find_words(place.text)]
    cut = [edit for edit in edits if edit]
    return [word for word, start, end in words if not any(edit.start <= start and end <= edit.end for edit in cut)]


def fold(word: str) -> str:
    """The word without case, form of apostrophe and hyphen, soft hyphens, and full stops between single letters."""
    plain = re.sub("[\u00ad\u200d]", "", word.replace("’", "'").replace("‐", "-").replace("‑", "-")).casefold()
    parts = plain.split(".")
    return "".join(parts) if all(len(part) == 1 and part.isalpha() for part in parts) else plain


@lru_cache(maxsize=4096)
def _number(text: str) -> npt.NDArray[np.int32]:
    words = [fold(text[a:b]) for a, b in find_words(text)]
    return np.array([_NUMBERS.setdefault(word, len(_NUMBERS)) for word in words], dtype=np.int32)
