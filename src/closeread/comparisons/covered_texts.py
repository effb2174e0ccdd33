"""One text of several on an event, made ready to be asked what it has and in whose voice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from closeread.article import Span, count_words
from closeread.comparisons.matrix import Cell, CellState, Extent, SharedWords
from closeread.comparisons.tellings import Teller
from closeread.findings import Reading, Voice

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Notes and notices about a mark or a byte, not about what the text has.
_HARMLESS = frozenset({"marks.unopened", "marks.unclosed", "intake.damaged", "intake.mojibake"})
_ORDER: tuple[Voice, ...] = ("own", "reported", "quoted")


class CoveredText:
    """`shared` gives the `SharedActor.id` of each actor of the reading."""

    def __init__(self, reading: Reading, shared: Mapping[str, str]) -> None:
        self.reading, self.article, self.shared = reading, reading.article, shared
        self.id = reading.article.id

    @cached_property
    def teller(self) -> Teller:
        return Teller(self.reading, self.shared)

    @cached_property
    def _voiced(self) -> list[tuple[int, int, Voice]]:
        """Places with a voice of their own, the widest first, so that a later one stands inside an earlier one."""
        placed: list[tuple[int, int, Voice]] = []
        for spoken in self.reading.attributions:
            voice: Voice = "quoted" if spoken.mode == "direct" else "reported"
            placed += [(place.start, place.end, voice) for place in spoken.contents]
        placed += [(each.place.start, each.place.end, each.voice) for each in self.reading.statements]
        return sorted(placed, key=lambda each: (each[0], -each[1]))

    def voice_at(self, offset: int) -> Voice:
        """That of the innermost statement or quotation around a place; own where there is none."""
        last = bisect_right(self._voiced, offset, key=lambda each: each[0])
        around = [(end - start, voice) for start, end, voice in self._voiced[:last] if offset < end]
        return min(around)[1] if around else "own"

    def to_cell(
        self,
        state: CellState,
        places: Iterable[Span],
        voices: Iterable[Voice] = (),
        *,
        score: float | None = None,
        aligned: Sequence[SharedWords] = (),
    ) -> Cell:
        """The voices are told from the places where none are given."""
        ordered = tuple(sorted({Span(each.start, each.end, each.text) for each in places}))
        heard = set(voices) or {self.voice_at(each.start) for each in ordered}
        zones = [zone for each in ordered if (zone := self.article.zone_at(each.start))]
        shares = [share for each in ordered if (share := self.article.share_before(each.start)) is not None]
        return Cell(
            self.id,
            state,
            tuple(voice for voice in _ORDER if voice in heard),
            min(shares, default=None),
            any(zone.kind == "headline" for zone in zones),
            any(zone == self.article.lead for zone in zones),
            ordered,
            score,
            tuple(sorted(set(aligned))),
        )

    def absent(self, score: float | None = None) -> Cell:
        return Cell(self.id, "not-found", (), None, False, False, (), score)

    @property
    def extent(self) -> Extent:
        article, attributions = self.article, self.reading.attributions
        rules = {note.rule for note in article.notes} | {notice.rule for notice in self.reading.notices}
        return Extent(
            self.id,
            article.source,
            article.date,
            article.completeness,
            tuple(sorted(rules - _HARMLESS)),
            sum(count_words(zone.text) for zone in article.body),
            len(attributions),
            sum(each.certain for each in attributions) / len(attributions) if attributions else None,
            "language.not-english" not in rules,
        )


def day_of(reading: Reading) -> str | None:
    found = _DAY.match(reading.article.date or "")
    return found[0] if found else None


def order_readings(readings: Sequence[Reading]) -> list[Reading]:
    """By day, then by source and text; those without a day last."""
    return sorted(
        readings,
        key=lambda each: (day_of(each) or "~", each.article.source, each.article.date or "", each.article.text),
    )
