"""Which words are written as names."""

from __future__ import annotations

import re

from closeread.comparisons.units import Unit
from closeread.comparisons.wording import Wording, fold
from closeread.lexicons.quotation_words import load_uncapitalised

_CLITIC = re.compile("(?:n['’]t|['’](?:s|m|d|ll|re|ve))$")
_OPENING = '“‘"«(['


def is_name(wording: Wording, unit: Unit, sentence: int) -> bool:
    """Whether a word is written as a name: with a capital that does not come from the beginning of its sentence."""
    surface = wording.surface(unit)
    word = _CLITIC.sub("", fold(surface))
    if not surface[:1].isupper() or word in ("i", "ok") or unit.inline:
        return False
    before = wording.text[sentence : unit.start]
    if any(char.isalnum() for char in before) and before.rstrip()[-1:] not in _OPENING:
        return True
    return word not in load_uncapitalised() and _is_capitalised_elsewhere(wording.text, surface, unit)


def _is_capitalised_elsewhere(text: str, surface: str, unit: Unit) -> bool:
    """Whether a word at the beginning of a sentence is a name all the same: the name goes on behind it, or the text
    writes it with a capital inside a sentence."""
    if re.match(r"\s+[A-Z][a-z]", text[unit.end : unit.end + 8]):
        return True
    return re.search(rf"[a-z,] {re.escape(_CLITIC.sub('', surface))}\b", text) is not None
