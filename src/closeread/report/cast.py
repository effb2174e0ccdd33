"""Who is who on the page: one number, one letter and one colour per speaker and actor, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from closeread.findings import Actor, Attribution, Contradiction, ContradictionRelation, Reading
from closeread.measures import SourceRow, own_statements, sourcing
from closeread.report.places import key_letter

HUES = 6
_SPEAKERS_FIRST = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the sourcing table with its letter and colour. `hue` is 1 to 6, 0 for grey."""

    row: SourceRow
    letter: str
    hue: int


@dataclass(frozen=True, slots=True)
class Cast:
    """`numbers` holds the number of every attribution (in the order of the text), of every actor, clause, loaded phrase
    and statement in own voice (in the given order), and of every contradiction and disagreement, each for itself,
    the certain ones first."""

    sources: tuple[Source, ...]
    source_of: dict[str, Source]
    hue_of_actor: dict[str, int]
    actors: dict[str, Actor]
    numbers: dict[str, int]

    def label(self, pair: Contradiction) -> str:
        """`C1` is the first contradiction, `D1` the first disagreement."""
        return f"{'C' if pair.relation == 'contradiction' else 'D'}{self.numbers[pair.id]}"


def assemble_cast(reading: Reading) -> Cast:
    rows = sourcing(reading)
    hues = _assign_hues(rows, reading.actors)
    sources = tuple(Source(row, key_letter(index), hues.get(_hue_key(row, index), 0)) for index, row in enumerate(rows))
    numbers = {a.id: number for number, a in enumerate(sorted(reading.attributions, key=_order_in_text), 1)}
    numbers |= {actor.id: number for number, actor in enumerate(reading.actors, 1)}
    numbers |= {clause.id: number for number, clause in enumerate(reading.clauses, 1)}
    numbers |= {phrase.id: number for number, phrase in enumerate(reading.loaded, 1)}
    numbers |= {statement.id: number for number, statement in enumerate(own_statements(reading), 1)}
    for relation in get_args(ContradictionRelation):
        pairs = sorted(
            (pair for pair in reading.contradictions if pair.relation == relation), key=lambda pair: not pair.certain
        )
        numbers |= {pair.id: number for number, pair in enumerate(pairs, 1)}
    return Cast(
        sources=sources,
        source_of={attribution: source for source in sources for attribution in source.row.attributions},
        hue_of_actor={actor.id: hues.get(actor.id, 0) for actor in reading.actors},
        actors={actor.id: actor for actor in reading.actors},
        numbers=numbers,
    )


def _order_in_text(attribution: Attribution) -> tuple[int, int, str]:
    first = attribution.contents[0]
    return (first.start, -first.end, attribution.id)


def _hue_key(row: SourceRow, index: int) -> str:
    """An actor keeps its colour as speaker and as actor; no colour is spent on what is unknown."""
    if row.actor is not None:
        return row.actor
    return "" if row.naming in ("pronoun", "none") else f"row {index}"


def _assign_hues(rows: Iterable[SourceRow], actors: Iterable[Actor]) -> dict[str, int]:
    """The loudest speakers first, then the most named actors, then the other speakers, until the colours are out."""
    speakers = [key for index, row in enumerate(rows) if (key := _hue_key(row, index))]
    named = [actor.id for actor in actors]
    wanted = dict.fromkeys(speakers[:_SPEAKERS_FIRST] + named[:HUES] + speakers[_SPEAKERS_FIRST:])
    return {key: hue for hue, key in enumerate(list(wanted)[:HUES], 1)}
