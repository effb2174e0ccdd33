"""What each text or outlet calls an actor or an event, in whose voice: label by label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from closeread.article import Span
from closeread.comparisons.label_uses import LabelPlace, Use, Uses, collect_uses
from closeread.comparisons.shared_actors import SharedActor, find_shared_actors
from closeread.findings import Reading, Voice
from closeread.measures.intervals import choose_telling, fisher, holm, least_chance, wilson

By = Literal["text", "outlet"]
_LEVEL = 0.05
_VOICES: tuple[Voice, ...] = ("own", "quoted", "reported")


@dataclass(frozen=True, slots=True)
class LabelCell:
    """One label in one text or outlet: its places by voice, and of how many references to the actor there in that
    voice. `article` is the `Article.id`, or the outlet; `places` says of each place in which article it stands.
    `articles_own` of `of_articles` articles that refer to the actor in own voice use the label so."""

    article: str
    own: tuple[Span, ...]
    quoted: tuple[Span, ...]
    reported: tuple[Span, ...]
    of_own: int
    of_quoted: int
    of_reported: int
    places: tuple[LabelPlace, ...] = ()
    articles_own: int = 0
    of_articles: int = 0

    @property
    def own_interval(self) -> tuple[float, float] | None:
        """95 % of the share of own-voice references that are this label; None where there are none."""
        return wilson(len(self.own), self.of_own)


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of an actor, by the head of its noun phrase, `interior minister + name` where that is the name;
    cells in the order of the readings, of outlets by name."""

    head: str
    cells: tuple[LabelCell, ...]


@dataclass(frozen=True, slots=True)
class LabelDifference:
    """Two texts or outlets that call an actor so in own voice in shares that chance does not explain: of references in
    two texts, of articles in two outlets. `chance` is that of Fisher's exact test, `raised` after Holm over all
    labels, actors and pairs that could have differed."""

    head: str
    first: str
    second: str
    chance: float
    raised: float


@dataclass(frozen=True, slots=True)
class LabelTable:
    """The labels of one actor (`labels.shared`); of all actors of one text alone (`labels.apart`) and of events
    (`labels.events`), where `actor` is empty. `differences` is empty where none is beyond chance; `too_few` is true
    where no counts of this table could have told one."""

    actor: str
    name: str
    rows: tuple[LabelRow, ...]
    differences: tuple[LabelDifference, ...]
    rule: str
    too_few: bool = True


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a table is about: which uses are of it, and how many references a text has to it in a voice."""

    table: LabelTable
    choose: Callable[[Uses], list[Use]]
    count: Callable[[Uses, Voice], int]


@dataclass(frozen=True, slots=True)
class _Test:
    table: int
    found: LabelDifference
    least: float


def compare_labels(
    readings: Sequence[Reading], actors: Sequence[SharedActor] | None = None, by: By = "text"
) -> tuple[LabelTable, ...]:
    """The actors that at least two of the texts refer to and one of them by a label, those in most texts first; then
    the labels of all others, and those of events."""
    shared = find_shared_actors(readings) if actors is None else actors
    return compare_uses([collect_uses(reading) for reading in readings], shared, by)


def compare_uses(uses: Sequence[Uses], shared: Sequence[SharedActor], by: By) -> tuple[LabelTable, ...]:
    """The same of labels that were collected before."""
    columns = _group(uses, by)
    tables = [table for subject in _list_subjects(uses, shared) if (table := _to_table(subject, columns)).rows]
    tests = [_Test(at, *test) for at, table in enumerate(tables) for test in _list_tests(table, by)]
    telling = choose_telling([test.least for test in tests], _LEVEL)
    return _raise(tables, [test for test, tells in zip(tests, telling, strict=True) if tells])


def _raise(tables: Sequence[LabelTable], tests: Sequence[_Test]) -> tuple[LabelTable, ...]:
    found = defaultdict[int, list[LabelDifference]](list)
    for test, chance in zip(tests, holm([test.found.chance for test in tests]), strict=True):
        if chance < _LEVEL:
            found[test.table].append(replace(test.found, raised=chance))
    told = {test.table for test in tests}
    return tuple(
        replace(table, differences=tuple(found[at]), too_few=at not in told) for at, table in enumerate(tables)
    )


def _group(uses: Sequence[Uses], by: By) -> dict[str, list[Uses]]:
    if by == "text":
        return {each.article: [each] for each in uses}
    outlets = sorted({each.outlet for each in uses})
    return {outlet: [each for each in uses if each.outlet == outlet] for outlet in outlets}


def _list_subjects(uses: Sequence[Uses], shared: Sequence[SharedActor]) -> Iterator[_Subject]:
    by_actor = defaultdict[tuple[str, str], list[Use]](list)
    for text in uses:
        for use in text.actors:
            by_actor[text.article, use.actor].append(use)
    joined = [actor for actor in shared if len(actor.members) > 1]
    for actor in joined:
        if any((each.article, each.actor) in by_actor for each in actor.members):
            yield _of_actor(actor, by_actor)
    members = {(each.article, each.actor) for actor in joined for each in actor.members}
    apart = {text.article: [use for use in text.actors if (text.article, use.actor) not in members] for text in uses}
    yield _of_nouns("labels.apart", "actors of one text", apart)
    yield _of_nouns("labels.events", "events", {text.article: list(text.events) for text in uses})


def _of_nouns(rule: str, name: str, found: dict[str, list[Use]]) -> _Subject:
    """Each noun among all of its sort."""
    return _Subject(
        LabelTable("", name, (), (), rule),
        lambda text: found[text.article],
        lambda text, voice: sum(use.place.voice == voice for use in found[text.article]),
    )


def _of_actor(shared: SharedActor, by_actor: dict[tuple[str, str], list[Use]]) -> _Subject:
    member = {each.article: each.actor for each in shared.members}
    return _Subject(
        LabelTable(shared.id, shared.name, (), (), "labels.shared"),
        lambda text: by_actor.get((text.article, member.get(text.article, "")), []),
        lambda text, voice: text.references.get((member.get(text.article, ""), voice), 0),
    )


def _to_table(subject: _Subject, columns: dict[str, list[Uses]]) -> LabelTable:
    found = {name: _by_head(use for uses in column for use in subject.choose(uses)) for name, column in columns.items()}
    counts = {
        name: {voice: [subject.count(uses, voice) for uses in column] for voice in _VOICES}
        for name, column in columns.items()
    }
    rows = [
        LabelRow(head, tuple(_to_cell(name, places.get(head, []), counts[name]) for name, places in found.items()))
        for head in sorted({head for places in found.values() for head in places})
    ]
    rows.sort(key=lambda row: (-sum(len(cell.places) for cell in row.cells), row.head))
    return replace(subject.table, rows=tuple(rows))


def _by_head(uses: Iterable[Use]) -> dict[str, list[LabelPlace]]:
    places = defaultdict[str, list[LabelPlace]](list)
    for use in uses:
        places[use.head].append(use.place)
    return places


def _to_cell(name: str, found: Sequence[LabelPlace], counts: dict[Voice, list[int]]) -> LabelCell:
    places = sorted(found)
    own, quoted, reported = (tuple(each.place for each in places if each.voice == voice) for voice in _VOICES)
    return LabelCell(
        article=name,
        own=own,
        quoted=quoted,
        reported=reported,
        of_own=sum(counts["own"]),
        of_quoted=sum(counts["quoted"]),
        of_reported=sum(counts["reported"]),
        places=tuple(places),
        articles_own=len({each.article for each in places if each.voice == "own"}),
        of_articles=sum(count > 0 for count in counts["own"]),
    )


def _list_tests(table: LabelTable, by: By) -> Iterator[tuple[LabelDifference, float]]:
    """Each label that one of two texts or outlets uses in own voice, and the least chance that its test could give.
    Between outlets an article counts once, since its references are not independent."""
    for row in table.rows:
        for one, other in combinations(row.cells, 2):
            first, second = (_shares(cell, by) for cell in (one, other))
            if first[1] and second[1] and (first[0] or second[0]):
                chance = fisher(first, second)
                found = LabelDifference(row.head, one.article, other.article, chance, chance)
                yield found, least_chance(first, second)


def _shares(cell: LabelCell, by: By) -> tuple[int, int]:
    return (len(cell.own), cell.of_own) if by == "text" else (cell.articles_own, cell.of_articles)
