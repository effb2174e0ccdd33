"""What the encoder is told of a text, what it reads as one, and the shipped weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

import closeread
from closeread.article import find_words
from closeread.encoder.model import Encoder, EncoderError, check_files, load_encoder
from closeread.encoder.pieces import load_tokenizer, quote_states, to_encoder_view, to_pieces
from closeread.encoder.units import LONGEST, find_units, pack
from closeread.intake import load_text
from closeread.marks import find_marks
from tests.hand_parsed import make_article

MODEL = Path(closeread.__file__).parent / "models" / "attribution"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(str(MODEL / "tokenizer.json"))


def _view(text: str) -> str:
    article = make_article(text)
    return to_encoder_view(article, find_marks(article))


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ('She said "no".', "She said “no”."),
        ("She said ''no''.", "She said “ no ”."),
        ("‘No,’ she said, ‘not me.’", "“No,” she said, “not me.”"),
        ("It’s the dogs’ dinner.", "It’s the dogs’ dinner."),
        ("One line\nof two.\n\nNext.", "One line of two.\n\nNext."),
    ],
)
def test_the_view(text: str, view: str) -> None:
    assert _view(text) == view
    assert len(_view(text)) == len(text)


def test_quote_states() -> None:
    assert quote_states("a “b” c\n“d\ne").tolist() == [0, 0, 2, 1, 3, 0, 0, 0, 2, 1, 0, 0, 0]


@given(st.text(alphabet='Aa é’"“”\n.-7漢', max_size=60))
def test_words_of_the_view_are_those_of_the_text(text: str) -> None:
    if not text.strip():
        return
    article = make_article(text)
    view = to_encoder_view(article, find_marks(article))
    assert len(view) == len(text)
    assert find_words(view) == find_words(text)


def test_units_hold_every_piece_and_word_once(tokenizer: Tokenizer) -> None:
    long = "The mayor said that it rained. " * 120
    pieces = to_pieces(f"A headline\n\n{long}\n\nThe end.", tokenizer)
    units = find_units(pieces)
    assert [unit.pieces[0] for unit in units[1:]] == [unit.pieces[1] for unit in units[:-1]]
    assert [unit.words[0] for unit in units[1:]] == [unit.words[1] for unit in units[:-1]]
    assert units[0].words[0] == 0
    assert units[-1].words[1] == len(pieces.words)
    assert max(unit.size for unit in units) <= LONGEST + 2
    # Long paragraphs are cut behind a sentence.
    assert all(pieces.gaps[unit.words[0], 2] == 2 for unit in units[2:-1])


def test_rows_of_words_are_the_pieces_of_words(tokenizer: Tokenizer) -> None:
    view = _view('One line.\n\n"Our antidisestablishmentarianism," she told Ilka Maret.')
    pieces = to_pieces(view, tokenizer)
    packed = pack(pieces, find_units(pieces))
    spelled = []
    for first, last in packed.edges:
        rows = (str(tokenizer.id_to_token(row)) for row in packed.rows[first : last + 1, 0])
        spelled.append("".join(row.removeprefix("##") for row in rows))
    words = [view[start:end].lower() for start, end in pieces.words]
    assert spelled == [*words[:-2], "[MASK]", "[MASK]"]


def test_a_line_without_words(tokenizer: Tokenizer) -> None:
    pieces = to_pieces("* * *\n\nShe left.", tokenizer)
    assert [unit.words for unit in find_units(pieces)] == [(0, 0), (0, 2)]


def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "attribution"
    shutil.copytree(MODEL, folder)
    assert len(check_files(folder)) == 64
    (folder / "tables.npz").write_bytes(b"other")
    with pytest.raises(EncoderError, match=r"tables\.npz has SHA-256"):
        check_files(folder)
    (folder / "tables.npz").unlink()
    with pytest.raises(EncoderError, match="nothing"):
        check_files(folder)
    (folder / "SHA256SUMS").unlink()
    with pytest.raises(EncoderError, match="missing"):
        check_files(folder)


def test_the_card_names_the_sums() -> None:
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    for line in (MODEL / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        assert line.split()[0] in card
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < 40_000_000
    assert json.loads((MODEL / "decoding.json").read_text(encoding="utf-8"))["trust"]


STORY = (
    "The bridge will close on Monday, the mayor said.\n\n“We have no choice,” said Ann Lee, an engineer.\n\n"
    "Residents fear that shops will suffer."
)
OTHER = "Rain fell all week.\n\nNothing else happened in the town, and the fair was put off until the spring."


@pytest.fixture
def encoder() -> Encoder:
    return load_encoder()[0]


@pytest.mark.models
class TestShippedWeights:
    def test_finds_the_obvious(self, encoder: Encoder) -> None:
        found = encoder.find(_view(STORY))
        sources = [STORY[slice(*each.source)] for each in found if each.source]
        assert sources == ["the mayor", "Ann Lee, an engineer", "Residents"]

    def test_what_was_read_before_changes_nothing(self, encoder: Encoder) -> None:
        alone = encoder.score(STORY).emissions.tobytes()
        encoder.score(OTHER)
        assert encoder.score(STORY).emissions.tobytes() == alone

    def test_only_what_stands_near_is_seen(self, encoder: Encoder) -> None:
        """What follows at some distance changes nothing at all in what comes before it."""
        between = "\n\n".join("The fair was put off until the spring, and nothing else happened." for _ in range(8))
        scores = [encoder.score(f"{STORY}\n\n{between}\n\n{end}").emissions for end in (OTHER, STORY)]
        words = len(find_words(STORY))
        assert np.array_equal(scores[0][:words], scores[1][:words])

    @pytest.mark.parametrize("text", ["", "…", "a", "* * *", "漢字かな", "x" * 5000, "a " * 3000, "“" * 50])
    def test_odd_texts(self, encoder: Encoder, text: str) -> None:
        assert isinstance(encoder.find(text), list)

    def test_a_very_long_line_is_read_in_parts(self, encoder: Encoder) -> None:
        article = load_text("The mayor said that the bridge would close. " * 200, source="long.txt")
        found = encoder.find(to_encoder_view(article, find_marks(article)))
        assert len(found) > 190
