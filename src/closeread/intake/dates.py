"""Dates as news writes them -> ISO 8601.

Only forms with one reading are turned into a date: 11/01/2010 is January or November, so it stays as it is.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier",
            "february feb februar février",
            "march mar märz mars",
            "april apr avril",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet",
            "august aug août",
            "september sept sep septembre",
            "october oct oktober octobre",
            "november nov novembre",
            "december dec dezember décembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_FORMS = (
    re.compile(
        r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"),
)
# What may stand around the date in a line that is nothing but a date.
_AROUND = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:first\s+|last\s+)?(?:published|updated|posted|modified|date)"
    r"|\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|gmt|utc|bst|cest|cet|[ecmp][sd]?t|on|at|[\s,:|.()·–—-])+",
    re.I,
)


def _iso(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    try:
        return date(int(match["year"]), MONTHS.get(month) or int(month), int(match["day"])).isoformat()
    except ValueError:
        return None


def _first(text: str) -> tuple[re.Match[str], str] | None:
    for form in _FORMS:
        match = form.search(text)
        found = _iso(match) if match else None
        if match and found:
            return match, found
    return None


def find_date(text: str) -> str | None:
    """The first date in the text as YYYY-MM-DD; None where there is none with one reading."""
    found = _first(text)
    return found[1] if found else None


def is_date_line(line: str) -> bool:
    """True where the line holds a date and nothing else but weekday, time and words such as "Updated"."""
    found = _first(line) if len(line) <= 100 else None
    if not found:
        return False
    rest = line[: found[0].start()] + " " + line[found[0].end() :]
    return _AROUND.fullmatch(rest) is not None
