"""What a plain sentence is made of: pieces of text and figures, each figure with the places it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from closeread.article import Span


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence. Where it is a figure, `places` are the words it rests on."""

    text: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One plain sentence about a reading. `topic` is `sources`, `quotations`, `actors`, `support`, `contradictions`,
    `headline`, `actions`, `words`, `scare-quotes` or `certainty`."""

    topic: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


def count(number: int, one: str, many: str, places: tuple[Span, ...]) -> Part:
    return Part(f"{number} {one if number == 1 else many}", places)


def say_percent(share: float) -> str:
    """A share as whole per cent; what is above nothing and below half a per cent is said so."""
    return "under 1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")
