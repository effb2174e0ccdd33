"""Statements and their grounds, against codes that people gave: `python -m evals support`.

`coded/statements.tsv` holds places in PolNeAR and in the saved pages with what was coded there before closeread was
run; whether a sentence is in own voice is counted against the contents that PolNeAR codes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np

from closeread.article import Article, find_words
from closeread.findings import GroundKind, Reading, Statement
from closeread.marks import find_marks
from closeread.parsing import parse
from closeread.reading import read, read_text
from evals.coded import CODED, Row, load_rows
from evals.intervals import percentiles, wilson
from evals.polnear import to_attributed
from evals.polnear_corpus import Document, load_split

UNCLEAR = "unclear"
NONE = "none"
# Two places are one statement where they share at least half of the words of both together.
SAME = 0.5
GROUNDS: tuple[GroundKind, ...] = get_args(GroundKind)


def evaluate(folder: Path, split: str) -> dict[str, Any]:
    """`folder` holds `polnear` and `pages`. With `dev` the sheet of both is scored, and the statements of sixteen
    more articles at whose errors nobody has looked; with `train` the sheet of train, and statements of headlines and
    leads for which the program had found no ground."""
    documents = load_split(folder / "polnear", split)
    sheet = load_rows(CODED / "statements.tsv")
    rows = [row for row in sheet if row["split"] == split]
    matched = [(row, match(row, _read(row["document"], folder, split))) for row in rows if row["coder"] == "A"]
    unseen = [row for row in sheet if row["split"] == f"{split}-unseen"]
    fresh = [(row, match(row, _read(row["document"], folder, split))) for row in unseen if row["coder"] == "A"]
    leads = [row for row in sheet if row["split"] == f"{split}-lead"]
    return {
        "sentences": score_sentences(documents if split == "dev" else documents[::10]),
        "statements": score_statements(matched),
        "unseen": {**score_statements(fresh), "agreement": measure_agreement(unseen)},
        "agreement": measure_agreement(rows),
        "leads": score_statements([(row, match(row, _read(row["document"], folder, split))) for row in leads]),
    }


@cache
def _read(name: str, folder: Path, split: str) -> Reading:
    if name.endswith(".html"):
        return read(folder / "pages" / name)
    texts = {document.name: document.text for document in load_split(folder / "polnear", split)}
    return read_text(texts[name], source=name)


def match(row: Row, reading: Reading) -> Statement | None:
    """The statement that shares most with the coded place, None where none shares half."""
    start, end = int(row["start"]), int(row["end"])
    shares = ((_share(each, start, end), each) for each in reading.statements)
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= SAME else None


def _share(statement: Statement, start: int, end: int) -> float:
    place = statement.place
    both = min(place.end, end) - max(place.start, start)
    return both / (max(place.end, end) - min(place.start, start))


def tell(statement: Statement | None) -> str:
    """The class of the ground: the first of the codebook's list, `none` where there is none."""
    kinds = {ground.kind for ground in statement.grounds} if statement else set()
    return next((kind for kind in GROUNDS if kind in kinds), NONE)


def score_statements(matched: Sequence[tuple[Row, Statement | None]]) -> dict[str, Any]:
    """Ground or none, class of ground, kind and voice, over the rows whose ground is clear."""
    clear = [(row, each) for row, each in matched if row["ground"] != UNCLEAR]
    pairs = [(row["ground"], tell(each)) for row, each in clear]
    simple = [(row["ground"], "named-source" if each and each.attribution else NONE) for row, each in clear]
    certain = [(row["ground"], tell(each)) for row, each in clear if each is not None and each.certain]
    return {
        "coded": len(matched),
        "clear": len(clear),
        "found": sum(each is not None for _, each in clear),
        "ground": score_ground(pairs),
        "class": score_classes(pairs),
        "baseline_attributed": {"ground": score_ground(simple), "class": score_classes(simple)},
        "certain": {**_accuracy(certain), "coverage": round(len(certain) / max(1, len(clear)), 4)},
        "kind": score_classes([(row["kind"], each.kind) for row, each in clear if each and row["kind"] != NONE]),
        "voice": _accuracy([(row["voice"], "own" if each.voice == "own" else "said") for row, each in clear if each]),
        "wrong": dict(Counter(f"{code} told as {told}" for code, told in pairs if code != told).most_common()),
    }


def score_ground(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """F1 of `has a ground`, with an interval over resampled statements; nothing but n where there are none."""
    if not pairs:
        return {"n": 0}
    has = np.array([[code != NONE, told != NONE] for code, told in pairs])
    samples = has[np.random.default_rng(7).integers(0, len(has), (1000, len(has)))]
    return {"f1": round(float(_f1(has)), 4), "ci": percentiles(_f1(samples)), "n": len(pairs), **_accuracy_of(has)}


def _f1(has: Any) -> Any:
    both = (has[..., 0] & has[..., 1]).sum(-1)
    return 2 * both / np.maximum(1, has[..., 0].sum(-1) + has[..., 1].sum(-1))


def _accuracy_of(has: Any) -> dict[str, Any]:
    return {"accuracy": round(float((has[:, 0] == has[:, 1]).mean()), 4)}


def score_classes(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Macro F1 over the classes that people used, each with its F1 and n; nothing but n where there are none."""
    if not pairs:
        return {"n": 0}
    classes = {
        name: {"f1": round(_f1_of(pairs, name), 4), "n": sum(code == name for code, _ in pairs)}
        for name in sorted({code for code, _ in pairs})
    }
    return {
        "macro_f1": round(float(np.mean([each["f1"] for each in classes.values()])), 4),
        **_accuracy(pairs),
        "by_class": classes,
    }


def _f1_of(pairs: Iterable[tuple[str, str]], name: str) -> float:
    return float(_f1(np.array([[code == name, told == name] for code, told in pairs])))


def _accuracy(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    right = sum(code == told for code, told in pairs)
    return {"accuracy": round(right / max(1, len(pairs)), 4), "ci": wilson(right, len(pairs)), "n": len(pairs)}


def measure_agreement(rows: Sequence[Row]) -> dict[str, Any]:
    """Krippendorff's alpha, nominal, of the two coders over the statements that both coded."""
    coded: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        coded[row["document"], row["start"], row["end"]][row["coder"]] = row
    both = [(each["A"], each["B"]) for each in coded.values() if {"A", "B"} <= set(each)]
    if not both:
        return {"n": 0}
    has = [(str(a["ground"] != NONE), str(b["ground"] != NONE)) for a, b in both]
    return {
        "n": len(both),
        "ground_or_none": {
            "alpha": alpha(has),
            "f1": score_ground([(a["ground"], b["ground"]) for a, b in both])["f1"],
        },
        **{
            name: {"alpha": alpha(pairs), **_accuracy(pairs), "macro_f1": score_classes(pairs)["macro_f1"]}
            for name in ("ground", "kind", "voice")
            if (pairs := [(a[name], b[name]) for a, b in both])
        },
    }


def alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha for two coders, nominal values, none missing. Source: Krippendorff (2011), Computing
    Krippendorff's Alpha-Reliability."""
    values = Counter(value for pair in pairs for value in pair)
    total = sum(values.values())
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return round(1 - observed / expected, 4) if expected else 1.0


def score_sentences(documents: Sequence[Document]) -> dict[str, Any]:
    """Accuracy and macro F1 of `a word of the sentence is in a content`, by the sentences of the pinned parse."""
    pairs = [pair for document in documents for pair in compare_sentences(document)]
    names = [("attributed" if gold else "own", "attributed" if told else "own") for gold, told in pairs]
    scored = score_classes(names)
    return {"documents": len(documents), **scored}


def compare_sentences(document: Document) -> Iterator[tuple[bool, bool]]:
    """For each sentence, whether a word of it is in a content that people coded, and in one that closeread found."""
    reading = read_text(document.text, source=document.name)
    gold = _words_in(span for each in document.gold for span in each.contents)
    told = _words_in(span for each in to_attributed(reading) for span in each.contents)
    words = find_words(document.text)
    for start, end in _sentences(reading.article):
        inside = [at for at, until in words if start <= at and until <= end]
        if inside:
            yield any(at in gold for at in inside), any(at in told for at in inside)


def _words_in(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    """In offsets of the source."""
    origin: Mapping[int, int] = {
        run.start + step: run.source_start + step for run in article.origin or () for step in range(run.length)
    }
    for sentence in parse(article, find_marks(article)).sents:
        places = [origin[at] for at in range(sentence.start_char, sentence.end_char) if at in origin]
        if places:
            yield places[0], places[-1] + 1
