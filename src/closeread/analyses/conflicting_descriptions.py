"""Two descriptions of the same of which only one can hold: opposite words, or a word and its denial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from closeread.analyses.accounts import Phrase, Phrases, find_tense
from closeread.analyses.conflicting_accounts import Conflict, liken
from closeread.analyses.modality import find_status
from closeread.analyses.subjects import find_subject
from closeread.lexicons.rows import WordClass
from closeread.lexicons.senses import index_opposites, sense_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SAID_OF = frozenset({"acomp", "attr"})
_PARTS: dict[str, WordClass] = {"ADJ": "adjective", "NOUN": "noun", "VERB": "adjective"}
_LIMITING = frozenset({"prep", "xcomp", "ccomp", "relcl", "acl", "amod", "compound", "poss"})
_BE = frozenset({"be", "become", "remain"})
_SPOUSES = frozenset({"husband", "spouse", "wife"})
_OFFICES = frozenset({"former", "current"})
_NEAREST = 6


class Description(NamedTuple):
    """`word` is said of `subject`; `noun` is the noun that it stands before, empty where a verb says it; `limits` is
    what narrows it (`happy with the result`)."""

    subject: Phrase
    word: Token
    sense: str
    part: WordClass
    noun: str
    negated: bool
    tense: str
    limits: frozenset[str]


def find_conflicting_descriptions(doc: Doc, phrases: Phrases) -> Iterator[Conflict]:
    """Only descriptions of the same actor, or of the same noun, are compared."""
    buckets: dict[str, list[Description]] = {}
    for token in doc:
        for found in _read(token, phrases):
            for key in sorted(found.subject.actors) or [found.subject.noun]:
                bucket = buckets.setdefault(key, [])
                conflicts = (_to_conflict(other, found) for other in bucket[-_NEAREST:])
                yield from (conflict for conflict in conflicts if conflict is not None)
                bucket.append(found)


def _read(token: Token, phrases: Phrases) -> Iterator[Description]:
    yield from _of_office(token, phrases)
    yield from _of_standing(token, phrases)
    if token.tag_ in ("RBS", "JJS") and token.dep_ == "advmod" and token.head.dep_ == "amod":  # `best performing maker`
        yield from _before_noun(token, token.head.head, phrases)
    part = _PARTS.get(token.pos_)
    if part is None or token.lower_ in _OFFICES:
        return
    if token.dep_ in _SAID_OF and token.head.lemma_ in _BE:
        yield from _said(token, token.head, part, phrases)
    elif part != "noun" and (sense_of(token.lower_, part), part) in index_opposites():
        if token.dep_ == "amod":
            yield from _before_noun(token, token.head, phrases)
        elif token.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in token.lefts):  # `is married`
            yield from _said(token, token, part, phrases)


def _before_noun(token: Token, head: Token, phrases: Phrases) -> Iterator[Description]:
    """An adjective before the noun for an actor, or before what the actor is said to be (`is the biggest maker`)."""
    subject = _bearer(head)
    if subject is None or (sense_of(token.lower_, "adjective"), "adjective") not in index_opposites():
        return
    phrase = phrases.phrase(subject)
    if phrase.actors or (phrase.definite and subject == head):
        phrase = replace(phrase, describing=phrase.describing - {token.lemma_.lower()})
        noun = head.lemma_.lower() if head.pos_ == "NOUN" else ""
        sense = sense_of(token.lower_, "adjective")
        yield Description(phrase, token, sense, "adjective", noun, False, "", frozenset())


def _of_office(token: Token, phrases: Phrases) -> Iterator[Description]:
    """`former president Ann Lee`, `Lee is the current president`, `Lee still serves as president`."""
    word = token.lower_
    if word in _OFFICES and token.dep_ in ("amod", "compound") and token.head.pos_ in ("NOUN", "PROPN"):
        head = token.head
        titles = (head, *(child for child in head.children if child.dep_ == "compound" and child.i > token.i))
        subject = _bearer(head)
    elif word in ("serve", "serves") and token.tag_ in ("VBZ", "VBP"):
        subject = find_subject(token).token
        held = (inner for child in token.rights if child.lower_ == "as" for inner in child.children)
        titles, word = tuple(held), "current"
    else:
        return
    if subject is None or not (phrase := phrases.phrase(subject)).actors:
        return
    for title in titles:
        if title != subject:
            yield Description(phrase, token, word, "adjective", title.lemma_.lower(), False, "", frozenset())


def _bearer(noun: Token) -> Token | None:
    """Whom a noun describes: the name it stands before or beside, the subject of `be`, or the noun itself."""
    while noun.dep_ == "compound":
        noun = noun.head
    if noun.dep_ == "attr" and noun.head.lemma_ in _BE:
        return find_subject(noun.head).token
    return noun.head if noun.dep_ == "appos" else noun


def _of_standing(token: Token, phrases: Phrases) -> Iterator[Description]:
    """`her husband` is said of who is married; `never married` and `known as single` of who is not."""
    subject, sense, denied = None, "married", False
    if token.lemma_ in _SPOUSES:
        subject = next((child for child in token.lefts if child.dep_ == "poss"), None)
    elif token.lemma_ == "marry" and token.pos_ == "VERB" and find_status(token).negated:
        subject, denied = find_subject(token).token, True
    elif token.pos_ == "ADJ" and token.head.lower_ == "as" and (token.lower_, "adjective") in index_opposites():
        verb, sense = token.head.head, token.lower_  # `known as single`
        subject = next((child for child in verb.rights if child.dep_ == "dobj"), None) or find_subject(verb).token
    if subject is not None and (phrase := phrases.phrase(subject)).actors:
        yield Description(phrase, token, sense, "adjective", "", denied, "", frozenset())


def _said(token: Token, verb: Token, part: WordClass, phrases: Phrases) -> Iterator[Description]:
    status, subject = find_status(verb), find_subject(verb).token
    whenever = any(child.tag_ == "WRB" for child in verb.lefts)
    if status.modality != "asserted" or whenever or subject is None or subject.i > token.i:
        return
    phrase = phrases.phrase(subject)
    if phrase.actors or (phrase.noun and phrase.definite):
        no = any(child.dep_ in ("det", "neg") and child.lower_ == "no" for child in token.lefts)
        sense = sense_of(token.lower_ if part == "adjective" else token.lemma_.lower(), part)
        limits = _limits(token) | (_limits(verb) if verb != token else frozenset())
        yield Description(phrase, token, sense, part, "", status.negated or no, find_tense(verb), limits)


def _limits(token: Token) -> frozenset[str]:
    """What follows a word, or stands before it, and narrows it; without times."""
    found = [child for child in token.children if child.dep_ in _LIMITING and child.ent_type_ not in ("DATE", "TIME")]
    if token.lemma_ in _BE:  # `through it all, she remains`
        found = [child for child in found if child.i > token.i]
    below = (inner for child in found if child.dep_ == "prep" for inner in child.children)
    return frozenset(word.lemma_.lower() for word in (*found, *below))


def _to_conflict(first: Description, second: Description) -> Conflict | None:
    nouns = {first.noun, second.noun} - {""}
    if first.part != second.part or len(nouns) > 1 or {first.tense, second.tense} >= {"past", "present"}:
        return None
    same = first.sense == second.sense and (first.part != "noun" or first.word.tag_ == second.word.tag_)
    if same == (first.negated == second.negated) or (not same and (first.negated or second.negated)):
        return None
    if not same and not _excludes(first, second):
        return None
    if not first.subject.actors and "" in (first.tense, second.tense) and (first.tense == second.tense or same):
        return None  # `the first day` and `the last day` are two
    likeness = liken(first.subject, second.subject)
    if likeness < 1 or (likeness < 2 and not first.subject.actors and first.subject.head.pos_ != "PROPN"):
        return None
    denied, said = (first, second) if first.negated else (second, first)
    if (same and (denied.limits | _degree(denied.word)) - (said.limits | _degree(said.word))) or (
        not same and first.limits != second.limits
    ):
        return None
    rule = "contradictions.not-so" if same else "contradictions.opposite-word"
    aligned = ((first.subject.head, second.subject.head),)
    certain = likeness == 2 and bool(first.subject.actors) and first.tense == second.tense != ""
    ends = (_place_of(first), _place_of(second))
    words = ((first.word, first.word), (second.word, second.word))
    return Conflict("description", *ends, *words, aligned, rule, certain)


def _excludes(first: Description, second: Description) -> bool:
    """By the list, or as `clear` and `unclear`."""
    listed = second.sense in index_opposites().get((first.sense, first.part), ())
    return listed or (
        first.part == "adjective" and first.sense in (f"un{second.sense}", second.sense.removeprefix("un"))
    )


def _degree(word: Token) -> frozenset[str]:
    """`very`, `always`: a denial of them denies less."""
    near = (*word.children, *(word.head.children if word.head.lemma_ in _BE else ()))
    return frozenset(child.lemma_.lower() for child in near if child.dep_ in ("advmod", "advcl", "npadvmod"))


def _place_of(description: Description) -> Token:
    return description.subject.head if description.noun else description.word
