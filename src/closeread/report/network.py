"""Who acts on whom as a picture: agents on the left, those they act on on the right, a line for each pair.

Positions across are per cent of the picture's width, so that it fits any screen without a script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from closeread.measures import Deed
from closeread.report.cast import Cast

# Pairs that are drawn at most; all are in the table.
MOST = 14
ROW = 26
_WIDEST = 7.0


@dataclass(frozen=True, slots=True)
class End:
    """One name at a side of the picture."""

    y: int
    number: int
    hue: int
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One pair: where it begins and ends, its width in pixels, its clauses."""

    start: int
    end: int
    width: str
    clauses: int
    agent: str
    other: str


@dataclass(frozen=True, slots=True)
class Network:
    agents: tuple[End, ...]
    others: tuple[End, ...]
    lines: tuple[Line, ...]
    height: int


def draw_network(deeds: Sequence[Deed], cast: Cast) -> Network:
    """The pairs with most clauses first; names in the order in which they first come."""
    drawn = deeds[:MOST]
    agents, others = _place(deed.agent for deed in drawn), _place(deed.other for deed in drawn)
    most = max((len(deed.clauses) for deed in drawn), default=1)
    return Network(
        agents=tuple(_to_end(actor, y, cast) for actor, y in agents.items()),
        others=tuple(_to_end(actor, y, cast) for actor, y in others.items()),
        lines=tuple(
            Line(
                agents[deed.agent],
                others[deed.other],
                f"{max(1.0, _WIDEST * len(deed.clauses) / max(most, 4)):.1f}",
                len(deed.clauses),
                cast.actors[deed.agent].name,
                cast.actors[deed.other].name,
            )
            for deed in drawn
        ),
        height=ROW * max(len(agents), len(others)),
    )


def _place(actors: Iterable[str]) -> dict[str, int]:
    """The middle of the row of each."""
    return {actor: ROW * row + ROW // 2 for row, actor in enumerate(Counter(actors))}


def _to_end(actor: str, y: int, cast: Cast) -> End:
    return End(y, cast.numbers[actor], cast.hue_of_actor[actor], cast.actors[actor].name)
