"""Confidence: a share counted in training for the kind of an attribution, and certain from nine in ten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread.analyses.confidence import CERTAIN, kind_of, load_rates, rate_attributions
from closeread.findings import Attribution, Mode, Naming
from tests.hand_parsed import make_article, make_attribution

TEXT = "“It rained,” said Ann. He has not told. She claimed it. According to him."


def _attribution(
    cue: str | None, rule: str = "cue-after", mode: Mode = "direct", naming: Naming = "named"
) -> Attribution:
    article = make_article(TEXT)
    start = TEXT.index(cue) if cue else 0
    place = article.span(start, start + len(cue)) if cue else None
    return replace(make_attribution(article, (0, 12), mode=mode), cue=place, rule=f"quotations.{rule}", naming=naming)


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("said", "cue-after/direct/plain/named"),
        ("has not told", "cue-after/direct/plain/named"),
        ("claimed", "cue-after/direct/other/named"),
        ("According to", "cue-after/direct/other/named"),
        (None, "cue-after/direct/none/named"),
    ],
)
def test_the_kind_of_an_attribution(cue: str | None, kind: str) -> None:
    assert kind_of(_attribution(cue)) == kind


def test_the_confidence_is_the_rate_of_its_kind() -> None:
    rates = load_rates()
    for kind, rate in rates.items():
        if kind.count("/") != 3:
            continue
        rule, mode, cue_kind, naming = kind.split("/")
        cue = {"plain": "said", "other": "claimed", "none": None}[cue_kind]
        (rated,) = rate_attributions([_attribution(cue, rule, mode, naming)])  # type: ignore[arg-type]
        assert rated.confidence == rate
        assert rated.certain == (rate >= CERTAIN)


def test_rates_are_shares() -> None:
    rates = load_rates()
    assert rates
    assert all(0 <= rate <= 1 for rate in rates.values())
    assert any(rate >= CERTAIN for rate in rates.values())


def test_a_rule_that_training_never_saw_is_not_certain() -> None:
    (rated,) = rate_attributions([_attribution("said", rule="new-rule")])
    assert (rated.confidence, rated.certain) == (0.0, False)


def test_nothing_else_changes() -> None:
    plain = _attribution("said")
    (rated,) = rate_attributions([plain])
    assert replace(rated, confidence=0.0, certain=False) == plain
