"""The actors of one article as the analyses of speakers look them up: by place, by surname, by gender."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.analyses.name_groups import surnames_of, words_of
from closeread.analyses.names import gender_of, title_before
from closeread.article import Article
from closeread.findings import Actor, Mention
from closeread.lexicons import Gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Forms of mentions that are told from the names around them, and are no names themselves.
BESIDE_NAMES = frozenset({"description", "pronoun"})
_PRONOUNS: dict[str, Gender] = {
    **{"he": "male", "him": "male", "his": "male", "himself": "male"},
    **{"she": "female", "her": "female", "hers": "female", "herself": "female"},
}


class Cast:
    """Mentions in the order of the text, each with the token that ends it, and what is known of each person."""

    def __init__(self, doc: Doc, article: Article, actors: Sequence[Actor]) -> None:
        self.doc, self.article = doc, article
        pairs = [(each, actor) for actor in actors for each in actor.mentions if each.form not in BESIDE_NAMES]
        self.actors = {actor.id: actor for _, actor in pairs}
        self.mentions: list[tuple[Mention, Actor]] = sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end))
        self.spellings = {actor.id: {each.text for each in actor.mentions} for actor in self.actors.values()}
        self._starts = [mention.start for mention, _ in self.mentions]
        self._tokens = [token.idx for token in doc]
        self.bearers = Counter(word for actor in self.actors.values() for word in self.names_of(actor))
        self.people = frozenset(actor.id for actor in self.actors.values() if self._is_person(actor))
        organisations = {actor.id for actor in self.actors.values() if actor.kind == "organisation"}
        self.bodies = frozenset(organisations - self.people)
        self._titled: set[str] = set()
        self.genders = {actor: gender for actor in self.people if (gender := self._gender(self.actors[actor]))}
        self._learn()

    @staticmethod
    def names_of(actor: Actor) -> frozenset[str]:
        """The first and the last name of a person, by which alone the text may go on."""
        if actor.kind != "person":
            return frozenset()
        words = words_of(actor.name)
        return frozenset({words[0], *surnames_of(words)})

    def token_at(self, offset: int) -> Token:
        """The token that holds this code point."""
        return self.doc[max(bisect_right(self._tokens, offset) - 1, 0)]

    def last_token(self, mention: Mention) -> Token:
        return self.token_at(mention.end - 1)

    def at(self, token: Token) -> tuple[Mention, Actor] | None:
        """The mention that holds the token, the shorter one where `the Orlan government` holds `Orlan`."""
        at = bisect_right(self._starts, token.idx) - 1
        for mention, actor in self.mentions[max(at - 1, 0) : at + 1][::-1]:
            if mention.start <= token.idx < mention.end:
                return mention, actor
        return None

    def between(self, start: int, end: int) -> Iterator[tuple[Mention, Actor]]:
        """The mentions that begin from `start` to before `end`."""
        yield from self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def fits(self, actor: str, gender: Gender | None) -> bool:
        """Whether an actor is a person who may be of this gender."""
        return actor in self.people and (gender is None or self.genders.get(actor, gender) == gender)

    def _is_person(self, actor: Actor) -> bool:
        """A person to the parser, or to the text: `Mr. Kasich` where the parser saw a body."""
        if actor.name.endswith("s") and self.bearers[actor.name[:-1]]:
            return False  # `the Holts`, beside Ann Holt
        if actor.kind == "person":
            return True
        return actor.kind == "organisation" and any(self._title_gender(mention) for mention in actor.mentions)

    def _title_gender(self, mention: Mention) -> Gender | None:
        title = title_before(self.article.text, mention.start)
        return title.gender if title else None

    def _gender(self, actor: Actor) -> Gender | None:
        """By the titles before the name, where nobody else bears it; else by the first name."""
        own = [mention for mention in actor.mentions if self.bearers[mention.text] < 2]
        titles = Counter(gender for mention in own if (gender := self._title_gender(mention)))
        self._titled |= {actor.id} if titles else set()
        return titles.most_common(1)[0][0] if titles else gender_of(actor.name)

    def _learn(self) -> None:
        """By pronouns after the name in a sentence that names nobody else, where name and titles say nothing; against
        the first name, where all of them are of the other gender."""
        seen: dict[str, Counter[Gender]] = {}
        for sentence in self.doc.sents:
            named = list(self.between(sentence.start_char, sentence.end_char))
            people = {actor.id for _, actor in named if actor.id in self.people}
            if len(people) == 1 and not people & self._titled:
                after = [token for token in sentence if token.idx > named[0][0].start]
                found = (_PRONOUNS[token.lower_] for token in after if token.lower_ in _PRONOUNS)
                seen.setdefault(people.pop(), Counter()).update(found)
        for actor, counts in seen.items():
            for gender, count in counts.most_common(1):
                others = counts.total() - count
                if count and (not others and count > 1 if actor in self.genders else count >= 2 * others):
                    self.genders[actor] = gender


def gender_of_pronoun(token: Token) -> Gender | None:
    """Of `he` and `she` in all their forms; None for every other word."""
    return _PRONOUNS.get(token.lower_)
