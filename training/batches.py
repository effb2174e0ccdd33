"""Windows as tensors: what goes into the encoder, and what is to come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.data import CLS, SEP, Window
from training.features import CASES, Ints

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Inputs:
    """Filled up to the longest window: see `Tagger.forward`. `lengths` are words, `lines` a number per word."""

    pieces: Tensor
    mask: Tensor
    edges: Tensor
    gaps: Tensor
    lines: Tensor
    lengths: Tensor


@dataclass(frozen=True, slots=True)
class Targets:
    """`labels` [batch, words]. `cues` [batch, words]: for each content word the column of its cue, 0 for none,
    IGNORED for other words. `sources` [batch, words, 1 + words]: for each cue word the columns that are its source;
    a row without any does not count."""

    labels: Tensor
    cues: Tensor
    sources: Tensor


def to_inputs(windows: Sequence[Window]) -> Inputs:
    """The windows as one batch."""
    return Inputs(
        pieces=_stack([_piece_rows(window) for window in windows]),
        mask=_stack([np.ones(window.size, dtype=np.int64) for window in windows]).bool(),
        edges=_stack([_edges(window) for window in windows]),
        gaps=_stack([_gaps(window) for window in windows]),
        lines=_stack([window.example.pieces.lines[slice(*window.words)] for window in windows]),
        lengths=torch.tensor([window.words[1] - window.words[0] for window in windows]),
    )


def to_targets(windows: Sequence[Window]) -> Targets:
    """What the encoder should say of the words of the windows."""
    labels = _stack([window.example.labels[slice(*window.words)] for window in windows])
    arcs = [_arcs(window) for window in windows]
    sources = torch.zeros(*labels.shape, labels.shape[1] + 1, dtype=torch.bool)
    for row, (_, pairs) in enumerate(arcs):
        for tail, head in pairs:
            sources[row, tail, head] = True
    return Targets(labels, _stack([cues for cues, _ in arcs], fill=IGNORED), sources)


def _stack(rows: Sequence[Ints], fill: int = 0) -> Tensor:
    longest = max(len(row) for row in rows)
    stacked = np.full((len(rows), longest, *rows[0].shape[1:]), fill, dtype=np.int64)
    for index, row in enumerate(rows):
        stacked[index, : len(row)] = row
    return torch.from_numpy(stacked)


def _piece_rows(window: Window) -> Ints:
    pieces, part = window.example.pieces, slice(*window.pieces)
    rows = np.stack([pieces.ids[part], pieces.quotes[part], pieces.cases[part], pieces.breaks[part]], axis=1)
    edge = [[CLS, 0, CASES - 1, 0]], [[SEP, 0, CASES - 1, 0]]
    return np.concatenate([edge[0], rows, edge[1]])


def _edges(window: Window) -> Ints:
    pieces, part = window.example.pieces, slice(*window.words)
    edges = np.stack([pieces.first[part], pieces.last[part]], axis=1) - window.pieces[0] + 1
    return edges.clip(0, window.size - 1)


def _gaps(window: Window) -> Ints:
    """One row more than words: behind the last word of the text the gap counts as the end of a line."""
    gaps = np.concatenate([window.example.pieces.gaps, [[1, 0, 0]]])
    return gaps[window.words[0] : window.words[1] + 1]


def _arcs(window: Window) -> tuple[Ints, list[tuple[int, int]]]:
    """The column of the cue for every word, and pairs of cue word and source column. Columns count from 1, 0 is none.
    An arc that leaves the window is not learned from."""
    start, end = window.words
    cues = np.full(end - start, IGNORED, dtype=np.int64)
    pairs: list[tuple[int, int]] = []
    for relation in window.example.relations:
        cue, source, content = (_within(part, start, end) for part in (relation.cue, relation.source, relation.content))
        if content and (cue or not relation.cue):
            cues[content] = cue[0] + 1 if cue else 0
        columns = [word + 1 for word in source] if relation.source else [0]
        pairs += [(word, column) for word in cue for column in columns]
    return cues, pairs


def _within(words: tuple[int, ...], start: int, end: int) -> list[int]:
    return [word - start for word in words if start <= word < end]
