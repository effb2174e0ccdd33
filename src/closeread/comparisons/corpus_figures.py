"""The dataclasses of a collection: shares with their sums and intervals, groups, actors, sources, labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from closeread.article import Failure
from closeread.findings import ActorKind, Naming

CorpusMeasure = Literal[
    "quoted-words",
    "reported-words",
    "named-sources",
    "described-sources",
    "anonymous-sources",
    "untold-sources",
    "doubting-cues",
    "agentless",
    "agentless-passive",
    "nominal",
    "loaded-words",
    "hedges",
    "without-ground",
    "articles-anonymous",
    "articles-one-source",
]
MEASURES: tuple[CorpusMeasure, ...] = get_args(CorpusMeasure)
# Shares of articles: each article is one case, so that Wilson's interval holds.
OF_ARTICLES: tuple[CorpusMeasure, ...] = ("articles-anonymous", "articles-one-source")
# Parts of all words: certain and possible findings are divided by the same words.
OF_WORDS: tuple[CorpusMeasure, ...] = ("quoted-words", "reported-words", "loaded-words", "hedges")
# Markers are words of a list; none is less certain than another.
UNSPLIT: tuple[CorpusMeasure, ...] = ("hedges",)
Dimension = Literal["outlet", "month", "year"]
IntervalMethod = Literal["bootstrap", "wilson"]
CorpusLeftOutReason = Literal["not-english", "repeated", "near-duplicate", "wire-copy"]


@dataclass(frozen=True, slots=True)
class Share:
    """`part` divided by `whole`, both sums over articles; `low` and `high` are its 95 % interval. None where there is
    nothing to divide by, or too few articles to divide; no interval either where all is a part, or nothing. A share of
    words is given per word."""

    part: int
    whole: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one group. `articles` are those that have something to divide by; where they are too few all
    three shares are None. `certain` and `possible` are the shares of the findings that are so, None where the measure
    does not tell them apart. `found_in` are the ids of the articles with a part, in the order of the collection."""

    measure: CorpusMeasure
    articles: int
    all: Share | None
    certain: Share | None
    possible: Share | None
    method: IntervalMethod
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The share of a group less that of all other articles, with its 95 % interval: 0 inside it is no difference."""

    measure: CorpusMeasure
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of one outlet, month or year; `name` is None for those that do not tell it. `figures` and
    `differences` are empty where there are too few articles; these count in the totals all the same."""

    by: Dimension
    name: str | None
    articles: tuple[str, ...]
    words: int
    too_few: bool
    figures: tuple[Figure, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class NamedIn:
    """In how many articles of a group an actor is named; `share` has Wilson's interval, None where the group is too
    small."""

    by: Dimension
    name: str | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class LabelIn:
    """One label of an actor in the articles of a group: `own` is its share of all labels that these give the actor in
    own voice, without a share where too few have one; None where the group is too small."""

    by: Dimension
    name: str | None
    own: Share | None
    quoted: int
    reported: int


@dataclass(frozen=True, slots=True)
class SpeaksIn:
    """One source in the articles of a group: `articles` in which it speaks, and its share of all quoted and reported
    words of the group, None where the group is too small."""

    by: Dimension
    name: str | None
    articles: int
    attributions: int
    quoted_words: int
    reported_words: int
    words: Share | None


@dataclass(frozen=True, slots=True)
class CorpusLabel:
    """One label of an actor, by its head. `own` is its share of all labels of the actor in own voice, `certain` and
    `possible` that of the labels that are so; `quoted` and `reported` are counts."""

    head: str
    own: Share
    certain: Share
    possible: Share
    quoted: int
    reported: int
    by: tuple[LabelIn, ...]
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorpusActor:
    """One actor of the collection. `named_in` is the share of articles, `mentions` that of all mentions of actors with
    those that are certain and possible apart, `as_agent` the share of clauses with it as agent among those with it as
    agent or patient. Mentions by voice are counts."""

    id: str
    name: str
    kind: ActorKind
    group: str | None
    role: str | None
    named_in: Share
    mentions: Share
    mentions_certain: Share
    mentions_possible: Share
    own: int
    quoted: int
    reported: int
    as_agent: Share
    as_agent_certain: Share
    as_agent_possible: Share
    by: tuple[NamedIn, ...]
    labels: tuple[CorpusLabel, ...]
    found_in: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class CorpusSource:
    """One source of the collection: an actor, or words that describe somebody. `actor` is its `CorpusActor.id`, None
    where it is none or the actor is in too few articles. `speaks_in` is the share of articles in which it speaks,
    `words` that of all quoted and reported words; `certain` and `possible` split them by attribution."""

    name: str
    actor: str | None
    naming: Naming
    attributions: int
    attributions_certain: int
    speaks_in: Share
    quoted_words: int
    reported_words: int
    words: Share
    words_certain: Share
    words_possible: Share
    by: tuple[SpeaksIn, ...]
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """What one article adds to a measure: certain and possible findings, and what each is divided by. Measures of
    words have the same whole for both."""

    measure: CorpusMeasure
    certain: int
    possible: int
    of_certain: int
    of_possible: int


@dataclass(frozen=True, slots=True)
class CorpusText:
    """One article that is counted."""

    article: str
    source: str
    title: str | None
    outlet: str | None
    date: str | None
    sha256: str
    words: int
    counts: tuple[MeasureCount, ...]


@dataclass(frozen=True, slots=True)
class CorpusLeftOut:
    """An article that is not counted. `same_as` is the source of the article that is counted instead, `share` the part
    of its own words that stand there too, `agency` the agency that both credit."""

    article: str
    source: str
    reason: CorpusLeftOutReason
    same_as: str | None
    share: float | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Many articles that are not one event. `given` counts readings, `unread` are texts that could not be read.
    `texts` are sorted by source, groups by dimension and size of name, actors and sources by articles. Of actors and
    sources those in `least` articles or more are listed, at most a few hundred; the counts say how many there are."""

    given: int
    least: int
    copies_once: bool
    by: tuple[Dimension, ...]
    texts: tuple[CorpusText, ...]
    left_out: tuple[CorpusLeftOut, ...]
    unread: tuple[Failure, ...]
    words: int
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    actors_found: int
    actors: tuple[CorpusActor, ...]
    sources_found: int
    sources: tuple[CorpusSource, ...]
