"""A text held against its originals, in 80 columns: what differs in its quotations, what bears on its statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from closeread.article import Article, Span
from closeread.comparisons.audits import Audit
from closeread.comparisons.confrontation import Confrontation
from closeread.comparisons.differences import MARKED, UNMARKED, Difference
from closeread.comparisons.fidelity import Fidelity
from closeread.comparisons.risks import Risk
from closeread.report.audit_terms import FOUND, KINDS, REASONS, RISKS
from closeread.report.characters import excerpt
from closeread.report.places import Locator
from closeread.report.terminal import plain

_LONGEST, _WORDS = 300, 60


def to_audit(audited: Audit) -> Iterator[RenderableType]:
    """A line of counts, then each quotation in the order of the text; a line of counts, then each statement on which a
    passage bears."""
    quoting, originals = audited.quoting.article, [reading.article for reading in audited.originals]
    found = audited.quotations
    yield Text(plain(quoting.title or quoting.source), style="bold")
    yield Text(plain("held against " + ", ".join(article.source for article in originals)), style="dim")
    yield Text("")
    counts = Counter(each.kind for each in found)
    listed = ", ".join(f"{counts[kind]} {says}" for kind, says in KINDS.items() if counts[kind])
    yield Text(f"{len(found)} {'quotation' if len(found) == 1 else 'quotations'}{': ' + listed if listed else ''}.")
    here = Locator(quoting)
    there = {article.source: Locator(article) for article in originals}
    for number, each in enumerate(found, 1):
        yield Text("")
        yield from _show(number, each, here, there)
    yield Text("")
    yield from _show_statements(audited, here, {article.id: (article, there[article.source]) for article in originals})


def _show_statements(
    audited: Audit, here: Locator, there: Mapping[str, tuple[Article, Locator]]
) -> Iterator[RenderableType]:
    counts = Counter(each.kind for each in audited.statements)
    listed = ", ".join(f"{counts[kind]} {says}" for kind, says in FOUND.items() if counts[kind])
    total = len(audited.statements)
    yield Text(f"{total} {'statement' if total == 1 else 'statements'}{': ' + listed if listed else ''}.")
    for each in audited.statements:
        if each.kind in ("supports", "disagrees"):
            yield Text("")
            yield from _show_statement(each, here, there)


def _show_statement(
    found: Confrontation, here: Locator, there: Mapping[str, tuple[Article, Locator]]
) -> Iterator[RenderableType]:
    first = found.passages[0]
    heading = Text(f"{found.id:>3}. ")
    reason = f", {REASONS[first.reason]}" if first.reason else ""
    heading.append(f"{FOUND[found.kind]}{reason}{'' if found.certain else ', possible'}", style="bold")
    article, where = there[first.article]
    heading.append(plain(f", {here.name(found.place.start)}; {article.source} {where.name(first.place.start)}"))
    yield heading
    lines = [_words(found.place), f"original: “{excerpt(first.place.text, _LONGEST)}”"]
    if first.reason:
        lines.append(f"here: {_words(first.here)}; original: {_words(first.there)}")
    yield from (Padding(Text(plain(line)), (0, 0, 0, 5)) for line in lines)


def _show(number: int, found: Fidelity, here: Locator, there: Mapping[str, Locator]) -> Iterator[RenderableType]:
    certainty = "" if found.certain else ", possible"
    heading = Text(f"{number:>2}. ")
    heading.append(KINDS[found.kind] + certainty, style="bold")
    heading.append(f", {here.name(found.quotation.start)}")
    for piece in found.pieces:
        heading.append(plain(f"; {piece.source} {there[piece.source].name(piece.there.start)}"))
    yield heading
    yield Padding(Text(plain(f"“{excerpt(found.quotation.text, _LONGEST)}”")), (0, 0, 0, 4))
    lines = [*map(say_risk, found.risks), *say_differences(found.differences)]
    yield from (Padding(Text(plain(line)), (0, 0, 0, 4)) for line in lines)


def say_differences(differences: Sequence[Difference]) -> Iterator[str]:
    """What people changed; what is only set in another way is counted."""
    shown = [each for each in differences if each.kind in MARKED | UNMARKED]
    yield from map(_say_difference, shown)
    rest = Counter(each.kind for each in differences if each not in shown)
    if rest:
        yield "in print: " + ", ".join(kind if n == 1 else f"{kind} {n}" for kind, n in rest.items())


def _say_difference(difference: Difference) -> str:
    here, there = _words(difference.here), _words(difference.there)
    if here and there:
        return f"{difference.kind}: {here} for {there}"
    return f"{difference.kind}: {here or there}"


def say_risk(risk: Risk) -> str:
    sides = [
        f"{name}: {words}" for name, words in (("here", _words(risk.here)), ("original", _words(risk.there))) if words
    ]
    return f"at risk, {RISKS[risk.kind]}{': ' if sides else ''}{'; '.join(sides)}"


def _words(place: Span | None) -> str:
    return f"“{excerpt(place.text, _WORDS)}”" if place else ""
