"""Training items of the head for loaded language, its calibration, and the head itself where torch is."""

from __future__ import annotations

import numpy as np
import pytest

from closeread.encoder.loaded import Calibration, LoadedReader, is_name, load_loaded
from closeread.encoder.model import load_encoder
from closeread.encoder.units import END, START
from evals.babe import read_alone as read_line
from evals.babe_corpus import Judged
from training.loaded.choose import calibrate

VILE = Judged("The vile plan of Ann Lee is a shameless, disgraceful stunt.", "1", "", True, frozenset({1, 8, 9}))
PLAIN = Judged("The council of the town met on Monday to vote on the plan.", "2", "", False, frozenset())


class _Reader(LoadedReader):
    """The shipped head, to be calibrated again."""

    def __init__(self) -> None:
        self._graph = load_loaded()[0]._graph
        self.calibration = Calibration()


@pytest.mark.models
def test_calibration_keeps_the_order_of_scores() -> None:
    judged = [VILE, PLAIN] * 20
    calibration, figures = calibrate(_Reader(), judged, [read_line(each.text) for each in judged])
    assert calibration.words[0] > 0 and calibration.sentences[0] > 0
    assert figures["sentences"] == {"macro_f1": 1.0, "n": 40}
    assert len(calibration.trust) == 4
    assert 0.1 <= calibration.threshold < 0.6


@pytest.mark.models
class TestItems:
    def test_words_of_names_have_no_label(self) -> None:
        data = pytest.importorskip("training.loaded.data")
        item = data.to_item(VILE, load_encoder()[0])
        named = is_name(read_line(VILE.text))
        assert np.array_equal(item.words < 0, named)
        assert named.sum() == 2
        assert set(np.flatnonzero(item.words == 1).tolist()) == VILE.loaded
        assert item.biased.tolist() == [1.0]

    def test_a_sentence_longer_than_a_unit_is_cut(self) -> None:
        data = pytest.importorskip("training.loaded.data")
        long = Judged("A vile plan, " * 150, "", "", True, frozenset(range(450)))
        item = data.to_item(long, load_encoder()[0])
        assert len(item.words) < 450
        assert len(item.rows) <= 256

    def test_sentences_alone(self) -> None:
        data = pytest.importorskip("training.loaded.data")
        read = load_encoder()[0].read("It rained all day. “She left,” he said.")
        (item,) = data._to_items(read, np.zeros(len(read.pieces.words), dtype=np.float32))
        alone = data.read_alone(item)
        assert [len(each.words) for each in alone] == [4, 4]
        assert [(int(each.rows[0, 0]), int(each.rows[-1, 0])) for each in alone] == [(START, END)] * 2
        assert [each.rows[1, 3] for each in alone] == [1, 1]
        assert sum(len(each.rows) - 2 for each in alone) == len(item.rows) - 2


def test_a_sentence_changes_nothing_in_another() -> None:
    torch = pytest.importorskip("torch")
    model = pytest.importorskip("training.loaded.model")
    torch.manual_seed(1)
    head = model.LoadedHead(1, 64).eval()
    states, ids, real = torch.randn(1, 8, 384), torch.arange(8)[None], torch.ones(1, 8)
    member = torch.zeros(1, 2, 8)
    member[0, 0, 1:4] = member[0, 1, 4:7] = 1.0
    edges = torch.tensor([[[1, 1], [2, 3], [4, 6]]])
    other = states.clone()
    other[0, 4:7] += 1.0
    both = [head(each, ids, member=member, edges=edges, real=real) for each in (states, other)]
    assert torch.allclose(both[0][0][0, :2], both[1][0][0, :2])
    assert torch.allclose(both[0][1][0, 0], both[1][1][0, 0])
    assert not torch.allclose(both[0][1][0, 1], both[1][1][0, 1])
