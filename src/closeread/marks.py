"""Quotation marks: which ones open, which close, and what stands between them.

Marks are hard evidence, so this needs no model: it reads characters, paragraph by paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise
from typing import Literal

from closeread.article import Article, Zone
from closeread.findings import Notice

_OPEN, _CLOSE, _EITHER, _SINGLE = "“„«", "”»", '"‟＂', "‘’'"
# Two single marks or two backticks are a double mark in agency copy.
_MARK = re.compile(r"''|``|[“”„«»\"‟＂‘’']")
_DOUBLED = {"''": '"', "``": "“"}
# Marks, apostrophes included, that a stretch in single marks may hold: a bound on the search for its end.
_LONGEST_SINGLE = 64
_FEET = re.compile(r"\d\s?['’′]\s?\d*$")
_ELISION = re.compile(r"['’](?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|n\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it stands: `sign` is a single character, also for a doubled mark. `before` and `after` are its
    neighbours, blanks at the borders of the paragraph."""

    start: int
    end: int
    sign: str
    before: str
    after: str

    @property
    def single(self) -> bool:
        return self.sign in _SINGLE


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between quotation marks, marks included. `pieces` is one range per paragraph it runs through;
    `inner` are the same ranges without the marks. A stretch that is not `closed` runs to the end of its paragraph.
    """

    pieces: tuple[tuple[int, int], ...]
    inner: tuple[tuple[int, int], ...]
    closed: bool
    double: bool

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


@dataclass(slots=True)
class Marks:
    """All stretches of an article that stand in no other stretch, in order, and what was odd about its marks.

    `opening` and `closing` are the offsets of straight double marks by function."""

    stretches: list[Stretch] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    opening: list[int] = field(default_factory=list)
    closing: list[int] = field(default_factory=list)


def find_marks(article: Article) -> Marks:
    """Pairs the quotation marks of every zone. A double mark left open where the next body paragraph opens with
    another is a multi-paragraph quotation; any other is reported and runs to the end of its paragraph."""
    marks = Marks()
    for zone in article.zones:
        _pair_zone(article, zone, marks)
    marks.stretches = list(_join_paragraphs(article, marks.stretches))
    for stretch in marks.stretches:
        if not stretch.closed:
            place = article.span(stretch.start, stretch.start + 1)
            marks.notices.append(Notice("marks.unclosed", "A quotation mark is opened and never closed.", place))
    marks.notices.sort(key=lambda notice: notice.place.start if notice.place else -1)
    return marks


def _pair_zone(article: Article, zone: Zone, marks: Marks) -> None:
    """One pass from left to right with at most one outer stretch open."""
    text, opened, closer = article.text, None, None
    found = list(_find_in(text, zone))
    left = _count_left(found)
    for index, mark in enumerate(found):
        if opened is None:
            role = _role_outside(text, mark)
            closer = _closer_of_single(found, index + 1) if role == "open" and mark.single else None
            if role == "open" and (closer is not None or not mark.single):
                opened = mark
                _note_straight(mark, marks.opening)
            elif role == "close":
                message = "A quotation mark is closed and was never opened."
                marks.notices.append(Notice("marks.unopened", message, article.span(mark.start, mark.end)))
        elif mark is closer if opened.single else _closes(text, opened, mark, left[index]):
            _note_straight(mark, marks.closing)
            marks.stretches.append(_stretch(opened, mark.end, inner_end=mark.start))
            opened = None
    if opened is not None:
        marks.stretches.append(_stretch(opened, zone.end, inner_end=None))


def _count_left(found: list[Mark]) -> list[int]:
    """For each mark, how many double marks come after it."""
    doubles = list(accumulate((not mark.single for mark in reversed(found)), initial=0))
    return doubles[-2::-1]


def _find_in(text: str, zone: Zone) -> Iterator[Mark]:
    for match in _MARK.finditer(text, zone.start, zone.end):
        start, end = match.span()
        before = text[start - 1] if start > zone.start else " "
        after = text[end] if end < zone.end else " "
        yield Mark(start, end, _DOUBLED.get(match.group(), match.group()), before, after)


def _note_straight(mark: Mark, offsets: list[int]) -> None:
    if mark.sign == '"':
        offsets.extend(range(mark.start, mark.end))


def _stretch(opened: Mark, end: int, *, inner_end: int | None) -> Stretch:
    inner = (opened.end, end if inner_end is None else inner_end)
    return Stretch(((opened.start, end),), (inner,), inner_end is not None, not opened.single)


def _role_outside(text: str, mark: Mark) -> Literal["open", "close", "none"]:
    """What a mark does where no stretch is open; an apostrophe or an inch mark does nothing."""
    if mark.sign in _OPEN:
        return "open"
    if mark.sign in _CLOSE:
        return "close"
    if mark.sign in _EITHER:
        if mark.before.isdigit() or mark.before in "'’′":
            return "none"
        return "open" if not mark.after.isspace() or mark.before.isspace() else "close"
    opens = not (mark.before.isalnum() or mark.before in ".,!?;:") and mark.after.isalnum()
    if mark.sign == "’" or not opens or _ELISION.match(text, mark.start):
        return "none"
    return "open"


def _closes(text: str, opened: Mark, mark: Mark, left: int) -> bool:
    """Whether a mark ends the stretch that the double mark `opened` began; `left` double marks come after it."""
    if opened.sign == "„" and mark.sign in "“”":
        return True
    if mark.single or mark.sign in _OPEN:
        return False
    if mark.sign in _CLOSE:
        return True
    if _is_measure(text, mark, left):
        return False
    reopens = mark.before.isspace() and mark.after.isalnum() and mark.start > opened.end
    return opened.sign in _OPEN or not (reopens and left % 2 == 0)


def _is_measure(text: str, mark: Mark, left: int) -> bool:
    """An inch mark inside a quotation: after feet, or after a number while another mark is left to close."""
    if _FEET.search(text, max(0, mark.start - 8), mark.start):
        return True
    return mark.before.isdigit() and left % 2 == 1 and mark.after not in ".,"


def _closer_of_single(found: list[Mark], first: int) -> Mark | None:
    """The mark, from `first` on, that ends a stretch in single marks: not inside a word, not inside double marks; a
    plural possessive is passed over where another mark follows that can end it."""
    possessive, inside = None, False
    for mark in islice(found, first, first + _LONGEST_SINGLE):
        if not mark.single:
            inside = mark.sign in _OPEN or (mark.sign in _EITHER and not inside)
        elif inside:
            continue
        elif mark.sign == "‘":
            break
        elif not mark.after.isalnum() and not mark.before.isspace():
            if mark.before != "s":
                return mark
            possessive = possessive or mark
    return possessive


def _join_paragraphs(article: Article, stretches: list[Stretch]) -> Iterator[Stretch]:
    """Joins a double stretch that is left open at a paragraph's end to one that opens the next paragraph."""
    next_start = {first.end: second.start for first, second in pairwise(article.body)}
    held: list[Stretch] = []
    for stretch in stretches:
        if held and not (stretch.double and stretch.start == next_start[held[-1].end]):
            yield _join(held)
            held = []
        held.append(stretch)
        if stretch.closed or not stretch.double or stretch.end not in next_start:
            yield _join(held)
            held = []
    if held:
        yield _join(held)


def _join(parts: list[Stretch]) -> Stretch:
    pieces = tuple(piece for part in parts for piece in part.pieces)
    inner = tuple(piece for part in parts for piece in part.inner)
    return Stretch(pieces, inner, parts[-1].closed, parts[0].double)
