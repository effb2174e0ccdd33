"""How attribution is scored: a span is the set of its words, so marks and border punctuation do not count.

Every figure is kept as a `Tally` per article under a dotted name (`by_mode.direct.content.exact`); tallies of
articles are added up before anything is divided, so a figure is micro-averaged over articles.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain

from closeread.article import find_words
from closeread.findings import Mode

Range = tuple[int, int]
Words = frozenset[int]
MODES: tuple[Mode, ...] = ("direct", "mixed", "indirect")
MIN_OVERLAP = 0.5
BINS = 10
# Two straight single marks in a row are a double mark: one of the seven outlets in PolNeAR sets its quotations so.
_DOUBLE = re.compile(r"''|[\"“”]")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution, gold or predicted, as ranges of code points of the text; sources and cue may be empty.

    `confidence` (0 to 1), `certain` and `step`, the name of the step that found it, are the system's own and mean
    nothing in gold."""

    contents: tuple[Range, ...]
    sources: tuple[Range, ...] = ()
    cue: tuple[Range, ...] = ()
    confidence: float = 0.0
    certain: bool = False
    step: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts behind one precision and recall: `right` of `predicted`, `found` of `gold`.

    They differ where a part of one side is matched against the whole of the other."""

    predicted: int = 0
    right: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.predicted + other.predicted,
            self.right + other.right,
            self.gold + other.gold,
            self.found + other.found,
        )


class Tokens:
    """The words of one text and which of them stand inside double quotation marks."""

    def __init__(self, text: str) -> None:
        ranges = find_words(text)
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]
        self.quoted = self.of(find_double_marks(text))

    def of(self, ranges: Iterable[Range]) -> Words:
        """The words that the ranges touch: an offset inside a word (`[He]’s`) takes the whole word."""
        return frozenset(chain.from_iterable(self._indexes(start, end) for start, end in ranges))

    def _indexes(self, start: int, end: int) -> range:
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def range_of(self, words: Words) -> Range:
        """From the first to the last of some words, in code points."""
        return self._starts[min(words)], self._ends[max(words)]

    def mode(self, words: Words) -> Mode:
        """All words inside double marks: direct; none: indirect; else mixed."""
        if words <= self.quoted:
            return "direct"
        return "mixed" if words & self.quoted else "indirect"


def find_double_marks(text: str) -> list[Range]:
    """Stretches inside double marks, marks left out; one left open runs to the end of its line.

    On purpose simpler than the reader's own pairing of marks, which it must not share: it is the measure."""
    return [stretch for line in _LINE.finditer(text) for stretch in _pair_marks(text, *line.span())]


def _pair_marks(text: str, start: int, end: int) -> Iterator[Range]:
    opened: int | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        if opened is None and mark[0] != "”":
            opened = mark.end()
        elif opened is not None and mark[0] != "“":
            yield opened, mark.start()
            opened = None
    if opened is not None:
        yield opened, end


@dataclass(frozen=True)
class Sets:
    """One attribution as sets of words. `fragments` are the unbroken runs of words of its contents: ranges with
    no word between them are one fragment, whether the annotator drew one range or one per sentence or line."""

    fragments: tuple[Words, ...]
    source: Words
    cue: Words
    mode: Mode
    confidence: float = field(default=0.0)
    certain: bool = field(default=False)
    step: str = field(default="")

    @cached_property
    def content(self) -> Words:
        return frozenset().union(*self.fragments)


def to_sets(tokens: Tokens, attributions: Iterable[Attributed]) -> list[Sets]:
    """The attributions as sets of words; one whose contents hold no word is left out."""
    return [found for found in (_to_sets(tokens, attribution) for attribution in attributions) if found.fragments]


def _to_sets(tokens: Tokens, attribution: Attributed) -> Sets:
    content = tokens.of(attribution.contents)
    return Sets(
        fragments=tuple(split_runs(content)),
        source=tokens.of(attribution.sources),
        cue=tokens.of(attribution.cue),
        mode=tokens.mode(content),
        confidence=attribution.confidence,
        certain=attribution.certain,
        step=attribution.step,
    )


def split_runs(words: Words) -> list[Words]:
    """The words as runs of neighbours, in the order of the text: “A,” he said, “B.” gives two."""
    runs: list[list[int]] = []
    for index in sorted(words):
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [frozenset(run) for run in runs]


def score_article(text: str, predicted: Iterable[Attributed], gold: Iterable[Attributed]) -> dict[str, Tally]:
    """Every tally of one article, by its dotted name. Names without a count are left out."""
    tokens = Tokens(text)
    found, true = to_sets(tokens, predicted), to_sets(tokens, gold)
    tallies = {
        "source.exact": _score_role([each.source for each in found], [each.source for each in true]),
        "cue.exact": _score_role([each.cue for each in found], [each.cue for each in true]),
        "speaker_direct": _score_speakers(found, true),
        "quoted_words": _score_quoted(tokens, found, true),
    }
    tallies |= _score_contents(tokens, found, true)
    tallies |= _score_whole(found, true)
    return {name: tally for name, tally in tallies.items() if tally != Tally()}


def add(articles: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """The tallies of several articles, added up by name."""
    total: dict[str, Tally] = defaultdict(Tally)
    for tallies in articles:
        for name, tally in tallies.items():
            total[name] += tally
    return dict(total)


def _score_role(predicted: Iterable[Words], gold: Iterable[Words]) -> Tally:
    """Unique word sets of one role that are the same on both sides; a role without words is none."""
    found, true = set(predicted) - {frozenset()}, set(gold) - {frozenset()}
    return Tally(len(found), len(found & true), len(true), len(found & true))


def _score_contents(tokens: Tokens, predicted: Sequence[Sets], gold: Sequence[Sets]) -> dict[str, Tally]:
    """Fragments of a mode, on either side, are matched against the fragments of all modes on the other side."""
    found = {words for each in predicted for words in each.fragments}
    true = {words for each in gold for words in each.fragments}
    tallies = {"content.exact": _exact(found, true, found, true), "content.overlap": _overlap(found, true, found, true)}
    for mode in MODES:
        part = {words for words in found if tokens.mode(words) == mode}
        true_part = {words for words in true if tokens.mode(words) == mode}
        tallies[f"by_mode.{mode}.content.exact"] = _exact(part, true_part, found, true)
        tallies[f"by_mode.{mode}.content.overlap"] = _overlap(part, true_part, found, true)
    return tallies


def _exact(part: set[Words], true_part: set[Words], found: set[Words], true: set[Words]) -> Tally:
    return Tally(len(part), len(part & true), len(true_part), len(true_part & found))


def _overlap(part: set[Words], true_part: set[Words], found: set[Words], true: set[Words]) -> Tally:
    words, true_words = _union(part), _union(true_part)
    return Tally(len(words), len(words & _union(true)), len(true_words), len(true_words & _union(found)))


def _union(fragments: Iterable[Words]) -> Words:
    return frozenset().union(*fragments)


def _score_speakers(predicted: Sequence[Sets], gold: Sequence[Sets]) -> Tally:
    """Of gold attributions with direct content and a source, those whose best-overlapping prediction has a source
    that overlaps the gold source. Only the gold side of the tally is used."""
    asked = [each for each in gold if each.mode == "direct" and each.source]
    right = 0
    for each in asked:
        best = max(predicted, key=partial(_closeness, each), default=None)
        if best is not None and best.content & each.content and best.source & each.source:
            right += 1
    return Tally(gold=len(asked), found=right)


def _closeness(one: Sets, other: Sets) -> tuple[int, float]:
    """Shared words of content; among equals, the closer fit."""
    return len(one.content & other.content), content_iou(one, other)


def content_iou(one: Sets, other: Sets) -> float:
    """Intersection over union of the words of two contents, 0 to 1."""
    return len(one.content & other.content) / len(one.content | other.content)


def _score_quoted(tokens: Tokens, predicted: Sequence[Sets], gold: Sequence[Sets]) -> Tally:
    """Words inside double marks that lie in a content, found and gold."""
    found = _union(each.content for each in predicted) & tokens.quoted
    true = _union(each.content for each in gold) & tokens.quoted
    return Tally(len(found), len(found & true), len(true), len(found & true))


def _score_whole(predicted: Sequence[Sets], gold: Sequence[Sets]) -> dict[str, Tally]:
    """Whole attributions, also by mode, for those that the system calls certain, by bin of confidence and by step."""
    pairs = match(predicted, gold)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for index, each in enumerate(predicted):
        one = Tally(predicted=1, right=int(index in pairs))
        bins = f"confidence.{confidence_bin(each.confidence)}", f"step.{each.step}"
        for key in ("attribution", f"by_mode.{each.mode}.attribution", *bins, *(["certain"] if each.certain else [])):
            tallies[key] += one
    certain = {place for index, place in pairs.items() if predicted[index].certain}
    for place, each in enumerate(gold):
        one = Tally(gold=1, found=int(place in pairs.values()))
        for key in ("attribution", f"by_mode.{each.mode}.attribution"):
            tallies[key] += one
        tallies["certain"] += Tally(gold=1, found=int(place in certain))
    return tallies


def confidence_bin(confidence: float) -> int:
    """The tenth that a confidence falls in, 0 to 9; 1.0 falls in the last."""
    return min(int(confidence * BINS + 1e-9), BINS - 1)


def is_match(one: Sets, other: Sets) -> bool:
    """Contents share at least half of their words, and sources overlap or are both absent."""
    if not (one.source & other.source or not (one.source or other.source)):
        return False
    return content_iou(one, other) >= MIN_OVERLAP


def match(predicted: Sequence[Sets], gold: Sequence[Sets]) -> dict[int, int]:
    """The largest one-to-one matching, as gold index by predicted index.

    Augmenting paths (Kuhn), the most confident prediction first: no other largest matching holds more of them.
    """
    edges = [_candidates(each, gold) for each in predicted]
    holders: dict[int, int] = {}
    for index in sorted(range(len(predicted)), key=lambda index: (-predicted[index].confidence, index)):
        _augment(index, edges, holders, set())
    return {holder: place for place, holder in holders.items()}


def _candidates(one: Sets, gold: Sequence[Sets]) -> list[int]:
    """Gold attributions that the prediction may be matched with, the closest fit first."""
    fits = [index for index, other in enumerate(gold) if one.content & other.content and is_match(one, other)]
    return sorted(fits, key=lambda index: (-content_iou(one, gold[index]), index))


def _augment(index: int, edges: Sequence[Sequence[int]], holders: dict[int, int], seen: set[int]) -> bool:
    for place in edges[index]:
        if place in seen:
            continue
        seen.add(place)
        if place not in holders or _augment(holders[place], edges, holders, seen):
            holders[place] = index
            return True
    return False
