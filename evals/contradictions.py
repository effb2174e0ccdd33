"""Pairs that cannot both hold: how many of those planted in real articles are found, and how many are found in articles
where nobody planted any, judged by hand in `coded/contradictions.tsv`.

A planted pair is found where a finding of its class has the words of one side in the sentence that the plant was made
from and those of the other in the plant. Some patterns stand at the border of two classes (`planted/README.md`): there
any class is right.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeread.article import Article, Span
from closeread.findings import Contradiction, Reading
from closeread.intake import load_text
from closeread.parsing import load_model
from closeread.reading import read_article
from evals.intervals import wilson
from evals.other_news import load_meantime
from evals.planted.author import load_author_templates, plant_author
from evals.planted.planting import Planted, load_templates, plant
from evals.polnear_corpus import Document, load_split

if TYPE_CHECKING:
    from spacy.tokens import Doc

JUDGED = Path(__file__).parent / "coded" / "contradictions.tsv"
SEED = 50
UNTOUCHED = {"polnear": 30, "meantime": 20}
# Articles that are planted in, and how often one template is used.
PLANTED_IN = {"polnear": 200, "meantime": 120}
MOST = 6
_BORDER = frozenset({"age", "tally", "party", "former", "spouse", "superlative", "died"})
_HALVES = ("author", "blind")

Documents = dict[str, list[Document]]


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted pair: which half its template is of, the article it stands in, and whether any class is right."""

    half: str
    document: str
    planted: Planted
    border: bool


def load_documents(data: Path) -> Documents:
    """PolNeAR train and MEANTIME, by corpus. Raises CorpusError where one is not there."""
    return {"polnear": load_split(data / "polnear", "train"), "meantime": load_meantime(data / "meantime")}


def choose_untouched(documents: Documents) -> list[tuple[str, Document]]:
    """The articles without a plant, drawn by chance, with their corpora."""
    draw = random.Random(SEED)
    return [(name, document) for name, count in UNTOUCHED.items() for document in draw.sample(documents[name], count)]


def collect_plants(documents: Documents) -> list[Plant]:
    """At most `MOST` for each template, in articles drawn by chance."""
    draw = random.Random(SEED + 1)
    chosen = [each for name, count in PLANTED_IN.items() for each in draw.sample(documents[name], count)]
    draw.shuffle(chosen)
    nlp, _ = load_model()
    used: Counter[str] = Counter()
    plants = []
    for document in chosen:
        for plant_ in _plants_in(document, nlp(document.text)):
            used[plant_.planted.template] += 1
            if used[plant_.planted.template] <= MOST:
                plants.append(plant_)
    return sorted(plants, key=lambda each: (each.half, each.planted.kind, each.planted.template, each.document))


def _plants_in(document: Document, doc: Doc) -> Iterator[Plant]:
    for own in load_author_templates():
        planted = plant_author(document.text, own)
        if planted is not None:
            yield Plant("author", document.name, planted, own.id.endswith("age"))
    for template in load_templates():
        planted = plant(document.text, template, doc)
        if planted is not None:
            yield Plant("blind", document.name, planted, template.pattern in _BORDER)


def find_plant(plant_: Plant, reading: Reading) -> list[Contradiction]:
    """The findings that are the planted pair."""
    planted = plant_.planted
    first, second = (_locate(planted.text, place, reading.article) for place in (planted.original, planted.planted))
    if first is None or second is None:
        return []
    return [
        pair
        for pair in reading.contradictions
        if (pair.kind == planted.kind or plant_.border)
        and any(
            one.words.overlaps(first) and other.words.overlaps(second)
            for one, other in ((pair.first, pair.second), (pair.second, pair.first))
        )
    ]


def _locate(text: str, place: tuple[int, int], article: Article) -> Span | None:
    """A place of the text that was given to intake, in the text that intake made of it: by the words, and by how often
    they stand before."""
    words = text[place[0] : place[1]].strip()
    at = -1
    for _ in range(text.count(words, 0, place[0]) + 1):
        at = article.text.find(words, at + 1)
    return Span(at, at + len(words), words) if at >= 0 else None


def evaluate(data: Path) -> dict[str, Any]:
    documents = load_documents(data)
    plants = collect_plants(documents)
    found = [(each, find_plant(each, _read(each.planted.text, each.document))) for each in plants]
    return {"planted": summarise(found), "untouched": _evaluate_untouched(documents)}


def _read(text: str, name: str) -> Reading:
    return read_article(load_text(text, source=name))


def summarise(found: Sequence[tuple[Plant, list[Contradiction]]]) -> dict[str, Any]:
    """Shares found by half and class; `certain` is the share found by a certain finding."""
    figures: dict[str, Any] = {"all": _share(found)}
    for half in _HALVES:
        own = [(plant_, pairs) for plant_, pairs in found if plant_.half == half]
        kinds = sorted({plant_.planted.kind for plant_, _ in own})
        figures[half] = {"all": _share(own)} | {
            kind: _share([(plant_, pairs) for plant_, pairs in own if plant_.planted.kind == kind]) for kind in kinds
        }
    figures["by_template"] = {
        name: _share([item for item in found if item[0].planted.template == name])
        for name in sorted({plant_.planted.template for plant_, _ in found})
    }
    return figures


def _share(found: Sequence[tuple[Plant, list[Contradiction]]]) -> dict[str, Any]:
    right = sum(bool(pairs) for _, pairs in found)
    certain = sum(any(pair.certain for pair in pairs) for _, pairs in found)
    n = len(found)
    return {
        "n": n,
        "found": round(right / n, 3) if n else None,
        "certain": round(certain / n, 3) if n else None,
        "interval": wilson(right, n) if n else None,
    }


def _evaluate_untouched(documents: Documents) -> dict[str, Any]:
    """What is found where nothing was planted, beside the verdicts of the sheet."""
    verdicts = load_verdicts()
    counts: Counter[str] = Counter()
    for corpus, document in choose_untouched(documents):
        for pair in _read(document.text, document.name).contradictions:
            name = "certain" if pair.certain else "possible"
            counts[name] += 1
            key = (corpus, document.name, pair.first.words.start, pair.second.words.start)
            counts[f"{name}, {verdicts.get(key, 'not judged')}"] += 1
    return {"articles": sum(UNTOUCHED.values()), "certain": 0, "possible": 0, **dict(sorted(counts.items()))}


def load_verdicts(path: Path = JUDGED) -> dict[tuple[str, str, int, int], str]:
    """`contradiction` or `none` by corpus, document and the places of the words that conflict."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["corpus"], row["document"], int(row["first"]), int(row["second"])): row["verdict"]
            for row in csv.DictReader(file, delimiter="\t")
        }
