"""`closeread read`: texts in, summaries, pages, JSON and tables out."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeread.cli.given import add_actors, find_files, load_actors, read_stdin, to_number, to_path
from closeread.cli.printing import (
    complain,
    complain_of,
    print_parts,
    print_text,
    prints_summaries,
    to_file,
    with_progress,
)

if TYPE_CHECKING:
    from closeread.article import Article, Failure
    from closeread.collection import Journal
    from closeread.findings import Reading

# What a run keeps in the folder that it writes to, until it is complete.
JOURNAL = ".closeread.part"


def add_read(commands: Any) -> None:
    read = commands.add_parser(
        "read",
        help="read texts and print, or write, what is in them",
        description="Reads text, Markdown, HTML, DOCX, CSV, JSONL, XLSX and Nexis exports.",
    )
    read.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - reads one text from standard input")
    read.add_argument("--html", metavar="DIR", type=to_path, help="write one annotated page per text, and an index")
    read.add_argument(
        "--json", metavar="FILE", type=to_path, help="write JSON Lines, one reading each; - for standard output"
    )
    read.add_argument("--csv", metavar="DIR", type=to_path, help="write one table per kind of finding")
    read.add_argument("--text-column", metavar="NAME", help="the column of a table that holds the text")
    add_actors(read)
    read.add_argument("--model", metavar="NAME", help="another spaCy pipeline for English, by name or folder")
    read.add_argument("--jobs", metavar="N", type=to_number, default=1, help="processes to use (default 1)")
    read.add_argument("--quiet", action="store_true", help="print no summaries")
    read.set_defaults(run=run_read)


def run_read(arguments: Namespace) -> bool:
    """True where every text could be read."""
    from closeread.collection import load_collection, read_collection
    from closeread.parsing import DEFAULT_MODEL

    actors = load_actors(arguments)
    files = find_files(arguments, arguments.paths)
    stdin = read_stdin() if "-" in arguments.paths else None
    items = load_collection(files, text_column=arguments.text_column, stdin=stdin)
    if not items:
        raise ValueError("nothing to read in " + ", ".join(arguments.paths))
    failed = 0
    with _journal(arguments, items) as journal, ExitStack() as stack:
        outputs = [stack.enter_context(output) for output in _outputs(arguments)]
        model = arguments.model or DEFAULT_MODEL
        readings = read_collection(items, model=model, actors=actors, jobs=arguments.jobs, journal=journal)
        for result in with_progress(readings, len(items), shown=prints_summaries(arguments)):
            failed += _show(arguments, result)
            for output in outputs:
                output.add(result)
    return not failed


def _outputs(arguments: Namespace) -> Iterator[Any]:
    """The writers that were asked for: context managers with `add(result)`."""
    from closeread.exports.csv_tables import CsvTables
    from closeread.exports.json_lines import JsonLines
    from closeread.report.site import Site

    if to_file(arguments):
        yield JsonLines(arguments.json)
    if arguments.csv:
        yield CsvTables(arguments.csv)
    if arguments.html:
        yield Site(arguments.html, command=shlex.join(["closeread", *arguments.argv]))


@contextmanager
def _journal(arguments: Namespace, items: Sequence[Article | Failure]) -> Iterator[Journal | None]:
    """A journal beside the first output; a run that only prints needs none."""
    from closeread.collection import Journal

    place = journal_path(arguments)
    if place is None:
        yield None
        return
    journal = Journal(place)
    known = journal.count({item.source for item in items})
    if known:
        complain(f"going on with {known} texts that a run before has read")
    if len(journal) > known:
        complain(f"{len(journal) - known} texts that a run before has read are not among these, and are left out")
    complete = False
    try:
        yield journal
        complete = True
    finally:
        journal.close(complete=complete)


def journal_path(arguments: Namespace) -> Path | None:
    if to_file(arguments):
        return Path(f"{arguments.json}.part") if not arguments.json.exists() or arguments.json.is_file() else None
    folder = arguments.html or arguments.csv
    return folder / JOURNAL if folder else None


def _show(arguments: Namespace, result: Reading | Failure) -> bool:
    """Prints one result; True where it is a failure, which goes to standard error."""
    from closeread.article import Failure
    from closeread.exports.json_lines import to_line
    from closeread.report.terminal import to_terminal

    if str(arguments.json) == "-":
        print_text(arguments, to_line(result))
    if isinstance(result, Failure):
        complain_of(result)
        return True
    if prints_summaries(arguments):
        print_parts(arguments, to_terminal(result))
    return False
