"""Near-copies say the same in other words, and what is removed is gone."""

from __future__ import annotations

import pytest

from closeread.findings import Reading
from evals.near_copies import compose, copy_nearly, drop_ranges, list_sentences
from tests.readings import VERSIONS

PARAGRAPHS = (
    "The ferry sank quickly off the coast. Fourteen people were aboard.",
    "On Monday night, the crew did not reply to calls.",
    "Ann Lee wrote: “We did not see a large ship.”",
)


def make_reading(*paragraphs: str) -> Reading:
    return Reading(compose("a.txt", "Ferry sinks", paragraphs, "2026-03-01"), (), (), (), (), (), VERSIONS)


def test_composed_article_has_its_zones_in_place() -> None:
    article = make_reading(*PARAGRAPHS).article
    assert [zone.kind for zone in article.zones] == ["headline", "body", "body", "body"]
    assert all(article.text[zone.start : zone.end] == zone.text for zone in article.zones)


def test_sentences_are_those_of_headline_and_body() -> None:
    article = make_reading(*PARAGRAPHS).article
    assert [article.text[start:end].strip() for start, end in list_sentences(article)][:3] == [
        "Ferry sinks",
        "The ferry sank quickly off the coast.",
        "Fourteen people were aboard.",
    ]


def test_copy_is_edited_outside_quotation_marks_alone() -> None:
    copies = [copy_nearly(make_reading(*PARAGRAPHS), "b.txt", seed).text for seed in range(5)]
    assert all("“We did not see a large ship.”" in text for text in copies)
    assert any("sank off" in text for text in copies)
    assert any("didn’t" in text for text in copies)
    assert any("calls on Monday night." in text for text in copies)


def test_same_seed_gives_the_same_copy() -> None:
    first, second = (copy_nearly(make_reading(*PARAGRAPHS), "b.txt", 3) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("gone", "left"), [("Fourteen people were aboard.", 4), ("Ferry sinks", 3)])
def test_removed_sentence_is_gone(gone: str, left: int) -> None:
    article = make_reading(*PARAGRAPHS).article
    start = article.text.index(gone)
    without = drop_ranges(article, [(start, start + len(gone))], "b.txt")
    assert gone not in without.text
    assert len(without.zones) == left
    assert "  " not in without.text


def test_paragraph_of_which_nothing_is_left_is_left_out() -> None:
    article = make_reading(*PARAGRAPHS).article
    zone = article.body[1]
    assert len(drop_ranges(article, [(zone.start, zone.end)], "b.txt").body) == 2
