"""One utterance as several texts quote it: the quotations that are the same words, and what differs among them.

No original is needed, and none is supposed: a difference says that two texts differ, not which of them changed words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from closeread.article import Article, Span
from closeread.comparisons.aligning import Index, Pairs, align
from closeread.comparisons.comparing import Comparer
from closeread.comparisons.differences import Change, Difference
from closeread.comparisons.fidelity import FidelityKind, are_two, classify, count_in_runs
from closeread.comparisons.gaps import Anchor
from closeread.comparisons.originals import Original
from closeread.comparisons.paraphrases import is_content
from closeread.comparisons.quotation import Quotation
from closeread.comparisons.quoted import Quoted, Text, article_of, list_quoted
from closeread.comparisons.risks import Risk, RiskFinder
from closeread.comparisons.wording import Wording, read_quotation, sentences_of

# Two quotations are one utterance where so many words of the shorter stand in the other in the same order, and at least
# so many words in all. Set on BASIL 2010-2016 (November 2026).
_LEAST_SHARE = 0.6
_LEAST_WORDS, _LEAST_CONTENT = 5, 2
_LONG_RUN = 8
# Other words at a border up to this number are another version of it; more are another quotation.
_LONGEST_BORDER = 3
# Three words in a row that stand in more quotations than this (*one of the*) tell nothing.
_COMMON = 200


@dataclass(frozen=True, slots=True)
class Version:
    """One quotation of an utterance. `kind` and `differences` are held against the reference, the first version of
    its utterance; a version that begins or ends elsewhere does not differ by that. `there` is the stretch of the
    reference that it shares."""

    source: str
    quotation: Span
    attribution: str | None
    speaker: str | None
    there: Span
    kind: FidelityKind
    differences: tuple[Difference, ...]
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Quotations of the same words in two texts or more. The first version is the reference: the one with fewest
    brackets and ellipses, then the longest, then by source."""

    id: str
    versions: tuple[Version, ...]
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class _Quote:
    text: Text
    article: Article
    quoted: Quoted
    wording: Wording
    core: tuple[int, ...]

    @property
    def keys(self) -> list[str]:
        return [self.wording.units[at].key for at in self.core]

    @property
    def order(self) -> tuple[int, int, str, int]:
        altered = len(self.wording.ellipses) + len(self.wording.brackets)
        return altered, -len(self.core), self.article.source, self.quoted.place.start


def check_versions(texts: Sequence[Text]) -> tuple[Utterance, ...]:
    """The utterances that at least two of the texts quote, in the order of their first versions. Quotations of fewer
    than five words are left out. Empty where no two texts quote the same words."""
    quotes = [quote for text in texts for quote in _list_quotes(text)]
    groups = [group for group in _group(quotes) if len({quote.article.source for quote in group}) > 1]
    utterances = [versions for group in groups for versions in _compare(sorted(group, key=lambda quote: quote.order))]
    utterances.sort(key=lambda versions: (versions[0].source, versions[0].quotation.start))
    return tuple(
        Utterance(f"u{number}", versions, "fidelity.versions", all(v.kind != "spliced" for v in versions))
        for number, versions in enumerate(utterances, 1)
    )


def _list_quotes(text: Text) -> Iterator[_Quote]:
    article = article_of(text)
    for quoted in list_quoted(text):
        wording = read_quotation(article.text, quoted.inner)
        core = tuple(at for at, unit in enumerate(wording.units) if not unit.bracket)
        if len(core) >= _LEAST_WORDS:
            yield _Quote(text, article, quoted, wording, core)


def _group(quotes: Sequence[_Quote]) -> list[list[_Quote]]:
    """Groups joined by pairs of different texts that are one utterance."""
    index = Index([quote.keys for quote in quotes])
    leader = list(range(len(quotes)))

    def lead(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for number, quote in enumerate(quotes):
        for other in _candidates(number, quote, index):
            apart = quotes[other].article.source != quote.article.source
            if apart and lead(other) != lead(number) and _is_one(quote, quotes[other]):
                leader[max(lead(number), lead(other))] = min(lead(number), lead(other))
    groups = defaultdict[int, list[_Quote]](list)
    for number, quote in enumerate(quotes):
        groups[lead(number)].append(quote)
    return list(groups.values())


def _candidates(number: int, quote: _Quote, index: Index) -> list[int]:
    """Earlier quotations that share three words in a row, of those that are not in very many."""
    keys = quote.keys
    runs = {tuple(keys[at : at + 3]) for at in range(len(keys) - 2)}
    found = {index.text_of(at) for run in runs if len(index.find(run)) <= _COMMON for at in index.find(run)}
    return sorted(other for other in found if other < number)


def _align(quote: _Quote, reference: _Quote) -> Pairs:
    return align(quote.keys, Index([[unit.key for unit in reference.wording.units]]), _pauses(quote))


def _pauses(quote: _Quote) -> frozenset[int]:
    """The words before which an ellipsis stands."""
    wording = quote.wording
    ends = [wording.units[at].end for at in quote.core]
    starts = [wording.units[at].start for at in quote.core]
    return frozenset(
        at
        for at in range(1, len(quote.core))
        if any(ends[at - 1] <= place[0] < starts[at] for place in wording.ellipses)
    )


def _is_one(quote: _Quote, other: _Quote) -> bool:
    pairs = _align(quote, other)
    if len(pairs) < _LEAST_WORDS or sum(is_content(quote.keys[here]) for here, _ in pairs) < _LEAST_CONTENT:
        return False
    shorter = min(len(quote.core), len(other.wording.units))
    enough = len(pairs) >= _LEAST_SHARE * shorter and 2 * count_in_runs(pairs) >= shorter
    return _has_long_run(pairs) or (enough and _is_dense(pairs, _pauses(quote), _pauses(other)))


def _has_long_run(pairs: Pairs) -> bool:
    known = set(pairs)
    return any(all((here + step, there + step) in known for step in range(_LONG_RUN)) for here, there in pairs)


def _is_dense(pairs: Pairs, here_pauses: frozenset[int], there_pauses: frozenset[int]) -> bool:
    """Whether most of the words between the first and the last found were found, on both sides. What an ellipsis of
    the other side stands for does not count."""
    here = there = 1
    for (first, second), (next_first, next_second) in pairwise(pairs):
        marked = any(first < at <= next_first for at in here_pauses)
        there += 1 if marked else next_second - second
        marked = any(second < at <= next_second for at in there_pauses)
        here += 1 if marked else next_first - first
    return len(pairs) >= _LEAST_SHARE * max(here, there)


def _shared(quote: _Quote, reference: _Quote) -> Pairs:
    """The pairs without islands of one or two words at the borders, that stand in another sentence or behind an
    ellipsis: they meet by chance."""
    pairs, text = list(_align(quote, reference)), quote.article.text
    breaks = {place[0] for place in quote.wording.ellipses} | set(sentences_of(text).starts)
    for side in (1, -1):
        ordered = pairs[::side]
        for size in (1, 2):
            if len(ordered) <= size:
                break
            units = [quote.wording.units[quote.core[here]] for here, _ in ordered[size - 1 : size + 1]]
            low, high = sorted(unit.start for unit in units)
            apart = abs(ordered[size][0] - ordered[size - 1][0]) > 1 or abs(ordered[size][1] - ordered[size - 1][1]) > 1
            if apart and any(low < at <= high for at in breaks):
                pairs = ordered[size:][::side]
                break
    return tuple(pairs)


def _compare(group: Sequence[_Quote]) -> Iterator[tuple[Version, ...]]:
    """The versions of a group held against its first; those that do not reach it make groups of their own."""
    reference, others = group[0], group[1:]
    same = [q for q in others if q.article.source != reference.article.source and _is_one(q, reference)]
    rest = [quote for quote in others if quote not in same]
    if same:
        first = _to_version(reference, reference.quoted.place, "verbatim", (), ())
        yield (first, *(_hold_against(quote, reference) for quote in same))
    if rest:
        yield from _compare(rest)


def _hold_against(quote: _Quote, reference: _Quote) -> Version:
    original = Original(reference.text, reference.wording)
    quotation = Quotation(quote.article, quote.quoted, quote.wording)
    comparer = Comparer(quotation, [original])
    anchors = tuple(Anchor(quote.core[here], 0, there) for here, there in _shared(quote, reference))
    found = (_at_border(change, anchors, quote, original) for change in comparer.find_changes(anchors))
    changes = [_as_marked(change, reference, original, anchors, quote) for change in found if change is not None]
    finder = RiskFinder(quotation, [original])
    differences, risks = tuple(change.difference for change in changes), finder.find_in_changes(anchors, changes)
    kind = classify(differences, risks)
    speakers = quote.quoted.speaker, reference.quoted.speaker
    if speakers[0] and speakers[1] and are_two(speakers[0], speakers[1]):
        kind = "other-speaker"
    return _to_version(quote, original.span([anchor.there for anchor in anchors]), kind, differences, risks)


def _at_border(change: Change, anchors: Sequence[Anchor], quote: _Quote, original: Original) -> Change | None:
    """A change before the first or after the last shared word: none where one of the two only begins or ends
    elsewhere; else what of it stands in the sentence of that word, where the reference has other words."""
    here, units = change.difference.here, quote.wording.units
    if here is None:
        return change
    before, after = here.end <= units[anchors[0].here].start, here.start >= units[anchors[-1].here].end
    if not (before or after):
        return change
    if change.difference.kind not in ("added", "substituted") or not change.added:
        return None
    edge, step = (anchors[0], -1) if before else (anchors[-1], 1)
    start, end = sentences_of(quote.article.text).at(units[edge.here].start)
    added = tuple(at for at in change.added if start <= units[at].start < end)
    beside = edge.there + step
    inside = 0 <= beside < len(original.wording.units)
    goes_on = inside and original.sentence_at(beside) == original.sentence_at(edge.there)
    if not added or not goes_on or len(added) > _LONGEST_BORDER:
        return None
    place = quote.article.span(units[added[0]].start, units[added[-1]].end)
    return replace(change, difference=replace(change.difference, here=place), added=added)


def _as_marked(
    change: Change, reference: _Quote, original: Original, anchors: Sequence[Anchor], quote: _Quote
) -> Change:
    """A change that the brackets or the ellipsis of the reference show."""
    difference = change.difference
    if difference.kind not in ("added", "dropped", "substituted", "joined"):
        return change
    start, end = _around(difference, anchors, quote, original)
    if any(start <= first < end for first, _ in reference.wording.brackets):
        return replace(change, difference=replace(difference, kind="bracketed"))
    if any(start <= first < end for first, _ in reference.wording.ellipses):
        return replace(change, difference=replace(difference, kind="ellipsis"))
    return change


def _around(difference: Difference, anchors: Sequence[Anchor], quote: _Quote, original: Original) -> tuple[int, int]:
    """The range of the reference in which a difference lies."""
    units, others = quote.wording.units, original.wording.units
    if difference.there is not None:
        return difference.there.start - 1, difference.there.end + 1
    place = difference.here
    left = [anchor for anchor in anchors if place and units[anchor.here].end <= place.start]
    right = [anchor for anchor in anchors if place and units[anchor.here].start >= place.end]
    start = others[left[-1].there].end if left else others[anchors[0].there].start
    return start, others[right[0].there].start if right else others[anchors[-1].there].end


def _to_version(
    quote: _Quote, there: Span, kind: FidelityKind, differences: tuple[Difference, ...], risks: tuple[Risk, ...]
) -> Version:
    speaker = quote.quoted.speaker.name if quote.quoted.speaker else None
    source, quoted = quote.article.source, quote.quoted
    return Version(source, quoted.place, quoted.attribution, speaker, there, kind, differences, risks)
