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
RATIO_BAR = 1.3
# The calls in `reading.read_article`, by the name of the step.
STEPS = {
    "find_marks": "marks",
    "parse": "parse",
    "find_quotations": "quotations",
    "Voices": "actors",
    "find_actors": "actors",
    "link_speakers": "speakers",
    "find_scare_quotes": "scare quotes",
    "find_enumerations": "enumerations",
    "rate_attributions": "confidence",
}
REST = "rest"

Clock = dict[str, float]


def load_texts(folder: Path) -> list[Article]:
    """The English texts of a folder, sorted by source. Raises ValueError where there are none."""
    items = load_collection(find_sources([str(folder)]).files)
    articles = [item for item in items if isinstance(item, Article) and item.language in flow.LANGUAGES]
    if not articles:
        raise ValueError(f"no text to read in {folder}")
    return articles


def measure_readings(articles: Sequence[Article], rounds: int) -> dict[str, object]:
    """The figures over `rounds` rounds. Each round takes both sides; the side that comes first changes."""
    _read(articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _parse(articles)
    parses: list[float] = []
    readings: list[float] = []
    clocks: list[Clock] = []
    for number in range(rounds):
        clock: Clock = defaultdict(float)
        if number % 2:
            parses.append(_parse(articles))
        readings.append(_read_timed(articles, clock))
        if not number % 2:
            parses.append(_parse(articles))
        clocks.append(clock)
    words = sum(count_words(article.text) for article in articles)
    figures = _to_figures(words, parses, readings, clocks)
    return {"texts": len(articles), **figures, "peak_memory_mb": round(memory)}


def _to_figures(
    words: int, parses: Sequence[float], readings: Sequence[float], clocks: Sequence[Clock]
) -> dict[str, object]:
    ratios = [reading / parse for reading, parse in zip(readings, parses, strict=True)]
    return {
        "made_with": _versions(),
        "words": words,
        "ratio": {"bar": RATIO_BAR, **summarise(ratios)},
        "words_per_cpu_second": {
            "plain parse": summarise([words / seconds for seconds in parses], 0),
            "reading": summarise([words / seconds for seconds in readings], 0),
        },
        "steps": _to_steps(parses, readings, clocks),
    }


def _to_steps(parses: Sequence[float], readings: Sequence[float], clocks: Sequence[Clock]) -> dict[str, object]:
    """Per step, its share of the reading and its cost where the plain parse is 1."""
    for clock, reading in zip(clocks, readings, strict=True):
        clock[REST] = reading - sum(clock.values())
    names = dict.fromkeys((*STEPS.values(), REST))
    return {
        name: {
            "share": summarise([clock[name] / whole for clock, whole in zip(clocks, readings, strict=True)])["median"],
            "of_plain_parse": summarise([clock[name] / one for clock, one in zip(clocks, parses, strict=True)])[
                "median"
            ],
        }
        for name in names
    }


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
    def timed(*arguments: Any) -> Any:
        start = process_time()
        result = call(*arguments)
        clock[step] += process_time() - start
        return result

    return timed


def _versions() -> dict[str, str]:
    _, versions = load_model()
    names = {"closeread": versions.closeread, "spacy": versions.spacy, "model": versions.model}
    return names | {"python": platform.python_version()}
