"""The shipped encoder: three ONNX graphs and their tables, checked by hash, run unit by unit on one thread.

The lower graph reads a unit as if it stood alone. The middle and the upper one let it look at what stands around it.
Units are run one at a time: dynamic int8 arithmetic depends on all that it is given at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from closeread.encoder.decode import Decoding, Found, Scores, decode, to_found
from closeread.encoder.links import Arcs, Tables
from closeread.encoder.pieces import GAPS, INSIDE, Ints, Pieces, load_tokenizer, to_pieces
from closeread.encoder.units import AFTER, BEFORE, Packed, Unit, find_units, pack

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NAME = "attribution"
# Units that the upper layers tell apart by how far away they are, either way.
REACH = 3
ARCS = ("content", "source", "speaker")
GRAPHS = ("lower", "middle", "upper")
Singles = npt.NDArray[np.float32]
_NONE = np.zeros((0, 2), dtype=np.int64)
_EMPTY = Packed(_NONE, _NONE[:, 0], _NONE)


class EncoderError(RuntimeError):
    """The weights of the encoder are missing or are not the pinned ones."""


@dataclass(frozen=True, slots=True)
class _States:
    """What a layer hands on, one row per row of the units: states, queries, and keys beside values."""

    states: Singles
    queries: Singles
    memory: Singles


@dataclass(frozen=True, slots=True)
class Read:
    """What the lower graph has made of a text: what every head goes on from. `view` as `pieces.to_encoder_view` gives
    it; `states`, `queries` and `memory` one row per row of the units."""

    view: str
    pieces: Pieces
    units: Sequence[Unit]
    packed: Packed
    states: Singles
    queries: Singles
    memory: Singles


def make_session(path: Path) -> InferenceSession:
    """A graph, run on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Encoder:
    """Reads one text at a time. Equal texts give equal bytes, whatever was read before."""

    def __init__(self, folder: Path) -> None:
        self._graphs = {name: make_session(folder / f"{name}.onnx") for name in GRAPHS}
        self._tokenizer = load_tokenizer(str(folder / "tokenizer.json"))
        with np.load(folder / "tables.npz") as tables:
            self._tables: Tables = {name: tables[name] for name in tables.files}
        self.decoding = Decoding.from_record(json.loads((folder / "decoding.json").read_text(encoding="utf-8")))

    def find(self, view: str) -> list[Found]:
        """The attributions of a text, in the order of their first contents."""
        return self.find_in(self.read(view))

    def find_in(self, read: Read) -> list[Found]:
        """The same for a text that the lower graph has read."""
        scores = self.score_in(read)
        return [to_found(relation, scores.words) for relation in decode(scores, self.decoding)]

    def read(self, view: str) -> Read:
        """Runs the lower graph, the costly part, over a text as `pieces.to_encoder_view` gives it."""
        pieces = to_pieces(view, self._tokenizer)
        units = find_units(pieces)
        if not pieces.words:
            nothing = np.zeros((0, 1), dtype=np.float32)
            return Read(view, pieces, (), _EMPTY, nothing, nothing, nothing)
        packed = pack(pieces, units)
        below = _join(self._run_lower(packed, units))
        return Read(view, pieces, units, packed, below.states, below.queries, below.memory)

    def score(self, view: str) -> Scores:
        """The scores of the words of a text."""
        return self.score_in(self.read(view))

    def score_in(self, read: Read) -> Scores:
        """The same for a text that the lower graph has read."""
        pieces, units, packed = read.pieces, read.units, read.packed
        if not pieces.words:
            return self._to_scores(pieces, np.zeros((0, 7)), np.zeros((0, 2 * len(ARCS), 128), dtype=np.float32))
        states = _States(read.states, read.queries, read.memory)
        states = _join(self._run_middle(states, packed, units))
        found = list(self._run_upper(states, packed, units, pieces))
        emissions = np.concatenate([each[0] for each in found]).astype(np.float64)
        return self._to_scores(pieces, emissions, np.concatenate([each[1] for each in found]))

    def _run_lower(self, packed: Packed, units: Sequence[Unit]) -> Iterator[_States]:
        for start, end in _rows_of(units):
            yield _States(*self._graphs["lower"].run(None, {"rows": packed.rows[start:end]}))

    def _run_middle(self, states: _States, packed: Packed, units: Sequence[Unit]) -> Iterator[_States]:
        for rows in _rows_of(units):
            yield _States(*self._graphs["middle"].run(None, _around(states, packed, rows)))

    def _run_upper(
        self, states: _States, packed: Packed, units: Sequence[Unit], pieces: Pieces
    ) -> Iterator[tuple[Singles, Singles]]:
        # Behind the last word of a text the gap counts as the end of a line.
        gaps = np.concatenate([pieces.gaps, [[1, 0, 0]]])
        for unit, rows in zip(units, _rows_of(units), strict=True):
            first, last = unit.words
            if first == last:
                continue
            given = _around(states, packed, rows)
            given |= {"edges": packed.edges[first:last] - rows[0], "gaps": gaps[first : last + 1]}
            emissions, vectors = self._graphs["upper"].run(None, given)
            yield emissions, vectors

    def _to_scores(self, pieces: Pieces, emissions: npt.NDArray[np.float64], vectors: Singles) -> Scores:
        tables = self._tables
        steps = (tables["chain.every"] + tables["chain.never"]).astype(np.float64)[None]
        for column in range(len(GAPS)):
            steps = steps + tables[f"chain.by_gap.{column}"][pieces.gaps[:, column]]
        cues, sources, speakers = (
            self._arcs(name, vectors[:, 2 * at : 2 * at + 2], pieces.lines) for at, name in enumerate(ARCS)
        )
        quoted = pieces.quotes[pieces.first] == INSIDE if len(pieces.ids) else np.zeros(0, dtype=bool)
        return Scores(pieces.words, emissions, steps, cues, sources, speakers, quoted)

    def _arcs(self, name: str, ends: Singles, lines: Ints) -> Arcs:
        own = {key.removeprefix(f"{name}."): table for key, table in self._tables.items() if key.startswith(f"{name}.")}
        return Arcs(ends[:, 0], ends[:, 1], lines, own)


def _rows_of(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    start = 0
    for unit in units:
        yield start, start + unit.size
        start += unit.size


def _join(parts: Iterator[_States]) -> _States:
    held = list(parts)
    return _States(
        np.concatenate([part.states for part in held]),
        np.concatenate([part.queries for part in held]),
        np.concatenate([part.memory for part in held]),
    )


def _around(states: _States, packed: Packed, rows: tuple[int, int]) -> dict[str, Any]:
    """A unit with the memory of what stands around it, and how many units away that is."""
    start, end = rows
    near = slice(max(0, start - BEFORE), end + AFTER)
    apart = (packed.units[near] - packed.units[start]).clip(-REACH, REACH) + REACH
    return {
        "states": states.states[start:end],
        "queries": states.queries[start:end],
        "memory": states.memory[near],
        "apart": apart,
    }


@cache
def load_encoder() -> tuple[Encoder, str]:
    """The shipped encoder and the SHA-256 of its files. Loaded once per process, and only after every file was
    checked. Raises EncoderError where one is missing or differs."""
    with as_file(files("closeread").joinpath("models", NAME)) as folder:
        digest = check_files(folder)
        return Encoder(folder), digest


def read_view(view: str) -> Read:
    """What the shipped encoder's lower graph makes of a text, for all heads, as `Encoder.read` gives it."""
    return load_encoder()[0].read(view)


def find_spoken_in(read: Read) -> list[Found]:
    """The attributions that the shipped encoder finds in a text that was read, as `Encoder.find_in` gives them."""
    return load_encoder()[0].find_in(read)


def find_spoken(view: str) -> list[Found]:
    """The attributions that the shipped encoder finds in a text, as `Encoder.find` gives them."""
    return load_encoder()[0].find(view)


def check_files(folder: Path) -> str:
    """The SHA-256 over all weights of a folder, after each was compared with `SHA256SUMS` there."""
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        raise EncoderError(f"{sums} is missing; install closeread again")
    listed = sums.read_text(encoding="ascii")
    for line in listed.splitlines():
        expected, name = line.split()
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "nothing"
        if found != expected:
            raise EncoderError(f"{path} has SHA-256 {found}, expected {expected}; install closeread again")
    return hashlib.sha256(listed.encode()).hexdigest()


def join_digests(*digests: str) -> str:
    """One SHA-256 for several."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()
