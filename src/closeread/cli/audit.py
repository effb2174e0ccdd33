"""`closeread audit`: a text against the texts that it quotes and speaks of."""

from __future__ import annotations

import shlex
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from closeread.cli.given import check_outputs, read_files, to_path
from closeread.cli.printing import print_parts, print_text, prints_summaries, to_file

if TYPE_CHECKING:
    from closeread.comparisons.audits import Audit


def add_audit(commands: Any) -> None:
    audit = commands.add_parser(
        "audit",
        help="hold a text against the texts that it quotes and speaks of",
        description="Says of each quotation whether its words stand in an original, and what differs, word by word; "
        "and of each statement whether a passage of an original says the same or otherwise.",
    )
    audit.add_argument("quoting", metavar="TEXT", help="the text that quotes")
    audit.add_argument("--of", nargs="+", required=True, metavar="ORIGINAL", help="files or folders of originals")
    audit.add_argument(
        "--html",
        metavar="DIR",
        type=to_path,
        help="write a page with both sides, and the annotated texts; or FILE.html",
    )
    audit.add_argument("--json", metavar="FILE", type=to_path, help="write one JSON record; - for standard output")
    audit.add_argument("--csv", metavar="DIR", type=to_path, help="write tables of quotations, statements and passages")
    audit.add_argument("--quiet", action="store_true", help="print no summary")
    audit.set_defaults(run=run_audit)


def run_audit(arguments: Namespace) -> bool:
    """Every text is read in full, so that it is known who speaks. An original that cannot be read is named, and the
    others are used. True where every text could be read."""
    from closeread.comparisons.audits import audit
    from closeread.intake import find_sources
    from closeread.report.audit import to_audit
    from closeread.report.audit_page import find_page

    files = find_sources(arguments.of).files
    folder = find_page(arguments.html)[0] if arguments.html else None
    check_outputs(Namespace(html=folder, csv=arguments.csv, json=arguments.json), [arguments.quoting, *files])
    quoting, _ = read_files([arguments.quoting])
    if len(quoting) != 1:
        raise ValueError(f"{arguments.quoting} holds {len(quoting)} texts that can be read; one is needed")
    originals, failed = read_files(files)
    found = audit(quoting[0], originals)
    _write(arguments, found)
    if prints_summaries(arguments):
        print_parts(arguments, to_audit(found))
    return not failed


def _write(arguments: Namespace, found: Audit) -> None:
    from closeread.exports.audit_tables import write_audit_tables
    from closeread.exports.json_lines import JsonLines, to_audit_line
    from closeread.report.audit_page import write_audit_site

    if to_file(arguments):
        with JsonLines(arguments.json) as output:
            output.write(to_audit_line(found))
    elif arguments.json:
        print_text(arguments, to_audit_line(found))
    if arguments.csv:
        write_audit_tables(arguments.csv, found)
    if arguments.html:
        write_audit_site(arguments.html, found, command=shlex.join(["closeread", *arguments.argv]))
