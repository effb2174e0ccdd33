"""A collection in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from closeread.comparisons.corpus_figures import Corpus, Group
from closeread.report.corpus_lines import (
    BY,
    PER_WORDS,
    count_reasons,
    list_whole,
    name_of,
    say_left_out,
    say_share,
    say_title,
)
from closeread.report.corpus_sentences import say_corpus
from closeread.report.terminal import plain

_GROUPS, _LEFT, _CAST = 15, 5, 8
_COLUMNS = (("quoted", "quoted-words"), ("named", "named-sources"), ("anonym.", "anonymous-sources"))
_SHOWN = (*_COLUMNS, ("agentless", "agentless"), ("loaded", "loaded-words"))


def to_corpus_summary(corpus: Corpus) -> Iterator[RenderableType]:
    """The sentences, the measures, the groups, who is named and who speaks, what was left out."""
    yield Text(plain(say_title(corpus)), style="bold")
    yield _pair_up(say_corpus(corpus))
    yield Text("")
    yield _measures(corpus)
    for by in corpus.by:
        yield Text("")
        yield from _groups(by, [group for group in corpus.groups if group.by == by])
    yield Text("")
    yield _cast(corpus)
    if corpus.left_out:
        yield Text("")
        counts = ", ".join(f"{count:,} {name}" for name, count in count_reasons(corpus.left_out).items())
        yield Text(plain(f"Left out: {counts}"), style="bold")
        yield _pair_up(("–", f"{each.source}: {say_left_out(each)}") for each in corpus.left_out[:_LEFT])
        if len(corpus.left_out) > _LEFT:
            yield Text(f"and {len(corpus.left_out) - _LEFT:,} more")


def _pair_up(rows: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, words in rows:
        grid.add_row(plain(name), plain(words))
    return grid


def _table(*heads: str) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left", no_wrap=bool(at), overflow="fold")
    return table


def _measures(corpus: Corpus) -> Table:
    table = _table("Share", "all", "95 % interval", "certain", "possible", "articles")
    for line in list_whole(corpus):
        unit = ", per 1,000 words" if "1,000" in line.note else ""
        table.add_row(
            plain(line.name + unit), line.share, line.interval, line.certain, line.possible, f"{line.articles:,}"
        )
    return table


def _groups(by: str, groups: Sequence[Group]) -> Iterator[RenderableType]:
    title = next(head for name, (_, head) in BY.items() if name == by)
    table = _table(title, "articles", *(name for name, _ in _SHOWN))
    for group in groups[:_GROUPS]:
        figures = {figure.measure: figure for figure in group.figures}
        cells = [
            say_share(figures[name].all, per_words=name in PER_WORDS) if name in figures else "few"
            for _, name in _SHOWN
        ]
        table.add_row(plain(name_of(group)), f"{len(group.articles):,}", *cells)
    yield table
    if len(groups) > _GROUPS:
        yield Text(f"and {len(groups) - _GROUPS:,} more")
    if all(group.name is None for group in groups):
        column = "outlet" if by == "outlet" else "date"
        yield Text(f"No text tells it. In a table (CSV, JSONL, XLSX) the column {column} does.", style="dim")


def _cast(corpus: Corpus) -> Table:
    table = _table("Named", "articles", "of all mentions", "acts")
    for actor in corpus.actors[:_CAST]:
        shares = say_share(actor.mentions), say_share(actor.as_agent)
        table.add_row(plain(actor.name), f"{actor.named_in.part:,}", *shares)
    for source in corpus.sources[:_CAST]:
        table.add_row(plain(f"speaks: {source.name}"), f"{source.speaks_in.part:,}", say_share(source.words), "")
    return table
