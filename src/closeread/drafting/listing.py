"""Claims of the place in a list: `lists X last of four`, `X comes last in her list`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import NUMBER, compiled, name, split_names, to_number, to_ordinal, verb
from closeread.drafting.sentences import Sentence

_LAST = ("last", "final")


def find_listed(sentence: Sentence, other: OtherText, before: Sequence[Found] = ()) -> Iterator[Found | Missed]:
    """`before` are the claims that were found in the sentence: `it` is what the last of them is about."""
    which = r"(?:as\s+)?(?:the\s+)?(?P<which>last|final|[a-z]+(?:st|nd|rd|th|ond|ird)|first)"
    list_ = r"in\s+(?:a|her|his|its|the|their)\s+list(?:\s+of)?"
    of = rf"(?:\s+(?:of|{list_})(?:\s+(?:all\s+)?(?P<size>{NUMBER}))?)?"
    end = r"(?=\s*(?:$|[.!?…;:),—–]|\s(?:and|but|after|behind|“)))"
    who = rf"(?P<who>{name()}|it|him|her|them)"
    third, ing, past = (verb("list", form) for form in ("third", "ing", "past"))
    patterns = (
        rf"{other.subject}(?:{third})\s+{who}\s+{which}{of}{end}",
        rf"{other.subject}[^;]{{0,300}}?,\s+{ing}\s+{who}\s+{which}{of}",
        rf"(?P<who>{name()})\s+is\s+{past}\s+{which}{of}{end}",
        rf"(?P<who>{name()})\s+(?:comes|stands)\s+{which}(?:\s+(?:in|on)\s+(?:her|his|its|their)\s+list"
        rf"(?:\s+of\s+(?P<size>{NUMBER}))?){end}",
        rf"(?i:in)\s+(?:her|his|its|their)\s+list\b[^;:.]{{0,40}}?\s(?P<who>{name()})\s+(?:comes|stands|is)\s+{which}(?P<size>(?!))?{end}",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            if "subject" in found.re.groupindex and not other.speaks(sentence, found):
                continue
            yield from _to_claim(sentence, other, found, before)


def _to_claim(
    sentence: Sentence, other: OtherText, found: re.Match[str], before: Sequence[Found]
) -> Iterator[Found | Missed]:
    who = found["who"]
    if who in ("it", "him", "her", "them"):
        about = [each.about for each in before if each.about and each.start < found.start("who")]
        if who == "them" or not about:
            yield Missed(*found.span(), f"what “{who}” is, is not told in the sentence")
            return
        who = about[-1]
    parts = split_names(who)
    if len(parts) != 1:
        return
    known = other.names.find(who)
    last = found["which"] in _LAST
    rank = to_ordinal(found["which"])
    if not last and rank is None:
        return
    actor = f"@actor({quote(known.words)})"
    size = to_number(found["size"]) if found["size"] else None
    expect = f"{actor}.last_in_list" if last else f"{actor}.rank == {rank}"
    expect += f" && {actor}.list_size == {size}" if size else ""
    note = "The list is the first of three or more names that has it."
    start = found.start("who") if found["who"] in ("it", "him", "her") else found.start()
    yield Found(start, found.end(), other.ask(expect), "draft.list", f"{known.note} {note}".strip(), who)
