"""How a source introduces the speaker, with the exact places, on parses written by hand."""

from __future__ import annotations

import pytest

from closeread.analyses.introductions import find_introductions
from closeread.article import Span
from tests.hand_parsed import Case, Parsed, load_cases, make_attribution

CASES = load_cases("introductions.txt")


def _find(parsed: Parsed) -> list[tuple[str, str]]:
    """Form and words of what introduces the marked source. The content is the end of the text, or what is marked."""
    (source,) = parsed.marked.spans("source")
    last = len(parsed.article.text) - 1
    contents = parsed.marked.spans("content") or [(last - 1, last)]
    cue = next(iter(parsed.marked.spans("cue")), None)
    attribution = make_attribution(parsed.article, *contents, source=source, cue=cue)
    (linked,) = parsed.link_speakers(parsed.find_actors(), attribution)
    return [(place.form, place.text) for place in linked.introduction]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_introductions(case: Case) -> None:
    parsed = case.read()
    forms = {"title", "apposition", "relative-clause", "affiliation"}
    marked = sorted((start, end, role) for role, start, end in parsed.marked.places if role in forms)
    assert _find(parsed) == [(role, parsed.article.text[start:end]) for start, end, role in marked]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_places_are_places_of_the_text(case: Case) -> None:
    parsed = case.read()
    (source,) = parsed.marked.spans("source")
    head = next(token for token in parsed.doc if token.idx >= source[0])
    for place in find_introductions(parsed.doc, parsed.article, head, name=None, clauses=()):
        assert parsed.article.text[place.start : place.end] == place.text


def test_a_clause_that_holds_the_cue_introduces_nobody() -> None:
    parsed = next(case for case in CASES if case.name == "relative clause at the source").read()
    head = parsed.doc[1]
    name = Span(0, 7, "Ann Lee")
    clause = next(Span(*place, "") for place in parsed.marked.spans("relative-clause"))
    assert find_introductions(parsed.doc, parsed.article, head, name=name, clauses=(clause,)) == ()
