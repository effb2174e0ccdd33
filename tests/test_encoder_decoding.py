"""From scores of words to attributions: spans by their exact probability, against sums over all labellings."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from closeread.encoder import links
from closeread.encoder.decode import (
    CONTENT,
    LABELS,
    ROLES,
    Decoding,
    Posterior,
    Scores,
    begin,
    decode,
    inner,
    to_found,
)
from closeread.encoder.links import Arcs, Floats

WORDS = 5


def _draw(seed: int, words: int = WORDS) -> tuple[Floats, Floats]:
    """Random scores under which a span goes on only from within."""
    draw = np.random.default_rng(seed)
    steps = draw.normal(size=(words, LABELS, LABELS))
    for role in ROLES:
        others = [label for label in range(LABELS) if label not in (begin(role), inner(role))]
        steps[:, others, inner(role)] = -1e4
    return draw.normal(size=(words, LABELS)), steps


def _weigh_all(emissions: Floats, steps: Floats) -> dict[tuple[int, ...], float]:
    weights = {}
    for labels in product(range(LABELS), repeat=len(emissions)):
        if labels[0] and labels[0] % 2 == 0:
            continue
        score = sum(emissions[word, label] for word, label in enumerate(labels))
        score += sum(steps[word, a, b] for word, (a, b) in enumerate(pairwise(labels), 1))
        weights[labels] = float(np.exp(score))
    return weights


def _spans(labels: tuple[int, ...]) -> set[tuple[int, int, int]]:
    found, at = set(), 0
    while at < len(labels):
        end = at + 1
        if labels[at]:
            role = (labels[at] - 1) // 2
            while end < len(labels) and labels[end] == inner(role):
                end += 1
            found.add((at, end, role))
        at = end
    return found


@pytest.mark.parametrize("seed", range(3))
def test_probabilities_are_exact(seed: int) -> None:
    emissions, steps = _draw(seed)
    weights = _weigh_all(emissions, steps)
    total = sum(weights.values())
    posterior = Posterior(emissions, steps)
    assert posterior.total == pytest.approx(np.log(total))
    shares: dict[tuple[int, int, int], float] = {}
    for labels, weight in weights.items():
        for span in _spans(labels):
            shares[span] = shares.get(span, 0.0) + weight / total
    found = {(each.start, each.end, each.role): each.probability for each in posterior.candidates}
    assert found == {span: pytest.approx(share) for span, share in shares.items() if share > 0.01}


def test_long_spans_are_found_whole() -> None:
    emissions, steps = _draw(1, words=300)
    emissions[:] = 0.0
    steps = np.where(steps < -1e3, -1e4, 0.0)
    emissions[3, begin(CONTENT)] = 20.0
    emissions[4:290, inner(CONTENT)] = 20.0
    emissions[290:, 0] = 20.0
    assert max(Posterior(emissions, steps).candidates, key=lambda each: each.probability).end == 290


def _arcs(words: int, *pairs: tuple[int, int]) -> Arcs:
    """Arcs that lead from each first word to the second, and to none from elsewhere."""
    tails, heads = np.zeros((words, words), dtype=np.float32), np.eye(words, dtype=np.float32)
    for tail, head in pairs:
        tails[tail, head] = 20.0
    tables = {
        "product": np.eye(words, dtype=np.float32),
        "head": np.zeros(words, dtype=np.float32),
        "none.weight": np.zeros((1, words), dtype=np.float32),
        "none.bias": np.full(1, 5.0, dtype=np.float32),
        "distance": np.zeros(32, dtype=np.float32),
        "line_distance": np.zeros(9, dtype=np.float32),
    }
    return Arcs(tails, heads, np.zeros(words, dtype=np.int64), tables)


def _scores(labels: str, **pairs: list[tuple[int, int]]) -> Scores:
    """One letter per word: S, C or T begins a source, a cue or a content, the small letter goes on, `-` is outside."""
    wanted = ["-SsCcTt".index(letter) for letter in labels]
    emissions = np.full((len(wanted), LABELS), -8.0)
    emissions[range(len(wanted)), wanted] = 8.0
    words = [(at * 2, at * 2 + 1) for at in range(len(wanted))]
    arcs = [_arcs(len(wanted), *pairs.get(kind, [])) for kind in ("cue", "source", "speaker")]
    steps = np.zeros((len(wanted), LABELS, LABELS))
    return Scores(words, emissions, steps, arcs[0], arcs[1], arcs[2], np.zeros(len(wanted), dtype=bool))


def _decoded(scores: Scores) -> list[tuple[object, object, object]]:
    found = (to_found(relation, scores.words) for relation in decode(scores, Decoding()))
    return [(each.contents, each.cue, each.source) for each in found]


def test_two_pieces_of_one_attribution() -> None:
    scores = _scores("TtSCTt", cue=[(0, 3), (1, 3), (4, 3), (5, 3)], source=[(3, 2)])
    assert _decoded(scores) == [(((0, 3), (8, 11)), (6, 7), (4, 5))]


def test_a_content_without_a_cue_finds_its_source() -> None:
    assert _decoded(_scores("S-Tt", speaker=[(2, 0), (3, 0)])) == [(((4, 7),), None, (0, 1))]


def test_arcs_reach_so_far_and_no_farther(monkeypatch: pytest.MonkeyPatch) -> None:
    far = _scores("SCTt" + "-" * 6 + "SCTt", cue=[(12, 11), (13, 11), (2, 11), (3, 11)], source=[(11, 0)])
    monkeypatch.setattr(links, "REACH", 3)
    assert _decoded(far) == [(((4, 7),), None, None), (((24, 27),), (22, 23), None)]
    monkeypatch.setattr(links, "REACH", 20)
    assert _decoded(far) == [(((4, 7), (24, 27)), (22, 23), (0, 1))]


@pytest.mark.parametrize("heads", [(0, 9), (2, 7), (5, 9)])
def test_arcs_to_a_range_are_those_of_all_words(heads: tuple[int, int]) -> None:
    arcs = _arcs(9, (1, 3), (2, 6), (4, 5))
    some, whole = arcs.mean((1, 5), heads), arcs.mean((1, 5), (0, 9))
    assert np.allclose(some, whole[[0, *range(1 + heads[0], 1 + heads[1])]])


def test_a_cue_without_a_source() -> None:
    assert _decoded(_scores("-CTt", cue=[(2, 1), (3, 1)])) == [(((4, 7),), (2, 3), None)]


def test_a_cue_without_content_is_nothing() -> None:
    assert _decoded(_scores("SC--", source=[(1, 0)])) == []


def test_no_words() -> None:
    empty = _arcs(0)
    nothing = Scores([], np.zeros((0, LABELS)), np.zeros((0, LABELS, LABELS)), empty, empty, empty, np.zeros(0, bool))
    assert decode(nothing, Decoding()) == []


def test_decoding_to_json_and_back() -> None:
    decoding = Decoding(trust=(0.5, -1.0), least=0.2)
    assert Decoding.from_record(decoding.to_record()) == decoding
