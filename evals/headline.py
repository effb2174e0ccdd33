"""What headline and lead say and the body carries, against a sheet judged by hand: `python -m evals headline DATA`.

`coded/headline.tsv` holds places in PolNeAR train and in the pages: whether the body says the same, as one reader
judged it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from closeread.article import Article
from closeread.findings import HeadlinePart
from closeread.intake import load_articles, load_text
from closeread.reading import read_article
from evals.intervals import wilson
from evals.polnear_corpus import CorpusError, load_split

SHEET = Path(__file__).parent / "coded" / "headline.tsv"
Row = Mapping[str, str]
Key = tuple[str, str, str, str]


def score_headline(data: Path) -> dict[str, object]:
    """By kind: how often a part said to be carried, said not to be found, or called certain is so. `gone` counts rows
    of the sheet at whose place there is no part of that kind any more. Raises CorpusError where a corpus is missing."""
    right: Counter[tuple[str, str]] = Counter()
    all_of: Counter[tuple[str, str]] = Counter()
    gone = 0
    for row, part in _matched(data):
        if part is None:
            gone += 1
            continue
        for said in _classes(part):
            all_of[part.kind, said] += 1
            right[part.kind, said] += bool(part.carried) == (row["carried"] == "yes")
    figures: dict[str, object] = {}
    for kind, said in sorted(all_of):
        share = wilson(right[kind, said], all_of[kind, said])
        figures.setdefault(kind, {})[said] = {"n": all_of[kind, said], "right": right[kind, said], "interval": share}  # type: ignore[index]
    return {"rows": sum(all_of[key] for key in all_of if key[1] != "certain") + gone, "gone": gone, "kinds": figures}


def _classes(part: HeadlinePart) -> Iterator[str]:
    yield "carried" if part.carried else "not-found"
    if part.certain:
        yield "certain"


def _matched(data: Path) -> Iterator[tuple[Row, HeadlinePart | None]]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    articles = _load(data, {(row["corpus"], row["document"]) for row in rows})
    for corpus, document in sorted({(row["corpus"], row["document"]) for row in rows}):
        reading = read_article(articles[corpus, document])
        parts = {(str(part.kind), part.place.start, part.place.end): part for part in reading.headline}
        for row in rows:
            if (row["corpus"], row["document"]) == (corpus, document):
                yield row, parts.get((row["kind"], int(row["start"]), int(row["end"])))


def _load(data: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Article]:
    found = {
        ("polnear", document.name): load_text(document.text, source=document.name)
        for document in load_split(data / "polnear", "train")
        if ("polnear", document.name) in wanted
    }
    for corpus, name in wanted:
        if corpus == "pages":
            article = next(iter(load_articles(str(data / "pages" / name))))
            if not isinstance(article, Article):
                raise CorpusError(f"{data / 'pages' / name} could not be read")
            found[corpus, name] = article
    return found
