"""From scores of words to whole attributions: spans by their exact probability, then links between them.

A span's probability is that of exactly these words under the chain, all other labels summed out. Spans are chosen
together, none overlapping, so that their summed worth is greatest. Needs no torch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from evals.attribution_scores import Attributed, Range
from training.links import Arcs, Floats

SOURCE, CUE, CONTENT = range(3)
FAINT = 0.01


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one text. `emissions` [words, labels]; `steps` [words, from, to], the step onto each
    word; arcs lead from content words to their cue and from cue words to their source."""

    emissions: Floats
    steps: Floats
    cue_arcs: Arcs
    source_arcs: Arcs


@dataclass(frozen=True, slots=True)
class Taste:
    """How spans and links are chosen; all values were set on the held-out months. By role: source, cue, content.

    A span is worth its probability, less `price`, plus `words` for each word times how much likelier than `even` the
    word is to be in that role. `no_cue` and `no_source` are added to the score of having none. `trust` are the
    weights of EVIDENCE in the confidence; attributions with less confidence than `least` are dropped."""

    price: tuple[float, float, float] = (0.2, 0.0, 0.35)
    words: tuple[float, float, float] = (0.0, 0.0, 0.02)
    even: float = 0.55
    no_cue: float = -2.0
    no_source: float = -0.5
    trust: tuple[float, ...] = ()
    least: float = 0.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of words `start` to `end` (exclusive) in a role, with the probability of exactly these words."""

    start: int
    end: int
    role: int
    probability: float


@dataclass(slots=True)
class Relation:
    """An attribution in the making. `cue_shares` are the probabilities of the link, or of none, one per content;
    `source_share` that of the source, or of none, given the cue."""

    contents: list[Candidate]
    cue: Candidate | None = None
    source: Candidate | None = None
    cue_shares: list[float] = field(default_factory=list)
    source_share: float = 1.0


class Posterior:
    """Probabilities under the chain, by forward and backward sums over the words of one text."""

    def __init__(self, emissions: Floats, steps: Floats) -> None:
        self._emissions, self._steps = emissions, steps
        count = len(emissions)
        # A text can begin with any label but one that goes on with a span.
        self._forward = np.array(emissions)
        self._forward[0, 2::2] = -1e4
        for word in range(1, count):
            self._forward[word] += _log_sum(self._forward[word - 1][:, None] + steps[word], 0)
        self._backward = np.zeros_like(emissions)
        for word in range(count - 2, -1, -1):
            following = emissions[word + 1] + self._backward[word + 1]
            self._backward[word] = _log_sum(steps[word + 1] + following[None, :], 1)
        self.total = float(_log_sum(self._forward[-1], 0))
        self.labels: Floats = np.exp(self._forward + self._backward - self.total)

    def words(self, role: int) -> Floats:
        """Probability of each word to be in the role."""
        return self.labels[:, 1 + 2 * role] + self.labels[:, 2 + 2 * role]

    @cached_property
    def candidates(self) -> list[Candidate]:
        """All spans of all roles that are not too faint."""
        found: list[Candidate] = []
        for role in (SOURCE, CUE, CONTENT):
            for start in np.flatnonzero(self.labels[:, 1 + 2 * role] > FAINT):
                found.extend(self._from(int(start), role))
        return found

    def _from(self, start: int, role: int) -> list[Candidate]:
        begin, inner = 1 + 2 * role, 2 + 2 * role
        found, label, score = [], begin, float(self._forward[start, begin])
        for word in range(start, len(self._emissions)):
            if word > start:
                score += float(self._steps[word, label, inner] + self._emissions[word, inner])
                label = inner
            if np.exp(score + self._backward[word, label] - self.total) < FAINT:
                break
            probability = float(np.exp(score + self._leave(word, label, inner) - self.total))
            if probability > FAINT:
                found.append(Candidate(start, word + 1, role, probability))
        return found

    def _leave(self, word: int, label: int, inner: int) -> float:
        """Log of the sum over all ways on from a word that do not continue its span."""
        if word + 1 == len(self._emissions):
            return 0.0
        ways = self._steps[word + 1, label] + self._emissions[word + 1] + self._backward[word + 1]
        return float(_log_sum(np.delete(ways, inner), 0))


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))  # type: ignore[no-any-return]


def choose_spans(posterior: Posterior, taste: Taste) -> list[Candidate]:
    """The spans, none overlapping, whose worth adds up to most, in the order of the text."""
    ending: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    surplus = [np.concatenate([[0.0], np.cumsum(posterior.words(role) - taste.even)]) for role in range(3)]
    for candidate in posterior.candidates:
        role = candidate.role
        gain = taste.words[role] * float(surplus[role][candidate.end] - surplus[role][candidate.start])
        ending[candidate.end].append((candidate.probability - taste.price[role] + gain, candidate))
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


def link(spans: Sequence[Candidate], scores: Scores, taste: Taste) -> list[Relation]:
    """Every content goes to its likeliest cue or to none; every cue with a content, to its likeliest source or none.

    Cues without content and sources without cue are dropped."""
    cues = [span for span in spans if span.role == CUE]
    sources = [span for span in spans if span.role == SOURCE]
    by_cue: dict[int, Relation] = {}
    alone: list[Relation] = []
    for content in (span for span in spans if span.role == CONTENT):
        chosen, share = _choose_cue(content, cues, scores, taste)
        if chosen is None:
            alone.append(Relation([content], cue_shares=[share]))
            continue
        relation = by_cue.setdefault(chosen, Relation([], cues[chosen]))
        relation.contents.append(content)
        relation.cue_shares.append(share)
    for relation in by_cue.values():
        _add_source(relation, sources, scores, taste)
    return sorted([*by_cue.values(), *alone], key=lambda relation: relation.contents[0].start)


def _choose_cue(
    content: Candidate, cues: Sequence[Candidate], scores: Scores, taste: Taste
) -> tuple[int | None, float]:
    row = scores.cue_arcs.mean(content.start, content.end)
    options = [row[0] + taste.no_cue, *(row[1 + cue.start : 1 + cue.end].max() for cue in cues)]
    index, share = _likeliest(options)
    return (index - 1 if index else None), share


def _add_source(relation: Relation, sources: Sequence[Candidate], scores: Scores, taste: Taste) -> None:
    assert relation.cue is not None
    row = scores.source_arcs.mean(relation.cue.start, relation.cue.end)
    options = [row[0] + taste.no_source]
    options += [float(_log_sum(row[1 + source.start : 1 + source.end], 0)) for source in sources]
    index, relation.source_share = _likeliest(options)
    if index:
        relation.source = sources[index - 1]


def _likeliest(options: Sequence[float]) -> tuple[int, float]:
    shares = np.exp(np.array(options) - max(options))
    return int(shares.argmax()), float(shares.max() / shares.sum())


def decode(scores: Scores, words: Sequence[Range], taste: Taste | None = None) -> list[Attributed]:
    """The attributions of one text. `words` are the places of its words; none gives no attribution."""
    return decode_posterior(Posterior(scores.emissions, scores.steps), scores, words, taste) if words else []


def decode_posterior(
    posterior: Posterior, scores: Scores, words: Sequence[Range], taste: Taste | None = None
) -> list[Attributed]:
    """The same where the posterior of the text is there already."""
    taste = taste or Taste()
    relations = link(choose_spans(posterior, taste), scores, taste)
    found = [
        _to_attributed(relation, words, confidence(evidence(relation, posterior), taste.trust))
        for relation in relations
    ]
    return [attribution for attribution in found if attribution.confidence >= taste.least]


def evidence(relation: Relation, posterior: Posterior) -> Floats:
    """What speaks for an attribution, as EVIDENCE names it; probabilities as log odds."""
    contents = posterior.words(CONTENT)
    inside = np.concatenate([contents[span.start : span.end] for span in relation.contents])
    cue, source = relation.cue, relation.source
    return np.array(
        [
            1.0,
            log_odds(float(inside.mean())),
            log_odds(min(span.probability for span in relation.contents)),
            log_odds(min(relation.cue_shares)),
            log_odds(float(posterior.words(CUE)[cue.start : cue.end].mean())) if cue else 0.0,
            log_odds(relation.source_share),
            log_odds(float(posterior.words(SOURCE)[source.start : source.end].mean())) if source else 0.0,
            float(cue is None),
            float(source is None),
            float(len(relation.contents) > 1),
            float(np.log(len(inside))),
        ]
    )


EVIDENCE = (
    "one",
    "content words",
    "content span",
    "link to cue",
    "cue words",
    "link to source",
    "source words",
    "no cue",
    "no source",
    "several contents",
    "log of words",
)


def log_odds(probability: float) -> float:
    """Kept within 7 either way, so that no single probability decides alone."""
    return float(np.clip(np.log(max(probability, 1e-9) / max(1 - probability, 1e-9)), -7, 7))


def confidence(evidence: Floats, trust: Sequence[float]) -> float:
    """Probability that the whole attribution is right; without weights a half."""
    return float(1 / (1 + np.exp(-np.dot(evidence, trust)))) if trust else 0.5


def _to_attributed(relation: Relation, words: Sequence[Range], sure: float) -> Attributed:
    def place(span: Candidate) -> Range:
        return words[span.start][0], words[span.end - 1][1]

    return Attributed(
        contents=tuple(place(content) for content in relation.contents),
        sources=(place(relation.source),) if relation.source else (),
        cue=(place(relation.cue),) if relation.cue else (),
        confidence=sure,
    )
