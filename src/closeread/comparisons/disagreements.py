"""In what a passage cannot hold together with a statement that it otherwise tells: one number, date or place for
another, a denial, a word that excludes the other, another actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from closeread.article import Span
from closeread.comparisons.meetings import SAME, SENSE, Meeting, liken
from closeread.comparisons.tellings import Teller, Term, count_denials
from closeread.comparisons.word_keys import find_opposites
from closeread.findings import Clause, Participant
from closeread.lexicons import resolve_country

DisagreementReason = Literal["number", "date", "place", "negation", "description", "actor"]

_WHERE = frozenset({"in", "at", "near", "off", "outside", "inside"})
_DIRECTIONS = frozenset({"northern", "southern", "eastern", "western", "north", "south", "east", "west"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The words that exclude each other; `spent` are the terms of the statement that they stand for;
    `is_event` is false for what something is said to be."""

    reason: DisagreementReason
    here: Span
    there: Span
    spent: tuple[Term, ...]
    rule: str
    is_event: bool = True


def find_disagreements(meeting: Meeting, here: Teller, there: Teller) -> Iterator[Disagreement]:
    """All that the words allow, the most exact classes first. Whether enough else is told is not asked here."""
    events = Events(meeting, here, there)
    yield from _numbers(meeting, events)
    yield from _dates(meeting, events)
    yield from _descriptions(meeting, events)
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
        # `make` and `get` are no terms; they tell the same event where they are the same verb.
        self.shared += [(one, other) for one in self.mine for other in self.theirs if one.lemma == other.lemma]

    @property
    def alike(self) -> list[tuple[Clause, Clause]]:
        """Those that both sides tell in one way: as a fact, as possible."""
        return [(one, other) for one, other in self.shared if one.modality == other.modality != "hypothetical"]

    @property
    def are_alike(self) -> bool:
        """Whether no event is told as a fact by one side alone."""
        return all((one.modality == "asserted") == (other.modality == "asserted") for one, other in self.shared)

    def have_other_roles(self, meeting: Meeting) -> bool:
        """Whether in an event that both tell somebody else acts, or is acted on."""
        return any(
            _are_apart(meeting, mine, theirs)
            for one, other in self.shared
            for mine, theirs in ((one.agent, other.agent), (one.patient, other.patient))
            if mine is not None and theirs is not None
        )

    def are_of_one(self, here: int, there: int) -> bool:
        """Whether two places belong to clauses of one event, each to the predicate before it."""
        one, other = _nearest(here, self.mine), _nearest(there, self.theirs)
        return one is None or other is None or (one, other) in self.shared


def _are_apart(meeting: Meeting, mine: Participant, theirs: Participant) -> bool:
    """Whether two participants share no term though both have some."""
    here = {term.start for term in meeting.here.terms if mine.start <= term.start < mine.end}
    there = {term.start for term in meeting.there.terms if theirs.start <= term.start < theirs.end}
    if any(one.start in here and other.start in there for one, other in meeting.pairs):
        return False
    named_before = {term.start for term in meeting.beside if term.kind == "actor"}
    pronouns = {term.start for term in meeting.there.terms if term.kind == "pronoun"}
    return bool(here and there) and not (here & named_before and there <= pronouns)


def clause_of(offset: int, clauses: Sequence[Clause]) -> Clause | None:
    return next((each for each in clauses if each.predicate.start <= offset < each.predicate.end), None)


def _nearest(offset: int, clauses: Sequence[Clause]) -> Clause | None:
    """The clause whose predicate stands last before a place, else the first one after it."""
    before = [clause for clause in clauses if clause.predicate.start <= offset]
    return before[-1] if before else next(iter(clauses), None)


def _numbers(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    mine = meeting.here.quantities
    for one in mine:
        like = [other for other in meeting.there.quantities if one.is_like(other)]
        if one.part or any(not one.excludes(other) for other in like):
            continue
        told = [each for each in mine if not each.counts or each.is_like(one)]  # `200 of them` counts what was named
        like = [other for other in like if all(each.excludes(other) for each in told)]
        if not like:
            continue
        other = min(like, key=lambda each: abs(each.low - one.low))
        if not other.part and events.are_of_one(one.start, other.start):
            spent = tuple(term for term in meeting.here.terms if one.start <= term.start < one.end)
            places = events.here.span(one.start, one.end), events.there.span(other.start, other.end)
            yield Disagreement("number", *places, spent, "confrontation.number")


def _dates(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    mine = meeting.here.moments
    for one in mine:
        like = [other for other in meeting.there.moments if one.is_comparable(other)]
        fields = {name for name, _ in one.fields}
        told = [each for each in mine if fields == {name for name, _ in each.fields}]
        if any(not each.excludes(other) for each in (one, *told) for other in like):
            continue  # `from 2000 to 2006` and `from 2006 to 2012`
        if like and events.are_of_one(one.start, like[0].start):
            spent = tuple(term for term in meeting.here.terms if one.start <= term.start < one.end)
            places = events.here.span(one.start, one.end), events.there.span(like[0].start, like[0].end)
            yield Disagreement("date", *places, spent, "confrontation.date")


def _descriptions(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    """`open` and `closed`, `praised` and `criticised`, where both are said or both denied."""
    for one in meeting.here.terms:
        if one.kind != "word" or meeting.meets(one.start, one.end):
            continue  # said on both sides, whatever else is said there
        word = events.here.text[one.start : one.end].lower()
        opposites = find_opposites(word)
        for other in meeting.there.terms if opposites else ():
            if opposites & other.keys and other.start not in meeting.answered and one.negated == other.negated:
                if not _are_of_one_noun(meeting, one, other) or not _have_same_roles(meeting, one, other, events):
                    continue
                reason: DisagreementReason = "place" if word in _DIRECTIONS else "description"
                found = _of_terms(reason, one, other, (events.here, events.there), "confrontation.opposites")
                yield replace(found, is_event=all(key.startswith("verb:") for key in opposites & other.keys))


def _are_of_one_noun(meeting: Meeting, one: Term, other: Term) -> bool:
    """Not where each stands before a noun of its own: `a new engine`, `the old mill`."""
    nouns = [
        next((term for term in telling.terms if term.unit == word.unit + 1), None)
        for telling, word in ((meeting.here, one), (meeting.there, other))
    ]
    return None in nouns or (nouns[0], nouns[1]) in meeting.pairs


def _have_same_roles(meeting: Meeting, one: Term, other: Term, events: Events) -> bool:
    """Who praises must be who criticises, and what is praised what is criticised, where both sides tell it."""
    mine, theirs = clause_of(one.start, events.mine), clause_of(other.start, events.theirs)
    if mine is None or theirs is None:
        return True
    roles = ((mine.agent, theirs.agent), (mine.patient, theirs.patient))
    apart = any(first and second and _are_apart(meeting, first, second) for first, second in roles)
    return mine.modality == theirs.modality and not apart


def _places(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    for one in _find_where(meeting.here.terms, events.here):
        if not meeting.meets(one.start, one.end):
            for other in _find_where(meeting.there.terms, events.there):
                if other.start not in meeting.answered and events.are_of_one(one.start, other.start):
                    yield _of_terms("place", one, other, (events.here, events.there), "confrontation.place")


def _find_where(terms: Sequence[Term], teller: Teller) -> Iterator[Term]:
    """Names of places after `in` and the like; any name in `in the village of Sarn`."""
    for term in terms:
        if term.kind not in ("name", "actor") or not teller.text[term.start].isupper():
            continue
        before = [unit.key for unit in teller.wording.units[max(0, term.unit - 5) : term.unit]]
        kind_of_place = before[-1:] == ["of"] and len(before) > 2
        before = before[:-2] if kind_of_place else before
        while before and before[-1] in ("the", "a", "an"):
            before.pop()
        if before and before[-1] in _WHERE and (kind_of_place or _is_place(teller.text[term.start : term.end], term)):
            yield term


def _is_place(words: str, term: Term) -> bool:
    """A name that means no body or person: a country, or what no actor has."""
    return term.kind == "name" or (term.kind == "actor" and resolve_country(words) is not None)


def _denials(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    """One side says that it was done, the other that it was not. Of a statement that tells no event, any of its words
    may be denied, so may the noun behind a light verb (`got no reply`), and any word where all others are the same."""
    if not is_denied_on_one_side(meeting, events.here, events.there):
        return
    told = [one for one, _ in meeting.pairs if clause_of(one.start, events.mine)]
    if not told and any(term.kind == "word" for term in meeting.missing):
        return
    whole = not meeting.missing and all(liken(one, other) == SAME for one, other in meeting.pairs)
    for one, other in meeting.pairs:
        if one.kind != "word" or other.kind != "word" or liken(one, other) < SENSE:
            continue
        pair = clause_of(one.start, events.mine), clause_of(other.start, events.theirs)
        if None in pair and liken(one, other) < SAME:
            continue
        if not whole and ((told and pair[0] is None) or (pair not in events.alike and None not in pair)):
            continue
        if _is_denied(one, pair[0]) != _is_denied(other, pair[1]):
            places = (events.here, events.there)
            yield _of_terms("negation", one, other, places, "confrontation.denied", spent=())


def is_denied_on_one_side(meeting: Meeting, here: Teller, there: Teller) -> bool:
    """By the number of words of denial around the words that both have."""
    met = [other for _, other in meeting.pairs]
    answer = count_denials(there, min(other.start for other in met), max(other.end for other in met))
    return count_denials(here, meeting.here.start, meeting.here.end) % 2 != answer % 2


def _is_denied(term: Term, clause: Clause | None) -> bool:
    return term.negated or (clause is not None and clause.negated)


def _actors(meeting: Meeting, events: Events) -> Iterator[Disagreement]:
    """The same is done to the same by somebody else, or by the same to somebody else; both are named."""
    for one, other in events.alike:
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
            alike = {events.here.kind_of(term) for term in spent} == {events.there.kind_of(term) for term in free}
            if spent and free and apart and alike and meeting.meets(my_other.start, my_other.end):
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
