"""`closeread audit`: the quotations of a text against their originals."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from closeread.cli.given import check_outputs, read_items, to_path
from closeread.cli.printing import print_parts, print_text, prints_summaries, to_file


def add_audit(commands: Any) -> None:
    audit = commands.add_parser(
        "audit",
        help="hold the quotations of a text against their originals",
        description="Says of each quotation whether its words stand in an original, and what differs, word by word.",
    )
    audit.add_argument("quoting", metavar="TEXT", help="the text that quotes")
    audit.add_argument("--of", nargs="+", required=True, metavar="ORIGINAL", help="files or folders of originals")
    audit.add_argument("--json", metavar="FILE", type=to_path, help="write one JSON record; - for standard output")
    audit.add_argument("--quiet", action="store_true", help="print no summary")
    audit.set_defaults(run=run_audit)


def run_audit(arguments: Namespace) -> bool:
    """Every text is read in full, so that it is known who speaks. An original that cannot be read is named, and the
    others are used. True where every text could be read."""
    from closeread.comparisons.fidelity import check_quotations
    from closeread.exports.json_lines import JsonLines, to_audit_line
    from closeread.intake import find_sources, load_articles
    from closeread.report.audit import to_audit

    files = find_sources(arguments.of).files
    check_outputs(arguments, [arguments.quoting, *files])
    quoting, _ = read_items(load_articles(arguments.quoting))
    if len(quoting) != 1:
        raise ValueError(f"{arguments.quoting} holds {len(quoting)} texts that can be read; one is needed")
    originals, failed = read_items([item for file in files for item in load_articles(file)])
    found = check_quotations(quoting[0], originals)
    articles = [reading.article for reading in originals]
    line = to_audit_line(quoting[0].article, articles, found)
    if to_file(arguments):
        with JsonLines(arguments.json) as output:
            output.write(line)
    elif arguments.json:
        print_text(arguments, line)
    if prints_summaries(arguments):
        print_parts(arguments, to_audit(quoting[0].article, articles, found))
    return not failed
