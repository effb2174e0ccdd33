"""Pairs of places in one article that cannot both hold, with the words that show that both speak of the same.

Only what is asserted counts: no question, wish or condition, and nothing that somebody is said not to have said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.accounts import Phrases, list_accounts
from closeread.analyses.amounts import find_amounts
from closeread.analyses.conflicting_accounts import Conflict, find_conflicting_accounts
from closeread.analyses.conflicting_descriptions import find_conflicting_descriptions
from closeread.analyses.conflicting_measures import find_conflicting_measures
from closeread.analyses.innermost import Innermost
from closeread.analyses.voices import Voices
from closeread.article import Article, Span
from closeread.findings import (
    Actor,
    Aligned,
    Attribution,
    Clause,
    Contradiction,
    ContradictionRelation,
    Side,
)
from closeread.lexicons.senses import sense_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSES = frozenset({"VERB", "AUX"})
_SHARES = frozenset({"percent", "point"})


def find_contradictions(
    doc: Doc,
    article: Article,
    clauses: Sequence[Clause],
    actors: Sequence[Actor],
    *,
    attributions: Sequence[Attribution],
    voices: Voices,
    innermost: Innermost,
) -> tuple[Contradiction, ...]:
    """In the order of the first place. Ids are `k1`, `k2`, ... Linear in the length of the text."""
    amounts = find_amounts(doc)
    phrases = Phrases(doc, actors, amounts)
    conflicts: list[Conflict] = [
        *find_conflicting_accounts(list_accounts(doc, clauses, phrases)),
        *find_conflicting_measures(amounts, phrases, actors),
        *find_conflicting_descriptions(doc, phrases),
    ]
    sides = _Sides(article, attributions, voices, innermost)
    found = [pair for conflict in _once(conflicts) if (pair := sides.to_contradiction(conflict)) is not None]
    found.sort(key=lambda pair: (pair.first.words.start, pair.second.words.start, pair.kind))
    return tuple(_numbered(found))


def _once(conflicts: Sequence[Conflict]) -> Iterator[Conflict]:
    """The same words in the same class once, in the order of the rules above."""
    seen = set[tuple[str, int, int]]()
    for conflict in conflicts:
        key = (conflict.kind, conflict.first_words[0].i, conflict.second_words[0].i)
        if key not in seen:
            seen.add(key)
            yield conflict


def _numbered(found: Sequence[Contradiction]) -> Iterator[Contradiction]:
    for number, pair in enumerate(found, 1):
        yield replace(pair, id=f"k{number}")


class _Sides:
    """Tokens as places, with who says what stands there."""

    def __init__(
        self, article: Article, attributions: Sequence[Attribution], voices: Voices, innermost: Innermost
    ) -> None:
        self.article, self.voices, self.innermost = article, voices, innermost
        self.attributions = {attribution.id: attribution for attribution in attributions}

    def to_contradiction(self, conflict: Conflict) -> Contradiction | None:
        """None where one side is not asserted by whoever says it, and for two halves of one sentence: `A has 12 and B
        10`, `win or lose`."""
        if conflict.first.sent.start == conflict.second.sent.start:
            return None
        denied = conflict.rule == "contradictions.negated"
        if not all(self._is_said(token, denied) for token in (conflict.first, conflict.second)):
            return None
        first, second = (
            self._side(conflict.first, conflict.first_words),
            self._side(conflict.second, conflict.second_words),
        )
        relation = self._relation(first, second)
        if relation == "disagreement" and _is_share(conflict):
            return None
        return Contradiction(
            id="",
            kind=conflict.kind,
            relation=relation,
            first=first,
            second=second,
            aligned=tuple(Aligned(self._words(one, one), self._words(other, other)) for one, other in conflict.aligned),
            rule=conflict.rule,
            certain=conflict.certain,
        )

    def _is_said(self, token: Token, denied: bool) -> bool:
        """`She denied leaving` and `refused to leave` say that she did not leave; other words that nobody said count
        for nothing."""
        at = self.innermost.attribution_at(token.idx)
        if denied and token.dep_ in ("xcomp", "pcomp"):
            at = None
        sentence = token.sent
        return not (at is not None and self.attributions[at].negated) and "?" not in sentence.text[-3:]

    def _side(self, token: Token, words: tuple[Token, Token]) -> Side:
        clause = _clause_of(token)
        start, end = clause.left_edge, clause.right_edge
        while end.i > words[-1].i and (end.is_punct or end.is_space):
            end = end.nbor(-1)
        said = self._words(*words)
        place = self.article.span(min(start.idx, said.start), max(end.idx + len(end), said.end))
        zone = self.article.zone_at(said.start)
        return Side(
            *(place.start, place.end, place.text),
            words=said,
            voice=self.voices.voice_at(said.start),
            attribution=self.innermost.attribution_at(said.start),
            in_headline=zone is not None and zone.kind == "headline",
        )

    def _words(self, first: Token, last: Token) -> Span:
        return self.article.span(first.idx, last.idx + len(last))

    def _relation(self, first: Side, second: Side) -> ContradictionRelation:
        if first.attribution == second.attribution:
            return "contradiction"
        speakers = {self._speaker(first), self._speaker(second)}
        return "contradiction" if len(speakers) == 1 and None not in speakers else "disagreement"

    def _speaker(self, side: Side) -> str | None:
        return self.attributions[side.attribution].speaker if side.attribution is not None else None


def _clause_of(token: Token) -> Token:
    """The verb of the clause around a token, the token itself where there is none in its sentence."""
    for above in (token, *token.ancestors):
        if above.pos_ in _CLAUSES and above.dep_ not in ("acomp", "attr", "oprd", "amod"):
            return above
    return token


def _is_share(conflict: Conflict) -> bool:
    """Shares and points that two sources give come from two polls or counts."""
    tokens = (token for words in (conflict.first_words, conflict.second_words) for token in (words[1], words[1].head))
    return conflict.kind == "number" and any(sense_of(token.lemma_.lower(), "noun") in _SHARES for token in tokens)
