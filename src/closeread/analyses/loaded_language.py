"""Words that people would mark as loaded, each with its voice and with the actor that it is about.

Which words they are comes from the encoder, which has learned it from words that people marked in BABE. No list
of words has a say. Names are never loaded: the encoder does not see which name stands where.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.analyses.innermost import Innermost
from closeread.analyses.voices import Voices
from closeread.article import Article
from closeread.encoder.loaded import LoadedReader, Phrase, find_phrases
from closeread.encoder.model import Read
from closeread.findings import Actor, LoadedPhrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIES = frozenset(
    {"amod", "compound", "nmod", "advmod", "appos", "nounmod", "npadvmod", "acl", "relcl", "quantmod"}
)
_NAMES_IN = frozenset({"compound", "nmod", "poss", "appos", "amod"})
_CLIMBS = (
    frozenset({"acomp", "attr", "oprd", "dobj", "conj", "xcomp", "prep", "pobj", "aux", "prt", "advcl"}) | _MODIFIES
)
# Steps up the tree from a loaded word to whom it is about, at most.
_REACH = 5


def find_loaded(
    article: Article,
    phrases: Sequence[Phrase],
    *,
    about: About,
    voices: Voices,
    innermost: Innermost,
    certain: float | None,
) -> tuple[LoadedPhrase, ...]:
    """The phrases as findings, in the order of the text. Ids are `w1`, `w2`, ...; `certain` is the confidence from
    which one is certain, None where none is."""
    found = []
    for number, phrase in enumerate(phrases, 1):
        place = article.span(phrase.start, phrase.end)
        found.append(
            LoadedPhrase(
                id=f"w{number}",
                place=place,
                voice=voices.voice_at(phrase.start),
                attribution=innermost.attribution_at(phrase.start),
                about=about.actor_at(phrase.start, phrase.end),
                rule="loaded.encoder",
                confidence=round(phrase.confidence, 4),
                certain=certain is not None and phrase.confidence >= certain,
            )
        )
    return tuple(found)


def read_phrases(read: Read, reader: LoadedReader) -> list[Phrase]:
    """The loaded phrases of a text that the lower graph has read."""
    return find_phrases(read.view, reader.score(read), reader.calibration)


class About:
    """Answers `actor_at` for one article: whose name, description or action some words stand with. The search goes no
    further than the words of the attribution in which they stand: a speaker does not do what is said."""

    def __init__(self, doc: Doc, actors: Sequence[Actor], innermost: Innermost) -> None:
        self._doc, self._innermost = doc, innermost
        self._starts = [token.idx for token in doc]
        self._actors: dict[int, str] = {}
        for actor in actors:
            for mention in actor.mentions:
                root = self._root_of(mention.start, mention.end)
                if root is not None:
                    self._actors.setdefault(root.i, actor.id)

    def actor_at(self, start: int, end: int) -> str | None:
        """The id of the actor, None where there is none."""
        root = self._root_of(start, end)
        return self.actor_of(root) if root is not None else None

    def _root_of(self, start: int, end: int) -> Token | None:
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        return self._doc[first:last].root if 0 <= first < last else None

    def actor_of(self, token: Token) -> str | None:
        """The actor in the same noun phrase, else the agent or subject of the predicate that the word belongs to."""
        within = self._innermost.attribution_at(token.idx)
        for step in _climb(token):
            if self._innermost.attribution_at(step.idx) != within:
                return None
            found = self._in_phrase(step) if step.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") else self._doing(step)
            if found is not None:
                return found
            if any(child.dep_ in ("nsubj", "nsubjpass") for child in step.children):
                return self._doing(step)
        return None

    def _in_phrase(self, noun: Token) -> str | None:
        inside = [noun, *(child for child in noun.children if child.dep_ in _NAMES_IN)]
        return next((self._actors[each.i] for each in inside if each.i in self._actors), None)

    def _meant_by(self, noun: Token) -> str | None:
        """The actor that a noun phrase means, not one that it only names: `Lee’s rivals` are not Lee."""
        inside = [noun, *(child for child in noun.children if child.dep_ == "appos")]
        return next((self._actors[each.i] for each in inside if each.i in self._actors), None)

    def _doing(self, verb: Token) -> str | None:
        agents = [noun for by in verb.children if by.dep_ == "agent" for noun in by.children]
        subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
        named = (self._meant_by(each) for each in (*agents, *subjects))
        return next((actor for actor in named if actor is not None), None)


def _climb(token: Token) -> Iterator[Token]:
    for _ in range(_REACH):
        yield token
        joined = token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN")
        if token.head == token or token.dep_ not in _CLIMBS or joined:
            return
        token = token.head
