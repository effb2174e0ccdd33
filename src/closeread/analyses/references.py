"""Who is meant at each token of an article: one walk over its names, pronouns and descriptions.

Speakers of attributions and mentions of actors both rest on it. What cannot be tied to one actor stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.antecedents import find_antecedent
from closeread.analyses.cast import Cast, gender_of_pronoun
from closeread.analyses.discourse import SUBJECTS, Discourse, choose
from closeread.analyses.names import title_before
from closeread.analyses.roles import (
    Described,
    Roles,
    describe,
    gender_of_noun,
    is_body,
    is_definite,
    is_document,
    is_known_person,
    is_person_noun,
    kind_of_noun,
    owner_of,
)
from closeread.article import Article
from closeread.findings import Actor, Attribution, Mention
from closeread.lexicons import index_actor_nouns, index_roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What a text may call a state by alone whose name begins with it.
HALVES = frozenset({"North", "South", "East", "West"})
_PARTS = frozenset({"compound", "nmod", "amod", "poss"})
# How much nearer than the next one a person must be. Set by hand on PolNeAR train.
_SURNAME_MARGIN = 0.3
_NEAR_MARGIN = 0.3
_FAR_MARGIN = 0.5
_BODY_SENTENCES = 4
_OPENING = frozenset({"“", "``"})


class References:
    """Walks the text once and keeps who is meant at each token: `meant` by its index, an id of a named actor.
    `doubtful` are the descriptions that could be read in another way; `nameless` are the pronouns that mean somebody
    without a name, by index."""

    def __init__(
        self, doc: Doc, article: Article, attributions: Sequence[Attribution], actors: Sequence[Actor]
    ) -> None:
        self.doc, self.article, self.attributions = doc, article, attributions
        self.cast = Cast(doc, article, actors)
        self.roles = Roles(self.cast)
        self.heads = {a.id: head for a in attributions if (head := find_head(doc, a))}
        self.sources = frozenset(head.i for head in self.heads.values())
        self.discourse = Discourse(self.cast, self.sources, frozenset(self._quoted()), dict(self._between_marks()))
        self.names = {self.cast.last_token(mention).i: (mention, actor) for mention, actor in self.cast.mentions}
        self.doubtful: set[int] = set()
        self.nameless: dict[int, str] = {}
        self._walk()

    @property
    def meant(self) -> dict[int, str]:
        return self.discourse.meant

    @property
    def clear(self) -> set[int]:
        """The pronouns for which nobody else is near."""
        return self.discourse.clear

    def _quoted(self) -> Iterator[int]:
        """The tokens in direct speech."""
        for mention, _ in self.cast.mentions:
            if mention.voice == "quoted":
                yield self.cast.last_token(mention).i
        for attribution in self.attributions:
            if attribution.mode == "direct":
                yield from (token.i for token in self._tokens_of(attribution))

    def _between_marks(self) -> Iterator[tuple[int, Token]]:
        """The words that somebody says as they stand, each with the head of its source."""
        for attribution in self.attributions:
            head = self.heads.get(attribution.id)
            if head is None or attribution.mode == "indirect":
                continue
            inside = attribution.mode == "direct"
            for token in self._tokens_of(attribution):
                inside = inside if not token.is_quote else token.text in _OPENING
                if inside or attribution.mode == "direct":
                    yield token.i, head

    def _tokens_of(self, attribution: Attribution) -> Iterator[Token]:
        for content in attribution.contents:
            yield from self.doc.char_span(content.start, content.end, alignment_mode="expand") or ()

    def _walk(self) -> None:
        """Notes in the order of the text whom each name, pronoun and description means."""
        for token in self.doc:
            actor = self._meant_by(token)
            if actor is not None:
                self.discourse.note(token, actor)

    def _meant_by(self, token: Token) -> str | None:
        if token.i in self.names:
            return self._named(*self.names[token.i])
        if gender_of_pronoun(token):
            return self._follow(token)
        antecedent = find_antecedent(token) if token.i in self.discourse.sources else None
        if antecedent is not None:
            return self.meant_at(antecedent)
        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        if token.text in HALVES:
            return self._half(token)
        found = self._describe(token) if is_definite(token) else None
        return found or (self.discourse.nobody(token) if self._is_somebody(token) else None)

    def _half(self, token: Token) -> str | None:
        """`the North` is the one state that the text names so: North Korea."""
        if token.dep_ in _PARTS - {"poss"} or not any(child.lower_ == "the" for child in token.children):
            return None
        states = [actor for actor in self.cast.actors.values() if actor.kind == "country"]
        halves = [actor.id for actor in states if actor.name.split()[0] in (token.text, f"{token.text}ern")]
        return halves[0] if len(halves) == 1 else None

    def _follow(self, pronoun: Token) -> str | None:
        actor = self.discourse.resolve(pronoun)
        if actor is not None and actor not in self.cast.actors:
            self.nameless[pronoun.i] = actor
        return actor

    def _is_somebody(self, noun: Token) -> bool:
        """One person without a name who speaks or acts, and may be meant by the pronouns that follow."""
        acts = noun.i in self.discourse.sources or noun.dep_ in SUBJECTS
        return acts and noun.tag_ == "NN" and is_known_person(noun) and self.cast.at(noun) is None

    def _named(self, mention: Mention, actor: Actor) -> str | None:
        """The bearer of a name; of a surname that several share, the one who fits the title and was named last."""
        if mention.form != "part-of-name" or self.cast.bearers[mention.text] < 2:
            return actor.id
        title = title_before(self.article.text, mention.start)
        gender = title.gender if title else None
        bearers = [other for other in self.cast.actors.values() if mention.text in self.cast.names_of(other)]
        named = [other for other in bearers if self.cast.fits(other.id, gender) and _is_named(other, mention.start)]
        if len(named) == 1:
            return named[0].id
        token = self.cast.last_token(mention)
        scores = self.discourse.score(token, gender)
        return choose({other.id: scores.get(other.id, 0.0) for other in named}, _SURNAME_MARGIN)

    def _describe(self, head: Token) -> str | None:
        """Whom a noun with `the` or an owner means: the one actor whom the article has introduced so; else the one
        nearest, for a noun that says little; else the one whom it introduces so later."""
        if is_document(head):
            return None
        described = describe(head)
        owner = owner_of(head)
        if owner is not None and not is_person_noun(head):
            owners = {word.lower_ for word in owner.subtree}
            bare = replace(described, modifiers=described.modifiers - owners)
            return self._body_of(owner, self.roles.score(head, bare, before=False))
        told = self.roles.score(head, described, before=True)
        if described.noun in self.discourse.unnamed and max(told.values(), default=0.0) < 1:
            return None  # `a senior official ... the official`: no minister, though an official is one
        if told:
            return self._best(head, told)
        self.doubtful.add(head.i)
        return self._nearest(head, described) or self._later(head, described) or self._nearest_body(head, described)

    def _best(self, head: Token, scores: dict[str, float]) -> str | None:
        owner = owner_of(head)
        if owner is not None and owner.pos_ in ("NOUN", "PROPN"):  # `Ohio’s governor` is none whom nobody ties to Ohio
            scores = {actor: score for actor, score in scores.items() if score > 1.2}
        best = [actor for actor, score in scores.items() if score > max(scores.values()) - 0.3]
        near = self.discourse.score(head, gender_of_noun(head))
        if len(best) != 1 or scores[best[0]] < 1 or kind_of_noun(head) is None:
            self.doubtful.add(head.i)
        if len(best) == 1:
            return best[0] if self._is_likely(best[0], head, scores[best[0]], near) else None
        return choose({actor: near.get(actor, 0.0) for actor in best}) if best else None

    def _is_likely(self, actor: str, head: Token, score: float, near: dict[str, float]) -> bool:
        """Whether the only one who fits can be meant here: a body must have been named shortly before, but for the only
        government of which the text speaks."""
        if actor in self.cast.people:
            return score >= 1 or near.get(actor, 0.0) > _NEAR_MARGIN
        noun = index_actor_nouns().get(head.lemma_.lower())
        if noun is not None and noun.kind == "government":
            return True
        return score > 1 or self.discourse.since(actor, head) <= _BODY_SENTENCES

    def _nearest(self, head: Token, described: Described) -> str | None:
        """`the candidate` means the one of whom the text speaks; so does any noun that is as good as a name
        (`the retired surgeon`) right after him."""
        if owner_of(head) is not None or not is_person_noun(head):
            return None
        role = index_roles().get(described.noun)
        near = self.discourse.score(head, gender_of_noun(head))
        near = {actor: score for actor, score in near.items() if not self.roles.bars(actor, described)}
        if role is not None and role.reach == "near":
            return choose(near, _NEAR_MARGIN)
        told = is_known_person(head) and described.modifiers and described.noun not in self.discourse.unnamed
        leads = head.i in self.discourse.sources and head.dep_ == "nsubj" and head.head.dep_ == "ROOT"
        return choose(near, _FAR_MARGIN) if told and leads else None

    def _nearest_body(self, head: Token, described: Described) -> str | None:
        """`the company`, `the agency` means the body of which the text speaks, where it speaks of one."""
        if not is_body(head) or described.modifiers or any(child.dep_ == "prep" for child in head.children):
            return None
        bodies = self.cast.bodies - self.roles.unlike(described.noun)
        return choose(self.discourse.score_bodies(head, bodies), _NEAR_MARGIN)

    def _later(self, head: Token, described: Described) -> str | None:
        return self._best(head, self.roles.score(head, described, before=False))

    def _body_of(self, owner: Token, scores: dict[str, float]) -> str | None:
        """`his campaign` is the Holt campaign where he is Holt."""
        person = self.discourse.meant.get(owner.i)
        if person is None:
            return None
        words = self.cast.names_of(self.cast.actors[person])
        fits = [actor for actor in scores if any(words & set(text.split()) for text in self.cast.spellings[actor])]
        return fits[0] if len(fits) == 1 else None

    def meant_at(self, noun: Token) -> str | None:
        for token in (noun, *appositions_of(noun), *([noun.head] if noun.dep_ == "appos" else ())):
            found = self.cast.at(token)
            at = self.cast.last_token(found[0]).i if found and found[0].form != "demonym" else token.i
            if at in self.discourse.meant:
                return self.discourse.meant[at]
        return None


def find_head(doc: Doc, attribution: Attribution) -> Token | None:
    """The token that heads the first source; where the parse makes a verb of it, its first noun that is no part of
    another one."""
    if not attribution.sources:
        return None
    source = attribution.sources[0]
    span = doc.char_span(source.start, source.end, alignment_mode="expand")
    if span is None:
        return None
    if span.root.pos_ not in ("VERB", "AUX", "ADP", "PUNCT", "SPACE", "PART"):
        return span.root
    nouns = (token for token in span if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in _PARTS)
    return next(nouns, span.root)


def appositions_of(head: Token) -> Iterator[Token]:
    yield from (child for child in head.children if child.dep_ == "appos")


def _is_named(actor: Actor, before: int) -> bool:
    return any(mention.start < before and mention.form == "full-name" for mention in actor.mentions)
