"""Short stretches in quotation marks that are not the quotation of a whole statement, in three classes.

Irony is not claimed: the class says whether somebody is said to have used the words, nobody, or whether they are
the title of a work or a term.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from closeread.analyses.ranges import Ranges
from closeread.article import Article, find_words
from closeread.findings import Attribution, ScareQuote, ScareQuoteKind
from closeread.lexicons import load_title_cues
from closeread.marks import Marks, Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Longer stretches are quotations in nearly all cases: of the double-quoted stretches of PolNeAR train that belong
# to no attribution, 9 in 10 have at most this many words.
FRAGMENT_WORDS = 5
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_LOOK_BACK = 40


def find_scare_quotes(
    article: Article, marks: Marks, fragments: Fragments, attributions: Sequence[Attribution]
) -> tuple[ScareQuote, ...]:
    """All short stretches, in the order of the text."""
    contents = Ranges((content.start, content.end, held) for held in attributions for content in held.contents)
    found: list[ScareQuote] = []
    for stretch in marks.stretches:
        if not fragments.is_fragment(stretch):
            continue
        holder = next(contents.holding(*stretch.inner[0]), None)
        kind, rule = fragments.classify(stretch, holder)
        place = article.span(stretch.start, stretch.end)
        attribution = holder.id if holder and kind == "attributed-fragment" else None
        found.append(ScareQuote(f"s{len(found) + 1}", kind, place, attribution, rule))
    return tuple(found)


class Fragments:
    """Tells fragments from statements: few words, no finite verb, not a sentence of its own."""

    def __init__(self, doc: Doc, article: Article) -> None:
        self.text = article.text
        self.article = article
        self._finite = [token.idx for token in doc if token.tag_ in _FINITE]

    def is_fragment(self, stretch: Stretch) -> bool:
        start, end = stretch.inner[0]
        words = find_words(self.text[start:end])
        if not stretch.closed or len(stretch.pieces) > 1 or not 0 < len(words) <= FRAGMENT_WORDS:
            return False
        at = bisect_left(self._finite, start)
        return (at == len(self._finite) or self._finite[at] >= end) and not self._is_sentence(stretch)

    def _is_sentence(self, stretch: Stretch) -> bool:
        """`“No deal,” she said` and `He said: “Nonsense.”`: a capital after a break, a stop before the mark."""
        start, end = stretch.inner[0]
        before = self.text[: stretch.start].rstrip(" ")[-1:] or "\n"
        return self.text[start].isupper() and self.text[end - 1] in ".,!?" and before in "\n,:.!?"

    def classify(self, stretch: Stretch, holder: Attribution | None) -> tuple[ScareQuoteKind, str]:
        if self._follows_title_cue(stretch):
            return "title-or-term", "scare-quotes.title-cue"
        if holder is not None and holder.sources:
            return "attributed-fragment", "scare-quotes.in-attribution"
        if self._is_title_case(stretch):
            return "title-or-term", "scare-quotes.title-case"
        return "unattributed-fragment", "scare-quotes.no-attribution"

    def is_title(self, stretch: Stretch) -> bool:
        """Whether a fragment is announced as a title or a term, and so quotes nobody."""
        return self.is_fragment(stretch) and self._follows_title_cue(stretch)

    def _follows_title_cue(self, stretch: Stretch) -> bool:
        """A word such as `titled`, `the film` or `the term` right before the mark."""
        before = self.text[max(0, stretch.start - _LOOK_BACK) : stretch.start].rstrip(" ,").lower()
        return any(before.endswith(cue) and not before[: -len(cue)][-1:].isalnum() for cue in _title_cues())

    def _is_title_case(self, stretch: Stretch) -> bool:
        start, end = stretch.inner[0]
        words = [self.text[start + a : start + b] for a, b in find_words(self.text[start:end])]
        capitals = sum(word[0].isupper() for word in words)
        return capitals > 1 and words[0][0].isupper() and all(w[0].isupper() or len(w) < 4 for w in words)


@cache
def _title_cues() -> tuple[str, ...]:
    return tuple(cue.cue.lower() for cue in load_title_cues())
