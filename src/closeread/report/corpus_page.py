"""A collection as one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from closeread.comparisons.corpus_figures import Corpus, CorpusActor, CorpusSource, CorpusText, Dimension, Share
from closeread.report.corpus_lines import (
    BY,
    IntervalBar,
    Table,
    count_differences,
    count_reasons,
    draw_interval,
    list_tables,
    list_whole,
    most_of,
    name_of,
    say_interval,
    say_left_out,
    say_share,
    say_title,
)
from closeread.report.corpus_sentences import say_corpus
from closeread.report.rendering import render_document

# Rows shown, and articles to which a row leads; the tables of `--csv` have all.
_ACTORS, _SOURCES, _LABELLED, _ARTICLES = 40, 40, 12, 20
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """An article that a row rests on."""

    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class CastLine:
    """An actor or a source: two shares, each with its interval."""

    id: str
    name: str
    kind: str
    articles: int
    share: str
    interval: str
    bar: IntervalBar | None
    second: str
    second_interval: str
    certain: str
    possible: str
    counts: tuple[str, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class NamingTable:
    """In which share of the articles of each group an actor is named, or which share of their words a source has."""

    id: str
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    by: Dimension
    title: str
    head: str
    tables: tuple[Table, ...]
    differences: int
    differing: int
    too_few: tuple[str, ...]
    names: tuple[NamingTable, ...]


def to_corpus_page(
    corpus: Corpus, *, command: str, hrefs: Mapping[str, str] | None = None, index: str | None = None
) -> str:
    """One HTML document that needs nothing else. `hrefs` are the addresses of the pages of the texts by `Article.id`,
    relative to this page. The same collection gives the same bytes."""
    spots = _Spots(corpus, hrefs or {})
    return render_document(
        "corpus.html",
        title=title_of(corpus),
        sentences=say_corpus(corpus),
        flow=tuple(_list_steps(corpus)),
        whole=tuple(list_whole(corpus)),
        leading={each.measure: spots.leading(at) for at, each in enumerate(corpus.figures)},
        measures=tuple(each.measure for each in corpus.figures),
        sections=tuple(_to_section(corpus, by) for by in corpus.by),
        actors=tuple(_list_actors(corpus.actors[:_ACTORS], spots)),
        actors_listed=len(corpus.actors),
        sources=tuple(_list_sources(corpus.sources[:_SOURCES], spots)),
        sources_listed=len(corpus.sources),
        labelled=tuple(_list_labels(corpus.actors)),
        corpus=corpus,
        left_out=[{"source": left.source, "why": say_left_out(left)} for left in corpus.left_out],
        texts=[{"text": text, "spot": spots.of(text.article)} for text in corpus.texts],
        command=command,
        index=index,
    )


def title_of(corpus: Corpus) -> str:
    return say_title(corpus)


def write_corpus_page(folder: Path, page: str) -> None:
    """Writes `corpus.html`, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "corpus.html.part"
    part.write_text(page, encoding="utf-8", newline="\n")
    part.replace(folder / "corpus.html")


class _Spots:
    """The articles as a reader meets them: their titles, with links where they have pages."""

    def __init__(self, corpus: Corpus, hrefs: Mapping[str, str]) -> None:
        self._corpus, self._hrefs = corpus, hrefs
        self._texts = {text.article: text for text in corpus.texts}

    def of(self, article: str) -> Spot:
        text = self._texts[article]
        return Spot(text.title or text.source, self._hrefs.get(article))

    def some(self, articles: Sequence[str]) -> tuple[Spot, ...]:
        return tuple(map(self.of, articles[:_ARTICLES]))

    def leading(self, measure: int) -> tuple[tuple[Spot, int], ...]:
        """The articles that add most to a measure, with what they add."""
        ordered = sorted(self._corpus.texts, key=lambda text: (-_count(text, measure), text.source, text.article))
        return tuple((self.of(text.article), _count(text, measure)) for text in ordered[:8] if _count(text, measure))


def _count(text: CorpusText, measure: int) -> int:
    return text.counts[measure].certain + text.counts[measure].possible


def _list_steps(corpus: Corpus) -> Iterator[tuple[int, str]]:
    yield corpus.given + len(corpus.unread), "given"
    if corpus.unread:
        yield -len(corpus.unread), "could not be read"
    yield from ((-count, name) for name, count in count_reasons(corpus.left_out).items())
    yield len(corpus.texts), "counted"


def _to_section(corpus: Corpus, by: Dimension) -> Section:
    title, head = BY[by]
    few = tuple(
        f"{name_of(group)} ({len(group.articles)})" for group in corpus.groups if group.by == by and group.too_few
    )
    return Section(
        by,
        title,
        head,
        tuple(list_tables(corpus, by)),
        *count_differences(corpus, by),
        few,
        tuple(_list_names(corpus, by)),
    )


def _list_names(corpus: Corpus, by: Dimension) -> Iterator[NamingTable]:
    """None where there are more groups than fit a page, or no two that are large enough."""
    groups = [group for group in corpus.groups if group.by == by and not group.too_few]
    if not 2 <= len(groups) <= _COLUMNS:
        return
    names, columns = [group.name for group in groups], tuple(map(name_of, groups))
    named = [(actor.name, {each.name: each.share for each in actor.by if each.by == by}) for actor in corpus.actors]
    spoken = [(each.name, {part.name: part.words for part in each.by if part.by == by}) for each in corpus.sources]
    titles = (
        ("names", "Actor", named, "in how many of its articles an actor is named, in per cent"),
        ("speaks", "Source", spoken, "the share of its quoted and reported words that a source has, in per cent"),
    )
    for id_, head, shares, title in titles:
        rows = tuple(
            (name, tuple(_say_short(held[column]) for column in names)) for name, held in shares[: _ACTORS // 2]
        )
        if rows:
            yield NamingTable(f"{id_}-{by}", f"{BY[by][0]}: {title}", head, columns, rows)


def _say_short(share: Share | None) -> str:
    return "–" if share is None or share.share is None else f"{100 * share.share:.0f}"


def _list_actors(actors: Sequence[CorpusActor], spots: _Spots) -> Iterator[CastLine]:
    most = most_of([actor.mentions for actor in actors])
    for actor in actors:
        yield CastLine(
            id=actor.id,
            name=actor.name,
            kind=actor.kind,
            articles=actor.named_in.part,
            share=say_share(actor.mentions),
            interval=say_interval(actor.mentions),
            bar=draw_interval(actor.mentions, most),
            second=say_share(actor.as_agent),
            second_interval=say_interval(actor.as_agent),
            certain=say_share(actor.mentions_certain),
            possible=say_share(actor.mentions_possible),
            counts=(f"{actor.own:,}", f"{actor.quoted:,}", f"{actor.reported:,}", f"{actor.as_agent.whole:,}"),
            spots=spots.some(actor.found_in),
        )


def _list_sources(sources: Sequence[CorpusSource], spots: _Spots) -> Iterator[CastLine]:
    most = most_of([source.words for source in sources])
    for number, source in enumerate(sources, 1):
        yield CastLine(
            id=f"source-{number}",
            name=source.name,
            kind=source.naming,
            articles=source.speaks_in.part,
            share=say_share(source.words),
            interval=say_interval(source.words),
            bar=draw_interval(source.words, most),
            second=say_share(source.speaks_in),
            second_interval=say_interval(source.speaks_in),
            certain=say_share(source.words_certain),
            possible=say_share(source.words_possible),
            counts=(f"{source.quoted_words:,}", f"{source.reported_words:,}", f"{source.attributions:,}"),
            spots=spots.some(source.found_in),
        )


def _list_labels(actors: Sequence[CorpusActor]) -> Iterator[dict[str, object]]:
    """The actors with labels in own voice."""
    labelled = [actor for actor in actors if actor.labels and actor.labels[0].own.whole]
    for actor in labelled[:_LABELLED]:
        lines = [
            {
                "head": label.head,
                "share": say_share(label.own),
                "interval": say_interval(label.own),
                "sums": f"{label.own.part:,} of {label.own.whole:,}",
                "certain": say_share(label.certain),
                "possible": say_share(label.possible),
                "quoted": label.quoted,
                "reported": label.reported,
                "articles": len(label.found_in),
            }
            for label in actor.labels
        ]
        yield {"id": actor.id, "name": actor.name, "lines": lines}
