"""A statement in words of one's own, held against texts that were read."""

from __future__ import annotations

from collections.abc import Sequence

from closeread.comparisons.confrontation import Confrontation, confront
from closeread.findings import Reading
from closeread.parsing import DEFAULT_MODEL
from closeread.reading import read_text


def confront_text(
    statement: str, documents: Sequence[Reading], *, model: str = DEFAULT_MODEL
) -> tuple[Confrontation, ...]:
    """One finding per clause of the statement that states something; best one plain sentence with full names. Raises
    ReadError where there are no words in it, ValueError where there is no document."""
    return confront(read_text(statement, source="statement", model=model), documents)
