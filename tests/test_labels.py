"""What actors are called beside their bare names, on parses written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread import read_text
from closeread.analyses.innermost import Innermost
from closeread.analyses.labels import find_labels
from closeread.analyses.voices import Voices
from closeread.findings import Attribution, Label
from tests.hand_parsed import Case, Parsed, load_cases, make_attribution

CASES = load_cases("labels.txt")


def labels_of(parsed: Parsed, *attributions: Attribution) -> tuple[Label, ...]:
    voices, innermost = Voices(parsed.article, parsed.marks, attributions), Innermost(parsed.article, attributions)
    return find_labels(parsed.doc, parsed.article, parsed.find_actors(), voices=voices, innermost=innermost)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_labels(case: Case) -> None:
    parsed = case.read()
    labels = labels_of(parsed)
    marked = [(start, end, f"labels.{role}") for role, start, end in parsed.marked.places if role != "word"]
    assert [(label.place.start, label.place.end, label.rule) for label in labels] == sorted(marked)
    described = [(word.start, word.end) for label in labels for word in label.modifiers]
    assert described == parsed.marked.spans("word")


def test_voice_and_attribution_are_the_innermost() -> None:
    parsed = next(case for case in CASES if case.name == "predicate").read()
    whole = (0, len(parsed.article.text))
    outer = make_attribution(parsed.article, whole)
    inner = replace(make_attribution(parsed.article, (0, whole[1] - 1), number=2), within="q1")
    (label,) = labels_of(parsed, outer, inner)
    assert (label.voice, label.attribution) == ("reported", "q2")


def test_a_noun_that_may_stand_for_anything_is_possible() -> None:
    by_name = {case.name: case.read() for case in CASES}
    assert not labels_of(by_name["predicate"])[0].certain  # `liar` is no word of the list of sources
    assert labels_of(by_name["apposition"])[0].certain


@pytest.mark.models
def test_a_plural_that_begins_a_sentence_is_no_name() -> None:
    """Behind such a headline the model tags `Rioters` as a name."""
    reading = read_text("Mayor “knew for months” about the wells\n\nRioters stormed the city hall of Selby on Monday.")
    assert [(label.head, label.voice) for label in reading.labels if label.place.text == "Rioters"] == [
        ("rioter", "own")
    ]
