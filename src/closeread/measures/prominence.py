"""Who is meant: how often, in whose voice, in which forms, how early, where in lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from closeread.findings import Actor, Enumeration, MentionForm, Reading, Voice
from closeread.measures.sourcing import credit, share_of

# A capital for its government, a description and a pronoun are no names.
UNNAMED: tuple[MentionForm, ...] = ("metonym", "description", "pronoun")


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor: mentions by voice and by form, and ranks in enumerations (`2/5`).

    `share` is that of all mentions of actors, `subject_share` that of all mentions that are subjects of a clause,
    `quoted_share` that of all quoted words (0 to 1; None where there are none). `named` is false where the text only
    describes the actor or names its capital.
    """

    actor: Actor
    mentions: int
    share: float
    voices: dict[Voice, int]
    forms: dict[MentionForm, int]
    ranks: tuple[str, ...]
    subjects: int
    subject_share: float | None
    quoted_words: int
    quoted_share: float | None

    @property
    def by_name(self) -> int:
        """Mentions that are names."""
        return sum(count for form, count in self.forms.items() if form not in UNNAMED)

    @property
    def named(self) -> bool:
        return self.by_name > 0


def prominence(reading: Reading) -> tuple[ActorRow, ...]:
    """One row per actor, in the order of `Reading.actors`: most mentions first, then in the order of the text."""
    mentions = sum(len(actor.mentions) for actor in reading.actors)
    subjects = {actor.id: sum(mention.subject for mention in actor.mentions) for actor in reading.actors}
    words = credit(reading.attributions)
    quoted: Counter[str] = Counter()
    for attribution in reading.attributions:
        if attribution.speaker is not None:
            quoted[attribution.speaker] += words.quoted[attribution.id]
    ranks = _ranks(reading.enumerations)
    return tuple(
        ActorRow(
            actor=actor,
            mentions=len(actor.mentions),
            share=len(actor.mentions) / mentions,
            voices=count_voices(actor),
            forms=dict(Counter(mention.form for mention in actor.mentions)),
            ranks=ranks.get(actor.id, ()),
            subjects=subjects[actor.id],
            subject_share=share_of(subjects[actor.id], sum(subjects.values())),
            quoted_words=quoted[actor.id],
            quoted_share=share_of(quoted[actor.id], words.all_quoted),
        )
        for actor in reading.actors
    )


def count_voices(actor: Actor) -> dict[Voice, int]:
    """Mentions of an actor in the writer's own words, inside quotation marks, and in reported content."""
    counts: dict[Voice, int] = {"own": 0, "quoted": 0, "reported": 0}
    for mention in actor.mentions:
        counts[mention.voice] += 1
    return counts


def _ranks(enumerations: Iterable[Enumeration]) -> dict[str, tuple[str, ...]]:
    ranks: dict[str, tuple[str, ...]] = {}
    for enumeration in enumerations:
        for item in enumeration.items:
            if item.actor is not None:
                ranks[item.actor] = (*ranks.get(item.actor, ()), f"{item.rank}/{len(enumeration.items)}")
    return ranks
