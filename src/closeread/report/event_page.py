"""The coverage of one event as one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from closeread.article import Article
from closeread.comparisons.event import Coverage, LeftOutReason
from closeread.comparisons.story_evidence import Evidence
from closeread.report.characters import excerpt
from closeread.report.event_labels import list_labels
from closeread.report.event_matrix import ROOMY, Column, list_blocks, list_columns, list_lacking
from closeread.report.event_passages import list_pairs, list_utterances
from closeread.report.event_sentences import say_event, say_left_out, say_window
from closeread.report.rendering import render_document
from closeread.report.sentences import COMPLETENESS

# Of what was not found, so many lines are shown at once; of the actors with labels, so many tables.
_SHOWN, _LABELS = 12, 6
_EVIDENCE = 8
_REASONS: dict[LeftOutReason, str] = {
    "not-english": "not English",
    "duplicate": "duplicates",
    "other-event": "not found to tell the same event",
}


@dataclass(frozen=True, slots=True)
class TextLine:
    column: Column
    title: str
    quoted: float | None
    sources: int
    completeness: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow of inclusion."""

    count: int
    name: str


def to_event_page(
    coverage: Coverage,
    *,
    command: str,
    hrefs: Mapping[str, str],
    articles: Mapping[str, Article] | None = None,
    index: str | None = None,
) -> str:
    """One HTML document that needs nothing else. `hrefs` are the addresses of the pages of the texts by `Article.id`,
    relative to this page, `articles` the texts, with which places are shown in context. The same coverage gives the
    same bytes."""
    columns = list_columns(coverage, hrefs, articles)
    blocks, lackings = list_blocks(coverage.matrix, columns), list_lacking(coverage.matrix, columns)
    utterances, pairs = list_utterances(coverage.utterances, columns), list_pairs(coverage.reuse, columns)
    return render_document(
        "event.html",
        title=title_of(coverage),
        window=say_window(coverage),
        columns=columns,
        roomy=len(columns) <= ROOMY,
        sentences=say_event(coverage, blocks, lackings, utterances, pairs),
        flow=tuple(_list_steps(coverage)),
        texts=tuple(_list_texts(coverage, columns)),
        left_out=[
            *({"source": each.source, "why": each.message} for each in coverage.unread),
            *({"source": each.source, "why": say_left_out(each)} for each in coverage.left_out),
        ],
        evidence=_say_evidence(coverage.story.evidence) if coverage.story else (),
        lackings=lackings,
        shown=_SHOWN,
        blocks=blocks,
        labels=list_labels(coverage.labels, columns),
        most_labels=_LABELS,
        utterances=utterances,
        pairs=pairs,
        command=command,
        index=index,
    )


def title_of(coverage: Coverage) -> str:
    """The headline of the first text, and how many others there are."""
    first = coverage.texts[0]
    others = len(coverage.texts) - 1
    return f"“{excerpt(first.title or first.source, 80)}” and {others} other {'text' if others == 1 else 'texts'}"


def _list_texts(coverage: Coverage, columns: Sequence[Column]) -> Iterator[TextLine]:
    for column, extent in zip(columns, coverage.matrix.extents, strict=True):
        text = column.text
        quoted = text.quoted_words / text.words if text.words else None
        completeness = COMPLETENESS[text.completeness]
        yield TextLine(column, text.title or text.source, quoted, text.sources, completeness, extent.limits)


def _list_steps(coverage: Coverage) -> Iterator[Step]:
    """Given, without what could not be read and what was left out, compared."""
    yield Step(coverage.given + len(coverage.unread), "given")
    if coverage.unread:
        yield Step(-len(coverage.unread), "could not be read")
    for reason, name in _REASONS.items():
        count = sum(left.reason == reason for left in coverage.left_out)
        if count:
            yield Step(-count, name)
    yield Step(len(coverage.texts), "held against each other")


def _say_evidence(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What is shared by most texts, and by few others."""
    ordered = sorted(evidence, key=lambda each: (-each.texts, each.elsewhere))
    return tuple(f"“{each.words}” in {each.texts} of them" for each in ordered[:_EVIDENCE])
