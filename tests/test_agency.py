"""Who does what to whom: rules on parses written by hand, and a few clauses with the pinned model."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeread.analyses.agency import find_clauses
from closeread.analyses.antecedents import find_antecedent
from closeread.analyses.innermost import Innermost
from closeread.analyses.namings import find_number
from closeread.analyses.voices import Voices
from closeread.findings import Attribution, Clause, Number, Participant
from closeread.reading import read_text
from evals.agency_cases import FORMS, ROLES
from tests.hand_parsed import Case, Parsed, load_cases, make_attribution, read_marked, read_parsed

CASES = load_cases("agency.txt")


def _find(parsed: Parsed, *attributions: Attribution) -> tuple[Clause, ...]:
    voices = Voices(parsed.article, parsed.marks, attributions)
    innermost = Innermost(parsed.article, attributions)
    actors = parsed.find_actors(*attributions)
    return find_clauses(
        parsed.doc, parsed.article, actors, attributions=attributions, voices=voices, innermost=innermost
    )


def _words(place: Participant | None) -> list[str]:
    return [] if place is None else [place.text]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_roles_form_and_status(case: Case) -> None:
    parsed = case.read()
    ((form, start, end),) = [place for place in parsed.marked.places if place[0] in FORMS]
    (clause,) = [clause for clause in _find(parsed) if (clause.predicate.start, clause.predicate.end) == (start, end)]
    assert clause.form == form
    marked = {role: [word.removesuffix("'s") for word in parsed.marked.words(role)] for role in ROLES}
    assert {role: _words(getattr(clause, role)) for role in ROLES} == marked
    status = ["negated"] * clause.negated + [clause.modality] * (clause.modality != "asserted")
    assert (clause.rule, *status) == case.expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_places_are_places_of_the_text(case: Case) -> None:
    parsed = case.read()
    for clause in _find(parsed):
        for place in (clause.predicate, clause.agent, clause.patient, clause.recipient):
            assert place is None or parsed.article.text[place.start : place.end] == place.text


def test_certain_only_where_it_is_certain_who_is_meant() -> None:
    first, second = read_text("Rebels burned the barn. They burned the town.").clauses
    assert first.agent is not None and second.agent is not None
    assert first.agent.actors == second.agent.actors != ()
    assert (first.rule, second.rule) == ("agency.active", "agency.active")
    assert (first.certain, second.certain) == (True, False)


def test_one_of_a_people_is_not_the_state() -> None:
    (clause,) = read_text("The first American to fly there bombed the town.").clauses[-1:]
    assert clause.agent is not None and clause.agent.actors == ()
    (clause,) = read_text("American planes bombed Oman.").clauses
    assert clause.agent is not None


def test_has_got_and_what_somebody_has_done() -> None:
    assert read_text("She’s got a name.").clauses == ()
    done, _ = read_text("Everything she’s done helped them.").clauses
    assert (done.lemma, done.form, done.agent and done.agent.text) == ("do", "active", "she")


ACTS = """
Iran/NNP/nsubj/4/GPE and/CC/cc/1 Iraq/NNP/conj/1/GPE bombed>bomb/VBD/ROOT/4 Oman/NNP/dobj/4/GPE ././punct/4
Oman/NNP/nsubjpass/3/GPE was>be/VBD/auxpass/3 bombed>bomb/VBN/ROOT/3 ././punct/3
The/DT/det/2 bombing/NN/nsubj/5 of/IN/prep/2 Oman/NNP/pobj/3/GPE ended>end/VBD/ROOT/5 ././punct/5
Qatar/NNP/nsubjpass/3/GPE was>be/VBD/auxpass/3 bombed>bomb/VBN/ROOT/3 ././punct/3
"""


def test_actors_and_the_agent_elsewhere() -> None:
    parsed = read_parsed(
        "Iran and Iraq bombed Oman. Oman was bombed. The bombing of Oman ended. Qatar was bombed.", ACTS
    )
    names = {actor.id: actor.name for actor in parsed.find_actors()}
    clauses = [clause for clause in _find(parsed) if clause.lemma != "end"]
    found = [(_names(clause.agent, names), _names(clause.patient, names)) for clause in clauses]
    assert found == [(["Iran", "Iraq"], ["Oman"]), ([], ["Oman"]), ([], ["Oman"]), ([], ["Qatar"])]
    elsewhere = [clause.agent_elsewhere.text if clause.agent_elsewhere else None for clause in clauses]
    assert elsewhere == [None, "Iran and Iraq", "Iran and Iraq", None]


def _names(place: Participant | None, names: dict[str, str]) -> list[str]:
    return [] if place is None else [names[actor] for actor in place.actors]


SAID = "Ann said that Bob burned the town."
SAID_TABLE = """
Ann/NNP/nsubj/2 said>say/VBD/ROOT/2 that/IN/mark/5 Bob/NNP/nsubj/5 burned>burn/VBD/ccomp/2 the/DT/det/7 town/NN/dobj/5
././punct/2
""".replace("\n.", " .")


def test_a_cue_is_no_event_and_its_content_is_reported() -> None:
    parsed = read_parsed(SAID, SAID_TABLE)
    spoken = make_attribution(parsed.article, (9, 33), source=(0, 3), cue=(4, 8))
    assert [(clause.lemma, clause.voice) for clause in _find(parsed, spoken)] == [("burn", "reported")]
    assert [clause.lemma for clause in _find(parsed)] == ["say", "burn"]


NO_EVENTS = {
    "state": ("They own land.", "They/PRP/nsubj/2 own/VBP/ROOT/2 land/NN/dobj/2 ././punct/2"),
    "copula": ("They are here.", "They/PRP/nsubj/2 are>be/VBP/ROOT/2 here/RB/advmod/2 ././punct/2"),
    "nobody takes part": ("It was war.", "It/PRP/nsubj/2 was>be/VBD/ROOT/2 war/NN/attr/2 ././punct/2"),
    "participle before a noun": (
        "The burned town is old.",
        "The/DT/det/3 burned>burn/VBN/amod/3 town/NN/nsubj/4 is>be/VBZ/ROOT/4 old/JJ/acomp/4 ././punct/4",
    ),
    "have got": (
        "They have got a plan.",
        "They/PRP/nsubj/3 have/VBP/aux/3 got>get/VBN/ROOT/3 a/DT/det/5 plan/NN/dobj/3 ././punct/3",
    ),
    "to begin with": (
        "They are poor to begin with.",
        "They/PRP/nsubj/2 are>be/VBP/ROOT/2 poor/JJ/acomp/2 to/TO/aux/5 begin/VB/xcomp/3 with/IN/prep/5 ././punct/2",
    ),
    "a time that runs": (
        "Two years running they are poor.",
        "Two/CD/nummod/2/DATE years>year/NNS/npadvmod/5/DATE running>run/VBG/acl/2 they/PRP/nsubj/5 are>be/VBP/ROOT/5 "
        "poor/JJ/acomp/5 ././punct/5",
    ),
    "what it shows": (
        "It shows that they are poor.",
        "It/PRP/nsubj/2 shows>show/VBZ/ROOT/2 that/IN/mark/5 they/PRP/nsubj/5 are>be/VBP/ccomp/2 poor/JJ/acomp/5 "
        "././punct/2",
    ),
    "a participle that tells a state": (
        "They are poised here.",
        "They/PRP/nsubjpass/3 are>be/VBP/auxpass/3 poised>poise/VBN/ROOT/3 here/RB/advmod/3 ././punct/3",
    ),
    "a participle beside an adjective": (
        "It is long and bruising.",
        "It/PRP/nsubj/2 is>be/VBZ/ROOT/2 long/JJ/acomp/2 and/CC/cc/3 bruising>bruise/VBG/conj/3 ././punct/2",
    ),
    "a date is no owner who acts": (
        "The attack by Monday is here.",
        "The/DT/det/2 attack/NN/nsubj/5 by/IN/prep/2 Monday/NNP/pobj/3/DATE is>be/VBZ/ROOT/5 here/RB/advmod/5 "
        "././punct/5",
    ),
}


@pytest.mark.parametrize("name", NO_EVENTS)
def test_what_is_no_event(name: str) -> None:
    assert _find(read_parsed(*NO_EVENTS[name])) == ()


MODEL = (
    "[The army]agent did not [destroy]active [the bridge]patient.",
    "[Two nurses]patient were [killed]passive by [a falling crane]agent.",
    "[Russia's]agent [bombing]nominal of [the town]patient lasted a week.",
    "[The family]agent was forced to [sell]active [the farm]patient.",
    "[The town]patient that [the rebels]agent [burned]active is empty now.",
    "[The mayor]patient was arrested and [beaten]agentless-passive.",
    "[The army]agent carried out the [bombing]nominal of [the town]patient.",
    "[Rebels]agent launched an [attack]nominal on [the base]patient.",
    "[The fighters]patient were [trained]passive and paid by [the ministry]agent.",
    "The aim of [the government]agent is to [close]active [the camp]patient.",
    "The failure of [the police]agent to [stop]active [the march]patient surprised many.",
    "[The crew]agent managed to [contain]active [the fire]patient.",
)


@pytest.mark.models
@pytest.mark.parametrize("marked", MODEL)
def test_clauses_end_to_end(marked: str) -> None:
    read = read_marked(marked)
    ((form, start, _),) = [place for place in read.places if place[0] in FORMS]
    (clause,) = [clause for clause in read_text(read.text).clauses if clause.predicate.start == start]
    found = {role: _words(getattr(clause, role)) for role in ROLES}
    assert clause.form == form
    assert found == {role: [word.removesuffix("'s") for word in read.words(role)] for role in ROLES}


def test_ids_are_in_the_order_of_the_text() -> None:
    clauses = _find(
        read_parsed("Iran and Iraq bombed Oman. Oman was bombed. The bombing of Oman ended. Qatar was bombed.", ACTS)
    )
    assert [clause.id for clause in clauses] == [f"c{number}" for number in range(1, len(clauses) + 1)]
    starts = [clause.predicate.start for clause in clauses]
    assert starts == sorted(starts)


@pytest.mark.models
def test_a_verb_that_holds_its_own_subject_has_a_phrase() -> None:
    """The phrase of what is closed begins where the clause of the verb does."""
    clauses = read_text("The government has continued to hold all stock markets closed until Friday.").clauses
    assert "all stock markets" in [clause.patient.text for clause in clauses if clause.patient is not None]


@pytest.mark.models
@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_contractions_deny(apostrophe: str) -> None:
    text = "The army didn’t burn the town. It won’t leave. We’ve closed the road."
    reading = read_text("Night in Orlan\n\n" + text.replace("’", apostrophe))
    found = {clause.lemma: (clause.agent and clause.agent.text, clause.negated) for clause in reading.clauses}
    assert found["burn"] == ("The army", True)
    assert found["leave"] == ("It", True)
    assert found["close"] == ("We", False)


@pytest.mark.models
def test_i_in_quoted_words_is_who_speaks() -> None:
    reading = read_text(
        "Mayor quits\n\nAnn Holt, the mayor, resigned on Monday. “I made mistakes and they hurt me,” Holt said.\n\n"
        "Her deputy, Bob Ray, said I was wrong to ask. “Bob said ‘I won’ to her,” Holt said."
    )
    names = {actor.id: actor.name for actor in reading.actors}
    found = {
        clause.predicate.text: [_names(clause.agent, names), _names(clause.patient, names)]
        for clause in reading.clauses
    }
    assert found["made"][0] == ["Ann Holt"]
    assert found["hurt"][1] == ["Ann Holt"]
    assert found["ask"][0] == []
    assert found["won"][0] in ([], ["Bob Ray"])


_FORMS = [
    "the/DT",
    "army/NN",
    "Oman/NNP",
    "who/WP",
    "that/WDT",
    "to/TO",
    "in/IN",
    "of/IN",
    "for/IN",
    "on/RP",
    "enough/RB",
]
_FORMS += ["poor/JJ", "responsible/JJ", "rid/VBN", "failure/NN", "effect/NN", "neither/CC", "will/MD", "it/PRP"]
_FORMS += ["burned>burn/VBD", "burned>burn/VBN", "burn/VB", "burning>burn/VBG", "rely/VBP", "go/VB", "get/VB", "be/VB"]
_FORMS += ["half/NN", "which/WDT", "took>take/VBD", "place/NN", "said>say/VBD", "being>be/VBG"]
_DEPS = [
    "nsubj",
    "nsubjpass",
    "dobj",
    "dative",
    "prep",
    "pobj",
    "pcomp",
    "acl",
    "relcl",
    "advcl",
    "xcomp",
    "ccomp",
    "conj",
]
_DEPS += [
    "cc",
    "aux",
    "auxpass",
    "agent",
    "acomp",
    "amod",
    "advmod",
    "appos",
    "compound",
    "poss",
    "attr",
    "neg",
    "prt",
    "mark",
]


@st.composite
def _parses(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence of known words with any tree and any labels over it."""
    words = draw(st.lists(st.sampled_from(_FORMS), min_size=2, max_size=9))
    order = draw(st.permutations(range(len(words))))
    heads = {order[0]: order[0]}
    for at, number in enumerate(order[1:], 1):
        heads[number] = draw(st.sampled_from(order[:at]))
    items = (
        f"{word}/{'ROOT' if heads[at] == at else draw(st.sampled_from(_DEPS))}/{heads[at] + 1}"
        for at, word in enumerate(words)
    )
    return " ".join(word.split("/")[0].split(">")[0] for word in words), " ".join(items)


@given(_parses())
def test_any_tree_comes_to_an_end(parse: tuple[str, str]) -> None:
    parsed = read_parsed(*parse)
    for clause in _find(parsed):
        for place in (clause.predicate, clause.agent, clause.patient, clause.recipient):
            assert place is None or parsed.article.text[place.start : place.end] == place.text
    assert all(find_number(token) in get_args(Number) for token in parsed.doc)


def test_a_counted_pronoun_stands_for_no_word_that_counts_it() -> None:
    table = (
        "They/PRP/nsubj/2 cast/VBD/ROOT/2 votes>vote/NNS/dobj/2 ,/,/punct/9 a/DT/det/6 majority/NN/nsubj/9 "
        "of/IN/prep/6 which/WDT/pobj/7 counted>count/VBD/appos/3 ././punct/2"
    )
    parsed = read_parsed("They cast votes, a majority of which counted.", table)
    assert find_antecedent(parsed.doc[7]) == parsed.doc[2]
    assert find_number(parsed.doc[5]) == "several"
