"""Quotation marks: what they open, what they close, and what they leave alone."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from closeread.article import Article, Zone, ZoneKind
from closeread.marks import Marks, find_marks
from tests.hand_parsed import make_article, read_marked

# `[...]q` is a stretch, marks included. `¶` is a paragraph break.
CLOSED = {
    "straight": 'She said ["Stop it now."]q and left.',
    "curly": "She said [“Stop it now.”]q and left.",
    "doubled single marks": "She said [''Stop it now.'']q and left.",
    "doubled backticks": "She said [``Stop it now.'']q and left.",
    "low and high": "She said [„Stop it now.“]q and left.",
    "guillemets": "She said [«Stop it now.»]q and left.",
    "guillemets with blanks": "She said [«\u00a0Stop it now.\u00a0»]q and left.",
    "full-width": "She said [＂Stop it now.＂]q and left.",
    "British single": "She said [‘Stop it now.’]q and left.",
    "straight single": "She said ['Stop it now.']q and left.",
    "two in a sentence": '["Stop,"]q she said, ["and go."]q',
    "nothing inside": 'The sign read [""]q here.',
    "curly closed by straight": 'She said [“Stop it now."]q and left.',
    "straight closed by curly": 'She said ["Stop it now.”]q and left.',
    "apostrophes": "It’s Ann's and the mayor’s, don't you think?",
    "elisions": "Rock 'n' roll in the '90s, ’90s and '70s; 'tis so, ’twas so, get 'em.",
    "plural possessive": "The farmers' land and the teachers’ school.",
    "apostrophe inside single marks": "She said [‘It’s the mayor’s, don’t you think?’]q and left.",
    "plural possessive inside single marks": "She said [‘The farmers’ land is dry.’]q and left.",
    "nested": "She said [“He told me ‘go home’ twice.”]q and left.",
    "nested straight": "She said [\"He told me 'go home' twice.\"]q and left.",
    "double in single": "She said [‘He told me “go home” twice.’]q and left.",
    "possessive inside double marks": "She said [“The farmers’ land”]q and left.",
    "inches": 'A 6" pipe and a 12" board.',
    "feet and inches": "He is 6'2\" tall and 5′11″ wide.",
    "inches inside": 'He said ["The 6" pipe broke."]q and left.',
    "feet and inches inside": 'He said ["I am 6\'2" tall."]q and left.',
    "a number before the closing mark": 'He said ["It was in 1974"]q and left.',
    "a number and a stop before the closing mark": 'He said ["It was in 1974."]q and left.',
    "at the borders of the paragraph": "[“Stop.”]q",
    "one paragraph each": "[“Stop.”]q¶[“Go.”]q",
    "brackets and dashes": "She said ([“stop”]q) — [“go”]q—then left.",
    "right after a dash": 'He left—["gone for good"]q—at noon.',
    "two paragraphs": "[“Stop it.¶“Go home.”]q she said.",
    "three paragraphs": "[“Stop it.¶“Go home.¶“Now.”]q she said.",
    "two paragraphs, straight": '["Stop it.¶"Go home."]q she said.',
    "a quotation after another in the paragraph": "[“A b c.”]q It rained. [“D e f.¶“G h i.”]q Late.",
}
UNCLOSED = {
    "to the end of its paragraph": "She said [“Stop it now and left.]q¶It rained.",
    "next paragraph opens elsewhere": "She said [“Stop it now and left.]q¶It rained [“hard”]q then.",
    "straight": 'She said ["Stop it now and left.]q¶It rained.',
}


def _read(marked: str, *kinds: ZoneKind) -> tuple[Article, Marks, list[str]]:
    read = read_marked(marked.replace("¶", "\n\n"))
    article = make_article(read.text, *kinds)
    return article, find_marks(article), read.words("q")


def _words(article: Article, marks: Marks) -> list[str]:
    return [article.text[stretch.start : stretch.end] for stretch in marks.stretches]


@pytest.mark.parametrize("name", CLOSED)
def test_what_stands_between_marks(name: str) -> None:
    article, marks, expected = _read(CLOSED[name])
    assert _words(article, marks) == expected
    assert all(stretch.closed for stretch in marks.stretches)
    assert marks.notices == []


@pytest.mark.parametrize("name", UNCLOSED)
def test_an_unclosed_mark_is_reported(name: str) -> None:
    article, marks, expected = _read(UNCLOSED[name])
    assert _words(article, marks) == expected
    (notice,) = marks.notices
    (open_one,) = [stretch for stretch in marks.stretches if not stretch.closed]
    assert notice.rule == "marks.unclosed"
    assert notice.place is not None and notice.place.start == open_one.start


def test_an_unopened_mark_is_reported() -> None:
    article, marks, _ = _read("She left.” It rained.")
    assert marks.stretches == []
    assert [(n.rule, n.place and n.place.text) for n in marks.notices] == [("marks.unopened", "”")]
    assert article.text[9] == "”"


def test_an_unclosed_single_mark_is_an_apostrophe() -> None:
    _article, marks, _ = _read("The ‘old order began.")
    assert (marks.stretches, marks.notices) == ([], [])


def test_inner_ranges_stand_inside_the_marks() -> None:
    article, marks, _ = _read("[“Stop it.¶“Go home.”]q she said.")
    (stretch,) = marks.stretches
    assert [article.text[start:end] for start, end in stretch.pieces] == ["“Stop it.", "“Go home.”"]
    assert [article.text[start:end] for start, end in stretch.inner] == ["Stop it.", "Go home."]


def test_a_quotation_does_not_run_into_a_caption() -> None:
    text = "“Stop it.\n\n“Go home.”"
    zones = (Zone(0, 9, text[:9], "body"), Zone(11, len(text), text[11:], "caption"))
    marks = find_marks(Article("a", text, zones))
    assert len(marks.stretches) == 2


def test_a_caption_between_two_paragraphs_of_a_quotation() -> None:
    """A caption set into a quotation of two paragraphs does not cut it in two."""
    text = "“Stop it.\n\nA bridge.\n\n“Go home.”"
    zones = (Zone(0, 9, text[:9], "body"), Zone(11, 20, text[11:20], "caption"), Zone(22, 32, text[22:], "body"))
    assert len(find_marks(Article("a", text, zones)).stretches) == 1


def test_a_quotation_in_the_headline_stays_there() -> None:
    article, marks, _ = _read("[“Stop it]q¶[“Go home.”]q", "headline")
    assert _words(article, marks) == ["“Stop it", "“Go home.”"]


def test_marks_outside_all_zones_are_left_alone() -> None:
    text = "“lost”\n\nIt rained."
    assert find_marks(Article("a", text, (Zone(8, 18, text[8:], "body"),))).stretches == []


def test_straight_marks_are_told_apart_for_the_parser() -> None:
    _, marks, _ = _read("She said [\"Stop\"]q and [''go'']q.")
    assert (marks.opening, marks.closing) == ([9, 20, 21], [14, 24, 25])


_PIECES = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "''",
    "``",
    "«",
    "»",
    "„",
    "6'2",
    "1974",
    "s",
    "It’s",
    " ",
    " ",
    ". ",
    "word",
    "\n\n",
]
_TEXTS = st.one_of(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), st.text(max_size=60))
_KINDS: st.SearchStrategy[ZoneKind] = st.sampled_from(["headline", "caption", "body", "body", "body"])


@st.composite
def _articles(draw: st.DrawFn) -> Article:
    """Any text cut into zones anywhere, with and without gaps between them."""
    text = draw(_TEXTS)
    bounds = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=5))})
    zones = []
    for start, end in itertools.pairwise(bounds):
        if draw(st.integers(0, 5)):
            zones.append(Zone(start, end, text[start:end], draw(_KINDS)))
    return Article("a", text, tuple(zones))


@settings(max_examples=1500, deadline=None)
@given(_articles())
@example(make_article('"' * 7))
@example(make_article("“\n\n“\n\n”"))
def test_stretches_are_sorted_and_stand_in_zones(article: Article) -> None:
    marks = find_marks(article)
    pieces = [piece for stretch in marks.stretches for piece in stretch.pieces]
    assert pieces == sorted(pieces)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(pieces))
    zones = [(zone.start, zone.end) for zone in article.zones]
    assert all(any(start <= a and b <= end for start, end in zones) for a, b in pieces)
    for stretch in marks.stretches:
        assert len(stretch.pieces) == len(stretch.inner)
        for (a, b), (start, end) in zip(stretch.pieces, stretch.inner, strict=True):
            assert a < start <= end <= b
    for notice in marks.notices:
        assert notice.place is not None
        assert article.text[notice.place.start : notice.place.end] == notice.place.text
    assert not set(marks.opening) & set(marks.closing)


HOSTILE = [
    "'",
    "“",
    '"',
    "‘",
    '"a',
    "'a ",
    " 'a",
    "‘a ",
    "“a\n\n",
    '"a\n\n',
    "6'2\" ",
    '1" ',
    "s' ",
    " 's ",
    "’",
    " “a” ‘",
]


# CPU seconds for 64,000 code points, far above what is needed: time that grew with the square took over a minute.
_SECONDS = 5


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_marks_end_in_good_time(unit: str) -> None:
    assert _clock(unit, 64_000) < _SECONDS


def _clock(unit: str, size: int) -> float:
    article = make_article((unit * size)[:size])
    start = time.process_time()
    find_marks(article)
    return time.process_time() - start
