"""`closeread corpus`: what stands in many articles that are not one event."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from closeread.cli.given import add_actors, find_files, load_actors, stream_files, to_number, to_path
from closeread.cli.printing import complain_of, print_parts, print_text, prints_summaries, to_file

if TYPE_CHECKING:
    from closeread.article import Failure
    from closeread.comparisons.corpus_figures import Corpus
    from closeread.findings import Reading
    from closeread.report.site import Site


def add_corpus(commands: Any) -> None:
    corpus = commands.add_parser(
        "corpus",
        help="sources, actors, labels and shares over many articles",
        description="Adds up many articles that are not one event, as a whole and by outlet and month, with intervals "
        "by article. Takes texts, folders, and readings saved with `closeread read --json`.",
    )
    corpus.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    corpus.add_argument("--by", metavar="NAMES", default="outlet,month", help="outlet, month, year (outlet,month)")
    corpus.add_argument("--once", action="store_true", help="count near-duplicates and wire copy once")
    corpus.add_argument(
        "--least", metavar="N", type=to_number, default=5, help="no figures for fewer articles than these (default 5)"
    )
    corpus.add_argument("--html", metavar="DIR", type=to_path, help="write one page about the collection")
    corpus.add_argument("--pages", action="store_true", help="with --html: one annotated page per text too, and links")
    corpus.add_argument("--json", metavar="FILE", type=to_path, help="write one record; - for standard output")
    corpus.add_argument("--csv", metavar="DIR", type=to_path, help="write tables")
    add_actors(corpus)
    corpus.add_argument("--jobs", metavar="N", type=to_number, default=1, help="processes to use (default 1)")
    corpus.add_argument("--quiet", action="store_true", help="print no summary")
    corpus.set_defaults(run=run_corpus)


def run_corpus(arguments: Namespace) -> bool:
    """True where every text could be read."""
    from closeread.comparisons.corpus import describe_corpus
    from closeread.report.site import Site

    if arguments.pages and not arguments.html:
        raise ValueError("--pages needs --html DIR, the folder to write them to")
    files = find_files(arguments, arguments.paths)
    if not files:
        raise ValueError("nothing to read in " + ", ".join(arguments.paths))
    command = shlex.join(["closeread", *arguments.argv])
    with Site(arguments.html, command=command) if arguments.pages else nullcontext() as site:
        corpus = describe_corpus(
            _pass_on(stream_files(files, jobs=arguments.jobs, actors=load_actors(arguments)), site),
            by=[name.strip() for name in arguments.by.split(",") if name.strip()],
            count_copies_once=arguments.once,
            least=arguments.least,
        )
        _write(arguments, corpus, command, site)
    if prints_summaries(arguments):
        from closeread.report.corpus_terminal import to_corpus_summary

        print_parts(arguments, to_corpus_summary(corpus))
    return not corpus.unread


def _pass_on(results: Iterable[Reading | Failure], site: Site | None) -> Iterator[Reading | Failure]:
    """Shows what could not be read, and writes the page of each text while its reading is at hand."""
    from closeread.article import Failure

    for result in results:
        if isinstance(result, Failure):
            complain_of(result)
        if site is not None:
            site.add(result)
        yield result


def _write(arguments: Namespace, corpus: Corpus, command: str, site: Site | None) -> None:
    from closeread.exports.corpus_tables import COLUMNS, to_corpus_tables
    from closeread.exports.csv_tables import CsvTables
    from closeread.exports.json_lines import JsonLines, to_corpus_line
    from closeread.report.corpus_page import title_of, to_corpus_page, write_corpus_page

    if to_file(arguments):
        with JsonLines(arguments.json) as output:
            output.write(to_corpus_line(corpus))
    elif arguments.json:
        print_text(arguments, to_corpus_line(corpus))
    if arguments.csv:
        with CsvTables(arguments.csv, COLUMNS) as tables:
            tables.write(to_corpus_tables(corpus))
    if site is not None:
        hrefs = {text.article: f"{text.article}.html" for text in corpus.texts}
        page = to_corpus_page(corpus, command=command, hrefs=hrefs, index="index.html")
        site.add_event("corpus.html", title_of(corpus), page)
    elif arguments.html:
        write_corpus_page(arguments.html, to_corpus_page(corpus, command=command))
