"""Hedges, factive and assertive verbs, intensifiers. On parses written by hand."""

from __future__ import annotations

import pytest

from closeread.analyses.innermost import Innermost
from closeread.analyses.markers import find_markers
from closeread.analyses.voices import Voices
from closeread.findings import Marker
from closeread.lexicons import firmness
from closeread.marks import find_marks
from tests.hand_parsed import hand_parse, make_article, make_attribution


def _find(text: str, table: str) -> list[tuple[str, str]]:
    article = make_article(text)
    voices, innermost = Voices(article, find_marks(article), ()), Innermost(article, ())
    return [(each.kind, each.place.text) for each in find_markers(hand_parse(text, table), article, voices, innermost)]


@pytest.mark.parametrize(
    ("text", "table", "expected"),
    [
        (
            "It may rain.",
            "It/PRP/nsubj/3 may/MD/aux/3 rain/VB/ROOT/0 ././punct/3",
            [("hedge", "may")],
        ),
        ("It rained in May.", "It/PRP/nsubj/2 rained/VBD/ROOT/0 in/IN/prep/2 May/NNP/pobj/3 ././punct/2", []),
        (
            "She admitted it rained.",
            "She/PRP/nsubj/2 admitted>admit/VBD/ROOT/0 it/PRP/nsubj/4 rained/VBD/ccomp/2 ././punct/2",
            [("factive", "admitted")],
        ),
        (
            "She admitted patients.",
            "She/PRP/nsubj/2 admitted>admit/VBD/ROOT/0 patients/NNS/dobj/2 ././punct/2",
            [],
        ),
        (
            "He claimed it rained.",
            "He/PRP/nsubj/2 claimed>claim/VBD/ROOT/0 it/PRP/nsubj/4 rained/VBD/ccomp/2 ././punct/2",
            [("assertive", "claimed")],
        ),
        (
            "About 30 left so late.",
            "About/RB/advmod/2 30/CD/nsubj/3 left/VBD/ROOT/0 so/RB/advmod/5 late/RB/advmod/3 ././punct/3",
            [("hedge", "About"), ("intensifier", "so")],
        ),
        (
            "So far it is about rain.",
            "So/RB/advmod/2 far/RB/advmod/4 it/PRP/nsubj/4 is/VBZ/ROOT/0 about/IN/prep/4 rain/NN/pobj/5 ././punct/4",
            [],
        ),
        (
            "It was, of course, by far colder.",
            "It/PRP/nsubj/2 was/VBD/ROOT/0 ,/,/punct/2 of/IN/advmod/2 course/NN/pobj/4 ,/,/punct/2 by/IN/prep/9 "
            "far/RB/pcomp/7 colder/JJR/acomp/2 ././punct/2",
            [("intensifier", "of course"), ("intensifier", "by far")],
        ),
    ],
)
def test_markers(text: str, table: str, expected: list[tuple[str, str]]) -> None:
    assert _find(text, table) == expected


def test_voice_and_innermost_attribution() -> None:
    text = "It may rain, she said: “It may snow.”"
    table = (
        "It/PRP/nsubj/3 may/MD/aux/3 rain/VB/ccomp/6 ,/,/punct/6 she/PRP/nsubj/6 said>say/VBD/ROOT/0 :/:/punct/6 "
        "“/``/punct/11 It/PRP/nsubj/11 may/MD/aux/11 snow/VB/ccomp/6 ././punct/11 ”/''/punct/6"
    )
    article = make_article(text)
    attribution = make_attribution(article, (0, 11), (23, 37))
    voices = Voices(article, find_marks(article), (attribution,))
    found = find_markers(hand_parse(text, table), article, voices, Innermost(article, (attribution,)))
    assert [_where(each) for each in found] == [("m1", "reported", "q1"), ("m2", "quoted", "q1")]


def _where(marker: Marker) -> tuple[str, str, str | None]:
    return marker.id, marker.voice, marker.attribution


def test_the_innermost_attribution_is_the_one_inside_another() -> None:
    from dataclasses import replace

    text = "The mayor said that the driver had said that it rained."
    article = make_article(text)
    outer = make_attribution(article, (15, 54))
    inner = replace(make_attribution(article, (40, 54), number=2), within="q1")
    for order in ((outer, inner), (inner, outer)):
        innermost = Innermost(article, order)
        assert [innermost.attribution_at(at) for at in (0, 20, 45)] == [None, "q1", "q2"]


def test_every_marker_is_one_that_can_be_reached() -> None:
    """The first word of each entry leads to it, and none stands behind a shorter one that it begins with."""
    index = firmness.index_markers()
    for marker in firmness.load_markers():
        assert marker in index[marker.words.split()[0]]
        assert marker.words == marker.words.lower()
    assert all(
        sizes == sorted(sizes, reverse=True)
        for sizes in ([each.words.count(" ") for each in entries] for entries in index.values())
    )
