"""Rows of what is done to whom and in which words: clauses, labels, loaded words, markers, and their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from closeread.exports.cells import Row, listed, place, rounded
from closeread.findings import Participant, Reading
from closeread.measures import agency, deeds, name_sources, wording


def list_clauses(reading: Reading) -> Iterator[Row]:
    names = {actor.id: actor.name for actor in reading.actors}
    for clause in reading.clauses:
        yield {
            "clause": clause.id,
            "predicate": clause.predicate.text,
            "lemma": clause.lemma,
            "start": clause.predicate.start,
            "end": clause.predicate.end,
            "form": clause.form,
            **_participant("agent", clause.agent, names),
            **_participant("patient", clause.patient, names),
            **_participant("recipient", clause.recipient, names),
            "agent_elsewhere": clause.agent_elsewhere.text if clause.agent_elsewhere else None,
            "negated": clause.negated,
            "modality": clause.modality,
            "voice": clause.voice,
            "certain": clause.certain,
            "rule": clause.rule,
        }


def _participant(role: str, found: Participant | None, names: Mapping[str, str]) -> Row:
    return {
        role: found.text if found else None,
        f"{role}_actors": " ".join(found.actors) if found else None,
        f"{role}_names": " / ".join(names[actor] for actor in found.actors) if found else None,
    }


def list_agency(reading: Reading) -> Iterator[Row]:
    for row in agency(reading):
        yield {
            "actor": row.actor.id,
            "name": row.actor.name,
            "as_agent": len(row.as_agent),
            "as_patient": len(row.as_patient),
            "as_recipient": len(row.as_recipient),
            "done": _count(row.done),
            "undergone": _count(row.undergone),
            **listed(row.actor),
        }


def list_deeds(reading: Reading) -> Iterator[Row]:
    actors = {actor.id: actor for actor in reading.actors}
    for deed in deeds(reading):
        yield {
            "agent": deed.agent,
            "agent_name": actors[deed.agent].name,
            "other": deed.other,
            "other_name": actors[deed.other].name,
            "clauses": len(deed.clauses),
            "certain": sum(clause.certain for clause in deed.clauses),
            "lemmas": _count(Counter(clause.lemma for clause in deed.clauses).most_common()),
            "agent_group": actors[deed.agent].group,
            "other_group": actors[deed.other].group,
        }


def _count(lemmas: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{lemma} {count}" for lemma, count in lemmas)


def list_labels(reading: Reading) -> Iterator[Row]:
    actors, sources = {actor.id: actor for actor in reading.actors}, name_sources(reading)
    for label in reading.labels:
        yield {
            "label": label.id,
            "actor": label.actor,
            "name": actors[label.actor].name,
            **place(label.place),
            "head": label.head,
            "modifiers": " / ".join(modifier.text for modifier in label.modifiers),
            "voice": label.voice,
            "attribution": label.attribution,
            "said_by": sources.get(label.attribution or ""),
            "certain": label.certain,
            "rule": label.rule,
            **listed(actors[label.actor]),
        }


def list_loaded(reading: Reading) -> Iterator[Row]:
    actors, sources = {actor.id: actor for actor in reading.actors}, name_sources(reading)
    for phrase in reading.loaded:
        about = actors.get(phrase.about or "")
        yield {
            "loaded": phrase.id,
            **place(phrase.place),
            "voice": phrase.voice,
            "attribution": phrase.attribution,
            "said_by": sources.get(phrase.attribution or ""),
            "about": phrase.about,
            "about_name": about.name if about else None,
            "confidence": phrase.confidence,
            "certain": phrase.certain,
            "rule": phrase.rule,
            **listed(about),
        }


def list_markers(reading: Reading) -> Iterator[Row]:
    sources = name_sources(reading)
    for marker in reading.markers:
        yield {
            "marker": marker.id,
            "kind": marker.kind,
            **place(marker.place),
            "voice": marker.voice,
            "attribution": marker.attribution,
            "said_by": sources.get(marker.attribution or ""),
            "rule": marker.rule,
        }


def list_wording(reading: Reading) -> Iterator[Row]:
    for row in wording(reading):
        yield {
            "voice": row.voice,
            "words": row.words,
            "loaded": len(row.loaded),
            "loaded_certain": row.certain,
            "loaded_rate": rounded(row.loaded_rate),
            **{str(kind): len(found) for kind, found in row.markers.items()},
        }
