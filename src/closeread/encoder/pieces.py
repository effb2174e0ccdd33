"""What the encoder is told of a text: its word pieces, quotation marks, capitals, and the gaps between words.

Training and reading go through the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from closeread.article import Article, find_words, is_title_case
from closeread.encoder.names import Word, find_names, is_abbreviated_title
from closeread.marks import Marks

Ints = npt.NDArray[np.int64]

OUTSIDE, INSIDE, OPENS, CLOSES = range(4)
QUOTE_STATES = 4
CASES = 4
BREAKS = 2
# The piece that stands for every name: the mask of the pretrained weights.
NAME = 103
# Tables of the gap before a word, added up: line break or inside a name, double marks, punctuation.
GAPS = GAP_BREAKS, GAP_MARKS, GAP_SIGNS = 3, 4, 6
IN_NAME = 2
FULL_STOP, COLON = 2, 3
_LINE = re.compile(r"[^\n]+")
_MARK = re.compile("[“”\n]")
_SIGNS = {1: ",", FULL_STOP: ".!?…", COLON: ":;", 4: "-–—"}


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


def to_encoder_view(article: Article, marks: Marks) -> str:
    """The text as the encoder sees it, as long as `Article.text`: all quotation marks that were paired, of whatever
    form, as curly double ones, and line breaks inside a paragraph as blanks."""
    view = list(article.text)
    for zone in article.zones:
        view[zone.start : zone.end] = zone.text.replace("\n", " ")
    for stretch in marks.stretches:
        for (start, end), (inner_start, inner_end) in zip(stretch.pieces, stretch.inner, strict=True):
            view[start:inner_start] = "“".ljust(inner_start - start) if inner_start > start else ""
            view[inner_end:end] = "”".rjust(end - inner_end) if end > inner_end else ""
    return "".join(view)


def to_pieces(view: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text with their features. Offsets of `words` are code points. A name is one piece, the same for
    all names, however many words it has; those words share it."""
    encoding = tokenizer.encode(view, add_special_tokens=False)
    words = find_words(view)
    states = quote_states(view)
    line_of = _number_lines(view)
    edges = np.array(words, dtype=np.int64).reshape(-1, 2)
    gaps = _find_gaps(view, words, states)
    names = np.array(list(find_names(view, _describe(view, words, gaps))), dtype=np.int64).reshape(-1, 2)
    gaps[_goes_on(edges[:, 0], names), 0] = IN_NAME
    places = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    ids, places, cases = _merge_names(view, np.array(encoding.ids, dtype=np.int64), places, names)
    starts = places[:, 0]
    limit = max(len(places) - 1, 0)
    first = np.minimum(np.searchsorted(places[:, 1], edges[:, 0], side="right"), limit)
    last = np.searchsorted(starts, edges[:, 1], side="left") - 1
    return Pieces(
        ids=ids,
        quotes=states[starts],
        cases=cases,
        breaks=np.diff(line_of[starts], prepend=-1).clip(0, 1),
        words=words,
        first=first,
        last=np.maximum(first, np.minimum(last, limit)),
        gaps=gaps,
        lines=line_of[edges[:, 0]],
    )


def _number_lines(view: str) -> Ints:
    characters = np.array(list(view) or [" "])
    return np.concatenate([[0], np.cumsum(characters == "\n")])


def _describe(view: str, words: Sequence[tuple[int, int]], gaps: Ints) -> list[Word]:
    titles = {line.start(): is_title_case(line[0]) for line in _LINE.finditer(view)}
    described, title, before = [], False, (0, 0)
    for place, (line, marks, sign) in zip(words, gaps.tolist(), strict=True):
        if line:
            title = titles[view.rfind("\n", 0, place[0]) + 1]
        gap, word = view[before[1] : place[0]], view[slice(*before)]
        initial = gap == ". " and len(word) == 1 and word.isupper()
        starts = sign in (FULL_STOP, COLON) and not initial and not (gap == ". " and is_abbreviated_title(word))
        anyway = title or bool(line) or marks in (1, 3) or starts
        described.append(Word(place, anyway, (initial or gap in (" ", "\u00a0")) and not line))
        before = place
    return described


def _goes_on(starts: Ints, names: Ints) -> npt.NDArray[np.bool_]:
    """Which words stand in a name that began before them."""
    at = np.searchsorted(names[:, 0], starts, side="left") - 1
    return (at >= 0) & (starts < names[at, 1]) if len(names) else np.zeros(len(starts), dtype=bool)


def _merge_names(view: str, ids: Ints, places: Ints, names: Ints) -> tuple[Ints, Ints, Ints]:
    """The pieces with each name as one, and their cases."""
    cases = np.array([_case(view[start:end]) for start, end in places], dtype=np.int64)
    if not len(names):
        return ids, places, cases
    at = np.searchsorted(names[:, 0], places[:, 0], side="right") - 1
    inside = (at >= 0) & (places[:, 0] < names[at, 1])
    leads = inside & np.concatenate([[True], at[1:] != at[:-1]] if len(at) else [])
    leads |= inside & ~np.concatenate([[False], inside[:-1]])
    ids, places, cases = ids.copy(), places.copy(), cases.copy()
    ids[leads], cases[leads], places[leads] = NAME, 1, names[at[leads]]
    kept = leads | ~inside
    return ids[kept], places[kept], cases[kept]


def quote_states(view: str) -> Ints:
    """For every code point whether it is outside or inside double marks, or opens or closes them. Marks left open
    run to the end of their line."""
    states = np.full(len(view) + 1, OUTSIDE, dtype=np.int64)
    opened: int | None = None
    for mark in _MARK.finditer(view):
        at = mark.start()
        if mark[0] == "“" and opened is None:
            opened = at
        elif mark[0] != "“" and opened is not None:
            states[opened:at] = INSIDE
            states[opened] = OPENS
            states[at] = CLOSES if mark[0] == "”" else OUTSIDE
            opened = None
    if opened is not None:
        states[opened:] = INSIDE
        states[opened] = OPENS
    return states


@lru_cache(maxsize=65536)
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
    rows = [_classify_gap(text[start:end], states[start:end].tobytes()) for start, end in borders]
    rows[0] = (1, *rows[0][1:])
    return np.array(rows, dtype=np.int64)


@lru_cache(maxsize=4096)
def _classify_gap(gap: str, states: bytes) -> tuple[int, int, int]:
    """Classes of line break, of double marks (1 opens, 2 closes, 3 both), and of punctuation. `states` are the bytes
    of the numbers of the quote states, which are all below 256."""
    marks = int(OPENS in states) + 2 * int(CLOSES in states)
    signs = [kind for kind, characters in _SIGNS.items() if any(sign in characters for sign in gap)]
    other = 5 if any(not character.isspace() and character not in '"“”' for character in gap) else 0
    # A full stop weighs more than the comma or dash beside it.
    sign = FULL_STOP if FULL_STOP in signs else signs[0] if signs else other
    return int("\n" in gap), marks, sign
