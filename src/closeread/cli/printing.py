"""What commands print, and what they complain of."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from closeread.article import Failure
    from closeread.findings import Reading


def complain(message: str) -> None:
    print(f"closeread: {message}", file=sys.stderr)


def complain_of(failure: Failure) -> None:
    from rich.console import Console

    from closeread.report.terminal import to_failure_line

    Console(stderr=True, soft_wrap=True, highlight=False).print(to_failure_line(failure))


def print_parts(arguments: Namespace, parts: Iterable[RenderableType]) -> None:
    from rich.console import Console

    from closeread.report.terminal import find_width

    console = Console(width=find_width(), highlight=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    print_text(arguments, "\n".join(line.rstrip() for line in capture.get().splitlines()))


def print_text(arguments: Namespace, text: str) -> None:
    """Prints to standard output. Where nobody reads on, as behind `| head`, the files asked for are still written;
    without any, BrokenPipeError ends the run."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        if not writes_files(arguments):
            raise
        arguments.quiet = True


def writes_files(arguments: Namespace) -> bool:
    given = vars(arguments)
    return bool(given.get("html") or given.get("csv") or to_file(arguments))


def to_file(arguments: Namespace) -> bool:
    return arguments.json is not None and str(arguments.json) != "-"


def prints_summaries(arguments: Namespace) -> bool:
    return not arguments.quiet and str(arguments.json) != "-"


def with_progress(results: Iterator[Reading | Failure], total: int, *, shown: bool) -> Iterator[Reading | Failure]:
    """A progress bar on standard error, where that is a terminal on which the summaries do not already appear."""
    if total < 2 or not sys.stderr.isatty() or (shown and sys.stdout.isatty()):
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, "Reading", total, console=Console(stderr=True), transient=True)
