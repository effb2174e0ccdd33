"""Cells that several tables share."""

from __future__ import annotations

from typing import Any

from closeread.article import Span
from closeread.findings import Actor

Row = dict[str, Any]


def place(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def rounded(share: float | None) -> float | None:
    """Shares leave with four decimals: finer than one code point in any article of a newspaper's length."""
    return None if share is None else round(share, 4)


def listed(actor: Actor | None) -> Row:
    """What the user's own list says of an actor."""
    return {"group": actor.group if actor else None, "role": actor.role if actor else None}
