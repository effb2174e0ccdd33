"""What becomes of the attributions that the encoder finds: held against the marks, cut at paragraphs, counted."""

from __future__ import annotations

from itertools import pairwise

import pytest

from closeread.article import find_words
from closeread.encoder.decode import Found
from closeread.findings import Attribution
from tests.hand_parsed import parse_words

# Marked is what is expected; the encoder gives the same from first to last word, so that marks are outside it.
PLACES = {
    "marks join a direct content": ("direct", "[“Stop it now,”]content1 [Ann Lee]source1 [said]cue1."),
    "and the stop inside them": ("direct", "[She]source1 [said]cue1: [“Nobody is safe.”]content1"),
    "a mark joins where a mixed content ends": ("mixed", "[Ann]source1 [said]cue1 [the plan was “a waste”]content1."),
    "or begins": ("mixed", "[“A waste of money” is the plan]content1, [Ann]source1 [said]cue1."),
    "no mark joins from outside": (
        "indirect",
        "[Ann]source1 [said]cue1 [that it was late]content1, “Radio One” wrote.",
    ),
    "two pieces": ("direct", "[“We will stay,”]content1 [she]source1 [said]cue1. [“We will not move.”]content1"),
    "no cue": ("direct", "[Lee]source1: [“Nobody asked me.”]content1"),
    "no source": ("indirect", "It was [said]cue1 [that the bridge was closed]content1."),
    "a bracket ends a source": ("indirect", "[Ann Lee (R-Ohio)]source1 [said]cue1 [it was late]content1."),
    "doubled single marks": ("direct", "[''Stop it now,'']content1 [Ann Lee]source1 [said]cue1."),
    "a mark left open": ("direct", "[Ann Lee]source1 [said]cue1: [“Nobody is safe here.]content1"),
}


def _words(spoken: Attribution) -> tuple[list[str], list[str], list[str]]:
    cue = [spoken.cue.text] if spoken.cue else []
    return [content.text for content in spoken.contents], [source.text for source in spoken.sources], cue


@pytest.mark.parametrize("name", PLACES)
def test_places(name: str) -> None:
    mode, marked = PLACES[name]
    parsed = parse_words(marked)
    (spoken,) = parsed.find_quotations()
    words = parsed.marked.words
    assert _words(spoken) == (words("content1"), words("source1"), words("cue1"))
    assert spoken.mode == mode
    assert spoken.rule == ("quotations.cue" if spoken.cue else "quotations.no-cue")


def test_a_content_is_cut_at_paragraphs() -> None:
    parsed = parse_words("[Ann]source1 [said]cue1: [“We go.\n\n“And we stay.”]content1")
    (spoken,) = parsed.find_quotations()
    assert [content.text for content in spoken.contents] == ["“We go.", "“And we stay.”"]


def test_bylines_say_nothing() -> None:
    parsed = parse_words("[Ann Lee]source1 [reports]cue1 [from the harbour]content1\n\nIt was late.", "byline")
    assert parsed.find_quotations() == ()


def test_a_quoted_stretch_is_never_lost() -> None:
    parsed = parse_words("A sign hung there. “Nobody [enters]finite this house at night.” It was [old]content1.")
    lost, _ = parsed.find_quotations()
    assert (lost.rule, lost.mode, lost.certain) == ("quotations.marks", "direct", False)
    assert lost.contents[0].text == "“Nobody enters this house at night.”"


@pytest.mark.parametrize("text", ["The “old house” burned.", "The song “Nobody Leaves My House” was played."])
def test_but_a_fragment_is_no_quotation(text: str) -> None:
    assert parse_words(text).find_quotations() == ()


def test_certain_from_a_threshold() -> None:
    parsed = parse_words("[Ann]source1 [said]cue1 [that it was late]content1.")
    (spoken,) = parsed.find_quotations()
    assert (spoken.confidence, spoken.certain) == (0.95, True)


def _nested() -> tuple[Attribution, ...]:
    parsed = parse_words(
        "[Ann]source1 [said]cue1 [that Bo told her it was late]content1. [Cy]source2 [denied]cue2 [it]content2."
    )
    text = parsed.article.text

    def place(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    inner = Found((place("it was late"),), place("Bo"), place("told"), confidence=0.99)
    return parsed.find_quotations([inner], [])


def test_what_nests_names_what_holds_it() -> None:
    outer, inner, other = _nested()
    assert [each.id for each in (outer, inner, other)] == ["q1", "q2", "q3"]
    assert (outer.within, inner.within, other.within) == (None, "q1", None)
    assert (inner.rule, inner.certain) == ("quotations.nested", False)


def test_every_word_counts_once_for_the_innermost() -> None:
    outer, inner, _ = _nested()
    assert (outer.reported_words, inner.reported_words) == (4, 3)  # that Bo told her / it was late


def test_words_of_a_mixed_content_by_hand() -> None:
    (spoken,) = parse_words(PLACES["a mark joins where a mixed content ends"][1]).find_quotations()
    assert (spoken.quoted_words, spoken.reported_words) == (2, 3)  # a waste / the plan was


def test_order_and_counts_hold_for_every_case() -> None:
    for _, marked in PLACES.values():
        spoken = parse_words(marked).find_quotations()
        words = {content.start + at for one in spoken for content in one.contents for at, _ in find_words(content.text)}
        assert sum(one.quoted_words + one.reported_words for one in spoken) == len(words)
        assert all(a.contents[0] <= b.contents[0] for a, b in pairwise(spoken))
