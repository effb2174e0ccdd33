"""The loader of PolNeAR on an invented corpus, then on the real one where it is there; floors and intervals."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals import __main__ as command
from evals import floors
from evals.attribution_scores import Attributed, Tally
from evals.changes import compare, list_verdicts, load_verdicts, save_verdicts
from evals.intervals import rates, resample, wilson
from evals.polnear import evaluate, find_marked, measure_agreement, run
from evals.polnear_corpus import CorpusError, Document, digest_gold, load_corpus, load_split, parse_standoff

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "data" / "polnear"

TEXT = "“It rains,” Ann Lee said, “and pours.”\r\nIt is said that Bob left. 😀 Bob denied it.\n"


def line(place: str, kind: str, *words: str) -> str:
    offsets = ";".join(f"{TEXT.index(each)} {TEXT.index(each) + len(each)}" for each in words)
    return f"{place}\t{kind} {offsets}\t{' '.join(words)}"


STANDOFF = [
    line("T1", "Source", "Ann Lee"),
    line("T2", "Cue", "said,"),
    line("T3", "Content", "“It rains,”", "“and pours.”"),
    line("T4", "Attribution", "said,"),
    "E1\tAttribution:T4 Source:T1 Content:T3 Cue:T2",
    line("T5", "Cue", "is said"),
    line("T6", "Content", "that Bob"),
    line("T7", "Content", "left"),
    line("T8", "Attribution-no-source", "is said"),
    "E2\tAttribution-no-source:T8 Content:T6 Content2:T7 Cue:T5",
    line("T9", "Discuss", "denied it"),
    "E3\tDiscuss:T9",
    "the rest of a text that held a line break, without a tab",
    "#1\tAnnotatorNotes T9\tunsure",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("text", "attributions"):
        (tmp_path / "dev" / folder).mkdir(parents=True)
    (tmp_path / "dev" / "text" / "daily_1.txt").write_bytes(TEXT.encode())
    second = [STANDOFF[0].replace("Ann Lee", "Lee"), *STANDOFF[1:5]]
    (tmp_path / "dev" / "attributions" / "daily_1_b2.ann").write_text("\n".join(second))
    (tmp_path / "dev" / "attributions" / "daily_1_a1.ann").write_text("\n".join(STANDOFF))
    (tmp_path / "metadata.tsv").write_text("filename\tpublisher\ndaily_1\tThe Daily\n")
    return tmp_path


def test_roles_that_repeat_and_spans_in_parts_are_read_and_discuss_is_dropped() -> None:
    first, second = parse_standoff("\n".join(STANDOFF))
    assert [TEXT[start:end] for start, end in first.contents] == ["“It rains,”", "“and pours.”"]
    assert [TEXT[start:end] for start, end in first.sources] == ["Ann Lee"]
    assert [TEXT[start:end] for start, end in second.contents] == ["that Bob", "left"]
    assert (second.sources, [TEXT[start:end] for start, end in second.cue]) == ((), ["is said"])


def test_line_ends_are_not_translated(corpus: Path) -> None:
    (document,) = load_split(corpus, "dev")
    assert document.text == TEXT
    (start, end) = document.gold[1].contents[0]
    assert document.text[start:end] == "that Bob"


def test_the_first_annotator_in_sorted_order_is_gold(corpus: Path) -> None:
    (document,) = load_corpus(corpus)
    assert list(document.annotators) == ["a1", "b2"]
    assert document.gold == document.annotators["a1"]
    assert document.outlet == "The Daily"


def test_the_digest_covers_texts_and_the_gold_annotator_only(corpus: Path) -> None:
    before = digest_gold(corpus, "dev")
    (corpus / "dev" / "attributions" / "daily_1_b2.ann").write_text("")
    assert digest_gold(corpus, "dev") == before
    (corpus / "dev" / "attributions" / "daily_1_a1.ann").write_text("")
    assert digest_gold(corpus, "dev") != before


def test_a_split_that_is_not_there_is_named(corpus: Path) -> None:
    with pytest.raises(CorpusError, match="no split 'test'"):
        load_split(corpus, "test")


def test_agreement_is_the_mean_over_ordered_pairs(corpus: Path) -> None:
    figures = measure_agreement(load_corpus(corpus))
    assert (figures["documents"], figures["ordered_pairs"]) == (1, 2)
    # contents: 3 (`that Bob` and `left` touch) and 2 unique fragments, 2 shared; F1 is 2 * 2 / (3 + 2) both ways
    assert figures["content"]["exact"]["f1"] == 0.8


def test_the_report_nests_and_splits_by_outlet(corpus: Path) -> None:
    figures = evaluate(run(load_split(corpus, "dev"), find_marked), by="outlet")
    # predicted: the two stretches in marks, both gold fragments; gold has one more
    assert figures["by_mode"]["direct"]["content"]["exact"]["f1"] == 1.0
    assert figures["content"]["exact"]["n_gold"] == 3
    assert (figures["content"]["exact"]["p"], figures["content"]["exact"]["r"]) == (1.0, 0.6667)
    assert (figures["speaker_direct"], figures["speaker_direct_n"]) == (0.0, 1)
    assert figures["quoted_words"]["recall"] == 1.0
    assert figures["by_outlet"]["The Daily"]["content"] == figures["content"]


def test_a_refused_document_counts_as_one_without_findings(corpus: Path) -> None:
    from closeread.article import ReadError

    def refuse(text: str) -> list[Attributed]:
        raise ReadError("daily_1", "intake.empty", "no text")

    figures = evaluate(run(load_split(corpus, "dev"), refuse))
    assert (figures["refused"], figures["refusals"][0]["document"]) == (1, "daily_1")
    assert figures["content"]["exact"]["r"] == 0.0


def test_rates_of_known_counts() -> None:
    # 3 of 4 predicted are right, 3 of 6 gold are found: P .75, R .5, F1 = 2 * .375 / 1.25 = .6
    figures = rates(np.array([4.0, 3.0, 6.0, 3.0]))
    assert {name: float(value) for name, value in figures.items()} == pytest.approx({"p": 0.75, "r": 0.5, "f1": 0.6})
    nothing = rates(np.array([0.0, 0.0, 2.0, 0.0]))
    assert np.isnan(nothing["p"])
    assert float(nothing["f1"]) == 0.0


def test_resampling_draws_whole_articles_and_is_the_same_each_time() -> None:
    scored = [{"cue.exact": Tally(1, 1, 1, 1)}, {"cue.exact": Tally(10, 0, 10, 0)}]
    samples = resample(scored, ["cue.exact"])
    # two articles drawn from two: 2, 11 or 20 predicted
    assert set(samples[:, 0, 0]) == {2.0, 11.0, 20.0}
    assert (samples == resample(scored, ["cue.exact"])).all()


def test_wilson_against_worked_values() -> None:
    # 8 of 10: centre (.8 + .19207) / 1.38415 = .71674, half-width 1.95996 * sqrt(.016 + .0096036) / 1.38415 = .22658
    assert wilson(8, 10) == [0.4902, 0.9433]
    assert wilson(0, 5) == [0.0, 0.4345]
    assert wilson(0, 0) is None


MEASURED = floors.Measured("gold-1", {"cue.exact.f1": 0.5678, "speaker_direct": 0.8})


def test_floors_rise_and_never_fall_by_themselves(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert floors.check(floors.load(path), MEASURED) == ["no floors are set: run `python -m evals floors --raise`"]
    floors.rewrite(path, MEASURED)
    assert floors.load(path).floors == {"cue.exact.f1": 0.567, "speaker_direct": 0.8}
    assert floors.check(floors.load(path), MEASURED) == []
    mixed = replace(MEASURED, figures={"cue.exact.f1": 0.6, "speaker_direct": 0.7})
    assert floors.check(floors.load(path), mixed) == ["speaker_direct is 0.7, below its floor of 0.8"]
    assert floors.rewrite(path, mixed) == ["cue.exact.f1: 0.567 -> 0.6"]
    assert floors.load(path).floors["speaker_direct"] == 0.8


def test_lowering_needs_a_reason_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors.rewrite(path, MEASURED)
    lower = replace(MEASURED, figures={"cue.exact.f1": 0.6, "speaker_direct": 0.7})
    with pytest.raises(floors.WrongUseError):
        floors.rewrite(path, lower, lower=" ")
    floors.rewrite(path, lower, lower="slower rule dropped")
    assert floors.load(path).floors == {"cue.exact.f1": 0.6, "speaker_direct": 0.7}
    assert floors.load(path).lowered == [
        {"figure": "speaker_direct", "from": 0.8, "to": 0.7, "reason": "slower rule dropped"}
    ]


def test_a_figure_that_is_no_longer_measured_is_a_complaint(tmp_path: Path) -> None:
    floors.rewrite(tmp_path / "floors.json", MEASURED)
    fewer = replace(MEASURED, figures={"cue.exact.f1": 0.9})
    (complaint,) = floors.check(floors.load(tmp_path / "floors.json"), fewer)
    assert complaint == "speaker_direct was not measured, its floor is 0.8"


def test_other_gold_data_fails_until_a_reason_is_given(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors.rewrite(path, MEASURED)
    other = replace(MEASURED, gold="gold-2")
    assert "gold data has changed" in floors.check(floors.load(path), other)[0]
    with pytest.raises(floors.WrongUseError, match="gold data has changed"):
        floors.rewrite(path, other)
    floors.rewrite(path, other, lower="corpus corrected")
    assert floors.load(path).lowered[-1]["from"] == "gold-1"
    assert floors.check(floors.load(path), other) == []


def test_every_floored_figure_is_in_the_report(corpus: Path) -> None:
    figures = evaluate(run(load_split(corpus, "dev"), find_marked)) | {"read": 1.0}
    assert set(floors.pick(figures, floors.POLNEAR_FIGURES)) == set(floors.POLNEAR_FIGURES)


def test_the_command_prints_one_object_and_names_wrong_use(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["polnear", str(corpus), "--system", "quotation-marks"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 1
    assert command.main(["polnear", str(corpus), "--split", "test"]) == 2
    assert "no split 'test'" in capsys.readouterr().err
    assert command.main(["floors", "--data", str(corpus / "nowhere")]) == 0
    assert "skipped" in capsys.readouterr().out


def test_a_missed_floor_is_exit_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "polnear").mkdir()
    file = tmp_path / "floors.json"
    floors.rewrite(file, MEASURED)
    low = replace(MEASURED, figures={"cue.exact.f1": 0.1, "speaker_direct": 0.8})
    monkeypatch.setattr(floors, "measure", lambda data: low)
    assert command.main(["floors", "--data", str(tmp_path), "--file", str(file)]) == 1
    assert "cue.exact.f1 is 0.1, below its floor of 0.567" in capsys.readouterr().out
    assert command.main(["floors", "--data", str(tmp_path), "--file", str(file), "--lower", ""]) == 2


def test_findings_gained_and_lost_are_listed(corpus: Path, tmp_path: Path) -> None:
    documents = load_split(corpus, "dev")
    marks = list_verdicts(run(documents, find_marked))
    save_verdicts(tmp_path / "before.jsonl", marks)
    assert load_verdicts(tmp_path / "before.jsonl") == marks
    assert compare(marks, marks, documents) == []
    start = TEXT.index("It rains")
    worse = run(documents, lambda text: [Attributed(contents=((start, start + len("It rains,” Ann")),))])
    changes = compare(marks, list_verdicts(worse), documents)
    assert changes == [
        "- right  content daily_1 1-9: It rains",
        "+ false  content daily_1 1-15: It rains,” Ann",
        "- right  content daily_1 27-36: and pours",
    ]
    assert len(compare(list_verdicts(worse), marks, documents)) == 3


@pytest.fixture(scope="module")
def dev() -> list[Document]:
    if not CORPUS.is_dir():
        pytest.skip("PolNeAR is not at ../shared/data/polnear")
    return load_split(CORPUS, "dev")


def test_the_real_corpus_has_its_known_size(dev: list[Document]) -> None:
    assert len(dev) == 84
    assert all(document.text for document in dev)
    assert sum(len(document.annotators) > 1 for document in dev) == 2
    assert {document.outlet for document in dev} >= {"nyt", "politico", "breitbart"}


def test_people_agree_as_published(dev: list[Document]) -> None:
    """Published over 20 documents with several annotators, of which this folder holds 18: within .03 of each."""
    figures = measure_agreement(load_corpus(CORPUS))
    assert figures["documents"] == 18
    assert figures["source"]["exact"]["f1"] == pytest.approx(0.794, abs=0.03)
    assert figures["cue"]["exact"]["f1"] == pytest.approx(0.712, abs=0.03)
    assert figures["content"]["exact"]["f1"] == pytest.approx(0.721, abs=0.03)
    assert figures["content"]["overlap"]["f1"] == pytest.approx(0.913, abs=0.03)
    assert figures["attribution"]["f1"] == pytest.approx(0.754, abs=0.03)
    assert figures["speaker_direct"] == pytest.approx(0.988, abs=0.03)


def test_the_quotation_mark_baseline_finds_all_quoted_words(dev: list[Document]) -> None:
    figures = evaluate(run(dev, find_marked))
    assert figures["by_mode"]["direct"]["content"]["overlap"]["f1"] > 0.97
    assert 0.6 < figures["by_mode"]["direct"]["content"]["exact"]["f1"] < 0.9
    assert figures["quoted_words"]["recall"] == 1.0
