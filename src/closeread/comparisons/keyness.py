"""Keyness: words that one body of texts has more often than another, by effect, by evidence and by spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from closeread.article import Span
from closeread.comparisons.bodies import Counted, Floats, Text, Voices, count_pair, count_texts
from closeread.comparisons.dispersion import measure_d, measure_dp
from closeread.comparisons.exchanges import EXCHANGES, measure_articles
from closeread.comparisons.keyness_measures import (
    measure_conservative_ratio,
    measure_log_likelihood,
    measure_log_ratio,
)
from closeread.comparisons.numbered_words import Flags, Ints

SEED = 1123
# The family-wise level of both tests.
LEVEL = 0.05
# Articles, of both bodies together, that a word needs: one that fewer have cannot differ by article.
LEAST_ARTICLES = 5
# Places that a keyword shows for each body, the first of each article that has it.
PLACES = 10


@dataclass(frozen=True, slots=True)
class WordPlace(Span):
    """A place of a word and the article in which it stands (`Article.id`)."""

    article: str


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word in two bodies. Counts are of words and of articles; `log_ratio` (Hardie) is positive where the first has
    it more often; `log_likelihood` is G2; `conservative_log_ratio` is Evert's LRC, 0 where the evidence by words does
    not do. DP is 0 (even) to 1, D is 1 (even) to 0, both over the articles of a body, None where it lacks the word.
    `p` is by exchange of articles, adjusted for all words that were looked at; `differs` where it is .05 or less.
    `places` are up to ten of each body, one an article; `find_word_places` gives all."""

    word: str
    first_count: int
    second_count: int
    first_articles: int
    second_articles: int
    log_ratio: float
    log_likelihood: float
    conservative_log_ratio: float
    first_dp: float | None
    second_dp: float | None
    first_d: float | None
    second_d: float | None
    p: float
    differs: bool
    first_places: tuple[WordPlace, ...]
    second_places: tuple[WordPlace, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts of the words that are looked at, a column each, and what was measured on them."""

    chosen: Ints
    counts: tuple[Floats, Floats]
    lengths: tuple[Floats, Floats]
    columns: dict[str, Floats]


def find_keywords(
    first: Sequence[Text],
    second: Sequence[Text],
    *,
    voices: Voices = "all",
    least_articles: int = LEAST_ARTICLES,
    exchanges: int = EXCHANGES,
) -> tuple[Keyword, ...]:
    """The words in which two bodies stand apart, by words (LRC is not 0) or by articles (`differs`): those that differ
    by articles first, then by the size of LRC and of the log ratio. Looked at are words of the body paragraphs that at
    least so many articles have. Empty where nothing stands out. Only `differs` bears a claim that the bodies differ:
    the evidence by words takes each word for a draw of its own. Raises ValueError where a body has fewer than two
    articles, a text is given twice, or `own` is asked for articles."""
    counted, in_first = count_pair(first, second, voices=voices)
    return tuple(list_keywords(counted, in_first, least_articles=least_articles, exchanges=exchanges))


def find_word_places(word: str, texts: Sequence[Text], *, voices: Voices = "all") -> Iterator[WordPlace]:
    """Every place of a word as `Keyword.word` gives it, by source of the text and then in the order of the text."""
    counted = count_texts(texts, voices=voices)
    if word in counted.words:
        yield from (_to_place(counted, at) for at in np.flatnonzero(counted.word == counted.words.index(word)).tolist())


def list_keywords(
    counted: Counted, in_first: Flags, *, least_articles: int = LEAST_ARTICLES, exchanges: int = EXCHANGES
) -> Iterator[Keyword]:
    """As `find_keywords`, for texts that are counted."""
    table = measure_words(counted, in_first, least_articles=least_articles, exchanges=exchanges)
    ratio, p = table.columns["conservative_log_ratio"], table.columns["p"]
    stand_out = np.flatnonzero((ratio != 0) | (p <= LEVEL))
    effect = table.columns["log_ratio"]
    order = sorted(stand_out.tolist(), key=lambda at: (p[at] > LEVEL, -abs(ratio[at]), -abs(effect[at]), at))
    places = _Places(counted, in_first)
    yield from (_to_keyword(counted, table, at, places) for at in order)


def measure_words(
    counted: Counted, in_first: Flags, *, least_articles: int, exchanges: int, seed: int = SEED
) -> _Table:
    """What is known of each word that at least so many articles have, before it becomes a finding."""
    chosen = np.flatnonzero(counted.spread() >= least_articles)
    both = counted.count(chosen)
    counts, lengths = (both[in_first], both[~in_first]), (counted.lengths[in_first], counted.lengths[~in_first])
    sums = counts[0].sum(axis=0), counts[1].sum(axis=0), float(lengths[0].sum()), float(lengths[1].sum())
    columns = {
        "log_ratio": measure_log_ratio(*sums),
        "log_likelihood": measure_log_likelihood(*sums),
        "conservative_log_ratio": measure_conservative_ratio(*sums, level=LEVEL, family=max(1, len(chosen))),
        "p": measure_articles(both, counted.lengths, in_first, seed=seed, exchanges=exchanges),
    }
    for name, part, words in zip(("first", "second"), counts, lengths, strict=True):
        columns |= {f"{name}_dp": measure_dp(part, words), f"{name}_d": measure_d(part, words)}
    return _Table(chosen, counts, lengths, columns)


class _Places:
    """The first place of a word in each article, for a body."""

    def __init__(self, counted: Counted, in_first: Flags) -> None:
        self.counted, self.in_first = counted, in_first
        self.order = np.argsort(counted.word, kind="stable")
        self.borders = np.searchsorted(counted.word[self.order], np.arange(len(counted.words) + 1))

    def find(self, word: int, *, first: bool) -> tuple[WordPlace, ...]:
        at = self.order[self.borders[word] : self.borders[word + 1]]
        at = at[self.in_first[self.counted.text[at]] == first]
        _, begins = np.unique(self.counted.text[at], return_index=True)
        return tuple(_to_place(self.counted, place) for place in at[begins[:PLACES]].tolist())


def _to_place(counted: Counted, at: int) -> WordPlace:
    article, start, end = counted.texts[counted.text[at]], int(counted.starts[at]), int(counted.ends[at])
    return WordPlace(start, end, article.text[start:end], article.id)


def _to_keyword(counted: Counted, table: _Table, at: int, places: _Places) -> Keyword:
    figures = {name: _to_number(column[at]) for name, column in table.columns.items()}
    one, other = table.counts[0][:, at], table.counts[1][:, at]
    differs = bool(table.columns["p"][at] <= LEVEL)
    word = int(table.chosen[at])
    return Keyword(
        word=counted.words[word],
        first_count=int(one.sum()),
        second_count=int(other.sum()),
        first_articles=int((one > 0).sum()),
        second_articles=int((other > 0).sum()),
        differs=differs,
        first_places=places.find(word, first=True),
        second_places=places.find(word, first=False),
        rule="keyness.articles" if differs else "keyness.words",
        **figures,  # type: ignore[arg-type]
    )


def _to_number(value: np.float64) -> float | None:
    """Rounded, so that the last digits of a sum make no difference; None for NaN."""
    return None if np.isnan(value) else round(float(value), 9) + 0.0
