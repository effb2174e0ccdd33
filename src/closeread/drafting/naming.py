"""Claims that the text never names somebody: `never mentions X`, `X is not named`, `makes no mention of X`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import adverbs, compiled, name, names, split_names, verb
from closeread.drafting.sentences import Sentence

# What may follow a name that is meant as a whole, and not as a part of something longer.
_AFTER = (
    r"(?=\s*(?:$|[.!?…;:)”—–,]|\s(?:at all|anywhere|by name|once|and|but|or|yet|though|while|because|when|as if)\b))"
)
_BARRED = compiled(r"(?:\b(?:of|for|in|at|from|to|with|by|on|under|between|against|about)|[’']s?)\s+(?:the\s+)?$")


def find_never_named(sentence: Sentence, other: OtherText) -> Iterator[Found | Missed]:
    for found in _find_active(sentence, other):
        yield from read_objects(sentence, other, found)
    yield from _find_passive(sentence, other)
    yield from _find_absent(sentence, other)
    yield from _find_in_headline(sentence, other)


def _find_active(sentence: Sentence, other: OtherText) -> Iterator[re.Match[str]]:
    """Matches that end where the names begin."""
    some = adverbs()
    base, third, past, ing = (verb("mention", form) for form in ("base", "third", "past", "ing"))
    not_ = rf"(?:does|do|(?P<did>did))(?:\s+not|n[’']t)\s+{some}{base}"
    failing = r"(?:fails?|neglects?|omits?|forgets?|declines?|refuses?)"
    predicate = (
        rf"(?:{some}(?:never|nowhere)\s+{some}(?:{third}|(?P<past>{past}))|{some}{not_}"
        rf"|{some}{failing}\s+to\s+{some}{base}|{some}(?:manages\s+to\s+)?avoids?\s+{some}{ing}"
        rf"|{some}makes?\s+no\s+(?:single\s+)?(?:mention\s+of|reference\s+to)"
        rf"|{some}says\s+nothing\s+(?:at\s+all\s+)?(?:of|about)|{some}(?:omits|leaves\s+out)"
        rf"|{some}is\s+silent\s+(?:about|on|of)"
        rf"|{some}has\s+(?:nothing|no\s+word|not\s+a\s+(?:single\s+)?word)\s+(?:to\s+say\s+)?(?:of|about|on|for))"
    )
    carried = rf"{other.subject}[^;:“”]{{0,160}}?\b(?:and|but|yet)\s+{predicate}\s+"
    inverted = rf"(?i:nowhere|never|nor|neither|not\s+once|at\s+no\s+point)\s+does\s+{other.subject}{some}{base}\s+"
    without = rf"{other.subject}[^;:“”]{{0,160}}?\bwithout\s+{some}{ing}\s+"
    for pattern in (rf"{other.subject}{predicate}\s+", inverted, carried, without):
        for found in compiled(pattern).finditer(sentence.blotted):
            groups = found.groupdict()
            if found["by_pronoun"] and (groups.get("past") or groups.get("did")):
                continue
            if other.speaks(sentence, found):
                yield found


def read_objects(sentence: Sentence, other: OtherText, found: re.Match[str]) -> Iterator[Found | Missed]:
    """The names behind a verb of naming that is denied. `until …` behind them is another claim."""
    list_ = compiled(rf"{names()}(?!\w)").match(sentence.blotted, found.end())
    if list_ is None:
        yield Missed(found.start("subject"), _clause_end(sentence, found.end()), "what is not mentioned is no name")
        return
    after = sentence.blotted[list_.end() :]
    in_text = rf"(?=\s+(?:anywhere\s+)?in\s+{other.text})"
    if compiled(r"\s*,?\s*(?:until|till|before)\b").match(after):
        return
    if not compiled(rf"{_AFTER}|{in_text}").match(after):
        end = _clause_end(sentence, list_.end())
        yield Missed(found.start("subject"), end, "the name is a part of something longer")
        return
    for start, end in split_names(list_[0]):
        yield to_never(sentence, other, (found.start("subject"), list_.end()), list_[0][start:end])


def to_never(sentence: Sentence, other: OtherText, place: tuple[int, int], words: str) -> Found:
    known = other.names.find(words)
    if known.is_seat:
        note = f"“{known.words}” is counted as a word: as a name it would stand for the state."
        return Found(*place, other.ask(f"@count({quote(known.words)}) == 0"), "draft.never-named", note, words)
    return Found(*place, other.ask(f"!@named({quote(known.words)})"), "draft.never-named", known.note, words)


def _find_passive(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    past, some = verb("mention", "past"), adverbs()
    tail = rf"(?:\s+by\s+name)?(?P<where>\s+(?:anywhere\s+)?in\s+{other.text}|\s+by\s+(?:{other.text}|{other.writer}))?"
    be = r"(?P<be>is|are|was|were|goes|go)"
    pattern = (
        rf"(?<![\w’'.-])(?P<names>{names()})(?P<which>,\s+(?:which|who)|\s+(?:which|who))?\s+{be}\s+{some}"
        rf"(?:(?:never|not|nowhere)\s+{some}{past}|unmentioned|unnamed){tail}"
        rf"(?:\s+at\s+all|\s+anywhere|\s+once)?(?=\s*(?:$|[.!…;:),—–]|\sand\b|\sbut\b))"
    )
    for found in compiled(pattern).finditer(sentence.blotted):
        is_free = other.is_free(sentence, found.start(), found.end())
        if not is_free and (not found["which"] or _BARRED.search(sentence.blotted[: found.start()])):
            continue
        if (found["be"] in ("was", "were") and not found["where"]) or not other.is_known:
            continue
        parts = split_names(found["names"])
        for start, end in parts if found["be"] not in ("is", "was") or not found["which"] else parts[-1:]:
            yield to_never(sentence, other, found.span(), found["names"][start:end])


def _find_absent(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """`neither X nor Y is mentioned`, `the name X does not appear`."""
    gone = r"(?:does\s+not\s+(?:appear|occur|feature)|never\s+(?:appears|occurs|features)|appears\s+nowhere)"
    patterns = (
        rf"[Nn]either\s+(?P<names>{name()}\s+nor\s+{name()})\s+(?:is|are)\s+{adverbs()}{verb('mention', 'past')}",
        rf"(?:[Tt]he\s+name(?:\s+of)?\s+)?(?P<names>{name()})\s+{gone}(?!\s+(?:until|till|before)\b)",
        rf"(?P<names>{name()})\s+(?:gets|receives|has)\s+(?:no|not\s+(?:one|a(?:\s+single)?))\s+mention",
        rf"[Tt]here\s+is\s+no\s+mention\s+of\s+(?P<names>{names()})(?=\s+(?:anywhere\s+)?in\s+{other.text})",
    )
    for pattern in patterns:
        for found in compiled(rf"(?<![\w’'.-]){pattern}").finditer(sentence.blotted):
            if other.is_free(sentence, found.start(), found.end()):
                for start, end in split_names(found["names"]):
                    yield to_never(sentence, other, found.span(), found["names"][start:end])


def _find_in_headline(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """`the headline does not mention X`, `names X in the headline`."""
    headline = r"(?:[Tt]he|[Hh]er|[Hh]is|[Ii]ts|[Tt]heir)\s+(?:headline|title)"
    base, third = verb("mention", "base"), verb("mention", "third")
    said = rf"(?:(?P<no>does\s+not\s+{base}|never\s+{third})|{third})"
    patterns = (
        rf"{headline}\s+{said}\s+(?P<who>{name()}){_AFTER}",
        rf"{other.subject}{said}\s+(?P<who>{name()})\s+in\s+{headline}",
        rf"(?P<who>{name()})\s+(?:is|(?P<no>is\s+not))\s+(?:named\s+|mentioned\s+)?in\s+{headline}",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            says = "subject" in found.re.groupindex
            if not (other.speaks(sentence, found) if says else other.is_free(sentence, found.start(), found.end())):
                continue
            known = other.names.find(found["who"])
            sign = "!" if found["no"] else ""
            expect = other.ask(f"{sign}@actor({quote(known.words)}).in_headline")
            yield Found(*found.span(), expect, "draft.headline", known.note, found["who"])


def _clause_end(sentence: Sentence, start: int) -> int:
    found = compiled(r"[.;!?]|$").search(sentence.blotted, start)
    return found.start() if found else len(sentence.blotted)
