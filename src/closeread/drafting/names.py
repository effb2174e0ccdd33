"""How a name of the critique is written in an expression."""

from __future__ import annotations

import re
from dataclasses import dataclass

from closeread.checks.actor_words import ActorWords
from closeread.checks.records import Finder
from closeread.findings import Reading
from closeread.lexicons import resolve_country

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the expression has it. `full` is the longest that is known for it. `is_seat` is true for a capital or
    seat of government (*Washington*): checks take its name for that of the state, so it is counted as a word."""

    words: str
    full: str
    is_seat: bool
    note: str = ""


class Names:
    """With an original the name is the one that its reading gives to the only actor with it; else it stays as it is."""

    def __init__(self, critique: Reading, original: Reading | None) -> None:
        self._critique = ActorWords(Finder("critique", critique))
        self._original = ActorWords(Finder("article", original)) if original is not None else None

    def find(self, words: str) -> Name:
        bare = _ARTICLE.sub("", words)
        form = resolve_country(bare)
        if form is not None and form.kind in ("capital", "government"):
            return Name(bare, bare, True)
        here = self._critique.find(bare)
        full = here[0].name if len(here) == 1 and bare in here[0].name else bare
        if self._original is None:
            return Name(bare, full, False)
        there = self._original.find(bare) or self._original.find(full)
        if len(there) != 1 or there[0].rule == "actors.described":
            return Name(bare, full, False)
        known = there[0].name
        note = "" if known == bare else f"“{bare}” is {known} in the article."
        return Name(known, known, False, note)


def quote(words: str) -> str:
    """Words as a string of an expression, on one line."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
