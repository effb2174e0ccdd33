"""Values of checks. What a reading is not certain of is not one value but a range, or neither true nor false.

A number lies from `low` to `high`: of five quotations, three of them certain, there are 3 to 5. Truth is Kleene's: what
is unknown stays unknown unless the rest decides alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import inf, isfinite

from closeread.article import Span


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place of one of the texts, by the name that the check file gives it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is known to lie from `low` to `high`, both included. `why` says what keeps it from being one."""

    low: float
    high: float
    places: tuple[Place, ...] = ()
    why: str = ""

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false, or None: cannot tell, and `why`."""

    value: bool | None
    places: tuple[Place, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text. None where there is none, or where it cannot be told; then `why` says so. `known` are all values that it
    can have, empty where it can be anything."""

    value: str | None
    places: tuple[Place, ...] = ()
    why: str = ""
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Something with named values: a text, an actor, a quotation. `functions` take values and give one."""

    kind: str
    fields: dict[str, Value]
    place: Place | None = None
    functions: Mapping[str, Callable[..., Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Items:
    """Records in the order of the text: those that are certain to belong, and those that possibly do. `whole` is false
    where the text may hold more than could be read."""

    certain: tuple[Value, ...]
    possible: tuple[Value, ...] = ()
    whole: bool = True
    why: str = ""


Value = Number | Truth | Words | Record | Items


def exact(number: float, places: Iterable[Place] = ()) -> Number:
    return Number(number, number, tuple(places))


def bounded(certain: int, possible: int, places: Iterable[Place] = (), *, whole: bool = True) -> Number:
    """A count: `certain` at the least, `possible` more at the most, any number more where the text is not whole."""
    why = "" if whole and not possible else f"{possible} more are possible" if whole else "the text may hold more"
    return Number(certain, certain + possible if whole else inf, tuple(places), why)


def places_of(value: Value) -> tuple[Place, ...]:
    if isinstance(value, Record):
        return (value.place,) if value.place else ()
    if isinstance(value, Items):
        found = (place for item in (*value.certain, *value.possible) for place in places_of(item))
        return tuple(islice(found, MOST_PLACES))
    return value.places


# A value keeps no more places and words than these, so that no expression can make them grow without end.
MOST_PLACES, LONGEST_WORDS, LARGEST = 400, 100_000, 1e15


def gather(one: tuple[Place, ...], other: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places of both, each once, in this order."""
    if not one or not other or one is other:
        return (one or other)[:MOST_PLACES]
    return tuple(dict.fromkeys((*one, *other)))[:MOST_PLACES]


def why_of(value: Value) -> str:
    return "" if isinstance(value, Record) else value.why


_Test = Callable[[float, float, float, float], bool | None]


def _less(a: float, b: float, c: float, d: float) -> bool | None:
    """Whether [a, b] lies below [c, d]."""
    return True if b < c else False if a >= d else None


def _equal(a: float, b: float, c: float, d: float) -> bool | None:
    if a == b == c == d:
        return True
    return False if b < c or d < a else None


def _swap(test: _Test) -> _Test:
    return lambda a, b, c, d: test(c, d, a, b)


def _not(test: _Test) -> _Test:
    def negated(a: float, b: float, c: float, d: float) -> bool | None:
        found = test(a, b, c, d)
        return None if found is None else not found

    return negated


_TESTS: dict[str, _Test] = {
    "lt": _less,
    "gt": _swap(_less),
    "le": _not(_swap(_less)),
    "ge": _not(_less),
    "eq": _equal,
    "ne": _not(_equal),
}


def compare(name: str, one: Value, other: Value) -> Truth:
    """`lt`, `le`, `eq`, `ne`, `ge` or `gt`. Raises TypeError where the two cannot be compared."""
    places = gather(places_of(one), places_of(other))
    if isinstance(one, Number) and isinstance(other, Number):
        found = _TESTS[name](one.low, one.high, other.low, other.high)
    elif isinstance(one, Words) and isinstance(other, Words):
        found = _compare_words(name, one, other)
    elif isinstance(one, Truth) and isinstance(other, Truth) and name in ("eq", "ne"):
        same = None if one.value is None or other.value is None else one.value == other.value
        found = same if name == "eq" or same is None else not same
    else:
        raise TypeError(f"{tell_kind(one)} and {tell_kind(other)} cannot be compared")
    return Truth(found, places, (why_of(one) or why_of(other)) if found is None else "")


def _compare_words(name: str, one: Words, other: Words) -> bool | None:
    _check_known(one, other)
    _check_known(other, one)
    if one.value is None or other.value is None:
        return None
    a, b = one.value, other.value
    if name in ("eq", "ne"):
        return (fold(a) == fold(b)) == (name == "eq")
    return {"lt": a < b, "le": a <= b, "ge": a >= b, "gt": a > b}[name]


def _check_known(one: Words, other: Words) -> None:
    """A slip of the pen in a value would make the comparison false for ever."""
    if one.known and other.value is not None and fold(other.value) not in one.known:
        raise TypeError(f"“{other.value}” is none of the values that this can have: {', '.join(one.known)}")


def fold(words: str) -> str:
    """Case, kinds of apostrophes and white space make no difference."""
    return " ".join(words.replace("’", "'").casefold().split())


def both(one: Truth, other: Truth) -> Truth:
    if one.value is False or other.value is False:
        return one if one.value is False else other
    return _join(one, other, None if None in (one.value, other.value) else True)


def either(one: Truth, other: Truth) -> Truth:
    if one.value is True or other.value is True:
        return one if one.value is True else other
    return _join(one, other, None if None in (one.value, other.value) else False)


def _join(one: Truth, other: Truth, value: bool | None) -> Truth:
    return Truth(value, gather(one.places, other.places), (one.why or other.why) if value is None else "")


def choose(one: Value, other: Value, unknown: Truth) -> Value:
    """What `a ? one : other` gives where `a` cannot be told: all that both may be. Raises TypeError where they are of
    different kinds, or are lists or records that differ."""
    places, why = gather(places_of(one), places_of(other)), unknown.why
    if one is other:
        return one
    if isinstance(one, Number) and isinstance(other, Number):
        low, high = min(one.low, other.low), max(one.high, other.high)
        return Number(low, high, places, "" if low == high else why or one.why or other.why)
    if isinstance(one, Truth) and isinstance(other, Truth):
        return Truth(one.value, places, why) if one.value == other.value else Truth(None, places, why)
    if isinstance(one, Words) and isinstance(other, Words):
        return Words(one.value if one.value == other.value else None, places, why)
    raise TypeError(f"{tell_kind(one)} and {tell_kind(other)}: it cannot be told which of the two is meant")


def tell_kind(value: Value) -> str:
    """What a value is, in a message."""
    if isinstance(value, Record):
        return f"a record ({value.kind})"
    kinds = {Number: "a number", Truth: "true or false", Words: "a text", Items: "a list"}
    return kinds[type(value)]


_Arithmetic = Callable[[float, float], float]
_SUMS: dict[str, _Arithmetic] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
}


def calculate(name: str, one: Value, other: Value) -> Value:
    """`add`, `sub`, `mul` or `div` of two numbers, `add` of two texts. A quotient is exact, not cut to a whole number.
    Raises TypeError, ZeroDivisionError."""
    if isinstance(one, Words) and isinstance(other, Words) and name == "add":
        return _put_together(one, other)
    if not isinstance(one, Number) or not isinstance(other, Number) or name not in _SUMS:
        raise TypeError(f"{tell_kind(one)} and {tell_kind(other)} cannot be put together so")
    if name == "div" and other.low <= 0 <= other.high:
        raise ZeroDivisionError("the divisor may be 0")
    ends = [_SUMS[name](a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    known = [end for end in ends if end == end]  # inf - inf is no number
    low, high = (min(known), max(known)) if len(known) == len(ends) else (-inf, inf)
    if any(isfinite(end) and abs(end) > LARGEST for end in (low, high)):
        raise TypeError(f"the number is larger than {LARGEST:,.0f}")
    return Number(low, high, gather(one.places, other.places), one.why or other.why)


def _put_together(one: Words, other: Words) -> Words:
    places, why = gather(one.places, other.places), one.why or other.why
    if one.value is None or other.value is None:
        return Words(None, places, why)
    if len(one.value) + len(other.value) > LONGEST_WORDS:
        raise TypeError(f"the words are longer than {LONGEST_WORDS:,} characters")
    return Words(one.value + other.value, places)


@dataclass(slots=True)
class Trace:
    """What was looked up on the way to a result: the words of the expression and their value."""

    steps: list[tuple[str, Value]] = field(default_factory=list)

    def add(self, words: str, value: Value) -> None:
        if (words, value) not in self.steps:
            self.steps.append((words, value))
