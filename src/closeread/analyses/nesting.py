"""A speaker quoted by a speaker: attributions inside the content of an attribution.

The coded corpora have none, so the encoder has seen none inside another. But a content, read alone, is a text in which
somebody says something: it is read again by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.article import find_words
from closeread.encoder.decode import Found, Range
from closeread.lexicons import index_cue_verbs, index_cue_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Find = Callable[[str], Sequence[Found]]

# Fainter ones are mostly none (`the club called`). Set by hand: of 25 found in PolNeAR train above it 17 were right.
_LEAST_CONFIDENCE = 0.4
# Shorter contents hold no source, cue and content of their own.
_LEAST_WORDS = 5
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_THIRD_PERSON = frozenset({"he", "she", "they", "his", "her", "their", "it"})
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)(?P<inner>[^\n]*?[\w.,!?])[’'](?!\w)")
# What makes a clause of a sentence: read alone, the content is the sentence behind it.
_OPENING = re.compile(r"^\W*(?:that|how|whether|if)\b", re.IGNORECASE)


def find_nested(doc: Doc, view: str, found: Sequence[Found], find: Find) -> list[list[Found]]:
    """For each attribution those that nest in its contents. `view` is the text as the encoder sees it, `find` the
    encoder. The speaker's own `I think` or `he added` is not nested: it is the same speaker."""
    cues = _cue_offsets(doc)
    return [[inner for place in outer.contents for inner in _inside(view, place, outer, cues, find)] for outer in found]


def _cue_offsets(doc: Doc) -> list[int]:
    """Where the words stand that may lead to an attribution: `according`, nouns of saying with `that`, and verbs
    with a speaker that mostly introduce somebody's words or have a clause."""
    return [token.idx for token in doc if token.lower_ == "according" or _may_lead(token)]


def _may_lead(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        entries = index_cue_verbs().get(lemma, ())
        leads = any(entry.strength == "strong" for entry in entries) or _has_clause(token)
        return bool(entries) and leads and _has_speaker(token)
    return token.pos_ == "NOUN" and (lemma, "noun") in index_cue_words() and _has_that(token)


def _has_that(noun: Token) -> bool:
    """`the claim that it rained`, `a claim by the council that it rained`."""
    if noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "that":
        return True
    clauses = (child for child in noun.children if child.dep_ == "acl")
    return any(word.lower_ == "that" and word.dep_ == "mark" for clause in clauses for word in clause.children)


def _has_clause(verb: Token) -> bool:
    return any(child.dep_ in ("ccomp", "xcomp") for child in verb.children)


def _has_speaker(verb: Token) -> bool:
    if verb.dep_ in ("pcomp", "xcomp"):  # `quoted her as saying`, `has yet to say`
        return True
    parts = {child.dep_: child for child in verb.children}
    speaker = parts.get("agent") or parts.get("nsubj") or parts.get("nsubjpass")
    return speaker is not None and speaker.lower_ not in _FIRST_PERSON


def _inside(view: str, place: Range, outer: Found, cues: Sequence[int], find: Find) -> Iterator[Found]:
    start, end = place
    if not bisect_left(cues, end) - bisect_left(cues, start) or len(find_words(view[start:end])) < _LEAST_WORDS:
        return
    for found in find(_read_alone(view[start:end])):
        inner = _shift(found, start)
        if inner.confidence < _LEAST_CONFIDENCE or inner.source is None or inner.cue is None:
            continue
        if not _is_same(view, inner, outer):
            yield inner


def _read_alone(content: str) -> str:
    """A content as a sentence of its own, place for place: without `that` and unpaired marks, with single marks as
    double ones, and with a stop."""
    alone = content if content.count("“") == content.count("”") else re.sub("[“”]", " ", content)
    alone = _SINGLE.sub(lambda match: f"“{match['inner']}”", alone)
    alone = _OPENING.sub(lambda match: " " * len(match[0]), alone)
    return f"{alone}."


def _shift(found: Found, by: int) -> Found:
    def move(place: Range | None) -> Range | None:
        return (place[0] + by, place[1] + by) if place else None

    contents = tuple((first + by, last + by) for first, last in found.contents)
    return replace(found, contents=contents, source=move(found.source), cue=move(found.cue))


def _is_same(view: str, inner: Found, outer: Found) -> bool:
    """Whether the inner speaker is the outer one by grammar: the first person inside marks, the third outside."""
    assert inner.source is not None
    source = view[slice(*inner.source)].lower()
    opened, closed, line = (view.rfind(sign, 0, inner.source[0]) for sign in "“”\n")
    quoted = opened > max(closed, line)
    return source in _FIRST_PERSON if quoted else source in _THIRD_PERSON and outer.source is not None
