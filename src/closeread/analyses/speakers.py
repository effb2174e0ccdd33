"""Who the source of an attribution is: which actor, by which words, and how the text gives and introduces the source.

A source that cannot be tied to one actor stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.cast import Cast, gender_of_pronoun
from closeread.analyses.discourse import SUBJECTS, Discourse, antecedent_of, choose, find_group
from closeread.analyses.introductions import find_introductions
from closeread.analyses.names import title_before
from closeread.analyses.namings import find_naming, find_number
from closeread.analyses.roles import (
    Described,
    Roles,
    describe,
    gender_of_noun,
    is_definite,
    is_document,
    is_known_person,
    is_person_noun,
    owner_of,
)
from closeread.article import Article, Span
from closeread.findings import Actor, Attribution, Mention, SpeakerBy
from closeread.lexicons import index_roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"})
_PARTS = frozenset({"compound", "nmod", "amod", "poss"})
# How much nearer than the next one a person must be. Set by hand on PolNeAR train.
_SURNAME_MARGIN = 0.3
_NEAR_MARGIN = 0.3
_FAR_MARGIN = 0.5
_BODY_SENTENCES = 4


def link_speakers(
    doc: Doc, article: Article, attributions: Sequence[Attribution], actors: Sequence[Actor]
) -> tuple[Attribution, ...]:
    """The attributions with `speaker`, `speaker_by`, `naming`, `number` and `introduction`, in the same order."""
    linker = _Linker(doc, article, attributions, actors)
    linker.walk()
    return tuple(linker.fill(attribution) for attribution in attributions)


class _Linker:
    """Walks the text once and keeps who is meant at each token."""

    def __init__(
        self, doc: Doc, article: Article, attributions: Sequence[Attribution], actors: Sequence[Actor]
    ) -> None:
        self.doc, self.article, self.attributions = doc, article, attributions
        self.cast = Cast(doc, article, actors)
        self.roles = Roles(self.cast)
        self.heads = {a.id: head for a in attributions if (head := find_head(doc, a))}
        sources = frozenset(head.i for head in self.heads.values())
        self.discourse = Discourse(self.cast, sources, frozenset(self._quoted()))
        self.names = {self.cast.last_token(mention).i: (mention, actor) for mention, actor in self.cast.mentions}

    def _quoted(self) -> Iterator[int]:
        """The tokens in direct speech."""
        for mention, _ in self.cast.mentions:
            if mention.voice == "quoted":
                yield self.cast.last_token(mention).i
        for attribution in self.attributions:
            for content in attribution.contents if attribution.mode == "direct" else ():
                span = self.doc.char_span(content.start, content.end, alignment_mode="expand")
                yield from (token.i for token in span or ())

    def walk(self) -> None:
        """Notes in the order of the text whom each name, pronoun and description means."""
        for token in self.doc:
            actor = self._meant_by(token)
            if actor is not None:
                self.discourse.note(token, actor)

    def _meant_by(self, token: Token) -> str | None:
        if token.i in self.names:
            return self._named(*self.names[token.i])
        if gender_of_pronoun(token):
            return self.discourse.resolve(token)
        antecedent = antecedent_of(token) if token.i in self.discourse.sources else None
        if antecedent is not None:
            return self._meant_at(antecedent)
        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        found = self._describe(token) if is_definite(token) else None
        return found or (self.discourse.nobody(token) if self._is_somebody(token) else None)

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
        bearers = [other for other in self.cast.actors.values() if mention.text in other.name.split()]
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
            return self._body_of(owner, self.roles.score(head, described, before=False))
        told = self.roles.score(head, described, before=True)
        if told:
            return self._best(head, told)
        return self._nearest(head, described) or self._later(head, described)

    def _best(self, head: Token, scores: dict[str, float]) -> str | None:
        owner = owner_of(head)
        if owner is not None and owner.pos_ in ("NOUN", "PROPN"):  # `Ohio’s governor` is none whom nobody ties to Ohio
            scores = {actor: score for actor, score in scores.items() if score > 1.2}
        best = [actor for actor, score in scores.items() if score > max(scores.values()) - 0.3]
        near = self.discourse.score(head, gender_of_noun(head))
        if len(best) == 1:
            return best[0] if self._is_likely(best[0], head, scores[best[0]], near) else None
        return choose({actor: near.get(actor, 0.0) for actor in best}) if best else None

    def _is_likely(self, actor: str, head: Token, score: float, near: dict[str, float]) -> bool:
        """Whether the only one who fits can be meant here: a body must have been named shortly before."""
        if actor in self.cast.people:
            return score >= 1 or near.get(actor, 0.0) > _NEAR_MARGIN
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

    def _later(self, head: Token, described: Described) -> str | None:
        return self._best(head, self.roles.score(head, described, before=False))

    def _body_of(self, owner: Token, scores: dict[str, float]) -> str | None:
        """`his campaign` is the Holt campaign where he is Holt."""
        person = self.discourse.meant.get(owner.i)
        if person is None:
            return None
        words = self.cast.actors[person].name.split()[-1:]
        fits = [actor for actor in scores if set(words) & set(self.cast.actors[actor].name.split())]
        return fits[0] if len(fits) == 1 else None

    def fill(self, attribution: Attribution) -> Attribution:
        head = self.heads.get(attribution.id)
        if head is None:
            return replace(attribution, speaker=None, speaker_by="unknown", naming="none", number="unknown")
        source = attribution.sources[0]
        speaker, by, name = self._speaker(attribution, head, source)
        naming = find_naming(head, source.text, is_actor=name is not None)
        if naming == "anonymous" and by == "name":
            speaker, by = None, "unknown"
        if naming == "anonymous" and by == "description":
            naming = "described"
        introduced = antecedent_of(head) or head
        clauses = (*attribution.contents, *([attribution.cue] if attribution.cue else []))
        clauses += attribution.sources if introduced is not head else ()
        return replace(
            attribution,
            speaker=speaker,
            speaker_by=by,
            naming=naming,
            number=find_number(head, is_person=name is not None and speaker in self.cast.people),
            introduction=find_introductions(
                self.doc, self.article, introduced, name=self._person_at(introduced, name), clauses=clauses
            ),
        )

    def _speaker(
        self, attribution: Attribution, head: Token, source: Span
    ) -> tuple[str | None, SpeakerBy, Span | None]:
        """The actor, how it was told, and the place of its name in the source."""
        if head.pos_ == "PRON" or head.tag_ in ("PRP$", "WP$", "WDT"):
            actor = self._pronoun(attribution, head)
            return actor, "pronoun" if actor else "unknown", None
        for token in (head, *_appositions(head)):
            found = self.cast.at(token)
            if (
                found
                and found[0].form != "demonym"
                and source.start <= found[0].start
                and found[0].end <= source.end + 2
            ):
                return self._by_name(found[0])
        actor = self.discourse.meant.get(head.i) if self.cast.at(head) is None else None
        return actor, "description" if actor else "unknown", None

    def _by_name(self, mention: Mention) -> tuple[str | None, SpeakerBy, Span | None]:
        actor = self.discourse.meant.get(self.cast.last_token(mention).i)
        by: SpeakerBy = "surname" if mention.form == "part-of-name" else "name"
        return actor, by if actor else "unknown", mention

    def _person_at(self, head: Token, name: Span | None) -> Span | None:
        """The name of a person at a source; that of a body takes no title."""
        token = self.cast.token_at(name.end - 1) if name is not None else head
        found = self.cast.at(token)
        return found[0] if found and found[1].id in self.cast.people else None

    def _pronoun(self, attribution: Attribution, head: Token) -> str | None:
        if head.lower_ in _FIRST_PERSON:
            return self._speaker_around(attribution)
        antecedent = antecedent_of(head) or find_group(head)
        if antecedent is not None and antecedent.i != head.i:
            return self._meant_at(antecedent)
        return self.discourse.meant.get(head.i)

    def _meant_at(self, noun: Token) -> str | None:
        for token in (noun, *_appositions(noun), *([noun.head] if noun.dep_ == "appos" else ())):
            found = self.cast.at(token)
            at = self.cast.last_token(found[0]).i if found and found[0].form != "demonym" else token.i
            if at in self.discourse.meant:
                return self.discourse.meant[at]
        return None

    def _speaker_around(self, attribution: Attribution) -> str | None:
        """Who speaks where the words `I` or `we` stand inside what somebody says; unknown in the writer's voice."""
        source = attribution.sources[0]
        around = [other for other in self.attributions if other.id != attribution.id and _holds(other.contents, source)]
        if not around:
            return None
        outer = min(around, key=lambda other: sum(len(content.text) for content in other.contents))
        head = self.heads.get(outer.id)
        return self._speaker(outer, head, outer.sources[0])[0] if head and head.lower_ not in _FIRST_PERSON else None


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


def _appositions(head: Token) -> Iterator[Token]:
    yield from (child for child in head.children if child.dep_ == "appos")


def _is_named(actor: Actor, before: int) -> bool:
    return any(mention.start < before and mention.form == "full-name" for mention in actor.mentions)


def _holds(contents: Iterable[Span], source: Span) -> bool:
    return any(content.start <= source.start and source.end <= content.end for content in contents)
