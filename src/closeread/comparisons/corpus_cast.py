"""Who is named and who speaks in many articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from closeread.comparisons.corpus_actors import join_actors, key_of
from closeread.comparisons.corpus_figures import CorpusActor, CorpusLabel, CorpusSource, LabelIn, NamedIn, SpeaksIn
from closeread.comparisons.corpus_groups import InGroup
from closeread.comparisons.corpus_records import ActorCount, ArticleRecord, LabelCount, SourceCount, fold
from closeread.comparisons.corpus_shares import Shares, of_articles
from closeread.comparisons.resampling import Ints

# Actors, sources, and labels of one actor that are listed, of those in enough articles.
_ACTORS, _SOURCES, _LABELS = 200, 200, 12

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sources:
    found: int
    listed: tuple[CorpusSource, ...]


@dataclass(frozen=True, slots=True)
class _Members:
    """One actor: its counts by the place of the article."""

    held: tuple[tuple[int, ActorCount], ...]

    @property
    def rows(self) -> Ints:
        return np.array([at for at, _ in self.held], dtype=np.int64)

    @property
    def articles(self) -> int:
        return len({at for at, _ in self.held})


def list_actors(
    shares: Shares, groups: Sequence[InGroup], *, least: int
) -> tuple[tuple[CorpusActor, ...], Mapping[Place, str]]:
    """The actors in most articles, and for each named actor of a record (place of the record, place in it) an id."""
    records = shares.records
    joined = join_actors(records)
    found = defaultdict[tuple[str, str], list[tuple[int, ActorCount]]](list)
    places = defaultdict[tuple[str, str], list[Place]](list)
    for at, record in enumerate(records):
        for number, actor in enumerate(record.actors):
            if not actor.described:
                key = joined[key_of(actor)]
                found[key].append((at, actor))
                places[key].append((at, number))
    members = {key: _Members(tuple(held)) for key, held in found.items()}
    order = sorted(members, key=lambda key: (-members[key].articles, -_count_mentions(members[key]), key))
    ids = {place: f"k{number}" for number, key in enumerate(order, 1) for place in places[key]}
    wholes = _mentions_of(records)
    listed = [key for key in order if members[key].articles >= least][:_ACTORS]
    actors = tuple(
        _to_actor(f"k{number}", members[key], shares, wholes, groups) for number, key in enumerate(listed, 1)
    )
    return actors, ids


def _count_mentions(members: _Members) -> int:
    return sum(sum(actor.mentions) for _, actor in members.held)


def _mentions_of(records: Iterable[ArticleRecord]) -> Ints:
    """Certain and possible mentions of all actors, by article."""
    return np.array([record.all_mentions for record in records], dtype=np.int64).reshape(-1, 2)


def _name_groups(inside: Sequence[str], groups: Sequence[InGroup]) -> Iterator[NamedIn]:
    for group in groups:
        named = of_articles(sum(article in group.rows for article in inside), len(group.records))
        yield NamedIn(group.by, group.name, named if group.shares else None)


def _to_actor(id_: str, members: _Members, shares: Shares, wholes: Ints, groups: Sequence[InGroup]) -> CorpusActor:
    rows, counts = members.rows, [actor for _, actor in members.held]
    mentions = np.array([actor.mentions for actor in counts], dtype=np.int64)
    agent = np.array([actor.as_agent for actor in counts], dtype=np.int64)
    patient = np.array([actor.as_patient for actor in counts], dtype=np.int64)
    acts = [shares.of_rows(rows, part, part + other) for part, other in _columns(agent, patient)]
    shown = [
        shares.of_all(rows, part, whole)
        for (part, _), (whole, _) in zip(_columns(mentions, mentions), _columns(wholes, wholes), strict=True)
    ]
    listed = next((actor for actor in counts if actor.group or actor.role), counts[0])
    kinds = Counter(actor.kind for actor in counts)
    found_in = _articles(shares, rows)
    own, quoted, reported = (sum(actor.voices[at] for actor in counts) for at in range(3))
    return CorpusActor(
        id=id_,
        name=_name(actor.name for actor in counts),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        group=listed.group,
        role=listed.role,
        named_in=of_articles(members.articles, len(shares.records)),
        mentions=shown[0],
        mentions_certain=shown[1],
        mentions_possible=shown[2],
        own=own,
        quoted=quoted,
        reported=reported,
        as_agent=acts[0],
        as_agent_certain=acts[1],
        as_agent_possible=acts[2],
        by=tuple(_name_groups(found_in, groups)),
        labels=_list_labels(members, shares, groups),
        found_in=found_in,
        rule="corpus.name",
    )


def _columns(first: Ints, second: Ints) -> list[tuple[Ints, Ints]]:
    """All, certain, possible."""
    return [(first.sum(axis=1), second.sum(axis=1)), (first[:, 0], second[:, 0]), (first[:, 1], second[:, 1])]


def _articles(shares: Shares, rows: Ints) -> tuple[str, ...]:
    return tuple(shares.records[at].text.article for at in sorted(set(rows.tolist())))


def _name(names: Iterable[str]) -> str:
    counts = Counter(names)
    return max(counts, key=lambda name: (counts[name], len(name), name))


def _list_labels(members: _Members, shares: Shares, groups: Sequence[InGroup]) -> tuple[CorpusLabel, ...]:
    """Those of most articles first."""
    found = defaultdict[str, list[tuple[int, LabelCount]]](list)
    wholes = np.zeros((len(members.held), 2), dtype=np.int64)
    for number, (_, actor) in enumerate(members.held):
        for label in actor.labels:
            found[label.head].append((number, label))
            wholes[number] += (label.certain, label.possible)
    order = sorted(found, key=lambda head: (-len(found[head]), head))[:_LABELS]
    articles = [shares.records[at].text.article for at, _ in members.held]
    return tuple(_to_label(head, found[head], members.rows, wholes, shares, articles, groups) for head in order)


def _to_label(
    head: str,
    held: Sequence[tuple[int, LabelCount]],
    rows: Ints,
    wholes: Ints,
    shares: Shares,
    articles: Sequence[str],
    groups: Sequence[InGroup],
) -> CorpusLabel:
    """`articles` are the ids of the rows."""
    own = np.zeros_like(wholes)
    for number, label in held:
        own[number] += (label.certain, label.possible)
    told = [shares.of_rows(rows, part, whole) for part, whole in _columns(own, wholes)]
    by = tuple(_label_group(group, held, articles, own.sum(axis=1), wholes.sum(axis=1)) for group in groups)
    return CorpusLabel(
        head=head,
        own=told[0],
        certain=told[1],
        possible=told[2],
        quoted=sum(label.quoted for _, label in held),
        reported=sum(label.reported for _, label in held),
        by=by,
        found_in=_articles(shares, rows[[number for number, _ in held]]),
    )


def _label_group(
    group: InGroup, held: Sequence[tuple[int, LabelCount]], articles: Sequence[str], own: Ints, wholes: Ints
) -> LabelIn:
    inside = [number for number, article in enumerate(articles) if article in group.rows]
    rows = np.array([group.rows[articles[number]] for number in inside], dtype=np.int64)
    labels = [label for number, label in held if articles[number] in group.rows]
    return LabelIn(
        by=group.by,
        name=group.name,
        own=group.shares.of_rows(rows, own[inside], wholes[inside]) if group.shares else None,
        quoted=sum(label.quoted for label in labels),
        reported=sum(label.reported for label in labels),
    )


def list_sources(shares: Shares, ids: Mapping[Place, str], groups: Sequence[InGroup], *, least: int) -> Sources:
    """Those that speak in most articles first, then those with most words."""
    found = defaultdict[tuple[str, str], list[tuple[int, SourceCount]]](list)
    for at, record in enumerate(shares.records):
        for source in record.sources:
            actor = ids.get((at, source.actor)) if source.actor is not None else None
            found[("actor", actor) if actor else ("words", fold(source.name))].append((at, source))
    order = sorted(found, key=lambda key: (-_articles_of(found[key]), -_words_of(found[key]), key))
    wholes = np.array([record.attributed_words for record in shares.records], dtype=np.int64)
    listed = [key for key in order if _articles_of(found[key]) >= least][:_SOURCES]
    return Sources(len(order), tuple(_to_source(key, found[key], shares, wholes, groups) for key in listed))


def _articles_of(held: Sequence[tuple[int, SourceCount]]) -> int:
    return len({at for at, _ in held})


def _words_of(held: Sequence[tuple[int, SourceCount]]) -> int:
    return sum(sum(source.words) for _, source in held)


def _to_source(
    key: tuple[str, str],
    held: Sequence[tuple[int, SourceCount]],
    shares: Shares,
    wholes: Ints,
    groups: Sequence[InGroup],
) -> CorpusSource:
    rows = np.array([at for at, _ in held], dtype=np.int64)
    words = np.array([source.words for _, source in held], dtype=np.int64)
    told = [shares.of_all(rows, part, wholes) for part in (words.sum(axis=1), words[:, 0], words[:, 1])]
    namings = Counter(source.naming for _, source in held)
    return CorpusSource(
        name=_name(source.name for _, source in held),
        actor=key[1] if key[0] == "actor" else None,
        naming=min(namings, key=lambda naming: (-namings[naming], naming)),
        attributions=sum(sum(source.attributions) for _, source in held),
        attributions_certain=sum(source.attributions[0] for _, source in held),
        speaks_in=of_articles(_articles_of(held), len(shares.records)),
        quoted_words=sum(source.quoted_words for _, source in held),
        reported_words=sum(source.reported_words for _, source in held),
        words=told[0],
        words_certain=told[1],
        words_possible=told[2],
        by=tuple(_speak_in(group, held, shares) for group in groups),
        found_in=_articles(shares, rows),
    )


def _speak_in(group: InGroup, held: Sequence[tuple[int, SourceCount]], shares: Shares) -> SpeaksIn:
    named = [(shares.records[at].text.article, source) for at, source in held]
    inside = [(group.rows[article], source) for article, source in named if article in group.rows]
    rows = np.array([row for row, _ in inside], dtype=np.int64)
    words = np.array([sum(source.words) for _, source in inside], dtype=np.int64)
    wholes = np.array([record.attributed_words for record in group.records], dtype=np.int64)
    return SpeaksIn(
        by=group.by,
        name=group.name,
        articles=len({row for row, _ in inside}),
        attributions=sum(sum(source.attributions) for _, source in inside),
        quoted_words=sum(source.quoted_words for _, source in inside),
        reported_words=sum(source.reported_words for _, source in inside),
        words=group.shares.of_all(rows, words, wholes) if group.shares else None,
    )
