"""Claims that the text names no study for what it says `studies show`."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.drafting.found import Found, Missed
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import QUOTED, compiled, verb
from closeread.drafting.sentences import Sentence

_NEAR = 2


def find_no_ground(sentence: Sentence, other: OtherText) -> Iterator[Found | Missed]:
    third, base = verb("mention", "third"), verb("mention", "base")
    say = rf"(?:{third}|{verb('quote', 'third')}|gives)"
    not_ = rf"does\s+not\s+(?:{base}|give|{verb('quote', 'base')})"
    pattern = (
        rf"{other.subject}(?:{say}\s+(?:no|not\s+one)\s+(?P<noun>[a-z]+)|{not_}\s+(?P<one>one|any))(?=\s*(?:$|[.,;:]))"
    )
    for found in compiled(pattern).finditer(sentence.blotted):
        if not other.speaks(sentence, found):
            continue
        noun = found["noun"] or _asked(sentence, other)
        words = _find_words(sentence, other, noun) if noun else None
        if words is not None:
            expect = (
                f'!@statements.exists(s, s.text.contains({quote(words)}) && s.ground in ["document", "named-source"])'
            )
            note = (
                f"Taken for: what “{words}” stands in rests on no document and no named source that the article gives."
            )
            yield Found(*found.span(), other.ask(expect), "draft.no-ground", note)
        elif not compiled(r"(?:one|nobody|sources?)$").match(noun or "one"):
            yield Missed(*found.span(), f"for what no {noun} is named is not told in quotation marks nearby")


def _asked(sentence: Sentence, other: OtherText) -> str | None:
    """`Which studies? She does not name one.`"""
    before = other.paragraphs[sentence.paragraph - 1][: sentence.number - 1]
    found = compiled(r"[Ww](?:hich|hat)\s+(?P<noun>[a-z]+)\?$").search(before[-1].blotted.strip()) if before else None
    return found["noun"] if found else None


def _find_words(sentence: Sentence, other: OtherText, noun: str) -> str | None:
    """Quoted words with that noun, in the sentences right before."""
    stem = noun.removesuffix("ies").removesuffix("s").removesuffix("y")
    paragraph = other.paragraphs[sentence.paragraph - 1]
    for near in reversed(paragraph[max(0, sentence.number - 1 - _NEAR) : sentence.number]):
        for found in compiled(QUOTED).finditer(near.blotted):
            words = near.words(found.start() + 1, found.end() - 1).rstrip(".,;:")
            if compiled(rf"(?i)\b{stem}(?:s|y|ys|ies)?\b").search(words) and len(words.split()) <= 8:
                return words
    return None
