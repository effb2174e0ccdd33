"""Echoes across articles: a phrase in one that is a phrase of another with one slot filled anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.article import Span
from closeread.findings import Reading
from closeread.marks import find_marks
from closeread.slots import Frame, Phrase, find_phrases, list_frames, refills

# As within one article; a headline or a quotation that several articles share is often cut or mended a little, so a
# frame must tell more. Set on pairs of articles on one event in BASIL 2010-2016 (evals/README.md).
LEAST = 3.0
LEAST_OF_CALL = 2.0


@dataclass(frozen=True, slots=True)
class SharedEcho:
    """Two phrases of different articles that are one another but for a slot. `first` is from the article of the
    earlier date, or whose source sorts first where the dates do not tell; that it is the model is not said. Articles
    are given by `Article.id`, an attribution is the innermost whose content holds the phrase, None in own voice."""

    template: str
    first_article: str
    first: Span
    first_slot: Span
    first_attribution: str | None
    second_article: str
    second: Span
    second_slot: Span
    second_attribution: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Held:
    reading: Reading
    phrase: Phrase
    frame: Frame


def find_shared_echoes(readings: Sequence[Reading]) -> tuple[SharedEcho, ...]:
    """Each phrase in marks or in a headline against those of the articles before it, by date and source, so that the
    order of the readings does not matter. One finding for each phrase at most: the first with the smallest slot. The
    cost grows with the text, not with the pairs of articles."""
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], _Held] = {}
    seen: set[tuple[str, ...]] = set()
    found: list[SharedEcho] = []
    for reading in sorted(readings, key=lambda each: (each.article.date or "", each.article.source)):
        phrases = [each for each in _phrases_of(reading) if each.keys not in seen]
        for phrase in phrases:
            found += _find(reading, phrase, known)
        seen |= {phrase.keys for phrase in phrases}
    return tuple(found)


def _phrases_of(reading: Reading) -> Iterator[Phrase]:
    """Each phrase once."""
    phrases = find_phrases(reading.article, find_marks(reading.article))
    yield from {phrase.keys: phrase for phrase in reversed(phrases)}.values()


def _find(
    reading: Reading, phrase: Phrase, known: dict[tuple[tuple[str, ...], tuple[str, ...]], _Held]
) -> list[SharedEcho]:
    found: list[SharedEcho] = []
    for frame in list_frames(phrase, LEAST_OF_CALL):
        other = known.setdefault((frame.before, frame.after), _Held(reading, phrase, frame))
        tells = frame.score >= LEAST or (phrase.call and other.phrase.call)
        if not found and tells and other.reading is not reading and refills(phrase, frame, other.phrase, other.frame):
            found.append(_to_echo(other, _Held(reading, phrase, frame)))
    return found


def _to_echo(first: _Held, second: _Held) -> SharedEcho:
    text, gap = first.reading.article.text, _slot(first)
    return SharedEcho(
        template=text[first.phrase.start : gap.start] + "___" + text[gap.end : first.phrase.end],
        first_article=first.reading.article.id,
        first=_place(first),
        first_slot=gap,
        first_attribution=_attribution(first),
        second_article=second.reading.article.id,
        second=_place(second),
        second_slot=_slot(second),
        second_attribution=_attribution(second),
        rule="echoes.shared",
    )


def _place(held: _Held) -> Span:
    return held.reading.article.span(held.phrase.start, held.phrase.end)


def _slot(held: _Held) -> Span:
    words = held.phrase.words[held.frame.first : held.frame.last]
    return held.reading.article.span(words[0].start, words[-1].end)


def _attribution(held: _Held) -> str | None:
    """The last to begin of those that hold the phrase, which is the innermost."""
    holding = [
        (content.start, attribution.id)
        for attribution in held.reading.attributions
        for content in attribution.contents
        if content.start <= held.phrase.start and held.phrase.words[-1].end <= content.end
    ]
    return max(holding)[1] if holding else None
