"""Who says what: quotations in marks, and what hangs on a cue verb, with the cue and the source.

Quotation marks are hard evidence: a stretch of three words or more is never dropped, with or without a cue.
Indirect speech is found where the parse ties a clause to a cue verb (`said that ...`), and no further.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from closeread.analyses.cues import Cue, find_cues, phrase_of
from closeread.analyses.ranges import Ranges
from closeread.analyses.scare_quotes import Fragments
from closeread.article import Article, Span, find_words
from closeread.findings import Attribution, Mode
from closeread.lexicons import Cue as CueEntry
from closeread.marks import Marks, Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

# A quoted stretch of this many words is a quotation even where nothing around it says so.
QUOTED_WORDS = 3
# Code points between a stretch and its cue: `"...," said the long name, title and affiliation of a speaker`.
_GAP = 100
# How many of the attributions that end before a stretch it may go on with.
_NEAR = 3
_BORDER = " \t\n\u00a0,;:.–—―-"
_CLAUSES = ("ccomp", "xcomp")

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


def find_quotations(doc: Doc, article: Article, marks: Marks, fragments: Fragments) -> tuple[Attribution, ...]:
    """All attributions in the order of the text. Speakers and confidence come later, from
    `speakers.link_speakers` and `confidence.rate_attributions`."""
    drafts = [Draft("quotations.clause", cue) for cue in find_cues(doc, marks)]
    for draft in drafts:
        draft.contents += _find_clauses(draft.cue) if draft.cue else []
    candidates = [stretch for stretch in marks.stretches if not fragments.is_title(stretch)]
    loose = _tie_stretches(article, candidates, drafts)
    drafts = [draft for draft in drafts if draft.contents]
    drafts += _continue_or_keep(article, [stretch for stretch in loose if not fragments.is_fragment(stretch)], drafts)
    builder = _Builder(article, marks)
    spoken = [built for draft in drafts if (built := builder.build(draft))]
    spoken.sort(key=lambda item: (item.contents[0], item.contents[-1], item.cue or item.contents[0]))
    return tuple(builder.count(spoken))


def _find_clauses(cue: Cue) -> Iterator[Range]:
    """What the parse ties to the cue: its clausal complement, or the sentence around a cue set in between."""
    verb = cue.token
    if cue.entry is None:
        yield from _around(cue, verb.sent, verb.left_edge.i, verb.right_edge.i)
        return
    for child in verb.children:
        if _is_content(cue.entry, child):
            yield _clause(cue, child)
    if cue.source is not None and (verb.dep_ == "parataxis" or (verb.dep_ == "ccomp" and verb.head.i > verb.i)):
        source = phrase_of(cue.source)
        yield from _around(cue, verb.sent, min(source[0].i, verb.i), max(source[-1].i, verb.i))


def _is_content(entry: CueEntry, child: Token) -> bool:
    """A that-clause; an infinitive too (`vowed to fight`). A weak cue needs the word `that`."""
    if "quote" not in entry.frames or child.dep_ not in _CLAUSES or child.left_edge == child.right_edge:
        return False
    if entry.strength == "weak":
        return child.left_edge.lower_ == "that"
    return child.dep_ == "ccomp" or child.left_edge.lower_ == "to"


def _clause(cue: Cue, child: Token) -> Range:
    """The subtree of a complement, cut where the cue and its source begin or end."""
    first, last = child.left_edge.i, child.right_edge.i
    if child.i < cue.token.i:
        source = phrase_of(cue.source)[0].i if cue.source is not None else cue.token.i
        last = min(last, (source if source > child.i else cue.token.i) - 1, cue.token.i - 1)
    else:
        first = max(first, cue.token.i + 1)
    doc = child.doc
    return doc[first].idx, doc[last].idx + len(doc[last])


def _around(cue: Cue, sentence: Phrase, first: int, last: int) -> Iterator[Range]:
    """The sentence without the tokens `first` to `last`, as the piece before and the piece after."""
    before = [token for token in sentence if token.i < first]
    after = [token for token in sentence if token.i > last]
    for piece in (before, after):
        if len(piece) > 1:
            yield piece[0].idx, piece[-1].idx + len(piece[-1])


def _tie_stretches(article: Article, stretches: Sequence[Stretch], drafts: Sequence[Draft]) -> list[Stretch]:
    """Gives each stretch to the draft whose clause holds it or whose cue stands next to it; returns the others."""
    cues = [(draft.cue.start, draft) for draft in drafts if draft.cue and draft.cue.entry]
    starts = [start for start, _ in cues]
    clauses = Ranges((start, end, draft) for draft in drafts for start, end in draft.contents)
    loose = []
    for stretch in stretches:
        held_by = list(clauses.holding(stretch.start, stretch.end))
        at = bisect_left(starts, stretch.start)
        before = cues[at - 1][1] if at else None
        beyond = bisect_left(starts, stretch.end)
        after = cues[beyond][1] if beyond < len(cues) else None
        draft = _choose(article, stretch, before, after)
        if draft is None:
            loose += [] if held_by else [stretch]
        elif draft not in held_by:
            if draft.rule == "quotations.clause":
                draft.rule = "quotations.cue-before" if draft is before else "quotations.cue-after"
            draft.contents.append((stretch.start, stretch.end))
    return loose


def _choose(article: Article, stretch: Stretch, before: Draft | None, after: Draft | None) -> Draft | None:
    """The cue that stands with a stretch. A comma before the closing mark points to what follows."""
    text = article.text
    last = text[stretch.inner[-1][1] - 1]
    ended = last in ".…" or text[stretch.end : stretch.end + 1] in (".", "!", "?", ";")
    follows = after is not None and _near(text, stretch.end, _first(after), opened=not ended)
    leads = before is not None and _leads(text, before, stretch)
    if follows and (last in ",?!—–" or not leads):
        return after
    return before if leads else None


def _leads(text: str, draft: Draft, stretch: Stretch) -> bool:
    """Whether a cue leads up to a stretch. A weak one needs a comma or a colon before the mark."""
    cue = draft.cue
    if cue is None or not _near(text, cue.end, stretch.start, opened=True):
        return False
    return not _is_weak(cue) or text[cue.end : stretch.start].rstrip()[-1:] in (",", ":")


def _is_weak(cue: Cue) -> bool:
    return cue.entry is not None and cue.entry.strength == "weak"


def _first(draft: Draft) -> int:
    """Where cue and source together begin."""
    if draft.cue is None:
        raise ValueError("a draft without a cue stands next to nothing")
    if draft.cue.source is None:
        return draft.cue.start
    return min(draft.cue.start, phrase_of(draft.cue.source)[0].idx)


def _near(text: str, start: int, end: int, *, opened: bool) -> bool:
    """Whether only a few words of the same sentence stand between two places."""
    between = text[start:end]
    new_line = "\n" in between.strip(" ") and ":" not in between
    if not opened or end - start > _GAP or new_line:
        return False
    return not _ends_sentence(between)


def _ends_sentence(text: str) -> bool:
    """Whether a sentence ends in the text: a stop after a word too long for an abbreviation."""
    return any(word[-1] in "?!;" or (word[-1] == "." and len(word) > 4) for word in text.split())


def _continue_or_keep(article: Article, loose: Sequence[Stretch], drafts: Sequence[Draft]) -> list[Draft]:
    """A stretch that fills its sentence right after a tied quotation goes on with it; any other of three words or
    more stands alone, without cue."""
    kept: list[Draft] = []
    ordered = sorted(drafts, key=lambda draft: draft.end)
    ends = [draft.end for draft in ordered]
    earlier = None
    for stretch in loose:
        at = bisect_right(ends, stretch.start)
        near = ordered[max(0, at - _NEAR) : at] + ([earlier] if earlier else [])
        found = _goes_on(article, stretch, near)
        if found is not None:
            found.contents.append((stretch.start, stretch.end))
            earlier = found
        elif _count_words(article, stretch) >= QUOTED_WORDS:
            kept.append(Draft("quotations.no-cue", None, [(stretch.start, stretch.end)]))
    return kept


def _goes_on(article: Article, stretch: Stretch, drafts: Sequence[Draft]) -> Draft | None:
    """The draft whose quotation this stretch continues: `"A," she said. "B."` or a paragraph of its own after it."""
    zone = article.zone_at(stretch.start)
    if zone is None or zone.kind != "body" or _count_words(article, stretch) < QUOTED_WORDS:
        return None
    before = article.text[zone.start : stretch.start].rstrip(" ")
    if before[-1:] not in ("", ".", "!", "?"):
        return None
    return max(
        (draft for draft in drafts if _reaches(article, draft, stretch, new_paragraph=not before)),
        key=lambda draft: draft.end,
        default=None,
    )


def _reaches(article: Article, draft: Draft, stretch: Stretch, *, new_paragraph: bool) -> bool:
    """Whether nothing but the end of the cue's sentence lies between a draft and a stretch."""
    if draft.cue is None or not any(article.text[start] in "“\"‘'`" for start, _ in draft.contents):
        return False
    edge = max(draft.cue.end, draft.end)
    if draft.cue.source is not None:
        last = phrase_of(draft.cue.source)[-1]
        edge = max(edge, last.idx + len(last)) if last.idx < stretch.start else edge
    between = article.text[edge : stretch.start]
    paragraphs = between.count("\n\n")
    if edge > stretch.start or len(between) > _GAP or paragraphs > new_paragraph:
        return False
    return not _ends_sentence(between.strip()[:-1])


def _count_words(article: Article, stretch: Stretch) -> int:
    return sum(len(find_words(article.text[start:end])) for start, end in stretch.inner)


class _Builder:
    """Turns drafts into attributions: merges contents, trims borders, counts words."""

    def __init__(self, article: Article, marks: Marks) -> None:
        self.article = article
        self.inner = sorted(inner for stretch in marks.stretches for inner in stretch.inner)

    def build(self, draft: Draft) -> Attribution | None:
        contents = [span for start, end in _merge(draft.contents) if (span := self._trim(start, end))]
        if not contents:
            return None
        quoted = [is_quoted for _, is_quoted in self.words_of(contents)]
        mode: Mode = "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"
        cue = self.article.span(draft.cue.start, draft.cue.end) if draft.cue else None
        sources = self._sources(draft.cue)
        return Attribution(
            id="",
            mode=mode,
            contents=tuple(contents),
            sources=sources,
            cue=cue,
            speaker=None,
            naming="none",
            quoted_words=0,
            reported_words=0,
            rule=draft.rule,
            confidence=0.0,
            certain=False,
        )

    def _trim(self, start: int, end: int) -> Span | None:
        """Cuts blanks and punctuation off both ends, and leaves the marks of a quotation on."""
        text = self.article.text
        while start < end and text[start] in _BORDER:
            start += 1
        while end > start and text[end - 1] in _BORDER:
            end -= 1
        return self.article.span(start, end) if find_words(text[start:end]) else None

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
            yield replace(
                attribution,
                id=f"q{index + 1}",
                quoted_words=counts[index, True],
                reported_words=counts[index, False],
            )

    def _sources(self, cue: Cue | None) -> tuple[Span, ...]:
        if cue is None or cue.source is None:
            return ()
        phrase = phrase_of(cue.source)
        span = self._trim(phrase[0].idx, phrase[-1].idx + len(phrase[-1]))
        return (span,) if span else ()


def _merge(ranges: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
