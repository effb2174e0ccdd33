"""Two numbers for one measure of one thing: its cost, its length, how many members it has, the age of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from closeread.analyses.accounts import Phrase, Phrases
from closeread.analyses.amounts import Amount
from closeread.analyses.conflicting_accounts import Conflict, liken
from closeread.analyses.modality import find_status
from closeread.analyses.subjects import find_subject
from closeread.findings import Actor
from closeread.lexicons.senses import index_same_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGE = "age"
_AGES = range(1, 111)
_BEFORE_NOUN = frozenset({"nmod", "compound", "amod", "nummod", "npadvmod"})
_IN_VERB = frozenset({"dobj", "npadvmod", "attr", "oprd"})
_NEAREST = 6


class Measure(NamedTuple):
    owner: Phrase
    unit: str
    amount: Amount
    of: Token
    rule: str


def find_conflicting_measures(
    amounts: Mapping[int, Amount], phrases: Phrases, actors: Sequence[Actor]
) -> Iterator[Conflict]:
    """Measures of the same unit and of the same actor, or of the same noun described in the same way."""
    persons = frozenset(actor.id for actor in actors if actor.kind == "person")
    buckets: dict[tuple[str, str], list[Measure]] = {}
    for amount in sorted(amounts.values(), key=lambda amount: amount.first.i):
        measure = _read(amount, phrases, persons)
        if measure is None:
            continue
        for key in sorted(measure.owner.actors) or [measure.owner.noun]:
            bucket = buckets.setdefault((measure.unit, key), [])
            for other in bucket[-_NEAREST:]:
                conflict = _to_conflict(other, measure)
                if conflict is not None:
                    yield conflict
            bucket.append(measure)


def _read(amount: Amount, phrases: Phrases, persons: frozenset[str]) -> Measure | None:
    owner = _age_of(amount)
    if owner is not None:
        phrase = phrases.phrase(owner)
        if len(phrase.actors) == 1 and phrase.actors <= persons and amount.exact:
            return Measure(phrase, _AGE, amount, owner, "contradictions.age")
        return None
    owner = _owner_of(amount)
    if owner is None or amount.part or not (amount.unit or amount.bearer.pos_ == "NUM"):
        return None
    phrase = phrases.phrase(owner)
    if phrase.is_pronoun and not phrase.actors:
        return None
    return Measure(phrase, amount.unit, amount, owner, "contradictions.measure")


def _age_of(amount: Amount) -> Token | None:
    """Whose age it is: `45-year-old Ann Lee`, `Ann Lee, 45,`, `Ann Lee is 45 years old`, `aged 45`."""
    if amount.low not in _AGES or (amount.first.i and amount.first.nbor(-1).lower_ == "then"):
        return None
    bearer, doc = amount.bearer, amount.first.doc
    if amount.unit == "year" and bearer.head.lower_ == "old":
        return _described(bearer.head)
    if amount.unit:
        return None
    before = amount.first.nbor(-1) if amount.first.i else None
    after = doc[amount.last.i + 1] if amount.last.i + 1 < len(doc) else None
    if before is None or after is None:
        return None
    if before.lower_ == "aged":
        return before.head if before.head.pos_ in ("PROPN", "NOUN") else None
    closed = (before.text == "," and after.text in (",", ".")) or (before.text == "(" and after.text == ")")
    if closed and before.i and before.nbor(-1).pos_ == "PROPN":
        return before.nbor(-1)
    if (
        bearer.dep_ in ("attr", "acomp")
        and bearer.head.lemma_ == "be"
        and after.is_punct
        and "." not in amount.first.text
    ):
        return find_subject(bearer.head).token
    return None


def _described(old: Token) -> Token | None:
    if old.dep_ in ("amod", "compound", "nmod"):
        return old.head
    if old.dep_ in ("acomp", "attr") and old.head.lemma_ == "be":
        return find_subject(old.head).token
    return old.head if old.dep_ == "appos" else old


def _owner_of(amount: Amount) -> Token | None:
    """What has the number: `a $5 million fine`, `a fine of $5 million`, `the fine was $5 million`, `lasted two hours`,
    `the committee's 12 members`, `a 12-member committee`."""
    bearer = amount.bearer
    above = bearer.head
    if bearer.dep_ in _BEFORE_NOUN and above.pos_ == "NOUN" and above.i > bearer.i:
        return above if amount.unit in ("dollar", "euro", "pound") or _is_hyphenated(amount) else None
    if bearer.dep_ == "pobj" and above.lower_ == "of" and above.head.pos_ == "NOUN" and above.head.i < amount.first.i:
        return above.head if amount.unit else None
    if above.lower_ == "worth":
        return find_subject(above.head).token if above.head.lemma_ == "be" else above.head
    if bearer.dep_ in _IN_VERB and above.pos_ in ("VERB", "AUX") and amount.unit:
        row = index_same_words().get((above.lemma_.lower(), "verb"))
        measures = above.lemma_ == "be" or (row is not None and row.kind == "measure")
        if measures and _holds(above):
            subject = find_subject(above).token
            return subject if subject is not None and subject.pos_ in ("NOUN", "PROPN", "PRON") else None
        return None
    if not amount.unit:
        return None
    whole = bearer.tag_ == "NNS" and any(child.dep_ == "det" and child.lower_ == "the" for child in bearer.lefts)
    return next((child for child in bearer.lefts if child.dep_ == "poss"), bearer if whole else None)


def _is_hyphenated(amount: Amount) -> bool:
    following = amount.last.nbor(1) if amount.last.i + 1 < len(amount.last.doc) else None
    return following is not None and following.text == "-"


def _holds(verb: Token) -> bool:
    status = find_status(verb)
    return not status.negated and status.modality == "asserted"


def _to_conflict(first: Measure, second: Measure) -> Conflict | None:
    if not first.amount.excludes(second.amount):
        return None
    likeness = liken(first.owner, second.owner)
    if likeness < 1:
        return None
    age = first.unit == _AGE
    known = bool(first.owner.actors) or (first.owner.definite and second.owner.definite)
    alike = first.owner.describing == second.owner.describing or bool(first.owner.actors)
    if not alike or (not known and not second.owner.definite):
        return None
    aligned = [(first.owner.head, second.owner.head)]
    if not age and first.amount.bearer != first.amount.last:
        aligned.append((first.amount.bearer, second.amount.bearer))
    certain = age and likeness == 2
    return Conflict(
        "description" if age else "number",
        *(first.owner.head, second.owner.head, first.amount.words, second.amount.words),
        tuple(aligned),
        first.rule,
        certain,
    )
