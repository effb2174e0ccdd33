"""What the headline and the lead say, and where the body carries it: quoted words, actors, numbers, claims.

The body of the headline is every body paragraph; the body of the lead is what comes after it. Nothing is said about
whether something that is not carried should be: a headline may add what its writer knows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.headline_claims import Top, find_claims, find_tops
from closeread.analyses.number_words import Number, find_numbers
from closeread.analyses.ranges import Ranges
from closeread.analyses.statements import Part
from closeread.article import Article, Span, Zone, find_words
from closeread.findings import Actor, HeadlineKind, HeadlinePart, Mention, MentionForm
from closeread.marks import Marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KINDS: tuple[HeadlineKind, ...] = ("quotation", "actor", "number", "claim")
_PART = re.compile(r"[^\-‐‑]+")
# Forms by which an actor is carried for sure; a description or a metonym may be read in another way.
_NAMED: frozenset[MentionForm] = frozenset({"full-name", "part-of-name", "alias", "acronym"})
# Counts below are met by chance too often to be the same where they count something else.
_SMALL = 20
# Counts from here on that stand in the body of something else may be of the same (`14 people`, `14 bodies`).
_FEW = 10


@dataclass(frozen=True, slots=True)
class _Found:
    kind: HeadlineKind
    top: Top
    place: Span
    carried: tuple[Span, ...]
    certain: bool


def find_headline_parts(
    doc: Doc, article: Article, marks: Marks, *, actors: Sequence[Actor], parts: Sequence[Part]
) -> tuple[HeadlinePart, ...]:
    """In the order of the text, ids `h1`, `h2`, ... Empty where the article has neither a headline nor, behind its
    lead, any body."""
    tops = list(find_tops(article))
    if not tops:
        return ()
    words = _Words(article, marks)
    found = [
        *_find_quotations(article, marks, tops, words),
        *_find_actors(actors, tops, article, words),
        *_find_numbers(doc, article, tops),
        *(
            _Found("claim", claim.top, claim.place, (claim.carried,) if claim.carried else (), claim.certain)
            for claim in find_claims(doc, article, tops, actors=actors, parts=parts)
        ),
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


class _Words:
    """The words of the body, apart at their hyphens, and where each sequence of them stands."""

    def __init__(self, article: Article, marks: Marks) -> None:
        self._article = article
        self._places: list[tuple[int, int]] = []
        self._words: list[str] = []
        self._at = defaultdict[str, list[int]](list)
        self._quoted = Ranges((start, end, True) for stretch in marks.stretches for start, end in stretch.inner)

    def _index(self) -> None:
        self._places = [place for zone in self._article.body for place in _split(zone.text, zone.start)]
        self._words = [_fold(self._article.text[start:end]) for start, end in self._places]
        for number, word in enumerate(self._words):
            self._at[word].append(number)

    def find(self, words: str, after: int) -> list[Span]:
        """Where the words stand from `after` on, letter case, kind of mark and punctuation aside, in order."""
        if not self._places:
            self._index()
        wanted = [_fold(words[start:end]) for start, end in _split(words, 0)]
        return [
            self._article.span(self._places[first][0], self._places[first + len(wanted) - 1][1])
            for first in (self._at[wanted[0]] if wanted else ())
            if self._words[first : first + len(wanted)] == wanted and self._places[first][0] >= after
        ]

    def find_quoted(self, words: str, after: int) -> Span | None:
        """The first place in quotation marks; where there is none, the first."""
        found = self.find(words, after)
        quoted = (span for span in found if next(self._quoted.holding(span.start, span.end), False))
        return next(quoted, next(iter(found), None))


def _split(text: str, offset: int) -> Iterator[tuple[int, int]]:
    for start, end in find_words(text):
        for part in _PART.finditer(text, start, end):
            yield offset + part.start(), offset + part.end()


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'").replace("‘", "'").removesuffix("'s")


def _find_quotations(article: Article, marks: Marks, tops: Sequence[Top], words: _Words) -> Iterator[_Found]:
    for top in tops:
        for start, end in _quoted_in(article, marks, top):
            place = article.span(start, end)
            found = words.find_quoted(place.text, top.body)
            yield _Found("quotation", top, place, (found,) if found else (), certain=True)


def _quoted_in(article: Article, marks: Marks, top: Top) -> Iterator[tuple[int, int]]:
    for stretch in marks.stretches:
        for start, end in stretch.inner:
            words = find_words(article.text[start:end])
            if words and top.holds(article.span(start, end)):
                yield start + words[0][0], start + words[-1][1]


def _find_actors(actors: Sequence[Actor], tops: Sequence[Top], article: Article, words: _Words) -> Iterator[_Found]:
    """Who is meant by more than a pronoun; carried by the first name in the body, else by the first mention."""
    body = Ranges((zone.start, zone.end, zone) for zone in article.body)
    for top in tops:
        for actor in actors:
            mine = [mention for mention in actor.mentions if mention.form != "pronoun" and top.holds(mention)]
            if not mine:
                continue
            later = [mention for mention in actor.mentions if mention.start >= top.body and _holds(body, mention)]
            named = [mention for mention in later if mention.form in _NAMED]
            by_name = next((mention for mention in mine if mention.form in _NAMED), None)
            carried = tuple(article.span(mention.start, mention.end) for mention in (named or later)[:1])
            certain = by_name is not None and bool(named or not later)
            if by_name is not None and not later:
                surname = by_name.text.split()[-1] if actor.kind == "person" else by_name.text
                carried = tuple(words.find(surname, top.body)[:1])
                certain = not carried
            place = article.span(mine[0].start, mine[0].end)
            yield _Found("actor", top, place, carried, certain)


def _holds(body: Ranges[Zone], mention: Mention) -> bool:
    return next(body.holding(mention.start, mention.end), None) is not None


def _find_numbers(doc: Doc, article: Article, tops: Sequence[Top]) -> Iterator[_Found]:
    numbers = list(find_numbers(doc))
    starts = [number.start for number in numbers]
    for top in tops:
        body = numbers[bisect_left(starts, top.body) :]
        for zone in top.zones:
            for number in numbers[bisect_left(starts, zone.start) : bisect_left(starts, zone.end)]:
                carrier, certain = _carry(number, body)
                carried = (article.span(carrier.start, carrier.end),) if carrier else ()
                yield _Found("number", top, article.span(number.start, number.end), carried, certain)


def _carry(number: Number, body: Sequence[Number]) -> tuple[Number | None, bool]:
    """The number in the body that is the same, one that counts the same first; else one that is near. A small count of
    something else is another number, for sure where it is a few."""
    same = [other for other in body if number.equals(other)]
    alike = [other for other in same if other.noun == number.noun]
    if alike or (same and number.is_rare):
        return (alike or same)[0], True
    unclear = [other for other in same if number.value >= _SMALL or not (number.noun and other.noun)]
    near = [other for other in body if number.is_near(other)]
    found = next(iter((*unclear, *near)), None)
    return found, found is None and not (same and number.value >= _FEW)
