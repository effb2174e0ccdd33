"""Claims held against readings: pass, fail, or cannot tell, each with what was looked up and the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from closeread.checks.expressions import Evaluator, ExpressionError, Function, parse
from closeread.checks.files import Claim
from closeread.checks.values import Items, Number, Place, Trace, Truth, Value, Words, places_of
from closeread.checks.vocabulary import TextWords
from closeread.findings import Reading

Outcome = Literal["pass", "fail", "cannot-tell", "error", "changed"]

# Places that a result keeps, the first in the text.
_PLACES = 40


@dataclass(frozen=True, slots=True)
class Looked:
    """Something that was looked up for a result: the words of the expression and their value in words."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One claim and what became of it. `looked` are the values on the way, which for a claim that fails show how near
    it came; `why` says what cannot be told, what is wrong with the expression, or which text has changed."""

    claim: Claim
    outcome: Outcome
    looked: tuple[Looked, ...]
    places: tuple[Place, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CheckedText:
    """One text of a run: its name in the expressions, where it is, the hash that was recorded, and the reading."""

    name: str
    path: str
    recorded: str | None
    reading: Reading

    @property
    def changed(self) -> bool:
        return self.recorded is not None and self.recorded != self.reading.article.sha256


@dataclass(frozen=True, slots=True)
class CheckRun:
    """The results of one check file over its texts, in the order of the file."""

    source: str
    texts: tuple[CheckedText, ...]
    results: tuple[CheckResult, ...]


def run_claims(
    claims: Sequence[Claim], readings: Mapping[str, Reading], *, changed: Sequence[str] = ()
) -> tuple[CheckResult, ...]:
    """In the order of the claims. `readings` are the texts by name; with one of them its words stand alone. A claim
    that names a text of `changed` is not measured."""
    words = {name: TextWords(name, reading, readings) for name, reading in readings.items()}
    names: dict[str, Value] = {name: each.to_record() for name, each in words.items()}
    functions: dict[str, Function] = {}
    if len(words) == 1:
        ((alone, text),) = words.items()
        record = text.to_record()
        functions, names = dict(record.functions), {**record.fields, alone: record}
    return tuple(_run(claim, functions, names, changed) for claim in claims)


def _run(
    claim: Claim, functions: Mapping[str, Function], names: Mapping[str, Value], changed: Sequence[str]
) -> CheckResult:
    gone = [name for name in changed if functions or re.search(rf"\b{name}\b", claim.expect)]
    if gone:
        return CheckResult(claim, "changed", (), (), f"the text of {', '.join(gone)} has changed since it was recorded")
    trace = Trace()
    try:
        tree = parse(claim.expect)
        found = Evaluator(functions, names, trace, claim.expect).evaluate(tree)
        if not isinstance(found, Truth):
            raise ExpressionError("an expectation must be true or false")
    except ExpressionError as error:
        return CheckResult(claim, "error", (), (), str(error))
    except RecursionError:
        return CheckResult(claim, "error", (), (), "the expression is too deep")
    outcome: Outcome = "cannot-tell" if found.value is None else "pass" if found.value else "fail"
    looked = tuple(Looked(words, text) for words, value in trace.steps if (text := say(value)))
    return CheckResult(
        claim, outcome, looked, _list_places(found, trace), found.why if outcome == "cannot-tell" else ""
    )


def _list_places(found: Truth, trace: Trace) -> tuple[Place, ...]:
    """Those that decided it, else all that was looked at; each once."""
    places = list(dict.fromkeys(found.places))
    if not places:
        places = list(dict.fromkeys(place for _, value in trace.steps for place in places_of(value)))
    return tuple(sorted(places)[:_PLACES])


def say(value: Value) -> str:
    """A value in words; empty for a record, whose parts are looked at one by one."""
    if isinstance(value, Number):
        return _say_number(value)
    if isinstance(value, Truth):
        return "cannot tell" if value.value is None else "true" if value.value else "false"
    if isinstance(value, Words):
        return "not known" if value.value is None else f"“{value.value}”"
    if isinstance(value, Items):
        more = f", {len(value.possible)} more possible" if value.possible else ""
        return f"{len(value.certain)} in the list{more}"
    return ""


def _say_number(value: Number) -> str:
    if value.exact:
        return _digits(value.low)
    if value.high == inf:
        return f"{_digits(value.low)} or more"
    return f"{_digits(value.low)} to {_digits(value.high)}"


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:.3f}"


def count_outcomes(results: Sequence[CheckResult]) -> dict[Outcome, int]:
    """In the order in which they are told; those that did not occur are left out."""
    order: tuple[Outcome, ...] = ("pass", "fail", "cannot-tell", "changed", "error")
    return {each: n for each in order if (n := sum(result.outcome == each for result in results))}
