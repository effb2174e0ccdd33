"""Rows of what is asserted and on what ground: statements, their grounds and sums, and what contradicts what."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.exports.cells import Row, place, rounded
from closeread.findings import Reading, Side
from closeread.measures import name_sources, support, tell_ground


def list_statements(reading: Reading) -> Iterator[Row]:
    sources = name_sources(reading)
    for statement in reading.statements:
        yield {
            "statement": statement.id,
            **place(statement.place),
            "voice": statement.voice,
            "attribution": statement.attribution,
            "said_by": sources.get(statement.attribution or ""),
            "kind": statement.kind,
            "ground": tell_ground(statement),
            "scope": statement.grounds[0].scope if statement.grounds else None,
            "hedges": statement.hedges,
            "firm": statement.firm,
            "certain": statement.certain,
            "rule": statement.rule,
        }


def list_grounds(reading: Reading) -> Iterator[Row]:
    for statement in reading.statements:
        for ground in statement.grounds:
            yield {"statement": statement.id, "kind": ground.kind, "scope": ground.scope, **place(ground)}


def list_support(reading: Reading) -> Iterator[Row]:
    for row in support(reading):
        yield {
            "speaker": row.speaker,
            "kind": row.kind,
            "statements": len(row.statements),
            "with_ground": len(row.statements) - len(row.none),
            "without_ground": len(row.none),
            "share": rounded(row.share),
            **{kind.replace("-", "_"): len(found) for kind, found in row.grounds.items()},
        }


def list_contradictions(reading: Reading) -> Iterator[Row]:
    for found in reading.contradictions:
        yield {
            "contradiction": found.id,
            "kind": found.kind,
            "relation": found.relation,
            **_side("first", found.first),
            **_side("second", found.second),
            "aligned": " / ".join(f"{pair.first.text} = {pair.second.text}" for pair in found.aligned),
            "certain": found.certain,
            "rule": found.rule,
        }


def place_support(reading: Reading) -> Iterator[Row]:
    """The places of statements, grounds and contradictions, for the table of all places."""
    for statement in reading.statements:
        yield {"finding": statement.id, "role": "statement", **place(statement.place)}
        yield from ({"finding": statement.id, "role": "ground", **place(ground)} for ground in statement.grounds)
    for found in reading.contradictions:
        for side in (found.first, found.second):
            yield {"finding": found.id, "role": "side", **place(side)}
            yield {"finding": found.id, "role": "conflict", **place(side.words)}
        for pair in found.aligned:
            yield from ({"finding": found.id, "role": "aligned", **place(span)} for span in (pair.first, pair.second))


def _side(name: str, side: Side) -> Row:
    return {
        f"{name}_start": side.start,
        f"{name}_end": side.end,
        f"{name}_text": side.text,
        f"{name}_words": side.words.text,
        f"{name}_voice": side.voice,
        f"{name}_attribution": side.attribution,
        f"{name}_in_headline": side.in_headline,
    }
