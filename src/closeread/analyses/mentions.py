"""Every place where a known spelling of an actor stands, in one pass over the words of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Literal

from closeread.article import Article
from closeread.findings import MentionForm
from closeread.intake.layout import find_dateline
from closeread.lexicons import CountryForm, FormKind, index_country_forms, resolve_country

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORD = re.compile(r"\w+")
_BLANKS = {ord(sign): " " for sign in "\n\t\u00a0"}
# A name may be followed by an apostrophe, a hyphen or punctuation, and not by more letters ("Iran" in "Iranian").
_INSIDE_WORD = re.compile(r"\w")


_PARTNERED = frozenset({"with", "against", "by"})
_LOCATIVE = frozenset({"in", "at", "inside", "outside", "near", "on", "for"})

Needs = Literal["nothing", "place", "subject", "no-place"]

# A capital counts where it acts; a seat of government (the Kremlin) where it is no place.
_BY_KIND: dict[FormKind, Needs] = {"capital": "subject", "government": "no-place"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write an actor. Some count only on evidence: an ambiguous name (Georgia, Jordan) where the parser
    sees a place, a capital where it acts. `holds`: it begins with another name, which is
    a mention there too (`Orlan` in `the Orlan government`). `listed`: it comes before all others."""

    text: str
    actor: str
    form: MentionForm
    needs: Needs = "nothing"
    holds: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    actor: str
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the parser saw, by code point: where place names begin, proper nouns that act, and what is
    part of a date, a number or a work and so no name ("May" in "in May", not in "accused May"); what stands after `in`,
    `at`, `for`."""

    places: frozenset[int]
    subjects: frozenset[int]
    other: frozenset[int]
    located: frozenset[int]


def unwrap(text: str) -> str:
    """The text at equal length with line breaks and no-break spaces as blanks: a name may be wrapped."""
    return text.translate(_BLANKS)


def gather_evidence(doc: Doc) -> Evidence:
    other = {"DATE", "TIME", "MONEY", "QUANTITY", "PERCENT", "CARDINAL", "ORDINAL"}
    return Evidence(
        frozenset(entity.start_char for entity in doc.ents if entity.label_ == "GPE"),
        frozenset(token.idx for token in doc if token.pos_ == "PROPN" and _acts(token)),
        frozenset(
            token.idx
            for entity in doc.ents
            if entity.label_ in other and not (len(entity) == 1 and _is_somebody(entity[0]))
            for token in entity
        ),
        frozenset(token.idx for token in doc if token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE),
    )


def _acts(name: Token) -> bool:
    """As a subject, or as one with, against or by whom something is done, alone or with others."""
    while name.dep_ == "conj" and name.head.pos_ == "PROPN" and name.head != name:
        name = name.head
    return name.dep_ == "nsubj" or (name.dep_ == "pobj" and name.head.lower_ in _PARTNERED)


def _is_somebody(word: Token) -> bool:
    """`May` where no month can stand: a subject or object, or beside a name that is one (`Trump and May met`)."""
    while word.dep_ == "conj" and word.head.pos_ == "PROPN" and word.head.ent_type_ != "DATE":
        word = word.head
    return word.pos_ == "PROPN" and word.dep_ in ("nsubj", "nsubjpass", "dobj", "poss")


def find_mentions(article: Article, spellings: Iterable[Spelling], evidence: Evidence) -> Iterator[Place]:
    """At each word the longest spelling that fits; among people of one surname the one who was named in full first, as
    in news the surname alone stays with the person whom the article is about. A dateline names nobody."""
    known = _by_first_word(spellings)
    states = _state_spellings()
    named: dict[str, int] = {}
    text = unwrap(article.text)
    for zone in article.zones:
        at = zone.start + (find_dateline(zone.text) if zone == article.lead else 0)
        while match := _WORD.search(text, at, zone.end):
            at = match.end()
            candidates = [*known.get(match.group(), ()), *states.get(match.group(), ())]
            fits = [item for item in candidates if _fits(text, match.start(), zone.end, item, evidence)]
            if fits:
                fits.sort(key=lambda item: _rank(item, named, match.start() in evidence.subjects))
                holder = next((item for item in fits if item.holds), None)
                inner = next((item for item in fits if not item.holds), None)
                for best in _nest(holder, inner):
                    at = match.start() + len(best.text)
                    if best.form == "full-name":
                        named.setdefault(best.actor, at)
                    yield Place(match.start(), at, best.actor, best.form)


def _nest(holder: Spelling | None, inner: Spelling | None) -> Iterator[Spelling]:
    """The names at one place, the longer first: one that holds another, and the best of the others."""
    if holder is not None and (inner is None or len(holder.text) > len(inner.text)):
        yield holder
    if inner is not None:
        yield inner


def _rank(spelling: Spelling, named: dict[str, int], is_subject: bool) -> tuple[bool, int, bool, float]:
    """As a subject `Dane` is the surname of Ann Dane, where there is one; anywhere else it is a man from Denmark."""
    second: MentionForm = "demonym" if is_subject else "part-of-name"
    return not spelling.listed, -len(spelling.text), spelling.form == second, named.get(spelling.actor, inf)


def _fits(text: str, start: int, limit: int, spelling: Spelling, evidence: Evidence) -> bool:
    end = start + len(spelling.text)
    if end > limit or not text.startswith(spelling.text, start) or _INSIDE_WORD.match(text, end):
        return False
    if spelling.needs == "subject":
        return any(offset in evidence.subjects for offset in range(start, end))
    if spelling.needs == "no-place":
        return not any(offset in evidence.located for offset in range(start, end))
    if spelling.needs == "place":
        return start in evidence.places
    return spelling.form != "part-of-name" or start not in evidence.other


def _by_first_word(spellings: Iterable[Spelling]) -> dict[str, list[Spelling]]:
    table: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        match = _WORD.match(spelling.text)
        if match:
            table[match.group()].append(spelling)
    return table


@cache
def _state_spellings() -> dict[str, list[Spelling]]:
    return _by_first_word(_spell_states())


def _spell_states() -> Iterator[Spelling]:
    for text, forms in index_country_forms().items():
        for form in forms:
            ambiguous = form.ambiguous or len(forms) > 1
            needs: Needs = "place" if ambiguous and form.kind != "capital" else _BY_KIND.get(form.kind, "nothing")
            yield Spelling(text, f"state:{form.country.name}", _form_of(form), needs)


def _form_of(form: CountryForm) -> MentionForm:
    if form.kind in ("capital", "government"):
        return "metonym"
    if form.kind == "alias":
        return "acronym" if form.text.isupper() else "alias"
    return "full-name" if form.kind == "name" else "demonym"


def state_of(text: str) -> str | None:
    """The one state that these exact words name; None for a capital, a people or a government."""
    form = resolve_country(text)
    return form.country.name if form is not None and form.kind in ("name", "alias") else None


def is_state_name(text: str) -> bool:
    """Whether these exact words name a state, its people or its government."""
    match = _WORD.match(text)
    return match is not None and any(item.text == text for item in _state_spellings().get(match.group(), ()))
