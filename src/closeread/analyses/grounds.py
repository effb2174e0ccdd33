"""The words of an article on which each of its statements is rested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.analyses.references import References
from closeread.analyses.restatements import Restatements
from closeread.analyses.statement_kinds import find_signs
from closeread.analyses.statements import Part
from closeread.article import Article, Span
from closeread.findings import Actor, Attribution, Ground, GroundKind
from closeread.lexicons import index_source_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

# The share of what a statement is about that another must have to say the same, and how much that must be: the sum of
# the logs of how rare each is.
_SAME, _ENOUGH = 0.6, 6.0
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its"})
_MAKERS = frozenset({"ORG", "PERSON", "GPE", "NORP", "DATE", "WORK_OF_ART", "LAW", "EVENT", "FAC"})
_FIRST_PERSON = frozenset({"i", "we"})
_SINGULAR = frozenset({"NN", "NNP"})


class Grounds:
    """Finds the grounds of the statements of one article; `cast` are its actors with all their mentions."""

    def __init__(
        self,
        article: Article,
        parts: Sequence[Part],
        references: References,
        *,
        attributions: Sequence[Attribution],
        cast: Sequence[Actor],
    ) -> None:
        self._article, self._parts = article, parts
        self._attributions = {each.id: each for each in attributions}
        self._heads = references.heads
        self._named = {actor.id for actor in cast if actor.rule != "actors.described"}
        self._restatements = Restatements(parts, cast)
        self._paragraphs = [article.zone_at(part.place.start) for part in parts]

    def find(self) -> list[tuple[Ground, ...]]:
        """The grounds of each part, empty where there is none in the article."""
        found = [tuple(self._in_sentence(part)) for part in self._parts]
        found = [each or self._in_paragraph(number, found) for number, each in enumerate(found)]
        grounded = {id(part) for part, each in zip(self._parts, found, strict=True) if each}
        return [each or self._elsewhere(number, grounded) for number, each in enumerate(found)]

    def _in_sentence(self, part: Part) -> Iterator[Ground]:
        if part.attribution is not None:
            yield from self._of_source(part.attribution)
        yield from self._of_links(part)
        if part.attribution is None:
            yield from self._of_words(part)

    def _of_source(self, attribution: str) -> Iterator[Ground]:
        said = self._attributions[attribution]
        while not said.sources and said.within is not None:
            said = self._attributions[said.within]
        if said.sources:
            yield _ground(said.sources[0], self._kind_of_source(said))
        elif said.cue is not None:
            yield _ground(said.cue, "unnamed-source")

    def _kind_of_source(self, said: Attribution) -> GroundKind:
        head = self._heads.get(said.id)
        if head is None:
            return "unnamed-source"
        noun = index_source_nouns().get(head.lemma_.lower())
        if noun is not None and noun.kind == "document" and said.naming != "named":
            return "document" if is_identified(head) else "vague-document"
        if said.naming in ("named",) or said.speaker in self._named:
            return "named-source"
        if said.naming == "described":
            return "named-source" if head.tag_ in _SINGULAR and _is_definite(head) else "unnamed-source"
        if said.naming == "pronoun" and head.lower_ in ("he", "she", "his", "her"):
            return "named-source"
        return "unnamed-source"

    def _of_links(self, part: Part) -> Iterator[Ground]:
        for link in self._article.links:
            if link.overlaps(part.place):
                yield _ground(Span(link.start, link.end, link.text), "link")

    def _of_words(self, part: Part) -> Iterator[Ground]:
        for says, first, last in find_signs(part.tokens):
            place = Span(first.idx, last.idx + len(last), self._article.text[first.idx : last.idx + len(last)])
            if says == "general-knowledge":
                yield _ground(place, "general-knowledge")
            elif says == "witness" and _is_seen_by_writer(first):
                yield _ground(place, "witness")

    def _in_paragraph(self, number: int, found: Sequence[tuple[Ground, ...]]) -> tuple[Ground, ...]:
        return ()

    def _elsewhere(self, number: int, grounded: set[int]) -> tuple[Ground, ...]:
        """The best statement outside the paragraph that says the same and has a ground."""
        part = self._parts[number]
        for other in self._restatements.find(part):
            if other.score < _SAME or other.weight < _ENOUGH:
                return ()
            if id(other.part) in grounded and self._article.zone_at(other.part.place.start) != self._paragraphs[number]:
                return (
                    Ground(other.part.place.start, other.part.place.end, other.part.place.text, "elsewhere", "article"),
                )
        return ()


def _ground(place: Span, kind: GroundKind) -> Ground:
    return Ground(place.start, place.end, place.text, kind, "sentence")


def is_identified(head: Token) -> bool:
    """Whether a document is told by name, maker or date, or was told before (`the report`)."""
    if any(token.pos_ == "PROPN" or token.ent_type_ in _MAKERS for token in head.subtree):
        return True
    return _is_definite(head)


def _is_definite(head: Token) -> bool:
    return any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in head.children)


def _is_seen_by_writer(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _FIRST_PERSON for child in verb.children)
