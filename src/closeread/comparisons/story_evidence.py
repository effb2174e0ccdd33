"""What the texts of one story share, and where it stands in each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from closeread.article import Span
from closeread.comparisons.shared_actors import SharedActor, find_shared_actors
from closeread.comparisons.story_traits import TraitKind, Traits
from closeread.comparisons.wording import fold
from closeread.findings import Reading
from closeread.lexicons.quotation_words import load_uncapitalised

EvidenceKind = Literal["actor", "name", "number", "time", "action", "word"]

_KINDS: tuple[TraitKind, ...] = ("name", "number", "time", "action", "word")
# So many of each kind are shown.
_MOST = 8
# A word that most texts of any matter use says less.
_COMMON = 0.5


@dataclass(frozen=True, slots=True, order=True)
class Trace(Span):
    """Where the evidence stands first in one text, by `Article.id`."""

    article: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that texts of one story share. `words` is how the first of them writes it (of an action its lemma, and
    after `>` or before it who takes part); `texts` is in how many texts of the story it stands, `elsewhere` in how many
    other texts of the folder; `traces` has one place for each text of the story that has it."""

    kind: EvidenceKind
    words: str
    texts: int
    elsewhere: int
    traces: tuple[Trace, ...]


class Sharing:
    """In which texts of a folder each trait and each actor stands."""

    def __init__(self, readings: Sequence[Reading], traits: Sequence[Traits]) -> None:
        self.articles, self.traits = [reading.article for reading in readings], traits
        self.holders = Counter((kind, key) for each in traits for kind in each.places for key in each.places[kind])
        self.actors = find_shared_actors(readings)
        self.mentions = {
            (reading.article.id, actor.id): actor.mentions[0] for reading in readings for actor in reading.actors
        }
        self.actors_of = defaultdict[str, list[int]](list)
        for number, actor in enumerate(self.actors):
            for member in actor.members:
                self.actors_of[member.article].append(number)

    def find(self, group: Sequence[int]) -> tuple[Evidence, ...]:
        """What at least two texts of the group share, and which stands in a larger share of them than of the others."""
        actors = self._choose(self._list_actors(group), len(group))
        named = {word for actor in actors for word in fold(actor.words).split()}
        found = [actors]
        for kind in _KINDS:
            found.append(self._choose(self._list_traits(kind, group, named), len(group)))
        return tuple(each for evidence in found for each in evidence)

    def _choose(self, evidence: Iterable[Evidence], size: int) -> list[Evidence]:
        rest = max(len(self.articles) - size, 1)
        ranked = [(_rank(each, size, rest), each) for each in evidence if each.texts > 1]
        ranked = [pair for pair in ranked if pair[0][0] < 0]
        return [each for _, each in sorted(ranked, key=lambda pair: pair[0])[:_MOST]]

    def _list_actors(self, group: Sequence[int]) -> Iterator[Evidence]:
        inside = [self.articles[text].id for text in group]
        for number in sorted({number for article in inside for number in self.actors_of[article]}):
            actor = self.actors[number]
            places = {member.article: self.mentions[member.article, member.actor] for member in actor.members}
            traces = tuple(_to_trace(article, places[article]) for article in inside if article in places)
            if actor.members and not self._is_described(actor):
                yield Evidence("actor", actor.name, len(traces), len(actor.members) - len(traces), traces)

    def _is_described(self, actor: SharedActor) -> bool:
        """Whether no text names it: *police* is in any text."""
        return all(self.mentions[member.article, member.actor].form == "description" for member in actor.members)

    def _list_traits(self, kind: TraitKind, group: Sequence[int], named: set[str]) -> Iterator[Evidence]:
        held = defaultdict[str, list[int]](list)
        for text in group:
            for key in self.traits[text].places[kind]:
                if _tells(kind, key) and key not in named:
                    held[key].append(text)
        for key, texts in held.items():
            traces = tuple(self._trace(text, kind, key) for text in texts)
            words = key if kind == "action" else traces[0].text
            yield Evidence(kind, words, len(texts), self.holders[kind, key] - len(texts), traces)

    def _trace(self, text: int, kind: TraitKind, key: str) -> Trace:
        start, end = self.traits[text].places[kind][key][0]
        return _to_trace(self.articles[text].id, self.articles[text].span(start, end))


def _to_trace(article: str, place: Span) -> Trace:
    return Trace(place.start, place.end, place.text, article)


def _tells(kind: TraitKind, key: str) -> bool:
    """Whether a trait says something alone: an action with who takes part, a number of two digits or with its noun."""
    return {"action": " > " in key, "number": len(key) > 1}.get(kind, True)


def _rank(evidence: Evidence, size: int, rest: int) -> tuple[float, int, str, tuple[Trace, ...]]:
    """The difference of the shares, smallest first."""
    apart = evidence.texts / size - evidence.elsewhere / rest
    common = evidence.kind == "word" and fold(evidence.words) in load_uncapitalised()
    return -round(apart * (_COMMON if common else 1), 6), -evidence.texts, evidence.words, evidence.traces
