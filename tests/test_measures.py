"""Sourcing, prominence and the sentences, against a reading counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from closeread.findings import Actor, Attribution, Enumeration, Item, Mention, Naming, Reading, ScareQuote
from closeread.measures import count_voices, list_tallies, prominence, sourcing, total
from closeread.report.sentences import sentences
from tests.generated_readings import readings
from tests.hand_parsed import VERSIONS, make_article, make_attribution

# Body: 40 code points in the first paragraph, 60 in the second; 3 + 8 + 11 words in all.
FIRST = "“We stay,” said Ann Lee. “We are late.” "
SECOND = "Iran, Iraq and Oman met two officials who said it “rained”. "
TEXT = f"Iran meets Oman\n\n{FIRST}\n\n{SECOND}"
ARTICLE = replace(make_article(TEXT, "headline"), completeness="complete")


def _place(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def _attribution(
    number: int,
    contents: tuple[tuple[int, int], ...],
    source: tuple[int, int] | None,
    speaker: str | None,
    naming: Naming,
    *,
    words: tuple[int, int],
    certain: bool = False,
) -> Attribution:
    plain = make_attribution(ARTICLE, *contents, number=number, source=source)
    return replace(
        plain, speaker=speaker, naming=naming, quoted_words=words[0], reported_words=words[1], certain=certain
    )


def _actor(number: int, name: str, *places: tuple[tuple[int, int], str]) -> Actor:
    mentions = tuple(Mention(*place, name, "full-name", voice) for place, voice in places)  # type: ignore[arg-type]
    shares = [share for m in mentions if (share := ARTICLE.share_before(m.start)) is not None]
    return Actor(
        id=f"a{number}",
        name=name,
        kind="country",
        mentions=mentions,
        first_mention=min(shares, default=None),
        in_headline=False,
        in_lead=False,
        in_last_paragraph=False,
        rule="actors.name",
    )


ANN = _actor(3, "Ann Lee", (_place("Ann Lee"), "own"))
IRAN = _actor(1, "Iran", (_place("Iran"), "own"), (_place("Iran", 1), "own"))
OMAN = _actor(2, "Oman", (_place("Oman"), "own"), (_place("Oman", 1), "reported"))
IRAQ = _actor(4, "Iraq", (_place("Iraq"), "quoted"))
LIST = Enumeration(
    "e1",
    ARTICLE.span(_place("Iran", 1)[0], _place("Oman", 1)[1]),
    (
        Item(*_place("Iran", 1), "Iran", 1, "a1"),
        Item(*_place("Iraq"), "Iraq", 2, "a4"),
        Item(*_place("Oman", 1), "Oman", 3, "a2"),
    ),
    "enumerations.coordination",
)
SPOKEN = (
    _attribution(
        1,
        (_place("“We stay,”"), _place("“We are late.”")),
        _place("Ann Lee"),
        "a3",
        "named",
        words=(5, 0),
        certain=True,
    ),
    _attribution(2, (_place("it “rained”"),), _place("two officials"), None, "anonymous", words=(1, 1)),
)
SCARE = (
    ScareQuote("s1", "attributed-fragment", ARTICLE.span(*_place("“rained”")), "q2", "scare-quotes.in-attribution"),
)
READING = Reading(ARTICLE, SPOKEN, SCARE, (IRAN, OMAN, ANN, IRAQ), (LIST,), (), VERSIONS)
EMPTY = Reading(ARTICLE, (), (), (), (), (), VERSIONS)


def test_the_fixture_is_as_counted() -> None:
    assert ARTICLE.body_length == 100
    assert [zone.end - zone.start for zone in ARTICLE.body] == [40, 60]


def test_sourcing_rows() -> None:
    ann, officials = sourcing(READING)
    assert (ann.name, ann.actor, ann.naming, ann.attributions) == ("Ann Lee", "a3", "named", ("q1",))
    assert (ann.certain, ann.possible, ann.quoted_words, ann.reported_words) == (1, 0, 5, 0)
    assert ann.share == pytest.approx(5 / 6)
    assert ann.first == 0
    assert [place.text for place in ann.places] == ["“We stay,”"]
    assert (officials.name, officials.actor, officials.naming) == ("two officials", None, "anonymous")
    assert (officials.certain, officials.possible, officials.quoted_words, officials.reported_words) == (0, 1, 1, 1)
    assert officials.share == pytest.approx(1 / 6)
    assert officials.first == pytest.approx((40 + SECOND.index("it “")) / 100)


def test_a_speaker_of_two_attributions_has_one_row() -> None:
    second = replace(SPOKEN[1], speaker="a3", naming="pronoun")
    (row,) = sourcing(replace(READING, attributions=(SPOKEN[0], second)))
    assert (row.naming, row.attributions, row.quoted_words, row.share) == ("named", ("q1", "q2"), 6, 1)


def test_descriptions_differ_only_by_article_and_case() -> None:
    text = "The Mayor said it. A. the mayor said so. B."
    article = make_article(text)
    spoken = tuple(
        replace(make_attribution(article, (at + 10, at + 18), number=n, source=(at, at + 9)), naming="described")
        for n, at in ((1, 0), (2, 22))
    )
    (row,) = sourcing(Reading(article, spoken, (), (), (), (), VERSIONS))
    assert (row.name, row.attributions) == ("The Mayor", ("q1", "q2"))


def test_unknown_sources_stand_apart_from_stated_ones() -> None:
    spoken = (
        replace(SPOKEN[0], speaker=None, naming="pronoun"),
        replace(SPOKEN[1], sources=(), naming="none"),
    )
    assert [row.name for row in sourcing(replace(READING, attributions=spoken))] == ["unknown", "no source found"]


def test_no_share_where_nothing_is_quoted() -> None:
    spoken = tuple(replace(a, quoted_words=0) for a in SPOKEN)
    assert [row.share for row in sourcing(replace(READING, attributions=spoken))] == [None, None]


def test_prominence_rows() -> None:
    rows = {row.actor.name: row for row in prominence(READING)}
    assert list(rows) == ["Iran", "Oman", "Ann Lee", "Iraq"]
    assert [row.mentions for row in rows.values()] == [2, 2, 1, 1]
    assert [row.share for row in rows.values()] == [pytest.approx(n / 6) for n in (2, 2, 1, 1)]
    assert [row.ranks for row in rows.values()] == [("1/3",), ("3/3",), (), ("2/3",)]
    assert [row.quoted_words for row in rows.values()] == [0, 0, 5, 0]
    assert rows["Oman"].voices == {"own": 1, "quoted": 0, "reported": 1}
    assert count_voices(IRAQ) == {"own": 0, "quoted": 1, "reported": 0}


def test_the_shares_of_mentions_and_of_quoted_words_add_up() -> None:
    assert sum(row.share for row in prominence(READING)) == pytest.approx(1)
    assert sum(row.share or 0 for row in sourcing(READING)) == pytest.approx(1)


def test_the_sentences() -> None:
    assert [str(sentence) for sentence in sentences(READING)] == [
        "2 sources speak: 1 named, 0 described, 1 anonymous.",
        "6 of 22 words (27 %) are quoted: Ann Lee 83 %, two officials 17 %; 1 (5 %) is reported, "
        "15 (68 %) are in the own voice of the text.",
        "Of 4 named actors, first come Ann Lee at 16 %, Iran at 40 %, Iraq at 46 % of the way through the body; "
        "last comes Oman at 55 %.",
        "No statement in own voice was found.",
        "No two places were found that cannot both hold.",
        "Nothing of headline or lead could be compared with the body.",
        "No event clause was found in this text.",
        "No words were found loaded.",
        "1 short stretch stands in quotation marks without being a quotation of a whole statement: "
        "1 attributed to somebody, 0 attributed to nobody, 0 titles or terms.",
        "The text looks complete; of 2 attributions 1 is certain and 1 possible.",
    ]


def test_the_sentences_about_nothing() -> None:
    assert [str(sentence) for sentence in sentences(EMPTY)] == [
        "No source was found speaking in this text.",
        "None of the 22 words stand in a quotation.",
        "No actor is named in the body of this text.",
        "No statement in own voice was found.",
        "No two places were found that cannot both hold.",
        "Nothing of headline or lead could be compared with the body.",
        "No event clause was found in this text.",
        "No words were found loaded.",
        "No words stand in scare quotes.",
        "The text looks complete; of 0 attributions 0 are certain and 0 possible.",
    ]


def test_every_figure_leads_to_its_places() -> None:
    """A count above nothing has as many places as it says, and each place is in the text."""
    for sentence in sentences(READING):
        for part in sentence.parts:
            assert all(TEXT[place.start : place.end] == place.text for place in part.places)
    sources, *_, scare, certainty = (sentence.parts for sentence in sentences(READING))
    assert [len(part.places) for part in sources if part.text[0].isdigit()] == [2, 1, 0, 1]
    assert [len(part.places) for part in scare if part.text[0].isdigit()] == [1, 1, 0, 0]
    assert [len(part.places) for part in certainty if part.text.endswith(("certain", "possible"))] == [1, 1]


def test_topics_stand_in_the_order_of_the_page() -> None:
    topics = ["sources", "quotations", "actors", "support", "contradictions", "headline"]
    topics += ["actions", "words", "scare-quotes", "certainty"]
    assert [sentence.topic for sentence in sentences(READING)] == topics


def test_totals() -> None:
    totals = total(READING)
    assert (totals.words, totals.quoted_words, totals.reported_words, totals.own_words) == (22, 6, 1, 15)
    assert {naming: tally.attributions for naming, tally in totals.namings.items()} == {
        **{"named": 1, "described": 0, "anonymous": 1, "pronoun": 0, "none": 0}
    }
    assert totals.namings["named"].share == pytest.approx(5 / 7)
    assert (totals.namings["anonymous"].quoted_words, totals.namings["anonymous"].reported_words) == (1, 1)
    assert (totals.kinds["unknown"].attributions, totals.negated.attributions, totals.negated_words) == (2, 0, 0)


def test_thoughts_and_stances_are_counted_with_their_places() -> None:
    spoken = (replace(SPOKEN[0], kind="speech", stance="doubting"), replace(SPOKEN[1], kind="thought"))
    reading = replace(READING, attributions=spoken)
    totals = total(reading)
    assert (totals.kinds["thought"].quoted_words, totals.kinds["thought"].reported_words) == (1, 1)
    assert [place.text for place in totals.stances["doubting"].places] == ["“We stay,”"]
    ann, officials = sourcing(reading)
    assert (ann.kinds["speech"], ann.kinds["thought"], ann.stances["doubting"]) == (1, 0, 1)
    assert (officials.kinds["thought"], officials.stances["neutral"]) == (1, 1)


def test_what_was_not_said_counts_for_nobody() -> None:
    reading = replace(READING, attributions=(replace(SPOKEN[0], negated=True), SPOKEN[1]))
    officials, ann = sourcing(reading)
    assert (ann.negated, ann.quoted_words, ann.share, ann.first, ann.is_told) == (1, 0, 0, None, False)
    assert (officials.share, officials.is_told) == (1, True)
    totals = total(reading)
    assert (totals.quoted_words, totals.reported_words, totals.negated_words, totals.own_words) == (1, 1, 5, 15)
    assert (totals.negated.attributions, totals.negated.quoted_words, totals.negated.share) == (1, 5, None)
    assert totals.namings["named"].attributions == 0
    assert [row.quoted_words for row in prominence(reading)] == [0, 0, 0, 0]
    assert [str(sentence) for sentence in sentences(reading)][:2] == [
        "1 source speaks: 0 named, 0 described, 1 anonymous.",
        "1 of 22 words (5 %) are quoted: two officials 100 %; 1 (5 %) is reported, 5 are given as not said, "
        "15 (68 %) are in the own voice of the text.",
    ]


def test_a_nested_denial_is_part_of_what_holds_it() -> None:
    """Ann says that two officials did not say something: the words of that are hers."""
    inner = replace(SPOKEN[1], within="q1", negated=True)
    ann, officials = sourcing(replace(READING, attributions=(SPOKEN[0], inner)))
    assert (ann.quoted_words, ann.reported_words) == (6, 1)
    assert (officials.quoted_words, officials.reported_words, officials.negated) == (0, 0, 1)
    assert total(replace(READING, attributions=(SPOKEN[0], inner))).negated_words == 0


def test_what_stands_inside_something_not_said_was_not_said_either() -> None:
    outer = replace(SPOKEN[0], negated=True)
    reading = replace(READING, attributions=(outer, replace(SPOKEN[1], within="q1")))
    assert [row.negated for row in sourcing(reading)] == [1, 1]
    assert (total(reading).negated_words, total(reading).nested.attributions) == (7, 0)


def test_a_nested_attribution_shows_who_holds_it() -> None:
    reading = replace(READING, attributions=(SPOKEN[0], replace(SPOKEN[1], within="q1")))
    ann, officials = sourcing(reading)
    assert (officials.nested, officials.held_by, ann.nested, ann.held_by) == (1, ("Ann Lee",), 0, ())
    assert (total(reading).nested.attributions, total(reading).nested.quoted_words) == (1, 1)


@given(readings())
def test_every_word_has_one_voice_and_every_attribution_one_place_in_each_group(reading: Reading) -> None:
    totals, rows = total(reading), sourcing(reading)
    words = sum(a.quoted_words + a.reported_words for a in reading.attributions)
    assert totals.quoted_words + totals.reported_words + totals.negated_words == words
    assert sum(row.quoted_words for row in rows) == totals.quoted_words
    assert sum(row.reported_words for row in rows) == totals.reported_words
    assert sum(row.negated for row in rows) == totals.negated.attributions
    for group, tallies in list_tallies(totals)[:3]:
        sums = [(tally.attributions, tally.quoted_words) for tally in tallies.values()]
        assert sum(one for one, _ in sums) + totals.negated.attributions == len(reading.attributions), group
        assert sum(one for _, one in sums) == totals.quoted_words


@pytest.mark.parametrize("rest", [1, 3])
def test_the_fourth_speaker_and_beyond_are_others(rest: int) -> None:
    spoken = tuple(
        replace(
            make_attribution(ARTICLE, (20 + 3 * n, 22 + 3 * n), number=n, source=(3 * n, 3 * n + 2)),
            naming="described",
            quoted_words=10,
        )
        for n in range(3 + rest)
    )
    words = str(sentences(replace(READING, attributions=spoken))[1])
    assert f"{rest} other{'s' if rest > 1 else ''} {10 * rest / (10 * (3 + rest)):.0%}".replace("%", " %") in words
