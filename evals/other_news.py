"""News that is not US politics of 2016: the texts of MEANTIME (Wikinews) and of BASIL, without any coded attribution.

`evals/coded/other_news.tsv` says where attributions stand in ten of them, drawn by `choose`. They are coded as in
PolNeAR: none inside the content of another, headlines too, adverbs beside the verb as part of the cue.
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from closeread.article import find_words
from evals.attribution_scores import Attributed, Range
from evals.polnear_corpus import CorpusError, Document
from evals.running_text import PARAGRAPH, RunningText

CODED = Path(__file__).parent / "coded" / "other_news.tsv"
SEED = 505
LENGTHS = range(150, 601)
TEXTS = 5


def load_meantime(folder: Path) -> list[Document]:
    """The articles of `meantime.conll`, by name: TOPIC/NUMBER.

    Each sentence is a paragraph, unless double marks hold it together with the one before it."""
    path = folder / "meantime.conll"
    if not path.is_file():
        raise CorpusError(f"{folder} does not hold MEANTIME: there is no {path.name}")
    articles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            name, sentence, _, token, *_ = line.split("\t")
            articles[name.removeprefix("corpus_")][sentence].append(token)
    return [_document(name, "wikinews", _compose(articles[name].values())) for name in sorted(articles)]


def load_basil(folder: Path) -> list[Document]:
    """The articles of BASIL, by name: YEAR/EVENT_NUMBER. A text is the title and the paragraphs."""
    paths = sorted((folder / "articles").glob("*/*.json"))
    if not paths:
        raise CorpusError(f"{folder} does not hold BASIL: there is no articles/YEAR/NAME.json")
    return [_load_basil(path) for path in paths]


def _load_basil(path: Path) -> Document:
    article = json.loads(path.read_text(encoding="utf-8"))
    paragraphs = [article["title"], *(" ".join(sentences) for sentences in article["body-paragraphs"])]
    return _document(f"{path.parent.name}/{path.stem}", article["source"].lower(), PARAGRAPH.join(paragraphs))


def _document(name: str, outlet: str, text: str) -> Document:
    return Document(name, outlet, text, {"": ()})


def _compose(sentences: Iterable[Sequence[str]]) -> str:
    """Tokens as running text."""
    running = RunningText()
    for tokens in sentences:
        running.add(tokens, " " if running.is_open else PARAGRAPH)
    return running.text


def choose(documents: Sequence[Document]) -> list[Document]:
    """Texts of middle length, drawn by chance: each of another event, and of two outlets where there are several."""
    fitting = [document for document in documents if len(find_words(document.text)) in LENGTHS]
    least = min(2, len({document.outlet for document in fitting}))
    draw = random.Random(SEED)
    while True:
        drawn = draw.sample(fitting, TEXTS)
        events = {document.name.partition("_")[0] for document in drawn}
        if len(events) == TEXTS and len({document.outlet for document in drawn}) >= least:
            return drawn


def load_coded(path: Path = CODED) -> dict[tuple[str, str], tuple[Attributed, ...]]:
    """The coded attributions by corpus and name of the document."""
    spans: dict[tuple[str, str], dict[int, dict[str, list[Range]]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            numbered = spans.setdefault((row["corpus"], row["document"]), {})
            roles = numbered.setdefault(int(row["number"]), {"source": [], "cue": [], "content": []})
            roles[row["role"]].append((int(row["start"]), int(row["end"])))
    return {key: tuple(map(_to_attributed, numbered.values())) for key, numbered in spans.items()}


def _to_attributed(roles: dict[str, list[Range]]) -> Attributed:
    return Attributed(tuple(roles["content"]), tuple(roles["source"]), tuple(roles["cue"]))
