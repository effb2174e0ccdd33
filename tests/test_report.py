"""The page as text: the article's words untouched, nothing unescaped, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from rich.console import Console

from closeread.article import Article, Failure, Span, Zone
from closeread.findings import Notice, Reading
from closeread.report import IndexEntry, to_index, to_notebook, to_page
from closeread.report.characters import excerpt, show_hidden, spell_hidden
from closeread.report.claim_lines import find_filler
from closeread.report.claim_sentences import say_headline, say_support
from closeread.report.places import cut_around, key_letter
from closeread.report.rendering import percent, to_relative_href
from closeread.report.segments import Marking, cut, to_pieces
from closeread.report.sentences import sentences
from closeread.report.tables import TOPICS
from closeread.report.terminal import to_terminal
from tests.claims import claiming_reading
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


def test_every_place_of_a_claim_is_an_anchor() -> None:
    reading = claiming_reading()
    page = Page(_page(reading))
    places = [place for found in reading.statements for place in (found.place, *found.grounds)]
    sides = [side for pair in reading.contradictions for side in (pair.first, pair.second)]
    places += [*sides, *(side.words for side in sides)]
    places += [place for part in reading.headline for place in (part.place, *part.carried)]
    places += [place for echo in reading.echoes for place in (echo.place, echo.slot)]
    assert {f"c{place.start}" for place in places} <= set(page.ids)


def test_every_statement_in_own_voice_has_a_row_and_a_number_that_leads_to_it() -> None:
    reading = claiming_reading()
    page = Page(_page(reading))
    own = [f"t{number}" for number in range(1, sum(found.voice == "own" for found in reading.statements) + 1)]
    assert own
    assert {row for row in page.ids if re.fullmatch(r"t\d+", row)} == set(own)
    assert {href for href in page.hrefs if re.fullmatch(r"#t\d+", href)} == {f"#{row}" for row in own}


def test_contradictions_stand_before_disagreements_and_certain_before_possible() -> None:
    document = _page(claiming_reading())
    rows = re.findall(r'id="pair-(\w+)"', document)
    assert rows == ["C1", "C2", "D1"]
    assert document.index("two numbers for the same, certain") < document.index("two dates for the same, possible")


def test_what_the_body_does_not_carry_is_said_so() -> None:
    document = _page(claiming_reading())
    assert document.count(">not found in the body<") == 1
    assert document.count(">not found after the lead<") == 1


def test_without_findings_the_page_says_what_was_looked_for() -> None:
    document = _page(hand_made_reading())
    assert document.count("None found.") == 3
    assert document.count("ooked for") == 3


def test_a_label_is_read_aloud_at_every_statement() -> None:
    labels = [
        attributes["data-t"] or ""
        for _, attributes in Page(_page(claiming_reading())).elements
        if "data-t" in attributes
    ]
    assert "statement 2, own voice, fact, no ground found" in labels
    assert "statement 3, own voice, fact, ground: named source" in labels
    assert "said by others, prediction, ground: named source" in labels
    assert "contradiction C1" in labels


def test_sentences_of_claims() -> None:
    said = {sentence.topic: str(sentence) for sentence in sentences(claiming_reading())}
    assert said["support"] == (
        "Of 6 statements in own voice a ground was found for 2 (1 certain): 1 named source, 1 elsewhere; "
        "for 4 none was found in this article."
    )
    assert said["contradictions"] == (
        "Places that cannot both hold: in one voice 1 certain and 1 possible; between voices 1 certain and 0 possible."
    )
    assert said["headline"] == (
        "Of 3 things that the headline quotes, names, counts or claims 2 were found in the body and 1 was not; "
        "of 2 things in the lead 1 was found after it and 1 was not."
    )


def test_sentences_where_nothing_is_claimed() -> None:
    bare = hand_made_reading()
    said = {sentence.topic: str(sentence) for sentence in sentences(bare)}
    assert len(said) == len(TOPICS)
    assert said["support"] == "No statement in own voice was found."
    assert said["contradictions"] == "No two places were found that cannot both hold."
    ungrounded = replace(bare, statements=tuple(replace(s, grounds=()) for s in claiming_reading().statements))
    support = next(sentence for sentence in sentences(ungrounded) if sentence.topic == "support")
    assert str(support) == "For none of 6 statements in own voice was a ground found in this article."
    assert len(support.parts[1].places) == 6


@settings(max_examples=100, deadline=None)
@given(readings())
def test_figures_of_a_sentence_count_their_places(reading: Reading) -> None:
    for sentence in (say_support(reading), say_headline(reading)):
        for part in sentence.parts:
            if part.places:
                assert int(part.text.split()[0]) == len(part.places)


@pytest.mark.parametrize(
    ("template", "known", "filler"),
    [
        ("Who ___ it?", "Who wrote it?", "wrote"),
        ("___ or bust", "California or Bust", "California"),
        ("The art of ___", "The Art of war", "war"),
        ("An ___ for an ___", "An eye for an eye", ""),
        ("Who ___ it?", "Something else", ""),
        ("a ___ a", "a a", ""),
        ("Who ___ it?", "", ""),
    ],
)
def test_the_filler_of_a_known_phrase(template: str, known: str, filler: str) -> None:
    assert find_filler(template, known) == filler


@pytest.mark.parametrize(
    ("words", "around"),
    [
        ((4, 8), ("the ", " ran")),
        ((0, 3), ("", " pier ran")),
        ((9, 12), ("the pier ", "")),
        ((50, 60), ("the pier ran", "")),
    ],
)
def test_what_stands_around_the_words_that_conflict(words: tuple[int, int], around: tuple[str, str]) -> None:
    place = Span(100, 112, "the pier ran")
    assert cut_around(place, Span(100 + words[0], 100 + words[1], "x")) == around


def test_a_long_side_is_cut_at_words() -> None:
    text = "word " * 100
    before, after = cut_around(Span(0, 500, text), Span(250, 254, "word"))
    assert before.startswith("… word") and after.endswith("word …")
    assert max(len(before), len(after)) < 120


def test_the_terminal_shows_grounds_contradictions_and_what_is_not_carried() -> None:
    console = Console(width=80, record=True, file=StringIO())
    for shown in to_terminal(claiming_reading()):
        console.print(shown)
    text = console.export_text()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert re.search(r"by others +4 +1 +3 +2 named source, 1 unnamed source", text)
    assert "Contradiction, certain: “four” ¶ 4 / “eleven” ¶ 6" in text
    assert re.search(r"Not found in the body: the headline quotes “blackmail”\s*$", text, re.MULTILINE)


def test_the_example_page_has_its_parts_in_order() -> None:
    page = Page(_page(hand_made_reading()))
    parts = ["sentences", "speaks", "named", "reading", "text", "tables", "possible", "support", "contradictions"]
    parts += ["headline", "echoes", "wording", "method", "again"]
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
