"""The codebook describes every rule, value and column that closeread can put out, and no others; its examples hold."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from closeread import findings
from closeread.article import Completeness, Span, ZoneKind
from closeread.comparisons.bodies import Voices
from closeread.comparisons.confrontation import ConfrontationKind
from closeread.comparisons.corpus_figures import CorpusLeftOutReason, CorpusMeasure, IntervalMethod
from closeread.comparisons.credits import CreditForm
from closeread.comparisons.delta import DeltaKind, WordsKind
from closeread.comparisons.disagreements import DisagreementReason
from closeread.comparisons.fidelity import FidelityKind
from closeread.comparisons.matrix import CellState, RowKind, SharedBy
from closeread.comparisons.reuse import Earlier
from closeread.comparisons.risks import RiskKind
from closeread.comparisons.story_evidence import EvidenceKind
from closeread.comparisons.telling_apart import HeldOutBy
from closeread.comparisons.writing import DifferenceKind
from closeread.exports.audit_tables import AUDIT_COLUMNS
from closeread.exports.corpus_tables import COLUMNS as CORPUS_COLUMNS
from closeread.exports.tables import COLUMNS
from closeread.findings import Attribution, Reading
from closeread.intake.columns import FIELD_COLUMNS

ROOT = Path(__file__).parents[1]
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
RULE = re.compile(
    r"(?:actors|agency|confrontation|contradictions|corpus|coverage|delta|draft|echoes|enumerations|fidelity|headline|intake|keyness|labels|language|loaded|markers|marks|placing|quotations|resemblance|reuse|scare-quotes|shared-actors|stories|support|telling-apart)\.(?!tsv$|onnx$|html$)[a-z]+(?:-[a-z]+)*"
)
VALUES = (
    *(findings.Mode, findings.Voice, findings.Naming, findings.ActorKind, findings.MentionForm),
    *(findings.ScareQuoteKind, ZoneKind, Completeness, findings.AttributionKind, findings.Stance, findings.Number),
    *(findings.IntroductionForm, findings.SpeakerBy, findings.ClauseForm, findings.Modality, findings.MarkerKind),
    *(FidelityKind, DifferenceKind, RiskKind, CreditForm, Earlier, EvidenceKind, ConfrontationKind),
    *(DisagreementReason, RowKind, CellState, SharedBy, CorpusMeasure, CorpusLeftOutReason, IntervalMethod),
    *(findings.StatementKind, findings.GroundKind, findings.GroundScope),
    *(Voices, DeltaKind, WordsKind, HeldOutBy),
    *(findings.EchoOrigin, findings.HeadlineKind),
    *(findings.ContradictionKind, findings.ContradictionRelation),
)
EVERYWHERE = ("article", "source")
EXAMPLES = [line for block in re.findall(r"```text\n(.*?)```", CODEBOOK, re.DOTALL) for line in block.splitlines()]
_MARKED = re.compile(r"\[([^\]]+)\]([a-z-]+)")


def _codes(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def _rules_in_source() -> set[str]:
    strings = {
        node.value
        for path in (ROOT / "src" / "closeread").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in strings if RULE.fullmatch(text)}


def test_rules_of_the_source_and_of_the_codebook_are_the_same() -> None:
    assert _rules_in_source() == {code for code in _codes(CODEBOOK) if RULE.fullmatch(code)}


def test_a_rule_begins_with_a_name_that_this_test_knows() -> None:
    """A finding's rule is always a constant, so that the test above sees it."""
    for path in (ROOT / "src" / "closeread").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Notice", "Note"):
                rule = node.args[0] if node.args else None
                if isinstance(rule, ast.Constant):
                    assert RULE.fullmatch(str(rule.value)), f"{path.name}, line {node.lineno}: {rule.value!r}"


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_of_each_table_are_described(table: str) -> None:
    rows = re.findall(rf"^\| {table} \| (.*?) \|", CODEBOOK, re.MULTILINE)
    described = [column for row in rows for column in re.findall(r"`([a-z0-9_]+)`", row)]
    assert sorted(described) == sorted(set(COLUMNS[table]) - set(EVERYWHERE))


@pytest.mark.parametrize("table", AUDIT_COLUMNS)
def test_columns_of_each_table_of_an_audit_are_described(table: str) -> None:
    rows = re.findall(rf"^\| {table} \| (.*?) \|", CODEBOOK.partition("\n## 29. ")[2], re.MULTILINE)
    described = [column for row in rows for column in re.findall(r"`([a-z0-9_]+)`", row)]
    assert sorted(described) == sorted(AUDIT_COLUMNS[table])


SHARE = ("part", "whole", "share", "low", "high")


@pytest.mark.parametrize("table", CORPUS_COLUMNS)
def test_columns_of_each_table_of_a_collection_are_described(table: str) -> None:
    row = re.search(rf"^\| {table} \| (.*?) \|$", CODEBOOK, re.MULTILINE)
    assert row is not None
    described: set[str] = set()
    for column in re.findall(r"`([a-z0-9_*]+)`", row[1]):
        described |= {column.replace("*", name) for name in SHARE} if "*" in column else {column}
    assert set(CORPUS_COLUMNS[table]) <= described


def test_names_of_columns_that_are_read_are_described() -> None:
    for field, names in FIELD_COLUMNS.items():
        (row,) = re.findall(rf"^\| {field} \| (`.*`) \|$", CODEBOOK, re.MULTILINE)
        assert tuple(re.findall(r"`(\w+)`", row)) == names


def test_the_contents_list_every_section() -> None:
    listed = re.findall(r"^(\d+)\. \[(.+?)\]", CODEBOOK, re.MULTILINE)
    assert listed == re.findall(r"^## (\d+)\. (.+)$", CODEBOOK, re.MULTILINE)
    assert [number for number, _ in listed] == [str(at) for at in range(1, len(listed) + 1)]
    assert all(said == told for said, told in re.findall(r"\[(?:section )?(\d+)\]\(#(\d+)-", CODEBOOK))


def test_columns_of_every_table_are_described() -> None:
    assert set(EVERYWHERE) <= _codes(CODEBOOK.partition("\n## 23. ")[2].partition("\n|")[0])


@pytest.mark.parametrize("value", sorted({str(value) for kind in VALUES for value in get_args(kind)}))
def test_values_are_described(value: str) -> None:
    assert value in _codes(CODEBOOK)


def test_links_inside_the_codebook_lead_to_a_heading() -> None:
    titles = re.findall(r"^#+ (.*)$", CODEBOOK, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", CODEBOOK)) <= anchors


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 10


@pytest.mark.models
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_read_as_marked(example: str) -> None:
    from closeread import read_text

    plain, marked = _to_places(example)
    found = _by_role(read_text(plain))
    assert {role: found[role] for role in marked} == marked


def _to_places(example: str) -> tuple[str, dict[str, set[Span]]]:
    """The text without the marks, and the places by role."""
    plain, at = "", 0
    places: dict[str, set[Span]] = defaultdict(set)
    for match in _MARKED.finditer(example):
        plain += example[at : match.start()]
        places[match[2]].add(Span(len(plain), len(plain) + len(match[1]), match[1]))
        plain, at = plain + match[1], match.end()
    return plain + example[at:], dict(places)


def _roles_of_contents(attribution: Attribution) -> Iterator[str]:
    yield from (attribution.mode, attribution.kind, attribution.stance)
    if attribution.negated:
        yield "negated"
    if attribution.within is not None:
        yield "nested"


def _by_role(reading: Reading) -> dict[str, set[Span]]:
    places: dict[str, set[Span]] = defaultdict(set)
    for attribution in reading.attributions:
        places["source"] |= set(attribution.sources)
        places["cue"] |= {attribution.cue} if attribution.cue else set()
        places["content"] |= set(attribution.contents)
        for role in _roles_of_contents(attribution):
            places[role] |= set(attribution.contents)
        for introduction in attribution.introduction:
            places[introduction.form].add(Span(introduction.start, introduction.end, introduction.text))
    for quote in reading.scare_quotes:
        places[quote.kind].add(quote.place)
    for mention in (mention for actor in reading.actors for mention in actor.mentions):
        for role in (mention.form, mention.voice):
            places[role].add(Span(mention.start, mention.end, mention.text))
    for echo in reading.echoes:
        places["echo"].add(echo.place)
        places["slot"].add(echo.slot)
    for item in (item for enumeration in reading.enumerations for item in enumeration.items):
        places["item"].add(Span(item.start, item.end, item.text))
    return places
