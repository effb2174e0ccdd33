"""What commands are given: texts, saved readings, places to write to."""

from __future__ import annotations

import argparse
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from closeread.cli.printing import complain, complain_of, with_progress

if TYPE_CHECKING:
    from closeread.article import Failure
    from closeread.findings import Reading
    from closeread.intake.actor_list import ActorList


def to_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def to_path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def check_outputs(arguments: Namespace, files: Sequence[str]) -> None:
    """Raises ValueError where an output is of the wrong kind, or would replace a text that is read."""
    given = vars(arguments)
    for folder in (given.get("html"), given.get("csv")):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder} is a file; a folder is needed")
    for file in (given.get("json"), given.get("junit")):
        if file is None or str(file) == "-":
            continue
        if file.is_dir():
            raise ValueError(f"{file} is a folder; a file is needed")
        if any(os.path.realpath(each) == os.path.realpath(file) for each in files):
            raise ValueError(f"{file} is one of the texts to read; it would be replaced")


def find_files(arguments: Namespace, paths: Sequence[str]) -> list[str]:
    """The files of the paths, without those that an earlier run wrote: a folder that is read may hold the folder that
    is written. A file given by name is read all the same."""
    from closeread.intake import find_sources

    if "" in paths:
        raise ValueError("the name of a file is empty")
    sources = find_sources([path for path in paths if path != "-"])
    named = {Path(path).as_posix() for path in paths}
    outputs = (vars(arguments).get(name) for name in ("html", "csv", "json"))
    written = [path.resolve() for path in outputs if path is not None]
    files = [file for file in sources.files if file in named or not _is_below(file, written)]
    check_outputs(arguments, files)
    if sources.skipped:
        complain(_count_skipped(sources.skipped))
    return files


def _is_below(file: str, written: Sequence[Path]) -> bool:
    path = Path(os.path.realpath(file))
    return any(place == path or place in path.parents for place in written)


def _count_skipped(skipped: Sequence[str]) -> str:
    if len(skipped) == 1:
        return f"1 file of another kind was passed over: {skipped[0]}"
    return f"{len(skipped)} files of other kinds were passed over, the first is {skipped[0]}"


def read_stdin() -> bytes:
    if sys.stdin is None:
        raise ValueError("standard input is closed")
    return sys.stdin.buffer.read()


def add_actors(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--actors", metavar="FILE", type=to_path, help="your own list of actors for texts: name, aliases, group, role"
    )


def load_actors(arguments: Namespace) -> ActorList | None:
    from closeread.intake.actor_list import load_actor_list

    return load_actor_list(arguments.actors) if arguments.actors else None


def read_files(
    files: Sequence[str], *, jobs: int = 1, actors: ActorList | None = None
) -> tuple[list[Reading], list[Failure]]:
    """The readings of the files and the texts that could not be read; these are shown. Readings saved by a
    run before are taken as they are."""
    return _sort_out(list(stream_files(files, jobs=jobs, actors=actors)))


def stream_files(
    files: Sequence[str], *, jobs: int = 1, actors: ActorList | None = None
) -> Iterator[Reading | Failure]:
    """One reading after the other, so that many need not be held at once: first those that a run before has saved, as
    they are; `actors` are for the others."""
    from closeread.collection import load_collection, read_collection
    from closeread.saved_readings import is_saved, load_readings

    saved = [file for file in files if is_saved(file)]
    for file in saved:
        yield from load_readings(file)
    items = load_collection([file for file in files if file not in saved])
    if items:
        yield from with_progress(read_collection(items, jobs=jobs, actors=actors), len(items), shown=False)


def _sort_out(results: Sequence[Reading | Failure]) -> tuple[list[Reading], list[Failure]]:
    from closeread.article import Failure

    failures = [result for result in results if isinstance(result, Failure)]
    for failure in failures:
        complain_of(failure)
    return [result for result in results if not isinstance(result, Failure)], failures
