"""Expressions of checks: the Common Expression Language, read by an existing parser and worked out over ranges.

Source: the CEL specification (github.com/google/cel-spec). Left out: maps, messages, regular expressions, times.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from time import monotonic
from typing import Any, TypeVar
from warnings import catch_warnings, simplefilter

from closeread.checks.builtins import call_builtin
from closeread.checks.records import CHOICES
from closeread.checks.values import (
    LARGEST,
    Items,
    Place,
    Record,
    Trace,
    Truth,
    Value,
    Words,
    both,
    calculate,
    choose,
    compare,
    either,
    exact,
    places_of,
    tell_kind,
)

# An expression that a person can read and sign is shorter, flatter and quicker than these.
LONGEST, DEEPEST, MOST_STEPS = 2_000, 24, 100_000
# A call looks through the text, so it counts for many steps. The seconds are for what the steps do not foresee.
CALL_STEPS, MOST_SECONDS = 150, 1.5
# What holds two texts against each other is done once for each pair and takes the time that the texts need.
COMPARING = ("altered", "faithful", "found_in_others", "reused")
DEEPEST_LOOP = 3
_DIGITS = 15
_OPENING, _CLOSING = "([{", ")]}"
_STRING = re.compile(r"""[rR]?("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""")

Function = Callable[..., Value]
V = TypeVar("V")


class ExpressionError(ValueError):
    """An expression that cannot be worked out. `column` is where, from 1; None where no one place is at fault."""

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message if column is None else f"{message} (column {column})")
        self.column = column


def parse(source: str) -> Any:
    """The tree of an expression. Raises ExpressionError where it is none, or too long or too deep."""
    if len(source) > LONGEST:
        raise ExpressionError(f"the expression has {len(source):,} characters; {LONGEST:,} is the most")
    _check_depth(source)
    from celpy.celparser import CELParseError

    try:
        return _parser().parse(source)
    except CELParseError as error:
        column = getattr(error, "column", None)
        raise ExpressionError(_say_no_expression(source), column if isinstance(column, int) else None) from None


def _say_no_expression(source: str) -> str:
    """With what was probably meant."""
    bare = _STRING.sub("", source)
    if re.search(r"(?<![=!<>])=(?!=)", bare):
        return "this is no expression; two things are compared with =="
    if re.search(r"\b(?:and|or|not)\b", bare):
        return "this is no expression; and, or, not are written &&, ||, !"
    return "this is no expression"


@cache
def _parser() -> Any:
    from celpy.celparser import CELParser

    return CELParser()


def _check_depth(source: str) -> None:
    """Brackets, signs of negation and choices that stand inside each other: the parser and what works out its tree go
    down one step for each."""
    depth = 0
    bare = _STRING.sub(lambda found: "s" * len(found[0]), source)
    for column, character in enumerate(bare, 1):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth > DEEPEST:
            raise ExpressionError(f"brackets stand more than {DEEPEST} deep inside each other", column)
    for pattern, name in ((r"(?:[!-]\s*)+", "signs"), (r"[^?]*\?", "choices")):
        most = (
            max((len(found[0]) for found in re.finditer(pattern, bare)), default=0)
            if name == "signs"
            else bare.count("?")
        )
        if most > DEEPEST:
            raise ExpressionError(f"more than {DEEPEST} {name} follow each other")


class Evaluator:
    """Works out one expression. `functions` and `names` are what it may use; a record's functions are in its fields."""

    def __init__(
        self, functions: Mapping[str, Function], names: Mapping[str, Value], trace: Trace, source: str
    ) -> None:
        self.functions, self.names, self.trace, self.source = functions, dict(names), trace, source
        self.steps, self.loops, self.until = 0, 0, monotonic() + MOST_SECONDS

    def evaluate(self, tree: Any) -> Value:
        self._step(1)
        handler = getattr(self, f"_{tree.data}", None)
        if handler is None:
            raise ExpressionError(
                f"{_NAMES.get(str(tree.data), str(tree.data))} cannot be used in checks", _column(tree)
            )
        try:
            found: Value = handler(tree.children, tree)
        except (TypeError, ZeroDivisionError, OverflowError) as error:
            raise ExpressionError(str(error), _column(tree)) from None
        return found

    def _step(self, number: int) -> None:
        self.steps += number
        if self.steps > MOST_STEPS:
            raise ExpressionError(f"the expression takes more than {MOST_STEPS:,} steps")
        if monotonic() > self.until:
            raise ExpressionError(f"the expression takes more than {MOST_SECONDS} seconds")

    def _first(self, children: list[Any], tree: Any) -> Value:
        return self.evaluate(children[0])

    _paren_expr = _member = _primary = _first

    def _expr(self, children: list[Any], tree: Any) -> Value:
        if len(children) == 1:
            return self.evaluate(children[0])
        chosen = self._truth(children[0])
        if chosen.value is None:
            return choose(self.evaluate(children[1]), self.evaluate(children[2]), chosen)
        return self.evaluate(children[1] if chosen.value else children[2])

    def _conditionalor(self, children: list[Any], tree: Any) -> Value:
        if len(children) == 1:
            return self.evaluate(children[0])
        one = self._truth(children[0])
        return one if one.value is True else either(one, self._truth(children[1]))

    def _conditionaland(self, children: list[Any], tree: Any) -> Value:
        if len(children) == 1:
            return self.evaluate(children[0])
        one = self._truth(children[0])
        return one if one.value is False else both(one, self._truth(children[1]))

    def _truth(self, tree: Any) -> Truth:
        found = self.evaluate(tree)
        if not isinstance(found, Truth):
            raise TypeError(f"true or false is needed, this is {tell_kind(found)}")
        return found

    def _relation(self, children: list[Any], tree: Any) -> Value:
        if len(children) == 1:
            return self.evaluate(children[0])
        name = str(children[0].data).removeprefix("relation_")
        one, other = self.evaluate(children[0].children[0]), self.evaluate(children[1])
        return self._is_in(one, other) if name == "in" else compare(name, one, other)

    def _is_in(self, one: Value, other: Value) -> Truth:
        if not isinstance(other, Items):
            raise TypeError(f"a list is needed after in, this is {tell_kind(other)}")
        found = Truth(False)
        for item in other.certain:
            found = either(found, compare("eq", one, item))
        maybe = any(compare("eq", one, item).value is not False for item in other.possible)
        if found.value is False and (maybe or not other.whole):
            return Truth(None, places_of(one), other.why)
        return found

    def _addition(self, children: list[Any], tree: Any) -> Value:
        return self._calculated(children, "addition_")

    def _multiplication(self, children: list[Any], tree: Any) -> Value:
        return self._calculated(children, "multiplication_")

    def _calculated(self, children: list[Any], prefix: str) -> Value:
        if len(children) == 1:
            return self.evaluate(children[0])
        name = str(children[0].data).removeprefix(prefix)
        return calculate(name, self.evaluate(children[0].children[0]), self.evaluate(children[1]))

    def _unary(self, children: list[Any], tree: Any) -> Value:
        if len(children) == 1:
            return self.evaluate(children[0])
        if children[0].data == "unary_not":
            found = self._truth(children[1])
            return Truth(None if found.value is None else not found.value, found.places, found.why)
        return calculate("sub", exact(0), self.evaluate(children[1]))

    def _literal(self, children: list[Any], tree: Any) -> Value:
        kind, text = children[0].type, str(children[0])
        if kind != "STRING_LIT" and len(text) > _DIGITS:
            raise ExpressionError(f"a number of {len(text)} digits is too long", _column(tree))
        if kind == "INT_LIT":
            return exact(_to_number(int(text, 16) if "x" in text.lower() else int(text)))
        if kind in ("FLOAT_LIT", "UINT_LIT"):
            return exact(_to_number(float(text.rstrip("uU"))))
        if kind == "BOOL_LIT":
            return Truth(text == "true")
        if kind == "STRING_LIT":
            return Words(_unquote(text))
        raise ExpressionError(f"{text} cannot be used in checks", _column(tree))

    def _list_lit(self, children: list[Any], tree: Any) -> Value:
        items = tuple(self._arguments(children))
        if any(isinstance(item, Items) for item in items):
            raise TypeError("a list cannot stand in a list")
        return Items(items)

    def _arguments(self, children: list[Any]) -> list[Value]:
        return [self.evaluate(child) for child in children[0].children] if children else []

    def _ident(self, children: list[Any], tree: Any) -> Value:
        name = str(children[0])
        if name not in self.names:
            raise ExpressionError(_say_unknown(name, (*self.names, *self.functions)), _column(tree))
        return self._traced(tree, self.names[name])

    def _ident_arg(self, children: list[Any], tree: Any) -> Value:
        name = str(children[0])
        if name not in self.functions:
            raise ExpressionError(_say_unknown(name, tuple(self.functions)), _column(tree))
        return self._traced(tree, self._call(self.functions[name], name, self._arguments(children[1:])))

    def _call(self, function: Function, name: str, arguments: list[Value]) -> Value:
        self._step(CALL_STEPS)
        begun = monotonic()
        try:
            found = function(*arguments)
            if name in COMPARING:
                self.until += monotonic() - begun
            return found
        except TypeError as error:
            message = str(error)
            if "positional argument" in message or "keyword" in message:
                message = f"{name}() is not given what it needs: {function.__doc__ or ''}".strip()
            raise TypeError(message) from None

    def _member_dot(self, children: list[Any], tree: Any) -> Value:
        holder, name = self.evaluate(children[0]), str(children[1])
        if not isinstance(holder, Record):
            raise TypeError(f"{tell_kind(holder)} has no .{name}")
        if name not in holder.fields:
            raise ExpressionError(_say_unknown(name, tuple(holder.fields)), _column(tree))
        found = holder.fields[name]
        if isinstance(found, Words):
            found = replace(found, known=CHOICES.get((holder.kind, name), ()))
        return self._traced(tree, found)

    def _member_dot_arg(self, children: list[Any], tree: Any) -> Value:
        holder, name = self.evaluate(children[0]), str(children[1])
        if name in ("exists", "all", "filter"):
            return self._over(name, holder, children, tree)
        if name == "map":
            return self._map(holder, children, tree)
        if name in _LEFT_OUT:
            raise TypeError(f".{name}() cannot be used in checks; there are exists, all, filter and map")
        arguments = self._arguments(children[2:])
        if isinstance(holder, Record):
            if name not in holder.functions:
                raise ExpressionError(_say_unknown(name, (*holder.fields, *holder.functions)), _column(tree))
            return self._traced(tree, self._call(holder.functions[name], name, arguments))
        return self._traced(tree, call_builtin(name, holder, arguments))

    def _over(self, name: str, holder: Value, children: list[Any], tree: Any) -> Value:
        """`exists`, `all` and `filter` over a list: what is only possible in it makes the result no more than that."""
        held, variable, condition = self._enter(name, holder, children)
        certain = [(item, self._with(variable, item, condition, self._truth)) for item in held.certain]
        possible = [(item, self._with(variable, item, condition, self._truth)) for item in held.possible]
        self.loops -= 1
        if name == "filter":
            sure = tuple(item for item, found in certain if found.value)
            maybe = [item for item, found in certain if found.value is None]
            maybe += [item for item, found in possible if found.value is not False]
            return self._traced(tree, Items(sure, tuple(maybe), held.whole, held.why))
        wanted = name == "exists"
        deciding = [pair for pair in certain if pair[1].value is wanted]
        if deciding:
            return Truth(wanted, _list_places(deciding))
        open_ = [pair for pair in certain if pair[1].value is None]
        open_ += [pair for pair in possible if pair[1].value is not (not wanted)]
        if open_ or not held.whole:
            why = held.why or f"{len(open_)} {'is' if len(open_) == 1 else 'are'} only possible"
            return Truth(None, _list_places(open_), why)
        return Truth(not wanted, _list_places(certain))

    def _map(self, holder: Value, children: list[Any], tree: Any) -> Value:
        held, variable, value = self._enter("map", holder, children)
        certain = tuple(self._with(variable, item, value, self.evaluate) for item in held.certain)
        possible = tuple(self._with(variable, item, value, self.evaluate) for item in held.possible)
        self.loops -= 1
        if any(isinstance(item, Items) for item in (*certain, *possible)):
            raise TypeError("a list cannot stand in a list")
        return self._traced(tree, Items(certain, possible, held.whole, held.why))

    def _enter(self, name: str, holder: Value, children: list[Any]) -> tuple[Items, str, Any]:
        """The list, the name of each item, and what is worked out for each, one loop deeper."""
        parts = children[2].children if len(children) > 2 else []
        variable = _identifier(parts[0]) if len(parts) == 2 else None
        if not isinstance(holder, Items) or variable is None:
            what = "value" if name == "map" else "condition"
            raise TypeError(f"{name}() is for a list: list.{name}(each, {what})")
        self.loops += 1
        if self.loops > DEEPEST_LOOP:
            raise ExpressionError(f"loops over lists stand more than {DEEPEST_LOOP} deep inside each other")
        return holder, variable, parts[1]

    def _with(self, variable: str, item: Value, inner: Any, work_out: Callable[[Any], V]) -> V:
        before, traced = self.names.get(variable), list(self.trace.steps)
        self.names[variable] = item
        try:
            return work_out(inner)
        finally:
            self.trace.steps[:] = traced
            if before is None:
                del self.names[variable]
            else:
                self.names[variable] = before

    def _traced(self, tree: Any, value: Value) -> Value:
        if not isinstance(value, Record):
            start, end = tree.meta.start_pos, tree.meta.end_pos
            words = self.source[start:end]
            self.trace.add(words + ")" * (words.count("(") - words.count(")")), value)
        return value


def _to_number(number: float) -> float:
    if abs(number) > LARGEST:
        raise TypeError(f"the number is larger than {LARGEST:,.0f}")
    return number


def _unquote(text: str) -> str:
    """Raises TypeError where an escape is none, or stands for half a character."""
    try:
        with catch_warnings():
            simplefilter("error")
            words: str = ast.literal_eval(text)
            words.encode("utf-8")
    except (SyntaxError, ValueError):
        raise TypeError("these words hold an escape (\\) that stands for no character") from None
    return words


_LEFT_OUT = ("exists_one", "matches")
_NAMES = {
    "map_lit": "a map",
    "member_object": "a message",
    "member_index": "an index",
    "dot_ident": "a name that begins with a dot",
    "dot_ident_arg": "a name that begins with a dot",
}


def _list_places(held: Iterable[tuple[Value, Truth]]) -> tuple[Place, ...]:
    """What made the condition true or false of each item; the place of the item where the condition has none."""
    return tuple(place for item, found in held for place in found.places or places_of(item))


def _column(tree: Any) -> int | None:
    return getattr(tree.meta, "column", None)


def _identifier(tree: Any) -> str | None:
    while tree.data != "ident" and len(tree.children) == 1 and hasattr(tree.children[0], "data"):
        tree = tree.children[0]
    return str(tree.children[0]) if tree.data == "ident" else None


def _say_unknown(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    names = sorted(set(known))
    near = get_close_matches(name, names, 1)
    return f"there is no {name!r}" + (f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(names)}")
