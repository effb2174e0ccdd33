"""The notes of the edition: what is said in the margin, and the numbers in the text that lead to the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from closeread.findings import Actor, Attribution, Enumeration, Ground, GroundKind, Reading, Statement
from closeread.measures import own_statements, tell_ground
from closeread.report.cast import Cast
from closeread.report.markings import SCARE_QUOTES
from closeread.report.places import Locator
from closeread.report.rendering import percent
from closeread.report.terms import CONFLICTS, GROUNDS, SCOPES

Layer = Literal["q", "a", "s", "c", "w", "t"]


@dataclass(frozen=True, slots=True)
class Note:
    """Stands beside the line of code point `at`. `source`, `cue` and `items` are words of the text, `facts` ours."""

    layer: Layer
    label: str
    row: str
    at: int
    who: str
    hue: int
    source: str = ""
    cue: str = ""
    items: tuple[tuple[int, str], ...] = ()
    facts: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The raised number behind code point `end` that leads to a row of a table; `start` is where its words begin."""

    layer: Layer
    label: str
    row: str
    start: int
    end: int
    about: str


def find_notes(reading: Reading, cast: Cast) -> list[Note]:
    """Sorted by layer and place, the way they stand in the margin. Who is named once gets a number and no note,
    so that the notes stay beside their lines."""
    notes = [_note_attribution(attribution, cast) for attribution in reading.attributions]
    notes += [_note_actor(actor, cast) for actor in reading.actors if len(actor.mentions) > 1]
    notes += [_note_enumeration(found, number, cast) for number, found in enumerate(reading.enumerations, 1)]
    notes += _note_scare_quotes(reading, cast)
    notes += _note_grounds(reading, cast)
    notes += _note_contradictions(reading, cast)
    return sorted(notes, key=lambda note: (note.layer, note.at))


def _note_attribution(attribution: Attribution, cast: Cast) -> Note:
    source = cast.source_of[attribution.id]
    described = " / ".join(place.text.strip(" ,") for place in attribution.sources)
    measured = f", right in {attribution.confidence * 100:.0f} of 100" if attribution.confidence else ""
    certainty = "certain" if attribution.certain else f"possible{measured}"
    inside = [f"inside {cast.numbers[attribution.within]}"] if attribution.within in cast.numbers else []
    how = ", ".join((attribution.mode, *say_cue(attribution), *inside))
    facts = "; ".join((how, ", ".join(say_naming(attribution)), certainty))
    number = cast.numbers[attribution.id]
    return Note(
        layer="q",
        label=str(number),
        row=f"a{number}",
        at=attribution.contents[0].start,
        who=source.row.name,
        hue=source.hue,
        source="" if described.lower() == source.row.name.lower() else described,
        cue=attribution.cue.text if attribution.cue else "",
        facts=(facts,),
        rule=attribution.rule,
    )


def say_cue(attribution: Attribution) -> Iterator[str]:
    """What is not the common case: no speech, no neutral cue, not said at all."""
    if attribution.kind not in ("speech", "unknown"):
        yield attribution.kind
    if attribution.stance != "neutral":
        yield f"{attribution.stance} cue"
    if attribution.negated:
        yield "not said"


def say_naming(attribution: Attribution) -> Iterator[str]:
    """How the source stands here: its naming, several of them, and in which forms it is introduced."""
    yield NAMINGS[attribution.naming]
    if attribution.number == "several":
        yield "several"
    if attribution.introduction:
        yield "with " + " and ".join(dict.fromkeys(FORMS[each.form] for each in attribution.introduction))


NAMINGS = {
    "named": "named",
    "described": "described",
    "anonymous": "anonymous",
    "pronoun": "pronoun",
    "none": "no source",
}
FORMS = {
    "title": "title",
    "apposition": "apposition",
    "relative-clause": "relative clause",
    "affiliation": "affiliation",
}


def _note_actor(actor: Actor, cast: Cast) -> Note:
    number = cast.numbers[actor.id]
    first = "never in the body" if actor.first_mention is None else f"first at {percent(actor.first_mention)}"
    return Note(
        layer="a",
        label=str(number),
        row=f"w{number}",
        at=actor.mentions[0].start,
        who=actor.name,
        hue=cast.hue_of_actor[actor.id],
        facts=(KINDS[actor.kind], f"{len(actor.mentions)} mentions", first),
    )


KINDS = {
    "person": "person",
    "organisation": "organisation",
    "country": "country",
    "group": "group",
    "unknown": "kind unknown",
}


def _note_enumeration(enumeration: Enumeration, number: int, cast: Cast) -> Note:
    return Note(
        layer="a",
        label=f"List {number}",
        row=f"e{number}",
        at=enumeration.place.start,
        who="",
        hue=0,
        items=tuple((item.rank, item.text) for item in enumeration.items),
        rule=enumeration.rule,
    )


def _note_scare_quotes(reading: Reading, cast: Cast) -> Iterator[Note]:
    for number, quote in enumerate(reading.scare_quotes, 1):
        source = cast.source_of.get(quote.attribution or "")
        yield Note(
            layer="s",
            label=str(number),
            row=f"s{number}",
            at=quote.place.start,
            who=source.row.name if source else "",
            hue=0,
            facts=(SCARE_QUOTES[quote.kind],),
            rule=quote.rule,
        )


def _note_grounds(reading: Reading, cast: Cast) -> Iterator[Note]:
    """One note for each statement in own voice with a ground: its class, its scope and its words."""
    for statement in own_statements(reading):
        kind = tell_ground(statement)
        if kind is None:
            continue
        number, ground = cast.numbers[statement.id], next(one for one in statement.grounds if one.kind == kind)
        yield Note(
            layer="t",
            label=str(number),
            row=f"t{number}",
            at=statement.place.start,
            who="",
            hue=0,
            source=ground.text,
            facts=tuple(_say_ground(kind, ground, statement)),
            rule=statement.rule,
        )


def _say_ground(kind: GroundKind, ground: Ground, statement: Statement) -> Iterator[str]:
    if kind != "elsewhere":
        yield GROUNDS[kind]
    yield SCOPES[ground.scope]
    yield "certain" if statement.certain else "possible"


def _note_contradictions(reading: Reading, cast: Cast) -> Iterator[Note]:
    """One note at each side, with the words of the other and where they stand."""
    where = Locator(reading.article)
    for pair in reading.contradictions:
        for here, there in ((pair.first, pair.second), (pair.second, pair.first)):
            label, certainty = cast.label(pair), "certain" if pair.certain else "possible"
            yield Note(
                layer="t",
                label=label,
                row=f"pair-{label}",
                at=here.words.start,
                who="",
                hue=0,
                source=f"{here.words.text} / {there.words.text}",
                facts=(pair.relation, CONFLICTS[pair.kind], f"the other in {where.name(there.words.start)}", certainty),
                rule=pair.rule,
            )


def find_references(reading: Reading, cast: Cast) -> Iterator[Reference]:
    for attribution in reading.attributions:
        number, first = cast.numbers[attribution.id], attribution.contents[0]
        yield Reference("q", str(number), f"a{number}", first.start, first.end, "attribution")
    for actor in reading.actors:
        number = cast.numbers[actor.id]
        for mention in actor.mentions:
            yield Reference("a", str(number), f"w{number}", mention.start, mention.end, "actor")
    for number, quote in enumerate(reading.scare_quotes, 1):
        yield Reference("s", str(number), f"s{number}", quote.place.start, quote.place.end, "scare quote")
    for clause in reading.clauses:
        number, place = cast.numbers[clause.id], clause.predicate
        yield Reference("c", str(number), f"d{number}", place.start, place.end, "action")
    for phrase in reading.loaded:
        number, place = cast.numbers[phrase.id], phrase.place
        yield Reference("w", str(number), f"o{number}", place.start, place.end, "loaded words")
    for statement in own_statements(reading):
        number, place = cast.numbers[statement.id], statement.place
        yield Reference("t", str(number), f"t{number}", place.start, place.end, "statement")
    for pair in reading.contradictions:
        label = cast.label(pair)
        for side in (pair.first, pair.second):
            yield Reference("t", label, f"pair-{label}", side.words.start, side.words.end, pair.relation)
