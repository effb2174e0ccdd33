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

# Words of the noun that are shown with the number.
_SHOWN = 3
_UNTOLD = frozenset({"byline", "date", "outlet"})


@dataclass(frozen=True, slots=True)
class Given:
    """A number in a text, with the keys of what stands around it in its sentence."""

    text: int
    quantity: Quantity
    place: Span
    around: frozenset[str]

    @property
    def value(self) -> str:
        return self.quantity.key


def find_numbers(texts: Sequence[CoveredText]) -> Iterator[Row]:
    """Numbers that count something, with the bare ones of the same value that stand among the same words. One is no
    number here, nor is a date, a year or a time."""
    by_value: dict[str, list[Given]] = defaultdict(list)
    for number, text in enumerate(texts):
        for given in _list_given(number, text):
            by_value[given.value].append(given)
    for value in sorted(by_value):
        for group in _group(by_value[value]):
            if any(each.quantity.counts for each in group):
                yield _to_row(texts, group, by_value[value])


def _list_given(number: int, text: CoveredText) -> Iterator[Given]:
    teller = text.teller
    for quantity in read_quantities(teller.wording):
        zone = text.article.zone_at(quantity.start)
        sentence = teller.sentence_at(quantity.start)
        if quantity.key in ("number:1", "number:0") or zone is None or zone.kind in _UNTOLD or sentence is None:
            continue
        terms = teller.tell(sentence.start, sentence.end).terms
        around = {key for term in terms if term.kind not in ("pronoun", "number") for key in term.keys}
        yield Given(number, quantity, _place(text, quantity), frozenset(around))


def _place(text: CoveredText, quantity: Quantity) -> Span:
    """The number with the next words that it counts: `14 people`."""
    units = text.teller.wording.units
    end, left = quantity.end, _SHOWN
    for at in range(bisect_left(units, quantity.end, key=lambda unit: unit.start), len(units)):
        between = text.article.text[end : units[at].start]
        if not left or between.strip("- \u00a0") or "\n" in between or units[at].number:
            break
        end, left = units[at].end, left - 1
        if quantity.counts & set(_keys(text, units[at].start)):
            break
    else:
        end = quantity.end
    return text.article.span(quantity.start, end if _is_closed(text, end, quantity) else quantity.end)


def _keys(text: CoveredText, start: int) -> frozenset[str]:
    terms = text.teller.terms
    at = bisect_left(terms, start, key=lambda term: term.start)
    return terms[at].keys if at < len(terms) and terms[at].start == start else frozenset()


def _is_closed(text: CoveredText, end: int, quantity: Quantity) -> bool:
    """Whether the last word taken is one that the number counts."""
    at = bisect_left(text.teller.terms, end, key=lambda term: term.end)
    terms = text.teller.terms
    return at < len(terms) and terms[at].end == end and bool(terms[at].keys & quantity.counts)


def _group(given: Sequence[Given]) -> list[list[Given]]:
    """Those that count the same, or that stand among enough of the same words."""
    groups: list[list[Given]] = []
    for each in sorted(given, key=lambda one: (not one.quantity.counts, one.text, one.place.start)):
        home = next((group for group in groups if any(_is_same(each, other) for other in group)), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    return groups


def _is_same(one: Given, other: Given) -> bool:
    if one.quantity.is_like(other.quantity):
        return True
    counts = one.quantity.counts | other.quantity.counts
    if any(key.startswith("unit:") for key in counts):
        return False
    return (
        bool(one.quantity.counts & other.around or other.quantity.counts & one.around)
        and len({key for key in one.around & other.around if key.startswith(("stem:", "@", "name:"))}) >= 2
    )


def _to_row(texts: Sequence[CoveredText], group: list[Given], same_value: Sequence[Given]) -> Row:
    first = max(
        group, key=lambda each: (bool(each.quantity.counts), len(each.place.text) > 0, -each.text, -each.place.start)
    )
    cells = tuple(_to_cell(text, number, group, same_value) for number, text in enumerate(texts))
    article = texts[first.text].id
    return Row("", "number", first.place.text, None, cells, "coverage.number", article=article, place=first.place)


def _to_cell(text: CoveredText, number: int, group: list[Given], same_value: Sequence[Given]) -> Cell:
    """Possible where the same value stands with something else."""
    own = [each.place for each in group if each.text == number]
    if own:
        return text.to_cell("found", own)
    other = [each.place for each in same_value if each.text == number]
    return text.to_cell("possible", other) if other else text.absent()
