"""Rows of the tables: findings with their numbers and the links to their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from closeread.findings import Actor, Attribution, Enumeration, Notice, Reading, ScareQuote
from closeread.measures import ActorRow, Tally, Totals, list_tallies, prominence, total
from closeread.report.cast import Cast, Source
from closeread.report.markings import SCARE_QUOTES
from closeread.report.notes import FORMS, KINDS, say_cue, say_naming
from closeread.report.places import Link, Locator, number_repeats
from closeread.report.rendering import keep_percent
from closeread.report.sentence_parts import Sentence
from closeread.report.sentences import sentences

NAMINGS = {
    "named": "named",
    "described": "described",
    "anonymous": "anonymous",
    "pronoun": "pronoun only",
    "none": "not found",
}
SUMS: dict[str, tuple[str, dict[str, str]]] = {
    "naming": ("Source", NAMINGS),
    "kind": ("Kind", {"speech": "speech", "writing": "writing", "thought": "thought", "unknown": "not told by a cue"}),
    "stance": ("Cue", {"neutral": "neutral", "doubting": "doubting", "endorsing": "endorsing"}),
    "apart": ("Of these", {"nested": "inside another"}),
}
TOPICS = {
    "sources": "Sources",
    "quotations": "Quotations",
    "actors": "Actors",
    "support": "Support",
    "contradictions": "Contradictions",
    "headline": "Headline",
    "actions": "Actions",
    "words": "Words",
    "scare-quotes": "Scare quotes",
    "certainty": "Certainty",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A piece of a sentence. `id` names the list of its places; empty where it has fewer than two."""

    text: str
    links: tuple[Link, ...]
    id: str


@dataclass(frozen=True, slots=True)
class SentenceRow:
    topic: str
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`apart` says what of the row is not plain speech, `held_by` in whose words it stands."""

    source: Source
    naming: str
    apart: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AttributionLine:
    number: int
    found: Attribution
    source: Source
    sources: tuple[Link, ...]
    cue: Link | None
    contents: tuple[Link, ...]
    how: tuple[str, ...]
    naming: str
    within: int | None
    introductions: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class SumLine:
    """The attributions of one sort. `group` is empty but in the first line of a group."""

    group: str
    name: str
    tally: Tally
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ActorLine:
    number: int
    hue: int
    row: ActorRow
    actor: Actor
    kind: str
    stands: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ScareQuoteLine:
    number: int
    found: ScareQuote
    kind: str
    attribution: AttributionLine | None
    link: Link


@dataclass(frozen=True, slots=True)
class EnumerationLine:
    number: int
    found: Enumeration
    link: Link
    items: tuple[tuple[int, Link, str], ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    found: Notice
    link: Link | None


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that the page lists, in the order in which it lists it."""

    sentences: tuple[SentenceRow, ...]
    sources: tuple[SourceLine, ...]
    totals: Totals
    sums: tuple[SumLine, ...]
    introduced: tuple[AttributionLine, ...]
    certain: tuple[AttributionLine, ...]
    possible: tuple[AttributionLine, ...]
    actors: tuple[ActorLine, ...]
    scare_quotes: tuple[ScareQuoteLine, ...]
    enumerations: tuple[EnumerationLine, ...]
    notices: tuple[NoticeLine, ...]


def fill_tables(reading: Reading, cast: Cast) -> Tables:
    where = Locator(reading.article)
    attributions = sorted(
        (_to_attribution_line(found, cast, where) for found in reading.attributions), key=lambda line: line.number
    )
    totals = total(reading)
    by_id = {line.found.id: line for line in attributions}
    return Tables(
        sentences=tuple(_to_sentence_row(n, sentence, where) for n, sentence in enumerate(sentences(reading), 1)),
        sources=tuple(_to_source_line(source, where) for source in cast.sources),
        totals=totals,
        sums=tuple(_to_sum_lines(totals, where)),
        introduced=tuple(line for line in attributions if line.introductions),
        certain=tuple(line for line in attributions if line.found.certain),
        possible=tuple(line for line in attributions if not line.found.certain),
        actors=tuple(_to_actor_line(row, cast, where) for row in prominence(reading)),
        scare_quotes=tuple(_to_scare_lines(reading.scare_quotes, by_id, where)),
        enumerations=tuple(_to_list_line(n, found, cast, where) for n, found in enumerate(reading.enumerations, 1)),
        notices=tuple(_to_notice_line(notice, where) for notice in reading.notices),
    )


def _to_sentence_row(number: int, sentence: Sentence, where: Locator) -> SentenceRow:
    parts = []
    for index, part in enumerate(sentence.parts, 1):
        identity = f"figure-{number}-{index}" if len(part.places) > 1 else ""
        parts.append(Figure(keep_percent(part.text), where.links(part.places), identity))
    return SentenceRow(TOPICS.get(sentence.topic, sentence.topic), tuple(parts))


def _to_source_line(source: Source, where: Locator) -> SourceLine:
    row = source.row
    counts = {kind: row.kinds[kind] for kind in ("writing", "thought")}
    counts |= {stance: row.stances[stance] for stance in ("doubting", "endorsing")} | {"not said": row.negated}
    apart = [f"{count} {name}" for name, count in counts.items() if count]
    if row.nested:
        apart.append(f"{row.nested} inside {', '.join(row.held_by)}")
    return SourceLine(source, NAMINGS[row.naming], ", ".join(apart), number_repeats(where.links(row.places)))


def _to_sum_lines(totals: Totals, where: Locator) -> Iterator[SumLine]:
    """Groups in the order of the measures; what was not said comes last, apart from the sums above it."""
    for group, tallies in list_tallies(totals):
        title, names = SUMS[group]
        for value, name in names.items():
            yield SumLine(title, name, tallies[value], number_repeats(where.links(tallies[value].places)))
            title = ""
    yield SumLine("Apart", "not said", totals.negated, number_repeats(where.links(totals.negated.places)))


def _to_attribution_line(found: Attribution, cast: Cast, where: Locator) -> AttributionLine:
    return AttributionLine(
        number=cast.numbers[found.id],
        found=found,
        source=cast.source_of[found.id],
        sources=where.links(found.sources),
        cue=where.links((found.cue,))[0] if found.cue else None,
        contents=where.links(found.contents),
        how=(found.mode, *say_cue(found)),
        naming=", ".join(say_naming(found)),
        within=cast.numbers.get(found.within or ""),
        introductions=tuple(
            zip((FORMS[each.form] for each in found.introduction), where.links(found.introduction), strict=True)
        ),
    )


def _to_actor_line(row: ActorRow, cast: Cast, where: Locator) -> ActorLine:
    actor = row.actor
    stands = {"headline": actor.in_headline, "lead": actor.in_lead, "end": actor.in_last_paragraph}
    return ActorLine(
        number=cast.numbers[actor.id],
        hue=cast.hue_of_actor[actor.id],
        row=row,
        actor=actor,
        kind=KINDS[actor.kind],
        stands=", ".join(place for place, there in stands.items() if there) or "–",
        links=number_repeats(where.links(actor.mentions)),
    )


def _to_scare_lines(
    found: Iterable[ScareQuote], attributions: dict[str, AttributionLine], where: Locator
) -> Iterable[ScareQuoteLine]:
    for number, quote in enumerate(found, 1):
        attribution = attributions.get(quote.attribution or "")
        yield ScareQuoteLine(number, quote, SCARE_QUOTES[quote.kind], attribution, where.links((quote.place,))[0])


def _to_list_line(number: int, found: Enumeration, cast: Cast, where: Locator) -> EnumerationLine:
    names = [cast.actors[item.actor].name if item.actor in cast.actors else "" for item in found.items]
    items = zip((item.rank for item in found.items), where.links(found.items), names, strict=True)
    return EnumerationLine(number, found, where.links((found.place,))[0], tuple(items))


def _to_notice_line(notice: Notice, where: Locator) -> NoticeLine:
    return NoticeLine(notice, where.links((notice.place,))[0] if notice.place else None)
