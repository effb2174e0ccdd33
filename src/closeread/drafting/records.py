"""What a draft is: claims of a critique as checks, and what could not be drafted."""

from __future__ import annotations

from dataclasses import dataclass

from closeread.article import Span


@dataclass(frozen=True, slots=True)
class DraftedClaim:
    """One claim of the critique and the expression that says it.

    `claim` are its words on one line, `place` where they stand in the critique, in body paragraph `paragraph` and its
    sentence `sentence`, both from 1. `note` says how words were read that could be read in another way, and to what
    the draft holds itself; then the claim is not `certain`.
    """

    id: str
    claim: str
    place: Span
    paragraph: int
    sentence: int
    expect: str
    note: str
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Undrafted:
    """Words that speak of the other text and for which there is no expression; `why` says what is lacking."""

    id: str
    place: Span
    paragraph: int
    sentence: int
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The checks that a critique stands for, in its order; that of its quotations, where there is one, is the first.

    `texts` are the names that the expressions use: `article` is the text that the critique is about, and `critique`
    the critique itself, where its quotations are checked. `critique` is the source of the critique.
    """

    critique: str
    texts: tuple[str, ...]
    claims: tuple[DraftedClaim, ...]
    undrafted: tuple[Undrafted, ...]
