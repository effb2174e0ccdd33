"""Where an article credits a news agency: in its dateline, its byline, or at its end. A mention in the text is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from closeread.article import Article, Span, Zone
from closeread.lexicons.news_agencies import index_news_agencies

CreditForm = Literal["dateline", "byline", "tagline", "contribution"]

# What a paragraph that says who contributed must hold; it spares the search for names.
_CONTRIBUTES = re.compile(r"contributed to this|(?:reporting|files|material|copy) (?:by|from)\b")

# Paragraphs from the beginning that may have a dateline, from the end that may have a tagline or a contribution.
_HEAD = 3
_TAIL = 4
# Code points of a paragraph that says who contributed.
_LONGEST_NOTE = 300
# Code points at the end of a paragraph in which a tagline stands.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, order=True)
class Credit(Span):
    """The name of an agency where the article gives it as the maker of its words. `agency` is the usual name."""

    agency: str
    form: CreditForm


def find_credits(article: Article) -> tuple[Credit, ...]:
    """In the order of the text; empty where none is found."""
    found = chain(_find_lines(article), _find_datelines(article), _find_ends(article))
    return tuple(dict(((credit.start, credit.end), credit) for credit in sorted(found)).values())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    names = "|".join(re.escape(name) for name in sorted(index_news_agencies(), key=len, reverse=True))
    name = rf"(?:\b(?:[Tt]he|THE) )?\b(?P<name>{names})\b"
    before = r"(?:(?:[Bb]y|BY|[Ff]rom|[Ss]ource:|[Cc]opyright|©)\W*)*(?:\d{4}\W*)?"
    rights = r"(?:\W*[Aa]ll rights reserved.*)?"
    return {
        "name": re.compile(name),
        "line": re.compile(rf"\W*{before}{name}\W*{rights}"),
        "dateline": re.compile(rf"[^()\n]{{0,60}}\({name}\)\s*[-–—]"),
        "end": re.compile(rf"(?:\(|\[|[–—]\s?|\s-{{1,2}}\s?){name}[)\]]?\.?\s*$"),
        "by": re.compile(rf"{name}[^.\n]{{0,80}} contributed to this (?:report|story|article)"),
        "with": re.compile(rf"\b(?:reporting|files|material|copy) (?:by|from) (?:[^.\n]{{0,60}} )?{name}"),
    }


def _find_lines(article: Article) -> Iterator[Credit]:
    """Bylines, and lines near the beginning or the end that hold nothing but the name."""
    zones = article.zones
    for zone in zones:
        if zone.kind in ("byline", "outlet"):
            yield from _search(zone, "name", "byline")
    edges = ((zones[:_HEAD], "byline"), (zones[max(_HEAD, len(zones) - _TAIL) :], "tagline"))
    for some, form in edges:
        for zone in some:
            if len(zone.text) <= _LONGEST_NOTE and _patterns()["line"].fullmatch(zone.text):
                yield from _search(zone, "name", "byline" if form == "byline" else "tagline")


def _find_datelines(article: Article) -> Iterator[Credit]:
    for zone in article.body[:_HEAD]:
        match = _patterns()["dateline"].match(zone.text)
        if match:
            yield _to_credit(zone, match, "dateline")


def _find_ends(article: Article) -> Iterator[Credit]:
    for zone in article.zones[-_TAIL:]:
        yield from _search(zone, "end", "tagline", first=len(zone.text) - _LONGEST_NAME)
        if len(zone.text) <= _LONGEST_NOTE and _CONTRIBUTES.search(zone.text):
            yield from _search(zone, "by", "contribution")
            yield from _search(zone, "with", "contribution")


def _search(zone: Zone, pattern: str, form: CreditForm, *, first: int = 0) -> Iterator[Credit]:
    match = _patterns()[pattern].search(zone.text, max(0, first))
    if match:
        yield _to_credit(zone, match, form)


def _to_credit(zone: Zone, match: re.Match[str], form: CreditForm) -> Credit:
    start, end = match.span("name")
    agency = index_news_agencies()[match["name"]].name
    return Credit(zone.start + start, zone.start + end, match["name"], agency, form)
