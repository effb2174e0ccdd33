"""`closeread check`: claims about texts, run again. Exit status: 0 all pass, 1 one fails, cannot be told, or its text
has changed; 2 wrong use."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeread.cli.given import check_outputs, find_files, read_files, to_path
from closeread.cli.printing import complain, print_parts, print_text, prints_summaries, to_file

if TYPE_CHECKING:
    from closeread.checks.files import CheckFile
    from closeread.checks.running import CheckRun


def add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="run claims about texts from a check file",
        description="Works out each claim of a check file and says pass, fail or cannot tell, with the words it rests "
        "on. `newsroom` stands for rules that come with closeread. The form is in docs/checks.md.",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="check files, or the name of rules: newsroom")
    check.add_argument(
        "--text",
        nargs="+",
        action="extend",
        default=[],
        metavar="PATH",
        help="texts, folders or saved readings, for rules and for files that name no texts",
    )
    check.add_argument("--copy-to", metavar="FILE", type=to_path, help="write these rules to a file, to change them")
    check.add_argument("--lock", action="store_true", help="record the SHA-256 of each text in the check file")
    check.add_argument("--allow-unknown", action="store_true", help="exit with 0 although something cannot be told")
    check.add_argument("--json", metavar="FILE", type=to_path, help="write JSON Lines; - for standard output")
    check.add_argument("--junit", metavar="FILE", type=to_path, help="write JUnit XML")
    check.add_argument("--html", metavar="DIR", type=to_path, help="write a page of results, and one per text")
    check.add_argument("--quiet", action="store_true", help="print no results")
    check.set_defaults(run=run_check)


def run_check(arguments: Namespace) -> bool:
    """True where every text could be read and every claim passes. Raises ValueError for wrong use, also where an
    expression cannot be worked out; then the other claims are shown all the same."""
    from closeread.checking import load_checks, lock_texts

    texts = find_files(arguments, arguments.text)
    if arguments.copy_to:
        return _copy(arguments.files, arguments.copy_to)
    files = [load_checks(file) for file in arguments.files]
    named = [str(Path(file.source).parent / text.path) for file in files for text in file.texts]
    check_outputs(arguments, [*arguments.files, *named])
    if arguments.lock:
        before = {(file.source, text.name): text.sha256 for file in files for text in file.texts}
        for file in files:
            for name, digest in lock_texts(Path(file.source)).items():
                old = before[file.source, name]
                was = f"; it was {old[:12]}…, the text has changed" if old not in (None, digest) else ""
                complain(f"{file.source}: {name} is recorded as {digest[:12]}…{was}")
        files = [load_checks(file) for file in arguments.files]
    runs, unread = _run(files, texts)
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
    passed = all(each == "pass" or (each == "cannot-tell" and arguments.allow_unknown) for each in outcomes)
    return passed and not unread


def _copy(names: Sequence[str], path: Path) -> bool:
    from closeread.checking import RULES, list_rules

    if len(names) != 1 or names[0] not in list_rules():
        raise ValueError(f"--copy-to takes the name of one set of rules: {', '.join(list_rules())}")
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write((RULES / f"{names[0]}.yaml").read_text(encoding="utf-8"))
    complain(f"{path}: a copy of the rules, to be changed")
    return True


def _run(files: Sequence[CheckFile], texts: Sequence[str]) -> tuple[list[CheckRun], int]:
    """One run for a file that names its texts, else one for each text; and how many texts could not be read."""
    from closeread.checking import run_over

    if not texts or any(file.texts for file in files):
        return _run_named(files, others=len(texts))
    readings, failures = read_files(texts)
    return [run_over(file, reading) for file in files for reading in readings], len(failures)


def _run_named(files: Sequence[CheckFile], *, others: int) -> tuple[list[CheckRun], int]:
    """Where one of several files cannot be run, the others are."""
    from closeread.checking import run_named
    from closeread.checks import CheckFileError

    runs: list[CheckRun] = []
    failed = 0
    for file in files:
        try:
            runs.append(run_named(file, others=others))
        except CheckFileError as error:
            if len(files) == 1:
                raise
            complain(str(error))
            failed += 1
    return runs, failed


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
            output.write(to_junit(runs, allow_unknown=arguments.allow_unknown).rstrip("\n"))
    if arguments.html:
        write_check_site(arguments.html, runs, command=shlex.join(["closeread", *arguments.argv]))
