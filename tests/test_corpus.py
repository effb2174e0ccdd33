"""A collection: sums, intervals, groups that are too few, copies, actors across texts; on readings made by hand."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from closeread import describe_corpus
from closeread.article import Article, Failure, Span, Zone
from closeread.cli import main
from closeread.comparisons.copies import find_copies
from closeread.comparisons.corpus_actors import join_actors
from closeread.comparisons.corpus_figures import MEASURES, Corpus, Figure
from closeread.comparisons.corpus_records import to_article_record
from closeread.comparisons.resampling import RESAMPLES, add_up, draw_articles, find_difference, find_interval, tail_of
from closeread.exports.corpus_tables import COLUMNS, to_corpus_tables
from closeread.exports.csv_tables import CsvTables
from closeread.exports.json_lines import to_corpus_line
from closeread.findings import Actor, Clause, Mention, Notice, Participant, Reading
from closeread.report.corpus_page import to_corpus_page
from closeread.report.corpus_terminal import to_corpus_summary
from tests.readings import VERSIONS, hand_made_reading
from tests.schemas import load_schema

ROOT = Path(__file__).parents[1]
WORDS = "The mill at Osk stood still on Monday while men in boats took the grain down to the lower town by lamplight"


def told(
    number: int, *, outlet: str | None = "Courier", date: str | None = "2026-03-01", agentless: int = 0
) -> Reading:
    """One article with ten clauses, of which so many have no agent."""
    text = f"{WORDS} {number}."
    zone = Zone(0, len(text), text, "body")
    article = Article(f"{number}.txt", text, (zone,), title=f"No. {number}", outlet=outlet, date=date, language="en")
    agent = Participant(0, 8, text[:8], ("a1",))
    clauses = tuple(
        Clause(
            id=f"c{at}",
            predicate=Span(16, 21, text[16:21]),
            lemma="stand",
            form="active",
            agent=None if at < agentless else agent,
            patient=None,
            recipient=None,
            agent_elsewhere=None,
            negated=False,
            modality="asserted",
            voice="own",
            rule="agency.active",
            certain=at % 2 == 0,
        )
        for at in range(10)
    )
    mention = Mention(0, 8, text[:8], "full-name", "own", subject=True)
    actor = Actor("a1", "The mill", "organisation", (mention,), 0.0, False, True, True, "actors.name")
    return Reading(article, (), (), (actor,), (), clauses=clauses, notices=(), made_with=VERSIONS)


def figure(figures: Sequence[Figure], measure: str) -> Figure:
    return next(each for each in figures if each.measure == measure)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    readings = [told(at, agentless=at % 4, outlet="Courier" if at < 8 else "Gazette") for at in range(11)]
    return describe_corpus(readings)


def test_shares_are_sums_over_sums(corpus: Corpus) -> None:
    found = figure(corpus.figures, "agentless")
    missing = [at % 4 for at in range(11)]
    assert found.all is not None
    assert (found.all.part, found.all.whole, found.articles) == (sum(missing), 110, 11)
    assert found.all.share == pytest.approx(sum(missing) / 110, abs=1e-6)
    assert found.certain is not None
    assert found.possible is not None
    # Of the first n clauses every second, from the first on, is certain.
    assert (found.certain.part, found.certain.whole) == (sum((n + 1) // 2 for n in missing), 55)
    assert (found.possible.part, found.possible.whole) == (sum(n // 2 for n in missing), 55)
    names = {text.article: text.source for text in corpus.texts}
    assert sorted(names[each] for each in found.found_in) == sorted(f"{at}.txt" for at in range(11) if at % 4)


def test_the_interval_holds_the_share_and_narrows_with_articles() -> None:
    few, many = (describe_corpus([told(at, agentless=at % 4) for at in range(count)]) for count in (12, 120))
    widths = []
    for each in (few, many):
        share = figure(each.figures, "agentless").all
        assert share is not None and share.low is not None and share.high is not None and share.share is not None
        assert share.low < share.share < share.high
        widths.append(share.high - share.low)
    assert widths[1] < widths[0] / 2


def test_a_share_of_nothing_or_all_has_no_interval() -> None:
    share = figure(describe_corpus([told(at) for at in range(9)]).figures, "agentless").all
    assert share is not None
    assert (share.part, share.share, share.low, share.high) == (0, 0.0, None, None)


def test_groups_too_few_are_counted_and_have_no_figures(corpus: Corpus) -> None:
    courier, gazette = (group for group in corpus.groups if group.by == "outlet")
    assert (courier.name, len(courier.articles), courier.too_few) == ("Courier", 8, False)
    assert (gazette.name, len(gazette.articles), gazette.too_few) == ("Gazette", 3, True)
    assert gazette.figures == ()
    assert gazette.differences == courier.differences == ()  # the others of the Courier are too few too
    assert len(corpus.texts) == 11
    by = {each.name: each.share for each in corpus.actors[0].by if each.by == "outlet"}
    assert by["Gazette"] is None
    assert by["Courier"] is not None


def test_the_limit_is_the_number_of_articles_given() -> None:
    readings = [told(at, agentless=at % 3) for at in range(5)]
    assert not describe_corpus(readings, least=5).groups[0].too_few
    assert describe_corpus(readings, least=6).groups[0].too_few
    assert figure(describe_corpus(readings, least=6).figures, "agentless").all is None


def test_groups_without_a_name_come_last_and_case_does_not_part_outlets() -> None:
    readings = [told(at, outlet=name, date=date) for at, (name, date) in enumerate(_GROUPS)]
    found = [
        (group.by, group.name, len(group.articles)) for group in describe_corpus(readings, by=("outlet", "year")).groups
    ]
    assert found == [
        ("outlet", "Courier", 3),
        ("outlet", None, 1),
        ("year", "2025", 1),
        ("year", "2026", 2),
        ("year", None, 1),
    ]


_GROUPS = (("Courier", "2026-03-01"), ("courier", "2026-04"), ("Courier", "2025-12-31"), (None, "in March"))


def test_the_order_does_not_matter() -> None:
    readings = [told(at, agentless=at % 4, outlet="Courier" if at % 2 else "Gazette") for at in range(20)]
    mixed = random.Random(1).sample(readings, len(readings))
    first, second = (describe_corpus(each, count_copies_once=True) for each in (readings, iter(mixed)))
    assert to_corpus_line(first) == to_corpus_line(second)


def test_a_generator_is_enough_and_failures_are_kept() -> None:
    def stream() -> Iterator[Reading | Failure]:
        yield from (told(at) for at in range(6))
        yield Failure("b.docx", "intake.broken", "The file is damaged.")

    found = describe_corpus(stream())
    assert (found.given, len(found.texts), [each.source for each in found.unread]) == (6, 6, ["b.docx"])


def test_other_languages_and_repeated_texts_are_left_out() -> None:
    foreign = replace(told(7), notices=(Notice("language.not-english", "Not English.", None),))
    found = describe_corpus([*(told(at) for at in range(6)), told(3), foreign])
    assert [(each.source, each.reason, each.same_as) for each in found.left_out] == [
        ("7.txt", "not-english", None),
        ("3.txt", "repeated", "3.txt"),
    ]
    assert (found.given, len(found.texts)) == (8, 6)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"by": ("outlet", "weather")}, "'weather' is no way"), ({"least": 1}, "least is 1")],
)
def test_wrong_use(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        describe_corpus([told(1)], **arguments)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no reading was given"):
        describe_corpus([])


_OTHER = (
    "Nobody at the ferry house would say when the bridge is to be mended, and the keeper of the toll had gone to bed "
    "with the only key to the chest in which the plans of the engineers are kept"
)


def _article(source: str, *paragraphs: str, date: str | None = None) -> Article:
    zones, at = [], 0
    for paragraph in paragraphs:
        zones.append(Zone(at, at + len(paragraph), paragraph, "body"))
        at += len(paragraph) + 2
    return Article(source, "\n\n".join(paragraphs), tuple(zones), date=date, language="en")


def test_of_near_duplicates_the_earliest_is_kept_then_the_first_by_source() -> None:
    late, early, other = (
        _article("a", WORDS, date="2026-03-02"),
        _article("z", WORDS, date="2026-03-01"),
        _article("m", _OTHER),
    )
    undated = _article("0", WORDS)
    copies = find_copies([late, undated, other, early])
    assert [(each.source, each.same_as, each.reason) for each in copies] == [
        ("0", "z", "near-duplicate"),
        ("a", "z", "near-duplicate"),
    ]
    assert [each.source for each in find_copies([_article("b", WORDS), _article("a", WORDS)])] == ["b"]


def test_wire_copy_needs_one_agency_credited_by_both() -> None:
    longer = [f"PORT SABEL (Reuters) - {WORDS}.", f"{_OTHER}."]
    whole, part = _article("a", *longer), _article("b", f"(Reuters) - {WORDS}.")
    assert [(each.source, each.reason, each.agency) for each in find_copies([whole, part])] == [
        ("b", "wire-copy", "Reuters")
    ]
    assert find_copies([_article("a", *longer), _article("b", f"{WORDS}.")]) == ()


def test_copies_count_once_only_where_the_user_says_so() -> None:
    readings = [told(at) for at in range(6)]
    assert len(describe_corpus(readings).texts) == 6
    once = describe_corpus(readings, count_copies_once=True)
    assert [text.source for text in once.texts] == ["0.txt"]
    assert {each.same_as for each in once.left_out} == {"0.txt"}


def _named(number: int, *names: tuple[str, ...]) -> Reading:
    """An article with people, each by one name or by several."""
    reading = told(number)
    actors = tuple(
        replace(
            reading.actors[0],
            id=f"p{at}",
            name=forms[0],
            kind="person",
            mentions=tuple(Mention(0, len(form), form, "full-name", "own") for form in forms),
        )
        for at, forms in enumerate(names)
    )
    return replace(reading, actors=actors)


@pytest.mark.parametrize(
    ("articles", "joined"),
    [
        ([("Ann Lee",), ("Lee",)], "ann lee"),
        ([("Ann Lee",), ("Bob Lee",), ("Lee",)], "lee"),
        ([("Ann Lee", "Lee"), ("Ann Lee",), ("Bob Lee",), ("Lee",)], "lee"),
        ([("Ann Moore", "Lee"), ("Ann Moore", "Lee"), ("Lee",)], "ann moore"),
        ([("Ann Moore", "Lee"), ("Lee",)], "lee"),
    ],
)
def test_who_a_surname_is(articles: list[tuple[str, ...]], joined: str) -> None:
    records = [to_article_record(_named(at, forms)) for at, forms in enumerate(articles)]
    assert join_actors(records)["person", "lee"] == ("person", joined)
    assert join_actors(records[::-1]) == join_actors(records)


def test_sums_of_resamples_are_those_of_the_drawn_articles() -> None:
    counts = np.random.default_rng(3).integers(0, 9, (1700, 2))
    weights = draw_articles(len(counts))
    assert (weights.sum(axis=0) == len(counts)).all()
    slow = [
        [sum(int(w) * int(c) for w, c in zip(weights[:, k], counts[:, at], strict=True)) for k in (0, 999)]
        for at in (0, 1)
    ]
    assert add_up(weights, counts)[:, [0, 999]].tolist() == slow
    rows = np.array([5, 5, 1600])
    assert add_up(weights, counts[rows], rows)[0, 7] == (weights[rows, 7] * counts[rows, 0]).sum()


def test_intervals_hold_what_they_promise() -> None:
    """Of ten articles each: 95 % intervals of a ratio hold the true one about so often."""
    random_, held, differ, runs = np.random.default_rng(11), 0, 0, 400
    for _ in range(runs):
        wholes = random_.integers(5, 40, (2, 10))
        parts = random_.binomial(wholes, 0.3)
        drawn = [
            add_up(draw_articles(10, seed), np.stack([parts[at], wholes[at]], 1)) for at, seed in enumerate((1, 2))
        ]
        found = find_interval(drawn[0][0], drawn[0][1], 10)
        apart = find_difference(tuple(drawn[0]), tuple(drawn[1]), 10)
        assert found is not None and apart is not None
        held += found[0] <= 0.3 <= found[1]
        differ += apart[0] * apart[1] > 0
    assert 0.91 < held / runs < 0.985
    assert differ / runs < 0.08


def test_few_articles_have_wider_tails() -> None:
    assert tail_of(5) < tail_of(20) < tail_of(1000) < 0.025
    assert tail_of(5) == pytest.approx(0.00095, abs=0.0002)
    assert RESAMPLES * tail_of(20) > 10


def test_the_schema_is_up_to_date_and_holds(corpus: Corpus) -> None:
    validator = load_schema("corpus")
    record = json.loads(to_corpus_line(corpus))
    validator.validate(record)
    record["figures"][0]["measure"] = "bias"
    assert not validator.is_valid(record)


def test_tables_have_their_columns_and_guard_formulas(tmp_path: Path) -> None:
    found = describe_corpus([told(at, outlet="=1+1") for at in range(6)])
    for name, rows in to_corpus_tables(found).items():
        for row in rows:
            assert set(row) <= set(COLUMNS[name])
    with CsvTables(tmp_path, COLUMNS) as tables:
        tables.write(to_corpus_tables(found))
    with (tmp_path / "corpus_figures.csv").open(encoding="utf-8", newline="") as file:
        groups = {row["group"] for row in csv.DictReader(file) if row["by"] == "outlet"}
    assert groups == {"'=1+1"}


def test_page_and_summary_say_the_same(corpus: Corpus) -> None:
    from rich.console import Console

    page = to_corpus_page(corpus, command="closeread corpus x.jsonl")
    assert page == to_corpus_page(corpus, command="closeread corpus x.jsonl")
    console = Console(width=80)
    with console.capture() as capture:
        for part in to_corpus_summary(corpus):
            console.print(part)
    out = capture.get()
    assert max(map(len, out.splitlines())) <= 80
    share = figure(corpus.figures, "agentless").all
    assert share is not None and share.share is not None
    for text in (page, out):
        assert f"{100 * share.share:.1f}\u202f%" in text
        assert "11 articles of 2 outlets" in text
    assert "Gazette (3)" in page


def test_every_measure_is_counted_in_a_reading_with_everything() -> None:
    counts = to_article_record(hand_made_reading()).text.counts
    assert tuple(count.measure for count in counts) == MEASURES
    assert all(count.certain <= count.of_certain and count.possible <= count.of_possible for count in counts)
    by = {count.measure: count for count in counts}
    assert by["anonymous-sources"].possible == 1
    assert by["quoted-words"].certain > 0


def test_the_command_reads_saved_readings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "readings.jsonl"
    lines = [told(at, agentless=at % 4).to_json() for at in range(6)]
    saved.write_text("\n".join(lines) + "\n", encoding="utf-8")
    outputs = ["--html", str(tmp_path / "h"), "--csv", str(tmp_path / "c"), "--json", str(tmp_path / "r.json")]
    assert main(["corpus", str(saved), *outputs, "--pages", "--by", "outlet"]) == 0
    out, err = capsys.readouterr()
    assert "6 articles of 1 outlet" in out
    assert err == ""
    assert len(list((tmp_path / "h").glob("*.html"))) == 8
    page = (tmp_path / "h" / "corpus.html").read_text(encoding="utf-8")
    assert f'href="{told(3).article.id}.html"' in page
    record = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (record["schema"], record["by"], len(record["texts"])) == ("closeread.corpus/1", ["outlet"], 6)
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".part", ".tmp")]
    saved.write_text("\n".join([*lines, '{"schema":"closeread.reading/1"}']) + "\n", encoding="utf-8")
    assert main(["corpus", str(saved), "--once", "--quiet"]) == 1
    assert "readings.jsonl#7" in capsys.readouterr().err
    assert main(["corpus", str(saved), "--pages"]) == 2
    assert main(["corpus", str(saved), "--by", "weather"]) == 2
