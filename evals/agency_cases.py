"""Clauses made by hand, with predicate, roles and form marked in them: `coded/clauses.txt` and `clauses_blind.txt`.

One clause a line after a heading `# class`: `[The army]agent did not [destroy]active+negated [the city]patient.`
A case is right where the clause at the marked predicate has the same form, negation and modality and the same roles:
each marked role has a phrase with the same head that shares at least half of the words (IoU), and no other role
has any. The head of a phrase is the word of it that the parser puts highest.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from closeread.article import find_words
from closeread.findings import Clause, ClauseForm, Participant
from closeread.marks import find_marks
from closeread.parsing import parse
from closeread.reading import read_text
from evals.intervals import wilson
from evals.polnear_corpus import CorpusError

SHEETS = {name: Path(__file__).parent / "coded" / f"{name}.txt" for name in ("clauses", "clauses_blind")}
ROLES = ("agent", "patient", "recipient")
FORMS: tuple[str, ...] = get_args(ClauseForm)
QUALITIES = ("negated", "possible", "hypothetical")
LEAST_IOU = 0.5
_PIECE = re.compile(r"\[(?P<text>[^\[\]]+)\](?P<label>[a-z-]+(?:\+[a-z]+)*)|[^\[\]]+|.")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClauseCase:
    """One line: its text, the place of the predicate, and what is marked."""

    kind: str
    text: str
    predicate: Range
    form: str
    qualities: frozenset[str]
    roles: Mapping[str, Range] = field(default_factory=dict)


def load_cases(path: Path) -> list[ClauseCase]:
    """All lines in order. Raises CorpusError where one is malformed."""
    cases, kind = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = line.removeprefix("#").strip()
        elif line.strip():
            cases.append(to_case(kind, line.strip()))
    return cases


def to_case(kind: str, line: str) -> ClauseCase:
    text, roles, predicates = "", dict[str, Range](), list[tuple[Range, str]]()
    for piece in _PIECE.finditer(line):
        words = piece["text"] or piece[0]
        place = (len(text), len(text) + len(words))
        if piece["label"] in ROLES:
            roles[piece["label"]] = place
        elif piece["label"]:
            predicates.append((place, piece["label"]))
        elif words in "[]":
            raise CorpusError(f"a bracket without a partner or label in {line!r}")
        text += words
    if len(predicates) != 1:
        raise CorpusError(f"{len(predicates)} predicates in {line!r}, expected one")
    form, *qualities = predicates[0][1].split("+")
    if form not in FORMS or not set(qualities) <= set(QUALITIES):
        raise CorpusError(f"unknown form or quality in {line!r}")
    return ClauseCase(kind, text, predicates[0][0], form, frozenset(qualities), roles)


def find_faults(case: ClauseCase) -> list[str]:
    """What is wrong in the reading of a case: empty where all is right."""
    reading = read_text(case.text)
    clause = next((each for each in reading.clauses if _overlap(_range(each.predicate), case.predicate)), None)
    if clause is None:
        return ["no clause"]
    heads = _Heads(case.text)
    faults = [role for role in ROLES if not _same(case.roles.get(role), getattr(clause, role), heads)]
    if clause.form != case.form:
        faults.append(f"form {clause.form}")
    return faults + [f"status {sorted(_qualities(clause))}"] * (_qualities(clause) != case.qualities)


def _qualities(clause: Clause) -> frozenset[str]:
    modality = set() if clause.modality == "asserted" else {clause.modality}
    return frozenset(modality | ({"negated"} if clause.negated else set()))


class _Heads:
    """The word of a phrase that stands highest in the parse of a text."""

    def __init__(self, text: str) -> None:
        from closeread.intake import load_text

        article = load_text(text, source="case")
        self._doc = parse(article, find_marks(article))

    def head(self, place: Range) -> int | None:
        inside = [token for token in self._doc if token.idx < place[1] and place[0] < token.idx + len(token)]
        tokens = {token.i for token in inside}
        return next((t.i for t in inside if t.head.i not in tokens or t.head is t), None)


def _range(span: Any) -> Range:
    return span.start, span.end


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _same(marked: Range | None, found: Participant | None, heads: _Heads) -> bool:
    if marked is None or found is None:
        return marked is None and found is None
    one, other = _words(heads, marked), _words(heads, _range(found))
    return heads.head(marked) == heads.head(_range(found)) and len(one & other) >= LEAST_IOU * len(one | other)


def _words(heads: _Heads, place: Range) -> frozenset[Range]:
    return frozenset(word for word in find_words(heads._doc.text) if _overlap(word, place))


def evaluate(paths: Mapping[str, Path] = SHEETS) -> dict[str, Any]:
    """Share right by class for each sheet that is there."""
    return {name: _report(load_cases(path)) for name, path in paths.items() if path.is_file()}


def _report(cases: Sequence[ClauseCase]) -> dict[str, Any]:
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    wrong = []
    for case in cases:
        faults = find_faults(case)
        right[case.kind][not faults] += 1
        if faults:
            wrong.append(f"{case.text} ({', '.join(faults)})")
    total = sum(right.values(), Counter[bool]())
    return {**_share(total), "by_class": {kind: _share(counts) for kind, counts in right.items()}, "wrong": wrong}


def _share(counts: Counter[bool]) -> dict[str, Any]:
    n = counts[True] + counts[False]
    return {
        "n": n,
        "right": counts[True],
        "share": round(counts[True] / n, 4) if n else None,
        "ci": wilson(counts[True], n),
    }
