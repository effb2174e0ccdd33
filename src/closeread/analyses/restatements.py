"""Where an article says the same again, in the same or other words.

Two statements are compared by what they are about: the lemmas of their content words, the verb behind an event noun
(`the destruction`, `destroyed`), and the actors that their names, descriptions and pronouns mean. Each counts by how
rare it is among the statements of the article. No word list of synonyms and no vectors: what is held to be the same
can be shown word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from closeread.analyses.ranges import Ranges
from closeread.analyses.statements import Part
from closeread.findings import Actor
from closeread.lexicons.events import index_event_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "ADV"})
# Words that are in every text and tell nothing about what a statement is about.
_EMPTY = frozenset(
    {"be", "have", "do", "make", "get", "go", "say", "tell", "take", "also", "now", "then", "here", "there", "so"}
)


@dataclass(frozen=True, slots=True)
class Restated:
    """A statement that says what another says. `weight` is the sum of what the two share, each by how rare it is;
    `score` its share of the weight of the other, 0 to 1; `shared` the tokens of both that mean the same, those of the
    other first."""

    part: Part
    weight: float
    score: float
    shared: tuple[tuple[Token, Token], ...]


class Restatements:
    """Answers `find` for one article. Candidates are those that share a key, so the cost does not grow with all pairs
    but for keys that are common, which are left out."""

    def __init__(self, parts: Sequence[Part], actors: Sequence[Actor]) -> None:
        self._actors = Ranges((m.start, m.end, actor.id) for actor in actors for m in actor.mentions)
        self._parts = parts
        self._keys = [self._keys_of(part) for part in parts]
        self._at = defaultdict[str, list[int]](list)
        for number, keys in enumerate(self._keys):
            for key in keys:
                self._at[key].append(number)
        self._number = {id(part): number for number, part in enumerate(parts)}

    def weight(self, key: str) -> float:
        """How much a key tells: the log of how few statements have it."""
        return log(1 + len(self._parts) / (1 + len(self._at[key])))

    def find(self, part: Part) -> list[Restated]:
        """The other statements that share at least two keys with this one, the best first, then in the order of the
        text. `part` is one of those given."""
        number = self._number[id(part)]
        mine = self._keys[number]
        whole = sum(map(self.weight, mine))
        shared = defaultdict[int, list[str]](list)
        for key in mine:
            for other in self._at[key]:
                if other != number:
                    shared[other].append(key)
        found = [
            Restated(
                self._parts[other],
                weight := sum(map(self.weight, keys)),
                weight / whole,
                tuple((mine[key], self._keys[other][key]) for key in keys),
            )
            for other, keys in shared.items()
            if len(keys) > 1 and not _overlap(part, self._parts[other])
        ]
        return sorted(found, key=lambda each: (-each.score, each.part.place.start))

    def _keys_of(self, part: Part) -> dict[str, Token]:
        """What a statement is about, each with the first of its tokens that says so."""
        keys: dict[str, Token] = {}
        for token in part.tokens:
            for key in self._keys_at(token):
                keys.setdefault(key, token)
        return keys

    def _keys_at(self, token: Token) -> Iterator[str]:
        actor = next(self._actors.holding(token.idx, token.idx + len(token)), None)
        if actor is not None:
            yield actor
        elif token.pos_ in _CONTENT and token.is_alpha is not token.like_num:
            key = _key(token)
            if key not in _EMPTY:
                yield key


def _key(token: Token) -> str:
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN" and (noun := index_event_nouns().get(lemma)) is not None:
        return noun.verb
    return lemma


def _overlap(first: Part, second: Part) -> bool:
    return first.place.overlaps(second.place)
