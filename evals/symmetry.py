"""Symmetry: does a reading change where one name is put in the place of another of its kind?

Lines of PolNeAR are read alone, as they are and with a name swapped (`symmetry_names.tsv`). A name counts as one
word, so that partners may differ in their number of words; all words around it are the same in both lines.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from closeread.article import ReadError, find_words
from evals.attribution_scores import Attributed, Range
from evals.intervals import DIGITS, wilson
from evals.polnear import System
from evals.polnear_corpus import Document

NAMES = Path(__file__).parent / "symmetry_names.tsv"
SEED = 606
LINES = 500
PERSONS = ("person", "invented-person")
ROLES = ("content", "cue", "source")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w.’'-]*[ -]$")
_CAPITAL_AFTER = re.compile(r"[ -][A-Z]")

# The words of a role: places among the words outside swapped names, and -1, -2, ... for the swapped names.
Words = frozenset[int]
Triple = tuple[Words, Words, Words]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and the one put in its place; `mutual` where the reverse is fine too."""

    kind: str
    name: str
    partner: str
    mutual: bool

    @property
    def partners(self) -> dict[str, str]:
        """What stands for what in a line. The surname of a person goes with the full name."""
        forms = [(self.name, self.partner)]
        if self.kind in PERSONS:
            forms.append((self.name.split()[-1], self.partner.split()[-1]))
        return dict(forms) | ({partner: name for name, partner in forms} if self.mutual else {})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document, and the pairs that fit it by kind."""

    text: str
    pairs: Mapping[str, Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class Swap:
    """A line before and after a swap, with the places of the names in each."""

    kind: str
    before: str
    after: str
    names_before: tuple[Range, ...]
    names_after: tuple[Range, ...]


def load_pairs(path: Path = NAMES) -> list[Pair]:
    """Every pair, and the reverse of those that go both ways."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    pairs = [Pair(row["kind"], row["name"], row["partner"], row["ways"] == "both") for row in rows]
    return pairs + [Pair(pair.kind, pair.partner, pair.name, True) for pair in pairs if pair.mutual]


def find_name(text: str, name: str, kind: str) -> Iterator[Range]:
    """Places of a name as whole words. One word that is no party stands alone: no capital before or after it."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        start, end = found.span()
        is_part = _CAPITAL_BEFORE.search(text, 0, start) or _CAPITAL_AFTER.match(text, end)
        if " " in name or kind == "party" or not is_part:
            yield start, end


def swap_names(text: str, pair: Pair) -> Swap:
    """Puts the partner in the place of every name, and the name in that of the partner where that is fine too."""
    partners, names = pair.partners, _find_names(text, pair)
    after, placed, last = "", [], 0
    for start, end in names:
        after += text[last:start]
        placed.append((len(after), len(after) + len(partners[text[start:end]])))
        after += partners[text[start:end]]
        last = end
    return Swap(pair.kind, text, after + text[last:], names, tuple(placed))


def _find_names(text: str, pair: Pair) -> tuple[Range, ...]:
    """In the order of the text. A full name is taken before the surname that it holds."""
    taken: list[Range] = []
    for name in sorted(pair.partners, key=len, reverse=True):
        for start, end in find_name(text, name, pair.kind):
            if all(end <= other[0] or other[1] <= start for other in taken):
                taken.append((start, end))
    return tuple(sorted(taken))


def find_lines(documents: Iterable[Document], pairs: Sequence[Pair]) -> list[Line]:
    """The lines that hold a name, with the pairs that can be swapped in them."""
    texts = (text.strip() for document in documents for text in document.text.split("\n"))
    lines = [Line(text, _fitting(text, pairs)) for text in texts]
    return [line for line in lines if line.pairs]


def _fitting(text: str, pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """By kind. A name that ends a longer one of the line (`Trump`, `Donald Trump`) goes with that one."""
    held = [pair for pair in pairs if pair.name in text and _fits(text, pair)]
    longest = [pair for pair in held if not any(other.name.endswith(f" {pair.name}") for other in held)]
    fitting: dict[str, list[Pair]] = defaultdict(list)
    for pair in longest:
        fitting[pair.kind].append(pair)
    return dict(fitting)


def _fits(text: str, pair: Pair) -> bool:
    """Whether the name is there, and the partner is not or changes places with it."""
    return any(find_name(text, pair.name, pair.kind)) and (pair.mutual or pair.partner not in text)


def draw_swaps(lines: Sequence[Line], number: int = LINES) -> list[Swap]:
    """One swap for each of some lines: a kind by chance, rare kinds more often, then a pair of that kind."""
    draw, frequency = random.Random(SEED), Counter(kind for line in lines for kind in line.pairs)
    swaps = []
    for line in draw.sample(lines, min(number, len(lines))):
        kinds = sorted(line.pairs)
        (kind,) = draw.choices(kinds, [1 / frequency[kind] for kind in kinds])
        swaps.append(swap_names(line.text, draw.choice(line.pairs[kind])))
    return swaps


def place_words(text: str, names: Sequence[Range]) -> list[tuple[Range, int]]:
    """The words of a line with their places, a swapped name and what is tied to it (`Trump’s`) as one."""
    words, count = [], 0
    for start, end in find_words(text):
        name = next((index for index, other in enumerate(names) if start < other[1] and other[0] < end), None)
        words.append(((start, end), count if name is None else -1 - name))
        count += name is None
    return words


def _to_triple(found: Attributed, words: Sequence[tuple[Range, int]]) -> Triple:
    return _words(found.contents, words), _words(found.cue, words), _words(found.sources, words)


def _words(spans: Sequence[Range], words: Sequence[tuple[Range, int]]) -> Words:
    return frozenset(place for (start, end), place in words if any(start < e and s < end for s, e in spans))


def compare(before: Iterable[Triple], after: Iterable[Triple]) -> Counter[str]:
    """Counts over the attributions of both sides: `n`, `differ`, `one_side`, and one count per role that differs.

    Those that are not the same are paired by the contents that share most words; the rest stand on one side only."""
    left, right = set(before) - set(after), set(after) - set(before)
    counts = Counter(n=len(set(before) & set(after)))
    for one, other in _pair_up(left, right):
        left.discard(one)
        right.discard(other)
        counts.update(["n", "differ", *(role for role, a, b in zip(ROLES, one, other, strict=True) if a != b)])
    alone = len(left) + len(right)
    return counts + Counter(n=alone, differ=alone, one_side=alone)


def _pair_up(left: Iterable[Triple], right: Iterable[Triple]) -> Iterator[tuple[Triple, Triple]]:
    shared = [(len(one[0] & other[0]), one, other) for one in left for other in right if one[0] & other[0]]
    used: set[Triple] = set()
    for _, one, other in sorted(shared, key=lambda each: (-each[0], *map(_order, each[1:]))):
        if not used & {one, other}:
            used |= {one, other}
            yield one, other


def _order(triple: Triple) -> list[list[int]]:
    return [sorted(words) for words in triple]


def measure(documents: Iterable[Document], system: System, number: int = LINES) -> dict[str, Any]:
    """The share of attributions that differ between a line and its swap, overall and by kind of name."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    lines = find_lines(documents, load_pairs())
    for swap in draw_swaps(lines, number):
        tallies[swap.kind] += _read_both(swap, system)
    overall = sum(tallies.values(), Counter[str]())
    by_kind = {kind: _report(tallies[kind]) for kind in sorted(tallies)}
    return {"lines_with_names": len(lines), "overall": _report(overall), "by_kind": by_kind}


def _read_both(swap: Swap, system: System) -> Counter[str]:
    before, refused = _read(swap.before, swap.names_before, system)
    after, refused_too = _read(swap.after, swap.names_after, system)
    counts = compare(before, after)
    return counts + Counter(lines=1, lines_differ=int(counts["differ"] > 0), refused=int(refused or refused_too))


def _read(text: str, names: Sequence[Range], system: System) -> tuple[list[Triple], bool]:
    """The attributions of one side, and whether it was refused."""
    words = place_words(text, names)
    try:
        return [_to_triple(found, words) for found in system(text)], False
    except ReadError:
        return [], True


def _report(counts: Counter[str]) -> dict[str, Any]:
    share = round(counts["differ"] / counts["n"], DIGITS) if counts["n"] else None
    rate = {"n": counts["n"], "differ": counts["differ"], "share": share, "ci": wilson(counts["differ"], counts["n"])}
    return rate | {name: counts[name] for name in (*ROLES, "one_side", "lines", "lines_differ", "refused")}
