"""Symmetry under swapped names: places of names, swaps, and what counts as a difference, on invented lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from evals.attribution_scores import Attributed
from evals.polnear_corpus import Document
from evals.symmetry import (
    Pair,
    compare,
    draw_swaps,
    find_lines,
    find_name,
    load_pairs,
    measure,
    place_words,
    swap_names,
)

HOLT = Pair("person", "Ann Holt", "Mary Sue Poole", True)
TEXT = "Ann Holt said Holt’s bridge was safe, but Mary Sue Poole left; Sam Holt stayed."


def words(text: str, names: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    return [(text[start:end], place) for (start, end), place in place_words(text, names)]


def test_names_are_swapped_both_ways_with_their_surnames() -> None:
    swap = swap_names(TEXT, HOLT)
    assert swap.after == "Mary Sue Poole said Poole’s bridge was safe, but Ann Holt left; Sam Holt stayed."
    assert [swap.before[slice(*place)] for place in swap.names_before] == ["Ann Holt", "Holt", "Mary Sue Poole"]
    assert [swap.after[slice(*place)] for place in swap.names_after] == ["Mary Sue Poole", "Poole", "Ann Holt"]


def test_words_around_names_keep_their_places() -> None:
    swap = swap_names(TEXT, HOLT)
    before, after = words(swap.before, swap.names_before), words(swap.after, swap.names_after)
    assert [word for word in before if word[1] >= 0] == [word for word in after if word[1] >= 0]
    assert [word for word in before if word[1] < 0][:3] == [("Ann", -1), ("Holt", -1), ("Holt’s", -2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Iraq war", True),
        ("Iraq, Syria", True),
        ("the New Iraq Fund", False),
        ("New Iraq", False),
        ("Iraqis", False),
        ("Iraq’s", True),
    ],
)
def test_one_word_stands_alone(text: str, found: bool) -> None:
    assert bool(list(find_name(text, "Iraq", "country"))) is found


def test_differences_are_counted_by_role() -> None:
    def triple(content: Sequence[int], cue: int, source: int) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        return frozenset(content), frozenset([cue]), frozenset([source])

    same, longer = triple([5, 6], 4, 3), triple([1, 2], 0, -1)
    counts = compare([same, longer], [same, triple([1], 0, -2), triple([9], 8, 7)])
    assert counts == {"n": 3, "differ": 2, "content": 1, "source": 1, "one_side": 1}


def test_the_figures_of_a_system_that_knows_only_one_name() -> None:
    def find_trump(text: str) -> list[Attributed]:
        return [Attributed(((found.end(), len(text)),), (found.span(),)) for found in re.finditer("Trump said", text)]

    document = Document("invented", "none", "Trump said it rains.\nNobody spoke.\nTrump said it pours.\n", {"": ()})
    figures = measure([document], find_trump)
    assert figures["lines_with_names"] == 2
    assert (figures["overall"]["n"], figures["overall"]["share"], figures["overall"]["one_side"]) == (2, 1.0, 2)


def test_the_list_of_names() -> None:
    pairs = load_pairs()
    assert {pair.kind for pair in pairs} == {"person", "invented-person", "party", "country", "outlet"}
    assert len({(pair.kind, pair.name) for pair in pairs}) == len(pairs)
    assert all(pair.name != pair.partner for pair in pairs)


def test_a_draw_is_always_the_same() -> None:
    text = "\n".join(f"The CNN report said that Russia and the Democrats had lost {number}." for number in range(20))
    lines = find_lines([Document("invented", "none", text, {"": ()})], load_pairs())
    assert draw_swaps(lines, 10) == draw_swaps(lines, 10)
    assert len({swap.kind for swap in draw_swaps(lines, 10)}) > 1
