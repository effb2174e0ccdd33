"""Where other texts say what a statement says, in whatever words: sentence by sentence, with the words it rests on.

The share of what a statement tells that a sentence tells too is that of confrontations (`meetings.py`); words that many
sentences of the texts share count little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from closeread.article import Span
from closeread.comparisons.covered_texts import CoveredText
from closeread.comparisons.matrix import SharedBy, SharedWords
from closeread.comparisons.meetings import Meeting, Weights, meet
from closeread.comparisons.tellings import Telling, Term
from closeread.findings import Clause, Statement

# A statement of fewer terms tells too little to be found again.
LEAST_TERMS = 3
# Shares from which on a statement is found, and from which on it is possible; below the last it is surely not there.
# Set on BASIL 2010-2016 (November 2026): of pairs at 0.7 and more nine in ten say the same, of those between about
# half; a higher second threshold reports more of what was removed, and more that stands there in other words.
FOUND, POSSIBLE, ABSENT = 0.7, 0.36, 0.1
# Sentences are held against a statement where so much of it could stand in them.
_WORTH_A_LOOK = 0.25
_MOST_LOOKS = 3
_OTHER_NUMBER, _NO_NUMBER, _DENIED, _SWAPPED = 0.6, 0.85, 0.65, 0.5
# Names that both give make no statement.
_NAMES_ALONE = 0.6
_NAMED = ("actor", "name", "pronoun")
_FEW = {0: 0.0, 1: 0.4, 2: 0.8}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with what it tells; `sentence` is the index of its sentence, -1 where it has none."""

    text: int
    statement: Statement
    telling: Telling
    sentence: int


@dataclass(frozen=True, slots=True)
class Again:
    """A sentence that tells a statement again, wholly or in part: `score` from 0 to 1."""

    sentence: int
    score: float
    meeting: Meeting


class SameStatements:
    """The statements of several texts, and where each is said again."""

    def __init__(self, texts: Sequence[CoveredText]) -> None:
        self.texts = texts
        self.sentences = [
            (number, text.teller.tell(each.start, each.end))
            for number, text in enumerate(texts)
            for each in text.teller.sentences
        ]
        self._numbers = {(text, telling.start): at for at, (text, telling) in enumerate(self.sentences)}
        self._weights = Weights(telling.terms for _, telling in self.sentences)
        self._index: dict[str, list[int]] = defaultdict(list)
        for at, (_, telling) in enumerate(self.sentences):
            for key in {key for term in telling.terms for key in term.keys}:
                self._index[key].append(at)

    @cached_property
    def said(self) -> list[Said]:
        """The statements that tell enough, in the order of the texts."""
        return [said for number, text in enumerate(self.texts) for said in self._list(number, text)]

    def _list(self, number: int, text: CoveredText) -> Iterator[Said]:
        for statement in text.reading.statements:
            said = self.to_said(number, statement)
            if sum(term.kind != "pronoun" for term in said.telling.terms) >= LEAST_TERMS:
                yield said

    def to_said(self, number: int, statement: Statement) -> Said:
        teller = self.texts[number].teller
        telling = teller.tell(statement.place.start, statement.place.end)
        sentence = teller.sentence_at(statement.place.start)
        return Said(number, statement, telling, self._numbers[number, sentence.start] if sentence else -1)

    def find_again(self, said: Said) -> dict[int, Again]:
        """The best sentence of each text that has one, the first of several as good; in the text of the statement
        itself one of the others."""
        best: dict[int, Again] = {}
        for at in self._look(said):
            text = self.sentences[at][0]
            again = self.hold_against(said, at)
            if text not in best or again.score > best[text].score:
                best[text] = again
        return best

    def _look(self, said: Said) -> Iterator[int]:
        """The sentences of each text that could tell most of it."""
        weights = [self._weights.of(term) for term in said.telling.terms]
        least = _WORTH_A_LOOK * sum(weights)
        held: dict[int, float] = defaultdict(float)
        for term, weight in zip(said.telling.terms, weights, strict=True):
            for at in {at for key in term.keys for at in self._index.get(key, ())}:
                held[at] += weight
        by_text: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for at, weight in held.items():
            if weight >= least and not self._is_own(said, at):
                by_text[self.sentences[at][0]].append((-weight, at))
        for text in sorted(by_text):
            yield from sorted(at for _, at in sorted(by_text[text])[:_MOST_LOOKS])

    def _is_own(self, said: Said, at: int) -> bool:
        text, telling = self.sentences[at]
        return text == said.text and telling.start < said.telling.end and said.telling.start < telling.end

    def hold_against(self, said: Said, at: int) -> Again:
        number, telling = self.sentences[at]
        meeting = meet(said.telling, telling, self._around(at), self._weights)
        score = meeting.cover * self._lessen(said, number, meeting)
        return Again(at, round(score, 3), meeting)

    def _around(self, at: int) -> list[Term]:
        number = self.sentences[at][0]
        near = [each for each in (at - 1, at + 1) if 0 <= each < len(self.sentences)]
        return [term for each in near if self.sentences[each][0] == number for term in self.sentences[each][1].terms]

    def _lessen(self, said: Said, number: int, meeting: Meeting) -> float:
        """What is left of the share where a number, a denial or who does it to whom is another."""
        pairs = [(one, other) for one, other in meeting.pairs if one.kind != "pronoun"]
        left = _FEW.get(len(pairs), 1.0)
        if all(one.kind in _NAMED for one, _ in pairs) and any(one.kind not in _NAMED for one in said.telling.terms):
            left *= _NAMES_ALONE
        if any(one.negated != other.negated for one, other in pairs):
            left *= _DENIED
        left *= _compare_numbers(meeting)
        if self._is_swapped(said, number, meeting.there):
            left *= _SWAPPED
        return left

    def _is_swapped(self, said: Said, number: int, there: Telling) -> bool:
        """Whether the agent of the one is the patient of the other, for the same predicate."""
        for clause in self.texts[said.text].teller.clauses_in(said.telling.start, said.telling.end):
            for other in self.texts[number].teller.clauses_in(there.start, there.end):
                if clause.lemma == other.lemma:
                    one, two = self._roles(said.text, clause), self._roles(number, other)
                    if one[0] & two[1] - two[0] or one[1] & two[0] - two[1]:
                        return True
        return False

    def _roles(self, number: int, clause: Clause) -> tuple[set[str], set[str]]:
        shared = self.texts[number].shared
        agent, patient = (
            {shared.get(each, each) for each in role.actors} if role else set()
            for role in (clause.agent, clause.patient)
        )
        return agent, patient

    def measure(self, here: Said, there: Said) -> float:
        """The share of a statement that another statement tells, nothing beside it counted."""
        meeting = meet(here.telling, there.telling, (), self._weights)
        return meeting.cover * self._lessen(here, there.text, meeting)

    def locate(self, again: Again) -> Span:
        """The shortest statement of the sentence that holds the words it rests on, else the sentence."""
        number, telling = self.sentences[again.sentence]
        text = self.texts[number]
        starts = {other.start for _, other in again.meeting.pairs}
        places = [
            each.place
            for each in text.teller.statements_in(telling.start, telling.end)
            if all(each.place.start <= start < each.place.end for start in starts)
        ]
        return min(places, key=lambda place: (len(place.text), place.start), default=None) or text.teller.span(
            telling.start, telling.end
        )

    def explain(self, said: Said, again: Again) -> tuple[SharedWords, ...]:
        here, there = self.texts[said.text].teller, self.texts[self.sentences[again.sentence][0]].teller
        return tuple(
            SharedWords(here.span(one.start, one.end), there.span(other.start, other.end), _tell_by(one, other))
            for one, other in again.meeting.pairs
        )


def _compare_numbers(meeting: Meeting) -> float:
    here, there = meeting.here.quantities, meeting.there.quantities
    told = {one.start for one, _ in meeting.pairs}
    left = [each for each in here if each.start not in told]
    if not left:
        return 1.0
    other = any(one.is_like(two) and one.excludes(two) for one in left for two in there)
    return _OTHER_NUMBER if other else _NO_NUMBER


def _tell_by(one: Term, other: Term) -> SharedBy:
    shared = one.keys & other.keys
    if any(key.startswith("@") for key in shared):
        return "actor"
    if one.kind == "number":
        return "number"
    if one.kind == "moment":
        return "time"
    if any(key.startswith("name:") for key in shared):
        return "name"
    if one.key == other.key or any(key.startswith("stem:") for key in shared):
        return "word"
    return "near" if all(key.startswith("near:") for key in shared) else "meaning"
