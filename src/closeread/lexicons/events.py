"""The word lists for agency: which verbs and nouns are events, and who does what stands after `to`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from closeread.lexicons import _choose, _load, _split
from closeread.lexicons.rows import (
    Controller,
    ControlVerb,
    EventKind,
    EventNoun,
    EventVerb,
    Holds,
    Undergoing,
    WordClass,
)

_EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
_UNDERGOING: tuple[Undergoing, ...] = get_args(Undergoing)
_CONTROLLERS: tuple[Controller, ...] = get_args(Controller)
_HOLDS: tuple[Holds, ...] = get_args(Holds)
_WORD_CLASSES: tuple[WordClass, ...] = get_args(WordClass)


@cache
def load_event_verbs() -> tuple[EventVerb, ...]:
    return _load("event_verbs.tsv", ("lemma", "kinds"), _to_event_verb)


@cache
def load_event_nouns() -> tuple[EventNoun, ...]:
    return _load("event_nouns.tsv", ("noun", "verb", "owner", "of", "after"), _to_event_noun)


@cache
def load_control_words() -> tuple[ControlVerb, ...]:
    return _load("control_verbs.tsv", ("lemma", "part", "controller", "holds"), _to_control_verb)


@cache
def index_event_verbs() -> Mapping[str, frozenset[EventKind]]:
    """What each verb of the list is; others are plain acts."""
    return MappingProxyType({verb.lemma: frozenset(verb.kinds) for verb in load_event_verbs()})


@cache
def index_event_nouns() -> Mapping[str, EventNoun]:
    return MappingProxyType({noun.noun: noun for noun in load_event_nouns()})


@cache
def index_control_words() -> Mapping[tuple[str, WordClass], ControlVerb]:
    return MappingProxyType({(word.lemma, word.part): word for word in load_control_words()})


def _to_event_verb(lemma: str, kinds: str) -> EventVerb:
    return EventVerb(lemma, tuple(_choose(kind, _EVENT_KINDS) for kind in _split(kinds)))


def _to_event_noun(noun: str, verb: str, owner: str, of: str, after: str) -> EventNoun:
    return EventNoun(noun, verb, _choose(owner, _UNDERGOING), _choose(of, _UNDERGOING), _split(after))


def _to_control_verb(lemma: str, part: str, controller: str, holds: str) -> ControlVerb:
    return ControlVerb(lemma, _choose(part, _WORD_CLASSES), _choose(controller, _CONTROLLERS), _choose(holds, _HOLDS))
