"""Statements held against documents: single rules on readings made by hand, properties, and the constructed cases."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeread.article import Article, Span, Zone
from closeread.comparisons.confrontation import Confrontation, confront
from closeread.comparisons.quantities import read_moments, read_quantities
from closeread.comparisons.word_keys import find_lemmas, find_meanings, find_opposites, to_stem
from closeread.comparisons.wording import read_original
from closeread.findings import Actor, ActorKind, Clause, Mention, Participant, Reading, Statement
from closeread.plain import from_plain, to_plain
from evals.confrontation import CASES, load_cases, score_cases, to_answer
from tests.readings import VERSIONS, make_actor

NAMES: dict[str, ActorKind] = {"Ilka Maret": "person", "Jon Brell": "person", "Ostra Line": "organisation"}

_REPORT = (
    "The ferry Marisa sank off the island of Torvey on Monday. Eleven people drowned in the harbour.\n\n"
    "Ilka Maret did not sign the order. Jon Brell closed the pier in 2019.\n\n"
    "The old pier remains open. Nothing else was said at the meeting."
)


def make_reading(text: str, source: str, *clauses: tuple[str, str | None, str | None, bool]) -> Reading:
    """A reading of a text whose sentences are its statements. A clause is its verb, agent and patient, and whether it
    is denied; the known names are actors."""
    zones, at = [], 0
    for paragraph in text.split("\n\n"):
        zones.append(Zone(at, at + len(paragraph), paragraph, "body"))
        at += len(paragraph) + 2
    article = Article(source, text, tuple(zones), language="en")
    actors = tuple(_actors(article))
    statements = [
        Statement(f"t{at}", span, "own", None, "fact", (), 0, 0, rule="support.none", certain=False)
        for at, span in enumerate(_sentences(article))
    ]
    found = tuple(_clause(article, number, *clause) for number, clause in enumerate(clauses))
    return Reading(
        article, (), (), actors, (), clauses=found, statements=tuple(statements), notices=(), made_with=VERSIONS
    )


def _sentences(article: Article) -> list[Span]:
    spans = []
    for zone in article.zones:
        at = zone.start
        for sentence in zone.text.split(". "):
            words = sentence.rstrip(".")
            spans.append(article.span(at, at + len(words)))
            at += len(sentence) + 2
    return spans


def _actors(article: Article) -> list[Actor]:
    found = list[Actor]()
    for name, kind in NAMES.items():
        start = article.text.find(name)
        if start >= 0:
            mention = Mention(start, start + len(name), name, "full-name", "own")
            found.append(make_actor(article, f"a{len(found)}", (mention,), name=name, kind=kind))
    return found


def _clause(article: Article, number: int, verb: str, agent: str | None, patient: str | None, negated: bool) -> Clause:
    return Clause(
        id=f"c{number}",
        predicate=_span(article, verb),
        lemma=verb,
        form="active",
        agent=_participant(article, agent),
        patient=_participant(article, patient),
        recipient=None,
        agent_elsewhere=None,
        negated=negated,
        modality="asserted",
        voice="own",
        rule="agency.verb",
        certain=True,
    )


def _span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return article.span(start, start + len(words))


def _participant(article: Article, words: str | None) -> Participant | None:
    if words is None:
        return None
    span = _span(article, words)
    return Participant(span.start, span.end, span.text, actors=())


def report() -> Reading:
    clauses = (
        ("sank", "The ferry Marisa", None, False),
        ("drowned", None, "Eleven people", False),
        ("sign", "Ilka Maret", "the order", True),
        ("closed", "Jon Brell", "the pier", False),
    )
    return make_reading(_REPORT, "report", *clauses)


def hold(text: str, *clauses: tuple[str, str | None, str | None, bool]) -> Confrontation:
    (found,) = confront(make_reading(text, "statement", *clauses), [report()])
    return found


def test_the_same_in_the_same_words() -> None:
    found = hold("The old pier remains open.")
    assert (found.kind, found.rule, found.passages[0].score) == ("supports", "confrontation.same-words", 1.0)


def test_the_same_in_other_words() -> None:
    found = hold("Eleven persons died in the harbour.", ("died", None, "Eleven persons", False))
    assert (found.kind, found.rule) == ("supports", "confrontation.told")
    assert ("died", "drowned") in [(one.first.text, one.second.text) for one in found.passages[0].aligned]


@pytest.mark.parametrize(
    ("text", "clause", "reason", "words"),
    [
        ("Twelve people drowned in the harbour.", ("drowned", None, "Twelve people", False), "number", "Eleven"),
        ("The ferry Marisa sank on Friday.", ("sank", "The ferry Marisa", None, False), "date", "Monday"),
        ("Jon Brell closed the pier in 2021.", ("closed", "Jon Brell", "the pier", False), "date", "2019"),
        (
            "The ferry Marisa sank off the island of Skarn.",
            ("sank", "The ferry Marisa", None, False),
            "place",
            "Torvey",
        ),
        ("Ilka Maret did sign the order.", ("sign", "Ilka Maret", "the order", False), "negation", "sign"),
        ("Ilka Maret closed the pier in 2019.", ("closed", "Ilka Maret", "the pier", False), "actor", "Jon Brell"),
        ("Jon Brell opened the pier in 2019.", ("opened", "Jon Brell", "the pier", False), "description", "closed"),
    ],
)
def test_what_disagrees(text: str, clause: tuple[str, str | None, str | None, bool], reason: str, words: str) -> None:
    passage = hold(text, clause).passages[0]
    assert (passage.kind, passage.reason) == ("disagrees", reason)
    assert passage.there is not None
    assert passage.there.text == words
    assert passage.certain is False


def test_a_description_of_the_same_noun() -> None:
    passage = hold("The old pier remains closed.").passages[0]
    assert (passage.kind, passage.reason) == ("disagrees", "description")


def test_a_number_of_another_thing_does_not_disagree() -> None:
    found = hold("Twelve gulls drowned in the harbour.", ("drowned", None, "Twelve gulls", False))
    assert found.kind != "disagrees"


def test_what_both_deny_does_not_disagree() -> None:
    found = hold("Ilka Maret did not sign the order.", ("sign", "Ilka Maret", "the order", True))
    assert found.kind == "supports"


def test_a_name_that_the_passage_lacks_is_not_told() -> None:
    found = hold("Jon Brell closed the pier with Petra Halvik.", ("closed", "Jon Brell", "the pier", False))
    assert all(passage.kind != "supports" for passage in found.passages)


def test_nothing_found_is_said_and_never_certain() -> None:
    found = hold("The orchestra played a new symphony.", ("played", "The orchestra", "a new symphony", False))
    assert (found.kind, found.passages, found.rule, found.certain) == ("nothing", (), "confrontation.nothing", False)
    assert hold("Perhaps.").rule == "confrontation.few-words"


def test_questions_and_calls_are_not_held_against_anything() -> None:
    reading = make_reading("The old pier remains open.", "statement")
    asked = replace(reading, statements=(replace(reading.statements[0], kind="question"),))
    assert confront(asked, [report()]) == ()


def test_places_are_exact_and_the_record_comes_back() -> None:
    statement = make_reading("Twelve people drowned in the harbour.", "statement", ("drowned", None, None, False))
    found = confront(statement, [report()])
    for each in found:
        assert statement.article.text[each.place.start : each.place.end] == each.place.text
        for passage in each.passages:
            spans = [passage.place, passage.there, *(one.second for one in passage.aligned)]
            for span in filter(None, spans):
                assert _REPORT[span.start : span.end] == span.text
    record = json.loads(json.dumps(to_plain(found)))
    assert tuple(from_plain(Confrontation, each) for each in record) == found


def test_without_another_document_it_says_so() -> None:
    with pytest.raises(ValueError, match="no document was given"):
        confront(report(), [report()])


def test_the_order_of_the_documents_changes_no_class() -> None:
    statement = make_reading("Twelve people drowned in the harbour.", "statement", ("drowned", None, None, False))
    other = make_reading("The council met in the hall. Nobody came.", "other")
    first, second = confront(statement, [report(), other]), confront(statement, [other, report()])
    assert [each.kind for each in first] == [each.kind for each in second]
    assert first[0].passages[0] == second[0].passages[0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12 boats", 12, 12),
        ("at least 12 boats", 12, float("inf")),
        ("about 100 boats", 85, 115),
        ("1,200 boats", 1150, 1250),
    ],
)
def test_numbers_reach_as_far_as_the_writer_rounds(text: str, low: float, high: float) -> None:
    (quantity,) = read_quantities(read_original(text))
    assert (quantity.low, quantity.high) == pytest.approx((low, high))


def test_what_a_number_counts() -> None:
    one, other, money = (
        read_quantities(read_original(text))[0] for text in ("12 ships", "two ferries", "$12 for ships")
    )
    assert one.is_like(other)
    assert one.excludes(other)
    assert not one.is_like(money)
    (age,) = read_quantities(read_original("Ilka Maret, 45, said"))
    assert age.counts == {"unit:age"}


def test_moments() -> None:
    (moment,) = read_moments(read_original("on Sunday, 9 March 2025"))
    assert dict(moment.fields) == {"weekday": "sunday", "day": "9 march", "month": "march", "year": "2025"}
    assert read_moments(read_original("March on. May they come.")) == ()


def test_keys_of_words() -> None:
    assert find_lemmas("sank")[0] == "sink"
    assert to_stem("inspected") == to_stem("inspection") == to_stem("inspects")
    assert to_stem("minister") != to_stem("ministry")
    assert set(find_meanings("killed")) & set(find_meanings("died"))
    assert find_opposites("open") & set(find_meanings("closed"))


@given(st.text(max_size=60))
def test_any_words_have_numbers_and_moments_in_place(text: str) -> None:
    wording = read_original(text)
    places = [(each.start, each.end) for each in read_quantities(wording)]
    places += [(each.start, each.end) for each in read_moments(wording)]
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_the_cases_are_whole() -> None:
    documents, cases = load_cases()
    assert len(cases) == 142
    assert sum(case.other_words for case in cases) * 3 > len(cases)
    assert all(set(case.documents) <= set(documents) for case in cases)
    assert all(bool(case.reason) == (case.kind == "disagrees") for case in cases)


def test_an_answer_of_several_statements_is_the_most_telling() -> None:
    assert to_answer(()) == ("nothing", "")


@pytest.mark.models
def test_the_cases_come_out_no_worse() -> None:
    """99 of 142 when this was written; nothing may be found where there is nothing."""
    figures = score_cases(CASES)
    assert figures["right"]["share"] >= 0.69
    assert figures["found"]["nothing"]["nothing"] == 17
    assert figures["reason_right"]["share"] >= 0.95


@pytest.mark.models
def test_a_statement_in_words_of_ones_own() -> None:
    from closeread import confront_text, read_text

    document = read_text("The council met on Monday. Eleven people drowned when the ferry sank.")
    (found,) = confront_text("Twelve people drowned.", [document])
    assert (found.kind, found.passages[0].reason) == ("disagrees", "number")
