"""What tells of which event a text speaks: its names, numbers, times, actions and other words, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from closeread.article import Article
from closeread.comparisons.paraphrases import is_content, to_stem
from closeread.comparisons.units import Unit
from closeread.comparisons.wording import Wording, fold, read_original, sentences_of
from closeread.findings import Participant, Reading
from closeread.lexicons.quotation_words import load_uncapitalised

TraitKind = Literal["name", "number", "time", "action", "word"]
Places = Mapping[str, list[tuple[int, int]]]

_MONTHS = ("jan", "feb", "march", "april", "may", "june", "july", "aug", "sept", "oct", "nov", "dec")
_FULL_MONTHS = ("january", "february", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# `may` and `march` alone are mostly no months.
_MONTH_OF = {name: name[:3] for name in (*_MONTHS, *_FULL_MONTHS) if name not in ("may", "march")}
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD_ENDS = re.compile(r"\b(?:of|in|at|on|for|from|with|to|by|who|which|that)\b|,")
_HEAD_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OPENING = frozenset('“‘"«([')
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of one text by kind and key, each with its places in order. `day` is the ordinal of its date, 0 where
    it has none; `year` the year of its date or else the latest that it names, 0 where it names none."""

    article: Article
    day: int
    year: int
    places: Mapping[TraitKind, Places]


@dataclass(frozen=True, slots=True)
class _Word:
    """A unit with its key without the ending of a possessive, and whether it is written with a capital, and where a
    capital says nothing: at the beginning of a sentence, and in a headline."""

    unit: Unit
    key: str
    surface: str
    capital: bool
    opens: bool


def find_traits(reading: Reading) -> Traits:
    article = reading.article
    words = list(_list_words(article))
    names = _Names(words)
    places: dict[TraitKind, defaultdict[str, list[tuple[int, int]]]] = {
        kind: defaultdict(list) for kind in ("name", "number", "time", "action", "word")
    }
    for at, word in enumerate(words):
        following = words[at + 1].key if at + 1 < len(words) else ""
        for kind, key in _classify(word, following, names):
            places[kind][key].append((word.unit.start, word.unit.end))
    for key, place in _list_actions(reading):
        places["action"][key].append(place)
    day = _to_day(article.date)
    years = [int(key) for key in places["time"] if _YEAR.fullmatch(key)]
    return Traits(article, day, date.fromordinal(day).year if day else max(years, default=0), places)


def _to_day(text: str | None) -> int:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return 0


def _list_words(article: Article) -> Iterator[_Word]:
    wording, sentences = read_original(article.text), sentences_of(article.text)
    heads = sorted((zone.start, zone.end) for zone in article.zones if zone.kind == "headline")
    starts = [start for start, _ in heads]
    for unit in wording.units:
        surface = wording.surface(unit)
        at = bisect_right(starts, unit.start)
        inside = at > 0 and unit.start < heads[at - 1][1]
        first = _is_first(wording, unit, sentences.at(unit.start)[0])
        yield _Word(unit, unit.key.removesuffix("'s"), surface, surface[:1].isupper(), inside or first)


def _is_first(wording: Wording, unit: Unit, sentence: int) -> bool:
    before = wording.text[sentence : unit.start]
    return before.rstrip()[-1:] in _OPENING or not any(char.isalnum() for char in before)


class _Names:
    """Which words of one text are written as names."""

    def __init__(self, words: list[_Word]) -> None:
        self.sure = {word.key for word in words if word.capital and not word.opens}
        self.low = {word.key for word in words if not word.capital} | load_uncapitalised()

    def has(self, word: _Word) -> bool:
        return word.capital and (word.key in self.sure or word.key not in self.low)


def _classify(word: _Word, following: str, names: _Names) -> Iterator[tuple[TraitKind, str]]:
    key = word.key
    if word.unit.number:
        yield from _classify_number(key, following)
    elif word.capital and key in _DAYS:
        yield "time", key[:3]
    elif word.capital and key in _MONTH_OF:
        yield "time", _MONTH_OF[key]
    elif len(key) >= _LEAST_LETTERS and (is_content(key) or (len(word.surface) > 1 and word.surface.isupper())):
        yield ("name" if names.has(word) else "word"), key


def _classify_number(key: str, following: str) -> Iterator[tuple[TraitKind, str]]:
    """A number alone, and with the word behind it: 63 is rare beside `63 dead`."""
    day, _, month = key.partition(" ")
    if month in _MONTHS:
        yield "time", f"{day} {month[:3]}"
        yield "time", month[:3]
    elif _YEAR.fullmatch(key):
        yield "time", key
    else:
        yield "number", key
        if following:
            yield "number", f"{key} {to_stem(following)}"


def _list_actions(reading: Reading) -> Iterator[tuple[str, tuple[int, int]]]:
    """The lemma of each clause, and with its agent (`police > arrest`) and its patient (`arrest > suspect`)."""
    names = {actor.id: fold(actor.name) for actor in reading.actors if actor.rule != "actors.described"}
    for clause in reading.clauses:
        place = clause.predicate.start, clause.predicate.end
        agent, patient = _head(clause.agent, names), _head(clause.patient, names)
        yield clause.lemma, place
        if agent:
            yield f"{agent} > {clause.lemma}", place
        if patient:
            yield f"{clause.lemma} > {patient}", place


def _head(participant: Participant | None, names: Mapping[str, str]) -> str:
    """The name of the actor that is meant, or else the last content word before a preposition or comma."""
    if participant is None:
        return ""
    named = (names[actor] for actor in participant.actors if actor in names)
    words = map(fold, reversed(_HEAD_WORD.findall(_HEAD_ENDS.split(participant.text)[0])))
    return next(named, "") or next((to_stem(word) for word in words if is_content(word)), "")
