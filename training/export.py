"""Writes a trained tagger as what `closeread.encoder` runs: graphs in ONNX, tables, tokenizer, decoding, sums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn

from closeread.encoder.decode import Decoding
from closeread.encoder.model import ARCS, GRAPHS
from training.model import LINK_WIDTH, LOCAL, Encoder, Layer, Tagger

OPSET = 17


class Lower(nn.Module):
    """The layers that see one unit alone; hands on what the layer above asks for."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder.embed(rows)
        for layer in self.encoder.layers[:LOCAL]:
            states = attend(layer, states, layer.query(states), layer.key(states), layer.value(states))
        return states, *self.encoder.layers[LOCAL].project(states)


class Middle(nn.Module):
    """One layer that looks around; hands on what the last one asks for."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, states: Tensor, queries: Tensor, memory: Tensor, apart: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = look_around(self.encoder, LOCAL, states, queries, memory, apart)
        return states, *self.encoder.layers[LOCAL + 1].project(states)


class Upper(nn.Module):
    """The last layer and the heads."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self, states: Tensor, queries: Tensor, memory: Tensor, apart: Tensor, edges: Tensor, gaps: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = look_around(self.tagger.encoder, LOCAL + 1, states, queries, memory, apart)
        tagger = self.tagger
        gap = sum(table(gaps[:, column]) for column, table in enumerate(tagger.gap_tables))
        joined = tagger.join(torch.cat([states[edges[:, 0]], states[edges[:, 1]], gap[:-1], gap[1:]], dim=1))
        words = F.gelu(joined)
        return tagger.labels(words), tagger.vectors(words).reshape(-1, 2 * len(ARCS), LINK_WIDTH)


def look_around(
    encoder: Encoder, number: int, states: Tensor, queries: Tensor, memory: Tensor, apart: Tensor
) -> Tensor:
    """Layer `number` for one unit; `apart` are rows of the table of distances in units."""
    bias = encoder.apart[number - LOCAL][apart].transpose(0, 1)[:, None, :]
    return attend(encoder.layers[number], states, queries, *memory.chunk(2, dim=-1), bias=bias)


def attend(
    layer: Layer, states: Tensor, queries: Tensor, keys: Tensor, values: Tensor, *, bias: Tensor | None = None
) -> Tensor:
    """`Layer.attend` for one unit without a dimension for the batch: half of the nodes of its graph, and a tenth of its
    time, would only work out shapes."""
    width = layer.output.in_features
    query, key, value = (
        part.reshape(-1, layer.heads, width // layer.heads).transpose(0, 1) for part in (queries, keys, values)
    )
    scores = (query * layer.scale) @ key.transpose(1, 2)
    weights = torch.softmax(scores if bias is None else scores + bias, dim=-1)
    mixed = (weights @ value).transpose(0, 1).reshape(-1, width)
    states = layer.after_attention(states + layer.output(mixed))
    return layer.after_narrow(states + layer.narrow(F.gelu(layer.widen(states))))


def export_graphs(tagger: Tagger, folder: Path) -> None:
    """Three graphs for units of any size: `lower.onnx`, `middle.onnx`, `upper.onnx`."""
    width = tagger.labels.in_features
    unit = {"states": torch.zeros(9, width), "queries": torch.zeros(9, width), "memory": torch.zeros(20, 2 * width)}
    unit["apart"] = torch.zeros(20, dtype=torch.long)
    words = {"edges": torch.zeros(5, 2, dtype=torch.long), "gaps": torch.zeros(6, 3, dtype=torch.long)}
    handed = ("new_states", "new_queries", "new_memory")
    _export(Lower(tagger.encoder), folder / "lower.onnx", {"rows": torch.zeros(9, 5, dtype=torch.long)}, handed)
    _export(Middle(tagger.encoder), folder / "middle.onnx", unit, handed)
    _export(Upper(tagger), folder / "upper.onnx", unit | words, ("emissions", "vectors"))


def _export(module: nn.Module, path: Path, given: dict[str, Tensor], outputs: tuple[str, ...]) -> None:
    torch.onnx.export(
        module.eval(),
        tuple(given.values()),
        str(path),
        input_names=list(given),
        output_names=list(outputs),
        dynamic_axes={name: {0: f"{name}_rows"} for name in (*given, *outputs)},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def quantize(folder: Path, out: Path) -> None:
    """The same graphs with int8 weights, one scale per column."""
    for name in GRAPHS:
        given, made = folder / f"{name}.onnx", out / f"{name}.onnx"
        quantize_dynamic(str(given), str(made), per_channel=True, weight_type=QuantType.QInt8)


def export_tables(tagger: Tagger, path: Path) -> None:
    """The tables of the chain and of the links, by name."""
    tables = {f"chain.{name}": value for name, value in tagger.chain.state_dict().items()}
    tables["chain.never"] = tagger.chain.never
    for arc, link in zip(ARCS, tagger.links, strict=True):
        tables |= {f"{arc}.{name}": value for name, value in link.state_dict().items()}
    np.savez(path, allow_pickle=False, **{name: value.numpy() for name, value in tables.items()})


def export(tagger: Tagger, out: Path, *, tokenizer: Path, decoding: Decoding, full: bool = False) -> None:
    """Writes a folder that `closeread.encoder.model.Encoder` reads; `full` keeps 32-bit weights."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        export_graphs(tagger, out if full else Path(folder))
        if not full:
            quantize(Path(folder), out)
    export_tables(tagger, out / "tables.npz")
    write_tokenizer(tokenizer, out / "tokenizer.json")
    write_decoding(decoding, out)


def write_decoding(decoding: Decoding, out: Path) -> None:
    """The values of the decoding, and the sums of all files."""
    (out / "decoding.json").write_text(json.dumps(decoding.to_record(), indent=1) + "\n", encoding="utf-8")
    names = [*(f"{name}.onnx" for name in GRAPHS), "tables.npz", "tokenizer.json", "decoding.json"]
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="ascii")


def write_tokenizer(given: Path, path: Path) -> None:
    """The tokenizer without the cutting and filling that its file asks for."""
    record = json.loads(given.read_text(encoding="utf-8"))
    record["truncation"] = record["padding"] = None
    path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
