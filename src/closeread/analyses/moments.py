"""When something is said to happen: weekday, part of the day, day, month, year, as far as the words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_PARTS = frozenset({"morning", "afternoon", "evening", "night", "midnight", "noon"})
_NEAR = frozenset({"today", "yesterday", "tomorrow", "tonight"})
_REPEATED = frozenset({"every", "each"})
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DAY = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_SHORT = {name[:3]: name for name in (*_WEEKDAYS, *_MONTHS)} | {
    "sept": "september",
    "tues": "tuesday",
    "thurs": "thursday",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """`fields` maps what is told (`weekday`, `day`, `month`, `year`, `part`, `near`) to its word, and to the token
    that tells it; empty where the words tell none of them."""

    fields: tuple[tuple[str, str, Token], ...]
    repeated: bool

    @property
    def is_dated(self) -> bool:
        """Whether a month or year is told."""
        return any(name in ("month", "year") for name, _, _ in self.fields)

    def excludes(self, other: Moment) -> tuple[Token, Token] | None:
        """The first words in which two moments differ, None where both can be the same."""
        if self.repeated or other.repeated:
            return None
        mine = {name: (word, token) for name, word, token in self.fields}
        theirs = {name: (word, token) for name, word, token in other.fields}
        for name in _ORDER:
            if name in mine and name in theirs and mine[name][0] != theirs[name][0]:
                return mine[name][1], theirs[name][1]
        return None

    def equals(self, other: Moment) -> bool:
        names = {name for name, _, _ in self.fields} & {name for name, _, _ in other.fields}
        return bool(names) and self.excludes(other) is None


_ORDER = ("year", "month", "day", "weekday", "near", "part")


def read_moment(tokens: Iterable[Token]) -> Moment | None:
    """None where the tokens tell no moment that can be compared."""
    fields: dict[str, tuple[str, Token]] = {}
    repeated = False
    for token in tokens:
        word = token.lower_.rstrip(".")
        word = _SHORT.get(word, word) if token.text[0].isupper() else word
        repeated |= word in _REPEATED
        name = _field_of(word, token)
        if name is not None:
            fields.setdefault(name, (word, token))
    if "day" in fields and "month" not in fields:
        del fields["day"]
    return Moment(tuple((name, word, token) for name, (word, token) in fields.items()), repeated) if fields else None


def _field_of(word: str, token: Token) -> str | None:
    if word in _WEEKDAYS:
        return "weekday"
    if word in _MONTHS and token.text[0].isupper():
        return "month"
    if word in _PARTS:
        return "part"
    if word in _NEAR:
        return "near"
    if _YEAR.fullmatch(word):
        return "year"
    return "day" if _DAY.fullmatch(word) else None
