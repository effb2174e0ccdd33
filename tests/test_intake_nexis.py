"""Nexis exports: every announced document is read or named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from closeread.article import Article, Failure
from closeread.intake import load_articles, load_bytes

NEXIS = Path(__file__).parents[1] / ".." / "shared" / "data" / "nexis"

COVER = """\ufeff


Download Request: Selected Items: {items}
Time Of Request: Tuesday, March 10, 2020  16:51:31

Send To:
HARBOUR LIBRARY
1 QUAY STREET

Terms: (DATE(>=2020-03-01) and ferry)

Source: The Daily Invention (Northport);The Quay
Project ID: None


"""
FERRY = """
                               {counter} DOCUMENTS



                        The Daily Invention (Northport)

                             March 3, 2020 Tuesday
                                   Edition 1;
                                 North Edition

Ferry sinks off the northern coast;
forty are safe

BYLINE: By Ann Smith and Bob Jones

SECTION: NEWS; Pg. 3

LENGTH: 46 words

HIGHLIGHT: Fishing boats brought all of them ashore.


The ferry Aurora sank on Monday evening, the harbour
master said. “We heard a bang,” a passenger said.

UPDATE: All of the forty people aboard are safe. The
company said that it would look into the accident
with the help of experts, and that it would pay for
new clothes.

LOAD-DATE: March 4, 2020

LANGUAGE: ENGLISH

GRAPHIC: The Aurora in the harbour of Northport on a
calm day

PUBLICATION-TYPE: Newspaper

JOURNAL-CODE: INV


                     Copyright 2020 Invention Newspapers Ltd
                              All Rights Reserved
"""
LETTER = """
                               {counter} DOCUMENTS


                 Copyright 2020 Quay Press
                    All Rights Reserved

                                    The Quay

                                 4 March 2020

A letter from the pier

LENGTH: 1,204 words

Nobody asked the passengers.

LOAD-DATE: March 5, 2020
"""
BARE = """
                               {counter} DOCUMENTS

                                    The Quay

                              March 6, 2020 Friday

Ships and their names

There was no label above this body, which is rare.

LOAD-DATE: March 7, 2020
"""
BROKEN = """
                               {counter} DOCUMENTS

                                    The Quay

                              March 5, 2020 Thursday

Nothing came after the headline

LENGTH: 300 words

LOAD-DATE: March 5, 2020
"""


def export(items: str, *documents: str, counters: list[str]) -> bytes:
    texts = [text.format(counter=counter) for text, counter in zip(documents, counters, strict=True)]
    return (COVER.format(items=items) + "\n".join(texts)).replace("\n", "\r\n").encode()


def test_text_export() -> None:
    data = export("1-3", FERRY, LETTER, BARE, counters=["1 of 3", "2 of 383", "3 of 3"])
    ferry, letter, bare = load_bytes(data, source="a.txt")
    assert isinstance(ferry, Article) and isinstance(letter, Article) and isinstance(bare, Article)
    assert ferry.source == "a.txt#1"
    assert [(zone.kind, zone.text) for zone in ferry.zones] == [
        ("headline", "Ferry sinks off the northern coast; forty are safe"),
        (
            "body",
            "The ferry Aurora sank on Monday evening, the harbour master said. “We heard a bang,” a passenger said.",
        ),
        (
            "body",
            "UPDATE: All of the forty people aboard are safe. The company said that it would look into the accident "
            "with the help of experts, and that it would pay for new clothes.",
        ),
    ]
    assert (ferry.outlet, ferry.byline) == ("The Daily Invention (Northport)", "Ann Smith and Bob Jones")
    assert (ferry.date, ferry.language) == ("2020-03-03", "en")
    assert ferry.metadata == {
        "date-line": "March 3, 2020 Tuesday",
        "edition": "Edition 1 North Edition",
        "section": "NEWS; Pg. 3",
        "length": "46 words",
        "highlight": "Fishing boats brought all of them ashore.",
        "load-date": "March 4, 2020",
        "graphic": "The Aurora in the harbour of Northport on a calm day",
        "publication-type": "Newspaper",
        "journal-code": "INV",
        "copyright": "Copyright 2020 Invention Newspapers Ltd All Rights Reserved",
    }
    assert (letter.outlet, letter.date, letter.title) == ("The Quay", "2020-03-04", "A letter from the pier")
    assert letter.metadata["copyright"] == "Copyright 2020 Quay Press All Rights Reserved"
    assert letter.completeness == "partial"
    assert "intake.short" in [note.rule for note in letter.notes]
    assert bare.title == "Ships and their names"
    assert bare.body[0].text == "There was no label above this body, which is rare."


def last(data: bytes, source: str = "a.txt") -> tuple[int, Failure]:
    *articles, failure = load_bytes(data, source=source, suffix=Path(source).suffix)
    assert all(isinstance(article, Article) for article in articles)
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.source) == ("intake.count-mismatch", source)
    return len(articles), failure


def test_a_document_that_is_not_there_is_named() -> None:
    count, failure = last(export("1-3", FERRY, LETTER, counters=["1 of 3", "3 of 3"]))
    assert count == 2
    assert failure.message == "The cover page announces 3 documents, 2 were read. Not read: 2."


def test_a_document_without_a_body_is_named() -> None:
    count, failure = last(export("1-3", FERRY, BROKEN, LETTER, counters=["1 of 3", "2 of 3", "3 of 3"]))
    assert count == 2
    assert failure.message.endswith("Not read: 2.")


def test_more_documents_than_announced() -> None:
    count, failure = last(export("1-2", FERRY, LETTER, BARE, counters=["1 of 2", "2 of 2", "3 of 3"]))
    assert count == 3
    assert failure.message == "The cover page announces 2 documents, 3 were read."


@pytest.mark.parametrize("items", ["1-2", "1,2", "7,9", "14-15", "3, 8"])
def test_announced_items(items: str) -> None:
    assert len(load_bytes(export(items, FERRY, LETTER, counters=["1 of 2", "2 of 2"]), source="a.txt")) == 2


def word_export(*, count: int = 2, leave_out: str | None = None) -> bytes:
    from docx import Document

    document = Document()
    cover = ["", "Date and Time: Tuesday, 10. March 2020 09:31:00 CET", "Job Number: 1", f"Documents ({count})"]
    for number, title in enumerate(["Ferry sinks off the coast", "A letter from the pier"], start=1):
        cover += [f"{number}. {title}", "Client/Matter: -None-", "Search Terms: ferry", "Narrowed by: "]
    articles = [
        *("", "Ferry sinks off the coast", "The Daily Invention", "March 3, 2020 Tuesday 9:20 AM GMT", ""),
        *("\nCopyright 2020 Invention Newspapers Ltd All Rights Reserved", "\n", "Section:\xa0NEWS; Version:28"),
        *("Length:\xa012 words", "Byline:\xa0Ann Smith", "Highlight:\xa0Forty are safe.", "Body", "", ""),
        *("The ferry Aurora sank on Monday evening, the master said.", "", "Update: all are safe."),
        *("Graphic", "", "The Aurora in harbour", "Classification", "", "", "Language:\xa0ENGLISH"),
        *("\nPublication-Type:\xa0Newspaper", "\nSubject:\xa0FERRIES (89%)", "\nLoad-Date:\xa0March 4, 2020", ""),
        "\nEnd of Document",
        *("", "", "A letter from the pier", "The Quay", "4 March 2020", "", "Length:\xa05 words", "Body", ""),
        *("Nobody asked the passengers then.", "", "\nLoad-Date:\xa0March 5, 2020", "", "\nEnd of Document"),
    ]
    for line in [*cover, *articles]:
        if line != leave_out:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_export() -> None:
    ferry, letter = load_bytes(word_export(), source="a.docx", suffix=".docx")
    assert isinstance(ferry, Article) and isinstance(letter, Article)
    assert [zone.text for zone in ferry.zones] == [
        "Ferry sinks off the coast",
        "The ferry Aurora sank on Monday evening, the master said.",
        "Update: all are safe.",
    ]
    assert (ferry.outlet, ferry.date, ferry.byline) == ("The Daily Invention", "2020-03-03", "Ann Smith")
    assert ferry.language == "en"
    assert ferry.metadata == {
        "date-line": "March 3, 2020 Tuesday 9:20 AM GMT",
        "copyright": "Copyright 2020 Invention Newspapers Ltd All Rights Reserved",
        "section": "NEWS; Version:28",
        "length": "12 words",
        "highlight": "Forty are safe.",
        "graphic": "The Aurora in harbour",
        "publication-type": "Newspaper",
        "subject": "FERRIES (89%)",
        "load-date": "March 4, 2020",
    }
    assert (letter.title, letter.outlet, letter.date) == ("A letter from the pier", "The Quay", "2020-03-04")


def test_word_export_with_a_document_that_cannot_be_read() -> None:
    count, failure = last(word_export(leave_out="4 March 2020"), "a.docx")
    assert count == 1
    assert failure.message.endswith("2 documents, 1 were read. Not read: 2 (“A letter from the pier”).")


def test_word_export_with_too_few_documents() -> None:
    count, failure = last(word_export(count=3), "a.docx")
    assert count == 2
    assert failure.message.endswith("3 documents, 2 were read. Not read: 3.")


@pytest.mark.skipif(not NEXIS.exists(), reason="sample exports are not here: ../shared/data/nexis")
@pytest.mark.parametrize("name", ["sample.TXT", "sample.DOCX"])
def test_sample_exports(name: str) -> None:
    results = load_articles(str(NEXIS / name))
    assert len(results) == 10
    for article in results:
        assert isinstance(article, Article)
        assert article.title and article.outlet and article.date and article.body
        assert article.zones[0].kind == "headline"
        assert all("\n" not in zone.text for zone in article.zones)
        assert not any(mark in article.text for mark in ("LOAD-DATE", "Load-Date", "LENGTH:", "Copyright 20"))
