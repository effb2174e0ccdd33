"""The coverage of an event in plain sentences, each figure with a link to where it can be looked up in the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.comparisons.event import Coverage, LeftOut
from closeread.report.characters import excerpt
from closeread.report.event_matrix import Block, Column, Lacking
from closeread.report.event_passages import PairLine, UtteranceLine
from closeread.report.sentence_parts import say_percent

_NAME = 60


@dataclass(frozen=True, slots=True)
class EventPart:
    """A piece of a sentence; `href` is an address in the page, empty where it is no figure."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class EventSentence:
    topic: str
    parts: tuple[EventPart, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


def say_event(
    coverage: Coverage,
    blocks: Sequence[Block],
    lackings: Sequence[Lacking],
    utterances: Sequence[UtteranceLine],
    pairs: Sequence[PairLine],
) -> tuple[EventSentence, ...]:
    return (
        EventSentence("texts", tuple(_say_texts(coverage))),
        EventSentence("in common", tuple(_say_common(blocks, len(coverage.texts)))),
        EventSentence("not found", tuple(_say_lacking(lackings))),
        EventSentence("labels", tuple(_say_labels(coverage))),
        EventSentence("quotations", tuple(_say_utterances(utterances))),
        EventSentence("reuse", tuple(_say_pairs(pairs))),
    )


def say_window(coverage: Coverage) -> str:
    """The days of publication that are known; empty where none is."""
    first, last = coverage.matrix.first_day, coverage.matrix.last_day
    undated = sum(text.date is None for text in coverage.texts)
    if first is None or last is None:
        return ""
    days = f"published on {first}" if first == last else f"published from {first} to {last}"
    return f"{days}{f', {undated} without a date' if undated else ''}"


def say_left_out(left: LeftOut) -> str:
    if left.reason == "duplicate":
        return f"the same text as {left.same_as}, but for a few words"
    return "not found to tell the same event" if left.reason == "other-event" else "not in English, not analysed"


def _say_texts(coverage: Coverage) -> Iterator[EventPart]:
    yield EventPart(f"{len(coverage.texts)} texts", "#texts")
    yield EventPart(" are held against each other")
    window = say_window(coverage)
    yield EventPart(f", {window}" if window else "")
    if left := len(coverage.left_out) + len(coverage.unread):
        yield EventPart("; ")
        yield EventPart(f"{left} more", "#texts")
        yield EventPart(f" {'was' if left == 1 else 'were'} given and left out")
    yield EventPart(".")


def _say_common(blocks: Sequence[Block], texts: int) -> Iterator[EventPart]:
    """How much of each kind stands in all texts, in several, in one."""
    for number, block in enumerate(blocks):
        every = sum(row.found_in == texts for row in block.rows)
        yield EventPart("; " if number else "")
        yield EventPart(f"{len(block.rows) + len(block.single)} {block.title.lower()}", f"#b-{block.kind}")
        yield EventPart(f", {every} in all texts, {len(block.single)} in one alone")
    yield EventPart("." if blocks else "Nothing was found in any text.")


def _say_lacking(lackings: Sequence[Lacking]) -> Iterator[EventPart]:
    yield EventPart("Of what most of the others have, was not found: ")
    for number, lacking in enumerate(lackings):
        yield EventPart("; " if number else "")
        yield EventPart(f"in {lacking.column.letter} {excerpt(lacking.column.name, _NAME)} ")
        if lacking.lines:
            yield EventPart(f"{len(lacking.lines)}", f"#not-in-{lacking.column.letter}")
            yield EventPart(f" ({lacking.certain} certain)")
        else:
            yield EventPart("nothing")
    yield EventPart(".")


def _say_labels(coverage: Coverage) -> Iterator[EventPart]:
    tables = [table for table in coverage.labels if len(table.rows) > 1]
    differences = sum(len(table.differences) for table in coverage.labels)
    yield EventPart(f"{len(tables)} actors", "#labels")
    yield EventPart(" of several texts go by more than one label; ")
    said = (
        f"{differences} differences between two texts are" if differences != 1 else "1 difference between two texts is"
    )
    yield EventPart(f"{said} beyond chance." if differences else "no difference between two texts is beyond chance.")


def _say_utterances(utterances: Sequence[UtteranceLine]) -> Iterator[EventPart]:
    if not utterances:
        yield EventPart("No words are quoted by two of the texts.")
        return
    differ = sum(line.differs for line in utterances)
    yield EventPart(f"{len(utterances)} utterances" if len(utterances) > 1 else "1 utterance", "#versions")
    yield EventPart(f" {'are' if len(utterances) > 1 else 'is'} quoted by several; ")
    yield EventPart(f"{differ} not in the same words." if differ else "all in the same words.")


def _say_pairs(pairs: Sequence[PairLine]) -> Iterator[EventPart]:
    """The pair that shares most."""
    if not pairs:
        yield EventPart("No passage of eight words stands in two of the texts.")
        return
    most = max(pairs, key=lambda pair: max(pair.first_share, pair.second_share))
    column, other, words, share = most.first, most.second, most.first_words, most.first_share
    if most.second_share > most.first_share:
        column, other, words, share = most.second, most.first, most.second_words, most.second_share
    yield EventPart(f"{len(pairs)} pairs" if len(pairs) > 1 else "1 pair", "#reuse")
    yield EventPart(f" of texts share passages; most of all {words:,} words ({say_percent(share)}) of ")
    yield EventPart(f"{column.letter} {_short(column)} stand in {other.letter} {_short(other)} too.")


def _short(column: Column) -> str:
    return excerpt(column.name, _NAME)
