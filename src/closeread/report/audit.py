"""The quotations of a text held against originals, in 80 columns: what differs, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from closeread.article import Article, Span
from closeread.comparisons.differences import MARKED, UNMARKED, Difference
from closeread.comparisons.fidelity import Fidelity, FidelityKind
from closeread.comparisons.risks import Risk, RiskKind
from closeread.report.characters import excerpt
from closeread.report.places import Locator
from closeread.report.terminal import plain

KINDS: dict[FidelityKind, str] = {
    "verbatim": "word for word",
    "typographic": "typographic difference only",
    "marked-change": "marked change",
    "unmarked-change": "unmarked change",
    "meaning-at-risk": "meaning at risk",
    "spliced": "spliced from separate places",
    "other-speaker": "somebody else says it in the original",
    "paraphrase": "paraphrase",
    "not-found": "not found",
}
_RISKS: dict[RiskKind, str] = {
    "negation": "a negation",
    "modal": "a modal verb",
    "number": "a number",
    "quantifier": "a quantifier",
    "name": "a name",
    "limit": "a limiting clause",
    "speaker": "another speaker",
    "gap": "a long gap",
}
_LONGEST, _WORDS = 300, 60


def to_audit(quoting: Article, originals: Sequence[Article], found: Sequence[Fidelity]) -> Iterator[RenderableType]:
    """A line of counts, then each quotation in the order of the text."""
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
    return f"at risk, {_RISKS[risk.kind]}{': ' if sides else ''}{'; '.join(sides)}"


def _words(place: Span | None) -> str:
    return f"“{excerpt(place.text, _WORDS)}”" if place else ""
