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

from closeread import read
from closeread.cli import main
from closeread.collection import Journal

EXAMPLES = Path(__file__).parents[1] / "examples" / "harbour"
# Check files beside the texts are no texts.
TEXTS = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".yaml")
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
    assert [record["article"]["source"] for record in records] == sorted(path.as_posix() for path in TEXTS)
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


@pytest.mark.models
def test_a_full_disk(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(EXAMPLES / "pennant.txt"), "--quiet", "--json", "/dev/full"]) == 2
    assert "the output cannot be written: No space left on device" in capsys.readouterr().err


def test_an_output_is_called_as_it_was_typed(
    monkeypatch: pytest.MonkeyPatch, story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(place: str) -> None:
        raise PermissionError(13, "Permission denied", place)

    for written, named in (("o/x.jsonl.part", "o/x.jsonl"), ("o/.closeread.part", "o"), ("o/x.csv", "o/x.csv")):
        monkeypatch.setattr("closeread.collection.load_collection", lambda *_, at=written, **__: refuse(at))
        assert main(["read", str(story)]) == 2
        assert capsys.readouterr().err == f"closeread: {named}: Permission denied\n"


@pytest.mark.models
def test_readings_of_other_texts_are_told(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.txt"
    other.write_text(STORY, encoding="utf-8")
    journal = Journal(Path(f"{out}.part"))
    journal.add(read(other))
    journal.close(complete=False)
    assert main(["read", str(story), "--quiet", "--json", str(out)]) == 0
    told = capsys.readouterr().err
    assert "1 texts that a run before has read are not among these" in told
    assert "going on" not in told


def test_stopped(monkeypatch: pytest.MonkeyPatch, story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only a run that keeps what it has read can go on."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("closeread.collection.load_collection", stop)
    for command, goes_on in ((["read", str(story)], False), (["read", str(story), "--json", "x.jsonl"], True)):
        assert main(command) == 130
        assert ("goes on" in capsys.readouterr().err) == goes_on


def test_files_of_other_kinds_are_counted(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert main(["read", str(tmp_path), "--quiet"]) == 0
    assert "1 file of another kind was passed over" in capsys.readouterr().err


@pytest.mark.models
def test_bytes_do_not_depend_on_order_threads_or_processes(tmp_path: Path) -> None:
    files = [str(path) for path in TEXTS]
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


def test_an_output_that_is_an_input_is_refused(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(story), "--json", str(story)]) == 2
    assert "is one of the texts to read" in capsys.readouterr().err
    assert story.read_text(encoding="utf-8") == STORY


@pytest.mark.models
def test_json_to_a_pipe_and_through_a_link(story: Path, tmp_path: Path) -> None:
    """What stands at the name of an output is not replaced by a file of another kind."""
    pipe, link, target = tmp_path / "pipe", tmp_path / "link.jsonl", tmp_path / "target.jsonl"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert run("read", str(story), "--quiet", "--json", str(pipe)).returncode == 0
        received, _ = reader.communicate(timeout=30)
    assert json.loads(received)["article"]["source"] == story.as_posix()
    assert pipe.is_fifo()
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert main(["read", str(story), "--quiet", "--json", str(link)]) == 0
    assert link.is_symlink()
    assert target.read_bytes() == received


@pytest.mark.models
def test_a_text_too_long_to_parse_does_not_stop_the_others(story: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It went on. " * 90_000, encoding="utf-8")
    target = tmp_path / "out.jsonl"
    done = run("read", str(tmp_path), "x" * 5_000, "--quiet", "--json", str(target))
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 1
    assert [record.get("error", {}).get("kind") for record in records] == [
        "parsing.too-long",
        None,
        "intake.not-readable",
    ]


@pytest.mark.models
def test_files_are_written_although_nobody_reads_the_summaries(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    command = f"{sys.executable} -m closeread.cli read {EXAMPLES} --json {target} | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(target.read_text(encoding="utf-8").splitlines()) == len(TEXTS)


@pytest.mark.models
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_of_few_characters(story: Path, encoding: str) -> None:
    done = run("read", str(story), PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert b"Ann Lee" in done.stdout
    record = json.loads(run("read", str(story), "--json", "-", PYTHONIOENCODING=encoding).stdout.decode("utf-8"))
    assert "“We are glad,”" in record["article"]["text"]


@pytest.mark.models
def test_a_second_run_into_the_same_file_is_refused(story: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    journal = Journal(Path(f"{target}.part"))
    done = run("read", str(story), "--json", str(target))
    journal.close(complete=True)
    assert done.returncode == 2
    assert b"another run is writing there" in done.stderr


def test_standard_input_that_is_closed(story: Path) -> None:
    done = subprocess.run(f"{sys.executable} -m closeread.cli read - <&-", shell=True, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"standard input is closed" in done.stderr


@pytest.mark.models
def test_the_columns_of_a_table_reach_the_csv(tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    table.write_text("text,my_code\nAnn Lee said that it was over.,A7\n", encoding="utf-8")
    assert main(["read", str(table), "--quiet", "--csv", str(tmp_path / "csv")]) == 0
    with (tmp_path / "csv" / "metadata.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["key"], row["value"]) for row in csv.DictReader(file)] == [("my_code", "A7")]


@pytest.mark.models
def test_a_folder_that_holds_the_outputs_can_be_read_again(story: Path, tmp_path: Path) -> None:
    arguments = [str(tmp_path), "--quiet", "--html", str(tmp_path / "html"), "--csv", str(tmp_path / "csv")]
    target = tmp_path / "out.jsonl"
    contents = []
    for _ in range(2):
        assert main(["read", *arguments, "--json", str(target)]) == 0
        contents.append(target.read_bytes())
    assert contents[0] == contents[1]
    assert len(contents[0].splitlines()) == 1


@pytest.mark.models
def test_audit_of_the_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The key to the critique (examples/README.md) says what was done to each quotation."""
    record = tmp_path / "audit.json"
    command = ["audit", str(EXAMPLES / "critique.txt"), "--of", str(EXAMPLES / "slipway.md"), "--json", str(record)]
    assert main(command) == 0
    out = capsys.readouterr().out
    assert "7 quotations: 3 word for word, 1 typographic difference only, 1 marked change, 1\nunmarked change" in out
    assert "substituted: “harbour” for “pier”" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    found = json.loads(record.read_text(encoding="utf-8"))
    assert found["schema"] == "closeread.audit/1"
    text = {"critique": (EXAMPLES / "critique.txt").read_text(encoding="utf-8")}
    kinds = {each["quotation"]["text"]: each["kind"] for each in found["quotations"]}
    assert kinds["The ladders were taken away in March for repair,"] == "typographic"
    assert all(words in text["critique"] for words in kinds)


@pytest.mark.models
def test_audit_names_what_cannot_be_read_and_uses_the_rest(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speech, empty = tmp_path / "speech.txt", tmp_path / "empty.txt"
    speech.write_text("The mayor spoke at noon. We are glad, and we thank all of you.", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    assert main(["audit", str(story), "--of", str(speech), str(empty)]) == 1
    out, err = capsys.readouterr()
    assert str(empty) in err
    assert "1 quotation: 1 " in out
    assert main(["audit", str(empty), "--of", str(speech)]) == 2
    assert "holds 0 texts" in capsys.readouterr().err
    assert main(["audit", str(story), "--of", str(speech), "--json", str(speech)]) == 2
    assert "would be replaced" in capsys.readouterr().err
