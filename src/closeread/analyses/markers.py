"""Words that set how firmly something is said: hedges, factive and assertive verbs, intensifiers.

The words are those of `lexicons/markers.tsv`. A verb counts only with the clause that it is about, a word that could be
something else only as the part of speech in the list. Source of the kinds: Recasens, Danescu-Niculescu-Mizil and
Jurafsky (2013), "Linguistic Models for Analyzing and Detecting Biased Language", ACL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.innermost import Innermost
from closeread.analyses.phrases import match_words
from closeread.analyses.voices import Voices
from closeread.article import Article
from closeread.findings import Marker, MarkerKind
from closeread.lexicons.firmness import index_markers
from closeread.lexicons.rows import MarkerWord

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
# `about 30`, `around a dozen`
_NOT = frozenset({"not", "n't", "n’t"})
# `so far` counts time, `could not` is mostly about what somebody was able to do.
_OTHER = frozenset({("so", "far"), *(("could", word) for word in _NOT)})
_COUNTS = frozenset({"dozen", "hundred", "thousand", "million", "billion", "half"})


@dataclass(frozen=True, slots=True)
class _Match:
    first: Token
    last: Token
    marker: MarkerWord


def find_markers(doc: Doc, article: Article, voices: Voices, innermost: Innermost) -> tuple[Marker, ...]:
    """The markers in the order of the text, none overlapping, the longer one first. Ids are `m1`, `m2`, ..."""
    found = []
    for number, match in enumerate(_find(doc), 1):
        place = article.span(match.first.idx, match.last.idx + len(match.last))
        voice, attribution = voices.voice_at(place.start), innermost.attribution_at(place.start)
        kind = match.marker.kind
        found.append(Marker(f"m{number}", kind, place, voice, attribution, _rule(kind)))
    return tuple(found)


def _rule(kind: MarkerKind) -> str:
    match kind:
        case "hedge":
            return "markers.hedge"
        case "factive":
            return "markers.factive"
        case "assertive":
            return "markers.assertive"
        case "intensifier":
            return "markers.intensifier"


def _find(doc: Doc) -> Iterator[_Match]:
    index, end = index_markers(), 0
    for token in doc:
        if token.i < end:
            continue
        entries = index.get(token.lower_, ()) or index.get(token.lemma_.lower(), ())
        match = next((match for entry in entries if (match := _match(token, entry))), None)
        if match is not None:
            end = match.last.i + 1
            yield match


def _match(token: Token, entry: MarkerWord) -> _Match | None:
    last = match_words(token, entry.words, entry.part)
    return _Match(token, last, entry) if last is not None and _has_need(token, last, entry) else None


def _has_need(token: Token, last: Token, entry: MarkerWord) -> bool:
    following = last.nbor() if last.i + 1 < len(last.doc) else None
    if following is not None and (token.lower_, following.lower_) in _OTHER:
        return False
    match entry.needs:
        case "clause":
            return any(child.dep_ in _CLAUSES for child in token.children)
        case "number":
            return following is not None and _is_number(following)
        case "quality":
            return token.head != token and token.head.i > token.i and token.head.pos_ in ("ADJ", "ADV")
        case "comparative":
            return following is not None and following.tag_ in ("JJR", "RBR")
        case None:
            return True


def _is_number(token: Token) -> bool:
    if token.lower_ == "a" and token.i + 1 < len(token.doc):
        token = token.nbor()
    return token.like_num or token.is_currency or token.lower_.removesuffix("s") in _COUNTS
