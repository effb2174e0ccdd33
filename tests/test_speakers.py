"""Who speaks: linking a source to an actor, on parses written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread import read_text
from closeread.findings import Attribution
from tests.hand_parsed import Case, Parsed, load_cases, make_attribution

CASES = load_cases("speakers.txt")


def _attribution(parsed: Parsed) -> Attribution:
    """An attribution with the source that is marked; its content is the end of the text."""
    (source,) = parsed.marked.spans("source")
    last = len(parsed.article.text) - 1
    return make_attribution(parsed.article, (last - 1, last), source=source)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_naming_number_and_speaker(case: Case) -> None:
    parsed = case.read()
    actors = parsed.find_actors()
    (linked,) = parsed.link_speakers(actors, _attribution(parsed))
    name = {actor.id: actor.name for actor in actors}.get(linked.speaker or "", "-")
    assert (f"{linked.naming} {linked.number} {linked.speaker_by} {name}",) == case.expected


def test_a_source_without_words_has_no_naming() -> None:
    parsed = CASES[0].read()
    bare = replace(_attribution(parsed), sources=())
    assert parsed.link_speakers((), bare) == (bare,)


@pytest.mark.models
def test_the_official_is_no_minister_where_an_official_without_a_name_spoke() -> None:
    reading = read_text(
        "Port head\n\nThe interior minister, Darius Kolm, said the police had acted in self-defence.\n\n"
        "A security official said the order had come from above. “They knew what would happen,” the official said."
    )
    spoken = {each.contents[0].text: (each.speaker, each.naming) for each in reading.attributions}
    assert spoken["“They knew what would happen,”"] == (None, "anonymous")
