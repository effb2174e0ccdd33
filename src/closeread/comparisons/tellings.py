"""What a stretch of a text tells, term by term: words, names, numbers and times, each with the keys by which it meets
its like in another text, and whether it is said to be so or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from closeread.article import Span
from closeread.comparisons.names import is_name
from closeread.comparisons.quantities import Moment, Quantity, read_moments, read_quantities
from closeread.comparisons.units import Unit
from closeread.comparisons.word_keys import find_lemmas, find_meanings, to_stem
from closeread.comparisons.wording import Wording, find_keys, read_original, sentences_of
from closeread.findings import Actor, ActorKind, Clause, Mention, Reading, Statement
from closeread.lexicons.known_phrases import index_small_words
from closeread.lexicons.quotation_words import load_risk_words
from closeread.lexicons.senses import index_same_words

TermKind = Literal["word", "actor", "pronoun", "name", "number", "moment"]

_NAMED = frozenset({"full-name", "part-of-name", "alias", "acronym", "demonym", "metonym"})
# A denial reaches so many units, and in them so many terms (`did not act on the warning`).
_REACH, _DENIED, _CLOSE = 6, 2, 3
_STOPS = frozenset({"but", "who", "which", "because", "although", "while", "and", "or", "if", "that"})
_PAUSES = frozenset(".;:!?,")
_OF_SPEECH = frozenset({"say", "tell", "accord"})
_OWNER = "'s"
_GENERAL = frozenset({"mr", "mrs", "ms", "dr"})


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is told. `key` is its own key, `keys` all of them; `unit` the index of its first unit."""

    kind: TermKind
    start: int
    end: int
    key: str
    keys: frozenset[str]
    unit: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """The terms, amounts and moments of a stretch from `start` to `end`, in the order of the text."""

    start: int
    end: int
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]


class Teller:
    """One reading made ready: asked for what any stretch of it tells. `shared` names its actors across the texts."""

    def __init__(self, reading: Reading, shared: Mapping[str, str]) -> None:
        self.reading, self.text = reading, reading.article.text
        self._shared = shared
        self.wording = read_original(self.text)
        self._starts = [unit.start for unit in self.wording.units]
        verbs = frozenset(clause.predicate.start for clause in reading.clauses)
        self._quantities = read_quantities(self.wording, verbs)
        self._moments = read_moments(self.wording)
        self.terms = self._find_terms()
        self._at = [term.start for term in self.terms]

    def tell(self, start: int, end: int) -> Telling:
        terms = self.terms[bisect_left(self._at, start) : bisect_left(self._at, end)]
        return Telling(
            start,
            end,
            tuple(terms),
            tuple(each for each in self._quantities if start <= each.start < end),
            tuple(each for each in self._moments if start <= each.start < end),
        )

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of headline, captions and body, in order, without the blanks after them."""
        found = []
        for zone in self.reading.article.zones:
            if zone.kind in ("headline", "body", "caption"):
                found += list(self._sentences_in(zone))
        return tuple(found)

    def _sentences_in(self, zone: Span) -> Iterator[Span]:
        sentences, at = sentences_of(self.text), zone.start
        while at < zone.end:
            end = min(sentences.at(at)[1], zone.end)
            words = self.text[at:end].rstrip()
            if words:
                yield Span(at, at + len(words), words)
            at = end

    def sentence_at(self, offset: int) -> Span | None:
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def clauses_in(self, start: int, end: int) -> list[Clause]:
        return [clause for clause in self.reading.clauses if start <= clause.predicate.start < end]

    def statements_in(self, start: int, end: int) -> list[Statement]:
        return [each for each in self.reading.statements if start <= each.place.start and each.place.end <= end]

    def span(self, start: int, end: int) -> Span:
        return self.reading.article.span(start, end)

    def kind_of(self, term: Term) -> ActorKind | None:
        return self._kinds.get(term.start)

    @cached_property
    def _kinds(self) -> dict[int, ActorKind]:
        return {mention.start: actor.kind for actor in self.reading.actors for mention in actor.mentions}

    def units_in(self, start: int, end: int) -> Sequence[Unit]:
        return self.wording.units[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _find_terms(self) -> list[Term]:
        denied = _find_denied(self.wording)
        taken = self._taken()
        terms: list[Term] = []
        for at, unit in enumerate(self.wording.units):
            term = taken.get(at) or self._to_term(at, unit)
            if term is not None and not (terms and terms[-1].end > term.start):
                terms.append(replace(term, negated=at in denied))
        return terms

    def _taken(self) -> dict[int, Term]:
        """The terms of more than one unit, or of other keys than those of the word, by their first unit."""
        found: dict[int, Term] = {}
        for actor in self.reading.actors:
            shared = self._shared.get(actor.id, f"{self.reading.article.id}:{actor.id}")
            names = _name_keys(actor)
            for mention in actor.mentions:
                at, words = self._mention_keys(mention, person=actor.kind == "person")
                if at is not None:
                    head, whole = self.wording.units[at], mention.form in _NAMED
                    start, end = (mention.start, max(mention.end, head.end)) if whole else (head.start, head.end)
                    kind: TermKind = "pronoun" if mention.form == "pronoun" else "actor"
                    keys = frozenset({f"@{shared}", *names, *words})
                    found[at] = Term(kind, start, end, f"@{shared}", keys, at)
        for quantity in self._quantities:
            if quantity.key == "number:1" and not quantity.counts:
                continue  # `no one`, `one of them`
            keys = frozenset({quantity.key})
            found[quantity.unit] = Term("number", quantity.start, quantity.end, quantity.key, keys, quantity.unit)
        for moment in self._moments:
            for key, unit in moment.keys:
                place = self.wording.units[unit]
                found[unit] = Term("moment", place.start, place.end, key, frozenset({key}), unit)
        return found

    def _mention_keys(self, mention: Mention, *, person: bool) -> tuple[int | None, tuple[str, ...]]:
        """The unit at which the mention stands, and the keys of its head; of the name of a person those of the last
        word, of other names those of all words."""
        first = bisect_left(self._starts, mention.start)
        last = bisect_left(self._starts, mention.end) - 1
        if first > last:
            return None, ()
        words = [self.wording.units[at].key for at in range(first, last + 1)]
        if mention.form == "pronoun":
            return first, ()
        if mention.form in _NAMED:
            named = [word.removesuffix("'s") for word in words if word not in index_small_words()]
            names = named[-1:] if person else named
            return first, (*(f"name:{word}" for word in names), *_keys_of(words[-1].removesuffix("'s")))
        head = _head(words)
        return first + head, _keys_of(words[head])

    def _to_term(self, at: int, unit: Unit) -> Term | None:
        word = unit.key.removesuffix("'s")
        if not word[:1].isalpha() or word in _GENERAL:
            return None
        surface = self.text[unit.start : unit.end]
        if surface[:1].isupper() and is_name(self.wording, unit, sentences_of(self.text).at(unit.start)[0]):
            return Term("name", unit.start, unit.end, f"name:{word}", frozenset({f"name:{word}", *_keys_of(word)}), at)
        lemmas = find_lemmas(word)
        if word in index_small_words() or len(word) < 2 or word == "one" or _OF_SPEECH & set(lemmas):
            return None
        first = (f"name:{word}",) if surface[:1].isupper() else ()  # at the beginning of a sentence it may be a name
        keys = frozenset((*first, *_keys_of(word), *self._joint_meanings(at, lemmas)))
        return Term("word", unit.start, unit.end, f"stem:{to_stem(word)}", keys, at)

    def _joint_meanings(self, at: int, lemmas: Sequence[str]) -> Iterator[str]:
        """What a verb means with the word behind it: `lost their lives`, `stepped down`."""
        for unit in self.wording.units[at + 1 : at + 4]:
            for one in lemmas:
                for other in find_lemmas(unit.key):
                    row = index_same_words().get((f"{one} {other}", "verb"))
                    if row is not None:
                        yield f"verb:{row.words[0]}"


def _name_keys(actor: Actor) -> tuple[str, ...]:
    """Those of the name of an actor that is named at all: of a person the last word, of others all."""
    if not any(mention.form in _NAMED for mention in actor.mentions):
        return ()
    words = [word for name in actor.name.split() for word in find_keys(name) if word not in index_small_words()]
    return tuple(f"name:{word.removesuffix(_OWNER)}" for word in (words[-1:] if actor.kind == "person" else words))


def count_denials(teller: Teller, start: int, end: int) -> int:
    """How many words of denial stand between two offsets, and right before them in the same sentence."""
    units = teller.wording.units
    first, last = (bisect_left(units, at, key=lambda unit: unit.start) for at in (start, end))
    begin = bisect_left(units, sentences_of(teller.text).at(start)[0], key=lambda unit: unit.start)
    return sum(_denies(teller.wording, at, units[at].key) for at in range(max(first - _CLOSE, begin), last))


def _keys_of(word: str) -> tuple[str, ...]:
    return (f"stem:{to_stem(word)}", *find_meanings(word))


def _head(words: Sequence[str]) -> int:
    """The index of the head of a description: the last word before a preposition."""
    for at, word in enumerate(words):
        if at and word in ("of", "in", "at", "from", "for", "who", "that", "which", "with", "on"):
            return at - 1
    return len(words) - 1


def _find_denied(wording: Wording) -> frozenset[int]:
    """The units that a denial before them reaches: `not`, `nobody`, and `refused to`, `denied that`."""
    denied = set[int]()
    for at, unit in enumerate(wording.units):
        if _denies(wording, at, unit.key):
            denied ^= set(_reach(wording, at))
    return frozenset(denied)


def _reach(wording: Wording, at: int) -> Iterator[int]:
    """The next terms after a word of denial."""
    left, first = _DENIED, at + 1
    if first < len(wording.units) and wording.units[first].key == "that":
        first += 1
    for after in range(first, min(at + 1 + _REACH, len(wording.units))):
        between = wording.text[wording.units[after - 1].end : wording.units[after].start]
        key = wording.units[after].key
        if left == 0 or _PAUSES & set(between) or key in _STOPS:
            return
        if key not in index_small_words() and not wording.units[after].number:
            left -= 1
            yield after


@cache
def _load_denials() -> tuple[frozenset[str], frozenset[str]]:
    """Single words that deny, and those that refuse where a verb follows."""
    kinds = ("negation", "refusal")
    denials, refusals = (frozenset(row.words for row in load_risk_words() if row.kind == kind) for kind in kinds)
    return denials, refusals


def _denies(wording: Wording, at: int, key: str) -> bool:
    units = wording.units
    following = units[at + 1].key if at + 1 < len(units) else ""
    denials, refusals = _load_denials()
    if key in denials:
        return following not in ("only", "doubt", "sooner")
    return key in refusals and (following in ("to", "that") or following.endswith("ing"))
