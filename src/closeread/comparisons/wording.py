"""The words of a text in a form in which they can be compared: one key for all the ways to write the same word.

`Twelve`, `12` and `twelve` have one key, so have `colour` and `color`, `5m` and `five million`, `don't` and `do not`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from closeread.comparisons.numerals import join_numbers
from closeread.comparisons.units import Unit
from closeread.lexicons import index_titles
from closeread.lexicons.quotation_words import Spelling, index_spellings

_LETTERS = r"[^\W\d_][^\W\d_\u0300-\u036f\u00ad]*"
_INLINE = r"(?:[^\W\d_]+)?\[[^\W\d_]*\][^\W\d_]+|[^\W\d_]+\[[^\W\d_]*\]"
_WORD = (
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]+\*{2,}[^\W\d_]*"
    r"|\d+(?:,\d{3})+(?:\.\d+)?(?:st|nd|rd|th)?|\d+(?:\.\d+)?(?:st|nd|rd|th)?"
    rf"|['’‘]?[^\W\d_][^\W\d_\u0300-\u036f\u00ad]*(?:['’](?:{_LETTERS}))*['’]?|[%&$£€¥]"
)
_PLAIN = re.compile(_WORD)
_INLINED = re.compile(_INLINE)
_QUOTED = re.compile(f"{_INLINE}|{_WORD}")
ELLIPSIS = re.compile(r"[\[(]\s*(?:\.(?:\s?\.)+|…)\s*[\])]|…(?:\s?\.)?|\.(?:\s?\.){2,}")
_GROUP = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would"}
_ISE = re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|ing|er|ers|ation|ations|ational|able)(?:'s)?$)")
_LEAST_STAR = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """The units of a stretch of text. `ellipses` and `brackets` are ranges in `text`, filled only where the marks of
    a quotation were looked for; units inside brackets have the number of their group, from 1."""

    text: str
    units: tuple[Unit, ...]
    ellipses: tuple[tuple[int, int], ...] = ()
    brackets: tuple[tuple[int, int], ...] = ()

    def surface(self, unit: Unit) -> str:
        return self.text[unit.start : unit.end]


def read_original(text: str) -> Wording:
    return Wording(text, tuple(join_numbers(text, _find(text, _PLAIN, ((0, len(text)),)))))


def read_quotation(text: str, ranges: Sequence[tuple[int, int]]) -> Wording:
    """The words inside the marks of one quotation, with its ellipses and brackets."""
    ellipses = tuple(m.span() for start, end in ranges for m in ELLIPSIS.finditer(text, start, end))
    groups = [m for start, end in ranges for m in _GROUP.finditer(text, start, end)]
    inline = [m.span() for start, end in ranges for m in _INLINED.finditer(text, start, end)]
    brackets = tuple(
        m.span()
        for m in groups
        if m.span() not in ellipses and not any(first <= m.start() < last for first, last in inline)
    )
    units = tuple(join_numbers(text, _find(text, _QUOTED, ranges)))
    return Wording(text, tuple(_grouped(units, brackets)), ellipses, brackets)


def read_plain(text: str, ranges: Sequence[tuple[int, int]]) -> Wording:
    """The words of one quotation, all marks in it taken for those of the original."""
    return Wording(text, tuple(join_numbers(text, _find(text, _PLAIN, ranges))))


def _grouped(units: Sequence[Unit], brackets: Sequence[tuple[int, int]]) -> Iterator[Unit]:
    starts = [start for start, _ in brackets]
    for unit in units:
        at = bisect_right(starts, unit.start)
        inside = at > 0 and unit.start < brackets[at - 1][1]
        yield replace(unit, bracket=at) if inside else unit


def _find(text: str, pattern: re.Pattern[str], ranges: Sequence[tuple[int, int]]) -> list[Unit]:
    units: list[Unit] = []
    for start, end in ranges:
        for match in pattern.finditer(text, start, end):
            units.extend(_to_units(match.group(), match.start()))
    return units


def _to_units(surface: str, start: int) -> Iterator[Unit]:
    """The units of one word as it is written: none for a sound, several for a contraction."""
    bare, end = surface, start + len(surface)
    inline = "[" in surface
    if inline:
        bare = surface.replace("[", "").replace("]", "")
    elif surface[0] in "'’‘" and fold(surface) not in index_spellings():
        bare, start = surface[1:], start + 1
    if bare[-1] in "'’" and fold(bare) not in index_spellings():
        bare, end = bare[:-1], end - (not inline)
    for key in find_keys(bare):
        yield Unit(key, start, end, inline=inline)


def fold(word: str) -> str:
    """A word without case, accents, ligatures and the form of its apostrophes."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace("‘", "'").replace("\u00ad", ""))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


@cache
def find_keys(word: str) -> tuple[str, ...]:
    folded = fold(word)
    if "." in folded and not folded[0].isdigit():
        folded = folded.replace(".", "")
        word = word.replace(".", "")
    spelling = index_spellings().get(folded)
    if spelling is not None and spelling.kind == "capitals":
        return (spelling.stands_for[0] if len(word) > 1 and word.isupper() else folded,)
    if spelling is not None and spelling.kind not in ("number", "scale", "short-scale", "ordinal"):
        return tuple(key for each in spelling.stands_for for key in _respell(each))
    if folded.endswith("n't") and len(folded) > 3:
        return (_respell(folded[:-3])[0], "not")
    for ending, stands_for in _ENDINGS.items():
        if folded.endswith(ending) and len(folded) > len(ending):
            return (*_respell(folded.removesuffix(ending)), stands_for)
    if folded.endswith("'s"):
        return (_respell(folded.removesuffix("'s"))[0] + "'s",)
    return _respell(folded)


def _respell(folded: str) -> tuple[str, ...]:
    """The American spelling, with `z` for the `s` of `organise`."""
    for length in range(len(folded), _LEAST_STAR - 1, -1):
        spelling = index_spellings().get(folded[:length] + "*")
        if spelling is not None:
            return (spelling.stands_for[0].removesuffix("*") + folded[length:],)
    plain: Spelling | None = index_spellings().get(folded)
    if plain is not None and plain.kind in ("spelling", "abbreviation", "unit"):
        return plain.stands_for
    return (_ISE.sub("iz", folded) if len(folded) > 5 else folded,)


_BREAK = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n+")

_INITIAL = re.compile(r"\b(?:[A-Z]|St|Jr|Sr|vs)\.\s+$")
_TITLE = re.compile(r"\b(\w+\.)\s+$")


def _is_abbreviated(before: str) -> bool:
    """Whether the full stop is that of an initial or a title (`Dr. Velde`), not of a sentence."""
    title = _TITLE.search(before)
    return _INITIAL.search(before) is not None or (title is not None and title[1] in index_titles())


class Sentences:
    """Where the sentences of a text begin and end, told by its marks."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        for match in _BREAK.finditer(text):
            if not _is_abbreviated(text[max(0, match.start() - 12) : match.end()]):
                self.starts.append(match.end())
        self._length = len(text)

    def at(self, offset: int) -> tuple[int, int]:
        """The range of the sentence that holds an offset, with the blanks after it."""
        at = bisect_right(self.starts, offset)
        return self.starts[at - 1], self.starts[at] if at < len(self.starts) else self._length

    def count_whole(self, start: int, end: int) -> int:
        """How many sentences lie in a range wholly."""
        first = bisect_right(self.starts, start - 1)
        bounds = list(islice(self.starts, first, None))
        inside = [at for at in bounds if at <= end] + ([self._length] if end >= self._length else [])
        return max(0, len(inside) - 1)


@lru_cache(maxsize=16)
def sentences_of(text: str) -> Sentences:
    """The sentences of a text, kept while its quotations are compared one after another."""
    return Sentences(text)
