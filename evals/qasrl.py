"""QA-SRL: who did it and what was it done to, for every verb that people asked about.

Question filter. *Agent*: an active question in which who or what is the subject (`Who attacked something?`), or a
passive one that ends in by (`Who was something attacked by?`). *Patient*: a passive question in which who or what is
the subject (`What was attacked?`), or an active one that has a subject and in which who or what is the object (no
other object, no preposition: `What did someone attack?`). All others (when, where, why, how) are left out.

A role of a verb is in the gold where a question that passes has an answer. A prediction is one range of tokens; it is
right where its IoU with any answer to any question of that role of that verb is at least .5. Precision is the right
ones over the roles predicted for verbs about which anything was asked, recall over the roles in the gold.

A question cannot tell a subject that acts from one that undergoes (`What collapsed?`): the subject of an active verb
counts as agent here, whatever the verb.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from closeread.analyses.arguments import find_arguments, find_phrase
from closeread.parsing import annotate, load_model
from evals.attribution_scores import Tally
from evals.intervals import percentiles, rates, resample, to_number
from evals.polnear_corpus import CorpusError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]
Role = Literal["agent", "patient"]
ROLES: tuple[Role, ...] = ("agent", "patient")
# From a verb to the ranges of tokens that it predicts.
System = Callable[["Token"], Mapping[Role, Range]]

LEAST_IOU = 0.5
_MARKS = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb that people asked about, and the answers to what passes the filter."""

    verb: int
    answers: Mapping[Role, frozenset[Range]]


@dataclass(frozen=True, slots=True)
class Sentence:
    name: str
    tokens: tuple[str, ...]
    asked: tuple[Asked, ...]


def load_sentences(folder: Path, corpus: str, split: str) -> list[Sentence]:
    """The sentences with a question, in the order of the file. Raises CorpusError where a file is not there."""
    tokens = {row["qasrl_id"]: tuple(row["tokens"].split()) for row in _rows(folder / f"{corpus}.{split}.full.csv")}
    answers: dict[str, dict[int, dict[Role, set[Range]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for row in _rows(folder / f"{corpus}.{split}.gold.csv"):
        verb = answers[row["qasrl_id"]][int(row["verb_idx"])]
        role = to_role(row)
        if role:
            verb[role].update(_to_ranges(row["answer_range"]))
    return [Sentence(name, words, _to_asked(answers[name])) for name, words in tokens.items() if name in answers]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise CorpusError(f"{path.parent} does not hold QA-SRL: there is no {path.name}")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _to_asked(verbs: Mapping[int, Mapping[Role, set[Range]]]) -> tuple[Asked, ...]:
    return tuple(Asked(verb, {role: frozenset(found) for role, found in verbs[verb].items()}) for verb in sorted(verbs))


def _to_ranges(cell: str) -> Iterator[Range]:
    for part in cell.split("~!~"):
        start, _, end = part.partition(":")
        yield int(start), int(end)


def to_role(question: Mapping[str, str]) -> Role | None:
    """The role that a question asks for, None where it does not pass the filter. See the top of this file."""
    if question["wh"].lower() not in ("who", "what"):
        return None
    passive, has_subject = question["is_passive"] == "True", bool(question["subj"])
    if not has_subject:
        return "patient" if passive else "agent"
    if passive:
        return "agent" if question["prep"] == "by" and not question["obj2"] else None
    return None if question["obj"] or question["obj2"] or question["prep"] else "patient"


def read_roles(verb: Token) -> dict[Role, Range]:
    """What closeread says of a verb."""
    found = find_arguments(verb)
    heads: dict[Role, Token | None] = {"agent": found.subject, "patient": found.object}
    return {role: find_phrase(head, verb) for role, head in heads.items() if head is not None}


def read_subtrees(verb: Token) -> dict[Role, Range]:
    """The baseline: all that stands below the subject of an active verb, its object or the subject of a passive."""
    wanted: dict[str, Role] = {"nsubj": "agent", "dobj": "patient", "nsubjpass": "patient"}
    found = ((wanted.get(child.dep_), child) for child in verb.children)
    return {role: (child.left_edge.i, child.right_edge.i + 1) for role, child in found if role}


SYSTEMS: Mapping[str, System] = {"closeread": read_roles, "subtrees": read_subtrees}


def to_doc(sentence: Sentence) -> Doc:
    """The sentence parsed over its own tokens."""
    from spacy.tokens import Doc

    nlp = load_model()[0]
    return annotate(nlp, Doc(nlp.vocab, words=[_MARKS.get(token, token) for token in sentence.tokens]))


def iou(one: Range, other: Range) -> float:
    shared = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)


def is_right(predicted: Range, answers: Iterable[Range]) -> bool:
    return any(iou(predicted, answer) >= LEAST_IOU for answer in answers)


def count(asked: Asked, predicted: Mapping[Role, Range]) -> dict[Role, Tally]:
    """Per role: predicted, right, gold and found, each 0 or 1 for one verb."""
    tallies = {}
    for role in ROLES:
        answers = asked.answers.get(role, frozenset())
        right = int(role in predicted and is_right(predicted[role], answers))
        tallies[role] = Tally(int(role in predicted), right, int(bool(answers)), right)
    return tallies


def evaluate(sentences: Sequence[Sentence]) -> dict[str, Any]:
    """F1 with intervals (bootstrap by sentence) of closeread and of the baseline, on the same parses."""
    tallies: dict[str, list[dict[str, Tally]]] = {name: [] for name in SYSTEMS}
    for sentence in sentences:
        doc = to_doc(sentence)
        for name, system in SYSTEMS.items():
            tallies[name].append(_total(sentence, doc, system))
    verbs = sum(len(sentence.asked) for sentence in sentences)
    filters = (__doc__ or "").split("\n\n")[1].replace("\n", " ")
    return {
        "sentences": len(sentences),
        "verbs": verbs,
        "filter": filters,
        **{n: _report(t) for n, t in tallies.items()},
    }


def _total(sentence: Sentence, doc: Doc, system: System) -> dict[str, Tally]:
    total: dict[str, Tally] = {role: Tally() for role in ROLES}
    for asked in sentence.asked:
        for role, tally in count(asked, system(doc[asked.verb])).items():
            total[role] = total[role] + tally
    return total


def _report(tallies: Sequence[Mapping[str, Tally]]) -> dict[str, Any]:
    samples = rates(resample(tallies, ROLES))
    report: dict[str, Any] = {}
    for number, role in enumerate(ROLES):
        total = sum((each[role] for each in tallies), Tally())
        figures = rates(np.array(astuple(total), dtype=float))
        report[role] = {name: to_number(value) for name, value in figures.items()}
        report[role] |= {"ci": percentiles(samples["f1"][:, number]), "predicted": total.predicted, "gold": total.gold}
    return report
