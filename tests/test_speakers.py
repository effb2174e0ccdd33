"""Who speaks: linking a source to an actor, on parses written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread.analyses.actors import find_actors
from closeread.analyses.speakers import link_speakers
from closeread.analyses.voices import Voices
from closeread.findings import Attribution
from tests.hand_parsed import Case, Parsed, load_cases, mark_bugs

CASES = load_cases("speakers.txt")
BUGS: dict[str, str] = {}


def _attribution(parsed: Parsed) -> Attribution:
    """An attribution with the source that is marked; its content is the last word of the text."""
    (source,) = parsed.marked.spans("source")
    last = len(parsed.article.text) - 1
    return Attribution(
        id="q1",
        mode="indirect",
        contents=(parsed.article.span(last - 1, last),),
        sources=(parsed.article.span(*source),),
        cue=None,
        speaker=None,
        naming="none",
        quoted_words=0,
        reported_words=1,
        rule="quotations.clause",
        confidence=0.0,
        certain=False,
    )


@pytest.mark.parametrize("case", mark_bugs(CASES, BUGS))
def test_naming_and_speaker(case: Case) -> None:
    parsed = case.read()
    actors = find_actors(parsed.doc, parsed.article, Voices(parsed.article, parsed.marks, ()))
    (linked,) = link_speakers(parsed.doc, parsed.article, (_attribution(parsed),), actors)
    name = {actor.id: actor.name for actor in actors}.get(linked.speaker or "", "-")
    assert (f"{linked.naming} {name}",) == case.expected


def test_a_source_without_words_has_no_naming() -> None:
    parsed = CASES[0].read()
    bare = replace(_attribution(parsed), sources=())
    assert link_speakers(parsed.doc, parsed.article, (bare,), ()) == (bare,)
