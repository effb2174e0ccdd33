"""The evaluators of loaded language, on cases counted by hand."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from evals.babe import macro_f1
from evals.babe_corpus import FILE, Judged, load_babe, match_words
from evals.basil import score_phrases
from evals.basil_corpus import load_basil, to_words
from evals.calibration_plot import draw
from evals.loaded_words import Lexicon, Words, bin_by_tenth, learn_lexicon, score_words, to_flags, weigh
from evals.polnear_corpus import CorpusError

HEAD = "\ufefftext;news_link;outlet;topic;type;label_bias;label_opinion;biased_words;split\n"


@pytest.mark.parametrize(
    ("text", "entries", "words"),
    [
        ("A vile, vile plan.", ["vile"], [1, 2]),
        ("A Vile plan.", ["vile"], [1]),
        ("A vileness.", ["vile"], []),
        ("It was sheer  folly then.", ["sheer folly"], [2, 3]),
        ("A far-fetched plan.", ["far-fetched"], [1]),
        ("A far-fetched plan.", ["fetched"], [1]),
        ("A plan.", [], []),
    ],
)
def test_words_that_people_marked(text: str, entries: list[str], words: list[int]) -> None:
    assert sorted(set(match_words(text, entries))) == words


def test_rows_of_babe(tmp_path: Path) -> None:
    rows = (
        "A vile plan.;https://example.org/1;Gazette;t;left;Biased;o;\"['“vile”']\";train\n"
        "A plan.;https://example.org/2;Gazette;t;left;No agreement;o;[];train\n"
        "A road.;https://example.org/3;Gazette;t;left;Non-biased;o;[];gate\n"
    )
    (tmp_path / FILE).write_text(HEAD + rows, encoding="utf-8")
    train = load_babe(tmp_path, "train")
    assert [(each.biased, each.loaded) for each in train] == [(True, frozenset({1})), (None, frozenset())]
    assert [each.text for each in load_babe(tmp_path, "gate")] == ["A road."]
    with pytest.raises(CorpusError, match="no rows of the split 'dev'"):
        load_babe(tmp_path, "dev")
    with pytest.raises(CorpusError, match="missing"):
        load_babe(tmp_path / "other", "gate")


def test_sentences_of_one_article_are_held_out_together() -> None:
    articles = [f"https://example.org/{number}" for number in range(400)]
    held = [Judged(text, link, "", None, frozenset()).held_out for link in articles for text in "ab"]
    assert held[::2] == held[1::2]
    assert 0.1 < sum(held) / len(held) < 0.2


def test_macro_f1() -> None:
    gold = np.array([True, True, True, False])
    assert macro_f1(gold, gold) == 1.0
    # biased: 2 right of 2 called and 3 gold, F1 .8; not biased: 1 right of 2 called and 1 gold, F1 2/3.
    assert macro_f1(np.array([True, True, False, False]), gold) == pytest.approx((0.8 + 2 / 3) / 2)
    assert macro_f1(np.array([True] * 4), gold) == pytest.approx((6 / 7) / 2)


def test_words_and_chance() -> None:
    one = Words(to_flags([0, 1], 5), to_flags([1], 5))
    other = Words(to_flags([], 5), to_flags([4], 5))
    figures = score_words([one, other])
    assert (figures["p"], figures["r"], figures["f1"]) == (0.5, 0.5, 0.5)
    assert figures["chance"] == {"p": 0.2, "r": 0.2}
    assert (figures["words"], figures["gold"], figures["found"]) == (10, 2, 2)


def test_lexicon() -> None:
    train = [
        Judged("a vile plan", str(number), "", True, frozenset({1})) if number % 2 else
        Judged("a fair plan", str(number), "", False, frozenset())
        for number in range(100)
    ]  # fmt: skip
    weights = weigh(train)
    assert weights["vile"] > 0 > weights["plan"]
    assert weights["plan"] < weights["fair"] < 0  # counted less often
    lexicon = learn_lexicon(train)
    assert lexicon.find("Vile, unheard plan").tolist() == [True, False, False]
    assert Lexicon({}, -5.0).find("vile").tolist() == [False]


def test_bins() -> None:
    table = bin_by_tenth(np.array([0.05, 0.31, 0.39, 1.0]), np.array([False, True, False, True]))
    assert [(row["from"], row["n"], row["right"]) for row in table] == [(0.0, 1, 0.0), (0.3, 2, 0.5), (0.9, 1, 1.0)]
    assert table[1]["stated"] == 0.35


def test_phrases_against_spans() -> None:
    figures = score_phrases([([(0, 4), (10, 14)], [(2, 6), (20, 24), (30, 34)]), ([], [])])
    assert (figures["p"], figures["r"], figures["found"], figures["gold"]) == (0.5, 0.3333, 2, 3)


def test_spans_of_basil(tmp_path: Path) -> None:
    for kind in ("articles", "annotations"):
        (tmp_path / kind / "2017").mkdir(parents=True)
    (tmp_path / "articles" / "2017" / "a_1.json").write_text(
        '{"body-paragraphs": [["One.", "A vile plan."], ["Two."]]}'
    )
    marks = (
        '{"phrase-level-annotations": [{"bias": "lex", "id": "p1", "start": 2, "end": 6},'
        ' {"bias": "inf", "id": "p2", "start": 0, "end": 3}]}'
    )
    (tmp_path / "annotations" / "2017" / "a_1_ann.json").write_text(marks)
    (coded,) = load_basil(tmp_path, ("2017",))
    assert coded.text == "One. A vile plan.\n\nTwo."
    assert [coded.text[slice(*span)] for span in coded.lexical] == ["vile"]
    assert to_words(coded.text, coded.lexical) == {2}
    with pytest.raises(CorpusError, match="no articles of 1999"):
        load_basil(tmp_path, ("1999",))


def test_the_plot_is_drawn_from_the_bins() -> None:
    rows = bin_by_tenth(np.array([0.05, 0.31, 0.39, 1.0]), np.array([False, True, False, True]))
    drawn = ElementTree.fromstring(draw({"Words": rows, "Sentences": rows[:1]}))
    dots = drawn.findall("{http://www.w3.org/2000/svg}circle")
    assert len(dots) == 4
    assert dots[2].get("cy") == "46.0"  # all right: at the top
