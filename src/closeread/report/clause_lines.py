"""Rows of the tables of who does what to whom, and of the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from closeread.findings import Actor, Clause, LoadedPhrase, MarkerKind, Participant, Reading
from closeread.measures import (
    AgencyTotals,
    Deed,
    LabelRow,
    VoiceRow,
    agency,
    deeds,
    labelling,
    loaded_about,
    total_agency,
    wording,
)
from closeread.report.cast import Cast
from closeread.report.network import Network, draw_network
from closeread.report.places import Link, Locator, number_repeats

FORMS = {
    "active": "active",
    "passive": "passive",
    "agentless-passive": "passive, no agent",
    "nominal": "noun",
    "intransitive": "intransitive",
}
MARKERS: dict[MarkerKind, str] = {
    "hedge": "Hedges",
    "factive": "Factives",
    "assertive": "Assertives",
    "intensifier": "Intensifiers",
}
# A network of fewer actors says no more than the table.
LEAST_IN_NETWORK = 3


@dataclass(frozen=True, slots=True)
class Role:
    """One part of a clause: its words, and the actors that it means."""

    link: Link
    actors: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class ClauseLine:
    number: int
    found: Clause
    predicate: Link
    form: str
    agent: Role | None
    patient: Role | None
    recipient: Role | None
    elsewhere: Link | None
    how: str


@dataclass(frozen=True, slots=True)
class ActingLine:
    """One actor; `done` and `undergone` are the predicates with their places."""

    number: int
    hue: int
    actor: Actor
    as_agent: int
    as_patient: int
    as_recipient: int
    done: tuple[tuple[str, tuple[Link, ...]], ...]
    undergone: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class DeedLine:
    """What one actor does to another: the predicates, each with its modality where it is not asserted."""

    agent: tuple[int, int, str]
    other: tuple[int, int, str]
    clauses: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One label. `actor` is None but in the first line of an actor."""

    actor: tuple[int, int, str] | None
    row: LabelRow
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LoadedLine:
    number: int
    found: LoadedPhrase
    link: Link
    speaker: str
    about: tuple[int, int, str] | None


@dataclass(frozen=True, slots=True)
class AboutLine:
    about: tuple[int, int, str]
    own: int
    quoted: int
    reported: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MarkerLine:
    """One kind of marker in one voice. `kind` is empty but in the first line of a kind."""

    kind: str
    voice: str
    count: int
    rate: float | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that the page lists of clauses and words."""

    totals: AgencyTotals
    acting: tuple[ActingLine, ...]
    network: Network | None
    deeds: tuple[DeedLine, ...]
    clauses: tuple[ClauseLine, ...]
    labels: tuple[LabelLine, ...]
    voices: tuple[VoiceRow, ...]
    about: tuple[AboutLine, ...]
    loaded: tuple[LoadedLine, ...]
    markers: tuple[MarkerLine, ...]


def fill_wording(reading: Reading, cast: Cast) -> Wording:
    where = Locator(reading.article)
    named = deeds(reading)
    linked = {actor for deed in named for actor in (deed.agent, deed.other)}
    return Wording(
        totals=total_agency(reading),
        acting=tuple(_to_acting_lines(reading, cast, where)),
        network=draw_network(named, cast) if len(linked) >= LEAST_IN_NETWORK else None,
        deeds=tuple(_to_deed_line(deed, cast, where) for deed in named),
        clauses=tuple(_to_clause_line(clause, cast, where) for clause in reading.clauses),
        labels=tuple(_to_label_lines(reading, cast, where)),
        voices=wording(reading),
        about=tuple(_to_about_lines(reading, cast, where)),
        loaded=tuple(_to_loaded_line(phrase, cast, where) for phrase in reading.loaded),
        markers=tuple(_to_marker_lines(reading, where)),
    )


def _name(cast: Cast, actor: str) -> tuple[int, int, str]:
    """Number, colour and name."""
    return cast.numbers[actor], cast.hue_of_actor[actor], cast.actors[actor].name


def _to_acting_lines(reading: Reading, cast: Cast, where: Locator) -> Iterator[ActingLine]:
    for row in agency(reading):
        number, hue, _ = _name(cast, row.actor.id)
        done, undergone = _by_lemma(row.as_agent, where), _by_lemma(row.as_patient, where)
        counts = len(row.as_agent), len(row.as_patient), len(row.as_recipient)
        yield ActingLine(number, hue, row.actor, *counts, done, undergone)


def _to_deed_line(deed: Deed, cast: Cast, where: Locator) -> DeedLine:
    links = where.links(clause.predicate for clause in deed.clauses)
    moods = ("" if clause.modality == "asserted" else clause.modality for clause in deed.clauses)
    return DeedLine(_name(cast, deed.agent), _name(cast, deed.other), tuple(zip(links, moods, strict=True)))


def _by_lemma(clauses: Iterable[Clause], where: Locator) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    groups: dict[str, list[Clause]] = {}
    for clause in clauses:
        groups.setdefault(f"not {clause.lemma}" if clause.negated else clause.lemma, []).append(clause)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return tuple((lemma, where.links(clause.predicate for clause in found)) for lemma, found in ordered)


def _to_clause_line(clause: Clause, cast: Cast, where: Locator) -> ClauseLine:
    how: list[str] = [clause.modality] if clause.modality != "asserted" else []
    how += ["negated"] if clause.negated else []
    how += [] if clause.certain else ["possible finding"]
    return ClauseLine(
        number=cast.numbers[clause.id],
        found=clause,
        predicate=where.links((clause.predicate,))[0],
        form=FORMS[clause.form],
        agent=_to_role(clause.agent, cast, where),
        patient=_to_role(clause.patient, cast, where),
        recipient=_to_role(clause.recipient, cast, where),
        elsewhere=where.links((clause.agent_elsewhere,))[0] if clause.agent_elsewhere else None,
        how=", ".join([clause.voice, *how]),
    )


def _to_role(part: Participant | None, cast: Cast, where: Locator) -> Role | None:
    if part is None:
        return None
    return Role(where.links((part,))[0], tuple(_name(cast, actor) for actor in part.actors if actor in cast.actors))


def _to_label_lines(reading: Reading, cast: Cast, where: Locator) -> Iterator[LabelLine]:
    before = ""
    for row in labelling(reading):
        actor = _name(cast, row.actor.id) if row.actor.id != before else None
        yield LabelLine(actor, row, number_repeats(where.links(label.place for label in row.labels)))
        before = row.actor.id


def _to_about_lines(reading: Reading, cast: Cast, where: Locator) -> Iterator[AboutLine]:
    for row in loaded_about(reading):
        links = number_repeats(where.links(phrase.place for phrase in row.loaded))
        counts = row.voices["own"], row.voices["quoted"], row.voices["reported"]
        yield AboutLine(_name(cast, row.actor.id), *counts, links)


def _to_loaded_line(phrase: LoadedPhrase, cast: Cast, where: Locator) -> LoadedLine:
    source = cast.source_of.get(phrase.attribution or "")
    return LoadedLine(
        number=cast.numbers[phrase.id],
        found=phrase,
        link=where.links((phrase.place,))[0],
        speaker=source.row.name if source else "",
        about=_name(cast, phrase.about) if phrase.about else None,
    )


def _to_marker_lines(reading: Reading, where: Locator) -> Iterator[MarkerLine]:
    rows = wording(reading)
    for kind, name in MARKERS.items():
        for row in rows:
            found = row.markers[kind]
            links = number_repeats(where.links(marker.place for marker in found))
            yield MarkerLine(name, row.voice, len(found), row.marker_rate(kind), links)
            name = ""
