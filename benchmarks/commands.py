"""What the command line costs in a fresh process: CPU time of user and system, and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import closeread
from benchmarks.figures import summarise

# Seconds of CPU time that `closeread --help` may take.
HELP_BAR = 0.3


def measure_commands(example: Path, rounds: int) -> dict[str, dict[str, object]]:
    """`closeread --help` and `closeread read` of one text. The first run of each only fills the caches."""
    return {
        "--help": {"bar": HELP_BAR, **_measure(["--help"], rounds)},
        "read": {"text": example.name, **_measure(["read", str(example)], rounds)},
    }


def _measure(arguments: Sequence[str], rounds: int) -> dict[str, object]:
    runs = [_run(arguments) for _ in range(rounds + 1)][1:]
    return {
        "cpu_seconds": summarise([seconds for seconds, _ in runs]),
        "peak_memory_mb": round(max(memory for _, memory in runs)),
    }


def _run(arguments: Sequence[str]) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one process. Raises RuntimeError where it fails."""
    command = [sys.executable, "-m", "closeread.cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(closeread.__file__).parents[1])}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"closeread {' '.join(arguments)} ended with exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
