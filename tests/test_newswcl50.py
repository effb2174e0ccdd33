"""The scorer of NewsWCL50, counted by hand, and its loader on an invented document."""

from __future__ import annotations

from pathlib import Path

import pytest

from closeread.findings import Reading
from evals.newswcl50 import (
    CodedDocument,
    GoldMention,
    b_cubed,
    choose_events,
    find_gold_mentions,
    index_heads,
    load_newswcl50,
)
from evals.polnear_corpus import CorpusError
from tests.hand_parsed import VERSIONS, parse_words

SHARED = Path(__file__).parents[2] / "shared" / "data" / "newswcl50"

# Gold chains and our groups, one key per mention, by document; then precision and recall, counted by hand.
CASES: dict[str, tuple[list[str], list[str], float, float]] = {
    "the same": (["aabb"], ["xxyy"], 1, 1),
    "all alone": (["aabb"], ["wxyz"], 1, 1 / 2),
    "all in one": (["aabb"], ["xxxx"], 1 / 2, 1),
    # The mentions of a: 2/2, 2/2, then 1/2; of b: 1/2. Recall: 2/3, 2/3, 1/3, 1/1.
    "one moved": (["aaab"], ["xxyy"], 3 / 4, 2 / 3),
    # Groups never run over documents, though the keys are the same.
    "two documents": (["aa", "a"], ["xy", "x"], 1, 2 / 3),
}


@pytest.mark.parametrize("name", CASES)
def test_b_cubed(name: str) -> None:
    gold, ours, precision, recall = CASES[name]
    f1 = 2 * precision * recall / (precision + recall)
    n = sum(map(len, gold))
    expected = {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4), "n": n}
    assert b_cubed(gold, ours) == pytest.approx(expected)


def test_nothing_to_score() -> None:
    assert b_cubed([], []) == {"p": None, "r": None, "f1": None, "n": 0}


LINES = """#begin document 7/-/7_L; part 000
7/-/7_L\t0\t0\tOrlan\t(7_ORL_COUNTRY)\t
7/-/7_L\t0\t1\tand\t-\t
7/-/7_L\t0\t2\tthe\t(7_Team_GROUP| (7_Lee_ACTOR\t
7/-/7_L\t0\t3\tone\t-\t
7/-/7_L\t0\t4\t-\t-\t
7/-/7_L\t0\t5\tman\t7_Lee_ACTOR)\t
7/-/7_L\t0\t6\tteam\t7_Team_GROUP)\t
7/-/7_L\t0\t7\t\\n\t-\t

7/-/7_L\t1\t0\tLee\t(7_Lee_ACTOR)| (7_Trip_ACTION)\t
7/-/7_L\t1\t1\tleft\t-\t
7/-/7_L\t1\t2\t.\t-\t
7/-/7_L\t2\t0\tRain\t-\t
#end document
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "NewsWCL50.conll").write_text(LINES, encoding="utf-8")
    return tmp_path


def test_tokens_become_text_and_chains_become_mentions(folder: Path) -> None:
    (document,) = load_newswcl50(folder)
    assert document.text == "Orlan and the one-man team\n\nLee left. Rain"
    assert (document.name, document.event) == ("7_L", 7)
    found = [(document.text[each.start : each.end], each.chain) for each in document.mentions]
    assert found == [
        ("Orlan", "7_ORL_COUNTRY"),
        ("the one-man", "7_Lee_ACTOR"),
        ("the one-man team", "7_Team_GROUP"),
        ("Lee", "7_Lee_ACTOR"),
    ]


def test_a_mention_counts_once() -> None:
    places, cell = [(0, 2)], "(0_Xi_ACTOR)| (0_Xi_ACTOR)"
    assert list(find_gold_mentions("0_L", places, [cell])) == [GoldMention(0, 2, "0_Xi_ACTOR")]


@pytest.mark.parametrize("cell", ["(0_Xi_ACTOR", "0_Xi_ACTOR)"])
def test_a_mention_with_one_end_is_told(cell: str) -> None:
    with pytest.raises(CorpusError, match="0_L: 0_Xi_ACTOR"):
        list(find_gold_mentions("0_L", [(0, 2)], [cell]))


def test_a_folder_without_the_corpus_and_events_without_documents(folder: Path) -> None:
    with pytest.raises(CorpusError, match="does not hold NewsWCL50"):
        load_newswcl50(folder / "none")
    documents = [CodedDocument("0_L", "", ()), CodedDocument("6_L", "", ())]
    assert choose_events(documents, range(6)) == documents[:1]
    with pytest.raises(CorpusError, match="events 1-2"):
        choose_events(documents, range(1, 3))


def test_the_head_word_of_a_mention_of_ours_is_its_last() -> None:
    parsed = parse_words("[Ann Lee]person met the [Orlan Water Board]org.")
    actors = parsed.find_actors()
    reading = Reading(parsed.article, (), (), actors, (), (), VERSIONS)
    ids = {actor.name: actor.id for actor in actors}
    assert index_heads(reading, parsed.doc) == {1: ids["Ann Lee"], 6: ids["Orlan Water Board"]}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared inputs are not here: ../shared")
def test_all_documents_can_be_rebuilt() -> None:
    documents = load_newswcl50(SHARED)
    assert len(documents) == 35
    assert all(document.text[each.start : each.end].strip() for document in documents for each in document.mentions)
