"""Numbers as a text gives them, in digits or words, with what they count: `12`, `twelve` and `a dozen` are one value.

No number: a year, a day of a month, an hour, a rank (`third`), a part of a name, and `one`, which is mostly no count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Unit = Literal["count", "percent", "money"]
Precision = Literal["exact", "about", "over", "under"]

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL_WORDS = [*_SMALL.split(" "), "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: float(value) for value, word in enumerate(_SMALL_WORDS)}
_WORDS |= {word: 10.0 * value for value, word in enumerate(_TENS, 2)}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|bn|b|tn)?", re.I)
_CURRENCY = frozenset({"$", "£", "€", "us$", "dollar", "dollars", "pound", "pounds", "euro", "euros"})
_MONTHS = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december"
)
_DASHES = frozenset({"-", "–"})
_WHICH = frozenset({"#", "/", ":", "no.", "number"})
_WHEN = frozenset({":", "a.m.", "p.m.", "am", "pm", "o'clock"})
_NAMES = frozenset({"ORG", "PRODUCT", "LAW", "EVENT", "WORK_OF_ART", "FAC", "GPE", "LOC", "ORDINAL"})
_ABOUT = frozenset({"about", "around", "roughly", "approximately", "some", "nearly", "almost", "estimated"})
_OVER = frozenset({"over", "than", "least", "above", "exceeding"})
_UNDER = frozenset({"under", "below", "most"})
_RARE = 100
# The words before a number that may say how exact it is.
_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Number:
    """One number. `noun` is what it counts, in lower case without a plural ending, empty where that is not told;
    `precision` is what the words before it say of it (`nearly`, `more than`, `fewer than`)."""

    start: int
    end: int
    value: float
    unit: Unit
    noun: str
    precision: Precision

    def equals(self, other: Number) -> bool:
        return self.unit == other.unit and abs(self.value - other.value) <= 1e-9 * max(self.value, other.value)

    @property
    def is_rare(self) -> bool:
        """Shares, money, decimals and counts from 100 on are hardly met twice by chance."""
        return self.unit != "count" or self.value >= _RARE or self.value % 1 != 0

    def is_near(self, other: Number) -> bool:
        """Whether one rounds the other, and both count the same as far as that is told."""
        if self.unit != other.unit or not (self.value and other.value):
            return False
        if self.noun != other.noun and (self.value < _RARE or (self.noun and other.noun)):
            return False
        return self._rounds(other) or other._rounds(self)

    def _rounds(self, other: Number) -> bool:
        """Whether this is the other in fewer digits, or is said to be near it: at most 5 % apart, 10 % where `more
        than` or `under` says on which side."""
        share = other.value / self.value
        if self.precision in ("over", "under"):
            return 1 <= share <= 1.1 if self.precision == "over" else 0.9 <= share <= 1
        return (self.precision == "about" or _digits(self.value) < _digits(other.value)) and 0.95 <= share <= 1.05


def _digits(value: float) -> int:
    """Significant digits."""
    return len(f"{value:.6f}".replace(".", "").strip("0")) or 1


def find_numbers(doc: Doc) -> Iterator[Number]:
    """In the order of the text. Linear in its length."""
    end = 0
    for token in doc:
        if token.i < end or not (token.pos_ == "NUM" or token.tag_ == "CD" or token.lower_ in _OPENERS):
            continue
        last, value = _read(token)
        if value is not None and not _is_other(token, last):
            end = last.i + 1
            yield _to_number(token, last, value)


_OPENERS = frozenset({"a", "half", "dozen", *_WORDS})


def _read(token: Token) -> tuple[Token, float | None]:
    """The last token of a number that begins here, and its value; None where none does."""
    match = _DIGITS.fullmatch(token.text)
    if match:
        value = float(match[1].replace(",", "") + (match[2] or "")) * _SHORT.get((match[3] or "").lower(), 1.0)
        return _scale(token, value)
    following = _next(token)
    if token.lower_ in ("a", "an", "half"):
        return _read_article(token)
    if token.lower_ == "dozen":
        return token, 12.0
    if token.lower_ not in _WORDS:
        return token, None
    if token.lower_ == "one" and not (following is not None and following.lower_ in _SCALES):
        return token, None
    return _scale(*_read_words(token))


def _read_article(token: Token) -> tuple[Token, float | None]:
    """`a dozen`, `a million`, `half a million`; `a` alone is no number."""
    half, at = (0.5, _next(token)) if token.lower_ == "half" else (1.0, token)
    if at is None or at.lower_ != "a":
        return token, None
    scale = _next(at)
    if scale is None or scale.lower_ not in _SCALES:
        return token, None
    last, value = _scale(scale, half * _SCALES[scale.lower_])
    return last, value


def _read_words(token: Token) -> tuple[Token, float]:
    """`twelve`, `twenty-one`."""
    last, value = token, _WORDS[token.lower_]
    if value >= 20:
        hyphen = _next(last)
        ones = _next(hyphen) if hyphen is not None and hyphen.text in "-‐‑" else hyphen
        if ones is not None and 0 < _WORDS.get(ones.lower_, 0) < 10:
            last, value = ones, value + _WORDS[ones.lower_]
    return last, value


def _scale(last: Token, value: float) -> tuple[Token, float]:
    """The number with the words behind it that multiply it (`1.2 million`, `two hundred thousand`, `$5m`)."""
    following = _next(last)
    money = _lower(last.doc, last.i - 1) in _CURRENCY
    if following is not None and following.lower_ in _SHORT and money and not last.whitespace_:
        return following, value * _SHORT[following.lower_]
    while following is not None and following.lower_ in _SCALES:
        last, value = following, value * _SCALES[following.lower_]
        following = _next(last)
    return _add(last, value)


def _add(last: Token, value: float) -> tuple[Token, float]:
    """`two hundred and five`."""
    words = last.doc[last.i + 1 : last.i + 3]
    if last.lower_ != "hundred" or len(words) < 2 or words[0].lower_ != "and" or words[1].lower_ not in _WORDS:
        return last, value
    end, more = _read_words(words[1])
    return end, value + more


def _next(token: Token | None) -> Token | None:
    return token.nbor() if token is not None and token.i + 1 < len(token.doc) else None


def _is_other(first: Token, last: Token) -> bool:
    """Whether a number tells when, which or how well, and not how many."""
    before, after = [_lower(first.doc, first.i - step) for step in (1, 2)], _lower(first.doc, last.i + 1)
    if first.ent_type_ in _NAMES or before[0] in _WHICH or before == [".", "no"]:
        return True
    if after in _WHEN or after == "/" or _MONTHS.fullmatch(before[0]) or _MONTHS.fullmatch(after):
        return True
    if (before[0] in _DASHES and before[1].isdigit()) or (after in _DASHES and _lower(first.doc, last.i + 2).isdigit()):
        return True
    return first is last and _is_year(first) and before[0] not in _CURRENCY


def _lower(doc: Doc, at: int) -> str:
    return doc[at].lower_ if 0 <= at < len(doc) else ""


def _is_year(token: Token) -> bool:
    return token.is_digit and len(token) == 4 and 1900 <= int(token.text) <= 2099


def _to_number(first: Token, last: Token, value: float) -> Number:
    before = [token.lower_ for token in first.doc[max(0, first.i - _BEFORE) : first.i]]
    unit, end = _unit(first, last, before)
    noun = _noun(last) if unit == "count" else ""
    return Number(first.idx, end.idx + len(end), value, unit, noun, _precision(before))


def _unit(first: Token, last: Token, before: list[str]) -> tuple[Unit, Token]:
    """With the last token that belongs to the number."""
    after = [first.doc[at] for at in range(last.i + 1, min(last.i + 4, len(first.doc)))]
    words = [token.lower_ for token in after] + [""] * 3
    if words[0] in ("%", "percent", "pct"):
        return "percent", after[0]
    if words[0] == "-" and words[1] == "percent":
        return "percent", after[1]
    if words[:2] == ["per", "cent"]:
        return "percent", after[1]
    if words[0] == "percentage":
        return "percent", after[0]
    if (before and before[-1] in _CURRENCY) or words[0] in _CURRENCY or (words[0] == "-" and words[1] in _CURRENCY):
        return "money", last
    return "count", last


def _noun(last: Token) -> str:
    """The noun that a number counts: its head, or the first noun behind it before anything but adjectives."""
    head = last.head
    if last.dep_ == "nummod" and head.i > last.i and head.pos_ in ("NOUN", "PROPN"):
        return to_singular(head)
    for token in last.doc[last.i + 1 : last.i + 5]:
        if token.pos_ == "NOUN":
            return to_singular(token)
        if token.pos_ not in ("ADJ", "PROPN", "ADV") and token.text not in "-–":
            break
    return ""


def to_singular(token: Token) -> str:
    """The noun in lower case without its plural; a title in capitals hides it from the parser's lemma."""
    lemma = token.lemma_.lower()
    return lemma[:-1] if lemma.endswith("s") and not lemma.endswith("ss") and len(lemma) > 3 else lemma


def _precision(before: list[str]) -> Precision:
    for word in reversed(before):
        if word in _ABOUT:
            return "about"
        if word in _OVER:
            return "under" if "less" in before or "fewer" in before else "over"
        if word in _UNDER:
            return "under"
    return "exact"
