"""Quotations against invented originals, class by class: `tests/cases/fidelity_*.txt`.

`# ORIGINAL NAME` begins an original; `@Full Name` before a paragraph says who speaks it, or what stands in its marks.
`# CASES NAME...` begins cases against these originals: a line `= class | kind: words; kind: words`, at most one line
`@Full Name` (to whom the quoting text gives the words), the quoting text, an empty line. A case is right where the
one quotation of three or more words has the class; what stands after `|` is scored apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from closeread.article import Article, Span, Zone
from closeread.comparisons.fidelity import Fidelity, FidelityKind, check_quotations
from closeread.findings import Actor, Attribution, Reading, Versions
from closeread.marks import find_marks
from evals.intervals import wilson
from evals.polnear_corpus import CorpusError

FOLDER = Path(__file__).parents[1] / "tests" / "cases"
CLASSES: tuple[str, ...] = get_args(FidelityKind)
FAITHFUL = frozenset({"verbatim", "typographic"})
NOBODY = Versions("0", "0", "none", "0", "0")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class FidelityCase:
    """One case: the originals by name, what quotes them, and what is expected."""

    name: str
    originals: tuple[Reading, ...]
    quoting: Reading
    expected: str
    shown: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _File:
    originals: dict[str, list[Paragraph]] = field(default_factory=dict)
    cases: list[tuple[int, tuple[str, ...], list[str]]] = field(default_factory=list)


def load_cases(path: Path) -> list[FidelityCase]:
    """All cases of a file in order. Raises CorpusError where one is malformed."""
    file = _read(path)
    readings = {name: to_reading(name, paragraphs) for name, paragraphs in file.originals.items()}
    return [_to_case(f"{path.stem}:{line}", names, lines, readings) for line, names, lines in file.cases]


def _read(path: Path) -> _File:
    file, names, original = _File(), tuple[str, ...](), ""
    for line, block in _blocks(path.read_text(encoding="utf-8")):
        if block[0].startswith("# "):
            kind, *rest = block.pop(0).removeprefix("# ").split()
            names, original = (tuple(rest), "") if kind == "CASES" else ((), rest[0])
            if kind == "ORIGINAL":
                file.originals[original] = []
            if not block:
                continue
        if original:
            speaker = block.pop(0)[1:].strip() if block[0].startswith("@") else None
            file.originals[original].append(Paragraph(" ".join(block), speaker))
        elif names and block[0].startswith("="):
            file.cases.append((line, names, block))
        else:
            raise CorpusError(f"{path.name}, line {line}: no case and no paragraph of an original: {block[0]!r}")
    return file


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The stretches of lines without an empty one between them, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield number - len(block), block
            block = []


def _to_case(name: str, names: Sequence[str], lines: list[str], readings: Mapping[str, Reading]) -> FidelityCase:
    expected, _, shown = lines[0].removeprefix("=").partition("|")
    speaker = lines[1][1:].strip() if lines[1].startswith("@") else None
    text = " ".join(lines[2 if speaker else 1 :])
    paragraphs = [Paragraph(part.strip(), speaker) for part in re.split(r"\s//(?:\s|$)", text)]
    if expected.strip() not in CLASSES:
        raise CorpusError(f"{name}: {expected.strip()!r} is none of {', '.join(CLASSES)}")
    if unknown := [each for each in names if each not in readings]:
        raise CorpusError(f"{name}: no original {', '.join(unknown)}; there are {', '.join(readings)}")
    pairs = [part.partition(":") for part in shown.split(";") if part.strip()]
    return FidelityCase(
        name,
        tuple(readings[each] for each in names),
        to_reading(f"{name}.quoting", paragraphs, all_marks=True),
        expected.strip(),
        tuple((kind.strip(), words.strip()) for kind, _, words in pairs),
    )


def to_reading(source: str, paragraphs: Sequence[Paragraph], *, all_marks: bool = False) -> Reading:
    """A reading with an attribution for what each speaker says. With `all_marks` everything in marks is one, whether
    somebody is named or not."""
    zones, at = [], 0
    for paragraph in paragraphs:
        zones.append(Zone(at, at + len(paragraph.text), paragraph.text, "body"))
        at += len(paragraph.text) + 2
    article = Article(source, "\n\n".join(paragraph.text for paragraph in paragraphs), tuple(zones), language="en")
    names = list(dict.fromkeys(paragraph.speaker for paragraph in paragraphs if paragraph.speaker))
    ids = {name: f"a{number}" for number, name in enumerate(names, 1)}
    stretches = [piece for stretch in find_marks(article).stretches for piece in stretch.pieces]
    spoken: list[tuple[tuple[int, int], str | None]] = []
    for zone, paragraph in zip(zones, paragraphs, strict=True):
        inside = [piece for piece in stretches if zone.start <= piece[0] < zone.end]
        if paragraph.speaker or all_marks:
            whole = [] if all_marks else [(zone.start, zone.end)]
            spoken += [(place, paragraph.speaker) for place in inside if place[1] - place[0] > 2] or [
                (place, paragraph.speaker) for place in whole
            ]
    attributions = tuple(
        _attribution(article, n, place, ids.get(who or "")) for n, (place, who) in enumerate(spoken, 1)
    )
    actors = tuple(_actor(ids[name], name) for name in names)
    return Reading(article, attributions, (), actors, (), notices=(), made_with=NOBODY)


def _attribution(article: Article, number: int, place: tuple[int, int], speaker: str | None) -> Attribution:
    return Attribution(
        id=f"q{number}",
        mode="direct",
        contents=(article.span(*place),),
        sources=(),
        cue=None,
        naming="named" if speaker else "none",
        speaker=speaker,
        quoted_words=0,
        reported_words=0,
        rule="quotations.cue",
        confidence=1.0,
        certain=True,
    )


def _actor(id_: str, name: str) -> Actor:
    return Actor(id_, name, "person", mentions=(), first_mention=None, in_headline=False, in_lead=False,
                 in_last_paragraph=False, rule="actors.name")  # fmt: skip


def run(case: FidelityCase) -> Fidelity | None:
    """The finding for the one quotation of a case."""
    found = check_quotations(case.quoting, case.originals)
    return max(found, key=lambda finding: len(finding.quotation.text), default=None)


def shows(finding: Fidelity, kind: str, words: str) -> bool:
    """Whether a risk or difference of a kind is shown, with one of the words expected."""
    places: list[tuple[str, Span | None, Span | None]] = [(risk.kind, risk.here, risk.there) for risk in finding.risks]
    places += [(difference.kind, difference.here, difference.there) for difference in finding.differences]
    spans = [span for name, here, there in places if name == kind for span in (here, there)]
    texts = " ".join(span.text for span in spans if span).casefold()
    wanted = set(re.findall(r"\w+", words.casefold()))
    return bool(spans) and (not wanted or bool(wanted & set(re.findall(r"\w+", texts))))


def evaluate(paths: Sequence[Path]) -> dict[str, Any]:
    """Right over all and by class, with Wilson intervals; what was called what; altered ones called faithful."""
    cases = [case for path in paths for case in load_cases(path)]
    found = [(case, run(case)) for case in cases]
    called = [(case, finding.kind if finding else "none") for case, finding in found]
    by_class: dict[str, Counter[str]] = defaultdict(Counter)
    for case, kind in called:
        by_class[case.expected][kind] += 1
    shown = [shows(f, kind, words) if f else False for case, f in found for kind, words in case.shown]
    right = sum(case.expected == kind for case, kind in called)
    return {
        "right": share_of(right, len(cases)),
        "altered_called_faithful": sum(c.expected not in FAITHFUL and kind in FAITHFUL for c, kind in called),
        "by_class": {kind: share_of(by_class[kind][kind], sum(by_class[kind].values())) for kind in CLASSES},
        "words_shown": share_of(sum(shown), len(shown)),
        "wrong": [f"{case.name}: {case.expected}, called {kind}" for case, kind in called if case.expected != kind],
    }


def share_of(right: int, n: int) -> dict[str, Any]:
    """A share with its Wilson interval; only `n` where there is nothing."""
    if not n:
        return {"n": 0}
    return {"share": round(right / n, 4), "interval": wilson(right, n), "right": right, "n": n}
