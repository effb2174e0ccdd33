"""Could these texts have appeared there: how like the wording of a body is to that of each of several other bodies.

The score speaks of wording in the bodies given, not of who wrote, nor of what is meant or whose side is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from closeread.comparisons.bodies import Counted, Floats, Text, Voices, count_texts, find_common_wording, to_article
from closeread.comparisons.delta import SHARE
from closeread.comparisons.held_out import group_by_month, scale_wording, score, split
from closeread.comparisons.numbered_words import Flags, Ints

SEED = 1123
FOLDS = 5
# What the body and each of the others need at least: articles, and words without names and numbers.
LEAST_ARTICLES, LEAST_WORDS = 5, 2500
LEAST_KNOWN, LEAST_KNOWN_WORDS = 20, 5000
# A score between these is inconclusive. Outside them it was right nine times in ten in trials (evals/README.md).
INCONCLUSIVE = (0.1, 0.9)
# From a distance to a score: slope and offset of a logistic curve, fitted on trials with the seven outlets of PolNeAR
# train (2026-11), in half of which the body was of the outlet in question.
SLOPE, OFFSET = 1.41, -0.1
# By how much bodies of one outlet differ beyond what the number of their articles explains, as a share of the variance
# of single articles; fitted on the same trials.
BEYOND_CHANCE = 0.1
# Bodies whose articles lie closer than this many standard deviations are hardly told apart; nearness shrinks with it.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Placement:
    """How like the wording of a body is to that of the body `name`. `score` (0 to 1) is how often, in trials with
    bodies of known origin, a body that lay as near was from where the other was, when half of them were. It is
    `conclusive` outside .1 to .9; several bodies, or none, may have a high score. `nearness` is what the score is
    read from: 0 lies halfway between the named body and the others. `articles` and `words` are those of the body that
    is placed, `known_articles` and `known_words` those of the named one. `towards` are words that draw it to the named
    body, `away` those that draw it off, the heaviest first."""

    name: str
    score: float
    conclusive: bool
    nearness: float
    articles: int
    words: int
    known_articles: int
    known_words: int
    towards: tuple[str, ...]
    away: tuple[str, ...]
    rule: str


def place_body(
    body: Sequence[Text], bodies: Mapping[str, Sequence[Text]], *, voices: Voices = "all"
) -> tuple[Placement, ...]:
    """One placement for each of two or more named bodies, in the order of the names. The body may come from none of
    them. Raises ValueError for a single article, for fewer than five articles or 2,500 words, for fewer than two other
    bodies, for one of these with fewer than 20 articles or 5,000 words, and for a text that is given twice."""
    _refuse_few(body, bodies)
    names = sorted(bodies)
    counted = count_texts([*body, *(text for name in names for text in bodies[name])], voices=voices)
    of = _assign(counted, [body, *(bodies[name] for name in names)])
    return place_counted(counted, of, names)


def place_counted(counted: Counted, of: Ints, names: Sequence[str]) -> tuple[Placement, ...]:
    """As `place_body`, for texts that are counted; `of` is 0 for the texts to place and n for those of the nth name."""
    lengths = np.bincount(of, counted.wording_lengths(), minlength=len(names) + 1).astype(np.float64)
    _refuse_short(lengths, names)
    known = of > 0
    chosen = find_common_wording(counted.take(known), SHARE)
    rows = scale_wording(counted, chosen, known)
    months = group_by_month(counted.texts)
    groups = months if months is not None and len(np.unique(months[known])) >= FOLDS else np.arange(len(of))
    words = [counted.words[at] for at in chosen]
    sizes = np.bincount(of, minlength=len(names) + 1)
    return tuple(
        _to_placement(
            name,
            measure_nearness(rows, of, at, groups),
            _weigh(rows, of, at, words),
            sizes=(int(sizes[0]), int(lengths[0]), int(sizes[at]), int(lengths[at])),
        )
        for at, name in enumerate(names, 1)
    )


def measure_nearness(rows: Floats, of: Ints, at: int, groups: Ints) -> float:
    """Where the mean score of the texts to place lies between those of the `at`th body and of the others, in standard
    deviations of such a mean. Known texts are scored by what was learnt from other months."""
    known, held = of > 0, np.zeros(len(of))
    for fold in split(groups, FOLDS, np.random.default_rng(SEED)):
        out = fold & known
        if out.any():
            held[out] = _score(rows, of, at, learnt_from=known & ~out, asked=out)
    found = _score(rows, of, at, learnt_from=known, asked=of == 0)
    own, others = held[of == at], [held[of == other] for other in range(1, int(of.max()) + 1) if other != at]
    middles = float(own.mean()), float(np.mean([each.mean() for each in others]))
    variance = (float(own.var(ddof=1)) + float(np.mean([each.var(ddof=1) for each in others]))) / 2
    gap = max(0.0, middles[0] - middles[1]) / np.sqrt(variance)
    spread = np.sqrt(variance * (1 / len(found) + BEYOND_CHANCE))
    return float((found.mean() - sum(middles) / 2) / spread * min(1.0, gap / ALIKE))


def to_score(nearness: float, slope: float = SLOPE, offset: float = OFFSET) -> float:
    return float(1 / (1 + np.exp(-(slope * nearness + offset))))


def _refuse_few(body: Sequence[Text], bodies: Mapping[str, Sequence[Text]]) -> None:
    if len(body) < LEAST_ARTICLES:
        what = "a single article is" if len(body) == 1 else f"{len(body)} articles are"
        raise ValueError(
            f"{what} too few to be placed: one text follows its matter and its writer more than where it appears. "
            f"{LEAST_ARTICLES} articles are needed"
        )
    if len(bodies) < 2:
        raise ValueError(f"{len(bodies)} bodies are given to compare with; a score needs two, since it is relative")
    for name in sorted(bodies):
        if len(bodies[name]) < LEAST_KNOWN:
            raise ValueError(f"{name} has {len(bodies[name])} of the {LEAST_KNOWN} articles that it needs")


def _refuse_short(lengths: Floats, names: Sequence[str]) -> None:
    for name, words, least in zip(
        ("the body to place", *names), lengths.tolist(), (LEAST_WORDS, *[LEAST_KNOWN_WORDS] * len(names)), strict=True
    ):
        if words < least:
            raise ValueError(f"{name} has {words:,.0f} words without names and numbers; {least:,} are needed")


def _assign(counted: Counted, bodies: Sequence[Sequence[Text]]) -> Ints:
    keys = {}
    for number, body in enumerate(bodies):
        for text in body:
            article = to_article(text)
            keys[article.source, article.text] = number
    return np.array([keys[article.source, article.text] for article in counted.texts], dtype=np.int64)


def _score(rows: Floats, of: Ints, at: int, *, learnt_from: Flags, asked: Flags) -> Floats:
    """The named body weighs as much as all others together, and each of these the same."""
    bodies = of[learnt_from]
    sides = np.where(bodies == at, 1.0, -1.0)
    sizes = np.bincount(bodies)
    others = max(1, int((sizes > 0).sum()) - 1)
    weights = 1 / sizes[bodies] / np.where(bodies == at, 1, others)
    weights *= len(bodies) / weights.sum()
    return score(rows[learnt_from], rows[asked], sides[:, None], weights[:, None])[:, 0]


def _weigh(rows: Floats, of: Ints, at: int, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that add most to the mean score, and those that take most from it."""
    identity = np.concatenate([np.eye(rows.shape[1]), np.zeros((1, rows.shape[1]))])
    both = np.concatenate([rows, identity])
    wide = np.concatenate([of, np.full(len(identity), -1)])
    scores = _score(both, wide, at, learnt_from=wide > 0, asked=wide == -1)
    parts = (scores[:-1] - scores[-1]) * rows[of == 0].mean(axis=0)
    order = sorted(range(len(words)), key=lambda word: (-round(parts[word], 9), words[word]))
    towards = tuple(words[word] for word in order[:10] if parts[word] > 0)
    return towards, tuple(words[word] for word in order[::-1][:10] if parts[word] < 0)


def _to_placement(
    name: str,
    nearness: float,
    words: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    sizes: tuple[int, int, int, int],
) -> Placement:
    share = round(to_score(nearness), 9)
    conclusive = not INCONCLUSIVE[0] < share < INCONCLUSIVE[1]
    rule = "placing.conclusive" if conclusive else "placing.inconclusive"
    return Placement(name, share, conclusive, round(nearness, 9), *sizes, *words, rule)
