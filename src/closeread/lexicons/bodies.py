"""The list of bodies that news calls by several names, beyond what initials and the words of a name tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from closeread.lexicons import _load, _split


@dataclass(frozen=True, slots=True)
class Body:
    """A party, an agency, an armed group: its name and the others that mean nobody else."""

    name: str
    aliases: tuple[str, ...]


@cache
def load_bodies() -> tuple[Body, ...]:
    return _load("bodies.tsv", ("name", "aliases"), lambda name, aliases: Body(name, _split(aliases)))


@cache
def index_bodies() -> Mapping[str, Body]:
    """The bodies by each of their names."""
    return MappingProxyType({form: body for body in load_bodies() for form in (body.name, *body.aliases)})


def find_body(name: str) -> Body | None:
    """The body of that name, also with a full stop behind each letter (`U.N.`)."""
    return index_bodies().get(name) or index_bodies().get(without_stops(name))


def without_stops(name: str) -> str:
    """An acronym without its full stops; any other name as it is."""
    letters = name.replace(".", "")
    return letters if "." in name and 2 * len(letters) in (len(name), len(name) + 1) and letters.isupper() else name
