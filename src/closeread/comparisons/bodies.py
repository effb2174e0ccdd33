"""A body of texts as its words: which word stands where, in whose voice, and which words are names or footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from closeread.article import Article
from closeread.comparisons.numbered_words import Flags, Ints, NumberedWords, number_words
from closeread.findings import Reading
from closeread.lexicons.function_words import index_function_words

Text = Reading | Article
Voices = Literal["all", "own"]
Floats = npt.NDArray[np.float64]

# A run of so many words that stands in two articles is taken for a footer, a standing note or wire copy.
RUN = 8
# Articles that a body has at least.
LEAST_ARTICLES = 2
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_ENDS = frozenset(".?!:;…")
_OPENERS = frozenset(" \t\u00a0\"'“”‘’«»([*—–-•")


@dataclass(frozen=True)
class Counted:
    """The words of the body paragraphs of texts, one entry per word, by text and then by place. `texts` are sorted by
    source. `word` is an index into `words`, which are folded and in alphabetical order. `wording` is True where a word
    is no name, has no digit, and stands in no run of words that a second text has too."""

    texts: tuple[Article, ...]
    words: tuple[str, ...]
    text: Ints
    word: Ints
    starts: Ints
    ends: Ints
    wording: Flags

    @cached_property
    def lengths(self) -> Floats:
        """Words of each text."""
        return np.bincount(self.text, minlength=len(self.texts)).astype(np.float64)

    def count(self, chosen: Ints, *, wording: bool = False) -> Floats:
        """How often each text has each of the chosen words: a row per text, a column per word."""
        column = np.full(len(self.words), -1, dtype=np.int64)
        column[chosen] = np.arange(len(chosen))
        kept = (column[self.word] >= 0) & (self.wording if wording else True)
        cells = self.text[kept] * len(chosen) + column[self.word[kept]]
        counts = np.bincount(cells, minlength=len(self.texts) * len(chosen))
        return counts.reshape(len(self.texts), len(chosen)).astype(np.float64)

    def spread(self, *, wording: bool = False) -> Ints:
        """In how many texts each word stands."""
        text, word = (self.text[self.wording], self.word[self.wording]) if wording else (self.text, self.word)
        pairs = np.unique(text * len(self.words) + word)
        return np.bincount(pairs % len(self.words), minlength=len(self.words)).astype(np.int64)

    def take(self, kept: Flags) -> Counted:
        """The same words for some of the texts."""
        inside, number = kept[self.text], np.cumsum(kept) - 1
        texts = tuple(text for text, here in zip(self.texts, kept.tolist(), strict=True) if here)
        columns = (self.word[inside], self.starts[inside], self.ends[inside], self.wording[inside])
        return Counted(texts, self.words, number[self.text[inside]], *columns)

    def wording_lengths(self) -> Floats:
        """Words of each text that are wording."""
        return np.bincount(self.text[self.wording], minlength=len(self.texts)).astype(np.float64)


def count_texts(texts: Sequence[Text], *, voices: Voices = "all") -> Counted:
    """The order of the texts does not matter. `own` leaves out what somebody is quoted or reported to have said, and
    takes readings. Raises ValueError where it gets an article without them, or one text twice."""
    ordered = sorted(texts, key=lambda text: (to_article(text).source, to_article(text).text))
    articles = tuple(map(to_article, ordered))
    _refuse_repeated(articles)
    numbered = number_words([article.text for article in articles])
    kept = np.concatenate([_find_kept(numbered, at, text, voices) for at, text in enumerate(ordered)] or [_nothing()])
    order = np.argsort(np.array(numbered.words, dtype=object), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    words = tuple(numbered.words[at] for at in order)
    word, text = rank[numbered.numbers[kept]], numbered.text_of[kept].astype(np.int64)
    starts, ends = numbered.starts[kept].astype(np.int64), numbered.ends[kept].astype(np.int64)
    named = _find_names(articles, words, text=text, word=word, starts=starts)
    digits = np.array([any(each.isdigit() for each in form) for form in words], dtype=np.bool_)[word]
    wording = ~named & ~digits & ~_find_repeated(word, text)
    return Counted(articles, words, text, word, starts, ends, wording)


def to_article(text: Text) -> Article:
    return text.article if isinstance(text, Reading) else text


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _refuse_repeated(articles: Sequence[Article]) -> None:
    for one, other in pairwise(articles):
        if (one.source, one.text) == (other.source, other.text):
            raise ValueError(f"{one.source} is given twice; each text belongs to one body, once")


def _find_kept(numbered: NumberedWords, at: int, text: Text, voices: Voices) -> Ints:
    """Places in the row of the words that count: in body paragraphs, and in own voice where only that is asked for."""
    article = to_article(text)
    inside = np.zeros(len(article.text) + 1, dtype=np.bool_)
    for zone in article.body:
        inside[zone.start : zone.end] = True
    if voices == "own":
        if not isinstance(text, Reading):
            raise ValueError(f"{article.source} is an article; only a reading tells own voice from what others say")
        for attribution in text.attributions:
            for content in attribution.contents:
                inside[content.start : content.end] = False
    row = np.arange(numbered.first[at], numbered.last[at])
    return row[inside[numbered.starts[row]]]


def _find_names(articles: Sequence[Article], words: Sequence[str], *, text: Ints, word: Ints, starts: Ints) -> Flags:
    """Words with a capital inside a sentence, and every word that has one there more often than none. *I* is no name;
    *US* is."""
    capital, opening = np.zeros(len(word), dtype=np.bool_), np.zeros(len(word), dtype=np.bool_)
    for at, (number, start) in enumerate(zip(text.tolist(), starts.tolist(), strict=True)):
        letters = articles[number].text
        if letters[start].isupper():
            capital[at] = True
            opening[at] = _opens_sentence(letters, start) and not letters[start + 1 : start + 3].isupper()
    inside = capital & ~opening
    mostly = np.bincount(word[inside], minlength=len(words)) > np.bincount(word[~capital], minlength=len(words))
    only_opening = np.bincount(word[~opening], minlength=len(words)) == 0
    first_person = np.array([form in _FIRST_PERSON for form in words], dtype=np.bool_)
    named: Flags = (inside | (mostly | only_opening)[word]) & ~first_person[word]
    return named


def _opens_sentence(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in _OPENERS:
        at -= 1
    return at < 0 or text[at] == "\n" or text[at] in _ENDS


def _find_repeated(word: Ints, text: Ints) -> Flags:
    """Words inside a run of `RUN` that stands in a second text."""
    repeated = np.zeros(len(word), dtype=np.bool_)
    if len(word) < RUN:
        return repeated
    heads = np.arange(len(word) - RUN + 1)
    heads = heads[text[heads] == text[heads + RUN - 1]]
    key = np.zeros(len(heads), dtype=np.uint64)
    for step in range(RUN):
        key = key * np.uint64(0x9E3779B97F4A7C15) + word[heads + step].astype(np.uint64) + np.uint64(1)
        key ^= key >> np.uint64(29)
    order = np.lexsort((text[heads], key))
    same = (key[order][1:] == key[order][:-1]) & (text[heads][order][1:] != text[heads][order][:-1])
    groups = np.unique(key[order][1:][same])
    begun = heads[np.isin(key, groups)]
    for step in range(RUN):
        repeated[begun + step] = True
    return repeated


def find_function_words(counted: Counted) -> Ints:
    """The function words among the words of the texts."""
    listed = index_function_words()
    return np.array([at for at, word in enumerate(counted.words) if word in listed], dtype=np.int64)


def find_common_wording(counted: Counted, share: float) -> Ints:
    """Words, no names, that stand in at least that share of the texts: function words, and wording of many matters."""
    return np.flatnonzero(counted.spread(wording=True) >= max(1.0, share * len(counted.texts)))


def count_pair(first: Sequence[Text], second: Sequence[Text], *, voices: Voices = "all") -> tuple[Counted, Flags]:
    """Two bodies counted together, and which texts are of the first. Raises ValueError as `count_texts` does, and
    where a body has fewer than two articles."""
    for name, body in (("first", first), ("second", second)):
        if len(body) < LEAST_ARTICLES:
            raise ValueError(
                f"the {name} body has {len(body)} of the {LEAST_ARTICLES} articles that it needs at least; what one "
                "article has says nothing of how articles differ within a body"
            )
    counted = count_texts([*first, *second], voices=voices)
    keys = {(article.source, article.text) for article in map(to_article, first)}
    return counted, np.array([(article.source, article.text) in keys for article in counted.texts], dtype=np.bool_)
