"""Who a description means: `the senator`, where the article has introduced one, `his campaign`, `the newspaper`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from closeread.analyses.cast import Cast
from closeread.findings import ActorKind, Mention
from closeread.lexicons import Gender, index_actor_nouns, index_roles, index_source_nouns, index_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that"})
_FORMER = frozenset({"former", "ex", "late", "retired", "onetime", "then"})
_RANKS = frozenset({"vice", "deputy", "assistant", "associate", "acting", "lieutenant"})
_KINDS: dict[str, ActorKind] = {
    **{"person": "person", "group": "group", "organisation": "organisation", "government": "organisation"},
    "body": "organisation",
}
_LEAST = 0.5
_BARE = frozenset({"his", "her", "its", "their", "own", "whole", "entire"})
_UNTOLD = 0.3
_BE = frozenset({"be", "become", "remain"})
_MODIFIERS = ("amod", "compound", "nmod", "poss", "nummod")


@dataclass(frozen=True, slots=True)
class Described:
    """A noun with what specifies it, in lower case: `senator` with `florida`."""

    noun: str
    modifiers: frozenset[str]
    parties: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @property
    def rank(self) -> frozenset[str]:
        """What makes another office of it: a former or a vice president is no president."""
        return frozenset("former" if word in _FORMER else word for word in self.modifiers & (_FORMER | _RANKS))

    def contradicts(self, other: Described) -> bool:
        """Another party or another place."""
        pairs = ((self.parties, other.parties), (self.places, other.places))
        return any(one and two and not one & two for one, two in pairs)


class Roles:
    """What the article says that its persons and bodies are, wherever it says so beside the name."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.said: dict[str, list[tuple[int, Described]]] = defaultdict(list)
        for mention, actor in cast.mentions:
            self.said[actor.id] += ((mention.start, role) for role in find_roles(cast, mention))
            if actor.kind == "organisation" and mention.form in ("full-name", "alias"):
                words = mention.text.lower().split()
                self.said[actor.id].append((mention.start, Described(words[-1], frozenset(words[:-1]))))
        self._called: dict[str, set[str]] = defaultdict(set)
        for somebody, said in self.said.items():
            for _, role in said:
                self._called[role.noun].add(somebody)
        self._order = {actor: number for number, actor in enumerate(self.said)}
        self.parties = {
            actor: frozenset(party for _, role in said for party in role.parties) for actor, said in self.said.items()
        }

    def bars(self, actor: str, wanted: Described) -> bool:
        """Whether the article has given an actor another party than a description does, or another calling: the
        manager of a campaign is not the candidate."""
        if Described("", frozenset(), self.parties.get(actor, frozenset())).contradicts(wanted):
            return True
        callings = self.callings(actor)
        return bool(callings) and not callings & _callings_of(wanted.noun)

    def unlike(self, noun: str) -> frozenset[str]:
        """The bodies that are named or called another kind of body: a court is no company."""
        told = {actor: [role for _, role in said] for actor, said in self.said.items()}
        bodies = (actor for actor, roles in told.items() if any(role.noun in _body_nouns() for role in roles))
        return frozenset(actor for actor in bodies if not any(_is_alike(noun, role) for role in told[actor]))

    def callings(self, actor: str) -> set[str]:
        """What the article calls a person."""
        return {role.noun for _, role in self.said[actor] if _is_calling(role.noun)}

    def score(self, head: Token, described: Described, *, before: bool) -> dict[str, float]:
        """How well each actor fits a description, by what the article has said before it, or by all it says; those
        that do not fit at all are left out."""
        scores = {}
        person = is_person_noun(head)
        entry = index_roles().get(described.noun)
        nouns = (described.noun, *(entry.stands_for if entry else ()))
        called = {actor for noun in nouns for actor in self._called.get(noun, ())}
        for actor in sorted(called, key=self._order.__getitem__):
            told = [role for at, role in self.said[actor] if at < head.idx or not before]
            fits = [_fit(described, role) for role in told if person or described.modifiers <= role.modifiers | _BARE]
            if max(fits, default=0.0) >= _LEAST and person == (actor in self.cast.people):
                scores[actor] = max(fits)
        return scores


def _fit(wanted: Described, role: Described) -> float:
    """The same noun, or one that may stand for it; more for every word that both have."""
    entry = index_roles().get(wanted.noun)
    if role.noun == wanted.noun:
        fit = 1.0
    elif entry is not None and role.noun in entry.stands_for:
        fit = 0.8
    else:
        return 0.0
    if wanted.contradicts(role):
        return 0.0
    fit -= _UNTOLD if wanted.places and not role.places else 0.0
    return fit + 0.5 * len(wanted.modifiers & role.modifiers) - (0.6 if wanted.rank != role.rank else 0)


def _is_alike(noun: str, role: Described) -> bool:
    entry = index_roles().get(noun)
    return role.noun == noun or (entry is not None and role.noun in entry.stands_for)


def _is_calling(noun: str) -> bool:
    entry = index_source_nouns().get(noun)
    return noun in index_roles() or (entry is not None and entry.kind == "person")


@cache
def _callings_of(noun: str) -> frozenset[str]:
    """What somebody may have been called of whom a noun speaks; a candidate may be any politician."""
    roles = index_roles()
    like = {noun, *(roles[noun].stands_for if noun in roles else ())}
    return frozenset(like | set(roles["politician"].stands_for) if "candidate" in like else like)


def describe(head: Token) -> Described:
    """A noun and the adjectives, names and `of` phrases that specify it."""
    return _to_described(_noun_of(head), list(_modifiers(head)))


def _to_described(noun: str, words: Sequence[Token]) -> Described:
    """Words of a party are compared by their stem: `Democrat`, `Democratic`."""
    parties = frozenset(word.lower_[:7] for word in words if word.ent_type_ == "NORP")
    places = frozenset(word.lower_ for word in words if word.ent_type_ == "GPE")
    return Described(noun, frozenset(word.lower_ for word in words), parties, places)


def _noun_of(token: Token) -> str:
    title = index_titles().get(token.text)
    return title.noun if title else token.lemma_.lower()


def _modifiers(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ in _MODIFIERS:
            yield from (word for word in child.subtree if word.is_alpha)
        elif child.dep_ == "prep" and child.lower_ in ("of", "from", "for", "at"):
            yield from (word for word in child.subtree if word.pos_ == "PROPN")


def find_roles(cast: Cast, mention: Mention) -> Iterator[Described]:
    """What stands before a name (`Florida Sen.`), in apposition to it, or is said of it (`is the mayor`)."""
    last = cast.last_token(mention)
    before = _before(cast, mention, last)
    if before and _may_be_role(before[-1]):
        modifiers = [word for word in before[:-1] if word.is_alpha]
        yield _to_described(_noun_of(before[-1]), modifiers)
        for word in modifiers:  # `secretary of state`, `former governor and senator`
            if word.text in index_titles() or index_source_nouns().get(word.lemma_.lower()):
                yield _to_described(_noun_of(word), [other for other in modifiers if other is not word])
    for noun in _predicated(last):
        yield describe(noun)


def _may_be_role(noun: Token) -> bool:
    """No date and no part of another phrase (`by the time Holt left`)."""
    return noun.ent_type_ not in ("DATE", "TIME", "CARDINAL") and noun.dep_ not in ("pobj", "npadvmod", "dobj")


def _before(cast: Cast, mention: Mention, last: Token) -> list[Token]:
    """The words of the noun phrase that stand before the name: nouns, names and adjectives, up to a comma."""
    words: list[Token] = []
    at = cast.token_at(mention.start).i - 1
    while at >= 0 and cast.doc[at].pos_ in ("NOUN", "PROPN", "ADJ") and cast.doc[at].is_sent_start is not True:
        words.insert(0, cast.doc[at])
        at -= 1
    if at >= 0 and cast.doc[at + 1 : at + 2] and cast.doc[at].pos_ in ("NOUN", "PROPN", "ADJ"):
        words.insert(0, cast.doc[at])
    of = cast.doc[at] if at >= 0 and words else None
    if of is not None and of.lower_ == "of" and of.head.pos_ in ("NOUN", "PROPN") and of.head.i < at:
        words = [of.head]  # `secretary of state`
    return [word for word in words if word.sent == last.sent]


def _predicated(name: Token) -> Iterator[Token]:
    for child in name.children:
        if child.dep_ == "appos" and child.pos_ in ("NOUN", "PROPN"):
            yield child
    if name.dep_ == "appos" and name.head.pos_ in ("NOUN", "PROPN"):
        yield name.head
    if name.dep_ == "nsubj" and name.head.lemma_ in _BE:
        yield from (child for child in name.head.children if child.dep_ == "attr" and child.pos_ == "NOUN")


def is_document(head: Token) -> bool:
    noun = index_source_nouns().get(head.lemma_.lower())
    return noun is not None and noun.kind == "document"


def is_person_noun(head: Token) -> bool:
    noun = index_source_nouns().get(head.lemma_.lower())
    return (noun is None or noun.kind == "person") and not _is_body_noun(head)


def kind_of_noun(noun: Token) -> ActorKind | None:
    """What a common noun means where it means an actor; a plural is a group."""
    lemma = noun.lemma_.lower()
    listed = index_actor_nouns().get(lemma)
    if listed is not None:
        return _plural_of(_KINDS[listed.kind], noun)
    source = index_source_nouns().get(lemma)
    if source is None or source.kind == "document":
        return None
    return _plural_of(_KINDS[source.kind], noun)


def _plural_of(kind: ActorKind, noun: Token) -> ActorKind:
    return "group" if noun.tag_ == "NNS" else kind


def is_known_person(head: Token) -> bool:
    """A noun that the list of sources has as a person."""
    noun = index_source_nouns().get(head.lemma_.lower())
    return noun is not None and noun.kind == "person"


def gender_of_noun(head: Token) -> Gender | None:
    """By the noun itself: `businesswoman`. A chairman or spokesman may be either."""
    noun = head.lemma_.lower()
    if noun.endswith("woman") or noun in ("mother", "wife", "daughter", "sister", "actress"):
        return "female"
    male = noun.endswith("man") and noun not in ("chairman", "spokesman", "human", "woman")
    return "male" if male or noun in ("father", "husband", "son", "brother", "actor") else None


def is_body(head: Token) -> bool:
    """A noun that the list of sources has as a body."""
    noun = index_source_nouns().get(head.lemma_.lower())
    return noun is not None and noun.kind == "body"


def _is_body_noun(head: Token) -> bool:
    return head.lemma_.lower() in _body_nouns()


@cache
def _body_nouns() -> frozenset[str]:
    return frozenset(noun.lemma for noun in index_source_nouns().values() if noun.kind in ("body", "group", "document"))


def is_definite(head: Token) -> bool:
    """One that the reader is taken to know: with `the` or a possessive, and in the singular."""
    if head.tag_ not in ("NN", "NNP"):
        return False
    return any(child.lower_ in _DEFINITE or _owns(child) for child in head.children)


def _owns(token: Token) -> bool:
    """The parse has some owners as names before a noun: `Holt’s` with its `’s`."""
    return token.dep_ == "poss" or (token.dep_ == "nmod" and any(child.tag_ == "POS" for child in token.children))


def owner_of(head: Token) -> Token | None:
    """The one to whom a noun belongs: `his` in `his campaign`, `Holt` in `Holt’s lawyer` and `the campaign of Holt`."""
    owner = next((child for child in head.children if _owns(child)), None)
    of = (noun for child in head.children if child.lower_ == "of" for noun in child.children)
    return owner or next((noun for noun in of if noun.ent_type_ == "PERSON"), None)
