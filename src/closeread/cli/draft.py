"""`closeread draft`: the claims of a critique as a check file, for a person to correct."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeread.cli.given import read_files, to_path
from closeread.cli.printing import complain, print_parts, print_text

if TYPE_CHECKING:
    from closeread.findings import Reading


def add_draft(commands: Any) -> None:
    draft = commands.add_parser(
        "draft",
        help="turn the claims of a critique into a check file",
        description="Reads the sentences in which a critique says what another text names, quotes, lists, calls or "
        "leaves out, and writes a check file for a person to correct. What it cannot draft it lists.",
    )
    draft.add_argument("critique", metavar="CRITIQUE", help="the text that makes the claims")
    draft.add_argument("--of", metavar="ORIGINAL", help="the text that they are about")
    draft.add_argument(
        "--out", metavar="FILE", type=to_path, help="write the check file there; standard output without it"
    )
    draft.add_argument("--quiet", action="store_true", help="print no summary beside --out")
    draft.set_defaults(run=run_draft, json=None)


def run_draft(arguments: Namespace) -> bool:
    """Paths in the check file are relative to its folder; on standard output, to the current one."""
    from closeread.drafting import draft_checks
    from closeread.exports.check_files import to_check_file
    from closeread.exports.json_lines import JsonLines
    from closeread.report.draft_terminal import to_draft_summary

    given = {"critique": arguments.critique} | ({"article": arguments.of} if arguments.of is not None else {})
    _check_out(arguments.out, list(given.values()))
    critique, *original = (_read(path) for path in given.values())
    draft = draft_checks(critique, original[0] if original else None)
    folder = arguments.out.parent if arguments.out else Path()
    paths = {name: Path(os.path.relpath(path, folder)).as_posix() for name, path in given.items()}
    file = to_check_file(draft, paths)
    if arguments.out is None:
        print_text(arguments, file.rstrip("\n"))
        return True
    with JsonLines(arguments.out) as output:
        output.write(file.rstrip("\n"))
    if not arguments.quiet:
        print_parts(arguments, to_draft_summary(draft))
    if original == []:
        complain(f"{arguments.out}: write behind `article:` where the text is that the critique speaks of")
    return True


def _read(path: str) -> Reading:
    readings, _ = read_files([path])
    if len(readings) != 1:
        raise ValueError(f"{path} holds {len(readings)} texts that can be read; one is needed")
    return readings[0]


def _check_out(out: Path | None, files: list[str]) -> None:
    """A check file that is there may have been corrected by a person; it is not replaced."""
    if out is None:
        return
    if any(os.path.realpath(file) == os.path.realpath(out) for file in files):
        raise ValueError(f"{out} is one of the texts to read; it would be replaced")
    if out.exists():
        raise ValueError(f"{out} is there already; give another name")
