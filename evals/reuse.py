"""Shared passages against brute force, light edits and articles that have nothing to do with each other:
`python -m evals reuse`. `evals/shared_words.py` finds and checks shared words in the plainest way."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from closeread.article import Article, ReadError, Span, find_words
from closeread.comparisons.credits import find_credits
from closeread.comparisons.reuse import Reuse, find_reuse
from closeread.intake import load_text
from evals.intervals import wilson
from evals.other_news import load_basil
from evals.polnear_corpus import Document, load_split
from evals.shared_words import find_shared, is_told_right

SHORTEST = 8
SEED = 1123
# Words of a planted passage, and of each twelve of them the number that is changed.
LENGTHS = (12, 24, 48)
CHANGED = 2
PLANTED_PER_ARTICLE = 3
KINDS = ("replaced", "dropped", "added", "mixed")
# A planted passage is found where a shared passage holds this share of its words in both texts.
HELD = 2 / 3


@dataclass(frozen=True, slots=True)
class _Planted:
    """Where a passage stands in the article it was taken from, and where in the one it was put into."""

    taken_from: str
    original: Span
    put_into: str
    copy: Span


def evaluate(folder: Path) -> dict[str, Any]:
    """`folder` holds `basil` and `polnear`."""
    basil = _load(load_basil(folder / "basil"))
    documents = load_split(folder / "polnear", "train")
    train = _load(documents)
    return {
        "brute_force": compare_with_brute_force(basil),
        "light_edits": {str(length): measure_light_edits(train, length) for length in LENGTHS},
        "credits": score_credits(train, folder / "polnear" / "metadata.tsv"),
        "unrelated": count_unrelated(train, {document.name: document.outlet for document in documents}),
    }


def score_credits(articles: Sequence[Article], metadata: Path) -> dict[str, int]:
    """Articles in which a credit is found, against those that PolNeAR says are of an agency (column `wire`)."""
    with metadata.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        wire = {row["filename"] for row in rows if row["wire"] not in ("None", "NA", "")}
    given = {article.source for article in articles if article.source in wire}
    found = {article.source for article in articles if find_credits(article)}
    return {"articles": len(articles), "of_agency": len(given), "found": len(found), "both": len(given & found)}


def _load(documents: Iterable[Document]) -> list[Article]:
    """A text without words is left out."""
    loaded = []
    for document in documents:
        try:
            loaded.append(load_text(document.text, source=document.name))
        except ReadError:
            continue
    return loaded


def compare_with_brute_force(articles: Iterable[Article]) -> dict[str, Any]:
    """Runs of eight words or more, and whether a passage holds them in both texts; for the pairs of one event, and
    for all pairs. `right`: of the passages found, how many are the same but for their edits, word by word."""
    ordered = sorted(articles, key=lambda article: article.source)
    by_pair = _by_pair(find_reuse(ordered, shortest=SHORTEST))
    counts: dict[str, Counter[str]] = {"same_event": Counter(), "all_pairs": Counter()}
    for first, second in combinations(ordered, 2):
        shared = list(find_shared(first.text, second.text, SHORTEST))
        passages = by_pair.get((first.source, second.source), [])
        tally = Counter(
            pairs=1,
            forty=sum(end - start - SHORTEST + 1 for start, end, *_ in shared) >= 40,
            runs=len(shared),
            found=sum(_is_held(run, passages, first, second) for run in shared),
            passages=len(passages),
            right=sum(is_told_right(each) for each in passages),
        )
        counts["all_pairs"] += tally
        if first.source.partition("_")[0] == second.source.partition("_")[0]:
            counts["same_event"] += tally
    return {name: _to_figures(count) for name, count in counts.items()}


def _to_figures(count: Counter[str]) -> dict[str, int]:
    return {name: count[name] for name in ("pairs", "forty", "runs", "found", "passages", "right")}


def _is_held(run: tuple[int, int, int, int], passages: Sequence[Reuse], first: Article, second: Article) -> bool:
    a, a_end, b, b_end = run
    one, other = find_words(first.text), find_words(second.text)
    places = (one[a][0], one[a_end - 1][1]), (other[b][0], other[b_end - 1][1])
    return any(_holds(each.first, *places[0]) and _holds(each.second, *places[1]) for each in passages)


def _holds(place: Span, start: int, end: int) -> bool:
    return place.start <= start and end <= place.end


def _by_pair(reuses: Iterable[Reuse]) -> dict[tuple[str, str], list[Reuse]]:
    pairs: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for each in reuses:
        pairs[each.first_source, each.second_source].append(each)
    return pairs


def measure_light_edits(articles: Sequence[Article], length: int) -> dict[str, Any]:
    """The share of planted passages that is found, by kind of change. Passages come from every second article and
    are put between the paragraphs of the others, so that what the corpus itself shares plays no part."""
    figures = {}
    for kind in KINDS:
        sources, hosts, planted = _plant(random.Random(f"{SEED} {length} {kind}"), articles, length, kind)
        by_pair = _by_pair(find_reuse([*sources, *hosts], shortest=SHORTEST))
        held = [_share_held(each, by_pair) for each in planted]
        found = sum(share >= HELD for share in held)
        share = round(found / len(planted), 4)
        figures[kind] = {
            "n": len(planted),
            "found": share,
            "ci": wilson(found, len(planted)),
            "words_held": round(sum(held) / len(held), 4),
        }
    return figures


def _plant(
    chance: random.Random, articles: Sequence[Article], length: int, kind: str
) -> tuple[list[Article], list[Article], list[_Planted]]:
    sources = [article for article in articles[::2] if len(find_words(article.text)) > 2 * length]
    vocabulary = [word for article in sources for word in article.text.split()]
    hosts, planted = [], []
    for host in articles[1::2]:
        text = host.text
        for number in range(PLANTED_PER_ARTICLE):
            source = chance.choice(sources)
            words = find_words(source.text)
            at = chance.randrange(len(words) - length)
            original = source.span(words[at][0], words[at + length - 1][1])
            copy = _change(chance, original.text.split(), kind, vocabulary)
            planted.append(
                _Planted(source.source, original, host.source, Span(len(text) + 2, len(text) + 2 + len(copy), copy))
            )
            text += f"\n\n{copy}" + f"\n\nend {number}"
        hosts.append(Article(host.source, text, ()))
    return sources, hosts, planted


def _change(chance: random.Random, words: Sequence[str], kind: str, vocabulary: Sequence[str]) -> str:
    changed: list[str] = []
    for begin in range(0, len(words), 12):
        part = words[begin : begin + 12]
        places = chance.sample(range(len(part)), min(CHANGED, len(part)))
        for at, word in enumerate(part):
            how = "kept" if at not in places else kind if kind != "mixed" else chance.choice(KINDS[:3])
            other = [chance.choice(vocabulary)] if how in ("replaced", "added") else []
            changed += other if how == "replaced" else [] if how == "dropped" else [word, *other]
    return " ".join(changed)


def _share_held(planted: _Planted, by_pair: Mapping[tuple[str, str], Sequence[Reuse]]) -> float:
    """The share of the words of the original and of the copy in one passage, the smaller of the two; 0 to 1."""
    pair = sorted((planted.taken_from, planted.put_into))
    swapped = pair[0] != planted.taken_from
    best = 0.0
    for each in by_pair.get((pair[0], pair[1]), []):
        first, second = (each.second, each.first) if swapped else (each.first, each.second)
        best = max(best, min(_share_in(planted.original, first), _share_in(planted.copy, second)))
    return best


def _share_in(place: Span, other: Span) -> float:
    words = find_words(place.text)
    return sum(_holds(other, place.start + a, place.start + b) for a, b in words) / len(words)


def count_unrelated(articles: Sequence[Article], outlets: Mapping[str, str]) -> dict[str, Any]:
    """Passages in pairs of articles of different months: how many per 1,000 pairs, and how long they are."""
    counts = {"other_outlet": 0, "same_outlet": 0}
    for first, second in combinations(sorted(article.source for article in articles), 2):
        if _month(first) != _month(second):
            counts[_relation(outlets, first, second)] += 1
    found: dict[str, list[Reuse]] = {name: [] for name in counts}
    for each in find_reuse(articles, shortest=SHORTEST):
        if _month(each.first_source) != _month(each.second_source):
            found[_relation(outlets, each.first_source, each.second_source)].append(each)
    return {name: _describe(found[name], counts[name]) for name in counts}


def _relation(outlets: Mapping[str, str], first: str, second: str) -> str:
    return "same_outlet" if outlets[first] == outlets[second] else "other_outlet"


def _month(name: str) -> str:
    """PolNeAR names a document OUTLET_YYYY-MM-DD_TITLE."""
    return name.split("_")[1][:7]


def _describe(reuses: Sequence[Reuse], pairs: int) -> dict[str, Any]:
    lengths = Counter(min(each.words, 20) for each in reuses)
    return {
        "pairs": pairs,
        "passages": len(reuses),
        "per_1000_pairs": round(1000 * len(reuses) / pairs, 3),
        "quoted": sum(each.quoted >= 0.5 for each in reuses),
        "in_five_texts_or_more": sum(each.texts >= 5 for each in reuses),
        "certain": sum(each.certain for each in reuses),
        "certain_per_1000_pairs": round(1000 * sum(each.certain for each in reuses) / pairs, 3),
        "by_words": dict(_name_lengths(lengths)),
    }


def _name_lengths(lengths: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    for length in sorted(lengths):
        yield f"{length}" if length < 20 else "20 or more", lengths[length]
