"""What an HTML page says of itself: which of its many titles is the headline, its date, whether it is behind a wall."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from closeread.article import Note
from closeread.intake.cleaning import clean_line
from closeread.intake.dates import find_date

# A shorter match between two titles may be chance: "News" is in many of them.
MIN_MATCH = 15
_WALL_CLASS = re.compile(
    r"(?:^|[-_ ])(?:paywall|regwall|piano-(?:offer|container)|subscri(?:be|ption)-wall)(?:[-_ ]|$)", re.I
)
_SEPARATOR = re.compile(r"\s+[|\-–—:·»«]{1,2}\s+")


@dataclass(frozen=True, slots=True)
class Titles:
    """`shown`: the page's h1, in order. `stated`: titles in its metadata, the one made for sharing first."""

    shown: tuple[str, ...]
    stated: tuple[str, ...]
    sites: tuple[str, ...]


def to_letters(text: str) -> str:
    """Letters and digits only, without case, to compare titles by."""
    return "".join(char for char in text.casefold() if char.isalnum())


def find_linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page, those in lists and graphs one by one; broken ones are passed over."""
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        for thing in data if isinstance(data, list) else [data]:
            graph = thing.get("@graph") if isinstance(thing, dict) else None
            yield from (item for item in (graph if isinstance(graph, list) else [thing]) if isinstance(item, dict))


def _find_stated(tree: Any) -> Iterator[str]:
    yield from tree.xpath('//meta[@property="og:title" or @name="og:title"]/@content')
    yield from tree.xpath('//meta[@name="twitter:title" or @property="twitter:title"]/@content')
    yield from (str(item["headline"]) for item in find_linked_data(tree) if item.get("headline"))
    yield from (title.text_content() for title in tree.xpath("//head//title"))


def _find_sites(tree: Any) -> Iterator[str]:
    """Names that the page gives to its site."""
    yield from tree.xpath('//meta[@property="og:site_name" or @name="application-name"]/@content')
    for item in find_linked_data(tree):
        publisher = item.get("publisher")
        yield str(publisher.get("name") or "") if isinstance(publisher, dict) else ""
        yield (
            str(item.get("name") or "")
            if item.get("@type") in ("WebSite", "NewsMediaOrganization", "Organization")
            else ""
        )


def find_titles(tree: Any) -> Titles:
    shown = [clean_line(" ".join(heading.itertext())) for heading in tree.iter("h1")]
    stated = [clean_line(str(title)) for title in _find_stated(tree)]
    known = tuple(dict.fromkeys(filter(None, map(to_letters, _find_sites(tree)))))
    return Titles(tuple(filter(None, shown)), tuple(filter(None, stated)), known)


def strip_site(title: str, sites: Sequence[str]) -> str:
    """The title without the name of the site before or after it: "Ferry sinks - The Daily Invention"."""
    pieces = _SEPARATOR.split(title)
    if len(pieces) > 1 and any(to_letters(pieces[-1]) in (site, f"the{site}") for site in sites):
        return strip_site(title[: title.rindex(pieces[-1])].rstrip(" |-–—:·»«"), sites)
    if len(pieces) > 1 and any(to_letters(pieces[0]) == site for site in sites):
        return strip_site(title[title.index(pieces[1]) :], sites)
    return title


def _agree(shown: str, stated: str) -> bool:
    """True where one of two titles begins with the other."""
    one, other = to_letters(shown), to_letters(stated)
    return one == other or (min(len(one), len(other)) >= MIN_MATCH and (other.startswith(one) or one.startswith(other)))


def choose_headline(titles: Titles) -> str | None:
    """The h1 that the metadata agree with, else what the metadata say, else the first h1 of two words or more.

    An h1 that begins with a section's name gives way to the title within it.
    """
    stated = [title for title in (strip_site(title, titles.sites) for title in titles.stated) if " " in title]
    for shown in titles.shown:
        inner = next((t for t in stated if len(t) >= MIN_MATCH and to_letters(shown).endswith(to_letters(t))), None)
        if inner:
            return shown if to_letters(shown) == to_letters(inner) else inner
        if any(_agree(shown, title) for title in stated):
            return shown
    long = [strip_site(shown, titles.sites) for shown in titles.shown if " " in shown]
    return next(iter([*stated, *long]), None)


def find_author(tree: Any) -> str | None:
    """The persons whom the page names as authors of an article with a headline, joined with a comma."""
    for item in find_linked_data(tree):
        stated = item.get("author") if item.get("headline") else None
        people = stated if isinstance(stated, list) else [stated]
        names = [str(person.get("name") or "") for person in people if isinstance(person, dict) and _is_person(person)]
        if any(names):
            return ", ".join(filter(None, names))
    return None


def _is_person(thing: dict[str, Any]) -> bool:
    return thing.get("@type") in ("Person", ["Person"])


def find_published(tree: Any) -> str | None:
    """The date that the page states in its metadata, YYYY-MM-DD."""
    stated = tree.xpath('//meta[@property="article:published_time" or @itemprop="datePublished"]/@content')
    linked = [str(item["datePublished"]) for item in find_linked_data(tree) if item.get("datePublished")]
    return next(filter(None, map(find_date, [*stated, *linked])), None)


def find_wall(tree: Any) -> Note | None:
    """The page says that it is not free to read, or has a paywall. The text may be whole all the same."""
    flags = [str(item.get("isAccessibleForFree")).lower() for item in find_linked_data(tree)]
    if "false" in flags:
        return Note("intake.wall", "The page says of itself that it is not free to read; text may be missing.")
    if any(_WALL_CLASS.search(value) for value in tree.xpath("//body//@class")):
        return Note("intake.wall", "The page has a paywall; text may be missing.")
    return None
