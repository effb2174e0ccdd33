"""Events told by a noun: `the destruction of the city`, `Russia's bombing of Aleppo`, `the killing by soldiers`.

Only nouns of the list count (`event_nouns.tsv`), and gerunds that are used as nouns (`the burning of books`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.mentions import is_state_name
from closeread.analyses.roles import kind_of_noun
from closeread.analyses.subjects import find_subject
from closeread.lexicons.events import index_event_nouns, index_event_verbs
from closeread.lexicons.rows import EventNoun, Undergoing

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMES = frozenset({"NORP", "GPE", "ORG", "PERSON", "LANGUAGE"})  # `English` is often taken for the language
_MOST = 3
GETTING = frozenset(
    {"attract", "draw", "earn", "enjoy", "gain", "garner", "get", "have", "lose", "receive", "secure", "win"}
)
# What somebody else gives; of others, like a release that is won, the thing itself stands after `of`.
_GIVEN = frozenset({"approval", "backing", "blessing", "condemnation", "endorsement", "recognition", "support"})
_NO_AGENT = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """The verb behind the noun, and the heads of the phrases. `ends` are tokens before which a phrase ends that
    begins before them: the parser may hang `by soldiers` on what stands before it."""

    verb: str
    agent: Token | None
    patient: Token | None
    recipient: Token | None
    ends: tuple[int, ...]


def is_event_noun(noun: Token) -> bool:
    """Whether the list has it, or it is a gerund used as a noun."""
    return _entry(noun) is not None


def find_nominal(noun: Token, supporter: Token | None = None) -> Nominal | None:
    """None where the token is no noun for an event or nobody takes part. `supporter` is who carries it out by another
    word (`they launched the attack`), the agent where the noun has none of its own."""
    entry = _entry(noun)
    if entry is None:
        return None
    found = _after(noun, entry)
    of, by = found.get("of"), found.get("by")
    after = next((found[word] for word in entry.after if word in found), None)
    owner = _owner(noun)
    getter = _getter(noun, entry) if of is not None and by is None and _is_actor_word(of) else None
    roles: dict[Undergoing, Token | None] = {"agent": by, "patient": getter}
    if of is not None:
        roles["agent" if (entry.of == "agent" or getter is not None) and by is None else "patient"] = of
    if after is not None and roles["patient"] is None:
        roles["patient"] = after
    if owner is not None:
        place = _place_of(owner, entry, roles)
        if place and roles[place] is None:
            roles[place] = owner
    roles["agent"] = roles["agent"] or supporter
    if roles["agent"] is None and roles["patient"] is None:
        return None
    ends = tuple(sorted(head.head.i for head in found.values()))
    return Nominal(entry.verb, roles["agent"], roles["patient"], found.get("to"), ends)


def _entry(noun: Token) -> EventNoun | None:
    if noun.pos_ == "NOUN" and noun.dep_ != "compound":
        return index_event_nouns().get(noun.lemma_.lower()) or index_event_nouns().get(noun.lower_)
    if noun.tag_ == "VBG" and is_gerund_noun(noun):
        return index_event_nouns().get(noun.lower_) or EventNoun(noun.lower_, noun.lemma_, "agent", "patient", ())
    return None


def is_gerund_noun(verb: Token) -> bool:
    """`the burning of books`, `their burning of books`: an article or owner before it and `of` after it; `the coming to
    power`: an article alone."""
    if verb.tag_ != "VBG" or any(child.dep_ in ("nsubj", "dobj", "aux") for child in verb.children):
        return False
    if any(child.dep_ == "det" for child in verb.lefts):
        return True
    return any(child.dep_ == "poss" for child in verb.lefts) and any(child.lower_ == "of" for child in verb.rights)


def _after(noun: Token, entry: EventNoun) -> dict[str, Token]:
    """What stands after `of`, `by` and the prepositions of the entry, by preposition. Each may hang on the noun or on
    what stands after the one before (`the arrest by police of three men`)."""
    found: dict[str, Token] = {}
    wanted = {"of", "by", *entry.after}
    if "transfer" in index_event_verbs().get(entry.verb, ()):
        wanted.add("to")
    heads = [noun]
    while heads and len(found) < _MOST:
        head = heads.pop(0)
        for child in head.rights:
            if child.dep_ in ("prep", "agent") and child.lower_ in wanted:
                inner = next((word for word in child.children if word.dep_ == "pobj"), None)
                if inner is not None and child.lower_ not in found and _may_follow(child.lower_, inner, head is noun):
                    found[child.lower_] = inner
                    heads.append(inner)
    return found


def _may_follow(preposition: str, inner: Token, direct: bool) -> bool:
    if preposition == "by":
        return inner.ent_type_ not in _NO_AGENT and inner.pos_ in ("NOUN", "PROPN", "PRON")
    return direct or inner.ent_type_ not in _NO_AGENT


def _getter(noun: Token, entry: EventNoun) -> Token | None:
    """Who `won the endorsement of the paper`: what stands after `of` gave it."""
    got = noun.dep_ == "dobj" and noun.head.lemma_.lower() in GETTING and entry.noun in _GIVEN
    return find_subject(noun.head).token if got else None


def _owner(noun: Token) -> Token | None:
    """A possessor, or a name or a body right before the noun (`Russian bombing`, `the police killing of a boy`)."""
    for child in noun.lefts:
        if child.dep_ == "poss" or _ends_as_owner(child):
            return child
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and _is_actor_word(child):
            return child
    return None


def _ends_as_owner(word: Token) -> bool:
    """`Ann and Bob's handling`, the names taken for a subject."""
    return word.pos_ == "PROPN" and word.dep_ in ("nsubj", "nmod") and word.right_edge.tag_ == "POS"


def _is_actor_word(word: Token) -> bool:
    """A town before an event is where it was (`the Sabel attacks`), a state may do it (`US bombing`)."""
    if word.ent_type_ == "GPE" and word.dep_ != "poss" and not is_state_name(word.text):
        return False
    return word.ent_type_ in _NAMES or (word.pos_ == "NOUN" and kind_of_noun(word) is not None)


def _place_of(owner: Token, entry: EventNoun, roles: dict[Undergoing, Token | None]) -> Undergoing | None:
    """The possessor takes the place that is free; where both are free, the usual one of the noun."""
    if entry.owner == "patient" and "change" in index_event_verbs().get(entry.verb, ()):
        return "patient"
    if roles["patient"] is not None:
        return "agent"
    if roles["agent"] is not None:
        return "patient"
    return "agent" if owner.dep_ == "amod" else entry.owner
