"""Descriptions, pronouns and actors without a name, on parses written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from closeread.findings import Actor, Mention
from tests.hand_parsed import Case, load_cases, parse_words, read_parsed

CASES = load_cases("descriptions.txt")
BESIDE = ("description", "pronoun")


def _show(actors: tuple[Actor, ...]) -> Iterator[str]:
    """The mentions beside names, in the order of the text; a part of a name only where it is not found by its words."""
    found = [(mention, actor) for actor in actors for mention in actor.mentions]
    for mention, actor in sorted(found, key=lambda pair: pair[0]):
        if mention.form in BESIDE or mention.text == "North":
            yield f"{actor.name} = {mention.text} {mention.form}{_marks(mention)}"


def _marks(mention: Mention) -> str:
    return ("" if mention.certain else " ?") + (" subject" if mention.subject else "")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentions_beside_names(case: Case) -> None:
    assert tuple(_show(case.read().join_mentions())) == case.expected


def test_named_actors_keep_their_ids_and_those_without_a_name_follow() -> None:
    parsed = read_parsed(
        "Rebels shot. Ann Lee met Rebels.",
        "Rebels>rebel/NNS/nsubj/2 shot>shoot/VBD/ROOT/2 ././punct/2\n"
        "Ann/NNP/compound/2/PERSON Lee/NNP/nsubj/3/PERSON met>meet/VBD/ROOT/3 Rebels>rebel/NNS/dobj/3 ././punct/3",
    )
    actors = parsed.join_mentions()
    assert [(actor.id, actor.name, actor.rule) for actor in actors] == [
        ("a2", "rebels", "actors.described"),
        ("a1", "Ann Lee", "actors.name"),
    ]
    assert actors[0].kind == "group"


def test_a_description_does_not_count_as_naming() -> None:
    parsed = read_parsed(
        "The mayor, Ann Lee, slept.",
        "The/DT/det/2 mayor/NN/nsubj/7 ,/./punct/2 Ann/NNP/compound/5/PERSON Lee/NNP/appos/2/PERSON ,/./punct/2 "
        "slept>sleep/VBD/ROOT/7 ././punct/7",
    )
    (actor,) = parsed.join_mentions()
    assert (actor.mentions[0].start, actor.first_mention) == (0, 11 / 26)


def test_of_an_actor_without_a_name_the_first_description_counts() -> None:
    parsed = read_parsed(
        "Rain. Rebels slept.", "Rain/NN/ROOT/1 ././punct/1\nRebels>rebel/NNS/nsubj/2 slept>sleep/VBD/ROOT/2 ././punct/2"
    )
    (actor,) = parsed.join_mentions()
    assert (actor.first_mention, actor.in_lead) == (6 / 19, True)


def test_a_surname_goes_to_the_bearer_whom_the_walk_tells() -> None:
    parsed = read_parsed(
        "Bob Lee met Ann Lee. Ms. Lee slept.",
        "Bob/NNP/compound/2/PERSON Lee/NNP/nsubj/3/PERSON met>meet/VBD/ROOT/3 Ann/NNP/compound/5/PERSON "
        "Lee/NNP/dobj/3/PERSON ././punct/3\n"
        "Ms./NNP/compound/2 Lee/NNP/nsubj/3/PERSON slept>sleep/VBD/ROOT/3 ././punct/3",
    )
    named = {actor.name: [mention.start for mention in actor.mentions] for actor in parsed.join_mentions()}
    assert named == {"Bob Lee": [0], "Ann Lee": [12, 25]}


def test_a_metonym_alone_names_nobody() -> None:
    (actor,) = parse_words("[Moscow]subject agreed.").join_mentions()
    assert actor.first_mention is None
