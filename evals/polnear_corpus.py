"""PolNeAR, read from brat standoff: the texts of a split and what each annotator marked in them.

Source: Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.attribution_scores import Attributed, Range

KEPT = ("Attribution", "Attribution-no-source")
_ROLE = re.compile(r"(Source|Cue|Content)\d*")


class CorpusError(Exception):
    """Raised where a folder does not hold the corpus, with what was looked for."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `annotators` holds the attributions by annotator id, in the order of the ids; the first is gold."""

    name: str
    outlet: str
    text: str
    annotators: dict[str, tuple[Attributed, ...]]

    @property
    def gold(self) -> tuple[Attributed, ...]:
        return next(iter(self.annotators.values()))


def load_split(folder: Path, split: str) -> list[Document]:
    """The documents of `split`, by name. Raises CorpusError where the folder does not hold the split."""
    return [_load(folder, split, name, files) for name, files in _files(folder, split).items()]


def load_corpus(folder: Path) -> list[Document]:
    """The documents of every split in the folder, split by split in sorted order."""
    splits = sorted(path.parent.name for path in folder.glob("*/attributions"))
    if not splits:
        raise CorpusError(f"{folder} holds no split: no folder in it has a folder `attributions`")
    return [document for split in splits for document in load_split(folder, split)]


def digest_gold(folder: Path, split: str) -> str:
    """SHA-256 over the names and bytes of the texts and of the annotation files that serve as gold."""
    digest = hashlib.sha256()
    for name, files in _files(folder, split).items():
        for path in (_text_path(folder, split, name), files[0]):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(folder: Path, split: str) -> dict[str, list[Path]]:
    """Annotation files by document, both in sorted order: NAME_ANNOTATOR.ann."""
    if not (folder / split / "attributions").is_dir():
        raise CorpusError(f"{folder} holds no split {split!r}: {folder / split / 'attributions'} is no folder")
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / split / "attributions").glob("*.ann")):
        files[path.stem.rpartition("_")[0]].append(path)
    return dict(sorted(files.items()))


def _text_path(folder: Path, split: str, name: str) -> Path:
    return folder / split / "text" / f"{name}.txt"


def _load(folder: Path, split: str, name: str, files: list[Path]) -> Document:
    annotators = {path.stem.rpartition("_")[2]: parse_standoff(_read(path)) for path in files}
    outlet = _outlets(folder).get(name, name.partition("_")[0])
    return Document(name, outlet, _read(_text_path(folder, split, name)), annotators)


def _read(path: Path) -> str:
    """The file as it is: translated line ends would shift every offset behind them."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


@cache
def _outlets(folder: Path) -> dict[str, str]:
    """Publisher by document, empty where the folder has no `metadata.tsv`."""
    path = folder / "metadata.tsv"
    rows = csv.DictReader(_read(path).splitlines(), delimiter="\t") if path.is_file() else ()
    return {row["filename"]: row["publisher"] for row in rows}


def parse_standoff(standoff: str) -> tuple[Attributed, ...]:
    """The attributions of one annotation file, in the order of the text. `Discuss` and `Discard` are dropped;
    lines without a tab are the rest of a text that held a line break, and carry no offsets."""
    rows = [line.rstrip("\r").split("\t") for line in standoff.split("\n")]
    places = {row[0]: _parse_ranges(row[1]) for row in rows if row[0].startswith("T") and len(row) > 1}
    events = [row[1] for row in rows if row[0].startswith("E") and len(row) > 1]
    found = [_to_attributed(event, places) for event in events if event.partition(":")[0] in KEPT]
    return tuple(sorted(found, key=lambda attribution: (attribution.contents, attribution.cue)))


def _parse_ranges(field: str) -> tuple[Range, ...]:
    """`Content 12 20;24 30` as two ranges."""
    offsets = field.partition(" ")[2]
    return tuple((int(start), int(end)) for start, end in (part.split() for part in offsets.split(";")))


def _to_attributed(event: str, places: dict[str, tuple[Range, ...]]) -> Attributed:
    roles: dict[str, list[Range]] = defaultdict(list)
    for role, place in _roles(event):
        roles[role].extend(places[place])
    return Attributed(
        contents=tuple(sorted(roles["Content"])),
        sources=tuple(sorted(roles["Source"])),
        cue=tuple(sorted(roles["Cue"])),
    )


def _roles(event: str) -> Iterator[tuple[str, str]]:
    """`Content2:T9` as Content and T9: a role that repeats carries a number."""
    for argument in event.split():
        role, _, place = argument.partition(":")
        match = _ROLE.fullmatch(role)
        if match:
            yield match[1], place
