"""Quotations by rule, on parses written by hand."""

from __future__ import annotations

import pytest

from closeread.article import find_words
from closeread.findings import Attribution
from tests.hand_parsed import Case, load_cases, parse_words

CASES = load_cases("quotations.txt")
Found = tuple[str, list[str], list[str], list[str]]


def _found(case: Case) -> tuple[list[Found], list[Found]]:
    """Rule and mode, contents, sources and cue: as found, and as marked."""
    parsed = case.read()
    found = [_to_words(spoken) for spoken in parsed.find_quotations()]
    words = parsed.marked.words
    marked = [
        (rule, words(f"content{number}"), words(f"source{number}"), words(f"cue{number}"))
        for number, rule in enumerate(case.expected, 1)
    ]
    return found, marked


def _to_words(spoken: Attribution) -> Found:
    rule = f"{spoken.rule.removeprefix('quotations.')} {spoken.mode}"
    cue = [spoken.cue.text] if spoken.cue else []
    return rule, [content.text for content in spoken.contents], [source.text for source in spoken.sources], cue


@pytest.mark.parametrize("case", CASES, ids=str)
def test_source_cue_and_content(case: Case) -> None:
    found, marked = _found(case)
    assert found == marked


def test_ids_follow_the_text() -> None:
    case = next(case for case in CASES if case.name == "two speakers")
    parsed = case.read()
    spoken = parsed.find_quotations()
    assert [attribution.id for attribution in spoken] == ["q1", "q2"]


def test_every_word_of_the_contents_counts_once() -> None:
    for case in CASES:
        parsed = case.read()
        spoken = parsed.find_quotations()
        words = {c.start + start for a in spoken for c in a.contents for start, _ in find_words(c.text)}
        assert sum(a.quoted_words + a.reported_words for a in spoken) == len(words)
        assert all(a.reported_words == 0 for a in spoken if a.mode == "direct")
        assert all(a.quoted_words == 0 for a in spoken if a.mode == "indirect")


def test_words_of_a_mixed_content_by_hand() -> None:
    case = next(case for case in CASES if case.name == "mixed")
    parsed = case.read()
    (spoken,) = parsed.find_quotations()
    assert (spoken.quoted_words, spoken.reported_words) == (4, 3)  # a waste of money / the plan was


def test_a_quoted_statement_is_never_dropped() -> None:
    """Quotation marks are hard evidence: a statement in them is one, whatever the parse says around them."""
    parsed = parse_words(
        "It rained. “Nobody [is]finite safe here,” “nor [are]finite we now” — and “we [tire]finite of it”. Late."
    )
    spoken = parsed.find_quotations()
    assert [c.text for a in spoken for c in a.contents] == [
        "“Nobody is safe here,”",
        "“nor are we now”",
        "“we tire of it”",
    ]


def test_two_quoted_words_without_a_cue_are_no_attribution() -> None:
    parsed = parse_words("The “new order” began. It rained.")
    assert parsed.find_quotations() == ()


def test_no_text_of_another_zone_is_taken_in() -> None:
    parsed = parse_words(
        "“Nobody [is]finite safe here tonight”\n\n“Nor [are]finite we,” [said]finite nobody.", "headline"
    )
    spoken = parsed.find_quotations()
    assert [[c.text for c in a.contents] for a in spoken] == [["“Nobody is safe here tonight”"], ["“Nor are we,”"]]
