"""The scorer of statements and their grounds, on small cases counted by hand."""

from __future__ import annotations

import pytest

from closeread.article import Span
from closeread.findings import Ground, Reading, Statement
from closeread.intake import load_text
from evals.support import alpha, match, score_classes, score_ground, score_statements, tell
from tests.readings import VERSIONS

TEXT = "It rained on Monday. The pier was closed."


def _statement(start: int, end: int, *grounds: Ground) -> Statement:
    place = Span(start, end, TEXT[start:end])
    return Statement("t1", place, "own", None, "fact", grounds, 0, 0, "support.none", certain=True)


def _row(start: int, end: int, ground: str) -> dict[str, str]:
    return {"start": str(start), "end": str(end), "ground": ground, "kind": "fact", "voice": "own"}


def test_alpha_as_counted_by_hand() -> None:
    """Two coders, ten units, nominal: observed disagreement .4, expected 1 - (10*9 + 10*9) / (20*19)."""
    pairs = [("a", "a")] * 3 + [("b", "b")] * 3 + [("a", "b")] * 2 + [("b", "a")] * 2
    assert alpha(pairs) == pytest.approx(1 - 0.4 / (1 - 180 / 380), abs=1e-4)
    assert alpha([("a", "a"), ("b", "b")]) == 1


def test_a_coded_place_takes_the_statement_that_shares_half() -> None:
    first, second = _statement(0, 19), _statement(21, 40)
    reading = Reading(load_text(TEXT), (), (), (), (), (), VERSIONS, statements=(first, second))
    assert match(_row(0, 10, "none"), reading) is first
    assert match(_row(0, 9, "none"), reading) is None
    assert match(_row(21, 40, "none"), reading) is second


def test_the_class_of_several_grounds_is_the_first_of_the_list() -> None:
    link, source = (Ground(0, 2, "It", kind, "sentence") for kind in ("link", "unnamed-source"))
    assert tell(_statement(0, 19, link, source)) == "unnamed-source"
    assert (tell(_statement(0, 19)), tell(None)) == ("none", "none")


def test_ground_or_none() -> None:
    """Two hits, one false, one missed: F1 4/6; right in three of five."""
    pairs = [("link", "witness"), ("link", "link"), ("none", "link"), ("link", "none"), ("none", "none")]
    figures = score_ground(pairs)
    assert figures["f1"] == pytest.approx(4 / 6, abs=1e-4)
    assert figures["accuracy"] == pytest.approx(0.6)


def test_macro_f1_is_over_the_classes_that_people_used() -> None:
    figures = score_classes([("a", "a"), ("a", "b"), ("b", "b"), ("b", "c")])
    assert figures["by_class"] == {"a": {"f1": 0.6667, "n": 2}, "b": {"f1": 0.5, "n": 2}}
    assert figures["macro_f1"] == pytest.approx(0.5834, abs=1e-4)


def test_unclear_rows_are_left_out_and_what_was_not_found_has_no_ground() -> None:
    source = Ground(0, 2, "It", "named-source", "sentence")
    matched = [
        (_row(0, 19, "named-source"), _statement(0, 19, source)),
        (_row(21, 40, "link"), None),
        (_row(0, 5, "unclear"), _statement(0, 19, source)),
    ]
    figures = score_statements(matched)
    assert (figures["coded"], figures["clear"], figures["found"]) == (3, 2, 1)
    assert figures["wrong"] == {"link told as none": 1}
