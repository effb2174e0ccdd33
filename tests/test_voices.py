"""The three voices: own, quoted, reported. Contents of attributions are marked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread.analyses.voices import Voices
from closeread.findings import Mode
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


@pytest.mark.parametrize(
    ("marked", "mode", "negated", "voice"),
    [
        ("[I]source know [it rains]content.", "indirect", False, "own"),
        ("[I]source said [“it rains”]content.", "direct", False, "quoted"),
        ("[She]source knows [it rains]content.", "indirect", False, "reported"),
        ("[She]source declined [to speak]content.", "indirect", True, "own"),
        ("[She]source asked [to speak]content.", "indirect", False, "reported"),
        ("[She]source denied [the claim]content.", "indirect", True, "reported"),
    ],
)
def test_what_the_writer_thinks_and_what_nobody_says_is_own(marked: str, mode: Mode, negated: bool, voice: str) -> None:
    read = read_marked(marked)
    article = make_article(read.text)
    (source,), (content,) = read.spans("source"), read.spans("content")
    said = make_attribution(article, content, mode=mode, source=source)
    voices = Voices(article, find_marks(article), [replace(said, negated=negated)])
    assert voices.voice_at(content[1] - 2) == voice
    assert voices.voice_at(source[0]) == "own"


def test_the_voice_outside_the_text_is_an_error() -> None:
    article = make_article("It rained.")
    with pytest.raises(IndexError):
        Voices(article, find_marks(article), ()).voice_at(10)
