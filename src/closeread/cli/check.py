"""`closeread check`: claims about texts, run again. Exit status: 0 all pass, 1 one fails, cannot be told, or its text
has changed; 2 wrong use."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeread.cli.given import to_path
from closeread.cli.printing import complain, print_parts, print_text, prints_summaries, to_file

if TYPE_CHECKING:
    from closeread.checks.running import CheckRun


def add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="run claims about texts from a check file",
        description="Works out each claim of a check file and says pass, fail or cannot tell, with the words it rests "
        "on. `newsroom` stands for rules that come with closeread. The form is in docs/checks.md.",
    )
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="check files, or the name of rules: newsroom; with --rules, texts"
    )
    check.add_argument("--rules", metavar="NAME", help="run these rules, or this check file, over the texts: newsroom")
    check.add_argument(
        "--text", nargs="+", default=[], metavar="PATH", help="texts for rules and files that name none of their own"
    )
    check.add_argument("--lock", action="store_true", help="record the SHA-256 of each text in the check file")
    check.add_argument("--allow-unknown", action="store_true", help="exit with 0 although something cannot be told")
    check.add_argument("--json", metavar="FILE", type=to_path, help="write JSON Lines; - for standard output")
    check.add_argument("--junit", metavar="FILE", type=to_path, help="write JUnit XML")
    check.add_argument("--html", metavar="DIR", type=to_path, help="write a page of results, and one per text")
    check.add_argument("--quiet", action="store_true", help="print no results")
    check.set_defaults(run=run_check)


def run_check(arguments: Namespace) -> bool:
    """True where every claim passes. Raises ValueError for wrong use, also where an expression cannot be worked out;
    then the other claims are shown all the same."""
    from closeread.checking import check, lock_texts

    if arguments.rules:
        if arguments.lock:
            raise ValueError("--lock records the texts of a check file; rules have none")
        arguments.files, arguments.text = [arguments.rules], [*arguments.files, *arguments.text]
    if arguments.lock:
        for file in arguments.files:
            for name, digest in lock_texts(Path(file)).items():
                complain(f"{file}: {name} is recorded as {digest[:12]}…")
    runs = [run for file in arguments.files for run in check(file, texts=arguments.text)]
    _write(arguments, runs)
    if prints_summaries(arguments):
        from closeread.report.check_terminal import to_check_summary

        for number, run in enumerate(runs):
            print_text(arguments, "" if number == 0 else "\n")
            print_parts(arguments, to_check_summary(run))
    outcomes = [result.outcome for run in runs for result in run.results]
    if "error" in outcomes:
        wrong = outcomes.count("error")
        raise ValueError(f"{wrong} {'expression' if wrong == 1 else 'expressions'} could not be worked out")
    return all(each == "pass" or (each == "cannot-tell" and arguments.allow_unknown) for each in outcomes)


def _write(arguments: Namespace, runs: Sequence[CheckRun]) -> None:
    from closeread.exports.check_results import to_check_line, to_junit
    from closeread.exports.json_lines import JsonLines
    from closeread.report.check_page import write_check_site

    lines = [to_check_line(run) for run in runs] if arguments.json else []
    if to_file(arguments):
        with JsonLines(arguments.json) as output:
            for line in lines:
                output.write(line)
    for line in lines if not to_file(arguments) else ():
        print_text(arguments, line)
    if arguments.junit:
        with JsonLines(arguments.junit) as output:
            output.write(to_junit(runs).rstrip("\n"))
    if arguments.html:
        write_check_site(arguments.html, runs, command=shlex.join(["closeread", *arguments.argv]))
