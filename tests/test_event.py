"""The coverage of an event: what is taken in, the tables, the record, the page and the command."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from closeread import compare, compare_events
from closeread.cli import main
from closeread.exports.csv_tables import CsvTables
from closeread.exports.event_tables import COLUMNS, to_event_tables
from closeread.exports.json_lines import to_coverage_line
from closeread.findings import Notice, Reading
from closeread.report.event_page import to_event_page
from closeread.report.event_sheet import to_event_sheet
from closeread.report.event_terminal import to_event_summary
from tests.events import make_event, make_reading
from tests.payloads import PAYLOADS, hostile_reading
from tests.schemas import load_schema

HARBOUR = Path(__file__).parents[1] / "examples" / "harbour"
COMMAND = "closeread compare texts --html out"


def flow(readings: list[Reading]) -> dict[str, str]:
    return {left.source: left.reason for left in compare(readings, one_event=True).left_out}


def test_texts_that_cannot_be_compared_are_told() -> None:
    event = make_event()
    copy = replace(event[0], article=replace(event[0].article, source="e.txt"))
    foreign = make_reading("f.txt", "Skib", "Skibet sank ved Lundø med 14 mennesker om bord.")
    foreign = replace(foreign, notices=(Notice("language.not-english", "The text is not in English.", None),))
    found = compare([*event, copy, foreign], one_event=True)
    assert {left.source: (left.reason, left.same_as) for left in found.left_out} == {
        "e.txt": ("duplicate", "a.txt"),
        "f.txt": ("not-english", None),
    }
    assert (found.given, [text.source for text in found.texts]) == (6, ["a.txt", "d.txt", "b.txt", "c.txt"])


def test_a_reading_given_twice_counts_once() -> None:
    event = make_event()
    assert compare([*event, event[0]], one_event=True) == compare(event, one_event=True)


def test_two_texts_of_one_name_are_refused() -> None:
    event = make_event()
    other = make_reading("a.txt", "Other", "The harbour of Skogen is closed on Sunday.")
    with pytest.raises(ValueError, match=r"two different texts are called a\.txt"):
        compare([*event, other])


@pytest.mark.parametrize("readings", [[], make_event()[:1], [make_event()[0], make_event()[3]]])
def test_fewer_than_two_texts_on_an_event_are_refused(readings: list[Reading]) -> None:
    with pytest.raises(ValueError, match=f"no two of the {len(readings)} texts tell the same event"):
        compare(readings)


def test_order_does_not_matter() -> None:
    event = make_event()
    assert to_coverage_line(compare(event, one_event=True)) == to_coverage_line(compare(event[::-1], one_event=True))


def test_the_record_fits_its_schema() -> None:
    record = json.loads(to_coverage_line(compare(make_event(), one_event=True)))
    validator = load_schema("compare")
    validator.validate(record)
    record["matrix"]["rows"][0]["cells"][0]["state"] = "hidden"
    assert not validator.is_valid(record)


def test_the_tables_have_every_finding(tmp_path: Path) -> None:
    found = compare(make_event(), one_event=True)
    with CsvTables(tmp_path, COLUMNS) as tables:
        tables.write(to_event_tables([found]))
    rows = {}
    for name, columns in COLUMNS.items():
        assert len(set(columns)) == len(columns)
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert tuple(reader.fieldnames or ()) == columns
            rows[name] = list(reader)
    assert len(rows["coverage"]) == sum(len(row.cells) for row in found.matrix.rows)
    assert len(rows["omissions"]) == len(found.matrix.omissions) > 0
    assert [row["speaker"] for row in rows["versions"]] == ["Ann Lee", "Ann Lee"]
    assert [row["differences"] for row in rows["versions"]] == ["", "substituted: four > five"]
    [passage] = rows["reuse"]
    assert "told the court" in passage["first_text"] and "told the mayor" in passage["second_text"]
    texts = {reading.article.id: reading.article.text for reading in make_event()}
    for row in rows["coverage_places"]:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["text"]


def test_the_page_shows_the_texts_and_what_is_not_found() -> None:
    found = compare(make_event(), one_event=True)
    page = to_event_page(found, command=COMMAND, hrefs={})
    for text in found.texts:
        assert text.title and text.title in page
    assert page == to_event_page(found, command=COMMAND, hrefs={})


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "<" in payload])
def test_nothing_on_the_pages_is_markup(payload: str) -> None:
    texts = [
        replace(reading, article=replace(reading.article, source=f"{at}.txt", outlet=payload, title=payload))
        for at, reading in enumerate((hostile_reading(payload), *make_event()[:2]))
    ]
    found = compare(texts, one_event=True)
    pages = [to_event_page(found, command=payload, hrefs={})]
    pages.append(to_event_sheet(compare(texts[1:], one_event=True), texts[1:], command=payload))
    for page in pages:
        assert payload not in page.partition("<body")[2].replace("</script>\n</body>", "")


def test_the_summary_fits_the_width_and_has_no_control_characters() -> None:
    from rich.console import Console

    event = [
        replace(reading, article=replace(reading.article, title=f"\x1b[31m{'red ' * 40}\x07", outlet="\x9b2J"))
        for reading in make_event()
    ]
    console = Console(width=60)
    with console.capture() as capture:
        for part in to_event_summary(compare(event, one_event=True)):
            console.print(part)
    out = capture.get()
    assert max(map(len, out.splitlines())) <= 60
    assert not set(out) & {"\x1b", "\x07", "\x9b"}


@pytest.mark.models
def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Saved readings give the same record as the texts; the example is one event."""
    saved, one, two = (tmp_path / name for name in ("saved.jsonl", "one.json", "two.json"))
    texts = [str(HARBOUR / name) for name in ("lodestar.txt", "channel.html", "slipway.md")]
    assert main(["read", *texts, "--json", str(saved), "--quiet"]) == 0
    assert main(["compare", *texts, "--json", str(one), "--quiet"]) == 0
    site = tmp_path / "site"
    assert main(["compare", str(saved), "--json", str(two), "--html", str(site), "--csv", str(tmp_path / "csv")]) == 0
    assert one.read_bytes() == two.read_bytes()
    load_schema("compare").validate(json.loads(two.read_text(encoding="utf-8")))
    assert len(list(site.glob("*.html"))) == 5
    assert {path.stem for path in (tmp_path / "csv").glob("*.csv")} == set(COLUMNS)
    said = capsys.readouterr().out
    assert "actor: United States" in said.partition("Not found in A Channel Talvora")[2]


@pytest.mark.models
def test_the_command_with_two_texts_writes_a_sheet(tmp_path: Path) -> None:
    texts = [str(HARBOUR / name) for name in ("lodestar.txt", "slipway.md")]
    assert main(["compare", *texts, "--html", str(tmp_path / "site"), "--quiet"]) == 0
    assert (tmp_path / "site" / "sheet-1.html").exists()


@pytest.mark.models
def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bread.txt").write_text("The mayor of Skogen opened a bakery in June.\n", encoding="utf-8")
    texts = [str(HARBOUR / "lodestar.txt"), str(tmp_path / "bread.txt")]
    assert main(["compare", str(HARBOUR / "lodestar.txt")]) == 2
    assert "1 text was read; two are needed" in capsys.readouterr().err
    assert main(["compare", *texts]) == 2
    assert "--one-event" in capsys.readouterr().err
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert main(["compare", *texts, str(tmp_path / "empty.txt"), "--one-event", "--quiet"]) == 1
    assert "empty.txt" in capsys.readouterr().err
    assert compare_events([]) == ()
