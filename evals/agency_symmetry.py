"""Symmetry of agency: two actors of a kind change places in a sentence; do the clauses come back with them swapped?

Sentences of QA-SRL that name two different actors of one kind (persons, places, organisations, peoples, as the parser
labels them) are read as they are and with the two swapped. A name counts as one word. A finding is the same where
predicate, form, roles, negation and modality are the same, the swapped names in the place of each other. Beside it,
the same for the subjects and objects of the parse alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeread.findings import Clause
from closeread.intake import load_text
from closeread.marks import find_marks
from closeread.parsing import load_model, parse
from closeread.reading import read_text
from evals.attribution_scores import Range
from evals.intervals import DIGITS, wilson
from evals.qasrl import Sentence
from evals.symmetry import place_words

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS = {"PERSON": "person", "GPE": "place", "ORG": "organisation", "NORP": "people"}
_ARCS = frozenset({"nsubj", "nsubjpass", "dobj"})
_CLOSE = re.compile(r" (?=[,.;:?!)%]|['’]s\b|n['’]t\b|['’](?: |$))|(?<=\() ")

# Any number of these from one text: each stands for a finding, the same on both sides where nothing changed.
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A sentence before and after two names changed places, with the places of the names in each."""

    kind: str
    before: str
    after: str
    names_before: tuple[Range, ...]
    names_after: tuple[Range, ...]


def to_text(tokens: Sequence[str]) -> str:
    """Tokens joined as in print."""
    return _CLOSE.sub("", " ".join(tokens).replace("`` ", "“").replace(" ''", "”"))


def find_exchanges(sentences: Iterable[Sentence]) -> list[Exchange]:
    """One for each sentence that has two names of a kind: the first two."""
    found = (find_exchange(to_text(sentence.tokens)) for sentence in sentences)
    return [exchange for exchange in found if exchange is not None]


def find_exchange(text: str) -> Exchange | None:
    article = load_text(text, source="sentence")
    names: dict[str, list[str]] = defaultdict(list)
    for entity in parse(article, find_marks(article)).ents:
        name = re.sub(r"^[Tt]he |['’]s?$", "", entity.text)
        if entity.label_ in KINDS and re.fullmatch(r"[A-Z][\w .-]*\w", name):
            names[entity.label_] += [name] * (name not in names[entity.label_])
    for label, (one, other, *_) in ((label, found) for label, found in names.items() if len(found) > 1):
        if one not in other and other not in one:
            return exchange_names(article.text, one, other, KINDS[label])
    return None


def exchange_names(text: str, one: str, other: str, kind: str) -> Exchange:
    partners, after, before_places, after_places, last = {one: other, other: one}, "", [], [], 0
    for found in re.finditer(rf"(?<!\w)(?:{re.escape(one)}|{re.escape(other)})(?!\w)", text):
        after += text[last : found.start()]
        before_places.append(found.span())
        after_places.append((len(after), len(after) + len(partners[found[0]])))
        after += partners[found[0]]
        last = found.end()
    return Exchange(kind, text, after + text[last:], tuple(before_places), tuple(after_places))


def find_clause_keys(text: str, names: Sequence[Range]) -> Counter[Key]:
    words = place_words(text, names)
    return Counter(_to_key(clause, words) for clause in read_text(text).clauses)


def _to_key(clause: Clause, words: Sequence[tuple[Range, int]]) -> Key:
    places = (clause.predicate, clause.agent, clause.patient, clause.recipient)
    ranges = tuple(None if place is None else _words((place.start, place.end), words) for place in places)
    return (*ranges, clause.form, clause.negated, clause.modality)


def find_arc_keys(text: str, names: Sequence[Range]) -> Counter[Key]:
    """Subjects and objects of the parser alone, names as they are: label, the word and its head."""
    words = place_words(text, names)
    arcs = (token for token in load_model()[0](text) if token.dep_ in _ARCS)
    return Counter((arc.dep_, _words(_range(arc), words), _words(_range(arc.head), words)) for arc in arcs)


def _range(token: Token) -> Range:
    return token.idx, token.idx + len(token)


def _words(place: Range, words: Sequence[tuple[Range, int]]) -> frozenset[int]:
    return frozenset(number for (start, end), number in words if start < place[1] and place[0] < end)


def measure(sentences: Iterable[Sentence]) -> dict[str, Any]:
    """Share of findings that come back, by kind of name and overall, and the same for the bare parse."""
    finders: dict[str, Callable[[str, Sequence[Range]], Counter[Key]]]
    finders = {"clauses": find_clause_keys, "bare_parse": find_arc_keys}
    tallies: dict[str, dict[str, Counter[bool]]] = {name: defaultdict(Counter) for name in finders}
    exchanges = find_exchanges(sentences)
    for exchange in exchanges:
        for name, find in finders.items():
            tallies[name][exchange.kind] += compare(
                find(exchange.before, exchange.names_before), find(exchange.after, exchange.names_after)
            )
    return {"sentences": len(exchanges), **{name: _report(by_kind) for name, by_kind in tallies.items()}}


def compare(before: Counter[Key], after: Counter[Key]) -> Counter[bool]:
    """Of the findings of the first, how many are in the second."""
    same = sum((before & after).values())
    return Counter({True: same, False: sum(before.values()) - same})


def _report(by_kind: dict[str, Counter[bool]]) -> dict[str, Any]:
    overall = sum(by_kind.values(), Counter[bool]())
    return {**_share(overall), "by_kind": {kind: _share(by_kind[kind]) for kind in sorted(by_kind)}}


def _share(counts: Counter[bool]) -> dict[str, Any]:
    n = counts[True] + counts[False]
    share = round(counts[True] / n, DIGITS) if n else None
    return {"n": n, "same": counts[True], "share": share, "ci": wilson(counts[True], n)}
