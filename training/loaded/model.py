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
# Values per piece of the table that says which piece it is.
TABLE = 96


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


class Readout(nn.Module):
    """From states to scores. A word is read from its first and last piece; a sentence from the pieces that it looks at,
    each head of it at others, and from the mean of all."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        shape = Shape()
        self.dropout = nn.Dropout(dropout)
        self.heads = shape.heads
        self.look = nn.Linear(shape.width, shape.heads)
        self.join = nn.Linear(2 * shape.width, WIDTH)
        self.word = nn.Linear(WIDTH, 1)
        self.sum_up = nn.Linear(2 * shape.width, WIDTH)
        self.sentence = nn.Linear(WIDTH, 1)

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


class LoadedHead(Readout):
    """For each word a score that people mark it as loaded, for each sentence a score that they call it biased.

    A piece sees its own sentence alone. A small table tells it once more which piece it is, by what the pretrained
    weights knew of it: the lower layers were tuned for another task."""

    def __init__(self, layers: int = 2, inner: int = INNER, dropout: float = 0.1) -> None:
        super().__init__(dropout)
        shape = Shape(inner=inner)
        self.table = nn.Embedding(shape.vocabulary, TABLE)
        self.table.weight.requires_grad = False
        self.lift = nn.Linear(TABLE, shape.width)
        nn.init.zeros_(self.lift.weight)
        nn.init.zeros_(self.lift.bias)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(layers))

    def forward(
        self, states: Tensor, ids: Tensor, *, member: Tensor, edges: Tensor, real: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `Given` has them, `ids` the first column of its rows. The start and the end of a unit are in no sentence
        and are seen by all. Gives scores [batch, words] and [batch, sentences]."""
        ends = real - member.sum(dim=1)
        seen = (member.transpose(1, 2) @ member + ends[:, None]).clamp(0, 1)
        mask = ((1 - seen) * -1e4)[:, None]
        states = states + self.lift(self.table(ids))
        for layer in self.layers:
            states = layer(states, mask)
        return self.read(states, member, edges)

    def forward_all(self, given: Given) -> tuple[Tensor, Tensor]:
        """The same for a batch."""
        ids = given.rows[..., 0]
        scores: tuple[Tensor, Tensor] = self(given.states, ids, member=given.member, edges=given.edges, real=given.real)
        return scores


class Teacher(nn.Module):
    """The whole encoder, tuned for this task alone, with the same way to read words and sentences from its states."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.encoder: Encoder = tagger.encoder
        self.top = Readout()

    def forward_all(self, given: Given) -> tuple[Tensor, Tensor]:
        """As `LoadedHead` gives it, from the rows of units of one sentence each."""
        states = self.encoder.embed(given.rows)
        mask = ((1 - given.real) * -1e4)[:, None, None]
        for layer in self.encoder.layers:
            states = layer(states, mask)
        scores: tuple[Tensor, Tensor] = self.top.read(states, given.member, given.edges)
        return scores


def make_head(tagger: Tagger, words: Tensor, layers: int = 2, inner: int = INNER) -> LoadedHead:
    """A head whose layers begin as the upper ones of a tagger, each with the inner units that weigh most there, and
    whose table has what varies most in the pretrained vectors of the pieces, `words`."""
    head = LoadedHead(layers, inner)
    head.table.weight.data = reduce_vectors(words)
    for own, given in zip(head.layers, tagger.encoder.layers[LOCAL:], strict=False):
        weights = dict(given.state_dict())
        strength = weights["widen.weight"].norm(dim=1) * weights["narrow.weight"].norm(dim=0)
        kept = strength.topk(inner).indices.sort().values
        weights["widen.weight"], weights["widen.bias"] = weights["widen.weight"][kept], weights["widen.bias"][kept]
        weights["narrow.weight"] = weights["narrow.weight"][:, kept]
        own.load_state_dict(weights)
    return head


def reduce_vectors(words: Tensor) -> Tensor:
    """The TABLE principal components of the vectors, each piece's values, all together of unit variance."""
    centred = words - words.mean(dim=0)
    axes = torch.linalg.eigh(centred.T @ centred).eigenvectors[:, -TABLE:]
    values = centred @ axes
    return values / values.std()
