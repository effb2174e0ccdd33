"""Articles as training examples: labels for words, arcs between them, and windows that fit the encoder."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from evals.attribution_scores import Sets, Tokens, split_runs, to_sets
from evals.polnear_corpus import Document, load_split
from training.crf import ROLES, begin, inner
from training.features import Ints, Pieces, to_pieces

HELD_OUT = ("2016-08", "2016-09")
CLS, SEP = 101, 102
WINDOW = 384
BEFORE, AFTER = 96, 32
SOURCE, CUE, CONTENT = range(len(ROLES))


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
    """A part of an example: the pieces that the encoder sees and the words among them that count, both half-open."""

    example: Example
    pieces: tuple[int, int]
    words: tuple[int, int]

    @property
    def size(self) -> int:
        return self.pieces[1] - self.pieces[0] + 2


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
    pieces = to_pieces(document.text, tokenizer)
    gold = to_sets(Tokens(document.text), document.gold)
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


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never cut by a window: a line, or a part of one that is too long. Pieces and words, half-open."""

    pieces: tuple[int, int]
    words: tuple[int, int]


def find_units(pieces: Pieces, limit: int) -> list[Unit]:
    """The lines of a text, cut between words where they have more than `limit` pieces."""
    starts = [*np.flatnonzero(pieces.breaks).tolist(), len(pieces.ids)]
    edges = sorted({starts[0], *starts, *(cut for line in pairwise(starts) for cut in _cut_line(pieces, line, limit))})
    words_at = np.searchsorted(pieces.first, edges, side="left").tolist()
    return [Unit(piece, word) for piece, word in zip(pairwise(edges), pairwise(words_at), strict=True)]


def _cut_line(pieces: Pieces, line: tuple[int, int], limit: int) -> Iterator[int]:
    """Where a line that is too long is cut: before the last word that begins within the limit."""
    start, end = line
    while end - start > limit:
        word = np.searchsorted(pieces.first, start + limit, side="right") - 1
        begins = int(pieces.first[word])
        start = begins if begins > start else start + limit
        yield start


def cut_windows(example: Example, *, room: int, first: int | None = None) -> Iterator[Window]:
    """Windows of whole units with at most `room` pieces each, the first one with at most `first`."""
    held: list[Unit] = []
    left = first or room
    for unit in find_units(example.pieces, room):
        size = unit.pieces[1] - unit.pieces[0]
        if held and size > left:
            yield _join(example, held)
            held, left = [], room
        held.append(unit)
        left -= size
    if held:
        yield _join(example, held)


def _join(example: Example, units: Sequence[Unit]) -> Window:
    pieces, words = (units[0].pieces[0], units[-1].pieces[1]), (units[0].words[0], units[-1].words[1])
    return Window(example, pieces, words)


def training_windows(examples: Sequence[Example], draw: random.Random) -> list[Window]:
    """All words once, cut at places that differ from one epoch to the next."""
    room = WINDOW - 2
    cut = [w for e in examples for w in cut_windows(e, room=room, first=draw.randint(room // 4, room))]
    return [window for window in cut if window.words[0] < window.words[1]]


def reading_windows(example: Example, first: int | None = None) -> list[Window]:
    """All words once, each window with up to BEFORE pieces of the text before it and AFTER behind it to look at.

    `first` cuts the first window short, to see what depends on where windows fall."""
    room = WINDOW - 2 - BEFORE - AFTER
    end = len(example.pieces.ids)
    return [
        Window(example, (max(0, window.pieces[0] - BEFORE), min(end, window.pieces[1] + AFTER)), window.words)
        for window in cut_windows(example, room=room, first=first)
        if window.words[0] < window.words[1]
    ]


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
