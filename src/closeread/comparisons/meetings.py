"""Where two tellings meet: which terms of a statement a passage tells too, and how much of the statement that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from math import log

from closeread.comparisons.tellings import Telling, Term

# What a meeting counts: of the word itself, of another word with the same sense, of a near word; and of a word that
# stands beside the passage, in the sentences before it.
SAME, SENSE, NEAR, BESIDE = 1.0, 0.9, 0.7, 0.5


# A pronoun tells little, and may mean somebody else.
PRONOUN = 0.5


class Weights:
    """How much a key tells: rare ones more. The unit is a sentence of the documents."""

    def __init__(self, sentences: Iterable[Sequence[Term]]) -> None:
        counts = Counter[str]()
        self._total = 0
        for terms in sentences:
            self._total += 1
            counts.update({term.key for term in terms})
        self._counts: Mapping[str, int] = counts

    def of(self, term: Term) -> float:
        """From about a half for what stands in every sentence; a word that no document has counts as the rarest."""
        weight = log(1.5 + self._total / max(self._counts.get(term.key, 0), 1))
        return PRONOUN * weight if term.kind == "pronoun" else weight


@dataclass(slots=True)
class Meeting:
    """`pairs` are terms of the statement with those of the passage; `beside` those that only stand before it."""

    here: Telling
    there: Telling
    pairs: list[tuple[Term, Term]] = field(default_factory=list)
    beside: list[Term] = field(default_factory=list)
    missing: list[Term] = field(default_factory=list)
    cover: float = 0.0

    def meets(self, start: int, end: int) -> bool:
        """Whether a term of the statement in this range is told in the passage."""
        return any(start <= one.start < end for one, _ in self.pairs)

    @property
    def answered(self) -> set[int]:
        return {other.start for _, other in self.pairs}


def meet(here: Telling, there: Telling, before: Sequence[Term], weights: Weights) -> Meeting:
    meeting = Meeting(here, there)
    matches = _match(here.terms, there.terms)
    gained = total = 0.0
    around = {key for term in before for key in term.keys}
    for at, term in enumerate(here.terms):
        weight = weights.of(term)
        total += weight
        if at in matches:
            meeting.pairs.append((term, matches[at]))
            gained += liken(term, matches[at]) * weight
        elif term.keys & around:
            meeting.beside.append(term)
            gained += BESIDE * weight
        else:
            meeting.missing.append(term)
    meeting.cover = gained / total if total else 0.0
    return meeting


def _match(here: Sequence[Term], there: Sequence[Term]) -> dict[int, Term]:
    """For each term of the statement, by its index, the term that means the same: those first that have one candidate
    alone, the others beside them. Each term of the passage answers once."""
    open_to = {at: [other for other in there if liken(term, other)] for at, term in enumerate(here)}
    found: dict[int, Term] = {}
    for at in sorted(open_to, key=lambda at: (len(open_to[at]), at)):
        free = [other for other in open_to[at] if all(other is not taken for taken in found.values())]
        if free:
            middle = sum(other.unit for other in found.values()) / len(found) if found else 0.0
            found[at] = max(free, key=lambda other: (liken(here[at], other), -abs(other.unit - middle), -other.unit))
    return found


def measure_run(here: Sequence[str], there: Sequence[str]) -> tuple[float, int]:
    """The longest run of the same words, its share of the statement (0 to 1), and the index of its first word
    in the passage."""
    match = SequenceMatcher(None, here, there, autojunk=False).find_longest_match()
    return (match.size / len(here) if here else 0.0), match.b


def liken(term: Term, other: Term) -> float:
    if term.key == other.key:
        return SAME
    shared = term.keys & other.keys
    if not shared or ("name" in (term.kind, other.kind) and not any(key.startswith("name:") for key in shared)):
        return 0.0
    if any(not key.startswith("near:") for key in shared):
        return SAME if any(key.startswith(("stem:", "name:", "@")) for key in shared) else SENSE
    return NEAR
