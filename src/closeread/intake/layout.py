"""Zones of a plain text: paragraphs from its layout, then headline, byline and date at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from statistics import median

from closeread.article import Article, Zone, ZoneKind, count_words
from closeread.intake.composing import is_visible, to_zone
from closeread.intake.dates import is_date_line

Range = tuple[int, int]

# Of 924 PolNeAR texts the longest headline on one line has 22 words.
HEADLINE_WORDS = 25
# A headline with its second line, as databases export it: "A; \nB".
HEADLINE_LINES = 3
# A first line that ends with a full stop, is written in sentence case and has more words is body. Set on the 840
# train texts of PolNeAR, whose headlines all end with a full stop: 829 of their headlines are found; with the
# headlines cut off, 69 of the first paragraphs that follow (labels such as "ABSTRACT." aside) still pass for one.
SENTENCE_WORDS = 13
SENTENCE_CASE = 0.8
BYLINE_WORDS = 14
# Parts of the top of an article that are looked at for headline, byline and date.
TOP = 5
# Hard-wrapped lines are rarely wider; a longer line is a paragraph of its own.
WRAP_WIDTH = 120

_SENTENCE_END = re.compile(r"[.?!…:][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"\.[\"'”’»)\]]*$")
_DATELINE = re.compile(r"^[A-Z][A-Z.'’ -]{2,}(?:,[^—–]{0,40})?(?:\s\([A-Z][\w ./]*\))?\s*(?:—|–|--|-\s)")
_SPEECH = re.compile(r"\b(?:said|told|added)\b(?=[^“”\"]*(?:[“\"][^”\"]*[”\"][^“”\"]*)*$)")
_RUNNING = re.compile(r"^(?:He|She|It|They|We|But|And)\b|\b(?:who|which) (?:is|was|has|had|were)\b|, (?:he|she|they)\b")
_BY = re.compile(r"^(?i:(?:words|story|report|text) )?(?i:by):? +(?=[^\W\d_a-z])")
_EMAIL = re.compile(r"^(?:e-?mail:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+$", re.I)
_SMALL = frozenset((
    "a", "an", "and", "as", "at", "but", "by", "de", "den", "der", "el", "for", "from", "in", "is", "it", "its",
    "la", "of", "on", "or", "that", "the", "to", "van", "von", "with",
))  # fmt: skip


def find_dateline(paragraph: str) -> int:
    """The length of a dateline (`LONDON, May 3 (Agency) - `) at the start of a paragraph; 0 where there is none. What
    follows it begins a sentence: `NATO - the alliance - met` has none."""
    match = _DATELINE.match(paragraph)
    following = paragraph[match.end() :].lstrip(" “\"‘'") if match else ""
    return match.end() if match and following[:1].isupper() else 0


def find_datelines(article: Article) -> list[int]:
    """Where the datelines end in the text."""
    return [zone.start + length for zone in article.body if (length := find_dateline(zone.text))]


def find_lines(text: str) -> list[list[Range]]:
    """Blocks of lines that are not blank, each line a range without its newline."""
    blocks: list[list[Range]] = [[]]
    for match in re.finditer(r"[^\n]+|\n(?=\n)", text):
        if match[0] != "\n" and is_visible(match[0]):
            blocks[-1].append(match.span())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _is_one_per_line(text: str, blocks: Sequence[Sequence[Range]]) -> bool:
    """True where a newline ends a paragraph: lines that are not last in their block are long, or end sentences."""
    inner = [text[start:end].rstrip() for block in blocks for start, end in block[:-1]]
    if not inner:
        return False
    ended = sum(1 for line in inner if _SENTENCE_END.search(line))
    return median(map(len, inner)) > WRAP_WIDTH or ended >= len(inner) / 2


def _is_top_line(line: str) -> bool:
    return is_byline(line) or is_date_line(line)


def _split_at(block: Sequence[Range], headings: Set[int]) -> Iterator[Sequence[Range]]:
    """Lines with a heading in them stand alone."""
    rest: list[Range] = []
    for line in block:
        if any(start in headings for start in range(*line)):
            yield from ([rest] if rest else [])
            yield [line]
            rest = []
        else:
            rest.append(line)
    yield from ([rest] if rest else [])


def _split_blocks(text: str, blocks: Sequence[Sequence[Range]], headings: Set[int]) -> Iterator[Sequence[Range]]:
    per_line = _is_one_per_line(text, blocks)
    for number, block in enumerate(blocks):
        is_top = number < TOP and any(_is_top_line(text[start:end].strip()) for start, end in block)
        if per_line or is_top:
            yield from ([line] for line in block)
        elif headings:
            yield from _split_at(block, headings)
        else:
            yield block


def _trim(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def find_paragraphs(text: str, headings: Set[int] = frozenset()) -> list[Range]:
    """Ranges of the paragraphs, in order, without white space at their ends.

    Paragraphs are blocks between blank lines; where single newlines end paragraphs, lines. A line that is only a
    byline or a date stands alone, and so does one with a heading, whose start is in `headings`.
    """
    blocks = _split_blocks(text, find_lines(text), headings)
    return [_trim(text, block[0][0], block[-1][1]) for block in blocks]


def is_byline(line: str) -> bool:
    """ "By Ann Smith", or a mail address alone on its line."""
    if _EMAIL.match(line):
        return True
    words = line.split()
    if not _BY.match(line) or len(words) > BYLINE_WORDS or re.search(r"[a-z]{3}[.?!:]$", line):
        return False
    return _capital_share(words[1:]) >= 0.7


def _capital_share(words: Sequence[str]) -> float:
    """Share of words with a capital, small words aside: near 1 in a title, near 0 in a sentence."""
    names = [word for word in words if word[0].isalpha() and word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in names) / len(names) if names else 1.0


def _reads_like_body(line: str) -> bool:
    """Signs of a sentence of running text among lines that end with a full stop."""
    if _DATELINE.match(line) or _SPEECH.search(line) or _RUNNING.search(line):
        return True
    return count_words(line) > SENTENCE_WORDS and _capital_share(line.split()[1:]) < SENTENCE_CASE


def is_headline(paragraph: str, following: str) -> bool:
    """True for a short first paragraph that does not read like the body, with more text after it than in it."""
    lines = [line.strip() for line in paragraph.split("\n")]
    if len(lines) > HEADLINE_LINES or any(not line.endswith(";") for line in lines[:-1]):
        return False
    if max(map(count_words, lines)) > HEADLINE_WORDS or len(following) <= len(paragraph):
        return False
    if paragraph.endswith((":", ",")) or re.match(r"[-*•]\s|[“\"][^”\"]*$", paragraph):
        return False
    return not (_FULL_STOP.search(paragraph) and len(lines) == 1 and _reads_like_body(paragraph))


def _kinds_at_top(texts: Sequence[str], is_heading: bool) -> Iterator[ZoneKind]:
    """The kinds of the first paragraphs, as far as they are no body. `is_heading`: the first one is marked as such."""
    has_headline = False
    for number, paragraph in enumerate(texts[: min(TOP, len(texts) - 1)]):
        marked = is_heading and number == 0
        if not marked and is_date_line(paragraph):
            yield "date"
        elif not marked and is_byline(paragraph):
            yield "byline"
        elif not has_headline and (marked or is_headline(paragraph, "\n".join(texts[number + 1 :]))):
            has_headline = True
            yield "headline"
        else:
            return


def find_kinds(texts: Sequence[str], *, is_heading: bool = False) -> list[ZoneKind]:
    """One kind for each paragraph. `is_heading`: the first one is marked as a heading."""
    kinds = list(_kinds_at_top(texts, is_heading))
    rest: list[ZoneKind] = ["body"] * (len(texts) - len(kinds))
    return kinds + rest


def find_zones(text: str, *, headings: Set[int] = frozenset()) -> tuple[Zone, ...]:
    """The zones of a final text, in order. `headings`: offsets at which lines start that are marked as headings."""
    ranges = find_paragraphs(text, headings)
    is_heading = bool(ranges) and any(start in headings for start in range(*ranges[0]))
    kinds = find_kinds([text[start:end] for start, end in ranges], is_heading=is_heading)
    return tuple(to_zone(text, *place, kind) for place, kind in zip(ranges, kinds, strict=True))
