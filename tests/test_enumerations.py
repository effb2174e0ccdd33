"""Lists of names and the ranks in them, on parses written by hand."""

from __future__ import annotations

import itertools

import pytest

from closeread.analyses.enumerations import find_enumerations
from closeread.findings import Actor, Enumeration
from tests.hand_parsed import Case, load_cases

CASES = load_cases("enumerations.txt")


def _find(case: Case) -> tuple[tuple[Enumeration, ...], tuple[Actor, ...]]:
    parsed = case.read()
    actors = parsed.find_actors()
    return find_enumerations(parsed.doc, parsed.article, actors), actors


@pytest.mark.parametrize("case", CASES, ids=str)
def test_items_and_actors(case: Case) -> None:
    parsed = case.read()
    found, actors = _find(case)
    names = {actor.id: actor.name for actor in actors}
    items = [item for enumeration in found for item in enumeration.items]
    marked = [word for role in ("item", "item1", "item2") for word in parsed.marked.words(role)]
    assert [item.text for item in items] == marked
    assert [names.get(item.actor or "", "-") for item in items] == list(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ranks_and_places(case: Case) -> None:
    for number, enumeration in enumerate(_find(case)[0], 1):
        items = enumeration.items
        assert enumeration.id == f"e{number}"
        assert [item.rank for item in items] == list(range(1, len(items) + 1))
        assert (enumeration.place.start, enumeration.place.end) == (items[0].start, items[-1].end)
        assert all(one.end < other.start for one, other in itertools.pairwise(items))
