"""Which cue a quoted stretch belongs to: the one beside it, or that of the quotation it goes on with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from closeread.analyses.cues import Cue, phrase_of
from closeread.analyses.ranges import Ranges
from closeread.article import Article, find_words
from closeread.marks import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A quoted stretch of this many words is a quotation even where nothing around it says so.
QUOTED_WORDS = 3
# Code points between a stretch and its cue: `"...," said the long name, title and affiliation of a speaker`.
_GAP = 100
# How many of the attributions that end before a stretch it may go on with.
_NEAR = 3
_STOPS = frozenset(".?!;")
_OPENING = "“\"‘'`«„"

Range = tuple[int, int]


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution in the making; its contents may still overlap. Equal only to itself."""

    rule: str
    cue: Cue | None = None
    contents: list[Range] = field(default_factory=list)

    @property
    def end(self) -> int:
        return max((end for _, end in self.contents), default=-1)

    @property
    def source(self) -> Range | None:
        """The range of the source's noun phrase."""
        if self.cue is None or self.cue.source is None:
            return None
        phrase = phrase_of(self.cue.source)
        return phrase[0].idx, phrase[-1].idx + len(phrase[-1])


class Ties:
    """Ties the stretches of one article to drafts. Ends of sentences are the stops that stand as tokens of their own,
    so that the stop of an abbreviation is none."""

    def __init__(self, doc: Doc, article: Article) -> None:
        self._article = article
        self._text = article.text
        self._stops = [token.idx for token in doc if token.text in _STOPS]

    def tie(self, stretches: Sequence[Stretch], drafts: Sequence[Draft]) -> list[Stretch]:
        """Gives each stretch to the draft whose clause holds it or whose cue stands next to it; returns the others.
        The drafts come in the order of their cues."""
        cues = [draft for draft in drafts if draft.cue and draft.cue.entry]
        starts = [draft.cue.start for draft in cues if draft.cue]
        clauses = Ranges((start, end, draft) for draft in drafts for start, end in draft.contents)
        loose = []
        for stretch in stretches:
            held_by = list(clauses.holding(stretch.start, stretch.end))
            at, beyond = bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)
            before = cues[at - 1] if at else None
            draft = self._choose(stretch, before, cues[beyond] if beyond < len(cues) else None)
            if draft is None:
                loose += [] if held_by else [stretch]
            elif draft not in held_by:
                if draft.rule == "quotations.clause":
                    draft.rule = "quotations.cue-before" if draft is before else "quotations.cue-after"
                draft.contents.append((stretch.start, stretch.end))
        return loose

    def _choose(self, stretch: Stretch, before: Draft | None, after: Draft | None) -> Draft | None:
        """The cue that stands with a stretch. A comma before the closing mark points to what follows."""
        last = self._text[stretch.inner[-1][1] - 1]
        follows = after is not None and last not in ".…" and self._follows(stretch, after)
        leads = before is not None and self._leads(before, stretch)
        if follows and (last in ",?!—–" or not leads):
            return after
        return before if leads else None

    def _follows(self, stretch: Stretch, draft: Draft) -> bool:
        """Whether a cue with its source comes right after a stretch. A stretch that overlaps the source is a part of a
        name or a description, not what is said."""
        source = draft.source
        if draft.cue is None or (source is not None and source[0] < stretch.end and stretch.start < source[1]):
            return False
        return self._near(stretch.end, min(draft.cue.start, source[0] if source else draft.cue.start))

    def _leads(self, draft: Draft, stretch: Stretch) -> bool:
        """Whether a cue leads up to a stretch. A weak one needs a comma or a colon before the mark."""
        cue = draft.cue
        if cue is None or not self._near(cue.end, stretch.start):
            return False
        weak = cue.entry is not None and cue.entry.strength == "weak"
        return not weak or self._text[cue.end : stretch.start].rstrip()[-1:] in (",", ":")

    def _near(self, start: int, end: int) -> bool:
        """Whether only a few words of the same sentence stand between two places."""
        between = self._text[start:end]
        if end - start > _GAP or ("\n" in between.strip(" ") and ":" not in between):
            return False
        return not self._ends_sentence(start, end)

    def _ends_sentence(self, start: int, end: int) -> bool:
        at = bisect_left(self._stops, start)
        return at < len(self._stops) and self._stops[at] < end

    def go_on(self, loose: Sequence[Stretch], drafts: Sequence[Draft]) -> list[Draft]:
        """A stretch that fills its sentence right after a tied quotation goes on with it. Any other of three words or
        more is a draft of its own, without cue: those are returned."""
        kept: list[Draft] = []
        ordered = sorted(drafts, key=lambda draft: draft.end)
        ends = [draft.end for draft in ordered]
        earlier: list[Draft] = []
        for stretch in loose:
            at = bisect_right(ends, stretch.start)
            draft = self._goes_on_with(stretch, [*ordered[max(0, at - _NEAR) : at], *earlier])
            if draft is not None:
                draft.contents.append((stretch.start, stretch.end))
                earlier = [draft]
            elif sum(len(find_words(self._text[start:end])) for start, end in stretch.inner) >= QUOTED_WORDS:
                kept.append(Draft("quotations.no-cue", None, [(stretch.start, stretch.end)]))
        return kept

    def _goes_on_with(self, stretch: Stretch, drafts: Sequence[Draft]) -> Draft | None:
        """The draft whose quotation this one continues: `"A," she said. "B."`, or a paragraph that begins with it."""
        zone = self._article.zone_at(stretch.start)
        if zone is None or zone.kind != "body":
            return None
        before = self._text[zone.start : stretch.start].rstrip(" ")
        if before[-1:] not in ("", ".", "!", "?"):
            return None
        reaching = [draft for draft in drafts if self._reaches(draft, stretch, new_paragraph=not before)]
        return max(reaching, key=lambda draft: draft.end, default=None)

    def _reaches(self, draft: Draft, stretch: Stretch, *, new_paragraph: bool) -> bool:
        """Whether nothing but the end of the cue's sentence lies between a draft and a stretch."""
        if draft.cue is None or not any(self._text[start] in _OPENING for start, _ in draft.contents):
            return False
        edge = max(draft.cue.end, draft.end)
        if draft.source is not None and draft.source[1] <= stretch.start:
            edge = max(edge, draft.source[1])
        between = self._text[edge : stretch.start]
        if edge > stretch.start or len(between) > _GAP or between.count("\n\n") > new_paragraph:
            return False
        return not self._ends_sentence(edge, edge + len(between.rstrip()) - 1)
