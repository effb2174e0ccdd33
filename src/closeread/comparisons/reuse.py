"""Reuse: passages that texts share, word for word or lightly edited."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

import numpy as np

from closeread.article import Article, Span, count_words, find_words
from closeread.comparisons.aligned_runs import Passages, align_runs
from closeread.comparisons.credits import Credit, find_credits
from closeread.comparisons.numbered_words import Ints, NumberedWords, Offsets, number_words
from closeread.comparisons.shared_runs import KEY, find_runs
from closeread.findings import Reading
from closeread.marks import find_marks

Earlier = Literal["first", "second"]

# A run of words that are the same: its place in the row of words on either side, and its length.
Aligned = tuple[int, int, int]
# Words the same outside quotation marks from which on a passage is certain: in PolNeAR train (2026-11), of 1,000 pairs
# of articles of different outlets and months, 1.3 share a passage of 8 words and 0.05 a certain one.
CERTAIN = 12

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the one text that stand for words of the other; None where there are none on that side."""

    first: Span | None
    second: Span | None


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage that two texts share. `first` and `second` are sorted by source and say nothing about who wrote first.

    `words` are those that are the same, in their order; `share` is `words` divided by all words of the longer side
    (1: word for word), `quoted` the share of `words` inside quotation marks in both texts. `texts` is in how many of
    the texts given these words stand: 2 or more, the median over their runs of five. `earlier` is the text with the
    earlier date, None where one has no date or both have the same. Credits are those of the whole text.
    """

    id: str
    first_source: str
    first: Span
    second_source: str
    second: Span
    edits: tuple[Edit, ...]
    words: int
    share: float
    quoted: float
    texts: int
    earlier: Earlier | None
    first_credits: tuple[Credit, ...]
    second_credits: tuple[Credit, ...]
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class ReusePair:
    """All that two texts share. `first_words` and `second_words` are the words of each inside a shared passage, no
    word counted twice; `first_share` and `second_share` divide them by all words of the text (0 to 1)."""

    first_source: str
    second_source: str
    passages: tuple[Reuse, ...]
    first_words: int
    second_words: int
    first_share: float
    second_share: float


def find_reuse(texts: Sequence[Reading | Article], *, shortest: int = 8) -> tuple[Reuse, ...]:
    """Every passage with at least `shortest` words the same, in the order of the sources and of the first place.

    The order of the texts does not matter, and the cost grows with the words and with what is found, not with the
    pairs. Words that stand in more than a hundred places are linked from the first of these to each other one. What
    recurs inside one text alone is no reuse. Raises ValueError where `shortest` is less than 5.
    """
    if shortest < KEY:
        raise ValueError(f"shortest is {shortest}; a passage has {KEY} words or more")
    articles = sorted(map(_to_article, texts), key=lambda article: (article.source, article.text))
    words = number_words([article.text for article in articles])
    runs, spread = find_runs(words, shortest)
    passages = align_runs(words, runs, shortest)
    with _without_collection():
        return tuple(_Teller(articles, words, spread, passages).tell())


def pair_reuse(texts: Sequence[Reading | Article], reuses: Iterable[Reuse]) -> tuple[ReusePair, ...]:
    """What `find_reuse` gave for these texts, by pair of sources, in the order of these."""
    counts = {article.source: count_words(article.text) for article in map(_to_article, texts)}
    ordered = sorted(reuses, key=_sources)
    return tuple(_to_pair(tuple(group), counts) for _, group in groupby(ordered, key=_sources))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing that is told forms a cycle, and to look for cycles among so many places takes as long as to tell them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _sources(reuse: Reuse) -> tuple[str, str]:
    return reuse.first_source, reuse.second_source


def _to_article(text: Reading | Article) -> Article:
    return text.article if isinstance(text, Reading) else text


def _to_pair(passages: tuple[Reuse, ...], counts: dict[str, int]) -> ReusePair:
    first_source, second_source = _sources(passages[0])
    first, second = _cover(each.first for each in passages), _cover(each.second for each in passages)
    shares = first / counts[first_source], second / counts[second_source]
    return ReusePair(first_source, second_source, passages, first, second, *shares)


def _cover(places: Iterable[Span]) -> int:
    """The words in the places together."""
    return len({(place.start + a, place.start + b) for place in places for a, b in find_words(place.text)})


@dataclass(frozen=True, slots=True)
class _Text:
    article: Article
    day: str | None
    credits: tuple[Credit, ...]


class _Teller:
    """Turns rows of numbers into places. Only texts that share something are looked into."""

    def __init__(self, articles: Sequence[Article], words: NumberedWords, spread: Offsets, passages: Passages) -> None:
        self.words, self.spread, self.passages = words, spread, passages
        self.starts, self.ends = words.starts.data, words.ends.data
        self.quoted = np.zeros(len(words.numbers), dtype=np.bool_)
        runs, begins = passages.runs, passages.begins
        self.firsts, self.seconds = words.text_of[runs.first[begins]], words.text_of[runs.second[begins]]
        used = np.union1d(self.firsts, self.seconds).tolist()
        self.texts = {text: self._look_into(articles[text], text) for text in used}

    def tell(self) -> Iterator[Reuse]:
        runs, bounds = self.passages.runs, self.passages.bounds.tolist()
        rows = zip(
            self.firsts.tolist(),
            self.seconds.tolist(),
            self.passages.add_up().tolist(),
            self.passages.measure().tolist(),
            self._may_be_quoted().tolist(),
            strict=True,
        )
        aligned = list(zip(runs.first.tolist(), runs.second.tolist(), runs.length.tolist(), strict=True))
        for number, (first, second, *counts) in enumerate(rows):
            part = aligned[bounds[number] : bounds[number + 1]]
            yield self._tell_one(number + 1, (self.texts[first], self.texts[second]), part, counts)

    def _tell_one(self, number: int, texts: tuple[_Text, _Text], aligned: list[Aligned], counts: list[int]) -> Reuse:
        first, second = texts
        words, longer, may_be_quoted = counts
        (a, b, _), (last_a, last_b, last) = aligned[0], aligned[-1]
        quoted = self._count_quoted(aligned) if may_be_quoted else 0
        return Reuse(
            id=f"r{number}",
            first_source=first.article.source,
            first=self._place(first.article, a, last_a + last),
            second_source=second.article.source,
            second=self._place(second.article, b, last_b + last),
            edits=() if words == longer else tuple(self._find_edits(first.article, second.article, aligned)),
            words=words,
            share=words / longer,
            quoted=quoted / words,
            texts=self._count_texts(aligned),
            earlier=_tell_earlier(first.day, second.day),
            first_credits=first.credits,
            second_credits=second.credits,
            rule="reuse.verbatim" if words == longer else "reuse.edited",
            certain=words - quoted >= CERTAIN,
        )

    def _look_into(self, article: Article, text: int) -> _Text:
        """Marks the quoted words of a text too."""
        row = slice(int(self.words.first[text]), int(self.words.last[text]))
        inner = [piece for stretch in find_marks(article).stretches for piece in stretch.inner]
        begins = np.searchsorted(self.words.starts[row], [start for start, _ in inner])
        ends = np.searchsorted(self.words.ends[row], [end for _, end in inner], side="right")
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            self.quoted[row][begin:end] = True
        day = _DAY.match(article.date or "")
        return _Text(article, day[0] if day else None, find_credits(article))

    def _may_be_quoted(self) -> Ints:
        """1 for passages that have quoted words in both texts."""
        held = np.append(0, np.cumsum(self.quoted))
        runs, begins, lasts = self.passages.runs, self.passages.begins, self.passages.lasts
        sides = [(held[side[lasts] + runs.length[lasts]] - held[side[begins]]) for side in (runs.first, runs.second)]
        both: Ints = np.minimum(np.minimum(*sides), 1)
        return both

    def _place(self, article: Article, begin: int, end: int) -> Span:
        """Where the words from `begin` to `end` of the row stand."""
        start, stop = self.starts[begin], self.ends[end - 1]
        return Span(start, stop, article.text[start:stop])

    def _find_edits(self, first: Article, second: Article, aligned: list[Aligned]) -> Iterator[Edit]:
        for (a, b, length), (next_a, next_b, _) in pairwise(aligned):
            a, b = a + length, b + length
            if a < next_a or b < next_b:
                one = self._place(first, a, next_a) if a < next_a else None
                yield Edit(one, self._place(second, b, next_b) if b < next_b else None)

    def _count_quoted(self, aligned: list[Aligned]) -> int:
        """Words that are the same and stand inside marks in both texts."""
        quoted = self.quoted
        return sum(int(np.count_nonzero(quoted[a : a + n] & quoted[b : b + n])) for a, b, n in aligned)

    def _count_texts(self, aligned: list[Aligned]) -> int:
        counts: list[int] = []
        for first, _, length in aligned:
            if length >= KEY:
                counts += self.spread[first : first + length - KEY + 1].tolist()
        return max(2, sorted(counts)[len(counts) // 2]) if counts else 2


def _tell_earlier(first: str | None, second: str | None) -> Earlier | None:
    if first is None or second is None or first == second:
        return None
    return "first" if first < second else "second"
