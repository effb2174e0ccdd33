"""What the names of columns, fields and front matter keys mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from closeread.intake.composing import Details
from closeread.intake.dates import find_date

# Names that collections give to the column with the article, the surest first: exports of media databases,
# scrapers' output and published corpora. Compared without case, spaces, hyphens and underscores.
TEXT_COLUMNS = (
    "text", "fulltext", "articletext", "maintext", "plaintext", "bodytext", "newstext", "content", "articlecontent",
    "body", "articlebody", "article", "articles", "story", "document", "rawtext", "transcript",
)  # fmt: skip
FIELD_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "heading", "articletitle", "head", "hl"),
    "outlet": ("outlet", "source", "publication", "publisher", "sourcename", "newspaper", "medium", "sitename", "site"),
    "byline": ("byline", "author", "authors", "writer", "by", "journalist"),
    "date": ("date", "publicationdate", "publisheddate", "datepublished", "publishdate", "pubdate", "published",
             "publishedat", "publishedon", "created"),
    "language": ("language", "lang"),
}  # fmt: skip


def to_key(name: str) -> str:
    """`Full Text`, `full_text` and `FULL-TEXT` are one name."""
    return "".join(char for char in name.casefold() if char.isalnum())


def find_column(names: Iterable[str], wanted: Iterable[str]) -> str | None:
    """The first of the wanted names that is there, as it is written there."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(to_key(name), name)
    return next((by_key[key] for key in wanted if key in by_key), None)


def to_iso_date(value: str | None) -> str | None:
    """YYYY-MM-DD where the value has one reading, else the value as it stands."""
    return (find_date(value) or value) if value else None


def to_details(values: Mapping[str, str]) -> Details:
    """Known names become fields; the rest, and a date that says more than the day, is metadata."""
    columns = {field: find_column(values, names) for field, names in FIELD_COLUMNS.items()}
    fields = {field: values[name] for field, name in columns.items() if name is not None}
    date = to_iso_date(fields.get("date"))
    used = {name for field, name in columns.items() if field != "date" or fields.get("date") == date}
    return Details(
        title=fields.get("title"),
        outlet=fields.get("outlet"),
        byline=fields.get("byline"),
        date=date,
        language=fields.get("language"),
        metadata={name: value for name, value in values.items() if name not in used},
    )
