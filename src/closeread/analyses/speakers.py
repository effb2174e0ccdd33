"""Who the source of an attribution is: which actor, and whether it is named, described, anonymous or a pronoun.

A source that cannot be tied to an actor stays unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from closeread.article import Article, Span
from closeread.findings import Actor, Attribution, Mention, Naming
from closeread.lexicons import index_source_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PERSONAL = frozenset({"he", "she"})


def link_speakers(
    doc: Doc, article: Article, attributions: Sequence[Attribution], actors: Sequence[Actor]
) -> tuple[Attribution, ...]:
    """The attributions with `speaker` and `naming` filled in, in the same order."""
    linker = _Linker(article, actors)
    return tuple(linker.link(attribution, _head(doc, attribution)) for attribution in attributions)


def _head(doc: Doc, attribution: Attribution) -> Token | None:
    """The token that heads the first source."""
    if not attribution.sources:
        return None
    source = attribution.sources[0]
    span = doc.char_span(source.start, source.end, alignment_mode="expand")
    return span.root if span is not None else None


class _Linker:
    """Keeps the mentions in the order of the text, and which person spoke last."""

    def __init__(self, article: Article, actors: Sequence[Actor]) -> None:
        self.article = article
        pairs: list[tuple[Mention, Actor]] = [(m, actor) for actor in actors for m in actor.mentions]
        self.mentions = sorted(pairs, key=lambda pair: pair[0].start)
        self.bearers = Counter(word for actor in actors if actor.kind == "person" for word in set(actor.name.split()))
        self.starts = [mention.start for mention, _ in self.mentions]

    def link(self, attribution: Attribution, head: Token | None) -> Attribution:
        if head is None:
            return attribution
        if head.pos_ == "PRON":
            actor = self._antecedent(head) if head.lower_ in _PERSONAL else None
            return replace(attribution, speaker=actor.id if actor else None, naming="pronoun")
        for token in (head, *_appositions(head)):
            actor = self._actor_at(token.idx, attribution.sources[0])
            if actor is not None:
                return replace(attribution, speaker=actor.id, naming="named")
        return replace(attribution, naming=_naming(head, attribution.sources[0].text))

    def _actor_at(self, offset: int, source: Span) -> Actor | None:
        at = bisect_left(self.starts, offset + 1) - 1
        if at < 0:
            return None
        mention, actor = self.mentions[at]
        if mention.form == "part-of-name" and self.bearers[mention.text] > 1:
            return None
        inside = mention.start >= source.start and mention.start <= offset < mention.end
        return actor if inside and mention.form != "demonym" else None

    def _antecedent(self, pronoun: Token) -> Actor | None:
        """The one person named since the paragraph before began; unknown where there are none or several."""
        body = [zone for zone in self.article.body if zone.start <= pronoun.idx]
        if not body:
            return None
        for zones in (body[-1:], body[-2:]):
            people = set(self._people_between(zones[0].start, pronoun.idx))
            if people:
                return people.pop() if len(people) == 1 else None
        return None

    def _people_between(self, start: int, end: int) -> Iterator[Actor]:
        for mention, actor in self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            if actor.kind == "person" and mention.form != "metonym":
                yield actor


def _appositions(head: Token) -> Iterator[Token]:
    yield from (child for child in head.children if child.dep_ == "appos")


@cache
def _anonymous_phrases() -> tuple[str, ...]:
    """Descriptions of several words, such as `people familiar with`."""
    nouns = index_source_nouns().items()
    return tuple(lemma for lemma, noun in nouns if " " in lemma and noun.anonymity == "anonymous")


def _naming(head: Token, words: str) -> Naming:
    if head.pos_ == "PROPN":
        return "named"
    if any(phrase in words.lower() for phrase in _anonymous_phrases()):
        return "anonymous"
    noun = index_source_nouns().get(head.lemma_.lower())
    return "anonymous" if noun and noun.anonymity == "anonymous" else "described"
