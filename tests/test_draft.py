"""From a critique to checks: rules on sentences, the shipped critique from end to end, texts that mean harm."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from closeread import read, read_text
from closeread.article import Article, Zone
from closeread.checking import check
from closeread.checks import CheckFileError
from closeread.checks.expressions import parse
from closeread.checks.files import parse_check_file
from closeread.cli import main
from closeread.drafting import Draft, draft_checks
from closeread.drafting.phrases import to_number, to_ordinal, to_share
from closeread.drafting.sentences import BLOT, blot, split_sentences
from closeread.drafting.times import read_times
from closeread.exports.check_files import to_check_file
from closeread.findings import Reading
from closeread.intake import find_sources
from tests.readings import VERSIONS

ROOT = Path(__file__).parents[1]
HARBOUR = ROOT / "examples" / "harbour"
BEFORE = "Mara Quill’s article on the Sabel weir appeared in The Tarn Ledger."
CASES = [
    line.split(" | ")
    for line in (ROOT / "tests" / "cases" / "draft.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
# What examples/README.md says of the claims that are drafted; None where no text can show it.
KEY = {
    "On Thursday Slipway published": True,
    "Valdane calls the government a “regime” five times": False,
    "The United States is in her first paragraph": True,
    "The article never mentions Turkey": True,
    "It does not name France until three quarters": True,
    "it lists France last of four": True,
    "The only docker she quotes is Petar Oss": True,
    "The only official she names is Radek Holm": False,
    "she does not name Holm until halfway through": False,
    "She quotes no police officer": None,
    "She never mentions the officers who were hurt": False,
    "She mentions Washington four times": False,
    "Kellbrook Marine, which is to run the terminal, only twice": True,
    "she quotes not one word of the prime minister": True,
    "The word “mediation” does not appear": True,
    "In its second paragraph 300 dockers are on the pier": True,
    "Valdane does not name one": True,
    "“The ladders were taken away in March for repair,” Oss told her": True,
    "Its quotations have the words of the article": False,
}


def bare(*paragraphs: str, date: str | None = None, source: str = "critique.txt") -> Reading:
    """A reading of a text of which nothing is known but its words."""
    text, zones = "\n\n".join(paragraphs), []
    at = 0
    for words in paragraphs:
        zones.append(Zone(at, at + len(words), words, "body"))
        at += len(words) + 2
    article = Article(
        source=source,
        text=text,
        zones=tuple(zones),
        title=None,
        outlet=None,
        byline=None,
        date=date,
        language="en",
        completeness="complete",
        notes=(),
    )
    return Reading(article, (), (), (), (), (), VERSIONS)


def expect(*sentences: str) -> list[str]:
    return [claim.expect for claim in draft_checks(bare(BEFORE, *sentences)).claims]


@cache
def harbour_draft() -> Draft:
    return draft_checks(read(HARBOUR / "critique.txt"), read(HARBOUR / "slipway.md"))


@pytest.mark.parametrize(("sentence", "wanted"), CASES, ids=[row[0] for row in CASES])
def test_a_sentence_is_drafted_as_the_case_says(sentence: str, wanted: str) -> None:
    assert expect(sentence) == ([] if wanted == "none" else wanted.split(" ;; "))


@pytest.mark.models
def test_what_the_reading_knows_of_the_critique_changes_no_case() -> None:
    for sentence, wanted in CASES:
        found = draft_checks(read_text(f"The weir and the word\n\n{BEFORE}\n\n{sentence}")).claims
        assert [claim.expect for claim in found] == ([] if wanted == "none" else wanted.split(" ;; ")), sentence


def test_every_rule_has_a_case() -> None:
    source = (ROOT / "src" / "closeread" / "drafting").glob("*.py")
    rules = {rule for path in source for rule in re.findall(r'"(draft\.[a-z-]+)"', path.read_text(encoding="utf-8"))}
    drafts = [draft_checks(bare(BEFORE, sentence)) for sentence, _ in CASES]
    seen = {claim.rule for draft in drafts for claim in draft.claims}
    seen |= {each.rule for draft in drafts for each in draft.undrafted}
    elsewhere = {"draft.quotations", "draft.date", "draft.outlet", "draft.no-ground"}
    assert rules - seen == elsewhere


@pytest.mark.parametrize("name", ["lodestar.txt", "courier.html", "pennant.txt", "channel.html", "slipway.md"])
@pytest.mark.models
def test_news_makes_no_claims_about_another_text(name: str) -> None:
    assert draft_checks(read(HARBOUR / name)).claims == ()


def test_dates_outlets_and_grounds() -> None:
    draft = draft_checks(bare(BEFORE, "On Friday The Tarn Ledger published the article.", date="2025-10-20"))
    assert [claim.expect for claim in draft.claims] == ['date == "2025-10-17"']
    assert expect("On 3 May The Tarn Ledger published the article.") == ['date.endsWith("-05-03")']
    assert expect("On May 3, 2024 The Tarn Ledger published the article.") == ['date == "2024-05-03"']
    assert expect("On Friday The Tarn Ledger published the article.") == []
    assert expect("The publisher is The Tarn Ledger.") == ['outlet.contains("Tarn Ledger")']
    (found,) = expect("We learn that “surveys show” a loss. Which surveys? Quill does not name one.")
    assert found.startswith('!statements.exists(s, s.text.contains("surveys show")')
    assert expect("We learn that “surveys show” a loss. Quill does not name one farmer.") == []


def test_a_pronoun_stands_for_the_writer_until_somebody_else_is_brought_up() -> None:
    assert expect("She never mentions Norway.") == ['!named("Norway")']
    assert expect("The minister came. She never mentions Norway.") == []
    assert expect("The minister came. Quill did not. She never mentions Norway.") == ['!named("Norway")']
    assert expect("It never mentions Norway.") == []
    assert expect("She did not mention Norway.") == []
    assert expect("Quill did not mention Norway.") == ['!named("Norway")']
    assert expect("The article is long. The treaty is short. It never mentions Norway.") == []
    assert expect("The article is long. It never mentions Norway.") == ['!named("Norway")']
    assert [claim.expect for claim in draft_checks(bare("She never mentions Norway.")).claims] == []
    unclear = draft_checks(bare(BEFORE, "The minister came. She never mentions Norway.")).undrafted
    assert [each.why for each in unclear if each.sentence == 2] == ["whom “She” means is not clear"]


def test_what_is_not_drafted_is_listed_with_its_place() -> None:
    draft = draft_checks(
        bare(BEFORE, "Quill is wrong. The rain fell. Norway is never named, and she is unkind to Velde.")
    )
    listed = [(each.paragraph, each.sentence, each.place.text, each.rule) for each in draft.undrafted]
    assert listed == [
        (1, 1, BEFORE, "draft.no-form"),
        (2, 1, "Quill is wrong.", "draft.no-form"),
        (2, 3, "she is unkind to Velde.", "draft.no-form"),
    ]
    assert [(claim.paragraph, claim.sentence) for claim in draft.claims] == [(2, 3)]


def test_only_needs_a_noun_by_which_a_text_calls_people() -> None:
    assert expect("The only source she quotes is Mirre Osk.") == []
    assert expect("The only treaty she names is Norway.") == []
    (found,) = expect("The only official she names is Mirre Osk.")
    assert '["official", "commissioner"' in found and 'l.actor == "Mirre Osk"' in found


def test_a_limit_on_the_claim_keeps_it_from_being_drafted() -> None:
    draft = draft_checks(bare(BEFORE, "The only country Quill names as being to blame is Norway."))
    assert draft.claims == ()
    assert "“as being to blame” limits the claim" in draft.undrafted[-1].why
    assert expect("Quill never mentions Norway’s dams.") == []


def test_a_seat_of_government_is_counted_as_a_word() -> None:
    """The vocabulary takes *Washington* for the United States."""
    assert expect("Quill mentions Washington four times.") == ['count("Washington") == 4']
    assert expect("Quill never mentions Washington.") == ['count("Washington") == 0']
    assert expect("Quill does not mention Washington until halfway through.") == []


@pytest.mark.parametrize(("one", "other"), [("Norway", "Turkey"), ("Petra Halvik", "Jonas Ekström")])
def test_names_change_nothing_but_themselves(one: str, other: str) -> None:
    for sentence, _ in CASES:
        swapped = sentence.replace(one, "\0").replace(other, one).replace("\0", other)
        there = [each.replace(one, "\0").replace(other, one).replace("\0", other) for each in expect(sentence)]
        assert expect(swapped) == there


def test_places_are_exact() -> None:
    reading = bare(BEFORE, *(sentence for sentence, _ in CASES))
    draft = draft_checks(reading)
    places = [claim.place for claim in draft.claims]
    for place in [*places, *(each.place for each in draft.undrafted)]:
        assert reading.article.text[place.start : place.end] == place.text
    assert [place.start for place in places] == sorted(place.start for place in places)
    assert len({claim.id for claim in draft.claims}) == len(draft.claims)


def test_quotation_marks_are_blotted_out() -> None:
    assert blot("He said “no.” Then") == f"He said “{BLOT * 2}.” Then"
    assert blot('a "b c" d') == f"a “{BLOT * 3}” d"
    assert blot("the dockers’ pier, 'so it' went") == f"the dockers’ pier, “{BLOT * 5}” went"
    assert blot("open “and never shut") == "open “and never shut"


def test_sentences_end_neither_in_quotations_nor_behind_titles() -> None:
    (sentences,) = split_sentences(bare("Mr. Holm spoke. “It rains. It pours.” She wrote it. U. Oss, too!").article)
    assert [each.text for each in sentences] == [
        "Mr. Holm spoke.",
        "“It rains. It pours.”",
        "She wrote it.",
        "U. Oss, too!",
    ]


def test_numbers_shares_and_times() -> None:
    assert [to_number(word) for word in ("12", "1,200", "twelve", "twenty-four", "few")] == [12, 1200, 12, 24, None]
    assert [to_ordinal(word) for word in ("ninth", "21st", "next")] == [9, 21, None]
    assert [to_share(words) for words in ("three-quarters", "Half", "most")] == ["0.75", "0.5", None]
    assert [read_times(words) for words in ("only twice", "at least six times", "many times")] == [
        ("==", 2),
        (">=", 6),
        None,
    ]


# The shipped critique.


@pytest.mark.models
def test_the_draft_of_the_shipped_critique_agrees_with_its_key(tmp_path: Path) -> None:
    for name in ("critique.txt", "slipway.md"):
        shutil.copy(HARBOUR / name, tmp_path)
    out = tmp_path / "claims.yaml"
    given = ["draft", str(tmp_path / "critique.txt"), "--of", str(tmp_path / "slipway.md"), "--out", str(out)]
    assert main([*given, "--quiet"]) == 0
    (run,) = check(out)
    outcomes = {result.claim.claim: result.outcome for result in run.results}
    assert len(outcomes) == len(harbour_draft().claims) == 16
    assert {text.path.rpartition("/")[2] for text in run.texts} == {"critique.txt", "slipway.md"}
    told = {True: "pass", False: "fail", None: "cannot-tell"}
    right = 0
    for claim, outcome in outcomes.items():
        (answer,) = [answer for words, answer in KEY.items() if claim.startswith(words)]
        assert outcome in (told[answer], "cannot-tell"), claim
        right += outcome == told[answer]
    assert right == 14
    assert set(outcomes.values()) == {"pass", "fail", "cannot-tell"}
    assert main(["check", str(out), "--quiet"]) == 1


@pytest.mark.models
def test_the_shipped_check_file_agrees_with_the_key() -> None:
    (run,) = check(HARBOUR / "critique.checks.yaml")
    assert not any(text.changed for text in run.texts)
    assert all(text.recorded for text in run.texts)
    told = {True: ("pass", "cannot-tell"), False: ("fail",), None: ("cannot-tell",)}
    outcomes = {result.claim.claim: result.outcome for result in run.results}
    for words, answer in KEY.items():
        (found,) = [outcome for claim, outcome in outcomes.items() if claim.startswith(words)]
        assert found in told[answer], words
    counts = [list(outcomes.values()).count(each) for each in ("pass", "fail", "cannot-tell")]
    assert counts == [14, 6, 4]


def test_a_check_file_beside_the_texts_is_no_text() -> None:
    found = find_sources([str(HARBOUR)])
    assert (len(found.files), found.skipped) == (6, ())


def test_drafting_needs_no_parser() -> None:
    code = "import sys, closeread.drafting; print(sorted({'spacy', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.models
def test_without_the_original_the_check_file_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "claims.yaml"
    assert main(["draft", str(HARBOUR / "critique.txt"), "--out", str(out)]) == 0
    shown = capsys.readouterr()
    assert "Not drafted:" in shown.out and "¶ 3.4" in shown.out and "write behind `article:`" in shown.err
    assert main(["check", str(out)]) == 2
    assert "the text article has no path yet; write behind `article:`" in capsys.readouterr().err
    filled = out.read_text(encoding="utf-8").replace('article: ""', f"article: {HARBOUR / 'slipway.md'}")
    out.write_text(filled, encoding="utf-8")
    assert main(["check", str(out), "--quiet"]) == 1


@pytest.mark.models
def test_standard_output_is_the_check_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(HARBOUR / "critique.txt")]) == 0
    shown = capsys.readouterr().out
    assert len(parse_check_file(shown.replace('""', "slipway.md"), "out").claims) >= 14
    assert "# Not drafted, and why:" in shown


@pytest.mark.models
def test_no_text_and_no_earlier_file_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    critique, other = tmp_path / "critique.txt", tmp_path / "claims.yaml"
    shutil.copy(HARBOUR / "critique.txt", critique)
    before = critique.read_bytes()
    assert main(["draft", str(critique), "--out", f"{tmp_path}/./critique.txt"]) == 2
    assert "it would be replaced" in capsys.readouterr().err
    other.write_text("corrected", encoding="utf-8")
    assert main(["draft", str(critique), "--out", str(other)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (critique.read_bytes(), other.read_text(encoding="utf-8")) == (before, "corrected")
    assert main(["draft", str(tmp_path / "nothing.txt")]) == 2


def test_the_call_from_python_is_public() -> None:
    import closeread

    assert closeread.draft_checks is draft_checks


# Texts that mean harm.

HOSTILE = (
    "She never mentions Norway: {a: b} # no comment, - [x], & *y, %z, @w.",
    "She calls Velde “a: b # c, 'd' \\ and {e}” twice.",
    'The word “\\") == 0 || true || named(\\"” does not appear.',
    "She writes “---” three times.",
    "She never mentions Nor\x07way\x85or\u2028Vel\u202ede\ufeff.",
    "She never mentions " + "Aa" * 200 + ".",
    "She never mentions " + "Velde Bay " * 100 + ".",
    "“" + "words " * 600 + "” Osk tells her.",
    "Quill is\x00 null, \x1b[31m and yes: no.",
    "She writes “yes” twice and “null” never.",
)


def says_the_same(draft: Draft) -> None:
    paths = {"article": "a: b #c.md", "critique": "'x'.txt"}
    written = to_check_file(draft, paths)
    found = parse_check_file(written, "draft.yaml")
    assert [(claim.claim, claim.expect, claim.note) for claim in found.claims] == [
        (claim.claim, claim.expect, claim.note) for claim in draft.claims
    ]
    assert {text.name: text.path for text in found.texts} == {name: paths[name] for name in draft.texts}
    for claim in draft.claims:
        parse(claim.expect)
    assert set(yaml.safe_load(written)) == {"texts", "checks"}
    tail = written.partition("# Not drafted")[2].splitlines()
    assert all(line.startswith("#") for line in tail[1:])


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_words_make_a_check_file_that_says_the_same(words: str) -> None:
    says_the_same(draft_checks(bare(BEFORE, words)))


def test_a_sign_of_the_expressions_in_words_stays_as_it_is() -> None:
    assert expect("The word “@named” does not appear.") == ['count("@named") == 0']
    claims = draft_checks(bare(BEFORE, "The word “a@b.c” does not appear.", "“Nobody opened the gate,” Osk tells her."))
    assert claims.claims[0].expect == 'count("a@b.c") == 0'


def test_quotation_marks_in_words_stay_inside_the_expression() -> None:
    draft = draft_checks(bare(BEFORE, 'The word “a") == 0 || ("b\\” does not appear.'))
    assert [claim.expect for claim in draft.claims] == ['count("a\\") == 0 || (\\"b\\\\") == 0']


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["She never mentions {}.", "Quill calls Velde “{}” twice.", "{}"]))
def test_any_characters_make_a_check_file_that_says_the_same(words: str, sentence: str) -> None:
    says_the_same(draft_checks(bare(BEFORE, sentence.format(words))))


@pytest.mark.parametrize(
    "words",
    [
        "Aaaa " * 20_000,
        "“a " * 30_000,
        "she never mentions it, " * 5_000,
        "'a " * 30_000,
        "A, " * 30_000,
        "a" * 100_000,
    ],
    ids=("names", "marks", "pronouns", "apostrophes", "commas", "one word"),
)
def test_long_sentences_end_soon_and_are_listed(words: str) -> None:
    start = time.monotonic()
    draft = draft_checks(bare(BEFORE, f"She never mentions {words}."))
    assert time.monotonic() - start < 5
    assert draft.claims == ()
    assert draft.undrafted[-1].why == "the sentence is too long to be read"


def test_a_file_without_claims_says_so() -> None:
    written = to_check_file(draft_checks(bare("Rain fell on the weir.")), {})
    assert written.splitlines()[-1] == "checks: []"
    with pytest.raises(CheckFileError, match="no path yet"):
        parse_check_file(written, "draft.yaml")
