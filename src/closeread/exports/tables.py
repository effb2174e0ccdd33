"""Findings as flat tables: one per kind of finding, one for the texts, one with every place."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.article import Failure, Span
from closeread.exports.cells import Row, listed, place, rounded
from closeread.exports.clause_tables import (
    list_agency,
    list_clauses,
    list_deeds,
    list_labels,
    list_loaded,
    list_markers,
    list_wording,
)
from closeread.exports.echo_tables import list_echoes, list_headline, list_links, place_echoes
from closeread.exports.support_tables import (
    list_contradictions,
    list_grounds,
    list_statements,
    list_support,
    place_support,
)
from closeread.findings import Attribution, Clause, Reading
from closeread.measures import list_tallies, name_sources, prominence, sourcing, total

COLUMNS: dict[str, tuple[str, ...]] = {
    "texts": (
        *("article", "source", "title", "outlet", "byline", "date", "language", "words", "quoted_words"),
        *("reported_words", "negated_words", "own_words", "completeness", "sha256", "attributions", "certain"),
        *("actors", "scare_quotes", "error"),
    ),
    "sources": (
        *("article", "source", "name", "actor", "naming", "attributions", "certain", "possible", "quoted_words"),
        *("reported_words", "share", "attributed_share", "first", "speech", "writing", "thought", "kind_unknown"),
        *("doubting", "endorsing", "negated", "nested", "held_by", "group", "role"),
    ),
    "sums": ("article", "source", "group", "value", "attributions", "quoted_words", "reported_words", "share"),
    "attributions": (
        *("article", "source", "attribution", "within", "held_by", "mode", "kind", "stance", "negated", "content"),
        *("start", "end", "fragments", "source_words", "cue", "number", "naming", "introductions", "speaker"),
        *("speaker_name", "speaker_by", "group", "role", "quoted_words", "reported_words", "confidence", "certain"),
        "rule",
    ),
    "introductions": ("article", "source", "attribution", "form", "start", "end", "text"),
    "actors": (
        *("article", "source", "actor", "name", "kind", "mentions", "share", "first_mention", "in_headline", "in_lead"),
        *("in_last_paragraph", "own", "quoted", "reported", "named", "subjects", "subject_share", "quoted_words"),
        *("quoted_share", "ranks", "group", "role"),
    ),
    "mentions": (
        *("article", "source", "actor", "name", "start", "end", "text", "form", "voice", "subject", "certain", "zone"),
        *("group", "role"),
    ),
    "scare_quotes": ("article", "source", "scare_quote", "kind", "start", "end", "text", "attribution", "rule"),
    "enumerations": ("article", "source", "enumeration", "rank", "members", "start", "end", "text", "actor", "rule"),
    "clauses": (
        *("article", "source", "clause", "predicate", "lemma", "start", "end", "form"),
        *("agent", "agent_actors", "agent_names", "patient", "patient_actors", "patient_names"),
        *("recipient", "recipient_actors", "recipient_names", "agent_elsewhere", "negated", "modality"),
        *("voice", "certain", "rule"),
    ),
    "agency": (
        *("article", "source", "actor", "name", "as_agent", "as_patient", "as_recipient", "done", "undergone"),
        *("group", "role"),
    ),
    "deeds": (
        *("article", "source", "agent", "agent_name", "other", "other_name", "clauses", "certain", "lemmas"),
        *("agent_group", "other_group"),
    ),
    "labels": (
        *("article", "source", "label", "actor", "name", "start", "end", "text", "head", "modifiers", "voice"),
        *("attribution", "said_by", "certain", "rule", "group", "role"),
    ),
    "loaded": (
        *("article", "source", "loaded", "start", "end", "text", "voice", "attribution", "said_by", "about"),
        *("about_name", "confidence", "certain", "rule", "group", "role"),
    ),
    "markers": (
        *("article", "source", "marker", "kind", "start", "end", "text", "voice", "attribution", "said_by", "rule"),
    ),
    "wording": (
        *("article", "source", "voice", "words", "loaded", "loaded_certain", "loaded_rate", "hedge", "factive"),
        *("assertive", "intensifier"),
    ),
    "statements": (
        *("article", "source", "statement", "start", "end", "text", "voice", "attribution", "said_by", "kind"),
        *("ground", "scope", "hedges", "firm", "certain", "rule"),
    ),
    "grounds": ("article", "source", "statement", "kind", "scope", "start", "end", "text"),
    "support": (
        *("article", "source", "speaker", "kind", "statements", "with_ground", "without_ground", "share"),
        *("named_source", "unnamed_source", "document", "vague_document", "link", "witness", "general_knowledge"),
        "elsewhere",
    ),
    "contradictions": (
        *("article", "source", "contradiction", "kind", "relation"),
        *("first_start", "first_end", "first_text", "first_words", "first_voice", "first_attribution"),
        *("first_in_headline", "second_start", "second_end", "second_text", "second_words", "second_voice"),
        *("second_attribution", "second_in_headline", "aligned", "certain", "rule"),
    ),
    "echoes": (
        *("article", "source", "echo", "start", "end", "text", "slot", "template", "known", "known_start", "origin"),
        *("certain", "rule"),
    ),
    "headline": (
        *("article", "source", "part", "kind", "zone", "start", "end", "text", "carried", "carried_by", "certain"),
        "rule",
    ),
    "links": ("article", "source", "start", "end", "text", "target"),
    "notices": ("article", "source", "rule", "message", "start", "end"),
    "metadata": ("article", "source", "key", "value"),
    "places": ("article", "source", "finding", "role", "start", "end", "text"),
}


def to_tables(result: Reading | Failure) -> dict[str, list[Row]]:
    """Rows by table, with the columns of `COLUMNS`. A text that could not be read has one row, in `texts`."""
    if isinstance(result, Failure):
        tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        tables["texts"] = [{"source": result.source, "error": result.message}]
        return tables
    makers = {
        "texts": _texts,
        "sources": _sources,
        "sums": _sums,
        "attributions": _attributions,
        "introductions": _introductions,
        "actors": _actors,
        "mentions": _mentions,
        "scare_quotes": _scare_quotes,
        "enumerations": _enumerations,
        "clauses": list_clauses,
        "agency": list_agency,
        "deeds": list_deeds,
        "labels": list_labels,
        "loaded": list_loaded,
        "markers": list_markers,
        "wording": list_wording,
        "statements": list_statements,
        "grounds": list_grounds,
        "support": list_support,
        "contradictions": list_contradictions,
        "echoes": list_echoes,
        "headline": list_headline,
        "links": list_links,
        "notices": _notices,
        "metadata": _metadata,
        "places": _places,
    }
    head = {"article": result.article.id, "source": result.article.source}
    return {name: [head | row for row in makers[name](result)] for name in COLUMNS}


def _texts(reading: Reading) -> Iterator[Row]:
    article, totals = reading.article, total(reading)
    yield {
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "date": article.date,
        "language": article.language,
        "words": totals.words,
        "quoted_words": totals.quoted_words,
        "reported_words": totals.reported_words,
        "negated_words": totals.negated_words,
        "own_words": totals.own_words,
        "completeness": article.completeness,
        "sha256": article.sha256,
        "attributions": len(reading.attributions),
        "certain": sum(attribution.certain for attribution in reading.attributions),
        "actors": len(reading.actors),
        "scare_quotes": len(reading.scare_quotes),
    }


def _sources(reading: Reading) -> Iterator[Row]:
    actors = {actor.id: actor for actor in reading.actors}
    for row in sourcing(reading):
        yield {
            "name": row.name,
            "actor": row.actor,
            "naming": row.naming,
            "attributions": len(row.attributions),
            "certain": row.certain,
            "possible": row.possible,
            "quoted_words": row.quoted_words,
            "reported_words": row.reported_words,
            "share": rounded(row.share),
            "attributed_share": rounded(row.attributed_share),
            "first": rounded(row.first),
            **{"kind_unknown" if kind == "unknown" else str(kind): count for kind, count in row.kinds.items()},
            "doubting": row.stances["doubting"],
            "endorsing": row.stances["endorsing"],
            "negated": row.negated,
            "nested": row.nested,
            "held_by": " / ".join(row.held_by),
            **listed(actors.get(row.actor or "")),
        }


def _sums(reading: Reading) -> Iterator[Row]:
    for group, tallies in list_tallies(total(reading)):
        for value, tally in tallies.items():
            yield {
                "group": group,
                "value": value,
                "attributions": tally.attributions,
                "quoted_words": tally.quoted_words,
                "reported_words": tally.reported_words,
                "share": rounded(tally.share),
            }


def _attributions(reading: Reading) -> Iterator[Row]:
    actors = {actor.id: actor for actor in reading.actors}
    sources = name_sources(reading)
    for attribution in reading.attributions:
        speaker = actors.get(attribution.speaker or "")
        yield {
            "attribution": attribution.id,
            "within": attribution.within,
            "held_by": sources.get(attribution.within or ""),
            "mode": attribution.mode,
            "kind": attribution.kind,
            "stance": attribution.stance,
            "negated": attribution.negated,
            "content": " […] ".join(content.text for content in attribution.contents),
            "start": attribution.contents[0].start,
            "end": attribution.contents[0].end,
            "fragments": len(attribution.contents),
            "source_words": " […] ".join(source.text for source in attribution.sources),
            "cue": attribution.cue.text if attribution.cue else None,
            "number": attribution.number,
            "naming": attribution.naming,
            "introductions": " ".join(introduction.form for introduction in attribution.introduction),
            "speaker": attribution.speaker,
            "speaker_name": speaker.name if speaker else None,
            "speaker_by": attribution.speaker_by,
            **listed(speaker),
            "quoted_words": attribution.quoted_words,
            "reported_words": attribution.reported_words,
            "confidence": attribution.confidence,
            "certain": attribution.certain,
            "rule": attribution.rule,
        }


def _introductions(reading: Reading) -> Iterator[Row]:
    for attribution in reading.attributions:
        for introduction in attribution.introduction:
            yield {"attribution": attribution.id, "form": introduction.form, **place(introduction)}


def _actors(reading: Reading) -> Iterator[Row]:
    for row in prominence(reading):
        actor = row.actor
        yield {
            "actor": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "mentions": row.mentions,
            "share": rounded(row.share),
            "first_mention": rounded(actor.first_mention),
            "in_headline": actor.in_headline,
            "in_lead": actor.in_lead,
            "in_last_paragraph": actor.in_last_paragraph,
            **{str(voice): count for voice, count in row.voices.items()},
            "named": row.named,
            "subjects": row.subjects,
            "subject_share": rounded(row.subject_share),
            "quoted_words": row.quoted_words,
            "quoted_share": rounded(row.quoted_share),
            "ranks": " ".join(row.ranks),
            **listed(actor),
        }


def _mentions(reading: Reading) -> Iterator[Row]:
    for actor in reading.actors:
        for mention in actor.mentions:
            zone = reading.article.zone_at(mention.start)
            yield {
                "actor": actor.id,
                "name": actor.name,
                **place(mention),
                "form": mention.form,
                "voice": mention.voice,
                "subject": mention.subject,
                "certain": mention.certain,
                "zone": zone.kind if zone else None,
                **listed(actor),
            }


def _scare_quotes(reading: Reading) -> Iterator[Row]:
    for quote in reading.scare_quotes:
        more = {"attribution": quote.attribution, "rule": quote.rule}
        yield {"scare_quote": quote.id, "kind": quote.kind, **place(quote.place), **more}


def _enumerations(reading: Reading) -> Iterator[Row]:
    for enumeration in reading.enumerations:
        for item in enumeration.items:
            head = {"enumeration": enumeration.id, "rank": item.rank, "members": len(enumeration.items)}
            yield {**head, **place(item), "actor": item.actor, "rule": enumeration.rule}


def _notices(reading: Reading) -> Iterator[Row]:
    for note in reading.article.notes:
        yield {"rule": note.rule, "message": note.message}
    for notice in reading.notices:
        place = {"start": notice.place.start, "end": notice.place.end} if notice.place else {}
        yield {"rule": notice.rule, "message": notice.message, **place}


def _metadata(reading: Reading) -> Iterator[Row]:
    """What the file said about a text beside what closeread knows, such as the user's own columns of a table."""
    yield from ({"key": key, "value": value} for key, value in reading.article.metadata.items())


def _places(reading: Reading) -> Iterator[Row]:
    """Every place of every finding, one row each: the table to check the others against."""
    for attribution in reading.attributions:
        yield from ({"finding": attribution.id, "role": role, **place(span)} for role, span in _roles(attribution))
    for quote in reading.scare_quotes:
        yield {"finding": quote.id, "role": "scare-quote", **place(quote.place)}
    for actor in reading.actors:
        yield from ({"finding": actor.id, "role": "mention", **place(mention)} for mention in actor.mentions)
    for enumeration in reading.enumerations:
        yield {"finding": enumeration.id, "role": "enumeration", **place(enumeration.place)}
        yield from ({"finding": enumeration.id, "role": "item", **place(item)} for item in enumeration.items)
    for clause in reading.clauses:
        yield from ({"finding": clause.id, "role": role, **place(span)} for role, span in _parts(clause))
    for label in reading.labels:
        yield {"finding": label.id, "role": "label", **place(label.place)}
        yield from ({"finding": label.id, "role": "modifier", **place(span)} for span in label.modifiers)
    yield from ({"finding": phrase.id, "role": "loaded", **place(phrase.place)} for phrase in reading.loaded)
    yield from ({"finding": marker.id, "role": marker.kind, **place(marker.place)} for marker in reading.markers)
    yield from place_support(reading)
    yield from place_echoes(reading)


def _roles(attribution: Attribution) -> Iterator[tuple[str, Span]]:
    yield from (("source", source) for source in attribution.sources)
    if attribution.cue is not None:
        yield "cue", attribution.cue
    yield from (("content", content) for content in attribution.contents)
    yield from (("introduction", introduction) for introduction in attribution.introduction)


def _parts(clause: Clause) -> Iterator[tuple[str, Span]]:
    yield "predicate", clause.predicate
    parts: dict[str, Span | None] = {"agent": clause.agent, "patient": clause.patient, "recipient": clause.recipient}
    parts["agent-elsewhere"] = clause.agent_elsewhere
    yield from ((role, span) for role, span in parts.items() if span is not None)
