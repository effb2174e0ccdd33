"""Characters that do not show themselves: they are made visible, and cannot reorder what stands around them."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_HIDDEN_CLASS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls except tab and line feed
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers, letter marks
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, line separators, bidirectional controls
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"  # fillers, annotation anchors, tags
)
# A zero-width joiner inside an emoji is part of a picture that shows itself.
_HIDDEN = re.compile(f"[{_HIDDEN_CLASS}]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_SHOWN = Markup('<span class="cp" data-cp="{}">{}</span>')


def show_hidden(text: str) -> Markup:
    """The text, escaped, each hidden character in an element that names it. Its `textContent` is `text`."""
    parts, done = [], 0
    for match in _HIDDEN.finditer(text):
        parts.append(escape(text[done : match.start()]))
        parts.append(_SHOWN.format(_code_point(match[0]), _as_reference(match[0])))
        done = match.end()
    parts.append(escape(text[done:]))
    return Markup("").join(parts)


def show(text: object) -> Markup:
    """Words of the article outside the article: escaped, hidden characters named, direction isolated."""
    return Markup("<bdi>{}</bdi>").format(show_hidden(str(text)))


def spell_hidden(text: object) -> str:
    """For attributes and the window title, where no element can stand: `U+202E` in place of the character."""
    return _HIDDEN.sub(lambda match: f"[{_code_point(match[0])}]", str(text))


def excerpt(text: str, limit: int = 72) -> str:
    """The first words of a place, at most `limit` code points; white space is made single."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _as_reference(character: str) -> Markup:
    """A bare carriage return would be read back as a line feed; U+0000 has no form in HTML at all."""
    return {"\r": Markup("&#13;"), "\0": Markup("\ufffd")}.get(character, escape(character))
