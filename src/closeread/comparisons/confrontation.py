"""A statement held against documents: the passages that bear on it, and whether they say the same, cannot hold
together with it, or only speak of the same.

No document is supposed to be right. That nothing was found says nothing about the statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from closeread.article import Span
from closeread.comparisons.disagreements import (
    Disagreement,
    DisagreementReason,
    Events,
    clause_of,
    find_disagreements,
    is_denied_on_one_side,
)
from closeread.comparisons.meetings import BESIDE, Meeting, Weights, measure_run, meet
from closeread.comparisons.shared_actors import find_shared_actors
from closeread.comparisons.tellings import Teller, Telling, Term, count_denials
from closeread.findings import Aligned, Reading, Statement, Voice

ConfrontationKind = Literal["supports", "disagrees", "mentions", "nothing"]
PassageKind = Literal["supports", "disagrees", "mentions"]

# What is asked or called for states nothing.
_STATED = frozenset({"fact", "number", "cause", "judgement", "prediction"})
_LEAST_TERMS, _LEAST_SHARED, _SHORT = 2, 2, 3
# How much of the statement a passage tells. Set on the constructed cases and on BASIL 2010-2016 (November 2026).
_SUPPORTS, _DISAGREES, _MENTIONS = 0.62, 0.6, 0.3
# From here on what says the same is certain, if it rests on so many words besides pronouns. What disagrees never is: in
# untouched articles too little of it was right to set a threshold.
_CERTAIN, _LEAST_CERTAIN = 0.88, 3
# Such a share of the words in a row is the same wording.
_SAME_WORDS = 0.8
_MOST_PASSAGES = 3
_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document that bears on a statement. `article` is the `Article.id` of the document. `here` and
    `there` are the words that cannot hold together, None where nothing disagrees; `aligned` the words by which both
    speak of the same, `first` in the statement. `score` is the share of what the statement tells that the passage
    tells too (0 to 1), without the words that disagree, rare words counting more."""

    article: str
    place: Span
    kind: PassageKind
    reason: DisagreementReason | None
    here: Span | None
    there: Span | None
    aligned: tuple[Aligned, ...]
    voice: Voice
    attribution: str | None
    score: float
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Confrontation:
    """One statement and the passages that bear on it, the nearest first, at most three. `kind` is that of the first
    passage; `nothing` where none was found. `article` and `statement` are `Article.id` and `Statement.id`."""

    id: str
    article: str
    statement: str
    place: Span
    kind: ConfrontationKind
    passages: tuple[Passage, ...]
    rule: str
    certain: bool


def confront(
    reading: Reading, documents: Sequence[Reading], *, statements: Sequence[Statement] | None = None
) -> tuple[Confrontation, ...]:
    """One finding per statement, in the order of the text: of all that states something, or of those given. Raises
    ValueError where there is no document. A document that is the reading itself is passed over."""
    others = [document for document in documents if document.article.id != reading.article.id]
    if not others:
        raise ValueError(f"{reading.article.source}: no document was given to hold its statements against")
    chosen = [each for each in reading.statements if each.kind in _STATED] if statements is None else statements
    confronter = _Confronter(reading, others)
    found = (confronter.confront(statement) for statement in chosen)
    return tuple(replace(each, id=f"v{number}") for number, each in enumerate(found, 1))


class _Confronter:
    """Documents made ready once, for the statements of one reading."""

    def __init__(self, reading: Reading, documents: Sequence[Reading]) -> None:
        shared = _name_actors([reading, *documents])
        self._here = Teller(reading, shared[reading.article.id])
        self._documents = [Teller(document, shared[document.article.id]) for document in documents]
        self._passages = [
            (teller, at, teller.tell(sentence.start, sentence.end))
            for teller in self._documents
            for at, sentence in enumerate(teller.sentences)
        ]
        self._weights = Weights(telling.terms for _, _, telling in self._passages)
        self._index = defaultdict[str, list[int]](list)
        for number, (_, _, telling) in enumerate(self._passages):
            for key in sorted({key for term in telling.terms for key in term.keys}):
                self._index[key].append(number)

    def confront(self, statement: Statement) -> Confrontation:
        here = self._here.tell(statement.place.start, statement.place.end)
        passages: list[Passage] = []
        enough = len({term.key for term in here.terms}) >= _LEAST_TERMS
        rule = "confrontation.nothing" if enough else "confrontation.few-words"
        if enough:
            numbers = sorted({at for term in here.terms for key in term.keys for at in self._index.get(key, ())})
            passages = [found for at in numbers if (found := self._judge(here, at)) is not None]
        passages.sort(key=_rank)
        best = passages[0] if passages else None
        return Confrontation(
            id="",
            article=self._here.reading.article.id,
            statement=statement.id,
            place=statement.place,
            kind=best.kind if best else "nothing",
            passages=tuple(passages[:_MOST_PASSAGES]),
            rule=best.rule if best else rule,
            certain=best.certain if best else False,
        )

    def _judge(self, here: Telling, number: int) -> Passage | None:
        teller, at, there = self._passages[number]
        meeting = meet(here, there, self._before(teller, at), self._weights)
        if not meeting.pairs:
            return None
        if not meeting.missing and not meeting.beside and self._is_word_for_word(meeting, teller):
            certain = _count_words(meeting) >= _LEAST_CERTAIN
            return self._to_passage(teller, meeting, "supports", 1.0, certain=certain, rule="confrontation.same-words")
        for found in find_disagreements(meeting, self._here, teller):
            score = self._without(meeting, found)
            if score >= _DISAGREES and self._tells_predicate(meeting, found.spent) and _is_of_one(meeting, found):
                return self._to_passage(teller, meeting, "disagrees", score, found=found)
        if meeting.cover >= _SUPPORTS and self._is_whole(meeting, teller):
            certain = meeting.cover >= _CERTAIN and _count_words(meeting) >= _LEAST_CERTAIN
            return self._to_passage(teller, meeting, "supports", meeting.cover, certain=certain)
        if meeting.cover >= _MENTIONS and self._is_mention(meeting):
            return self._to_passage(teller, meeting, "mentions", meeting.cover)
        return None

    def _is_word_for_word(self, meeting: Meeting, teller: Teller) -> bool:
        """Whether the passage says it in the same words, and what stands before them denies it on both sides or on
        neither."""
        mine = self._here.units_in(meeting.here.start, meeting.here.end)
        theirs = teller.units_in(meeting.there.start, meeting.there.end)
        share, first = measure_run([unit.key for unit in mine], [unit.key for unit in theirs])
        if share < _SAME_WORDS:
            return False
        here, there = meeting.here.start, theirs[first].start
        before = [count_denials(self._here, here, here), count_denials(teller, there, there)]
        return before[0] == before[1]

    def _before(self, teller: Teller, at: int) -> list[Term]:
        """The terms of the two sentences before, and of the first sentences of the text, which say what it is about."""
        sentences = teller.sentences
        near = teller.tell(sentences[max(0, at - _BEFORE)].start, sentences[at].start).terms
        first = teller.tell(sentences[0].start, sentences[min(at, _BEFORE)].start).terms
        return [*first, *near]

    def _without(self, meeting: Meeting, found: Disagreement) -> float:
        """How much of the rest of the statement is told."""
        total = gained = 0.0
        met = {one.start for one, _ in meeting.pairs}
        for term in meeting.here.terms:
            if term not in found.spent:
                weight = self._weights.of(term)
                total += weight
                gained += weight if term.start in met else BESIDE * weight if term in meeting.beside else 0.0
        return gained / total if total else 0.0

    def _find_predicates(self, meeting: Meeting) -> list[Term]:
        clauses = self._here.clauses_in(meeting.here.start, meeting.here.end)
        return [term for term in meeting.here.terms if clause_of(term.start, clauses)]

    def _tells_predicate(self, meeting: Meeting, spent: Sequence[Term] = ()) -> bool:
        """Whether the passage tells what the statement says was done; True where a light verb says it (`got`)."""
        terms = self._find_predicates(meeting)
        return not terms or any(term in spent or meeting.meets(term.start, term.end) for term in terms)

    def _is_mention(self, meeting: Meeting) -> bool:
        """By two words, one of them a name or what was done, or by three."""
        told = any(meeting.meets(term.start, term.end) for term in self._find_predicates(meeting))
        return len(meeting.pairs) >= (_LEAST_SHARED if told or _is_named(meeting) else _LEAST_SHARED + 1)

    def _is_whole(self, meeting: Meeting, teller: Teller) -> bool:
        """Whether names, numbers and times of the statement are all told, and its predicate; a statement without a
        predicate that is known to tell an event must be told in every word."""
        events = self._here.clauses_in(meeting.here.start, meeting.here.end)
        if any(term.kind not in ("word", "pronoun") for term in meeting.missing):
            return False
        if any(term.kind in ("number", "moment") for term in meeting.beside):
            return False
        if not events and (meeting.missing or meeting.here.terms[-1] in meeting.beside):
            return False
        if _count_words(meeting) < _LEAST_SHARED:
            return False
        shared = Events(meeting, self._here, teller)
        if shared.have_other_roles(meeting) or not shared.are_alike:
            return False
        if is_denied_on_one_side(meeting, self._here, teller):
            return False
        return self._tells_predicate(meeting)

    def _to_passage(
        self,
        teller: Teller,
        meeting: Meeting,
        kind: PassageKind,
        score: float,
        *,
        found: Disagreement | None = None,
        certain: bool = False,
        rule: str | None = None,
    ) -> Passage:
        place = teller.span(meeting.there.start, meeting.there.end)
        voice, attribution = _voice_at(teller, meeting)
        rules = {"supports": "confrontation.told", "mentions": "confrontation.shared-words"}
        return Passage(
            article=teller.reading.article.id,
            place=place,
            kind=kind,
            reason=found.reason if found else None,
            here=found.here if found else None,
            there=found.there if found else None,
            aligned=tuple(
                Aligned(self._here.span(one.start, one.end), teller.span(other.start, other.end))
                for one, other in meeting.pairs
            ),
            voice=voice,
            attribution=attribution,
            score=round(score, 4),
            rule=rule or (found.rule if found else rules[kind]),
            certain=certain,
        )


def _rank(passage: Passage) -> tuple[bool, bool, float, str, int]:
    """What says the same or otherwise first, the same words before others; the order of the documents has no say."""
    same = passage.rule == "confrontation.same-words"
    return passage.kind == "mentions", not same, -passage.score, passage.article, passage.place.start


def _is_chance(meeting: Meeting) -> bool:
    """Whether two words without a name are met by a sentence that tells much else."""
    few = len(meeting.pairs) <= _LEAST_SHARED and not _is_named(meeting)
    return few and len(meeting.there.terms) > 2 * len(meeting.here.terms)


def _is_named(meeting: Meeting) -> bool:
    """Whether a name is among the words that both sides tell."""
    return any(key.startswith("name:") for one, _ in meeting.pairs for key in one.keys)


def _count_words(meeting: Meeting) -> int:
    """How many different terms besides pronouns both sides tell."""
    return len({one.key for one, _ in meeting.pairs if one.kind != "pronoun"})


def _is_of_one(meeting: Meeting, found: Disagreement) -> bool:
    """Whether enough is told by the same words that both speak of one thing, and not of somebody whom the statement
    does not name where it names another."""
    telling = [one for one, _ in meeting.pairs if one not in found.spent and one.kind != "pronoun"]
    alone = found.reason == "description" and not found.is_event and len(meeting.here.terms) <= _SHORT
    least = 1 if alone else _LEAST_SHARED
    if len(telling) < least or (found.reason == "negation" and _is_chance(meeting)):
        return False
    if found.reason == "actor":
        return True
    absent = any(term.kind == "actor" and term not in found.spent for term in (*meeting.beside, *meeting.missing))
    others = [term for term in meeting.there.terms if term.kind == "actor" and term.start not in meeting.answered]
    return not (absent and others)


def _voice_at(teller: Teller, meeting: Meeting) -> tuple[Voice, str | None]:
    """Of the statement of the passage that holds most of the aligned words."""
    inside = teller.statements_in(meeting.there.start, meeting.there.end)
    counted = [
        (
            sum(each.place.start <= other.start < each.place.end for _, other in meeting.pairs),
            -len(each.place.text),
            each,
        )
        for each in inside
    ]
    best = max(counted, key=lambda item: item[:2], default=None)
    return (best[2].voice, best[2].attribution) if best and best[0] else ("own", None)


def _name_actors(readings: Sequence[Reading]) -> dict[str, dict[str, str]]:
    """By article and actor, the one id of an actor in all texts."""
    names: dict[str, dict[str, str]] = {reading.article.id: {} for reading in readings}
    for shared in find_shared_actors(readings):
        for member in shared.members:
            names[member.article][member.actor] = shared.id
    return names
