"""Two wordings side by side: every word stays, and each difference is marked on the side that has it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from closeread.article import Span
from closeread.comparisons.differences import Difference
from closeread.report.differences import cut_differences, show_side

HERE = "The harbour has stood twelve years […] for this."
THERE = "The old harbour has waited twelve years, in vain, for this."


def _span(text: str, words: str, shift: int = 0) -> Span:
    start = text.index(words) + shift
    return Span(start, start + len(words), words)


DIFFERENCES = (
    Difference("dropped", None, _span(THERE, "old", 500)),
    Difference("substituted", _span(HERE, "stood", 100), _span(THERE, "waited", 500)),
    Difference("ellipsis", _span(HERE, "[…]", 100), _span(THERE, "in vain", 500)),
)


def _read_aloud(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def test_the_quotation_shows_what_it_has_instead() -> None:
    markup = show_side(Span(100, 100 + len(HERE), HERE), DIFFERENCES, "here")
    assert '<ins class="d d-substituted">' in markup
    assert "old" not in markup
    assert _read_aloud(markup) == (
        "The harbour has [in place of other words: stood] twelve years [marked as left out: […]] for this."
    )


def test_the_original_shows_what_went() -> None:
    markup = show_side(Span(500, 500 + len(THERE), THERE), DIFFERENCES, "there")
    assert _read_aloud(markup) == (
        "The [left out: old] harbour has [other words in their place: waited] twelve years, "
        "[left out, and marked: in vain] , for this."
    )
    assert markup.count("<del") == 3


def test_offsets_of_another_text_mark_nothing() -> None:
    other = Difference("dropped", None, Span(504, 507, "new"))
    assert "<del" not in show_side(Span(500, 500 + len(THERE), THERE), [other], "there")


def test_what_a_text_says_cannot_become_markup() -> None:
    text = "<img src=x onerror=hit()> & more"
    place = Span(0, len(text), text)
    markup = show_side(place, [Difference("added", Span(0, 25, text[:25]), None)], "here")
    assert "<img" not in markup
    assert "&lt;img" in markup


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6))
def test_every_word_stays(text: str, ranges: list[tuple[int, int]]) -> None:
    place = Span(7, 7 + len(text), text)
    changed = [("added", Span(7 + a, 7 + b, text[a:b])) for a, b in ranges if a < b <= len(text)]
    stretches = cut_differences(place, changed)
    assert "".join(each.text for each in stretches) == text
    assert all(each.text for each in stretches)
