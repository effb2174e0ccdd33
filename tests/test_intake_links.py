"""Links: the words that a source links and the address, at exact places of the final text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeread.article import Article, Failure
from closeread.intake import load_articles, load_bytes
from tests.test_intake_html import PARAGRAPHS, load, page

PAGES = Path(__file__).parents[1] / ".." / "shared" / "data" / "pages"


def read_as(suffix: str, text: str) -> Article:
    (article,) = load_bytes(text.encode(), source=f"a{suffix}", suffix=suffix)
    assert isinstance(article, Article), article
    return article


def links(article: Article) -> list[tuple[str, str]]:
    assert_links(article)
    return [(link.text, link.target) for link in article.links]


def assert_links(article: Article) -> None:
    """In order, apart, each at its words and in one zone."""
    for link in article.links:
        assert article.text[link.start : link.end] == link.text == link.text.strip() != ""
        assert link.target
        assert any(zone.start <= link.start and link.end <= zone.end for zone in article.zones)
    assert all(one.end <= other.start for one, other in pairwise(article.links))


def test_links_of_a_page() -> None:
    paragraph = (
        'The <a href="https://board.example/report?id=3&amp;p=1">board’s  <b>first</b>\n report</a> came in 1987, and'
        ' <a href="/later#x"> a later one </a> <a href="#note">1</a>was <a href="javascript:void(0)">never</a>'
        ' <a href="mailto:ann@example.org">sent</a> out<a href="/pixel"><img src="p.png"></a> to all who had asked.'
    )
    found = load(page(paragraphs=[*PARAGRAPHS, paragraph]))
    assert links(found) == [
        ("board’s first report", "https://board.example/report?id=3&p=1"),
        ("a later one", "/later#x"),
    ]
    assert found.body[-1].text.startswith("The board’s first report came in 1987, and a later one 1was never sent")


@pytest.mark.parametrize(
    "head",
    ["<link rel='canonical' href='https://news.example/a/ferry.html'>", "<base href='https://news.example/a/'>"],
)
def test_an_address_is_made_whole_where_the_page_states_its_own(head: str) -> None:
    paragraph = f"{PARAGRAPHS[0]} See <a href='../later'>the second report</a> on the engine room of the ferry."
    found = load(page(head=head, paragraphs=[*PARAGRAPHS, paragraph]))
    assert links(found) == [("the second report", "https://news.example/later")]


def test_navigation_teasers_and_bylines_link_nothing() -> None:
    teaser = f"<aside><a href='/teaser'>{PARAGRAPHS[1]}</a></aside>"
    found = load(
        page(top=f"{teaser}<p>By <a href='/ann'>Ann Smith</a></p>", end=f"{teaser}<p><a href='/x'>More</a></p>")
    )
    assert [target for _, target in links(found) if target != "/x"] == []


def test_a_link_around_paragraphs_is_cut_at_their_ends() -> None:
    found = load(page(end=f"<a href='/b'><p>{PARAGRAPHS[0]} Now.</p><p>{PARAGRAPHS[1]} Then.</p></a>"))
    assert links(found) == [(f"{PARAGRAPHS[0]} Now.", "/b"), (f"{PARAGRAPHS[1]} Then.", "/b")]


def test_links_of_markdown() -> None:
    text = (
        "# On [the ferry](https://a.example/ferry)\n\n"
        "It sank. [The *first*\nreport](<https://a.example/1> 'One') and [the second][Two], see\n"
        "[two]; [here](#top), ![a ship](s.png), `[no](https://no.example)`, [![x](i.png)](https://a.example/i),\n"
        "**[bold](https://a.example/b_(c))**, <https://a.example/auto>.\n\n[two]: https://a.example/2\n"
    )
    assert links(read_as(".md", text)) == [
        ("the ferry", "https://a.example/ferry"),
        ("The first\nreport", "https://a.example/1"),
        ("the second", "https://a.example/2"),
        ("https://no.example", "https://no.example"),
        ("bold", "https://a.example/b_(c)"),
        ("https://a.example/auto", "https://a.example/auto"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/x. It is long.", ["https://a.example/x"]),
        ("(see https://a.example/x_(y), or HTTP://b.example)", ["https://a.example/x_(y)", "HTTP://b.example"]),
        ("“https://a.example/?q=1&r=2#s” and https:// or www.b.example", ["https://a.example/?q=1&r=2#s"]),
        ("https://a.example/one\nhttps://a.example/two", ["https://a.example/one", "https://a.example/two"]),
    ],
)
def test_addresses_in_plain_text(text: str, found: list[str]) -> None:
    assert links(read_as(".txt", f"{text}\n\nThe ferry sank on Monday.\n")) == [(words, words) for words in found]


def test_an_address_that_is_linked_is_one_link() -> None:
    paragraph = f"{PARAGRAPHS[0]} It is on <a href='https://b.example/whole'>https://b.example</a> for all to see."
    assert links(load(page(paragraphs=[*PARAGRAPHS, paragraph]))) == [("https://b.example", "https://b.example/whole")]


PIECES = st.sampled_from(
    [
        *("[words](https://a.example/)", "[a *b*](https://c.example 't')", "[two][x]", "[x]: https://x.example\n"),
        *("https://a.example/b,", "\r\n", "\n\n", " ", "**", "*", "`", "> ", "# ", "- ", "[", "](", ")", "<", ">"),
        *("ferry", "sank\u00a0", "\ufeff", "é\u0301", "🌊", "<https://d.example>", "![i](https://i.example)", "\\"),
    ]
)


@settings(deadline=None)  # The first call loads the language model.
@given(st.lists(PIECES, max_size=25), st.sampled_from([".md", ".txt"]))
def test_places_of_links(pieces: list[str], suffix: str) -> None:
    (article,) = load_bytes("".join(["Ferry. ", *pieces]).encode(), source=f"a{suffix}", suffix=suffix)
    if isinstance(article, Failure):
        assert article.kind in ("intake.empty", "intake.not-text")
    else:
        assert_links(article)


HTML_PIECES = st.sampled_from(
    [
        *("<a href='https://a.example/'>", "<a href='b'>", "</a>", "<b>", "</b>", "<p>", "</p>", "<br>", "<br><br>"),
        *(" ", "\n", "ferry", "sank on Monday evening", "&nbsp;", "&shy;", "“a”", "🌊", "é\u0301", "<div>", "</div>"),
        *("<ul><li>", "</li></ul>", "<script>a</script>", "https://c.example/d", PARAGRAPHS[0], PARAGRAPHS[1]),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(HTML_PIECES, max_size=25))
def test_places_of_links_in_pages(pieces: list[str]) -> None:
    (article,) = load_bytes(page(end="".join(pieces)), source="a.html", suffix=".html")
    assert isinstance(article, Article)
    assert_links(article)


@pytest.mark.skipif(not PAGES.is_dir(), reason="no pages in ../shared/data")
def test_links_of_real_pages() -> None:
    found = {path.name: load_articles(str(path))[0] for path in sorted(PAGES.glob("*.html"))}
    articles = {name: article for name, article in found.items() if isinstance(article, Article)}
    for article in articles.values():
        assert_links(article)
    counted = {name.split(".")[0]: len(article.links) for name, article in articles.items() if article.links}
    assert counted == {"bbc": 3, "nytimes": 3, "politico": 7, "theatlantic": 27}
