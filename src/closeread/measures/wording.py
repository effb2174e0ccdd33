"""In which words: labels by actor, loaded words and markers by voice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import get_args

from closeread.article import count_words
from closeread.findings import Actor, Label, LoadedPhrase, Marker, MarkerKind, Reading, Voice
from closeread.measures.sourcing import credit


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of one actor: `words` as it stands, in lower case but for names; its places by voice."""

    actor: Actor
    words: str
    labels: tuple[Label, ...]
    voices: dict[Voice, int]


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Loaded words and markers in one voice. Rates are per 1,000 words of that voice, None where it has none."""

    voice: Voice
    words: int
    loaded: tuple[LoadedPhrase, ...]
    certain: int
    markers: dict[MarkerKind, tuple[Marker, ...]]

    @property
    def loaded_rate(self) -> float | None:
        return _rate(len(self.loaded), self.words)

    def marker_rate(self, kind: MarkerKind) -> float | None:
        """Markers of a kind per 1,000 words."""
        return _rate(len(self.markers[kind]), self.words)


@dataclass(frozen=True, slots=True)
class AboutRow:
    """Loaded words that stand with one actor, by voice."""

    actor: Actor
    loaded: tuple[LoadedPhrase, ...]
    voices: dict[Voice, int]


def labelling(reading: Reading) -> tuple[LabelRow, ...]:
    """One row per actor and label: actors in the order of `Reading.actors`, the most frequent label first."""
    groups: dict[str, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
    for label in reading.labels:
        groups[label.actor][label.place.text.lower()].append(label)
    rows = []
    for actor in reading.actors:
        for labels in sorted(groups[actor.id].values(), key=len, reverse=True):
            voices = _count_voices([label.voice for label in labels])
            rows.append(LabelRow(actor, " ".join(labels[0].place.text.split()), tuple(labels), voices))
    return tuple(rows)


def count_words_by_voice(reading: Reading) -> dict[Voice, int]:
    """Words of the text that are the writer's own, quoted and reported; words that nobody said count as reported."""
    words = credit(reading.attributions)
    quoted = words.all_quoted + words.unsaid[0]
    reported = words.all_attributed - words.all_quoted + words.unsaid[1]
    return {
        "own": max(0, count_words(reading.article.text) - quoted - reported),
        "quoted": quoted,
        "reported": reported,
    }


def wording(reading: Reading) -> tuple[VoiceRow, ...]:
    """One row per voice: own, quoted, reported."""
    words = count_words_by_voice(reading)
    return tuple(_voice_row(reading, voice, words[voice]) for voice in get_args(Voice))


def _voice_row(reading: Reading, voice: Voice, words: int) -> VoiceRow:
    loaded = tuple(phrase for phrase in reading.loaded if phrase.voice == voice)
    markers = [marker for marker in reading.markers if marker.voice == voice]
    by_kind = {kind: tuple(marker for marker in markers if marker.kind == kind) for kind in get_args(MarkerKind)}
    return VoiceRow(voice, words, loaded, sum(phrase.certain for phrase in loaded), by_kind)


def loaded_about(reading: Reading) -> tuple[AboutRow, ...]:
    """One row per actor with whom a loaded phrase stands, most phrases first."""
    groups: dict[str, list[LoadedPhrase]] = defaultdict(list)
    for phrase in reading.loaded:
        if phrase.about is not None:
            groups[phrase.about].append(phrase)
    rows = [
        AboutRow(actor, tuple(groups[actor.id]), _count_voices([phrase.voice for phrase in groups[actor.id]]))
        for actor in reading.actors
        if actor.id in groups
    ]
    return tuple(sorted(rows, key=lambda row: -len(row.loaded)))


def _count_voices(found: list[Voice]) -> dict[Voice, int]:
    return {voice: found.count(voice) for voice in get_args(Voice)}


def _rate(count: int, words: int) -> float | None:
    return 1000 * count / words if words else None
