"""Claims that somebody is the only one of a kind: `the only official she names is X`, `X is the only one quoted`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import compiled, name, verb
from closeread.drafting.sentences import Sentence
from closeread.lexicons import index_roles, index_source_nouns
from closeread.lexicons.critique_words import list_critique_words


def find_only(sentence: Sentence, other: OtherText) -> Iterator[Found | Missed]:
    mention, quoting = verb("mention", "third"), verb("quote", "third")
    mentioned, quoted = verb("mention", "past"), verb("quote", "past")
    only = r"[Tt]he\s+(?:only|single|sole)\s+(?P<noun>[a-z]+(?:\s+[a-z]+)??)\s+"
    that = r"(?:(?:that|whom?|which)\s+)?"
    active = rf"{that}{other.subject}(?:(?P<names>{mention})|(?P<quotes>{quoting}))"
    passive = rf"(?:(?P<names>{mentioned})|(?P<quotes>{quoted}))(?P<where>\s+in\s+{other.text})?"
    limits = r"(?P<limits>\s+[^,;:.“”\ue000]{1,30}[^,;:.]{0,90}?)?"
    end = r"(?=\s*(?:$|[.!…;:),—–]|\s(?:and|but|who|which)\b))"
    patterns = (
        rf"{only}{active}{limits}\s+is\s+(?P<who>{name()})",
        rf"{only}{passive}{limits}\s+is\s+(?P<who>{name()})",
        rf"(?P<who>{name()})\s+is\s+{only.replace('[Tt]he', 'the')}{active}{end}",
        rf"(?P<who>{name()})\s+is\s+{only.replace('[Tt]he', 'the')}{passive}{end}",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            if "subject" in found.re.groupindex:
                if not other.speaks(sentence, found):
                    continue
            elif not other.is_known or not (found["where"] or other.is_free(sentence, found.start(), found.end())):
                continue
            yield _to_claim(sentence, other, found)


def _to_claim(sentence: Sentence, other: OtherText, found: re.Match[str]) -> Found | Missed:
    limits = found.groupdict().get("limits")
    if limits:
        words = sentence.words(found.start("limits"), found.end("limits"))
        return Missed(*found.span(), f"“{words.strip()}” limits the claim, and no expression says it")
    known, noun = other.names.find(found["who"]), found["noun"]
    is_quoted = bool(found["quotes"])
    test = _by_kind(noun, is_quoted=is_quoted) or _by_role(noun, known.full, other, is_quoted=is_quoted)
    if test is None or known.is_seat:
        return Missed(*found.span(), f"who is a “{noun}” cannot be told from the article")
    first = f"@quotes({quote(known.words)}) >= 1" if found["quotes"] else f"@named({quote(known.words)})"
    note = f"{known.note} {test[1]}".strip()
    return Found(*found.span(), other.ask(f"{first} && {test[0]}"), "draft.only", note, found["who"])


def _by_kind(noun: str, *, is_quoted: bool) -> tuple[str, str] | None:
    kinds = {word.words: word.values[0] for word in list_critique_words("kind")}
    if noun not in kinds:
        return None
    held = "a.quotations > 0" if is_quoted else "a.named"
    note = f"“{noun}” is taken for what the reading holds to be a {kinds[noun]}."
    return f'@actors.filter(a, a.kind == "{kinds[noun]}" && {held}).size() == 1', note


def _by_role(noun: str, full: str, other: OtherText, *, is_quoted: bool) -> tuple[str, str] | None:
    """Those whom the text itself calls so, or by a noun that stands for it."""
    entry = index_source_nouns().get(noun)
    is_told = entry is not None and entry.kind != "document" and entry.anonymity == "described"
    if not is_told and noun not in index_roles() and (noun not in other.heads or entry is not None):
        return None
    heads = [noun, *(index_roles()[noun].stands_for if noun in index_roles() else ())]
    listed = ", ".join(quote(head) for head in heads)
    held = "@quotes(l.actor) == 0" if is_quoted else "!@named(l.actor)"
    note = f"Others count where the article itself calls them {_either(heads)}; correct the list."
    return f"@labels.all(l, !(l.head in [{listed}]) || {held} || l.actor == {quote(full)})", note


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
