"""How often findings of a kind are right: shares counted on coded training data, so a confidence is calibrated."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from closeread.findings import Attribution

# Certain from this share of right findings (design: right at least 9 times in 10).
CERTAIN = 0.9
# The verbs that introduce most quotations, in the forms they take there.
_SAY, _TELL = ("said", "say", "says", "saying"), ("told", "tell", "tells", "telling")
_ADD, _WRITE = ("added", "adds", "adding"), ("wrote", "write", "writes", "writing")
_PLAIN_CUES = frozenset((*_SAY, *_TELL, *_ADD, *_WRITE))


def rate_attributions(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with `confidence` and `certain`."""
    rated = ((attribution, find_rate(kind_of(attribution))) for attribution in attributions)
    return tuple(replace(attribution, confidence=rate, certain=rate >= CERTAIN) for attribution, rate in rated)


def find_rate(kind: str) -> float:
    """The share of the kind, or, where it was too rare in training, of the wider kind that holds it: first without
    the naming, then without the cue, then of the rule alone. 0 for a rule that training never saw."""
    rates = load_rates()
    return next((rates[wider] for wider in widen(kind) if wider in rates), 0.0)


def widen(kind: str) -> tuple[str, ...]:
    """The kind and the wider kinds that hold it, the narrowest first."""
    parts = kind.split("/")
    return tuple("/".join(parts[:length]) for length in range(len(parts), 0, -1))


def kind_of(attribution: Attribution) -> str:
    """What the chance to be right depends on: the rule, the mode, a plain cue or another, how the source is named."""
    cue = attribution.cue.text.split()[-1].lower() if attribution.cue else ""
    cue_kind = "plain" if cue in _PLAIN_CUES else "other" if cue else "none"
    rule = attribution.rule.removeprefix("quotations.")
    return f"{rule}/{attribution.mode}/{cue_kind}/{attribution.naming}"


@cache
def load_rates() -> dict[str, float]:
    """Shares of right attributions by kind, 0 to 1.

    Source: PolNeAR train, by the whole-attribution score; `training/quotation_rates.py` counts them.
    """
    table = files("closeread.lexicons").joinpath("quotation_rates.json").read_text(encoding="utf-8")
    rates: dict[str, float] = json.loads(table)["rates"]
    return rates
