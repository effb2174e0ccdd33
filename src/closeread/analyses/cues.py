"""Cues: the verbs and phrases that introduce somebody's words or thoughts, each with the head of its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.lexicons import Cue as CueEntry
from closeread.lexicons import index_cue_verbs
from closeread.marks import Marks

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Cue:
    """`start` and `end` are code points; auxiliaries right before the verb belong to the cue, as coded in PolNeAR.
    `source` heads the source's noun phrase; None where the clause names none. `entry` is None for `according to`,
    which is no verb."""

    token: Token
    start: int
    end: int
    source: Token | None
    entry: CueEntry | None


class Quoted:
    """Answers whether a place stands between quotation marks."""

    def __init__(self, marks: Marks) -> None:
        self._ranges = sorted(inner for stretch in marks.stretches for inner in stretch.inner)
        self._starts = [start for start, _ in self._ranges]

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ranges[at][1]


def find_cues(doc: Doc, marks: Marks) -> list[Cue]:
    """The cues of the writer's own words, in the order of the text: a cue inside marks is part of what is said."""
    quoted, verbs = Quoted(marks), index_cue_verbs()
    found = []
    for token in doc:
        lemma = token.lemma_
        if lemma in verbs and token.pos_ == "VERB" and token.idx not in quoted:
            entry = _entry_of(token, verbs[lemma])
            if entry is not None:
                found.append(_to_cue(token, entry))
        elif token.lower_ == "according" and token.idx not in quoted:
            found.extend(_according(token))
    return found


def _entry_of(verb: Token, entries: Sequence[CueEntry]) -> CueEntry | None:
    """The entry whose particle stands with the verb, or the one that needs none."""
    particles = {child.lower_ for child in verb.children if child.dep_ in ("prt", "prep")}
    return next((entry for entry in entries if not entry.particle or entry.particle in particles), None)


def _to_cue(verb: Token, entry: CueEntry) -> Cue:
    first = last = verb
    while first.i and first.nbor(-1).head == verb and first.nbor(-1).dep_ in ("aux", "auxpass", "neg"):
        first = first.nbor(-1)
    if verb.i + 1 < len(verb.doc) and verb.nbor().dep_ == "prt" and verb.nbor().head == verb:
        last = verb.nbor()
    return Cue(verb, first.idx, last.idx + len(last), find_subject(verb), entry)


def find_subject(verb: Token) -> Token | None:
    """The head of who speaks: the subject, the agent of a passive, the antecedent of a relative pronoun, or the
    subject of the verb that this one is coordinated with or hangs on."""
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if subject is not None and any(child.dep_ == "auxpass" for child in verb.children):
        return _agent(verb)
    if subject is not None:
        antecedent = verb.head if verb.dep_ == "relcl" and subject.lower_ in _RELATIVE else None
        return antecedent or subject
    if verb.dep_ == "acl":
        return _agent(verb) if verb.tag_ == "VBN" else verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp") and verb.head != verb and verb.head.pos_ in ("VERB", "AUX"):
        return find_subject(verb.head)
    return None


def _agent(verb: Token) -> Token | None:
    agents = (child for child in verb.children if child.dep_ == "agent")
    return next((noun for agent in agents for noun in agent.children if noun.dep_ == "pobj"), None)


def _according(token: Token) -> Iterator[Cue]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None or to.i != token.i + 1:
        return
    source = next((child for child in to.children if child.dep_ == "pobj"), None)
    yield Cue(token, token.idx, to.idx + 2, source, None)


def phrase_of(head: Token) -> Phrase:
    """The noun phrase that `head` heads, with appositions and relative clauses; what is set off after it but
    belongs to its clause is left out."""
    left, right = head.left_edge.i, head.right_edge.i
    doc = head.doc
    while right > head.i and (doc[right].is_punct or doc[right].is_space):
        right -= 1
    while left < head.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    return doc[left : right + 1]
