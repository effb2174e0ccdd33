"""Claims of what stands in which paragraph: `X is in her first paragraph`, `in its second paragraph 300 dockers …`."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.drafting.found import Found
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import NUMBER, compiled, name, to_number, to_ordinal, verb
from closeread.drafting.sentences import Sentence

_WHOSE = r"(?:the|its|her|his|their)"


def find_in_paragraph(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    pattern = (
        rf"(?<![\w’'.-])(?P<who>{name()})\s+(?:is|stands|appears|is\s+named)\s+(?:already\s+)?in\s+{_WHOSE}\s+(?:very\s+)?"
        r"(?P<ordinal>[A-Za-z0-9]+)\s+paragraph(?=\s*(?:$|[.!…;:),—–]|\s(?:and|but)\b))"
    )
    for found in compiled(pattern).finditer(sentence.blotted):
        number, known = to_ordinal(found["ordinal"]), other.names.find(found["who"])
        if not other.is_free(sentence, found.start(), found.end()) or not (
            number or found["ordinal"] in ("last", "final")
        ):
            continue
        expect = f"@count_in({quote(known.words)}, {number}) >= 1"
        if not known.is_seat and (number is None or number == 1):
            expect = f"@actor({quote(known.words)}).{'in_lead' if number else 'in_last_paragraph'}"
        elif number is None:
            continue
        yield Found(*found.span(), other.ask(expect), "draft.paragraph", known.note, found["who"])


def find_opening(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """`the opening paragraph names X`."""
    third = verb("mention", "third")
    pattern = rf"{_WHOSE.replace('the', '[Tt]he', 1)}\s+(?P<ordinal>[a-z]+)\s+paragraph\s+{third}\s+(?P<who>{name()})"
    for found in compiled(pattern).finditer(sentence.blotted):
        zone = {"opening": "in_lead", "first": "in_lead", "last": "in_last_paragraph", "closing": "in_last_paragraph"}
        known = other.names.find(found["who"])
        where = zone.get(found["ordinal"])
        if where and not known.is_seat and other.is_free(sentence, found.start(), found.end()):
            expect = other.ask(f"@actor({quote(known.words)}).{where}")
            yield Found(*found.span(), expect, "draft.paragraph", known.note, found["who"])


def find_numbers(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """Two numbers of the same, each in its paragraph: one claim."""
    where = rf"(?i:in|by)\s+{_WHOSE}"
    there = r"(?:there\s+(?:are|were)\s+)?"
    pattern = (
        rf"{where}\s+(?P<first>[a-z0-9]+)\s+paragraph,?\s+{there}(?P<one>{NUMBER})\s+(?P<noun>[a-z]+)\b[^.;]{{0,60}}?"
        rf"[;,]\s+(?:and\s+|but\s+)?{where}\s+(?P<second>[a-z0-9]+)(?:\s+paragraph)?,?\s+{there}(?P<two>{NUMBER})\s+"
        r"(?:of\s+them|(?P=noun))"
    )
    for found in compiled(pattern).finditer(sentence.blotted):
        places = [to_ordinal(found["first"]), to_ordinal(found["second"])]
        values = [to_number(found["one"]), to_number(found["two"])]
        if None in places or None in values or not other.is_free(sentence, found.start(), found.end()):
            continue
        first = f"@count_in({quote(found['one'] + ' ' + found['noun'])}, {places[0]}) >= 1"
        second = f"@count_in({quote(found['two'])}, {places[1]}) >= 1"
        note = "The words are looked for as they stand here; that both numbers are of the same has to be read there."
        yield Found(*found.span(), other.ask(f"{first} && {second}"), "draft.paragraph", note)
