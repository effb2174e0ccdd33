"""Actors across texts, held against MEANTIME's chains of entities over 120 articles on four topics.

Source: Minard et al. (2016), "MEANTIME, the NewsReader Multilingual Event and Time Corpus", LREC.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from closeread import read_text
from closeread.article import Failure
from closeread.comparisons.shared_actors import find_shared_actors
from closeread.findings import Reading
from closeread.saved_readings import load_readings
from evals.newswcl50 import b_cubed
from evals.other_news import load_meantime
from evals.polnear_corpus import CorpusError
from evals.running_text import PARAGRAPH, RunningText

CHOSEN_ON = ("airbus", "gm")
HELD_OUT = ("apple", "stock")
KINDS = ("PERSON", "ORGANIZATION", "LOCATION")
Places = dict[tuple[str, int, int], tuple[int, int]]
Groups = Mapping[tuple[str, str], Hashable]


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention of the corpus: the place of its head word, and our actor there."""

    article: str
    chain: str
    is_name: bool
    actor: tuple[str, str] | None


def evaluate(data: Path, saved: Path | None = None) -> dict[str, object]:
    """`data` holds `meantime`; `saved` are readings of it, named TOPIC/NUMBER."""
    folder = data / "meantime"
    readings = _read(folder, saved)
    mentions = load_gold(folder, readings)
    return {name: _score(topics, readings, mentions) for name, topics in (("chosen", CHOSEN_ON), ("held", HELD_OUT))}


def _read(folder: Path, saved: Path | None) -> list[Reading]:
    if saved is None:
        return [read_text(document.text, source=document.name) for document in load_meantime(folder)]
    readings = [each for each in load_readings(saved) if not isinstance(each, Failure)]
    if not readings:
        raise CorpusError(f"{saved} holds no readings")
    return readings


def load_gold(folder: Path, readings: Sequence[Reading]) -> list[Gold]:
    """The mentions of persons, organisations and places, with our actor at their head words."""
    texts = {reading.article.source: reading for reading in readings}
    places = _place_tokens(folder)
    found = []
    for row in json.loads((folder / "entities_mentions.json").read_text(encoding="utf-8")):
        name = row["conll_doc_key"].removeprefix("corpus_")
        if row["mention_full_type"] not in KINDS or name not in texts:
            continue
        spots = [places[name, int(row["sent_id"]), int(token)] for token in row["tokens_number"]]
        head = next((p for p in reversed(spots) if _at(texts[name], p) == row["mention_head"]), spots[-1])
        chain = re.sub("^(?:cross_intra|cross|intra)_", "", row["coref_chain"])
        actor = _actor_at(texts[name], (spots[0][0], spots[-1][1]), head)
        found.append(Gold(name, chain, row["mention_head_pos"] == "PROPN", (name, actor) if actor else None))
    return found


def _place_tokens(folder: Path) -> Places:
    places: Places = {}
    lines = (folder / "meantime.conll").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for name, article in groupby(rows, key=lambda row: row[0]):
        running = RunningText()
        keys = []
        for _, sentence in groupby(article, key=lambda row: row[1]):
            tokens = list(sentence)
            running.add([row[3] for row in tokens], " " if running.is_open else PARAGRAPH)
            keys += [(name.removeprefix("corpus_"), int(row[1]), int(row[2])) for row in tokens]
        places |= dict(zip(keys, running.places, strict=True))
    return places


def _at(reading: Reading, place: tuple[int, int]) -> str:
    return reading.article.text[slice(*place)]


def _actor_at(reading: Reading, whole: tuple[int, int], head: tuple[int, int]) -> str | None:
    """The actor whose mention ends with the head word, or holds it inside the coded mention; the longest of these."""
    fitting = [
        (mention.end == head[1], mention.end - mention.start, actor.id)
        for actor in reading.actors
        for mention in actor.mentions
        if mention.start <= head[0]
        and head[1] <= mention.end
        and (mention.end == head[1] or (whole[0] <= mention.start and mention.end <= whole[1]))
    ]
    return max(fitting)[2] if fitting else None


def _score(topics: Sequence[str], readings: Sequence[Reading], mentions: Sequence[Gold]) -> dict[str, object]:
    """All aligned mentions; only names; only names of entities in two articles or more."""
    here = [reading for reading in readings if reading.article.source.partition("/")[0] in topics]
    of_topics = [each for each in mentions if each.article.partition("/")[0] in topics]
    aligned = [each for each in of_topics if each.actor]
    systems: dict[str, Groups] = {"closeread": _ours(here), "same_name": _by_name(here), "ceiling": _ceiling(aligned)}
    articles = defaultdict[str, set[str]](set)
    for each in of_topics:
        articles[each.chain].add(each.article)
    sets: dict[str, Callable[[Gold], bool]] = {
        "all": lambda each: True,
        "names": lambda each: each.is_name,
        "names_in_two": lambda each: each.is_name and len(articles[each.chain]) > 1,
    }
    return {
        "topics": list(topics),
        "articles": len(here),
        "mentions": len(of_topics),
        "aligned": len(aligned),
        **{name: _b_cubed([each for each in aligned if keep(each)], systems) for name, keep in sets.items()},
    }


def _b_cubed(mentions: Sequence[Gold], systems: Mapping[str, Groups]) -> dict[str, object]:
    chains = [[each.chain for each in mentions]]
    return {
        name: b_cubed(chains, [[groups[each.actor] for each in mentions if each.actor]])
        for name, groups in systems.items()
    }


def _ours(readings: Sequence[Reading]) -> Groups:
    source = {reading.article.id: reading.article.source for reading in readings}
    shared = find_shared_actors(readings)
    return {(source[member.article], member.actor): actor.id for actor in shared for member in actor.members}


def _by_name(readings: Sequence[Reading]) -> Groups:
    return {(reading.article.source, actor.id): actor.name for reading in readings for actor in reading.actors}


def _ceiling(aligned: Sequence[Gold]) -> Groups:
    """Each actor of a text joined with all that have the same chain most often: the best that joining whole actors
    by their chains can do."""
    counts = defaultdict[tuple[str, str], dict[str, int]](lambda: defaultdict(int))
    for each in aligned:
        assert each.actor is not None
        counts[each.actor][each.chain] += 1
    return {actor: max(sorted(chains), key=lambda chain: chains[chain]) for actor, chains in counts.items()}
