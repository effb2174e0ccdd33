"""From parts to an article: zones that touch exactly their words, language, completeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from closeread.article import Article, Note, ReadError, Run, Zone, ZoneKind, count_words
from closeread.intake.cleaning import clean, clean_line
from closeread.intake.completeness import judge_completeness
from closeread.intake.language import find_language, to_language_code
from closeread.intake.links import Linked, to_links


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text with its function, before it has a place."""

    kind: ZoneKind
    text: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a source states about the article, as it states it. `language` may be a code or a name.

    `metadata` holds everything else; empty values are dropped.
    """

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: str | None = None
    language: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """Final text with its zones, and what extraction noticed on the way.

    `linked`: ranges of the text that the source links, with their addresses. `stated_words`: the length that the source
    gives for itself. `lost`: extraction believes that text is missing.
    """

    text: str
    zones: tuple[Zone, ...]
    origin: tuple[Run, ...] | None = None
    notes: tuple[Note, ...] = ()
    stated_words: int | None = None
    lost: bool = False
    linked: tuple[Linked, ...] = ()


def is_visible(text: str) -> bool:
    """False for text of nothing but white space, zero-width characters and other marks without a shape."""
    return any(char.isprintable() and not char.isspace() for char in text)


def to_zone(text: str, start: int, end: int, kind: ZoneKind) -> Zone:
    return Zone(start, end, text[start:end], kind)


def compose(parts: Iterable[Part]) -> tuple[str, tuple[Zone, ...]]:
    """The parts joined with a blank line, cleaned and trimmed; parts without words to see are left out."""
    cleaned = [(part.kind, clean(part.text).text.strip()) for part in parts]
    shown = [(kind, words) for kind, words in cleaned if is_visible(words)]
    zones: list[Zone] = []
    start = 0
    for kind, words in shown:
        zones.append(Zone(start, start + len(words), words, kind))
        start += len(words) + 2
    return "\n\n".join(words for _, words in shown), tuple(zones)


def _line(value: str | None) -> str | None:
    return (clean_line(value) or None) if value else None


def _zone_line(zones: Sequence[Zone], kind: ZoneKind) -> str | None:
    return next((clean_line(zone.text) for zone in zones if zone.kind == kind), None)


def _byline(stated: str | None, zones: Sequence[Zone]) -> str | None:
    """Without the word "By" before the name."""
    line = _line(stated) or _zone_line(zones, "byline")
    return re.sub(r"^by:?\s+", "", line, flags=re.I) if line else None


def _language(text: str, stated: str | None) -> str:
    return to_language_code(stated) or find_language(text)


def to_source_name(source: str) -> str:
    """The path as given, in a form that UTF-8 can hold."""
    return source.encode("utf-8", "replace").decode("utf-8")


def to_article(source: str, draft: Draft, details: Details) -> Article:
    """Raises ReadError (`intake.empty`) where no body is left or no word is in it."""
    body = [zone for zone in draft.zones if zone.kind == "body"]
    if not any(count_words(zone.text) for zone in body):
        raise ReadError(source, "intake.empty", "There are no words in it.")
    completeness, notes = judge_completeness(body, stated_words=draft.stated_words, notes=draft.notes, lost=draft.lost)
    metadata = {clean_line(key): clean_line(value) for key, value in details.metadata.items()}
    return Article(
        source=source,
        text=draft.text,
        zones=draft.zones,
        links=to_links(draft.text, draft.zones, draft.linked),
        title=_zone_line(draft.zones, "headline") or _line(details.title),
        outlet=_line(details.outlet),
        byline=_byline(details.byline, draft.zones),
        date=_line(details.date),
        language=_language("\n\n".join(zone.text for zone in body), details.language),
        completeness=completeness,
        notes=notes,
        metadata={key: value for key, value in metadata.items() if value},
        origin=draft.origin,
    )
