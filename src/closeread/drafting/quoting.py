"""Claims of who is quoted: `quotes not one word of X`, `quotes X three times`, `“…,” X tells her`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import QUOTED, adverbs, compiled, name, names, split_names, verb
from closeread.drafting.sentences import Sentence
from closeread.drafting.times import read_times, times
from closeread.lexicons import index_titles

_END = r"(?=\s*(?:$|[.!?…;:),—–]|\s(?:and|but|to|at all|anywhere|(?:not\s+|even\s+)?once|as)\b))"
_SPOKEN = 'quotations.filter(q, q.mode != "indirect").size() == 0'
_OFFICE = r"the\s+[a-z]+(?:\s+[a-z]+)?"


def find_not_quoted(sentence: Sentence, other: OtherText) -> Iterator[Found | Missed]:
    some = adverbs()
    base, third, past = (verb("quote", form) for form in ("base", "third", "past"))
    not_ = rf"(?:{some}never\s+{some}{third}|{some}does(?:\s+not|n[’']t)\s+{some}{base}|{some}fails\s+to\s+{base})"
    word = r"not\s+(?:one|a\s+single|a)\s+word\s+(?:of|from|by)"
    any_word = r"(?:\s+(?:a|one|a\s+single)\s+word\s+(?:of|from|by))?"
    active = (
        rf"{other.subject}{not_}{any_word}\s+(?P<who>{names()}|{_OFFICE}){_END}",
        rf"{other.subject}{some}{third}\s+{word}\s+(?P<who>{names()}|{_OFFICE}){_END}",
        rf"{other.subject}{some}{third}\s+no\s+(?P<kind>[a-z]+(?:\s+[a-z]+){{0,2}}){_END}",
        rf"{other.subject}{some}{third}\s+(?P<nobody>no[\s-]one|nobody){_END}",
    )
    for pattern in active:
        for found in compiled(pattern).finditer(sentence.blotted):
            if other.speaks(sentence, found):
                yield from _to_claims(other, found)
    passive = (
        rf"(?i:{word})\s+(?P<who>{names()})\s+is\s+{past}",
        rf"(?<![\w’'.-])(?P<who>{names()})\s+(?:is|are)\s+(?:not|never|nowhere)\s+{some}{past}(?=\s*[.,;])",
    )
    for pattern in passive:
        for found in compiled(pattern).finditer(sentence.blotted):
            if other.is_free(sentence, found.start(), found.end()):
                yield from _to_claims(other, found)


def _to_claims(other: OtherText, found: re.Match[str]) -> Iterator[Found | Missed]:
    groups = found.groupdict()
    if groups.get("nobody"):
        note = "Quoted is what stands in quotation marks and is given to a source, in whole or in part."
        yield Found(*found.span(), other.ask(f"@{_SPOKEN}"), "draft.not-quoted", note)
        return
    if groups.get("kind"):
        if not compiled(r"(?:named|anonymous|unnamed)\s+source").match(groups["kind"]):
            yield Missed(*found.span(), f"whom “{groups['kind']}” means is not told by a name")
        return
    who = found["who"]
    if not who[0].isupper() and compiled(_OFFICE).fullmatch(who):
        yield _to_office(other, found, who)
        return
    for start, end in split_names(who):
        known = other.names.find(who[start:end])
        expect = other.ask(f"@quotes({quote(known.words)}) == 0")
        yield Found(*found.span(), expect, "draft.not-quoted", known.note, who[start:end])


def _to_office(other: OtherText, found: re.Match[str], who: str) -> Found | Missed:
    """`the prime minister`: whoever holds it."""
    office = who.split(maxsplit=1)[1]
    if office.title() not in index_titles():
        return Missed(*found.span(), f"whom “{who}” means is not told by a name")
    note = f"“{who}” is an office; put the name that the article gives to who holds it."
    return Found(*found.span(), other.ask(f"@quotes({quote(office)}) == 0"), "draft.not-quoted", note, who)


def find_quoted(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """`quotes X`, `X is quoted three times`."""
    third, past = verb("quote", "third"), verb("quote", "past")
    relative = r"(?=\s*(?:$|[.!…;:)]|,\s+(?:who|which|whose)\b|\s(?:and|but|to|as|saying|on|at)\b)|,)"
    more = compiled(rf"(?:\s+at\s+(?:some\s+)?length)?,?\s+(?:and|but)\s+(?P<who>{name()})\s+not\s+(?:at\s+all|once)")
    patterns = (
        rf"{other.subject}{adverbs()}(?P<verb>{third})\s+(?P<who>{name()})(?:\s+(?P<times>{times()})|{relative})",
        rf"(?<![\w’'.-])(?P<who>{name()})\s+is\s+(?P<verb>{past})\s+(?P<times>{times()})(?=\s*[.,;])",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            if "subject" in found.re.groupindex and not other.speaks(sentence, found):
                continue
            if "subject" not in found.re.groupindex and not other.is_free(sentence, found.start(), found.end()):
                continue
            if sentence.blotted[found.end("who") :].startswith(("’s", "'s")):
                continue
            known = other.names.find(found["who"])
            count = read_times(found["times"]) if found["times"] else (">=", 1)
            if count is None:
                continue
            what = f"@quotes({quote(known.words)})"
            if found["verb"].startswith("cit"):
                what = f"@actor({quote(known.words)}).attributions"
            expect = other.ask(f"{what} {count[0]} {count[1]}")
            yield Found(*found.span(), expect, "draft.quoted", known.note, found["who"])
            each = more.match(sentence.blotted, found.end())
            if each is not None:
                known = other.names.find(each["who"])
                expect = other.ask(f"@quotes({quote(known.words)}) == 0")
                yield Found(each.start("who"), each.end(), expect, "draft.not-quoted", known.note, each["who"])


def find_said(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """Words that the critique says somebody else said in the other text: `“…,” X tells her`."""
    told = r"(?:told|tells)\s+(?:her|him|them|it)\b"
    quotes = verb("quote", "third")
    patterns = (
        rf"(?P<words>{QUOTED})\s+(?P<who>{name()})\s+{told}",
        rf"(?P<who>{name()})\s+{told}(?:,|:|\s+that)?\s+(?P<words>{QUOTED})",
        rf"{other.subject}{quotes}\s+(?P<who>{name()})\s+(?:as\s+saying|saying)(?:,|:|\s+that)?\s+(?P<words>{QUOTED})",
        rf"{other.subject}{quotes}\s+(?P<who>{name()}),\s+(?:who|which)\b[^“”;]{{0,120}},\s+to\s+[a-z]+\s[^“”;]{{0,20}}"
        rf"[^;]{{0,120}}?(?P<words>“\ue000{{20,}}[.,]?”)",
        rf"(?P<words>{QUOTED})\s+(?P<who>{name()})\s+is\s+quoted\b",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            if "subject" in found.re.groupindex and not other.speaks(sentence, found):
                continue
            if not other.is_known or found["who"] in other.writers:
                continue
            known = other.names.find(found["who"])
            words = sentence.words(found.start("words") + 1, found.end("words") - 1).rstrip(".,;:")
            expect = other.ask(f"@said({quote(known.words)}, {quote(words)})")
            yield Found(*found.span(), expect, "draft.said", known.note, found["who"])


def find_sources(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """`cites not one named source`, `all her sources are anonymous`."""
    verbs = rf"(?:{verb('quote', 'third')}|(?P<verb>{verb('mention', 'third')})|has|gives|relies\s+on)"
    number = r"(?P<number>no|not\s+one|not\s+a\s+single|only\s+one|a\s+single|just\s+one)"
    naming = r"(?P<naming>named|anonymous|unnamed)?"
    pattern = (
        rf"{other.subject}{verbs}\s+{number}\s+(?:{naming}\s+)?sources?(?=\s*(?:$|[.,;:!]|\s(?:and|but|at\s+all)\b))"
    )
    for found in compiled(pattern).finditer(sentence.blotted):
        if not other.speaks(sentence, found):
            continue
        kind = {"named": "named", "anonymous": "anonymous", "unnamed": "anonymous"}.get(found["naming"] or "")
        count = 0 if found["number"].startswith("no") else 1
        kind = kind or ("named" if not count and found["verb"] else None)
        which = f'@sources.filter(s, s.naming == "{kind}")' if kind else "@sources"
        note = (
            "“unnamed” is taken for: without a name and without a description." if found["naming"] == "unnamed" else ""
        )
        yield Found(*found.span(), other.ask(f"{which}.size() == {count}"), "draft.sources", note)
    every = rf"(?:[Ee]very\s+source|[Aa]ll\s+(?:of\s+)?(?:the|her|his|its)\s+sources)(?:\s+in\s+{other.text})?"
    for found in compiled(rf"{every}\s+(?:is|are)\s+(?P<naming>named|anonymous)").finditer(sentence.blotted):
        if other.is_free(sentence, found.start(), found.end()):
            expect = other.ask(f'@sources.all(s, s.naming == "{found["naming"]}")')
            yield Found(*found.span(), expect, "draft.sources")
