"""Numbers and times as a text gives them, told from its words alone: how exact a number is and what it counts, and
which fields of a date are given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from closeread.comparisons.units import Unit
from closeread.comparisons.word_keys import find_meanings, to_stem
from closeread.comparisons.wording import Wording, find_keys
from closeread.lexicons.known_phrases import index_small_words

# As the keys of words have them.
_WEEKDAYS = frozenset(
    key for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun") for key in find_keys(f"{day}day")
)
_MONTHS = frozenset(["jan", "feb", "march", "april", "may", "june", "july", "aug", "sept", "oct", "nov", "dec"])
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DATED = re.compile(r"(\d+) (\w+)")
_VALUE = re.compile(r"(\d+(?:\.\d+)?)(?: ?([%$£€¥]))?")
_LEAST = frozenset({"least", "over", "more", "exceeding", "above"})
_MOST = frozenset({"most", "under", "fewer", "less", "below"})
_ABOUT = frozenset({"about", "around", "roughly", "approximately", "some", "nearly", "almost", "estimated", "circa"})
_BETWEEN = frozenset({"between", "from"})
_ABOUT_SHARE = 0.15
_ADDED = frozenset({"more", "another", "additional", "further", "extra"})
# Numbers from here on are round where they end in zeros, and reach half a step to each side.
_ROUND = 100
_COUNTED, _NOUNS = 5, 2
_AGE, _OLDEST = "unit:age", 110


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number from `low` to `high`. `unit` is the index of its unit, `counts` the keys of what it counts; `part`: it
    is one among others (`three more`)."""

    start: int
    end: int
    unit: int
    key: str
    low: float
    high: float
    counts: frozenset[str]
    exact: bool
    part: bool

    def excludes(self, other: Quantity) -> bool:
        return self.high < other.low or other.high < self.low

    def is_like(self, other: Quantity) -> bool:
        """Whether both count the same."""
        return bool(self.counts & other.counts)


@dataclass(frozen=True, slots=True)
class Moment:
    """`fields` are weekday, day, month and year as far as they are told; `keys` the key of each with its unit."""

    start: int
    end: int
    fields: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, int], ...]

    def excludes(self, other: Moment) -> bool:
        theirs = dict(other.fields)
        return any(theirs.get(name, word) != word for name, word in self.fields)

    def is_comparable(self, other: Moment) -> bool:
        return bool({name for name, _ in self.fields} & {name for name, _ in other.fields})


def read_quantities(wording: Wording, verbs: Collection[int] = ()) -> tuple[Quantity, ...]:
    """All numbers that tell no time. `verbs` are offsets where predicates begin: what is counted ends there."""
    return tuple(
        quantity
        for at, unit in enumerate(wording.units)
        if unit.number and not _is_time(wording, at) and (quantity := _to_quantity(wording, at, verbs)) is not None
    )


def _to_quantity(wording: Wording, at: int, verbs: Collection[int]) -> Quantity | None:
    units, unit = wording.units, wording.units[at]
    match = _VALUE.fullmatch(unit.key)
    if match is None:
        return None
    value, end, sign = float(match[1]), unit.end, match[2] or ""
    if at + 1 < len(units) and units[at + 1].key == "%":
        sign, end = "%", units[at + 1].end
    share = _share_of(units, at)
    if share is not None:
        value, sign = share, "%"
    low, high, exact = _bounds(units, at, value)
    counts = frozenset({f"unit:{sign}"} if sign else {_AGE} if _is_age(wording, at) else _counted(wording, at, verbs))
    part = bool({each.key for each in units[at + 1 : at + 2]} & _ADDED)
    return Quantity(unit.start, end, at, f"number:{value:g}{sign}", low, high, counts, exact, part)


def _is_age(wording: Wording, at: int) -> bool:
    """`Ann Lee, 45, said`, `aged 45`, `45 years old`, `45-year-old`."""
    units, text = wording.units, wording.text
    after = [unit.key for unit in units[at + 1 : at + 3]]
    if after[:1] in (["year"], ["years"]) and after[1:] == ["old"]:
        return True
    if at == 0 or not units[at].key.isdigit() or not 1 <= int(units[at].key) <= _OLDEST:
        return False
    before = text[units[at - 1].end : units[at].start].strip()
    closed = text[units[at].end : units[at].end + 1]
    return units[at - 1].key == "aged" or (before == "," and closed in (",", ".")) or (before == "(" and closed == ")")


def _share_of(units: Sequence[Unit], at: int) -> float | None:
    """`eight in ten` is 80 per cent."""
    if at + 2 < len(units) and units[at + 1].key == "in" and units[at + 2].key in ("10", "100"):
        return 100 * float(units[at].key) / float(units[at + 2].key)
    return None


def _counted(wording: Wording, at: int, verbs: Collection[int] = ()) -> Iterator[str]:
    """The keys of the next nouns: `140 workers`, `two of the five gates`."""
    left = _NOUNS
    for after in range(at + 1, min(at + 1 + _COUNTED, len(wording.units))):
        if set(wording.text[wording.units[after - 1].end : wording.units[after].start]) & set(",.;:()"):
            return
        key = wording.units[after].key
        if wording.units[after].start in verbs:
            return
        if left < _NOUNS and key in index_small_words():
            return  # `52 members in the Senate` counts members alone
        if left and not wording.units[after].number and key not in index_small_words():
            yield from (f"stem:{to_stem(key)}", *find_meanings(key))
            left -= 1


def _bounds(units: Sequence[Unit], at: int, value: float) -> tuple[float, float, bool]:
    near = {unit.key for unit in units[max(0, at - 2) : at]}
    if near & _MOST or ("up" in near and "to" in near):
        return 0.0, value, False
    if near & _LEAST:
        return value, inf, False
    opening = {unit.key for unit in units[max(0, at - 1) : at]} | {unit.key for unit in units[max(0, at - 3) : at - 1]}
    if opening & _BETWEEN:  # `between 16 and 18`
        return 0.0, inf, False
    if near & _ABOUT:
        return value * (1 - _ABOUT_SHARE), value * (1 + _ABOUT_SHARE), False
    if value >= _ROUND and value % _ROUND == 0:
        step = 100.0
        while value % (step * 10) == 0:
            step *= 10
        slack = min(step, value / 10) / 2
        return value - slack, value + slack, True
    return value, value, True


def _is_time(wording: Wording, at: int) -> bool:
    """Whether a number tells a year, a day or an hour."""
    units, key = wording.units, wording.units[at].key
    if _DATED.fullmatch(key) and key.split()[1] in _MONTHS:
        return True
    before = units[at - 1].key if at else ""
    if _YEAR.fullmatch(key) and "," not in wording.surface(units[at]):
        return before in _BEFORE_YEAR or before in _MONTHS or not any(_counted(wording, at))
    return before == "at" and float(_VALUE.fullmatch(key)[1]) < 25 if _VALUE.fullmatch(key) else False  # type: ignore[index]


_BEFORE_YEAR = frozenset({"in", "since", "of", "by", "until", "from", "to", "and", "during", "before", "after"})


def read_moments(wording: Wording) -> tuple[Moment, ...]:
    """Weekdays, days of a month, months and years; those that stand side by side are one moment."""
    moments: list[Moment] = []
    last = -2
    for at, unit in enumerate(wording.units):
        fields = tuple(_fields_of(wording, at))
        if not fields:
            continue
        keys = tuple((f"{name}:{word}", at) for name, word in fields[:1])
        joined = moments and at - last <= 1 and not {n for n, _ in fields} & {n for n, _ in moments[-1].fields}
        if joined:
            before = moments.pop()
            moments.append(Moment(before.start, unit.end, before.fields + fields, before.keys + keys))
        else:
            moments.append(Moment(unit.start, unit.end, fields, keys))
        last = at
    return tuple(moments)


def _fields_of(wording: Wording, at: int) -> Iterator[tuple[str, str]]:
    unit = wording.units[at]
    surface = wording.surface(unit)
    dated = _DATED.fullmatch(unit.key)
    if dated and dated[2] in _MONTHS:
        yield from (("day", unit.key), ("month", dated[2]))
    elif unit.key in _WEEKDAYS and surface[:1].isupper():
        yield "weekday", unit.key
    elif unit.key in _MONTHS and surface[:1].isupper() and not (unit.key in ("may", "march") and _begins(wording, at)):
        yield "month", unit.key
    elif unit.number and _YEAR.fullmatch(unit.key) and _is_time(wording, at):
        yield "year", unit.key


def _begins(wording: Wording, at: int) -> bool:
    """Whether a word begins a sentence: `May` and `March` are then no months."""
    return at == 0 or bool(set(wording.text[wording.units[at - 1].end : wording.units[at].start]) & set(".!?\n"))
