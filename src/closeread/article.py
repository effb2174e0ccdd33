"""The text of one article and the places in it.

One coordinate is used everywhere: half-open ranges of Unicode code points of `Article.text`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

ZoneKind = Literal["headline", "byline", "date", "outlet", "caption", "body"]
Completeness = Literal["complete", "partial", "unknown"]

# Letters, digits, and what belongs to the letter before it: combining marks and soft hyphens.
_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200d])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’.\-‐‑]{_LETTERS})*|[%\u20a0-\u20cf$£¥¢]")
_RUN = re.compile(r"[^\W_]+")
# A line with this share of capitals among its longer words is set as a title.
_TITLE_CASE = 0.7
_LONG = 4


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place: code points `start` to `end` (exclusive) of `Article.text`, and the words there."""

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Zone(Span):
    """A part of the article with a function. Zones do not overlap and come in the order of the text."""

    kind: ZoneKind


@dataclass(frozen=True, slots=True, order=True)
class Link(Span):
    """Words that the page links, and the address as the page gives it."""

    target: str


@dataclass(frozen=True, slots=True)
class Run:
    """`length` code points from `start` of the article stood at `source_start` of the decoded source."""

    start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Note:
    """What intake has to say about its own work, for instance `intake.truncated`."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that could not be read: which one, the kind of cause (`intake.empty`), and one sentence."""

    source: str
    kind: str
    message: str


class ReadError(Exception):
    """Raised when one text cannot be read. `failure` is the record that goes to the output."""

    def __init__(self, source: str, kind: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.failure = Failure(source, kind, message)

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return type(self), (self.failure.source, self.failure.kind, self.failure.message)


@dataclass(frozen=True)
class Article:
    """One text, final: UTF-8, LF only, no BOM. Cleaning happened in intake and is mapped by `origin`.

    `source` is the path or address as given, with `#3` for the third text of a file that holds several.
    `language` is an ISO 639-1 code, `und` where the text is too short to tell.
    `origin` maps back to the decoded source; None where the source is not plain text (HTML, DOCX, a table).
    """

    source: str
    text: str
    zones: tuple[Zone, ...]
    links: tuple[Link, ...] = field(default=(), kw_only=True)
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: str | None = None
    language: str = "und"
    completeness: Completeness = "unknown"
    notes: tuple[Note, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    origin: tuple[Run, ...] | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @cached_property
    def id(self) -> str:
        """A name that is safe in file names: the stem of the source and 8 digits of source and text."""
        stem = re.sub(r"\.[A-Za-z]{1,5}(?=$|#)", "", re.split(r"[/\\]", self.source)[-1])
        slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-") or "text"
        digest = hashlib.sha256(f"{self.source}\0{self.sha256}".encode()).hexdigest()
        return f"{slug}-{digest[:8]}"

    @cached_property
    def body(self) -> tuple[Zone, ...]:
        """The body paragraphs in order, without headline, byline and captions."""
        return tuple(zone for zone in self.zones if zone.kind == "body")

    @property
    def lead(self) -> Zone | None:
        """The first body paragraph."""
        return self.body[0] if self.body else None

    @cached_property
    def body_length(self) -> int:
        """Code points in body paragraphs, without the space between them."""
        return self._before[-1]

    def span(self, start: int, end: int) -> Span:
        """The place from `start` to `end`. Raises ValueError where it is not inside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no place {start}-{end} in a text of {len(self.text)} code points")
        return Span(start, end, self.text[start:end])

    def zone_at(self, offset: int) -> Zone | None:
        """The zone that holds the code point at `offset`; None between zones."""
        return next((zone for zone in self.zones if zone.start <= offset < zone.end), None)

    def paragraph_at(self, offset: int) -> int | None:
        """The number of the body paragraph that holds the code point at `offset`, from 1; None outside the body."""
        number = bisect_right(self.body, offset, key=lambda zone: zone.start)
        return number if number and offset < self.body[number - 1].end else None

    def share_before(self, offset: int) -> float | None:
        """Code points of body before `offset`, divided by the body's length: 0 to 1. None outside the body."""
        number = self.paragraph_at(offset)
        if number is None:
            return None
        return (self._before[number - 1] + offset - self.body[number - 1].start) / self.body_length

    @cached_property
    def _before(self) -> tuple[int, ...]:
        """Code points of body before each paragraph, and in all."""
        return (0, *accumulate(zone.end - zone.start for zone in self.body))


def find_words(text: str) -> list[tuple[int, int]]:
    """Ranges of the words of a text: runs of letters and digits, inner apostrophes, hyphens and full stops
    kept, and currency and percent signs. Punctuation is no word."""
    return [match.span() for match in _WORD.finditer(text)]


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def is_title_case(line: str) -> bool:
    """Whether a line is set as a title, so that capitals in it say nothing."""
    long = [word for word in _RUN.findall(line) if len(word) >= _LONG and word[0].isalpha()]
    return len(long) >= _LONG and sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long)
