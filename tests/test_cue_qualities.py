"""What the words of a cue say: kind, stance, negation. On parses written by hand."""

from __future__ import annotations

import pytest

from closeread.analyses.cue_qualities import find_cue_qualities
from closeread.findings import Attribution
from closeread.marks import find_marks
from tests.hand_parsed import Case, Parsed, load_cases, make_article, make_attribution, read_marked

CASES = load_cases("cue_qualities.txt")


def _attribution(parsed: Parsed) -> Attribution:
    source, cue = (next(iter(parsed.marked.spans(role)), None) for role in ("source", "cue"))
    return make_attribution(parsed.article, *parsed.marked.spans("content"), source=source, cue=cue)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_kind_stance_and_negation(case: Case) -> None:
    parsed = case.read()
    (rated,) = find_cue_qualities(parsed.doc, (_attribution(parsed),))
    words = f"{rated.kind} {rated.stance}" + (" negated" if rated.negated else "")
    assert (words,) == case.expected


SENTENCES = {
    "Ann Lee [believes]cue that [it rained]content.": ("thought", "neutral", False),
    "Ann Lee [did not say]cue that [it rained]content.": ("speech", "neutral", True),
    "Ann Lee [declined to say]cue [whether it rained]content.": ("speech", "neutral", True),
    "Ann Lee has [yet to say]cue [whether it rained]content.": ("speech", "neutral", True),
    "Ann Lee left [without saying]cue [that it rained]content.": ("speech", "neutral", True),
    "Ann Lee [denied]cue that [it rained]content.": ("speech", "neutral", False),
    "Ann Lee [pointed out]cue that [it rained]content.": ("speech", "endorsing", False),
    "Ann Lee [said in a letter]cue that [it rained]content.": ("writing", "neutral", False),
    "Ann Lee [is confident]cue that [it rained]content.": ("thought", "neutral", False),
    "Ann Lee [claimed]cue that [it rained]content.": ("speech", "doubting", False),
    "Ann Lee [went on to say]cue that [it rained]content.": ("speech", "neutral", False),
    "Ann Lee [not only said]cue that [it rained]content but left.": ("speech", "neutral", False),
    "[The poll]source [suggests]cue that [it rained]content.": ("writing", "neutral", False),
}


@pytest.mark.models
@pytest.mark.parametrize("marked", SENTENCES)
def test_with_the_pinned_model(marked: str) -> None:
    from closeread.parsing import parse

    read = read_marked(marked)
    article = make_article(read.text)
    marks = find_marks(article)
    parsed = Parsed(article, marks, parse(article, marks), read)
    (rated,) = find_cue_qualities(parsed.doc, (_attribution(parsed),))
    assert (rated.kind, rated.stance, rated.negated) == SENTENCES[marked]
