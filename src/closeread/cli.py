"""The command line: parse arguments, call one function, print. Exit status: 0 done, 1 a text could not be read,
2 wrong use, 130 stopped."""

from __future__ import annotations

import argparse
import io
import os
import shlex
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeread import __version__

if TYPE_CHECKING:
    from rich.console import RenderableType

    from closeread.article import Article, Failure
    from closeread.collection import Journal
    from closeread.comparisons.audits import Audit
    from closeread.findings import Reading

DONE, UNREAD, WRONG_USE, STOPPED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    arguments = _parser().parse_args(argv)
    arguments.argv = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams(arguments)
    try:
        return _audit(arguments) if arguments.command == "audit" else _read(arguments)
    except KeyboardInterrupt:
        _complain("stopped; the same command goes on where it stopped")
        return STOPPED
    except BrokenPipeError:
        return DONE
    except (OSError, ValueError, RuntimeError) as error:
        _complain(str(error))
        return WRONG_USE


def _prepare_streams(arguments: argparse.Namespace) -> None:
    """A terminal that cannot show a character gets an escape for it; JSON is always UTF-8. A polite kill stops a run
    as Ctrl-C does, so that worker processes end with it."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if str(arguments.json) == "-" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="closeread",
        description="A measured close reading of news: who speaks, who is named and how early, in whose voice. "
        "It counts and shows; it does not rate.",
    )
    parser.add_argument("--version", action="version", version=f"closeread {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    read = commands.add_parser(
        "read",
        help="read texts and print, or write, what is in them",
        description="Reads text, Markdown, HTML, DOCX, CSV, JSONL, XLSX and Nexis exports.",
    )
    read.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - reads one text from standard input")
    read.add_argument("--html", metavar="DIR", type=_path, help="write one annotated page per text, and an index")
    read.add_argument(
        "--json", metavar="FILE", type=_path, help="write JSON Lines, one reading each; - for standard output"
    )
    read.add_argument("--csv", metavar="DIR", type=_path, help="write one table per kind of finding")
    read.add_argument("--text-column", metavar="NAME", help="the column of a table that holds the text")
    read.add_argument(
        "--actors", metavar="FILE", type=_path, help="your own list of actors: name, aliases, group, role"
    )
    read.add_argument("--model", metavar="NAME", help="another spaCy pipeline for English, by name or folder")
    read.add_argument("--jobs", metavar="N", type=_number, default=1, help="processes to use (default 1)")
    read.add_argument("--quiet", action="store_true", help="print no summaries")
    audit = commands.add_parser(
        "audit",
        help="hold a text against the texts that it quotes and speaks of",
        description="Says of each quotation whether its words stand in an original, and what differs, word by word; "
        "and of each statement whether a passage of an original says the same or otherwise.",
    )
    audit.add_argument("quoting", metavar="TEXT", help="the text that quotes")
    audit.add_argument("--of", nargs="+", required=True, metavar="ORIGINAL", help="files or folders of originals")
    audit.add_argument(
        "--html", metavar="DIR", type=_path, help="write a page with both sides, and the annotated texts; or FILE.html"
    )
    audit.add_argument("--json", metavar="FILE", type=_path, help="write one JSON record; - for standard output")
    audit.add_argument("--csv", metavar="DIR", type=_path, help="write tables of quotations, statements and passages")
    audit.add_argument("--quiet", action="store_true", help="print no summary")
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def _check_outputs(arguments: argparse.Namespace, files: Sequence[str]) -> None:
    """Raises ValueError where an output is of the wrong kind, or would replace a text that is read."""
    for folder in (arguments.html, arguments.csv):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder} is a file; a folder is needed")
    if arguments.json is None or str(arguments.json) == "-":
        return
    if arguments.json.is_dir():
        raise ValueError(f"{arguments.json} is a folder; a file is needed")
    if any(os.path.realpath(file) == os.path.realpath(arguments.json) for file in files):
        raise ValueError(f"{arguments.json} is one of the texts to read; it would be replaced")


def _without_outputs(arguments: argparse.Namespace, files: Sequence[str]) -> list[str]:
    """The files without those that an earlier run wrote: a folder that is read may hold the folder that is written.
    A file given by name is read all the same."""
    given = {Path(path).as_posix() for path in arguments.paths}
    written = [path.resolve() for path in (arguments.html, arguments.csv, arguments.json) if path is not None]
    return [file for file in files if file in given or not _is_below(file, written)]


def _is_below(file: str, written: Sequence[Path]) -> bool:
    path = Path(os.path.realpath(file))
    return any(place == path or place in path.parents for place in written)


def _read(arguments: argparse.Namespace) -> int:
    from closeread.collection import load_collection, read_collection
    from closeread.intake import find_sources
    from closeread.intake.actor_list import load_actor_list
    from closeread.parsing import DEFAULT_MODEL

    if "" in arguments.paths:
        raise ValueError("the name of a file is empty")
    actors = load_actor_list(arguments.actors) if arguments.actors else None
    sources = find_sources([path for path in arguments.paths if path != "-"])
    files = _without_outputs(arguments, sources.files)
    _check_outputs(arguments, files)
    stdin = _read_stdin() if "-" in arguments.paths else None
    if sources.skipped:
        _complain(_count_skipped(sources.skipped))
    items = load_collection(files, text_column=arguments.text_column, stdin=stdin)
    if not items:
        raise ValueError("nothing to read in " + ", ".join(arguments.paths))
    failed = 0
    with _journal(arguments) as journal, ExitStack() as stack:
        outputs = [stack.enter_context(output) for output in _outputs(arguments)]
        model = arguments.model or DEFAULT_MODEL
        readings = read_collection(items, model=model, actors=actors, jobs=arguments.jobs, journal=journal)
        for result in _with_progress(readings, len(items), shown=_prints_summaries(arguments)):
            failed += _show(arguments, result)
            for output in outputs:
                output.add(result)
    return UNREAD if failed else DONE


def _audit(arguments: argparse.Namespace) -> int:
    """Every text is read in full, so that it is known who speaks. An original that cannot be read is named, and the
    others are used."""
    from closeread.comparisons.audits import audit
    from closeread.intake import find_sources, load_articles
    from closeread.report.audit import to_audit

    files = find_sources(arguments.of).files
    arguments.paths = [arguments.quoting, *arguments.of]
    _check_audit_outputs(arguments, [arguments.quoting, *files])
    quoting = _read_whole(load_articles(arguments.quoting))
    if len(quoting) != 1:
        raise ValueError(f"{arguments.quoting} holds {len(quoting)} texts that can be read; one is needed")
    items = [item for file in files for item in load_articles(file)]
    originals = _read_whole(items)
    found = audit(quoting[0], originals)
    _write_audit(arguments, found)
    if _prints_summaries(arguments):
        _print_parts(arguments, to_audit(found))
    return UNREAD if len(originals) < len(items) else DONE


def _check_audit_outputs(arguments: argparse.Namespace, files: Sequence[str]) -> None:
    """As for `read`; a page may be a file of its own, with the pages that it leads to beside it."""
    from closeread.report.audit_page import find_page

    page = arguments.html
    if page is not None:
        arguments.html = find_page(page)[0]
    _check_outputs(arguments, files)
    arguments.html = page


def _write_audit(arguments: argparse.Namespace, found: Audit) -> None:
    from closeread.exports.audit_tables import write_audit_tables
    from closeread.exports.json_lines import JsonLines, to_audit_line
    from closeread.report.audit_page import write_audit_site

    if _to_file(arguments):
        with JsonLines(arguments.json) as output:
            output.write(to_audit_line(found))
    elif arguments.json:
        _print(arguments, to_audit_line(found))
    if arguments.csv:
        write_audit_tables(arguments.csv, found)
    if arguments.html:
        write_audit_site(arguments.html, found, command=shlex.join(["closeread", *arguments.argv]))


def _read_whole(items: Sequence[Article | Failure]) -> list[Reading]:
    """The readings of what could be read; failures are shown."""
    from closeread.article import Failure
    from closeread.collection import read_collection

    results = list(read_collection(items))
    for result in results:
        if isinstance(result, Failure):
            _complain_of(result)
    return [result for result in results if not isinstance(result, Failure)]


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise ValueError("standard input is closed")
    return sys.stdin.buffer.read()


def _count_skipped(skipped: Sequence[str]) -> str:
    if len(skipped) == 1:
        return f"1 file of another kind was passed over: {skipped[0]}"
    return f"{len(skipped)} files of other kinds were passed over, the first is {skipped[0]}"


def _outputs(arguments: argparse.Namespace) -> Iterator[Any]:
    """The writers that were asked for: context managers with `add(result)`."""
    from closeread.exports.csv_tables import CsvTables
    from closeread.exports.json_lines import JsonLines
    from closeread.report.site import Site

    if _to_file(arguments):
        yield JsonLines(arguments.json)
    if arguments.csv:
        yield CsvTables(arguments.csv)
    if arguments.html:
        yield Site(arguments.html, command=shlex.join(["closeread", *arguments.argv]))


@contextmanager
def _journal(arguments: argparse.Namespace) -> Iterator[Journal | None]:
    """A journal beside the first output; a run that only prints needs none."""
    from closeread.collection import Journal

    place = _journal_path(arguments)
    if place is None:
        yield None
        return
    journal = Journal(place)
    if len(journal):
        _complain(f"going on with {len(journal)} texts that a run before has read")
    complete = False
    try:
        yield journal
        complete = True
    finally:
        journal.close(complete=complete)


def _journal_path(arguments: argparse.Namespace) -> Path | None:
    if _to_file(arguments):
        return Path(f"{arguments.json}.part") if not arguments.json.exists() or arguments.json.is_file() else None
    folder = arguments.html or arguments.csv
    return folder / ".closeread.part" if folder else None


def _show(arguments: argparse.Namespace, result: Reading | Failure) -> bool:
    """Prints one result; True where it is a failure, which goes to standard error."""
    from closeread.article import Failure
    from closeread.exports.json_lines import to_line
    from closeread.report.terminal import to_terminal

    if str(arguments.json) == "-":
        _print(arguments, to_line(result))
    if isinstance(result, Failure):
        _complain_of(result)
        return True
    if _prints_summaries(arguments):
        _print_parts(arguments, to_terminal(result))
    return False


def _complain_of(failure: Failure) -> None:
    from rich.console import Console

    from closeread.report.terminal import to_failure_line

    Console(stderr=True, soft_wrap=True, highlight=False).print(to_failure_line(failure))


def _print_parts(arguments: argparse.Namespace, parts: Iterable[RenderableType]) -> None:
    from rich.console import Console

    from closeread.report.terminal import find_width

    console = Console(width=find_width(), highlight=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    _print(arguments, "\n".join(line.rstrip() for line in capture.get().splitlines()))


def _print(arguments: argparse.Namespace, text: str) -> None:
    """Prints to standard output. Where nobody reads on, as behind `| head`, the files asked for are still written;
    without any, BrokenPipeError ends the run."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        if not (arguments.html or arguments.csv or _to_file(arguments)):
            raise
        arguments.quiet = True


def _to_file(arguments: argparse.Namespace) -> bool:
    return arguments.json is not None and str(arguments.json) != "-"


def _prints_summaries(arguments: argparse.Namespace) -> bool:
    return not arguments.quiet and str(arguments.json) != "-"


def _with_progress(results: Iterator[Reading | Failure], total: int, *, shown: bool) -> Iterator[Reading | Failure]:
    """A progress bar on standard error, where that is a terminal on which the summaries do not already appear."""
    if total < 2 or not sys.stderr.isatty() or (shown and sys.stdout.isatty()):
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, "Reading", total, console=Console(stderr=True), transient=True)


def _complain(message: str) -> None:
    print(f"closeread: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
