"""Names in one article: what the parser marks as names of people, bodies and peoples, cleaned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from closeread.analyses.mentions import unwrap
from closeread.article import Article
from closeread.findings import ActorKind
from closeread.lexicons import index_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group", "GPE": "country"}

_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = re.compile(r"^(?:the|a|an|this|that|his|her|their|its)\s+", re.IGNORECASE)
_EDGE = " \t\n\u00a0\"“”‘’'`([{)]},;:–—-*#@•"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the text, without article, title and possessive."""

    start: int
    end: int
    text: str
    kind: ActorKind


def find_names(doc: Doc, article: Article) -> list[Name]:
    """The parser's names of people, organisations and peoples, in order. Places are left to the list of states."""
    text = unwrap(article.text)
    names = (_clean(article, text, entity) for entity in doc.ents if entity.label_ in KINDS)
    return [name for name in names if name is not None]


def _clean(article: Article, text: str, entity: DocSpan) -> Name | None:
    start, end = entity.start_char, entity.end_char
    zone = article.zone_at(start)
    if zone is None:
        return None
    end = min(end, zone.end)
    changed = True
    while changed and start < end:
        before = (start, end)
        start, end = _strip_edges(text, start, end)
        changed = before != (start, end)
    name = text[start:end]
    if not _is_name(name):
        return None
    return Name(start, end, name, KINDS[entity.label_])


def _strip_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """One round of cutting: marks, a possessive, an article, a title."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    possessive = _POSSESSIVE.search(text[start:end])
    if possessive:
        end = start + possessive.start()
    leading = _LEADING.match(text[start:end])
    if leading:
        start += leading.end()
    first, _, rest = text[start:end].partition(" ")
    if rest and first.rstrip(".").lower() in _first_titles():
        start += len(first) + 1
    return start, end


@cache
def _first_titles() -> frozenset[str]:
    return frozenset(form.rstrip(".").lower() for form in index_titles() if " " not in form)


def _is_name(name: str) -> bool:
    return len(name) > 1 and any(letter.isupper() for letter in name) and not any(sign.isdigit() for sign in name[:1])
