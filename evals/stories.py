"""Which texts tell the same event: the stories of ECB+, beside TF-IDF with average linkage, and the events of BASIL.

`python -m evals stories DATA`. Weights and thresholds come from ECB+ train (`python -m training.stories`); nothing was
chosen on dev or on BASIL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from closeread.article import find_words
from closeread.comparisons.stories import Stories, find_stories
from closeread.comparisons.story_groups import link
from closeread.findings import Reading
from closeread.intake import load_text
from closeread.reading import read
from evals.basil_corpus import load_dates
from evals.ecbplus_corpus import is_dev, load_ecbplus
from evals.intervals import DIGITS, RESAMPLES, SEED, Floats, Interval, percentiles, wilson
from evals.kept_readings import read_articles
from evals.other_news import load_basil

HARBOUR = Path(__file__).parents[1] / "examples" / "harbour"
# The mean cosine at which TF-IDF is best on ECB+ train.
TF_IDF_LEAST = 0.18
LAST_YEAR = "2016"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Readings and the story that each tells, in one order."""

    readings: tuple[Reading, ...]
    gold: tuple[str, ...]

    def take(self, chosen: Sequence[int]) -> Corpus:
        return Corpus(tuple(self.readings[at] for at in chosen), tuple(self.gold[at] for at in chosen))


def evaluate(folder: Path, keep: Path | None) -> dict[str, Any]:
    """`folder` holds `ecbplus` and `basil`; with `keep`, a folder, readings are kept there."""
    train, dev = load_ecb(folder / "ecbplus", keep)
    basil = load_events(folder / "basil", keep)
    harbour = [read(path) for path in sorted(HARBOUR.iterdir()) if path.suffix != ".yaml"]
    return {
        "dev": score(dev),
        "train": score(train),
        "basil": score(basil),
        "lone": measure_lone(dev),
        "harbour": describe_harbour(harbour, dev.readings),
    }


def load_ecb(folder: Path, keep: Path | None) -> tuple[Corpus, Corpus]:
    """Train and dev."""
    told = load_ecbplus(folder)
    articles = [load_text(each.text, source=each.name) for each in told]
    readings = read_articles(articles, keep and keep / "ecbplus.jsonl")
    both = Corpus(tuple(readings), tuple(each.story for each in told))
    held = [is_dev(each) for each in told]
    train, dev = ([at for at, is_held in enumerate(held) if is_held == part] for part in (False, True))
    return both.take(train), both.take(dev)


def load_dev(folder: Path) -> Corpus:
    """Dev alone, read anew."""
    told = [each for each in load_ecbplus(folder) if is_dev(each)]
    readings = read_articles([load_text(each.text, source=each.name) for each in told], None)
    return Corpus(tuple(readings), tuple(each.story for each in told))


def load_events(folder: Path, keep: Path | None) -> Corpus:
    """BASIL 2010-2016, with the dates that it gives. An event is told by three outlets."""
    documents = [each for each in load_basil(folder) if each.name[:4] <= LAST_YEAR]
    dates = load_dates(folder)
    articles = []
    for each in documents:
        article = load_text(each.text, source=each.name)
        articles.append(replace(article, date=dates[each.name], outlet=each.outlet))
    readings = read_articles(articles, keep and keep / "basil.jsonl")
    return Corpus(tuple(readings), tuple(each.name.rpartition("_")[0] for each in documents))


def score(corpus: Corpus) -> dict[str, Any]:
    """B-cubed of closeread and of TF-IDF, intervals by story, and how many stories are whole."""
    found = find_stories(corpus.readings)
    group_of = name_groups(found)
    groups = [group_of[reading.article.id] for reading in corpus.readings]
    return {
        "articles": len(corpus.gold),
        "stories": len(set(corpus.gold)),
        "closeread": b_cubed(groups, corpus.gold) | count_whole(groups, corpus.gold),
        "certain": score_certain(found, corpus),
        "tf_idf": b_cubed(tf_idf([reading.article.text for reading in corpus.readings]), corpus.gold),
    }


def name_groups(found: Stories) -> dict[str, str]:
    """The story of each text by `Article.id`; one that stands alone is a group by itself."""
    return {told.article: told.story or told.article for told in found.told}


def b_cubed(groups: Sequence[str], gold: Sequence[str]) -> dict[str, Any]:
    """Means over articles (Bagga and Baldwin 1998), and the interval of F1 by bootstrap over the stories of gold."""
    shares = _share(groups, gold)
    stories = sorted(set(gold))
    sums = np.array([[*shares[np.array(gold) == story].sum(axis=0), gold.count(story)] for story in stories])
    drawn = np.random.default_rng(SEED).integers(0, len(stories), (RESAMPLES, len(stories)))
    samples = sums[drawn].sum(axis=1)
    interval: Interval = percentiles(_f1(samples[:, 0] / samples[:, 2], samples[:, 1] / samples[:, 2]))
    p, r, f1 = (round(value, DIGITS) for value in measure_b_cubed(groups, gold))
    return {"p": p, "r": r, "f1": f1, "interval": interval}


def measure_b_cubed(groups: Sequence[str], gold: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    p, r = _share(groups, gold).mean(axis=0)
    return float(p), float(r), float(_f1(p, r))


def _share(groups: Sequence[str], gold: Sequence[str]) -> Floats:
    """Precision and recall of each article."""
    found, meant, both = Counter(groups), Counter(gold), Counter(zip(groups, gold, strict=True))
    rows = [(both[a, b] / found[a], both[a, b] / meant[b]) for a, b in zip(groups, gold, strict=True)]
    return np.array(rows)


def _f1(p: Floats, r: Floats) -> Floats:
    return 2 * p * r / (p + r)


def count_whole(groups: Sequence[str], gold: Sequence[str]) -> dict[str, int]:
    """Groups found; stories that one group holds, all of it and nothing else; articles that stand alone."""
    by_group, by_story = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for at, (group, story) in enumerate(zip(groups, gold, strict=True)):
        by_group[group].append(at)
        by_story[story].append(at)
    sizes = Counter(groups)
    whole = sum(held in by_group.values() for held in by_story.values())
    return {"groups": len(by_group), "whole": whole, "alone": sum(size == 1 for size in sizes.values())}


def score_certain(found: Stories, corpus: Corpus) -> dict[str, Any]:
    """Of the articles that are certainly in a story, those of which most of the others there tell the same event; of
    those that certainly stand alone, those of which no other article tells the event."""
    gold = {reading.article.id: story for reading, story in zip(corpus.readings, corpus.gold, strict=True)}
    sizes = Counter(gold.values())
    members = {story.id: story.articles for story in found.stories}
    certain = [told for told in found.told if told.certain]
    right = sum(
        sizes[gold[told.article]] == 1
        if told.story is None
        else 2 * sum(gold[each] == gold[told.article] for each in members[told.story]) > len(members[told.story])
        for told in certain
    )
    share = {"right": round(right / max(len(certain), 1), DIGITS), "interval": wilson(right, len(certain))}
    return {"n": len(certain), "covered": round(len(certain) / len(found.told), DIGITS), **share}


def measure_lone(corpus: Corpus) -> dict[str, Any]:
    """Each story in turn is cut down to its first article, among all others: does that one stand alone? `kindred`
    counts those that were put into the other story of their topic."""
    alone = kindred = 0
    stories = sorted(set(corpus.gold))
    for story in stories:
        first = corpus.gold.index(story)
        chosen = [at for at, other in enumerate(corpus.gold) if other != story or at == first]
        rest = corpus.take(chosen)
        found = name_groups(find_stories(rest.readings))
        name = corpus.readings[first].article.id
        beside = {
            gold
            for reading, gold in zip(rest.readings, rest.gold, strict=True)
            if found[reading.article.id] == found[name] and reading.article.id != name
        }
        alone += not beside
        kindred += bool(beside) and {each.removesuffix("plus") for each in beside} == {story.removesuffix("plus")}
    return {"n": len(stories), "alone": alone, "kindred": kindred}


def describe_harbour(harbour: Sequence[Reading], others: Sequence[Reading]) -> dict[str, Any]:
    """The shipped example, and the same with one article more, for each of `others`: how often the example is one
    story still, and that article alone."""
    plain = find_stories(harbour)
    kept = 0
    for other in others:
        found = find_stories([*harbour, other])
        kept += [told.article for told in found.alone] == [other.article.id] and len(found.stories) == 1
    return {
        "articles": len(harbour),
        "stories": [len(story.articles) for story in plain.stories],
        "lowest_score": min((told.score or 0.0 for told in plain.told), default=0.0),
        "with_one_more": {"n": len(others), "apart": kept},
    }


def tf_idf(texts: Sequence[str], least: float = TF_IDF_LEAST) -> list[str]:
    """The plain baseline: words in lower case, 1 + log of counts, log idf, cosine, average linkage."""
    counts = [Counter(text[a:b].lower() for a, b in find_words(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    columns = {word: at for at, word in enumerate(sorted(spread))}
    table = np.zeros((len(texts), len(columns)), dtype=np.float32)
    for row, count in enumerate(counts):
        weights = [(1 + log(n)) * log((1 + len(texts)) / (1 + spread[word])) for word, n in count.items()]
        table[row, [columns[word] for word in count]] = weights
    table /= np.maximum(np.sqrt((table**2).sum(axis=1, keepdims=True)), 1e-9)
    labels = list(range(len(texts)))
    for first, second in link(np.round(table @ table.T, 6).astype(np.float64), least):
        one, other = sorted((labels[first], labels[second]))
        labels = [one if label == other else label for label in labels]
    return list(map(str, labels))
