"""From scores of words to whole attributions: spans by their exact probability, then links between them.

A span's probability is that of exactly these words under the chain, all other labels summed out. Spans are chosen
together, none overlapping, so that their summed worth is greatest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from closeread.encoder.links import Arcs, Floats, find_near

Range = tuple[int, int]
Edges = npt.NDArray[np.int64]

ROLES = SOURCE, CUE, CONTENT = range(3)
LABELS = 1 + 2 * len(ROLES)
FAINT = 0.01
_LOG_FAINT = float(np.log(FAINT))
# Log of what cannot be, and the least share of all ways that is told from it.
NEVER, TINY = -1e4, 1e-300
# Words of a span at most: a bound on the search. Of 22,847 fragments in PolNeAR train one has more, the next 336.
LONGEST = 1024


def begin(role: int) -> int:
    """The label of the first word of a span; 0 is the label of words outside."""
    return 1 + 2 * role


def inner(role: int) -> int:
    """The label of every later word of a span."""
    return 2 + 2 * role


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one text. `words` are places; `emissions` [words, labels]; `steps` [words, from, to],
    the step onto each word; arcs lead from content words to their cue, from cue words to their source, and from
    content words to that source; `quoted` tells which words stand inside quotation marks."""

    words: Sequence[Range]
    emissions: Floats
    steps: Floats
    cue_arcs: Arcs
    source_arcs: Arcs
    speaker_arcs: Arcs
    quoted: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How spans and links are chosen; the shipped values were set on held-out months of PolNeAR train.

    By role, source, cue and content: a span is worth its probability, less `price`, plus `bonus` for each word times
    how much likelier than `even` the word is to be in that role. `no_cue` and `no_source` are added to the score of
    having none, `alone` to that of a content without cue having no source; `speaker` weighs the arcs from contents to
    sources beside those from cues. `trust` are the weights of EVIDENCE in the confidence; attributions with less
    confidence than `least` are dropped, those with at least `certain` are certain."""

    price: tuple[float, float, float] = (0.2, 0.0, 0.35)
    bonus: tuple[float, float, float] = (0.0, 0.0, 0.02)
    even: float = 0.55
    no_cue: float = -2.0
    no_source: float = -0.5
    alone: float = 0.0
    speaker: float = 0.5
    trust: tuple[float, ...] = ()
    least: float = 0.0
    certain: float = 0.9

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Decoding:
        """Inverse of `to_record`. Raises TypeError for a name that is no field."""
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items()}
        return Decoding(**values)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of words `start` to `end` (exclusive) in a role, with the probability of exactly these words."""

    start: int
    end: int
    role: int
    probability: float


@dataclass(slots=True)
class Relation:
    """One attribution as spans of words. `cue_shares` are the probabilities of the link, or of none, one per content;
    `source_share` that of the source, or of none; `confidence` that the whole is right."""

    contents: list[Candidate]
    cue: Candidate | None = None
    source: Candidate | None = None
    cue_shares: list[float] = field(default_factory=list)
    source_share: float = 1.0
    confidence: float = 0.5


class Posterior:
    """Probabilities under the chain, by forward and backward sums over the words of one text."""

    def __init__(self, emissions: Floats, steps: Floats) -> None:
        self._emissions, self._steps = emissions, steps
        # A text can begin with any label but one that goes on with a span.
        first = np.array(emissions[0])
        first[2::2] = NEVER
        self._forward = _sum_forward(first, emissions, steps)
        self._backward = _sum_backward(emissions, steps)
        self.total = float(_log_sum(self._forward[-1], 0))
        self.labels: Floats = np.exp(self._forward + self._backward - self.total)

    def words(self, role: int) -> Floats:
        """Probability of each word to be in the role."""
        return self.labels[:, begin(role)] + self.labels[:, inner(role)]

    @cached_property
    def candidates(self) -> list[Candidate]:
        """All spans of all roles that are not too faint, by role, start and end."""
        return sorted(
            (candidate for role in ROLES for candidate in self._spans_of(role)),
            key=lambda candidate: (candidate.role, candidate.start, candidate.end),
        )

    def _spans_of(self, role: int) -> Iterator[Candidate]:
        """All spans grow together, word by word. What is still in a span grows less likely with every word, so that a
        span is given up where that is faint."""
        label = begin(role)
        starts = np.flatnonzero(self.labels[:, label] > FAINT)
        scores = self._forward[starts, label]
        goes_on = self._steps[:, inner(role), inner(role)] + self._emissions[:, inner(role)]
        for length in range(1, LONGEST + 1):
            last = starts + length - 1
            chances = np.exp(scores + self._leave[last, label] - self.total)
            for at in np.flatnonzero(chances > FAINT):
                yield Candidate(int(starts[at]), int(last[at]) + 1, role, float(chances[at]))
            alive = scores + self._backward[last, label] - self.total >= _LOG_FAINT
            alive &= last + 1 < len(self._emissions)
            starts, scores, following = starts[alive], scores[alive], last[alive] + 1
            if not len(starts):
                return
            scores = scores + goes_on[following]
            if length == 1:
                scores += self._steps[following, label, inner(role)] - self._steps[following, inner(role), inner(role)]
            label = inner(role)

    @cached_property
    def _leave(self) -> Floats:
        """For each word and label the log of the sum over all ways on that do not continue its span."""
        left = np.zeros_like(self._emissions)
        following = self._emissions[1:] + self._backward[1:]
        for label in range(1, self._emissions.shape[1]):
            ways = self._steps[1:, label] + following
            left[:-1, label] = _log_sum(np.delete(ways, label + label % 2, axis=1), 1)
        return left


def _sum_forward(first: Floats, emissions: Floats, steps: Floats) -> Floats:
    """For each word and label the log of the sum over all ways to it. Sums are kept at one by a scale per word."""
    tops = emissions.max(axis=1)
    gains, ways = np.exp(emissions - tops[:, None]), np.exp(steps)
    sums, scales = np.empty_like(emissions), np.empty(len(emissions))
    state = np.exp(first - tops[0])
    for word in range(len(emissions)):
        if word:
            state = state.dot(ways[word]) * gains[word]
        scales[word] = scale = state.sum()
        state = sums[word] = state / scale
    return np.log(np.maximum(sums, TINY)) + np.cumsum(np.log(scales) + tops)[:, None]  # type: ignore[no-any-return]


def _sum_backward(emissions: Floats, steps: Floats) -> Floats:
    """For each word and label the log of the sum over all ways on from it."""
    tops = emissions.max(axis=1)
    gains, ways = np.exp(emissions - tops[:, None]), np.exp(steps)
    sums, scales = np.ones_like(emissions), np.zeros(len(emissions))
    state = sums[-1]
    for word in range(len(emissions) - 2, -1, -1):
        state = ways[word + 1].dot(gains[word + 1] * state)
        scale = state.sum()
        state = sums[word] = state / scale
        scales[word] = np.log(scale) + tops[word + 1]
    return np.log(np.maximum(sums, TINY)) + np.cumsum(scales[::-1])[::-1, None]


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))  # type: ignore[no-any-return]


def choose_spans(posterior: Posterior, decoding: Decoding) -> list[Candidate]:
    """The spans, none overlapping, whose worth adds up to most, in the order of the text."""
    ending: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    surplus = [np.concatenate([[0.0], np.cumsum(posterior.words(role) - decoding.even)]) for role in ROLES]
    for candidate in posterior.candidates:
        role = candidate.role
        gain = decoding.bonus[role] * float(surplus[role][candidate.end] - surplus[role][candidate.start])
        ending[candidate.end].append((candidate.probability - decoding.price[role] + gain, candidate))
    return _pick(ending, len(posterior.labels))


def _pick(ending: dict[int, list[tuple[float, Candidate]]], words: int) -> list[Candidate]:
    """The best way through the text, from left to right; `last` is the span that ends at a place on that way."""
    best = [0.0] * (words + 1)
    last: list[Candidate | None] = [None] * (words + 1)
    for end in range(1, words + 1):
        best[end] = best[end - 1]
        for worth, candidate in ending.get(end, ()):
            if best[candidate.start] + worth > best[end]:
                best[end], last[end] = best[candidate.start] + worth, candidate
    return _follow(last)


def _follow(last: Sequence[Candidate | None]) -> list[Candidate]:
    chosen: list[Candidate] = []
    end = len(last) - 1
    while end > 0:
        candidate = last[end]
        if candidate is None:
            end -= 1
        else:
            chosen.append(candidate)
            end = candidate.start
    return chosen[::-1]


def link(spans: Sequence[Candidate], scores: Scores, decoding: Decoding) -> list[Relation]:
    """Every content goes to its likeliest cue or to none; every cue with a content, to its likeliest source or none.

    Cues without content and sources without cue are dropped."""
    cues = [span for span in spans if span.role == CUE]
    sources = [span for span in spans if span.role == SOURCE]
    edges = _edges(cues)
    by_cue: dict[int, Relation] = {}
    alone: list[Relation] = []
    for content in (span for span in spans if span.role == CONTENT):
        chosen, share = _choose_cue(content, edges, scores, decoding)
        if chosen is None:
            alone.append(Relation([content], cue_shares=[share]))
            continue
        relation = by_cue.setdefault(chosen, Relation([], cues[chosen]))
        relation.contents.append(content)
        relation.cue_shares.append(share)
    edges = _edges(sources)
    for relation in (*by_cue.values(), *alone):
        index, relation.source_share = _choose_source(relation, edges, scores, decoding)
        relation.source = None if index is None else sources[index]
    return sorted([*by_cue.values(), *alone], key=lambda relation: relation.contents[0].start)


def _edges(spans: Sequence[Candidate]) -> Edges:
    """Starts and ends of spans, one row each."""
    return np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)


def _within(spans: Edges, near: Range) -> tuple[int, Edges]:
    """The spans inside a range of words, counted from its first word, behind the number of those before it."""
    before, after = np.searchsorted(spans[:, 0], near[0]), np.searchsorted(spans[:, 1], near[1], side="right")
    return int(before), spans[before:after] - near[0]


def _choose_cue(content: Candidate, cues: Edges, scores: Scores, decoding: Decoding) -> tuple[int | None, float]:
    near = find_near(content.start, content.end, len(scores.words))
    row = scores.cue_arcs.mean((content.start, content.end), near)
    before, inside = _within(cues, near)
    best: Floats = np.zeros(0)
    if len(inside):
        best = np.maximum.reduceat(np.append(row[1:], 0.0), inside.ravel())[::2]
    index, share = _likeliest(np.concatenate([[row[0] + decoding.no_cue], best]))
    return (before + index - 1 if index else None), share


def _choose_source(relation: Relation, sources: Edges, scores: Scores, decoding: Decoding) -> tuple[int | None, float]:
    """From the cue and from the contents; from the contents alone where there is no cue."""
    held = [*relation.contents, *([relation.cue] if relation.cue else [])]
    near = find_near(min(span.start for span in held), max(span.end for span in held), len(scores.words))
    before, inside = _within(sources, near)
    rows = [scores.speaker_arcs.mean((content.start, content.end), near) for content in relation.contents]
    if relation.cue is None:
        options = _mean_shares(rows, inside, none=decoding.alone)
    else:
        row = scores.source_arcs.mean((relation.cue.start, relation.cue.end), near)
        options = _shares(row, inside, none=decoding.no_source)
        options = options + decoding.speaker * _mean_shares(rows, inside, none=0.0)
    index, share = _likeliest(options)
    return (before + index - 1 if index else None), share


def _mean_shares(rows: Sequence[Floats], sources: Edges, *, none: float) -> Floats:
    return sum(_shares(row, sources, none=none) for row in rows) / len(rows)  # type: ignore[return-value]


def _shares(row: Floats, sources: Edges, *, none: float) -> Floats:
    """Logs of the probabilities of having no source, or each of them."""
    top = max(float(row.max()), float(row[0]) + none)
    sums = np.concatenate([[0.0], np.cumsum(np.exp(row[1:] - top))])
    shares = np.concatenate([[np.exp(row[0] + none - top)], sums[sources[:, 1]] - sums[sources[:, 0]]]) + 1e-30
    return np.log(shares / shares.sum())  # type: ignore[no-any-return]


def _likeliest(options: Floats) -> tuple[int, float]:
    shares = np.exp(options - options.max())
    return int(shares.argmax()), float(shares.max() / shares.sum())


def decode(scores: Scores, decoding: Decoding, posterior: Posterior | None = None) -> list[Relation]:
    """The attributions of one text, in the order of their first contents. `posterior` spares its computation."""
    if not scores.words:
        return []
    posterior = posterior or Posterior(scores.emissions, scores.steps)
    relations = link(choose_spans(posterior, decoding), scores, decoding)
    for relation in relations:
        relation.confidence = rate(evidence(relation, posterior, scores.quoted), decoding.trust)
    return [relation for relation in relations if relation.confidence >= decoding.least]


EVIDENCE = (
    "one",
    "content words",
    "content word, least",
    "content span",
    "link to cue",
    "cue words",
    "cue span",
    "link to source",
    "source words",
    "source span",
    "no cue",
    "no source",
    "several contents",
    "log of words",
    "all quoted",
    "some quoted",
)


def evidence(relation: Relation, posterior: Posterior, quoted: npt.NDArray[np.bool_]) -> Floats:
    """What speaks for an attribution, as EVIDENCE names it; probabilities as log odds."""
    contents = posterior.words(CONTENT)
    inside = np.concatenate([contents[span.start : span.end] for span in relation.contents])
    marked = np.concatenate([quoted[span.start : span.end] for span in relation.contents])
    cue, source = relation.cue, relation.source
    return np.array(
        [
            1.0,
            log_odds(float(inside.mean())),
            log_odds(float(inside.min())),
            log_odds(min(span.probability for span in relation.contents)),
            log_odds(min(relation.cue_shares)),
            log_odds(_mean(posterior, cue)) if cue else 0.0,
            log_odds(cue.probability) if cue else 0.0,
            log_odds(relation.source_share),
            log_odds(_mean(posterior, source)) if source else 0.0,
            log_odds(source.probability) if source else 0.0,
            float(cue is None),
            float(source is None),
            float(len(relation.contents) > 1),
            float(np.log(len(inside))),
            float(marked.all()),
            float(marked.any() and not marked.all()),
        ]
    )


def _mean(posterior: Posterior, span: Candidate) -> float:
    return float(posterior.words(span.role)[span.start : span.end].mean())


def log_odds(probability: float) -> float:
    """Kept within 7 either way, so that no single probability decides alone."""
    return min(max(log(max(probability, 1e-9) / max(1 - probability, 1e-9)), -7.0), 7.0)


def rate(evidence: Floats, trust: Sequence[float]) -> float:
    """Probability that the whole attribution is right; without weights a half."""
    return float(1 / (1 + np.exp(-np.dot(evidence, trust)))) if len(trust) else 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as code points of a text: `contents` in order; `source` and `cue` may be missing."""

    contents: tuple[Range, ...]
    source: Range | None = None
    cue: Range | None = None
    confidence: float = 0.0


def to_found(relation: Relation, words: Sequence[Range]) -> Found:
    """From words to code points."""

    def place(span: Candidate) -> Range:
        return words[span.start][0], words[span.end - 1][1]

    return Found(
        contents=tuple(place(content) for content in relation.contents),
        source=place(relation.source) if relation.source else None,
        cue=place(relation.cue) if relation.cue else None,
        confidence=relation.confidence,
    )
