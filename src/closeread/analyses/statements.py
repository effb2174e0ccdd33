"""The statements of an article: clauses that say something, each in one voice, before kind and ground are known.

A sentence holds one statement for its main clause and one for each clause that says something of its own: a
coordinated clause with a subject of its own, a relative clause after a comma, a clause under `although` and the like,
and every clause that an attribution gives as its content. The words around a content (`the mayor said`) are
no statement. What hangs on a clause without being one of these (`because the bridge fell`) is part of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.innermost import Innermost
from closeread.analyses.ranges import Ranges
from closeread.analyses.voices import Voices
from closeread.article import Article, Span, find_words
from closeread.findings import Attribution, Voice
from closeread.lexicons import index_cue_verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ZONES = frozenset({"headline", "body"})
_CLAUSAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_CONTRASTS = frozenset({"although", "though", "while", "whereas"})
_BORDERS = frozenset({"CCONJ", "PUNCT", "SPACE", "SYM"})
_MOVED = frozenset({"ccomp", "parataxis"})
_KEPT = frozenset("$£€#%")


@dataclass(frozen=True, slots=True)
class Part:
    """A statement before it is a finding. `head` is its predicate, None for words in marks that are no clause;
    `tokens` are its own words, in order, without those of statements inside it."""

    place: Span
    head: Token | None
    tokens: tuple[Token, ...]
    voice: Voice
    attribution: str | None


def find_parts(
    doc: Doc, article: Article, attributions: Sequence[Attribution], *, voices: Voices, innermost: Innermost
) -> tuple[Part, ...]:
    """In the order of the text, of headline and body. Linear in its length."""
    splitter = _Splitter(doc, attributions, innermost)
    parts = [
        Part(article.span(*_border(tokens)), head, tuple(tokens), voices.voice_at(head.idx), said_by)
        for head, said_by, tokens in splitter.split()
        if (zone := article.zone_at(head.idx)) is not None and zone.kind in ZONES
    ]
    found = {part.attribution for part in parts}
    parts += _without_clause(article, [each for each in attributions if each.id not in found], voices)
    return tuple(sorted(parts, key=lambda part: (part.place.start, -part.place.end)))


def _without_clause(article: Article, attributions: Sequence[Attribution], voices: Voices) -> Iterator[Part]:
    """Contents in marks that hold no clause: `a disgrace`."""
    for attribution in attributions:
        content = attribution.contents[0]
        if attribution.mode == "indirect" or len(find_words(content.text)) < 2:
            continue
        yield Part(content, None, (), voices.voice_at((content.start + content.end) // 2), attribution.id)


class _Splitter:
    def __init__(self, doc: Doc, attributions: Sequence[Attribution], innermost: Innermost) -> None:
        self.doc = doc
        self.said_by = [innermost.attribution_at(token.idx) for token in doc]
        self._pass_on(attributions)
        self.cues = _cue_words(doc, attributions)
        self.fragments = Ranges((c.start, c.end, number) for number, c in enumerate(_contents(attributions)))

    def _pass_on(self, attributions: Sequence[Attribution]) -> None:
        """The words of a content without a clause or marks (`criticised the plan`) belong to the clause of its cue."""
        told = {self.said_by[token.i] for token in self.doc if self._is_head(token)}
        things = {each.id: each.within for each in attributions if each.mode == "indirect" and each.id not in told}
        self.said_by = [things.get(said, said) if said else None for said in self.said_by]

    def split(self) -> Iterator[tuple[Token, str | None, list[Token]]]:
        """Head, attribution and own words of each statement."""
        for sentence in self.doc.sents:
            heads = {token.i for token in sentence if self._is_head(token)}
            told = {self.said_by[at] for at in heads}
            heads -= {at for at in heads if at in self.cues and self.cues[at] & told}
            owned = defaultdict[int, list["Token"]](list)
            for token in sentence:
                owner = self._owner(token, heads)
                if owner is not None:
                    owned[owner].append(token)
            for at in sorted(heads):
                if words := _trim(owned[at]):
                    yield self.doc[at], self.said_by[at], words

    def _is_head(self, token: Token) -> bool:
        if token.pos_ not in _CLAUSAL or self._only_says(token):
            return False
        above = token.head
        if above == token:
            return True
        if self.said_by[token.i] is not None and self.said_by[token.i] != self.said_by[above.i]:
            return _is_clause(token) and token.dep_ not in ("amod", "compound", "aux", "auxpass")
        if self.said_by[token.i] != self.said_by[above.i]:
            return token.dep_ in (*_MOVED, "conj") and _has_subject(token)
        return _says_more(token)

    def _only_says(self, verb: Token) -> bool:
        """Whether a verb of saying stands outside the clause that it leads to or interrupts; the encoder may have found
        another word as its cue."""
        if verb.lemma_.lower() not in index_cue_verbs():
            return False
        around = [child for child in verb.children if child.dep_ in _MOVED]
        around += [verb.head] if verb.dep_ in _MOVED else []
        return any(self.said_by[other.i] not in (None, self.said_by[verb.i]) for other in around)

    def _owner(self, token: Token, heads: set[int]) -> int | None:
        """The nearest head above, where it is said by the same and in the same stretch."""
        owner = token
        while owner.i not in heads:
            if owner.head == owner:
                return None
            owner = owner.head
        same = self.said_by[owner.i] == self.said_by[token.i] and self._fragment(owner) == self._fragment(token)
        return owner.i if same else None

    def _fragment(self, token: Token) -> int | None:
        if self.said_by[token.i] is None:
            return None
        return next(self.fragments.holding(token.idx, token.idx + 1), None)


def _contents(attributions: Sequence[Attribution]) -> Iterator[Span]:
    for attribution in attributions:
        yield from attribution.contents


def _cue_words(doc: Doc, attributions: Sequence[Attribution]) -> dict[int, set[str | None]]:
    """The attributions of which each word is the cue."""
    starts = [token.idx for token in doc]
    words = defaultdict[int, set[str | None]](set)
    for attribution in attributions:
        if attribution.cue is not None:
            first = max(bisect_right(starts, attribution.cue.start) - 1, 0)
            for at in range(first, bisect_right(starts, attribution.cue.end - 1)):
                words[at].add(attribution.id)
    return words


def _says_more(token: Token) -> bool:
    """Whether a clause below another, in the same voice, says something of its own."""
    match token.dep_:
        case "conj" | "parataxis":
            return _has_subject(token)
        case "ccomp":  # two clauses that only a comma or a dash parts
            return _has_subject(token) and token.i < token.head.i and not _is_marked(token)
        case "advcl":
            marks = {child.lower_ for child in token.lefts if child.dep_ in ("mark", "advmod")}
            return bool(marks & _CONTRASTS) and _has_subject(token)
        case "relcl":
            first = token.left_edge
            return first.i > 0 and first.nbor(-1).text in (",", "–", "—", "--") and _has_subject(token)
        case _:
            return False


def _is_marked(token: Token) -> bool:
    return any(child.dep_ == "mark" for child in token.lefts)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in token.children)


def _is_clause(token: Token) -> bool:
    """A verb with a subject, a finite one, or an infinitive with words of its own."""
    if _has_subject(token) or token.tag_ in _FINITE:
        return True
    return token.tag_ == "VB" and any(child.pos_ != "PUNCT" for child in token.rights)


def _trim(tokens: list[Token]) -> list[Token]:
    """Without conjunctions and punctuation at the borders; empty where fewer than two words are left."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].pos_ in _BORDERS and tokens[first].text not in _KEPT:
        first += 1
    while last > first and tokens[last - 1].pos_ in _BORDERS and tokens[last - 1].text not in _KEPT:
        last -= 1
    inner = tokens[first:last]
    return inner if sum(token.pos_ not in _BORDERS for token in inner) > 1 else []


def _border(tokens: Sequence[Token]) -> tuple[int, int]:
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])
