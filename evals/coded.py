"""What an attribution says of itself, against codes that people gave before closeread was run: `python -m evals coded`.

`coded/attributions.tsv` and `coded/speakers.tsv` hold places in PolNeAR dev and codes; `coded/nested.txt` holds
invented cases; `coded/other_news.tsv` places in ten texts of other corpora.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from closeread.analyses.references import References
from closeread.analyses.speakers import link_speakers
from closeread.article import Span, find_words
from closeread.findings import Attribution, Reading
from closeread.intake import load_text
from closeread.marks import find_marks
from closeread.parsing import parse
from closeread.reading import read_text
from evals.attribution_scores import MIN_OVERLAP, score_article
from evals.intervals import wilson
from evals.nested_cases import NestedCase, load_nested
from evals.other_news import load_basil, load_coded, load_meantime
from evals.polnear import report, to_attributed
from evals.polnear_corpus import CorpusError, Document, load_split

CODED = Path(__file__).parent / "coded"
UNCLEAR = "unclear"
FORMS = ("title", "apposition", "relative-clause", "affiliation")
Row = Mapping[str, str]


def _has_form(form: str) -> Callable[[Attribution], str]:
    return lambda spoken: "yes" if any(each.form == form for each in spoken.introduction) else "no"


QUALITIES: dict[str, Callable[[Attribution], str]] = {
    "kind": lambda spoken: spoken.kind,
    "stance": lambda spoken: spoken.stance,
    "negated": lambda spoken: "yes" if spoken.negated else "no",
    "naming": lambda spoken: spoken.naming,
    "number": lambda spoken: spoken.number,
    **{form.replace("-", "_"): _has_form(form) for form in FORMS},
}


@dataclass(frozen=True, slots=True)
class Matched:
    """A coded attribution and the one that closeread found there, if any."""

    row: Row
    reading: Reading
    spoken: Attribution | None


def load_rows(path: Path) -> list[Row]:
    """The rows of a coding sheet. Raises CorpusError where there is none."""
    if not path.is_file():
        raise CorpusError(f"there is no coding sheet {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def place(row: Row, role: str) -> tuple[int, int] | None:
    """The place of a role, from its first to its last word; None where the attribution has none."""
    start, end = row[f"{role}_start"], row[f"{role}_end"]
    return (int(start), int(end)) if start else None


def match_rows(rows: Sequence[Row], folder: Path) -> Iterator[Matched]:
    """Each row with the attribution of closeread whose contents and cue or source overlap those that are coded."""
    texts = {document.name: document.text for document in load_split(folder, "dev")}
    for row in rows:
        reading = _read(row["document"], texts[row["document"]])
        yield Matched(row, reading, find_match(row, reading))


@cache
def _read(name: str, text: str) -> Reading:
    return read_text(text, source=name)


def find_match(row: Row, reading: Reading) -> Attribution | None:
    """The attribution with the largest overlap of contents among those that share the coded cue or source."""
    content = place(row, "content")
    assert content is not None
    fitting = [
        (sum(_overlap(each, content) for each in spoken.contents), spoken)
        for spoken in reading.attributions
        if _shares(spoken.sources, place(row, "source")) or _shares((spoken.cue,), place(row, "cue"))
    ]
    overlap, best = max(fitting, key=lambda pair: pair[0], default=(0, None))
    return best if overlap else None


def _overlap(span: Span, other: tuple[int, int]) -> int:
    return max(0, min(span.end, other[1]) - max(span.start, other[0]))


def _shares(spans: Iterable[Span | None], other: tuple[int, int] | None) -> bool:
    return other is not None and any(span is not None and _overlap(span, other) for span in spans)


def score_qualities(matched: Sequence[Matched]) -> dict[str, object]:
    """Accuracy of each quality over the coded attributions that closeread found; unclear codes are left out."""
    found = [(each.row, each.spoken) for each in matched if each.spoken]
    figures: dict[str, object] = {"coded": len(matched), "found": len(found)}
    for name, tell in QUALITIES.items():
        pairs = [(row[name], tell(spoken)) for row, spoken in found if row[name] not in (UNCLEAR, "")]
        wrong = Counter(f"{code} told as {told}" for code, told in pairs if code != told)
        right = sum(code == told for code, told in pairs)
        figures[name] = {**_share(right, len(pairs)), "wrong": dict(wrong.most_common())}
    return figures


def score_speakers(matched: Sequence[Matched]) -> dict[str, object]:
    """Whether the speaker is the actor that the coded name stands for: right, wrong or unknown. Where the article never
    names the speaker, every actor is wrong. `given` is told from the coded places, `found` from what closeread found
    there."""
    given = [replace(each, spoken=_link_given(each)) for each in matched]
    return {"given": _tell_groups(given), "found": _tell_groups(matched)}


def _tell_groups(matched: Sequence[Matched]) -> dict[str, object]:
    named = [each for each in matched if each.row["named"] == "yes"]
    forms = sorted({each.row["form"] for each in matched})
    groups = {form: [each for each in named if each.row["form"] == form] for form in forms}
    groups |= {"named": named, "never named": [each for each in matched if each.row["named"] != "yes"]}
    return {name: _tell_speakers(group) for name, group in groups.items()}


def _tell_speakers(matched: Sequence[Matched]) -> dict[str, int]:
    told = Counter(tell_speaker(each) for each in matched)
    return {"n": len(matched), **{name: told[name] for name in ("right", "wrong", "unknown", "not found")}}


def _link_given(each: Matched) -> Attribution:
    """The coded attribution among those found, with its speaker as closeread tells it."""
    article = each.reading.article
    content, source, cue = (place(each.row, role) for role in ("content", "source", "cue"))
    assert content is not None
    given = Attribution(
        id="coded",
        mode="indirect",
        contents=(article.span(*content),),
        sources=(article.span(*source),) if source else (),
        cue=article.span(*cue) if cue else None,
        speaker=None,
        naming="none",
        quoted_words=0,
        reported_words=0,
        rule="coded",
        confidence=1.0,
        certain=True,
    )
    others = [spoken for spoken in each.reading.attributions if spoken is not each.spoken]
    references = References(_parse(article.text), article, [*others, given], each.reading.actors)
    return link_speakers(references, [given])[0]


@cache
def _parse(text: str) -> Doc:
    article = load_text(text, source="coded.txt")
    return parse(article, find_marks(article))


def tell_speaker(each: Matched) -> str:
    """`right`, `wrong`, `unknown` or `not found`."""
    if each.spoken is None:
        return "not found"
    if each.spoken.speaker is None:
        return "unknown"
    actor = next(actor for actor in each.reading.actors if actor.id == each.spoken.speaker)
    return "right" if _shares(actor.mentions, place(each.row, "name")) else "wrong"


def score_nested(cases: Sequence[NestedCase]) -> dict[str, object]:
    """Cases whose inner attribution is found inside the outer one, with its source; controls where none is found."""
    nested = [case for case in cases if case.nested]
    controls = [case for case in cases if not case.nested]
    missed = [case.name for case in nested if not is_nested(case)]
    false = [case.name for case in controls if any(each.within for each in _read(case.name, case.text).attributions)]
    return {
        "nested": {**_share(len(nested) - len(missed), len(nested)), "missed": missed},
        "controls": {**_share(len(controls) - len(false), len(controls)), "false": false},
    }


def is_nested(case: NestedCase) -> bool:
    """Whether an attribution that nests in another has half of the inner words and a word of the inner source."""
    wanted = _words(case.text, case.content)
    for spoken in _read(case.name, case.text).attributions:
        told = _words(case.text, [(span.start, span.end) for span in spoken.contents])
        alike = len(wanted & told) >= MIN_OVERLAP * len(wanted | told)
        sources = _words(case.text, [(span.start, span.end) for span in spoken.sources])
        if spoken.within and alike and (sources & _words(case.text, case.source) or not case.source):
            return True
    return False


def _words(text: str, places: Iterable[tuple[int, int]]) -> set[int]:
    inside = list(places)
    return {start for start, end in find_words(text) if any(start < last and end > first for first, last in inside)}


def score_other_news(data: Path) -> dict[str, object]:
    """The figures of `polnear` for the ten texts of other corpora that were read in full."""
    documents: dict[tuple[str, str], Document] = {}
    for corpus, load in (("meantime", load_meantime), ("basil", load_basil)):
        documents |= {(corpus, document.name): document for document in load(data / corpus)}
    scored = []
    for key, gold in sorted(load_coded().items()):
        reading = _read(key[1], documents[key].text)
        scored.append(score_article(documents[key].text, to_attributed(reading), gold))
    return {"texts": len(scored), **report(scored)}


def _share(right: int, n: int) -> dict[str, object]:
    return {"n": n, "share": round(right / n, 3) if n else None, "ci": wilson(right, n)}


def evaluate(data: Path) -> dict[str, object]:
    """All figures of the coding sheets. `data` holds `polnear`, `meantime` and `basil`."""
    rows = load_rows(CODED / "attributions.tsv")
    return {
        "qualities": score_qualities(list(match_rows(rows, data / "polnear"))),
        "speakers": score_speakers(list(match_rows(load_rows(CODED / "speakers.tsv"), data / "polnear"))),
        "nesting": score_nested(load_nested(CODED / "nested.txt")),
        "other_news": score_other_news(data),
    }
