"""In whose voice a place stands: the writer's own, quoted, or reported (design: three voices, kept apart)."""

from __future__ import annotations

from collections.abc import Sequence

from closeread.article import Article
from closeread.findings import Attribution, Voice
from closeread.marks import Marks

_OWN, _REPORTED, _QUOTED = range(3)
_NAMES: tuple[Voice, ...] = ("own", "reported", "quoted")
_WRITER = frozenset({"i", "we", "me"})


class Voices:
    """Answers `voice_at` for one article: quoted is inside the marks of an attribution, reported is the rest of a
    content, own is everything else: scare quotes that nobody is said to have spoken, what the writer says to think
    or to have said, and the speech that somebody declines (`to comment`)."""

    def __init__(self, article: Article, marks: Marks, attributions: Sequence[Attribution]) -> None:
        self._voice = bytearray(len(article.text))
        for attribution in attributions:
            if _is_own(attribution):
                continue
            for content in attribution.contents:
                self._fill(content.start, content.end, _REPORTED)
        for stretch in marks.stretches:
            for start, end in stretch.pieces:
                if self._voice[min(start + 1, end - 1)] == _REPORTED:
                    self._fill(start, end, _QUOTED)

    def _fill(self, start: int, end: int, voice: int) -> None:
        self._voice[start:end] = bytes([voice]) * (end - start)

    def voice_at(self, offset: int) -> Voice:
        return _NAMES[self._voice[offset]]


def _is_own(attribution: Attribution) -> bool:
    """Whether the words of a content are the writer's, outside marks."""
    if attribution.mode != "indirect":
        return False
    declined = attribution.negated and attribution.contents[0].text.lower().startswith("to ")
    return declined or any(source.text.lower() in _WRITER for source in attribution.sources)
