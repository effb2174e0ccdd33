"""Plain text and Markdown: paragraphs, headline, byline, date; language and completeness."""

from __future__ import annotations

from pathlib import Path

import pytest

from closeread.article import Article, ReadError
from closeread.intake import load_articles, load_bytes, load_text
from closeread.intake.dates import find_date, is_date_line
from closeread.intake.language import find_language, to_language_code
from closeread.intake.layout import find_dateline, is_byline, is_headline

SHARED = Path(__file__).parents[1] / ".." / "shared"
POLNEAR = SHARED / "data" / "polnear" / "train" / "text"
CRITIQUE = SHARED / "inputs" / "critique.txt"
LONG = (
    "The ferry Aurora sank on Monday evening off the northern coast after its engine room had filled with water, the "
    "harbour master said, and all of the forty people aboard were brought ashore by fishing boats from the village."
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(zone.kind, zone.text) for zone in load_text(text).zones]


def test_headline_byline_and_date_are_zones() -> None:
    article = load_text(f"Ferry sinks off the coast\n\nBy Ann Smith\n\n3 March 2020\n\n{LONG}\n\n{LONG}\n")
    assert [zone.kind for zone in article.zones] == ["headline", "byline", "date", "body", "body"]
    assert article.title == "Ferry sinks off the coast"
    assert article.byline == "Ann Smith"
    assert article.date == "2020-03-03"
    assert article.lead is not None and article.lead.text == LONG


@pytest.mark.parametrize(
    ("byline", "outlet"),
    [
        ("By Ann Smith, The Courier", "The Courier"),
        ("By Ann Smith and Bo Lee in Selby, North Coast News Agency", "North Coast News Agency"),
        ("By Ann Smith, Political Correspondent", None),
        ("By Ann Smith, Bo Lee and Cy Dee", None),
        ("By Ann Smith", None),
    ],
)
def test_the_outlet_may_stand_in_the_byline(byline: str, outlet: str | None) -> None:
    article = load_text(f"Ferry sinks off the coast\n\n{byline}\n\n3 March 2020\n\n{LONG}\n\n{LONG}\n")
    assert (article.zones[1].kind, article.outlet) == ("byline", outlet)


def test_headline_block_with_byline_and_date_below_it() -> None:
    assert kinds(f"Ferry sinks\nBy Ann Smith\nUpdated 3 March 2020, 10:15 GMT\n\n{LONG}\n\n{LONG}") == [
        ("headline", "Ferry sinks"),
        ("byline", "By Ann Smith"),
        ("date", "Updated 3 March 2020, 10:15 GMT"),
        ("body", LONG),
        ("body", LONG),
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = LONG.replace(" after ", "\nafter ").replace(" and all", "\nand all")
    assert kinds(f"Ferry sinks\n\n{wrapped}\n\n{wrapped}\n") == [
        ("headline", "Ferry sinks"),
        ("body", wrapped),
        ("body", wrapped),
    ]


def test_one_paragraph_per_line() -> None:
    assert kinds(f"Ferry sinks\n{LONG}\n{LONG}\nHe said so.\n") == [
        ("headline", "Ferry sinks"),
        ("body", LONG),
        ("body", LONG),
        ("body", "He said so."),
    ]


def test_second_line_of_a_headline() -> None:
    headline = "Ferry sinks off the coast; \nAll forty are safe, harbour master says."
    assert kinds(f"{headline}\n\n{LONG}\n\n{LONG}")[0] == ("headline", headline)
    assert load_text(f"{headline}\n\n{LONG}\n\n{LONG}").title == " ".join(headline.split())


@pytest.mark.parametrize(
    "first",
    [
        LONG,
        "LONDON — The ferry sank on Monday.",
        "“We are safe,” the captain said on Monday.",
        "He did not wait for the others to come.",
        "The minister, who had asked for the report, did not appear at the hearing in the capital on Tuesday.",
        "There were three reasons for that:",
    ],
)
def test_a_first_paragraph_of_body_is_no_headline(first: str) -> None:
    assert kinds(f"{first}\n\n{LONG}\n\n{LONG}")[0] == ("body", first)


@pytest.mark.parametrize("first", ["Ferry Sinks Off The Coast.", "What sank the Aurora?", "Ferry: ‘We are safe.’"])
def test_short_headlines_with_an_end_mark(first: str) -> None:
    assert is_headline(first, LONG)


def test_a_single_paragraph_is_body() -> None:
    assert kinds("Ferry sinks") == [("body", "Ferry sinks")]


def test_white_space_and_blank_lines_are_outside_zones() -> None:
    text = f"\n\n  Ferry sinks \n \t \n   {LONG}  \n\u200b\n"
    assert kinds(text) == [("headline", "Ferry sinks"), ("body", LONG)]
    assert load_text(text).text == text


@pytest.mark.parametrize(
    "line", ["By Ann Smith", "BY ANN SMITH and BOB JONES", "By Ann Smith, Staff Writer", "ann@example.org"]
)
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line", ["By Tuesday the river had risen.", "by the river", "Ann Smith", "By then Ann had left"]
)
def test_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("January 11, 2010 Monday", "2010-01-11"),
        ("Friday, 5. July 2019 09:31:00 CEST", "2019-07-05"),
        ("2020-08-16T23:40:47.000Z", "2020-08-16"),
        ("3rd of March 2020", "2020-03-03"),
        ("12 mars 2020", "2020-03-12"),
        ("11.01.2010", "2010-01-11"),
        ("11/01/2010", None),
        ("31 February 2020", None),
        ("May be", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert find_date(text) == date
    assert is_date_line(text) == (date is not None)


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert not is_date_line("On 3 March 2020 the ferry sank.")


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\u200b\u200e"])
def test_empty(text: str) -> None:
    with pytest.raises(ReadError) as raised:
        load_text(text, source="a")
    assert raised.value.failure.kind == "intake.empty"
    assert raised.value.failure.source == "a"


def test_no_words() -> None:
    with pytest.raises(ReadError, match="no words"):
        load_text("* * *\n\n---")


def notes(text: str) -> tuple[str, list[str]]:
    article = load_text(text)
    return article.completeness, [note.rule for note in article.notes]


def test_completeness() -> None:
    whole = "\n\n".join([LONG] * 3)
    assert notes(whole) == ("complete", [])
    assert notes(f"{whole}\n\nPhoto: Ann Smith") == ("complete", [])
    assert notes(LONG) == ("unknown", ["intake.thin"])
    assert notes(f"{whole}\n\n{LONG[:150]}") == ("partial", ["intake.truncated"])
    assert notes(f"{whole}\n\n{LONG[:150]}…") == ("partial", ["intake.truncated"])
    assert notes(f"{whole}\n\n{LONG} Read more") == ("partial", ["intake.truncated"])
    assert notes(f"{whole}\n\nSubscribe to continue reading.") == ("partial", ["intake.wall"])
    assert notes(f"They had to “subscribe to continue”, he said.\n\n{whole}") == ("complete", [])


def test_notes_are_sentences() -> None:
    for note in load_text(f"{LONG}\n\n{LONG[:150]}…").notes:
        assert note.message[0].isupper() and note.message.endswith(".")


FRENCH = (
    "Le ferry a coulé lundi soir au large de la côte nord après que la salle des machines se fut remplie d'eau, a "
    "déclaré le capitaine du port, et les quarante passagers ont été ramenés à terre par des pêcheurs."
)


def test_language() -> None:
    assert load_text(LONG).language == "en"
    assert load_text(FRENCH).language == "fr"
    assert find_language("The ferry sank on Monday.") == "und"
    assert find_language(" ".join(["12,345 678"] * 40)) == "und"
    assert (
        find_language("渡轮周一晚间在北部海岸沉没，港务长表示，机舱进水后，船上四十人全部被村里的渔船救上岸。" * 3)
        == "zh"
    )


@pytest.mark.parametrize(
    ("stated", "code"),
    [("English", "en"), ("en-GB", "en"), ("FR_fr", "fr"), ("Klingon", None), ("", None), (None, None)],
)
def test_stated_language(stated: str | None, code: str | None) -> None:
    assert to_language_code(stated) == code


MARKDOWN = """---
title: "A ferry story"
date: 2021-03-04
author: Ann Smith
publication: The Daily Invention
tags: sea, ships
---
# The **Aurora** sank
By Ann Smith

The [ferry](http://example.org/a_(b)) sank *on Monday* in the __harbour__, a snake_case_name said `code *x*`, 2 * 3 * 4.
![a picture](x.png)**bold *and italic*** \\*as is\\* <b>tag</b> [sic] [see][ref] <https://example.org>.

> “Quoted **over
> lines**,” she said.

- first item
- second item

```
raw *kept* [x](y)
```

Next part
---------

A 5* hotel and a 4* one.

[ref]: http://example.org
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown(newline: str) -> None:
    source = MARKDOWN.replace("\n", newline)
    (article,) = load_bytes(source.encode(), source="a.md", suffix=".md")
    assert isinstance(article, Article)
    assert [(zone.kind, zone.text) for zone in article.zones] == [
        ("headline", "The Aurora sank"),
        ("byline", "By Ann Smith"),
        (
            "body",
            "The ferry sank on Monday in the harbour, a snake_case_name said code *x*, 2 * 3 * 4.\n"
            "bold and italic *as is* tag [sic] see https://example.org.",
        ),
        ("body", "“Quoted over\nlines,” she said."),
        ("body", "first item\nsecond item"),
        ("body", "raw *kept* [x](y)"),
        ("body", "Next part"),
        ("body", "A 5* hotel and a 4* one."),
    ]
    assert (article.title, article.date, article.byline) == ("The Aurora sank", "2021-03-04", "Ann Smith")
    assert article.outlet == "The Daily Invention"
    assert article.metadata == {"tags": "sea, ships"}
    assert article.origin
    for run in article.origin:
        there = source[run.source_start : run.source_start + run.length]
        assert article.text[run.start : run.start + run.length] == there


def test_markdown_title_from_front_matter() -> None:
    (article,) = load_bytes(f"---\ntitle: Ferry sinks\n---\n\n{LONG}\n\n{LONG}".encode(), source="a.md", suffix=".md")
    assert isinstance(article, Article)
    assert article.title == "Ferry sinks"
    assert [zone.kind for zone in article.zones] == ["headline", "body", "body"]
    assert article.text.startswith("Ferry sinks\n")


def test_markdown_heading_instead_of_the_title_from_front_matter() -> None:
    source = f"---\ntitle: Ferry sinks\n---\n\n# The ferry\n\n{LONG}\n\n{LONG}"
    (article,) = load_bytes(source.encode(), source="a.md", suffix=".md")
    assert isinstance(article, Article)
    assert next(zone.text for zone in article.zones) == "The ferry"


@pytest.mark.skipif(not CRITIQUE.exists(), reason="shared inputs are not here: ../shared/inputs/critique.txt")
def test_critique() -> None:
    (article,) = load_articles(str(CRITIQUE))
    assert isinstance(article, Article)
    assert [zone.kind for zone in article.zones] == ["headline"] + ["body"] * 35
    assert article.language == "en"
    assert article.completeness == "complete"


@pytest.mark.skipif(not POLNEAR.exists(), reason="gold data is not here: ../shared/data/polnear")
def test_polnear_headlines() -> None:
    """Every text of the corpus begins with its headline; the floor is what the rules reached when they were set."""
    texts = [path.read_bytes() for path in sorted(POLNEAR.glob("*.txt"))[::10]]
    loaded = [load_bytes(data, source="a.txt") for data in texts]
    articles = [article for (article,) in loaded if isinstance(article, Article)]
    assert len(articles) == len(texts)
    assert {article.language for article in articles} <= {"en", "und"}
    found = sum(article.zones[0].kind == "headline" for article in articles)
    assert found >= 0.97 * len(articles)
    assert all(article.text == data.decode() for article, data in zip(articles, texts, strict=True))


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("ORREL, Talvora (Lodestar) - Riot police came.", "ORREL, Talvora (Lodestar) - "),
        ("ISTRANE, Oct. 3 — “We go,” she said.", "ISTRANE, Oct. 3 —"),
        ("NATO - the alliance - met.", ""),
        ("The police came - at last.", ""),
    ],
)
def test_dateline(paragraph: str, dateline: str) -> None:
    assert paragraph[: find_dateline(paragraph)].strip() == dateline.strip()
