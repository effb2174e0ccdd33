"""Differences, and the changes that they stand for: the words that went and those that came."""

from __future__ import annotations

from dataclasses import dataclass

from closeread.article import Span
from closeread.comparisons.originals import Original
from closeread.comparisons.quotation import Quotation
from closeread.comparisons.writing import DifferenceKind, tell_form

MARKED: frozenset[DifferenceKind] = frozenset({"ellipsis", "bracketed"})
UNMARKED: frozenset[DifferenceKind] = frozenset({"substituted", "dropped", "added", "reordered"})

# What a tense set back in brackets may do: `[would]` for `will`.
TENSES = frozenset(
    {
        ("will", "would"),
        ("shall", "would"),
        ("can", "could"),
        ("may", "might"),
        ("have", "had"),
        ("has", "had"),
        ("have to", "had to"),
        ("has to", "had to"),
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the words in the quotation and those in the original, None where that side has none."""

    kind: DifferenceKind
    here: Span | None
    there: Span | None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with the units that differ: `removed` from the original, `added` in the quotation. `stretch` are the
    indexes in the original from the first of them to the last, `wholly` says that they are sure to stand for
    each other."""

    difference: Difference
    removed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    source: int = 0
    wholly: bool = True


def to_change(
    quotation: Quotation,
    original: Original,
    gap: tuple[int, ...],
    plain: tuple[int, ...],
    *,
    source: int,
    wholly: bool = True,
) -> Change:
    """What stands in the original and not in the quotation, and the reverse, as one change."""
    there = original.span(gap) if gap else None
    here = quotation.here(plain) if plain else None
    kind: DifferenceKind = "substituted" if gap and plain else "dropped" if gap else "added"
    if here and there:
        kind = tell_form(here.text, there.text) or kind
    if kind not in UNMARKED:
        return Change(Difference(kind, here, there), source=source)
    return Change(Difference(kind, here, there), gap, plain, source, wholly)
