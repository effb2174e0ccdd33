"""Rows of the tables of what is asserted, and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from closeread.findings import GroundKind, Reading, Statement
from closeread.measures import SupportRow, support, tell_ground
from closeread.report.cast import Cast
from closeread.report.places import Link, Locator, number_repeats
from closeread.report.terms import GROUNDS, SCOPES, STATEMENTS

# Code points of a statement that are shown in a table.
SHOWN = 180


@dataclass(frozen=True, slots=True)
class Figure:
    """How many statements, with short links to each. `id` names the list of its places; empty where it has fewer than
    two."""

    id: str
    about: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KindLine:
    """The statements of one kind in own voice; `grounds` in the order of the columns."""

    name: str
    found: Figure
    share: float | None
    held: Figure
    bare: Figure
    grounds: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.found, self.held, self.bare, *self.grounds)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """The statements said by others of one class of ground."""

    name: str
    share: float
    found: Figure


@dataclass(frozen=True, slots=True)
class GroundWords:
    name: str
    link: Link
    scope: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """`kind` says also what weakens and strengthens it. `ground` is the class, empty without one."""

    number: int
    kind: str
    link: Link
    ground: str
    words: tuple[GroundWords, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class SupportTables:
    """`columns` are the classes of ground that occur in own voice. `bare` and `held` are the statements in own voice
    without a ground found and with one; `bare_certain` and `held_certain` count the certain findings of each."""

    columns: tuple[str, ...]
    kinds: tuple[KindLine, ...]
    others: tuple[ClassLine, ...]
    bare: tuple[StatementLine, ...]
    held: tuple[StatementLine, ...]
    bare_certain: int
    held_certain: int


def fill_support(reading: Reading, cast: Cast) -> SupportTables:
    where, rows = Locator(reading.article), support(reading)
    own = [row for row in rows if row.speaker == "own"]
    found = [statement for statement in reading.statements if statement.voice == "own"]
    bare, held = [each for each in found if not each.grounds], [each for each in found if each.grounds]
    columns = [kind for kind in GROUNDS if any(row.grounds[kind] for row in own)]
    return SupportTables(
        columns=tuple(GROUNDS[kind] for kind in columns),
        kinds=tuple(_to_kind_lines(own, columns, where)),
        others=tuple(_to_class_lines([row for row in rows if row.speaker == "others"], where)),
        bare=tuple(_to_statement_lines(bare, cast, where)),
        held=tuple(_to_statement_lines(held, cast, where)),
        bare_certain=sum(each.certain for each in bare),
        held_certain=sum(each.certain for each in held),
    )


def _to_kind_lines(rows: Sequence[SupportRow], columns: Sequence[GroundKind], where: Locator) -> Iterator[KindLine]:
    """One line per kind, the sum of all before them."""
    if len(rows) > 1:
        yield _to_kind_line("all kinds", rows, columns, where)
    for row in rows:
        yield _to_kind_line(STATEMENTS[row.kind], [row], columns, where)


def _to_kind_line(name: str, rows: Sequence[SupportRow], columns: Sequence[GroundKind], where: Locator) -> KindLine:
    found = [each for row in rows for each in row.statements]
    held = [each for each in found if each.grounds]
    groups = {GROUNDS[kind]: [each for row in rows for each in row.grounds[kind]] for kind in columns}
    return KindLine(
        name=name,
        found=_to_figure(f"own, {name}", found, where),
        share=len(held) / len(found) if found else None,
        held=_to_figure(f"own, {name}, with a ground", held, where),
        bare=_to_figure(f"own, {name}, no ground found", [each for row in rows for each in row.none], where),
        grounds=tuple(_to_figure(f"own, {name}, {ground}", group, where) for ground, group in groups.items()),
    )


def _to_class_lines(rows: Sequence[SupportRow], where: Locator) -> Iterator[ClassLine]:
    total = sum(len(row.statements) for row in rows)
    groups = {name: [each for row in rows for each in row.grounds[kind]] for kind, name in GROUNDS.items()}
    groups["no ground found"] = [each for row in rows for each in row.none]
    for name, found in groups.items():
        if found:
            yield ClassLine(name, len(found) / total, _to_figure(f"others, {name}", found, where))


def _to_figure(about: str, found: Iterable[Statement], where: Locator) -> Figure:
    ordered = sorted((each.place for each in found), key=lambda place: (place.start, place.end))
    links = number_repeats(where.links(ordered))
    name = about.replace(", ", "-").replace(" ", "-")
    return Figure(f"places-{name}" if len(links) > 1 else "", about, links)


def _to_statement_lines(found: Sequence[Statement], cast: Cast, where: Locator) -> Iterator[StatementLine]:
    """Whether a finding is certain is said in each line only where the lines differ."""
    mixed = len({each.certain for each in found}) > 1
    for statement in found:
        kind = tell_ground(statement)
        yield StatementLine(
            number=cast.numbers[statement.id],
            kind=", ".join((STATEMENTS[statement.kind], *_say_how(statement, mixed=mixed))),
            link=where.link(statement.place, SHOWN),
            ground=GROUNDS[kind] if kind else "",
            words=tuple(
                GroundWords(GROUNDS[each.kind], where.link(each), SCOPES[each.scope]) for each in statement.grounds
            ),
            rule=statement.rule,
        )


def _say_how(statement: Statement, *, mixed: bool) -> Iterator[str]:
    if statement.hedges:
        yield f"{statement.hedges} hedge{'s' if statement.hedges > 1 else ''}"
    if statement.firm:
        yield f"{statement.firm} firm word{'s' if statement.firm > 1 else ''}"
    if mixed:
        yield "certain" if statement.certain else "possible"
