"""Readings of a corpus, kept in a file so that a second run need not read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from closeread.article import Article
from closeread.findings import Reading
from closeread.reading import load_versions, read_article


def read_articles(articles: Sequence[Article], kept: Path | None) -> list[Reading]:
    """A reading of each, in their order. With `kept` (JSON lines) those that stand there, made with these versions from
    the same text, source and date, are taken, and the others are added. Without it all are read."""
    if kept is None:
        return [read_article(article) for article in articles]
    known = {_key(reading.article): reading for reading in _load(kept)}
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a", encoding="utf-8") as file:
        for article in articles:
            if _key(article) not in known:
                known[_key(article)] = read_article(article)
                file.write(known[_key(article)].to_json() + "\n")
    return [known[_key(article)] for article in articles]


def _key(article: Article) -> tuple[str, str | None, str]:
    return article.source, article.date, article.sha256


def _load(path: Path) -> list[Reading]:
    if not path.is_file():
        return []
    versions = load_versions()
    readings = [Reading.from_json(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [reading for reading in readings if reading.made_with == versions]
