"""The coverage of an event in 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from closeread.comparisons.event import Coverage
from closeread.report.event_matrix import Column, Lacking, list_blocks, list_columns, list_lacking
from closeread.report.event_page import title_of
from closeread.report.event_passages import list_pairs, list_utterances
from closeread.report.event_sentences import say_event, say_left_out
from closeread.report.terminal import plain

_SHOWN, _LEFT = 6, 5


def to_event_summary(coverage: Coverage) -> Iterator[RenderableType]:
    """The texts with their letters, the sentences, and what was not found in each text."""
    columns = list_columns(coverage, {})
    blocks, lackings = list_blocks(coverage.matrix, columns), list_lacking(coverage.matrix, columns)
    utterances, pairs = list_utterances(coverage.utterances, columns), list_pairs(coverage.reuse, columns)
    yield Text(plain(title_of(coverage)), style="bold")
    yield _pair_up((column.letter, _describe(column)) for column in columns)
    if coverage.left_out:
        left = [("–", f"{each.source}: {say_left_out(each)}") for each in coverage.left_out[:_LEFT]]
        more = len(coverage.left_out) - _LEFT
        yield _pair_up([*left, *([("", f"and {more} more left out")] if more > 0 else [])])
    yield Text("")
    yield _pair_up((each.topic, str(each)) for each in say_event(coverage, blocks, lackings, utterances, pairs))
    for lacking in lackings:
        if lacking.lines:
            yield Text("")
            yield Text(plain(f"Not found in {lacking.column.letter} {lacking.column.name}"), style="bold")
            yield _pair_up(_list_lines(lacking))


def _describe(column: Column) -> str:
    text = column.text
    return ", ".join(filter(None, (column.name, text.date, f"{text.words:,} words", text.source)))


def _list_lines(lacking: Lacking) -> Iterator[tuple[str, str]]:
    for line in lacking.lines[:_SHOWN]:
        yield f"{line.found_in}/{line.others}", f"{line.kind}: {line.name}{'' if line.certain else ', possible'}"
    if len(lacking.lines) > _SHOWN:
        yield "", f"and {len(lacking.lines) - _SHOWN} more"


def _pair_up(rows: Iterable[tuple[str, str]]) -> Table:
    """A short word and what is said of it, set beside each other."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, words in rows:
        grid.add_row(plain(name), plain(words))
    return grid
