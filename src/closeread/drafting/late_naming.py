"""Claims of how late the text names somebody: `does not name X until halfway`, `first names X in paragraph nine`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import (
    adverbs,
    compiled,
    names,
    share,
    split_names,
    to_number,
    to_ordinal,
    to_share,
    verb,
)
from closeread.drafting.sentences import Sentence

_WHOSE = r"(?:the|its|her|his|their)"
_LAST = ("last", "final", "closing")


def _place() -> str:
    """A place in the text: a paragraph by its number, or a share of it."""
    number = r"[A-Za-z0-9]+(?:-[a-z]+)?"
    return (
        rf"(?P<place>(?:only\s+)?(?P<about>well\s+|almost\s+|nearly\s+|about\s+|some\s+|at\s+least\s+)?(?:"
        rf"{_WHOSE}\s+(?:very\s+)?(?P<ordinal>{number})\s+paragraph|paragraph\s+(?P<number>{number})"
        rf"|(?:(?:{_WHOSE})\s+)?(?P<share>{share()})))"
    )


def _late(found: re.Match[str], who: str, *, until: bool) -> tuple[str, str] | None:
    """Expression and note, None where the place is not understood."""
    if found["share"]:
        words = found["share"]
        value = to_share(words) or to_share(f"the {words}")
        about = (found["about"] or "").strip()
        is_vague = about not in ("", "at least") or value == "0.9"
        note = f"“{found['place'].strip()}” is taken for {float(value):.0%} of the body." if value and is_vague else ""
        return (f"{who}.first_mention >= {value}", note) if value else None
    word = str(found["ordinal"] or found["number"])
    if word.lower() in _LAST:
        return f"{who}.first_paragraph == @paragraphs", ""
    number = to_ordinal(word) if found["ordinal"] else to_number(word)
    return (f"{who}.first_paragraph {'>=' if until else '=='} {number}", "") if number else None


def find_late(sentence: Sentence, other: OtherText) -> Iterator[Found | Missed]:
    for found, until in _find_matches(sentence, other):
        place = (found.start(), _end_of_share(found, sentence, other))
        for start, end in split_names(found["who"]):
            known = other.names.find(found["who"][start:end])
            late = _late(found, f"@actor({quote(known.words)})", until=until)
            if known.is_seat or late is None:
                why = (
                    "a seat of government has no first mention of its own"
                    if known.is_seat
                    else "the place is not clear"
                )
                yield Missed(*place, why)
            else:
                note = " ".join(part for part in (known.note, late[1]) if part)
                yield Found(*place, other.ask(late[0]), "draft.first-mention", note, found["who"][start:end])


def _find_matches(sentence: Sentence, other: OtherText) -> Iterator[tuple[re.Match[str], bool]]:
    some, place = adverbs(), _place()
    base, third, past, ing = (verb("mention", form) for form in ("base", "third", "past", "ing"))
    who, subject = rf"(?P<who>{names()})", other.subject
    denied = (
        rf"(?:(?:does|do)(?:\s+not|n[’']t)\s+{some}{base}|never\s+{some}{third}"
        rf"|(?:manages\s+to\s+)?avoids?\s+{some}{ing}|{some}fails?\s+to\s+{some}{base})"
    )
    until = r",?\s+(?:until|till|before)\s+"
    waits = r"(?:waits\s+until|leaves\s+it\s+until|leaves\s+it\s+to|holds\s+out\s+until)"
    way = rf"(?:\s+of\s+the\s+way)?(?:\s+(?:through|into|down))?(?:\s+{other.text})?"
    late = r"(?:first|only)"
    active = (
        (rf"{subject}{some}{denied}\s+{who}{until}{place}", True),
        (rf"{subject}{waits}\s+{place}{way}\s+(?:before\s+)?(?:to\s+{base}|{ing})\s+{who}", False),
        (rf"(?i:not\s+until)\s+{place}{way}\s+does\s+{subject}{some}{base}\s+{who}", True),
        (rf"(?i:only\s+in)\s+{place}{way}\s+does\s+{subject}{some}{base}\s+{who}", False),
        (rf"(?i:it\s+takes)\s+(?=\S){subject}until\s+{place}{way}\s+to\s+{base}\s+{who}", True),
        (rf"(?:past|beyond)\s+(?:the\s+)?{place}(?:\s+(?:mark|point))?\s+before\s+{subject}{third}\s+{who}", True),
        (rf"{subject}{late}\s+{third}\s+{who}\s+(?:in|at)\s+{place}", False),
    )
    for pattern, is_until in active:
        for found in compiled(pattern).finditer(sentence.blotted):
            if other.speaks(sentence, found):
                yield found, is_until
    shows = r"(?:appears?|turns?\s+up|comes?\s+up|surfaces?|enters|makes?\s+(?:an|its|her|his)\s+appearance)"
    show = r"(?:appear|turn\s+up|come\s+up|surface|enter|make\s+(?:an|its|her|his)\s+(?:first\s+)?appearance)"
    passive = (
        (rf"{who}\s+(?:is|are)\s+(?:not|never)\s+{some}{past}{until}{place}", True),
        (rf"{who}\s+(?:does|do)\s+not\s+{show}{until}{place}", True),
        (rf"(?i:not\s+until|only(?:\s+(?:in|at))?)\s+{place}{way}\s+(?:does|do)\s+{who}\s+{show}", True),
        (rf"{who}\s+goes\s+(?:unnamed|unmentioned){until}{place}", True),
        (
            rf"{who}\s+(?:first\s+{shows}|{shows}\s+(?:only|first)|is\s+(?:first|only)\s+{past}"
            rf"|is\s+{past}\s+(?:first|only))\s+(?:in|at)\s+{place}",
            False,
        ),
        (rf"(?i:it\s+is\s+only\s+in)\s+{place}\s+that\s+{who}\s+is\s+{past}", False),
    )
    for pattern, is_until in passive:
        for found in compiled(rf"(?<![\w’'.-]){pattern}").finditer(sentence.blotted):
            if other.is_free(sentence, found.start(), _end_of_share(found, sentence, other)):
                yield found, is_until


def _end_of_share(found: re.Match[str], sentence: Sentence, other: OtherText) -> int:
    """The claim goes on to what it is a share of."""
    rest = compiled(
        rf"(?:\s+of\s+(?:the\s+way|{other.text}))?(?:\s+(?:through|into))?(?:\s+(?:in\s+)?{other.text})?"
    ).match(sentence.blotted, found.end())
    return rest.end() if rest else found.end()
