"""What the headline and the lead say, and where the body carries it: quoted words, actors, numbers, claims.

The body of the headline is every body paragraph; the body of the lead is what comes after it. Nothing is said about
whether something that is not carried should be: a headline may add what its writer knows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from closeread.analyses.number_words import Number, find_numbers
from closeread.analyses.restatements import Restated, Restatements
from closeread.analyses.statements import Part
from closeread.article import Article, Span, Zone, find_words
from closeread.findings import Actor, HeadlineKind, HeadlinePart, Mention, MentionForm
from closeread.marks import Marks

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KINDS: tuple[HeadlineKind, ...] = ("quotation", "actor", "number", "claim")
_FOLDED = str.maketrans("’‘‐‑", "''--")
# Forms by which an actor is carried for sure, and those that only tell who is meant.
_NAMED: frozenset[MentionForm] = frozenset({"full-name", "part-of-name", "alias", "acronym"})
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
# Counts from here on, or with decimals, are not met by chance; smaller ones need the same noun.
_RARE = 100


@dataclass(frozen=True, slots=True)
class _Top:
    """The headline or the lead, and where its body begins."""

    name: Literal["headline", "lead"]
    zones: tuple[Zone, ...]
    body: int

    def holds(self, span: Span) -> bool:
        return any(zone.start <= span.start and span.end <= zone.end for zone in self.zones)


@dataclass(frozen=True, slots=True)
class _Found:
    kind: HeadlineKind
    top: _Top
    place: Span
    carried: tuple[Span, ...]
    certain: bool


def find_headline_parts(
    doc: Doc, article: Article, marks: Marks, *, actors: Sequence[Actor], parts: Sequence[Part]
) -> tuple[HeadlinePart, ...]:
    """In the order of the text, ids `h1`, `h2`, ... Empty where the article has neither a headline nor, behind its
    lead, any body."""
    tops = list(_tops(article))
    found = [
        *_find_quotations(article, marks, tops),
        *_find_actors(actors, tops, article),
        *_find_numbers(doc, article, tops),
        *_find_claims(doc, article, tops, actors=actors, parts=parts),
    ]
    found.sort(key=lambda each: (each.place.start, each.place.end, _KINDS.index(each.kind)))
    return tuple(
        HeadlinePart(f"h{number}", each.kind, each.top.name, each.place, each.carried, _rule(each.kind), each.certain)
        for number, each in enumerate(found, 1)
    )


def _rule(kind: HeadlineKind) -> str:
    match kind:
        case "quotation":
            return "headline.quotation"
        case "actor":
            return "headline.actor"
        case "number":
            return "headline.number"
        case "claim":
            return "headline.claim"


def _tops(article: Article) -> Iterator[_Top]:
    body = article.body
    heads = tuple(zone for zone in article.zones if zone.kind == "headline")
    if heads and body:
        yield _Top("headline", heads, body[0].start)
    if len(body) > 1:
        yield _Top("lead", body[:1], body[1].start)


def _body_zones(article: Article, top: _Top) -> tuple[Zone, ...]:
    return tuple(zone for zone in article.body if zone.start >= top.body)


def _fold(word: str) -> str:
    return word.casefold().translate(_FOLDED).removesuffix("'s")


def _find_quotations(article: Article, marks: Marks, tops: Sequence[_Top]) -> Iterator[_Found]:
    """The quoted words, letter case, kind of mark and punctuation at the borders aside, as they stand in the body: in
    marks where they do, else anywhere."""
    quoted = [(top, article.span(*inner)) for top in tops for inner in _quoted_in(article, marks, top)]
    if not quoted:
        return
    body = [(start + zone.start, end + zone.start) for zone in article.body for start, end in find_words(zone.text)]
    words = [_fold(article.text[start:end]) for start, end in body]
    at = defaultdict[str, list[int]](list)
    for number, word in enumerate(words):
        at[word].append(number)
    inner = [place for stretch in marks.stretches for place in stretch.inner]
    for top, place in quoted:
        wanted = [_fold(place.text[start:end]) for start, end in find_words(place.text)]
        ranges = [
            article.span(body[first][0], body[first + len(wanted) - 1][1])
            for first in at[wanted[0]]
            if words[first : first + len(wanted)] == wanted and body[first][0] >= top.body
        ]
        within = [span for span in ranges if any(start <= span.start and span.end <= end for start, end in inner)]
        yield _Found("quotation", top, place, tuple((within or ranges)[:1]), certain=True)


def _quoted_in(article: Article, marks: Marks, top: _Top) -> Iterator[tuple[int, int]]:
    for stretch in marks.stretches:
        for start, end in stretch.inner:
            words = find_words(article.text[start:end])
            if words and top.holds(article.span(start, end)):
                yield start + words[0][0], start + words[-1][1]


def _find_actors(actors: Sequence[Actor], tops: Sequence[_Top], article: Article) -> Iterator[_Found]:
    """Who is meant by more than a pronoun; carried by the first name in the body, else by the first mention."""
    for top in tops:
        for actor in actors:
            mine = [mention for mention in actor.mentions if mention.form != "pronoun" and top.holds(mention)]
            if not mine:
                continue
            later = [mention for mention in actor.mentions if _in_body(article, mention, top)]
            named = [mention for mention in later if mention.form in _NAMED]
            carried = tuple(article.span(mention.start, mention.end) for mention in (named or later)[:1])
            place = article.span(mine[0].start, mine[0].end)
            yield _Found("actor", top, place, carried, certain=bool(named) and mine[0].form in _NAMED)


def _in_body(article: Article, mention: Mention, top: _Top) -> bool:
    if mention.start < top.body:
        return False
    zone = article.zone_at(mention.start)
    return zone is not None and zone.kind == "body"


def _find_numbers(doc: Doc, article: Article, tops: Sequence[_Top]) -> Iterator[_Found]:
    numbers = list(find_numbers(doc))
    starts = [number.start for number in numbers]
    bodies = [number for number in numbers if (zone := article.zone_at(number.start)) and zone.kind == "body"]
    for top in tops:
        body = [number for number in bodies if number.start >= top.body]
        for zone in top.zones:
            for number in numbers[bisect_left(starts, zone.start) : bisect_left(starts, zone.end)]:
                carrier, certain = _carry(number, body)
                carried = (article.span(carrier.start, carrier.end),) if carrier else ()
                yield _Found("number", top, article.span(number.start, number.end), carried, certain)


def _carry(number: Number, body: Sequence[Number]) -> tuple[Number | None, bool]:
    """The number in the body that is the same, one that counts the same first; else one that is near."""
    same = [other for other in body if number.equals(other)]
    alike = [other for other in same if other.noun == number.noun]
    rare = number.unit != "count" or number.value >= _RARE or number.value % 1 != 0
    if same:
        return (alike or same)[0], bool(alike) or rare
    near = [other for other in body if other.noun == number.noun and (number.rounds(other) or other.rounds(number))]
    return (near[0] if near else None), not near


class _Claims(Restatements):
    """As statements, but a word of a headline in capitals counts as the same word without one in the article."""

    def __init__(self, doc: Doc, parts: Sequence[Part], actors: Sequence[Actor]) -> None:
        self._plain = {token.lower_: token for token in doc if token.pos_ in _PLAIN_CONTENT}
        super().__init__(parts, actors)

    def _keys_at(self, token: Token) -> Iterator[str]:
        for key in super()._keys_at(token):
            plain = self._plain.get(key) if token.pos_ == "PROPN" else None
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
        plain = self._plain.get(token.lower_, token) if token.pos_ == "PROPN" else token
        return plain.pos_ in ("VERB", "AUX")


def _denies(part: Part) -> bool:
    return any(token.lower_ in _NOT for token in part.tokens)


def _find_claims(
    doc: Doc, article: Article, tops: Sequence[_Top], *, actors: Sequence[Actor], parts: Sequence[Part]
) -> Iterator[_Found]:
    if not tops:
        return
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
            yield _Found("claim", top, claim.place, (), certain=False)
        else:
            yield _Found("claim", top, claim.place, (best.part.place,), restatements.is_certain(claim, best))


def _sentences(doc: Doc, article: Article) -> Iterator[Part]:
    """The sentences of the body."""
    for sentence in doc.sents:
        tokens = tuple(token for token in sentence if not token.is_space)
        zone = article.zone_at(tokens[0].idx) if tokens else None
        if zone is not None and zone.kind == "body":
            place = article.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
            yield Part(place, None, tokens, "own", None)


def _claims_of(top: _Top, doc: Doc, parts: Sequence[Part], article: Article) -> Iterator[Part]:
    """Of the lead its statements; of the headline its lines and sentences, as capitals hide its clauses."""
    if top.name == "lead":
        yield from (part for part in parts if part.tokens and top.holds(part.place) and not _leads_on(part))
        return
    for zone in top.zones:
        for line in _lines(token for token in doc if zone.start <= token.idx < zone.end):
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
