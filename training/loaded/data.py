"""Sentences as training items: what the lower graph of the shipped encoder makes of them, and what is to come out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from closeread.encoder.loaded import is_name
from closeread.encoder.model import Encoder, Read
from closeread.encoder.pieces import Ints, to_encoder_view
from closeread.encoder.sentences import find_borders, split_unit
from closeread.encoder.units import END, START
from closeread.intake import load_text
from closeread.marks import find_marks
from evals.babe_corpus import Judged
from evals.polnear_corpus import load_split
from training.loaded.model import Given

Floats = npt.NDArray[np.float32]
UNKNOWN = -1.0
# Every third article of PolNeAR train is read without its annotations.
STRIDE = 3


@dataclass(slots=True)
class Item:
    """One unit. `sentences` are its rows, half-open; `words` and `biased` hold what is to come out for each word and
    sentence, 0 to 1, UNKNOWN where that is not known or the word is a name."""

    rows: Ints
    states: npt.NDArray[np.float16]
    edges: Ints
    sentences: list[tuple[int, int]]
    words: Floats
    biased: Floats


def to_item(judged: Judged, encoder: Encoder) -> Item:
    """A judged sentence. Raises ValueError where it is longer than one unit."""
    article = load_text(judged.text, source="babe")
    view = to_encoder_view(article, find_marks(article)).replace("\n", " ")
    read = encoder.read(view)
    if len(read.units) != 1:
        return _cut_short(judged, encoder, view)
    words = np.zeros(len(read.pieces.words), dtype=np.float32)
    words[list(judged.loaded)] = 1.0
    words[is_name(read)] = UNKNOWN
    (item,) = _to_items(read, words, whole=True)
    item.biased[:] = UNKNOWN if judged.biased is None else float(judged.biased)
    return item


def _cut_short(judged: Judged, encoder: Encoder, view: str) -> Item:
    end = encoder.read(view).pieces.words[encoder.read(view).units[0].words[1] - 1][1]
    count = encoder.read(view).units[0].words[1]
    kept = frozenset(word for word in judged.loaded if word < count)
    return to_item(Judged(view[:end], judged.article, judged.outlet, judged.biased, kept), encoder)


def load_unlabelled(folder: Path, encoder: Encoder) -> Iterator[Item]:
    """The paragraphs of a third of PolNeAR train, with nothing known of them."""
    for document in load_split(folder, "train")[::STRIDE]:
        article = load_text(document.text, source=document.name)
        read = encoder.read(to_encoder_view(article, find_marks(article)))
        words = np.where(is_name(read), UNKNOWN, 0.0).astype(np.float32)
        yield from _to_items(read, words)


def _to_items(read: Read, words: Floats, *, whole: bool = False) -> Iterator[Item]:
    borders = [] if whole else find_borders(read.view, read.pieces)
    start = 0
    for unit in read.units:
        rows = slice(start, start + unit.size)
        if unit.words[0] < unit.words[1]:
            sentences = split_unit(read.pieces, unit, borders)
            yield Item(
                read.packed.rows[rows],
                read.states[rows].astype(np.float16),
                read.packed.edges[slice(*unit.words)] - start,
                sentences,
                words[slice(*unit.words)],
                np.full(len(sentences), UNKNOWN, dtype=np.float32),
            )
        start += unit.size


def read_alone(item: Item) -> list[Item]:
    """Each sentence of a unit as a unit of its own, for a teacher, which reads rows and no states."""
    alone = []
    first_rows = item.edges[:, 0]
    for start, end in item.sentences:
        held = (first_rows >= start) & (first_rows < end)
        inner = item.rows[start:end].copy()
        edge = np.array([START, 0, 3, 0, 0])
        rows = np.stack([edge, *inner, edge])
        rows[-1, 0], rows[1, 3], rows[:, 4] = END, 1, np.arange(len(rows))
        edges = (item.edges[held] - start + 1).clip(1, end - start)
        blank = np.full(1, UNKNOWN, dtype=np.float32)
        alone.append(Item(rows, item.states[:0], edges, [(1, len(rows) - 1)], item.words[held], blank))
    return alone


def draw_batches(items: Sequence[Item], *, size: int, draw: random.Random) -> list[list[Item]]:
    """Batches of at most `size` rows, filling included; items of like length come together."""
    batches: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda item: len(item.rows) + draw.uniform(0, 8)):
        longest = max([len(item.rows), *(len(other.rows) for other in batches[-1])])
        if longest * (len(batches[-1]) + 1) > size and batches[-1]:
            batches.append([])
        batches[-1].append(item)
    draw.shuffle(batches)
    return batches


def to_given(batch: Sequence[Item]) -> Given:
    """What a head or a teacher reads."""
    length, words = max(len(item.rows) for item in batch), max(len(item.words) for item in batch)
    member = torch.zeros(len(batch), max(len(item.sentences) for item in batch), length)
    edges, real = torch.zeros(len(batch), words, 2, dtype=torch.long), torch.zeros(len(batch), length)
    states = torch.zeros(len(batch), length, batch[0].states.shape[1])
    rows = torch.zeros(len(batch), length, 5, dtype=torch.long)
    for number, item in enumerate(batch):
        count = len(item.rows)
        real[number, :count] = 1
        rows[number, :count] = torch.from_numpy(item.rows)
        states[number, : len(item.states)] = torch.from_numpy(item.states.astype(np.float32))
        edges[number, : len(item.edges)] = torch.from_numpy(item.edges)
        for sentence, (start, end) in enumerate(item.sentences):
            member[number, sentence, start:end] = 1
    return Given(rows, states, member, edges, real)


def to_targets(batch: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """What is to come out, [batch, words] and [batch, sentences], filled up with UNKNOWN."""
    return _stack([item.words for item in batch]), _stack([item.biased for item in batch])


def _stack(rows: Sequence[Floats]) -> Tensor:
    stacked = torch.full((len(rows), max(len(row) for row in rows)), UNKNOWN)
    for number, row in enumerate(rows):
        stacked[number, : len(row)] = torch.from_numpy(row)
    return stacked
