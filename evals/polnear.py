"""Attribution on PolNeAR: every text of a split read by a system, scored against the first annotator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import permutations
from statistics import mean
from typing import Any

import numpy as np

from closeread.article import Article, ReadError, Span
from closeread.findings import Reading
from evals.attribution_scores import BINS, MODES, Attributed, Range, Tally, add, find_double_marks, score_article
from evals.intervals import DIGITS, percentiles, rates, resample, to_number, wilson
from evals.polnear_corpus import Document

System = Callable[[str], Sequence[Attributed]]
Scored = Mapping[str, Tally]

SPAN_FIGURES = ("source.exact", "cue.exact", "content.exact", "content.overlap", "attribution")
MODE_FIGURES = ("content.exact", "content.overlap", "attribution")


def read_attributions(text: str) -> list[Attributed]:
    """The attributions that closeread finds, in offsets of the text given. Raises ReadError where it refuses it."""
    from closeread.reading import read_text  # so that people and baselines are scored without the parser

    reading = read_text(text, source="polnear.txt")
    for notice in reading.notices:
        if notice.rule == "language.not-english":
            raise ReadError(reading.article.source, notice.rule, notice.message)
    return to_attributed(reading)


def to_attributed(reading: Reading) -> list[Attributed]:
    """The attributions of a reading as the scorer takes them, in offsets of the source, in the same order. Those inside
    another are left out: the corpus codes none."""
    return [
        Attributed(
            contents=_to_source(reading.article, found.contents),
            sources=_to_source(reading.article, found.sources),
            cue=_to_source(reading.article, (found.cue,) if found.cue else ()),
            confidence=found.confidence,
            certain=found.certain,
            step=f"{found.rule.removeprefix('quotations.')}/{found.mode}",
        )
        for found in reading.attributions
        if found.within is None
    ]


def find_marked(text: str) -> list[Attributed]:
    """The baseline `quotation-marks`: every stretch in double marks is a content, without cue or source."""
    return [Attributed(contents=(place,)) for place in find_double_marks(text)]


SYSTEMS: dict[str, System] = {"closeread": read_attributions, "quotation-marks": find_marked}


def _to_source(article: Article, spans: Iterable[Span]) -> tuple[Range, ...]:
    return tuple((_origin(article, span.start), _origin(article, span.end - 1) + 1) for span in spans)


def _origin(article: Article, offset: int) -> int:
    """Where a code point of the article stood in the source. Raises ValueError where it did not stand there."""
    for run in article.origin or ():
        if run.start <= offset < run.start + run.length:
            return run.source_start + offset - run.start
    raise ValueError(f"{article.source}: code point {offset} does not come from the source")


@dataclass(frozen=True, slots=True)
class Output:
    """What a system found in each of some documents. A refused document is one in which it found nothing."""

    documents: Sequence[Document]
    found: Sequence[Sequence[Attributed]]
    refusals: Sequence[dict[str, str]]


def run(documents: Sequence[Document], system: System) -> Output:
    """Lets a system read the documents one by one."""
    found: list[Sequence[Attributed]] = []
    refusals = []
    for document in documents:
        try:
            found.append(system(document.text))
        except ReadError as error:
            found.append(())
            refusals.append({"document": document.name, "kind": error.failure.kind, "message": error.failure.message})
    return Output(documents, found, refusals)


def evaluate(output: Output, *, by: str | None = None) -> dict[str, Any]:
    """All figures of a system as one nested record, also under `by_outlet` where `by` is `outlet`."""
    pairs = zip(output.documents, output.found, strict=True)
    scored = [score_article(document.text, found, document.gold) for document, found in pairs]
    counts = {"documents": len(output.documents), "refused": len(output.refusals), "refusals": output.refusals}
    record: dict[str, Any] = {**counts, **report(scored)}
    if by == "outlet":
        record["by_outlet"] = _by_outlet(output.documents, scored)
    return record


def _by_outlet(documents: Sequence[Document], scored: Sequence[Scored]) -> dict[str, Any]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for document, tallies in zip(documents, scored, strict=True):
        groups[document.outlet].append(tallies)
    return {outlet: {"documents": len(groups[outlet]), **report(groups[outlet])} for outlet in sorted(groups)}


def report(scored: Sequence[Scored]) -> dict[str, Any]:
    """The tallies of some articles as figures, nested by the dots of their names."""
    names = [*SPAN_FIGURES, *(f"by_mode.{mode}.{name}" for mode in MODES for name in MODE_FIGURES)]
    record: dict[str, Any] = {}
    total, samples = add(scored), resample(scored, [*names, "speaker_direct", "quoted_words", "certain"])
    for column, name in enumerate(names):
        _put(record, name, _spans(total.get(name, Tally()), samples[:, column]))
    record |= _speakers(total.get("speaker_direct", Tally()), samples[:, -3])
    record["quoted_words"] = _quoted_words(total.get("quoted_words", Tally()), samples[:, -2])
    record["certain"] = _certain(total.get("certain", Tally()), samples[:, -1])
    record["reliability"] = _reliability(total)
    record["by_step"] = _by_step(total)
    return record


def _put(record: dict[str, Any], name: str, value: Any) -> None:
    *path, last = name.split(".")
    for step in path:
        record = record.setdefault(step, {})
    record.setdefault(last, {}).update(value)


def _spans(tally: Tally, samples: Any) -> dict[str, Any]:
    figures = rates(np.array(astuple(tally), dtype=float))
    values = {name: to_number(value) for name, value in figures.items()}
    return {**values, "ci": percentiles(rates(samples)["f1"]), "n_gold": tally.gold, "n_predicted": tally.predicted}


def _speakers(tally: Tally, samples: Any) -> dict[str, Any]:
    share = rates(np.array(astuple(tally), dtype=float))["r"]
    return {
        "speaker_direct": to_number(share),
        "speaker_direct_n": tally.gold,
        "speaker_direct_ci": percentiles(rates(samples)["r"]),
    }


def _quoted_words(tally: Tally, samples: Any) -> dict[str, Any]:
    figures, drawn = rates(np.array(astuple(tally), dtype=float)), rates(samples)
    return {
        "recall": to_number(figures["r"]),
        "recall_ci": percentiles(drawn["r"]),
        "recall_n": tally.gold,
        "precision": to_number(figures["p"]),
        "precision_ci": percentiles(drawn["p"]),
        "precision_n": tally.predicted,
    }


def _certain(tally: Tally, samples: Any) -> dict[str, Any]:
    figures, drawn = rates(np.array(astuple(tally), dtype=float)), rates(samples)
    return {
        "n": tally.predicted,
        "right": to_number(figures["p"]),
        "right_ci": percentiles(drawn["p"]),
        "covered": to_number(figures["r"]),
        "covered_ci": percentiles(drawn["r"]),
    }


def _reliability(total: Scored) -> list[dict[str, Any]]:
    """One row per tenth of confidence that holds an attribution; the interval is Wilson's."""
    rows = []
    for tenth in range(BINS):
        tally = total.get(f"confidence.{tenth}", Tally())
        if tally.predicted:
            rows.append({"from": tenth / BINS, "to": (tenth + 1) / BINS, **_share(tally)})
    return rows


def _by_step(total: Scored) -> dict[str, Any]:
    """The share of whole attributions that are right, for every step that found some."""
    steps = {name.removeprefix("step."): tally for name, tally in total.items() if name.startswith("step.")}
    return {name: _share(steps[name]) for name in sorted(steps) if name}


def _share(tally: Tally) -> dict[str, Any]:
    share = round(tally.right / tally.predicted, DIGITS)
    return {"n": tally.predicted, "right": share, "ci": wilson(tally.right, tally.predicted)}


def measure_agreement(documents: Iterable[Document]) -> dict[str, Any]:
    """One annotator scored against another over the documents that several read: for every ordered pair of
    annotators the figures over all their documents, and of these the mean."""
    several = [document for document in documents if len(document.annotators) > 1]
    pairs: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for document in several:
        for one, other in permutations(document.annotators, 2):
            found, gold = document.annotators[one], document.annotators[other]
            pairs[one, other].append(score_article(document.text, found, gold))
    record: dict[str, Any] = {"documents": len(several), "ordered_pairs": len(pairs)}
    totals = [add(scored) for scored in pairs.values()]
    for name in (*SPAN_FIGURES, *(f"by_mode.{mode}.{name}" for mode in MODES for name in MODE_FIGURES)):
        _put(record, name, {"f1": _mean(totals, name, "f1")})
    return record | {"speaker_direct": _mean(totals, "speaker_direct", "r")}


def _mean(totals: Iterable[Scored], name: str, figure: str) -> float | None:
    counts = [np.array(astuple(total.get(name, Tally())), dtype=float) for total in totals]
    values = [float(rates(each)[figure]) for each in counts]
    return round(mean(values), 4) if values else None
