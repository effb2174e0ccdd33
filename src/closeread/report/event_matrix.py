"""The coverage matrix as it is drawn: texts in columns, what they have in rows, every cell with its places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from closeread.article import Article, Span
from closeread.comparisons.coverage import Cell, CellState, Matrix, Omission, Row, RowKind
from closeread.comparisons.event import Coverage, GivenText
from closeread.findings import Voice
from closeread.report.characters import excerpt
from closeread.report.places import anchor_of, cut_around, key_letter

KINDS: dict[RowKind, str] = {
    "actor": "Actors",
    "source": "Sources",
    "quotation": "Quotations",
    "number": "Numbers",
    "statement": "Statements",
}
STATES: dict[CellState, str] = {"found": "found", "possible": "possible", "not-found": "not found"}
_SIGNS: dict[Voice, str] = {"own": "O", "quoted": "Q", "reported": "R"}
# Columns up to which a cell has room for the place of the first mention.
ROOMY = 6
_WORDS, _NAME = 160, 110
# A place shorter than this is shown with so many code points before and after it.
_SHORT, _AROUND = 40, 48


@dataclass(frozen=True, slots=True)
class Column:
    """One text: its letter, its short name, the address of its page, None where there is none, and the text
    itself where it is given."""

    letter: str
    name: str
    text: GivenText
    href: str | None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place: its words, its address in the page of its text, None where there is none, and what is around it."""

    words: str
    href: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CellLine:
    """One text in one row. `signs` are the voices by their letters, `where` the zones; `id` names the list of places,
    empty where the cell has none."""

    id: str
    letter: str
    state: str
    found: bool
    possible: bool
    signs: str
    voices: str
    first: float | None
    zones: tuple[str, ...]
    score: str
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    id: str
    name: str
    found_in: int
    cells: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one kind: those of two texts or more, and those that stand in one text alone."""

    kind: RowKind
    title: str
    rows: tuple[RowLine, ...]
    single: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class OmissionLine:
    """What `found_in` of `others` other texts have and this one has not; `row` names the row of the matrix."""

    row: str
    kind: str
    name: str
    found_in: int
    others: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """One text and what was not found in it, what most others have first."""

    column: Column
    lines: tuple[OmissionLine, ...]

    @property
    def certain(self) -> int:
        return sum(line.certain for line in self.lines)


def list_columns(
    coverage: Coverage, hrefs: Mapping[str, str], articles: Mapping[str, Article] | None = None
) -> tuple[Column, ...]:
    """The texts in their order; two of one outlet are told apart by their dates, then by their sources. `articles` are
    the texts by `Article.id`."""
    names = [text.outlet or _stem(text.source) for text in coverage.texts]
    return tuple(
        Column(
            letter=key_letter(at),
            name=name if names.count(name) == 1 else f"{name}, {_apart(text)}",
            text=text,
            href=hrefs.get(text.article),
            article=(articles or {}).get(text.article),
        )
        for at, (name, text) in enumerate(zip(names, coverage.texts, strict=True))
    )


def _apart(text: GivenText) -> str:
    return text.date[:10] if text.date else _stem(text.source)


def _stem(source: str) -> str:
    """The name of a file without its folder and its ending; the number of a text of several stays."""
    return re.sub(r"\.[A-Za-z]{1,5}(?=$|#)", "", re.split(r"[/\\]", source.rstrip("/\\"))[-1]) or source


def list_blocks(matrix: Matrix, columns: Sequence[Column]) -> tuple[Block, ...]:
    """The kinds in the order of the page, without those that have no rows."""
    lines = {row.id: _to_line(row, columns) for row in matrix.rows}
    blocks = []
    for kind, title in KINDS.items():
        rows = [lines[row.id] for row in matrix.rows if row.kind == kind]
        shared = tuple(line for line in rows if line.found_in > 1)
        single = tuple(line for line in rows if line.found_in <= 1)
        if rows:
            blocks.append(Block(kind, title, shared, single))
    return tuple(blocks)


def _to_line(row: Row, columns: Sequence[Column]) -> RowLine:
    cells = tuple(_to_cell(row, cell, column) for cell, column in zip(row.cells, columns, strict=True))
    return RowLine(f"m-{row.id}", excerpt(row.name, _NAME), sum(cell.state != "not-found" for cell in row.cells), cells)


def _to_cell(row: Row, cell: Cell, column: Column) -> CellLine:
    zones = [name for name, inside in (("headline", cell.in_headline), ("lead", cell.in_lead)) if inside]
    return CellLine(
        id=f"m-{row.id}-{column.letter}" if cell.places else "",
        letter=column.letter,
        state=STATES[cell.state],
        found=cell.state == "found",
        possible=cell.state == "possible",
        signs="".join(_SIGNS[voice] for voice in _SIGNS if voice in cell.voices),
        voices=", ".join(voice for voice in _SIGNS if voice in cell.voices),
        first=cell.first,
        zones=tuple(zones),
        score=_say_score(row.kind, cell.score),
        places=tuple(list_places(cell.places, column)),
    )


def _say_score(kind: RowKind, score: float | None) -> str:
    if score is None:
        return ""
    return f"confidence {score:.2f}" if kind == "source" else f"{score:.2f} of what it says matched"


def list_places(places: Sequence[Span], column: Column) -> Iterator[PlaceLine]:
    """Places of one text with their addresses in its page; short ones with a few words around them."""
    for place in places:
        zone = column.article.zone_at(place.start) if column.article and len(place.text) < _SHORT else None
        around = cut_around(zone, place, _AROUND) if zone else ("", "")
        yield PlaceLine(excerpt(place.text, _WORDS), to_address(place, column), *around)


def to_address(place: Span, column: Column) -> str | None:
    return f"{column.href}#{anchor_of(place)}" if column.href else None


def list_lacking(matrix: Matrix, columns: Sequence[Column]) -> tuple[Lacking, ...]:
    """What was not found in each text, in the order of the texts; certain before possible, then by how many of the
    others have it."""
    rows = {row.id: row for row in matrix.rows}
    kinds = list(KINDS)

    def order(each: Omission) -> tuple[bool, float, int]:
        return not each.certain, -each.found_in / each.others, kinds.index(rows[each.row].kind)

    return tuple(
        Lacking(column, tuple(_to_omission(each, rows[each.row]) for each in sorted(found, key=order)))
        for column in columns
        for found in ([each for each in matrix.omissions if each.article == column.text.article],)
    )


def _to_omission(omission: Omission, row: Row) -> OmissionLine:
    name = excerpt(row.name, _NAME)
    return OmissionLine(f"m-{row.id}", row.kind, name, omission.found_in, omission.others, omission.certain)
