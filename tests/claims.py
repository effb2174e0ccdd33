"""What the hand-made report asserts: statements with and without a ground, contradictions, its headline, echoes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

from closeread.article import Article, Span
from closeread.findings import (
    Aligned,
    Contradiction,
    ContradictionKind,
    ContradictionRelation,
    Echo,
    Ground,
    GroundKind,
    GroundScope,
    HeadlineKind,
    HeadlinePart,
    Reading,
    Side,
    Statement,
    StatementKind,
    Voice,
)
from tests.readings import hand_made_reading

_SideRow = tuple[str, str, Voice]
_StatementRow = tuple[str, Voice, StatementKind, tuple[tuple[str, GroundKind, GroundScope], ...]]

_STATEMENTS: tuple[_StatementRow, ...] = (
    ("Orlan closes the Tarn sluices", "own", "fact", (("Orlan shut the upper sluices", "elsewhere", "article"),)),
    ("Velde calls it “blackmail”", "own", "fact", ()),
    (
        "Orlan shut the upper sluices of the Tarn dam on Sunday night",
        "reported",
        "fact",
        (("officials in both capitals", "unnamed-source", "sentence"),),
    ),
    (
        "“Nobody in Velde can claim to be surprised.”",
        "quoted",
        "judgement",
        (("Petra Halvik", "named-source", "sentence"),),
    ),
    (
        "The so-called “technical pause” was announced in a notice of four lines",
        "own",
        "fact",
        (("a notice of four lines", "document", "sentence"), ("the order", "named-source", "paragraph")),
    ),
    ("who was not allowed to speak in public", "own", "fact", ()),
    ("Velde denies this", "own", "fact", ()),
    (
        "repairs would save more water than either country is arguing about",
        "reported",
        "prediction",
        (("He believes", "named-source", "sentence"),),
    ),
    ("Ekström is to meet the leaders of Sarna on Thursday", "own", "prediction", ()),
    ("There will be no bargain with a tap", "quoted", "prediction", ()),
)

# Kind, relation, certain; each side, the words in it that conflict and its voice; the words that both have.
_PAIRS: tuple[tuple[ContradictionKind, ContradictionRelation, bool, _SideRow, _SideRow, str], ...] = (
    (
        *("denial", "disagreement", True),
        ("the Lakes Commission had told her that Velde “drew a third more", "drew", "reported"),
        ("Velde denies this", "denies", "own"),
        "Velde",
    ),
    (
        *("date", "contradiction", False),
        ("Orlan shut the upper sluices of the Tarn dam on Sunday night", "Sunday", "own"),
        ("Ekström is to meet the leaders of Sarna on Thursday", "Thursday", "own"),
        "on",
    ),
    (
        *("number", "contradiction", True),
        ("a notice of four lines", "four", "own"),
        ("I have eleven days of water in the tank", "eleven", "own"),
        "of",
    ),
)

# Zone, kind, words, the places that carry them.
_HEADLINE: tuple[tuple[Literal["headline", "lead"], HeadlineKind, str, tuple[str, ...]], ...] = (
    ("headline", "claim", "Orlan closes the Tarn sluices", ("Orlan shut the upper sluices",)),
    ("headline", "actor", "Velde", ("Velde provinces", "Velde can", "Velde denies")),
    ("headline", "quotation", "“blackmail”", ()),
    ("lead", "number", "three", ()),
    ("lead", "actor", "Orlan", ("Orlan water minister", "Orlan offer")),
)


def claiming_reading() -> Reading:
    """The hand-made report with statements of every voice, with and without a ground, two contradictions and a
    disagreement, parts of headline and lead that the body carries and others, and two recycled phrases."""
    whole = hand_made_reading()
    article = whole.article
    return replace(
        whole,
        statements=tuple(_statement(article, number, row) for number, row in enumerate(_STATEMENTS, 1)),
        contradictions=tuple(_pair(article, number, *row) for number, row in enumerate(_PAIRS, 1)),
        headline=tuple(_part(article, number, *row) for number, row in enumerate(_HEADLINE, 1)),
        echoes=tuple(_list_echoes(article)),
    )


def _find(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return article.span(start, start + len(words))


def _within(article: Article, place: Span, words: str) -> Span:
    start = article.text.index(words, place.start)
    return article.span(start, start + len(words))


def _statement(article: Article, number: int, row: _StatementRow) -> Statement:
    words, voice, kind, grounds = row
    places = ((_find(article, ground), kind, scope) for ground, kind, scope in grounds)
    return Statement(
        id=f"t{number}",
        place=_find(article, words),
        voice=voice,
        attribution=None,
        kind=kind,
        grounds=tuple(Ground(place.start, place.end, place.text, kind, scope) for place, kind, scope in places),
        hedges=number % 2,
        firm=number % 3,
        rule="support.source" if grounds else "support.none",
        certain=len(grounds) == 1,
    )


def _pair(
    article: Article, number: int, kind: ContradictionKind, relation: ContradictionRelation, *rest: Any
) -> Contradiction:
    certain, *rows, common = rest
    sides = [_find(article, words) for words, _, _ in rows]
    first, second = (
        Side(place.start, place.end, place.text, _within(article, place, words), voice, None, False)
        for place, (_, words, voice) in zip(sides, rows, strict=True)
    )
    aligned = (Aligned(_within(article, first, common), _within(article, second, common)),)
    return Contradiction(f"k{number}", kind, relation, first, second, aligned, f"contradictions.{kind}", certain)


def _part(
    article: Article, number: int, zone: Literal["headline", "lead"], kind: HeadlineKind, *rest: Any
) -> HeadlinePart:
    words, carried = rest
    place = _find(article, words) if zone == "headline" else _within(article, article.body[0], words)
    found = tuple(_within(article, article.body[0], each) for each in carried)
    return HeadlinePart(f"h{number}", kind, zone, place, found, f"headline.{kind}", bool(found) or kind == "quotation")


def _list_echoes(article: Article) -> Iterator[Echo]:
    """One of a known phrase in a list, one that varies another phrase of the article."""
    place = _find(article, "There will be no bargain with a tap")
    slot, known = _within(article, place, "a tap"), _find(article, "a letter with a stone around it")
    listed = "There will be no bargain with ___", "There will be no bargain with fate"
    yield Echo("x1", place, slot, *listed, None, "list", "echoes.list", True)
    yield Echo("x2", place, slot, "a ___ with a stone around it", known.text, known, "article", "echoes.article", False)
