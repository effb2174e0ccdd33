"""Invented texts in which a speaker is quoted by a speaker, with places marked in brackets: `coded/nested.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.polnear_corpus import CorpusError

Range = tuple[int, int]
_INNER = "2"
_PIECE = re.compile(r"\[|\](?P<label>[SCT]\d)?|[^\[\]]+")


@dataclass(frozen=True, slots=True)
class NestedCase:
    """One text. `content` and `source` are those of the inner attribution; a control is not `nested`."""

    name: str
    text: str
    nested: bool
    content: tuple[Range, ...]
    source: tuple[Range, ...]


def load_nested(path: Path) -> list[NestedCase]:
    """All cases in order. Raises CorpusError where a bracket has no partner or no label."""
    return list(_load(path.read_text(encoding="utf-8")))


def _load(sheet: str) -> Iterator[NestedCase]:
    kind, number = "", 0
    for block in sheet.split("\n\n"):
        if block.startswith(("# nested", "# controls")):
            kind, number = block.split()[1], 0
        marked = "\n".join(line for line in block.split("\n") if line and not line.startswith("#"))
        if marked and kind:
            number += 1
            yield _to_case(f"{kind} {number}", marked, nested=kind == "nested")


def _to_case(name: str, marked: str, *, nested: bool) -> NestedCase:
    text, opened, places = "", list[int](), dict[str, list[Range]]()
    for piece in _PIECE.finditer(marked):
        if piece[0] == "[":
            opened.append(len(text))
        elif piece[0].startswith("]"):
            if not opened or not piece["label"]:
                raise CorpusError(f"{name}: a bracket has no partner or no label")
            places.setdefault(piece["label"], []).append((opened.pop(), len(text)))
        else:
            text += piece[0]
    if opened:
        raise CorpusError(f"{name}: a bracket is left open")
    content, source = (tuple(sorted(places.get(f"{role}{_INNER}", []))) for role in "TS")
    return NestedCase(name, text, nested, content, source)
