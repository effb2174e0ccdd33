"""A collection as flat tables."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.comparisons.corpus_figures import Corpus, Figure, Share
from closeread.exports.cells import Row

_SHARE = ("part", "whole", "share", "low", "high")


def _named(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{name}" for name in _SHARE)


COLUMNS: dict[str, tuple[str, ...]] = {
    "corpus_texts": ("article", "source", "outlet", "title", "date", "words", "sha256"),
    "corpus_left_out": ("article", "source", "reason", "same_as", "share", "agency"),
    "corpus_figures": (
        *("by", "group", "group_articles", "too_few", "measure", "articles", "found_in", "method", *_SHARE),
        *(*_named("certain"), *_named("possible"), "difference", "difference_low", "difference_high"),
    ),
    "corpus_counts": ("article", "source", "measure", "certain", "possible", "of_certain", "of_possible"),
    "corpus_actors": (
        *("actor", "name", "kind", "list_group", "role", *_named("named_in"), *_named("mentions"), "own", "quoted"),
        *("reported", *_named("mentions_certain"), *_named("mentions_possible"), *_named("as_agent")),
        *(*_named("as_agent_certain"), *_named("as_agent_possible"), "rule"),
    ),
    "corpus_actor_groups": ("actor", "name", "by", "group", *_SHARE),
    "corpus_actor_articles": ("actor", "name", "article"),
    "corpus_sources": (
        *("name", "actor", "naming", "attributions", "attributions_certain", *_named("speaks_in"), "quoted_words"),
        *("reported_words", *_named("words"), *_named("words_certain"), *_named("words_possible")),
    ),
    "corpus_source_groups": (
        *("name", "actor", "by", "group", "articles", "attributions", "quoted_words", "reported_words", *_SHARE),
    ),
    "corpus_source_articles": ("name", "actor", "article"),
    "corpus_labels": (
        *("actor", "name", "label", *_named("own"), *_named("certain"), *_named("possible"), "quoted", "reported"),
        "articles",
    ),
    "corpus_label_groups": ("actor", "name", "label", "by", "group", *_SHARE, "quoted", "reported"),
}


def to_corpus_tables(corpus: Corpus) -> dict[str, Iterator[Row]]:
    """The rows of each table."""
    return {
        "corpus_texts": _take(corpus.texts, "corpus_texts"),
        "corpus_left_out": _take(corpus.left_out, "corpus_left_out"),
        "corpus_figures": _list_figures(corpus),
        "corpus_counts": _list_counts(corpus),
        "corpus_actors": _list_actors(corpus),
        "corpus_actor_groups": _list_actor_groups(corpus),
        "corpus_actor_articles": (
            {"actor": actor.id, "name": actor.name, "article": article}
            for actor in corpus.actors
            for article in actor.found_in
        ),
        "corpus_sources": _list_sources(corpus),
        "corpus_source_articles": (
            {"name": source.name, "actor": source.actor, "article": article}
            for source in corpus.sources
            for article in source.found_in
        ),
        "corpus_labels": _list_labels(corpus),
        "corpus_source_groups": _list_source_groups(corpus),
        "corpus_label_groups": _list_label_groups(corpus),
    }


def _take(found: tuple[object, ...], table: str) -> Iterator[Row]:
    for each in found:
        yield {name: getattr(each, name) for name in COLUMNS[table]}


def _spread(share: Share | None, prefix: str = "") -> Row:
    start = f"{prefix}_" if prefix else ""
    return {f"{start}{name}": getattr(share, name) if share else None for name in _SHARE}


def _list_figures(corpus: Corpus) -> Iterator[Row]:
    for figure in corpus.figures:
        yield {"by": "all", "group_articles": len(corpus.texts), "too_few": figure.all is None, **_to_row(figure)}
    for group in corpus.groups:
        head = {"by": group.by, "group": group.name, "group_articles": len(group.articles)}
        differences = {each.measure: each for each in group.differences}
        if group.too_few:
            yield {**head, "too_few": True}
        for figure in group.figures:
            row = {**head, "too_few": figure.all is None, **_to_row(figure)}
            if (found := differences.get(figure.measure)) is not None:
                row |= {"difference": found.difference, "difference_low": found.low, "difference_high": found.high}
            yield row


def _to_row(figure: Figure) -> Row:
    return {
        **{"measure": figure.measure, "articles": figure.articles, "found_in": len(figure.found_in)},
        **{"method": figure.method, **_spread(figure.all)},
        **_spread(figure.certain, "certain"),
        **_spread(figure.possible, "possible"),
    }


def _list_counts(corpus: Corpus) -> Iterator[Row]:
    for text in corpus.texts:
        for count in text.counts:
            numbers = {name: getattr(count, name) for name in COLUMNS["corpus_counts"][2:]}
            yield {"article": text.article, "source": text.source, **numbers}


def _list_actors(corpus: Corpus) -> Iterator[Row]:
    for actor in corpus.actors:
        head = {"actor": actor.id, "name": actor.name, "kind": actor.kind, "list_group": actor.group}
        row: Row = {**head, "role": actor.role, "own": actor.own, "quoted": actor.quoted, "reported": actor.reported}
        for name in ("named_in", "mentions", "mentions_certain", "mentions_possible"):
            row |= _spread(getattr(actor, name), name)
        for name in ("as_agent", "as_agent_certain", "as_agent_possible"):
            row |= _spread(getattr(actor, name), name)
        yield row | {"rule": actor.rule}


def _list_actor_groups(corpus: Corpus) -> Iterator[Row]:
    for actor in corpus.actors:
        for each in actor.by:
            yield {"actor": actor.id, "name": actor.name, "by": each.by, "group": each.name, **_spread(each.share)}


def _list_sources(corpus: Corpus) -> Iterator[Row]:
    for source in corpus.sources:
        row: Row = {
            **{"name": source.name, "actor": source.actor, "naming": source.naming},
            **{"attributions": source.attributions, "attributions_certain": source.attributions_certain},
            **{"quoted_words": source.quoted_words, "reported_words": source.reported_words},
        }
        for name in ("speaks_in", "words", "words_certain", "words_possible"):
            row |= _spread(getattr(source, name), name)
        yield row


def _list_labels(corpus: Corpus) -> Iterator[Row]:
    for actor in corpus.actors:
        for label in actor.labels:
            yield {
                **{"actor": actor.id, "name": actor.name, "label": label.head, **_spread(label.own, "own")},
                **_spread(label.certain, "certain"),
                **_spread(label.possible, "possible"),
                **{"quoted": label.quoted, "reported": label.reported, "articles": len(label.found_in)},
            }


def _list_source_groups(corpus: Corpus) -> Iterator[Row]:
    for source in corpus.sources:
        for each in source.by:
            yield {
                **{"name": source.name, "actor": source.actor, "by": each.by, "group": each.name},
                **{"articles": each.articles, "attributions": each.attributions},
                **{"quoted_words": each.quoted_words, "reported_words": each.reported_words, **_spread(each.words)},
            }


def _list_label_groups(corpus: Corpus) -> Iterator[Row]:
    for actor in corpus.actors:
        for label in actor.labels:
            for each in label.by:
                yield {
                    **{"actor": actor.id, "name": actor.name, "label": label.head, "by": each.by, "group": each.name},
                    **{"quoted": each.quoted, "reported": each.reported, **_spread(each.own)},
                }
