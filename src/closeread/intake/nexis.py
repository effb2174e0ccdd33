"""Nexis exports -> Articles, and the promise that none of the documents that the cover page announces goes missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from closeread.article import Article, Failure, ReadError
from closeread.intake.columns import to_iso_date
from closeread.intake.composing import Details, Draft, Part, compose, to_article
from closeread.intake.page import to_letters

# Letters of a headline that tell it from the others on the cover page.
TITLE_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an export as it stands there. `fields`: labels in lower case (`load-date`) and their values."""

    number: int
    headline: str
    outlet: str
    date_line: str
    paragraphs: tuple[str, ...]
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """`announced`: the numbers of the documents on the cover page, empty where it does not tell; `titles` by number.

    `broken`: numbers of the documents that are there and have no body that we can find.
    """

    announced: frozenset[int]
    documents: tuple[Document, ...]
    broken: tuple[int, ...] = ()
    titles: dict[int, str] = field(default_factory=dict)


def _stated_words(length: str) -> int | None:
    match = re.search(r"\d[\d,.]*", length)
    return int(re.sub(r"[,.]", "", match[0])) if match else None


def _to_article(document: Document, source: str) -> Article:
    text, zones = compose(
        [Part("headline", document.headline), *(Part("body", paragraph) for paragraph in document.paragraphs)]
    )
    fields = dict(document.fields)
    date = to_iso_date(document.date_line)
    details = Details(
        title=document.headline,
        outlet=document.outlet,
        byline=fields.pop("byline", None),
        date=date,
        language=fields.pop("language", None),
        metadata={"date-line": "" if date == document.date_line else document.date_line, **fields},
    )
    return to_article(source, Draft(text, zones, stated_words=_stated_words(fields.get("length", ""))), details)


def _load(document: Document, source: str) -> Article | Failure:
    try:
        return _to_article(document, f"{source}#{document.number}")
    except ReadError as error:
        return error.failure


def _find_missing(export: Export, articles: Sequence[Article], numbers: frozenset[int]) -> list[int]:
    """Numbers of the announced documents that were not read; by their titles where some are not in the file."""
    missing = sorted(export.announced - numbers)
    seen = {to_letters(article.title or "")[:TITLE_LETTERS] for article in articles}
    untold = [n for n, title in sorted(export.titles.items()) if to_letters(title)[:TITLE_LETTERS] not in seen]
    return untold if not export.broken and len(untold) == len(missing) else missing


def _mismatch(export: Export, articles: Sequence[Article], source: str) -> Failure | None:
    numbers = frozenset(int(article.source.rsplit("#", 1)[1]) for article in articles)
    if len(articles) == len(export.announced) and not export.broken:
        return None
    missing = sorted({*export.broken, *_find_missing(export, articles, numbers)})
    shown = ", ".join(f"{n} (“{export.titles[n]}”)" if n in export.titles else str(n) for n in missing)
    message = f"The cover page announces {len(export.announced)} documents, {len(articles)} were read."
    return Failure(source, "intake.count-mismatch", f"{message} Not read: {shown}." if missing else message)


def load_export(export: Export, source: str) -> list[Article | Failure]:
    """The articles, then one failure `intake.count-mismatch` where the cover page announces another number."""
    results = [_load(document, source) for document in export.documents]
    articles = [result for result in results if isinstance(result, Article)]
    mismatch = _mismatch(export, articles, source)
    return [*results, *([mismatch] if mismatch else [])]
