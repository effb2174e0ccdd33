"""Which texts tell the same event. The readings are made by hand; those marked `models` are of the shipped example."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeread.article import Article
from closeread.comparisons.stories import Stories, find_stories
from closeread.comparisons.story_groups import group_texts, link
from closeread.comparisons.story_scores import measure_pairs, score_pairs
from closeread.comparisons.story_traits import find_traits
from closeread.findings import Clause, Mention, Participant, Reading
from closeread.intake import load_text
from evals.stories import b_cubed, measure_b_cubed, tf_idf
from tests.generated_readings import readings
from tests.readings import VERSIONS, make_actor

FLOOD = (
    "Three people drowned when the Orvane burst its banks at Lower Hassel on Sunday, the mayor, Mirre Osk, said. "
    "About 640 houses stand empty.",
    "The mayor of Lower Hassel, Mirre Osk, said on Monday that 640 houses were empty after the Orvane burst its banks. "
    "Three people drowned.",
    "Mirre Osk has asked for tents. The Orvane flooded 640 houses in Lower Hassel on Sunday, and three people drowned.",
)
OTHER_FLOOD = (
    "Five people drowned when the Selder burst its banks at Castra on Friday, the mayor, Aldo Renn, said. "
    "About 210 houses stand empty.",
    "The mayor of Castra, Aldo Renn, said that 210 houses were empty after the Selder burst its banks on Friday. "
    "Five people drowned.",
)
OPERA = (
    "The opera in Port Sabel opens its season with a comedy by Tessa Lund, who conducts it herself for the first time."
)


def make_reading(source: str, text: str, *, date: str | None = None, names: tuple[str, ...] = ()) -> Reading:
    """A reading whose only findings are actors of the names given, with every place where they stand."""
    plain = load_text(text, source=source)
    article = Article(plain.source, plain.text, plain.zones, title=plain.title, date=date, language="en")
    actors = []
    for number, name in enumerate(names, 1):
        mentions = tuple(
            Mention(match.start(), match.end(), name, "full-name", "own")
            for match in re.finditer(re.escape(name), article.text)
        )
        if mentions:
            actors.append(make_actor(article, f"a{number}", mentions, name=name, kind="person"))
    return Reading(article, (), (), tuple(actors), (), notices=(), made_with=VERSIONS)


def make_folder() -> list[Reading]:
    texts = {f"flood-{at}.txt": text for at, text in enumerate(FLOOD)}
    texts |= {f"other-{at}.txt": text for at, text in enumerate(OTHER_FLOOD)}
    texts["opera.txt"] = OPERA
    return [make_reading(source, text, names=("Mirre Osk", "Aldo Renn")) for source, text in texts.items()]


def sources(found: Stories) -> list[set[str]]:
    source = {told.article: told.source for told in found.told}
    return [{source[article] for article in story.articles} for story in found.stories]


def test_two_events_of_one_kind_are_two_stories() -> None:
    found = find_stories(make_folder())
    assert sources(found) == [{"flood-0.txt", "flood-1.txt", "flood-2.txt"}, {"other-0.txt", "other-1.txt"}]
    assert [story.id for story in found.stories] == ["y1", "y2"]


def test_a_text_of_another_matter_stands_alone() -> None:
    (told,) = find_stories(make_folder()).alone
    assert told.source == "opera.txt" and told.rule == "stories.alone" and told.certain
    assert told.story is None and told.score is None and told.nearest is not None and told.other < 0.05


def test_a_text_of_a_story_says_how_near_it_is() -> None:
    found = find_stories(make_folder())
    told = next(each for each in found.told if each.source == "flood-0.txt")
    assert told.story == "y1" and told.rule == "stories.together"
    assert told.score is not None and told.score > 0.5 > told.other
    assert told.nearest in found.stories[0].articles and told.nearest != told.article


def test_evidence_stands_in_the_texts() -> None:
    folder = make_folder()
    texts = {reading.article.id: reading.article.text for reading in folder}
    found = find_stories(folder)
    for story in found.stories:
        assert story.evidence
        for evidence in story.evidence:
            assert evidence.texts == len(evidence.traces) == len({trace.article for trace in evidence.traces}) > 1
            for trace in evidence.traces:
                assert trace.article in story.articles
                assert texts[trace.article][trace.start : trace.end] == trace.text
    held = {(each.kind, each.words): (each.texts, each.elsewhere) for each in found.stories[0].evidence}
    assert held["actor", "Mirre Osk"] == (3, 0)
    assert held["name", "Orvane"] == (3, 0)
    assert held["number", "640 houses"] == (3, 0)
    assert ("word", "people") not in held or held["word", "people"][1] == 2


def test_evidence_of_an_action_names_who_takes_part() -> None:
    folder = [make_reading(f"{at}.txt", text, names=("Mirre Osk",)) for at, text in enumerate(FLOOD)]
    clauses = [_make_clause(reading) for reading in folder]
    held = [Reading(r.article, (), (), r.actors, (), clauses=c, notices=(), made_with=VERSIONS) for r, c in clauses]
    (story,) = find_stories(held).stories
    actions = {evidence.words: evidence.texts for evidence in story.evidence if evidence.kind == "action"}
    assert actions == {"drown > people": 3} or actions == {"drown > peopl": 3}


def _make_clause(reading: Reading) -> tuple[Reading, tuple[Clause, ...]]:
    text = reading.article.text
    predicate = reading.article.span(text.index("drowned"), text.index("drowned") + 7)
    begin = text.lower().index("three people")
    place = reading.article.span(begin, begin + 12)
    patient = Participant(place.start, place.end, place.text, ())
    clause = Clause(
        "c1",
        predicate,
        "drown",
        "intransitive",
        None,
        patient,
        None,
        None,
        False,
        "asserted",
        "own",
        "agency.verb",
        True,
    )
    return reading, (clause,)


def test_two_dates_far_apart_weigh_more_than_two_years() -> None:
    """Without a date, what the texts say of years is all there is."""
    texts = (FLOOD[0], OTHER_FLOOD[0])
    days = ("2024-12-30", "2025-01-20"), ("2024-05-01", "2024-07-01"), ("2024-05-01", None)
    pairs = [[make_reading(text, text, date=day) for text, day in zip(texts, pair, strict=True)] for pair in days]
    near, far, open_ = (float(score_pairs([find_traits(each) for each in pair])[0, 1]) for pair in pairs)
    assert near > open_ > 20 * far


def test_days_tell_stories_apart() -> None:
    texts = FLOOD[0], OTHER_FLOOD[0]
    days = ("2024-05-01", "2024-05-02"), ("2024-05-01", None), ("2024-05-01", "2025-05-02")
    pairs = [[make_reading(text, text, date=day) for text, day in zip(texts, pair, strict=True)] for pair in days]
    scores = [score_pairs([find_traits(reading) for reading in pair])[0, 1] for pair in pairs]
    assert scores[0] > scores[1] > scores[2]
    near = [make_reading("a.txt", FLOOD[0], date="2024-05-01"), make_reading("b.txt", FLOOD[1], date="2024-05-02")]
    (story,) = find_stories(near).stories
    assert (story.first_day, story.last_day) == ("2024-05-01", "2024-05-02")


def test_nothing_and_one() -> None:
    assert find_stories([]) == Stories((), ())
    (told,) = find_stories([make_reading("a.txt", OPERA)]).told
    assert told.story is None and told.nearest is None and told.nearest_score == told.other == 0 and told.certain


def test_the_same_text_twice_is_one_story() -> None:
    found = find_stories([make_reading("a.txt", FLOOD[0]), make_reading("b.txt", FLOOD[0])])
    assert sources(found) == [{"a.txt", "b.txt"}]


def test_traits_have_their_places() -> None:
    traits = find_traits(make_reading("a.txt", "On 3 May 2024 sixty-three men left Port Sabel. ABBA sang; May I? No."))
    assert set(traits.places["time"]) == {"3 may", "may", "2024"} and traits.year == 2024 and traits.day == 0
    assert {"63", "63 men"} <= set(traits.places["number"])
    assert {"port", "sabel", "abba"} <= set(traits.places["name"])
    assert traits.places["number"]["63 men"] == [(14, 29)]


def test_a_fraction_is_a_number() -> None:
    traits = find_traits(make_reading("a.txt", "It took 3 ½ hours and a ½ mile."))
    assert "1⁄2 mile" in traits.places["number"]


def test_linkage_by_hand() -> None:
    """0 and 1 at .9; 2 with them at (.6 + .4) / 2; 3 with nobody."""
    scores = np.array([[1, 0.9, 0.6, 0], [0.9, 1, 0.4, 0], [0.6, 0.4, 1, 0], [0, 0, 0, 1]], dtype=np.float64)
    assert link(scores, 0.5) == [(0, 1), (0, 2)]
    assert link(scores, 0.51) == [(0, 1)]
    assert link(scores, 0.91) == []


def test_what_is_near_to_one_group_alone_joins_it() -> None:
    scores = np.eye(5, dtype=np.float32)
    for one, other, value in ((0, 1, 0.9), (2, 3, 0.9), (0, 4, 0.3), (1, 4, 0.3)):
        scores[one, other] = scores[other, one] = value
    together, joined = group_texts(scores)
    assert together.tolist() == [0, 0, 2, 2, 4] and joined.tolist() == [0, 0, 2, 2, 0]
    scores[2, 4] = scores[4, 2] = scores[3, 4] = scores[4, 3] = 0.29
    assert group_texts(scores)[1].tolist() == [0, 0, 2, 2, 4]


@settings(deadline=None)
@given(st.integers(2, 12), st.integers(0, 10_000))
def test_linkage_is_that_of_the_plain_method(size: int, seed: int) -> None:
    """Against the plain method: join the nearest two groups, again and again."""
    values = np.random.default_rng(seed).random((size, size))
    scores = (values + values.T) / 2
    groups = [{at} for at in range(size)]
    while len(groups) > 1:
        means = {
            (a, b): float(scores[np.ix_(sorted(groups[a]), sorted(groups[b]))].mean())
            for a in range(len(groups))
            for b in range(a)
        }
        (a, b), best = max(means.items(), key=lambda item: item[1])
        if best < 0.55:
            break
        groups[b] |= groups.pop(a)
    found = {at: {at} for at in range(size)}
    for first, second in link(scores, 0.55):
        joined = found[first] | found[second]
        found |= dict.fromkeys(joined, joined)
    assert sorted(map(sorted, groups)) == sorted(
        {tuple(sorted(group)): sorted(group) for group in found.values()}.values()
    )


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_order_does_not_matter(order: list[int]) -> None:
    folder = make_folder()
    assert find_stories([folder[at] for at in order]) == find_stories(folder)


@settings(max_examples=25, deadline=None)
@given(st.lists(readings(), max_size=4, unique_by=lambda reading: reading.article.id))
def test_any_readings_in_any_order(held: list[Reading]) -> None:
    found = find_stories(held)
    assert len(found.told) == len(held) and find_stories(held[::-1]) == found
    for told in found.told:
        assert 0 <= told.other <= 1 and (told.score is None) == (told.story is None)


_STRANGE = st.text("bcdfgklmnprtvz", min_size=6, max_size=9)


@settings(max_examples=30, deadline=None)
@given(st.lists(_STRANGE, min_size=5, max_size=40, unique=True))
def test_a_text_that_shares_nothing_stays_out(words: list[str]) -> None:
    text = " ".join(words).capitalize() + "."
    found = find_stories([*make_folder(), make_reading("strange.txt", text)])
    assert "strange.txt" in {told.source for told in found.alone}
    assert sources(found)[0] == {"flood-0.txt", "flood-1.txt", "flood-2.txt"}


def test_what_is_measured_is_symmetric_and_bounded() -> None:
    for name, values in measure_pairs([find_traits(reading) for reading in make_folder()]):
        assert np.array_equal(values, values.T), name
        assert values.min() >= 0 and values.max() <= 1.0001, name


def test_b_cubed_by_hand() -> None:
    """a, b and one of c in a group; the other c alone: precision (1/3 * 3 + 1) / 4, recall (1 + 1 + .5 + .5) / 4."""
    p, r, f1 = measure_b_cubed(["x", "x", "x", "y"], ["a", "b", "c", "c"])
    assert (p, r) == (0.5, 0.75) and f1 == pytest.approx(0.6)
    assert b_cubed(["x", "x"], ["a", "a"]) == {"p": 1.0, "r": 1.0, "f1": 1.0, "interval": [1.0, 1.0]}


def test_the_plain_baseline_joins_what_shares_rare_words() -> None:
    groups = tf_idf(
        [*FLOOD[:2], OPERA, *[f"plain {word} of another matter" for word in ("hen", "cow", "pig", "cat")]], 0.3
    )
    assert groups[0] == groups[1] != groups[2]


@pytest.mark.models
def test_the_shipped_example_is_one_story() -> None:
    from closeread import read, read_text

    folder = Path(__file__).parents[1] / "examples" / "harbour"
    harbour = [read(path) for path in sorted(folder.iterdir()) if path.suffix != ".yaml"]
    found = find_stories(harbour)
    assert [len(story.articles) for story in found.stories] == [6] and not found.alone
    actors = {each.words: each.texts for each in found.stories[0].evidence if each.kind == "actor"}
    assert actors["Ilka Maret"] >= 5
    mixed = find_stories([read_text(OPERA), *harbour])
    assert [len(story.articles) for story in mixed.stories] == [6] and len(mixed.alone) == 1
