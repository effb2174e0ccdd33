"""The sentences of a text, each with a copy in which the words inside quotation marks are blotted out, so that no rule
finds its words in a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from closeread.article import Article, Span
from closeread.lexicons import load_titles

# Stands for each character inside quotation marks; the marks themselves become “ and ”.
BLOT = "\ue000"
# Characters of a sentence in which rules look: no writer's is longer, and a rule may take the square of its length.
_MOST = 1_500
# A quotation inside one paragraph is shorter; a mark that is never closed costs no more than this.
_LONGEST, _LONGEST_SINGLE = 5_000, 300
_ENDS = ".!?…,;:"
_PAIRS = {"“": "”", "„": "“", "‘": "’", '"': '"', "'": "'", "«": "»"}
_BREAK = re.compile(r"[.!?…][”)\]]*\s+(?=[“(\[]?[^\W\d_a-zß-öø-ÿ]|[“(\[]?\d|“\ue000)")
_LAST_WORD = re.compile(r"[\w.’'-]+$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`paragraph` and `number` count from 1. `blotted` is as long as `text`; `start` is its place in the article."""

    article: Article
    start: int
    text: str
    blotted: str
    paragraph: int
    number: int

    @property
    def is_too_long(self) -> bool:
        """Then all of it is blotted out."""
        return len(self.text) > _MOST

    def words(self, start: int, end: int) -> str:
        """What stands in the article there, on one line."""
        return " ".join(self.text[start:end].split())

    def span(self, start: int, end: int) -> Span:
        return self.article.span(self.start + start, self.start + end)


def split_sentences(article: Article) -> tuple[tuple[Sentence, ...], ...]:
    """By body paragraph."""
    return tuple(tuple(_split(article, zone.start, number)) for number, zone in enumerate(article.body, 1))


def _split(article: Article, start: int, paragraph: int) -> Iterator[Sentence]:
    zone = article.body[paragraph - 1]
    blotted = blot(zone.text)
    number = 0
    for first, last in _find_borders(blotted):
        if blotted[first:last].strip():
            number += 1
            shown = blotted[first:last] if last - first <= _MOST else BLOT * (last - first)
            yield Sentence(article, start + first, zone.text[first:last], shown, paragraph, number)


def _find_borders(blotted: str) -> Iterator[tuple[int, int]]:
    first = 0
    for found in _BREAK.finditer(blotted):
        word = _LAST_WORD.search(blotted, first, found.start() + 1)
        if blotted[found.start()] == "." and word is not None and _is_short(word[0]):
            continue
        yield first, first + len(blotted[first : found.end()].rstrip())
        first = found.end()
    yield first, first + len(blotted[first:].rstrip())


def _is_short(word: str) -> bool:
    """A title or initial, which ends with a full stop inside a sentence."""
    return (len(word.rstrip(".")) == 1 and word[0].isupper()) or word in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.title for title in load_titles() if title.title.endswith("."))


def blot(text: str) -> str:
    """A sign that ends a sentence right before the closing mark stays. A mark without its other one opens nothing."""
    made, at = list(text), 0
    while at < len(text):
        close = _find_close(text, at)
        if close is None:
            at += 1
            continue
        made[at], made[close] = "“", "”"
        last = close - 1 if text[close - 1] in _ENDS else close
        made[at + 1 : last] = BLOT * (last - at - 1)
        at = close + 1
    return "".join(made)


def _find_close(text: str, at: int) -> int | None:
    """An apostrophe inside a word is no mark."""
    mark = text[at]
    if mark not in _PAIRS or (mark in "'‘" and at and text[at - 1].isalnum()):
        return None
    close, longest = at, _LONGEST_SINGLE if mark in "'‘" else _LONGEST
    while (close := text.find(_PAIRS[mark], close + 1, at + longest)) > at + 1:
        after = text[close + 1 : close + 2]
        if mark not in "'‘" or not after.isalnum():
            return close
    return None
