"""Known phrases of which one slot is filled anew: in one article, from the list, across articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeread.analyses.echoes import find_echoes
from closeread.comparisons.echoes import SharedEcho, find_shared_echoes
from closeread.findings import Echo, Reading
from closeread.lexicons.known_phrases import load_templates
from closeread.marks import find_marks
from tests.echo_cases import EchoCase, load_echo_cases
from tests.hand_parsed import make_article
from tests.readings import VERSIONS

# Found by none of the rules: `all of us` is of small words, and two fixed words are too few within an article.
MISSED = {"The harbour belongs to the gulls", "an end to whistling"}
# The known phrase holds a word that is kept here.
LONGER = {"Houston, We Have a Herring Problem": "Herring Problem"}


def echoes(text: str, *kinds: str) -> tuple[Echo, ...]:
    article = make_article(text, *kinds)  # type: ignore[arg-type]
    return find_echoes(article, find_marks(article))


def told(text: str, *kinds: str) -> list[tuple[str, str, str]]:
    return [(echo.place.text, echo.slot.text, echo.origin) for echo in echoes(text, *kinds)]


@pytest.mark.parametrize("case", load_echo_cases(), ids=str)
def test_invented_sentences(case: EchoCase) -> None:
    found = [
        echo
        for echo in find_echoes(case.article, find_marks(case.article))
        if echo.place.start < case.end and case.start < echo.place.end
    ]
    if str(case) in MISSED:
        assert not found
        return
    (echo,) = found
    assert echo.slot.text == LONGER.get(str(case), case.slot)
    assert (echo.known_place is None) == (echo.origin == "list") == (echo.rule == "echoes.list")
    assert "___" in echo.template and echo.known is not None


def test_there_are_forty() -> None:
    assert len(load_echo_cases()) == 40


def test_both_phrases_in_the_article() -> None:
    (echo,) = echoes("One wall says “Who sank the Aurora?”\n\nAnother asks: “Who sank the Sea Borealis?”")
    assert (echo.template, echo.known, echo.slot.text) == ("Who sank the ___?", "Who sank the Aurora?", "Sea Borealis")
    assert echo.known_place is not None and echo.known_place.text == echo.known
    assert not echo.certain


@pytest.mark.parametrize(
    "text",
    [
        "He read “A Tale of Two Cities” aloud.",
        "“No justice, no peace,” they sang. “No justice, no peace.”",
        "The war on drugs was a “War on Drugs”.",
        "“Together we can heal. Together we can love,” she said.",
        "“We did not lose a person,” he said. “We did not lose a single person.”",
        "“It opened on January 20, 2016,” he said. “It opened on January 19, 2016,” she said.",
        "“Our plan is good,” he said; “our plan is late,” said she.",
        "The Department of Trade Affairs and the Department of Water Affairs met.",
        "He stopped at the house on the hill and gave peace some thought.",
        "“Yes, we must say that,” he said.",
        "“Who lost it?” he asked.",
        "The tale of two ferries is long.",
    ],
)
def test_what_is_no_echo(text: str) -> None:
    assert told(text) == []


def test_a_phrase_of_the_list_is_known_wherever_it_stands() -> None:
    text = "They will “make Ostrel whole again”, said Lee.\n\nIt was an answer to “Make America great again”."
    assert told(text) == []
    text = text.replace("Ostrel whole", "America whole")
    assert told(text) == [("make America whole again", "whole", "article")]


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("They sat through a so-called war on gulls, and it rained.", (), ["war on gulls"]),
        ("They sat through a war on gulls, and it rained.", (), []),
        ("The War on Gulls went on.", (), []),
        ("War on Gulls\n\nIt went on.", ("headline",), ["War on Gulls"]),
        ("A cry: War on Gulls!", (), ["War on Gulls"]),
        ("He said that all roads lead to Ostrel, and left.", (), ["all roads lead to Ostrel"]),
    ],
)
def test_where_a_template_counts(text: str, kinds: tuple[str, ...], found: list[str]) -> None:
    assert [place for place, _, _ in told(text, *kinds)] == found


def test_certain_where_the_template_need_not_be_the_whole() -> None:
    assert [echo.certain for echo in echoes("He said all roads lead to Ostrel. She read “Waiting for Holt”.")] == [
        True,
        False,
    ]


def test_every_template_can_be_reached() -> None:
    """With another word in its slot, alone in marks."""
    for row in load_templates():
        (echo,) = echoes(f"He read “{row.template.replace('___', 'Herring')}” aloud.")
        assert (echo.slot.text, echo.known) == ("Herring", row.known), row
        assert told(f"He read “{row.known}” aloud.") == [], row


PIECES = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            "who sank ",
            "the ",
            "Aurora",
            "Borealis",
            "?",
            " all roads lead to ",
            "\n\n",
            "é🌊 ",
            "‘",
            "’ ",
            "\u00a0",
        ]
    ),
    max_size=24,
)


@given(PIECES)
def test_places(pieces: list[str]) -> None:
    text = "".join(["It rained. ", *pieces]).strip()
    end = -1
    for number, echo in enumerate(echoes(text), 1):
        for span in (echo.place, echo.slot, *([echo.known_place] if echo.known_place else [])):
            assert text[span.start : span.end] == span.text != ""
        assert echo.place.start <= echo.slot.start and echo.slot.end <= echo.place.end
        assert echo.id == f"o{number}" and echo.place.start >= end
        end = echo.place.end


def reading(source: str, text: str, *kinds: str) -> Reading:
    article = make_article(text, *kinds)  # type: ignore[arg-type]
    article = type(article)(source, article.text, article.zones, language="en")
    return Reading(article, (), (), (), (), (), VERSIONS)


def test_across_articles_whatever_their_order() -> None:
    one = reading("a.txt", "The wall says “Nine long days in Orlan” in red.")
    two = reading("b.txt", "Nine long days in bed\n\nIt rained, and “Who sank it?” was asked.", "headline")
    three = reading("c.txt", "“Nine long days in Orlan” was a film.")
    found = find_shared_echoes([two, three, one])
    assert found == find_shared_echoes([one, two, three])
    (echo,) = found
    assert isinstance(echo, SharedEcho)
    assert (echo.first.text, echo.second.text) == ("Nine long days in Orlan", "Nine long days in bed")
    assert (echo.first_slot.text, echo.second_slot.text, echo.template) == ("Orlan", "bed", "Nine long days in ___")
    assert (echo.first_article, echo.second_article) == (one.article.id, two.article.id)
    assert echo.rule == "echoes.shared" and echo.first_attribution is None


def test_a_phrase_that_both_have_is_no_shared_echo() -> None:
    texts = [
        "“Nine long days in Orlan”, he said.",
        "“Nine long days in Orlan”, he said.",
        "“Nine more days in Orlan”, he said.",
    ]
    assert find_shared_echoes([reading(f"{number}.txt", text) for number, text in enumerate(texts[:2])]) == ()
    assert find_shared_echoes([]) == ()


def test_a_masked_word_is_the_same_word() -> None:
    one, two = (
        reading(name, f"“I will not build that {word} long wall”, he said.")
        for name, word in (("a", "damned"), ("b", "d****d"))
    )
    assert find_shared_echoes([one, two]) == ()
