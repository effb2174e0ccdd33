"""An HTML page -> Article: main text by trafilatura, headline checked against what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from closeread.article import Article, Note, ReadError, ZoneKind, count_words
from closeread.intake.cleaning import BOM, clean_characters
from closeread.intake.composing import Details, Draft, Part, compose, is_visible, to_article
from closeread.intake.dates import is_date_line
from closeread.intake.decoding import Decoded
from closeread.intake.layout import is_byline
from closeread.intake.page import choose_headline, find_author, find_published, find_titles, find_wall, to_letters
from closeread.intake.page_links import PageText, find_linked

# Elements of trafilatura's tree that begin and end a paragraph; all others run on within one.
_BLOCKS = frozenset(("body", "div", "p", "head", "quote", "list", "item", "table", "row", "cell", "code"))
_STANDFIRST = re.compile(r"\b(?:dek|deck|standfirst|sub-?head(?:line)?|sub-?title)\b", re.I)
_CAPITALS = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{4,50}$")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# A private code point that pages do not use: marks a break through extraction.
_BREAK = "\U0010fffd"
_PARAGRAPH_BREAK = re.compile(rf"[ \n]*{_BREAK}[ \n{_BREAK}]*| ?\n ?(?:\n ?)+")
# Soft hyphens are how a page wants its lines broken, not what it says.
_HYPHENATION = re.compile("\u00ad|&shy;|&#173;|&#x0*ad;", re.I)
# Blocks at the top that may repeat the headline or name the author.
TOP = 4
# Fewer words are a menu or a message, not an article.
MIN_WORDS = 10
# The zones whose links count: those of a byline lead to pages about the author.
_LINKING: frozenset[ZoneKind] = frozenset(("body", "caption"))
# Share of the words of the paragraphs beside those extracted, below which text seems to be lost.
MIN_SHARE = 0.6
# A list whose words are mostly links is navigation.
LINK_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says of itself: `metadata` as trafilatura finds it; `captions` as letters and digits only."""

    metadata: Any
    headline: str | None
    author: str | None
    published: str | None
    wall: Note | None
    captions: frozenset[str]
    lang: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the extracted text, and the class that its element had."""

    text: str
    style: str


def _parse(text: str, source: str) -> Any:
    from trafilatura import load_html as parse

    page = _XML_DECLARATION.sub("", _HYPHENATION.sub("", clean_characters(text.removeprefix(BOM))))
    tree = parse(page)
    if tree is None:
        raise ReadError(source, "intake.no-text", "There is no HTML in it.")
    return tree


def _words_in(elements: Sequence[Any]) -> int:
    return sum(count_words(element.text_content()) for element in elements)


def _drop_link_lists(tree: Any) -> None:
    """Takes out lists of links to other pages, which extraction may leave within the article."""
    for element in list(tree.iter("ul", "ol")):
        items = element.findall("li")
        links = element.findall(".//a")
        if len(items) > 1 and links and _words_in(links) > LINK_SHARE * _words_in(items):
            element.drop_tree()


def _mark_breaks(tree: Any) -> None:
    """Two line breaks in a row part paragraphs, but extraction makes one of them: a mark between them survives it."""
    for element in list(tree.iter("br")):
        following = element.getnext()
        if following is not None and following.tag == "br" and not (element.tail or "").strip():
            element.tail = _BREAK


def _extract(tree: Any, source: str) -> Any:
    from trafilatura import bare_extraction

    try:
        return bare_extraction(deepcopy(tree), favor_precision=True, include_comments=False)
    except Exception as error:  # Pages are made of anything, and the library promises no kind of error.
        raise ReadError(source, "intake.broken", "The page is too broken to find the article in it.") from error


def _find_metadata(tree: Any) -> Any:
    from trafilatura import extract_metadata

    return extract_metadata(deepcopy(tree))


def _pieces(element: Any) -> Iterator[tuple[str, str]]:
    """Stretches of text with the class of the block they are in; an empty stretch is the border of a block."""
    style = element.get("class") or ""
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "", ""
    yield ("\n" if element.tag == "lb" else re.sub(r"[ \t\r\n\f]+", " ", element.text or "")), style
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield re.sub(r"[ \t\r\n\f]+", " ", child.tail or ""), style
    if is_block:
        yield "", ""


def to_blocks(body: Any) -> list[Block]:
    """The paragraphs of trafilatura's tree, in order."""
    blocks: list[Block] = []
    words, style = "", ""
    for piece, piece_style in [*_pieces(body), ("", "")]:
        if (piece, piece_style) != ("", ""):
            words, style = words + piece, style or piece_style
            continue
        for paragraph in _PARAGRAPH_BREAK.split(words):
            if is_visible(paragraph):
                blocks.append(Block(re.sub(r" ?\n ?", "\n", paragraph).strip(), style))
        words, style = "", ""
    return blocks


def _drop_headline(blocks: Sequence[Block], headline: str | None) -> list[Block]:
    """The blocks without those at the top that say the headline again."""
    letters = to_letters(headline or "")
    return [
        block
        for number, block in enumerate(blocks)
        if number >= TOP or not letters or to_letters(block.text) != letters
    ]


def _is_author(block: Block, following: str, author: str) -> bool:
    """The author's name alone, or a line in capitals above a mail address."""
    name = to_letters(author)
    if name and to_letters(block.text) in (name, f"by{name}"):
        return True
    return bool(_CAPITALS.match(block.text)) and "@" in following and is_byline(following)


def _kind_at_top(block: Block, following: str, author: str) -> ZoneKind:
    if is_byline(block.text) or _is_author(block, following, author):
        return "byline"
    if is_date_line(block.text):
        return "date"
    return "headline" if _STANDFIRST.search(block.style) else "body"


def _to_parts(blocks: Sequence[Block], page: Page) -> list[Part]:
    """The headline, then the blocks: what stands above the first body paragraph gets its own kind."""
    parts = [Part("headline", page.headline)] if page.headline else []
    at_top = True
    following = [*(block.text for block in blocks[1:]), ""]
    for number, block in enumerate(blocks):
        kind: ZoneKind = "caption" if to_letters(block.text) in page.captions else "body"
        if at_top and number < TOP and kind == "body":
            kind = _kind_at_top(block, following[number], page.author or page.metadata.author or "")
        at_top = at_top and kind != "body"
        parts.append(Part(kind, block.text))
    return parts


def _find_loss(tree: Any, blocks: Sequence[Block]) -> Note | None:
    """Compares with all paragraphs that share a parent with an extracted one."""
    wanted = {to_letters(block.text) for block in blocks}
    parents = {paragraph.getparent() for paragraph in tree.iter("p") if to_letters(paragraph.text_content()) in wanted}
    words = sum(_words_in(parent.findall("p")) for parent in parents)
    found = sum(count_words(block.text) for block in blocks)
    if found >= MIN_SHARE * words:
        return None
    return Note("intake.thin", f"Only {found:,} words were taken from paragraphs that hold {words:,}.")


def _to_details(page: Page) -> Details:
    stated = page.metadata
    values = {"url": stated.url, "hostname": stated.hostname, "description": stated.description, "lang": page.lang}
    return Details(
        title=page.headline,
        outlet=stated.sitename or stated.hostname,
        byline=page.author or stated.author,
        date=page.published or stated.date,
        metadata={key: str(value) for key, value in values.items() if value},
    )


def _find_page(tree: Any) -> Page:
    return Page(
        metadata=_find_metadata(tree),
        headline=choose_headline(find_titles(tree)),
        author=find_author(tree),
        published=find_published(tree),
        wall=find_wall(tree),
        captions=frozenset(to_letters(caption.text_content()) for caption in tree.iter("figcaption")) - {""},
        lang=tree.get("lang") or "",
    )


def load_html(decoded: Decoded, source: str) -> Article:
    """Raises ReadError: `intake.empty` for a page without content, `intake.no-text` where no article is found in it."""
    tree = _parse(decoded.text, source)
    page = _find_page(tree)
    _drop_link_lists(tree)
    _mark_breaks(tree)
    found = _extract(tree, source)
    blocks = _drop_headline(to_blocks(found.body), page.headline) if found is not None else []
    if sum(count_words(block.text) for block in blocks) < MIN_WORDS:
        raise ReadError(source, "intake.no-text", "No article was found in the page.")
    loss = _find_loss(tree, blocks)
    text, zones = compose(_to_parts(blocks, page))
    notes = [*decoded.notes, *(note for note in (page.wall, loss) if note)]
    shown = PageText(tree, page.metadata.url, passed_over=_BREAK)
    linked = find_linked(shown, text, [zone for zone in zones if zone.kind in _LINKING])
    draft = Draft(text, zones, notes=tuple(notes), lost=loss is not None, linked=tuple(linked))
    return to_article(source, draft, _to_details(page))
