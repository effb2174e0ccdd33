"""Where one text uses which label: of its actors, and of events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from closeread.article import Span
from closeread.findings import Actor, Label, Mention, Reading, Voice
from closeread.lexicons.events import index_event_nouns
from closeread.marks import find_marks

_DETERMINED = re.compile(
    r"(?<!\w)(?:the|a|an|this|that|these|those|its|his|her|their|[\w.]+['’]s|[a-z]+s['’])\s+"
    r"(?:[a-z]+(?:-[a-z]+)*\s+)?([a-z]+(?:-[a-z]+)?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class LabelPlace:
    """One place of a label: `Article.id`, the place, in whose voice, and the words that describe its noun there."""

    article: str
    place: Span
    voice: Voice
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A label of an actor (`Actor.id`) at a place; an event has no actor."""

    actor: str
    head: str
    place: LabelPlace


@dataclass(frozen=True, slots=True)
class Uses:
    """All labels of one text, and of each actor and voice how many references are no pronouns."""

    article: str
    outlet: str
    actors: tuple[Use, ...]
    events: tuple[Use, ...]
    references: Mapping[tuple[str, Voice], int]


def collect_uses(reading: Reading) -> Uses:
    voices = _Voices(reading)
    labels = tuple(_label_uses(reading, voices))
    return Uses(
        reading.article.id,
        reading.article.outlet or reading.article.id,
        labels,
        tuple(_event_uses(reading, voices)),
        _count_references(reading.actors, labels, voices),
    )


class _Voices:
    """The voice of a place. Words outside quotation marks count as reported only where a certain attribution holds
    them: the wording of any other is the text's own."""

    def __init__(self, reading: Reading) -> None:
        certain = [each for each in reading.attributions if each.certain]
        self._reported = [content for each in certain for content in each.contents]
        self._contents = [content for each in reading.attributions for content in each.contents]
        self._marked = [piece for stretch in find_marks(reading.article).stretches for piece in stretch.pieces]

    def correct(self, place: Span, voice: Voice) -> Voice:
        if voice != "reported" or any(content.overlaps(place) for content in self._reported):
            return voice
        return "own"

    def voice_of(self, place: Span) -> Voice:
        if not any(content.overlaps(place) for content in self._contents):
            return "own"
        if any(start <= place.start < end for start, end in self._marked):
            return "quoted"
        return self.correct(place, "reported")


def _label_uses(reading: Reading, voices: _Voices) -> Iterator[Use]:
    article = reading.article.id
    for label in reading.labels:
        words = tuple(word.text.lower() for word in label.modifiers)
        where = LabelPlace(article, label.place, voices.correct(label.place, label.voice), words)
        yield Use(label.actor, _head_of(label), where)
    taken = {actor.id: [label.place for label in reading.labels if label.actor == actor.id] for actor in reading.actors}
    for actor in reading.actors:
        for mention in actor.mentions:
            *before, noun = mention.text.split() or [""]
            if before and _is_noun_of(mention, noun) and not any(mention.overlaps(place) for place in taken[actor.id]):
                words = tuple(word.lower() for word in before if word.lower() not in ("the", "a", "an"))
                place = Span(mention.start, mention.end, mention.text)
                voice = voices.correct(place, mention.voice)
                yield Use(actor.id, noun, LabelPlace(article, place, voice, words))


def _is_noun_of(mention: Mention, noun: str) -> bool:
    """Whether a name ends in a plain noun: the label in `the Orlan regime`."""
    return mention.form == "full-name" and noun.isalpha() and noun.islower()


def _head_of(label: Label) -> str:
    """The noun; of a name with words before it, those words."""
    if not label.head[:1].isupper():
        return label.head
    return f"{' '.join(word.text for word in label.modifiers) or label.place.text.split()[0]} + name".lower()


def _event_uses(reading: Reading, voices: _Voices) -> Iterator[Use]:
    """Nominal clauses, and nouns for events behind a determiner or possessive, with one word between at most."""
    article, seen = reading.article, set()
    for clause in reading.clauses:
        if clause.form == "nominal" and clause.predicate.start not in seen:
            seen.add(clause.predicate.start)
            voice = voices.correct(clause.predicate, clause.voice)
            yield Use("", clause.lemma, LabelPlace(article.id, clause.predicate, voice, ()))
    for zone in article.zones:
        for found in _DETERMINED.finditer(article.text, zone.start, zone.end):
            noun = _event_noun(found[1].lower())
            if zone.kind in ("headline", "body") and noun and found.start(1) not in seen:
                place = article.span(found.start(1), found.end(1))
                yield Use("", noun, LabelPlace(article.id, place, voices.voice_of(place), ()))


@cache
def _event_noun(word: str) -> str:
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word))
    return next((form for form in forms if form in index_event_nouns()), "")


def _count_references(actors: Sequence[Actor], labels: Sequence[Use], voices: _Voices) -> dict[tuple[str, Voice], int]:
    """Mentions that are no pronouns, and labels that hold none."""
    counts: dict[tuple[str, Voice], int] = {}
    for actor in actors:
        mentions = [each for each in actor.mentions if each.form != "pronoun"]
        found: list[Voice] = [voices.correct(each, each.voice) for each in mentions]
        for use in labels:
            if use.actor == actor.id and not any(use.place.place.overlaps(each) for each in mentions):
                found.append(use.place.voice)
        for voice in found:
            counts[actor.id, voice] = counts.get((actor.id, voice), 0) + 1
    return counts
