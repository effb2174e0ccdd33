"""Names in one article: what the parser marks as names of people, bodies and peoples, cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from closeread.analyses.mentions import is_state_name, unwrap
from closeread.article import Article
from closeread.findings import ActorKind
from closeread.lexicons import (
    Gender,
    PersonTitle,
    index_actor_nouns,
    index_first_names,
    index_source_nouns,
    index_titles,
)
from closeread.lexicons.bodies import find_body
from closeread.lexicons.quotation_words import load_uncapitalised

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group", "GPE": "country"}

_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = re.compile(r"^(?:the|a|an|this|that|his|her|their|its|['’]?s)\s+", re.IGNORECASE)
# `anti-Holt` names Holt and is no name of its own.
_PREFIXED = re.compile(r"^(?:anti|pro|non|post|pre|ex|un)[-‑–]", re.IGNORECASE)
_LOCATIVE = frozenset({"in", "near", "outside"})
# What belongs to places: `the mayor of Orlan`.
_OF_PLACES = frozenset(
    {"capital", "city", "district", "mayor", "neighborhood", "neighbourhood", "outskirt", "port", "province", "region"}
    | {"resident", "street", "suburb", "town", "village"}
)
_COMPASS = re.compile(r"^(?:north|south|east|west|central)(?:ern)?$", re.IGNORECASE)
# `Mr. Holt - 60 percent of them said so`, `leads Holt 47 percent to 42`: the name ends before the number.
_COUNTED = re.compile(r"\s(?:[-–—]+\s*\d|\d[\d.]*\s*(?:%|per\s?cent\b|to\b|-))")
_DOTTED = re.compile(r"(?:[A-Z]\.){3,}")
_PARTS = frozenset({"amod", "compound", "nmod"})
_DOCTRINE = re.compile(r"islamic|semitic|\w+ist", re.IGNORECASE)
_MONTHS = frozenset({"april", "august", "june", "may"})
_PAIR = re.compile(r"\b(?=([A-Z]\w+(?:-\w+)*) ([A-Z]\w+(?:-\w+)*)\b)")
_EDGE = " \t\n\u00a0\"“”‘’'`([{)]},;:–—-*#@•"
# Titles that the names of bodies begin with.
_IN_BODIES = frozenset(
    {"general", "justice", "major", "private", "prince", "king", "queen", "master", "saint", "sisters"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the text, without article, title and possessive."""

    start: int
    end: int
    text: str
    kind: ActorKind


def find_names(doc: Doc, article: Article) -> list[Name]:
    """The parser's names of people, organisations and peoples, in order. Places are left to the list of states."""
    text = unwrap(article.text)
    names = (_clean(article, text, entity) for entity in doc.ents if entity.label_ in KINDS)
    found = [name for name in names if name is not None]
    found += _find_given(article, text, found)
    return sorted([*found, *_find_bodies(doc, found)], key=lambda name: (name.start, name.end))


def _find_given(article: Article, text: str, names: Sequence[Name]) -> list[Name]:
    """`Ivanka Holt` beside `Holt`, where the parser missed it: a first name that is nothing else before the surname of
    somebody whom it saw."""
    surnames = {name.text.split()[-1] for name in names if name.kind == "person"}
    known = {name.start for name in names if " " in name.text}
    pairs = (match for match in _PAIR.finditer(text) if match[2] in surnames and match.start() not in known)
    return [
        Name(match.start(), match.end(2), f"{match[1]} {match[2]}", "person")
        for match in pairs
        if match[1] in index_first_names()
        and match[1] not in surnames
        and match[1].lower() not in _MONTHS
        and match[1].lower() not in load_uncapitalised()
        and article.zone_at(match.start()) == article.zone_at(match.end(2) - 1) is not None
    ]


def _find_bodies(doc: Doc, names: Sequence[Name]) -> Iterator[Name]:
    """`the Holt campaign`, `the Orlan government`: the name of a person or a state right before such a noun makes the
    name of a body."""
    ends = {name.end: name for name in names}
    for token in doc[1:]:
        if is_body_noun(token.lower_) and token.nbor(-1).whitespace_ and _is_part(token.nbor(-1), token):
            name = ends.get(token.idx - 1)
            if name is not None and (is_state_name(name.text) or _is_surname(name)):
                end = token.idx + len(token)
                yield Name(name.start, end, f"{name.text} {token.text}", "organisation")


def _is_surname(name: Name) -> bool:
    return name.kind in ("person", "organisation") and " " not in name.text


def _is_part(name: Token, noun: Token) -> bool:
    """`government` may itself be part of `government forces`."""
    return name.head in (noun, noun.head) and name.dep_ in ("compound", "nmod", "amod")


@cache
def is_body_noun(word: str) -> bool:
    """Whether a name before this word makes a body of it, as far as the word goes."""
    lemma = "authority" if word == "authorities" else "" if word == "authority" else word
    noun = index_actor_nouns().get(lemma)
    return lemma == "campaign" or (noun is not None and noun.kind == "government")


def find_towns(doc: Doc) -> frozenset[str]:
    """Single words that the parser takes for a body or a people, and that the text tells to be places: after a point
    of the compass (`Eastern Sabel`), or wherever they are marked after `in`, `near` or `outside`."""
    located: dict[str, bool] = {}
    towns = set()
    for entity in doc.ents:
        if entity.label_ not in ("ORG", "NORP", "PERSON", "LOC", "GPE"):
            continue
        last = entity[-1]
        if len(entity) == 2 and _COMPASS.match(entity[0].text):
            towns |= {last.text, entity.text}
        elif len(entity) == 1 and entity.label_ in ("ORG", "NORP") and not last.is_upper:
            located[last.text] = located.get(last.text, True) and _is_located(last)
    return frozenset(towns | {name for name, always in located.items() if always and not _is_body_word(name)})


def _is_located(token: Token) -> bool:
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    preposition = token.head
    of_place = preposition.lower_ == "of" and preposition.head.lemma_.lower() in _OF_PLACES
    return token.dep_ == "pobj" and (preposition.lower_ in _LOCATIVE or of_place)


def _is_body_word(name: str) -> bool:
    return name.lower() in index_source_nouns()


def gender_of(name: str) -> Gender | None:
    """Who bears the first name as a rule. None where it is unknown, an initial, or borne by both."""
    first = next((part for part in name.split() if len(part.rstrip(".")) > 1), "")
    entry = index_first_names().get(first) if " " in name else None
    return entry.gender if entry is not None and entry.gender != "either" else None


def title_before(text: str, start: int) -> PersonTitle | None:
    """The title that ends right before a place: `Mr. `, `Lt. Gov. `."""
    words = text[max(start - 30, 0) : start].split()
    candidates = (" ".join(words[-length:]) for length in (3, 2, 1) if len(words) >= length)
    if start and not text[start - 1].isspace():
        return None
    return next((index_titles()[title] for title in candidates if title in index_titles()), None)


def _clean(article: Article, text: str, entity: DocSpan) -> Name | None:
    start, end = entity.start_char, entity.end_char
    zone = article.zone_at(start)
    if zone is None:
        return None
    end = min(end, zone.end)
    changed = True
    while changed and start < end:
        before = (start, end)
        start, end = _strip_edges(text, start, end, person=entity.label_ == "PERSON")
        changed = before != (start, end)
    counted = _COUNTED.search(text, start, end)
    if counted:
        end = counted.start()
    name = text[start:end]
    if not _is_name(name) or _PREFIXED.match(name) or _tells_of_doctrine(entity, name):
        return None
    is_body = is_body_noun(name.split()[-1].lower()) or (entity.label_ == "GPE" and _is_acronym_of_body(name))
    return Name(start, end, name, "organisation" if is_body else KINDS[entity.label_])


def _tells_of_doctrine(entity: DocSpan, name: str) -> bool:
    """`Islamic` and `Marxist` before a noun are of a faith or a doctrine, and name nobody."""
    return entity.label_ == "NORP" and entity.root.dep_ in _PARTS and bool(_DOCTRINE.fullmatch(name))


def _is_acronym_of_body(name: str) -> bool:
    """`the F.B.I.`, which the parser may take for a place."""
    return not is_state_name(name) and (find_body(name) is not None or bool(_DOTTED.fullmatch(name)))


def _strip_edges(text: str, start: int, end: int, *, person: bool) -> tuple[int, int]:
    """One round of cutting: marks, a possessive, an article, the title of a person."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    possessive = _POSSESSIVE.search(text[start:end])
    if possessive:
        end = start + possessive.start()
    leading = _LEADING.match(text[start:end])
    if leading:
        start += leading.end()
    first, _, rest = text[start:end].partition(" ")
    if rest and first.rstrip(".").lower() in _first_titles() and (person or _is_titled(first, rest)):
        start += len(first) + 1
    return start, end


def _is_titled(first: str, rest: str) -> bool:
    """Whether a name that the parser takes for a body's is a person's with a title (`Sen. Holt`, `Secretary Holt`, not
    `General Motors`, `the Justice Department`)."""
    if first.endswith("."):
        return True
    words = rest.split()
    return first.lower() not in _IN_BODIES and len(words) < 3 and not is_body_noun(words[-1].lower())


@cache
def _first_titles() -> frozenset[str]:
    return frozenset(form.rstrip(".").lower() for form in index_titles() if " " not in form)


def _is_name(name: str) -> bool:
    return len(name) > 1 and any(letter.isupper() for letter in name) and not any(sign.isdigit() for sign in name[:1])
