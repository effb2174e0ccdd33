"""An audit made by hand: quotations of every look, statements with each kind of passage. No model is loaded."""

from __future__ import annotations

from closeread.article import Article, Span, Zone
from closeread.comparisons.audits import Audit
from closeread.comparisons.confrontation import Confrontation, Passage
from closeread.comparisons.fidelity import check_quotations
from closeread.findings import Aligned, Reading, Voice
from tests.readings import VERSIONS

# Voice, attribution, score, rule, certain.
_Rest = tuple[Voice, None, float, str, bool]

_CRITIQUE = (
    "The pier and its critics\n\n"
    "She wrote that “the council of Velmar will rebuild the pier in spring”, and that “nobody was hurt in the fall”. "
    "“We never saw this line,” says nobody.\n\n"
    "Twelve families left the harbour. The council met on Monday. The bells were quiet."
)
_ORIGINAL = (
    "A pier falls\n\n"
    "The council of Velmar will rebuild the old pier in spring if the grant comes through. Nobody was hurt in the "
    "fall, the harbour master said.\n\n"
    "Ten families left the harbour. The council met on Monday, as it always does. Its bells are of bronze."
)


def make_audit(original: str = _ORIGINAL, critique: str = _CRITIQUE) -> Audit:
    """One text against one original; every place is in it."""
    quoting, held = _read(critique, "invented/critique.txt"), _read(original, "invented/original.txt")
    return Audit(quoting, (held,), check_quotations(quoting, [held]), _confrontations(quoting.article, held.article))


def _read(text: str, source: str) -> Reading:
    zones, at = list[Zone](), 0
    for paragraph in text.split("\n\n"):
        zones.append(Zone(at, at + len(paragraph), paragraph, "body" if zones else "headline"))
        at += len(paragraph) + 2
    article = Article(source, text, tuple(zones), title=zones[0].text, date="2026-03-02", language="en")
    return Reading(article, (), (), (), (), notices=(), made_with=VERSIONS)


def _confrontations(here: Article, there: Article) -> tuple[Confrontation, ...]:
    if "Twelve families" not in here.text or "Ten families" not in there.text:
        return ()
    first = _span(here, "Twelve families left the harbour"), _span(there, "Ten families left the harbour.")
    pairs = tuple(Aligned(_span(here, word), _last(there, word)) for word in ("families", "left", "harbour"))
    words = _span(here, "Twelve"), _span(there, "Ten")
    rest: _Rest = ("own", None, 0.9, "confrontation.number", False)
    disagrees = Passage(there.id, first[1], "disagrees", "number", words[0], words[1], pairs, *rest)
    second = _span(here, "The council met on Monday"), _span(there, "The council met on Monday, as it always does.")
    told = tuple(Aligned(_last(here, word), _last(there, word)) for word in ("council", "met", "Monday"))
    same: _Rest = ("own", None, 1.0, "confrontation.same-words", True)
    supports = Passage(there.id, second[1], "supports", None, None, None, told, *same)
    third = _span(here, "The bells were quiet")
    return (
        Confrontation("v1", here.id, "t1", first[0], "disagrees", (disagrees,), disagrees.rule, False),
        Confrontation("v2", here.id, "t2", second[0], "supports", (supports,), supports.rule, True),
        Confrontation("v3", here.id, "t3", third, "nothing", (), "confrontation.nothing", False),
    )


def _span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return article.span(start, start + len(words))


def _last(article: Article, words: str) -> Span:
    start = article.text.rindex(words)
    return article.span(start, start + len(words))
