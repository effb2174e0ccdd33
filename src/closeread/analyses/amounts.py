"""Numbers as a text gives them: how exact, of what unit, and whether they count a whole or a part.

An amount is an interval: `12` is 12, `at least 12` is 12 and more, `about 1,000` and `1.2 million` reach as far as
the writer rounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from closeread.lexicons.senses import sense_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

# fmt: off
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
# fmt: on
_WORDS = {word: float(at) for at, word in enumerate(_ONES)} | {word: float(at) for word, at in _TENS.items()}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LEAST = frozenset({"least", "over", "more", "exceeding", "above", "minimum"})
_MOST = frozenset({"most", "under", "fewer", "less", "below", "maximum"})
_ABOUT = frozenset(
    {"about", "around", "roughly", "approximately", "some", "nearly", "almost", "estimated", "circa", "~"}
)
_ABOUT_SHARE = 0.15
_ADDED = frozenset({"more", "other", "others", "another", "additional", "further", "extra", "next", "remaining", "new"})
# Numbers inside names (`the FTSE 100`) count nothing.
_NAMES = frozenset({"ORG", "PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT", "GPE", "LOC"})
_PERIODS = frozenset({"hour", "day", "night", "week", "month", "quarter", "year", "person", "head", "share"})
_CURRENCY = {"$": "dollar", "€": "euro", "£": "pound", "US$": "dollar"}
_BEFORE = 4
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_LENGTHS = frozenset({"hour", "hours", "minute", "minutes", "second", "seconds"})
# Numbers from here on are round where they end in two zeros; smaller ones are taken as they stand.
_ROUND = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """A number from `low` to `high`, with its first and last token. `unit` is the sense of the noun it counts, empty
    where it stands alone; `bearer` the token that stands in the sentence for it (the noun, or the number).
    `part`: it is one among others or a rate (`three of the 12`, `12 more`, `12 a day`)."""

    low: float
    high: float
    first: Token
    last: Token
    unit: str
    bearer: Token
    exact: bool
    part: bool

    @property
    def words(self) -> tuple[Token, Token]:
        return self.first, self.last

    def excludes(self, other: Amount) -> bool:
        return self.high < other.low or other.high < self.low


def find_amounts(doc: Doc) -> dict[int, Amount]:
    """By the index of the bearer. Linear in the length of the text."""
    found: dict[int, Amount] = {}
    end = 0
    for token in doc:
        if token.i >= end and (token.pos_ == "NUM" or token.lower_ == "dozen"):
            first, last, value, step = _read_number(token)
            end = last.i + 1
            if value is not None and first.ent_type_ not in _NAMES and not _is_date(first, last):
                amount = _to_amount(first, last, value, step)
                found.setdefault(amount.bearer.i, amount)
    return found


def _read_number(token: Token) -> tuple[Token, Token, float | None, float]:
    """A run of number words: its tokens, its value and the step to which it is rounded."""
    words = list(_run(token))
    value, scale, step = None, 1.0, 1.0
    for word in words:
        text = word.lower_.replace(",", "") if _DIGITS.fullmatch(word.lower_) else word.lower_
        if text in _SCALES:
            scale *= _SCALES[text]
            value = 1.0 if value is None else value
        else:
            one = _value(text)
            value = one if value is None else None
            step = 10.0 ** -len(text.partition(".")[2]) if "." in text else 1.0
            if one is None or value is None:
                return words[0], words[-1], None, 1.0
    total = value * scale if value is not None else None
    return words[0], words[-1], total, step * scale


def _run(token: Token) -> Iterator[Token]:
    doc = token.doc
    at = token.i
    while at < len(doc) and (doc[at].pos_ == "NUM" or doc[at].lower_ in _SCALES):
        if at > token.i and doc[at].lower_ not in _SCALES:
            return
        yield doc[at]
        at += 1


def _value(text: str) -> float | None:
    if text in _WORDS:
        return _WORDS[text]
    tens, _, ones = text.partition("-")
    if tens in _TENS and ones in _WORDS:
        return _WORDS[tens] + _WORDS[ones]
    return float(text) if _DIGITS.fullmatch(text) else None


def _is_date(first: Token, last: Token) -> bool:
    """Years, days of a month, hours: they tell when. `two years` and `45 years` are amounts."""
    if first.is_digit and len(first) == 4 and 1500 <= int(first.text) <= 2100 and last.dep_ != "nummod":
        return True
    if first.ent_type_ not in ("DATE", "TIME", "ORDINAL"):
        return False
    around = {first.nbor(-1).lower_[:3] if first.i else "", last.head.lower_[:3]}
    return bool(around & _MONTHS) or (first.ent_type_ != "DATE" and last.head.lower_ not in _LENGTHS)


def _to_amount(first: Token, last: Token, value: float, step: float) -> Amount:
    top = _top(first, last)
    bearer, unit = top, ""
    sign = first.nbor(-1) if first.i else None
    if sign is not None and sign.text in _CURRENCY:
        unit, first = _CURRENCY[sign.text], sign
    elif top.dep_ in ("nummod", "compound", "nmod") and top.head.pos_ in ("NOUN", "PROPN") and top.head.i > last.i:
        bearer, unit = top.head, sense_of(top.head.lemma_.lower(), "noun")
    low, high, exact = _bounds(first, value, step)
    return Amount(low, high, first, last, unit, bearer, exact, _is_part(top, bearer))


def _top(first: Token, last: Token) -> Token:
    """The token of the run on which the others hang."""
    return next((token for token in (last, first) if not first.i <= token.head.i <= last.i), last)


def _bounds(first: Token, value: float, step: float) -> tuple[float, float, bool]:
    words = {first.doc[at].lower_ for at in range(max(first.i - _BEFORE, first.sent.start), first.i)}
    near = {first.doc[at].lower_ for at in range(max(first.i - 2, first.sent.start), first.i)}
    after = first.doc[first.i + 1].lower_ if first.i + 1 < len(first.doc) else ""
    if {"up", "to"} <= words or ({"as", "many"} <= words) or "between" in words or near & _MOST:
        return 0.0, value, False
    if near & _LEAST or {"no", "fewer"} <= words:
        return value, inf, False
    if "to" in near and first.i > 1 and first.nbor(-2).pos_ == "NUM":
        return 0.0, value, False
    ranges = after in ("or", "to", "-", "–") and first.i + 2 < len(first.doc) and first.doc[first.i + 2].pos_ == "NUM"
    if near & _ABOUT or ranges:
        return value * (1 - _ABOUT_SHARE), value * (1 + _ABOUT_SHARE), False
    if value >= _ROUND and (step > 1 or value % _ROUND == 0):
        slack = min(max(step, _zeros(value)), value / 10) / 2
        return value - slack, value + slack, True
    return value, value, True


def _zeros(value: float) -> float:
    """The power of ten to which a round number is rounded: 1,200 to 100."""
    step = 1.0
    while value % (step * 10) == 0:
        step *= 10
    return step


def _is_part(top: Token, bearer: Token) -> bool:
    for child in (*top.children, *bearer.children):
        if child.lower_ in _ADDED or (child.lower_ == "of" and child.dep_ == "prep" and bearer == top):
            return True
    following = [word.lower_ for word in bearer.doc[bearer.i + 1 : bearer.i + 3]]
    rate = len(following) == 2 and following[0] in ("a", "per", "each", "every") and following[1] in _PERIODS
    return rate or following[:1] in (["more"], ["others"])
