"""What several texts on one event have and do not have, as plain data: a matrix of rows and texts, and what is left
out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from closeread.article import Completeness, Span
from closeread.findings import Voice

RowKind = Literal["actor", "source", "quotation", "number", "statement"]
CellState = Literal["found", "possible", "not-found"]
SharedBy = Literal["word", "meaning", "near", "actor", "name", "number", "time"]


@dataclass(frozen=True, slots=True, order=True)
class SharedWords:
    """Words of the row (`here`) that stand for words of the text (`there`), and by what they are the same."""

    here: Span
    there: Span
    by: SharedBy


@dataclass(frozen=True, slots=True)
class Cell:
    """What one text (`Article.id`) has of a row. `places` come in the order of the text and are empty where nothing was
    found; `voices` are those of the places, each once. `first` is the share of the body before the first place in it
    (0 to 1), None where none stands in the body. Of statements and quotations, `score` is the share of what the row
    says that the text says too (0 to 1), and `aligned` are the words that it rests on, `here` in a statement of the
    row. Of sources, `score` is the highest confidence of their attributions; where the source was not found, though the
    text names it, that of the attributions of nobody known, who may be the source."""

    article: str
    state: CellState
    voices: tuple[Voice, ...]
    first: float | None
    in_headline: bool
    in_lead: bool
    places: tuple[Span, ...]
    score: float | None = None
    aligned: tuple[SharedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a text may have or not. `name` are the words that show it: of quotations, numbers and statements
    those at `place` in the text `article`, both None of actors and sources. `actor` is the `SharedActor.id` of an
    actor, of a source and of who is quoted, None where there is none. `cells` come in the order of the texts."""

    id: str
    kind: RowKind
    name: str
    actor: str | None
    cells: tuple[Cell, ...]
    rule: str
    article: str | None = field(default=None, kw_only=True)
    place: Span | None = field(default=None, kw_only=True)

    @property
    def found_in(self) -> int:
        """How many texts have it."""
        return sum(cell.state == "found" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Omission:
    """A row that was found in `found_in` of the `others` other texts, and not here. It says nothing of why."""

    row: str
    article: str
    found_in: int
    others: int
    certain: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a text could be read. `limits` are the rules of the notes and notices that limit the reading,
    `certain` the share of its attributions that are certain, None where it has none; `analysed` is false of a text that
    is not in English."""

    article: str
    source: str
    date: str | None
    completeness: Completeness
    limits: tuple[str, ...]
    words: int
    attributions: int
    certain: float | None
    analysed: bool

    @property
    def is_limited(self) -> bool:
        return not self.analysed or self.completeness == "partial" or bool(self.limits)


@dataclass(frozen=True, slots=True)
class Matrix:
    """`texts` are `Article.id`s by date, then by source; those without a date come last. `rows` come by kind, those of
    most texts first. `extents` come in the order of the texts. `first_day` and `last_day` bound the days of publication
    that are known."""

    texts: tuple[str, ...]
    rows: tuple[Row, ...]
    omissions: tuple[Omission, ...]
    extents: tuple[Extent, ...]
    first_day: str | None
    last_day: str | None
