"""`python -m benchmarks [FOLDER] [--rounds N]`. Exit status: 0 done, 2 wrong use."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "dev" / "text"
EXAMPLES = ROOT / "examples" / "harbour"
# Read once by numerical libraries, when they are imported.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def main(argv: Sequence[str] | None = None) -> int:
    os.environ |= dict.fromkeys(THREADS, "1")
    arguments = _parser().parse_args(argv)
    folder = arguments.folder or (POLNEAR if POLNEAR.is_dir() else EXAMPLES)
    try:
        figures = _measure(folder, arguments.rounds)
    except (OSError, ValueError, RuntimeError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What a reading costs, on CPU time.")
    help_text = "texts to read (default: PolNeAR dev where it is there, else the shipped example)"
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=help_text)
    parser.add_argument("--rounds", type=int, choices=range(1, 100), metavar="N", default=5, help="default 5")
    return parser


def _measure(folder: Path, rounds: int) -> dict[str, object]:
    """All figures. Fresh processes come first: a child's peak memory is never below that of its parent."""
    from benchmarks.commands import measure_commands
    from benchmarks.reading_cost import load_texts, measure_readings

    commands = measure_commands(EXAMPLES / "lodestar.txt", rounds)
    return {"folder": folder.name, **measure_readings(load_texts(folder), rounds), "commands": commands}


if __name__ == "__main__":
    sys.exit(main())
