"""Distance, telling apart and placing of bodies of texts, on invented bodies with two habits of writing."""

from __future__ import annotations

import numpy as np
import pytest

from closeread.article import Article
from closeread.comparisons.bodies import count_pair
from closeread.comparisons.delta import find_distances, pool
from closeread.comparisons.placing import place_body
from closeread.comparisons.resemblance import compare_bodies
from closeread.comparisons.telling_apart import measure_auc, tell_apart
from tests.bodies import make_article, write_body

PLAIN, WORDY = write_body("plain", "plain", 24), write_body("wordy", "wordy", 22)
OTHER = write_body("other", "plain", 24)


def test_two_habits_lie_apart_and_two_halves_of_one_do_not() -> None:
    for each in find_distances(PLAIN, WORDY):
        assert each.p < 0.05 and each.distance > each.chance_high
    assert [(each.kind, each.over) for each in find_distances(PLAIN, OTHER)] == [
        *(("burrows", "function"), ("cosine", "function"), ("burrows", "wording"), ("cosine", "wording"))
    ]
    assert min(each.p for each in find_distances(PLAIN, OTHER)) > 0.01


def test_words_of_a_distance_are_shown_with_their_rates() -> None:
    burrows = find_distances(PLAIN, WORDY)[0]
    counted, in_first = count_pair(PLAIN, WORDY)
    for each in burrows.heaviest:
        count = counted.count(np.array([counted.words.index(each.word)]), wording=True)[in_first].sum()
        assert each.first_rate == pytest.approx(1000 * count / burrows.first_words)
    assert 0 < sum(each.share for each in burrows.heaviest) <= 1


def test_articles_are_pooled_into_samples_of_like_size() -> None:
    lengths, in_first = np.array([900.0] * 9 + [6000, 200, 200]), np.arange(12) < 9
    assert pool(lengths, in_first).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 4]


def test_bodies_too_short_for_rates_are_refused_with_what_is_needed() -> None:
    with pytest.raises(ValueError, match=r"the second body has [\d,]+ words without names and numbers.*5,000"):
        find_distances(PLAIN, WORDY[:5])
    with pytest.raises(ValueError, match="the first body has 4 articles"):
        tell_apart(PLAIN[:4], WORDY)


def test_held_out_articles_are_told_apart_where_habits_differ() -> None:
    told = tell_apart(PLAIN, WORDY)
    assert told.auc > 0.95 and told.low <= told.auc <= told.high and told.p == 1 / 200
    assert told.held_out_by == "month" and told.rule == "telling-apart.months"
    assert "however" in told.second_words or "perhaps" in told.second_words
    same = tell_apart(PLAIN, OTHER)
    assert same.p > 0.01 and same.low < 0.7


def test_bodies_of_other_months_are_not_told_apart_by_their_habit() -> None:
    """Every exchange within a month leaves all articles where they are: month and habit cannot be parted."""
    early = [article for article in PLAIN + OTHER if article.date and article.date < "2026-04"]
    late = [article for article in write_body("late", "wordy", 40) if article.date and article.date >= "2026-04"]
    assert tell_apart(early, late).p == 1


def test_auc_worked_by_hand() -> None:
    """Of six pairs four are in order and one is even."""
    scores, first = np.array([3.0, 1, 2, 1, 0]), np.array([True, True, False, False, False])
    assert measure_auc(scores, first) == pytest.approx(4.5 / 6)


def test_a_body_is_placed_by_its_habit() -> None:
    bodies = {"plain": PLAIN, "wordy": WORDY}
    placed = place_body(write_body("asked", "plain", 12), bodies)
    assert [each.name for each in placed] == ["plain", "wordy"]
    assert placed[0].score >= 0.9 and placed[1].score <= 0.1 and all(each.conclusive for each in placed)
    assert (placed[0].articles, placed[0].known_articles) == (12, 24)
    assert {each.rule for each in placed} == {"placing.conclusive"}


def test_where_bodies_are_alike_the_score_is_inconclusive() -> None:
    placed = place_body(write_body("asked", "plain", 12), {"one": PLAIN, "other": OTHER})
    assert [(each.conclusive, each.rule) for each in placed] == [(False, "placing.inconclusive")] * 2


def test_a_single_article_is_refused_with_the_reason() -> None:
    bodies = {"plain": PLAIN, "wordy": WORDY}
    with pytest.raises(ValueError, match=r"a single article is too few to be placed: .* 5 articles are needed"):
        place_body(PLAIN[:1], bodies)
    with pytest.raises(ValueError, match="first body has 1 of the 2 articles"):
        compare_bodies(PLAIN[:1], WORDY)


@pytest.mark.parametrize(
    ("articles", "names", "reason"),
    [
        (write_body("few", "plain", 4), ("plain", "wordy"), "4 articles are too few"),
        (write_body("short", "plain", 6, words=60), ("plain", "wordy"), "the body to place has .* 2,500 are needed"),
        (write_body("asked", "plain", 12), ("plain",), "1 bodies are given"),
        (write_body("asked", "plain", 12), ("plain", "small"), "small has 8 of the 20 articles"),
        (write_body("asked", "plain", 12), ("plain", "short"), "short has .* 5,000 are needed"),
        (PLAIN[:10], ("plain", "wordy"), "given twice"),
    ],
)
def test_what_is_too_little_is_refused(articles: list[Article], names: tuple[str, ...], reason: str) -> None:
    bodies = {"plain": PLAIN, "wordy": WORDY, "small": WORDY[:8], "short": write_body("s", "wordy", 20, words=60)}
    with pytest.raises(ValueError, match=reason):
        place_body(articles, {name: bodies[name] for name in names})


def test_the_order_of_texts_and_bodies_does_not_matter() -> None:
    asked = write_body("asked", "plain", 12)
    found = place_body(asked, {"plain": PLAIN, "wordy": WORDY})
    assert place_body(asked[::-1], {"wordy": WORDY[::-1], "plain": PLAIN}) == found
    assert compare_bodies(PLAIN[::-1], WORDY) == compare_bodies(PLAIN, WORDY[::-1])


def test_all_comparisons_of_two_bodies() -> None:
    found = compare_bodies(PLAIN, WORDY)
    assert (found.first_articles, found.second_articles, found.refusals) == (24, 22, ())
    assert found.told is not None and len(found.distances) == 4 and found.looked_at >= len(found.keywords) > 0


def test_what_small_bodies_do_not_bear_is_said() -> None:
    small = compare_bodies(PLAIN[:6], [make_article(f"b{n}", "There was the sea. " * 9) for n in range(6)])
    assert (small.distances, small.told) == ((), None)
    assert [each.rule for each in small.refusals] == ["resemblance.no-distance", "resemblance.not-told"]
    assert any(each.differs for each in small.keywords)
