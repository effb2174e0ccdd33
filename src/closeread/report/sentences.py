"""The ten plain sentences about a reading, each figure with the places it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from closeread.article import Span
from closeread.findings import Actor, Attribution, Clause, Mention, Reading
from closeread.measures import AgencyRow, SourceRow, Totals, agency, prominence, sourcing, total, total_agency, wording
from closeread.measures.prominence import UNNAMED
from closeread.report.claim_sentences import say_contradictions, say_headline, say_support
from closeread.report.sentence_parts import Part, Sentence, count, say_percent


def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """The ten plain sentences, in the order of the page, each figure with the places it rests on."""
    rows = sourcing(reading)
    return (
        _say_sources(reading, rows),
        _say_quotations(total(reading), rows, reading),
        _say_actors(reading),
        say_support(reading),
        say_contradictions(reading),
        say_headline(reading),
        _say_actions(reading),
        _say_words(reading),
        _say_scare_quotes(reading),
        _say_certainty(reading),
    )


def _say_sources(reading: Reading, sources: Sequence[SourceRow]) -> Sentence:
    rows = [row for row in sources if row.is_told]
    if not rows:
        return Sentence("sources", (Part("No source was found speaking in this text."),))
    parts = [count(len(rows), "source speaks", "sources speak", _first_places(rows)), Part(": ")]
    for naming in ("named", "described", "anonymous"):
        group = [row for row in rows if row.naming == naming]
        parts += [Part(f"{len(group)} {naming}", _first_places(group)), Part(", ")]
    parts[-1] = Part(".")
    unnamed = [a for a in reading.attributions if a.naming in ("none", "pronoun") and a.speaker is None]
    if unnamed:
        places = tuple(attribution.contents[0] for attribution in unnamed)
        parts += [Part(" For "), Part(f"{len(unnamed)}", places), Part(" of "), _count_attributions(reading)]
        parts += [Part(" the source is unknown.")]
    return Sentence("sources", tuple(parts))


def _say_quotations(totals: Totals, sources: Sequence[SourceRow], reading: Reading) -> Sentence:
    quoted, words = totals.quoted_words, totals.words
    if not quoted or not words:
        parts = [Part(f"None of the {words} words stand in a quotation")]
        return Sentence("quotations", (*parts, *_say_other_words(totals, reading), Part(".")))
    places = _places_of_words(totals, (a for a in reading.attributions if a.quoted_words))
    parts = [Part(f"{quoted} of {words} words", places), Part(f" ({say_percent(quoted / words)}) are quoted: ")]
    rows = [row for row in sources if row.quoted_words]
    for row in rows[:3]:
        parts += [Part(f"{row.name} "), Part(f"{say_percent(row.share or 0)}", row.places), Part(", ")]
    rest = sum(row.quoted_words for row in rows[3:])
    if rest:
        others = count(len(rows) - 3, "other", "others", _first_places(rows[3:]))
        parts += [others, Part(f" {say_percent(rest / quoted)}"), Part(", ")]
    return Sentence("quotations", (*parts[:-1], *_say_other_words(totals, reading), Part(".")))


def _say_other_words(totals: Totals, reading: Reading) -> Iterator[Part]:
    """The words that are not quoted: reported, given as not said, the article's own."""
    if not totals.words or not totals.quoted_words + totals.reported_words + totals.negated_words:
        return
    places = _places_of_words(totals, (a for a in reading.attributions if a.reported_words))
    yield Part("; ")
    yield Part(f"{totals.reported_words} ({say_percent(totals.reported_words / totals.words)})", places)
    yield Part(f" {'is' if totals.reported_words == 1 else 'are'} reported, ")
    if totals.negated_words:
        yield Part(f"{totals.negated_words}", totals.negated.places)
        yield Part(f" {'is' if totals.negated_words == 1 else 'are'} given as not said, ")
    own = f"{totals.own_words} ({say_percent(totals.own_words / totals.words)})"
    yield Part(f"{own} {'is' if totals.own_words == 1 else 'are'} in the own voice of the text")


def _places_of_words(totals: Totals, attributions: Iterable[Attribution]) -> tuple[Span, ...]:
    unsaid = set(totals.negated.places)
    return tuple(a.contents[0] for a in attributions if a.contents[0] not in unsaid)


def _say_actors(reading: Reading) -> Sentence:
    rows = prominence(reading)
    named = [(row.actor.name, first) for row in rows if (first := _first_naming(reading, row.actor)) is not None]
    if not named:
        return Sentence("actors", (Part("No actor is named in the body of this text."),))
    named.sort(key=lambda pair: pair[1].start)
    come = ", first comes " if len(named) == 1 else ", first come "
    parts = [Part("Of "), count(sum(row.named for row in rows), "named actor", "named actors", ())]
    unnamed = tuple(_place(row.actor.mentions[0]) for row in rows if not row.named)
    if unnamed:
        parts += [Part(" ("), Part(f"{len(unnamed)}", unnamed), Part(" more without a name)")]
    parts.append(Part(come))
    for name, first in named[:3]:
        parts += [Part(f"{name} "), _at(reading, first), Part(", ")]
    parts[-1] = Part(" of the way through the body; last comes " if len(named) > 3 else " of the way through the body.")
    if len(named) > 3:
        parts += [Part(f"{named[-1][0]} "), _at(reading, named[-1][1]), Part(".")]
    return Sentence("actors", tuple(parts))


def _first_naming(reading: Reading, actor: Actor) -> Mention | None:
    """The first mention by name in the body."""
    naming = (mention for mention in actor.mentions if mention.form not in UNNAMED)
    return next((mention for mention in naming if reading.article.share_before(mention.start) is not None), None)


def _at(reading: Reading, mention: Mention) -> Part:
    return Part(f"at {say_percent(reading.article.share_before(mention.start) or 0)}", (_place(mention),))


def _place(span: Span) -> Span:
    return Span(span.start, span.end, span.text)


def _say_actions(reading: Reading) -> Sentence:
    totals = total_agency(reading)
    if not totals.clauses:
        return Sentence("actions", (Part("No event clause was found in this text."),))
    places = tuple(clause.predicate for clause in totals.agentless)
    parts = [Part("Of "), count(totals.clauses, "event clause", "event clauses", ()), Part(" ")]
    parts += [count(len(places), "has no agent", "have no agent", places)]
    parts += [Part(f" ({say_percent(len(places) / totals.clauses)})")]
    if places:
        elsewhere = tuple(clause.agent_elsewhere for clause in totals.elsewhere if clause.agent_elsewhere)
        parts += [Part("; for "), Part(f"{len(elsewhere)}", elsewhere), Part(" of these it is named elsewhere")]
    rows = agency(reading)
    for row, clauses, says in _most(rows):
        parts += [Part(f"; {row.actor.name} {says} "), Part(f"{len(clauses)}", tuple(c.predicate for c in clauses))]
    return Sentence("actions", (*parts, Part(".")))


def _most(rows: Sequence[AgencyRow]) -> Iterator[tuple[AgencyRow, tuple[Clause, ...], str]]:
    """The actor that acts most often, and the one that most often has something done to it."""
    if rows and rows[0].as_agent:
        yield rows[0], rows[0].as_agent, "acts most often, in"
    patient = max(rows, key=lambda row: len(row.as_patient), default=None)
    if patient is not None and patient.as_patient:
        yield patient, patient.as_patient, "is most often acted on, in"


def _say_words(reading: Reading) -> Sentence:
    if not reading.loaded:
        return Sentence("words", (Part("No words were found loaded."),))
    places = tuple(phrase.place for phrase in reading.loaded)
    parts = [count(len(places), "place has loaded words", "places have loaded words", places), Part(": ")]
    for row in wording(reading):
        if row.loaded:
            words = {"own": "in the own voice of the text", "quoted": "quoted", "reported": "reported"}[row.voice]
            parts.append(Part(f"{len(row.loaded)} {words}", tuple(phrase.place for phrase in row.loaded)))
            parts.append(Part(f" ({row.loaded_rate:.1f} per 1,000 words), " if row.loaded_rate else ", "))
    certain = tuple(phrase.place for phrase in reading.loaded if phrase.certain)
    parts[-1] = Part(parts[-1].text.removesuffix(", ") + "; ")
    return Sentence("words", (*parts, count(len(certain), "is certain", "are certain", certain), Part(".")))


_SCARE_QUOTES = (
    ("attributed-fragment", "attributed to somebody", "attributed to somebody"),
    ("unattributed-fragment", "attributed to nobody", "attributed to nobody"),
    ("title-or-term", "title or term", "titles or terms"),
)


def _say_scare_quotes(reading: Reading) -> Sentence:
    found = reading.scare_quotes
    if not found:
        return Sentence("scare-quotes", (Part("No words stand in scare quotes."),))
    places = tuple(quote.place for quote in found)
    parts = [count(len(found), "short stretch stands", "short stretches stand", places)]
    parts.append(Part(" in quotation marks without being a quotation of a whole statement: "))
    for kind, one, many in _SCARE_QUOTES:
        group = tuple(quote.place for quote in found if quote.kind == kind)
        parts += [count(len(group), one, many, group), Part(", ")]
    parts[-1] = Part(".")
    return Sentence("scare-quotes", tuple(parts))


COMPLETENESS = {
    "complete": "The text looks complete",
    "partial": "The text looks incomplete",
    "unknown": "Whether the text is complete could not be told",
}


def _say_certainty(reading: Reading) -> Sentence:
    certain = tuple(a.contents[0] for a in reading.attributions if a.certain)
    possible = tuple(a.contents[0] for a in reading.attributions if not a.certain)
    parts = [Part(f"{COMPLETENESS[reading.article.completeness]}; of "), _count_attributions(reading), Part(" ")]
    parts += [count(len(certain), "is certain", "are certain", certain), Part(" and ")]
    parts += [Part(f"{len(possible)} possible", possible), Part(".")]
    return Sentence("certainty", tuple(parts))


def _count_attributions(reading: Reading) -> Part:
    return count(len(reading.attributions), "attribution", "attributions", ())


def _first_places(rows: Iterable[SourceRow]) -> tuple[Span, ...]:
    return tuple(sorted(row.places[0] for row in rows))
