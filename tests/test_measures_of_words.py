"""Agency, labels, loaded words and markers, counted over a reading made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread.findings import (
    Clause,
    ClauseForm,
    Label,
    LoadedPhrase,
    Marker,
    Participant,
    Reading,
    Voice,
)
from closeread.measures import agency, deeds, labelling, loaded_about, total_agency, wording
from closeread.report.sentences import sentences
from tests.readings import hand_made_reading

READING = hand_made_reading()
ARTICLE = READING.article


def clause(
    number: int,
    form: ClauseForm,
    *,
    agent: tuple[str, ...] | None,
    patient: tuple[str, ...] | None,
    negated: bool = False,
    elsewhere: bool = False,
) -> Clause:
    place = ARTICLE.span(10 * number, 10 * number + 5)

    def part(actors: tuple[str, ...] | None) -> Participant | None:
        return None if actors is None else Participant(place.start, place.end, place.text, actors)

    return Clause(
        id=f"c{number}",
        predicate=place,
        lemma="close",
        form=form,
        agent=part(agent),
        patient=part(patient),
        recipient=None,
        agent_elsewhere=place if elsewhere else None,
        negated=negated,
        modality="asserted",
        voice="own",
        rule="agency.active",
        certain=number > 1,
    )


def with_clauses() -> Reading:
    return replace(
        READING,
        clauses=(
            clause(1, "active", agent=("orlan",), patient=("velde",)),
            clause(2, "active", agent=("orlan", "sarna"), patient=("velde",), negated=True),
            clause(3, "agentless-passive", agent=None, patient=("velde",), elsewhere=True),
            clause(4, "intransitive", agent=None, patient=()),
        ),
    )


def test_actors_are_counted_as_agent_and_patient() -> None:
    rows = {row.actor.id: row for row in agency(with_clauses())}
    assert list(rows) == ["orlan", "sarna", "velde"]
    assert (len(rows["orlan"].as_agent), len(rows["velde"].as_patient)) == (2, 3)
    assert rows["orlan"].done == (("close", 1), ("not close", 1))
    assert rows["velde"].undergone == (("close", 2), ("not close", 1))


def test_who_acts_on_whom_without_what_is_denied() -> None:
    assert [(deed.agent, deed.other, len(deed.clauses)) for deed in deeds(with_clauses())] == [("orlan", "velde", 1)]


def test_clauses_without_an_agent() -> None:
    totals = total_agency(with_clauses())
    assert (totals.clauses, len(totals.agentless), len(totals.elsewhere), totals.rate) == (4, 2, 1, 50)
    assert {form: len(places) for form, places in totals.forms.items() if places} == {
        **{"active": 2, "agentless-passive": 1, "intransitive": 1}
    }
    assert (totals.certain, totals.negated) == (3, 1)
    assert total_agency(READING).rate is None


def test_the_sentence_on_actions() -> None:
    assert str(sentences(with_clauses())[6]) == (
        "Of 4 event clauses 2 have no agent (50 %); for 1 of these it is named elsewhere; Orlan acts most often, in 2; "
        "Velde is most often acted on, in 3."
    )


def label(number: int, actor: str, start: int, voice: Voice) -> Label:
    return Label(
        id=f"l{number}",
        actor=actor,
        place=ARTICLE.span(start, start + 8),
        head="x",
        modifiers=(),
        voice=voice,
        attribution=None,
        rule="labels.name",
        certain=True,
    )


def test_equal_labels_of_an_actor_are_one_row() -> None:
    labels = (label(1, "velde", 0, "own"), label(2, "velde", 0, "quoted"), label(3, "velde", 20, "own"))
    rows = labelling(replace(READING, labels=labels))
    assert [(row.actor.id, len(row.labels)) for row in rows] == [("velde", 2), ("velde", 1)]
    assert rows[0].voices == {"own": 1, "quoted": 1, "reported": 0}


def loaded(number: int, voice: Voice, about: str | None = None) -> LoadedPhrase:
    place = ARTICLE.span(number, number + 3)
    return LoadedPhrase(f"o{number}", place, voice, None, about, "loaded-language.word", 0.7, number > 1)


def test_loaded_words_and_markers_by_voice() -> None:
    marker = Marker("m1", "hedge", ARTICLE.span(0, 4), "own", None, "markers.hedge")
    found = (loaded(1, "own", "velde"), loaded(2, "own", "velde"), loaded(3, "quoted"))
    reading = replace(READING, loaded=found, markers=(marker,))
    own, quoted, reported = wording(reading)
    assert own.words + quoted.words + reported.words == sum(row.words for row in wording(READING))
    assert (len(own.loaded), own.certain, len(quoted.loaded), reported.loaded) == (2, 1, 1, ())
    assert own.loaded_rate == pytest.approx(1000 * 2 / own.words)
    assert own.marker_rate("hedge") == pytest.approx(1000 / own.words)
    assert [(row.actor.id, row.voices["own"]) for row in loaded_about(reading)] == [("velde", 2)]
    assert str(sentences(reading)[7]) == (
        f"3 places have loaded words: 2 in the own voice of the text ({own.loaded_rate:.1f} per 1,000 words), "
        f"1 quoted ({quoted.loaded_rate:.1f} per 1,000 words); 2 are certain."
    )
