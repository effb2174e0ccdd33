"""Keyness: the measures against hand-worked tables and against association-measures; words, places and articles."""

from __future__ import annotations

from math import log, log2

import numpy as np
import pytest

from closeread.article import Article, Zone
from closeread.comparisons.beta_quantiles import find_quantiles, share_below
from closeread.comparisons.bodies import count_texts
from closeread.comparisons.dispersion import measure_d, measure_dp
from closeread.comparisons.exchanges import measure_articles
from closeread.comparisons.keyness import find_keywords, find_word_places
from closeread.comparisons.keyness_measures import (
    measure_conservative_ratio,
    measure_log_likelihood,
    measure_log_ratio,
)
from tests.bodies import make_article, write_body


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def quantile(share: float, a: float, b: float) -> float:
    odds = float(find_quantiles(share, floats(a), floats(b))[0])
    return odds / (1 + odds)


@pytest.mark.parametrize(
    ("share", "a", "b", "worked"),
    [
        (0.3, 1, 1, 0.3),  # uniform
        (0.025, 5, 1, 0.025 ** (1 / 5)),  # x ** a
        (1e-9, 40, 1, 1e-9 ** (1 / 40)),
        (0.975, 1, 7, 1 - 0.025 ** (1 / 7)),  # 1 - (1 - x) ** b
        (1e-9, 1, 900, 1 - (1 - 1e-9) ** (1 / 900)),
        (0.5, 12, 12, 0.5),  # even
        (0.5, 3000, 3000, 0.5),
        (0.15625, 2, 2, 0.25),  # 3 x**2 - 2 x**3
        (0.84375, 2, 2, 0.75),
    ],
)
def test_quantiles_of_the_beta_distribution_worked_by_hand(share: float, a: float, b: float, worked: float) -> None:
    assert quantile(share, a, b) == pytest.approx(worked, abs=1e-9, rel=1e-7)


def test_a_quantile_has_its_share_below_it() -> None:
    a, b = floats(1, 3, 8, 500, 4000, 2, 30000), floats(900, 2, 8, 700, 10, 60000, 50000)
    for share in (1e-8, 1e-4, 0.2, 0.9):
        odds = find_quantiles(share, a, b)
        assert share_below(odds / (1 + odds), a, b) == pytest.approx(share, rel=1e-6)


def test_shares_of_the_beta_distribution_are_binomial_tails() -> None:
    """Of 5 draws at .3 at least 2 come out: 1 - .7**5 - 5 * .3 * .7**4."""
    assert share_below(floats(0.3), floats(2), floats(4))[0] == pytest.approx(1 - 0.7**5 - 1.5 * 0.7**4, abs=1e-12)
    assert share_below(floats(0, 1, 2), floats(2, 2, 2), floats(4, 4, 4)).tolist() == [0, 1, 1]
    with pytest.raises(ValueError, match="no quantile"):
        find_quantiles(0, floats(1), floats(1))


def test_log_ratio_and_log_likelihood_worked_by_hand() -> None:
    """20 in 1,000 words against 5 in 2,000, and 3 against none."""
    first, second = floats(20, 3), floats(5, 0)
    assert measure_log_ratio(first, second, 1000, 2000) == pytest.approx([3.0, log2(3 / 0.5 * 2)], abs=1e-12)
    rate = 25 / 3000
    cells = [(20, 1000 * rate), (5, 2000 * rate), (980, 1000 * (1 - rate)), (1995, 2000 * (1 - rate))]
    worked = 2 * sum(seen * log(seen / expected) for seen, expected in cells)
    assert measure_log_likelihood(first, second, 1000, 2000)[0] == pytest.approx(worked, abs=1e-9)
    assert measure_log_likelihood(floats(10), floats(20), 1000, 2000)[0] == pytest.approx(0, abs=1e-9)


def test_conservative_ratio_worked_by_hand() -> None:
    """12 against none in bodies of one size: of 12 binomial draws all fall to the first. The lower end for a tail of
    .025 / 4 is its twelfth root; the upper end has no bound. The other way round the sign turns."""
    low = (0.025 / 4) ** (1 / 12)
    worked = log2(low / (1 - low))
    found = measure_conservative_ratio(floats(12, 0, 6, 0), floats(0, 12, 5, 0), 1000, 1000, level=0.05, family=4)
    assert found == pytest.approx([worked, -worked, 0, 0], abs=1e-9)


def test_measures_equal_those_of_association_measures() -> None:
    """They sign G2, take Hardie's discount and a level of .05 only when told to, and count their rows as the family."""
    pandas = pytest.importorskip("pandas")
    measures = pytest.importorskip("association_measures.measures")
    rng = np.random.default_rng(5)
    first = np.concatenate([floats(0, 0, 1, 5, 500, 3000), rng.integers(1, 60, 300)])
    second = np.concatenate([floats(5, 900, 0, 0, 3, 9000), rng.integers(0, 60, 300)])
    theirs = measures.score(
        pandas.DataFrame({"f1": first, "f2": second}),
        measures=["log_ratio", "log_likelihood", "conservative_log_ratio"],
        **{"N1": 72257, "N2": 138528, "digits": None, "disc": 0.5, "discounting": "Hardie2014"},
        **{"signed": False, "alpha": 0.05},
    )
    words = (72257.0, 138528.0)
    assert measure_log_ratio(first, second, *words) == pytest.approx(theirs["log_ratio"].to_numpy(), abs=1e-6)
    assert measure_log_likelihood(first, second, *words) == pytest.approx(theirs["log_likelihood"].to_numpy(), abs=1e-6)
    ours = measure_conservative_ratio(first, second, *words, level=0.05, family=len(first))
    assert ours == pytest.approx(theirs["conservative_log_ratio"].to_numpy(), abs=1e-6)
    assert 20 < (ours != 0).sum() < 280


def test_dispersion_worked_by_hand() -> None:
    """Three articles of 100, 100 and 200 words: spread by length, all in the first, and absent."""
    counts, lengths = np.array([[1.0, 4, 0], [1, 0, 0], [2, 0, 0]]), floats(100, 100, 200)
    assert measure_dp(counts, lengths)[:2] == pytest.approx([0, 0.75])
    assert measure_d(counts, lengths)[:2] == pytest.approx([1, 0], abs=1e-12)
    assert np.isnan(measure_dp(counts, lengths)[2]) and np.isnan(measure_d(counts, lengths)[2])
    assert np.isnan(measure_d(counts[:1], lengths[:1])).all()


def test_one_article_full_of_a_word_is_no_difference_of_the_bodies() -> None:
    """By words the evidence is strong, by articles there is none; a word of most articles has both."""
    first = [
        make_article(f"a{n}", "some words of the day and reefs here " * 20 + "kelp " * (n == 0) * 90) for n in range(12)
    ]
    second = [
        make_article(f"b{n}", "some words of the day and piers there " * 20 + "kelp " * (n < 5)) for n in range(12)
    ]
    found = {each.word: each for each in find_keywords(first, second)}
    assert found["kelp"].conservative_log_ratio > 2 and not found["kelp"].differs
    assert (found["kelp"].rule, found["kelp"].first_articles, found["kelp"].second_articles) == ("keyness.words", 1, 5)
    assert found["kelp"].first_dp is not None and found["kelp"].first_dp > 0.8
    assert {word for word, each in found.items() if each.differs} == {"here", "reefs", "piers", "there"}
    assert found["reefs"].second_dp is None and found["reefs"].rule == "keyness.articles"


def test_order_of_texts_does_not_matter_and_bodies_may_change_places() -> None:
    first, second = write_body("first", "plain", 8), write_body("second", "wordy", 9)
    found = find_keywords(first, second)
    assert found and find_keywords(first[::-1], second[3:] + second[:3]) == found
    turned = {each.word: each for each in find_keywords(second, first)}
    for each in found:
        assert turned[each.word].conservative_log_ratio == pytest.approx(-each.conservative_log_ratio)
        assert (turned[each.word].p, turned[each.word].first_places) == (each.p, each.second_places)


def test_places_are_the_words_and_all_can_be_had() -> None:
    first, second = write_body("first", "plain", 14), write_body("second", "wordy", 9)
    texts = {article.id: article.text for article in [*first, *second]}
    for each in find_keywords(first, second):
        places = each.first_places + each.second_places
        assert all(texts[place.article][place.start : place.end] == place.text for place in places)
        assert all(place.text.lower() == each.word for place in places)
        assert len(each.first_places) == min(10, each.first_articles)
        assert len(list(find_word_places(each.word, first))) == each.first_count
    assert list(find_word_places("absent", first)) == []


def test_words_of_body_paragraphs_are_counted_as_they_are_folded() -> None:
    text = "Harbour shut\n\nThe U.N. didn’t say. The UN didn't."
    zones = (Zone(0, 12, text[:12], "headline"), Zone(14, len(text), text[14:], "body"))
    counted = count_texts([Article("a", text, zones)])
    forms = [counted.words[at] for at in counted.word]
    assert forms == ["the", "un", "didn't", "say", "the", "un", "didn't"]


def test_own_voice_leaves_out_what_is_said_and_takes_readings() -> None:
    from dataclasses import replace

    from tests.readings import hand_made_reading

    reading = hand_made_reading()
    own, every = count_texts([reading], voices="own"), count_texts([reading])
    said = {at for each in reading.attributions for part in each.contents for at in range(part.start, part.end)}
    assert set(own.starts.tolist()) == set(every.starts.tolist()) - said
    assert len(own.starts) < len(every.starts)
    with pytest.raises(ValueError, match="only a reading tells own voice"):
        count_texts([replace(reading.article)], voices="own")


def test_names_numbers_and_footers_are_no_wording() -> None:
    footer = "write to us at the desk when you have seen more"
    first = make_article("a", f"The mayor met Ilka Maret on 3 May. Ilka said so. I did not. {footer}")
    second = make_article("b", f"Mayor and council met. The council left. {footer}")
    counted = count_texts([first, second])
    kept = [counted.words[word] for word, plain in zip(counted.word, counted.wording, strict=True) if plain]
    assert " ".join(kept) == "the mayor met on said so i did not mayor and council met the council left"


def test_a_body_needs_two_articles_and_no_text_twice() -> None:
    body = write_body("first", "plain", 3)
    with pytest.raises(ValueError, match="second body has 1 of the 2 articles"):
        find_keywords(body, body[:1])
    with pytest.raises(ValueError, match=r"first-0\.txt is given twice"):
        find_keywords(body, body[:2])


def test_p_is_counted_among_all_exchanges() -> None:
    """Two articles against two: of the six ways to part them two are as far apart, so p is near a third."""
    counts, lengths = np.array([[9.0], [9], [1], [1]]), floats(100, 100, 100, 100)
    p = measure_articles(counts, lengths, np.array([True, True, False, False]), seed=1, exchanges=1999)
    assert p[0] == pytest.approx(1 / 3, abs=0.05)


def test_halves_of_one_body_seldom_differ() -> None:
    """Every article is full of a word of its own matter; of 60 halves at most a few differ."""
    body = write_body("first", "plain", 24)
    rng, counted = np.random.default_rng(7), count_texts(body)
    chosen = np.flatnonzero(counted.spread() >= 5)
    found = 0
    for number in range(60):
        half = rng.permutation(24) < 12
        p = measure_articles(counted.count(chosen), counted.lengths, half, seed=number, exchanges=199)
        found += bool((p <= 0.05).any())
    assert found <= 8
