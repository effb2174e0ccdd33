"""The same words written in another way: which kind of difference it is."""

from __future__ import annotations

import re
from typing import Literal

from closeread.comparisons.units import Unit
from closeread.comparisons.wording import fold
from closeread.lexicons.quotation_words import index_spellings

DifferenceKind = Literal[
    "marks",
    "punctuation",
    "dash",
    "space",
    "case",
    "spelling",
    "house-style",
    "contraction",
    "filler",
    "interruption",
    "ellipsis",
    "bracketed",
    "substituted",
    "dropped",
    "added",
    "reordered",
    "joined",
]

QUOTES = re.compile(r"[\"'“”„«»‘’‟＂`]")
_DASH = re.compile(r"\s*[‐‑–—−-]+\s*")


def tell_spelling(here: str, there: str, unit: Unit) -> DifferenceKind | None:
    if unit.inline:
        return "bracketed"
    straight = [re.sub("[’‘]", "'", text).replace("\u00ad", "") for text in (here, there)]
    if straight[0] == straight[1]:
        return "marks"
    if straight[0].casefold() == straight[1].casefold():
        return "case"
    if unit.number:
        return "house-style"
    folded = [fold(text).replace(".", "") for text in (here, there)]
    if folded[0] == folded[1]:
        return "spelling" if "." not in here + there else "house-style"
    kinds = {spelling.kind for text in folded if (spelling := index_spellings().get(text))}
    if "contraction" in kinds or any("'" in text for text in folded):
        return "contraction"
    return "house-style" if kinds & {"abbreviation", "unit"} or "%" in here + there else "spelling"


def tell_form(here: str, there: str) -> DifferenceKind | None:
    """Words that are one word on the other side, or `'s` for `has`."""
    folded = ["".join(char for char in fold(text) if char.isalnum()) for text in (here, there)]
    if folded[0] == folded[1]:
        return "spelling"
    if _is_masked(fold(here), fold(there)):
        return "house-style"
    texts = {fold(here), fold(there)}
    if any(text.replace("'s", f" {verb}") in texts for text in texts if "'s" in text for verb in ("is", "has", "us")):
        return "contraction"
    for short, long in (("'s", "has"), ("'d", "had")):
        if long in texts and any(text.endswith(short) for text in texts):
            return "contraction"
    return None


def _is_masked(first: str, second: str) -> bool:
    """Whether one is the other with letters behind asterisks."""
    if "*" not in first + second or len(first) != len(second):
        return False
    return all(a == b or "*" in (a, b) for a, b in zip(first, second, strict=True))


def tell_marks(here: str, there: str) -> DifferenceKind | None:
    here, there = re.sub(r"[ \t\n]+", " ", here), re.sub(r"[ \t\n]+", " ", there)
    if here == there:
        return None
    if ("?" in here) != ("?" in there):
        return "substituted"
    if any(char.isalpha() for char in here + there):
        return "filler"
    bare = [QUOTES.sub("", text).strip() for text in (here, there)]
    if bare[0] == bare[1]:
        return "marks" if QUOTES.search(here + there) else "space"
    dashes = [_DASH.sub("-", text) for text in bare]
    if dashes[0] == dashes[1]:
        return "dash"
    return "space" if bare[0].replace(" ", "") == bare[1].replace(" ", "") else "punctuation"
