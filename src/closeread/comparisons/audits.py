"""One text held against the texts that it speaks of: its quotations, and what it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from closeread.comparisons.confrontation import Confrontation, confront
from closeread.comparisons.fidelity import Fidelity, check_quotations
from closeread.findings import Reading


@dataclass(frozen=True, slots=True)
class Audit:
    """`quotations` and `statements` come in the order of the text."""

    quoting: Reading
    originals: tuple[Reading, ...]
    quotations: tuple[Fidelity, ...]
    statements: tuple[Confrontation, ...]


def audit(quoting: Reading, originals: Sequence[Reading]) -> Audit:
    """Raises ValueError where there is no original besides the text itself."""
    quotations = check_quotations(quoting, originals)
    return Audit(quoting, tuple(originals), quotations, confront(quoting, originals))
