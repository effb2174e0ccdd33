"""From files to articles: which files there are, and what is in each."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISFIFO, S_ISSOCK

from closeread.article import Article, Failure, ReadError
from closeread.intake.composing import to_source_name
from closeread.intake.decoding import Decoded, decode, find_declared

TEXT_SUFFIXES = (".txt", ".text")
MARKDOWN_SUFFIXES = (".md", ".markdown")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TABLE_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
SUFFIXES = (*TEXT_SUFFIXES, *MARKDOWN_SUFFIXES, *HTML_SUFFIXES, *TABLE_SUFFIXES, ".docx", ".xlsx")

_CHECKS = (".checks.yaml", ".checks.yml")

# What files that we do not read begin with, and the sentence for each.
_UNSUPPORTED = (
    (b"%PDF-", "PDF is not read yet. Save the text as TXT or DOCX."),
    (b"\xd0\xcf\x11\xe0", "This is an old Office file. Save it as DOCX or XLSX."),
    (b"{\\rtf", "RTF is not read. Save the text as TXT or DOCX."),
)

__all__ = ["SUFFIXES", "Sources", "find_sources", "load_articles", "load_bytes", "load_text"]


@dataclass(frozen=True, slots=True)
class Sources:
    """`files` to read, in order; `skipped`: files in folders that have a suffix we do not read."""

    files: tuple[str, ...]
    skipped: tuple[str, ...]


def _walk(folder: Path) -> tuple[list[Path], list[Path]]:
    """All files below a folder, sorted by path, and the folders that may not be opened.

    What is hidden, lock files (`~$a.docx`) and check files beside the texts (`a.checks.yaml`) are left out.
    """
    found: list[Path] = []
    closed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place) / name for name in names if not name.startswith((".", "~$")) and not name.endswith(_CHECKS)
        ]
    return sorted(found, key=Path.as_posix), closed


def _key(path: Path) -> Path:
    """Tells a path given twice, as `a.txt` and `./a.txt`."""
    return Path.cwd() / path


def _is_folder(path: Path) -> bool:
    """False also where the name is one that no file can have."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_special(path: Path, *, pipes: bool = True) -> bool:
    """A device or, with `pipes`, something else that has no end of its own."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return S_ISCHR(mode) or S_ISBLK(mode) or (pipes and (S_ISFIFO(mode) or S_ISSOCK(mode)))


def _fits(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not _is_special(path)


def find_sources(paths: Sequence[str]) -> Sources:
    """Files as given, folders as the files below them, each once.

    A folder without a file that we read, or that may not be opened, is in `files`, so that `load_articles` can say so.
    """
    files: dict[Path, str] = {}
    skipped: dict[Path, str] = {}
    for path in map(Path, paths):
        found, closed = _walk(path) if _is_folder(path) else ([], [])
        fitting = [file for file in found if _fits(file)] + closed
        files |= {_key(file): file.as_posix() for file in fitting or [path] if _key(file) not in files}
        skipped |= {_key(file): file.as_posix() for file in found if not _fits(file)}
    return Sources(tuple(files.values()), tuple(name for key, name in skipped.items() if key not in files))


def load_articles(source: str, *, text_column: str | None = None) -> list[Article | Failure]:
    """The articles of one file, at least one result. What cannot be read is a Failure; nothing is raised for content.

    `text_column`: the column with the text, for tables.
    """
    name = to_source_name(source)
    try:
        data = _read_bytes(source, name)
    except ReadError as error:
        return [error.failure]
    return load_bytes(data, source=name, suffix=Path(source).suffix, text_column=text_column)


def load_bytes(
    data: bytes, *, source: str, suffix: str = ".txt", text_column: str | None = None
) -> list[Article | Failure]:
    """Like `load_articles` for content in memory. `suffix` tells the format where the content does not."""
    try:
        return _load(data, to_source_name(source), suffix=suffix.lower(), text_column=text_column)
    except ReadError as error:
        return [error.failure]


def load_text(text: str, *, source: str = "text") -> Article:
    """One plain text in memory. Raises ReadError (`intake.empty`) where there are no words in it."""
    from closeread.intake.text import load_plain

    return load_plain(Decoded(text, "str"), to_source_name(source))


def _read_bytes(source: str, name: str) -> bytes:
    path = Path(source)
    try:
        if _is_folder(path):
            os.scandir(path).close()  # raises where it may not be opened
            raise ReadError(name, "intake.folder", "The folder holds no file that we can read.")
        if _is_special(path, pipes=False):
            raise ReadError(name, "intake.not-readable", "It is a device, not a file.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(name, "intake.not-found", "There is no such file.") from error
    except PermissionError as error:
        raise ReadError(name, "intake.not-permitted", "It may not be opened: permission denied.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReadError(name, "intake.not-readable", f"The file cannot be opened: {reason}.") from error


def _load(data: bytes, source: str, *, suffix: str, text_column: str | None) -> list[Article | Failure]:
    if not data.strip():
        raise ReadError(source, "intake.empty", "It is empty.")
    for start, message in _UNSUPPORTED:
        if data.startswith(start):
            raise ReadError(source, "intake.unsupported", message)
    if data.startswith(b"PK\x03\x04") or suffix in (".docx", ".xlsx"):
        return _load_package(data, source, text_column)
    if suffix in TABLE_SUFFIXES:
        return _load_table(data, source, suffix=suffix, text_column=text_column)
    if suffix in HTML_SUFFIXES or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        from closeread.intake.html import load_html

        return [load_html(decode(data, source, declared=find_declared(data)), source)]
    return _load_plain(decode(data, source), source, suffix)


def _load_plain(decoded: Decoded, source: str, suffix: str) -> list[Article | Failure]:
    from closeread.intake.cleaning import clean
    from closeread.intake.markdown import load_markdown
    from closeread.intake.nexis import load_export
    from closeread.intake.nexis_text import is_nexis_text, parse_text
    from closeread.intake.text import load_plain

    text = clean(decoded.text).text
    if is_nexis_text(text):
        return load_export(parse_text(text), source)
    return [load_markdown(decoded, source) if suffix in MARKDOWN_SUFFIXES else load_plain(decoded, source)]


def _load_table(data: bytes, source: str, *, suffix: str, text_column: str | None) -> list[Article | Failure]:
    from closeread.intake.delimited import load_delimited
    from closeread.intake.records import load_json, load_json_lines
    from closeread.intake.tables import Wanted

    decoded = decode(data, source)
    wanted = Wanted(source, text_column, decoded.notes)
    if suffix == ".json":
        return load_json(decoded.text, wanted)
    if suffix in (".jsonl", ".ndjson"):
        return load_json_lines(decoded.text, wanted)
    return load_delimited(decoded.text, suffix, wanted)


def _names_in(data: bytes, source: str) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ReadError(source, "intake.broken", "The file is damaged: it is no whole Office file.") from error


def _load_package(data: bytes, source: str, text_column: str | None) -> list[Article | Failure]:
    """Office files are zip packages; what is in them tells which."""
    names = _names_in(data, source)
    if any(name.startswith("word/") for name in names):
        return _load_word(data, source)
    if any(name.startswith("xl/") for name in names):
        from closeread.intake.tables import Wanted
        from closeread.intake.workbook import load_xlsx

        return load_xlsx(data, Wanted(source, text_column))
    raise ReadError(source, "intake.unsupported", "It is a zip file, but no Word document and no workbook.")


def _load_word(data: bytes, source: str) -> list[Article | Failure]:
    from closeread.intake.docx import load_docx
    from closeread.intake.nexis import load_export
    from closeread.intake.nexis_word import is_nexis_word, parse_word
    from closeread.intake.word import open_word

    document = open_word(data, source)
    lines = [paragraph.text for paragraph in document.paragraphs]
    if is_nexis_word(lines):
        return load_export(parse_word(lines), source)
    return [load_docx(document, source)]
