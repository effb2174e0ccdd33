"""An audit as one self-contained page, and the folder with the annotated pages that it leads to."""

from __future__ import annotations

from pathlib import Path

from closeread.comparisons.audits import Audit
from closeread.report.audit_lines import AuditLines, page_of
from closeread.report.page import headline_of, to_page
from closeread.report.rendering import render_document

INDEX = "index.html"


def to_audit_page(found: Audit, *, command: str) -> str:
    """One HTML document without network and script of its own. Its links lead to pages named as `write_audit_site`
    names them."""
    lines = AuditLines(found)
    return render_document(
        "audit.html",
        title=headline_of(found.quoting),
        article=found.quoting.article,
        made_with=found.quoting.made_with,
        texts=lines.texts(),
        quotation_counts=lines.quotation_counts(),
        statement_counts=lines.statement_counts(),
        quotations=tuple(lines.quotations()),
        statements=tuple(lines.statements()),
        unanswered=tuple(lines.unanswered()),
        command=command,
    )


def write_audit_site(place: Path, found: Audit, *, command: str) -> None:
    """Writes the page to `place/index.html`, or to `place` where that ends with `.html`, and beside it one annotated
    page per text. Each file is written whole or not at all."""
    folder, name = find_page(place)
    folder.mkdir(parents=True, exist_ok=True)
    places = AuditLines(found).places()
    for reading in (found.quoting, *found.originals):
        page = to_page(reading, command=command, index=name, places=places[reading.article.id])
        _write(folder / page_of(reading.article), page)
    _write(folder / name, to_audit_page(found, command=command))


def find_page(place: Path) -> tuple[Path, str]:
    """The folder that is written to, and the name of the page in it."""
    return (place.parent, place.name) if place.suffix.lower() == ".html" else (place, INDEX)


def _write(path: Path, page: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(page, encoding="utf-8", newline="\n")
    part.replace(path)
