"""Word documents with one article."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from closeread.article import Article, Failure
from closeread.intake import load_articles, load_bytes

BODY = "The ferry Aurora sank on Monday, the harbour master said, and all of the people aboard are safe and well."


def save(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def load(data: bytes) -> Article:
    (article,) = load_bytes(data, source="a.docx", suffix=".docx")
    assert isinstance(article, Article), article
    return article


def test_styles_mark_headline_standfirst_and_captions() -> None:
    document = Document()
    document.add_paragraph("The minister said on Tuesday that he would not go.", style="Title")
    document.add_paragraph("By Ann Smith")
    document.add_paragraph("")
    document.add_paragraph(BODY)
    document.add_paragraph("The Aurora in 1987", style="Caption")
    document.add_paragraph("Background", style="Heading 1")
    document.add_paragraph(BODY)
    document.core_properties.author = "Bob Jones"
    article = load(save(document))
    assert [(zone.kind, zone.text) for zone in article.zones] == [
        ("headline", "The minister said on Tuesday that he would not go."),
        ("byline", "By Ann Smith"),
        ("body", BODY),
        ("caption", "The Aurora in 1987"),
        ("body", "Background"),
        ("body", BODY),
    ]
    assert article.byline == "Ann Smith"
    assert article.metadata["author"] == "Bob Jones"
    assert article.origin is None
    assert article.language == "en"


def test_without_styles_the_layout_tells() -> None:
    document = Document()
    for text in ("Ferry sinks off the coast", "3 March 2020", BODY, BODY):
        document.add_paragraph(text)
    article = load(save(document))
    assert [zone.kind for zone in article.zones] == ["headline", "date", "body", "body"]
    assert (article.title, article.date) == ("Ferry sinks off the coast", "2020-03-03")


def test_title_of_the_file_where_the_text_has_none() -> None:
    document = Document()
    document.add_paragraph(BODY)
    document.core_properties.title = "Ferry sinks"
    article = load(save(document))
    assert article.title == "Ferry sinks"
    assert article.text == BODY


def test_tables_links_breaks_and_tracked_changes_are_read() -> None:
    document = Document()
    document.add_paragraph(BODY)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Forty were aboard."
    table.cell(0, 1).text = "None was hurt."
    paragraph = document.add_paragraph("One line\nand another ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>was added.</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>was cut</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t> Linked.</w:t></w:r></w:hyperlink>"))
    texts = [zone.text for zone in load(save(document)).zones]
    assert texts == [BODY, "Forty were aboard.", "None was hurt.", "One line\nand another was added. Linked."]


def test_text_boxes_and_content_controls_are_read_once() -> None:
    document = Document()
    document.add_paragraph(BODY)
    inner = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    alternate = f"<mc:AlternateContent {compatibility} {nsdecls('w')}><mc:Choice>{inner}</mc:Choice>"
    alternate += f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    document.paragraphs[0].runs[0]._r.append(parse_xml(alternate))
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    assert [zone.text for zone in load(save(document)).zones] == [BODY, "In a box.", "In a control."]


def test_failures(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(" ")
    (tmp_path / "empty.docx").write_bytes(save(document))
    (tmp_path / "cut.docx").write_bytes(save(document)[:2000])
    (tmp_path / "none.docx").write_bytes(b"")
    (tmp_path / "text.docx").write_text("This is no Word document.")
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    found = {path.name: load_articles(str(path))[0] for path in sorted(tmp_path.iterdir())}
    assert {name: result.kind for name, result in found.items() if isinstance(result, Failure)} == {
        "empty.docx": "intake.empty",
        "cut.docx": "intake.broken",
        "none.docx": "intake.empty",
        "text.docx": "intake.broken",
        "old.docx": "intake.unsupported",
    }
