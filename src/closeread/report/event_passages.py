"""Words that texts on one event share: utterances as each quotes them, and passages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from closeread.article import Span
from closeread.comparisons.differences import Difference
from closeread.comparisons.fidelity import FidelityKind
from closeread.comparisons.reuse import Reuse, ReusePair
from closeread.comparisons.versions import Utterance, Version
from closeread.report.audit import KINDS, say_differences, say_risk
from closeread.report.differences import show_side
from closeread.report.event_matrix import Column, to_address

_KINDS: dict[FidelityKind, str] = {**KINDS, "other-speaker": "given to somebody else"}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One text's quotation of an utterance, with what differs from the reference marked in its words. `notes` say what
    differs and what is at risk."""

    column: Column
    href: str | None
    words: Markup
    speaker: str | None
    kind: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UtteranceLine:
    """One utterance: the reference, the other versions, and the letters of the texts that do not quote it."""

    id: str
    certain: bool
    differs: bool
    reference: VersionLine
    others: tuple[VersionLine, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage in two texts, with the words that differ marked on either side."""

    first: Markup
    first_href: str | None
    second: Markup
    second_href: str | None
    words: int
    edited: bool
    certain: bool
    quoted: float


@dataclass(frozen=True, slots=True)
class PairLine:
    """What two texts share. `earlier` is the letter of the text with the earlier date, `credits` say what each gives
    to an agency."""

    first: Column
    second: Column
    first_words: int
    first_share: float
    second_words: int
    second_share: float
    earlier: str | None
    credits: tuple[str, ...]
    passages: tuple[PassageLine, ...]


def list_utterances(utterances: Sequence[Utterance], columns: Sequence[Column]) -> tuple[UtteranceLine, ...]:
    """Those that differ first, then those quoted by most texts."""
    by_source = {column.text.source: column for column in columns}
    lines = [_to_utterance(each, by_source) for each in utterances]
    return tuple(sorted(lines, key=lambda line: (not line.differs, -len(line.others))))


def _to_utterance(utterance: Utterance, by_source: dict[str, Column]) -> UtteranceLine:
    reference, *others = utterance.versions
    quoting = {version.source for version in utterance.versions}
    return UtteranceLine(
        id=utterance.id,
        certain=utterance.certain,
        differs=any(version.kind not in ("verbatim", "typographic") for version in others),
        reference=_to_version(reference, by_source[reference.source]),
        others=tuple(_to_version(version, by_source[version.source]) for version in others),
        without=tuple(column.letter for source, column in by_source.items() if source not in quoting),
    )


def _to_version(version: Version, column: Column) -> VersionLine:
    return VersionLine(
        column=column,
        href=to_address(version.quotation, column),
        words=show_side(version.quotation, version.differences, "here"),
        speaker=version.speaker,
        kind=_KINDS[version.kind],
        notes=(*map(say_risk, version.risks), *say_differences(version.differences)),
    )


def list_pairs(pairs: Sequence[ReusePair], columns: Sequence[Column]) -> tuple[PairLine, ...]:
    """Those that share most words first."""
    by_source = {column.text.source: column for column in columns}
    ordered = sorted(pairs, key=lambda pair: -max(pair.first_words, pair.second_words))
    return tuple(_to_pair(pair, by_source[pair.first_source], by_source[pair.second_source]) for pair in ordered)


def _to_pair(pair: ReusePair, first: Column, second: Column) -> PairLine:
    one = pair.passages[0]
    letters = {"first": first.letter, "second": second.letter}
    return PairLine(
        first=first,
        second=second,
        first_words=pair.first_words,
        first_share=pair.first_share,
        second_words=pair.second_words,
        second_share=pair.second_share,
        earlier=letters[one.earlier] if one.earlier else None,
        credits=tuple(_say_credits(one, first, second)),
        passages=tuple(_to_passage(each, first, second) for each in pair.passages),
    )


def _say_credits(reuse: Reuse, first: Column, second: Column) -> Iterator[str]:
    for column, credits in ((first, reuse.first_credits), (second, reuse.second_credits)):
        agencies = dict.fromkeys(credit.agency for credit in credits)
        if agencies:
            yield f"{column.letter} credits {', '.join(agencies)}"


def _to_passage(reuse: Reuse, first: Column, second: Column) -> PassageLine:
    differences = tuple(_to_differences((edit.first, edit.second) for edit in reuse.edits))
    return PassageLine(
        first=show_side(reuse.first, differences, "here"),
        first_href=to_address(reuse.first, first),
        second=show_side(reuse.second, differences, "there"),
        second_href=to_address(reuse.second, second),
        words=reuse.words,
        edited=bool(reuse.edits),
        certain=reuse.certain,
        quoted=reuse.quoted,
    )


def _to_differences(edits: Iterable[tuple[Span | None, Span | None]]) -> Iterator[Difference]:
    for first, second in edits:
        yield Difference("substituted" if first and second else "added" if first else "dropped", first, second)
