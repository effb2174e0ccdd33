"""Runs a trained tagger over whole articles: windows in, scores of all words of the article out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from training.batches import Inputs, to_inputs
from training.data import Example, reading_windows
from training.decode import Scores
from training.links import Arcs
from training.model import Tagger


def load_tagger(path: Path) -> Tagger:
    """A trained tagger, ready to read."""
    tagger = Tagger()
    tagger.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return tagger.eval()


@torch.inference_mode()
def score_words(tagger: Tagger, example: Example, first: int | None = None) -> Scores:
    """The scores of one article. Windows are read one by one; links and steps are scored over the whole article."""
    parts = [_read(tagger, to_inputs([window])) for window in reading_windows(example, first)]
    emissions, vectors = (torch.cat([part[side] for part in parts]) for side in (0, 1))
    steps = tagger.chain.transitions(torch.from_numpy(example.pieces.gaps))
    tails_heads = [part.numpy() for part in vectors.chunk(4, dim=1)]
    tables = [{name: table.numpy() for name, table in link.state_dict().items()} for link in tagger.links]
    lines = example.pieces.lines
    cue_arcs = Arcs(tails_heads[0], tails_heads[1], lines, tables[0])
    source_arcs = Arcs(tails_heads[2], tails_heads[3], lines, tables[1])
    return Scores(emissions.double().numpy(), steps.double().numpy(), cue_arcs, source_arcs)


def _read(tagger: Tagger, inputs: Inputs) -> tuple[torch.Tensor, torch.Tensor]:
    emissions, vectors = tagger(inputs.pieces, inputs.mask, edges=inputs.edges, gaps=inputs.gaps)
    return emissions[0], vectors[0]


def score_all(tagger: Tagger, examples: Sequence[Example]) -> list[Scores]:
    """The scores of several articles, in their order."""
    return [score_words(tagger, example) for example in examples]
