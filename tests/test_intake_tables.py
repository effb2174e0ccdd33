"""CSV, TSV, JSON, JSON Lines and XLSX: one article a row, a broken row is a failure of its own."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeread.article import Article, Failure
from closeread.intake import load_articles, load_bytes

BODY = "The ferry Aurora sank on Monday, the harbour master said.\n\nAll of the forty people aboard are safe."


def load(text: str, suffix: str, *, text_column: str | None = None) -> list[Article | Failure]:
    return load_bytes(text.encode(), source=f"a{suffix}", suffix=suffix, text_column=text_column)


def to_csv(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


HEAD = ["Headline", "Date", "Publication", "Author", "Language", "Full Text", "topic"]
ROW = ["Ferry sinks", "3 March 2020", "The Daily Invention", "By Ann Smith", "English", BODY, "sea"]


def assert_is_the_row(article: Article | Failure) -> None:
    assert isinstance(article, Article), article
    assert [(zone.kind, zone.text) for zone in article.zones] == [
        ("headline", "Ferry sinks"),
        ("body", BODY.split("\n\n")[0]),
        ("body", BODY.split("\n\n")[1]),
    ]
    assert article.text == f"Ferry sinks\n\n{BODY}"
    assert (article.title, article.date, article.outlet) == ("Ferry sinks", "2020-03-03", "The Daily Invention")
    assert (article.byline, article.language) == ("Ann Smith", "en")
    assert article.metadata == {"Date": "3 March 2020", "topic": "sea"}
    assert article.origin is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(delimiter: str) -> None:
    (article,) = load(to_csv([HEAD, ROW], delimiter), ".csv")
    assert_is_the_row(article)
    assert article.source == "a.csv#1"


def test_csv_from_a_spreadsheet() -> None:
    data = b"\xef\xbb\xbf" + ("sep=;\r\n" + to_csv([HEAD, ROW], ";")).encode()
    (article,) = load_bytes(data, source="a.csv", suffix=".csv")
    assert_is_the_row(article)


def test_csv_in_windows_1252() -> None:
    (article,) = load_bytes(
        "text\r\n“It’s £5,” she said\r\n".replace(",", "").encode("cp1252"), source="a.csv", suffix=".csv"
    )
    assert isinstance(article, Article)
    assert article.text == "“It’s £5” she said"


def test_tsv() -> None:
    (article,) = load(to_csv([HEAD, ROW], "\t"), ".tsv")
    assert_is_the_row(article)


def test_json_and_json_lines() -> None:
    record = dict(zip(HEAD, ROW, strict=True))
    assert_is_the_row(load(json.dumps([record]), ".json")[0])
    assert_is_the_row(load(json.dumps(record), ".json")[0])
    assert_is_the_row(load(f"\ufeff{json.dumps(record)}\n\n", ".jsonl")[0])


def write_xlsx(path: Path, sheets: list[list[list[Any]]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    book.save(path)


def test_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    dated = [ROW[0], datetime(2020, 3, 3), *ROW[2:]]
    write_xlsx(path, [[["notes"], ["nothing"]], [HEAD, dated, [None] * 7, dated], [["text"], ["Another ferry sank."]]])
    results = load_articles(str(path))
    assert [result.source for result in results] == [f"{path}#{number}" for number in (1, 2, 3)]
    assert isinstance(results[0], Article)
    assert results[0].date == "2020-03-03"
    assert results[0].metadata == {"topic": "sea"}
    assert isinstance(results[2], Article) and results[2].text == "Another ferry sank."


@pytest.mark.parametrize("name", ["text", "Text", "FULL_TEXT", "Body", "content", "Article"])
def test_text_columns(name: str) -> None:
    (article,) = load(to_csv([["id", name], ["7", BODY]]), ".csv")
    assert isinstance(article, Article)
    assert article.text == BODY
    assert article.metadata == {"id": "7"}


def test_the_user_names_the_column() -> None:
    (article,) = load(to_csv([["text", "other"], ["x y", BODY]]), ".csv", text_column="other")
    assert isinstance(article, Article)
    assert article.text == BODY
    assert article.metadata == {"text": "x y"}


@pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl"])
@pytest.mark.parametrize("text_column", [None, "words"])
def test_no_text_column(suffix: str, text_column: str | None) -> None:
    text = to_csv([["id", "stuff"], ["7", BODY]]) if suffix == ".csv" else json.dumps({"id": 7, "stuff": BODY})
    (failure,) = load(text, suffix, text_column=text_column)
    assert isinstance(failure, Failure)
    assert failure.kind == "intake.no-text-column"
    assert failure.source == f"a{suffix}"
    assert "“id”, “stuff”" in failure.message


def outcome(results: list[Article | Failure]) -> list[str]:
    return [result.kind if isinstance(result, Failure) else result.text for result in results]


def test_broken_rows_do_not_stop_the_others() -> None:
    text = 'id,text\n1,One ferry sank.\n2,a,b,c\n3,"open\n4,"Four, sank."\n'
    text += '5,\n6,"Six ""sank""."\n7,"never closed\n8,Eight sank.\n'
    results = load(text, ".csv")
    assert outcome(results) == [
        "One ferry sank.",
        "intake.broken",
        "intake.broken",
        "Four, sank.",
        "intake.empty",
        'Six "sank".',
        "intake.broken",
        "Eight sank.",
    ]
    assert [result.source for result in results] == [f"a.csv#{number}" for number in range(1, 9)]
    assert isinstance(results[1], Failure) and "line 3" in results[1].message and "4 cells" in results[1].message


def test_broken_json_lines() -> None:
    results = load(
        '{"text": "One sank."}\n{"text": \n[1]\n{"text": ""}\n{"text": "Five sank.", "n": {"a": 1}}', ".jsonl"
    )
    assert outcome(results) == ["One sank.", "intake.broken", "intake.broken", "intake.empty", "Five sank."]
    assert isinstance(results[1], Failure) and "line 2" in results[1].message
    assert isinstance(results[4], Article) and results[4].metadata == {"n": '{"a": 1}'}


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        ("text\n", ".csv", "intake.empty"),
        ('"text\nabc', ".csv", "intake.broken"),
        ("[]", ".json", "intake.empty"),
        ("[1, 2]", ".json", "intake.broken"),
        ("{", ".json", "intake.broken"),
        ("nothing", ".jsonl", "intake.broken"),
        (" \n", ".jsonl", "intake.empty"),
    ],
)
def test_failures(text: str, suffix: str, kind: str) -> None:
    (failure,) = load(text, suffix)
    assert isinstance(failure, Failure)
    assert failure.kind == kind


def test_empty_and_broken_workbooks(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "empty.xlsx", [[]])
    write_xlsx(tmp_path / "whole.xlsx", [[["text"], [BODY]]])
    (tmp_path / "cut.xlsx").write_bytes((tmp_path / "whole.xlsx").read_bytes()[:1500])
    (tmp_path / "text.xlsx").write_text("This is no workbook.")
    write_xlsx(tmp_path / "other.xlsx", [[["id"], ["7"]]])
    found = {path.name: load_articles(str(path))[0] for path in sorted(tmp_path.iterdir())}
    assert {name: result.kind for name, result in found.items() if isinstance(result, Failure)} == {
        "empty.xlsx": "intake.empty",
        "cut.xlsx": "intake.broken",
        "text.xlsx": "intake.broken",
        "other.xlsx": "intake.no-text-column",
    }


def test_a_title_in_the_text_is_not_there_twice() -> None:
    (article,) = load(to_csv([["title", "text"], ["Ferry sinks", f"FERRY SINKS\n\n{BODY}"]]), ".csv")
    assert isinstance(article, Article)
    assert article.text == f"Ferry sinks\n\n{BODY}"


def test_long_fields() -> None:
    text = "The ferry sank. " * 20_000
    (article,) = load(to_csv([["text"], [text]]), ".csv")
    assert isinstance(article, Article)
    assert len(article.text) == len(text.strip())
    assert csv.field_size_limit() == 131_072


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=30)


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_every_row_has_one_result(rows: list[list[str]], delimiter: str) -> None:
    body = [[cell, f"w {text}"] for cell, text in rows]
    results = load(to_csv([["title", "text"], *body], delimiter), ".csv")
    assert [result.source for result in results] == [f"a.csv#{number}" for number in range(1, len(rows) + 1)]
    for result in results:
        assert isinstance(result, Article)
        assert all(result.text[zone.start : zone.end] == zone.text for zone in result.zones)
        json.dumps([result.title, result.metadata], ensure_ascii=False).encode()
