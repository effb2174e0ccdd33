"""Writes a trained tagger as ONNX: `python -m training.export TAGGER OUT`.

`encoder.onnx` gives label scores and arc vectors for the words of one window; `heads.npz` holds the small tables that
turn those of a whole text into steps and links, and is used with numpy alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

from training.features import GAP_MARKS, GAP_SIGNS, QUOTE_STATES
from training.model import ARCS, Tagger
from training.read import load_tagger

INPUTS = ("pieces", "mask", "edges", "gaps")
OUTPUTS = ("emissions", "vectors")
OPSET = 17


class _Whole(torch.nn.Module):
    """The tagger with its inputs in a row, as the exporter wants them."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor, edges: torch.Tensor, gaps: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        emissions, vectors = self.tagger(pieces, mask, edges=edges, gaps=gaps)
        return emissions, vectors


def invent_inputs(pieces: int, words: int) -> tuple[torch.Tensor, ...]:
    """A window of nonsense of a given size."""
    ids = torch.randint(1000, 20000, (1, pieces, 1))
    rest = torch.stack([torch.randint(0, n, (1, pieces)) for n in (QUOTE_STATES, 4, 2)], dim=2)
    edges = torch.randint(0, pieces, (1, words, 2)).sort(dim=1).values
    gaps = torch.stack([torch.randint(0, n, (1, words + 1)) for n in (2, GAP_MARKS, GAP_SIGNS)], dim=2)
    return torch.cat([ids, rest], dim=2), torch.ones(1, pieces, dtype=torch.bool), edges, gaps


def export_encoder(tagger: Tagger, path: Path) -> None:
    """Windows of any size, one at a time or several."""
    several = {0: "batch", 1: "pieces"}
    counts = {"edges": "words", "gaps": "gaps", "emissions": "words", "vectors": "words"}
    torch.onnx.export(
        _Whole(tagger).eval(),
        invent_inputs(60, 40),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={"pieces": several, "mask": several}
        | {name: {0: "batch", 1: count} for name, count in counts.items()},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def export_heads(tagger: Tagger, path: Path) -> None:
    """The tables of the chain and of the links, by name."""
    tables = {f"chain.{name}": value for name, value in tagger.chain.state_dict().items()}
    for arc, link in zip(ARCS, tagger.links, strict=True):
        tables |= {f"{arc}.{name}": value for name, value in link.state_dict().items()}
    np.savez(path, allow_pickle=False, **{name: value.numpy() for name, value in tables.items()})


def compare(tagger: Tagger, path: Path) -> float:
    """The largest difference between label scores by torch and by ONNX Runtime, over some invented windows."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for pieces, words in ((30, 17), (200, 150), (384, 300)):
        given = invent_inputs(pieces, words)
        with torch.inference_mode():
            ours = _Whole(tagger).eval()(*given)[0].numpy()
        theirs = session.run(["emissions"], {name: x.numpy() for name, x in zip(INPUTS, given, strict=True)})[0]
        worst = max(worst, float(np.abs(ours - np.asarray(theirs)).max()))
    return worst


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write a trained tagger as ONNX.")
    parser.add_argument("tagger", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    tagger = load_tagger(asked.tagger)
    full, small = asked.out / "encoder.onnx", asked.out / "encoder-int8.onnx"
    export_encoder(tagger, full)
    export_heads(tagger, asked.out / "heads.npz")
    quantize_dynamic(str(full), str(small), per_channel=True, weight_type=QuantType.QInt8)
    report = {
        path.name: {"bytes": path.stat().st_size, "largest difference": compare(tagger, path)} for path in (full, small)
    }
    print(json.dumps(report, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
