"""Who says what: quotations in marks, and what hangs on a cue verb, with the cue and the source.

Quotation marks are hard evidence: a stretch of three words or more is never dropped, with or without a cue; a short
fragment that nobody is said to have spoken is a scare quote.
Indirect speech is found where the parse ties a clause to a cue verb (`said that ...`), and no further.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.cues import Cue, find_cues, phrase_of
from closeread.analyses.scare_quotes import Fragments
from closeread.analyses.ties import Draft, Range, Ties
from closeread.article import Article, Span, find_words
from closeread.findings import Attribution, Mode
from closeread.lexicons import Cue as CueEntry
from closeread.marks import Marks

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_BORDER = " \t\n\u00a0,;:.–—―-"
_CLAUSES = ("ccomp", "xcomp")


def find_quotations(doc: Doc, article: Article, marks: Marks, fragments: Fragments) -> tuple[Attribution, ...]:
    """All attributions in the order of the text. Speakers and confidence come later, from
    `speakers.link_speakers` and `confidence.rate_attributions`."""
    drafts = [Draft("quotations.clause", cue) for cue in find_cues(doc, marks)]
    for draft in drafts:
        draft.contents += _find_clauses(draft.cue) if draft.cue else []
    candidates = [stretch for stretch in marks.stretches if not fragments.is_title(stretch)]
    ties = Ties(doc, article)
    loose = [stretch for stretch in ties.tie(candidates, drafts) if not fragments.is_fragment(stretch)]
    drafts = [draft for draft in drafts if draft.contents]
    drafts += ties.go_on(loose, drafts)
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
        first = min(source[0].i, verb.i)
        if first > verb.sent.start and verb.doc[first - 1].is_punct:  # set in: `the plan, he said, is dead`
            yield from _around(cue, verb.sent, first, max(source[-1].i, verb.i))


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


class _Builder:
    """Turns drafts into attributions: merges contents, trims borders, counts words."""

    def __init__(self, article: Article, marks: Marks) -> None:
        self.article = article
        self.closing = {stretch.inner[-1][1]: (stretch.start, stretch.end) for stretch in marks.stretches}
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
        end = phrase[-1].idx + len(phrase[-1])
        clause = cue.token.left_edge.idx
        if phrase[0].idx < clause < end:  # `the mayor, who said ...`: the source ends where its clause begins
            end = clause
        elif end in self.closing and phrase[0].idx <= self.closing[end][0]:
            end = self.closing[end][1]  # a title in marks ends the source: its closing mark belongs to it
        span = self._trim(phrase[0].idx, end)
        return (span,) if span else ()


def _merge(ranges: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
