"""Plain text -> Article. The text keeps its own layout; zones are cut out of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from closeread.article import Article, ReadError, Run, Zone
from closeread.intake.cleaning import clean
from closeread.intake.composing import Details, Draft, is_visible, to_article
from closeread.intake.dates import find_date
from closeread.intake.decoding import Decoded
from closeread.intake.layout import find_zones
from closeread.intake.links import Linked, move_links

Range = tuple[int, int]

_WORD = r"[A-Z][\w’'&.-]*"
_NOUN = (
    "(?:Agency|Chronicle|Gazette|Herald|Journal|Magazine|Mail|News|Post|Press|Quarterly|Review|Star|Times|Tribune|Wire)"
)
_OUTLET = re.compile(rf", (?P<outlet>The(?: {_WORD}){{1,4}}|(?:{_WORD} ){{1,4}}{_NOUN})$")


def _to_text(origin: Sequence[Run], places: Sequence[Range]) -> set[int]:
    """Where places of the source begin in the text; those of which nothing is left are not in it."""
    starts = set()
    ends = [run.source_start + run.length for run in origin]
    for start, end in places:
        index = bisect_right(ends, start)
        first = max(start, origin[index].source_start) if index < len(origin) else end
        if first < end:
            starts.add(origin[index].start + first - origin[index].source_start)
    return starts


def date_of(zones: Sequence[Zone]) -> str | None:
    """The date in the date line, YYYY-MM-DD."""
    return next((find_date(zone.text) for zone in zones if zone.kind == "date"), None)


def outlet_of(zones: Sequence[Zone]) -> str | None:
    """The outlet behind the last comma of the byline, where it is written as one (`The Courier`, `North News
    Agency`)."""
    for zone in zones:
        if zone.kind == "byline" and (match := _OUTLET.search(zone.text)):
            return match["outlet"]
    return None


def load_plain(
    decoded: Decoded,
    source: str,
    *,
    details: Details | None = None,
    kept: Sequence[Range] | None = None,
    headings: Sequence[Range] = (),
    linked: Sequence[Linked] = (),
) -> Article:
    """`kept`, `headings`, `linked`: ranges of the decoded source that belong to the text, that are lines of their own,
    and that link to an address.

    Raises ReadError (`intake.empty`) where there is nothing to see.
    """
    cleaned = clean(decoded.text, kept)
    if not is_visible(cleaned.text):
        raise ReadError(source, "intake.empty", "It is empty.")
    zones = find_zones(cleaned.text, headings=_to_text(cleaned.origin, headings))
    links = tuple(move_links(cleaned.origin, linked))
    draft = Draft(cleaned.text, zones, origin=cleaned.origin, notes=decoded.notes, linked=links)
    stated = details or Details()
    return to_article(source, draft, _complete(stated, zones))


def _complete(stated: Details, zones: Sequence[Zone]) -> Details:
    """What the file says of itself comes first, then what its top says."""
    return replace(stated, date=stated.date or date_of(zones), outlet=stated.outlet or outlet_of(zones))
