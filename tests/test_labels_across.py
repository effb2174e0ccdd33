"""Labels of one actor in several texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeread.article import Article, Zone
from closeread.comparisons.labels import LabelRow, LabelTable, compare_labels
from closeread.findings import Label, Mention, Reading, Voice
from closeread.measures.intervals import choose_telling, fisher, least_chance
from tests.readings import VERSIONS, make_actor

HARBOUR = Path(__file__).parents[1] / "examples" / "harbour"
TEXTS = ("lodestar.txt", "courier.html", "pennant.txt", "channel.html", "slipway.md")


def _read(number: int, text: str, voice: Voice = "own", outlet: str = "Gazette") -> Reading:
    """A text whose every `Dunn` is the actor and every `boss` and `leader` a label of it."""
    article = Article(f"t{number}.txt", text, (Zone(0, len(text), text, "body"),), outlet=outlet)
    found = [article.span(*each.span()) for each in re.finditer("Dunn|boss|leader", text)]
    mentions = tuple(
        Mention(each.start, each.end, each.text, "full-name" if each.text == "Dunn" else "description", voice)
        for each in found
    )
    labels = tuple(
        Label(f"l{at}", "a1", each, each.text, (), voice, None, "labels.description", True)
        for at, each in enumerate(found)
        if each.text != "Dunn"
    )
    actor = make_actor(article, "a1", mentions, name="Dunn", kind="person")
    return replace(Reading(article, (), (), (actor,), (), (), VERSIONS), labels=labels)


def _row(tables: Sequence[LabelTable], head: str) -> LabelRow:
    return next(row for table in tables for row in table.rows if row.head == head)


def test_a_label_is_counted_by_text_and_voice_with_its_references() -> None:
    row = _row(compare_labels([_read(1, "Dunn boss boss"), _read(2, "Dunn boss", "quoted")]), "boss")
    assert [(len(c.own), len(c.quoted), c.of_own, c.of_quoted) for c in row.cells] == [(2, 0, 3, 0), (0, 1, 0, 2)]


def test_reported_words_that_no_certain_attribution_holds_are_own() -> None:
    row = _row(compare_labels([_read(1, "Dunn boss", "reported"), _read(2, "Dunn")]), "boss")
    assert [len(cell.own) for cell in row.cells] == [1, 0]


def test_small_counts_tell_nothing_and_large_ones_do() -> None:
    few = compare_labels([_read(1, "Dunn boss"), _read(2, "Dunn leader")])
    assert all(table.too_few and not table.differences for table in few)
    many = compare_labels([_read(1, "Dunn" + " boss" * 20), _read(2, "Dunn" + " leader" * 20)])
    assert {each.head for table in many for each in table.differences} == {"boss", "leader"}


def test_of_outlets_an_article_counts_once() -> None:
    def tell(each: int) -> list[Reading]:
        sides = (("A", "boss"), ("B", "leader"))
        return [
            _read(n * 2 + at, f"Dunn {word} {word}", outlet=o)
            for n in range(each)
            for at, (o, word) in enumerate(sides)
        ]

    assert not any(table.differences for table in compare_labels(tell(2), by="outlet"))
    tables = compare_labels(tell(12), by="outlet")
    cell = _row(tables, "boss").cells[0]
    assert (cell.article, cell.articles_own, cell.of_articles, len(cell.own)) == ("A", 12, 12, 24)
    assert {each.head for table in tables for each in table.differences} == {"boss", "leader"}


def test_tests_that_cannot_tell_are_set_aside() -> None:
    assert least_chance((1, 3), (0, 3)) == pytest.approx(fisher((1, 3), (0, 3)))
    assert choose_telling([0.001, 0.02, 1.0], 0.05) == [True, True, False]
    assert choose_telling([], 0.05) == []


_WORDS = st.lists(st.sampled_from(["Dunn", "boss", "leader", "the protest"]), min_size=1, max_size=30).map(" ".join)


@given(st.lists(_WORDS, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_texts_does_not_matter(texts: list[str], draw: Random) -> None:
    readings = [_read(number, text, outlet=f"o{number % 2}") for number, text in enumerate(texts)]
    shuffled = list(readings)
    draw.shuffle(shuffled)
    assert compare_labels(readings, by="outlet") == compare_labels(shuffled, by="outlet")


@pytest.mark.models
def test_labels_of_the_shipped_example() -> None:
    from closeread import read_all

    readings = [each for each in read_all([HARBOUR / name for name in TEXTS]) if isinstance(each, Reading)]
    tables = compare_labels(readings)
    counts = {
        head: [(len(cell.own), len(cell.quoted), len(cell.reported)) for cell in _row(tables, head).cells]
        for head in ("regime", "rioter", "protester")
    }
    none, own = (0, 0, 0), (1, 0, 0)
    assert counts["regime"] == [(0, 1, 0), none, none, none, (3, 0, 0)]
    assert counts["rioter"] == [none, none, own, own, none]
    assert counts["protester"] == [none, own, none, none, none]
