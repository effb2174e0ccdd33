"""From findings to markings: what the layers of the article show."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from closeread.article import Article, Span
from closeread.findings import Attribution, Clause, Reading, Voice
from closeread.marks import find_marks
from closeread.report.cast import Cast
from closeread.report.characters import spell_hidden
from closeread.report.claim_markings import mark_claims, mark_statements
from closeread.report.segments import Marking, mark


def find_markings(reading: Reading, cast: Cast) -> list[Marking]:
    markings = [*_mark_actors(reading, cast), *_mark_scare_quotes(reading), *_mark_words(reading)]
    markings += [marking for clause in reading.clauses for marking in _mark_clause(clause, cast)]
    markings += [*mark_statements(reading, cast), *mark_claims(reading, cast)]
    marked = find_marked(reading.article)
    for attribution in reading.attributions:
        markings += _mark_attribution(attribution, cast, marked)
    for enumeration in reading.enumerations:
        markings += [mark(item, "item", enumeration.id) for item in (enumeration.place, *enumeration.items)]
    markings += [mark(notice.place, "item", "") for notice in reading.notices if notice.place is not None]
    return markings


def find_marked(article: Article) -> tuple[tuple[int, int], ...]:
    """The ranges in quotation marks, marks included, paragraph by paragraph, in the order of the text."""
    return tuple(piece for stretch in find_marks(article).stretches for piece in stretch.pieces)


def _mark_attribution(attribution: Attribution, cast: Cast, marked: Sequence[tuple[int, int]]) -> Iterator[Marking]:
    source = cast.source_of[attribution.id]
    label = f"quotation {cast.numbers[attribution.id]}, {spell_hidden(source.row.name)}"
    shared = tuple(_shared_classes(attribution, source.hue))
    for content in attribution.contents:
        for start, end, voice in split_voices(attribution, content, marked):
            yield Marking(
                start,
                end,
                "content",
                extent=content.end - content.start,
                owner=attribution.id,
                classes=(voice, *shared),
                label=label if start == content.start else "",
            )
    for place in attribution.sources:
        yield mark(place, "source", attribution.id)
    if attribution.cue is not None:
        yield mark(attribution.cue, "cue", attribution.id)
    for introduction in attribution.introduction:
        yield mark(introduction, "introduction", attribution.id)


def _shared_classes(attribution: Attribution, hue: int) -> Iterator[str]:
    yield f"q{hue}"
    if not attribution.certain:
        yield "possible"
    if attribution.negated:
        yield "negated"


def split_voices(
    attribution: Attribution, content: Span, marked: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Voice]]:
    """The stretches of a content inside quotation marks and outside them, in order."""
    if attribution.mode != "mixed":
        yield content.start, content.end, "quoted" if attribution.mode == "direct" else "reported"
        return
    done = content.start
    for start, end in marked[max(bisect_left(marked, (content.start, 0)) - 1, 0) :]:
        if start >= content.end:
            break
        start, end = max(start, done), min(end, content.end)
        if start < end:
            if done < start:
                yield done, start, "reported"
            yield start, end, "quoted"
            done = end
    if done < content.end:
        yield done, content.end, "reported"


def _mark_actors(reading: Reading, cast: Cast) -> Iterator[Marking]:
    for actor in reading.actors:
        for mention in actor.mentions:
            classes = (f"m{cast.hue_of_actor[actor.id]}",)
            yield mark(mention, "mention", actor.id, classes=classes, label=f"actor {cast.numbers[actor.id]}")


def _mark_scare_quotes(reading: Reading) -> Iterator[Marking]:
    for quote in reading.scare_quotes:
        yield mark(quote.place, "scare", quote.id, classes=(quote.kind,), label=SCARE_QUOTES[quote.kind])


def _mark_clause(clause: Clause, cast: Cast) -> Iterator[Marking]:
    number = cast.numbers[clause.id]
    shown = ("v-possible",) if not clause.certain else ()
    bare = "" if clause.agent else ", no agent"
    label = f"action {number}{bare}"
    classes = (*shown, "agentless") if clause.agent is None else shown
    yield mark(clause.predicate, "predicate", clause.id, classes=classes, label=label)
    if clause.agent is not None:
        yield mark(clause.agent, "agent", clause.id)
    if clause.patient is not None:
        yield mark(clause.patient, "patient", clause.id)
    if clause.recipient is not None:
        yield mark(clause.recipient, "recipient", clause.id)
    if clause.agent_elsewhere is not None:
        yield mark(clause.agent_elsewhere, "item", clause.id)


def _mark_words(reading: Reading) -> Iterator[Marking]:
    for label in reading.labels:
        yield mark(label.place, "label", label.id)
        yield from (mark(place, "item", label.id) for place in label.modifiers)
    yield from (mark(marker.place, "marker", marker.id) for marker in reading.markers)
    for phrase in reading.loaded:
        classes = () if phrase.certain else ("loaded-possible",)
        yield mark(phrase.place, "loaded", phrase.id, classes=classes, label="loaded")


SCARE_QUOTES = {
    "attributed-fragment": "fragment, attributed",
    "unattributed-fragment": "fragment, attributed to nobody",
    "title-or-term": "title or term",
}
