"""Claims of the other text's title, outlet and date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from closeread.drafting.found import Found
from closeread.drafting.names import quote
from closeread.drafting.other_text import OtherText
from closeread.drafting.phrases import QUOTED, compiled, name, verb, words_of
from closeread.drafting.sentences import Sentence
from closeread.intake.dates import MONTHS

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def find_publication(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    yield from _find_title(sentence, other)
    for found in compiled(rf"[Tt]he\s+publisher\s+is\s+(?P<who>{name()})").finditer(sentence.blotted):
        if other.is_known:
            outlet = compiled(r"^(?:[Tt]he|[Aa]n?)\s+").sub("", found["who"])
            yield Found(*found.span(), other.ask(f"@outlet.contains({quote(outlet)})"), "draft.outlet")
    yield from _find_date(sentence, other)


def _find_title(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    """A title stands in apposition and begins with a capital; it has two words at the least."""
    pattern = rf"{other.text},\s+(?:(?:titled|entitled|headlined)\s+)?(?P<words>{QUOTED})"
    called = rf"{other.text}\s+is\s+(?:titled|entitled|headlined|called)\s+(?P<words>{QUOTED})"
    for found in [*compiled(pattern).finditer(sentence.blotted), *compiled(called).finditer(sentence.blotted)]:
        words = sentence.words(found.start("words") + 1, found.end("words") - 1).rstrip(",.;")
        if words[:1].isupper() and 1 < len(words.split()) < 25:
            yield Found(*found.span(), other.ask(f"@title == {quote(words)}"), "draft.title")


def _find_date(sentence: Sentence, other: OtherText) -> Iterator[Found]:
    months = "|".join(month.capitalize() for month in MONTHS if len(month) > 2)
    year = r"(?:,?\s+\d{4})?"
    day = rf"(?P<day>{'|'.join(_WEEKDAYS)}|(?:{months})\s+\d{{1,2}}{year}|\d{{1,2}}\s+(?:{months}){year})"
    past = verb("publish", "past")
    thing = rf"(?:{other.text}|an?\s+{words_of('text')}|{name()}[’']s\s+[a-z]+)"
    patterns = (
        rf"(?i:on)\s+{day}\b[^;]{{0,120}}?\b{past}\s+{thing}",
        rf"{other.text}\s+(?:was\s+)?(?:appeared|{past})\s+on\s+{day}",
    )
    for pattern in patterns:
        for found in compiled(pattern).finditer(sentence.blotted):
            read = _read_day(found["day"], other.critique.article.date)
            if read is not None and other.is_known:
                yield Found(*found.span(), other.ask(f"@{read[0]}"), "draft.date", read[1])


def _read_day(words: str, known: str | None) -> tuple[str, str] | None:
    """Expression and note. A weekday is the last one before the day of the critique."""
    if words in _WEEKDAYS:
        if known is None:
            return None
        day = date.fromisoformat(known)
        back = (day.weekday() - _WEEKDAYS.index(words) - 1) % 7 + 1
        note = f"{words} is taken for the last before the critique’s own date, {known}."
        return f'date == "{(day - timedelta(back)).isoformat()}"', note
    parts = words.replace(",", " ").split()
    numbers = [part for part in parts if part.isdecimal()]
    month = MONTHS[next(part for part in parts if not part.isdecimal()).lower()]
    end = f"{month:02}-{int(numbers[0]):02}"
    if len(numbers) == 2:
        return f'date == "{numbers[1]}-{end}"', ""
    return f'date.endsWith("-{end}")', "The critique gives no year."
