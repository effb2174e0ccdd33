"""The scorer against cases small enough to count by hand; each comment holds the counting."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.attribution_scores import (
    Attributed,
    Range,
    Sets,
    Tally,
    Tokens,
    add,
    find_double_marks,
    match,
    score_article,
)


def at(text: str, words: str, nth: int = 1) -> Range:
    """The range of the nth occurrence of some words in a text."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start, start + len(words)


def said(text: str, *contents: str, sources: tuple[str, ...] = (), cue: str | None = None) -> Attributed:
    return Attributed(
        contents=tuple(at(text, content) for content in contents),
        sources=tuple(at(text, source) for source in sources),
        cue=(at(text, cue),) if cue else (),
    )


def sets(content: set[int], source: set[int], *, confidence: float = 0.0) -> Sets:
    return Sets((frozenset(content),), frozenset(source), frozenset(), "indirect", confidence)


PLAIN = "Ann Lee said that the bridge was closed. Bob agreed."


def test_the_same_spans_score_full_marks() -> None:
    gold = [said(PLAIN, "that the bridge was closed", sources=("Ann Lee",), cue="said")]
    tallies = score_article(PLAIN, gold, gold)
    assert tallies["source.exact"] == Tally(1, 1, 1, 1)
    assert tallies["cue.exact"] == Tally(1, 1, 1, 1)
    assert tallies["content.exact"] == Tally(1, 1, 1, 1)
    # that, the, bridge, was, closed: five words on each side
    assert tallies["content.overlap"] == Tally(5, 5, 5, 5)
    assert tallies["attribution"] == Tally(1, 1, 1, 1)


def test_marks_and_border_punctuation_do_not_count() -> None:
    text = "“The bridge is shut,” Ann said."
    gold = [said(text, "“The bridge is shut,”")]
    predicted = [said(text, "The bridge is shut")]
    assert score_article(text, predicted, gold)["by_mode.direct.content.exact"] == Tally(1, 1, 1, 1)


def test_one_word_too_many_is_not_exact_but_overlaps() -> None:
    # predicted: the bridge was closed (4 words), gold: that the bridge was closed (5); 4 shared
    tallies = score_article(PLAIN, [said(PLAIN, "the bridge was closed")], [said(PLAIN, "that the bridge was closed")])
    assert tallies["content.exact"] == Tally(1, 0, 1, 0)
    assert tallies["content.overlap"] == Tally(4, 4, 5, 4)


def test_a_discontinuous_content_counts_fragment_by_fragment() -> None:
    text = "The bridge, Ann said, was closed on Monday."
    gold = [said(text, "The bridge", "was closed on Monday", sources=("Ann",))]
    predicted = [said(text, "was closed on Monday", sources=("Ann",))]
    tallies = score_article(text, predicted, gold)
    # fragments: 1 predicted, which is one of the 2 in gold
    assert tallies["content.exact"] == Tally(1, 1, 2, 1)
    # words: was closed on Monday = 4, of 6 in gold
    assert tallies["content.overlap"] == Tally(4, 4, 6, 4)
    # whole attribution: 4 of 6 words is an overlap of .67
    assert tallies["attribution"] == Tally(1, 1, 1, 1)


def test_a_split_quotation_is_two_fragments() -> None:
    text = "“We wait,” Ann said, “for rain.”"
    gold = [said(text, "“We wait,”", "“for rain.”", sources=("Ann",), cue="said")]
    predicted = [said(text, text, sources=("Ann",), cue="said")]
    tallies = score_article(text, predicted, gold)
    # one predicted fragment of 6 words (mixed: `Ann said` stands outside the marks), equal to none of the two in gold
    assert tallies["content.exact"] == Tally(1, 0, 2, 0)
    assert tallies["by_mode.mixed.content.exact"] == Tally(1, 0, 0, 0)
    assert tallies["by_mode.direct.content.exact"] == Tally(0, 0, 2, 0)
    # 4 of the 6 predicted words are in gold; all 4 direct words of gold are in the prediction
    assert tallies["by_mode.mixed.content.overlap"] == Tally(6, 4, 0, 0)
    assert tallies["by_mode.direct.content.overlap"] == Tally(0, 0, 4, 4)


def test_ranges_with_no_word_between_them_are_one_fragment() -> None:
    text = "“We wait. It rains,” Ann said."
    gold = [said(text, "“We wait.", "It rains,”")]
    predicted = [said(text, "“We wait. It rains,”")]
    assert score_article(text, predicted, gold)["content.exact"] == Tally(1, 1, 1, 1)


def test_fragments_are_counted_once_per_article() -> None:
    # nested: Bob says what Ann said; both attributions in gold share one content fragment
    text = "Bob says Ann says it rains."
    gold = [said(text, "it rains", sources=("Ann",)), said(text, "it rains", sources=("Bob",))]
    tallies = score_article(text, [said(text, "it rains", sources=("Ann",))], gold)
    assert tallies["content.exact"] == Tally(1, 1, 1, 1)
    # but they are two attributions, and one prediction finds one of them
    assert tallies["attribution"] == Tally(1, 1, 2, 1)


def test_the_same_words_at_another_place_are_another_span() -> None:
    text = "Ann left. Ann came."
    tallies = score_article(
        text,
        [Attributed(contents=(at(text, "came"),), sources=(at(text, "Ann", 1),))],
        [Attributed(contents=(at(text, "came"),), sources=(at(text, "Ann", 2),))],
    )
    assert tallies["source.exact"] == Tally(1, 0, 1, 0)
    assert tallies["attribution"] == Tally(1, 0, 1, 0)


@pytest.mark.parametrize(
    ("text", "content", "mode"),
    [
        ("“All of it,” Ann said.", "“All of it,”", "direct"),
        ('"All of it," Ann said.', '"All of it,"', "direct"),
        ("Ann said it was “all of it”.", "it was “all of it”", "mixed"),
        ("Ann said it was all of it.", "it was all of it", "indirect"),
        # two straight single marks in a row are one double mark
        ("''All of it,'' Ann said.", "''All of it,''", "direct"),
        # single marks are no double marks
        ("‘All of it,’ Ann said.", "‘All of it,’", "indirect"),
        # left open: runs to the end of its line, which takes in all three words
        ("Ann: “all of it\nNot this.", "all of it", "direct"),
        ("Ann: “all of it\nNot this.", "Not this", "indirect"),
        # two words before the line's end are in the open mark, two after it are not
        ("Ann: “of it\nnot this.", "of it\nnot this", "mixed"),
        # a straight mark left open ends with its line and does not turn the next line inside out
        ('Ann: "of it\nBob: "not this" he said', "not this", "direct"),
        ('Ann: "of it\nBob: "not this" he said', "he said", "indirect"),
    ],
)
def test_the_mode_is_told_by_the_words_inside_double_marks(text: str, content: str, mode: str) -> None:
    gold = [said(text, content)]
    names = {name for name in score_article(text, gold, gold) if name.endswith("content.exact")}
    assert names == {"content.exact", f"by_mode.{mode}.content.exact"}


def test_a_closing_mark_that_was_never_opened_opens_nothing() -> None:
    assert find_double_marks("never opened” and “this”") == [(19, 23)]


def test_several_sources_of_one_attribution_are_one_set() -> None:
    text = "Ann and Bob said it rains."
    gold = [said(text, "it rains", sources=("Ann", "Bob"))]
    # predicted as one phrase: Ann and Bob (3 words) is not {Ann, Bob} (2 words), but they overlap
    phrase = score_article(text, [said(text, "it rains", sources=("Ann and Bob",))], gold)
    assert phrase["source.exact"] == Tally(1, 0, 1, 0)
    assert phrase["attribution"] == Tally(1, 1, 1, 1)
    # predicted in the other order: the same set
    parts = score_article(text, [said(text, "it rains", sources=("Bob", "Ann"))], gold)
    assert parts["source.exact"] == Tally(1, 1, 1, 1)


def test_both_sources_absent_match_and_one_absent_does_not() -> None:
    text = "It was said that it rains, Ann noted."
    absent = said(text, "that it rains")
    present = said(text, "that it rains", sources=("Ann",))
    assert score_article(text, [absent], [absent])["attribution"] == Tally(1, 1, 1, 1)
    assert score_article(text, [present], [absent])["attribution"] == Tally(1, 0, 1, 0)
    assert score_article(text, [absent], [present])["attribution"] == Tally(1, 0, 1, 0)
    # an absent source is no span: nothing to be right or wrong about
    assert "source.exact" not in score_article(text, [absent], [absent])


def test_an_overlap_of_half_is_enough_and_less_is_not() -> None:
    # union 4 words: 2 shared is .5, a match; 1 shared of 4 is .25, none
    text = "one two three four"
    half = score_article(text, [said(text, "one two")], [said(text, text)])
    quarter = score_article(text, [said(text, "one")], [said(text, text)])
    assert half["attribution"].right == 1
    assert quarter["attribution"].right == 0


def test_the_matching_is_optimal_and_not_greedy() -> None:
    # The first prediction fits gold 0 (1.0) and gold 1 (.5); the second fits gold 0 only (.5).
    # Greedy gives gold 0 to the first and leaves the second without; the largest matching holds both.
    predicted = [sets({1, 2, 3, 4}, {9}), sets({3, 4}, {9})]
    gold = [sets({1, 2, 3, 4}, {9}), sets({1, 2}, {9})]
    assert match(predicted, gold) == {0: 1, 1: 0}


def test_where_not_all_can_be_matched_the_more_confident_one_is() -> None:
    predicted = [sets({1, 2}, {9}, confidence=0.2), sets({1, 2}, {9}, confidence=0.8)]
    assert match(predicted, [sets({1, 2}, {9})]) == {1: 0}


@given(st.randoms(use_true_random=False))
def test_no_other_matching_is_larger(rng: random.Random) -> None:
    """Against every assignment of up to four predictions to up to four gold attributions."""
    predicted = [sets(set(rng.sample(range(6), 3)), {9}) for _ in range(rng.randint(1, 4))]
    gold = [sets(set(rng.sample(range(6), 3)), {9}) for _ in range(rng.randint(1, 4))]
    slots = [*range(len(gold)), *[None] * len(predicted)]
    largest = max(
        sum(
            slot is not None and len(one.content & gold[slot].content) * 2 >= len(one.content | gold[slot].content)
            for one, slot in zip(predicted, order, strict=True)
        )
        for order in permutations(slots, len(predicted))
    )
    pairs = match(predicted, gold)
    assert len(pairs) == len(set(pairs.values())) == largest


SPOKEN = "“It rains,” Ann said. “It pours,” said Bob. Eve denied that it did."


def test_speaker_of_direct_speech_end_to_end() -> None:
    gold = [
        said(SPOKEN, "“It rains,”", sources=("Ann",)),
        said(SPOKEN, "“It pours,”", sources=("Bob",)),
        said(SPOKEN, "that it did", sources=("Eve",)),
    ]
    predicted = [
        said(SPOKEN, "“It rains,”", sources=("Ann",)),
        said(SPOKEN, "“It pours,”", sources=("Ann",)),
    ]
    # asked: the two direct ones; right: the first; Eve's is indirect and not asked for
    assert score_article(SPOKEN, predicted, gold)["speaker_direct"] == Tally(gold=2, found=1)


def test_speaker_is_judged_by_the_best_overlapping_prediction_alone() -> None:
    gold = [said(SPOKEN, "“It rains,”", sources=("Ann",))]
    predicted = [
        # shares one word and names Ann; the next shares both words and names Bob: the next is judged, wrong
        said(SPOKEN, "“It", sources=("Ann",)),
        said(SPOKEN, "“It rains,”", sources=("Bob",)),
    ]
    assert score_article(SPOKEN, predicted, gold)["speaker_direct"] == Tally(gold=1, found=0)
    # a prediction elsewhere that names Ann does not help either
    elsewhere = [said(SPOKEN, "that it did", sources=("Ann",))]
    assert score_article(SPOKEN, elsewhere, gold)["speaker_direct"] == Tally(gold=1, found=0)


def test_direct_speech_without_a_source_is_not_asked_for() -> None:
    gold = [said(SPOKEN, "“It rains,”")]
    assert "speaker_direct" not in score_article(SPOKEN, gold, gold)


def test_quoted_words() -> None:
    # words in marks: It rains It pours = 4; in gold contents: It rains (2); predicted: rains It pours (3); shared: 1
    gold = [said(SPOKEN, "“It rains,”")]
    predicted = [said(SPOKEN, "rains,” Ann said. “It pours")]
    assert score_article(SPOKEN, predicted, gold)["quoted_words"] == Tally(3, 1, 2, 1)


def test_an_offset_inside_a_word_takes_the_whole_word() -> None:
    text = "He’s said it rains."
    gold = [Attributed(contents=(at(text, "it rains"),), sources=(at(text, "He"),), cue=(at(text, "’s said"),))]
    predicted = [Attributed(contents=(at(text, "it rains"),), sources=(at(text, "He’s"),), cue=(at(text, "said"),))]
    tallies = score_article(text, predicted, gold)
    # the source is {He’s} on both sides; the cue is {He’s, said} in gold and {said} in the prediction
    assert tallies["source.exact"] == Tally(1, 1, 1, 1)
    assert tallies["cue.exact"] == Tally(1, 0, 1, 0)


def test_signs_are_words_and_dashes_are_not() -> None:
    tokens = Tokens("$5 — 3% of U.S. well-being")
    # $, 5, 3, %, of, U.S, well-being
    assert len(tokens.of([(0, 99)])) == 7


def test_an_attribution_without_a_word_of_content_is_left_out() -> None:
    text = "Ann said “—”."
    assert score_article(text, [said(text, "“—”", sources=("Ann",))], []) == {}


def test_certain_and_bins_of_confidence() -> None:
    text = "Ann said it rains. Bob said it pours. Eve said it snows."
    gold = [said(text, f"it {word}", sources=(who,)) for who, word in [("Ann", "rains"), ("Bob", "pours")]]
    sure, unsure = {"confidence": 0.95, "certain": True}, {"confidence": 0.5}
    spans = [((at(text, "it rains"),), (at(text, "Ann"),)), ((at(text, "it pours"),), (at(text, "Bob"),))]
    wrong = ((at(text, "it snows"),), (at(text, "Eve"),))
    predicted = [
        Attributed(*spans[0], (), **sure),  # type: ignore[arg-type]
        Attributed(*spans[1], (), **unsure),  # type: ignore[arg-type]
        Attributed(*wrong, (), **sure),  # type: ignore[arg-type]
    ]
    tallies = score_article(text, predicted, gold)
    # certain: two, one of them right; of the two in gold, it covers one
    assert tallies["certain"] == Tally(2, 1, 2, 1)
    assert tallies["confidence.9"] == Tally(predicted=2, right=1)
    assert tallies["confidence.5"] == Tally(predicted=1, right=1)


def test_tallies_of_articles_are_added_before_anything_is_divided() -> None:
    one, other = {"cue.exact": Tally(1, 1, 2, 1)}, {"cue.exact": Tally(3, 0, 0, 0), "source.exact": Tally(1, 1, 1, 1)}
    assert add([one, other]) == {"cue.exact": Tally(4, 1, 2, 1), "source.exact": Tally(1, 1, 1, 1)}
