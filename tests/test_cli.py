"""The command line, run as a user runs it: real files, real exit status, real output."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from closeread.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples" / "harbour"
STORY = (
    "Harbour opens again\n\n“We are glad,” said Ann Lee, the mayor of Ostrel. The United States sent a ship.\n\n"
    "Both waited."
)


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "closeread.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **environment}, check=False)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.models
def test_summary(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(story)]) == 0
    out, err = capsys.readouterr()
    assert "Harbour opens again" in out
    assert "1 source speaks: 1 named" in out
    assert "Ann Lee" in out
    assert err == ""
    assert max(len(line) for line in out.splitlines()) <= 80


@pytest.mark.models
def test_all_outputs_of_the_example(tmp_path: Path) -> None:
    html, table, lines = tmp_path / "html", tmp_path / "csv", tmp_path / "readings.jsonl"
    arguments = ["--quiet", "--html", str(html), "--csv", str(table), "--json", str(lines)]
    assert main(["read", str(EXAMPLES), *arguments]) == 0
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [record["article"]["source"] for record in records] == sorted(path.as_posix() for path in EXAMPLES.iterdir())
    assert len(list(html.glob("*.html"))) == len(records) + 1
    with (table / "texts.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(records)
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".part", ".tmp")]


@pytest.mark.models
def test_one_bad_file_among_good_ones(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 broken")
    lines = tmp_path / "readings.jsonl"
    assert main(["read", str(story), str(bad), str(tmp_path / "none.txt"), "--json", str(lines)]) == 1
    out, err = capsys.readouterr()
    assert "Ann Lee" in out
    assert "bad.docx" in err
    assert "none.txt: There is no such file." in err
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert ["error" in record for record in records] == [True, True, False]
    assert records[1]["error"] == {"kind": "intake.not-found", "message": "There is no such file."}


@pytest.mark.models
def test_standard_input_and_standard_output() -> None:
    done = run("read", "-", "--json", "-", stdin=STORY.encode())
    record = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert record["article"]["source"] == "stdin"
    assert record["attributions"][0]["contents"][0]["text"] == "“We are glad,”"


@pytest.mark.models
def test_a_missing_model_is_wrong_use(story: Path) -> None:
    done = run("read", str(story), "--model", "en_no_such_model")
    assert done.returncode == 2
    assert b"pip install en-no-such-model" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["read"], ["write"], ["read", "x.txt", "--jobs", "0"], ["read", "x", "--json"]]
)
def test_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_an_output_that_cannot_be_written(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    assert main(["read", str(story), "--html", str(tmp_path / "file" / "html")]) == 2
    assert "closeread: " in capsys.readouterr().err


def test_files_of_other_kinds_are_counted(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert main(["read", str(tmp_path), "--quiet"]) == 0
    assert "1 file of another kind was passed over" in capsys.readouterr().err


@pytest.mark.models
def test_bytes_do_not_depend_on_order_threads_or_processes(tmp_path: Path) -> None:
    files = sorted(str(path) for path in EXAMPLES.iterdir())
    outputs = []
    runs = ((files, "1", "1"), (files[::-1], "1", "2"), (files, "2", "1"))
    for number, (order, jobs, threads) in enumerate(runs):
        target = tmp_path / f"{number}.jsonl"
        done = run("read", *order, "--quiet", "--jobs", jobs, "--json", str(target), OMP_NUM_THREADS=threads)
        assert done.returncode == 0, done.stderr
        outputs.append(target.read_bytes())
    assert outputs[0] == outputs[1] == outputs[2]


@pytest.mark.models
def test_no_progress_bar_in_a_pipe() -> None:
    done = run("read", str(EXAMPLES), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.models
def test_a_progress_bar_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "closeread.cli", "read", str(EXAMPLES), "--quiet"]
    done = subprocess.run(
        command, stderr=theirs, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm"}, check=True
    )
    os.close(theirs)
    assert done.stdout == b""
    assert b"Reading" in os.read(ours, 100_000)
    os.close(ours)
