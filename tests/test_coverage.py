"""Coverage on small readings made by hand, and on the shipped example with the pinned models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from closeread.article import Note, Span
from closeread.comparisons.coverage import Cell, Matrix, Omission, Row, find_coverage
from closeread.comparisons.matrix import RowKind
from closeread.findings import Notice, Reading
from tests.events import make_reading, say

HARBOUR = Path(__file__).parents[1] / "examples" / "harbour"
TEXTS = ("lodestar.txt", "courier.html", "pennant.txt", "channel.html", "slipway.md")


FERRY = "The ferry Alma sank off Lundø with 14 people aboard"
ONE = make_reading("a.txt", "Ferry sinks", f"{FERRY}. The captain had ignored two warnings.", ann="Ann Lee")
TWO = make_reading("b.txt", "Alma lost", "Fourteen people were aboard the Alma when the ferry sank near Lundø.")
THREE = make_reading("c.txt", "Harbour news", "The mayor opened a bakery. Bread will be cheaper in spring.")


def rows(matrix: Matrix, kind: RowKind) -> list[Row]:
    return [row for row in matrix.rows if row.kind == kind]


def find_row(matrix: Matrix, kind: RowKind, name: str) -> Row:
    return next(row for row in rows(matrix, kind) if name in row.name)


def states(row: Row) -> str:
    """One letter for each text: found, possible, not found."""
    return "".join(cell.state[0] for cell in row.cells)


def omitted(matrix: Matrix, kind: RowKind, name: str) -> list[Omission]:
    return [each for each in matrix.omissions if each.row == find_row(matrix, kind, name).id]


def test_statement_in_other_words_is_found() -> None:
    row = find_row(find_coverage([ONE, TWO, THREE]), "statement", "aboard")
    assert states(row) == "ffn"
    assert row.found_in == 2


def test_cell_shows_the_words_it_rests_on() -> None:
    matrix = find_coverage([ONE, TWO, THREE])
    row = find_row(matrix, "statement", "aboard")
    assert row.place is not None
    texts = {each.article.id: each.article.text for each in (ONE, TWO, THREE)}
    aligned = [each for cell in row.cells for each in cell.aligned]
    assert {"number", "word"} <= {each.by for each in aligned}
    for cell in row.cells:
        for each in cell.aligned:
            assert texts[str(row.article)][each.here.start : each.here.end] == each.here.text
            assert texts[cell.article][each.there.start : each.there.end] == each.there.text


def test_other_number_is_not_the_same_statement() -> None:
    other = make_reading("d.txt", "Lost", "The ferry Alma sank off Lundø with 63 people aboard.")
    assert states(find_row(find_coverage([ONE, other]), "statement", "14 people")) != "ff"


def test_denial_is_not_the_same_statement() -> None:
    other = make_reading("d.txt", "Warned", "The captain had not ignored two warnings.")
    assert states(find_row(find_coverage([ONE, other]), "statement", "had ignored")) != "ff"


def test_same_statement_has_the_voice_of_each_text() -> None:
    other = make_reading("d.txt", "Warned", "Ann Lee said the captain had ignored two warnings.", ann="Ann Lee")
    quoted = replace(other.statements[1], voice="reported")
    other = say(replace(other, statements=(quoted,)), "ann", "the captain had ignored two warnings")
    row = find_row(find_coverage([ONE, other]), "statement", "ignored")
    assert [cell.voices for cell in row.cells] == [("own",), ("reported",)]


def test_omission_counts_the_others() -> None:
    near = make_reading("d.txt", "Ferry", f"{FERRY}.")
    found = omitted(find_coverage([ONE, TWO, near, THREE]), "statement", "14 people aboard")
    assert [(each.article, each.found_in, each.others, each.certain) for each in found] == [
        (THREE.article.id, 3, 3, True)
    ]


def test_omission_needs_half_of_the_others() -> None:
    others = [make_reading(f"z{n}.txt", "Bread", f"Baker {n} sells rye bread on Mondays.") for n in "pqrs"]
    readings = [ONE, TWO, *others]
    assert omitted(find_coverage(readings), "statement", "aboard") == []
    assert omitted(find_coverage(readings, least_share=0.25), "statement", "aboard")


def test_omission_beside_one_other_text_is_never_certain() -> None:
    found = find_coverage([ONE, THREE]).omissions
    assert found
    assert {(each.found_in, each.others, each.certain) for each in found} == {(1, 1, False)}


@pytest.mark.parametrize("limit", ["partial", "intake.wall", "language.not-english"])
def test_omission_from_a_limited_text_is_never_certain(limit: str) -> None:
    near = make_reading("d.txt", "Ferry", f"{FERRY}.")
    full = find_coverage([ONE, TWO, near, THREE]).omissions
    found = find_coverage([ONE, TWO, near, _limit(THREE, limit)]).omissions
    assert any(each.certain for each in full if each.article == THREE.article.id)
    assert not any(each.certain for each in found if each.article == THREE.article.id)
    assert len(found) == len(full)


def test_open_mark_does_not_limit_a_text() -> None:
    near = make_reading("d.txt", "Ferry", f"{FERRY}.")
    matrix = find_coverage([ONE, TWO, near, _limit(THREE, "marks.unclosed")])
    assert any(each.certain for each in matrix.omissions if each.article == THREE.article.id)
    assert not any(extent.is_limited for extent in matrix.extents)


def _limit(reading: Reading, limit: str) -> Reading:
    if limit == "partial":
        return replace(reading, article=replace(reading.article, completeness="partial"))
    if limit.startswith("intake"):
        return replace(reading, article=replace(reading.article, notes=(Note(limit, "."),)))
    return replace(reading, notices=(Notice(limit, ".", None),))


def test_text_that_was_not_analysed_is_no_other() -> None:
    foreign = _limit(make_reading("d.txt", "Bac", "Le bac a coulé."), "language.not-english")
    found = omitted(find_coverage([ONE, TWO, THREE, foreign]), "statement", "aboard")
    assert {each.others for each in found if each.article == THREE.article.id} == {2}


def test_actor_is_found_possible_or_not_found() -> None:
    first = make_reading("a.txt", "Lee", "Ann Lee spoke in Lundø.", ann="Ann Lee")
    second = make_reading("b.txt", "Lee", "Nobody heard Lee.")
    third = make_reading("c.txt", "No", "Nobody spoke at all.")
    assert states(find_row(find_coverage([first, second, third]), "actor", "Ann Lee")) == "fpn"


def test_actor_that_is_written_but_not_read_is_found() -> None:
    first = make_reading("a.txt", "Lee", "Ann Lee spoke in Lundø.", ann="Ann Lee")
    second = make_reading("b.txt", "Lee", "On the pier stood Ann Lee.")
    assert states(find_row(find_coverage([first, second]), "actor", "Ann Lee")) == "ff"


def test_surname_of_somebody_else_is_not_the_actor() -> None:
    first = make_reading("a.txt", "Lee", "Ann Lee spoke in Lundø.", ann="Ann Lee")
    second = make_reading("b.txt", "Late", "Ben Lee came late.", ben="Ben Lee")
    assert states(find_row(find_coverage([first, second]), "actor", "Ann Lee")) == "fn"


def test_surname_in_the_name_of_a_body_may_mean_the_actor() -> None:
    first = make_reading("a.txt", "Lee", "Ann Lee spoke in Lundø.", ann="Ann Lee")
    second = make_reading("b.txt", "Late", "The Lee ministry came late.", body="Lee ministry")
    second = replace(second, actors=(replace(second.actors[0], kind="organisation"),))
    assert states(find_row(find_coverage([first, second]), "actor", "Ann Lee")) == "fp"


def test_other_form_of_a_name_is_possible() -> None:
    first = make_reading("a.txt", "Vote", "The National Union of Dockers voted.", union="National Union of Dockers")
    first = replace(first, actors=(replace(first.actors[0], kind="organisation"),))
    second = make_reading("b.txt", "Vote", "The NUD voted on Monday.")
    assert states(find_row(find_coverage([first, second]), "actor", "National Union")) == "fp"


def test_party_and_its_members_may_be_each_other() -> None:
    first = make_reading("a.txt", "Vote", "The GOP voted.", party="GOP")
    first = replace(first, actors=(replace(first.actors[0], kind="organisation"),))
    second = make_reading("b.txt", "Vote", "Republicans voted.", members="Republicans")
    second = replace(second, actors=(replace(second.actors[0], kind="group"),))
    third = make_reading("c.txt", "Vote", "The Republican Party voted.")
    fourth = make_reading("d.txt", "Vote", "Nobody else voted.")
    matrix = find_coverage([first, second, third, fourth])
    assert states(find_row(matrix, "actor", "GOP")) == "fpfn"
    assert states(find_row(matrix, "actor", "Republicans")) == "pfpn"


def test_source_is_who_says_something() -> None:
    first = make_reading("a.txt", "Lee", "Ann Lee said the sea was calm.", ann="Ann Lee")
    second = make_reading("b.txt", "Lee", "Ann Lee said “the sea was calm”.", ann="Ann Lee")
    third = make_reading("c.txt", "Lee", "Ann Lee left early.", ann="Ann Lee")
    first, second = say(first, "ann", "the sea was calm"), say(second, "ann", "“the sea was calm”", quoted=True)
    matrix = find_coverage([first, second, third])
    row = find_row(matrix, "source", "Ann Lee")
    assert states(row) == "ffn"
    assert [cell.voices for cell in row.cells] == [("reported",), ("quoted",), ()]
    assert [each.certain for each in omitted(matrix, "source", "Ann Lee")] == [True]
    assert omitted(matrix, "actor", "Ann Lee") == []


def test_source_may_be_somebody_who_is_only_described() -> None:
    """Ann Lee is named, and a clerk speaks: in other words than hers the omission is not certain; hers may be hers."""
    hers, others = "we shall come back on Monday with the whole crew", "nobody was told that the lights would go out"
    first, second = (
        say(make_reading(f"{name}.txt", "L", f"Ann Lee said “{hers}”.", ann="Ann Lee"), "ann", hers, quoted=True)
        for name in "ab"
    )
    for words, state in ((others, "n"), (hers, "p")):
        third = make_reading("c.txt", "L", f"Ann Lee came. The clerk said “{words}”.", ann="Ann Lee")
        third = say(third, "ann", words, quoted=True)
        at = third.article.text.index("The clerk")
        clerk = {"speaker": None, "naming": "described", "number": "one", "sources": (Span(at, at + 9, "The clerk"),)}
        third = replace(third, attributions=(replace(third.attributions[0], **clerk),))  # type: ignore[arg-type]
        matrix = find_coverage([first, second, third])
        assert states(find_row(matrix, "source", "Ann Lee")) == f"ff{state}"
        assert [each.certain for each in omitted(matrix, "source", "Ann Lee")] == ([False] if state == "n" else [])


def test_source_is_possible_where_the_attribution_is_doubtful() -> None:
    first = say(make_reading("a.txt", "L", "Ann Lee said the sea was calm.", ann="Ann Lee"), "ann", "the sea was calm")
    doubt = make_reading("b.txt", "L", "Ann Lee saw the sea was calm.", ann="Ann Lee")
    doubt = say(doubt, "ann", "the sea was calm", confidence=0.3)
    assert states(find_row(find_coverage([first, doubt]), "source", "Ann Lee")) == "fp"


def test_quotation_is_found_in_marks_and_possible_without() -> None:
    words = "the pumps had been switched off since the spring"
    first = make_reading("a.txt", "Pumps", f"“{words},” she wrote.")
    second = make_reading("b.txt", "Pumps", f"It said “{words}” to everybody.")
    third = make_reading("c.txt", "Pumps", "Since the spring the pumps had been switched off.")
    fourth = make_reading("d.txt", "Bread", "The mayor opened a bakery.")
    row = find_row(find_coverage([first, second, third, fourth]), "quotation", "pumps")
    assert states(row) == "ffpn"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Fourteen people were hurt.", "f"),
        ("Some 14 people came.", "f"),
        ("There were 14.", "f"),
        ("They waited for 14 hours.", "p"),
        ("At 14 o'clock it rained.", "n"),
        ("The 15 people left.", "n"),
    ],
)
def test_number_counts_something(words: str, state: str) -> None:
    first = make_reading("a.txt", "Hurt", "The ministry counts 14 people in hospital.")
    row = find_row(find_coverage([first, make_reading("b.txt", "News", words)]), "number", "14 people")
    assert states(row)[1] == state


def test_a_number_that_counts_nothing_is_never_surely_left_out() -> None:
    texts = [make_reading(f"{name}.txt", "L", "Ann Lee, 58, counted 640 houses.") for name in "ab"]
    matrix = find_coverage([*texts, make_reading("c.txt", "L", "Nobody counted.")])
    assert {each.certain for each in omitted(matrix, "number", "58")} == {False}
    assert {each.certain for each in omitted(matrix, "number", "640 houses")} == {True}


def test_cell_says_where() -> None:
    first = make_reading("a.txt", "Ann Lee wins", "Bread is cheap.", "Ann Lee spoke.", ann="Ann Lee")
    second = make_reading("b.txt", "Vote", "Ann Lee spoke. Nobody else did.", ann="Ann Lee")
    one, two = find_row(find_coverage([first, second]), "actor", "Ann Lee").cells
    assert (one.in_headline, one.in_lead, two.in_headline, two.in_lead) == (True, False, False, True)
    assert [one.first, two.first] == pytest.approx([15 / 29, 0.0])


def test_texts_come_by_date_then_source() -> None:
    late = replace(ONE, article=replace(ONE.article, date="2026-03-02T10:00"))
    undated = replace(THREE, article=replace(THREE.article, date=None))
    matrix = find_coverage([undated, late, TWO])
    assert matrix.texts == (TWO.article.id, late.article.id, undated.article.id)
    assert (matrix.first_day, matrix.last_day) == ("2026-03-01", "2026-03-02")


def test_rows_of_most_texts_come_first() -> None:
    for kind in ("actor", "source", "quotation", "number", "statement"):
        found = [row.found_in for row in rows(find_coverage([ONE, TWO, THREE]), kind)]
        assert found == sorted(found, reverse=True)


def test_order_of_the_readings_does_not_matter() -> None:
    matrices = {find_coverage(list(each)) for each in permutations([ONE, TWO, THREE])}
    assert len(matrices) == 1


def test_texts_that_agree_have_no_omission() -> None:
    twin = replace(ONE, article=replace(ONE.article, source="twin.txt"))
    assert find_coverage([ONE, twin]).omissions == ()


@pytest.mark.parametrize(
    ("readings", "least", "share"), [([ONE], 2, 0.5), ([ONE, ONE], 2, 0.5), ([ONE, TWO], 0, 0.5), ([ONE, TWO], 2, 1.5)]
)
def test_wrong_use_raises(readings: Sequence[Reading], least: int, share: float) -> None:
    with pytest.raises(ValueError, match=r"reading|least"):
        find_coverage(readings, least=least, least_share=share)


@cache
def harbour() -> Matrix:
    from closeread import read

    return find_coverage([read(HARBOUR / name) for name in TEXTS])


def cells_of(kind: RowKind, name: str) -> dict[str, Cell]:
    """By outlet. The row is the first whose name holds the words."""
    return {cell.article.partition("-")[0]: cell for cell in find_row(harbour(), kind, name).cells}


def missing(kind: RowKind, name: str) -> set[str]:
    return {outlet for outlet, cell in cells_of(kind, name).items() if cell.state == "not-found"}


@pytest.mark.models
@pytest.mark.parametrize(
    ("kind", "name", "outlets"),
    [
        ("number", "14 people", set()),
        ("number", "63", {"channel"}),
        ("number", "forty-one people", {"channel"}),
        ("actor", "United States", {"channel"}),
        ("actor", "Turkey", {"slipway"}),
        ("actor", "France", set()),
        ("actor", "Ilka Maret", set()),
        ("actor", "Radek Holm", set()),
        ("actor", "Jonas Pell", set()),
        ("actor", "Lena Sorvik", set()),
        ("source", "Ilka Maret", set()),
        ("quotation", "The police acted within the law", set()),
        ("quotation", "We did not come to the pier", set()),
        ("quotation", "The use of baton rounds", {"channel"}),
        ("quotation", "Both sides at Ostrel", {"pennant", "slipway"}),
        ("statement", "The clearing of the pier took", {"courier", "pennant", "slipway"}),
    ],
)
def test_facts_of_the_example(kind: RowKind, name: str, outlets: set[str]) -> None:
    assert missing(kind, name) == outlets


@pytest.mark.models
def test_first_mentions_of_the_example() -> None:
    cells = cells_of("actor", "United States")
    shares = {outlet: cell.first for outlet, cell in cells.items() if cell.state == "found"}
    assert shares["pennant"] == pytest.approx(0.899, abs=0.001)
    emil = cells_of("actor", "Emil Tarn")
    assert {outlet for outlet, cell in emil.items() if cell.state != "found"} == {"pennant"}
    assert emil["pennant"].state == "possible"


@pytest.mark.models
def test_omissions_of_the_example_are_relative() -> None:
    [found] = [each for each in omitted(harbour(), "actor", "United States")]
    assert (found.article.partition("-")[0], found.found_in, found.others, found.certain) == ("channel", 4, 4, True)
