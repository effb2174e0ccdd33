"""Windows as tensors: what goes into the encoder, and what is to come out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from closeread.encoder.pieces import NAME, Ints, Pieces
from closeread.encoder.units import Packed, pack
from training.data import Window

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Inputs:
    """Filled up to the longest window: see `Tagger.forward`. `lengths` are words, `lines` a number per word."""

    pieces: Tensor
    units: Tensor
    edges: Tensor
    gaps: Tensor
    lines: Tensor
    lengths: Tensor

    def to(self, device: torch.device) -> Inputs:
        """The same on another device."""
        return Inputs(*(getattr(self, field.name).to(device) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Targets:
    """`labels` [batch, words]. `cues` [batch, words]: for each content word the column of its cue, 0 for none,
    IGNORED for other words. `sources` [batch, words, 1 + words]: for each cue word the columns that are its source;
    a row without any does not count. `speakers`: the same for each content word."""

    labels: Tensor
    cues: Tensor
    sources: Tensor
    speakers: Tensor

    def to(self, device: torch.device) -> Targets:
        """The same on another device."""
        return Targets(*(getattr(self, field.name).to(device) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Hidden:
    """A share of the words that is hidden from the encoder in training, as if they were names."""

    draw: random.Random
    share: float = 0.03


def to_inputs(windows: Sequence[Window], hidden: Hidden | None = None) -> Inputs:
    """The windows as one batch."""
    packed = [_pack(window, hidden) for window in windows]
    return Inputs(
        pieces=_stack([each.rows for each in packed]),
        units=_stack([each.units for each in packed]),
        edges=_stack([each.edges for each in packed]),
        gaps=_stack([_gaps(window) for window in windows]),
        lines=_stack([window.example.pieces.lines[slice(*window.words)] for window in windows]),
        lengths=torch.tensor([window.words[1] - window.words[0] for window in windows]),
    )


def to_targets(windows: Sequence[Window]) -> Targets:
    """What the encoder should say of the words of the windows."""
    labels = _stack([window.example.labels[slice(*window.words)] for window in windows])
    arcs = [_arcs(window) for window in windows]
    sources, speakers = (torch.zeros(*labels.shape, labels.shape[1] + 1, dtype=torch.bool) for _ in range(2))
    for row, (_, by_cue, by_content) in enumerate(arcs):
        for table, pairs in ((sources, by_cue), (speakers, by_content)):
            for tail, head in pairs:
                table[row, tail, head] = True
    return Targets(labels, _stack([cues for cues, _, _ in arcs], fill=IGNORED), sources, speakers)


def _stack(rows: Sequence[Ints], fill: int = 0) -> Tensor:
    longest = max(len(row) for row in rows)
    stacked = np.full((len(rows), longest, *rows[0].shape[1:]), fill, dtype=np.int64)
    for index, row in enumerate(rows):
        stacked[index, : len(row)] = row
    return torch.from_numpy(stacked)


def _pack(window: Window, hidden: Hidden | None) -> Packed:
    pieces = window.example.pieces
    return pack(pieces, window.units, None if hidden is None else _hide(pieces, window.words, hidden))


def _hide(pieces: Pieces, words: tuple[int, int], hidden: Hidden) -> Ints:
    ids = pieces.ids.copy()
    for word in range(*words):
        if hidden.draw.random() < hidden.share:
            ids[int(pieces.first[word]) : int(pieces.last[word]) + 1] = NAME
    return ids


def _gaps(window: Window) -> Ints:
    """One row more than words: behind the last word of the text the gap counts as the end of a line."""
    gaps = np.concatenate([window.example.pieces.gaps, [[1, 0, 0]]])
    return gaps[window.words[0] : window.words[1] + 1]


def _arcs(window: Window) -> tuple[Ints, list[tuple[int, int]], list[tuple[int, int]]]:
    """The column of the cue for every word, and pairs of cue word, or content word, and source column. Columns count
    from 1, 0 is none. An arc that leaves the window is not learned from."""
    start, end = window.words
    cues = np.full(end - start, IGNORED, dtype=np.int64)
    by_cue: list[tuple[int, int]] = []
    by_content: list[tuple[int, int]] = []
    for relation in window.example.relations:
        cue, source, content = (_within(part, start, end) for part in (relation.cue, relation.source, relation.content))
        if content and (cue or not relation.cue):
            cues[content] = cue[0] + 1 if cue else 0
        columns = [word + 1 for word in source] if relation.source else [0]
        by_cue += [(word, column) for word in cue for column in columns]
        by_content += [(word, column) for word in content for column in columns]
    return cues, by_cue, by_content


def _within(words: tuple[int, ...], start: int, end: int) -> list[int]:
    return [word - start for word in words if start <= word < end]
