"""The encoder and its heads: word pieces in, for every word scores of its labels and vectors that link it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from closeread.encoder import links
from closeread.encoder.decode import LABELS
from closeread.encoder.model import ARCS, REACH
from closeread.encoder.pieces import BREAKS, CASES, GAP_BREAKS, GAP_MARKS, GAP_SIGNS, QUOTE_STATES
from closeread.encoder.units import AFTER, BEFORE
from training.crf import Chain

LINK_WIDTH = 128
GAP_WIDTH = 32
DISTANCES = 32
LINE_DISTANCES = 4
LOCAL = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder, as its weights have them."""

    vocabulary: int = 30522
    width: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6
    positions: int = 512


class Layer(nn.Module):
    """One transformer layer, normalised after each sum as BERT does."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.scale = (shape.width // shape.heads) ** -0.5
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.after_attention = nn.LayerNorm(shape.width, eps=1e-12)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.after_narrow = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the attention scores: 0 where a piece may be looked at."""
        return self.attend(states, *self.project(states), mask)

    def project(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Queries, and keys beside values."""
        return self.query(states), torch.cat([self.key(states), self.value(states)], dim=-1)

    def attend(self, states: Tensor, queries: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """New states of the pieces with these queries, which look at the pieces of the memory."""
        query, key, value = (self._split(part) for part in (queries, *memory.chunk(2, dim=-1)))
        # Written out: on a CPU it takes a third of the time of the built-in call.
        weights = torch.softmax((query * self.scale) @ key.transpose(2, 3) + mask.to(query.dtype), dim=-1)
        mixed = (weights.to(value.dtype) @ value).transpose(1, 2).flatten(2)
        states = self.after_attention(states + self.dropout(self.output(mixed)))
        states = self.after_narrow(states + self.dropout(self.narrow(F.gelu(self.widen(states)))))
        return states

    def _split(self, states: Tensor) -> Tensor:
        batch, pieces, width = states.shape
        return states.view(batch, pieces, self.heads, width // self.heads).transpose(1, 2)


class Encoder(nn.Module):
    """BERT with three more input tables: double marks, capitals, line starts. The first LOCAL layers see one unit at a
    time, as if it stood alone; the others see what stands around it too."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.quotes = nn.Embedding(QUOTE_STATES, shape.width)
        self.cases = nn.Embedding(CASES, shape.width)
        self.breaks = nn.Embedding(BREAKS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        # What each head of the upper layers makes of units that are so many apart.
        start = torch.full((2 * REACH + 1, shape.heads), -2.0)
        start[REACH] = 0.0
        self.apart = nn.ParameterList(nn.Parameter(start.clone()) for _ in range(LOCAL, shape.layers))
        for table in (self.quotes, self.cases, self.breaks):
            nn.init.zeros_(table.weight)

    def embed(self, pieces: Tensor) -> Tensor:
        """`pieces` is [..., pieces, 5]: id, quote state, case, break, place in the unit."""
        ids, quotes, cases, breaks, places = pieces.unbind(-1)
        states = self.words(ids) + self.positions(places)
        states = states + self.quotes(quotes) + self.cases(cases) + self.breaks(breaks)
        normal = self.dropout(self.norm(states))
        assert isinstance(normal, Tensor)
        return normal

    def forward(self, pieces: Tensor, units: Tensor) -> Tensor:
        """`units` [batch, pieces] is the number of the unit of each piece, 0 for filling."""
        states = self.embed(pieces)
        inside = torch.where(units[:, None, :] == units[:, :, None], 0.0, -1e4)[:, None]
        reach, member = surroundings(units)
        numbers = torch.arange(member.shape[2], device=units.device)
        steps = (numbers[None, :] - numbers[:, None]).clamp(-REACH, REACH) + REACH
        for number, layer in enumerate(self.layers):
            if number < LOCAL:
                states = layer(states, inside)
            else:
                apart = self.apart[number - LOCAL][steps].permute(2, 0, 1)
                spread = member[:, None] @ apart @ member[:, None].transpose(2, 3)
                states = layer(states, spread + reach[:, None])
        assert isinstance(states, Tensor)
        return states


def surroundings(units: Tensor) -> tuple[Tensor, Tensor]:
    """Which pieces a piece may look at in the upper layers, [batch, pieces, pieces], 0 or -1e4: its own unit, BEFORE
    pieces before that and AFTER behind it. And the unit of each piece, [batch, pieces, units], as zeros and a one."""
    count = units.shape[1]
    places = torch.arange(count, device=units.device)
    own = units[:, :, None] == units[:, None, :]
    first = torch.where(own, places, count).amin(dim=2)[:, :, None]
    last = torch.where(own, places, -1).amax(dim=2)[:, :, None]
    near = (places >= first - BEFORE) & (places <= last + AFTER) & (units > 0)[:, None, :]
    return torch.where(near | own, 0.0, -1e4), F.one_hot(units).float()


class Tagger(nn.Module):
    """Encoder, label scores for each word, and for each kind of arc a vector as its tail and one as its head.

    Arc `content` leads from a content word to its cue, arc `source` from a cue word to its source, and arc `speaker`
    from a content word to the same source."""

    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        shape = shape or Shape()
        self.encoder = Encoder(shape, dropout)
        self.gap_tables = nn.ModuleList(nn.Embedding(n, GAP_WIDTH) for n in (GAP_BREAKS, GAP_MARKS, GAP_SIGNS))
        self.join = nn.Linear(2 * shape.width + 2 * GAP_WIDTH, shape.width)
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(shape.width, LABELS)
        self.vectors = nn.Linear(shape.width, 2 * len(ARCS) * LINK_WIDTH)
        self.chain = Chain()
        self.links = nn.ModuleList(Link() for _ in ARCS)

    def forward(self, pieces: Tensor, units: Tensor, *, edges: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """`edges` is [batch, words, 2], first and last piece of each word; `gaps` [batch, words + 1, 3], the gap
        before each word and the one after the last. Gives label scores and arc vectors [batch, words, ...]."""
        return self.read_words(self.encoder(pieces, units), edges, gaps)

    def read_words(self, states: Tensor, edges: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """From the states of pieces to what `forward` gives."""
        first, last = (self._pick(states, edges[..., side]) for side in (0, 1))
        gap = sum(table(gaps[..., column]) for column, table in enumerate(self.gap_tables))
        assert isinstance(gap, Tensor)
        joined = self.join(torch.cat([first, last, gap[:, :-1], gap[:, 1:]], dim=2))
        words = self.dropout(F.gelu(joined))
        return self.labels(words), self.vectors(words)

    @staticmethod
    def _pick(states: Tensor, places: Tensor) -> Tensor:
        return states.gather(1, places[..., None].expand(-1, -1, states.shape[2]))


class Link(nn.Module):
    """Scores of arcs between words: a product of two vectors, and what the distance in words and lines speaks for."""

    def __init__(self) -> None:
        super().__init__()
        self.product = nn.Parameter(torch.eye(LINK_WIDTH) / LINK_WIDTH**0.5)
        self.head = nn.Parameter(torch.zeros(LINK_WIDTH))
        self.none = nn.Linear(LINK_WIDTH, 1)
        self.distance = nn.Parameter(prior())
        self.line_distance = nn.Parameter(-torch.arange(-LINE_DISTANCES, LINE_DISTANCES + 1).abs().float())

    def forward(self, tails: Tensor, heads: Tensor, *, steps: Tensor, lines: Tensor) -> Tensor:
        """Scores [..., tails, 1 + heads], column 0 for no head. `steps` and `lines` are head less tail, in words and
        in lines, [..., tails, heads]."""
        scores = (tails @ self.product) @ heads.transpose(-1, -2) + (heads @ self.head)[..., None, :]
        scores = scores + self.distance[bucket(steps)]
        scores = scores + self.line_distance[lines.clamp(-LINE_DISTANCES, LINE_DISTANCES) + LINE_DISTANCES]
        return torch.cat([self.none(tails), scores], dim=-1)


def bucket(steps: Tensor) -> Tensor:
    """`links.bucket` of distances in a tensor."""
    return torch.from_numpy(links.bucket(steps.cpu().numpy(), DISTANCES)).to(steps.device)


def prior() -> Tensor:
    """Where training starts: an arc is the less likely the longer it is, in proportion."""
    size = torch.arange(DISTANCES // 2).float()
    length = torch.where(size < 5, size.clamp(min=1), 4 * 2 ** (size - 4))
    return -torch.cat([length, length]).log()


def load_encoder(tagger: Tagger, weights: Path) -> None:
    """Fills the encoder from a BERT file in safetensors. Raises KeyError where the file lacks a tensor."""
    given = load_file(weights)
    own = {f"encoder.{ours}": given[theirs] for ours, theirs in _names(len(tagger.encoder.layers)).items()}
    # Every text is one segment: its vector joins the positions.
    own["encoder.positions.weight"] = (
        own["encoder.positions.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    )
    missing, _ = tagger.load_state_dict(own, strict=False)
    lost = [name for name in missing if name.startswith(("encoder.layers", "encoder.words", "encoder.norm"))]
    if lost:
        raise KeyError(f"{weights} lacks {lost}")


def _names(layers: int) -> dict[str, str]:
    """Names of BERT's tensors by the names used here."""
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
    }
    modules = {"norm": "embeddings.LayerNorm"}
    for index in range(layers):
        ours, theirs = f"layers.{index}.", f"encoder.layer.{index}."
        modules |= {ours + part: f"{theirs}attention.self.{part}" for part in ("query", "key", "value")}
        modules[ours + "output"] = theirs + "attention.output.dense"
        modules[ours + "after_attention"] = theirs + "attention.output.LayerNorm"
        modules[ours + "widen"] = theirs + "intermediate.dense"
        modules[ours + "narrow"] = theirs + "output.dense"
        modules[ours + "after_narrow"] = theirs + "output.LayerNorm"
    for ours, theirs in modules.items():
        names |= {f"{ours}.{kind}": f"{theirs}.{kind}" for kind in ("weight", "bias")}
    return names
