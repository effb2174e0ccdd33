"""Rows of contradictions and disagreements, of what headline and lead announce, and of recycled phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.findings import Contradiction, Echo, HeadlinePart, Reading, Side
from closeread.report.cast import Cast
from closeread.report.places import Link, Locator, cut_around, number_repeats
from closeread.report.terms import CONFLICTS, HEADLINE_PARTS

# Code points that are shown before and behind the words that conflict.
_SLOT = "___"


@dataclass(frozen=True, slots=True)
class SideLine:
    """One place: what stands before the words that conflict, these, and what stands behind them. `speaker` is empty in
    own voice."""

    before: str
    words: Link
    after: str
    place: Link
    speaker: str
    headline: bool


@dataclass(frozen=True, slots=True)
class PairLine:
    label: str
    kind: str
    first: SideLine
    second: SideLine
    aligned: tuple[tuple[Link, Link], ...]
    certain: bool
    rule: str


@dataclass(frozen=True, slots=True)
class HeadlineLine:
    """`carried` are the places in the body, numbered; `words` the words of the first of them, None where none was
    found."""

    number: int
    zone: str
    kind: str
    link: Link
    words: Link | None
    carried: tuple[Link, ...]
    missing: str
    certain: bool
    rule: str


@dataclass(frozen=True, slots=True)
class EchoLine:
    """`filler` are the words that fill the slot in the known phrase, empty where only its template is known."""

    number: int
    link: Link
    slot: Link
    template: str
    known: str
    filler: str
    place: Link | None
    certain: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Claims:
    contradictions: tuple[PairLine, ...]
    disagreements: tuple[PairLine, ...]
    headline: tuple[HeadlineLine, ...]
    echoes: tuple[EchoLine, ...]


def fill_claims(reading: Reading, cast: Cast) -> Claims:
    """Contradictions and disagreements with the certain ones first."""
    where = Locator(reading.article)
    pairs = sorted(reading.contradictions, key=lambda pair: not pair.certain)
    return Claims(
        contradictions=tuple(_to_pair_lines(pairs, "contradiction", cast, where)),
        disagreements=tuple(_to_pair_lines(pairs, "disagreement", cast, where)),
        headline=tuple(_to_headline_lines(reading.headline, where)),
        echoes=tuple(_to_echo_line(number, echo, where) for number, echo in enumerate(reading.echoes, 1)),
    )


def _to_pair_lines(pairs: Sequence[Contradiction], relation: str, cast: Cast, where: Locator) -> Iterator[PairLine]:
    for pair in pairs:
        if pair.relation == relation:
            yield PairLine(
                label=cast.label(pair),
                kind=CONFLICTS[pair.kind],
                first=_to_side(pair.first, cast, where),
                second=_to_side(pair.second, cast, where),
                aligned=tuple((where.link(each.first), where.link(each.second)) for each in pair.aligned),
                certain=pair.certain,
                rule=pair.rule,
            )


def _to_side(side: Side, cast: Cast, where: Locator) -> SideLine:
    before, after = cut_around(side, side.words)
    source = cast.source_of.get(side.attribution or "")
    speaker = source.row.name if source else ""
    if side.voice != "own":
        speaker = speaker or "somebody"
    return SideLine(before, where.link(side.words), after, where.link(side), speaker, side.in_headline)


def _to_headline_lines(parts: Sequence[HeadlinePart], where: Locator) -> Iterator[HeadlineLine]:
    ordered = sorted(parts, key=lambda part: (part.zone, part.place.start, part.place.end))
    for number, part in enumerate(ordered, 1):
        carried = where.links(part.carried)
        yield HeadlineLine(
            number=number,
            zone=part.zone,
            kind=HEADLINE_PARTS[part.kind],
            link=where.link(part.place, 140),
            words=carried[0] if carried else None,
            carried=number_repeats(carried),
            missing="not found in the body" if part.zone == "headline" else "not found after the lead",
            certain=part.certain,
            rule=part.rule,
        )


def _to_echo_line(number: int, echo: Echo, where: Locator) -> EchoLine:
    return EchoLine(
        number=number,
        link=where.link(echo.place),
        slot=where.link(echo.slot),
        template=echo.template,
        known=echo.known or "",
        filler=find_filler(echo.template, echo.known or ""),
        place=where.link(echo.known_place) if echo.known_place else None,
        certain=echo.certain,
        rule=echo.rule,
    )


def find_filler(template: str, known: str) -> str:
    """The words of a known phrase that stand in the slot of its template; empty where the two do not fit."""
    before, slot, after = (part.strip() for part in template.partition(_SLOT))
    low, head, tail = known.strip().lower(), before.lower(), after.lower()
    if not slot or not low.startswith(head) or not low.endswith(tail) or len(low) < len(head) + len(tail):
        return ""
    return known.strip()[len(head) : len(low) - len(tail)].strip()
