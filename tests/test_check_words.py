"""Every word of the vocabulary of checks passes, fails and cannot be told; what checks say of real texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from math import inf
from pathlib import Path

import pytest

from closeread import check_text, read, read_text
from closeread.article import Completeness
from closeread.checks import Claim, run_claims
from closeread.checks.builtins import add_up
from closeread.checks.values import Items, Number, Record, exact
from closeread.checks.vocabulary import TextWords
from closeread.findings import Reading

ROOT = Path(__file__).parents[1]
HARBOUR = ROOT / "examples" / "harbour"
PAGES = ROOT.parent / "shared" / "data" / "pages"
FORM = {"slipway": "md", "courier": "html", "channel": "html"}
SHORT = "The ministry said on Tuesday that 14 people had been hurt on the pier before the police withdrew."
# The name of a text is what the check file gives it.
NEVER_UNKNOWN = {"name"}

pytestmark = pytest.mark.models


def _load(name: str) -> list[list[str]]:
    lines = (ROOT / "tests" / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


WORDS, WORKED = _load("check_words.txt"), _load("check_pages.txt")


@cache
def reading_of(name: str) -> Reading:
    if name in ("cut", "doubtful"):
        whole = reading_of("slipway")
        state: Completeness = "partial" if name == "cut" else "unknown"
        return replace(whole, article=replace(whole.article, completeness=state, source=f"{name}.md"))
    if name in ("bare", "short"):
        found = read_text(SHORT if name == "short" else "Holm slept. Holm woke, and Holm said he would go.")
        return replace(found, article=replace(found.article, completeness="complete"))
    if name.endswith(".html"):
        if not (PAGES / name).exists():
            pytest.skip("the real pages are not here: ../shared/data/pages")
        return read(PAGES / name)
    return read(HARBOUR / f"{name}.{FORM.get(name, 'txt')}")


def tell(names: str, expression: str) -> tuple[str, str]:
    readings = {name.partition(".")[0]: reading_of(name) for name in names.split(", ")}
    (found,) = run_claims([Claim("", expression, "", "", 1)], readings)
    return found.outcome, found.why


@pytest.mark.parametrize(("word", "text", "holds", "unknown", "is_open"), WORDS, ids=[row[0] for row in WORDS])
def test_a_word_passes_fails_and_cannot_be_told(word: str, text: str, holds: str, unknown: str, is_open: str) -> None:
    assert word.rpartition(".")[2] in holds and word.rpartition(".")[2] in is_open
    assert tell(text, holds) == ("pass", "")
    assert tell(text, f"!({holds})") == ("fail", "")
    outcome, why = tell(unknown, is_open)
    assert outcome == "cannot-tell", why
    assert why
    assert tell(unknown, f"!({is_open})")[0] == "cannot-tell"


def test_every_word_has_its_cases() -> None:
    assert sorted(row[0] for row in WORDS) == sorted(_list_words() - NEVER_UNKNOWN)


def test_every_word_is_documented() -> None:
    document = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    missing = {
        word for word in _list_words() if f"`{_last(word)}`" not in document and f"`{_last(word)}(" not in document
    }
    assert not missing


def _last(word: str) -> str:
    return word.rpartition(".")[2]


def _list_words() -> set[str]:
    found = set[str]()
    for name in ("slipway", "courier"):
        record = TextWords(name, reading_of(name), {}).to_record()
        found |= {*record.fields, *record.functions}
        found |= set(_list_fields(value for value in record.fields.values() if isinstance(value, Items)))
    return found


def _list_fields(lists: Iterable[Items]) -> Iterable[str]:
    for items in lists:
        for item in (*items.certain, *items.possible):
            assert isinstance(item, Record)
            yield from (f"{item.kind}.{field}" for field in item.fields)


@pytest.mark.parametrize(("outcome", "text", "expression"), WORKED)
def test_worked_checks(outcome: str, text: str, expression: str) -> None:
    found = tell(text, expression)
    assert found[0] == outcome, found


def test_there_are_forty_worked_checks_with_every_outcome() -> None:
    assert len(WORKED) >= 40
    assert {row[0] for row in WORKED} == {"pass", "fail", "cannot-tell"}
    assert len({row[1] for row in WORKED if row[1].endswith(".html")}) >= 5


SUMS = [
    ("pass", "quotations.map(q, q.quoted_words).sum() > 40"),
    ("pass", 'quotations.filter(q, q.speaker == "Radek Holm").map(q, q.quoted_words).sum() >= 5'),
    ("fail", "statements.map(s, s.hedges).sum() < 0"),
    ("cannot-tell", "quotations.filter(q, q.position < 0.5).size() / quotations.size() == 0.5"),
    ("error", "quotations.map(q, q.text).sum() == 1"),
    ("error", "quotations.sum() == 1"),
    ("error", "quotations.map(q, quotations).size() == 1"),
    ("error", "quotations.map(q).size() == 1"),
]


@pytest.mark.parametrize(("outcome", "expression"), SUMS)
def test_sums_over_lists(outcome: str, expression: str) -> None:
    found = tell("slipway", expression)
    assert found[0] == outcome, found


def test_a_sum_counts_what_is_only_possible_at_the_most() -> None:
    one, maybe = exact(3), exact(2)
    found = add_up(Items((one, one), (maybe,)))
    assert (found.low, found.high) == (6, 8)
    assert add_up(Items((one,), (), whole=False, why="cut")).high == inf
    assert add_up(Items((one,), (exact(-2),))).low == 1


def test_places_in_the_body_are_those_of_the_article() -> None:
    reading = reading_of("slipway")
    listed = TextWords("slipway", reading, {}).to_record().fields["quotations"]
    assert isinstance(listed, Items)
    for item in listed.certain:
        assert isinstance(item, Record)
        assert item.place is not None
        position, paragraph = item.fields["position"], item.fields["paragraph"]
        assert isinstance(position, Number)
        assert isinstance(paragraph, Number)
        assert position.low == position.high == reading.article.share_before(item.place.span.start)
        zone = reading.article.body[int(paragraph.low) - 1]
        assert zone.start <= item.place.span.start < zone.end


def test_a_failed_check_shows_what_is_there_instead() -> None:
    (found,) = check_text(reading_of("slipway"), ['actor("Radek Holm").first_mention >= 0.5'])
    assert found.outcome == "fail"
    assert [(each.words, each.value) for each in found.looked][-1][1] == "0.267"
    assert [place.span.text for place in found.places] == ["Radek Holm"]


@pytest.mark.parametrize("name", ["Republican Party", "GOP", "Grand Old Party"])
def test_a_body_is_meant_by_any_of_its_listed_names(name: str) -> None:
    (found,) = check_text(read_text("On Monday the GOP lost the vote in Talvora."), [f'actor("{name}").named'])
    assert found.outcome == "pass"
