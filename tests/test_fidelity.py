"""Quotations held against originals: cases, properties, and single rules on small texts."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from closeread.article import Article, Span, Zone, count_words
from closeread.comparisons.aligning import Index, align
from closeread.comparisons.fidelity import Checker, Fidelity, FidelityKind, check_quotations
from closeread.comparisons.paraphrases import to_stem
from closeread.comparisons.versions import check_versions
from closeread.comparisons.wording import Sentences, find_keys, read_original, read_quotation
from closeread.lexicons.quotation_words import load_limits, load_risk_words, load_spellings
from evals.fidelity import Pair, choose, score_versions
from evals.fidelity_cases import FAITHFUL, FOLDER, FidelityCase, Paragraph, load_cases, run, shows, to_reading
from evals.polnear_corpus import CorpusError

FROZEN: dict[str, str] = {
    "fidelity_blind_baker.txt": "4293a8f42293ddc70fe9f6081db7b015fff853250acd9574ce63802777c39d10",
    "fidelity_blind_bridge.txt": "5338f72005066b435e30f8b37f7df62cd50d914d94c318bed51a9edb11d482b5",
    "fidelity_blind_clinic.txt": "e0d4e0a7322e917fd9c73f134fa88b23db5f1d71bd303c898d11e3080c14ee14",
    "fidelity_blind_fire.txt": "e88f65e2c9d034b5a540a74634ea72c7e71f707d6582b368e6fc6537433c55e8",
    "fidelity_blind_museum.txt": "6c52d412a1c0019efbe5a9107382f8630660387bb267c4bea4a81d5a157bc886",
    "fidelity_blind_reservoir.txt": "4159d70b4b35272b24de5d8acf339a8dc91615cc361eb53699620731fdfe797d",
}
FILES = sorted(FOLDER.glob("fidelity_*.txt"))
CASES = [case for path in FILES for case in load_cases(path)]
# Cases that are still wrong, with what they are called.
KNOWN: dict[str, str] = {
    "fidelity_blind_fire:100": "meaning-at-risk",
    "fidelity_blind_museum:107": "marked-change",
    "fidelity_blind_museum:148": "not-found",
}

WORDS = (
    *("harbour", "pier", "council", "town", "bridge", "ferry", "winter", "repairs"),
    *("school", "water", "engines", "roof", "walls", "fire", "owners"),
)


def article(text: str, source: str = "original") -> Article:
    zones, at = [], 0
    for paragraph in text.split("\n\n"):
        zones.append(Zone(at, at + len(paragraph), paragraph, "body"))
        at += len(paragraph) + 2
    return Article(source, text, tuple(zones), language="en")


def check(quoting: str, *originals: str) -> Fidelity:
    texts = [article(text, f"original{number}") for number, text in enumerate(originals)]
    (finding,) = check_quotations(article(quoting, "quoting"), texts)
    return finding


def kinds(finding: Fidelity) -> list[str]:
    return [difference.kind for difference in finding.differences]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: FidelityCase) -> None:
    finding = run(case)
    assert finding is not None
    assert finding.kind == KNOWN.get(case.name, case.expected)
    if case.name not in KNOWN and case.name.startswith(("fidelity_speeches", "fidelity_exchanges")):
        assert [shown for shown in case.shown if not shows(finding, *shown)] == []


def test_there_are_cases_of_every_class() -> None:
    assert {case.expected for case in CASES} == set(get_args(FidelityKind))
    assert len(CASES) > 180


def test_nothing_altered_is_called_faithful() -> None:
    assert [case.name for case in CASES if case.expected not in FAITHFUL and run(case).kind in FAITHFUL] == []  # type: ignore[union-attr]


@pytest.mark.parametrize("name", FROZEN)
def test_cases_by_others_are_as_they_wrote_them(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == FROZEN[name]


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case.name)
def test_every_place_is_in_its_text(case: FidelityCase) -> None:
    texts = {reading.article.source: reading.article for reading in (case.quoting, *case.originals)}
    finding = run(case)
    assert finding is not None

    def holds(source: str, span: Span | None) -> bool:
        return span is None or texts[source].text[span.start : span.end] == span.text

    assert holds(finding.quoted_in, finding.quotation)
    for piece in finding.pieces:
        assert holds(finding.quoted_in, piece.here) and holds(piece.source, piece.there)
    places = [(risk.here, risk.there) for risk in finding.risks]
    for here, there in (*places, *((difference.here, difference.there) for difference in finding.differences)):
        assert holds(finding.quoted_in, here)
        assert any(holds(reading.article.source, there) for reading in case.originals)
    assert pickle.loads(pickle.dumps(finding)) == finding


sentences = st.lists(
    st.lists(
        st.sampled_from([*WORDS, "Ilka", "it’s", "12", "long-term", "5%", "(so", "called)", "—"]),
        min_size=4,
        max_size=12,
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(sentences, st.data())
def test_a_quotation_cut_out_at_word_borders_is_verbatim(drawn: list[list[str]], data: st.DataObject) -> None:
    text = " ".join(" ".join(["The", *words]) + "." for words in drawn)
    parts = text.split(" ")
    start = data.draw(st.integers(0, len(parts) - 3))
    end = data.draw(st.integers(start + 3, len(parts)))
    cut = " ".join(parts[start:end])
    assume(count_words(cut) >= 3)
    finding = check(f"It said “{cut}” on Monday.", text)
    assert (finding.kind, finding.differences) == ("verbatim", ())
    assert "".join(piece.there.text for piece in finding.pieces) in text


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=5, max_size=25), st.data())
def test_with_one_word_replaced_it_is_not(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:at], data.draw(st.sampled_from(["lighthouse", "not", "Velde", "14"])), *words[at + 1 :]]
    finding = check(f"It said “{' '.join(changed)}” on Monday.", f"We know. {' '.join(words)}. So it is.")
    assert finding.kind not in FAITHFUL | {"marked-change"}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(WORDS), min_size=6, max_size=25))
def test_a_paragraph_elsewhere_changes_nothing(words: list[str]) -> None:
    quoting, text = f"It said “{' '.join(words)}” on Monday.", f"We know. {' '.join(words)}. So it is."
    alone, beside = check(quoting, text), check(quoting, f"{text}\n\nNobody came to the lighthouse.")
    assert (alone.kind, alone.pieces, alone.differences) == (beside.kind, beside.pieces, beside.differences)


def test_a_quotation_has_its_places_in_both_texts() -> None:
    finding = check("She said “the pier [of old] will ... stand” today.", "I know that the pier will, I swear, stand.")
    assert [(d.kind, d.here and d.here.text, d.there and d.there.text) for d in finding.differences] == [
        ("bracketed", "[of old]", None),
        ("ellipsis", "...", "I swear"),
    ]
    assert finding.pieces[0].there.text == "the pier will, I swear, stand"
    assert finding.candidates[0].words == 4


def test_of_several_places_the_least_serious_counts() -> None:
    text = "If the grant comes, we will rebuild the old pier. Hear me. We will rebuild the old pier."
    finding = check("“We will rebuild the old pier,” she said.", text)
    assert finding.kind == "typographic"
    assert [candidate.kind for candidate in finding.candidates] == ["typographic", "meaning-at-risk"]
    assert finding.pieces[0].there.start > finding.candidates[1].place.start


def test_short_quotations_count_beside_others_only() -> None:
    original = article("We will rebuild the old pier in spring. It is folly to wait.")
    quoting = article(
        "“We will rebuild the old pier”, she said; waiting was “folly”.\n\nA “folly” stands in the park.", "q"
    )
    found = check_quotations(quoting, [original])
    assert [(finding.id, finding.quotation.text, finding.rule) for finding in found] == [
        ("f1", "We will rebuild the old pier", "fidelity.same-words"),
        ("f2", "folly", "fidelity.beside"),
    ]


def test_one_text_alone_cannot_be_checked() -> None:
    text = article("“We will rebuild the old pier”, she said.")
    with pytest.raises(ValueError, match="original: no original was given"):
        check_quotations(text, [text])


def test_only_people_can_be_another_speaker() -> None:
    original = to_reading("o", [Paragraph("We will rebuild the old pier in spring.", "Ilka Maret")])
    quoting = to_reading(
        "q", [Paragraph("“We will rebuild the old pier in spring.”", "Harbour Office")], all_marks=True
    )
    assert check_quotations(quoting, [original])[0].kind == "other-speaker"
    actors = tuple(replace(actor, kind="organisation") for actor in quoting.actors)
    (finding,) = check_quotations(replace(quoting, actors=actors), [original])
    assert (finding.kind, finding.speaker, finding.original_speaker) == ("verbatim", "Harbour Office", "Ilka Maret")


def test_a_cut_that_the_text_makes_good_is_no_risk() -> None:
    original = "If the grant comes through, we will rebuild the old pier."
    assert [risk.kind for risk in check("“We will rebuild the old pier,” she said.", original).risks] == ["limit"]
    assert check("“We will rebuild the old pier,” she said, if the grant comes.", original).risks == ()
    assert (
        check(
            "“We will rebuild the old pier”, she said, “if the grant comes through”.".replace("“if", "if"), original
        ).risks
        == ()
    )


def test_a_long_original_takes_seconds() -> None:
    words = [WORDS[(7 * at * at + at) % len(WORDS)] + str(at % 211) for at in range(60_000)]
    checker = Checker([article(" ".join(words))])
    quote = " ".join([*words[50_000:50_020], "lighthouse", *words[50_021:50_030]])
    (finding,) = checker.check(article(f"It said “{quote}” on Monday.", "q"))
    assert (finding.kind, kinds(finding)[0]) == ("meaning-at-risk", "substituted")


def test_alignment_is_exact() -> None:
    index = Index([list("abcdefgh"), list("xyzabcq")])
    assert align(list("bcdxfgh"), index) == ((0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7))
    assert [index.text_of(start) for start in index.find_whole(list("abc"))] == [0, 1]
    assert align(list("mnop"), index) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It costs 5m crowns", "It costs five million crowns"),
        ("a hundred and forty apprentices", "140 apprentices"),
        ("on the 21st of September", "on September 21"),
        ("$5 and 94%", "five dollars and ninety-four per cent"),
        ("We don’t organise U.S. centres", "we do not organize US centers"),
        ("the café, uh, the twenty-third", "the cafe the 23rd"),
        ("1,000 people", "a thousand people"),
        ("1.5 million", "1,500,000"),
    ],
)
def test_other_ways_to_write_the_same(first: str, second: str) -> None:
    assert [unit.key for unit in read_original(first).units] == [unit.key for unit in read_original(second).units]


@pytest.mark.parametrize(
    ("first", "second"), [("us", "US"), ("two three", "23"), ("fifteen", "fifty"), ("may 3", "May 3")]
)
def test_what_is_not_the_same(first: str, second: str) -> None:
    assert [unit.key for unit in read_original(first).units] != [unit.key for unit in read_original(second).units]


def test_brackets_and_ellipses_of_a_quotation() -> None:
    text = "[T]he pier [of old] rebuild[ing] ... (so) we […] end"
    wording = read_quotation(text, [(0, len(text))])
    assert [(unit.key, unit.bracket) for unit in wording.units if unit.bracket] == [("of", 1), ("old", 1), ("so", 2)]
    assert [unit.key for unit in wording.units if unit.inline] == ["the", "rebuilding"]
    assert [text[start:end] for start, end in wording.ellipses] == ["...", "[…]"]


def test_sentences() -> None:
    text = "Mr. Orlin came. He left! “Why?” he said.\n\nDr. Velde stayed."
    assert [text[slice(*Sentences(text).at(at))].strip() for at in (0, 17, 26, len(text) - 1)] == [
        "Mr. Orlin came.",
        "He left!",
        "“Why?” he said.",
        "Dr. Velde stayed.",
    ]


def test_every_entry_of_the_lists_can_be_reached() -> None:
    for spelling in load_spellings():
        if spelling.kind in ("spelling", "contraction", "abbreviation") and "*" not in spelling.form:
            assert find_keys(spelling.form) == tuple(key for word in spelling.stands_for for key in find_keys(word))
    assert all(
        " ".join(read_original(row.words).surface(u) for u in read_original(row.words).units) for row in load_limits()
    )
    for row in load_risk_words():
        assert [unit.key for unit in read_original(row.words).units]
    assert to_stem("dismissed") == to_stem("dismissals")


def test_versions_of_one_utterance() -> None:
    texts = [
        article("“We will rebuild the old pier in spring, if the grant comes through,” she said.", "a"),
        article("She said: “We will rebuild the pier in spring.”", "b"),
        article("“We will not rebuild the old pier in spring,” she said. “Thank you very much.”", "c"),
        article("He spoke of “the tax on boats and nets that nobody pays”.", "d"),
    ]
    (utterance,) = check_versions(texts)
    assert [(version.source, version.kind) for version in utterance.versions] == [
        ("a", "verbatim"),
        ("c", "meaning-at-risk"),
        ("b", "unmarked-change"),
    ]
    assert [d.kind for version in utterance.versions for d in version.differences] == ["added", "dropped"]
    assert check_versions(texts[:1]) == ()


def test_malformed_cases_are_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.txt"
    path.write_text("# ORIGINAL a\nWords.\n\n# CASES a\n= faithful\n“Words, words, words.”\n")
    with pytest.raises(CorpusError, match="'faithful' is none of verbatim, typographic"):
        load_cases(path)
    path.write_text("Words.\n")
    with pytest.raises(CorpusError, match="line 1: no case and no paragraph"):
        load_cases(path)


def test_judged_pairs_are_scored() -> None:
    pairs = [Pair(("a", at, at + 5), ("b", at, at + 5), "verbatim" if at % 2 else "typographic") for at in range(200)]
    drawn = choose(pairs)
    assert (len(drawn), sum(pair.kind == "verbatim" for pair in drawn)) == (60, 15)
    judged = [replace(drawn[0], kind="unmarked-change"), *drawn[1:]]
    figures = score_versions(pairs[1:] if drawn[0] == pairs[0] else pairs, judged)
    assert figures["right"]["right"] >= 58 and figures["altered_called_faithful"] <= 1
