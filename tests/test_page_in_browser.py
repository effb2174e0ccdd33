"""The page in a real browser: nothing runs, nothing is fetched, the words are the article's, all can read it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from closeread.article import Failure
from closeread.checks import Claim, run_claims
from closeread.checks.running import CheckedText, CheckRun
from closeread.comparisons.corpus import describe_corpus
from closeread.comparisons.event import compare
from closeread.findings import Reading
from closeread.report import IndexEntry, to_index, to_page
from closeread.report.audit_page import to_audit_page, write_audit_site
from closeread.report.check_page import to_check_page
from closeread.report.corpus_page import to_corpus_page
from closeread.report.event_page import to_event_page
from closeread.report.event_sheet import to_event_sheet
from tests.audits import make_audit
from tests.claims import claiming_reading
from tests.events import make_event
from tests.generated_readings import readings
from tests.payloads import PAYLOADS, hostile_reading
from tests.readings import hand_made_reading

pytestmark = pytest.mark.browser

_COMMAND = "closeread read examples/tarn/sabel-courier.txt --html out"
_WORDS = """() => {
  const copy = document.getElementById("text").cloneNode(true);
  for (const note of copy.querySelectorAll("[data-note]")) note.remove();
  return copy.textContent;
}"""
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine: CI needs one, for instance the Debian package chromium")
        pytest.skip("no Chromium on this machine: the page was not tried in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@dataclass
class Watch:
    """Everything that a page does and should not do."""

    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)

    def over(self, page: Any) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", self._refuse)
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.expose_function("hit", lambda *_: self.hits.append(page.url))

    def _refuse(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def _open(context: Any, folder: Path, document: str) -> Any:
    file = folder / "page.html"
    file.write_text(document, encoding="utf-8", newline="\n")
    page = context.new_page()
    page.goto(file.as_uri())
    return page


def _find_grave(page: Any) -> list[tuple[str, str]]:
    """What axe calls serious or critical: the rule and the first element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _AXE_TAGS}}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def _page_of(reading: Reading) -> str:
    return to_page(reading, command=_COMMAND, index="index.html")


def _index_of(reading: Reading) -> str:
    failure = Failure("examples/tarn/empty.txt", "intake.empty", "The file has no text.")
    return to_index([IndexEntry.of(reading, href="page.html")] * 3, [failure], command=_COMMAND)


def _corpus_page(reading: Reading, *, title: str | None = None) -> str:
    """Seven articles of two outlets, one of which is too few."""
    readings = [
        replace(
            reading,
            article=replace(
                reading.article,
                source=f"{at}.txt",
                outlet="Courier" if at < 5 else "Gazette",
                title=title or reading.article.title,
            ),
        )
        for at in range(7)
    ]
    corpus = describe_corpus(readings)
    hrefs = {text.article: f"{text.article}.html" for text in corpus.texts}
    return to_corpus_page(corpus, command="closeread corpus readings.jsonl --html out", hrefs=hrefs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_of_a_collection(browser: Any, tmp_path: Path, *, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for title in (None, "x" * 300):
        page = _open(context, tmp_path, _corpus_page(claiming_reading(), title=title))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert _find_grave(page) == []
    assert page.locator(".places:visible").count() == 0
    page.locator('#t-whole a[href^="#lead"]').first.click()
    assert page.locator(".places:visible").count() == 1
    context.close()


def test_a_collection_of_payloads_does_nothing(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context()
    page, watch = context.new_page(), Watch()
    watch.over(page)
    file = tmp_path / "page.html"
    for payload in PAYLOADS:
        file.write_text(_corpus_page(hostile_reading(payload), title=payload), encoding="utf-8", newline="\n")
        page.goto(file.as_uri())
    assert set(watch.requests) <= {file.as_uri(), "data:,"}
    assert (watch.dialogs, watch.console, watch.hits) == ([], [], [])
    context.close()


def _event_page(title: str | None = None) -> str:
    """An event with a text that stands for another; places lead to pages of the texts."""
    texts = [replace(each, article=replace(each.article, title=title or each.article.title)) for each in make_event()]
    coverage = compare([*texts, Failure("e.txt", "intake.empty", "The file has no text.")], one_event=True)
    hrefs = {text.article: f"{text.article}.html" for text in coverage.texts}
    articles = {each.article.id: each.article for each in texts}
    return to_event_page(coverage, command="closeread compare texts --html out", hrefs=hrefs, articles=articles)


def _event_sheet(title: str | None = None) -> str:
    texts = [replace(each, article=replace(each.article, title=title or each.article.title)) for each in make_event()]
    return to_event_sheet(compare(texts[:2], one_event=True), texts[:2], command="closeread compare texts --html out")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_and_the_sheet_of_an_event(browser: Any, tmp_path: Path, *, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for document in (_event_page("x" * 300), _event_sheet("x" * 300), _event_sheet(), _event_page()):
        page = _open(context, tmp_path, document)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert _find_grave(page) == []
    context.close()


def test_without_javascript_a_cell_opens_its_places_in_the_text(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = _open(context, tmp_path, _event_page())
    assert page.locator(".places:visible").count() == 0
    page.locator("#t-m-actor td.is-found a").first.click()
    places = page.locator(".places:visible")
    assert places.count() == 1
    [reading] = [each for each in make_event() if each.article.outlet == "Courier"]
    link = places.locator("li a").first
    start = int(link.get_attribute("href").partition("#c")[2])
    assert reading.article.text[start:].startswith(link.inner_text())
    assert page.locator("#lacking a").count() > 0
    context.close()


def test_an_event_and_checks_of_payloads_do_nothing(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context()
    page, watch = context.new_page(), Watch()
    watch.over(page)
    file = tmp_path / "page.html"
    for payload in PAYLOADS:
        for document in (_event_page(payload), _event_sheet(payload), _check_page(payload)):
            file.write_text(document, encoding="utf-8", newline="\n")
            page.goto(file.as_uri())
    assert set(watch.requests) <= {file.as_uri(), "data:,"}
    assert (watch.dialogs, watch.console, watch.hits) == ([], [], [])
    context.close()


def _check_page(words: str = "five times") -> str:
    """One result of each kind."""
    text = claiming_reading()
    expressions = ("words > 0", "words < 0", f"count({words!r}) == 9", "complete", "nonsense > 1")
    claims = [Claim(f"The text has {words}", each, words, words, 1, words) for each in expressions]
    readings = {"text": replace(text, article=replace(text.article, completeness="unknown"))}
    held = CheckedText("text", words, "0" * 64, readings["text"])
    return to_check_page([CheckRun(words, (held,), run_claims(claims, readings))], command=words, index="index.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_of_checks(browser: Any, tmp_path: Path, *, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for words in ("x" * 300, "five times"):
        page = _open(context, tmp_path, _check_page(words))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {"is-pass", "is-fail", "is-cannot-tell", "is-error"} <= set(
        page.locator("ol.checks > li").evaluate_all("parts => parts.map(part => part.className)")
    )
    assert _find_grave(page) == []
    context.close()


def test_payloads_do_nothing(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context()
    page, watch = context.new_page(), Watch()
    watch.over(page)
    file = tmp_path / "page.html"
    for payload in PAYLOADS:
        reading = hostile_reading(payload)
        index = to_index([IndexEntry.of(reading, href=payload)], [Failure(payload, "x", payload)], command=payload)
        for document in (to_page(reading, command=payload, index="index.html"), index):
            file.write_text(document, encoding="utf-8", newline="\n")
            page.goto(file.as_uri())
            if document is not index:
                assert page.evaluate(_WORDS) == reading.article.text, payload
                _click_about(page)
    page.wait_for_timeout(200)
    assert set(watch.requests) <= {file.as_uri(), "data:,"}
    assert (watch.dialogs, watch.console, watch.hits) == ([], [], [])
    context.close()


def _click_about(page: Any) -> None:
    """What a reader would do: follow places, change the layer, hover over words."""
    page.locator(".sentences a").first.click()
    page.locator("a[data-end]").last.click()
    page.check("#show-a")
    page.locator("#text mark").first.hover(force=True)


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(reading=readings())
def test_a_browser_reads_the_same_words(browser: Any, tmp_path: Path, reading: Reading) -> None:
    page = _open(browser, tmp_path, _page_of(reading))
    try:
        assert page.evaluate(_WORDS) == reading.article.text
    finally:
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", ["page", "index"])
def test_axe_finds_nothing_serious(browser: Any, tmp_path: Path, *, kind: str, width: int, scheme: str) -> None:
    reading = claiming_reading()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = _open(context, tmp_path, _page_of(reading) if kind == "page" else _index_of(reading))
    for layer in ("q", "a", "s", "t") if kind == "page" else ("",):
        if layer:
            page.check(f"#show-{layer}")
        assert _find_grave(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_serious_on_an_audit(browser: Any, tmp_path: Path, *, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = _open(context, tmp_path, to_audit_page(make_audit(), command=_COMMAND))
    assert _find_grave(page) == []
    context.close()


def test_an_audit_leads_to_the_words_without_javascript(browser: Any, tmp_path: Path) -> None:
    write_audit_site(tmp_path, make_audit(), command=_COMMAND)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.locator("#t-statement-classes a", has_text="v1").click()
    assert page.locator(".pair:target").count() == 1
    page.locator("#v1 a", has_text="left").last.click()
    assert page.url.startswith(tmp_path.as_uri())
    assert page.locator("#text :target").count() == 1
    context.close()


def test_a_difference_is_told_by_a_line_and_not_by_colour_alone(browser: Any, tmp_path: Path) -> None:
    page = _open(browser, tmp_path, to_audit_page(make_audit(), command=_COMMAND))
    line = "part => getComputedStyle(part).textDecorationLine"
    assert page.locator("#quotations .pair del.d").first.evaluate(line) == "line-through"
    assert page.locator("#statements .pair .met").first.evaluate(line) == "underline"
    assert page.locator("#statements .pair .against").first.evaluate(line) == "underline"
    page.context.close()


@pytest.mark.parametrize("width", [320, 768, 900, 1280])
def test_the_page_never_scrolls_sideways(browser: Any, tmp_path: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    held = to_audit_page(make_audit(), command=_COMMAND)
    for document in (_page_of(claiming_reading()), _index_of(hand_made_reading()), _page_of(_long_words()), held):
        page = _open(context, tmp_path, document)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _long_words() -> Reading:
    return hostile_reading("x" * 400)


def test_without_javascript_a_figure_opens_its_places(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = _open(context, tmp_path, _page_of(hand_made_reading()))
    assert page.locator(".places:visible").count() == 0
    page.locator('.sentences a[href^="#figure"]').first.click()
    assert page.locator(".places:visible").count() == 1
    page.locator(".places:visible li a").nth(1).click()
    assert page.locator("#text :target").count() == 1
    context.close()


def test_without_javascript_one_layer_shows_at_a_time(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = _open(context, tmp_path, _page_of(claiming_reading()))
    for layer in ("q", "a", "s", "t", "n"):
        page.check(f"#show-{layer}")
        for other in ("q", "a", "s", "t"):
            assert (page.locator(f"#text .ref.on-{other}:visible").count() > 0) == (layer == other)
            assert (page.locator(f"#text .side.on-{other}:visible").count() > 0) == (layer == other)
    context.close()


@pytest.mark.parametrize(("width", "shown", "hidden"), [(1280, ".side", ".below"), (700, ".below", ".side")])
def test_notes_stand_in_the_margin_or_below(
    browser: Any, tmp_path: Path, *, width: int, shown: str, hidden: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = _open(context, tmp_path, _page_of(hand_made_reading()))
    assert page.locator(f"#text {shown}:visible").count() > 3
    assert page.locator(f"#text {hidden}:visible").count() == 0
    context.close()


def test_paper_gets_the_notes_below_and_no_controls(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = _open(context, tmp_path, _page_of(hand_made_reading()))
    page.emulate_media(media="print")
    assert page.locator("#text .below:visible").count() > 3
    assert page.locator("#text .side:visible, .layers:visible, nav:visible").count() == 0
    context.close()


def test_without_javascript_a_figure_of_a_table_opens_its_places(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = _open(context, tmp_path, _page_of(claiming_reading()))
    page.locator('#t-support a[href^="#places"]').first.click()
    assert page.locator(".places:visible").count() == 1
    page.locator(".places:visible p.links a").nth(1).click()
    assert page.locator("#text :target").count() == 1
    context.close()


def test_only_the_layer_of_support_underlines_statements(browser: Any, tmp_path: Path) -> None:
    page = _open(browser, tmp_path, _page_of(claiming_reading()))
    line = "part => getComputedStyle(part).textDecorationLine + getComputedStyle(part).textDecorationStyle"
    found = {name: page.locator(f"#text .{name}").first for name in ("t-bare", "t-held", "t-other")}
    page.check("#show-n")
    assert {part.evaluate(line) for part in found.values()} == {"nonesolid"}
    page.check("#show-t")
    shown = {name: part.evaluate(line) for name, part in found.items()}
    assert shown == {"t-bare": "underlinedashed", "t-held": "underlinesolid", "t-other": "underlinesolid"}
    page.context.close()


def test_a_reordering_character_moves_nothing_around_it(browser: Any, tmp_path: Path) -> None:
    """The words after a right-to-left override still run from left to right."""
    page = _open(browser, tmp_path, _page_of(hostile_reading("\u202eabc def")))
    lefts = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector("#text h3"), NodeFilter.SHOW_TEXT);
          let node;
          while ((node = walker.nextNode()) && !node.data.includes("abc"));
          return [0, 4].map((at) => {
            const range = document.createRange();
            range.setStart(node, node.data.indexOf("abc") + at);
            range.setEnd(node, node.data.indexOf("abc") + at + 1);
            return range.getBoundingClientRect().left;
          });
        }"""
    )
    assert lefts[0] < lefts[1]
    page.context.close()


def test_a_click_lights_the_whole_place(browser: Any, tmp_path: Path) -> None:
    page = _open(browser, tmp_path, _page_of(hand_made_reading()))
    page.locator("#a2 td.wide a").first.click()
    lit = page.evaluate("[...document.querySelectorAll('#text .lit')].map((part) => part.textContent).join('')")
    assert lit == "“We have asked for a seat at this table for nine years,”"
    page.context.close()
