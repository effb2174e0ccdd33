"""The page as text: the article's words untouched, nothing unescaped, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings

from closeread.article import Article, Failure, Zone
from closeread.findings import Notice, Reading
from closeread.report import IndexEntry, to_index, to_notebook, to_page
from closeread.report.characters import excerpt, show_hidden, spell_hidden
from closeread.report.places import key_letter
from closeread.report.rendering import percent, to_relative_href
from closeread.report.segments import Marking, cut, to_pieces
from tests.generated_readings import readings
from tests.payloads import PAYLOADS, hostile_reading
from tests.readings import hand_made_reading

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "rect", "line", "wbr"}
_COMMAND = "closeread read a.txt --html out"


class Page(HTMLParser):
    """Collects the words of `#text` outside `data-note`, all ids, all links and the elements and attributes used."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(document)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), f"an attribute stands twice: {attrs}"
        self.elements.append((tag, attributes))
        self.ids += [attributes["id"] or ""] if "id" in attributes else []
        self.hrefs += [attributes["href"] or ""] if "href" in attributes else []
        if tag not in _VOID:
            inside, note = self._open[-1][1:] if self._open else (False, False)
            self._open.append((tag, inside or attributes.get("id") == "text", note or "data-note" in attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1] and not self._open[-1][2]:
            self.words.append(data)


def _page(reading: Reading) -> str:
    return to_page(reading, command=_COMMAND, index="index.html")


@settings(max_examples=300, deadline=None)
@given(readings())
def test_the_article_on_the_page_equals_the_text(reading: Reading) -> None:
    page = Page(_page(reading))
    assert "".join(page.words) == reading.article.text


@settings(max_examples=100, deadline=None)
@given(readings())
def test_every_link_leads_somewhere_and_every_id_stands_once(reading: Reading) -> None:
    page = Page(_page(reading))
    assert len(page.ids) == len(set(page.ids))
    inner = {href[1:] for href in page.hrefs if href.startswith("#")}
    assert inner <= set(page.ids)
    assert {href for href in page.hrefs if not href.startswith("#")} == {"data:,", "index.html"}


@settings(max_examples=100, deadline=None)
@given(readings())
def test_the_notebook_fragment_closes_what_it_opens(reading: Reading) -> None:
    page = Page(to_notebook(reading))
    assert {tag for tag, _ in page.elements} <= set(
        ["div", "style", "p", "ol", "li", "b", "bdi", "span", "table", "caption", "thead", "tbody", "tr", "th", "td"]
    )


def test_every_place_of_the_example_is_an_anchor() -> None:
    reading = hand_made_reading()
    page = Page(_page(reading))
    places = [place for found in reading.attributions for place in (*found.contents, *found.sources)]
    places += [mention for actor in reading.actors for mention in actor.mentions]
    places += [quote.place for quote in reading.scare_quotes]
    assert {f"c{place.start}" for place in places} <= set(page.ids)


def test_the_example_page_has_its_parts_in_order() -> None:
    page = Page(_page(hand_made_reading()))
    parts = ["sentences", "speaks", "named", "reading", "text", "tables", "possible", "method", "again"]
    assert [identity for identity in page.ids if identity in parts] == parts


def test_certain_and_possible_attributions_stand_apart() -> None:
    document = _page(hand_made_reading())
    certain, possible = document.split('<section id="possible"')
    assert 'id="a1"' in certain and 'id="a4"' not in certain
    assert 'id="a4"' in possible


def test_the_same_reading_gives_the_same_bytes() -> None:
    assert _page(hand_made_reading()) == _page(hand_made_reading())


def test_the_policy_admits_exactly_the_two_inline_blocks() -> None:
    document = _page(hand_made_reading())
    policy = next(attrs["content"] for tag, attrs in Page(document).elements if attrs.get("http-equiv"))
    for block in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", document, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none'")
    assert "unsafe" not in (policy or "")


def test_no_style_attribute_no_handler_and_no_outside_address() -> None:
    for tag, attributes in Page(_page(hand_made_reading())).elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert "src" not in attributes, tag


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_adds_no_element_and_no_attribute(payload: str) -> None:
    def shape(document: str) -> list[tuple[str, list[str]]]:
        skipped = ("bdi", "span")
        return [(tag, sorted(attrs)) for tag, attrs in Page(document).elements if tag not in skipped]

    assert shape(_page(hostile_reading(payload))) == shape(_page(hostile_reading("x" * len(payload))))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_stays_words_in_index_and_notebook(payload: str) -> None:
    reading = hostile_reading(payload)
    failure = Failure(payload, "intake.empty", payload)
    document = to_index([IndexEntry.of(reading, href=payload)], [failure], command=payload)
    page = Page(document)
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert all(not re.match(r"\s*[a-z]+:", href) for href in page.hrefs if href != "data:,")
    assert "script" not in {tag for tag, _ in Page(to_notebook(reading)).elements}


def test_hidden_characters_are_named_and_kept() -> None:
    shown = show_hidden("a\u202eb\u200bc\u00add\ufeff")
    for name in ("U+202E", "U+200B", "U+00AD", "U+FEFF"):
        assert f'data-cp="{name}"' in shown
    assert re.sub(r"<[^>]+>", "", shown) == "a\u202eb\u200bc\u00add\ufeff"
    assert spell_hidden("a\u2066b") == "a[U+2066]b"


def test_a_joiner_inside_an_emoji_is_left_alone() -> None:
    assert show_hidden("\U0001f469\u200d\U0001f680") == "\U0001f469\u200d\U0001f680"
    assert "U+200D" in show_hidden("a\u200db")


def test_hidden_characters_never_stand_bare_outside_the_article() -> None:
    reading = hostile_reading("\u202egpj.exe\u2066")
    bare = re.sub(r'<span class="cp"[^>]*>[^<]*</span>', "", _page(reading))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", bare)


def test_overlapping_markings_are_cut_at_every_boundary() -> None:
    markings = [
        Marking(start, end, "content", extent=end - start, owner=str(start)) for start, end in ((2, 8), (5, 11), (5, 6))
    ]
    segments = [(s.start, s.end, len(s.markings)) for s in cut(12, markings, [])]
    assert segments == [(0, 2, 0), (2, 5, 1), (5, 6, 3), (6, 8, 2), (8, 11, 1), (11, 12, 0)]


def test_pieces_cover_the_text_and_show_what_lies_between_zones() -> None:
    text = "Head\n\nlost\n\nBody"
    article = Article("a", text, (Zone(0, 4, "Head", "headline"), Zone(12, 16, "Body", "body")))
    assert [(p.start, p.end, p.kind) for p in to_pieces(article, ())] == [
        (0, 4, "headline"),
        (4, 12, "between"),
        (12, 16, "body"),
    ]


def test_an_article_without_findings_has_a_page() -> None:
    whole = hand_made_reading()
    document = _page(Reading(whole.article, (), (), (), (), (), whole.made_with))
    assert "No actor was found by name." in document
    assert "No words were found that the text gives to somebody." in document


def test_a_text_in_another_language_is_shown_and_not_counted() -> None:
    whole = hand_made_reading()
    notice = Notice("language.not-english", "The text looks like 'fr', not English; it was not analysed.", None)
    reading = Reading(whole.article, (), (), (), (), (notice,), whole.made_with)
    page = Page(_page(reading))
    assert "".join(page.words) == whole.article.text
    assert not {"sentences", "tables"} & set(page.ids)
    assert "it was not analysed" in to_notebook(reading)
    assert "not analysed" in to_index([IndexEntry.of(reading, href="a.html")], [], command=_COMMAND)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "–"), (0, "0\u202f%"), (0.004, "under 1\u202f%"), (0.276, "28\u202f%"), (1, "100\u202f%")],
)
def test_shares_are_whole_per_cent(share: float | None, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("a-1.html", "a-1.html"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("//elsewhere/x.html", "elsewhere/x.html"),
        ("../index.html", "../index.html"),
        ("a b\\c.html", "a%20b/c.html"),
    ],
)
def test_links_between_pages_stay_relative(address: str, href: str) -> None:
    assert to_relative_href(address) == href


def test_letters_go_on_after_z() -> None:
    assert [key_letter(index) for index in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_excerpts_end_at_a_word() -> None:
    assert excerpt("one  two\nthree", 40) == "one two three"
    assert excerpt("one two three four", 12) == "one two …"


def test_the_package_carries_its_templates() -> None:
    from importlib.resources import files

    names = {PurePosixPath(entry.name).suffix for entry in (files("closeread.report") / "templates").iterdir()}
    assert {".html", ".css", ".js"} <= names
