"""What is quoted in a text, and who speaks where in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from closeread.article import Article, Span, count_words
from closeread.findings import Attribution, Reading
from closeread.marks import Stretch, find_marks

Text = Reading | Article


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to speak: the name, and the place of the words that say so, None where they stand in another."""

    name: str
    place: Span | None
    person: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words inside quotation marks: `inner` are their ranges without the marks, one per paragraph."""

    place: Span
    inner: tuple[tuple[int, int], ...]
    words: int
    attribution: str | None
    speaker: Speaker | None


def article_of(text: Text) -> Article:
    return text.article if isinstance(text, Reading) else text


def list_quoted(text: Text) -> tuple[Quoted, ...]:
    """The quotations of a text in order: all stretches in marks, of a reading without those that are titles or terms. A
    stretch through several paragraphs is one quotation."""
    article, speeches = article_of(text), Speeches(text)
    scare_quotes = text.scare_quotes if isinstance(text, Reading) else ()
    titles = {quote.place.start for quote in scare_quotes if quote.kind == "title-or-term"}
    stretches = (each for each in find_marks(article).stretches if not titles & {each.start, each.inner[0][0]})
    found = (_to_quoted(article, stretch, speeches) for stretch in stretches)
    return tuple(each for each in found if each)


def _to_quoted(article: Article, stretch: Stretch, speeches: Speeches) -> Quoted | None:
    start, end = stretch.inner[0][0], stretch.inner[-1][1]
    words = sum(count_words(article.text[first:last]) for first, last in stretch.inner)
    if not words:
        return None
    attribution = speeches.find(start, end)
    speaker = speeches.speaker_of(attribution) if attribution else None
    return Quoted(article.span(start, end), stretch.inner, words, attribution.id if attribution else None, speaker)


class Speeches:
    """Answers who speaks at a place. An article alone says nothing of this."""

    def __init__(self, text: Text) -> None:
        self._spoken: list[tuple[Span, Attribution]] = []
        self._actors = {}
        if isinstance(text, Reading):
            self._actors = {actor.id: actor for actor in text.actors}
            self._spoken = [(place, each) for each in text.attributions for place in each.contents]
            self._spoken.sort(key=lambda pair: pair[0].start)
        self._starts = [place.start for place, _ in self._spoken]
        self._longest = max((place.end - place.start for place, _ in self._spoken), default=0)

    def overlapping(self, start: int, end: int) -> Iterator[tuple[Span, Attribution]]:
        first, last = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        yield from ((place, each) for place, each in self._spoken[first:last] if place.end > start)

    def find(self, start: int, end: int) -> Attribution | None:
        """The attribution in direct or mixed speech that has most of a place; of those that hold it whole the
        innermost."""
        found = [
            (min(place.end, end) - max(place.start, start), -len(place.text), -place.start, each)
            for place, each in self.overlapping(start, end)
            if each.mode != "indirect"
        ]
        return max(found, key=lambda item: item[:3])[3] if found else None

    def speaker_at(self, start: int, end: int) -> Speaker | None:
        found = [
            (min(place.end, end) - max(place.start, start), -len(place.text), -place.start, each)
            for place, each in self.overlapping(start, end)
        ]
        return self.speaker_of(max(found, key=lambda item: item[:3])[3]) if found else None

    def speaker_of(self, attribution: Attribution) -> Speaker | None:
        """None where the text does not name who speaks."""
        place = attribution.sources[0] if attribution.sources else None
        actor = self._actors.get(attribution.speaker or "")
        if actor is not None:
            return Speaker(actor.name, place, actor.kind == "person")
        if place is not None and attribution.naming == "named":
            return Speaker(place.text, place, False)
        return None
