"""In what a passage cannot hold together with a statement that it otherwise tells: one number, date or place for
another, a denial, a word that excludes the other, another actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from closeread.article import Span
from closeread.comparisons.meetings import Meeting
from closeread.comparisons.tellings import Teller, Term
from closeread.comparisons.word_keys import find_opposites
from closeread.findings import Clause, Participant

DisagreementReason = Literal["number", "date", "place", "negation", "description", "actor"]

_WHERE = frozenset({"in", "at", "near", "off", "outside", "inside"})
_DIRECTIONS = frozenset({"northern", "southern", "eastern", "western", "north", "south", "east", "west"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The words that exclude each other; `spent` are the terms of the statement that they stand for."""

    reason: DisagreementReason
    here: Span
    there: Span
    spent: tuple[Term, ...]
    rule: str


def find_disagreements(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    """All that the words allow, the most exact classes first. Whether enough else is told is not asked here."""
    yield from _numbers(meeting, here, there)
    yield from _dates(meeting, here, there)
    yield from _descriptions(meeting, here, there)
    yield from _places(meeting, here, there)
    yield from _denials(meeting, here, there)
    yield from _actors(meeting, here, there)


def _numbers(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    for one in meeting.here.quantities:
        like = [other for other in meeting.there.quantities if one.is_like(other)]
        if one.part or not like or any(not one.excludes(other) for other in like):
            continue
        other = min(like, key=lambda each: abs(each.low - one.low))
        if not other.part:
            spent = tuple(term for term in meeting.here.terms if one.start <= term.start < one.end)
            places = here.span(one.start, one.end), there.span(other.start, other.end)
            yield Disagreement("number", *places, spent, "confrontation.number")


def _dates(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    for one in meeting.here.moments:
        like = [other for other in meeting.there.moments if one.is_comparable(other)]
        if not like or any(not one.excludes(other) for other in like):
            continue
        other = like[0]
        spent = tuple(term for term in meeting.here.terms if one.start <= term.start < one.end)
        places = here.span(one.start, one.end), there.span(other.start, other.end)
        yield Disagreement("date", *places, spent, "confrontation.date")


def _descriptions(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    """`open` and `closed`, `praised` and `criticised`, where both are said or both denied."""
    for one in meeting.here.terms:
        if one.kind != "word":
            continue
        opposites = find_opposites(here.text[one.start : one.end].lower())
        for other in meeting.there.terms if opposites else ():
            if opposites & other.keys and not opposites & one.keys and one.negated == other.negated:
                if not _are_of_one_noun(meeting, one, other):
                    continue
                word = here.text[one.start : one.end].lower()
                reason: DisagreementReason = "place" if word in _DIRECTIONS else "description"
                yield _of_terms(reason, one, other, (here, there), "confrontation.opposites")


def _are_of_one_noun(meeting: Meeting, one: Term, other: Term) -> bool:
    """Not where each stands before a noun of its own: `a new engine`, `the old mill`."""
    nouns = [
        next((term for term in telling.terms if term.unit == word.unit + 1), None)
        for telling, word in ((meeting.here, one), (meeting.there, other))
    ]
    return None in nouns or (nouns[0], nouns[1]) in meeting.pairs


def _places(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    for one in _find_where(meeting.here.terms, here):
        if one in meeting.missing or one in meeting.beside:
            others = [other for other in _find_where(meeting.there.terms, there) if other.start not in meeting.answered]
            for other in others[:1]:
                yield _of_terms("place", one, other, (here, there), "confrontation.place")


def _find_where(terms: Sequence[Term], teller: Teller) -> Iterator[Term]:
    """Names after `in` and the like, also `in the village of Sarn`."""
    for term in terms:
        if term.kind not in ("name", "actor") or not teller.text[term.start].isupper():
            continue
        before = [unit.key for unit in teller.wording.units[max(0, term.unit - 4) : term.unit]]
        if before[-1:] == ["of"] and len(before) > 2:
            before = before[:-2]
        while before and before[-1] in ("the", "a", "an"):
            before.pop()
        if before and before[-1] in _WHERE:
            yield term


def _denials(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    """One side says so, the other says that it is not so."""
    said = [one for one in meeting.here.terms if one.negated]
    denied = [other for _, other in meeting.pairs if other.negated]
    if bool(said) == bool(denied) or not meeting.pairs:
        return
    pair = next(((one, other) for one, other in meeting.pairs if one.negated != other.negated), meeting.pairs[-1])
    yield _of_terms("negation", *pair, (here, there), "confrontation.denied", spent=())


def _actors(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    """The same is done to the same by somebody else, or by the same to somebody else."""
    for one in here.clauses_in(meeting.here.start, meeting.here.end):
        for other in there.clauses_in(meeting.there.start, meeting.there.end):
            if _is_told(meeting, one, other):
                yield from _other_role(meeting, one, other, (here, there))


def _is_told(meeting: Meeting, one: Clause, other: Clause) -> bool:
    return any(
        one.predicate.start <= term.start < one.predicate.end
        and other.predicate.start <= match.start < other.predicate.end
        for term, match in meeting.pairs
    )


def _other_role(meeting: Meeting, one: Clause, other: Clause, tellers: tuple[Teller, Teller]) -> Iterator[Disagreement]:
    roles = ((one.agent, other.agent, one.patient, other.patient), (one.patient, other.patient, one.agent, other.agent))
    for mine, theirs, my_other, their_other in roles:
        if mine is None or theirs is None or my_other is None or their_other is None:
            continue
        spent, free = _who(meeting.here.terms, mine), _who(meeting.there.terms, theirs)
        apart = not any(meeting.meets(term.start, term.end) for term in spent)
        apart &= not any(term.start in meeting.answered for term in free)
        if spent and free and apart and meeting.meets(my_other.start, my_other.end):
            places = Span(mine.start, mine.end, mine.text), Span(theirs.start, theirs.end, theirs.text)
            yield Disagreement("actor", *places, spent, "confrontation.other-actor")


def _who(terms: Sequence[Term], participant: Participant) -> tuple[Term, ...]:
    """The terms that say who it is: names where there are any; none for a pronoun alone."""
    inside = [term for term in terms if participant.start <= term.start < participant.end]
    actors = [term for term in inside if term.kind in ("actor", "name")]
    named = [term for term in actors if any(key.startswith("name:") for key in term.keys)]
    return tuple(named or [term for term in actors if len(term.keys) > 1])


def _of_terms(
    reason: DisagreementReason,
    one: Term,
    other: Term,
    tellers: tuple[Teller, Teller],
    rule: str,
    *,
    spent: tuple[Term, ...] | None = None,
) -> Disagreement:
    places = tellers[0].span(one.start, one.end), tellers[1].span(other.start, other.end)
    return Disagreement(reason, *places, (one,) if spent is None else spent, rule)
