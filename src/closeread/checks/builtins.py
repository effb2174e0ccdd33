"""What lists and texts can do in an expression: size, sum, contains, startsWith, endsWith."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from closeread.checks.values import Items, Number, Truth, Value, Words, exact, fold, places_of, tell_kind


def call_builtin(name: str, holder: Value, arguments: list[Value]) -> Value:
    """`size()` of lists and texts; `sum()` of a list of numbers; `contains()`, `startsWith()` and `endsWith()` of
    texts, without regard to case. Raises TypeError where the value has no such function."""
    if name == "size" and not arguments:
        return size(holder)
    if name == "sum" and not arguments:
        return add_up(holder)
    tests: dict[str, Callable[[str, str], bool]] = {
        "contains": lambda text, part: part in text,
        "startsWith": str.startswith,
        "endsWith": str.endswith,
    }
    if name not in tests or len(arguments) != 1:
        raise TypeError(
            f"{tell_kind(holder)} has no .{name}(); there are size, sum, {', '.join(tests)}, exists, all, filter, map"
        )
    (part,) = arguments
    if not isinstance(holder, Words) or not isinstance(part, Words):
        raise TypeError(f".{name}() is for texts, this is {tell_kind(holder)} and {tell_kind(part)}")
    if holder.value is None or part.value is None:
        return Truth(None, holder.places, holder.why)
    return Truth(tests[name](fold(holder.value), fold(part.value)), holder.places)


def size(value: Value) -> Number:
    if isinstance(value, Items):
        low = len(value.certain)
        high = low + len(value.possible) if value.whole else inf
        why = value.why or (f"{len(value.possible)} more are possible" if value.possible else "")
        return Number(low, high, places_of(value), why if low != high else "")
    if isinstance(value, Words) and value.value is not None:
        return exact(len(value.value), value.places)
    raise TypeError(f"size() is for lists and texts, this is {tell_kind(value)}")


def add_up(value: Value) -> Number:
    """The sum of a list of numbers: what is only possible in it may add to it or not."""
    items = (*value.certain, *value.possible) if isinstance(value, Items) else ()
    numbers = [item for item in items if isinstance(item, Number)]
    if not isinstance(value, Items) or len(numbers) != len(items):
        raise TypeError("sum() is for a list of numbers: list.map(each, each.words).sum()")
    sure, maybe = numbers[: len(value.certain)], numbers[len(value.certain) :]
    low = sum(each.low for each in sure) + sum(min(each.low, 0) for each in maybe)
    high = sum(each.high for each in sure) + sum(max(each.high, 0) for each in maybe)
    why = value.why or next((each.why for each in numbers if each.why), "")
    return Number(low, high if value.whole else inf, places_of(value), why if low != high or not value.whole else "")
