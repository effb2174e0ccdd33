"""The claims of headline and lead, and the sentence of the body that says the same in the same or other words.

A claim and a sentence are compared as two statements are: by what they are about, each word by how rare it is in the
article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from closeread.analyses.ranges import Ranges
from closeread.analyses.restatements import Restated, Restatements
from closeread.analyses.statements import Part
from closeread.article import Article, Span, Zone
from closeread.findings import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBJECTS = frozenset({"ccomp", "xcomp", "dobj", "oprd", "prep"})
_NOT = frozenset({"not", "n't", "n’t", "no", "never", "nobody", "none", "nothing"})
_ENDS = frozenset(".!?…”’\"'")
_PLAIN_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "NUM"})
# Share of a claim's content that one sentence of the body must have, and from which on that is certain. Set on claims
# judged by hand in PolNeAR train (evals/README.md).
CARRIED = 0.5
CERTAIN = 0.62
# Content words of a claim, and of what it shares with the body, below which nothing can be told.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Top:
    """The headline or the lead, and where its body begins."""

    name: Literal["headline", "lead"]
    zones: tuple[Zone, ...]
    body: int

    def holds(self, span: Span) -> bool:
        return any(zone.start <= span.start and span.end <= zone.end for zone in self.zones)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, the sentence that carries it, None where none was found, and whether that is certain."""

    top: Top
    place: Span
    carried: Span | None
    certain: bool


def find_tops(article: Article) -> Iterator[Top]:
    """The headline, then the lead, each where the article has it and some body for it."""
    body = article.body
    heads = tuple(zone for zone in article.zones if zone.kind == "headline")
    if heads and body:
        yield Top("headline", heads, body[0].start)
    if len(body) > 1:
        yield Top("lead", body[:1], body[1].start)


def find_claims(
    doc: Doc, article: Article, tops: Sequence[Top], *, actors: Sequence[Actor], parts: Sequence[Part]
) -> Iterator[Claim]:
    """Those of the headline first, each in the order of the text."""
    sentences = list(_sentences(doc, article))
    claims = [(top, claim) for top in tops for claim in _claims_of(top, doc, parts, article)]
    restatements = _Claims(doc, [*sentences, *(claim for _, claim in claims)], actors)
    known = {id(sentence) for sentence in sentences}
    for top, claim in claims:
        if not restatements.says(claim):
            continue
        found = (each for each in restatements.find(claim) if id(each.part) in known)
        later = (each for each in found if each.part.place.start >= top.body and len(each.shared) >= _LEAST)
        best = next((each for each in later if not _denies(claim) or _denies(each.part)), None)
        if best is None or best.score < CARRIED:
            yield Claim(top, claim.place, None, certain=False)
        else:
            yield Claim(top, claim.place, best.part.place, restatements.is_certain(claim, best))


class _Claims(Restatements):
    """As statements, but a word of a headline in capitals counts as the same word without one in the article."""

    def __init__(self, doc: Doc, parts: Sequence[Part], actors: Sequence[Actor]) -> None:
        plain = [token for token in doc if token.pos_ in _PLAIN_CONTENT]
        self._plain = {token.lemma_.lower(): token for token in plain} | {token.lower_: token for token in plain}
        super().__init__(parts, actors)

    def _keys_at(self, token: Token) -> Iterator[str]:
        for key in super()._keys_at(token):
            plain = self._plain_of(key) if token.pos_ == "PROPN" else None
            yield plain.lemma_.lower() if plain is not None else key

    def says(self, claim: Part) -> bool:
        """Whether it holds a verb, so that it says something, and enough words to find it again."""
        return any(map(self._is_verb, claim.tokens)) and len(self._keys_of(claim)) >= _LEAST

    def is_certain(self, claim: Part, found: Restated) -> bool:
        """Most of the content is shared, a verb among it where the claim has one but `be`, and both deny or neither."""
        keys = self._keys_of(claim)
        verbs = {token.i for token in keys.values() if self._is_verb(token)}
        shared = {mine.i for mine, _ in found.shared}
        if found.score < CERTAIN or len(shared) <= _LEAST or _denies(claim) != _denies(found.part):
            return False
        return not verbs or bool(verbs & shared)

    def _is_verb(self, token: Token) -> bool:
        plain = self._plain_of(token.lower_) if token.pos_ == "PROPN" else None
        return (plain or token).pos_ in ("VERB", "AUX")

    def _plain_of(self, word: str) -> Token | None:
        """The word without a capital elsewhere in the article; `Closes` is found in `closed`."""
        return self._plain.get(word) or self._plain.get(word.removesuffix("s"))


def _denies(part: Part) -> bool:
    return any(token.lower_ in _NOT for token in part.tokens)


def _sentences(doc: Doc, article: Article) -> Iterator[Part]:
    """The sentences of the body."""
    body = Ranges((zone.start, zone.end, zone) for zone in article.body)
    for sentence in doc.sents:
        tokens = tuple(token for token in sentence if not token.is_space)
        if tokens and next(body.holding(tokens[0].idx, tokens[0].idx + 1), None) is not None:
            place = article.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
            yield Part(place, None, tokens, "own", None)


def _claims_of(top: Top, doc: Doc, parts: Sequence[Part], article: Article) -> Iterator[Part]:
    """Of the lead its statements; of the headline its lines and sentences, as capitals hide its clauses."""
    if top.name == "lead":
        yield from (part for part in parts if part.tokens and top.holds(part.place) and not _leads_on(part))
        return
    for zone in top.zones:
        upto = takewhile(lambda token, end=zone.end: token.idx < end, doc)  # type: ignore[misc]
        for line in _lines(token for token in upto if token.idx >= zone.start):
            if line[-1].text != "?":
                yield Part(article.span(line[0].idx, line[-1].idx + len(line[-1])), None, tuple(line), "own", None)


def _leads_on(part: Part) -> bool:
    """Whether what the clause says is a clause or an object outside it: `the mayor promised` [that it would rain]."""
    inside = {token.i for token in part.tokens}
    head = part.head
    return head is not None and any(child.dep_ in _OBJECTS and child.i not in inside for child in head.children)


def _lines(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """A headline cut at its semicolons and behind the ends of its sentences."""
    held: list[Token] = []
    for token in tokens:
        if held and token.is_sent_start and held[-1].text in _ENDS:
            yield held
            held = []
        if token.text == ";" and held:
            yield held
            held = []
        elif not token.is_space:
            held.append(token)
    if held:
        yield held
