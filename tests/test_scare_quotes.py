"""Short stretches in quotation marks and their three classes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread.analyses.scare_quotes import find_scare_quotes
from closeread.findings import Attribution, ScareQuote
from tests.hand_parsed import Parsed, make_attribution, parse_words

# Scare quotes are marked with their class, and the content of an attribution with `content`.
CASES = {
    "nobody's": "The [“new order”]unattributed-fragment began.",
    "one word": "The [“rebels”]unattributed-fragment left.",
    "somebody's": "He said [the [“new order”]attributed-fragment had begun]content.",
    "the content itself": "He called it [[“a joke”]attributed-fragment]content.",
    "title cue": "She read the book [“Dry Rivers”]title-or-term twice.",
    "term cue": "They use the term [“ghost water”]title-or-term for it.",
    "so-called": "The so-called [“technical pause”]title-or-term went on.",
    "title cue inside an attribution": "He said [the book [“Dry Rivers”]title-or-term was late]content.",
    "title case": "She sang [“Rivers of the Sun”]title-or-term for them.",
    "title case of one word is no title": "They met [“Sabel”]unattributed-fragment there.",
    "six words are too many": "The “new order of the old men” began.",
    "five words": "The [“new order of old men”]unattributed-fragment began.",
    "a finite verb makes a statement": "The “order [has]finite begun” sign hung there.",
    "a sentence of its own": "He said: “Nonsense.” It rained.",
    "a sentence before its cue": "“No deal,” she said.",
    "a stop inside the mark, no break before it": "They called it a [“Peace.”]unattributed-fragment It rained.",
    "no words": "The sign read “...” there.",
    "unclosed": "The “new order began.",
    "single marks": "The [‘new order’]unattributed-fragment began.",
    "guillemets": "The [«new order»]unattributed-fragment began.",
    "straight marks": 'The ["new order"]unattributed-fragment began.',
    "doubled single marks": "The [''new order'']unattributed-fragment began.",
    "two in a row": "The [“new”]unattributed-fragment and [“old”]unattributed-fragment orders.",
    "cue of a title inside another word": "She has a facebook [“wall”]unattributed-fragment there.",
    "a nickname": "A man known as [“the Rat”]title-or-term left.",
}
KINDS = ("attributed-fragment", "unattributed-fragment", "title-or-term")


def _attributions(parsed: Parsed) -> tuple[Attribution, ...]:
    """Those whose contents are marked; the source is the first word of the text."""
    contents = parsed.marked.spans("content")
    return tuple(make_attribution(parsed.article, place, source=(0, 2)) for place in contents)


def _find(parsed: Parsed, attributions: tuple[Attribution, ...]) -> tuple[ScareQuote, ...]:
    return find_scare_quotes(parsed.article, parsed.marks, parsed.fragments, attributions)


@pytest.mark.parametrize("name", CASES)
def test_kind_and_place(name: str) -> None:
    parsed = parse_words(CASES[name])
    found = _find(parsed, _attributions(parsed))
    assert [(quote.kind, quote.place.text) for quote in found] == [
        (role, parsed.article.text[start:end])
        for role, start, end in sorted(parsed.marked.places, key=lambda place: place[1])
        if role in KINDS
    ]


def test_without_a_source_it_is_attributed_to_nobody() -> None:
    parsed = parse_words(CASES["somebody's"])
    spoken = tuple(replace(attribution, sources=()) for attribution in _attributions(parsed))
    (quote,) = _find(parsed, spoken)
    assert (quote.kind, quote.attribution) == ("unattributed-fragment", None)


def test_an_attributed_fragment_names_its_attribution() -> None:
    parsed = parse_words(CASES["somebody's"])
    (quote,) = _find(parsed, _attributions(parsed))
    assert (quote.id, quote.attribution, quote.rule) == ("s1", "q1", "scare-quotes.in-attribution")


@pytest.mark.parametrize("name", [name for name in CASES if name != "somebody's" and name != "the content itself"])
def test_no_other_class_names_one(name: str) -> None:
    parsed = parse_words(CASES[name])
    found = _find(parsed, _attributions(parsed))
    assert all(quote.attribution is None for quote in found)
