"""Pairs of places that cannot both hold: rules on parses by hand, properties, and a few with the pinned model."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from closeread.analyses.agency import find_clauses
from closeread.analyses.contradictions import find_contradictions
from closeread.analyses.innermost import Innermost
from closeread.analyses.voices import Voices
from closeread.findings import Attribution, Contradiction
from closeread.reading import read_text
from evals.planted.author import load_author_templates, plant_author
from tests.hand_parsed import Case, Parsed, load_cases, make_attribution, read_parsed

PLANTED = Path(__file__).parents[1] / "evals" / "planted"
CASES = load_cases("contradictions.txt")


def _find(parsed: Parsed, *attributions: Attribution) -> tuple[Contradiction, ...]:
    voices = Voices(parsed.article, parsed.marks, attributions)
    actors, innermost = parsed.join_mentions(*attributions), Innermost(parsed.article, attributions)
    return find_contradictions(
        parsed.doc,
        parsed.article,
        find_clauses(parsed.doc, parsed.article, actors, attributions=attributions, voices=voices, innermost=innermost),
        actors,
        attributions=attributions,
        voices=voices,
        innermost=innermost,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_pairs_of_the_cases(case: Case) -> None:
    parsed = case.read()
    found = _find(parsed)
    assert tuple(value for pair in found for value in (pair.rule, "certain" if pair.certain else "possible")) == (
        case.expected
    )
    for role, sides in (("first", [pair.first for pair in found]), ("second", [pair.second for pair in found])):
        assert [(side.words.start, side.words.end) for side in sides] == parsed.marked.spans(role)


@pytest.mark.parametrize("case", [case for case in CASES if case.expected], ids=str)
def test_a_pair_shows_its_words_and_why(case: Case) -> None:
    parsed = case.read()
    text = parsed.article.text
    for pair in _find(parsed):
        assert pair.first.words.start < pair.second.words.start
        assert pair.aligned
        for side in (pair.first, pair.second):
            assert side.start <= side.words.start < side.words.end <= side.end
            assert text[side.start : side.end] == side.text
        for words in (word for each in pair.aligned for word in (each.first, each.second)):
            assert text[words.start : words.end] == words.text


@pytest.mark.parametrize("case", [case for case in CASES if case.expected and case.name != "refused"], ids=str)
def test_what_nobody_said_does_not_count(case: Case) -> None:
    """A refusal is a denial itself, and counts."""
    parsed = case.read()
    (first, *_) = _find(parsed)
    denied = make_attribution(parsed.article, (first.second.start, first.second.end))
    assert not [pair for pair in _find(parsed, replace(denied, negated=True)) if pair.rule == first.rule]


@pytest.mark.parametrize(
    ("speakers", "relation"),
    [((None, None), "disagreement"), (("a1", "a1"), "contradiction"), (("a1", "a2"), "disagreement")],
)
def test_relation_by_who_says_it(speakers: tuple[str | None, str | None], relation: str) -> None:
    parsed = next(case for case in CASES if case.name == "another number of the dead").read()
    (pair,) = _find(parsed)
    sides = (pair.first, pair.second)
    attributions = [
        replace(make_attribution(parsed.article, (side.start, side.end), number=number), speaker=speaker)
        for number, (side, speaker) in enumerate(zip(sides, speakers, strict=True), 1)
    ]
    (said,) = _find(parsed, *attributions)
    assert (pair.relation, said.relation) == ("contradiction", relation)
    (mixed,) = _find(parsed, attributions[0])
    assert mixed.relation == "disagreement"


def test_a_headline_is_a_side() -> None:
    case = next(case for case in CASES if case.name == "another number of the dead")
    parsed = case.read()
    text = case.marked.replace(". In all", ".\n\nIn all")
    (pair,) = _find(read_parsed(text, case.table, "headline"))
    assert (pair.first.in_headline, pair.second.in_headline) == (True, False)
    assert not _find(parsed)[0].first.in_headline


@pytest.mark.models
def test_with_the_pinned_model() -> None:
    text = (
        "Ann Lee met Carl Dorn in Leeds on Monday, the ministry said. The fire killed 12 people.\n\n"
        "Lee did not meet Dorn. In all, 15 people died in the fire."
    )
    found = read_text(text).contradictions
    assert [(pair.id, pair.kind, pair.first.words.text, pair.second.words.text) for pair in found] == [
        ("k1", "denial", "met", "meet"),
        ("k2", "number", "12", "15"),
    ]


@pytest.mark.models
def test_an_unrelated_paragraph_changes_nothing() -> None:
    text = "The fire killed 12 people in Leeds. In all, 15 people died in the fire."
    more = read_text(text + "\n\nA choir sang in the old hall.").contradictions
    assert read_text(text).contradictions == more != ()


FROZEN = {
    "templates_author.tsv": "c2174d59988dbae0e4d723acf09ab685fc0eba8c215b2364e3bf69cd89095de7",
    "templates_blind.tsv": "18d127f091fd7c8e3c6b7ac33a5289e2e52c2efce84443398ee05b5ce45082cd",
}


@pytest.mark.parametrize("file", FROZEN)
def test_templates_are_as_they_were_frozen(file: str) -> None:
    assert hashlib.sha256((PLANTED / file).read_bytes()).hexdigest() == FROZEN[file]


def test_a_plant_is_where_it_says() -> None:
    (template,) = [each for each in load_author_templates() if each.id == "a-dead"]
    text = "Fire in the hall\n\nOn Monday 12 people were killed, she said."
    planted = plant_author(text, template)
    assert planted is not None
    assert planted.text[slice(*planted.original)] == "12 people were killed"
    assert planted.text[slice(*planted.planted)] == "In all, 20 people were killed."
    assert planted.text.startswith(text)
    assert plant_author("Nothing happened.", template) is None
