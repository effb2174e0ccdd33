"""The words of an article on which each of its statements is rested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.common_knowledge import find_knowing
from closeread.analyses.references import References
from closeread.analyses.restatements import Restated, Restatements
from closeread.analyses.statement_kinds import find_signs, tells_quantity
from closeread.analyses.statements import Part
from closeread.article import Article, Span
from closeread.findings import Actor, Attribution, Ground, GroundKind, HeadlinePart
from closeread.lexicons import index_actor_nouns, index_cue_verbs, index_source_nouns
from closeread.lexicons.rows import StatementSign
from closeread.lexicons.statement_words import index_statement_words, load_statement_words

if TYPE_CHECKING:
    from spacy.tokens import Token

# The share of what a statement is about that another must have to say the same, and how much that must be, by the logs
# of how rare each word is. Set by hand on PolNeAR train (2026-11).
_SAME, _ENOUGH = 0.6, 8.0
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its"})
_MAKERS = frozenset({"ORG", "PERSON", "GPE", "NORP", "DATE", "WORK_OF_ART", "LAW", "EVENT", "FAC"})
_FIRST_PERSON = frozenset({"i", "we"})
_WRITER = frozenset({"i", "we", "you", "one", "us"})
_OFFICIAL = frozenset({"federal", "state", "official", "governmental", "congressional", "parliamentary", "municipal"})
_SINGULAR = frozenset({"NN", "NNP"})


_KINDS: dict[StatementSign, GroundKind] = {
    "general-knowledge": "general-knowledge",
    "witness": "witness",
    "hearsay": "unnamed-source",
}


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
        headline: Sequence[HeadlinePart] = (),
    ) -> None:
        self._article, self._parts = article, parts
        self._attributions = {each.id: each for each in attributions}
        self._heads = references.heads
        self._claims = [part for part in headline if part.kind == "claim"]
        self._named = {actor.id for actor in cast if actor.rule != "actors.described"}
        self._restatements = Restatements(parts, cast)
        self._paragraphs = [article.zone_at(part.place.start) for part in parts]

    def find(self) -> list[tuple[Ground, ...]]:
        """The grounds of each part, empty where there is none in the article."""
        found = [tuple(self._in_sentence(part)) for part in self._parts]
        found = [each or self._in_paragraph(number, found) for number, each in enumerate(found)]
        grounded = [part for part, each in zip(self._parts, found, strict=True) if each]
        return [each or self._elsewhere(number, grounded) for number, each in enumerate(found)]

    def _in_sentence(self, part: Part) -> Iterator[Ground]:
        if part.attribution is not None:
            yield from self._of_source(part.attribution)
        yield from self._of_links(part)
        if part.attribution is None:
            yield from self._of_words(part)

    def _of_source(self, attribution: str) -> Iterator[Ground]:
        """The source of the attribution and of those that hold it, the innermost first. Nobody but the writer stands
        behind what `I`, `we` or `one` think in own voice."""
        said: Attribution | None = self._attributions[attribution]
        while said is not None:
            head = self._heads.get(said.id)
            if head is not None and (known := find_knowing(head.head)) and head in known:
                yield _ground(said.sources[0], "general-knowledge")
            elif head is not None and head.lower_ not in _WRITER:
                yield _ground(said.sources[0], self._kind_of_source(said, head))
            elif not said.sources and said.cue is not None and not said.negated:
                yield _ground(said.cue, "general-knowledge" if _is_known_to_all(said.cue) else "unnamed-source")
            said = self._attributions[said.within] if said.within else None

    def _kind_of_source(self, said: Attribution, head: Token) -> GroundKind:
        if _is_document(head) and said.naming != "named":
            return "document" if is_identified(head) else "vague-document"
        if _is_outlet(head) or (said.cue and said.cue.text.lower().endswith("reported") and head.ent_type_ == "ORG"):
            return "document"
        if said.naming == "named" or said.speaker in self._named:
            return "named-source"
        if said.naming == "described":
            return "named-source" if head.tag_ in _SINGULAR and _is_definite(head) else "unnamed-source"
        if head.lower_ == "it" and any(_is_document(token) for token in _subjects_before(head)):
            return "document"
        is_one = said.naming == "pronoun" and head.lower_ in ("he", "she", "his", "her")
        return "named-source" if is_one else "unnamed-source"

    def _of_links(self, part: Part) -> Iterator[Ground]:
        for link in self._article.links:
            if link.overlaps(part.place):
                yield _ground(Span(link.start, link.end, link.text), "link")

    def _of_words(self, part: Part) -> Iterator[Ground]:
        """In own voice: documents that hold it, `according to`, the writer's own eyes, what is said and known."""
        for noun in (_document_of(part.head), *_accorded(part.tokens)):
            if noun is not None:
                yield _ground(self._article.span(noun.idx, noun.idx + len(noun)), self._kind_of_noun(noun))
        if part.head is not None and _is_lived(part.head):
            yield _ground(self._article.span(part.head.idx, part.head.idx + len(part.head)), "witness")
        for verb in part.tokens:
            if found := find_knowing(verb):
                first, last = found[0].left_edge, found[1]
                yield _ground(self._article.span(first.idx, last.idx + len(last)), "general-knowledge")
        for says, first, last in find_signs(part.tokens):
            kind = _KINDS.get(says)
            if kind is not None and (says != "witness" or first != last or _is_first_person(first)):
                yield _ground(self._article.span(first.idx, last.idx + len(last)), kind)

    def _kind_of_noun(self, noun: Token) -> GroundKind:
        if _is_document(noun):
            return "document" if is_identified(noun) else "vague-document"
        if _is_outlet(noun):
            return "document"
        named = noun.pos_ == "PROPN" or (noun.tag_ in _SINGULAR and _is_definite(noun))
        return "named-source" if named else "unnamed-source"

    def _in_paragraph(self, number: int, found: Sequence[tuple[Ground, ...]]) -> tuple[Ground, ...]:
        """Of the statement right before it in the paragraph, where this one goes on with what that one counts, or gives
        one more number behind what a document says."""
        if number == 0 or self._paragraphs[number] != self._paragraphs[number - 1]:
            return ()
        part, before = self._parts[number], [each for each in found[number - 1] if each.scope == "sentence"]
        if not any(says == "continuing" for says, _, _ in find_signs(part.tokens)):
            counts = part.attribution is None and part.voice == "own" and tells_quantity(part)
            before = [each for each in before if each.kind == "document" and counts]
        return tuple(replace(ground, scope="paragraph") for ground in before)

    def _elsewhere(self, number: int, grounded: Sequence[Part]) -> tuple[Ground, ...]:
        """A statement outside the paragraph that says the same and has a ground: that which carries what headline or
        lead sums up, or the one that shares most."""
        part = self._parts[number]
        summed = [claim.carried[0] for claim in self._claims if claim.carried and claim.place.overlaps(part.place)]
        carrying = (other for other in grounded if any(other.place.overlaps(place) for place in summed))
        other = next(carrying, None) or self._restated(number, grounded)
        if other is None:
            return ()
        return (Ground(other.place.start, other.place.end, other.place.text, "elsewhere", "article"),)

    def _restated(self, number: int, grounded: Sequence[Part]) -> Part | None:
        ids = {id(part) for part in grounded}
        for other in self._restatements.find(self._parts[number]):
            if other.score < _SAME:
                return None
            zone = self._article.zone_at(other.part.place.start)
            if id(other.part) in ids and zone != self._paragraphs[number] and _is_same(self._parts[number], other):
                return other.part
        return None


def _is_same(part: Part, other: Restated) -> bool:
    """Enough is shared, the predicate among it, and a number in both is the same."""
    if other.weight < _ENOUGH or part.head is None:
        return False
    if not {first for first, _ in other.shared} & {part.head, *_complements(part.head)}:
        return False
    numbers, others = _numbers(part), _numbers(other.part)
    return not numbers or not others or bool(numbers & others)


def _complements(head: Token) -> Iterator[Token]:
    """What a form of `be` says of its subject."""
    if head.lemma_.lower() in ("be", "'s", "’s"):
        yield from (child for child in head.children if child.dep_ in ("acomp", "attr"))


def _numbers(part: Part) -> frozenset[str]:
    return frozenset(token.lower_ for token in part.tokens if token.like_num)


def _ground(place: Span, kind: GroundKind) -> Ground:
    return Ground(place.start, place.end, place.text, kind, "sentence")


def _is_outlet(head: Token) -> bool:
    """A name or description of a newspaper, a broadcaster or a site: `the Ostrel Courier`, `the newspaper`."""
    if head.ent_type_ == "PERSON" or head.lower_.endswith((".com", ".org")):
        return head.ent_type_ != "PERSON"
    entries = (*index_statement_words().get(head.lemma_.lower(), ()), *index_statement_words().get(head.lower_, ()))
    return any(entry.says == "outlet" and (entry.part == "noun" or head.pos_ == "PROPN") for entry in entries)


def _is_known_to_all(cue: Span) -> bool:
    """`is well known`, of a cue without a source."""
    words = cue.text.lower()
    entries = (entry.words for entry in load_statement_words() if entry.says == "general-knowledge")
    return " " in words and any(words in entry for entry in entries)


def _document_of(head: Token | None) -> Token | None:
    """The document that gives what it holds: `the report lists nine cases`."""
    subject = next((child for child in head.children if child.dep_ == "nsubj"), None) if head is not None else None
    if head is None or subject is None or not _is_document(subject):
        return None
    entries = index_statement_words().get(head.lemma_.lower(), ())
    return subject if any(entry.says == "holding" for entry in entries) else None


def _is_document(noun: Token) -> bool:
    entry = index_source_nouns().get(noun.lemma_.lower())
    return entry is not None and entry.kind == "document"


def is_identified(head: Token) -> bool:
    """Whether a document is told by name, maker or date, or was told before (`the report`)."""
    if any(token.pos_ == "PROPN" or token.ent_type_ in _MAKERS or _is_maker(token, head) for token in head.subtree):
        return True
    return _is_definite(head)


def _is_maker(token: Token, head: Token) -> bool:
    """`federal statistics`, `police footage`."""
    if token.head != head or token.dep_ not in ("amod", "compound", "nmod"):
        return False
    noun = index_source_nouns().get(token.lemma_.lower()) or index_actor_nouns().get(token.lemma_.lower())
    return token.lower_ in _OFFICIAL or (noun is not None and noun.kind != "document")


def _is_definite(head: Token) -> bool:
    return any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in head.children)


def _subjects_before(token: Token) -> Iterator[Token]:
    """The subjects of the two sentences before that of the token."""
    start = token.sent.start
    for _ in range(2):
        if start == 0:
            return
        sentence = token.doc[start - 1].sent
        yield from (word for word in sentence if word.dep_ in ("nsubj", "nsubjpass"))
        start = sentence.start


def _accorded(tokens: Sequence[Token]) -> Iterator[Token]:
    """Whom or what the statement follows: `according to the lease`."""
    for token in tokens:
        if token.lower_ == "according":
            for to in token.children:
                yield from (noun for noun in to.children if to.lower_ == "to" and noun.dep_ == "pobj")


def _is_first_person(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _FIRST_PERSON for child in verb.children)


def _is_lived(verb: Token) -> bool:
    """What the writer did or went through: `I have lived`, not `I thought`, not `we used to live`."""
    habit = verb.lemma_.lower() == "use" and any(child.dep_ == "xcomp" for child in verb.children)
    thought = any(cue.kind == "thought" for cue in index_cue_verbs().get(verb.lemma_.lower(), ()))
    if not _is_first_person(verb) or habit or thought:
        return False
    perfect = any(child.dep_ == "aux" and child.lemma_.lower() in ("have", "'ve", "’ve") for child in verb.children)
    return verb.pos_ == "VERB" and (verb.tag_ == "VBD" or (perfect and verb.tag_ == "VBN"))
