"""Where something is, told in another construction than `in Leeds` beside its noun: where a crowd came for an event,
and where a body sits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACES = frozenset({"GPE", "LOC", "FAC"})
# `the rally drew hundreds to Leeds`; `they came to Leeds for the rally`; `no seats in Leeds for the rally`.
_DRAW = frozenset({"draw", "attract", "bring", "pull"})
_COME = frozenset({"arrive", "assemble", "come", "converge", "flock", "fly", "gather", "meet", "pour", "travel"})
_ROOM = frozenset({"chair", "crowd", "queue", "room", "seat", "space", "ticket"})
_SEATS = frozenset({"headquarters", "headquarter"})
_BASED = frozenset({"based", "headquartered"})
_INTO = frozenset({"to", "into"})
_WHERE = frozenset({"in", "at", "near", "outside"})


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The word that tells it, what it is told of, and the place. `sits` for a body, else the noun of an event."""

    token: Token
    what: Token
    place: Token
    sits: bool


def find_whereabouts(doc: Doc) -> Iterator[Whereabouts]:
    """In the order of the text."""
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma in _DRAW and token.pos_ == "VERB":
            yield from _told(token, _subject(token), _after(token, _INTO), sits=False)
        elif lemma in _COME and token.pos_ == "VERB":
            yield from _told(token, _purpose(token), _after(token, _INTO | _WHERE), sits=False)
        elif lemma in _ROOM and token.dep_ in ("attr", "dobj"):
            yield from _told(token, _purpose(token), _after(token, _WHERE), sits=False)
        elif lemma in _SEATS:
            yield from _told(token, _owner(token), _after(token, _WHERE), sits=True)
        elif token.lower_ in _BASED and token.pos_ == "VERB":
            yield from _told(token, _based(token), _after(token, _WHERE) or _before(token), sits=True)


def _told(token: Token, what: Token | None, place: Token | None, *, sits: bool) -> Iterator[Whereabouts]:
    if what is not None and place is not None:
        yield Whereabouts(token, what, place, sits)


def _subject(verb: Token) -> Token | None:
    """An event that is known: a crowd is drawn by `the rally`."""
    found = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    return found if found is not None and _is_known(found) else None


def _purpose(token: Token) -> Token | None:
    """`for the rally`."""
    nouns = (inner for child in token.rights if child.lower_ == "for" for inner in child.children)
    return next((noun for noun in nouns if noun.dep_ == "pobj" and _is_known(noun)), None)


def _is_known(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and any(child.lower_ in ("the", "this", "that") for child in noun.lefts)


def _after(token: Token, prepositions: frozenset[str]) -> Token | None:
    """The parser may hang `to Leeds` on the object before it."""
    heads = [token, *(child for child in token.rights if child.dep_ == "dobj")]
    inside = (
        inner for head in heads for child in head.rights if child.lower_ in prepositions for inner in child.rights
    )
    return next((inner for inner in inside if inner.dep_ == "pobj" and inner.ent_type_ in _PLACES), None)


def _before(token: Token) -> Token | None:
    """`Leeds-based`."""
    return next((child for child in token.lefts if child.dep_ == "npadvmod" and child.pos_ == "PROPN"), None)


def _owner(noun: Token) -> Token | None:
    """`From its offices in Leeds, the firm ...`: a pronoun before its noun is the subject."""
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is None or owner.pos_ != "PRON":
        return owner
    verb = next((above for above in noun.ancestors if above.pos_ in ("VERB", "AUX")), noun)
    return next((child for child in verb.lefts if child.dep_ == "nsubj" and child.i > owner.i), owner)


def _based(token: Token) -> Token | None:
    """Who is based there: the subject of a clause, else the noun that the word describes."""
    subject = next((child for child in token.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None:
        return subject if subject.tag_ not in ("WDT", "WP") else token.head
    return token.head if token.dep_ in ("amod", "acl") else None
