"""The head for loaded language: layers of its own on the states that the attribution encoder hands on."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.model import LOCAL, Encoder, Layer, Shape, Tagger

WIDTH = 256
# Of the 1,536 inner units of a layer these many are kept: time is short.
INNER = 1024


@dataclass(frozen=True, slots=True)
class Given:
    """A batch of units. `rows` as `units.Packed` has them; `states` [batch, pieces, width] of the lower graph; `member`
    [batch, sentences, pieces], 1 where a piece is in a sentence; `edges` [batch, words, 2], first and last piece of
    each word; `real` [batch, pieces], 0 for filling."""

    rows: Tensor
    states: Tensor
    member: Tensor
    edges: Tensor
    real: Tensor


class LoadedHead(nn.Module):
    """For each word a score that people mark it as loaded, for each sentence a score that they call it biased.

    A piece sees its own sentence alone. A word is read from its first and last piece, and from what its sentence says
    as a whole; a sentence from the pieces that it looks at, and from its mean."""

    def __init__(self, layers: int, inner: int = INNER, dropout: float = 0.1) -> None:
        super().__init__()
        shape = Shape(inner=inner)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.heads = shape.heads
        self.look = nn.Linear(shape.width, shape.heads)
        self.join = nn.Linear(2 * shape.width, WIDTH)
        self.word = nn.Linear(WIDTH, 1)
        self.sum_up = nn.Linear(2 * shape.width, WIDTH)
        self.sentence = nn.Linear(WIDTH, 1)

    def forward(self, states: Tensor, member: Tensor, edges: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """`states` [batch, pieces, width]; `member` [batch, sentences, pieces], 1 where a piece is in a sentence;
        `edges` [batch, words, 2]; `real` [batch, pieces], 0 for filling. The start and the end of a unit are in no
        sentence and are seen by all. Gives scores [batch, words] and [batch, sentences]."""
        ends = real - member.sum(dim=1)
        seen = (member.transpose(1, 2) @ member + ends[:, None]).clamp(0, 1)
        mask = ((1 - seen) * -1e4)[:, None]
        for layer in self.layers:
            states = layer(states, mask)
        return self.read(states, member, edges)

    def read(self, states: Tensor, member: Tensor, edges: Tensor) -> tuple[Tensor, Tensor]:
        """From the states of the last layer."""
        states = self.dropout(states)
        weights = self.look(states).transpose(1, 2)[:, None] + ((1 - member) * -1e4)[:, :, None]
        weights = torch.softmax(weights, dim=-1)
        parts = states.unflatten(2, (self.heads, -1)).transpose(1, 2)[:, None]
        looked = (weights[..., None, :] @ parts).squeeze(-2).flatten(2)
        mean = (member / member.sum(dim=2, keepdim=True).clamp(min=1)) @ states
        summed = F.gelu(self.sum_up(torch.cat([looked, mean], dim=2)))
        sentences = self.sentence(self.dropout(summed))[..., 0]
        first, last = (states.gather(1, edges[..., side][..., None].expand(-1, -1, states.shape[2])) for side in (0, 1))
        joined = F.gelu(self.join(torch.cat([first, last], dim=2)))
        return self.word(self.dropout(joined))[..., 0], sentences

    def forward_all(self, given: Given) -> tuple[Tensor, Tensor]:
        """The same for a batch."""
        return self(given.states, given.member, given.edges, given.real)


class Teacher(nn.Module):
    """The whole encoder, tuned for this task alone, with the same way to read words and sentences from its states."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.encoder: Encoder = tagger.encoder
        self.top = LoadedHead(0)

    def forward_all(self, given: Given) -> tuple[Tensor, Tensor]:
        """As `LoadedHead` gives it, from the rows of units of one sentence each."""
        states = self.encoder.embed(given.rows)
        mask = ((1 - given.real) * -1e4)[:, None, None]
        for layer in self.encoder.layers:
            states = layer(states, mask)
        scores: tuple[Tensor, Tensor] = self.top.read(states, given.member, given.edges)
        return scores


def make_head(tagger: Tagger, layers: int = 2, inner: int = INNER) -> LoadedHead:
    """A head whose layers begin as the upper ones of a tagger, each with the inner units that weigh most there."""
    head = LoadedHead(layers, inner)
    for own, given in zip(head.layers, tagger.encoder.layers[LOCAL:], strict=False):
        weights = dict(given.state_dict())
        strength = weights["widen.weight"].norm(dim=1) * weights["narrow.weight"].norm(dim=0)
        kept = strength.topk(inner).indices.sort().values
        weights["widen.weight"], weights["widen.bias"] = weights["widen.weight"][kept], weights["widen.bias"][kept]
        weights["narrow.weight"] = weights["narrow.weight"][:, kept]
        own.load_state_dict(weights)
    return head
