"""The interval of a share, and the exact test of two shares."""

from __future__ import annotations

from math import comb, sqrt

_Z = 1.959964


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share of independent cases, 0 to 1; None where there is no case.

    Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22."""
    if not whole:
        return None
    share, weight = part / whole, _Z**2 / whole
    middle = share + weight / 2
    spread = _Z * sqrt(share * (1 - share) / whole + weight / (4 * whole))
    low, high = ((middle + side * spread) / (1 + weight) for side in (-1, 1))
    return max(low, 0.0), min(high, 1.0)


def fisher(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The probability, two-sided, that two shares (part, whole) lie so far apart by chance, all sums fixed.

    Source: Fisher (1935), "The logic of inductive inference", JRSS 98."""
    part, whole = first[0] + second[0], first[1] + second[1]
    ways = [
        comb(first[1], at) * comb(second[1], part - at)
        for at in range(max(0, part - second[1]), min(part, first[1]) + 1)
    ]
    seen = comb(first[1], first[0]) * comb(second[1], second[0])
    return min(1.0, sum(way for way in ways if way <= seen) / comb(whole, part))


def least_chance(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The least that `fisher` could give for any parts of these wholes with the same sum of parts."""
    part, whole = first[0] + second[0], (first[1], second[1])
    least, most = max(0, part - whole[1]), min(part, whole[0])
    return min(fisher((at, whole[0]), (part - at, whole[1])) for at in (least, most))


def choose_telling(least: list[float], level: float) -> list[bool]:
    """Which of several tests could tell a difference at a level for all together, by the least chance of each. The
    others are no tests: `holm` over these alone keeps the level.

    Source: Tarone (1990), "A modified Bonferroni method for discrete data", Biometrics 46."""
    count = next(at for at in range(1, len(least) + 2) if sum(each <= level / at for each in least) <= at)
    return [each <= level / count for each in least]


def holm(chances: list[float]) -> list[float]:
    """Chances of several tests, raised so that together they err as one does; in the given order.

    Source: Holm (1979), "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6."""
    order = sorted(range(len(chances)), key=lambda at: (chances[at], at))
    raised, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[at]))
        raised[at] = highest
    return raised
