"""Rows of numbers: a value with what it counts, and which texts give it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.article import Span
from closeread.comparisons.covered_texts import CoveredText
from closeread.comparisons.matrix import Cell, Row
from closeread.comparisons.quantities import Quantity, read_quantities
from closeread.comparisons.units import Unit
from closeread.lexicons.known_phrases import index_small_words

# Words that are shown with the number, at most.
_SHOWN = 3
# What may stand between a number and what it counts (`two of the gates`, `14 were hurt`), and what makes it a time.
_BETWEEN = frozenset({"of", "the", "its", "their", "his", "her", "our", "my", "your", "were", "are", "or", "so"})
_HOURS = frozenset({"o'clock", "oclock", "am", "pm", "gmt"})
# Smaller numbers stand in every text, each with something else.
_RARE = 13
_NONE = frozenset({"number:0", "number:1"})
_UNTOLD = frozenset({"byline", "date", "outlet"})
# Words that two sentences share beside the number, where the one counts what the other only names.
_LEAST_AROUND = 2


@dataclass(frozen=True, slots=True)
class Given:
    """A number in a text, with the keys of what stands around it in its sentence."""

    text: int
    quantity: Quantity
    counts: frozenset[str]
    place: Span
    around: frozenset[str]

    @property
    def value(self) -> str:
        return self.quantity.key

    @property
    def is_rare(self) -> bool:
        return self.quantity.low >= _RARE or any(key.startswith("unit:") for key in self.counts)


def find_numbers(texts: Sequence[CoveredText]) -> Iterator[Row]:
    """Numbers that count something, with the bare ones of the same value that stand among the same words. One is no
    number here, nor is a date, a year or a time."""
    by_value: dict[str, list[Given]] = defaultdict(list)
    for number, text in enumerate(texts):
        for given in _list_given(number, text):
            by_value[given.value].append(given)
    for value in sorted(by_value):
        for group in _group(by_value[value]):
            if any(each.counts for each in group):
                yield _to_row(texts, group, by_value[value])


def _list_given(number: int, text: CoveredText) -> Iterator[Given]:
    teller = text.teller
    for quantity in read_quantities(teller.wording):
        zone = text.article.zone_at(quantity.start)
        sentence = teller.sentence_at(quantity.start)
        if (
            quantity.key in _NONE
            or zone is None
            or zone.kind in _UNTOLD
            or sentence is None
            or _is_hour(text, quantity)
        ):
            continue
        counts = _find_counted(text, quantity)
        terms = teller.tell(sentence.start, sentence.end).terms
        around = {key for term in terms if term.kind not in ("pronoun", "number") for key in term.keys}
        yield Given(number, quantity, counts, _place(text, quantity, counts), frozenset(around))


def _units_after(text: CoveredText, quantity: Quantity) -> Sequence[Unit]:
    """The next units of the same stretch, up to a mark."""
    units = text.teller.wording.units
    first = bisect_left(units, quantity.end, key=lambda unit: unit.start)
    end = quantity.end
    taken = []
    for unit in units[first : first + 2 * _SHOWN]:
        if text.article.text[end : unit.start].strip("- \u00a0") or "\n" in text.article.text[end : unit.start]:
            break
        taken.append(unit)
        end = unit.end
    return taken


def _is_hour(text: CoveredText, quantity: Quantity) -> bool:
    following = _units_after(text, quantity)
    return bool(following) and following[0].key.replace("'", "") in {hour.replace("'", "") for hour in _HOURS}


def _find_counted(text: CoveredText, quantity: Quantity) -> frozenset[str]:
    """Empty where the number stands alone: another small word follows it (`two was`)."""
    if any(key.startswith("unit:") for key in quantity.counts):
        return quantity.counts
    following = [unit.key for unit in _units_after(text, quantity) if unit.key not in _BETWEEN]
    alone = not following or following[0] in index_small_words() or following[0][0].isdigit()
    return frozenset() if alone else quantity.counts


def _place(text: CoveredText, quantity: Quantity, counts: frozenset[str]) -> Span:
    """The number with the next words, up to what it counts: `14 people`."""
    end = quantity.end
    for at, unit in enumerate(_units_after(text, quantity)[:_SHOWN] if counts else ()):
        if at and unit.key in index_small_words():
            break
        if counts & _keys(text, unit.start):
            end = unit.end
    return text.article.span(quantity.start, end)


def _keys(text: CoveredText, start: int) -> frozenset[str]:
    terms = text.teller.terms
    at = bisect_left(terms, start, key=lambda term: term.start)
    return terms[at].keys if at < len(terms) and terms[at].start == start else frozenset()


def _group(given: Sequence[Given]) -> list[list[Given]]:
    """Those that count the same, or that stand among enough of the same words. A number that is not one that every text
    has, and counts one thing alone wherever it counts something, counts that where it stands alone too."""
    groups: list[list[Given]] = []
    for each in sorted(given, key=lambda one: (not one.counts, one.text, one.place.start)):
        home = next((group for group in groups if any(_is_same(each, other) for other in group)), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    told = [group for group in groups if group[0].counts]
    if len(told) == 1 and told[0][0].is_rare:
        return [[each for group in groups for each in group]]
    return groups


def _is_same(one: Given, other: Given) -> bool:
    """What they count is the same, or stands in the sentence of the other among other words that both share."""
    if one.counts & other.counts:
        return True
    if any(key.startswith("unit:") for key in one.counts | other.counts):
        return False
    named = one.counts & other.around or other.counts & one.around
    return bool(named) and len(_shared(one, other)) >= _LEAST_AROUND


def _shared(one: Given, other: Given) -> set[str]:
    return {key for key in one.around & other.around if key.startswith(("stem:", "@", "name:"))}


def _to_row(texts: Sequence[CoveredText], group: list[Given], same_value: Sequence[Given]) -> Row:
    """Shown as the first text gives it that says what is counted."""
    first = min(group, key=lambda each: (not each.counts, each.text, each.place.start))
    cells = tuple(_to_cell(text, number, group, same_value) for number, text in enumerate(texts))
    article = texts[first.text].id
    return Row("", "number", first.place.text, None, cells, "coverage.number", article=article, place=first.place)


def _to_cell(text: CoveredText, number: int, group: list[Given], same_value: Sequence[Given]) -> Cell:
    """Possible where the same value stands alone, or is not one that every text has."""
    own = [each.place for each in group if each.text == number]
    if own:
        return text.to_cell("found", own)
    other = [each.place for each in same_value if each.text == number and (each.is_rare or not each.counts)]
    return text.to_cell("possible", other) if other else text.absent()
