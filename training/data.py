"""Articles as training examples: labels for words, arcs between them, and windows that fit the encoder."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from closeread.article import find_words
from closeread.encoder.decode import CONTENT, CUE, SOURCE, begin, inner
from closeread.encoder.pieces import Ints, Pieces, to_encoder_view, to_pieces
from closeread.encoder.units import Unit, find_units
from closeread.intake import load_text
from closeread.marks import find_marks
from evals.attribution_scores import Sets, Tokens, split_runs, to_sets
from evals.polnear_corpus import Document, load_split

HELD_OUT = ("2016-08", "2016-09")
WINDOW = 512


@dataclass(frozen=True, slots=True)
class Relation:
    """One gold attribution as word indexes."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One article ready for the encoder, with its gold."""

    document: Document
    pieces: Pieces
    labels: Ints
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring units of an example."""

    example: Example
    units: tuple[Unit, ...]

    @property
    def words(self) -> tuple[int, int]:
        return self.units[0].words[0], self.units[-1].words[1]

    @property
    def size(self) -> int:
        return sum(unit.size for unit in self.units)


def month(document: Document) -> str:
    """Year and month of a document, `2016-08`, from its name."""
    return document.name.split("_")[1][:7]


def load_documents(folder: Path) -> tuple[list[Document], list[Document]]:
    """The train split of the corpus in two: what is trained on, and the months that are held out to choose by."""
    documents = load_split(folder, "train")
    kept = [document for document in documents if month(document) not in HELD_OUT]
    return kept, [document for document in documents if month(document) in HELD_OUT]


def to_example(document: Document, tokenizer: Tokenizer) -> Example:
    """An article with its gold as labels and relations. Contents without a word are left out, as in scoring."""
    article = load_text(document.text, source=document.name)
    if len(article.text) != len(document.text):
        raise ValueError(f"{document.name}: intake changes its places")
    pieces = to_pieces(to_encoder_view(article, find_marks(article)), tokenizer)
    gold = to_sets(Tokens(document.text), document.gold)
    if pieces.words != find_words(document.text):
        raise ValueError(f"{document.name}: intake changes its words")
    relations = tuple(
        Relation(tuple(sorted(each.cue)), tuple(sorted(each.source)), tuple(sorted(each.content))) for each in gold
    )
    return Example(document, pieces, _label(len(pieces.words), gold), relations)


def _label(words: int, gold: Sequence[Sets]) -> Ints:
    """One label per word. Where roles share a word, cue wins over source and source over content."""
    spans = np.zeros((words, 2), dtype=np.int64)
    found = [(CONTENT, run) for each in gold for run in each.fragments]
    found += [(SOURCE, run) for each in gold for run in split_runs(each.source)]
    found += [(CUE, run) for each in gold for run in split_runs(each.cue)]
    for number, (role, run) in enumerate(dict.fromkeys(found), 1):
        spans[list(run)] = role, number
    labels = np.zeros(words, dtype=np.int64)
    for index, (role, number) in enumerate(spans):
        if number:
            goes_on = index > 0 and spans[index - 1][1] == number
            labels[index] = inner(int(role)) if goes_on else begin(int(role))
    return labels


def training_windows(examples: Sequence[Example], draw: random.Random) -> list[Window]:
    """All units once, together with those beside them, cut at places that differ from one epoch to the next."""
    cut = [window for example in examples for window in _cut_windows(example, draw.randint(WINDOW // 4, WINDOW))]
    return [window for window in cut if window.words[0] < window.words[1]]


def whole_window(example: Example) -> Window:
    """The whole text at once, for reading."""
    return Window(example, tuple(find_units(example.pieces)))


def _cut_windows(example: Example, first: int) -> Iterator[Window]:
    """Windows of whole units with at most WINDOW pieces each, the first one with at most `first`."""
    held: list[Unit] = []
    left = first
    for unit in find_units(example.pieces):
        if held and unit.size > left:
            yield Window(example, tuple(held))
            held, left = [], WINDOW
        held.append(unit)
        left -= unit.size
    if held:
        yield Window(example, tuple(held))


def draw_batches(windows: Sequence[Window], *, size: int, draw: random.Random) -> list[list[Window]]:
    """Batches of at most `size` pieces, filling included; windows of like length come together."""
    ordered = sorted(windows, key=lambda window: window.size + draw.uniform(0, 24))
    batches: list[list[Window]] = [[]]
    for window in ordered:
        longest = max([window.size, *(other.size for other in batches[-1])])
        if longest * (len(batches[-1]) + 1) > size and batches[-1]:
            batches.append([])
        batches[-1].append(window)
    draw.shuffle(batches)
    return batches
