"""Actors of several readings that are one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeread.article import Article, Zone
from closeread.comparisons.shared_actors import SharedActor, find_shared_actors
from closeread.comparisons.shared_names import fold, list_initials, split_person
from closeread.findings import Actor, ActorKind, Mention, Reading
from tests.readings import VERSIONS

Given = tuple[str, ActorKind]


def _read(number: int, actors: Sequence[Given]) -> Reading:
    """A text that is the names of its actors; one without a capital is a description."""
    text = ". ".join(name for name, _ in actors) or "Nothing."
    article = Article(f"t{number}.txt", text, (Zone(0, len(text), text, "body"),))
    found, at = [], 0
    for order, (name, kind) in enumerate(actors, 1):
        mention = Mention(at, at + len(name), name, "full-name" if name[:1].isupper() else "description", "own")
        rule = "actors.name" if name[:1].isupper() else "actors.described"
        found.append(_actor(f"a{order}", (name, kind), mention, rule))
        at += len(name) + 2
    return Reading(article, (), (), tuple(found), (), (), VERSIONS)


def _actor(identity: str, given_as: Given, mention: Mention, rule: str) -> Actor:
    return Actor(
        id=identity,
        name=given_as[0],
        kind=given_as[1],
        mentions=(mention,),
        first_mention=0.0,
        in_headline=False,
        in_lead=True,
        in_last_paragraph=True,
        rule=rule,
    )


def _join(*texts: Sequence[Given]) -> tuple[SharedActor, ...]:
    return find_shared_actors([_read(number, actors) for number, actors in enumerate(texts, 1)])


def _groups(shared: Sequence[SharedActor]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((each.article, each.actor) for each in actor.members) for actor in shared}


JOINED: tuple[tuple[Given, Given, str, bool], ...] = (
    (("Mara Dunn", "person"), ("Mara Dunn", "person"), "shared-actors.name", True),
    (("Mara H. Dunn", "person"), ("Mara Dunn", "person"), "shared-actors.name", True),
    (("Sen. Mara Dunn", "person"), ("Mara Dunn", "person"), "shared-actors.name", True),
    (("Bob Dunn", "person"), ("Robert Dunn", "person"), "shared-actors.given-name", True),
    (("R. Dunn", "person"), ("Robert Dunn", "person"), "shared-actors.given-name", True),
    (("Dunn", "person"), ("Robert Dunn", "person"), "shared-actors.surname", True),
    (("Robert Dunn Jr.", "person"), ("Robert Dunn", "person"), "shared-actors.suffix", False),
    (("Orlan Lakes Board", "organisation"), ("OLB", "organisation"), "shared-actors.initials", False),
    (("GOP", "organisation"), ("Republican Party", "organisation"), "shared-actors.alias", True),
    (("Velmar Inc.", "organisation"), ("Velmar", "organisation"), "shared-actors.name", True),
    (("Lakeites", "group"), ("Lakeite", "group"), "shared-actors.name", True),
    (("Velmar", "person"), ("Velmar", "organisation"), "shared-actors.kinds", False),
    (("the police", "group"), ("the police", "group"), "shared-actors.wording", False),
)


@pytest.mark.parametrize(("one", "other", "rule", "certain"), JOINED)
def test_are_one_in_either_order(one: Given, other: Given, rule: str, certain: bool) -> None:
    for texts in (([one], [other]), ([other], [one])):
        (found,) = _join(*texts)
        assert found.rule == rule
        assert all(member.certain for member in found.members) is certain


APART: tuple[tuple[Given, Given], ...] = (
    (("Mara Dunn", "person"), ("Robert Dunn", "person")),
    (("Mara H. Dunn", "person"), ("Mara K. Dunn", "person")),
    (("Robert Dunn Jr.", "person"), ("Robert Dunn Sr.", "person")),
    (("a man", "person"), ("the man", "person")),
    (("minister", "person"), ("minister", "person")),
    (("Lakes Board", "organisation"), ("Lakes Commission", "organisation")),
)


@pytest.mark.parametrize(("one", "other"), APART)
def test_are_two(one: Given, other: Given) -> None:
    assert {each.rule for each in _join([one], [other])} == {"shared-actors.alone"}


def test_a_surname_of_two_people_is_neither_of_them() -> None:
    found = _join([("Mara Dunn", "person")], [("Robert Dunn", "person")], [("Dunn", "person")])
    assert [len(each.members) for each in found] == [1, 1, 1]


def test_an_initial_that_fits_two_people_is_neither_of_them() -> None:
    found = _join([("Mara Dunn", "person")], [("Milo Dunn", "person")], [("M. Dunn", "person")])
    assert [len(each.members) for each in found] == [1, 1, 1]


def test_an_acronym_with_two_expansions_is_neither_of_them() -> None:
    found = _join(
        [("Orlan Lakes Board", "organisation")], [("Old Lorry Band", "organisation")], [("OLB", "organisation")]
    )
    assert [len(each.members) for each in found] == [1, 1, 1]


def test_two_actors_of_one_text_stay_two() -> None:
    found = _join([("Robert Dunn", "person"), ("Bob Dunn", "person")], [("Robert Dunn", "person")])
    assert sorted(len(each.members) for each in found) == [1, 2]


def test_names_are_folded() -> None:
    assert fold("the Ölmar Co.") == "olmar"
    assert fold("Dunn’s") == "dunn"
    assert list_initials("Board of the Lakes") == {"botl", "bl"}
    assert split_person("Prime Minister Mara Dunn").surname == "dunn"
    assert split_person("OLB Chair Mara Dunn").first == "mara"


_NAMES = st.sampled_from(
    [
        *("Mara Dunn", "Dunn", "M. Dunn", "Robert Dunn", "Bob Dunn", "Robert Dunn Jr.", "the police", "police"),
        *("OLB", "Orlan Lakes Board", "Old Lorry Band", "Velmar", "Velmar Inc."),
    ]
)
_KINDS: st.SearchStrategy[ActorKind] = st.sampled_from(["person", "organisation", "group"])
_TEXTS = st.lists(st.lists(st.tuples(_NAMES, _KINDS), max_size=5, unique=True), max_size=5)


@given(_TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_does_not_matter(texts: list[list[Given]], draw: Random) -> None:
    readings = [_read(number, actors) for number, actors in enumerate(texts, 1)]
    shuffled = list(readings)
    draw.shuffle(shuffled)
    one, other = find_shared_actors(readings), find_shared_actors(shuffled)
    assert [(each.id, each.name, each.kind, sorted(each.members)) for each in one] == [
        (each.id, each.name, each.kind, sorted(each.members)) for each in other
    ]


@given(_TEXTS)
def test_every_actor_is_in_one_group_and_no_group_holds_two_of_a_text(texts: list[list[Given]]) -> None:
    shared = _join(*texts)
    members = [(each.article, each.actor) for actor in shared for each in actor.members]
    assert len(members) == len(set(members)) == sum(map(len, texts))
    assert all(len({each.article for each in actor.members}) == len(actor.members) for actor in shared)
    assert len(_groups(shared)) == len(shared)
