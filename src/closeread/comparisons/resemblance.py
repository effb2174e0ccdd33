"""How alike two bodies of texts are: words in which they differ, their distance, and whether they can be told apart.

All of it speaks of wording in the texts given. It says nothing of who wrote them, and nothing of a side that is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from closeread.comparisons.bodies import Text, Voices, count_pair
from closeread.comparisons.delta import Distance, list_distances
from closeread.comparisons.keyness import LEAST_ARTICLES, Keyword, list_keywords
from closeread.comparisons.telling_apart import ToldApart, tell_counted

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of the comparison that was not made, and why."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Two bodies held against each other. `first_words` and `second_words` are the words of their body paragraphs in
    the voices asked for, `looked_at` how many different words keyness looked at. `keywords` are those that stand out,
    as `find_keywords` sorts them; `distances` is empty and `told` is None where the bodies are too small, and then
    `refusals` says so."""

    first_articles: int
    second_articles: int
    first_words: int
    second_words: int
    voices: Voices
    looked_at: int
    keywords: tuple[Keyword, ...]
    distances: tuple[Distance, ...]
    told: ToldApart | None
    refusals: tuple[Refusal, ...]


def compare_bodies(first: Sequence[Text], second: Sequence[Text], *, voices: Voices = "all") -> Resemblance:
    """All comparisons of two bodies. `voices="own"` leaves out what others are quoted or reported to have said, and
    takes readings. The order of the texts does not matter. Raises ValueError where a body is a single article, a text
    is given twice, or `own` is asked for articles."""
    counted, in_first = count_pair(first, second, voices=voices)
    refusals: list[Refusal] = []
    lengths = counted.lengths
    return Resemblance(
        first_articles=int(in_first.sum()),
        second_articles=int((~in_first).sum()),
        first_words=int(lengths[in_first].sum()),
        second_words=int(lengths[~in_first].sum()),
        voices=voices,
        looked_at=int((counted.spread() >= LEAST_ARTICLES).sum()),
        keywords=tuple(list_keywords(counted, in_first)),
        distances=_try(lambda: list_distances(counted, in_first), "resemblance.no-distance", refusals) or (),
        told=_try(lambda: tell_counted(counted, in_first), "resemblance.not-told", refusals),
        refusals=tuple(refusals),
    )


def _try(measure: Callable[[], Part], rule: str, refusals: list[Refusal]) -> Part | None:
    try:
        return measure()
    except ValueError as error:
        refusals.append(Refusal(rule, str(error)))
        return None
