"""Who a pronoun stands for: the persons of an article in the order in which the text speaks of them.

The text is walked once. Each mention, and each pronoun that was resolved, makes its person easier to reach; a subject
more than an object, a near one more than a far one, and the one who spoke last most of all. Where two persons are
equally near, nobody is chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from closeread.analyses.cast import Cast, gender_of_pronoun
from closeread.analyses.roles import gender_of_noun
from closeread.lexicons import Gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
GROUP_PRONOUNS = _PLURAL | _NEUTER

# How easily a mention is taken up, by its part in the sentence and by sentences between. Set by hand on PolNeAR train.
_ROLES = {"subject": 1.0, "object": 0.5, "possessive": 0.5, "inside": 0.1, "other": 0.4}
_NEARNESS = (1.0, 0.8, 0.5, 0.35, 0.25, 0.2, 0.15, 0.1)
_QUOTED = 0.4
_SPOKE_LAST = 0.5
_MARGIN = 0.1
# How much nearer than the next a person must be for a pronoun to be certain. Set by hand on one essay with many men;
# MEANTIME, with few, is as good at .4.
_CLEAR = 0.6
_FAR = 10_000


@dataclass(frozen=True, slots=True)
class Trace:
    """One place where a person was meant: by name, by a pronoun or by a description."""

    token: int
    sentence: int
    actor: str
    weight: float
    quoted: bool


class Discourse:
    """Who is meant at each token. `sources` are the tokens that head a source; `quoted` those in direct speech;
    `speakers` has the head of the source for each word that somebody says as it stands."""

    def __init__(
        self, cast: Cast, sources: frozenset[int], quoted: frozenset[int], speakers: Mapping[int, Token]
    ) -> None:
        self.cast, self.sources, self.quoted, self._speakers = cast, sources, quoted, speakers
        self.traces: list[Trace] = []
        self.meant: dict[int, str] = {}
        self.unnamed: set[str] = set()
        self._genders: dict[str, Gender] = {}
        self.clear: set[int] = set()
        self.spoke: tuple[str, int] | None = None
        self.sentence_of = _number_sentences(cast.doc)
        self.counts = Counter(actor.id for _, actor in cast.mentions)

    def note(self, token: Token, actor: str) -> None:
        """The text means this person at this token."""
        quoted = token.i in self.quoted
        sentence = self.sentence_of[token.i]
        self.traces.append(Trace(token.i, sentence, actor, _ROLES[role_of(token)], quoted))
        if actor in self.cast.actors:
            self.meant[token.i] = actor
        if token.i in self.sources and (actor in self.cast.people or actor not in self.cast.actors):
            self.spoke = (actor, sentence)

    def nobody(self, noun: Token) -> str:
        """A person without a name: stands in the way of those who have one."""
        lemma, gender = noun.lemma_.lower(), gender_of_noun(noun)
        self.unnamed.add(lemma)
        if gender is not None:
            self._genders[f"{lemma} without name"] = gender
        return f"{lemma} without name"

    def resolve(self, pronoun: Token) -> str | None:
        """The person whom `he` or `she` stands for, None where the text leaves it open."""
        scores = self.score(pronoun, gender_of_pronoun(pronoun))
        if choose(scores, _CLEAR) is not None:
            self.clear.add(pronoun.i)
        return choose(scores)

    def score(self, token: Token, gender: Gender | None) -> dict[str, float]:
        """How near each person is who may be meant at a token."""
        best: dict[str, float] = defaultdict(float)
        more: dict[str, float] = defaultdict(float)
        barred = set(self._barred(token))
        for trace in self._recent(token):
            if trace.actor in barred or not self._fits(trace.actor, gender):
                continue
            near = self._nearness(trace, token)
            best[trace.actor] = max(best[trace.actor], near)
            more[trace.actor] += near
        for actor in best:
            best[actor] += 0.1 * min(more[actor] - best[actor], 2) + 0.05 * log(1 + self.counts[actor])
            best[actor] -= 0.1 if gender and actor not in self.cast.genders else 0
        if self.spoke and self.spoke[0] in best and self._may_go_on(token):
            best[self.spoke[0]] += _SPOKE_LAST * _near(self.sentence_of[token.i] - self.spoke[1])
        return best

    def _fits(self, actor: str, gender: Gender | None) -> bool:
        """Whether a person, with or without a name, may be of this gender."""
        if actor in self.cast.actors:
            return self.cast.fits(actor, gender)
        return gender is None or self._genders.get(actor, gender) == gender

    def score_bodies(self, token: Token, bodies: frozenset[str]) -> dict[str, float]:
        """How near each of these bodies is."""
        best: dict[str, float] = {}
        for trace in self._recent(token):
            if trace.actor in bodies:
                best[trace.actor] = max(best.get(trace.actor, 0.0), self._nearness(trace, token))
        return best

    def since(self, actor: str, token: Token) -> int:
        """Sentences since the text last meant an actor, a large number where it never did."""
        sentences = (trace.sentence for trace in reversed(self.traces) if trace.actor == actor)
        return self.sentence_of[token.i] - next(sentences, -_FAR)

    def _may_go_on(self, token: Token) -> bool:
        """Whether the speaker before is likely to go on speaking here: `he said`, not `his platform`."""
        return token.i in self.sources and token.i not in self.quoted and token.dep_ in SUBJECTS

    def _recent(self, token: Token) -> Iterator[Trace]:
        sentence = self.sentence_of[token.i]
        for trace in reversed(self.traces):
            if sentence - trace.sentence >= len(_NEARNESS):
                return
            yield trace

    def _nearness(self, trace: Trace, token: Token) -> float:
        near = trace.weight * _near(self.sentence_of[token.i] - trace.sentence)
        return near * _QUOTED if trace.quoted and token.i not in self.quoted else near

    def _barred(self, token: Token) -> Iterator[str]:
        """Persons who cannot be meant: who speaks calls himself `I`; object and subject of one verb are two, unless it
        says `himself`."""
        speaker = self._speakers.get(token.i)
        if speaker is not None and (found := self.meant.get(speaker.i) or self._named(speaker)):
            yield found
        if token.lower_.endswith("self") or token.dep_ == "poss":
            return
        verb = token.head
        for other in verb.children:
            if other.i == token.i or other.dep_ not in (*SUBJECTS, "dobj", "dative"):
                continue
            if (other.dep_ in SUBJECTS) != (token.dep_ in SUBJECTS):
                found = self.meant.get(other.i) or self._named(other)
                if found:
                    yield found

    def _named(self, token: Token) -> str | None:
        found = self.cast.at(token)
        return found[1].id if found else None


def choose(scores: Mapping[str, float], margin: float = _MARGIN) -> str | None:
    """The one with the highest score, None where the next is equally good."""
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < margin):
        return None
    return ranked[0][0]


def _near(sentences: int) -> float:
    return _NEARNESS[sentences] if 0 <= sentences < len(_NEARNESS) else 0.0


def _number_sentences(doc: Doc) -> list[int]:
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start) or token.i == 0
        numbers.append(number)
    return numbers


def role_of(token: Token) -> str:
    """The part that a noun plays in its sentence: an apposition that of its noun, a part of a compound `inside`."""
    while token.dep_ in ("appos", "conj") and token.head != token:
        token = token.head
    if token.dep_ in SUBJECTS or token.dep_ == "ROOT":  # a noun at the root is a subject whose verb the parse missed
        return "subject"
    if token.dep_ == "poss":
        return "possessive"
    if token.dep_ in ("compound", "nmod", "amod"):
        return "inside"
    return "object" if token.dep_ in ("dobj", "dative", "pobj", "attr") else "other"


def find_group(pronoun: Token, sources: frozenset[int]) -> Token | None:
    """The noun that `they` or `it` stands for by grammar: the last subject of its number in the sentence or the one
    before; where it speaks, who spoke last there (`sources` are the tokens that head a source). None for others."""
    plural = pronoun.lower_ in _PLURAL
    if not plural and pronoun.lower_ not in _NEUTER:
        return None
    sentence = pronoun.sent
    before = sentence.doc[: sentence.start]
    earlier = [token for token in sentence if token.i < pronoun.i]
    last = list(before[-1].sent) if len(before) else []
    for tokens in (earlier, last):
        spoke = [token for token in tokens if {token.i, pronoun.i} <= sources and _is_like(token, plural)]
        if spoke:
            return spoke[-1]
        subjects = [token for token in tokens if token.dep_ in (*SUBJECTS, "agent") and _is_like(token, plural)]
        if subjects:
            return subjects[0] if tokens is last else subjects[-1]
    return None


def _is_like(token: Token, plural: bool) -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in (_PLURAL if plural else _NEUTER)
    return token.pos_ in ("NOUN", "PROPN") and is_plural(token) == plural


def is_plural(noun: Token) -> bool:
    """Plural by its form, or several joined by `and`."""
    return noun.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in noun.children)
