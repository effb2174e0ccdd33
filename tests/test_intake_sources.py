"""Which files are read, and one named failure for each that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from closeread.article import Article, Failure
from closeread.intake import find_sources, load_articles, load_bytes, load_text

TEXT = "The ferry sank on Monday, the harbour master said."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.HTML", "sub/c.md", "sub/d.pdf", "e.png", ".hidden.txt", ".git/f.txt", "~$g.docx"):
        path = tmp_path / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "texts"


def test_folders_are_read_in_order(folder: Path) -> None:
    sources = find_sources(["texts"])
    assert sources.files == ("texts/a.HTML", "texts/b.txt", "texts/sub/c.md")
    assert sources.skipped == ("texts/e.png", "texts/sub/d.pdf")


def test_a_path_given_twice_counts_once(folder: Path) -> None:
    sources = find_sources(["texts/b.txt", "./texts/b.txt", "texts", str(folder / "b.txt"), "texts/sub/d.pdf"])
    assert sources.files == ("texts/b.txt", "texts/a.HTML", "texts/sub/c.md", "texts/sub/d.pdf")
    assert sources.skipped == ("texts/e.png",)


def test_a_folder_that_may_not_be_opened_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    sources = find_sources(["texts"])
    assert sources.files == ("texts/a.HTML", "texts/b.txt", "texts/sub")
    (failure,) = load_articles("texts/sub")
    assert isinstance(failure, Failure) and failure.kind == "intake.not-permitted"


def test_pipes_and_devices_are_no_texts(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "texts/pipe.txt" in find_sources(["texts"]).skipped
    (failure,) = load_articles(os.devnull)
    assert isinstance(failure, Failure) and failure.kind == "intake.not-readable"


def test_what_is_given_is_tried(folder: Path) -> None:
    (folder / "nothing").mkdir()
    sources = find_sources(["missing.txt", "texts/nothing", "texts/e.png"])
    assert sources.files == ("missing.txt", "texts/nothing", "texts/e.png")
    kinds = [result.kind for path in sources.files for result in load_articles(path) if isinstance(result, Failure)]
    assert kinds == ["intake.not-found", "intake.folder"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("empty.txt", b"", "intake.empty"),
        ("blank.txt", b" \r\n\t\n", "intake.empty"),
        ("mark.txt", b"\xef\xbb\xbf", "intake.empty"),
        ("blank.md", b"---\ntitle: x\n---\n", "intake.empty"),
        ("paper.pdf", b"%PDF-1.7\n...", "intake.unsupported"),
        ("paper.txt", b"%PDF-1.7\n...", "intake.unsupported"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "intake.unsupported"),
        ("rich.rtf", b"{\\rtf1 text}", "intake.unsupported"),
        ("pack.zip", b"PK\x05\x06" + bytes(18), "intake.not-text"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "intake.not-text"),
    ],
)
def test_one_failure_for_what_cannot_be_read(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    (failure,) = load_articles(str(tmp_path / name))
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert failure.source == str(tmp_path / name)
    assert failure.message[0].isupper() and failure.message.endswith(".")


def test_pdf_is_named() -> None:
    (failure,) = load_bytes(b"%PDF-1.7", source="a.pdf", suffix=".pdf")
    assert isinstance(failure, Failure)
    assert failure.message.startswith("PDF is not read yet.")


def test_a_missing_path_is_no_article() -> None:
    (failure,) = load_articles("no such file")
    assert failure == Failure("no such file", "intake.not-found", "There is no such file.")


def test_a_path_that_no_system_takes() -> None:
    (failure,) = load_articles("a\x00b")
    assert isinstance(failure, Failure)
    (failure,) = load_articles("x" * 5000)
    assert isinstance(failure, Failure) and failure.kind == "intake.not-readable"


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    (failure,) = load_articles(str(tmp_path / "a.txt"))
    assert isinstance(failure, Failure)
    assert failure.kind == "intake.not-permitted"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such file names")
def test_a_file_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    for result in load_articles(os.fsdecode(path)):
        assert isinstance(result, Article)
        result.source.encode("utf-8")
        assert result.id


def test_text_from_elsewhere() -> None:
    (article,) = load_bytes(TEXT.encode(), source="stdin")
    assert isinstance(article, Article)
    assert article == load_text(TEXT, source="stdin")


def test_importing_intake_is_light() -> None:
    heavy = "trafilatura docx openpyxl py3langid charset_normalizer lxml numpy"
    code = f"import sys, closeread.intake; print([name for name in '{heavy}'.split() if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
