"""What is counted over one reading: the sourcing table, the prominence table and the five sentences.

The terminal, the page, the exports and the checks all show these figures, so they cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from closeread.article import Span, count_words
from closeread.findings import Actor, Attribution, Enumeration, Naming, Reading, Voice

UNKNOWN = "unknown"
NO_SOURCE = "no source stated"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: a speaker who is an actor, or the words that describe one.

    Words are counted in the contents; `share` is `quoted_words` over all quoted words of attributions (0 to 1,
    None where there are none); `first` is the share of the body before its first content, None outside it.
    """

    name: str
    actor: str | None
    naming: Naming
    attributions: tuple[str, ...]
    certain: int
    possible: int
    quoted_words: int
    reported_words: int
    share: float | None
    first: float | None
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor: mentions by voice, share of all mentions of actors (0 to 1), ranks in enumerations (`2/5`)."""

    actor: Actor
    mentions: int
    share: float
    voices: dict[Voice, int]
    ranks: tuple[str, ...]
    quoted_words: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence. Where it is a figure, `places` are the words it rests on."""

    text: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of the five plain sentences about a reading. `topic` is `sources`, `quotations`, `actors`,
    `scare-quotes` or `certainty`."""

    topic: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)
