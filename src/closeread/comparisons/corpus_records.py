"""One article of a collection as one small record, so that the reading need not be kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from closeread.article import count_words
from closeread.comparisons.corpus_figures import CorpusMeasure, CorpusText, MeasureCount
from closeread.findings import Actor, ActorKind, Attribution, Clause, Label, Naming, Reading
from closeread.measures.sourcing import Words, credit, naming_of, sourcing
from closeread.measures.wording import count_words_by_voice

_NAMES = ("full-name", "alias", "acronym")
_MONTH = re.compile(r"\d{4}-\d\d")

Found = TypeVar("Found", Attribution, Clause)


@dataclass(frozen=True, slots=True)
class LabelCount:
    """Places of one label in one article; those in own voice certain and possible."""

    head: str
    certain: int
    possible: int
    quoted: int
    reported: int


@dataclass(frozen=True, slots=True)
class ActorCount:
    """One actor of one article. `forms` are the names that the text gives it, in lower case; pairs are of certain and
    possible findings."""

    name: str
    kind: ActorKind
    group: str | None
    role: str | None
    described: bool
    forms: tuple[str, ...]
    mentions: tuple[int, int]
    voices: tuple[int, int, int]
    as_agent: tuple[int, int]
    as_patient: tuple[int, int]
    labels: tuple[LabelCount, ...]


@dataclass(frozen=True, slots=True)
class SourceCount:
    """One source of one article; `actor` is the place of the actor among the actors of the record. Words are split by
    certain and possible attributions."""

    name: str
    actor: int | None
    naming: Naming
    attributions: tuple[int, int]
    quoted_words: int
    reported_words: int
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What a collection needs to know of one article."""

    text: CorpusText
    month: str | None
    english: bool
    actors: tuple[ActorCount, ...]
    sources: tuple[SourceCount, ...]
    attributed_words: int

    @property
    def all_mentions(self) -> tuple[int, int]:
        """Certain and possible mentions of actors."""
        return sum(each.mentions[0] for each in self.actors), sum(each.mentions[1] for each in self.actors)


def to_article_record(reading: Reading) -> ArticleRecord:
    article, words = reading.article, credit(reading.attributions)
    month = _MONTH.match(article.date or "")
    text = CorpusText(
        article=article.id,
        source=article.source,
        title=article.title,
        outlet=" ".join((article.outlet or "").split()) or None,
        date=article.date,
        sha256=article.sha256,
        words=count_words(article.text),
        counts=_count_measures(reading, words),
    )
    return ArticleRecord(
        text=text,
        month=month[0] if month else None,
        english=all(notice.rule != "language.not-english" for notice in reading.notices),
        actors=_count_actors(reading),
        sources=_count_sources(reading, words),
        attributed_words=words.all_attributed,
    )


def _count_measures(reading: Reading, words: Words) -> tuple[MeasureCount, ...]:
    said = [each for each in reading.attributions if each.id not in words.negated]
    told = [row for row in sourcing(reading) if row.is_told]
    certain_told = {each.id for each in said if each.certain}
    voices, whole = count_words_by_voice(reading), count_words(reading.article.text)
    loaded = [each.certain for each in reading.loaded if each.voice == "own"]
    hedges = sum(each.kind == "hedge" and each.voice == "own" for each in reading.markers)
    own = [each for each in reading.statements if each.voice == "own"]
    bare = [not each.grounds for each in own]
    anonymous = [each.certain for each in said if naming_of(each) == "anonymous"]
    sure = [row for row in told if not certain_told.isdisjoint(row.attributions)]
    return (
        _count_words_of("quoted-words", said, words.quoted.__getitem__, whole),
        _count_words_of("reported-words", said, words.reported.__getitem__, whole),
        _split("named-sources", said, lambda each: naming_of(each) == "named"),
        _split("described-sources", said, lambda each: naming_of(each) == "described"),
        _split("anonymous-sources", said, lambda each: naming_of(each) == "anonymous"),
        _split("untold-sources", said, lambda each: naming_of(each) in ("none", "pronoun")),
        _split("doubting-cues", said, lambda each: each.stance == "doubting"),
        _split("agentless", reading.clauses, lambda each: each.agent is None),
        _split("agentless-passive", reading.clauses, lambda each: each.form == "agentless-passive"),
        _split("nominal", reading.clauses, lambda each: each.form == "nominal"),
        MeasureCount("loaded-words", sum(loaded), len(loaded) - sum(loaded), voices["own"], voices["own"]),
        MeasureCount("hedges", hedges, 0, voices["own"], voices["own"]),
        _pair("without-ground", [(each.certain, none) for each, none in zip(own, bare, strict=True)]),
        MeasureCount("articles-anonymous", int(any(anonymous)), int(bool(anonymous) and not any(anonymous)), 1, 1),
        MeasureCount("articles-one-source", int(len(told) == 1 == len(sure)), int(len(told) == 1 != len(sure)), 1, 1),
    )


def _count_words_of(
    measure: CorpusMeasure, said: Sequence[Attribution], words_of: Callable[[str], int], whole: int
) -> MeasureCount:
    certain = sum(words_of(each.id) for each in said if each.certain)
    return MeasureCount(measure, certain, sum(words_of(each.id) for each in said) - certain, whole, whole)


def _split(measure: CorpusMeasure, found: Sequence[Found], is_part: Callable[[Found], bool]) -> MeasureCount:
    return _pair(measure, [(each.certain, is_part(each)) for each in found])


def _pair(measure: CorpusMeasure, found: Iterable[tuple[bool, bool]]) -> MeasureCount:
    """Of what is certain and what is possible, how many are a part."""
    counts = Counter(found)
    certain, possible = counts[True, True], counts[False, True]
    return MeasureCount(measure, certain, possible, certain + counts[True, False], possible + counts[False, False])


def fold(name: str) -> str:
    """A name as names are held against each other: without case, article, full stops and a final ’s."""
    words = name.replace("’", "'").removesuffix("'s").replace(".", "").lower().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _count_actors(reading: Reading) -> tuple[ActorCount, ...]:
    agents, patients = (_count_parts(reading.clauses, part) for part in ("agent", "patient"))
    labels: dict[str, list[Label]] = {}
    for label in reading.labels:
        labels.setdefault(label.actor, []).append(label)
    return tuple(
        ActorCount(
            name=actor.name,
            kind=actor.kind,
            group=actor.group,
            role=actor.role,
            described=actor.rule == "actors.described",
            forms=_forms_of(actor),
            mentions=_certain_first(each.certain for each in actor.mentions),
            voices=_count_voices(actor),
            as_agent=(agents[actor.id, True], agents[actor.id, False]),
            as_patient=(patients[actor.id, True], patients[actor.id, False]),
            labels=tuple(_count_labels(labels.get(actor.id, ()))),
        )
        for actor in reading.actors
    )


def _count_parts(clauses: Iterable[Clause], part: str) -> Counter[tuple[str, bool]]:
    counts: Counter[tuple[str, bool]] = Counter()
    for clause in clauses:
        taken = getattr(clause, part)
        counts.update((actor, clause.certain) for actor in dict.fromkeys(taken.actors if taken else ()))
    return counts


def _forms_of(actor: Actor) -> tuple[str, ...]:
    return tuple(sorted({fold(each.text) for each in actor.mentions if each.form in _NAMES} | {fold(actor.name)}))


def _count_voices(actor: Actor) -> tuple[int, int, int]:
    voices = Counter(each.voice for each in actor.mentions)
    return voices["own"], voices["quoted"], voices["reported"]


def _certain_first(found: Iterable[bool]) -> tuple[int, int]:
    counts = Counter(found)
    return counts[True], counts[False]


def _count_labels(labels: Sequence[Label]) -> list[LabelCount]:
    groups: dict[str, list[Label]] = {}
    for label in labels:
        head = _head_of(label)
        if head:
            groups.setdefault(head, []).append(label)
    return [
        LabelCount(
            head,
            *_certain_first(each.certain for each in group if each.voice == "own"),
            sum(each.voice == "quoted" for each in group),
            sum(each.voice == "reported" for each in group),
        )
        for head, group in sorted(groups.items())
    ]


def _head_of(label: Label) -> str:
    """The noun; of a name with descriptive words before it these words, else nothing."""
    if not label.head[:1].isupper():
        return label.head
    words = " ".join(word.text for word in label.modifiers).lower()
    return f"{words} + name" if words else ""


def _count_sources(reading: Reading, words: Words) -> tuple[SourceCount, ...]:
    places = {actor.id: at for at, actor in enumerate(reading.actors)}
    by_id = {each.id: each for each in reading.attributions}
    found = []
    for row in sourcing(reading):
        if not row.is_told:
            continue
        said = [by_id[each] for each in row.attributions if each not in words.negated]
        certain, possible = ([each for each in said if each.certain == so] for so in (True, False))
        pair = sum(words.of(certain)), sum(words.of(possible))
        found.append(
            SourceCount(
                name=row.name,
                actor=None if row.actor is None else places.get(row.actor),
                naming=row.naming,
                attributions=(len(certain), len(possible)),
                quoted_words=row.quoted_words,
                reported_words=row.reported_words,
                words=pair,
            )
        )
    return tuple(found)
