"""Transcripts: turns by the name in capitals before a colon."""

from __future__ import annotations

import pytest

from closeread import check_quotations
from closeread.analyses.transcripts import find_turns, give_turns, mark_turns
from closeread.encoder.decode import Found
from closeread.intake import load_text
from closeread.marks import find_marks
from closeread.reading import read_text

INTERVIEW = """Ann Holt talked to the mayor on Monday.

HOLT: Will the bridge open?

BOB ORR: It will open in May. “No delay,” the builder told me.

And I will be there.

HOLT: Thank you.

The bridge has been closed for a year."""


def turns_of(text: str) -> list[tuple[str, list[str]]]:
    turns = find_turns(load_text(text))
    return [(text[slice(*turn.source or (0, 0))], [text[a:b] for a, b in turn.contents]) for turn in turns]


def test_each_turn_has_its_name_and_the_paragraphs_before_the_next() -> None:
    assert turns_of(INTERVIEW) == [
        ("HOLT", ["Will the bridge open?"]),
        ("BOB ORR", ["It will open in May. “No delay,” the builder told me.", "And I will be there."]),
        ("HOLT", ["Thank you."]),
    ]


def test_an_interview_may_have_its_names_in_ordinary_letters() -> None:
    text = "\n\n".join(["The mayor spoke.", *["The Courier: Will it open?", "Mr Orr: It will."] * 3])
    assert turns_of(text) == [("The Courier", ["Will it open?"]), ("Mr Orr", ["It will."])] * 3


def test_somebody_is_introduced_in_full_at_first() -> None:
    pairs = [
        "The mayor spoke.",
        "The Courier: Will it open?",
        "Ann Orr: It will.",
        *["The Courier: When?", "Mr Orr: Soon."] * 3,
    ]
    assert [name for name, _ in turns_of("\n\n".join(pairs))] == [
        "The Courier",
        "Ann Orr",
        *["The Courier", "Mr Orr"] * 3,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The bridge is open.\n\nPREVIOUSLY: The bridge was closed for a year.",
        "Holt: 45 percent.\n\nOrr: 43 percent.\n\nHolt: 46 percent a week before.",
        "Ann Holt asked.\n\nHOLT: Will the bridge open?",
    ],
)
def test_other_paragraphs_with_a_colon_are_no_turns(text: str) -> None:
    assert turns_of(text) == []


def test_a_transcript_may_stand_in_marks() -> None:
    text = "Ann Holt asked.\n\n“HOLT: Will it open?\n\n“ORR: It will, Ms. Holt.\n\n“HOLT: When?”"
    assert [name for name, _ in turns_of(text)] == ["HOLT", "ORR", "HOLT"]


def test_asides_in_brackets_are_nobodys_words() -> None:
    text = "Ann Holt asked.\n\nHOLT: Listen.\n\n(BEGIN VIDEO CLIP)\n\nORR: It opens in May.\n\nHOLT: Thank you."
    assert turns_of(text)[0] == ("HOLT", ["Listen."])


def test_a_far_paragraph_is_no_part_of_a_turn() -> None:
    between = "\n\n".join(["The bridge was built in 1950."] * 4)
    text = f"Ann Holt asked.\n\nHOLT: Will it open?\n\n{between}\n\nHOLT: When?"
    assert turns_of(text)[0] == ("HOLT", ["Will it open?"])


def test_turns_take_the_place_of_what_the_encoder_found_in_them() -> None:
    turn = Found(((10, 20),), source=(0, 4))
    inside, outside = Found(((12, 18),), confidence=0.5), Found(((30, 40),), confidence=0.5)
    assert give_turns([inside, outside], [turn]) == [turn, outside]


def test_a_turn_counts_as_direct_speech() -> None:
    article = load_text(INTERVIEW)
    marks = mark_turns(find_marks(article), find_turns(article))
    assert len(marks.stretches) == 3
    spoken = [each for each in read_text(INTERVIEW).attributions if each.rule == "quotations.transcript"]
    assert [each.mode for each in spoken] == ["direct"] * 3
    assert all(each.reported_words == 0 for each in spoken)


@pytest.mark.models
def test_the_name_of_an_outlet_before_a_colon_is_a_name() -> None:
    text = "\n\n".join(["The mayor spoke.", *["The Economist: Will it open?", "Ann Orr: It will."] * 3])
    assert {spoken.sources[0].text: spoken.naming for spoken in read_text(text).attributions} == {
        "The Economist": "named",
        "Ann Orr": "named",
    }


@pytest.mark.models
def test_the_number_of_a_clause_does_not_count_sources() -> None:
    (spoken,) = read_text("Clause 15 says that the guarantee lapses in May.").attributions
    assert (spoken.sources[0].text, spoken.naming) == ("Clause 15", "described")


PRESSER = """Press conference on the bridge

ANNA BERG: Good morning. We will pay for the repair this year.

JON HALE: Will anybody lose their post?

ANNA BERG: That is not a question for today.

OLE DAHL: I am the chief engineer. The bridge is safe for cars."""


@pytest.mark.models
def test_a_label_in_capitals_names_an_actor() -> None:
    reading = read_text(PRESSER)
    names = {actor.id: actor.name for actor in reading.actors}
    spoken = [names.get(each.speaker or "") for each in reading.attributions if each.rule == "quotations.transcript"]
    assert spoken == ["ANNA BERG", "JON HALE", "ANNA BERG", "OLE DAHL"]
    berg = next(actor for actor in reading.actors if actor.name == "ANNA BERG")
    assert "morning" not in {mention.text for mention in berg.mentions}


@pytest.mark.models
def test_words_of_a_transcript_given_to_somebody_else() -> None:
    wire = read_text("“We will pay for the repair this year,” said Ole Dahl, the chief engineer.", source="wire")
    (found,) = check_quotations(wire, [read_text(PRESSER, source="transcript")])
    assert (found.kind, found.speaker, found.original_speaker) == ("other-speaker", "Ole Dahl", "ANNA BERG")
