"""Many articles that are not one event: the whole flow on one page.

Each reading becomes one small record, so that a collection of any size can come from a generator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from closeread.article import Article, Failure
from closeread.comparisons.copies import find_copies
from closeread.comparisons.corpus_cast import list_actors, list_sources
from closeread.comparisons.corpus_figures import Corpus, CorpusLeftOut, Dimension, Group
from closeread.comparisons.corpus_groups import InGroup, group_records
from closeread.comparisons.corpus_records import ArticleRecord, to_article_record
from closeread.comparisons.corpus_shares import Shares, list_differences, list_figures
from closeread.comparisons.resampling import SEED
from closeread.findings import Reading


def describe_corpus(
    readings: Iterable[Reading | Failure],
    *,
    by: Sequence[str] = ("outlet", "month"),
    count_copies_once: bool = False,
    least: int = 5,
) -> Corpus:
    """Sources, actors, labels and shares over a whole collection and by group; the order of the readings does not
    matter. Groups of fewer than `least` articles have no figures. With `count_copies_once` near-duplicates and wire
    copy count once, and the texts, not the readings, are held until the end. Raises ValueError where there is no
    reading, `least` is below 2, or `by` has a name other than outlet, month and year."""
    dimensions = tuple(_to_dimension(each) for each in dict.fromkeys(by))
    if least < 2:
        raise ValueError(f"least is {least}; an interval needs 2 articles or more")
    intake = _Intake(readings, keep_texts=count_copies_once)
    left_out = tuple(intake.sort_out())
    records = sorted(intake.records.values(), key=_order)
    if not records:
        raise ValueError(f"none of {intake.given} readings can be counted" if intake.given else "no reading was given")
    shares = Shares(records, least=least)
    groups = tuple(group for each in dimensions for group in group_records(records, each, least))
    actors, ids = list_actors(shares, groups, least=least)
    sources = list_sources(shares, ids, groups, least=least)
    return Corpus(
        given=intake.given,
        least=least,
        copies_once=count_copies_once,
        by=dimensions,
        texts=tuple(record.text for record in records),
        left_out=left_out,
        unread=tuple(sorted(intake.unread, key=lambda each: (each.source, each.message))),
        words=sum(record.text.words for record in records),
        figures=list_figures(shares),
        groups=tuple(_list_groups(groups, records, least)),
        actors_found=len(set(ids.values())),
        actors=actors,
        sources_found=sources.found,
        sources=sources.listed,
    )


def _to_dimension(name: str) -> Dimension:
    for dimension in get_args(Dimension):
        if name == dimension:
            return dimension  # type: ignore[no-any-return]
    raise ValueError(f"{name!r} is no way to group articles: " + ", ".join(get_args(Dimension)))


def _order(record: ArticleRecord) -> tuple[str, str]:
    return record.text.source, record.text.article


class _Intake:
    """The records of the readings by `Article.id`, and what is left out of them."""

    def __init__(self, readings: Iterable[Reading | Failure], *, keep_texts: bool) -> None:
        self.given, self.unread = 0, list[Failure]()
        self.records: dict[str, ArticleRecord] = {}
        self._texts: dict[str, Article] = {}
        self._repeated: list[CorpusLeftOut] = []
        for result in readings:
            if isinstance(result, Failure):
                self.unread.append(result)
            else:
                self._add(result, keep_texts=keep_texts)

    def _add(self, reading: Reading, *, keep_texts: bool) -> None:
        self.given += 1
        article = reading.article
        if article.id in self.records:
            self._repeated.append(CorpusLeftOut(article.id, article.source, "repeated", article.source, 1.0, None))
            return
        self.records[article.id] = to_article_record(reading)
        if keep_texts:
            self._texts[article.id] = article

    def sort_out(self) -> Iterator[CorpusLeftOut]:
        """What is left out, and out of the records: other languages, then repeated texts, then copies."""
        foreign = sorted((each for each in self.records.values() if not each.english), key=_order)
        for record in foreign:
            yield CorpusLeftOut(record.text.article, record.text.source, "not-english", None, None, None)
            del self.records[record.text.article]
        yield from sorted(self._repeated, key=lambda each: each.source)
        for copy in find_copies([self._texts[each] for each in self.records if each in self._texts]):
            yield copy
            del self.records[copy.article]


def _list_groups(groups: Sequence[InGroup], records: Sequence[ArticleRecord], least: int) -> Iterator[Group]:
    for group in groups:
        inside, shares = group.records, group.shares
        rest = [record for record in records if record.text.article not in group.rows]
        # Drawn on its own: with one seed two groups of one size would be drawn alike.
        others = Shares(rest, least=least, seed=SEED + 1) if shares and len(rest) >= least else None
        yield Group(
            by=group.by,
            name=group.name,
            articles=tuple(record.text.article for record in inside),
            words=sum(record.text.words for record in inside),
            too_few=shares is None,
            figures=list_figures(shares) if shares else (),
            differences=tuple(list_differences(shares, others)) if shares and others else (),
        )
