"""Training examples from coded text, and the choice of confidence. What needs torch is skipped where it is absent."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

import closeread
from closeread.encoder.decode import CONTENT, CUE, SOURCE, begin, inner
from closeread.encoder.pieces import load_tokenizer
from evals.attribution_scores import Attributed
from evals.polnear_corpus import Document
from tests.hand_parsed import read_marked
from training.choose import Judged, cross_fit, fit, predict, thresholds
from training.data import Example, to_example, training_windows

TOKENIZER = load_tokenizer(str(Path(closeread.__file__).parent / "models" / "attribution" / "tokenizer.json"))


def _example(marked: str) -> Example:
    read = read_marked(marked)
    gold = Attributed(
        contents=tuple(read.spans("content")), sources=tuple(read.spans("source")), cue=tuple(read.spans("cue"))
    )
    return to_example(Document("d_2016-01-01_x", "d", read.text, {"": (gold,)}), TOKENIZER)


def test_labels_of_words() -> None:
    example = _example("[“We will stay,”]content [Ann Lee]source [said]cue. [“No.”]content Then she left.")
    expected = [
        begin(CONTENT),
        inner(CONTENT),
        inner(CONTENT),
        begin(SOURCE),
        inner(SOURCE),
        begin(CUE),
        begin(CONTENT),
    ]
    assert example.labels.tolist() == [*expected, 0, 0, 0]


def test_relations_are_word_indexes() -> None:
    (relation,) = _example("[“We will stay,”]content [Ann Lee]source [said]cue. [“No.”]content").relations
    assert (relation.content, relation.source, relation.cue) == ((0, 1, 2, 6), (3, 4), (5,))


def test_windows_hold_every_word_once() -> None:
    example = _example("\n\n".join(["[Ann Lee]source [said]cue [it rained]content.", *(["Then it was late."] * 300)]))
    windows = training_windows([example], random.Random(1))
    edges = [edge for window in windows for edge in window.words]
    assert edges[0] == 0
    assert edges[-1] == len(example.pieces.words)
    assert edges[1:-1:2] == edges[2::2]
    assert max(window.size for window in windows) <= 512


def _judged(seed: int, n: int = 400) -> Judged:
    """Attributions whose chance to be right is known."""
    draw = np.random.default_rng(seed)
    rows = np.stack([np.ones(n), draw.normal(size=n)], axis=1)
    chance = 1 / (1 + np.exp(-(rows @ np.array([0.5, 2.0]))))
    return Judged(rows, (draw.random(n) < chance).astype(float), n)


def test_the_regression_finds_the_weights_behind_the_data() -> None:
    judged = _judged(1, 20_000)
    assert fit(judged.rows, judged.right) == pytest.approx([0.5, 2.0], abs=0.1)


def test_confidence_is_calibrated_on_articles_it_has_not_seen() -> None:
    judged = [_judged(seed) for seed in range(20)]
    sure, right = cross_fit(judged), np.concatenate([each.right for each in judged])
    for low in (0.1, 0.3, 0.5, 0.7, 0.9):
        kept = (sure >= low) & (sure < low + 0.1)
        assert right[kept].mean() == pytest.approx(sure[kept].mean(), abs=0.06)


def test_a_higher_threshold_covers_less() -> None:
    judged = _judged(3)
    table = thresholds(predict(judged.rows, fit(judged.rows, judged.right)), judged.right, judged.gold)
    covered = [row["covered"] for row in table]
    assert covered == sorted(covered, reverse=True)
    assert table[-1]["right"] > table[0]["right"]


def test_the_graphs_are_the_tagger(tmp_path: Path) -> None:
    """Unit by unit through ONNX in 32 bits gives what the tagger gives for the whole text at once."""
    torch = pytest.importorskip("torch", reason="training needs torch, which the tests do not install")
    from closeread.encoder.decode import Decoding
    from closeread.encoder.model import Encoder
    from training.batches import to_inputs
    from training.data import whole_window
    from training.export import export
    from training.model import Shape, Tagger

    torch.manual_seed(1)
    tagger = Tagger(Shape(width=48, inner=96, heads=4)).eval()
    tokenizer = Path(closeread.__file__).parent / "models" / "attribution" / "tokenizer.json"
    export(tagger, tmp_path, tokenizer=tokenizer, decoding=Decoding(), full=True)
    example = _example("A headline\n\n[“We stay,”]content [Ann Lee]source [said]cue.\n\n" + "It rained. " * 150)
    inputs = to_inputs([whole_window(example)])
    with torch.inference_mode():
        emissions, _ = tagger(inputs.pieces, inputs.units, edges=inputs.edges, gaps=inputs.gaps)
    view = example.document.text.replace("[", "").replace("]", "")
    scores = Encoder(tmp_path).score(view)
    assert np.abs(scores.emissions - emissions[0].numpy()).max() < 1e-4
    steps = tagger.chain.transitions(torch.from_numpy(example.pieces.gaps)).detach().numpy()
    assert np.allclose(scores.steps, steps, atol=1e-5)
