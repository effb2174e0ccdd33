"""Two accounts of one event that differ in one thing only: a number, a date, a place, or whether it was so.

Two accounts speak of one event where the predicate is the same, those who take part are the same as far as both name
them, and enough of it is told twice to tell it from another of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from closeread.analyses.accounts import Account, Phrase
from closeread.findings import ContradictionKind
from closeread.lexicons import resolve_country
from closeread.lexicons.senses import index_opposites

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRONG, _WEAK, _OPEN, _OTHER = 2, 1, 0, -1
# In one text the same predicate with the same word beside it is compared with this many before it.
_NEAREST = 8
# The key of accounts that tell a number, of people or of nothing named (`killed 12`).
_COUNTED = "number of"
_NEVER = 99


@dataclass(slots=True)
class Comparison:
    """How two accounts answer to each other: pairs of words that mean the same, and those that differ, by class.
    `weight` is how much is told twice, beside the predicate."""

    first: Account
    second: Account
    weight: int = 0
    aligned: list[tuple[Token, Token]] = field(default_factory=list)
    differing: list[tuple[ContradictionKind, tuple[Token, Token], tuple[Token, Token]]] = field(default_factory=list)
    is_other: bool = False
    is_exact: bool = True
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A pair of places with the words that conflict (the first and last token of each), what they share, the rule."""

    kind: ContradictionKind
    first: Token
    second: Token
    first_words: tuple[Token, Token]
    second_words: tuple[Token, Token]
    aligned: tuple[tuple[Token, Token], ...]
    rule: str
    certain: bool


def find_conflicting_accounts(accounts: Sequence[Account]) -> Iterator[Conflict]:
    """Only accounts of the same predicate, or of opposite ones, that share a word are compared."""
    buckets: dict[tuple[str, str], list[Account]] = {}
    for account in accounts:
        if account.status.modality != "asserted":
            continue
        seen = set[int]()
        for key in sorted(_keys(account)):
            for sense in (account.sense, *sorted(index_opposites().get((account.sense, "verb"), ()))):
                for other in buckets.get((sense, key), ())[-_NEAREST:]:
                    if id(other) not in seen:
                        seen.add(id(other))
                        yield from _to_conflicts(compare(other, account))
            buckets.setdefault((account.sense, key), []).append(account)


def _keys(account: Account) -> set[str]:
    named = {key for phrase in account.core for key in (*phrase.actors, phrase.noun) if key}
    return named | ({_COUNTED} if any(phrase.amount and not phrase.describing for phrase in account.core) else set())


def compare(first: Account, second: Account) -> Comparison:
    comparison = Comparison(first, second)
    comparison.aligned.append((first.token, second.token))
    for one, other in _answering(first, second):
        _compare_phrases(comparison, one, other, core=one in first.core)
    _align_across(comparison)
    _compare_moments(comparison)
    _compare_places(comparison)
    return comparison


def _align_across(comparison: Comparison) -> None:
    """What takes part in another role in each: `the attack killed two`, `two died in the attack`."""
    first, second = comparison.first, comparison.second
    known = {token for pair in comparison.aligned for token in pair}
    mine = [(role, phrase) for role, phrase in first.roles.items() if phrase.head not in known]
    theirs = [(role, phrase) for role, phrase in second.roles.items() if phrase.head not in known]
    for role, one in mine:
        for other_role, other in theirs:
            if role != other_role and liken(one, other) == _STRONG:
                comparison.aligned.append((one.head, other.head))
                comparison.weight += 1


def _answering(first: Account, second: Account) -> Iterator[tuple[Phrase, Phrase]]:
    """Phrases of the same role. The only participant of each answers to the other's, whatever the role: who dies and
    who survives."""
    alone = len(first.core) == len(second.core) == 1 and not first.roles.keys() & second.roles.keys() & _CORE
    if alone and not first.is_passive and not second.is_passive:
        yield first.core[0], second.core[0]
    if first.sense != second.sense and {len(first.core), len(second.core)} == {1, 2}:
        one, other = (first, second) if len(first.core) == 1 else (second, first)
        if "patient" in one.roles and "agent" in other.roles and not one.is_passive:
            pair = (one.roles["patient"], other.roles["agent"])
            yield pair if one is first else pair[::-1]
            return
    for role, other_role in (("recipient", "to"), ("to", "recipient")):
        if role in first.roles and other_role in second.roles:
            yield first.roles[role], second.roles[other_role]
    for role in first.roles:
        if role in second.roles:
            yield first.roles[role], second.roles[role]


# What was done in the end had not been done, or had been refused, before.
_IN_THE_END = frozenset({"belatedly", "eventually", "finally", "later", "ultimately"})
_CORE = frozenset({"agent", "patient", "recipient"})


def _compare_phrases(comparison: Comparison, one: Phrase, other: Phrase, *, core: bool) -> None:
    likeness = liken(one, other)
    if likeness == _OTHER:
        comparison.is_other = True
    light = comparison.first.kind == comparison.second.kind == "light"
    if one.amount is not None and other.amount is not None and likeness != _OTHER and not light:
        units = {one.amount.unit, other.amount.unit} - {""}
        if one.amount.part or other.amount.part or len(units) > 1:
            comparison.is_other = True
        elif one.amount.excludes(other.amount):
            comparison.differing.append(("number", one.amount.words, other.amount.words))
            comparison.is_exact &= one.amount.exact and other.amount.exact
            if one.noun:
                comparison.aligned.append((one.head, other.head))
            return
        elif one.amount.low == other.amount.low:
            likeness += 1
    if likeness > _OPEN:
        comparison.aligned.append((one.head, other.head))
        comparison.weight += likeness
        comparison.is_same |= core and likeness >= _STRONG and bool(one.actors)


def liken(one: Phrase, other: Phrase) -> int:
    """How surely two phrases mean the same: 2 the same actor, or the same noun described in the same way; 1 the same
    noun; 0 nothing tells; -1 others."""
    if one.amount and other.amount and not (one.describing <= other.describing or other.describing <= one.describing):
        return _OTHER
    if one.actors and other.actors:
        if one.actors == other.actors:
            return _WEAK if one.is_pronoun or other.is_pronoun else _STRONG
        return _WEAK if one.actors <= other.actors or other.actors <= one.actors else _OTHER
    if one.is_pronoun or other.is_pronoun:
        return _OPEN
    if one.amount and other.amount and not (one.noun and other.noun):
        return _OPEN
    if one.noun != other.noun:
        return _OTHER
    if one.describing == other.describing:
        return _STRONG if one.describing or (one.definite and other.definite) else _WEAK
    return _WEAK if one.describing <= other.describing or other.describing <= one.describing else _OTHER


def _compare_moments(comparison: Comparison) -> None:
    for one in comparison.first.when:
        for other in comparison.second.when:
            words = one.excludes(other)
            if words is not None:
                comparison.differing.append(("date", (words[0], words[0]), (words[1], words[1])))
            elif one.equals(other):
                comparison.aligned.append((one.fields[0][2], other.fields[0][2]))
                comparison.weight += 1


def _compare_places(comparison: Comparison) -> None:
    if not comparison.first.where or not comparison.second.where:
        return
    texts = {place.head.text: place.head for place in comparison.first.where}
    same = [(texts[place.head.text], place.head) for place in comparison.second.where if place.head.text in texts]
    if same:
        comparison.aligned += same
        comparison.weight += 1
    else:
        one, other = comparison.first.where[0].head, comparison.second.where[0].head
        if (resolve_country(one.text) is None) == (resolve_country(other.text) is None):
            comparison.differing.append(("place", (one, one), (other, other)))
        else:
            comparison.is_exact = False


def _to_conflicts(comparison: Comparison) -> Iterator[Conflict]:
    first, second = comparison.first, comparison.second
    if comparison.is_other:
        return
    if first.sense != second.sense or first.status.negated != second.status.negated:
        denial = _to_denial(comparison)
        if denial is not None:
            yield denial
    elif not first.status.negated and not {first.tense, second.tense} >= {"future", "past"}:
        yield from _to_differences(comparison)


def _to_differences(comparison: Comparison) -> Iterator[Conflict]:
    """Where two accounts differ in several things they may be of two events, and none is certain."""
    first, second = comparison.first, comparison.second
    kinds = {kind for kind, _, _ in comparison.differing}
    once = "once" in (first.kind, second.kind)
    if len(kinds) > 1 and not (once and comparison.is_same):
        return
    for kind, one, other in comparison.differing:
        if comparison.weight >= _least(kind, comparison):
            certain = len(kinds) == 1 and once and comparison.is_exact and comparison.is_same
            aligned = tuple(comparison.aligned)
            yield Conflict(kind, first.token, second.token, one, other, aligned, _RULES[kind], certain)


_RULES: dict[ContradictionKind, str] = {
    "number": "contradictions.number",
    "date": "contradictions.date",
    "place": "contradictions.place",
}


def _least(kind: ContradictionKind, comparison: Comparison) -> int:
    """How much two accounts must tell alike, beside the predicate, to be shown: more where it may happen often."""
    first, second = comparison.first, comparison.second
    once = first.kind == "once"
    if kind != "number":
        return 1 if once or "light" in (first.kind, second.kind) else 2
    dated = [any(moment.is_dated for moment in account.when) for account in (first, second)]
    if bool(first.when) != bool(second.when) and (not once or (any(dated) and not comparison.is_same)):
        return _NEVER  # `killed 12`, `killed 30 last November`
    others = min(len(first.core), len(second.core)) > 1
    return int(others or not once)


def _to_denial(comparison: Comparison) -> Conflict | None:
    """The same said to be so and not so, or its opposite. What is denied must be no narrower than what is said."""
    first, second = comparison.first, comparison.second
    nominal = "NOUN" in (first.token.pos_, second.token.pos_)
    if comparison.differing or (nominal and first.sense != second.sense):
        return None
    same = first.sense == second.sense
    if same == (first.status.negated == second.status.negated) or (not same and first.status.negated):
        return None
    if {"future", "pluperfect"} & {first.tense, second.tense} and first.tense != second.tense:
        return None
    denied, said = (first, second) if first.status.negated else (second, first)
    if said.limits & _IN_THE_END and not any(child.lower_ == "never" for child in denied.token.children):
        return None
    if same and not said.tense:  # `from entering` and `the arrest` do not say that it was so
        return None
    reply = denied.kind == "reply"
    if same and not reply and not (denied.roles.keys() - _CORE) <= said.roles.keys():
        return None
    if (
        _restricts(denied, said)
        or (not same and _complement(first) != _complement(second))
        or len(comparison.aligned) < 2
    ):
        return None
    if comparison.weight < 2 or not _answers(comparison, denied, said, same):
        return None
    rule = "contradictions.negated" if same else "contradictions.opposite-verb"
    certain = same and comparison.weight >= 4 and first.tense == second.tense
    one, other = first.token, second.token
    return Conflict("denial", one, other, (one, one), (other, other), tuple(comparison.aligned), rule, certain)


def _answers(comparison: Comparison, denied: Account, said: Account, same: bool) -> bool:
    """Whether all who take part in what is denied take part in what is told; and who it is done to, the other way
    round. Of opposite verbs, all do."""
    aligned = {token for pair in comparison.aligned for token in pair}
    undergoing = [phrase for role, phrase in said.roles.items() if role == "patient"]
    whole = denied.token.dep_ == "xcomp" or denied.kind == "reply"
    if whole and "patient" not in denied.roles:  # `refused to answer` denies any answer
        undergoing = []
    must = [*denied.core, *(undergoing if same else said.core)]
    return all(phrase.head in aligned or phrase.is_nobody or phrase.is_pronoun for phrase in must)


def _complement(account: Account) -> frozenset[str]:
    """What is refused, or agreed to."""
    return frozenset(limit for limit in account.limits if limit.startswith("to "))


def _restricts(denied: Account, said: Account) -> bool:
    return bool(denied.limits - said.limits)
