"""Numbers, amounts and dates as one unit each, by their value: `five million`, `5m` and `5,000,000` are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from closeread.comparisons.units import Unit
from closeread.lexicons.quotation_words import index_spellings

_CURRENCIES = frozenset("$£€¥")
_MONTHS = frozenset(["jan", "feb", "march", "april", "may", "june", "july", "aug", "sept", "oct", "nov", "dec"])
_LAST_DAY = 31
# Not `5m`, and not `1⁄2`, which is how `½` is folded.
_DECIMAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


def join_numbers(text: str, units: Sequence[Unit]) -> list[Unit]:
    """The units with those that make one number, amount or date joined."""
    joined: list[Unit] = []
    at = 0
    while at < len(units):
        unit, at = _next(text, units, at)
        joined.append(unit)
    return _join_dates(text, _join_amounts(text, joined))


def _next(text: str, units: Sequence[Unit], at: int) -> tuple[Unit, int]:
    unit = units[at]
    if unit.key == "per" and at + 1 < len(units) and units[at + 1].key == "cent":
        return Unit("%", unit.start, units[at + 1].end), at + 2
    if unit.key[0].isdigit() and not _DECIMAL.fullmatch(unit.key):
        return Unit(unit.key, unit.start, unit.end, number=True), at + 1
    if unit.key[0].isdigit():
        value, after = Decimal(unit.key.replace(",", "")), at + 1
        return _scaled(text, units, (at, after), value)
    return _spelled(text, units, at) or (unit, at + 1)


def _scaled(text: str, units: Sequence[Unit], taken: tuple[int, int], value: Decimal) -> tuple[Unit, int]:
    """Digits, and the words for a scale behind them: `1.5 million`, `5m`."""
    at, after = taken
    while after < len(units) and _adjoin(text, units[after - 1], units[after]):
        row = index_spellings().get(units[after].key)
        short = row is not None and row.kind == "short-scale" and units[after - 1].end == units[after].start
        if row is None or not (row.kind == "scale" or short):
            break
        value, after = value * int(row.stands_for[0]), after + 1
    return _number(units, at, after, _plain(value)), after


def _spelled(text: str, units: Sequence[Unit], at: int) -> tuple[Unit, int] | None:
    """A number in words, `a hundred and forty` too; an ordinal by its digits."""
    total = current = 0
    after, last = at, 0
    while after < len(units) and (after == at or _adjoin(text, units[after - 1], units[after])):
        key = units[after].key
        row = index_spellings().get(key)
        if row is not None and row.kind == "ordinal":
            return _ordinal(units, at, after, total + current)
        if row is not None and row.kind == "number":
            value = int(row.stands_for[0])
            if last and not (value < last and (last >= 100 or (last >= 20 and value < 10))):
                break
            current, last = current + value, value
        elif row is not None and row.kind == "scale" and (last or after > at or _has_article(units, at, text)):
            scale = int(row.stands_for[0])
            current = max(current, 1) * scale
            total, current = (total + current, 0) if scale > 100 else (total, current)
            last = scale
        elif not (_is_article(units, text, at, after) or _is_and(units, text, after, last)):
            break
        after += 1
    if not last:
        return None
    return _number(units, at, after, str(total + current)), after


def _has_article(units: Sequence[Unit], at: int, text: str) -> bool:
    return _is_article(units, text, at, at)


def _is_article(units: Sequence[Unit], text: str, at: int, after: int) -> bool:
    """`a` before a word for a scale, as the first word of a number."""
    if after != at or units[at].key != "a" or at + 1 == len(units):
        return False
    row = index_spellings().get(units[at + 1].key)
    return row is not None and row.kind == "scale" and _adjoin(text, units[at], units[at + 1])


def _is_and(units: Sequence[Unit], text: str, after: int, last: int) -> bool:
    if units[after].key != "and" or last < 100 or after + 1 == len(units):
        return False
    row = index_spellings().get(units[after + 1].key)
    return row is not None and row.kind == "number" and _adjoin(text, units[after], units[after + 1])


def _ordinal(units: Sequence[Unit], at: int, after: int, before: int) -> tuple[Unit, int] | None:
    digits = index_spellings()[units[after].key].stands_for[0]
    value, ending = int(digits[:-2]), digits[-2:]
    if after == at:
        return _number(units, at, after + 1, digits), after + 1
    if before % 10 or value >= 10:
        return _number(units, at, after, str(before)), after
    return _number(units, at, after + 1, f"{before + value}{ending}"), after + 1


def _number(units: Sequence[Unit], at: int, after: int, key: str) -> Unit:
    return Unit(key, units[at].start, units[after - 1].end, number=True)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _adjoin(text: str, first: Unit, second: Unit) -> bool:
    """Only blanks or a hyphen between two units."""
    return text[first.end : second.start].replace("-", " ").strip() == ""


def _join_amounts(text: str, units: Sequence[Unit]) -> list[Unit]:
    """`$5` and `5 dollars`: the number, then the currency, as one unit."""
    joined: list[Unit] = []
    for unit in units:
        before = joined[-1] if joined else None
        if before is not None and _adjoin(text, before, unit):
            if before.key in _CURRENCIES and unit.number:
                joined[-1] = Unit(f"{unit.key} {before.key}", before.start, unit.end, number=True)
                continue
            if before.number and unit.key in _CURRENCIES:
                joined[-1] = Unit(f"{before.key} {unit.key}", before.start, unit.end, number=True)
                continue
        joined.append(unit)
    return joined


def _join_dates(text: str, units: Sequence[Unit]) -> list[Unit]:
    """`May 3`, `3 May` and `the 3rd of May`, its article too: day and month as one unit."""
    joined: list[Unit] = []
    for unit in units:
        of = len(joined) > 1 and joined[-1].key == "of" and _is_month(text, unit) and _is_day(joined[-2])
        before = joined[-2] if of else joined[-1] if joined else None
        if before is not None and text[before.end : unit.start].strip() in ("", "of", "."):
            day, month = (before, unit) if _is_month(text, unit) else (unit, before)
            if _is_day(day) and _is_month(text, month):
                del joined[-2 if of else -1 :]
                if of and joined and joined[-1].key == "the":
                    before = joined.pop()
                key = f"{day.key.rstrip('stndrh')} {month.key}"
                joined.append(Unit(key, before.start, unit.end, number=True))
                continue
        joined.append(unit)
    return joined


def _is_day(unit: Unit) -> bool:
    digits = unit.key.rstrip("stndrh")
    return unit.number and digits.isdecimal() and 1 <= int(digits) <= _LAST_DAY


def _is_month(text: str, unit: Unit) -> bool:
    return unit.key in _MONTHS and text[unit.start].isupper()
