"""Is a quotation true to its original: its places in both texts, a class, and what differs, word by word.

The class is the most serious one that applies. It describes the difference, never the motive.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from closeread.article import Article, Span
from closeread.comparisons.aligning import Index, Pairs, align
from closeread.comparisons.comparing import Comparer
from closeread.comparisons.differences import MARKED, UNMARKED, Difference
from closeread.comparisons.gaps import Anchor
from closeread.comparisons.originals import Original
from closeread.comparisons.paraphrases import Stems
from closeread.comparisons.quotation import Quotation
from closeread.comparisons.quoted import Quoted, Speaker, Text, article_of, list_quoted
from closeread.comparisons.risks import Risk, RiskFinder
from closeread.comparisons.wording import Wording, find_keys, read_plain, read_quotation
from closeread.lexicons import load_titles

FidelityKind = Literal[
    "verbatim",
    "typographic",
    "marked-change",
    "unmarked-change",
    "meaning-at-risk",
    "spliced",
    "other-speaker",
    "paraphrase",
    "not-found",
]
_ORDER: tuple[FidelityKind, ...] = (
    "verbatim",
    "typographic",
    "marked-change",
    "unmarked-change",
    "meaning-at-risk",
    "spliced",
    "other-speaker",
    "paraphrase",
    "not-found",
)

# A quotation shorter than this stands for itself nowhere; it counts where its neighbour was found.
LEAST_WORDS = 3
# What makes changed words the same quotation. Set on the constructed cases (November 2026).
_LEAST_SHARE = 0.6
_SHORT, _LEAST_RUN = 5, 3
# The share of words that stand beside the same word as in the original; the share that makes up for a run of three.
_LEAST_IN_RUNS, _LEAST_ALONE = 0.5, 0.75
# How far from its neighbour a short quotation may stand in the original, in words.
_NEIGHBOURHOOD = 120
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the quotation and the place of an original where its words stand in a row or nearly so."""

    here: Span
    there: Span
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that was considered: how many words of the quotation it has, and its class."""

    source: str
    place: Span
    words: int
    kind: FidelityKind


@dataclass(frozen=True, slots=True)
class Fidelity:
    """One quotation held against its original.

    `quotation` is a place in the text `quoted_in`, without the marks. `pieces` are in the order of the quotation:
    one where its words stand at one place, empty where they were not found; those of a paraphrase are the stretch
    that shares its content words. `speaker` is who the quoting text says speaks, `original_speaker` who the original
    says, None where it does not name them. `candidates` are the places considered, the chosen one first.
    """

    id: str
    kind: FidelityKind
    quoted_in: str
    quotation: Span
    attribution: str | None
    pieces: tuple[Piece, ...]
    differences: tuple[Difference, ...]
    risks: tuple[Risk, ...]
    speaker: str | None
    original_speaker: str | None
    candidates: tuple[Candidate, ...]
    rule: str
    certain: bool


def check_quotations(quoting: Text, originals: Sequence[Text]) -> tuple[Fidelity, ...]:
    """One finding per quotation of the quoting text, in its order: every stretch in marks, of a reading without titles
    and terms. A quotation of one or two words is listed only where it stands in the original near the place of a
    neighbour in its paragraph. An original that is the quoting text itself is passed over. Raises ValueError where
    there is no original."""
    article = article_of(quoting)
    others = [text for text in originals if article_of(text).source != article.source]
    if not others:
        raise ValueError(f"{article.source}: no original was given to hold its quotations against")
    return Checker(others).check(quoting)


@dataclass(frozen=True, slots=True)
class _Judged:
    kind: FidelityKind
    anchors: tuple[Anchor, ...]
    pieces: tuple[Piece, ...]
    differences: tuple[Difference, ...]
    risks: tuple[Risk, ...]
    original_speaker: Speaker | None


class Checker:
    """Originals made ready once, for any number of quoting texts."""

    def __init__(self, originals: Sequence[Text]) -> None:
        self._originals = [Original(text) for text in originals]
        keys = [[unit.key for unit in original.wording.units] for original in self._originals]
        self._index = Index(keys)
        self._stems = Stems(self._index.keys)

    def check(self, quoting: Text) -> tuple[Fidelity, ...]:
        article, found = article_of(quoting), list[tuple[Quoted, Fidelity]]()
        quotations = list_quoted(quoting)
        for quoted in quotations:
            if quoted.words >= LEAST_WORDS:
                found.append((quoted, self._check(article, quoted)))
        for quoted in quotations:
            if quoted.words < LEAST_WORDS:
                found += [(quoted, finding) for finding in self._check_short(article, quoted, found)]
        found.sort(key=lambda pair: pair[0].place.start)
        return tuple(_numbered(finding, number) for number, (_, finding) in enumerate(found, 1))

    def _check(self, article: Article, quoted: Quoted) -> Fidelity:
        wording = self._read(article, quoted)
        core = [at for at, unit in enumerate(wording.units) if not unit.bracket]
        keys = [wording.units[at].key for at in core]
        judge = _Judge(Quotation(article, quoted, wording), self._originals)
        judged = [judge.judge(anchors) for anchors in self._find_places(wording, core, keys)]
        if judged:
            best = min(judged, key=lambda each: (_ORDER.index(each.kind), len(each.risks), len(each.differences)))
            others = [best, *(each for each in judged if each is not best)]
            exact = all(difference.kind not in UNMARKED for difference in best.differences)
            rule = "fidelity.same-words" if exact else "fidelity.aligned"
            return _finding(article, quoted, best, others, rule=rule)
        return self._check_paraphrase(article, quoted, core, keys, wording)

    def _read(self, article: Article, quoted: Quoted) -> Wording:
        """The words of a quotation. Its brackets and ellipses are those of the quoting text, or of the original."""
        wording = read_quotation(article.text, quoted.inner)
        if wording.brackets or wording.ellipses or any(unit.inline for unit in wording.units):
            plain = read_plain(article.text, quoted.inner)
            written = " ".join(article.text[start:end].strip() for start, end in quoted.inner)
            if any(_has_all(original, written) for original in self._originals):
                return plain
        return wording

    def _find_places(self, wording: Wording, core: Sequence[int], keys: Sequence[str]) -> Iterator[tuple[Anchor, ...]]:
        """The places of the same words in a row; else the best alignment, where it has enough of them."""
        if not keys:
            return
        whole = self._index.find_whole(keys)
        if whole:
            for start in whole[:_MOST_PLACES]:
                yield self._to_anchors(core, tuple((at, start + at) for at in range(len(keys))))
            return
        pauses = frozenset(
            at for at in range(1, len(core)) if _has_pause(wording, wording.units[core[at - 1]].end, core[at])
        )
        pairs = align(keys, self._index, pauses)
        if is_same(len(keys), pairs):
            yield self._to_anchors(core, pairs)

    def _to_anchors(self, core: Sequence[int], pairs: Pairs) -> tuple[Anchor, ...]:
        anchors = []
        for here, there in pairs:
            source = self._index.text_of(there)
            anchors.append(Anchor(core[here], source, there - self._index.starts[source]))
        return tuple(anchors)

    def _check_paraphrase(
        self, article: Article, quoted: Quoted, core: Sequence[int], keys: Sequence[str], wording: Wording
    ) -> Fidelity:
        shared = self._stems.find(keys)
        nothing = _Judged("not-found", (), (), (), (), None)
        if shared is None:
            return _finding(article, quoted, nothing, (), rule="fidelity.nothing")
        positions = [there for _, there in shared.pairs]
        source = self._index.text_of(min(positions))
        original, start = self._originals[source], self._index.starts[source]
        inside = [at - start for at in positions if self._index.text_of(at) == source]
        units = [wording.units[core[here]] for here, _ in shared.pairs]
        here_span = article.span(units[0].start, units[-1].end)
        there_span = original.span(inside)
        speaker = original.speeches.speaker_at(there_span.start, there_span.end)
        piece = Piece(here_span, there_span, original.article.source)
        anchors = tuple(Anchor(0, source, at) for at in inside)
        found = _Judged("paraphrase", anchors, (piece,), (), (), speaker)
        return _finding(article, quoted, found, (found,), rule="fidelity.content-words")

    def _check_short(
        self, article: Article, quoted: Quoted, found: Sequence[tuple[Quoted, Fidelity]]
    ) -> Iterator[Fidelity]:
        """A quotation of one or two words, at the place nearest to that of a neighbour in its paragraph."""
        zone = article.zone_at(quoted.place.start)
        beside = [
            piece
            for other, finding in found
            if zone and zone.start <= other.place.start < zone.end
            for piece in finding.pieces
            if finding.kind not in ("paraphrase", "not-found")
        ]
        wording = read_quotation(article.text, quoted.inner)
        keys = [unit.key for unit in wording.units]
        if not beside or not keys or any(unit.bracket for unit in wording.units):
            return
        judge = _Judge(Quotation(article, quoted, wording), self._originals)
        places = []
        for start in self._index.find_whole(keys):
            anchors = self._to_anchors(range(len(keys)), tuple((at, start + at) for at in range(len(keys))))
            distance = min((self._distance(anchors[0], piece) for piece in beside), default=_NEIGHBOURHOOD)
            if distance < _NEIGHBOURHOOD:
                places.append((distance, start, anchors))
        if places:
            judged = judge.judge(min(places)[2])
            yield _finding(article, quoted, judged, (judged,), rule="fidelity.beside")

    def _distance(self, anchor: Anchor, piece: Piece) -> int:
        """Words of the original between a word and a piece; far in another text."""
        original = self._originals[anchor.source]
        if original.article.source != piece.source:
            return _NEIGHBOURHOOD
        start = original.wording.units[anchor.there].start
        between = sorted((start, piece.there.start if start < piece.there.start else piece.there.end))
        return original.article.text.count(" ", max(0, between[0]), max(0, between[1]))


class _Judge:
    """Gives one quotation its class at one place."""

    def __init__(self, quotation: Quotation, originals: Sequence[Original]) -> None:
        self._article, self._quoted, self._wording = quotation.article, quotation.quoted, quotation.wording
        self._originals = originals
        self._comparer = Comparer(quotation, originals)
        self._risks = RiskFinder(quotation, originals)

    def judge(self, anchors: tuple[Anchor, ...]) -> _Judged:
        changes = self._comparer.find_changes(anchors)
        differences = tuple(change.difference for change in changes)
        risks = self._risks.find(anchors, changes)
        speaker = self._speaker_there(anchors)
        kind = classify(differences, risks)
        if self._quoted.speaker and speaker and are_two(self._quoted.speaker, speaker):
            kind = "other-speaker"
        if kind == "typographic" and not differences:
            kind = "verbatim"
        return _Judged(kind, anchors, self._to_pieces(anchors), differences, risks, speaker)

    def _to_pieces(self, anchors: Sequence[Anchor]) -> tuple[Piece, ...]:
        numbers = self._comparer.gaps.number_pieces(anchors)
        pieces = []
        for number in range(numbers[-1] + 1):
            part = [anchor for anchor, of in zip(anchors, numbers, strict=True) if of == number]
            original = self._originals[part[0].source]
            first, last = self._wording.units[part[0].here], self._wording.units[part[-1].here]
            here = self._article.span(first.start, last.end)
            pieces.append(Piece(here, original.span([anchor.there for anchor in part]), original.article.source))
        return tuple(pieces)

    def _speaker_there(self, anchors: Sequence[Anchor]) -> Speaker | None:
        """Who says most of the words, by the reading of the original."""
        votes: dict[str, tuple[int, Speaker]] = {}
        for anchor in anchors:
            original = self._originals[anchor.source]
            unit = original.wording.units[anchor.there]
            speaker = original.speeches.speaker_at(unit.start, unit.end)
            if speaker is not None:
                votes[speaker.name] = (votes.get(speaker.name, (0, speaker))[0] + 1, speaker)
        most = max(votes.values(), key=lambda vote: vote[0], default=None)
        return most[1] if most and most[0] * 2 >= len(anchors) else None


def classify(differences: Sequence[Difference], risks: Sequence[Risk]) -> FidelityKind:
    """The most serious class that differences and risks make: up to `spliced`."""
    kinds = {difference.kind for difference in differences}
    if "joined" in kinds:
        return "spliced"
    if risks:
        return "meaning-at-risk"
    if kinds & UNMARKED:
        return "unmarked-change"
    if kinds & MARKED:
        return "marked-change"
    return "typographic" if kinds else "verbatim"


def is_same(words: int, pairs: Pairs) -> bool:
    """Whether so many of the words were found that it is still this quotation."""
    if words < _SHORT:
        return len(pairs) >= max(2, words - 1) and _longest_run(pairs) >= 2
    if len(pairs) < _LEAST_SHARE * words or count_in_runs(pairs) < _LEAST_IN_RUNS * words:
        return False
    return _longest_run(pairs) >= _LEAST_RUN or len(pairs) >= _LEAST_ALONE * words


def count_in_runs(pairs: Pairs) -> int:
    known = set(pairs)
    return sum((here - 1, there - 1) in known or (here + 1, there + 1) in known for here, there in pairs)


def _has_all(original: Original, written: str) -> bool:
    return " ".join(written.split()) in original.in_one_line


def _longest_run(pairs: Pairs) -> int:
    longest = run = 1 if pairs else 0
    for first, second in itertools.pairwise(pairs):
        run = run + 1 if (second[0] - first[0], second[1] - first[1]) == (1, 1) else 1
        longest = max(longest, run)
    return longest


def are_two(first: Speaker, second: Speaker) -> bool:
    """Whether two names are surely those of two people: other last names, or one last name and other first names.
    What is not a person on one side may speak for one on the other, and is left open."""
    if not (first.person and second.person):
        return False
    names = [[key for word in each.name.split() for key in find_keys(word)] for each in (first, second)]
    if not all(names):
        return False
    if names[0][-1] != names[1][-1]:
        return True
    given = [set(name[:-1]) - _title_keys() for name in names]
    return all(given) and not given[0] & given[1] and all(_is_first_name(name) for name in given)


@cache
def _title_keys() -> frozenset[str]:
    return frozenset(key for title in load_titles() for word in title.title.split() for key in find_keys(word))


def _is_first_name(given: set[str]) -> bool:
    return all(len(word) > 1 for word in given)


def _has_pause(wording: Wording, start: int, unit: int) -> bool:
    return any(start <= first < wording.units[unit].start for first, _ in wording.ellipses)


def _finding(
    article: Article, quoted: Quoted, judged: _Judged, considered: Sequence[_Judged], *, rule: str
) -> Fidelity:
    return Fidelity(
        id="",
        kind=judged.kind,
        quoted_in=article.source,
        quotation=quoted.place,
        attribution=quoted.attribution,
        pieces=judged.pieces,
        differences=judged.differences,
        risks=judged.risks,
        speaker=quoted.speaker.name if quoted.speaker else None,
        original_speaker=judged.original_speaker.name if judged.original_speaker else None,
        candidates=tuple(
            Candidate(each.pieces[0].source, each.pieces[0].there, len(each.anchors), each.kind) for each in considered
        ),
        rule=rule,
        certain=rule not in ("fidelity.content-words", "fidelity.beside"),
    )


def _numbered(finding: Fidelity, number: int) -> Fidelity:
    return replace(finding, id=f"f{number}")
