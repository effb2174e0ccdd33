"""The smallest thing that is compared: a word with its key and its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a number or date of several, by its key. Two units may stand at one place (`don't`). `bracket` is the
    number of the group in brackets that holds it, 0 outside; `inline` a word with letters in brackets (`[T]he`)."""

    key: str
    start: int
    end: int
    number: bool = False
    bracket: int = 0
    inline: bool = False
