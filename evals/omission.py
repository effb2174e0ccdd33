"""What is left out: statements, sources and actors removed from a near-copy of a real article, beside the article,
another near-copy and two real articles of its event. A false report is an omission of something that the article has,
from a near-copy of which nothing was removed.

What is removed does not depend on how statements are aligned: every sentence of the copy that has most content words of
the statement, every sentence of an attribution of the source or of somebody described by its name, every sentence with
a mention or a name of the actor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

from closeread.article import Article, Span
from closeread.comparisons.coverage import Matrix, Omission, Row, find_coverage
from closeread.comparisons.shared_actors import find_shared_actors
from closeread.comparisons.word_keys import to_stem
from closeread.findings import Attribution, Reading
from closeread.lexicons.known_phrases import index_small_words
from closeread.reading import read_article
from evals.ecbplus_corpus import is_dev, load_ecbplus
from evals.intervals import wilson
from evals.judged_statements import score_judged
from evals.near_copies import Range, compose, copy_nearly, drop_ranges, list_sentences
from evals.other_news import load_basil

Removed = Literal["statement", "source", "actor"]
KINDS: tuple[Removed, ...] = ("statement", "source", "actor")
SEED = 28
OTHERS = 2
# Removed of each kind from copies of one article, and events of a corpus, at most.
PER_KIND, EVENTS = 2, 24
_LEAST_WORDS, _CARRIES = 4, 0.6
_MOST_SENTENCES = 0.4


@dataclass(frozen=True, slots=True)
class Event:
    """An article and others that tell the same, and the corpus that they are of."""

    corpus: str
    name: str
    article: Article
    others: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """What was removed: of a statement its place in the article, of sources and actors the actor's id in it."""

    kind: Removed
    place: Span
    actor: str | None
    ranges: tuple[Range, ...]


def load_events(basil: Path, ecbplus: Path | None, split: str) -> list[Event]:
    """`train`: BASIL 2010-2016, ECB+ topics that are not dev; `dev`: BASIL 2017, ECB+ dev. Raises CorpusError where
    one of the folders holds no articles."""
    more = _draw(_load_ecbplus(ecbplus, split), "ecbplus") if ecbplus else ()
    return [*_draw(_load_basil(basil, split), "basil"), *more]


def _load_basil(folder: Path, split: str) -> dict[str, list[Article]]:
    events: dict[str, list[Article]] = defaultdict(list)
    for document in load_basil(folder):
        year, _, name = document.name.partition("/")
        if (year == "2017") == (split == "dev"):
            title, *paragraphs = document.text.split("\n\n")
            events[name.rpartition("_")[0]].append(compose(document.name, title, paragraphs))
    return events


def _load_ecbplus(folder: Path, split: str) -> dict[str, list[Article]]:
    events: dict[str, list[Article]] = defaultdict(list)
    for told in load_ecbplus(folder):
        if is_dev(told) == (split == "dev"):
            events[told.story].append(compose(told.name, None, told.text.split("\n\n")))
    return events


def _draw(events: dict[str, list[Article]], corpus: str) -> Iterator[Event]:
    """One article of each event, not a very short one, with two others."""
    draw = Random(SEED)
    names = [name for name in sorted(events) if len(events[name]) > OTHERS]
    for name in sorted(draw.sample(names, min(EVENTS, len(names)))):
        longest = sorted(events[name], key=lambda each: -len(each.text))[: 2 * (OTHERS + 1)]
        article, *others = draw.sample(longest, OTHERS + 1)
        yield Event(corpus, name, article, tuple(others))


@cache
def read_once(article_text: str, name: str, title: str | None) -> Reading:
    _, *paragraphs = article_text.split("\n\n") if title else ("", *article_text.split("\n\n"))
    return read_article(compose(name, title, paragraphs))


def _read(article: Article) -> Reading:
    return read_once(article.text, article.source, article.title)


@dataclass(slots=True)
class Outcome:
    corpus: str
    kind: Removed
    reported: bool
    certain: bool
    place: str


@dataclass(slots=True)
class Untouched:
    """What was reported for near-copies that lack nothing: of `rows` that the article and the other copy have."""

    corpus: str
    kind: str
    rows: int
    false: int
    certain: int


def probe_event(event: Event) -> tuple[list[Outcome], list[Untouched]]:
    original = _read(event.article)
    others = [_read(each) for each in event.others]
    near, target = (
        _read(copy_nearly(original, f"{event.article.source}-{name}", seed)) for seed, name in enumerate("xy")
    )
    untouched = find_coverage([original, *others, near, target])
    false = list(_count_false(event, untouched, original, (near, target)))
    outcomes = []
    for number, probe in enumerate(_choose(event, original, target)):
        altered = _read(drop_ranges(target.article, probe.ranges, f"{event.article.source}-y{number}"))
        matrix = find_coverage([original, *others, near, altered])
        found = _find_report(matrix, probe, original, altered)
        certain = any(each.certain for each in found)
        outcomes.append(
            Outcome(event.corpus, probe.kind, bool(found), certain, f"{event.article.source} {probe.place.start}")
        )
    return outcomes, false


def _find_report(matrix: Matrix, probe: Probe, original: Reading, altered: Reading) -> list[Omission]:
    """The omissions from the altered copy that are those of what was removed."""
    rows = {row.id: row for row in matrix.rows}
    return [
        each
        for each in matrix.omissions
        if each.article == altered.article.id and _is_about(rows[each.row], probe, original, matrix)
    ]


def _is_about(row: Row, probe: Probe, original: Reading, matrix: Matrix) -> bool:
    if row.kind != probe.kind:
        return False
    cell = row.cells[matrix.texts.index(original.article.id)]
    if probe.kind == "statement":
        return any(place.overlaps(probe.place) for place in cell.places)
    mentions = next(actor.mentions for actor in original.actors if actor.id == probe.actor)
    if probe.kind == "actor":
        return row.actor is not None and any(
            (place.start, place.end) == (each.start, each.end) for place in cell.places for each in mentions
        )
    spoken = [each for each in original.attributions if each.speaker == probe.actor]
    return any(place == source for place in cell.places for each in spoken for source in each.sources)


def _choose(event: Event, original: Reading, target: Reading) -> list[Probe]:
    draw = Random(f"{SEED} {event.name}")
    chosen: list[Probe] = []
    finders: dict[Removed, Callable[[Reading, Reading], Iterator[Probe]]] = {
        "statement": _find_statements,
        "source": _find_sources,
        "actor": _find_actors,
    }
    for kind in KINDS:
        most = _MOST_SENTENCES * len(list_sentences(target.article))
        probes = [each for each in finders[kind](original, target) if 0 < len(each.ranges) <= most]
        chosen += draw.sample(probes, min(PER_KIND, len(probes)))
    return chosen


def _find_statements(original: Reading, target: Reading) -> Iterator[Probe]:
    for statement in original.statements:
        wanted = _stems(statement.place.text)
        if len(wanted) >= _LEAST_WORDS:
            ranges = [
                each
                for each in list_sentences(target.article)
                if len(wanted & _stems(target.article.text[slice(*each)])) >= _CARRIES * len(wanted)
            ]
            yield Probe("statement", statement.place, None, tuple(ranges))


def _stems(words: str) -> frozenset[str]:
    found = (word.lower() for word in re.findall(r"[^\W_]+", words))
    return frozenset(to_stem(word) for word in found if word not in index_small_words())


def _find_sources(original: Reading, target: Reading) -> Iterator[Probe]:
    for member, twin in _twins(original, target):
        spoken = [
            each for each in original.attributions if each.speaker == member and each.sources and not each.negated
        ]
        there = [each for each in target.attributions if each.speaker == twin or _speaks_for(each, target, twin)]
        places = [
            place for each in there for place in (*each.sources, *each.contents, *((each.cue,) if each.cue else ()))
        ]
        if spoken and there:
            ranges = _holding(target.article, places)
            yield Probe("source", spoken[0].sources[0], member, tuple(ranges))


def _speaks_for(spoken: Attribution, target: Reading, twin: str) -> bool:
    """Whether the source is described by a name of the actor: `a spokesman for the ministry`."""
    mentions = next(actor.mentions for actor in target.actors if actor.id == twin)
    return any(source.overlaps(each) for source in spoken.sources for each in mentions if each.form != "pronoun")


def _find_actors(original: Reading, target: Reading) -> Iterator[Probe]:
    twins = dict(_twins(original, target))
    for actor in original.actors:
        if actor.id in twins and actor.rule != "actors.described":
            twin = next(each for each in target.actors if each.id == twins[actor.id])
            words = {each.text for each in (*actor.mentions, *twin.mentions) if each.form != "pronoun"}
            words |= {actor.name, actor.name.split()[-1]}
            pattern = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in sorted(words)))
            places = [*twin.mentions, *(Span(*each.span(), each[0]) for each in pattern.finditer(target.article.text))]
            yield Probe("actor", actor.mentions[0], actor.id, tuple(_holding(target.article, places)))


def _twins(original: Reading, target: Reading) -> Iterator[tuple[str, str]]:
    """The actors that both have."""
    for shared in find_shared_actors([original, target]):
        members = {each.article: each.actor for each in shared.members}
        if len(members) == 2:
            yield members[original.article.id], members[target.article.id]


def _holding(article: Article, places: Sequence[Span]) -> list[Range]:
    return [
        (start, end) for start, end in list_sentences(article) if any(p.start < end and start < p.end for p in places)
    ]


def _count_false(event: Event, matrix: Matrix, original: Reading, copies: Sequence[Reading]) -> Iterator[Untouched]:
    """Rows that the original and one of the copies have, by kind, and how many of these are missed in the other."""
    missed = {(each.row, each.article): each for each in matrix.omissions}
    for kind in ("actor", "source", "quotation", "number", "statement"):
        rows = [row for row in matrix.rows if row.kind == kind and _state(matrix, row, original) == "found"]
        told = [(row, copy) for row in rows for copy in copies]
        false = [each for row, copy in told if (each := missed.get((row.id, copy.article.id)))]
        yield Untouched(event.corpus, kind, len(told), len(false), sum(each.certain for each in false))


def _state(matrix: Matrix, row: Row, reading: Reading) -> str:
    return row.cells[matrix.texts.index(reading.article.id)].state


def evaluate(basil: Path, ecbplus: Path | None, split: str = "dev") -> dict[str, Any]:
    outcomes: list[Outcome] = []
    untouched: list[Untouched] = []
    events = load_events(basil, ecbplus, split)
    for event in events:
        told, false = probe_event(event)
        outcomes += told
        untouched += false
    return {
        "events": len(events),
        "removed": _tell_removed(outcomes),
        "missed": [f"{each.corpus} {each.kind} {each.place}" for each in outcomes if not each.reported],
        "untouched": _tell_untouched(untouched),
        "reworded": _tell_reworded(events),
        "judged": score_judged(basil) if split == "train" else {},
    }


def _tell_reworded(events: Sequence[Event]) -> float:
    """The share of five-word runs of the articles that their near-copies do not have."""
    kept = total = 0
    for event in events:
        original = _read(event.article)
        runs, others = (_runs(each.text) for each in (event.article, copy_nearly(original, "y", 1)))
        kept, total = kept + len(runs & others), total + len(runs)
    return round(1 - kept / total, 3) if total else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[shift:] for shift in range(5)), strict=False))


def _tell_removed(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    corpora = sorted({each.corpus for each in outcomes})
    return {"all": _share(outcomes)} | {
        name: {kind: _share([each for each in outcomes if each.kind == kind and each.corpus in held]) for kind in KINDS}
        for name, held in (("kinds", corpora), *((corpus, [corpus]) for corpus in corpora))
    }


def _share(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    n, reported = len(outcomes), sum(each.reported for each in outcomes)
    certain = sum(each.certain for each in outcomes)
    return {
        "n": n,
        "reported": round(reported / n, 3) if n else None,
        "interval": wilson(reported, n) if n else None,
        "certain": round(certain / n, 3) if n else None,
    }


def _tell_untouched(untouched: Sequence[Untouched]) -> dict[str, Any]:
    """`share`: false reports of what the article has, among all that it has."""
    rows, false, certain = Counter[str](), Counter[str](), Counter[str]()
    for each in untouched:
        for name in ("all", each.kind):
            rows[name] += each.rows
            false[name] += each.false
            certain[name] += each.certain
    return {
        name: {
            "n": rows[name],
            "false": false[name],
            "share": round(false[name] / rows[name], 4) if rows[name] else None,
            "certain": certain[name],
        }
        for name in sorted(rows)
    }
