"""The paragraphs of a Word document, wherever they stand in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from closeread.article import ReadError


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its text, with LF for line breaks, and the name of its style ("Heading 1")."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Document:
    """`properties`: title, author and date of making as the file states them, where it does."""

    paragraphs: tuple[Paragraph, ...]
    properties: dict[str, str]


def _open(data: bytes, source: str) -> Any:
    from docx import Document as open_document

    try:
        return open_document(io.BytesIO(data))
    except Exception as error:  # The library lets errors of zip, XML and its own through.
        raise ReadError(source, "intake.broken", "The Word document is damaged and cannot be opened.") from error


def _text_of(paragraph: Any) -> str:
    """Deleted text of tracked changes is left out, inserted text is in; text boxes are paragraphs of their own."""
    from docx.oxml.ns import qn

    marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
    pieces: list[str] = []
    for element in paragraph.iter(qn("w:t"), *marks):
        holder = next(element.iterancestors(qn("w:p"), qn("w:pPr")))
        if holder is paragraph:
            pieces.append(marks.get(element.tag) or element.text or "")
    return "".join(pieces)


def _find_paragraphs(document: Any) -> Iterator[Paragraph]:
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph as Shown

    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    for element in document.element.body.iter(qn("w:p")):
        # What stands in a fallback stands beside it once more for newer programs.
        if next(element.iterancestors(fallback), None) is None:
            style = Shown(element, document).style
            yield Paragraph(_text_of(element), (style.name or "") if style is not None else "")


def _properties(document: Any) -> dict[str, str]:
    stated = document.core_properties
    created = stated.created.date().isoformat() if stated.created else ""
    values = {"title": stated.title, "author": stated.author, "created": created}
    return {name: value for name, value in values.items() if value}


def open_word(data: bytes, source: str) -> Document:
    """Raises ReadError (`intake.broken`) for a file that cannot be opened."""
    document = _open(data, source)
    try:
        return Document(tuple(_find_paragraphs(document)), _properties(document))
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise ReadError(source, "intake.broken", "The Word document is damaged and cannot be read.") from error
