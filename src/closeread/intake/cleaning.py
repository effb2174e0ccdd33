"""The one place where text is cleaned, with its map back to the source.

Line ends become LF, a leading BOM goes, control characters and lone surrogates become U+FFFD one for one.
Nothing else changes: no normalisation, no straightening of quotes; zero-width characters, bidi controls,
emoji and combining marks stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from closeread.article import Run

BOM = "\ufeff"
_LINE_ENDS = dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
_CONTROLS = {code: "\ufffd" for code in range(32) if chr(code) not in "\t\n" and code not in _LINE_ENDS}
_TABLE = _LINE_ENDS | _CONTROLS
_CARRIAGE_RETURN = re.compile("\r")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Final text and the runs that map it to the decoded source, in order and without gaps in the text."""

    text: str
    origin: tuple[Run, ...]


def clean_characters(text: str) -> str:
    """One code point out for each code point in."""
    return _SURROGATE.sub("\ufffd", text.translate(_TABLE))


def _without_carriage_returns(decoded: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Ranges of the source that are kept: all but the CR of each CR LF."""
    at = start
    for match in _CARRIAGE_RETURN.finditer(decoded, start, end):
        if decoded.startswith("\n", match.end()):
            yield at, match.start()
            at = match.end()
    yield at, end


def _to_runs(ranges: Iterable[tuple[int, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    length = 0
    for start, end in ranges:
        if start == end:
            continue
        last = runs[-1] if runs else None
        if last and last.source_start + last.length == start:
            runs[-1] = Run(last.start, last.source_start, last.length + end - start)
        else:
            runs.append(Run(length, start, end - start))
        length += end - start
    return tuple(runs)


def clean(decoded: str, kept: Sequence[tuple[int, int]] | None = None) -> Cleaned:
    """The final text of a decoded source.

    `kept` are the ranges of the source that belong to the text, sorted and disjoint; all of it by default.
    For each run, `text[start:start + length]` is `decoded[source_start:...]` but for one-for-one replacements.
    """
    first = len(BOM) if decoded.startswith(BOM) else 0
    wanted = [(0, len(decoded))] if kept is None else kept
    ranges = [
        piece
        for start, end in wanted
        if end > first
        for piece in _without_carriage_returns(decoded, max(start, first), end)
    ]
    text = "".join(decoded[start:end] for start, end in ranges)
    return Cleaned(clean_characters(text), _to_runs(ranges))


def clean_line(text: str) -> str:
    """A field value on one line: cleaned, white space runs as one space, none at the ends."""
    return " ".join(clean_characters(text).removeprefix(BOM).split())
