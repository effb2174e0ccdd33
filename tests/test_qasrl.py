"""The scorer of QA-SRL on cases counted by hand, and the reader of the sheets of clauses."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from evals import agency_cases, agency_symmetry, qasrl
from evals.attribution_scores import Tally
from evals.polnear_corpus import CorpusError
from evals.qasrl import Asked, Range, Role

QUESTION = {"wh": "who", "subj": "", "obj": "", "obj2": "", "prep": "", "is_passive": "False"}

FILTER: dict[str, tuple[dict[str, str], Role | None]] = {
    "who attacked something": ({"obj": "something"}, "agent"),
    "who fell": ({}, "agent"),
    "what did someone attack": ({"wh": "what", "subj": "someone"}, "patient"),
    "what was attacked": ({"wh": "what", "is_passive": "True"}, "patient"),
    "who was something attacked by": ({"subj": "something", "is_passive": "True", "prep": "by"}, "agent"),
    "what was someone given": ({"wh": "what", "subj": "someone", "is_passive": "True"}, None),
    "who did someone give something to": ({"subj": "someone", "obj": "something", "prep": "to"}, None),
    "what did someone look at": ({"wh": "what", "subj": "someone", "prep": "at"}, None),
    "when did someone attack": ({"wh": "when", "subj": "someone"}, None),
}


@pytest.mark.parametrize("name", FILTER)
def test_the_question_filter(name: str) -> None:
    changes, role = FILTER[name]
    assert qasrl.to_role(QUESTION | changes) == role


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 2), (0, 2), 1.0),
        ((0, 2), (0, 4), 0.5),
        ((0, 2), (2, 4), 0.0),
        ((0, 3), (1, 4), 0.5),
        ((0, 1), (0, 3), 1 / 3),
    ],
)
def test_iou(one: Range, other: Range, expected: float) -> None:
    assert qasrl.iou(one, other) == pytest.approx(expected)


def test_any_answer_counts_and_each_role_once() -> None:
    asked = Asked(3, {"agent": frozenset({(0, 6), (0, 2)})})
    assert qasrl.count(asked, {"agent": (0, 3)}) == {"agent": Tally(1, 1, 1, 1), "patient": Tally()}
    assert qasrl.count(asked, {"patient": (4, 5)}) == {"agent": Tally(0, 0, 1, 0), "patient": Tally(1, 0, 0, 0)}
    assert qasrl.count(asked, {"agent": (5, 8)}) == {"agent": Tally(1, 0, 1, 0), "patient": Tally()}


def test_load_sentences(tmp_path: Path) -> None:
    _write(
        tmp_path / "wikinews.dev.full.csv",
        [{"qasrl_id": "a", "tokens": "Ann and Bob ran"}, {"qasrl_id": "b", "tokens": "No"}],
    )
    asked = {"qasrl_id": "a", "verb_idx": "3", "answer_range": "0:1~!~2:3"}
    when = asked | {"wh": "when", "answer_range": "1:2"}
    _write(tmp_path / "wikinews.dev.gold.csv", [QUESTION | asked, QUESTION | when])
    (sentence,) = qasrl.load_sentences(tmp_path, "wikinews", "dev")
    assert sentence.tokens == ("Ann", "and", "Bob", "ran")
    assert sentence.asked == (Asked(3, {"agent": frozenset({(0, 1), (2, 3)})}),)
    with pytest.raises(CorpusError, match=r"there is no wikipedia\.dev\.full\.csv"):
        qasrl.load_sentences(tmp_path, "wikipedia", "dev")


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sorted({name for row in rows for name in row}))
        writer.writeheader()
        writer.writerows(rows)


# Both sheets are frozen: the first was written before the analysis, the second by somebody who had not seen it.
FROZEN = {
    "clauses": "27c8817b037b79d4eec204ea168112312467810d7833dcfdaadb1d2c69e11b20",
    "clauses_blind": "f40d0b5605eca3d52ac9e7979fb5f65e0e10dc45d41471b463519218b23e6c45",
}


@pytest.mark.parametrize("name", FROZEN)
def test_the_sheets_are_frozen_and_hold_a_hundred_cases(name: str) -> None:
    path = agency_cases.SHEETS[name]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == FROZEN[name]
    cases = agency_cases.load_cases(path)
    assert len(cases) == 100 and all(case.kind and case.text[case.predicate[0] : case.predicate[1]] for case in cases)


def test_a_case_is_read_with_its_roles_and_qualities() -> None:
    case = agency_cases.to_case("modal", "[The army]agent may not [burn]active+negated+possible [it]patient.")
    assert (case.text, case.form) == ("The army may not burn it.", "active")
    assert (sorted(case.qualities), case.predicate) == (["negated", "possible"], (17, 21))
    assert case.roles == {"agent": (0, 8), "patient": (22, 24)}


@pytest.mark.parametrize(
    "line", ["No predicate.", "[One]active and [two]active.", "[Odd]odd.", "[Bad]active+maybe.", "[Open"]
)
def test_a_malformed_case_is_refused(line: str) -> None:
    with pytest.raises(CorpusError):
        agency_cases.to_case("active", line)


@pytest.mark.models
@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("[The army]agent [burned]active [the town]patient.", []),
        ("[The army]agent [burned]active the [town]patient.", []),
        ("The army [burned]active [the town]agent.", ["agent", "patient"]),
        ("[The army]agent [burned]passive [the town]patient.", ["form active"]),
        ("[The army]agent [burned]active+negated [the town]patient.", ["status []"]),
        ("[The army]agent burned the town in [May]active.", ["no clause"]),
    ],
)
def test_what_is_wrong_in_a_case(line: str, faults: list[str]) -> None:
    assert agency_cases.find_faults(agency_cases.to_case("active", line)) == faults


def test_names_change_places() -> None:
    swapped = agency_symmetry.exchange_names("Ann Lee met Bob; Bob left.", "Ann Lee", "Bob", "person")
    assert swapped.after == "Bob met Ann Lee; Ann Lee left."
    assert [swapped.after[start:end] for start, end in swapped.names_after] == ["Bob", "Ann Lee", "Ann Lee"]


def test_findings_that_come_back_are_counted_once_each() -> None:
    before, after = Counter({("a",): 2, ("b",): 1}), Counter({("a",): 1, ("c",): 1})
    assert agency_symmetry.compare(before, after) == {True: 1, False: 2}
