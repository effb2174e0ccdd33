"""The article on the page: its own words, untouched, with marks, numbers and notes between them.

What is not the article's stands in an element with the attribute `data-note`. Without these elements, the
`textContent` of `#text` is `Article.text`, character for character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from closeread.article import Span
from closeread.findings import Reading
from closeread.report.cast import Cast
from closeread.report.characters import show_hidden
from closeread.report.markings import find_markings
from closeread.report.notes import Layer, Note, Reference, find_notes, find_references
from closeread.report.rendering import load_templates
from closeread.report.segments import Marking, Piece, Segment, cut, mark, to_pieces

_CLASS = {
    **{"content": "q", "source": "source", "cue": "cue", "mention": "m", "scare": "s"},
    **{"predicate": "v", "agent": "agent", "patient": "patient", "recipient": "recipient"},
    **{"label": "label", "loaded": "loaded", "marker": "marker"},
    **{"statement": "t", "ground": "ground", "conflict": "conflict"},
}
_SPOKEN = {
    **{"content": "q", "mention": "m", "scare": "s", "predicate": "c", "loaded": "w"},
    **{"statement": "t", "conflict": "t"},
}
_SPACING = re.compile(r"^\s|[\t\n]|  |\s$")  # white space that a browser would not show as it is
_LAYERS: tuple[Layer, ...] = ("q", "a", "s", "t")  # the others have no notes


@dataclass(frozen=True, slots=True)
class _Margin:
    """What stands between the words, by offset: notes before a segment, numbers behind one."""

    notes: dict[int, list[Note]]
    references: dict[int, list[Reference]]
    anchors: tuple[int, ...]


def render_article(reading: Reading, cast: Cast, places: Iterable[Span] = ()) -> Markup:
    """The inside of `#text`, with an anchor at each of the places."""
    text, markings = reading.article.text, find_markings(reading, cast)
    markings += [mark(place, "item", "") for place in places]
    anchors = tuple(sorted({marking.start for marking in markings}))
    pieces = to_pieces(reading.article, anchors)
    margin = _Margin(
        notes=_by_offset(find_notes(reading, cast)),
        references=_by_end(find_references(reading, cast), pieces),
        anchors=anchors,
    )
    segments = cut(len(text), markings, [piece.start for piece in pieces])
    return Markup("").join(_render_pieces(text, pieces, segments, margin))


def _by_offset(notes: Iterable[Note]) -> dict[int, list[Note]]:
    grouped: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        grouped[note.at].append(note)
    return grouped


def _by_end(references: Iterable[Reference], pieces: Iterable[Piece]) -> dict[int, list[Reference]]:
    """By the offset behind which they stand: the end of their words, or of the block where these begin."""
    grouped: dict[int, list[Reference]] = defaultdict(list)
    blocks = iter(pieces)
    block = next(blocks, None)
    for reference in sorted(references, key=lambda reference: (reference.start, -reference.end)):
        while block is not None and block.end <= reference.start:
            block = next(blocks, None)
        grouped[min(reference.end, block.end) if block else reference.end].append(reference)
    return grouped


def _render_pieces(
    text: str, pieces: Iterable[Piece], segments: Iterator[Segment], margin: _Margin
) -> Iterator[Markup]:
    number = 0
    for piece in pieces:
        inside = _take(segments, piece)
        if piece.kind == "space":
            yield escape(text[piece.start : piece.end])
            continue
        number += piece.kind == "body"
        inner = Markup("").join(_render_segments(text, inside, margin))
        yield _block(piece, number, text[piece.start : piece.end], inner)
        yield _render_below(piece, margin)


def _take(segments: Iterator[Segment], piece: Piece) -> list[Segment]:
    """The next segments, as many as the piece holds; it is never empty and always ends at a boundary."""
    taken: list[Segment] = []
    while not taken or taken[-1].end < piece.end:
        taken.append(next(segments))
    return taken


def _block(piece: Piece, number: int, words: str, inner: Markup) -> Markup:
    kept = " kept" if _SPACING.search(words) else ""
    if piece.kind == "headline":
        return Markup('<h3 class="zone headline{}">{}</h3>').format(kept, inner)
    if piece.kind == "body":
        return Markup('<p class="zone body{}" id="p{}" data-n="{}">{}</p>').format(kept, number, number, inner)
    return Markup('<p class="zone {}{}">{}</p>').format(piece.kind, kept, inner)


def _render_segments(text: str, segments: Iterable[Segment], margin: _Margin) -> Iterator[Markup]:
    notes = load_templates().get_template("notes.html").module
    for segment in segments:
        for note in margin.notes.get(segment.start, ()):
            yield notes.side(note)  # type: ignore[attr-defined]
        yield _render_segment(text[segment.start : segment.end], segment)
        for reference in margin.references.get(segment.end, ()):
            yield notes.reference(reference)  # type: ignore[attr-defined]


def _render_segment(words: str, segment: Segment) -> Markup:
    top = _uppermost(segment.markings)
    classes = " ".join(dict.fromkeys(_classes(segment, top)))
    anchored = any(marking.start == segment.start for marking in segment.markings)
    attributes = Markup(' id="c{}"').format(segment.start) if anchored else Markup("")
    if classes:
        attributes += Markup(' class="{}"').format(classes)
    for layer, label in _labels(segment, top).items():
        attributes += Markup(' data-{}="{}"').format(Markup(layer), label)
    if not attributes:
        return show_hidden(words)
    tag = Markup("mark") if classes else Markup("span")
    return Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, show_hidden(words))


def _uppermost(markings: Iterable[Marking]) -> dict[str, Marking]:
    """Of every kind the one that shows: the shortest, and of equals the one that comes last."""
    top: dict[str, Marking] = {}
    for marking in markings:
        if marking.kind not in top or marking.extent <= top[marking.kind].extent:
            top[marking.kind] = marking
    return top


def _labels(segment: Segment, top: dict[str, Marking]) -> dict[str, str]:
    """What is read aloud before a segment, by layer: the labels of the markings that begin with it."""
    labels: dict[str, str] = {}
    for kind, layer in _SPOKEN.items():
        if kind in top and top[kind].label and top[kind].start == segment.start:
            labels[layer] = "; ".join(filter(None, (labels.get(layer), top[kind].label)))
    return labels


def _classes(segment: Segment, top: dict[str, Marking]) -> Iterator[str]:
    for kind, marking in top.items():
        if kind in _CLASS:
            yield _CLASS[kind]
            yield from marking.classes
    if len({marking.owner for marking in segment.markings if marking.kind == "content"}) > 1:
        yield "nested"


def _render_below(piece: Piece, margin: _Margin) -> Markup:
    """The notes of a block again, as a list behind it, for narrow screens and paper."""
    first, last = (bisect_left(margin.anchors, offset) for offset in (piece.start, piece.end))
    inside = [note for offset in margin.anchors[first:last] for note in margin.notes.get(offset, ())]
    below = load_templates().get_template("notes.html").module.below  # type: ignore[attr-defined]
    layers = ([note for note in inside if note.layer == layer] for layer in _LAYERS)
    return Markup("").join(below(notes) for notes in layers if notes)
