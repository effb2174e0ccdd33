"""Two wordings of the same words: where they part, shown in the words themselves, on either side.

A mark is an underline or a strike and a label that is read aloud; colour says nothing alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, cast

from markupsafe import Markup

from closeread.article import Span
from closeread.comparisons.differences import MARKED, UNMARKED, Difference
from closeread.comparisons.writing import DifferenceKind
from closeread.report.characters import show_hidden

WordingSide = Literal["here", "there"]

# What a mark says aloud: of words of the quotation, and of words of its original.
_LABELS: dict[DifferenceKind, tuple[str, str]] = {
    "substituted": ("in place of other words", "other words in their place"),
    "added": ("not in the original", "not in the quotation"),
    "dropped": ("left out", "left out"),
    "reordered": ("in another order", "in another order"),
    "ellipsis": ("marked as left out", "left out, and marked"),
    "bracketed": ("marked as changed", "changed, and marked"),
    "joined": ("joined", "joined"),
}
_IN_PRINT = "set in another way"
_CHANGED = Markup('<{0} class="d {1}"><span class="hidden"> [{2}: </span>{3}{4}</{0}>')
_END = Markup('<span class="hidden">] </span>')


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one side. `kind` is None where nothing marks them."""

    text: str
    kind: str | None = None


def cut_differences(place: Span, marked: Iterable[tuple[str, Span]]) -> tuple[Stretch, ...]:
    """The words of a place, cut where marked stretches begin and end; put together they are the place. Stretches of
    another place are passed over; of two that overlap the first in the text keeps its words."""
    cuts, done = [], place.start
    for kind, span in sorted(marked, key=lambda each: (each[1].start, each[1].end, each[0])):
        start, end = max(span.start, done), min(span.end, place.end)
        if start < end and _is_of(place, span):
            cuts += [Stretch(_words(place, done, start)), Stretch(_words(place, start, end), kind)]
            done = end
    cuts.append(Stretch(_words(place, done, place.end)))
    return tuple(each for each in cuts if each.text)


def show_meeting(place: Span, aligned: Iterable[Span], conflicting: Span | None, label: str) -> Markup:
    """A place with the words by which it meets another underlined, and those that cannot hold with the other marked
    and named by `label`."""
    marked = [("against", conflicting)] if conflicting else []
    kept = [span for span in aligned if conflicting is None or not span.overlaps(conflicting)]
    stretches = cut_differences(place, [*marked, *(("met", span) for span in kept)])
    return Markup("<bdi>{}</bdi>").format(Markup("").join(_show_meeting(stretches, label)))


def _show_meeting(stretches: Iterable[Stretch], label: str) -> Iterator[Markup]:
    for stretch in stretches:
        words = show_hidden(stretch.text)
        if stretch.kind == "met":
            yield Markup('<span class="met">{}</span>').format(words)
        elif stretch.kind == "against":
            yield Markup('<b class="against"><span class="hidden"> [{}: </span>{}{}</b>').format(label, words, _END)
        else:
            yield words


def show_side(place: Span, differences: Iterable[Difference], side: WordingSide) -> Markup:
    """A place of the quotation (`here`) or of what it is held against (`there`), with what differs marked in it. A
    bracket or an ellipsis counts as a mark of the quotation's own."""
    changed = [(each.kind, span) for each in differences if (span := _span_of(each, side)) is not None]
    return Markup("<bdi>{}</bdi>").format(Markup("").join(_show(cut_differences(place, changed), side)))


def _span_of(difference: Difference, side: WordingSide) -> Span | None:
    return difference.here if side == "here" else difference.there


def _show(stretches: Iterable[Stretch], side: WordingSide) -> Iterator[Markup]:
    for stretch in stretches:
        if stretch.kind is None:
            yield show_hidden(stretch.text)
            continue
        kind = cast("DifferenceKind", stretch.kind)
        names = _LABELS.get(kind)
        label = names[side == "there"] if names else f"{_IN_PRINT}: {kind}"
        yield _CHANGED.format(Markup(_tag(kind, side)), _weight(kind), label, show_hidden(stretch.text), _END)


def _tag(kind: DifferenceKind, side: WordingSide) -> str:
    """Words of the quotation alone are insertions, words of the original alone deletions; a change in print is
    neither."""
    if kind not in UNMARKED | MARKED or kind == "reordered":
        return "span"
    return "ins" if side == "here" else "del"


def _weight(kind: DifferenceKind) -> str:
    return f"d-{kind}" if kind in UNMARKED else "d-marked" if kind in MARKED else "d-print"


def _is_of(place: Span, span: Span) -> bool:
    """Whether a stretch has its words from this place: offsets of another text may fall into it by chance."""
    start, end = max(span.start, place.start), min(span.end, place.end)
    return _words(place, start, end) == span.text[start - span.start : end - span.start]


def _words(place: Span, start: int, end: int) -> str:
    return place.text[start - place.start : end - place.start]
