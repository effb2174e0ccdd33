"""The list of news agencies and syndicates, by the names with which papers credit them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from closeread.lexicons import _choose, _load, _split

NewsAgencyKind = Literal["agency", "syndicate"]
_KINDS: tuple[NewsAgencyKind, ...] = get_args(NewsAgencyKind)


@dataclass(frozen=True, slots=True)
class NewsAgency:
    """An `agency` sells its own reports to papers, a `syndicate` those of the papers that belong to it."""

    name: str
    aliases: tuple[str, ...]
    kind: NewsAgencyKind


@cache
def load_news_agencies() -> tuple[NewsAgency, ...]:
    return _load("news_agencies.tsv", ("name", "aliases", "kind"), _to_agency)


@cache
def index_news_agencies() -> Mapping[str, NewsAgency]:
    """The agencies by every form of their names, also in capitals."""
    forms = ((form, agency) for agency in load_news_agencies() for form in (agency.name, *agency.aliases))
    return MappingProxyType({spelling: agency for form, agency in forms for spelling in (form, form.upper())})


def _to_agency(name: str, aliases: str, kind: str) -> NewsAgency:
    return NewsAgency(name, _split(aliases), _choose(kind, _KINDS))
