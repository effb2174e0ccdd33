"""How repeated measurements are told."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median


def summarise(values: Sequence[float], digits: int | None = 3) -> dict[str, float]:
    """Median, least and most of one figure over the rounds; whole numbers where `digits` is None."""
    numbers = {"median": median(values), "min": min(values), "max": max(values)}
    return {name: round(number, digits) for name, number in numbers.items()}
