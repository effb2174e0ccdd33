"""What headline and lead say, and where the body carries it. On flat parses made by rule, without a model."""

from __future__ import annotations

import re

import pytest
from spacy.tokens import Doc

from closeread.analyses.headline import find_headline_parts
from closeread.analyses.innermost import Innermost
from closeread.analyses.number_words import find_numbers
from closeread.analyses.statements import find_parts
from closeread.analyses.voices import Voices
from closeread.article import Article, ZoneKind
from closeread.findings import Actor, HeadlinePart, Mention
from closeread.marks import find_marks
from tests.hand_parsed import hand_parse, make_article
from tests.readings import make_actor

VERBS = {"sank", "sinks", "closed", "rose", "killed", "lost", "promised", "say"}
NUMBERS = {"two", "twelve", "dozen", "hundred", "million", "five", "one"}
SMALL = {"the", "a", "of", "in", "at", "than", "more", "nearly", "not", "on", "and", "No", "May"}
WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+|[^\w\s]")


def flat_parse(text: str) -> Doc:
    """Each sentence hangs on its verb, else on its first word; a number counts the word behind it."""
    lines = [
        _to_line(sentence) for paragraph in text.split("\n\n") for sentence in re.findall(r"[^.!?]+[.!?]?", paragraph)
    ]
    return hand_parse(text, "\n".join(filter(None, lines)))


def _to_line(sentence: str) -> str:
    words = WORD.findall(sentence)
    head = next((number for number, word in enumerate(words, 1) if word in VERBS), 1)
    items = []
    for number, word in enumerate(words, 1):
        tag = "VBD" if word in VERBS else "CD" if word[0].isdigit() or word in NUMBERS else _tag(word)
        counts = tag == "CD" and number < len(words) and words[number].isalpha() and words[number] not in SMALL
        dep, to = ("ROOT", number) if number == head else ("nummod", number + 1) if counts else ("dep", head)
        items.append(f"{word}>{word.lower().removesuffix('s')}/{tag}/{dep}/{to}")
    return " ".join(items)


def _tag(word: str) -> str:
    return "." if not word.isalnum() else "IN" if word in SMALL else "NN"


def parts(
    *paragraphs: str, actors: tuple[Actor, ...] = (), kinds: tuple[ZoneKind, ...] = ("headline",)
) -> list[HeadlinePart]:
    article = make_article("\n\n".join(paragraphs), *kinds)
    return list(_find(article, actors))


def _find(article: Article, actors: tuple[Actor, ...]) -> tuple[HeadlinePart, ...]:
    doc, marks = flat_parse(article.text), find_marks(article)
    found = find_parts(doc, article, (), voices=Voices(article, marks, ()), innermost=Innermost(article, ()))
    return find_headline_parts(doc, article, marks, actors=actors, parts=found)


def told(kind: str, *paragraphs: str, zone: str = "headline") -> list[tuple[str, list[str], bool]]:
    return [
        (part.place.text, [span.text for span in part.carried], part.certain)
        for part in parts(*paragraphs)
        if part.kind == kind and part.zone == zone
    ]


@pytest.mark.parametrize(
    ("headline", "body", "found"),
    [
        ("It was ‘Too late,’ they say", "It was “too LATE” in Ostrel.", [("Too late", ["too LATE"], True)]),
        ("A ‘working class’ town", "A working-class town.", [("working class", ["working-class"], True)]),
        ("A “lost cause”", "The lost cause. A “lost cause”.", [("lost cause", ["lost cause"], True)]),
        ("A “lost cause”", "The causes were lost.", [("lost cause", [], True)]),
        ("No marks", "The marks.", []),
    ],
)
def test_quotations(headline: str, body: str, found: list[tuple[str, list[str], bool]]) -> None:
    assert told("quotation", headline, body) == found


def test_a_quotation_in_marks_comes_before_one_without() -> None:
    (part,) = [part for part in parts("A “lost cause”", "The lost cause. A “lost cause”.") if part.kind == "quotation"]
    assert [span.start for span in part.carried] == [35]


def test_the_body_of_the_lead_is_what_follows_it() -> None:
    text = ("“Late” ferry", "The “late” ferry sank.", "The ferry sank.")
    assert told("quotation", *text) == [("Late", ["late"], True)]
    assert told("quotation", *text, zone="lead") == [("late", [], True)]


@pytest.mark.parametrize(
    ("headline", "body", "found"),
    [
        ("twelve men lost", "There were 12 men.", [("twelve", ["12"], True)]),
        ("a dozen men lost", "There were 12 men.", [("a dozen", ["12"], True)]),
        ("nearly 1,000 men lost", "There were 1,012 men.", [("1,000", ["1,012"], False)]),
        ("more than 1,000 men lost", "There were 1,400 men.", [("1,000", [], True)]),
        ("1,000 men lost", "There were 1,012 men.", [("1,000", ["1,012"], False)]),
        ("two ferries lost", "There were two men.", [("two", [], True)]),
        ("14 men lost", "There were 14 bodies.", [("14", [], False)]),
        ("30 ferries lost", "There were 30 men.", [("30", ["30"], False)]),
        ("40 % lost", "There were 40 men.", [("40 %", [], True)]),
        ("40 % lost", "There were 40 percent.", [("40 %", ["40 percent"], True)]),
        ("half a million men lost", "There were 500,000 men.", [("half a million", ["500,000"], True)]),
        ("Ferry of 1987 sank in May 5 at 9 pm", "The ferry.", []),
        ("Team lost 3-2 at one o’clock", "The team.", []),
    ],
)
def test_numbers(headline: str, body: str, found: list[tuple[str, list[str], bool]]) -> None:
    assert told("number", headline, body) == found


def test_what_a_number_is() -> None:
    text = "It took two hundred and five men, £5m, 40 per cent of twelve ships and No. 4."
    found = [
        (number.value, number.unit, text[number.start : number.end]) for number in find_numbers(flat_parse_words(text))
    ]
    assert found == [
        (205, "count", "two hundred and five"),
        (5_000_000, "money", "5m"),
        (40, "percent", "40 per cent"),
        (12, "count", "twelve"),
    ]


def flat_parse_words(text: str) -> Doc:
    """With the tokens that the parser makes of `£5m` and `No.`."""
    words = re.findall(r"No\.|\d+|[^\W\d_]+|[^\w\s]", text)
    tags = ["CD" if word.isdigit() or word in NUMBERS else "NN" for word in words]
    return hand_parse(
        text,
        " ".join(f"{word}/{tag}/dep/1" for word, tag in zip(words, tags, strict=True)).replace("/dep/1", "/ROOT/1", 1),
    )


def _actor(article: Article, name: str, words: str) -> Actor:
    """Meant wherever the words stand, and a pronoun nowhere."""
    found = re.finditer(re.escape(words), article.text)
    mentions = tuple(Mention(each.start(), each.end(), words, "full-name", "own") for each in found)
    return make_actor(article, name, mentions, name=name, kind="person")


def test_actors() -> None:
    text = (
        "Orlan and Sabel lost",
        "The state of Orlan lost. Ann Lee lost.",
        "It rained. Lee was not there. The state rose.",
    )
    article = make_article("\n\n".join(text), "headline")
    actors = (
        _actor(article, "Orlan", "Orlan"),
        _actor(article, "Sabel", "Sabel"),
        _actor(article, "Ann Lee", "Ann Lee"),
    )
    found = [
        (part.zone, part.place.text, [span.text for span in part.carried], part.certain)
        for part in _find(article, actors)
        if part.kind == "actor"
    ]
    assert found == [
        ("headline", "Orlan", ["Orlan"], True),
        ("headline", "Sabel", [], True),
        ("lead", "Orlan", [], True),
        ("lead", "Ann Lee", ["Lee"], False),
    ]


BODY = (
    "It rained on the coast.",
    "The old harbour of Ostrel closed after a storm. Ships left. The men did nothing. Bread was dear.",
)


@pytest.mark.parametrize(
    ("headline", "carried", "certain"),
    [
        ("Storm: old Ostrel harbour closed", True, True),
        ("Storm: old Ostrel harbour rose", True, False),
        ("Storm: old Ostrel harbour not closed", False, False),
        ("New council promised cheap Ostrel bread ovens", False, False),
    ],
)
def test_claims(headline: str, carried: bool, certain: bool) -> None:
    (part,) = [part for part in parts(headline, *BODY) if part.kind == "claim" and part.zone == "headline"]
    assert (bool(part.carried), part.certain) == (carried, certain)
    if carried:
        assert part.carried[0].text == "The old harbour of Ostrel closed after a storm."


@pytest.mark.parametrize(
    "headline", ["Has the old harbour of Ostrel closed?", "The old harbour of Ostrel", "Harbour closed"]
)
def test_what_is_no_claim(headline: str) -> None:
    assert told("claim", headline, *BODY) == []


def test_two_lines_are_two_claims() -> None:
    found = told("claim", "Old Ostrel harbour closed; many old ships lost", *BODY)
    assert [words for words, _, _ in found] == ["Old Ostrel harbour closed", "many old ships lost"]


def test_ids_in_order_and_nothing_without_a_body() -> None:
    found = parts("“Late” ferry sank with 12 men", "The “late” ferry sank with 12 men.", "It rained.")
    assert [part.id for part in found] == [f"h{number}" for number in range(1, len(found) + 1)]
    assert [part.place.start for part in found] == sorted(part.place.start for part in found)
    assert {part.rule for part in found} == {f"headline.{part.kind}" for part in found}
    assert parts("The “late” ferry sank.", kinds=("body",)) == []


@pytest.mark.models
def test_end_to_end() -> None:
    from closeread import read_text

    text = (
        "Orlan Closes ‘Unsafe’ Bridge After Twelve Deaths\n\n"
        "The bridge over the river Sabel has been shut since Monday evening, and nobody knows for how long.\n\n"
        "Orlan closed the bridge after 12 deaths on it this year, the town council said. "
        "Ann Holt, the mayor, called it “unsafe”.\n"
    )
    found = {part.kind: part for part in read_text(text).headline if part.zone == "headline"}
    assert {kind: [span.text for span in part.carried] for kind, part in found.items() if kind != "actor"} == {
        "quotation": ["unsafe"],
        "number": ["12"],
        "claim": ["Orlan closed the bridge after 12 deaths on it this year, the town council said."],
    }
