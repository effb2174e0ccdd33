"""On what ground statements are put forward: by voice and kind, with and without a ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from closeread.findings import GroundKind, Reading, Statement, StatementKind

GROUNDS: tuple[GroundKind, ...] = get_args(GroundKind)
Speaker = Literal["own", "others"]


def tell_ground(statement: Statement) -> GroundKind | None:
    """The class of its ground: of several the first in the order of the codebook. None where none was found."""
    kinds = {ground.kind for ground in statement.grounds}
    return next((kind for kind in GROUNDS if kind in kinds), None)


@dataclass(frozen=True, slots=True)
class SupportRow:
    """The statements of one kind, in own voice or said by others, by the class of their ground; `none` are those for
    which no ground was found in the article."""

    speaker: Speaker
    kind: StatementKind
    statements: tuple[Statement, ...]
    grounds: dict[GroundKind, tuple[Statement, ...]]
    none: tuple[Statement, ...]

    @property
    def share(self) -> float | None:
        """Statements with a ground, divided by all: 0 to 1. None where there are no statements."""
        return 1 - len(self.none) / len(self.statements) if self.statements else None


def support(reading: Reading) -> tuple[SupportRow, ...]:
    """One row per speaker and kind that occurs: own voice first, kinds in the order of the codebook."""
    rows = (_to_row(reading, speaker, kind) for speaker in get_args(Speaker) for kind in get_args(StatementKind))
    return tuple(row for row in rows if row.statements)


def _to_row(reading: Reading, speaker: Speaker, kind: StatementKind) -> SupportRow:
    found = tuple(
        each for each in reading.statements if each.kind == kind and (each.voice == "own") == (speaker == "own")
    )
    told = [(each, tell_ground(each)) for each in found]
    grounds = {ground: tuple(each for each, kind in told if kind == ground) for ground in GROUNDS}
    return SupportRow(speaker, kind, found, grounds, tuple(each for each, kind in told if kind is None))


def own_statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements in own voice, in the order of the text."""
    return tuple(each for each in reading.statements if each.voice == "own")
