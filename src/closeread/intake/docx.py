"""A Word document with one article -> Article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from closeread.article import Article, ReadError, ZoneKind
from closeread.intake.composing import Details, Draft, Part, compose, is_visible, to_article
from closeread.intake.layout import find_kinds
from closeread.intake.text import date_of
from closeread.intake.word import Document, Paragraph

# Styles that mark the headline where they come first, and captions anywhere.
HEADLINE_STYLES = ("title", "heading 1", "headline")
CAPTION_STYLES = ("caption",)
SUBTITLE_STYLES = ("subtitle",)


def _style_is(paragraph: Paragraph, styles: Sequence[str]) -> bool:
    return paragraph.style.lower() in styles


def _find_kinds(paragraphs: Sequence[Paragraph]) -> Iterator[ZoneKind]:
    marked = len(paragraphs) > 1 and _style_is(paragraphs[0], HEADLINE_STYLES)
    kinds = find_kinds([paragraph.text for paragraph in paragraphs], is_heading=marked)
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        if _style_is(paragraph, CAPTION_STYLES):
            yield "caption"
        elif marked and kind == "body" and _style_is(paragraph, SUBTITLE_STYLES):
            yield "headline"
        else:
            yield kind


def load_docx(document: Document, source: str) -> Article:
    """The title in the file's properties is used where no headline stands in the text; its author and date describe
    the file and stay metadata. Raises ReadError (`intake.empty`) where there is nothing to see."""
    shown = [paragraph for paragraph in document.paragraphs if is_visible(paragraph.text)]
    paragraphs = [Paragraph(paragraph.text.strip(), paragraph.style) for paragraph in shown]
    if not paragraphs:
        raise ReadError(source, "intake.empty", "It is empty.")
    parts = [Part(kind, paragraph.text) for paragraph, kind in zip(paragraphs, _find_kinds(paragraphs), strict=True)]
    text, zones = compose(parts)
    title = document.properties.get("title")
    details = Details(title=title, date=date_of(zones), metadata=document.properties)
    return to_article(source, Draft(text, zones), details)
