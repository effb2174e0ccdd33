"""The findings of a reading as the records that checks look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import get_args

from closeread import findings
from closeread.article import Completeness, Span, find_words
from closeread.checks.values import Items, Number, Place, Record, Truth, Value, Words, bounded, exact
from closeread.comparisons.quantities import read_quantities
from closeread.comparisons.wording import read_original
from closeread.findings import Actor, Attribution, Clause, Label, Participant, Reading, Statement
from closeread.lexicons.known_phrases import index_small_words
from closeread.measures import tell_ground
from closeread.measures.sourcing import naming_of

_OPEN = {
    "complete": "",
    "partial": "the text is not complete",
    "unknown": "it cannot be told whether the text is complete",
}


# The values of what is one of a few things, by kind of record and field.
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("actor", "kind"): get_args(findings.ActorKind),
    ("source", "naming"): get_args(findings.Naming),
    ("quotation", "mode"): get_args(findings.Mode),
    ("quotation", "kind"): get_args(findings.AttributionKind),
    ("quotation", "stance"): get_args(findings.Stance),
    ("quotation", "naming"): get_args(findings.Naming),
    ("quotation", "number"): get_args(findings.Number),
    ("event", "form"): get_args(findings.ClauseForm),
    ("event", "modality"): get_args(findings.Modality),
    ("event", "voice"): get_args(findings.Voice),
    ("label", "voice"): get_args(findings.Voice),
    ("loaded words", "voice"): get_args(findings.Voice),
    ("statement", "voice"): get_args(findings.Voice),
    ("statement", "kind"): get_args(findings.StatementKind),
    ("statement", "ground"): (*get_args(findings.GroundKind), "none", ""),
    ("scare quotes", "kind"): get_args(findings.ScareQuoteKind),
    ("headline part", "kind"): get_args(findings.HeadlineKind),
    ("headline part", "zone"): ("headline", "lead"),
    ("contradiction", "kind"): get_args(findings.ContradictionKind),
    ("contradiction", "relation"): get_args(findings.ContradictionRelation),
    ("text", "completeness"): get_args(Completeness),
}


class Finder:
    """One reading under the name that the check file gives its text."""

    def __init__(self, name: str, reading: Reading) -> None:
        self.name, self.reading = name, reading
        article = reading.article
        self.english = all(notice.rule != "language.not-english" for notice in reading.notices)
        self.whole = self.english and article.completeness == "complete"
        self.why = "" if self.whole else _OPEN[article.completeness] if self.english else "the text is not in English"
        self.actors = {actor.id: actor for actor in reading.actors}

    def place(self, span: Span) -> Place:
        return Place(self.name, Span(span.start, span.end, span.text))

    def places(self, spans: Iterable[Span]) -> tuple[Place, ...]:
        return tuple(self.place(span) for span in spans)

    def name_of(self, actor: str | None) -> str | None:
        return self.actors[actor].name if actor in self.actors else None

    def record(self, kind: str, place: Span, fields: dict[str, Value]) -> Record:
        """An item of a list, with where it stands: `position`, the share of the body before it, and `paragraph`."""
        where = self.place(place)
        paragraph = self.reading.article.paragraph_at(place.start)
        share = self.reading.article.share_before(place.start)
        why = self.why or "it does not stand in the body"
        return Record(
            kind,
            {
                **fields,
                "position": Number(0, 1, (where,), why) if share is None or not self.whole else exact(share, (where,)),
                "paragraph": exact(paragraph, (where,)) if paragraph is not None else Number(1, inf, (where,), why),
            },
            where,
        )

    def items(self, pairs: Iterable[tuple[Record, bool]]) -> Items:
        """Records, each with whether it is certain."""
        held = list(pairs)
        certain: tuple[Value, ...] = tuple(record for record, sure in held if sure)
        possible: tuple[Value, ...] = tuple(record for record, sure in held if not sure)
        why = self.why or (f"{len(possible)} are only possible" if possible else "")
        return Items(certain, possible, self.whole, why)


def list_quotations(finder: Finder) -> Items:
    """Attributions: speech, writing and thought, direct, mixed and indirect."""
    return finder.items((_to_quotation(finder, each), each.certain) for each in finder.reading.attributions)


def _to_quotation(finder: Finder, found: Attribution) -> Record:
    place = finder.place(found.contents[0])
    text = " ".join(content.text for content in found.contents)
    speaker = finder.name_of(found.speaker)
    source = " / ".join(each.text for each in found.sources)
    who = finder.place(found.sources[0]) if found.sources else place
    fields: dict[str, Value] = {
        "speaker": Words(speaker, (place,), "who speaks cannot be told" if speaker is None else ""),
        "source": Words(source, (who,)),
        "text": Words(text, (place,)),
        "cue": Words(found.cue.text if found.cue else "", (place,)),
        "mode": Words(found.mode, (place,)),
        "kind": Words(found.kind, (place,)),
        "stance": Words(found.stance, (place,)),
        "naming": Words(naming_of(found), (who,)),
        "number": Words(found.number, (who,)),
        "described": Truth(_is_described(found, source), (who,)),
        "negated": Truth(found.negated, (place,)),
        "words": exact(found.quoted_words + found.reported_words, (place,)),
        "quoted_words": exact(found.quoted_words, (place,)),
        "in_headline": Truth(_zone(finder, found.contents[0]) == "headline", (place,)),
        "in_lead": Truth(_in_lead(finder, found.contents[0]), (place,)),
    }
    return finder.record("quotation", found.contents[0], fields)


def _is_described(found: Attribution, source: str) -> bool:
    """Whether the text says more of who speaks than one noun: `a senior police source`, not `some officials`."""
    if found.introduction or naming_of(found) in ("named", "described"):
        return True
    words = {source[start:end].lower() for start, end in find_words(source)}
    return naming_of(found) == "anonymous" and len(words - index_small_words()) > 1


def _zone(finder: Finder, span: Span) -> str:
    zone = finder.reading.article.zone_at(span.start)
    return zone.kind if zone else ""


def _in_lead(finder: Finder, span: Span) -> bool:
    lead = finder.reading.article.lead
    return lead is not None and lead.start <= span.start < lead.end


def list_events(finder: Finder) -> Items:
    """Event clauses: who does what to whom."""
    return finder.items((_to_event(finder, each), each.certain) for each in finder.reading.clauses)


def _to_event(finder: Finder, found: Clause) -> Record:
    place = finder.place(found.predicate)
    fields: dict[str, Value] = {
        "verb": Words(found.lemma, (place,)),
        "agent": _to_words(finder, found.agent, place),
        "patient": _to_words(finder, found.patient, place),
        "recipient": _to_words(finder, found.recipient, place),
        "has_agent": Truth(found.agent is not None, (place,)),
        "agent_elsewhere": Truth(found.agent_elsewhere is not None, (place,)),
        "form": Words(found.form, (place,)),
        "modality": Words(found.modality, (place,)),
        "negated": Truth(found.negated, (place,)),
        "voice": Words(found.voice, (place,)),
    }
    return finder.record("event", found.predicate, fields)


def _to_words(finder: Finder, found: Participant | None, place: Place) -> Words:
    """The names of the actors, else the words; empty where the clause has none."""
    if found is None:
        return Words("", (place,))
    names = [name for actor in found.actors if (name := finder.name_of(actor))]
    return Words(", ".join(names) or found.text, (finder.place(found),))


def list_statements(finder: Finder) -> Items:
    """Clauses that say something. A ground is certain only where the reading is; that none was found never is."""
    return finder.items((_to_statement(finder, each), True) for each in finder.reading.statements)


def _to_statement(finder: Finder, found: Statement) -> Record:
    place = finder.place(found.place)
    ground = tell_ground(found)
    unsure = "that a statement has a ground, or none, is not certain"
    fields: dict[str, Value] = {
        "text": Words(found.place.text, (place,)),
        "voice": Words(found.voice, (place,)),
        "kind": Words(found.kind, (place,)),
        "ground": Words(ground if ground and found.certain else None, (place,), unsure),
        "grounded": Truth(True if ground and found.certain else None, (place,), unsure),
        "hedges": exact(found.hedges, (place,)),
        "in_lead": Truth(_in_lead(finder, found.place), (place,)),
        "in_headline": Truth(_zone(finder, found.place) == "headline", (place,)),
    }
    return finder.record("statement", found.place, fields)


def list_labels(finder: Finder) -> Items:
    """Noun phrases for actors that say more than a bare name, or something else."""
    return finder.items((_to_label(finder, each), each.certain) for each in finder.reading.labels)


def _to_label(finder: Finder, found: Label) -> Record:
    place, actor = found.place, finder.name_of(found.actor) or ""
    record = _to_record(finder, "label", place, text=place.text, head=found.head, actor=actor, voice=found.voice)
    marked = any(place.overlaps(quote.place) for quote in finder.reading.scare_quotes)
    return Record("label", {**record.fields, "marked": Truth(marked, (finder.place(place),))}, record.place)


def list_loaded(finder: Finder) -> Items:
    """Loaded words; none is certain."""
    return finder.items(
        (
            _to_record(
                finder,
                "loaded words",
                each.place,
                text=each.place.text,
                about=finder.name_of(each.about) or "",
                voice=each.voice,
            ),
            each.certain,
        )
        for each in finder.reading.loaded
    )


def list_contradictions(finder: Finder) -> Items:
    return finder.items(
        (
            _to_record(finder, "contradiction", each.first, kind=each.kind, relation=each.relation),
            each.certain,
        )
        for each in finder.reading.contradictions
    )


def list_headline(finder: Finder) -> Items:
    """What headline and lead quote, name, count and claim, and whether the body carries it."""
    return finder.items(_to_headline(finder))


def _to_headline(finder: Finder) -> Iterator[tuple[Record, bool]]:
    for each in finder.reading.headline:
        record = _to_record(finder, "headline part", each.place, text=each.place.text, kind=each.kind, zone=each.zone)
        why = "" if each.certain else "that the body does not carry it is not certain"
        record.fields["carried"] = Truth(
            bool(each.carried) if each.certain else None, (finder.place(each.place), *finder.places(each.carried)), why
        )
        yield record, True


def list_scare_quotes(finder: Finder) -> Items:
    return finder.items(
        (_to_record(finder, "scare quotes", each.place, text=each.place.text, kind=each.kind), True)
        for each in finder.reading.scare_quotes
    )


def list_numbers(finder: Finder) -> Items:
    """Numbers in figures and in words, but no dates, years and times. Of a range the value is not one number."""
    return finder.items(_to_numbers(finder))


def _to_numbers(finder: Finder) -> Iterator[tuple[Record, bool]]:
    article = finder.reading.article
    for found in read_quantities(read_original(article.text)):
        zone = article.zone_at(found.start)
        if not finder.english or zone is None or zone.kind in ("byline", "date", "outlet"):
            continue
        place = finder.place(article.span(found.start, found.end))
        low, high = (found.low, found.high) if found.exact else (min(found.low, found.high), max(found.low, found.high))
        fields: dict[str, Value] = {
            "text": Words(place.span.text, (place,)),
            "value": Number(low, high, (place,), "" if low == high else "the text gives a range"),
            "in_headline": Truth(zone.kind == "headline", (place,)),
        }
        yield finder.record("number", place.span, fields), True


def list_echoes(finder: Finder) -> Items:
    return finder.items(
        (
            _to_record(finder, "echo", each.place, text=each.place.text, slot=each.slot.text, template=each.template),
            each.certain,
        )
        for each in finder.reading.echoes
    )


def _to_record(finder: Finder, name: str, span: Span, /, **texts: str) -> Record:
    where = finder.place(span)
    return finder.record(name, span, {field: Words(text, (where,)) for field, text in texts.items()})


def count_mentions(finder: Finder, actor: Actor, *, names: Sequence[str] = ()) -> Number:
    """Mentions, of some forms only where `names` are given: the certain ones at the least."""
    mentions = [each for each in actor.mentions if not names or each.form in names]
    certain = [each for each in mentions if each.certain]
    return bounded(len(certain), len(mentions) - len(certain), finder.places(mentions), whole=finder.whole)
