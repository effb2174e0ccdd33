"""Articles that say the same over again: near-duplicates, and wire copy that several outlets print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from closeread.article import Article
from closeread.comparisons.corpus_figures import CorpusLeftOut
from closeread.comparisons.credits import find_credits
from closeread.comparisons.reuse import ReusePair, find_reuse, pair_reuse

# Shared words of the longer of two texts, by which they are near-duplicates; of the shorter, where both credit one
# agency, by which they are its copy.
NEAR_DUPLICATE, WIRE_COPY = 0.8, 0.5


def find_copies(articles: Sequence[Article]) -> tuple[CorpusLeftOut, ...]:
    """The articles that repeat one that is kept: the earliest is, then the first by source; those without a date come
    last. Each is named with the one that stands for it. Sorted by source."""
    ordered = sorted(articles, key=lambda each: (each.date or "~", each.source, each.id))
    pairs = defaultdict[str, list[ReusePair]](list)
    for pair in pair_reuse(ordered, find_reuse(ordered)):
        if max(pair.first_share, pair.second_share) >= WIRE_COPY:
            pairs[pair.first_source].append(pair)
            pairs[pair.second_source].append(pair)
    kept: dict[str, frozenset[str]] = {}
    copies = []
    for article in ordered:
        agencies = _agencies_of(article) if article.source in pairs else frozenset()
        copy = _find_kept(article, agencies, pairs.get(article.source, ()), kept)
        if copy is None:
            kept[article.source] = agencies
        else:
            copies.append(copy)
    return tuple(sorted(copies, key=lambda each: (each.source, each.article)))


def _agencies_of(article: Article) -> frozenset[str]:
    """Those credited as makers of the whole; one that only contributed is none."""
    return frozenset(each.agency for each in find_credits(article) if each.form != "contribution")


def _find_kept(
    article: Article, agencies: frozenset[str], pairs: Sequence[ReusePair], kept: dict[str, frozenset[str]]
) -> CorpusLeftOut | None:
    """Of several kept articles that it repeats, the one of which it has most."""
    found = []
    for pair in pairs:
        first = pair.first_source == article.source
        other = pair.second_source if first else pair.first_source
        if other not in kept:
            continue
        shares = (pair.first_share, pair.second_share)
        share = shares[0] if first else shares[1]
        same = sorted(agencies & kept[other])
        if min(shares) >= NEAR_DUPLICATE:
            found.append((-share, CorpusLeftOut(article.id, article.source, "near-duplicate", other, share, None)))
        elif same:
            found.append((-share, CorpusLeftOut(article.id, article.source, "wire-copy", other, share, same[0])))
    return min(found, key=lambda each: (each[0], each[1].same_as or ""))[1] if found else None
