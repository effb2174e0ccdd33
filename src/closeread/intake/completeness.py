"""How complete a text looks. Each note is one plain sentence; none of them stops a reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from closeread.article import Completeness, Note, Zone, count_words

# Few articles are shorter: 12 of the 840 train texts of PolNeAR. A brief can be complete and short, so the note
# alone makes the text `unknown`, not `partial`.
THIN_WORDS = 80
# A last paragraph of fewer words may be a credit or a caption that ends without a full stop.
CUT_WORDS = 15
# Exports count a little differently, so only a clear difference is told.
STATED_SHARE = 0.8

_WALL = re.compile(
    r"(?:subscribe|register|sign (?:in|up)|log ?in|join) (?:now |today |here |for free )?"
    r"to (?:continue|keep|read|unlock|access|get (?:full|unlimited))"
    r"|to (?:continue|keep) reading|continue reading (?:this|with|for|your)"
    r"|(?:for|to) subscribers only|subscriber[- ]only|already (?:a subscriber|subscribed)"
    r"|unlock (?:this|the full) (?:article|story)|full (?:article|story) (?:is )?available to"
    r"|start your (?:free )?trial|you have (?:reached|read) your (?:limit|last|free)",
    re.I,
)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\[\+\d+ chars\]|(?:read|see|show) (?:more|on)|read the full (?:story|article))"
    r"[\s.»>→]*$",
    re.I,
)
_OPEN_END = re.compile(r"[\w,;–—(-]$")


def _find_wall(body: Sequence[Zone]) -> Note | None:
    """Words of a wall at the end, where a cut text shows them; further up they may be what the news is about."""
    for zone in body[-3:]:
        match = _WALL.search(zone.text) if count_words(zone.text) <= 60 else None
        if match:
            return Note("intake.wall", f"The text ends with an offer to subscribe or sign in (“{match[0]}”).")
    return None


def _find_cut(body: Sequence[Zone]) -> Note | None:
    last = body[-1].text
    if _CUT.search(last):
        return Note("intake.truncated", "The text breaks off: it ends with an ellipsis or a link to more.")
    if count_words(last) >= CUT_WORDS and _OPEN_END.search(last):
        return Note("intake.truncated", "The last sentence has no end.")
    return None


def _find_missing_words(words: int, stated: int | None) -> Note | None:
    if not stated or words >= STATED_SHARE * stated:
        return None
    return Note("intake.short", f"The source gives a length of {stated:,} words; {words:,} are here.")


def judge_completeness(
    body: Sequence[Zone], *, stated_words: int | None = None, notes: Sequence[Note] = (), lost: bool = False
) -> tuple[Completeness, tuple[Note, ...]]:
    """`partial` with a sign that text is missing, `unknown` with a doubt, `complete` without either.

    `notes` are those that extraction made; they come first. `lost`: extraction believes that text is missing.
    """
    words = sum(count_words(zone.text) for zone in body)
    missing = [note for note in (_find_wall(body), _find_cut(body), _find_missing_words(words, stated_words)) if note]
    rules = {note.rule for note in notes}
    found = [*notes, *(note for note in missing if note.rule not in rules)]
    if words < THIN_WORDS and "intake.thin" not in rules:
        found.append(
            Note(
                "intake.thin",
                f"The text has {words} {'word' if words == 1 else 'words'}, fewer than articles usually have.",
            )
        )
    if missing or lost:
        return "partial", tuple(found)
    return ("unknown" if found else "complete"), tuple(found)
