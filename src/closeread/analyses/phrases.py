"""Entries of the word lists in a text: one word by its form or lemma, or several words in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeread.lexicons.rows import MarkerPart

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS: dict[str, MarkerPart] = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective", "ADV": "adverb"}


def match_words(token: Token, words: str, part: MarkerPart | None) -> Token | None:
    """The last token of the entry that begins at `token`, which was looked up by its first word; None where the words
    do not go on so, or it is another part of speech."""
    last = token
    for word in words.split()[1:]:
        if last.i + 1 >= len(token.doc) or last.nbor().lower_ != word:
            return None
        last = last.nbor()
    return last if part is None or _part_of(token) == part else None


def _part_of(token: Token) -> MarkerPart | None:
    return "modal" if token.tag_ == "MD" else _PARTS.get(token.pos_)
