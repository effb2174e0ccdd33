"""The pinned model end to end: marked text through `read_text`; and what happens where the model is another."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from closeread import parsing
from closeread.findings import Attribution
from closeread.parsing import DEFAULT_MODEL, REQUIREMENT, ModelError, hash_files, load_model
from closeread.reading import read_text
from tests.hand_parsed import read_marked

pytestmark = pytest.mark.models

# `¶` is a paragraph break. Attribution 1 has content1, source1 and cue1, and so on.
CASES = {
    "cue after": "[“Stop the boats at once,”]content1 [Ann Lee]source1 [said]cue1 on Monday. The boats went on.",
    "cue before the source": "[“We cannot go on like this,”]content1 [said]cue1 [Petra Halvik, the minister]source1.",
    "cue before": "[Ann Lee]source1 [told]cue1 reporters: [“Nobody in this town is safe tonight.”]content1",
    "that-clause": "[The minister]source1 [said]cue1 [that the bridge would stay closed until spring]content1.",
    "mixed": "[The mayor]source1 [said]cue1 [the plan was “a waste of public money”]content1.",
    "according to": "[According to]cue1 [the police]source1, [three people were hurt in the fire]content1.",
    "split between sentences": (
        "[“We have waited nine years,”]content1 [Ann Lee]source1 [said]cue1. [“Nobody can be surprised now.”]content1"
    ),
    "split inside a sentence": (
        "[“The water will come back,”]content1 [she]source1 [said]cue1, [“when the rain does.”]content1"
    ),
    "two paragraphs": (
        "[“My father dug this ditch,”]content1 [said]cue1 [Mirre Osk, a farmer]source1. "
        "[“The river was never theirs.]content1¶[“Now there are men with keys.”]content1"
    ),
    "three paragraphs and then the cue": (
        "The meeting went on until midnight, and nobody left the hall before it ended.¶"
        "[“The first thing is the water.]content1¶[“The second thing is the land.]content1¶"
        "[“And the third is us,”]content1 "
        "[Ann Lee]source1 [said]cue1."
    ),
    "two speakers": (
        "[“Close the gates tonight,”]content1 [Ann Lee]source1 [said]cue1.¶"
        "[“Not before the harvest,”]content2 [Bob Ray]source2 [replied]cue2."
    ),
    "straight marks": '["Stop the boats at once,"]content1 [Ann Lee]source1 [said]cue1 on Monday.',
    "no cue": "A sign hung on the gate. [“We are all going home tonight.”]content1 It rained until spring.",
    "no quotation": "The bridge stayed closed until spring. The boats went on.",
    "a fragment that opens the sentence": "“Rebels” began the war in May. It went on until June.",
}


@pytest.mark.parametrize("name", CASES)
def test_quotations_end_to_end(name: str) -> None:
    marked = read_marked(CASES[name].replace("¶", "\n\n"))
    numbers = sorted({role[-1] for role, _, _ in marked.places})
    expected = [tuple(marked.words(f"{role}{n}") for role in ("content", "source", "cue")) for n in numbers]
    assert [_to_words(spoken) for spoken in read_text(marked.text).attributions] == expected


def _to_words(spoken: Attribution) -> tuple[list[str], list[str], list[str]]:
    cue = [spoken.cue.text] if spoken.cue else []
    return [content.text for content in spoken.contents], [source.text for source in spoken.sources], cue


def test_a_reading_says_what_made_it() -> None:
    made_with = read_text("The bridge stayed closed until spring.").made_with
    assert made_with.model.startswith(f"{DEFAULT_MODEL} ")
    assert made_with.model_sha256 == parsing.PINNED[DEFAULT_MODEL]


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"'en_no_such_model' is not installed.*pip install en-no-such-model"):
        load_model("en_no_such_model")
    with pytest.raises(ModelError, match="is not installed"):
        read_text("It rained.", model="en_no_such_model")


def test_a_missing_default_model_says_the_pinned_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match=f"pip install {REQUIREMENT}"):
        load_model.__wrapped__(DEFAULT_MODEL)


@pytest.mark.parametrize("name", ["../x", "no such model", "a-b", "1x", "os.path"])
def test_a_name_that_is_no_package_is_a_model_error(name: str) -> None:
    with pytest.raises(ModelError):
        load_model.__wrapped__(name)


@pytest.mark.parametrize("name", ["", "folder"])
def test_a_folder_that_is_no_model_is_a_model_error(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError):
        load_model.__wrapped__(name)


def test_a_folder_of_the_same_name_does_not_stand_in_for_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / DEFAULT_MODEL).mkdir()
    monkeypatch.chdir(tmp_path)
    load_model.__wrapped__(DEFAULT_MODEL)


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Path]:
    """A copy of the installed model's folder."""
    found = parsing._find_model(DEFAULT_MODEL)
    copy = tmp_path / "copied_model"
    shutil.copytree(found, copy, ignore=shutil.ignore_patterns("__pycache__"))
    yield copy
    sys.modules.pop("copied_model", None)


def test_one_changed_byte_is_refused(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned = hash_files(copied)
    assert pinned == parsing.PINNED[DEFAULT_MODEL]
    victim = max(copied.rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else -1)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    monkeypatch.setitem(parsing.PINNED, str(copied), pinned)
    with pytest.raises(ModelError, match=f"have SHA-256 {hash_files(copied)}, expected {pinned}.*{REQUIREMENT}"):
        load_model.__wrapped__(str(copied))


def test_a_renamed_file_is_another_model(copied: Path) -> None:
    before = hash_files(copied)
    meta = next(copied.rglob("meta.json"))
    meta.rename(meta.with_name("mete.json"))
    assert hash_files(copied) != before


def test_compiled_files_do_not_count(copied: Path) -> None:
    before = hash_files(copied)
    (copied / "__pycache__").mkdir()
    (copied / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"x")
    assert hash_files(copied) == before


def test_the_parse_has_the_code_points_of_the_article() -> None:
    from closeread.marks import find_marks
    from tests.hand_parsed import make_article

    article = make_article("She said \"no 🌊\"\u00a0now\nand\tleft.\n\n''Stop,'' he said.")
    doc = parsing.parse(article, find_marks(article))
    assert len(doc.text) == len(article.text)
    assert all(article.text[token.idx] == token.text[0] or token.text[0] in " “”" for token in doc)
    starts = {sentence.start_char for sentence in doc.sents}
    assert {zone.start for zone in article.zones} <= starts
