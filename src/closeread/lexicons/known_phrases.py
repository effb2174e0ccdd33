"""The word lists for echoes: known phrases with the slot that people fill anew, and words by which none is known."""

from __future__ import annotations

from functools import cache
from typing import get_args

from closeread.lexicons import _choose, _load, _split
from closeread.lexicons.rows import EchoTemplate, SmallPart, SmallWord, TemplateKind, TemplateReach

_KINDS: tuple[TemplateKind, ...] = get_args(TemplateKind)
_REACHES: tuple[TemplateReach, ...] = get_args(TemplateReach)
_PARTS: tuple[SmallPart, ...] = get_args(SmallPart)


@cache
def load_templates() -> tuple[EchoTemplate, ...]:
    return _load("echo_templates.tsv", ("template", "filler", "kind", "stands", "others"), _to_template)


@cache
def load_small_words() -> tuple[SmallWord, ...]:
    return _load("small_words.tsv", ("word", "part"), lambda word, part: SmallWord(word, _choose(part, _PARTS)))


@cache
def index_small_words() -> frozenset[str]:
    return frozenset(small.word for small in load_small_words())


def _to_template(template: str, filler: str, kind: str, stands: str, others: str) -> EchoTemplate:
    return EchoTemplate(template, filler, _choose(kind, _KINDS), _choose(stands, _REACHES), _split(others))
