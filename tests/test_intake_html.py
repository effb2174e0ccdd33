"""HTML pages: main text in, navigation out, the right headline, and what the page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from closeread.article import Article, Failure
from closeread.intake import load_articles, load_bytes
from closeread.intake.page import Titles, choose_headline, strip_site

PAGES = Path(__file__).parents[1] / ".." / "shared" / "data" / "pages"
PARAGRAPHS = [
    "The ferry Aurora sank on Monday evening off the northern coast after its engine room had filled with water.",
    "All of the forty people aboard were brought ashore by fishing boats, the harbour master said on Tuesday morning.",
    "“We heard a bang and then the lights went out,” said a passenger who had been on deck with her two children.",
    "The company that runs the ferry, Northern Lines, said it would look into the accident with the help of experts.",
    "The ship was built in 1987 and had been in the yard for repairs only two weeks before it left the harbour.",
]


def page(*, head: str = "", top: str = "", end: str = "", paragraphs: list[str] | None = None) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs or PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>All the news</a></li></ul></nav>"
        f"<article>{top}{body}{end}</article><footer><p>Imprint and contact</p></footer></body></html>"
    ).encode()


def load(data: bytes) -> Article:
    (article,) = load_bytes(data, source="a.html", suffix=".html")
    assert isinstance(article, Article), article
    return article


def shown(article: Article) -> list[tuple[str, str]]:
    return [(zone.kind, zone.text) for zone in article.zones]


BODY = [("body", text) for text in PARAGRAPHS]


def test_headline_in_navigation_out() -> None:
    article = load(
        page(head="<title>Ferry sinks off coast - The Daily Invention</title>", top="<h1>Ferry sinks off coast</h1>")
    )
    assert shown(article) == [("headline", "Ferry sinks off coast"), *BODY]
    assert article.text == "\n\n".join(["Ferry sinks off coast", *PARAGRAPHS])
    assert article.language == "en"
    assert article.completeness == "complete"
    assert article.origin is None


def test_metadata() -> None:
    head = (
        "<title>Ferry sinks off coast | The Daily Invention</title>"
        "<meta property='og:site_name' content='The Daily Invention'><meta name='author' content='Ann Smith'>"
        "<meta property='article:published_time' content='2020-03-03T10:15:00Z'>"
    )
    article = load(page(head=head))
    assert (article.title, article.outlet, article.byline) == (
        "Ferry sinks off coast",
        "The Daily Invention",
        "Ann Smith",
    )
    assert article.date == "2020-03-03"
    assert shown(article)[0] == ("headline", "Ferry sinks off coast")


def test_authors_are_the_persons_that_the_page_names() -> None:
    people = '[{"@type": "Person", "name": "Ann B. Smith"}, {"@type": "Person", "name": "Bob Jones"}]'
    data = f'{{"@type": "NewsArticle", "headline": "Ferry sinks", "author": {people}}}'
    article = load(page(head=f'<script type="application/ld+json">{data}</script>'))
    assert article.byline == "Ann B. Smith, Bob Jones"
    assert article.title == "Ferry sinks"


def test_headline_is_not_there_twice_and_author_lines_are_bylines() -> None:
    top = "<div><p>Ferry sinks off coast</p><p>ANN SMITH</p><p>ann.smith@example.org</p></div>"
    article = load(page(head="<title>Ferry sinks off coast</title>", top=top))
    assert shown(article)[:4] == [
        ("headline", "Ferry sinks off coast"),
        ("byline", "ANN SMITH"),
        ("byline", "ann.smith@example.org"),
        BODY[0],
    ]


def test_standfirst_is_part_of_the_headline() -> None:
    article = load(
        page(
            head="<title>Ferry sinks</title>",
            top="<p class='standfirst'>Forty people were brought ashore after a bang.</p>",
        )
    )
    assert shown(article)[1] == ("headline", "Forty people were brought ashore after a bang.")
    assert article.lead is not None and article.lead.text == PARAGRAPHS[0]


def test_lists_of_links_go_and_other_lists_stay() -> None:
    links = (
        "<ul><li><b>MORE:</b> <a href='/a'>How do ferries stay afloat in rough weather?</a></li>"
        "<li><a href='/b'>Ten wrecks of the north</a></li></ul>"
    )
    facts = "<ul><li>Forty people were aboard the ship</li><li>It had two engines of the same kind</li></ul>"
    texts = [text for _, text in shown(load(page(end=links + facts + f"<p>{PARAGRAPHS[0]} Again.</p>")))]
    assert not any("wrecks" in text for text in texts)
    assert "Forty people were aboard the ship" in texts


def test_line_breaks_and_soft_hyphens() -> None:
    data = page(
        paragraphs=[
            *PARAGRAPHS,
            "The fer&shy;ry had sai\u00adled for years<br>on the same route.<br><br>It was loved by all who knew it.",
        ]
    )
    texts = [text for _, text in shown(load(data))]
    assert texts[-2:] == ["The ferry had sailed for years\non the same route.", "It was loved by all who knew it."]


def test_declared_encoding() -> None:
    html = page(paragraphs=[*PARAGRAPHS, "“It’s a café – for £5…,” she said."]).decode().replace("utf-8", "iso-8859-1")
    assert shown(load(html.encode("cp1252")))[-1][1] == "“It’s a café – for £5…,” she said."


def test_wall() -> None:
    flag = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    article = load(page(head=flag))
    assert (article.completeness, [note.rule for note in article.notes]) == ("unknown", ["intake.wall"])
    article = load(page(end="<p>Subscribe to continue reading this article today.</p>"))
    assert (article.completeness, [note.rule for note in article.notes]) == ("partial", ["intake.wall"])
    article = load(page(end="<div class='c-paywall'><p>More</p></div>"))
    assert (article.completeness, [note.rule for note in article.notes]) == ("unknown", ["intake.wall"])


def test_broken_linked_data_is_passed_over() -> None:
    assert load(page(head='<script type="application/ld+json">{"headline": </script>')).body


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html></html>", "intake.no-text"),
        (b"<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav></body></html>", "intake.no-text"),
        (b"   \n", "intake.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "intake.not-text"),
    ],
)
def test_failures(data: bytes, kind: str) -> None:
    (failure,) = load_bytes(data, source="a.html", suffix=".html")
    assert isinstance(failure, Failure)
    assert failure.kind == kind


def test_html_in_a_text_file_is_read_as_html() -> None:
    (article,) = load_bytes(page(), source="a.txt", suffix=".txt")
    assert isinstance(article, Article)
    assert shown(article) == BODY


@pytest.mark.parametrize(
    ("titles", "headline"),
    [
        (
            Titles(("Ferry sinks off coast",), ("Ship lost", "Ferry sinks off coast - Site"), ("site",)),
            "Ferry sinks off coast",
        ),
        (Titles(("SITE",), ("Ferry sinks off coast",), ("site",)), "Ferry sinks off coast"),
        (Titles(("Ferry sinks off coast",), ("escenic", "Ferry sinks off coast"), ()), "Ferry sinks off coast"),
        (Titles(("Sea news Ferry sinks off coast",), ("Ferry sinks off coast",), ()), "Ferry sinks off coast"),
        (
            Titles(("Ferry sinks off the coast",), ("Ferry sinks off the coast | Sea | XY | 2.3.",), ()),
            "Ferry sinks off the coast",
        ),
        (Titles(("News", "Ferry sinks"), (), ()), "Ferry sinks"),
        (Titles((), (), ()), None),
    ],
)
def test_headline_among_titles(titles: Titles, headline: str | None) -> None:
    assert choose_headline(titles) == headline


def test_site_name_goes_from_titles() -> None:
    assert strip_site("Ferry sinks - The Daily Invention", ["thedailyinvention"]) == "Ferry sinks"
    assert strip_site("The Daily Invention: Ferry sinks", ["thedailyinvention"]) == "The Daily Invention: Ferry sinks"
    assert strip_site("Daily Invention | Ferry sinks", ["dailyinvention"]) == "Ferry sinks"
    assert strip_site("Ferry – a story", ["dailyinvention"]) == "Ferry – a story"


# File, first words of headline and lead, last words of the text: judged by eye.
REAL = [
    ("bbc.com.52241221", "Coronavirus: New York ramps", "Images have emerged", "Department of Public Health"),
    ("dw.com-elephants", "La perte des terres fertiles", "24 milliards de tonnes", "Edition : M-A. Pioerron"),
    ("economist.com.thinking", "Why collaborative thinking", "THREE decades ago", "All rights reserved."),
    ("guardian.co.tt-massy", "Massy Stores stalled nationwide", "Thousands of people", "allow stores to open today."),
    ("independent.co.uk.penalty", "Coronavirus: £1,000 fine for", "Anyone falsely naming", "to the dance floor."),
    ("nytimes.com.blackouts", "Rolling Blackouts in California", "As temperatures began", "the wolf arrives.”"),
    ("politico.com.retirement", "Mark Meadows accused of", "Rep. Mark Meadows' shock", "contributed to this report."),
    ("telegraph.co.uk.plumber", "Plumber jailed after boiler", "Zoe Anderson, 24,", "to begin his sentence."),
    ("theatlantic.com.disasters", "How Can We Plan for the Future", "When I moved to", "letters@theatlantic.com."),
    ("thenassauguardian.com-hikes", "Super Value ‘stumped’ on when", "There is no end", "prices since 1991."),
]  # fmt: skip


@pytest.mark.skipif(not PAGES.exists(), reason="real pages are not here: ../shared/data/pages")
@pytest.mark.parametrize(("name", "headline", "lead", "end"), REAL, ids=lambda value: str(value)[:16])
def test_real_pages(name: str, headline: str, lead: str, end: str) -> None:
    (article,) = load_articles(str(PAGES / f"{name}.html"))
    assert isinstance(article, Article)
    assert article.title is not None and article.title.startswith(headline)
    assert article.text.startswith(headline)
    assert article.lead is not None and article.lead.text.startswith(lead)
    assert article.text.endswith(end)
    # Two pages say that they are not free to read and have the whole text; the French one is the text to a broadcast.
    doubtful = name.startswith(("nytimes", "telegraph", "dw"))
    assert article.completeness == ("unknown" if doubtful else "complete")
    assert article.language == ("fr" if name.startswith("dw") else "en")
    assert article.date is not None and article.outlet is not None
    assert article.text.count(article.title) == 1
