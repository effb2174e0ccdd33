"""The page of an audit, its tables and its record: both sides are there, every link leads to words, nothing acts."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

from closeread.cli import main
from closeread.exports.audit_tables import AUDIT_COLUMNS, write_audit_tables
from closeread.exports.json_lines import to_audit_line
from closeread.report.audit_lines import AuditLines
from closeread.report.audit_page import find_page, to_audit_page, write_audit_site
from tests.audits import make_audit
from tests.payloads import PAYLOADS
from tests.schemas import load_schema

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "harbour"
COMMAND = "closeread audit critique.txt --of original.txt --html out"


def _read_aloud(page: str) -> str:
    body = page.partition("<body>")[2].partition("<script>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


def test_both_sides_of_each_quotation_with_what_differs() -> None:
    words = _read_aloud(to_audit_page(make_audit(), command=COMMAND))
    assert "[set in another way: case: the] council of Velmar will rebuild the pier in spring" in words
    assert "will rebuild the [left out: old] pier in spring" in words
    assert "At risk: a limiting clause" in words
    assert "Not found in the text given." in words


def test_statements_and_what_was_found() -> None:
    words = _read_aloud(to_audit_page(make_audit(), command=COMMAND))
    assert "v1 disagrees: another number, possible" in words
    assert "[another number: Twelve] families left the harbour" in words
    assert "[another number: Ten] families left the harbour." in words
    assert "v2 says the same" in words
    assert "v3 ¶ 2 The bells were quiet" in words  # the narrow blank is white space too


def test_counts_lead_to_every_finding() -> None:
    found, page = make_audit(), to_audit_page(make_audit(), command=COMMAND)
    for each in [*(one.id for one in found.quotations), *(one.id for one in found.statements)]:
        assert page.count(f'id="{each}"') == 1
        assert f'href="#{each}"' in page or each == "v3"
    assert '<a href="#unanswered">listed below</a>' in page


def test_every_link_leads_to_an_anchor(tmp_path: Path) -> None:
    write_audit_site(tmp_path, make_audit(), command=COMMAND)
    pages = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    assert len(pages) == 3
    links = [re.split("#", href) for href in re.findall(r'href="([^"#]*#[^"]+)"', pages["index.html"])]
    assert len(links) > 20
    for name, anchor in links:
        assert f'id="{unescape(anchor)}"' in pages[name or "index.html"]


def test_a_file_gets_the_annotated_pages_beside_it(tmp_path: Path) -> None:
    assert find_page(tmp_path / "held.html") == (tmp_path, "held.html")
    write_audit_site(tmp_path / "held.html", make_audit(), command=COMMAND)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[1] == "held.html"
    assert all('href="held.html"' in (tmp_path / name).read_text(encoding="utf-8") for name in (names[0], names[2]))


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert to_audit_page(make_audit(), command=COMMAND) == to_audit_page(make_audit(), command=COMMAND)


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "<" in payload])
def test_words_of_a_text_cannot_become_markup(payload: str) -> None:
    critique = f"Head\n\nHe wrote “one two {payload} three four five” there."
    original = f"Other {payload}\n\nSo one two {payload} three four five, they say."
    page = to_audit_page(make_audit(original, critique), command=payload)
    assert payload not in page.partition("<body>")[2].replace("</script>\n</body>", "")


def test_texts_without_findings_give_a_page() -> None:
    page = to_audit_page(make_audit("Head\n\nWords.", "Head\n\nOther words."), command=COMMAND)
    assert "The text has no quotation of three words or more." in page


def test_the_record_fits_its_schema() -> None:
    load_schema("audit").validate(json.loads(to_audit_line(make_audit())))


def test_the_tables_have_every_finding(tmp_path: Path) -> None:
    found = make_audit()
    write_audit_tables(tmp_path, found)
    rows = {}
    for name, columns in AUDIT_COLUMNS.items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert tuple(reader.fieldnames or ()) == columns
            rows[name] = list(reader)
    assert [row["quotation"] for row in rows["quotations"]] == [each.id for each in found.quotations]
    assert [row["kind"] for row in rows["confronted"]] == ["disagrees", "supports", "nothing"]
    assert [(row["reason"], row["here"], row["there"]) for row in rows["passages"]] == [
        ("number", "Twelve", "Ten"),
        ("", "", ""),
    ]
    text = found.originals[0].article.text
    for row in rows["passages"]:
        assert text[int(row["original_start"]) : int(row["original_end"])] == row["original_text"]


def test_every_place_of_a_row_is_asked_for() -> None:
    lines = AuditLines(make_audit())
    assert all(places for places in lines.places().values())


@pytest.mark.models
def test_the_shipped_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The key to the critique (examples/README.md): what the article says is told, what is altered is shown."""
    command = ["audit", str(EXAMPLES / "critique.txt"), "--of", str(EXAMPLES / "slipway.md")]
    outputs = ["--html", str(tmp_path / "html"), "--csv", str(tmp_path / "csv"), "--json", str(tmp_path / "audit.json")]
    assert main([*command, *outputs, "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert len(list((tmp_path / "html").glob("*.html"))) == 3
    record = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    kinds = {each["place"]["text"]: each["kind"] for each in record["statements"]}
    assert kinds["Yet a third of the strike fund has come from abroad"] == "supports"
    assert kinds["The article never mentions Turkey"] == "nothing"
    assert "disagrees" not in kinds.values()
    page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert "harbour" in page
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".part", ".tmp")]
