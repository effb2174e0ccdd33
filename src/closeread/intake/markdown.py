"""Markdown -> Article. The words stay where they stand; marks are cut out, and the map knows where.

Modest on purpose: headings, emphasis, links, images, code, quotation and list marks, rules, tags and front matter.
What is kept is kept character for character; entities and table bars stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from closeread.article import Article
from closeread.intake.columns import to_details
from closeread.intake.decoding import Decoded
from closeread.intake.links import Linked, leads_to_text
from closeread.intake.text import load_plain

Range = tuple[int, int]

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
_PAIR = re.compile(r"^([\w -]{1,40}):[ \t]*(.*?)[ \t]*\r?$", re.M)
_LINE = re.compile(r"([^\n]*)(\n?)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
# Whole lines of marks: rules and underlines of headings, rows under table heads, definitions of links.
_MARK_LINE = re.compile(
    r" {0,3}(?:(?P<rule>[-*_])(?:[ \t]*(?P=rule)){2,}|=+|-+|(?=.*\|)[ :|-]*-[ :|-]*|\[[^\]]+\]:[ \t]+\S.*)\s*"
)
_DEFINITION = re.compile(r" {0,3}\[([^\]]+)\]:[ \t]+<?([^\s>]+)")
_QUOTATION = r"(?: {0,3}>[ \t]?)*"
_HEADING = re.compile(rf"{_QUOTATION} {{0,3}}#{{1,6}}(?:[ \t]+|(?=\r?$))(?P<words>.*?)(?:[ \t]+#+)?[ \t]*(?P<end>\r?)$")
_LINE_MARKS = re.compile(rf"{_QUOTATION}(?:[ \t]*[-*+][ \t]+)?")

_TARGET = r"(?:\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|\[[^\]]*\])"
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<tick>`+)(?P<code>[^`](?:.*?[^`])?)(?P=tick)(?!`)"
    rf"|!\[[^\]]*\]{_TARGET}"
    rf"|\[(?P<link>(?:[^\[\]\\]|\\.|!?\[[^\]]*\]{_TARGET}?)*)\](?P<target>{_TARGET})"
    r"|<(?P<address>(?:https?://|mailto:|[\w.+-]+@)[^\s<>]+)>"
    r"|</?[a-zA-Z][^<>]*>|<!--.*?-->"
    r"|(?P<stars>\*{2,3})(?=[^\s*])(?P<strong>.+?)(?<=\S)(?P=stars)(?!\*)"
    r"|\*(?=[^\s*])(?P<starred>(?:\\.|[^*\\])+?)(?<=\S)\*"
    r"|(?<![^\W_])(?P<bars>_{2,3})(?=[^\s_])(?P<heavy>.+?)(?<=\S)(?P=bars)(?![^\W])"
    r"|(?<![^\W_])_(?=[^\s_])(?P<barred>(?:\\.|[^_\\]|(?<=\w)_(?=\w))+?)(?<=\S)_(?![^\W])"
    r"|~~(?P<struck>[^~]+)~~",
    re.S,
)
_AS_IT_STANDS = ("escaped", "code", "address")
_WITH_MARKS = ("link", "strong", "starred", "heavy", "barred", "struck")


def _find_inline(text: str, start: int, end: int, *, linked: list[Linked]) -> Iterator[Range]:
    """Ranges of the words between inline marks. `linked` takes the links among them, with what leads to the address."""
    at = start
    for match in _INLINE.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
        for name in _AS_IT_STANDS:
            if match[name] is not None:
                yield match.span(name)
        if match["link"] is not None:
            linked.append((*match.span("link"), match["target"]))
        for name in _WITH_MARKS:
            if match[name] is not None:
                yield from _find_inline(text, *match.span(name), linked=linked)
    yield at, end


def _in_source(pieces: list[Range], start: int, end: int) -> Iterator[Range]:
    """Where the code points `start` to `end` of the joined pieces stand in the source."""
    at = 0
    for first, last in pieces:
        length = last - first
        if start < at + length and at < end:
            yield first + max(start - at, 0), first + min(end - at, length)
        at += length


def _cut_inline(text: str, pieces: list[Range], linked: list[Linked]) -> Iterator[Range]:
    """The words of one paragraph; inline marks may reach over the ends of its lines. `linked` takes its links."""
    joined = "".join(text[start:end] for start, end in pieces)
    found: list[Linked] = []
    for start, end in _find_inline(joined, 0, len(joined), linked=found):
        yield from _in_source(pieces, start, end)
    for start, end, target in found:
        places = list(_in_source(pieces, start, end))
        if places:
            linked.append((places[0][0], places[-1][1], target))


def _find_line(line: str, start: int) -> tuple[list[Range], bool]:
    """What is left of a line without the marks of quotation, heading and list; whether it is a heading."""
    heading = _HEADING.match(line)
    if heading:
        places = [heading.span("words"), heading.span("end")]
        return [(start + first, start + last) for first, last in places], True
    marks = _LINE_MARKS.match(line)
    return [(start + (marks.end() if marks else 0), start + len(line))], False


class _Cutter:
    """Goes through a source line by line. `kept`, `headings` and `linked` are ranges of the source, `linked` with what
    leads to the address: `(address)`, or `[name]` of one in `addresses`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept: list[Range] = []
        self.headings: list[Range] = []
        self.linked: list[Linked] = []
        self.addresses: dict[str, str] = {}
        self.fence: str | None = None
        self._paragraph: list[Range] = []

    def flush(self) -> None:
        found = _cut_inline(self.text, self._paragraph, self.linked)
        self.kept += [place for place in found if place[0] < place[1]]
        self._paragraph = []

    def take(self, line: str, start: int, newline: Range) -> None:
        fence = _FENCE.match(line)
        if fence and (self.fence is None or fence[1].startswith(self.fence)):
            self.fence = None if self.fence else fence[1]
            self._alone([], newline)
        elif self.fence or not line.strip():
            self._alone([(start, start + len(line))], newline)
        elif _MARK_LINE.fullmatch(line):
            definition = _DEFINITION.match(line)
            if definition:
                self.addresses.setdefault(_to_name(definition[1]), definition[2])
            self._alone([], newline)
        else:
            self._words(*_find_line(line, start), newline=newline)

    def _alone(self, places: list[Range], newline: Range) -> None:
        self.flush()
        self.kept += [place for place in [*places, newline] if place[0] < place[1]]

    def _words(self, places: list[Range], is_heading: bool, *, newline: Range) -> None:
        if is_heading:
            self.flush()
            self.headings.append(places[0])
        self._paragraph += [*places, newline]
        if is_heading:
            self.flush()

    def find_linked(self) -> Iterator[Linked]:
        """The links with their addresses, without those that lead to no text."""
        for start, end, raw in self.linked:
            inner = raw[1:-1].strip()
            name = _to_name(inner or self.text[start:end])
            address = self.addresses.get(name, "") if raw[0] == "[" else inner.split(maxsplit=1)[0] if inner else ""
            if leads_to_text(address.strip("<>")):
                yield start, end, address.strip("<>")


def _to_name(words: str) -> str:
    """The name of a definition: case and white space do not count."""
    return " ".join(words.casefold().split())


def find_kept(text: str, start: int = 0) -> tuple[list[Range], list[Range], list[Linked]]:
    """The ranges of a Markdown source that are words of the text, sorted and disjoint, those of its headings, and its
    links."""
    cutter = _Cutter(text)
    for match in _LINE.finditer(text, start):
        cutter.take(match[1], match.start(), match.span(2))
    cutter.flush()
    return cutter.kept, cutter.headings, list(cutter.find_linked())


def _unquote(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def find_front_matter(text: str) -> tuple[dict[str, str], int]:
    """The `key: value` lines between `---` at the top, keys in lower case, and where the text starts."""
    match = _FRONT.match(text)
    if not match:
        return {}, 0
    return {key.strip().lower(): _unquote(value) for key, value in _PAIR.findall(match[1])}, match.end()


def _find_title(text: str, end: int) -> list[Range]:
    """Where the front matter, which ends at `end`, states a title; with the line break after it, and another to
    close the paragraph. Nothing where the text goes on with a heading of its own."""
    if text[end:].lstrip().startswith("#"):
        return []
    for match in _PAIR.finditer(text, 0, end):
        quoted = len(match[2]) - len(_unquote(match[2]))
        start, stop = match.start(2) + quoted // 2, match.end(2) - quoted // 2
        if match[1].strip().lower() == "title" and start < stop:
            newline = text.index("\n", stop)
            return [(start, stop), (newline, newline + 1), (end - 1, end)]
    return []


def load_markdown(decoded: Decoded, source: str) -> Article:
    """Raises ReadError (`intake.empty`) where no words are left."""
    front, start = find_front_matter(decoded.text)
    kept, headings, linked = find_kept(decoded.text, start)
    has_words = any(decoded.text[first:last].strip() for first, last in kept)
    title = _find_title(decoded.text, start) if has_words else []
    return load_plain(
        decoded,
        source,
        details=to_details(front),
        kept=title + kept,
        headings=title[:1] + headings,
        linked=linked,
    )
