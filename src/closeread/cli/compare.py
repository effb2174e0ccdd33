"""`closeread compare`: several texts on one event held against each other."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from closeread.cli.given import add_actors, find_files, load_actors, read_files, to_number, to_path
from closeread.cli.printing import print_parts, print_text, prints_summaries, to_file

if TYPE_CHECKING:
    from closeread.comparisons.event import Coverage
    from closeread.findings import Reading


def add_compare(commands: Any) -> None:
    compare = commands.add_parser(
        "compare",
        help="hold texts on one event against each other",
        description="Finds which texts tell the same event, and says what each has and others have not. Takes texts, "
        "folders, and readings saved with `closeread read --json`.",
    )
    compare.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    compare.add_argument("--one-event", action="store_true", help="hold all texts to tell one event; do not sort them")
    compare.add_argument(
        "--html", metavar="DIR", type=to_path, help="write one page per event, one per text, and an index"
    )
    compare.add_argument(
        "--json", metavar="FILE", type=to_path, help="write JSON Lines, one event each; - for standard output"
    )
    compare.add_argument("--csv", metavar="DIR", type=to_path, help="write one table per kind of finding")
    add_actors(compare)
    compare.add_argument("--jobs", metavar="N", type=to_number, default=1, help="processes to use (default 1)")
    compare.add_argument("--quiet", action="store_true", help="print no summaries")
    compare.set_defaults(run=run_compare)


def run_compare(arguments: Namespace) -> bool:
    """True where every text could be read."""
    from closeread.comparisons.event import compare_events

    files = find_files(arguments, arguments.paths)
    if not files:
        raise ValueError("nothing to read in " + ", ".join(arguments.paths))
    readings, failures = read_files(files, jobs=arguments.jobs, actors=load_actors(arguments))
    events = compare_events([*readings, *failures], one_event=arguments.one_event)
    if not events:
        raise ValueError(_say_none(len(readings), len(failures)))
    _write(arguments, readings, events)
    if prints_summaries(arguments):
        from closeread.report.event_terminal import to_event_summary

        for number, coverage in enumerate(events):
            print_text(arguments, "\n" if number else "")
            print_parts(arguments, to_event_summary(coverage))
    return not failures


def _say_none(read: int, failed: int) -> str:
    unread = f" ({failed} could not be read)" if failed else ""
    if read < 2:
        return f"{read} {'text was' if read == 1 else 'texts were'} read{unread}; two are needed"
    return f"no two of {read} texts{unread} tell the same event; --one-event holds them against each other all the same"


def _write(arguments: Namespace, readings: Sequence[Reading], events: Sequence[Coverage]) -> None:
    from closeread.exports.csv_tables import CsvTables
    from closeread.exports.event_tables import COLUMNS, to_event_tables
    from closeread.exports.json_lines import JsonLines, to_coverage_line
    from closeread.report.event_site import write_event_site

    lines = [to_coverage_line(coverage) for coverage in events] if arguments.json else []
    if to_file(arguments):
        with JsonLines(arguments.json) as output:
            for line in lines:
                output.write(line)
    for line in lines if not to_file(arguments) else ():
        print_text(arguments, line)
    if arguments.csv:
        with CsvTables(arguments.csv, COLUMNS) as tables:
            tables.write(to_event_tables(events))
    if arguments.html:
        command = shlex.join(["closeread", *arguments.argv])
        write_event_site(arguments.html, readings, events, command=command)
