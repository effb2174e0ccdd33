"""Rows of the page of an audit: quotations beside their originals, statements beside the passages that bear on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from closeread.article import Article, Span
from closeread.comparisons.audits import Audit
from closeread.comparisons.confrontation import Confrontation, Passage
from closeread.comparisons.differences import MARKED, UNMARKED, Difference
from closeread.comparisons.fidelity import Fidelity, Piece
from closeread.findings import Reading
from closeread.report.audit_terms import EXPLAINED, FOUND, FOUND_EXPLAINED, KINDS, REASONS, RISKS
from closeread.report.characters import excerpt
from closeread.report.differences import show_meeting, show_side
from closeread.report.page import headline_of
from closeread.report.places import Locator, anchor_of, cut_around

# How far words of the original are shown around a quotation, in code points.
_AROUND = 140


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text that has a page of its own. `label` is where it is."""

    href: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text of the audit."""

    title: str
    source: str
    sha256: str
    href: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """One class: what it means, and the findings that have it. `listed` is the section that lists them, where there is
    one for this class alone."""

    name: str
    explained: str
    findings: tuple[str, ...]
    certain: int
    listed: str


@dataclass(frozen=True, slots=True)
class SideLine:
    """What stands before the words, the words with their marks, what stands behind them."""

    place: Place
    before: str
    words: Markup
    after: str
    title: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A difference or a risk in words."""

    name: str
    here: Place | None
    there: Place | None


@dataclass(frozen=True, slots=True)
class QuotationLine:
    id: str
    number: int
    kind: str
    certain: bool
    rule: str
    here: SideLine
    there: tuple[SideLine, ...]
    speakers: tuple[str | None, str | None]
    risks: tuple[ChangeLine, ...]
    differences: tuple[ChangeLine, ...]
    others: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PassageLine:
    """`doubt`: it says the same or disagrees, and is not certain."""

    kind: str
    reason: str
    doubt: bool
    rule: str
    share: float
    here: Markup
    there: SideLine
    speaker: str
    aligned: tuple[tuple[Place, Place], ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    id: str
    place: Place
    words: str
    passages: tuple[PassageLine, ...]


class AuditLines:
    """Turns the findings of one audit into rows. The annotated pages are named
    by `page_of`."""

    def __init__(self, found: Audit) -> None:
        self.found = found
        self._readings = {reading.article.id: reading for reading in (found.quoting, *found.originals)}
        self._ids = {reading.article.source: reading.article.id for reading in found.originals}
        self._where = {each: Locator(reading.article) for each, reading in self._readings.items()}

    @property
    def here(self) -> Article:
        return self.found.quoting.article

    def texts(self) -> tuple[TextLine, ...]:
        """The text that is held against the others, then these."""
        return tuple(self._to_text(reading) for reading in (self.found.quoting, *self.found.originals))

    def quotation_counts(self) -> tuple[CountLine, ...]:
        lines = (
            _count(name, EXPLAINED[kind], [each for each in self.found.quotations if each.kind == kind])
            for kind, name in KINDS.items()
        )
        return tuple(line for line in lines if line.findings)

    def statement_counts(self) -> tuple[CountLine, ...]:
        return tuple(
            _count(
                name,
                FOUND_EXPLAINED[kind],
                [each for each in self.found.statements if each.kind == kind],
                listed="unanswered" if kind == "nothing" else "",
            )
            for kind, name in FOUND.items()
        )

    def quotations(self) -> Iterator[QuotationLine]:
        for number, each in enumerate(self.found.quotations, 1):
            yield self._to_quotation(number, each)

    def statements(self) -> Iterator[StatementLine]:
        """Those on which a passage bears."""
        return (self._to_statement(each) for each in self.found.statements if each.passages)

    def unanswered(self) -> Iterator[StatementLine]:
        return (self._to_statement(each) for each in self.found.statements if not each.passages)

    def places(self) -> dict[str, tuple[Span, ...]]:
        """Every place that a row leads to, by `Article.id`, so that the annotated page has an anchor there."""
        places: dict[str, list[Span]] = {each: [] for each in self._readings}
        for quotation in self.found.quotations:
            there = self._ids[quotation.pieces[0].source] if quotation.pieces else ""
            places[self.here.id].append(quotation.quotation)
            for piece in quotation.pieces:
                places[self.here.id].append(piece.here)
                places[self._ids[piece.source]].append(piece.there)
            for candidate in quotation.candidates:
                places[self._ids[candidate.source]].append(candidate.place)
            changes = [(each.here, each.there) for each in quotation.differences]
            changes += [(risk.here, risk.there) for risk in quotation.risks]
            places[self.here.id] += [here for here, _ in changes if here]
            if there:
                places[there] += [other for _, other in changes if other]
        for statement in self.found.statements:
            places[self.here.id].append(statement.place)
            for passage in statement.passages:
                places[passage.article].append(passage.place)
                places[self.here.id] += [each.first for each in passage.aligned]
                places[passage.article] += [each.second for each in passage.aligned]
        return {each: tuple(sorted(set(spans))) for each, spans in places.items()}

    def _to_text(self, reading: Reading) -> TextLine:
        article = reading.article
        return TextLine(headline_of(reading), article.source, article.sha256, page_of(article))

    def _place(self, article: str, span: Span, limit: int = 72) -> Place:
        href = f"{page_of(self._readings[article].article)}#{anchor_of(span)}"
        return Place(href, self._where[article].name(span.start), excerpt(span.text, limit))

    def _to_quotation(self, number: int, each: Fidelity) -> QuotationLine:
        there = self._ids[each.pieces[0].source] if each.pieces else None
        shown = [difference for difference in each.differences if difference.kind in MARKED | UNMARKED]
        others = each.candidates[1:]
        return QuotationLine(
            id=each.id,
            number=number,
            kind=KINDS[each.kind],
            certain=each.certain,
            rule=each.rule,
            here=SideLine(
                self._place(self.here.id, each.quotation),
                "",
                show_side(each.quotation, each.differences, "here"),
                "",
                headline_of(self.found.quoting),
            ),
            there=tuple(self._to_side(piece, each) for piece in each.pieces),
            speakers=(each.speaker, each.original_speaker),
            risks=tuple(self._to_change(RISKS[risk.kind], (risk.here, risk.there), there) for risk in each.risks),
            differences=tuple(self._to_change(one.kind, (one.here, one.there), there) for one in shown),
            others=tuple(self._place(self._ids[one.source], one.place) for one in others),
        )

    def _to_side(self, piece: Piece, each: Fidelity) -> SideLine:
        """The place in the original with the words around it."""
        article = self._readings[self._ids[piece.source]].article
        zone = article.zone_at(piece.there.start)
        start = max(zone.start if zone else 0, piece.there.start - _AROUND)
        end = min(zone.end if zone else len(article.text), piece.there.end + _AROUND)
        around = article.span(min(start, piece.there.start), max(end, piece.there.end))
        before, after = cut_around(around, piece.there)
        return SideLine(
            self._place(article.id, piece.there),
            before,
            show_side(piece.there, _inside(each.differences, piece), "there"),
            after,
            headline_of(self._readings[article.id]),
        )

    def _to_change(self, name: str, spans: tuple[Span | None, Span | None], there: str | None) -> ChangeLine:
        here, other = spans
        return ChangeLine(
            name,
            self._place(self.here.id, here) if here else None,
            self._place(there, other) if there and other else None,
        )

    def _to_statement(self, each: Confrontation) -> StatementLine:
        return StatementLine(
            id=each.id,
            place=self._place(self.here.id, each.place),
            words=" ".join(each.place.text.split()),
            passages=tuple(self._to_passage(each, passage) for passage in each.passages),
        )

    def _to_passage(self, each: Confrontation, passage: Passage) -> PassageLine:
        reading = self._readings[passage.article]
        reason = REASONS[passage.reason] if passage.reason else ""
        first = show_meeting(each.place, [one.first for one in passage.aligned], passage.here, reason)
        second = show_meeting(passage.place, [one.second for one in passage.aligned], passage.there, reason)
        place = self._place(passage.article, passage.place)
        return PassageLine(
            kind=FOUND[passage.kind],
            reason=reason,
            doubt=passage.kind != "mentions" and not passage.certain,
            rule=passage.rule,
            share=passage.score,
            here=first,
            there=SideLine(place, "", second, "", headline_of(reading)),
            speaker=_speaker(reading, passage),
            aligned=tuple(
                (self._place(self.here.id, one.first), self._place(passage.article, one.second))
                for one in passage.aligned
            ),
        )


def page_of(article: Article) -> str:
    """The address of the annotated page, as `report.site` names it."""
    return f"{article.id}.html"


def _count(name: str, explained: str, found: Sequence[Fidelity | Confrontation], *, listed: str = "") -> CountLine:
    certain = sum(each.certain for each in found)
    return CountLine(name, explained, tuple(each.id for each in found), certain, listed)


def _inside(differences: Sequence[Difference], piece: Piece) -> list[Difference]:
    return [each for each in differences if each.there is not None and each.there.overlaps(piece.there)]


def _speaker(reading: Reading, passage: Passage) -> str:
    """Who says it in the document; empty in own voice."""
    if passage.voice == "own":
        return ""
    said = next((each for each in reading.attributions if each.id == passage.attribution), None)
    actor = next((each for each in reading.actors if said is not None and each.id == said.speaker), None)
    if actor is not None:
        return actor.name
    return said.sources[0].text if said is not None and said.sources else "somebody"
