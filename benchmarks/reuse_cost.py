"""What it costs to find the passages that many articles share: `python -m benchmarks.reuse_cost [FOLDER]`.

The articles are made of real ones (`made_articles.py`); beside it stands the time that the tokenizer of spaCy takes for
the same texts. Each number of articles has a process of its own, so that its peak of memory is its own."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from benchmarks.__main__ import THREADS
from benchmarks.figures import summarise
from benchmarks.made_articles import make_articles
from closeread.article import Article, count_words
from closeread.comparisons.reuse import find_reuse
from evals.other_news import load_basil
from evals.polnear_corpus import CorpusError, load_split

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
COUNTS = (1000, 3000, 10000)
# Times the tokenizer's time that finding may take; megabytes that the process may use.
RATIO_BAR = 1.0
MEMORY_BAR = 2000


def main(argv: Sequence[str] | None = None) -> int:
    os.environ |= dict.fromkeys(THREADS, "1")
    arguments = _parser().parse_args(argv)
    try:
        if arguments.count is not None:
            figures = measure(arguments.folder, arguments.count, arguments.rounds)
        else:
            figures = {"ratio_bar": RATIO_BAR, "memory_bar_mb": MEMORY_BAR}
            figures |= {str(count): _run(arguments.folder, count, arguments.rounds) for count in COUNTS}
    except (CorpusError, RuntimeError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    print(json.dumps(figures, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reuse_cost", description="What finding reuse costs.")
    help_text = "the folder that holds polnear and basil (default: ../shared/data)"
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", default=DATA, help=help_text)
    parser.add_argument("--rounds", type=int, choices=range(1, 100), metavar="N", default=3, help="default 3")
    parser.add_argument("--count", type=int, metavar="N", help="this number of articles only, in this process")
    return parser


def _run(folder: Path, count: int, rounds: int) -> object:
    """The figures of one number of articles, from a process of its own. Raises RuntimeError where it fails."""
    command = [sys.executable, "-m", "benchmarks.reuse_cost", str(folder), f"--count={count}", f"--rounds={rounds}"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{count} articles ended with exit status {done.returncode}")
    return json.loads(done.stdout)


def measure(folder: Path, count: int, rounds: int) -> dict[str, object]:
    """Both sides in turns. The tokenizer is loaded and warmed up after the peak of memory was taken."""
    documents = [*load_split(folder / "polnear", "train"), *load_basil(folder / "basil")]
    articles = make_articles([document.text for document in documents], count)
    found = find_reuse(articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    passages, edited = len(found), sum(bool(each.edits) for each in found)
    del found
    tokenize = _load_tokenizer(articles)
    taken = [(_time(lambda: find_reuse(articles)), _time(tokenize)) for _ in range(rounds)]
    return {
        "words": sum(count_words(article.text) for article in articles),
        "passages": passages,
        "edited": edited,
        "reuse_cpu_seconds": summarise([reuse for reuse, _ in taken], 2),
        "tokenizer_cpu_seconds": summarise([tokenizer for _, tokenizer in taken], 2),
        "ratio": summarise([reuse / tokenizer for reuse, tokenizer in taken]),
        "peak_memory_mb": round(memory),
    }


def _load_tokenizer(articles: Sequence[Article]) -> Callable[[], None]:
    from closeread.parsing import load_model

    nlp, _ = load_model()

    def tokenize() -> None:
        for article in articles:
            nlp.tokenizer(article.text)

    for article in articles[:100]:
        nlp.tokenizer(article.text)
    return tokenize


def _time(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return process_time() - start


if __name__ == "__main__":
    sys.exit(main())
