"""Who says what: attributions as the encoder finds them, held against the quotation marks.

Quotation marks are hard evidence: a stretch of three words or more is never dropped, whatever the encoder says; a
short fragment that nobody is said to have spoken is a scare quote.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from closeread.analyses.scare_quotes import Fragments
from closeread.article import Article, Span, find_words
from closeread.encoder.decode import Found, Range
from closeread.findings import Attribution, Mode
from closeread.marks import Marks

# A quoted stretch of this many words is a quotation even where nothing around it says so.
QUOTED_WORDS = 3
# Share of the stretches that the encoder gives to nobody which are whole attributions: 1 of 10 in the months of
# PolNeAR train that it has not seen.
MARKS_ALONE = 0.1
_BESIDE = frozenset({"byline", "date", "outlet"})
_BRACKETS = {")": "(", "]": "["}


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution in the making, with the one that holds it."""

    found: Found
    rule: str
    outer: Draft | None = None


def find_quotations(
    article: Article,
    marks: Marks,
    fragments: Fragments,
    *,
    found: Sequence[Found],
    nested: Sequence[Sequence[Found]],
    turns: Sequence[Found] = (),
    certain: float,
) -> tuple[Attribution, ...]:
    """All attributions in the order of the text; `nested` holds those inside each one of `found`, `turns` are those of
    them that are turns of a transcript, and `certain` is the confidence from which one is certain. Speakers and the
    qualities of the cue come later."""
    drafts: list[Draft] = []
    for spoken, inner in zip(found, nested, strict=True):
        alone = "quotations.transcript" if spoken in turns else "quotations.no-cue"
        outer = Draft(spoken, "quotations.cue" if spoken.cue else alone)
        drafts += [outer, *(Draft(each, "quotations.nested", outer) for each in inner)]
    _complete(drafts, marks)
    drafts += [Draft(each, "quotations.marks") for each in _unclaimed(article, marks, fragments, drafts)]
    builder = _Builder(article, marks)
    built = [(draft, attribution) for draft in drafts if (attribution := builder.build(draft, certain))]
    built.sort(key=lambda pair: (pair[1].contents[0].start, -pair[1].contents[-1].end, pair[0].outer is not None))
    return _number(built, builder)


class _Claims:
    """Answers which attribution has words of a place. Only those that stand in no other are asked: their contents do
    not overlap, and they hold those of the others."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        outer = [draft for draft in drafts if draft.outer is None]
        self._held = sorted(((place, draft) for draft in outer for place in draft.found.contents), key=itemgetter(0))
        self._starts = [start for (start, _), _ in self._held]

    def holder(self, start: int, end: int) -> Draft | None:
        at = bisect_left(self._starts, end) - 1
        return self._held[at][1] if at >= 0 and self._held[at][0][1] > start else None


def _complete(drafts: Sequence[Draft], marks: Marks) -> None:
    """A quotation that runs through several paragraphs has one speaker: paragraphs of it that no content touches join
    the attribution that has another."""
    claims = _Claims(drafts)
    for stretch in marks.stretches:
        holders = [claims.holder(*piece) for piece in stretch.pieces]
        holder = next((draft for draft in holders if draft is not None), None)
        free = [piece for piece, held in zip(stretch.pieces, holders, strict=True) if held is None]
        if holder is not None and free:
            holder.found = replace(holder.found, contents=tuple(sorted((*holder.found.contents, *free))))


def _unclaimed(article: Article, marks: Marks, fragments: Fragments, drafts: Sequence[Draft]) -> Iterator[Found]:
    """Stretches in marks that no content touches."""
    claims = _Claims(drafts)
    for stretch in marks.stretches:
        if any(claims.holder(*piece) for piece in stretch.pieces):
            continue
        words = sum(len(find_words(article.text[start:end])) for start, end in stretch.inner)
        if words >= QUOTED_WORDS and not fragments.is_fragment(stretch) and not fragments.is_title(stretch):
            yield Found(tuple(stretch.pieces), confidence=MARKS_ALONE)


def _number(built: Sequence[tuple[Draft, Attribution]], builder: _Builder) -> tuple[Attribution, ...]:
    ids = {id(draft): f"q{index}" for index, (draft, _) in enumerate(built, 1)}
    counted = builder.count([attribution for _, attribution in built])
    return tuple(
        replace(attribution, id=ids[id(draft)], within=ids.get(id(draft.outer)))
        for (draft, _), attribution in zip(built, counted, strict=True)
    )


class _Builder:
    """Turns drafts into attributions: takes marks in, cuts at paragraphs, counts words."""

    def __init__(self, article: Article, marks: Marks) -> None:
        self.article = article
        self._zones = [zone.start for zone in article.zones]
        self.inner = sorted(inner for stretch in marks.stretches for inner in stretch.inner)
        self._pieces = sorted(
            pair for stretch in marks.stretches for pair in zip(stretch.pieces, stretch.inner, strict=True)
        )
        self._starts = [piece[0] for piece, _ in self._pieces]

    def build(self, draft: Draft, certain: float) -> Attribution | None:
        """None where no word of the contents stands in a headline, a caption or the body."""
        found = draft.found
        contents = tuple(self.article.span(*place) for place in self._places(found.contents))
        if not contents:
            return None
        quoted = [is_quoted for _, is_quoted in self.words_of(contents)]
        mode: Mode = "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"
        confidence = round(found.confidence, 4)
        return Attribution(
            id="",
            mode=mode,
            contents=contents,
            sources=(self.article.span(*self._close(found.source)),) if found.source else (),
            cue=self.article.span(*found.cue) if found.cue else None,
            speaker=None,
            naming="none",
            quoted_words=0,
            reported_words=0,
            rule=draft.rule,
            confidence=confidence,
            certain=confidence >= certain and draft.outer is None,
        )

    def _places(self, contents: Sequence[Range]) -> Iterator[Range]:
        """The contents, one range per paragraph, with the marks that stand at their borders."""
        for start, end in contents:
            at = max(0, bisect_right(self._zones, start) - 1)
            for zone in self.article.zones[at : bisect_left(self._zones, end)]:
                first, last = max(start, zone.start), min(end, zone.end)
                if first < last and zone.kind not in _BESIDE and find_words(self.article.text[first:last]):
                    yield self._with_marks(first, last)

    def _with_marks(self, start: int, end: int) -> Range:
        """A range that begins with the first word inside marks, or ends with the last one, takes them in."""
        text = self.article.text
        at = bisect_right(self._starts, start) - 1
        if at >= 0:
            (first, _), (inner, _) = self._pieces[at]
            if first <= start and not find_words(text[inner:start]):
                start = first
        at = bisect_left(self._starts, end) - 1
        if at >= 0:
            (_, last), (_, inner) = self._pieces[at]
            if inner >= end and not find_words(text[end:inner]):
                end = last
        return start, end

    def _close(self, place: Range) -> Range:
        """A source such as `Ann Lee (R-Ohio` takes in the bracket that closes it."""
        start, end = place
        bracket = _BRACKETS.get(self.article.text[end : end + 1], "")
        return (start, end + 1) if bracket and bracket in self.article.text[start:end] else place

    def words_of(self, contents: Sequence[Span]) -> Iterator[tuple[int, bool]]:
        """Where each word begins, and whether it stands inside marks."""
        for span in contents:
            for start, _ in find_words(span.text):
                at = bisect_left(self.inner, (span.start + start + 1, 0)) - 1
                yield span.start + start, at >= 0 and span.start + start < self.inner[at][1]

    def count(self, spoken: Sequence[Attribution]) -> Iterator[Attribution]:
        """The attributions with their words counted. A word of several contents counts for the shortest."""
        holder: dict[int, int] = {}
        quoted: dict[int, bool] = {}
        for index in sorted(range(len(spoken)), key=lambda index: -sum(len(c.text) for c in spoken[index].contents)):
            for offset, is_quoted in self.words_of(spoken[index].contents):
                holder[offset], quoted[offset] = index, is_quoted
        counts = Counter((index, quoted[offset]) for offset, index in holder.items())
        for index, attribution in enumerate(spoken):
            yield replace(attribution, quoted_words=counts[index, True], reported_words=counts[index, False])
