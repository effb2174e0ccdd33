"""Stories: which texts of a mixed folder tell the same event, what holds them together, and which stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from closeread.comparisons.story_evidence import Evidence, Sharing
from closeread.comparisons.story_groups import Labels, group_texts
from closeread.comparisons.story_scores import Scores, score_pairs
from closeread.comparisons.story_traits import Traits, find_traits
from closeread.findings import Reading

# The score from which a text is certainly of its story, and the one up to which it certainly stands alone: right nine
# times in ten on ECB+ train (2026-11).
CERTAIN, CERTAIN_ALONE = 0.5, 0.05


@dataclass(frozen=True, slots=True)
class Told:
    """One text, by its `Article.id`, and the story that it tells; None where it stands alone.

    `score` is the mean probability (0 to 1) that it tells the same event as each of the other texts of its story,
    None for one that stands alone; `nearest` the text most like it, of its story where it has one, None where there is
    no other. `other` is the mean score with the texts of the nearest other story, or with the nearest text that stands
    alone, 0 where there is none.
    """

    article: str
    source: str
    story: str | None
    score: float | None
    nearest: str | None
    nearest_score: float
    other: float
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Story:
    """Texts that tell the same event, by `Article.id` in the order of their sources. `score` is the mean of those of
    its texts; `first_day` and `last_day` (ISO) are the earliest and latest of their dates, None where none has one.
    `evidence` is what they share, the more distinctive first within its kind."""

    id: str
    articles: tuple[str, ...]
    score: float
    first_day: str | None
    last_day: str | None
    evidence: tuple[Evidence, ...]
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Stories:
    """`stories` come with most texts first, then by source; `told` has every text once, by source."""

    stories: tuple[Story, ...]
    told: tuple[Told, ...]

    @property
    def alone(self) -> tuple[Told, ...]:
        """The texts that belong to no story."""
        return tuple(told for told in self.told if told.story is None)


def find_stories(readings: Sequence[Reading]) -> Stories:
    """Every text once, in a story of two texts or more or alone. The order of the readings does not matter; how
    distinctive a name or word is depends on the whole folder. Empty where there are no readings."""
    ordered = sorted(readings, key=lambda reading: (reading.article.source, reading.article.text))
    traits = [find_traits(reading) for reading in ordered]
    if not traits:
        return Stories((), ())
    scores = score_pairs(traits)
    first, labels = group_texts(scores)
    return _Teller(ordered, traits, scores, (first, labels)).tell()


class _Teller:
    """Turns groups of rows into stories."""

    def __init__(
        self, readings: Sequence[Reading], traits: Sequence[Traits], scores: Scores, labels: tuple[Labels, Labels]
    ) -> None:
        self.readings, self.traits, self.scores = readings, traits, scores
        self.sharing = Sharing(readings, traits)
        self.together, self.labels = labels
        self.names, self.at = np.unique(self.labels, return_inverse=True)
        self.sizes = np.bincount(self.at)
        self.means = self._measure_nearness()
        groups = [np.flatnonzero(self.at == group).tolist() for group in range(len(self.names))]
        self.groups = sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group[0]))
        self.ids = {int(self.at[group[0]]): f"y{number}" for number, group in enumerate(self.groups, 1)}

    def tell(self) -> Stories:
        told = tuple(map(self._tell_text, range(len(self.readings))))
        return Stories(tuple(self._tell_story(group, told) for group in self.groups), told)

    def _measure_nearness(self) -> Scores:
        """The mean score of each text with each group; the text itself does not count in its own."""
        order = np.argsort(self.at, kind="stable")
        starts = np.searchsorted(self.at[order], np.arange(len(self.names)))
        scores = self.scores.copy()
        np.fill_diagonal(scores, 0)
        sums = np.add.reduceat(scores[:, order].astype(np.float64), starts, axis=1)
        counts = np.tile(self.sizes.astype(np.float64), (len(scores), 1))
        counts[np.arange(len(scores)), self.at] -= 1
        means: Scores = (sums / np.maximum(counts, 1)).astype(np.float32)
        return means

    def _tell_text(self, text: int) -> Told:
        group = int(self.at[text])
        story = self.ids.get(group)
        same = self.at == group if story else np.ones(len(self.at), dtype=np.bool_)
        near = np.where(same, self.scores[text], -1)
        near[text] = -1
        nearest = int(np.argmax(near)) if len(near) > 1 else None
        other = float(np.delete(self.means[text], group).max(initial=0))
        score = _round(self.means[text, group]) if story else None
        article = self.readings[text].article
        rule = "stories.alone" if story is None else "stories.together" if self._is_core(text) else "stories.nearest"
        return Told(
            article=article.id,
            source=article.source,
            story=story,
            score=score,
            nearest=None if nearest is None else self.readings[nearest].article.id,
            nearest_score=0.0 if nearest is None else _round(near[nearest]),
            other=_round(other),
            rule=rule,
            certain=other <= CERTAIN_ALONE if score is None else rule == "stories.together" and score >= CERTAIN,
        )

    def _is_core(self, text: int) -> bool:
        """Whether it was in the largest part of its story before groups were joined at a lower score."""
        parts = self.together[self.at == self.at[text]]
        names, sizes = np.unique(parts, return_counts=True)
        return len(names) == 1 or bool(sizes.max() > 1 and self.together[text] == names[int(np.argmax(sizes))])

    def _tell_story(self, group: list[int], told: Sequence[Told]) -> Story:
        days = sorted((self.readings[text].article.date or "")[:10] for text in group if self.traits[text].day)
        scores = [told[text].score or 0.0 for text in group]
        return Story(
            id=self.ids[int(self.at[group[0]])],
            articles=tuple(told[text].article for text in group),
            score=_round(sum(scores) / len(scores)),
            first_day=days[0] if days else None,
            last_day=days[-1] if days else None,
            evidence=self.sharing.find(group),
            rule="stories.story",
            certain=all(told[text].certain for text in group),
        )


def _round(value: float) -> float:
    return round(float(value), 4)
