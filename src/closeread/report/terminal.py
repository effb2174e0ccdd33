"""The page in 80 columns: what was read, the sentences, the tables of sources, actors, actions and grounds."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from closeread.article import Article, Failure, Span, count_words
from closeread.findings import AttributionKind, HeadlinePart, Naming, Reading, Stance
from closeread.measures import (
    ActorRow,
    AgencyRow,
    AgencyTotals,
    SourceRow,
    SupportRow,
    Totals,
    agency,
    prominence,
    sourcing,
    support,
    total,
    total_agency,
)
from closeread.report.characters import excerpt
from closeread.report.places import Locator
from closeread.report.sentences import sentences
from closeread.report.terms import CONFLICTS, GROUNDS, HEADLINE_PARTS, STATEMENTS

WIDTH = 80
_ROWS = 8
# Bidirectional and zero-width characters would reorder or hide what stands beside them in a terminal.
_SHOWN = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")

_NAMINGS: dict[Naming, str] = {
    **{"named": "named", "described": "described", "anonymous": "anonymous"},
    **{"pronoun": "pronoun only", "none": "no source"},
}
_KINDS: tuple[AttributionKind, ...] = ("speech", "writing", "thought")
_STANCES: tuple[Stance, ...] = ("doubting", "endorsing")


def to_terminal(reading: Reading) -> Iterator[RenderableType]:
    """The summary of one reading, as renderables for a rich Console of 80 columns."""
    article = reading.article
    yield Text(plain(article.title or article.source), style="bold")
    yield Text(_describe(article), style="dim")
    messages = Counter((*(note.message for note in article.notes), *(notice.message for notice in reading.notices)))
    for message, times in messages.items():
        yield Text(f"! {plain(message)}" + (f" ({times} times)" if times > 1 else ""))
    if not reading.attributions and not reading.actors and not reading.statements:
        yield Text("")
        return
    yield Text("")
    for number, sentence in enumerate(sentences(reading), 1):
        yield Padding(Text(f"{number}. {plain(str(sentence))}"), (0, 0, 0, 1))
    yield Text("")
    yield from _sources(sourcing(reading))
    yield from _totals(total(reading))
    yield from _actors(prominence(reading))
    yield from _acting(agency(reading), total_agency(reading))
    yield from _grounds(support(reading))
    yield from _claims(reading)


def find_width() -> int:
    """80 columns, or those of a narrower terminal."""
    return min(WIDTH, max(40, get_terminal_size((WIDTH, 24)).columns))


def to_failure_line(failure: Failure) -> Text:
    return Text(plain(f"{failure.source}: {failure.message}"))


def plain(text: str) -> str:
    """The text on one line, with control and invisible characters shown as `U+202E`."""
    shown = (
        f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in _SHOWN else sign for sign in " ".join(text.split())
    )
    return "".join(shown)


def _describe(article: Article) -> str:
    words = count_words(article.text)
    facts = [article.outlet, article.byline, article.date, f"{words:,} word{'' if words == 1 else 's'}", article.source]
    return plain(" · ".join(fact for fact in facts if fact))


def _sources(rows: tuple[SourceRow, ...]) -> Iterator[RenderableType]:
    if not rows:
        return
    table = _table("Who speaks", "", "quoted", "share", "reported", "of both", "certain", "first")
    for row in rows[:_ROWS]:
        cells = (f"{row.quoted_words}", _share(row.share), f"{row.reported_words}", _share(row.attributed_share))
        certain = f"{row.certain}/{row.certain + row.possible}"
        table.add_row(plain(row.name), row.naming.replace("none", "-"), *cells, certain, _share(row.first))
    yield from _with_rest(table, len(rows) - _ROWS, "sources")


def _totals(totals: Totals) -> Iterator[RenderableType]:
    """Whose words they are by naming, then the counts of what is no plain speech; what is not there is left out."""
    if all(not tally.attributions for tally in (*totals.namings.values(), totals.negated)):
        return
    shares = [f"{name} {_share(totals.namings[n].share)}" for n, name in _NAMINGS.items() if totals.namings[n].share]
    if shares:
        yield _remark(f"Words by source: {', '.join(shares)}.")
    counts = {str(kind): totals.kinds[kind] for kind in _KINDS}
    counts |= {f"with {stance} cue": totals.stances[stance] for stance in _STANCES}
    counts |= {"inside another": totals.nested, "not said": totals.negated}
    found = [f"{tally.attributions} {name}" for name, tally in counts.items() if tally.attributions]
    if found:
        yield _remark(f"Attributions: {', '.join(found)}.")
    yield Text("")


def _remark(text: str) -> Padding:
    return Padding(Text(text, style="dim"), (0, 0, 0, 3))


def _actors(rows: tuple[ActorRow, ...]) -> Iterator[RenderableType]:
    if not rows:
        return
    table = _table("Who appears", "", "mentions", "own", "quoted", "reported", "first at", "rank")
    for row in rows[:_ROWS]:
        voices = (f"{row.voices[voice]}" for voice in ("own", "quoted", "reported"))
        where = _share(row.actor.first_mention) + ("*" if row.actor.in_headline else " ")
        table.add_row(plain(row.actor.name), row.actor.kind, f"{row.mentions}", *voices, where, " ".join(row.ranks))
    yield from _with_rest(table, len(rows) - _ROWS, "actors")
    if any(row.actor.in_headline for row in rows[:_ROWS]):
        yield Text("   * also in the headline", style="dim")
    yield Text("")


def _acting(rows: tuple[AgencyRow, ...], totals: AgencyTotals) -> Iterator[RenderableType]:
    """What each actor does and undergoes, by its most frequent predicates, in certain and possible clauses."""
    if not rows:
        return
    table = Table(box=None, padding=(0, 1), expand=True, header_style="dim")
    for column, ratio in (("Who acts", 3), ("does", 4), ("undergoes", 4)):
        table.add_column(column, ratio=ratio, no_wrap=True, overflow="ellipsis")
    for row in rows[:_ROWS]:
        table.add_row(plain(row.actor.name), _list_counts(row.done), _list_counts(row.undergone))
    certainty = f"{totals.certain} of {totals.clauses} clauses are certain, the others possible."
    yield from _with_rest(table, len(rows) - _ROWS, "actors", certainty)


def _grounds(rows: tuple[SupportRow, ...]) -> Iterator[RenderableType]:
    """Statements in own voice by kind, then those said by others, with the classes of their grounds."""
    if not rows:
        return
    table = Table(box=None, padding=(0, 1), expand=True, header_style="dim")
    table.add_column("On what ground", no_wrap=True)
    for column in ("statements", "none found", "with"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("of these", ratio=1, no_wrap=True, overflow="ellipsis")
    groups = {STATEMENTS[row.kind]: [row] for row in rows if row.speaker == "own"}
    groups |= {"by others": [row for row in rows if row.speaker == "others"]}
    for name, group in groups.items():
        found, bare = sum(len(row.statements) for row in group), sum(len(row.none) for row in group)
        counts = ((GROUNDS[kind], sum(len(row.grounds[kind]) for row in group)) for kind in GROUNDS)
        classes = sorted(((ground, count) for ground, count in counts if count), key=lambda pair: -pair[1])
        said = ", ".join(f"{count} {ground}" for ground, count in classes)
        table.add_row(name, f"{found}", f"{bare}", f"{found - bare}", said or "-")
    yield table
    yield _remark("None found in this article: that says nothing about whether it holds.")
    yield Text("")


def _claims(reading: Reading) -> Iterator[RenderableType]:
    """Contradictions, then disagreements, the certain ones first; what the body surely does not carry; echoes."""
    where, lines = Locator(reading.article), []
    for pair in sorted(reading.contradictions, key=lambda pair: (pair.relation, not pair.certain)):
        certainty = "certain" if pair.certain else "possible"
        sides = (f"{_quote(side.words, 24)} {where.name(side.words.start)}" for side in (pair.first, pair.second))
        lines.append(f"{pair.relation.capitalize()}, {certainty}: {' / '.join(sides)} ({CONFLICTS[pair.kind]})")
    for zone, says in (("headline", "Not found in the body: the headline"), ("lead", "Not found after it: the lead")):
        missing = [part for part in reading.headline if part.zone == zone and part.certain and not part.carried]
        if missing:
            lines.append(f"{says} {'; '.join(_list_missing(missing))}")
    for echo in reading.echoes:
        lines.append(f"Recycled phrase: {_quote(echo.place, 40)}, known as {echo.known or echo.template}")
    yield from (Padding(Text(plain(line)), (0, 0, 0, 1)) for line in lines)
    if lines:
        yield Text("")


def _list_missing(parts: Sequence[HeadlinePart]) -> Iterator[str]:
    """`counts “five”, “27”`: what it does, and the words."""
    for kind, name in HEADLINE_PARTS.items():
        words = [_quote(part.place, 40) for part in parts if part.kind == kind]
        if words:
            yield f"{name} {', '.join(words)}"


def _quote(place: Span, limit: int) -> str:
    return f"“{excerpt(place.text.strip('“”‘’ '), limit)}”"


def _list_counts(lemmas: Iterable[tuple[str, int]]) -> str:
    return plain(", ".join(lemma if count == 1 else f"{lemma} {count}" for lemma, count in lemmas)) or "-"


def _table(title: str, *columns: str) -> Table:
    table = Table(box=None, padding=(0, 1), expand=True, header_style="dim")
    table.add_column(title, ratio=1, no_wrap=True, overflow="ellipsis")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _with_rest(table: Table, rest: int, what: str, remark: str = "") -> Iterator[RenderableType]:
    yield table
    if rest > 0:
        yield Text(f"   and {rest} more {what if rest > 1 else what.removesuffix('s')}", style="dim")
    if remark:
        yield _remark(remark)
    yield Text("")


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}".replace("%", " %")
