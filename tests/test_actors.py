"""Actors: whom names group under, in which form each stands, and where. Entities are marked by hand."""

from __future__ import annotations

import pytest

from closeread.findings import Actor
from tests.hand_parsed import make_attribution, parse_words

# What the parser saw is marked in the text; expected are all actors, each with its mentions and their forms.
CASES: dict[str, tuple[str, dict[str, list[str]]]] = {
    "surname and first name": (
        "[Ann Lee]person left. Lee was late. Ann was not.",
        {"Ann Lee": ["Ann Lee full-name", "Lee part-of-name", "Ann part-of-name"]},
    ),
    "middle name": (
        "[Ann Lee]person left. [Ann Mary Lee]person was late.",
        {"Ann Lee": ["Ann Lee full-name", "Ann Mary Lee full-name"]},
    ),
    "title": (
        "[President Ann Lee]person left. [Mr. Lee]person met Lee.",
        {"Ann Lee": ["Ann Lee full-name", *["Lee part-of-name"] * 2]},
    ),
    "possessive": (
        "[Ann Lee’s]person car. Lee's car. Lees came.",
        {"Ann Lee": ["Ann Lee full-name", "Lee part-of-name"]},
    ),
    "plural possessive": ("[The Harrises’]person car.", {"Harrises": ["Harrises full-name"]}),
    "two of one surname: the one named first": (
        "[Ann Lee]person met [Bob Lee]person. Lee left.",
        {"Bob Lee": ["Bob Lee full-name"], "Ann Lee": ["Ann Lee full-name", "Lee part-of-name"]},
    ),
    "a surname first, then somebody else and her pronouns": (
        "[Lee]person fell behind [Eva Dane]person. She and her staff, she said, won. [Bob Lee]person left.",
        {
            "Eva Dane": ["Eva Dane full-name"],
            "Bob Lee": ["Lee part-of-name", "Bob Lee full-name"],
        },
    ),
    "a surname of the first person named, then her pronouns": (
        "[Lee]person lost her seat. [Bob Lee]person left.",
        {"Lee": ["Lee full-name"], "Bob Lee": ["Bob Lee full-name"]},
    ),
    "a first name that the parser left out": (
        "Ivanka [Holt]person left. [Bob Holt]person met Ivanka Holt. Holt was late.",
        {"Ivanka Holt": [*["Ivanka Holt full-name"] * 2, "Holt part-of-name"], "Bob Holt": ["Bob Holt full-name"]},
    ),
    "a month is no first name": (
        "In June [Holt]person left. [Bob Holt]person slept.",
        {"Bob Holt": ["Holt part-of-name", "Bob Holt full-name"]},
    ),
    "the noun and the adjective of a party": (
        "The [Democratic]norp mayor left. A [Democrat]norp slept. The [Democrats]norp met.",
        {"Democrats": ["Democratic full-name", "Democrat full-name", "Democrats full-name"]},
    ),
    "an adjective of no such noun": (
        "An [Islamic]norp school. The [Slavs]norp met.",
        {"Islamic": ["Islamic full-name"], "Slavs": ["Slavs full-name"]},
    ),
    "a number behind a dash": (
        "[Mr. Lee - 60 percent]person of them. Lee left.",
        {"Lee": ["Lee full-name"] * 2},
    ),
    "a surname that is a month": (
        "[Theresa May]person left in [May]date. May was late.",
        {"Theresa May": ["Theresa May full-name", "May part-of-name"]},
    ),
    "a surname that is a month where none can stand": (
        "[Theresa May]person left. [[May]subject]date was late.",
        {"Theresa May": ["Theresa May full-name", "May part-of-name"]},
    ),
    "an acronym that is taken for a place": ("The [F.B.I.]gpe met.", {"F.B.I.": ["F.B.I. full-name"]}),
    "an article is no part of a name": ("[The Water Board]org met.", {"Water Board": ["Water Board full-name"]}),
    "acronym in brackets": (
        "[The Orlan Water Board]org (OWB) met. OWB left.",
        {"Orlan Water Board": ["Orlan Water Board full-name", *["OWB acronym"] * 2]},
    ),
    "acronym of the initials": (
        "[Orlan Water Board]org met. [OWB]org left.",
        {"Orlan Water Board": ["Orlan Water Board full-name", "OWB acronym"]},
    ),
    "acronym that skips small words": (
        "[Ministry of Water and Power]org met. [MWP]org left.",
        {"Ministry of Water and Power": ["Ministry of Water and Power full-name", "MWP acronym"]},
    ),
    "acronym with full stops": (
        "[Orlan Water Board]org met. [O.W.B.]org left.",
        {"Orlan Water Board": ["Orlan Water Board full-name", "O.W.B. acronym"]},
    ),
    "a body by its listed names": (
        "[Republican Party]org met. [GOP]org left. [G.O.P.]org won.",
        {"Republican Party": ["Republican Party full-name", "GOP acronym", "G.O.P. acronym"]},
    ),
    "a body that begins with a title": (
        "[General Motors]org met. [The Justice Department]org left.",
        {"General Motors": ["General Motors full-name"], "Justice Department": ["Justice Department full-name"]},
    ),
    "an acronym of nothing stays alone": ("[OWB]org left.", {"OWB": ["OWB full-name"]}),
    "people, singular and plural": (
        "[Zurik]norp men met two [Zuriks]norp.",
        {"Zuriks": ["Zurik full-name", "Zuriks full-name"]},
    ),
    "a state in its forms": (
        "The United States met. U.S. and US officials met American men and Americans in America.",
        {
            "United States": [
                "United States full-name",
                "U.S. acronym",
                "US acronym",
                "American demonym",
                "Americans demonym",
            ]
        },
    ),
    "America where the parser sees a place": ("He left [America]gpe.", {"United States": ["America alias"]}),
    "us is not US": ("They met us there.", {}),
    "a longer word": ("Iranians met Irana and Iran.", {"Iran": ["Iranians demonym", "Iran full-name"]}),
    "the longest spelling": (
        "South Korea and North Korea met.",
        {"South Korea": ["South Korea full-name"], "North Korea": ["North Korea full-name"]},
    ),
    "Georgia as a woman": ("Georgia left early.", {}),
    "Georgia as a place": ("He left [Georgia]gpe early.", {"Georgia": ["Georgia full-name"]}),
    "Georgia Smith and Georgia": (
        "[Georgia Smith]person left [Georgia]gpe.",
        {"Georgia Smith": ["Georgia Smith full-name"], "Georgia": ["Georgia full-name"]},
    ),
    "Jordan as a surname": (
        "[Ann Jordan]person left. Jordan was late.",
        {"Ann Jordan": ["Ann Jordan full-name", "Jordan part-of-name"]},
    ),
    "capital as a subject": ("[Moscow]subject agreed.", {"Russia": ["Moscow metonym"]}),
    "capital as a place": ("He lives in Moscow.", {}),
    "seat of government": ("The [Kremlin]subject agreed.", {"Russia": ["Kremlin metonym"]}),
    "seat of government of two words": ("The White [House]subject agreed.", {"United States": ["White House metonym"]}),
    "a capital with others": ("They had talks with [Moscow]subject.", {"Russia": ["Moscow metonym"]}),
    "a state inside a name": (
        "[Bank of Iran]org met. Iran left.",
        {"Bank of Iran": ["Bank of Iran full-name"], "Iran": ["Iran full-name"]},
    ),
    "a name that the parser missed once": (
        "[Ann Lee]person left. Ann Lee came.",
        {"Ann Lee": ["Ann Lee full-name"] * 2},
    ),
    "hyphen after a name": ("An Iran-backed group met.", {"Iran": ["Iran full-name"]}),
    "a place is no actor": ("They met in [Sabel]gpe.", {}),
    "surname with a particle": (
        "[Ann van der Berg]person left. Van der Berg was late. Berg left.",
        {"Ann van der Berg": ["Ann van der Berg full-name", "Van der Berg part-of-name", "Berg part-of-name"]},
    ),
    "a name and its accents": (
        "[Jonas Ekström]person left. Ekström was late.",
        {"Jonas Ekström": ["Jonas Ekström full-name", "Ekström part-of-name"]},
    ),
    "a name over a line break": (
        "[Ann\nLee]person left. Lee was late.",
        {"Ann Lee": ["Ann\nLee full-name", "Lee part-of-name"]},
    ),
    "the same name with and without a line break": (
        "[Ann Lee]person left. Ann\nLee came.",
        {"Ann Lee": ["Ann Lee full-name", "Ann\nLee full-name"]},
    ),
    "a state over a line break": ("He saw the United\nStates.", {"United States": ["United\nStates full-name"]}),
    "a demonym and a state over a line break": (
        "He saw South\nKorea and the South Koreans.",
        {"South Korea": ["South\nKorea full-name", "South Koreans demonym"]},
    ),
    "a son": (
        "[Ann Lee]person met [Bob Lee Jr.]person and [Bob Lee]person. Lee left.",
        {
            "Bob Lee Jr.": ["Bob Lee Jr. full-name"],
            "Bob Lee": ["Bob Lee full-name"],
            "Ann Lee": ["Ann Lee full-name", "Lee part-of-name"],
        },
    ),
    "a surname beside another bearer": (
        "Mr. [Lee]person left. Rain fell. [Ann Lee]person slept.",
        {"Lee": ["Lee full-name"], "Ann Lee": ["Ann Lee full-name"]},
    ),
    "a surname together with another bearer": (
        "[Lee]person and [Pip Lee]person left. Lee slept.",
        {"Lee": ["Lee full-name", "Lee full-name"], "Pip Lee": ["Pip Lee full-name"]},
    ),
    "a surname before the full name": (
        "[Lee]person left. Rain fell. [Ann Lee]person slept.",
        {"Ann Lee": ["Lee part-of-name", "Ann Lee full-name"]},
    ),
    "a surname that the parser takes for a body": (
        "[Ann Lee]person left. [Lee]org slept. [Lee Tower]org fell.",
        {"Ann Lee": ["Ann Lee full-name", "Lee part-of-name"], "Lee Tower": ["Lee Tower full-name"]},
    ),
    "a surname that the parser takes for a people": (
        "[Ann Lee]person left. [Lee]norp slept.",
        {"Ann Lee": ["Ann Lee full-name", "Lee part-of-name"]},
    ),
    "a body beside its owner": (
        "[Ann Ford]person left. [Ford Motor]org grew. [Ford Motor]org fell. [Ford]org rose.",
        {"Ann Ford": ["Ann Ford full-name"], "Ford Motor": ["Ford Motor full-name"] * 2, "Ford": ["Ford full-name"]},
    ),
    "a first name that the parser takes for a body": ("[Anna]org left.", {"Anna": ["Anna full-name"]}),
    "a name joined by hyphens": (
        "[Omar-al-Masri]person left. Masri slept. al-Masri fell.",
        {"Omar-al-Masri": ["Omar-al-Masri full-name", "Masri part-of-name", "al-Masri part-of-name"]},
    ),
    "against somebody": (
        "[Ann Lee]person met [anti-Lee]norp men.",
        {"Ann Lee": ["Ann Lee full-name", "Lee part-of-name"]},
    ),
    "a body without the noun that says what it is": (
        "The [al-Sabr Front]org met. [Al-Sabr]org left. [al Sabr]org slept.",
        {"al-Sabr Front": ["al-Sabr Front full-name", "Al-Sabr part-of-name", "al Sabr part-of-name"]},
    ),
    "a town after a point of the compass": ("They took [Sabel]norp. [Eastern Sabel]loc fell.", {}),
    "a name in quotation marks": (
        "“[Ann Lee]person” left. Lee was late.",
        {"Ann Lee": ["Ann Lee full-name", "Lee part-of-name"]},
    ),
}


def _show(actors: tuple[Actor, ...]) -> dict[str, list[str]]:
    return {actor.name: [f"{mention.text} {mention.form}" for mention in actor.mentions] for actor in actors}


@pytest.mark.parametrize("name", CASES)
def test_actors_and_their_mentions(name: str) -> None:
    marked, expected = CASES[name]
    assert _show(parse_words(marked).find_actors()) == expected


def _by_name(marked: str, *kinds: str) -> dict[str, Actor]:
    return {actor.name: actor for actor in parse_words(marked, *kinds).find_actors()}  # type: ignore[arg-type]


GOVERNMENTS: dict[str, tuple[str, dict[str, list[str]]]] = {
    "of a state": (
        "The [Syrian]norp government left. The [Syrian]norp regime fell.",
        {
            "Syrian government": ["Syrian government full-name", "Syrian regime alias"],
            "Syria": ["Syrian demonym", "Syrian demonym"],
        },
    ),
    "of a leader, where one state has a regime": (
        "The [Syrian]norp regime left. The [Orlan]person regime fell.",
        {
            "Syrian regime": ["Syrian regime full-name", "Orlan regime alias"],
            "Syria": ["Syrian demonym"],
            "Orlan": ["Orlan full-name"],
        },
    ),
    "of a leader alone": (
        "[Ann Holt]person left. The [Holt]person campaign fell.",
        {"Ann Holt": ["Ann Holt full-name", "Holt part-of-name"], "Holt campaign": ["Holt campaign full-name"]},
    ),
    "a body that has a government in its name": (
        "The [Syrian government]org left.",
        {"Syrian government": ["Syrian government full-name"], "Syria": ["Syrian demonym"]},
    ),
}


@pytest.mark.parametrize("name", GOVERNMENTS)
def test_governments_hold_the_name_of_their_state_or_leader(name: str) -> None:
    """A noun after the name, of which the name is a part."""
    marked, expected = GOVERNMENTS[name]
    parsed = parse_words(marked)
    for token in parsed.doc[:-1]:
        if token.nbor().lower_ in ("government", "regime", "campaign"):
            token.head, token.dep_ = token.nbor(), "amod"
    assert _show(parsed.find_actors()) == expected


@pytest.mark.parametrize(("preposition", "forms"), [("in", []), ("for", []), ("from", ["metonym"])])
def test_a_seat_of_government_is_no_mention_where_it_is_a_place(preposition: str, forms: list[str]) -> None:
    parsed = parse_words(f"He ran {preposition} the White House.")
    parsed.doc[5].head, parsed.doc[5].dep_ = parsed.doc[2], "pobj"
    assert [mention.form for actor in parsed.find_actors() for mention in actor.mentions] == forms


def test_first_mention_is_a_share_of_the_body() -> None:
    """Body: `Cuba came. Iran left.` (21) and `Iraq was late.` (14), 35 code points in all."""
    actors = _by_name("Oman speaks\n\nCuba came. Iran left.\n\nChile\n\nIraq was late.", "headline", "body", "caption")
    assert actors["Cuba"].first_mention == 0
    assert actors["Iran"].first_mention == 11 / 35
    assert actors["Iraq"].first_mention == 21 / 35
    assert actors["Oman"].first_mention is None
    assert actors["Chile"].first_mention is None


def test_headline_lead_and_last_paragraph() -> None:
    actors = _by_name(
        "Oman speaks\n\nCuba came.\n\nIran left.\n\nIraq and Oman were late.\n\nChile",
        "headline",
        *["body"] * 3,
        "caption",
    )
    flags = {name: (a.in_headline, a.in_lead, a.in_last_paragraph) for name, a in actors.items()}
    assert flags == {
        "Oman": (True, False, True),
        "Cuba": (False, True, False),
        "Iran": (False, False, False),
        "Iraq": (False, False, True),
        "Chile": (False, False, False),
    }


def test_a_metonym_is_listed_and_does_not_count_as_naming() -> None:
    actor = _by_name("[Moscow]subject agreed. Late.\n\nRussia left.")["Russia"]
    assert [mention.form for mention in actor.mentions] == ["metonym", "full-name"]
    assert (actor.first_mention, actor.in_lead, actor.in_last_paragraph) == (20 / 32, False, True)


def test_a_name_only_in_the_headline_is_left_out() -> None:
    assert _by_name("[Big Storm Ahead]org\n\nIt rained.", "headline") == {}


def test_a_name_of_the_body_is_found_in_the_headline() -> None:
    actor = _by_name("Lee leaves\n\n[Ann Lee]person left.", "headline")["Ann Lee"]
    assert (actor.in_headline, actor.first_mention) == (True, 0)


def test_most_mentions_come_first_then_the_order_of_the_text() -> None:
    actors = parse_words("Iraq met Iran and Oman. Iran left.").find_actors()
    assert [(actor.id, actor.name) for actor in actors] == [("a1", "Iran"), ("a2", "Iraq"), ("a3", "Oman")]


def test_the_voice_of_each_mention() -> None:
    parsed = parse_words("Iran met. He said [Iran was “afraid of Iran”]content now.")
    (actor,) = parsed.find_actors(make_attribution(parsed.article, *parsed.marked.spans("content")))
    assert [mention.voice for mention in actor.mentions] == ["own", "reported", "quoted"]


def test_kinds() -> None:
    actors = _by_name("[Ann Lee]person of the [Water Board]org met [Zuriks]norp from Iran.")
    assert {name: actor.kind for name, actor in actors.items()} == {
        "Ann Lee": "person",
        "Water Board": "organisation",
        "Zuriks": "group",
        "Iran": "country",
    }


def test_the_kind_that_the_parser_saw_most_often() -> None:
    actors = _by_name("[Zorblat]org met. [Zorblat]person left. [Zorblat]org came.")
    assert [(a.name, a.kind) for a in actors.values()] == [("Zorblat", "organisation")]
