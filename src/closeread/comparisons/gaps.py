"""What lies between two words of an original that a quotation puts next to each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from closeread.comparisons.originals import Original

# From here on, words left out without an ellipsis part two separate places.
LONGEST_DROP = 20


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of the quotation (index of its unit) and the same word of an original (its number, index of its unit)."""

    here: int
    source: int
    there: int


class Gaps:
    def __init__(self, originals: Sequence[Original]) -> None:
        self._originals = originals

    def number_pieces(self, anchors: Sequence[Anchor]) -> list[int]:
        """For each anchor the number of the piece it belongs to: a piece is in one place of one original."""
        numbers = [0]
        for first, second in itertools.pairwise(anchors):
            numbers.append(numbers[-1] + self.is_apart(first, second))
        return numbers

    def is_apart(self, first: Anchor, second: Anchor) -> bool:
        if first.source != second.source:
            return True
        if second.there <= first.there:
            original = self._originals[first.source]
            return original.sentence_at(first.there) != original.sentence_at(second.there)
        gap = self.spoken_gap(first, second)
        if not gap:
            return False
        original = self._originals[first.source]
        start, end = original.wording.units[first.there].end, original.wording.units[second.there].start
        if self.is_interrupted(first, second):
            return len(gap) > LONGEST_DROP
        return (
            len(gap) > LONGEST_DROP
            or original.sentences.count_whole(start, end) > 0
            or self.changes_speaker(first, second)
        )

    def changes_speaker(self, first: Anchor, second: Anchor) -> bool:
        return len(self.speakers_between(first, second)) > 1

    def speakers_between(self, first: Anchor, second: Anchor) -> list[str]:
        """Who speaks from one word of an original to another, each once, in order."""
        original = self._originals[first.source]
        start, end = original.wording.units[first.there].start, original.wording.units[second.there].end
        found = sorted(original.speeches.overlapping(start, end), key=lambda pair: pair[0].start)
        speakers = (original.speeches.speaker_of(each) for _, each in found)
        return list(dict.fromkeys(speaker.name for speaker in speakers if speaker))

    def spoken_gap(self, first: Anchor, second: Anchor) -> tuple[int, ...]:
        """The units of the original between two words, without the notes of a transcript; of an interrupted speech only
        those inside the marks."""
        original = self._originals[first.source]
        gap = tuple(at for at in range(first.there + 1, second.there) if not original.is_note(at))
        if self.is_interrupted(first, second):
            return tuple(unit for unit in gap if original.stretch_at(unit) is not None)
        return gap

    def is_interrupted(self, first: Anchor, second: Anchor) -> bool:
        """Whether both words stand in marks, of two stretches, of one speaker."""
        original = self._originals[first.source]
        stretches = original.stretch_at(first.there), original.stretch_at(second.there)
        if None in stretches or stretches[0] == stretches[1] or second.there <= first.there:
            return False
        speakers = self.speakers_between(first, second)
        start, end = original.wording.units[first.there].end, original.wording.units[second.there].start
        return len(speakers) < 2 and (bool(speakers) or "\n" not in original.article.text[start:end])
