"""The words of one text found in others: runs of the same words as seeds, chained, the gaps filled word by word.

The chain with most words wins; a jump to a separate place costs more than the two words that a chance meeting brings.
The gaps are filled by global alignment. Source: Needleman and Wunsch (1970), on words.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from closeread.lexicons.known_phrases import index_small_words

Key = str
Positions = Mapping[tuple[Key, ...], Sequence[int]]

# A seed that stands at more places than this finds nothing of its own; runs of it are found by the others.
_COMMON = {3: 200, 2: 60, 1: 25}
_MOST_BLOCKS = 250
_NEAR = 80
_LONGEST_FILL = 80
_EDGE = 6
# Costs in words. A jump is worth it from three words that the place before does not have.
_JUMP, _STEP, _SKIPPED = 2.6, 0.3, 0.04
_LONGEST_STEP = 40
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Block:
    """`length` words in a row: from `here` of the one side, from `there` of the other."""

    here: int
    there: int
    length: int


Pairs = tuple[tuple[int, int], ...]


class Index:
    """The keys of several texts in a row, with where each run of one, two or three stands."""

    def __init__(self, texts: Sequence[Sequence[Key]]) -> None:
        self.keys: list[Key] = []
        self.starts: list[int] = []
        for keys in texts:
            self.starts.append(len(self.keys))
            self.keys.extend(keys)
            self.keys.append(_SEPARATOR)
        self._by_length: dict[int, Positions] = {}

    def text_of(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    @cached_property
    def ends(self) -> list[int]:
        return [*(start - 1 for start in self.starts[1:]), len(self.keys) - 1]

    def find(self, keys: tuple[Key, ...]) -> Sequence[int]:
        return self._positions(len(keys)).get(keys, ())

    def _positions(self, length: int) -> Positions:
        if length not in self._by_length:
            found = defaultdict[tuple[Key, ...], list[int]](list)
            for at, run in enumerate(zip(*(self.keys[shift:] for shift in range(length)), strict=False)):
                found[run].append(at)
            self._by_length[length] = dict(found)
        return self._by_length[length]

    def find_whole(self, keys: Sequence[Key]) -> list[int]:
        """Where all these keys stand in a row, in order."""
        length = min(3, len(keys))
        runs = [(shift, self.find(tuple(keys[shift : shift + length]))) for shift in range(len(keys) - length + 1)]
        shift, rarest = min(runs, key=lambda run: len(run[1]))
        whole = list(keys)
        starts = (position - shift for position in rarest)
        return [start for start in starts if self.keys[start : start + len(whole)] == whole]


def align(keys: Sequence[Key], index: Index, pauses: frozenset[int] = frozenset()) -> Pairs:
    """Pairs of a position in `keys` and one in the index that mean the same word, rising in the first; in the second
    they fall back or leap where the words are put together from separate places. Empty where nothing was found.
    `pauses` are positions before which an ellipsis stands: a leap there costs less."""
    best: Pairs = ()
    for length in (3, 2, 1):
        if len(keys) < length or (length < 3 and len(best) >= (len(keys) if pauses else 0.7 * len(keys))):
            continue
        chain = _chain(keys, _find_blocks(keys, index, length, pauses), pauses)
        pairs = _fill(keys, index, chain)
        if len(pairs) > len(best) + (0 if not best else 1):
            best = pairs
    return best


def _find_blocks(keys: Sequence[Key], index: Index, least: int, pauses: frozenset[int]) -> list[Block]:
    """The longest runs of at least so many words that both sides share; with `least` 1 rare content words too."""
    blocks: list[Block] = []
    done: dict[int, int] = {}
    for here in range(len(keys) - least + 1):
        run = tuple(keys[here : here + least])
        stop = min((pause for pause in pauses if pause > here), default=len(keys))
        if here + least > stop:
            continue
        positions = index.find(run)
        if len(positions) > _COMMON[least] or (least == 1 and run[0] in index_small_words()):
            continue
        for there in positions:
            if done.get(there - here, -1) >= here:
                continue
            length = least
            while here + length < stop and keys[here + length] == index.keys[there + length]:
                length += 1
            done[there - here] = here + length - least
            blocks.append(Block(here, there, length))
    return _prune(blocks)


def _prune(blocks: list[Block]) -> list[Block]:
    """The longest, and those near the very longest: a long text meets a quotation in many small ways."""
    if len(blocks) > _MOST_BLOCKS:
        ranked = sorted(blocks, key=lambda block: (-block.length, block.there))
        tops = sorted(block.there for block in ranked[:20])
        kept = set(ranked[: _MOST_BLOCKS // 2])
        kept.update(block for block in ranked if _is_near(block.there, tops))
        blocks = sorted(kept, key=lambda block: (-block.length, block.there))[: 2 * _MOST_BLOCKS]
    return sorted(blocks, key=lambda block: (block.here, block.there))


def _is_near(position: int, sorted_tops: Sequence[int]) -> bool:
    at = bisect_right(sorted_tops, position)
    return any(abs(position - top) <= _NEAR for top in sorted_tops[max(0, at - 1) : at + 1])


def _chain(keys: Sequence[Key], blocks: Sequence[Block], pauses: frozenset[int]) -> list[Block]:
    """The blocks that together have most words at the least cost, cut where they overlap."""
    content = _count_content(keys)
    scores: list[float] = []
    links: list[tuple[int, Block]] = []
    for number, block in enumerate(blocks):
        score, link = float(block.length), (-1, block)
        for earlier in range(number):
            cut = _cut(links[earlier][1], block)
            if cut is None or not _may_follow(links[earlier][1], cut, content):
                continue
            reached = scores[earlier] + cut.length - _cost(links[earlier][1], cut, pauses)
            if reached > score + 1e-9:
                score, link = reached, (earlier, cut)
        scores.append(score)
        links.append(link)
    return _trace(scores, links)


def _trace(scores: Sequence[float], links: Sequence[tuple[int, Block]]) -> list[Block]:
    chain: list[Block] = []
    at = max(range(len(scores)), key=lambda number: (scores[number], -number)) if scores else -1
    while at >= 0:
        chain.append(links[at][1])
        at = links[at][0]
    return chain[::-1]


def _cut(first: Block, second: Block) -> Block | None:
    """What of the second begins after the first."""
    over = max(0, first.here + first.length - second.here)
    if 0 <= second.there + over - first.there < first.length:
        over = max(over, first.there + first.length - second.there)
    if over >= second.length or second.here + over <= first.here:
        return None
    return Block(second.here + over, second.there + over, second.length - over)


def _is_step(first: Block, second: Block) -> bool:
    return 0 <= second.there - first.there - first.length <= _LONGEST_STEP


def _may_follow(first: Block, second: Block, content: Sequence[int]) -> bool:
    """A leap is between stretches that do not meet by chance: five words, or three with two content words."""
    return _is_step(first, second) or all(
        block.length >= 3
        and (block.length >= 6 or content[block.here + block.length] - content[block.here] >= 2 - (block.length > 3))
        for block in (first, second)
    )


def _count_content(keys: Sequence[Key]) -> list[int]:
    counts = [0]
    for key in keys:
        counts.append(counts[-1] + (key not in index_small_words()))
    return counts


def _cost(first: Block, second: Block, pauses: frozenset[int]) -> float:
    gap = second.there - first.there - first.length
    paused = any(at in pauses for at in range(first.here + first.length, second.here + 1))
    skipped = 0.0 if second.here == first.here + first.length else 0.1
    if paused and gap >= 0:
        return _STEP + 0.1 * log(1 + gap) + skipped
    if _is_step(first, second):
        return (_STEP + _SKIPPED * gap if gap else 0.0) + skipped
    return _JUMP + 0.05 * log(1 + abs(gap)) + skipped


def _fill(keys: Sequence[Key], index: Index, chain: Sequence[Block]) -> Pairs:
    """All pairs of a chain: its own, and those in its gaps and at its ends."""
    if not chain:
        return ()
    pairs = [(block.here + at, block.there + at) for block in chain for at in range(block.length)]
    for first, second in itertools.pairwise(chain):
        here = (first.here + first.length, second.here)
        there = (first.there + first.length, second.there)
        if here[0] < here[1] and 0 < there[1] - there[0] <= _LONGEST_FILL:
            pairs += _match(keys, index.keys, here, there, free=(False, False))
    pairs += _fill_ends(keys, index, chain)
    return tuple(sorted(set(pairs)))


def _fill_ends(keys: Sequence[Key], index: Index, chain: Sequence[Block]) -> Iterator[tuple[int, int]]:
    first, last = chain[0], chain[-1]
    text = index.text_of(first.there)
    if first.here:
        start = max(index.starts[text], first.there - first.here - _EDGE)
        yield from _match(keys, index.keys, (0, first.here), (start, first.there), free=(True, False))
    here, there = last.here + last.length, last.there + last.length
    if here < len(keys):
        end = min(index.ends[index.text_of(last.there)], there + len(keys) - here + _EDGE)
        yield from _match(keys, index.keys, (here, len(keys)), (there, end), free=(False, True))


_SAME, _SAME_SMALL, _OTHER, _GAP = 2.0, 1.3, -0.9, -0.5


def _match(
    first: Sequence[Key],
    second: Sequence[Key],
    here: tuple[int, int],
    there: tuple[int, int],
    *,
    free: tuple[bool, bool],
) -> list[tuple[int, int]]:
    """Equal words of two ranges, aligned globally; words of the second are left out for nothing at a `free` end."""
    a, b = first[here[0] : here[1]], second[there[0] : there[1]]
    table = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i or j:
                table[i][j] = max(value for value, _ in _moves(table, a, b, (i, j), free))
    pairs, i, j = [], len(a), len(b)
    while i or j:
        _, (di, dj) = max(_moves(table, a, b, (i, j), free), key=lambda move: move[0])
        if di and dj and a[i - 1] == b[j - 1]:
            pairs.append((here[0] + i - 1, there[0] + j - 1))
        i, j = i - di, j - dj
    return pairs[::-1]


def _score(first: Key, second: Key) -> float:
    if first != second:
        return _OTHER
    return _SAME_SMALL if first in index_small_words() else _SAME


def _moves(
    table: Sequence[Sequence[float]], a: Sequence[Key], b: Sequence[Key], at: tuple[int, int], free: tuple[bool, bool]
) -> Iterator[tuple[float, tuple[int, int]]]:
    i, j = at
    if i and j:
        yield table[i - 1][j - 1] + _score(a[i - 1], b[j - 1]), (1, 1)
    if j:
        unpaid = (free[0] and i == 0) or (free[1] and i == len(a))
        yield table[i][j - 1] + (0.0 if unpaid else _GAP), (0, 1)
    if i:
        yield table[i - 1][j] + _GAP, (1, 0)
