"""The readings as JSON Lines: one record per text, UTF-8, LF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self

from closeread.article import Failure
from closeread.comparisons.audits import Audit
from closeread.comparisons.corpus_figures import Corpus
from closeread.comparisons.event import Coverage
from closeread.findings import Reading, to_record
from closeread.plain import to_plain

AUDIT = "closeread.audit/1"
COVERAGE = "closeread.coverage/1"
CORPUS = "closeread.corpus/1"


class JsonLines:
    """Writes to `FILE.tmp` and renames it to `FILE` when the run ends without an error. What is no regular file, a
    pipe or a device, is written to as it is; a link is followed."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._whole = not self._path.exists() or self._path.is_file()
        self._part = self._path.with_name(self._path.name + ".tmp") if self._whole else self._path

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._part.open("w", encoding="utf-8", newline="\n")
        return self

    def add(self, result: Reading | Failure) -> None:
        self.write(to_line(result))

    def write(self, line: str) -> None:
        """One record that is JSON already, without the line's end."""
        self._file.write(line + "\n")

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._file.close()
        if not self._whole:
            return
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


def to_line(result: Reading | Failure) -> str:
    """One record as one line of JSON, without the line's end."""
    return json.dumps(to_record(result), ensure_ascii=False, separators=(",", ":"))


def to_audit_line(found: Audit) -> str:
    """The quotations and statements of a text held against originals, as one record."""
    articles = [reading.article for reading in (found.quoting, *found.originals)]
    texts = [{"id": article.id, "source": article.source, "sha256": article.sha256} for article in articles]
    held = {"quotations": to_plain(found.quotations), "statements": to_plain(found.statements)}
    record = {"schema": AUDIT, "quoting": texts[0], "originals": texts[1:], **held}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def to_coverage_line(coverage: Coverage) -> str:
    """The coverage of one event, as one record."""
    record = {"schema": COVERAGE, **to_plain(coverage)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def to_corpus_line(corpus: Corpus) -> str:
    """A collection as one record."""
    record = {"schema": CORPUS, **to_plain(corpus)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
