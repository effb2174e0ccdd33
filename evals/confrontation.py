"""Statements against documents: constructed cases, passages of real articles judged by hand, and planted changes.

`tests/cases/confrontation.txt` has invented documents and statements with the class that is right.
`coded/confrontation.tsv` has 60 passages of BASIL 2017, where three outlets tell one event, drawn by `draw_passages`
among what `confront` finds first, with the class that a reader gave; it holds ids, places and classes and no words.
`CHANGES` change one thing in a sentence of an article, which is then held against the unaltered article.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from closeread.article import Article, Zone
from closeread.comparisons.confrontation import Confrontation, ConfrontationKind, Passage, confront
from closeread.comparisons.wording import sentences_of
from closeread.findings import Reading
from closeread.reading import read_article, read_text
from evals.intervals import wilson
from evals.other_news import load_basil
from evals.polnear_corpus import Document
from evals.running_text import PARAGRAPH

CASES = Path(__file__).parents[1] / "tests" / "cases" / "confrontation.txt"
SHEET = Path(__file__).parent / "coded" / "confrontation.tsv"
COLUMNS = ("text", "start", "end", "document", "passage_start", "passage_end", "class")
SEED = 3030
# How many passages of each class are drawn for the sheet.
DRAWN = {"supports": 22, "disagrees": 18, "mentions": 20}
TOLD = 8
PLANTED = 40
# What a statement of several clauses counts as, the most telling first.
_ORDER: tuple[ConfrontationKind, ...] = ("disagrees", "supports", "mentions", "nothing")

Events = dict[str, list[Reading]]


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, the names of the documents that it is held against, and what is right. `reason` is empty where
    nothing disagrees; `other_words` where it is said in other words than the document's."""

    documents: tuple[str, ...]
    statement: str
    kind: str
    reason: str
    other_words: bool


def load_cases(path: Path = CASES) -> tuple[dict[str, str], list[Case]]:
    """The documents by name, and the cases in the order of the file."""
    documents: dict[str, str] = {}
    cases: list[Case] = []
    for block in re.split(r"(?m)^# ", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = block.partition("\n")
        kind, *names = head.split()
        if kind == "DOCUMENT":
            documents[names[0]] = body.strip()
        else:
            cases += [_to_case(tuple(names), part) for part in body.strip().split("\n\n")]
    return documents, cases


def _to_case(names: tuple[str, ...], part: str) -> Case:
    line, _, statement = part.partition("\n")
    head, _, reason = line.removeprefix("= ").partition(" | ")
    return Case(names, statement.strip(), head.split()[0], reason.partition(":")[0], "~" in head)


def evaluate(folder: Path | None) -> dict[str, Any]:
    """`cases`; where BASIL is at hand, `judged`, `planted` and what is found in unaltered articles of 2017."""
    figures: dict[str, Any] = {"cases": score_cases()}
    if folder is not None:
        events = read_events(folder, "2017")
        figures["judged"] = score_judged(events)
        figures["planted"] = score_planted(events)
        figures["unaltered"] = count_unaltered(events)
    return figures


def score_cases(path: Path = CASES) -> dict[str, Any]:
    documents, cases = load_cases(path)
    read = {name: read_text(text, source=name) for name, text in documents.items()}
    found = []
    for case in cases:
        against = [read[name] for name in case.documents]
        found.append((case, to_answer(confront(read_text(case.statement), against))))
    right = [case.kind == answer[0] for case, answer in found]
    other = [ok for (case, _), ok in zip(found, right, strict=True) if case.other_words]
    table = Counter((case.kind, answer[0]) for case, answer in found)
    reasons = [case.reason == answer[1] for case, answer in found if case.kind == answer[0] == "disagrees"]
    return {
        "n": len(cases),
        "right": _share(right),
        "in_other_words": _share(other),
        "reason_right": _share(reasons),
        "found": {kind: {answer: table[kind, answer] for answer in _ORDER} for kind in _ORDER},
    }


def to_answer(found: Sequence[Confrontation]) -> tuple[str, str]:
    """Kind and reason of the statements of one sentence together."""
    best = min(found, key=lambda each: _ORDER.index(each.kind), default=None)
    if best is None or not best.passages:
        return "nothing", ""
    return best.kind, best.passages[0].reason or ""


def read_events(folder: Path, *years: str) -> Events:
    """The readings of some years, by event."""
    events: Events = defaultdict(list)
    for document in load_basil(folder):
        if document.name.partition("/")[0] in years:
            events[document.name.rpartition("_")[0]].append(read_article(to_article(document)))
    return {event: events[event] for event in sorted(events)}


def to_article(document: Document) -> Article:
    """The title as headline, the paragraphs as body."""
    zones, at = list[Zone](), 0
    for paragraph in document.text.split(PARAGRAPH):
        zones.append(Zone(at, at + len(paragraph), paragraph, "body" if zones else "headline"))
        at += len(paragraph) + len(PARAGRAPH)
    return Article(document.name, document.text, tuple(zones), language="en")


def confront_events(events: Events) -> Iterator[tuple[Reading, Confrontation]]:
    """Every statement of every article, against the other articles on its event."""
    for event in sorted(events):
        for reading in events[event]:
            others = [other for other in events[event] if other is not reading]
            for found in confront(reading, others) if others else ():
                yield reading, found


def draw_passages(events: Events) -> list[tuple[Reading, Confrontation]]:
    """Those to be judged: the first passages of so many statements of each class, and of some told in other words."""
    rng, chosen = random.Random(SEED), []
    found = list(confront_events(events))
    rng.shuffle(found)
    for kind, number in DRAWN.items():
        chosen += [(reading, each) for reading, each in found if each.kind == kind][:number]
    told = [pair for pair in found if pair[1].rule == "confrontation.told" and pair not in chosen]
    return chosen + told[:TOLD]


def score_judged(events: Events) -> dict[str, Any]:
    """What is called right among the passages of the sheet that are still found, by class and certainty."""
    codes = {tuple(row[:6]): row[6] for row in _load_sheet()}
    sources = {reading.article.id: reading.article.source for event in events.values() for reading in event}
    verdicts = defaultdict[str, list[bool]](list)
    for reading, found in confront_events(events):
        for passage in found.passages:
            code = codes.pop(_key(reading, found, passage, sources), None)
            if code is not None:
                verdicts[passage.kind].append(code == passage.kind)
                if passage.certain:
                    verdicts[f"{passage.kind}, certain"].append(code == passage.kind)
    return {**{name: _share(verdicts[name]) for name in sorted(verdicts)}, "no_longer_found": len(codes)}


def _key(reading: Reading, found: Confrontation, passage: Passage, sources: Mapping[str, str]) -> tuple[str, ...]:
    places = (found.place.start, found.place.end), (passage.place.start, passage.place.end)
    document = sources[passage.article]
    return (reading.article.source, *map(str, places[0]), document, *map(str, places[1]))


def _load_sheet() -> list[list[str]]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


def count_unaltered(events: Events) -> dict[str, Any]:
    """What is found for the statements of real articles in the others: most of what disagrees is no disagreement."""
    found = [each for _, each in confront_events(events)]
    kinds = Counter(each.kind for each in found)
    certain = Counter(each.kind for each in found if each.certain)
    return {"n": len(found), **{kind: kinds[kind] for kind in _ORDER}, "certain": dict(sorted(certain.items()))}


def score_planted(events: Events) -> dict[str, Any]:
    """Of sentences with one thing changed, how many are found to disagree with the very sentence, in the right class;
    and the same sentences unchanged, which should be told and not disagree."""
    figures: dict[str, Any] = {}
    readings = [reading for event in sorted(events) for reading in events[event]]
    for reason, change in CHANGES.items():
        planted = _plant(readings, change)
        found = [_answer(reading, start, text) for reading, start, text, _ in planted]
        same = [_answer(reading, start, text) for reading, start, _, text in planted]
        figures[reason] = {
            "found": _share([reason in reasons for reasons in found]),
            "another_class": sum(bool(reasons - {reason}) and reason not in reasons for reasons in found),
            "unchanged_disagrees": sum(bool(reasons) for reasons in same),
        }
    return figures


def _answer(reading: Reading, start: int, text: str) -> set[str]:
    """The reasons for which a sentence disagrees with the one that it was made from."""
    return {
        passage.reason
        for found in confront(read_text(text), [reading])
        for passage in found.passages
        if passage.reason and passage.place.start <= start < passage.place.end
    }


Planted = tuple[Reading, int, str, str]


def _plant(readings: Sequence[Reading], change: Callable[[str, random.Random], str | None]) -> list[Planted]:
    """Up to forty sentences of as many articles as there are: reading, offset, changed and unchanged sentence."""
    rng, planted = random.Random(SEED), list[Planted]()
    queues = [list(_list_sentences(reading)) for reading in readings]
    for queue in queues:
        rng.shuffle(queue)
    while len(planted) < PLANTED and any(queues):
        for reading, queue in zip(readings, queues, strict=True):
            while queue and len(planted) < PLANTED:
                start, sentence = queue.pop()
                changed = change(sentence, rng)
                if changed is not None:
                    planted.append((reading, start, changed, sentence))
                    break
    return planted


def _list_sentences(reading: Reading) -> Iterator[tuple[int, str]]:
    """Sentences of 8 to 40 words in the body, without quotation marks and questions."""
    text = reading.article.text
    for zone in reading.article.body:
        at = zone.start
        while at < zone.end:
            end = min(sentences_of(text).at(at)[1], zone.end)
            sentence = text[at:end].strip()
            if 8 <= len(sentence.split()) <= 40 and not re.search(r"[\"“”?]", sentence):
                yield at, sentence
            at = end


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACE = re.compile(r"\b(in|near|at) ((?:[A-Z][a-z]+ )?[A-Z][a-z]{3,})\b(?!['’])")
_NO_PLACES = {*_DAYS, "January", "February", "March", "April", "June", "July", "August", "September", "October", "Sept"}
_NO_PLACES |= {
    "November",
    "December",
    "Congress",
    "House",
    "White House",
    "Senate",
    "Democrats",
    "Republicans",
    "Twitter",
}


_NO_COUNT = re.compile(r"(?:^|[A-Z][a-z]+\.? |least |than |about |nearly |almost |around |over |under )$")


def _change_number(sentence: str, rng: random.Random) -> str | None:
    """Not of what is a name or a rank, and not behind `at least` and the like: both numbers could hold."""
    found = list(re.finditer(r"(?<![\w.,$/-])\d{1,3}(?:,\d{3})*(?![\w.,:/-]|\s?(?:a\.m|p\.m))", sentence))
    found = [match for match in found if not _NO_COUNT.search(sentence[: match.start()])]
    if not found:
        return None
    match = rng.choice(found)
    value = int(match[0].replace(",", ""))
    return sentence[: match.start()] + f"{value * 3 + 2:,}" + sentence[match.end() :]


def _change_date(sentence: str, rng: random.Random) -> str | None:
    days = list(re.finditer("|".join(_DAYS), sentence))
    years = list(re.finditer(r"(?<=in )(?:19|20)\d\d\b", sentence))
    if not days and not years:
        return None
    match = rng.choice(days or years)
    other = rng.choice([day for day in _DAYS if day != match[0]]) if days else str(int(match[0]) - 7)
    return sentence[: match.start()] + other + sentence[match.end() :]


def _change_place(sentence: str, rng: random.Random) -> str | None:
    found = [match for match in _PLACE.finditer(sentence) if match[2] not in _NO_PLACES]
    if not found:
        return None
    match = rng.choice(found)
    return sentence[: match.start(2)] + rng.choice(["Velmar", "Karsholm", "Istrane"]) + sentence[match.end(2) :]


def _change_negation(sentence: str, rng: random.Random) -> str | None:
    """A `not` taken out, or put behind the first auxiliary verb."""
    denied = re.search(r"(?<= )(?:not |never )", sentence)
    if denied:
        return sentence[: denied.start()] + sentence[denied.end() :]
    found = re.search(r"\b(?:was|were|is|are|has|have|had|will|would|could)\b(?! not)", sentence)
    return None if found is None else sentence[: found.end()] + " not" + sentence[found.end() :]


CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "number": _change_number,
    "date": _change_date,
    "place": _change_place,
    "negation": _change_negation,
}


def _share(verdicts: Sequence[bool]) -> dict[str, Any]:
    n = len(verdicts)
    return {"n": n, "share": round(sum(verdicts) / n, 3) if n else None, "interval": wilson(sum(verdicts), n)}
