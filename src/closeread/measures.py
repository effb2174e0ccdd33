"""What is counted over one reading: the sourcing table, the prominence table and the five sentences.

The terminal, the page, the exports and the checks all show these figures, so they cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from closeread.article import Span, count_words
from closeread.findings import Actor, Attribution, Enumeration, Naming, Reading, Voice

UNKNOWN = "unknown"
NO_SOURCE = "no source found"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: a speaker who is an actor, or the words that describe one.

    Words are counted in the contents; `share` is `quoted_words` over all quoted words of attributions (0 to 1,
    None where there are none); `first` is the share of the body before its first content, None outside it.
    """

    name: str
    actor: str | None
    naming: Naming
    attributions: tuple[str, ...]
    certain: int
    possible: int
    quoted_words: int
    reported_words: int
    share: float | None
    first: float | None
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor: mentions by voice, share of all mentions of actors (0 to 1), ranks in enumerations (`2/5`)."""

    actor: Actor
    mentions: int
    share: float
    voices: dict[Voice, int]
    ranks: tuple[str, ...]
    quoted_words: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence. Where it is a figure, `places` are the words it rests on."""

    text: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of the five plain sentences about a reading. `topic` is `sources`, `quotations`, `actors`,
    `scare-quotes` or `certainty`."""

    topic: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


def sourcing(reading: Reading) -> tuple[SourceRow, ...]:
    """One row per source, most quoted words first, then most reported words, then the order of the text."""
    groups: dict[tuple[str, str], list[Attribution]] = defaultdict(list)
    for attribution in reading.attributions:
        groups[_source_key(attribution)].append(attribution)
    total = sum(attribution.quoted_words for attribution in reading.attributions)
    names = {actor.id: actor.name for actor in reading.actors}
    rows = [_source_row(reading, group, names, total) for group in groups.values()]
    return tuple(sorted(rows, key=lambda row: (-row.quoted_words, -row.reported_words, row.places[0])))


def _source_key(attribution: Attribution) -> tuple[str, str]:
    if attribution.speaker is not None:
        return ("actor", attribution.speaker)
    if attribution.naming in ("pronoun", "none"):
        return (attribution.naming, "")
    return ("words", " ".join(source.text.lower() for source in attribution.sources).removeprefix("the "))


def _source_row(reading: Reading, group: Sequence[Attribution], names: dict[str, str], total: int) -> SourceRow:
    head = group[0]
    quoted = sum(attribution.quoted_words for attribution in group)
    certain = sum(attribution.certain for attribution in group)
    starts = (content.start for attribution in group for content in attribution.contents)
    shares = [share for start in starts if (share := reading.article.share_before(start)) is not None]
    return SourceRow(
        name=_source_name(head, names),
        actor=head.speaker,
        naming=_naming_of(group),
        attributions=tuple(attribution.id for attribution in group),
        certain=certain,
        possible=len(group) - certain,
        quoted_words=quoted,
        reported_words=sum(attribution.reported_words for attribution in group),
        share=quoted / total if total else None,
        first=min(shares, default=None),
        places=tuple(attribution.contents[0] for attribution in group),
    )


def _source_name(attribution: Attribution, names: dict[str, str]) -> str:
    if attribution.speaker is not None:
        return names[attribution.speaker]
    if attribution.naming == "pronoun":
        return UNKNOWN
    if attribution.naming == "none":
        return NO_SOURCE
    return " / ".join(source.text for source in attribution.sources)


def _naming_of(group: Sequence[Attribution]) -> Naming:
    """A source that is named once is a named source, also where a pronoun stands for it elsewhere."""
    if group[0].speaker is not None:
        return "named"
    return group[0].naming


def prominence(reading: Reading) -> tuple[ActorRow, ...]:
    """One row per actor, in the order of `Reading.actors`: most mentions first, then first in the text."""
    total = sum(len(actor.mentions) for actor in reading.actors)
    words: dict[str, int] = defaultdict(int)
    for attribution in reading.attributions:
        if attribution.speaker is not None:
            words[attribution.speaker] += attribution.quoted_words
    ranks = _ranks(reading.enumerations)
    return tuple(
        ActorRow(
            actor=actor,
            mentions=len(actor.mentions),
            share=len(actor.mentions) / total,
            voices=count_voices(actor),
            ranks=ranks.get(actor.id, ()),
            quoted_words=words[actor.id],
        )
        for actor in reading.actors
    )


def count_voices(actor: Actor) -> dict[Voice, int]:
    """Mentions of an actor in the writer's own words, inside quotation marks, and in reported content."""
    counts: dict[Voice, int] = {"own": 0, "quoted": 0, "reported": 0}
    for mention in actor.mentions:
        counts[mention.voice] += 1
    return counts


def _ranks(enumerations: Iterable[Enumeration]) -> dict[str, tuple[str, ...]]:
    ranks: dict[str, tuple[str, ...]] = {}
    for enumeration in enumerations:
        for item in enumeration.items:
            if item.actor is not None:
                ranks[item.actor] = (*ranks.get(item.actor, ()), f"{item.rank}/{len(enumeration.items)}")
    return ranks


def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """The five plain sentences, in the order of the page, each figure with the places it rests on."""
    return (
        _say_sources(reading),
        _say_quotations(reading),
        _say_actors(reading),
        _say_scare_quotes(reading),
        _say_certainty(reading),
    )


def _say_sources(reading: Reading) -> Sentence:
    rows = [row for row in sourcing(reading) if row.naming not in ("none", "pronoun")]
    if not rows:
        return Sentence("sources", (Part("No source was found speaking in this text."),))
    parts = [_count(len(rows), "source speaks", "sources speak", _first_places(rows)), Part(": ")]
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


def _say_quotations(reading: Reading) -> Sentence:
    quoted = sum(attribution.quoted_words for attribution in reading.attributions)
    words = count_words(reading.article.text)
    if not quoted or not words:
        return Sentence("quotations", (Part(f"None of the {words} words stand in a quotation."),))
    places = tuple(a.contents[0] for a in reading.attributions if a.quoted_words)
    parts = [Part(f"{quoted} of {words} words", places), Part(f" ({_percent(quoted / words)}) are quoted: ")]
    rows = [row for row in sourcing(reading) if row.quoted_words]
    for row in rows[:3]:
        parts += [Part(f"{row.name} "), Part(f"{_percent(row.share or 0)}", row.places), Part(", ")]
    rest = sum(row.quoted_words for row in rows[3:])
    if rest:
        others = _count(len(rows) - 3, "other", "others", _first_places(rows[3:]))
        parts += [others, Part(f" {_percent(rest / quoted)}"), Part(", ")]
    parts[-1] = Part(".")
    return Sentence("quotations", tuple(parts))


def _say_actors(reading: Reading) -> Sentence:
    named = [actor for actor in reading.actors if actor.first_mention is not None]
    if not named:
        return Sentence("actors", (Part("No actor is named in the body of this text."),))
    named.sort(key=lambda actor: (actor.first_mention, actor.mentions[0]))
    come = ", first comes " if len(named) == 1 else ", first come "
    parts = [Part("Of "), _count(len(reading.actors), "named actor", "named actors", ()), Part(come)]
    for actor in named[:3]:
        parts += [Part(f"{actor.name} "), _first_body_mention(reading, actor), Part(", ")]
    parts[-1] = Part(" of the way through the body; last comes " if len(named) > 3 else " of the way through the body.")
    if len(named) > 3:
        last = named[-1]
        parts += [Part(f"{last.name} "), _first_body_mention(reading, last), Part(".")]
    return Sentence("actors", tuple(parts))


def _first_body_mention(reading: Reading, actor: Actor) -> Part:
    place = next(m for m in actor.mentions if reading.article.share_before(m.start) is not None)
    return Part(f"at {_percent(actor.first_mention or 0)}", (Span(place.start, place.end, place.text),))


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
    parts = [_count(len(found), "short stretch stands", "short stretches stand", places)]
    parts.append(Part(" in quotation marks without being a quotation of a whole statement: "))
    for kind, one, many in _SCARE_QUOTES:
        group = tuple(quote.place for quote in found if quote.kind == kind)
        parts += [_count(len(group), one, many, group), Part(", ")]
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
    parts += [_count(len(certain), "is certain", "are certain", certain), Part(" and ")]
    parts += [Part(f"{len(possible)} possible", possible), Part(".")]
    return Sentence("certainty", tuple(parts))


def _count_attributions(reading: Reading) -> Part:
    return _count(len(reading.attributions), "attribution", "attributions", ())


def _first_places(rows: Iterable[SourceRow]) -> tuple[Span, ...]:
    return tuple(sorted(row.places[0] for row in rows))


def _count(number: int, one: str, many: str, places: tuple[Span, ...]) -> Part:
    return Part(f"{number} {one if number == 1 else many}", places)


def _percent(share: float) -> str:
    """A share as whole per cent; what is above nothing and below half a per cent is said so."""
    return "under 1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")
