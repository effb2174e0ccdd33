"""Events that are told by a noun: `the destruction of the city`, `Russia's bombing of Aleppo`, `the killing by soldiers`.

Only nouns of the list count (`event_nouns.tsv`), and gerunds that are used as nouns (`the burning of books`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.lexicons import EventNoun, Undergoing, index_event_nouns, index_event_verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMES = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_NO_AGENT = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """The verb behind the noun, and the heads of the phrases; `before` is where the patient's phrase must end."""

    verb: str
    agent: Token | None
    patient: Token | None
    before: int | None = None


def find_nominal(noun: Token) -> Nominal | None:
    """None where the token is no noun for an event or nobody takes part."""
    entry = _entry(noun)
    if entry is None:
        return None
    of, by, after = _after(noun, entry)
    owner = _owner(noun)
    roles: dict[Undergoing, Token | None] = {"agent": by, "patient": None}
    if of is not None:
        roles["agent" if entry.of == "agent" and by is None else "patient"] = of
    if after is not None and roles["patient"] is None:
        roles["patient"] = after
    if owner is not None:
        place = _place_of(owner, entry, roles)
        if place and roles[place] is None:
            roles[place] = owner
    if roles["agent"] is None and roles["patient"] is None:
        return None
    return Nominal(entry.verb, roles["agent"], roles["patient"], by.head.i if by is not None else None)


def _entry(noun: Token) -> EventNoun | None:
    if noun.pos_ == "NOUN" and noun.dep_ != "compound":
        return index_event_nouns().get(noun.lemma_.lower()) or index_event_nouns().get(noun.lower_)
    if noun.tag_ == "VBG" and is_gerund_noun(noun):
        return index_event_nouns().get(noun.lower_) or EventNoun(noun.lower_, noun.lemma_, "agent", "patient", ())
    return None


def is_gerund_noun(verb: Token) -> bool:
    """`the burning of books`, `their burning of books`: an article or owner before it and `of` after it."""
    if verb.tag_ != "VBG" or any(child.dep_ in ("nsubj", "dobj", "aux") for child in verb.children):
        return False
    return any(child.dep_ in ("det", "poss") for child in verb.lefts) and any(
        child.lower_ == "of" for child in verb.rights
    )


def _after(noun: Token, entry: EventNoun) -> tuple[Token | None, Token | None, Token | None]:
    """What stands after `of`, after `by`, and after the prepositions of the entry. `by` may hang on what is before."""
    found: dict[str, Token] = {}
    for child in noun.rights:
        if child.dep_ in ("prep", "agent"):
            _take(child, found)
    for word in ("of", *entry.after):
        inner = found.get(word)
        for child in inner.rights if inner is not None and "by" not in found else ():
            if child.dep_ in ("prep", "agent") and child.lower_ == "by":
                _take(child, found)
    by = found.get("by")
    if by is not None and (by.ent_type_ in _NO_AGENT or by.pos_ not in ("NOUN", "PROPN", "PRON")):
        by = None
    return found.get("of"), by, next((found[word] for word in entry.after if word in found), None)


def _take(preposition: Token, found: dict[str, Token]) -> None:
    inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if inner is not None:
        found.setdefault(preposition.lower_, inner)


def _owner(noun: Token) -> Token | None:
    """A possessor, or a name right before the noun (`Russian bombing`, `US attack`)."""
    for child in noun.lefts:
        if child.dep_ == "poss":
            return child
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in _NAMES:
            return child
    return None


def _place_of(owner: Token, entry: EventNoun, roles: dict[Undergoing, Token | None]) -> Undergoing | None:
    """The possessor takes the place that is free; where both are free, the usual one of the noun."""
    verb = index_event_verbs().get(entry.verb)
    if entry.owner == "patient" and verb is not None and verb.kind == "change":
        return "patient"
    if roles["patient"] is not None:
        return "agent"
    if roles["agent"] is not None:
        return "patient"
    return "agent" if owner.dep_ == "amod" else entry.owner
