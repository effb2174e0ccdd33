"""A user's own list of actors: CSV or TSV with the columns name, aliases (parted by `|`), group and role."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from pathlib import Path

from closeread.intake.delimited import find_cells, split_lines

COLUMNS = ("name", "aliases", "group", "role")


@dataclass(frozen=True, slots=True)
class ListedActor:
    """One row: the name by which the actor is shown, other words for it, and the user's own codes, None where empty."""

    name: str
    aliases: tuple[str, ...] = ()
    group: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ActorList:
    """The rows in the order of the file. `sha256` is that of what they say, so another list makes another run."""

    actors: tuple[ListedActor, ...]
    sha256: str


class ActorListError(ValueError):
    """The list cannot be used. The message names file, line and cause."""


def load_actor_list(path: str | Path) -> ActorList:
    """Raises OSError where the file cannot be opened, and ActorListError at the first row that cannot be used."""
    name = str(path)
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ActorListError(f"{name}: the file is not UTF-8 (byte {error.start})") from error
    lines, delimiter = split_lines(text, Path(path).suffix.lower())
    rows = list(find_cells(lines, delimiter))
    if not rows:
        raise ActorListError(f"{name}, line 1: the list is empty; its columns are {', '.join(COLUMNS)}")
    head, first = rows[0]
    columns = _check_head(f"{name}, line {first}", head)
    if len(rows) == 1:
        raise ActorListError(f"{name}, line {first}: there is no actor below the header")
    known: dict[str, int] = {}
    actors = [_to_actor(f"{name}, line {line}", cells, columns, known=known, line=line) for cells, line in rows[1:]]
    content = json.dumps([astuple(actor) for actor in actors], ensure_ascii=False)
    return ActorList(tuple(actors), hashlib.sha256(content.encode()).hexdigest())


def _check_head(place: str, head: list[str] | None) -> list[str]:
    columns = [cell.strip().lower() for cell in head or ()]
    if "name" not in columns:
        raise ActorListError(f"{place}: there is no column 'name'; the columns are {', '.join(COLUMNS)}")
    for column in columns:
        if column not in COLUMNS:
            raise ActorListError(f"{place}: the column {column!r} is none of {', '.join(COLUMNS)}")
        if columns.count(column) > 1:
            raise ActorListError(f"{place}: there are two columns {column!r}")
    return columns


def _to_actor(
    place: str, cells: list[str] | None, columns: list[str], *, known: dict[str, int], line: int
) -> ListedActor:
    """`known` holds the line of every word so far: a word for two actors would be told as one of them by chance."""
    if cells is None:
        raise ActorListError(f"{place}: the quotation marks of the row do not close")
    if len(cells) > len(columns):
        raise ActorListError(f"{place}: {len(cells)} cells, expected {len(columns)}")
    values = {column: " ".join(cell.split()) for column, cell in zip(columns, cells, strict=False)}
    if not values["name"]:
        raise ActorListError(f"{place}: the name is empty")
    aliases = tuple(alias.strip() for alias in values.get("aliases", "").split("|") if alias.strip())
    for word in dict.fromkeys((values["name"], *aliases)):
        if not word[0].isalnum():
            raise ActorListError(f"{place}: {word!r} does not begin with a letter or digit")
        if known.setdefault(word, line) != line:
            raise ActorListError(f"{place}: {word!r} stands in line {known[word]} too")
    return ListedActor(values["name"], aliases, values.get("group") or None, values.get("role") or None)
