"""Bytes -> the decoded source: by its mark, as UTF-8, as the page declares, as Windows-1252, else by a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from closeread.article import Note, ReadError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that text has no use for; one in twenty, and more than a few, mean that the bytes are no text.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROL_SHARE = 0.05
FEW_CONTROLS = 8
# Bytes looked at to see whether they are text.
WINDOW = 65_536
# What Windows-1252 makes of another encoding: a symbol or a capital with an accent between lower-case letters
# (Mac Roman "donÕt"), an exotic symbol within a word (central European code pages).
_NOT_WESTERN = re.compile("[a-z][À-ÖØ-Þ][a-z]|[A-Za-z][¹²³¿¡¼½¾¤¦§¨©ª¬®¯°±´¶¸º÷×][A-Za-z]")
# Letters beyond ASCII are rarer than this in western languages; other alphabets are made of them.
MAX_WESTERN_SHARE = 0.15
# The two or three letters that UTF-8 becomes as Windows-1252; not a word in capitals that ends in one (`IRMÃ”`).
_MOJIBAKE = re.compile("(?<![A-Z])Ã[\u0080-\u00bf\u0152-\u2122]|Â[\u00a0-\u00bf]|â€[\u0080-\u00bf\u0152-\u2122]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source with its BOM, if any, still in it; offsets of `Run.source_start` count in it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def _looks_binary(text: str) -> bool:
    start = text[:WINDOW]
    return len(_CONTROLS.findall(start)) > max(FEW_CONTROLS, MAX_CONTROL_SHARE * len(start))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: in western text every other byte is NUL."""
    start = data[:WINDOW]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[offset::2]
        if len(start) > 3 and half.count(0) > 0.7 * len(half) and start[1 - offset :: 2].count(0) < 0.1 * len(half):
            return encoding
    return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes: one in a hundred at most of its characters beyond ASCII, or one in all."""
    good = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]{1,3}", data))
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    if not good or bad > max(1, good // 100):
        return None
    message = f"{bad} {'place is' if bad == 1 else 'places are'} not valid UTF-8 and shown as \ufffd."
    return Decoded(text, "utf-8", (Note("intake.damaged", message),))


def _windows_1252(data: bytes) -> str | None:
    text = _try(data, "cp1252")
    if text is None or _NOT_WESTERN.search(text):
        return None
    return text if sum("\xc0" <= char <= "\xff" for char in text) <= MAX_WESTERN_SHARE * len(text) else None


def _guess(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return Decoded(str(best), best.encoding) if best else None


def _decode(data: bytes, declared: str | None) -> Decoded | None:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if marked:
        return Decoded(data.decode(marked, "replace"), marked)
    # Bytes that are valid UTF-8 are UTF-8, whatever a page declares.
    text = _try(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    stated = _try(data, declared) if declared else None
    if declared and stated is not None:
        return Decoded(stated, declared)
    damaged = _damaged_utf8(data)
    if damaged:
        return damaged
    western = _windows_1252(data)
    return Decoded(western, "cp1252") if western is not None else _guess(data)


def decode(data: bytes, source: str, *, declared: str | None = None) -> Decoded:
    """Raises ReadError (`intake.not-text`) for bytes that are no text. `declared`: what the source says of itself."""
    decoded = _decode(data, declared)
    if decoded is None or _looks_binary(decoded.text):
        raise ReadError(source, "intake.not-text", "It is not text: the bytes fit no encoding that we know.")
    return replace(decoded, notes=(*decoded.notes, *_find_mojibake(decoded.text)))


def _find_mojibake(text: str) -> Iterator[Note]:
    """Letters whose UTF-8 somebody took for Windows-1252 before: `Ã§` for `ç`."""
    found = [match[0] for match in _MOJIBAKE.finditer(text)]
    if found:
        places = "1 place looks" if len(found) == 1 else f"{len(found)} places look"
        yield Note("intake.mojibake", f"{places} like letters in a wrong encoding (“{found[0]}”), left as they are.")


_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)


def find_declared(data: bytes) -> str | None:
    """The encoding that an HTML page declares; ISO 8859-1 and ASCII mean Windows-1252, as in browsers."""
    start = data[:4096]
    match = _META.search(start) or _XML.search(start)
    if not match:
        return None
    name = match[1].decode("ascii", "replace").lower()
    return "cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252") else name
