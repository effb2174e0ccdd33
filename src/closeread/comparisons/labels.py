"""What each text calls an actor, in whose voice: the same actor across texts, label by label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from closeread.article import Span
from closeread.comparisons.shared_actors import SharedActor, find_shared_actors
from closeread.findings import Actor, Label, Reading, Voice
from closeread.measures.intervals import fisher, holm, wilson

_CERTAIN = 0.05


@dataclass(frozen=True, slots=True)
class LabelCell:
    """One label in one text: its places by voice, and of how many references to the actor in that text and voice."""

    article: str
    own: tuple[Span, ...]
    quoted: tuple[Span, ...]
    reported: tuple[Span, ...]
    of_own: int
    of_quoted: int
    of_reported: int

    @property
    def own_interval(self) -> tuple[float, float] | None:
        """95 % of the share of own-voice references that are this label; None where there are none."""
        return wilson(len(self.own), self.of_own)


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of an actor, by the head of its noun phrase, `interior minister + name` where that is the name;
    cells in the order of the readings."""

    head: str
    cells: tuple[LabelCell, ...]


@dataclass(frozen=True, slots=True)
class LabelDifference:
    """Two texts that call an actor so in own voice in shares that chance does not explain. `chance` is that of Fisher's
    exact test, `raised` after Holm over all labels, actors and pairs of texts that could have differed."""

    head: str
    first: str
    second: str
    chance: float
    raised: float


@dataclass(frozen=True, slots=True)
class LabelTable:
    """The labels of one actor. `differences` is empty where none is beyond chance, or the counts are too few to
    tell."""

    actor: str
    name: str
    rows: tuple[LabelRow, ...]
    differences: tuple[LabelDifference, ...]
    rule: str


def compare_labels(readings: Sequence[Reading], actors: Sequence[SharedActor] | None = None) -> tuple[LabelTable, ...]:
    """The actors that at least two of the texts refer to and one of them by a label; those in most texts first."""
    shared = find_shared_actors(readings) if actors is None else actors
    tables = [table for actor in shared if len(actor.members) > 1 and (table := _to_table(actor, readings)).rows]
    tests = [(at, test) for at, table in enumerate(tables) for test in _test(table)]
    raised = holm([test.chance for _, test in tests])
    found = defaultdict[int, list[LabelDifference]](list)
    for (at, test), chance in zip(tests, raised, strict=True):
        if chance < _CERTAIN:
            found[at].append(replace(test, raised=chance))
    return tuple(replace(table, differences=tuple(found[at])) for at, table in enumerate(tables))


def _to_table(shared: SharedActor, readings: Sequence[Reading]) -> LabelTable:
    member = {each.article: each.actor for each in shared.members}
    inside = [reading for reading in readings if reading.article.id in member]
    labels = {reading.article.id: _by_head(reading, member[reading.article.id]) for reading in inside}
    actors = {
        reading.article.id: next(actor for actor in reading.actors if actor.id == member[reading.article.id])
        for reading in inside
    }
    heads = sorted({head for of_text in labels.values() for head in of_text})
    rows = [
        LabelRow(head, tuple(_to_cell(reading.article.id, labels, actors, head) for reading in readings))
        for head in heads
    ]
    rows.sort(
        key=lambda row: (-sum(len(cell.own) + len(cell.quoted) + len(cell.reported) for cell in row.cells), row.head)
    )
    return LabelTable(shared.id, shared.name, tuple(rows), (), "labels.shared")


def _by_head(reading: Reading, actor: str) -> Mapping[str, list[Label]]:
    found = defaultdict[str, list[Label]](list)
    for label in reading.labels:
        if label.actor == actor:
            found[_key_of(label)].append(label)
    return found


def _key_of(label: Label) -> str:
    """The noun; of a name with words before it, those words."""
    if not label.head[:1].isupper():
        return label.head
    return f"{' '.join(word.text for word in label.modifiers) or label.place.text.split()[0]} + name".lower()


def _to_cell(
    article: str, labels: Mapping[str, Mapping[str, list[Label]]], actors: Mapping[str, Actor], head: str
) -> LabelCell:
    if article not in actors:
        return LabelCell(article, (), (), (), 0, 0, 0)
    here = labels[article].get(head, [])
    own, quoted, reported = (_places(here, voice) for voice in ("own", "quoted", "reported"))
    counts = [_count(actors[article], labels[article], voice) for voice in ("own", "quoted", "reported")]
    return LabelCell(article, own, quoted, reported, *counts)


def _places(labels: Sequence[Label], voice: Voice) -> tuple[Span, ...]:
    return tuple(label.place for label in labels if label.voice == voice)


def _count(actor: Actor, labels: Mapping[str, Sequence[Label]], voice: Voice) -> int:
    """References in one voice that are no pronouns: mentions, and labels that hold none."""
    mentions = [each for each in actor.mentions if each.voice == voice and each.form != "pronoun"]
    places = [place for of_head in labels.values() for place in _places(of_head, voice)]
    return len(mentions) + sum(not any(place.overlaps(mention) for mention in mentions) for place in places)


def _test(table: LabelTable) -> Iterator[LabelDifference]:
    """Tests that could have told a difference: what is in both texts' own voice."""
    for row in table.rows:
        for one, other in combinations(row.cells, 2):
            if one.of_own and other.of_own and (one.own or other.own):
                chance = fisher((len(one.own), one.of_own), (len(other.own), other.of_own))
                yield LabelDifference(row.head, one.article, other.article, chance, chance)
