"""The figures of a collection as words and pictures, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from closeread.comparisons.corpus_figures import (
    Corpus,
    CorpusLeftOut,
    CorpusMeasure,
    Dimension,
    Figure,
    Group,
    Share,
)

# What is divided by what.
NAMES: dict[CorpusMeasure, tuple[str, str]] = {
    "quoted-words": ("Quoted words", "words in marks of an attribution, of all words"),
    "reported-words": ("Reported words", "attributed words without marks, of all words"),
    "named-sources": ("Named sources", "of all attributions"),
    "described-sources": ("Described sources", "of all attributions"),
    "anonymous-sources": ("Anonymous sources", "of all attributions"),
    "untold-sources": ("Untold sources", "a pronoun or none, of all attributions"),
    "doubting-cues": ("Doubting cues", "of all attributions"),
    "agentless": ("Agentless", "without an agent, of all event clauses"),
    "agentless-passive": ("Agentless passives", "of all event clauses"),
    "nominal": ("Events as nouns", "of all event clauses"),
    "loaded-words": ("Loaded phrases", "in own voice, per 1,000 words of it"),
    "hedges": ("Hedges", "in own voice, per 1,000 words of it"),
    "without-ground": ("Without a ground", "of the statements in own voice"),
    "articles-anonymous": ("With an anonymous source", "of all articles"),
    "articles-one-source": ("With one source only", "of all articles"),
}
PER_WORDS: tuple[CorpusMeasure, ...] = ("loaded-words", "hedges")
BY: dict[Dimension, tuple[str, str]] = {
    "outlet": ("By outlet", "Outlet"),
    "month": ("By month", "Month"),
    "year": ("By year", "Year"),
}
WITHOUT: dict[Dimension, str] = {"outlet": "no outlet", "month": "no date", "year": "no date"}
REASONS = {
    "not-english": "not English",
    "repeated": "given more than once",
    "near-duplicate": "near-duplicates",
    "wire-copy": "wire copy",
}
TOO_FEW = "too few articles"


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """An interval as a picture, in per cent of its width: from `x` by `width`, the share at `at`."""

    x: str
    width: str
    at: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One row of a table: what, how much of it, between what, and on how many articles it rests."""

    name: str
    note: str
    share: str
    interval: str
    bar: IntervalBar | None
    certain: str
    possible: str
    sums: str
    articles: int
    difference: str
    differs: bool
    articles_id: str


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: str
    note: str
    lines: tuple[ShareLine, ...]
    too_few: tuple[str, ...]


def say_share(share: Share | None, *, per_words: bool = False) -> str:
    return "–" if share is None or share.share is None else _say(share.share, per_words)


def say_interval(share: Share | None, *, per_words: bool = False) -> str:
    if share is None or share.low is None or share.high is None:
        return "–"
    return f"{_say(share.low, per_words, bare=True)} to {_say(share.high, per_words)}"


def _say(value: float, per_words: bool, *, bare: bool = False) -> str:
    """With one decimal: finer than any of the intervals."""
    if per_words:
        return f"{1000 * value:.1f}"
    return f"{100 * value:.1f}" + ("" if bare else "\u202f%")


def draw_interval(share: Share | None, most: float) -> IntervalBar | None:
    """On a scale from 0 to `most`."""
    if share is None or share.share is None or share.low is None or share.high is None or not most:
        return None
    low, high, at = (100 * min(value / most, 1.0) for value in (share.low, share.high, share.share))
    return IntervalBar(f"{low:.2f}%", f"{max(high - low, 0.5):.2f}%", f"{at:.2f}%")


def most_of(shares: Sequence[Share | None]) -> float:
    """The high end of the widest reaching interval, at most 1."""
    return max((share.high for share in shares if share and share.high is not None), default=0.0)


def to_line(figure: Figure, most: float, *, name: str, note: str = "", group: Group | None = None) -> ShareLine:
    per_words = figure.measure in PER_WORDS
    share = figure.all
    difference = next((each for each in group.differences if each.measure == figure.measure), None) if group else None
    return ShareLine(
        name=name,
        note=note,
        share=say_share(share, per_words=per_words),
        interval=say_interval(share, per_words=per_words) if share else TOO_FEW,
        bar=draw_interval(share, most),
        certain=say_share(figure.certain, per_words=per_words),
        possible=say_share(figure.possible, per_words=per_words),
        sums=f"{share.part:,} of {share.whole:,}" if share else "–",
        articles=figure.articles,
        difference=_say_difference(difference.low, difference.high, per_words) if difference else "–",
        differs=difference is not None and difference.low * difference.high > 0,
        articles_id="",
    )


def _say_difference(low: float, high: float, per_words: bool) -> str:
    factor = 1000 if per_words else 100
    return f"{factor * low:+.1f} to {factor * high:+.1f}".replace("-", "−")


def list_whole(corpus: Corpus) -> Iterator[ShareLine]:
    """Each measure over all articles, with its own scale from 0 to 1; rates per words to their own high end."""
    for figure in corpus.figures:
        name, note = NAMES[figure.measure]
        most = most_of([figure.all]) * 1.25 if figure.measure in PER_WORDS else 1.0
        yield to_line(figure, most, name=name, note=note)


def list_tables(corpus: Corpus, by: Dimension) -> Iterator[Table]:
    """One table per measure: its groups on one scale."""
    groups = [group for group in corpus.groups if group.by == by]
    shown, few = [group for group in groups if not group.too_few], [group for group in groups if group.too_few]
    for at, whole in enumerate(corpus.figures):
        figures = [group.figures[at] for group in shown]
        most = most_of([figure.all for figure in figures])
        name, note = NAMES[whole.measure]
        lines = [
            to_line(figure, most, name=name_of(group), group=group)
            for group, figure in zip(shown, figures, strict=True)
        ]
        yield Table(f"{by}-{whole.measure}", name, note, tuple(lines), tuple(map(_say_few, few)))


def name_of(group: Group) -> str:
    return group.name or WITHOUT[group.by]


def _say_few(group: Group) -> str:
    return f"{name_of(group)} ({len(group.articles)})"


def count_differences(corpus: Corpus, by: Dimension) -> tuple[int, int]:
    """How many differences are shown, and how many have an interval without 0."""
    found = [each for group in corpus.groups if group.by == by for each in group.differences]
    return len(found), sum(each.low * each.high > 0 for each in found)


def say_title(corpus: Corpus) -> str:
    """How many articles, of how many outlets, from when to when."""
    outlets = {text.outlet.casefold() for text in corpus.texts if text.outlet}
    days = sorted(text.date[:10] for text in corpus.texts if text.date)
    parts = [f"{len(corpus.texts):,} {'article' if len(corpus.texts) == 1 else 'articles'}"]
    if outlets:
        parts.append(f"{len(outlets):,} {'outlet' if len(outlets) == 1 else 'outlets'}")
    return " of ".join(parts) + (f", {days[0]} to {days[-1]}" if days else "")


def count_reasons(left_out: Sequence[CorpusLeftOut]) -> Mapping[str, int]:
    return {
        name: count for reason, name in REASONS.items() if (count := sum(each.reason == reason for each in left_out))
    }


def say_left_out(left: CorpusLeftOut) -> str:
    if left.reason == "not-english":
        return "not English"
    if left.reason == "repeated":
        return "given more than once"
    share = f"{100 * (left.share or 0):.0f}\u202f% of its words stand in {left.same_as}"
    return f"{share}; both credit {left.agency}" if left.agency else share
