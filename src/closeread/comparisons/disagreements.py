"""In what a passage cannot hold together with a statement that it otherwise tells: one number, date or place for
another, a denial, a word that excludes the other, another actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from closeread.article import Span
from closeread.comparisons.meetings import SENSE, Meeting, liken
from closeread.comparisons.tellings import Teller, Telling, Term, count_denials
from closeread.comparisons.word_keys import find_opposites
from closeread.findings import Clause, Participant
from closeread.lexicons import resolve_country

DisagreementReason = Literal["number", "date", "place", "negation", "description", "actor"]

# A denial so many words before the first shared word may reach it.
_REACH = 3
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
    events = Events(meeting, here, there)
    yield from _numbers(meeting, events)
    yield from _dates(meeting, events)
    yield from _descriptions(meeting, here, there)
    yield from _places(meeting, events)
    yield from _denials(meeting, events)
    yield from _actors(meeting, events)


class Events:
    """The clauses of both sides, and which of them tell the same event."""

    def __init__(self, meeting: Meeting, here: Teller, there: Teller) -> None:
        self.here, self.there = here, there
        self.mine = here.clauses_in(meeting.here.start, meeting.here.end)
        self.theirs = there.clauses_in(meeting.there.start, meeting.there.end)
        self.shared = [
            (one, other)
            for term, match in meeting.pairs
            if (one := clause_of(term.start, self.mine)) and (other := clause_of(match.start, self.theirs))
            if liken(term, match) >= SENSE
        ]

    @property
    def asserted(self) -> list[tuple[Clause, Clause]]:
        """Those that both sides tell as a fact."""
        return [pair for pair in self.shared if all(clause.modality == "asserted" for clause in pair)]

    def are_of_one(self, here: int, there: int) -> bool:
        """Whether two places belong to clauses of one event: to the nearest predicate on each side."""
        one, other = _nearest(here, self.mine), _nearest(there, self.theirs)
        return one is None or other is None or (one, other) in self.shared


def clause_of(offset: int, clauses: Sequence[Clause]) -> Clause | None:
    return next((each for each in clauses if each.predicate.start <= offset < each.predicate.end), None)


def _nearest(offset: int, clauses: Sequence[Clause]) -> Clause | None:
    return min(clauses, key=lambda clause: abs(clause.predicate.start - offset), default=None)


def _numbers(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    for one in meeting.here.quantities:
        like = [other for other in meeting.there.quantities if one.is_like(other)]
        if one.part or not like or any(not one.excludes(other) for other in like):
            continue
        other = min(like, key=lambda each: abs(each.low - one.low))
        if not other.part and events.are_of_one(one.start, other.start):
            spent = tuple(term for term in meeting.here.terms if one.start <= term.start < one.end)
            places = events.here.span(one.start, one.end), events.there.span(other.start, other.end)
            yield Disagreement("number", *places, spent, "confrontation.number")


def _dates(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    for one in meeting.here.moments:
        like = [other for other in meeting.there.moments if one.is_comparable(other)]
        if not like or any(not one.excludes(other) for other in like):
            continue
        other = like[0]
        if events.are_of_one(one.start, other.start):
            spent = tuple(term for term in meeting.here.terms if one.start <= term.start < one.end)
            places = events.here.span(one.start, one.end), events.there.span(other.start, other.end)
            yield Disagreement("date", *places, spent, "confrontation.date")


def _descriptions(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    """`open` and `closed`, `praised` and `criticised`, where both are said or both denied."""
    for one in meeting.here.terms:
        if one.kind != "word" or meeting.meets(one.start, one.end):
            continue
        opposites = find_opposites(here.text[one.start : one.end].lower())
        for other in meeting.there.terms if opposites else ():
            if opposites & other.keys and other.start not in meeting.answered and one.negated == other.negated:
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


def _places(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    for one in _find_where(meeting.here.terms, events.here):
        if not meeting.meets(one.start, one.end):
            for other in _find_where(meeting.there.terms, events.there):
                if other.start not in meeting.answered and events.are_of_one(one.start, other.start):
                    yield _of_terms("place", one, other, (events.here, events.there), "confrontation.place")


def _find_where(terms: Sequence[Term], teller: Teller) -> Iterator[Term]:
    """Names after `in` and the like, also `in the village of Sarn`."""
    for term in terms:
        if not _is_place(teller.text[term.start : term.end], term):
            continue
        before = [unit.key for unit in teller.wording.units[max(0, term.unit - 4) : term.unit]]
        if before[-1:] == ["of"] and len(before) > 2:
            before = before[:-2]
        while before and before[-1] in ("the", "a", "an"):
            before.pop()
        if before and before[-1] in _WHERE:
            yield term


def _is_place(words: str, term: Term) -> bool:
    """A name that means no body or person: a country, or what no actor has."""
    return term.kind == "name" or (term.kind == "actor" and resolve_country(words) is not None)


def _denials(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    """One side says that it was done, the other that it was not. Of a statement that tells no event, any of its words
    may be denied, and so may the noun behind a light verb (`got no reply`)."""
    if count_denials(meeting.here, events.here) % 2 == count_denials(_stretch(meeting), events.there) % 2:
        return
    told = [one for one, _ in meeting.pairs if clause_of(one.start, events.mine)]
    for one, other in meeting.pairs:
        if one.kind != "word" or other.kind != "word" or liken(one, other) < SENSE:
            continue
        pair = clause_of(one.start, events.mine), clause_of(other.start, events.theirs)
        if (told and pair[0] is None) or (pair != (None, None) and pair not in events.asserted):
            continue
        if _is_denied(one, pair[0]) != _is_denied(other, pair[1]):
            places = (events.here, events.there)
            yield _of_terms("negation", one, other, places, "confrontation.denied", spent=())


def _stretch(meeting: Meeting) -> Telling:
    """The passage from a little before the first of the words that both have to the last."""
    first = min(other.unit for _, other in meeting.pairs)
    last = max(other.end for _, other in meeting.pairs)
    before = [term.end for term in meeting.there.terms if term.unit < first - _REACH]
    return replace(meeting.there, start=max(before, default=meeting.there.start), end=last)


def _is_denied(term: Term, clause: Clause | None) -> bool:
    return term.negated or (clause is not None and clause.negated)


def _actors(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    """The same is done to the same by somebody else, or by the same to somebody else; both are named."""
    for one, other in events.asserted:
        roles = (
            (one.agent, other.agent, one.patient, other.patient),
            (one.patient, other.patient, one.agent, other.agent),
        )
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
    """The names that say who it is."""
    inside = [term for term in terms if participant.start <= term.start < participant.end]
    return tuple(term for term in inside if term.kind == "actor" and any(key.startswith("name:") for key in term.keys))


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
