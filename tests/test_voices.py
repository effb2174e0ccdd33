"""The three voices: own, quoted, reported. Contents of attributions are marked by hand."""

from __future__ import annotations

import pytest

from closeread.analyses.voices import Voices
from closeread.marks import find_marks
from tests.hand_parsed import make_article, make_attribution, read_marked

# `[...]content` is an attribution's content; the letters below say the voice of each code point.
CASES = [
    ("He said [it rained]content.", "oooooooorrrrrrrrro"),
    ("[“It rained,”]content he.", "qqqqqqqqqqqqoooo"),
    ("He [was “so sad” now]content.", "ooorrrrqqqqqqqqrrrro"),
    ("The “new” one.", "oooooooooooooo"),
    ("[“A]content b” c.", "qqqqqooo"),
    ("[He [said “a”]content b]content.", "rrrrrrrrqqqrro"),
    ("[“A.\n\n“B.”]content C.", "qqqqqqqqqooo"),
]


@pytest.mark.parametrize(("marked", "letters"), CASES)
def test_the_voice_of_each_code_point(marked: str, letters: str) -> None:
    read = read_marked(marked)
    article = make_article(read.text)
    contents = [make_attribution(article, place) for place in read.spans("content")]
    voices = Voices(article, find_marks(article), contents)
    between = set(range(len(read.text))) - {at for zone in article.zones for at in range(zone.start, zone.end)}
    assert [voices.voice_at(at)[0] for at in range(len(read.text)) if at not in between] == [
        letter for at, letter in enumerate(letters) if at not in between
    ]


def test_the_voice_outside_the_text_is_an_error() -> None:
    article = make_article("It rained.")
    with pytest.raises(IndexError):
        Voices(article, find_marks(article), ()).voice_at(10)
