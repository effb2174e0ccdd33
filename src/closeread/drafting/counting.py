"""Claims of how often: `mentions X four times and Y only twice`, `calls them “squatters” five times`, `the word … does
not appear`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import QUOTED, adverbs, compiled, name, verb
from closeread.drafting.sentences import Sentence
from closeread.drafting.times import read_times, times

_OWN = "“{}” is counted in the writer’s own voice; that it means {} has to be read there."


def find_counted(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """How often somebody is mentioned. Further names follow the first: `and Y only twice`."""
    third, past = verb("mention", "third"), verb("mention", "past")
    patterns = (
        rf"{other.subject}{adverbs()}{third}\s+(?P<who>{name()})\s+(?P<times>{times()})",
        rf"(?<![\w’'.-])(?P<who>{name()})(?:\s+is|,)\s+{past}\s+(?P<times>{times()})",
        rf"(?<![\w’'.-])(?P<who>{name()})\s+(?:gets|has|receives)\s+(?P<times>{times()})(?:(?<=mention)|(?<=mentions))",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            if ("subject" in found.re.groupindex and not other.speaks(sentence, found)) or (
                "subject" not in found.re.groupindex and not other.is_free(sentence, found.start(), found.end())
            ):
                continue
            yield from _to_counts(sentence, other, found)


def _to_counts(sentence: Sentence, other: OtherText, found: re.Match[str]) -> Iterator[Found]:
    relative = r"(?:,\s+(?:which|who|whose)\s+[^,;]{1,120},)?"
    more = compiled(rf",?(?:\s+and|\s+but)?\s+(?P<who>{name()}){relative}\s+(?P<times>{times()})")
    each: re.Match[str] | None = found
    while each is not None:
        count, known = read_times(each["times"]), other.names.find(each["who"])
        if count is not None:
            what = f"@count({quote(known.words)})" if known.is_seat else f"@actor({quote(known.words)}).by_name"
            note = (
                f"“{known.words}” is counted as a word: as a name it would stand for the state."
                if known.is_seat
                else "Mentions by name, aliases and acronyms are counted, not pronouns and descriptions."
            )
            start = each.start("who") if each is not found else each.start()
            expect = other.ask(f"{what} {count[0]} {count[1]}")
            yield Found(start, each.end(), expect, "draft.mentions", f"{known.note} {note}".strip(), each["who"])
        each = more.match(sentence.blotted, each.end())


def find_called(sentence: Sentence, other: OtherText) -> Iterator[Found | Missed]:
    """`calls X “Z”`, and how often. Where X is no name, the words are counted in the writer's own voice."""
    third = verb("call", "third")
    whom = rf"(?P<who>{name()}|(?:the|these|those|his|her|its|their)\s+[a-z-]+(?:\s+[a-z-]+){{0,3}}?|them|him|her|it)"
    link = r"(?:\s+(?:as|to\s+be))?(?:\s+(?:an?|the))?"
    pattern = rf"{other.subject}{adverbs()}{third}\s+{whom}{link}\s+(?P<words>{QUOTED})(?:\s+(?P<times>{times()}))?"
    for found in compiled(pattern).finditer(sentence.blotted):
        if not other.speaks(sentence, found):
            continue
        words = _quoted(sentence, found)
        if words is None:
            continue
        count = read_times(found["times"]) if found["times"] else (">=", 1)
        if count is None:
            continue
        is_name = compiled(name()).fullmatch(found["who"]) is not None
        known = other.names.find(found["who"])
        if is_name and not known.is_seat:
            what, note = f'@called({quote(known.words)}, {quote(words)}, "own")', known.note
        else:
            what, note = f'@count({quote(words)}, "own")', _OWN.format(words, f"“{found['who']}”")
        expect = other.ask(f"{what} {count[0]} {count[1]}")
        yield Found(*found.span(), expect, "draft.called", note, found["who"] if is_name else "")


def find_words(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """`the word “x” does not appear`, `uses the word “x” six times`, `writes “x” three times`."""
    word = r"(?:[Tt]he\s+(?:very\s+)?(?:word|words|term|phrase|expression|name)\s+)"
    stands = r"(?:appears?|occurs?|stands?|comes?\s+up|is\s+used|is\s+found|turns?\s+up)"
    absent = (
        r"(?:does\s+not\s+(?:appear|occur|come\s+up|stand)|never\s+(?:appears|occurs|comes\s+up)"
        r"|is\s+(?:never|not|nowhere)\s+(?:used|found)|(?:appears|occurs|is)\s+nowhere|is\s+absent|is\s+missing)"
    )
    where = rf"(?P<where>\s+(?:anywhere\s+)?(?:in|from)\s+{other.text})?"
    end = r"(?=\s*(?:$|[.!…;:),—–]|\s(?:and|but|though|while)\b))"
    use, base = verb("use", "third"), verb("use", "base")
    patterns = (
        rf"{word}(?P<words>{QUOTED})\s+(?P<no>{absent}){where}{end}",
        rf"(?P<no>(?P<told>not|never|vain)\b[^;:.]{{0,20}}?\b(?:find|for))\s+(?:{word})?(?P<words>{QUOTED})(?=\s+(?:anywhere\s+)?in\s+{other.text})",
        rf"{word}(?P<words>{QUOTED})\s+{stands}\s+(?P<times>{times()}){where}{end}",
        rf"{other.subject}{adverbs()}{use}\s+(?:{word})?(?P<words>{QUOTED})\s+(?P<times>{times()})",
        rf"{other.subject}{adverbs()}(?P<no>never\s+{use}|does\s+not\s+{base})\s+{word}(?P<words>{QUOTED})",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            is_own = "subject" in found.re.groupindex
            words, given = _quoted(sentence, found), found.groupdict()
            is_free = bool(given.get("told")) or other.is_free(sentence, found.start(), found.end())
            if not (other.speaks(sentence, found) if is_own else is_free):
                continue
            count = ("==", 0) if given.get("no") else read_times(given.get("times") or "")
            if words is None or count is None:
                continue
            voice = ', "own"' if is_own else ""
            note = "What the writer uses is taken for what stands in the writer’s own voice." if is_own else ""
            expect = other.ask(f"@count({quote(words)}{voice}) {count[0]} {count[1]}")
            yield Found(*found.span(), expect, "draft.words", note)
            yield from _find_more_words(sentence, other, found, voice) if is_own and not given.get("no") else ()


def _find_more_words(sentence: Sentence, other: OtherText, found: re.Match[str], voice: str) -> Iterator[Found]:
    """`… and “negotiation” never`."""
    more = compiled(
        rf",?\s+(?:and|but)\s+(?P<words>{QUOTED})\s+(?:(?P<no>never|not\s+(?:once|at\s+all))|(?P<times>{times()}))"
    )
    each = more.match(sentence.blotted, found.end())
    words = _quoted(sentence, each) if each else None
    count = ("==", 0) if each and each["no"] else read_times(each["times"]) if each else None
    if each is not None and words is not None and count is not None:
        expect = other.ask(f"@count({quote(words)}{voice}) {count[0]} {count[1]}")
        yield Found(each.start("words"), each.end(), expect, "draft.words")


def _quoted(sentence: Sentence, found: re.Match[str]) -> str | None:
    """The words inside the marks, None where they are too long to be a label or a word."""
    words = sentence.words(found.start("words") + 1, found.end("words") - 1).rstrip(".,;:!?…")
    return words if words and len(words.split()) <= 8 else None
