"""Where a text says what a quotation says in other words: by the content words that both share, in their order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from closeread.lexicons.known_phrases import index_small_words

# Words that share so many letters at their beginning are taken for forms of one word.
_STEM = 5
_LEAST_SHARED = 3
_LEAST_SHARE = 0.5
_LEAST_IN_ORDER = 0.5
# The stretch of the original may be so much longer than the quotation, in words.
_WINDOW, _LEAST_WINDOW = 2, 20


@dataclass(frozen=True, slots=True)
class Shared:
    """Content words of a quotation (indexes of keys) and those of the original that stand for them."""

    pairs: tuple[tuple[int, int], ...]
    share: float


class Stems:
    """Where each stem of a content word stands in the texts."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._at = defaultdict[str, list[int]](list)
        for position, key in enumerate(keys):
            if is_content(key):
                self._at[to_stem(key)].append(position)

    def find(self, keys: Sequence[str]) -> Shared | None:
        """The window that shares most content words with the quotation, the first of several; None where it shares
        fewer than three, less than half of them, or mostly in another order."""
        stems = {to_stem(key) for key in keys if is_content(key)}
        if len(stems) < _LEAST_SHARED:
            return None
        length = max(_LEAST_WINDOW, _WINDOW * len(keys))
        window = self._best_window(stems, length)
        if window is None:
            return None
        pairs = _pair(keys, window)
        share = len({to_stem(keys[here]) for here, _ in pairs}) / len(stems)
        kept = _in_order(pairs)
        enough = len(pairs) >= _LEAST_SHARED and share >= _LEAST_SHARE and len(kept) >= _LEAST_IN_ORDER * len(pairs)
        return Shared(tuple(pairs), share) if enough else None

    def _best_window(self, stems: set[str], length: int) -> list[tuple[int, str]] | None:
        hits = sorted((position, stem) for stem in stems for position in self._at.get(stem, ()))
        counts, first, best = Counter[str](), 0, (0, 0, 0)
        for last, (position, stem) in enumerate(hits):
            counts[stem] += 1
            while hits[first][0] < position - length:
                counts[hits[first][1]] -= 1
                counts += Counter()
                first += 1
            if len(counts) > best[0]:
                best = (len(counts), first, last + 1)
        return hits[best[1] : best[2]] if best[0] >= _LEAST_SHARED else None


def is_content(key: str) -> bool:
    return key not in index_small_words() and key not in "%$£€¥" and key != "\n"


def to_stem(key: str) -> str:
    return key if key[0].isdigit() else key.removesuffix("'s")[:_STEM].rstrip("s")


def _pair(keys: Sequence[str], window: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """Each content word with the first place of its stem in the window."""
    places: dict[str, int] = {}
    for position, stem in window:
        places.setdefault(stem, position)
    return [
        (here, places[stem]) for here, key in enumerate(keys) if is_content(key) and (stem := to_stem(key)) in places
    ]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The longest rising run of places."""
    tails: list[int] = []
    for _, there in pairs:
        at = bisect_left(tails, there)
        tails[at : at + 1] = [there]
    return tails
