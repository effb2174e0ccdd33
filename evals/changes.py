"""Which findings a change gained and lost: every span that is right, false or missed, kept and compared by place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from evals.attribution_scores import Attributed, Sets, Tokens, Words, to_sets
from evals.polnear import Output
from evals.polnear_corpus import Document

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """One span of a role in a document: found and gold (`right`), found only (`false`) or gold only (`missed`).

    It holds offsets and no words, since the words belong to the corpus."""

    document: str
    start: int
    end: int
    role: str
    verdict: Literal["right", "false", "missed"]


def list_verdicts(output: Output) -> list[Verdict]:
    """Every span of every document, in the order of documents and places."""
    pairs = zip(output.documents, output.found, strict=True)
    return sorted(verdict for document, found in pairs for verdict in _judge(document, found))


def _judge(document: Document, predicted: Iterable[Attributed]) -> Iterator[Verdict]:
    tokens = Tokens(document.text)
    found, gold = to_sets(tokens, predicted), to_sets(tokens, document.gold)
    for role in ROLES:
        one, other = _spans(found, role), _spans(gold, role)
        for words in one | other:
            verdict: Literal["right", "false", "missed"] = "missed" if words not in one else "false"
            start, end = tokens.range_of(words)
            yield Verdict(document.name, start, end, role, "right" if words in one & other else verdict)


def _spans(attributions: Iterable[Sets], role: str) -> set[Words]:
    if role == "content":
        return {words for each in attributions for words in each.fragments}
    return {each.source if role == "source" else each.cue for each in attributions} - {frozenset()}


def save_verdicts(path: Path, verdicts: Iterable[Verdict]) -> None:
    """One JSON object per line."""
    path.write_text("".join(json.dumps(asdict(verdict)) + "\n" for verdict in verdicts), encoding="utf-8")


def load_verdicts(path: Path) -> list[Verdict]:
    return [Verdict(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def compare(before: Iterable[Verdict], after: Iterable[Verdict], documents: Sequence[Document]) -> list[str]:
    """One line per finding, right or false, that came (`+`) or went (`-`), in the order of the text."""
    texts = {document.name: document.text for document in documents}
    old = {verdict for verdict in before if verdict.verdict != "missed"}
    new = {verdict for verdict in after if verdict.verdict != "missed"}
    moved = sorted([(verdict, "+") for verdict in new - old] + [(verdict, "-") for verdict in old - new])
    return [_line(verdict, sign, texts) for verdict, sign in moved if verdict.document in texts]


def _line(verdict: Verdict, sign: str, texts: dict[str, str]) -> str:
    words = " ".join(texts[verdict.document][verdict.start : verdict.end].split())
    place = f"{verdict.document} {verdict.start}-{verdict.end}"
    return f"{sign} {verdict.verdict:<6} {verdict.role:<7} {place}: {words}"
