"""Passages that texts share: planted ones come back with their exact places, whatever stands around them."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeread import find_reuse
from closeread.article import Article, Span, Zone, find_words
from closeread.comparisons import shared_runs
from closeread.comparisons.credits import find_credits
from closeread.comparisons.numbered_words import number_words
from closeread.comparisons.reuse import Reuse, pair_reuse
from evals.shared_words import find_shared, fold, is_told_right
from tests.readings import VERSIONS

PLAIN = "The council voted late on Monday to close the old harbour bridge for a year"
WORDS = st.text("abcdeéÉ.’'-\u00ad\u0301 \n1$%_", max_size=60)


def article(source: str, *paragraphs: str, date: str | None = None, kinds: tuple[str, ...] = ()) -> Article:
    zones, start = [], 0
    for number, text in enumerate(paragraphs):
        kind = kinds[number] if number < len(kinds) else "body"
        zones.append(Zone(start, start + len(text), text, kind))  # type: ignore[arg-type]
        start += len(text) + 2
    return Article(source, "\n\n".join(paragraphs), tuple(zones), date=date)


def some_words(prefix: str, count: int) -> str:
    return " ".join(f"{prefix}{number}" for number in range(count))


def only(*articles: Article) -> Reuse:
    (reuse,) = find_reuse(articles)
    return reuse


def edits_of(reuse: Reuse) -> list[tuple[str | None, str | None]]:
    return [(_text_of(edit.first), _text_of(edit.second)) for edit in reuse.edits]


def _text_of(place: Span | None) -> str | None:
    return place.text if place else None


@given(WORDS)
def test_words_are_those_of_find_words(text: str) -> None:
    numbered = number_words(["before", text, "after"])
    row = slice(int(numbered.first[1]), int(numbered.last[1]))
    assert list(zip(numbered.starts[row].tolist(), numbered.ends[row].tolist(), strict=True)) == find_words(text)


@given(st.lists(WORDS, max_size=4))
def test_numbers_are_equal_where_words_are(texts: list[str]) -> None:
    numbered = number_words(texts)
    words = [fold(text[a:b]) for text in texts for a, b in find_words(text)]
    numbers = numbered.numbers[numbered.numbers >= 0].tolist()
    assert len(set(zip(words, numbers, strict=True))) == len(set(words)) == len(set(numbers))
    assert len(np.unique(numbered.numbers[numbered.numbers < 0])) == 8 * (len(texts) + 1)


@given(
    length=st.integers(8, 40),
    around=st.tuples(*[st.integers(0, 12)] * 4),
    marks=st.sampled_from([" ", ", ", "\n\n", " “", ".\n"]),
)
def test_a_planted_passage_is_found_with_its_exact_places(length: int, around: tuple[int, ...], marks: str) -> None:
    passage, planted = some_words("p", length), some_words("P", length).replace(" ", marks)
    first = article("a", f"{some_words('a', around[0])} {passage}. {some_words('b', around[1])}")
    second = article("b", f"{some_words('c', around[2])} {planted}, {some_words('d', around[3])}")
    reuse = only(first, second)
    assert (reuse.first.text, reuse.second.text) == (passage, planted)
    assert (reuse.words, reuse.share, reuse.edits, reuse.rule) == (length, 1.0, (), "reuse.verbatim")
    for place, text in ((reuse.first, first.text), (reuse.second, second.text)):
        assert text[place.start : place.end] == place.text


@settings(max_examples=60, deadline=None)
@given(
    chance=st.randoms(use_true_random=False),
    count=st.integers(2, 6),
    vocabulary=st.sampled_from([3, 12, 60]),
    rare=st.sampled_from([1, 2, 4, 32]),
)
def test_finds_what_brute_force_finds_and_tells_it_right(
    chance: random.Random, count: int, vocabulary: int, rare: int
) -> None:
    """Also where most keys count as common, and where one word follows itself many times."""
    texts = [" ".join(f"w{chance.randrange(vocabulary)}" for _ in range(chance.randrange(40))) for _ in range(count)]
    texts = [f"{text} {chance.choice(texts)[: chance.randrange(120)]} end" for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_runs, "RARE", rare)
        patch.setattr(shared_runs, "WIDE", 10**6)
        found = find_reuse([article(f"{number}", text) for number, text in enumerate(texts)])
    assert all(is_told_right(reuse) and reuse.words >= 8 and reuse.share >= 0.75 for reuse in found)
    for one, other in combinations(range(count), 2):
        held = [each for each in found if (each.first_source, each.second_source) == (str(one), str(other))]
        for a, a_end, b, b_end in find_shared(texts[one], texts[other], 8):
            first, second = _cut(texts[one], a, a_end), _cut(texts[other], b, b_end)
            assert any(_holds(each.first, first) and _holds(each.second, second) for each in held)


def _cut(text: str, begin: int, end: int) -> tuple[int, int]:
    words = find_words(text)
    return words[begin][0], words[end - 1][1]


def _holds(place: Span, range_: tuple[int, int]) -> bool:
    return place.start <= range_[0] and range_[1] <= place.end


@given(st.permutations(range(4)))
def test_the_order_of_the_texts_does_not_matter(order: list[int]) -> None:
    texts = [
        article("a", f"One. {PLAIN}. {some_words('a', 20)}"),
        article("b", f"Two {PLAIN.replace('late ', '')} {some_words('b', 9)}", date="2026-01-02"),
        article("c", f"{PLAIN} and {some_words('a', 20)}", date="2026-01-01"),
        article("c", "Another text of the same name"),
    ]
    assert find_reuse([texts[number] for number in order]) == find_reuse(texts)


@pytest.mark.parametrize("text", ["", "one", "one two three four five", "$ % —", "\n\n", some_words("x", 7)])
def test_nothing_in_tiny_texts(text: str) -> None:
    assert find_reuse([]) == ()
    assert find_reuse([article("a", text)]) == ()
    assert find_reuse([article("a", text), article("b", text), article("c", "")]) == ()


def test_eight_words_are_a_passage_and_seven_are_none() -> None:
    eight, seven = some_words("x", 8), some_words("x", 7)
    assert only(article("a", f"y {eight} z"), article("b", f"v {eight} w")).words == 8
    assert find_reuse([article("a", f"y {seven} z"), article("b", f"v {seven} w")]) == ()
    assert len(find_reuse([article("a", f"y {seven} z"), article("b", f"v {seven} w")], shortest=7)) == 1
    with pytest.raises(ValueError, match="shortest is 4"):
        find_reuse([], shortest=4)


@pytest.mark.parametrize(
    ("other", "edits"),
    [
        (PLAIN.replace("late", "early"), [("late", "early")]),
        (PLAIN.replace("late ", ""), [("late", None)]),
        (PLAIN.replace("the old", "the very old"), [(None, "very")]),
        (PLAIN.replace("old harbour bridge", "harbour bridge"), [("old", None)]),
        (PLAIN.replace("late on", "early this"), [("late on", "early this")]),
        (PLAIN.replace("voted late on Monday", "met late this Monday"), [("voted", "met"), ("on", "this")]),
        (PLAIN.replace("voted late on Monday", "late Monday"), [("voted", None), ("on", None)]),
        (PLAIN.upper().replace(" ", "\n"), []),
    ],
)
def test_light_edits_are_told_word_by_word(other: str, edits: list[tuple[str | None, str | None]]) -> None:
    reuse = only(article("a", f"Before {PLAIN}. after"), article("b", f"Then {other}, they said"))
    assert (reuse.first.text, reuse.second.text) == (PLAIN, other)
    assert edits_of(reuse) == edits
    assert reuse.rule == ("reuse.edited" if edits else "reuse.verbatim")
    assert is_told_right(reuse)


def test_a_passage_that_is_much_changed_is_none_but_its_long_run_is() -> None:
    words = some_words("x", 30).split()
    changed = [f"y{number}" if number % 3 == 0 else word for number, word in enumerate(words)]
    assert find_reuse([article("a", " ".join(words)), article("b", " ".join(changed))]) == ()
    changed[10:19] = words[10:19]
    assert only(article("a", " ".join(words)), article("b", " ".join(changed))).words >= 9


def test_two_places_in_the_other_text_are_two_passages() -> None:
    found = find_reuse([article("a", PLAIN), article("b", f"{PLAIN}. {some_words('x', 9)}. {PLAIN}")])
    assert [reuse.second.start for reuse in found] == [0, len(PLAIN) + 2 + len(some_words("x", 9)) + 2]


def test_what_recurs_in_one_text_is_no_reuse() -> None:
    assert find_reuse([article("a", PLAIN, PLAIN, PLAIN), article("b", some_words("x", 30))]) == ()


def test_counts_the_texts_that_hold_a_passage() -> None:
    texts = [article(f"{number}", f"{some_words(f't{number}x', 12)}. {PLAIN}", PLAIN) for number in range(5)]
    found = find_reuse([*texts, article("9", f"{PLAIN.replace('old', 'new')} {some_words('t0x', 12)}")])
    assert {reuse.texts for reuse in found if reuse.second_source != "9"} == {5}
    assert [reuse.texts for reuse in found if reuse.words == 12 and reuse.second_source == "9"] == [2]


def test_what_stands_in_very_many_texts_is_linked_from_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_runs, "RARE", 3)
    monkeypatch.setattr(shared_runs, "WIDE", 6)
    texts = [article(f"{number:02}", f"{some_words(f't{number}x', 9)} {PLAIN}") for number in range(9)]
    assert len(find_reuse(texts[:6])) == 15
    found = find_reuse(texts)
    assert [(reuse.first_source, reuse.second_source) for reuse in found] == [("00", f"{n:02}") for n in range(1, 9)]
    assert {(reuse.words, reuse.texts) for reuse in found} == {(15, 9)}


def test_quoted_words_are_told_apart() -> None:
    quoted = article("a", f"The clerk said: “{PLAIN}.” Nobody spoke.")
    other = article("b", f'"{PLAIN}," the clerk told us.')
    own = article("c", f"{PLAIN}. So it goes.")
    half = article("d", "The council voted late on Monday “to close the old harbour bridge for a year”")
    found = {(each.first_source, each.second_source): each.quoted for each in find_reuse([quoted, other, own, half])}
    assert found["a", "b"] == 1
    assert found["a", "c"] == found["c", "d"] == 0
    assert found["a", "d"] == pytest.approx(9 / 15)


def test_certain_rests_on_words_outside_marks() -> None:
    long, short = some_words("x", 12), some_words("x", 11)
    assert only(article("a", long), article("b", long)).certain
    assert not only(article("a", short), article("b", short)).certain
    assert not only(article("a", f"“{long}”"), article("b", f"“{long}”")).certain


@pytest.mark.parametrize(
    ("dates", "earlier"),
    [
        (("2026-01-01", "2026-01-02"), "first"),
        (("2026-02-01T10:00", "2026-01-02"), "second"),
        (("2026-01-01T10:00", "2026-01-01T09:00"), None),
        (("2026-01-01", None), None),
        (("1/2/2026", "2026-01-02"), None),
    ],
)
def test_which_is_earlier(dates: tuple[str | None, str | None], earlier: str | None) -> None:
    assert only(article("a", PLAIN, date=dates[0]), article("b", PLAIN, date=dates[1])).earlier == earlier


def test_a_reading_serves_as_well_as_its_article() -> None:
    from closeread.findings import Reading

    first, second = article("a", PLAIN), article("b", PLAIN)
    reading = Reading(first, (), (), (), (), notices=(), made_with=VERSIONS)
    assert find_reuse([reading, second]) == find_reuse([first, second])


def test_shares_of_a_pair() -> None:
    first = article("a", f"{PLAIN} {some_words('x', 15)}")
    second = article("b", PLAIN, some_words("y", 5), PLAIN, some_words("z", 10))
    (pair,) = pair_reuse([first, second], find_reuse([first, second]))
    assert (pair.first_source, pair.second_source, len(pair.passages)) == ("a", "b", 2)
    assert (pair.first_words, pair.first_share) == (15, 0.5)
    assert (pair.second_words, round(pair.second_share, 4)) == (30, 0.6667)


@pytest.mark.parametrize(
    ("paragraphs", "kinds", "expected"),
    [
        (("PORT SABEL (Reuters) - The bridge is shut.",), (), [("Reuters", "dateline")]),
        (("PORT SABEL, Orlan, May 3 (AP) — The bridge is shut.",), (), [("Associated Press", "dateline")]),
        (("(AFP) – The bridge is shut.",), (), [("Agence France-Presse", "dateline")]),
        (
            ("Bridge shut", "By Ines Marrow, THE AP"),
            ("headline", "byline"),
            [("Associated Press", "byline")],
        ),
        (("Bridge shut", "Reuters", "The bridge is shut."), ("headline",), [("Reuters", "byline")]),
        (("a", "b", "c", "The bridge is shut. (Xinhua)"), (), [("Xinhua", "tagline")]),
        (("a", "b", "c", "The bridge is shut. — dpa"), (), [("Deutsche Presse-Agentur", "tagline")]),
        (("a", "b", "c", "Copyright 2026 Reuters. All rights reserved."), (), [("Reuters", "tagline")]),
        (("a", "The Associated Press contributed to this report."), (), [("Associated Press", "contribution")]),
        (("a", "With files from The Canadian Press."), (), [("Canadian Press", "contribution")]),
        (("The mayor told Reuters on Monday that it was late.", "A poll by Reuters was read."), (), []),
        (("The Associated Press (AP) said it was late.", "She works for the AP."), (), []),
        (("Ines Marrow contributed to this report.",), (), []),
    ],
)
def test_credits(paragraphs: tuple[str, ...], kinds: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    text = article("a", *paragraphs, kinds=kinds)
    found = find_credits(text)
    assert [(credit.agency, credit.form) for credit in found] == expected
    assert all(text.text[credit.start : credit.end] == credit.text for credit in found)


def test_credits_come_with_the_passage() -> None:
    wire = article("a", f"PORT SABEL (Reuters) - {PLAIN}.")
    reuse = only(wire, replace(article("b", PLAIN), date=None))
    assert [credit.agency for credit in reuse.first_credits] == ["Reuters"]
    assert reuse.second_credits == ()
