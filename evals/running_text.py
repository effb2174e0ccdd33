"""Tokens of a corpus as running text, with the place of each token in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

PARAGRAPH = "\n\n"
# Tokens that stand close to the word before them, and those that stand close to the word after them.
_CLOSING = re.compile(r"[,.;:?!)\]%”’/]|\.\.\.|''|n['’]t|['’]s?|['’](?:re|ve|ll|d|m)")
_OPENING = re.compile(r"[(\[“‘`#/£€]|[A-Z]*\$|``|O'")
# Words that the tokens cut after an apostrophe: `I'` `m`, `we` `'` `re`.
_CUT = re.compile(r"\w*['’]")
_REST = re.compile(r"s|t|re|ve|ll|d|m")


@dataclass(slots=True)
class RunningText:
    """A text that grows by sentences. `places` has one range for each token; `glued` tokens stand close to both
    neighbours (the hyphen, where the corpus cuts `one-on-one` in five)."""

    glued: frozenset[str] = frozenset()
    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    is_open: bool = False

    def add(self, tokens: Sequence[str], gap: str) -> None:
        """One sentence, behind `gap` where it is not the first."""
        self.text += gap if self.text else ""
        before = "("
        for token in tokens:
            is_opening = self._opens_marks(token)
            self.text += "" if self._is_close(before, token, is_opening) else " "
            start = len(self.text)
            self.text += re.sub("``|''", '"', token).replace("`", "'")
            self.places.append((start, len(self.text)))
            before = "``" if token == '"' and is_opening else token
            self.is_open = is_opening or (self.is_open and token not in ('"', "''", "”"))

    def _opens_marks(self, token: str) -> bool:
        """Whether double marks open at a token: straight ones open and close by turns."""
        return not self.is_open if token == '"' else token.startswith(("``", "“")) or bool(re.match(r"''\w", token))

    def _is_close(self, before: str, token: str, is_opening: bool) -> bool:
        """Whether no space stands between two tokens."""
        if _OPENING.fullmatch(before) or (token == '"' and not is_opening) or {before, token} & self.glued:
            return True
        return bool(_CLOSING.fullmatch(token) or (_CUT.fullmatch(before) and _REST.fullmatch(token)))
