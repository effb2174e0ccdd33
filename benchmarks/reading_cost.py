"""The cost of a whole reading against the plain parse alone, in one process, in turns, on CPU time.

The plain parse is the pinned pipeline with all its components through `nlp.pipe`. Both sides begin with the article
that intake has made and end before any output.
"""

from __future__ import annotations

import gc
import platform
import resource
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.figures import summarise
from closeread import reading as flow
from closeread.article import Article, count_words
from closeread.collection import load_collection
from closeread.intake import find_sources
from closeread.parsing import load_model

# Times the cost of the plain parse that a whole reading may cost.
RATIO_BAR = 3.0
# The calls in `reading.read_article`, by the name of the step.
STEPS = {
    "find_marks": "marks",
    "parse": "parse",
    "read_view": "encoder, lower layers",
    "find_spoken_in": "encoder, attribution",
    "read_phrases": "encoder, loaded words",
    "find_nested": "nesting",
    "find_quotations": "quotations",
    "find_cue_qualities": "cues",
    "Voices": "actors",
    "find_actors": "actors",
    "References": "speakers",
    "link_speakers": "speakers",
    "join_mentions": "actors",
    "find_scare_quotes": "scare quotes",
    "find_enumerations": "enumerations",
    "find_clauses": "agency",
    "find_labels": "labels",
    "find_loaded": "loaded words",
    "find_markers": "markers",
    "find_parts": "statements",
    "find_statements": "support",
    "find_echoes": "echoes",
    "find_headline_parts": "headline",
    "find_contradictions": "contradictions",
}
REST = "rest"

# Texts that one side takes before it is the other's turn; `nlp.pipe` is as fast with 4 in a batch as with 28.
GROUP = 12

Clock = dict[str, float]


@dataclass(frozen=True, slots=True)
class Round:
    """CPU seconds of the plain parse, of the whole reading, and of each step in it."""

    parse: float
    reading: float
    clock: Clock


def load_texts(folder: Path) -> list[Article]:
    """The English texts of a folder, sorted by source. Raises ValueError where there are none."""
    items = load_collection(find_sources([str(folder)]).files)
    articles = [item for item in items if isinstance(item, Article) and item.language in flow.LANGUAGES]
    if not articles:
        raise ValueError(f"no text to read in {folder}")
    return articles


def measure_readings(articles: Sequence[Article], rounds: int) -> dict[str, object]:
    """The figures over `rounds` rounds, after one that only warms up both sides."""
    _read(articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _parse(articles)
    taken = [_measure_round(articles, parse_first=number % 2 == 0) for number in range(rounds)]
    words = sum(count_words(article.text) for article in articles)
    return {"texts": len(articles), **_to_figures(words, taken), "peak_memory_mb": round(memory)}


def _measure_round(articles: Sequence[Article], *, parse_first: bool) -> Round:
    """Both sides over all articles, a group at a time, so that a busy moment of the machine weighs on both alike."""
    parse = reading = 0.0
    clock: Clock = defaultdict(float)
    for at in range(0, len(articles), GROUP):
        group = articles[at : at + GROUP]
        if parse_first:
            parse += _parse(group)
        reading += _read_timed(group, clock)
        if not parse_first:
            parse += _parse(group)
        parse_first = not parse_first
    clock[REST] = reading - sum(clock.values())
    return Round(parse, reading, clock)


def _to_figures(words: int, taken: Sequence[Round]) -> dict[str, object]:
    return {
        "made_with": _versions(),
        "words": words,
        "ratio": {"bar": RATIO_BAR, **summarise([one.reading / one.parse for one in taken])},
        "words_per_cpu_second": {
            "plain parse": summarise([words / one.parse for one in taken], None),
            "reading": summarise([words / one.reading for one in taken], None),
        },
        "steps": {name: _to_step(name, taken) for name in dict.fromkeys((*STEPS.values(), REST))},
    }


def _to_step(name: str, taken: Sequence[Round]) -> dict[str, float]:
    """The step's share of the reading, and its cost where the plain parse is 1: medians over the rounds."""
    share = summarise([one.clock[name] / one.reading for one in taken])
    cost = summarise([one.clock[name] / one.parse for one in taken])
    return {"share": share["median"], "of_plain_parse": cost["median"]}


def _parse(articles: Sequence[Article]) -> float:
    nlp, _ = load_model()
    texts = [article.text for article in articles]
    gc.collect()
    start = process_time()
    for _doc in nlp.pipe(texts):
        pass
    return process_time() - start


def _read(articles: Sequence[Article]) -> float:
    gc.collect()
    start = process_time()
    for article in articles:
        flow.read_article(article)
    return process_time() - start


def _read_timed(articles: Sequence[Article], clock: Clock) -> float:
    """Like `_read`, with the CPU seconds of each step added to `clock`."""
    plain = {call: getattr(flow, call) for call in STEPS}
    try:
        for call, step in STEPS.items():
            setattr(flow, call, _timed(plain[call], clock, step))
        return _read(articles)
    finally:
        for call, function in plain.items():
            setattr(flow, call, function)


def _timed(call: Callable[..., Any], clock: Clock, step: str) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        start = process_time()
        result = call(*arguments, **named)
        clock[step] += process_time() - start
        return result

    return timed


def _versions() -> dict[str, str]:
    _, versions = load_model()
    names = {"closeread": versions.closeread, "spacy": versions.spacy, "model": versions.model}
    return names | {"python": platform.python_version()}
