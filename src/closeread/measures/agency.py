"""Who does what to whom: the clauses of each actor, and those in which nobody acts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from closeread.article import Span
from closeread.findings import Actor, Clause, ClauseForm, Modality, Participant, Reading, Voice


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One actor: the clauses in which it acts, in which something is done or happens to it, and in which it gets
    something; `predicates` are the lemmas of the first two with their counts, most first."""

    actor: Actor
    as_agent: tuple[Clause, ...]
    as_patient: tuple[Clause, ...]
    as_recipient: tuple[Clause, ...]
    done: tuple[tuple[str, int], ...]
    undergone: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """All clauses in which one actor does something to another, as agent and patient or recipient. What the text denies
    is left out."""

    agent: str
    other: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AgencyTotals:
    """The event clauses of one article: by form, modality and voice; how many are negated.

    `agentless` are those without an agent, whatever their form; `rate` is their number per 100 event clauses, None
    where there are none. In `elsewhere` of them the article names the agent of the same event in another place
    (backgrounded; van Leeuwen 1996), in the others nowhere.
    """

    clauses: int
    certain: int
    forms: dict[ClauseForm, tuple[Span, ...]]
    modalities: dict[Modality, int]
    voices: dict[Voice, int]
    negated: int
    agentless: tuple[Clause, ...]
    elsewhere: tuple[Clause, ...]

    @property
    def rate(self) -> float | None:
        return 100 * len(self.agentless) / self.clauses if self.clauses else None


def agency(reading: Reading) -> tuple[AgencyRow, ...]:
    """One row per actor that takes part in an event clause: most clauses as agent first, then as patient."""
    parts: dict[str, tuple[list[Clause], list[Clause], list[Clause]]] = defaultdict(lambda: ([], [], []))
    for clause in reading.clauses:
        for number, part in enumerate((clause.agent, clause.patient, clause.recipient)):
            for actor in dict.fromkeys(part.actors if part else ()):
                parts[actor][number].append(clause)
    rows = [
        AgencyRow(actor, tuple(done), tuple(undergone), tuple(gotten), _count(done), _count(undergone))
        for actor in reading.actors
        if actor.id in parts
        for done, undergone, gotten in (parts[actor.id],)
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.as_agent), -len(row.as_patient), -len(row.as_recipient))))


def _count(clauses: Iterable[Clause]) -> tuple[tuple[str, int], ...]:
    """Lemmas, with `not` where the clause is negated; of equals the first in the text first."""
    return tuple(Counter(f"not {each.lemma}" if each.negated else each.lemma for each in clauses).most_common())


def deeds(reading: Reading) -> tuple[Deed, ...]:
    """Who acts on whom: one row per pair of actors, most clauses first."""
    pairs: dict[tuple[str, str], list[Clause]] = defaultdict(list)
    for clause in (clause for clause in reading.clauses if not clause.negated):
        others = [*_actors(clause.patient), *_actors(clause.recipient)]
        for agent in _actors(clause.agent):
            for other in dict.fromkeys(others):
                if other != agent:
                    pairs[agent, other].append(clause)
    found = [Deed(agent, other, tuple(clauses)) for (agent, other), clauses in pairs.items()]
    return tuple(sorted(found, key=lambda deed: -len(deed.clauses)))


def _actors(part: Participant | None) -> tuple[str, ...]:
    return part.actors if part else ()


def total_agency(reading: Reading) -> AgencyTotals:
    """The sums of one article."""
    clauses = reading.clauses
    agentless = tuple(clause for clause in clauses if clause.agent is None)
    return AgencyTotals(
        clauses=len(clauses),
        certain=sum(clause.certain for clause in clauses),
        forms={form: tuple(each.predicate for each in clauses if each.form == form) for form in get_args(ClauseForm)},
        modalities={each: sum(clause.modality == each for clause in clauses) for each in get_args(Modality)},
        voices={voice: sum(clause.voice == voice for clause in clauses) for voice in get_args(Voice)},
        negated=sum(clause.negated for clause in clauses),
        agentless=agentless,
        elsewhere=tuple(clause for clause in agentless if clause.agent_elsewhere is not None),
    )
