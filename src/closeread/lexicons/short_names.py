"""The list of short forms of given names: which names may be one person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from closeread.lexicons import _load, _split


@dataclass(frozen=True, slots=True)
class ShortNames:
    """A given name and the forms that stand for it; one form may stand for several names."""

    name: str
    forms: tuple[str, ...]


@cache
def load_short_names() -> tuple[ShortNames, ...]:
    return _load("short_names.tsv", ("name", "forms"), lambda name, forms: ShortNames(name, _split(forms)))


@cache
def index_short_names() -> Mapping[str, frozenset[str]]:
    """For each form in lower case, the name itself too, the names that it may stand for."""
    found: dict[str, set[str]] = {}
    for row in load_short_names():
        for form in (row.name, *row.forms):
            found.setdefault(form.lower(), set()).add(row.name.lower())
    return MappingProxyType({form: frozenset(names) for form, names in found.items()})
