"""The form of a Nexis export as a Word document -> its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from closeread.intake.composing import is_visible
from closeread.intake.dates import find_date
from closeread.intake.nexis import Document, Export

# Lines of the form, in the languages in which the service labels its exports.
END_LINES = frozenset({"End of Document", "Ende des Dokuments", "Fin du document", "Fin del documento"})
BODY_LINES = frozenset({"Body", "Hauptteil", "Textkörper", "Corps", "Cuerpo"})
SECTION_LINES = frozenset({"Classification", "Klassifizierung", "Graphic", "Notes", "Correction", "Correction-Date"})
_COVER_COUNT = re.compile(r"^(?:Documents|Dokumente|Documentos)\s*\((\d+)\)$")
_COVER_TITLE = re.compile(r"^(\d+)\.\s+(\S.*)$")
_LABEL = re.compile(r"^([A-Z][A-Za-z]*(?:[- ][A-Z][a-z]+)?):[\s\xa0]*(.*)$", re.S)
TAIL_LABELS = frozenset((
    "language", "publication-type", "journal-code", "subject", "organization", "company", "person",
    "geographic", "load-date", "industry", "ticker", "state", "city", "country", "correction-date", "sprache",
))  # fmt: skip


def is_nexis_word(lines: Sequence[str]) -> bool:
    shown = {line.strip() for line in lines}
    return bool(shown & END_LINES) and bool(shown & BODY_LINES)


def _split_documents(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines up to each end line; what follows the last one counts where it holds a body."""
    chunk: list[str] = []
    for line in lines:
        if line in END_LINES:
            yield chunk
            chunk = []
        else:
            chunk.append(line)
    if BODY_LINES & set(chunk):
        yield chunk


def _label_of(line: str) -> tuple[str, str] | None:
    match = _LABEL.match(line)
    return (match[1].lower().replace(" ", "-"), match[2].strip()) if match else None


def _find_date(lines: Sequence[str], body: int) -> int | None:
    """The line with the date: the last one above the body that is no labelled field and no copyright."""
    for number in range(body - 1, 0, -1):
        line = lines[number]
        if len(line) <= 80 and find_date(line) and not _label_of(line) and not line.lower().startswith("copyright"):
            return number
    return None


def _split_tail(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Body paragraphs, and what stands below them from the first section or field on."""
    for number, line in enumerate(lines):
        label = _label_of(line)
        if line in SECTION_LINES or (label and label[0] in TAIL_LABELS):
            return [*lines[:number]], [*lines[number:]]
    return [*lines], []


def _to_fields(lines: Sequence[str]) -> dict[str, str]:
    """Fields by label; text under a section line (a caption under "Graphic") goes by the name of the section."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        label = _label_of(line)
        if line.lower().startswith("copyright"):
            fields.setdefault("copyright", []).append(line)
        elif line in SECTION_LINES:
            name = line.lower()
        elif label:
            fields.setdefault(label[0], []).append(label[1])
        elif name and line:
            fields.setdefault(name, []).append(line)
    return {name: " ".join(values) for name, values in fields.items()}


def _headline(lines: Sequence[str], outlet: int) -> str:
    """The lines right above the outlet, up to a blank one."""
    start = outlet
    while start and is_visible(lines[start - 1]):
        start -= 1
    return " ".join(lines[start:outlet])


def _to_document(lines: Sequence[str], number: int) -> Document | None:
    """None where date or body cannot be found."""
    body = next((n for n, line in enumerate(lines) if line in BODY_LINES), None)
    dated = _find_date(lines, body) if body else None
    if body is None or dated is None:
        return None
    paragraphs, tail = _split_tail(lines[body + 1 :])
    shown = tuple(line for line in paragraphs if is_visible(line))
    fields = _to_fields(lines[dated + 1 : body]) | _to_fields(tail)
    headline = _headline(lines, dated - 1)
    return Document(number, headline, lines[dated - 1], lines[dated], shown, fields) if shown else None


def _find_titles(lines: Sequence[str]) -> dict[int, str]:
    """The list on the cover page; it ends above the first body."""
    end = next((n for n, line in enumerate(lines) if line in BODY_LINES), 0)
    matches = filter(None, (_COVER_TITLE.match(line) for line in lines[:end]))
    return {int(match[1]): match[2] for match in matches}


def parse_word(texts: Sequence[str]) -> Export:
    """The paragraphs of a document for which `is_nexis_word` holds."""
    lines = [text.strip() for text in texts]
    titles = _find_titles(lines)
    found = [(number, _to_document(chunk, number)) for number, chunk in enumerate(_split_documents(lines), start=1)]
    counts = [int(match[1]) for match in map(_COVER_COUNT.match, lines) if match]
    announced = counts[0] if counts else len(titles) or len(found)
    return Export(
        announced=frozenset(range(1, announced + 1)),
        documents=tuple(document for _, document in found if document),
        broken=tuple(number for number, document in found if not document),
        titles=titles,
    )
