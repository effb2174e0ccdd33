"""What the encoder is told of a text beside its pieces: words, double marks, capitals, and the gaps between words.

Needs no torch: the same features are computed when the encoder is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from closeread.article import find_words

Ints = npt.NDArray[np.int64]

OUTSIDE, INSIDE, OPENS, CLOSES = range(4)
QUOTE_STATES = 4
CASES = 4
BREAKS = 2
# Tables of the gap before a word, added up: line break, double marks, punctuation.
GAP_BREAKS, GAP_MARKS, GAP_SIGNS = 2, 4, 6
_SIGNS = {1: ",", 2: ".!?…", 3: ":;", 4: "-–—"}


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into word pieces and words. All arrays are in the order of the text; `first` and `last` are the
    piece indexes of each word, `gaps` one row of three classes per word for the gap before it, `lines` the number
    of the line that a word stands in."""

    ids: Ints
    quotes: Ints
    cases: Ints
    breaks: Ints
    words: list[tuple[int, int]]
    first: Ints
    last: Ints
    gaps: Ints
    lines: Ints


def load_tokenizer(path: str) -> Tokenizer:
    """The tokenizer without the cutting and filling that its file asks for."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def to_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text with their features. Offsets of `words` are code points."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    places = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = find_words(text)
    states = quote_states(text)
    line_of = np.cumsum([0] + [character == "\n" for character in text])
    edges = np.array(words, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(places[:, 1], edges[:, 0], side="right")
    last = np.searchsorted(places[:, 0], edges[:, 1], side="left") - 1
    limit = max(len(places) - 1, 0)
    first = np.minimum(first, limit)
    starts = places[:, 0]
    piece_lines = line_of[starts]
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int64),
        quotes=np.array([states[start] for start in starts], dtype=np.int64),
        cases=np.array([_case(text[start:end]) for start, end in places], dtype=np.int64),
        breaks=np.diff(piece_lines, prepend=-1).clip(0, 1),
        words=words,
        first=first,
        last=np.maximum(first, np.minimum(last, limit)),
        gaps=_find_gaps(text, words, states),
        lines=line_of[edges[:, 0]],
    )


def quote_states(text: str) -> Ints:
    """For every code point whether it is outside or inside double marks, or opens or closes them.

    Marks are paired line by line; one left open runs to the end of its line."""
    states = np.zeros(len(text) + 1, dtype=np.int64)
    inside = False
    for offset, character in enumerate(text):
        if character == "\n":
            inside = False
        elif character in '"”' and inside:
            states[offset], inside = CLOSES, False
            continue
        elif character in '"“' and not inside:
            states[offset], inside = OPENS, True
            continue
        states[offset] = INSIDE if inside else OUTSIDE
    return states


def _case(piece: str) -> int:
    """0 no capital, 1 one capital first, 2 capitals only, 3 no letter."""
    if not any(character.isalpha() for character in piece):
        return 3
    if not piece[0].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1


def _find_gaps(text: str, words: list[tuple[int, int]], states: Ints) -> Ints:
    if not words:
        return np.zeros((0, 3), dtype=np.int64)
    borders = [(0, words[0][0])] + [(before[1], after[0]) for before, after in pairwise(words)]
    rows = [_classify_gap(text[start:end], states[start:end]) for start, end in borders]
    rows[0] = (1, *rows[0][1:])
    return np.array(rows, dtype=np.int64)


def _classify_gap(gap: str, states: Ints) -> tuple[int, int, int]:
    """Classes of line break, of double marks (1 opens, 2 closes, 3 both), and of punctuation."""
    marks = int(OPENS in states) + 2 * int(CLOSES in states)
    signs = [kind for kind, characters in _SIGNS.items() if any(sign in characters for sign in gap)]
    other = 5 if any(not character.isspace() and character not in '"“”' for character in gap) else 0
    # A full stop weighs more than the comma or dash beside it.
    sign = 2 if 2 in signs else signs[0] if signs else other
    return int("\n" in gap), marks, sign
