"""Writes a trained head as what `closeread.encoder.loaded` runs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn

from closeread.encoder.loaded import Calibration
from training.export import OPSET, attend
from training.loaded.model import LoadedHead


class _OneUnit(nn.Module):
    """The head for one unit, nothing filled up and without a dimension for the batch: `LoadedHead.forward` at less
    cost."""

    def __init__(self, head: LoadedHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, ids: Tensor, member: Tensor, edges: Tensor) -> tuple[Tensor, Tensor]:
        head = self.head
        outside = (1 - member) * -1e4
        ends = 1 - member.sum(dim=0)
        bias = ((1 - (member.transpose(0, 1) @ member + ends).clamp(0, 1)) * -1e4)[None]
        states = states + head.lift(head.table(ids))
        for layer in head.layers:
            states = attend(layer, states, layer.query(states), layer.key(states), layer.value(states), bias=bias)
        weights = torch.softmax(head.look(states).transpose(0, 1)[None] + outside[:, None], dim=-1)
        parts = states.reshape(-1, head.heads, head.look.in_features // head.heads).transpose(0, 1)
        looked = (weights[:, :, None] @ parts).reshape(-1, head.look.in_features)
        mean = (member / member.sum(dim=1, keepdim=True).clamp(min=1)) @ states
        sentences = head.sentence(F.gelu(head.sum_up(torch.cat([looked, mean], dim=1))))[:, 0]
        joined = F.gelu(head.join(torch.cat([states[edges[:, 0]], states[edges[:, 1]]], dim=1)))
        return head.word(joined)[:, 0], sentences


def export(head: LoadedHead, out: Path, calibration: Calibration) -> None:
    """The graph with int8 weights, the calibration, and the sums of both."""
    out.mkdir(parents=True, exist_ok=True)
    given = {"states": torch.zeros(9, 384), "ids": torch.zeros(9, dtype=torch.long)}
    given |= {"member": torch.zeros(2, 9), "edges": torch.zeros(5, 2, dtype=torch.long)}
    given["member"][0, 1:4] = given["member"][1, 4:8] = 1.0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "loaded.onnx"
        torch.onnx.export(
            _OneUnit(head).eval(),
            tuple(given.values()),
            str(path),
            input_names=list(given),
            output_names=["words", "sentences"],
            dynamic_axes={
                "states": {0: "rows"},
                "ids": {0: "rows"},
                "member": {0: "count", 1: "rows"},
                "edges": {0: "held"},
                "words": {0: "held"},
                "sentences": {0: "count"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(str(path), str(out / "loaded.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    write_calibration(calibration, out)


def write_calibration(calibration: Calibration, out: Path) -> None:
    """The values of the calibration, and the sums of all files."""
    (out / "calibration.json").write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    names = ("loaded.onnx", "calibration.json")
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
