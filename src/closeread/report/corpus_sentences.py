"""What a collection has, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.comparisons.corpus_figures import Corpus, CorpusMeasure, Share
from closeread.report.corpus_lines import say_interval, say_share

_NAMED = 5


def say_corpus(corpus: Corpus) -> tuple[tuple[str, str], ...]:
    """A topic and what is said of it. Intervals are 95 %, by article."""
    return tuple(_say(corpus))


def _say(corpus: Corpus) -> Iterator[tuple[str, str]]:
    yield "Words", f"{corpus.words:,} words, {_with(corpus, 'quoted-words')} of them quoted."
    yield (
        "Sources",
        f"{_with(corpus, 'named-sources')} of the attributions have a named source, "
        f"{_with(corpus, 'anonymous-sources')} an anonymous one; {_with(corpus, 'articles-anonymous')} of the articles "
        "have at least one of these.",
    )
    yield "Agency", f"{_with(corpus, 'agentless')} of the event clauses name nobody who acts."
    if corpus.actors:
        yield "Named", _join([f"{actor.name} in {actor.named_in.part:,}" for actor in corpus.actors[:_NAMED]])
    if corpus.sources:
        yield "Speaks", _join([f"{source.name} in {source.speaks_in.part:,}" for source in corpus.sources[:_NAMED]])
    few = sum(group.too_few for group in corpus.groups)
    if few:
        noun = "group has" if few == 1 else "groups have"
        yield "Too few", f"{few} {noun} fewer than {corpus.least} articles: counted here, shown without figures."


def _with(corpus: Corpus, measure: CorpusMeasure) -> str:
    share = _find(corpus, measure)
    if share is None or share.share is None:
        return "too few articles to say which share"
    interval = say_interval(share)
    return say_share(share) + (f" ({interval})" if interval != "–" else "")


def _find(corpus: Corpus, measure: CorpusMeasure) -> Share | None:
    return next(figure.all for figure in corpus.figures if figure.measure == measure)


def _join(parts: list[str]) -> str:
    return ", ".join(parts) + " articles."
