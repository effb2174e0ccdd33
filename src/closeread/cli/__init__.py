"""The command line: parse arguments, call one function, print. Exit status: 0 done, 1 a text could not be read
or a claim did not pass, 2 wrong use, 130 stopped."""

from __future__ import annotations

import argparse
import io
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from closeread import __version__
from closeread.cli.audit import add_audit
from closeread.cli.check import add_check
from closeread.cli.compare import add_compare
from closeread.cli.corpus import add_corpus
from closeread.cli.draft import add_draft
from closeread.cli.printing import complain
from closeread.cli.reading import JOURNAL, add_read, journal_path, run_read

DONE, NOT_ALL, WRONG_USE, STOPPED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    arguments = _parser().parse_args(argv)
    arguments.argv = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams(arguments)
    try:
        return DONE if arguments.run(arguments) else NOT_ALL
    except KeyboardInterrupt:
        kept = arguments.run is run_read and journal_path(arguments) is not None
        complain("stopped; the same command goes on where it stopped" if kept else "stopped")
        return STOPPED
    except BrokenPipeError:
        return DONE
    except OSError as error:
        complain(_say(error))
        return WRONG_USE
    except (ValueError, RuntimeError) as error:
        complain(str(error))
        return WRONG_USE


def _say(error: OSError) -> str:
    """The output that the user has named, not the file that stands for it until it is whole."""
    reason = error.strerror or str(error)
    if not isinstance(error.filename, str):
        return f"the output cannot be written: {reason}"
    path = Path(error.filename)
    named = path.parent if path.name == JOURNAL else path.with_suffix("") if path.suffix in (".part", ".tmp") else path
    return f"{named}: {reason}"


def _prepare_streams(arguments: argparse.Namespace) -> None:
    """A terminal that cannot show a character gets an escape for it; JSON and check files are always UTF-8. A polite
    kill stops a run as Ctrl-C does, so that worker processes end with it."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    prints_file = str(arguments.json) == "-" or vars(arguments).get("out", "") is None
    if prints_file and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="closeread",
        description="A measured close reading of news: who speaks, who is named and how early, in whose voice. "
        "It counts and shows; it does not rate.",
    )
    parser.add_argument("--version", action="version", version=f"closeread {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (add_read, add_audit, add_compare, add_corpus, add_check, add_draft):
        add(commands)
    return parser
