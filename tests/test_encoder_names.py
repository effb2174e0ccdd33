"""Which words are names, and that the encoder sees all names alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import closeread
from closeread.article import is_title_case
from closeread.encoder.pieces import NAME, Pieces, load_tokenizer, to_encoder_view, to_pieces
from closeread.marks import find_marks
from tests.hand_parsed import make_article

TOKENIZER = load_tokenizer(str(Path(closeread.__file__).parent / "models" / "attribution" / "tokenizer.json"))


def _pieces(text: str) -> Pieces:
    article = make_article(text)
    return to_pieces(to_encoder_view(article, find_marks(article)), TOKENIZER)


def _seen(text: str) -> str:
    """The text as the encoder sees it, `@` for a name."""
    ids = _pieces(text).ids.tolist()
    return " ".join("@" if piece == NAME else str(TOKENIZER.id_to_token(piece)) for piece in ids)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The mayor thanked Ilka Maret.", "the mayor thanked @ ."),
        ("Maret said no.", "@ said no ."),
        ("Officials said no.", "officials said no ."),
        ("United States officials said no.", "@ officials said no ."),
        ("The United States said no.", "the @ said no ."),
        ("But Maret said no.", "but @ said no ."),
        ("She met Ilka Maret’s staff.", "she met @ ’ s staff ."),
        ("An anti-Maret vote and a Maret-backed one.", "an anti - @ vote and a @ - backed one ."),
        ("He saw George W. Maret on Monday.", "he saw @ on monday ."),
        ("“We won,” Sen. Cook said.", "“ we won , ” sen . @ said ."),
        ("Then I asked President Maret.", "then i asked president @ ."),
        ("Maret, Holm and Lee left.", "@ , @ and @ left ."),
        ("Bashar al-Assad spoke.", "@ al - @ spoke ."),
        ("THE UNION OF BUS DRIVERS LOST THE VOTE", "the union of bus drivers lost the vote"),
        ("Union Wins The Vote As Maret Leaves", "union wins the vote as @ leaves"),
        ("no name here", "no name here"),
        ("", ""),
    ],
)
def test_names(text: str, seen: str) -> None:
    assert _seen(text) == seen


def test_words_of_a_name_share_its_piece() -> None:
    pieces = _pieces("The mayor thanked Ilka Rosa Maret’s aides.")
    assert pieces.first[3:6].tolist() == [3, 3, 3]
    assert pieces.last[3:6].tolist() == [3, 3, 5]  # with the apostrophe and the s
    assert pieces.gaps[3:7, 0].tolist() == [0, 2, 2, 0]


PAIRS = [("Ann Lee", "Cook"), ("Maret", "Ho Chi Minh City"), ("GOP", "Democrats"), ("Russia", "United States")]


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("frame", ["{} said no.", "“No,” said {}.", "The vote, {}’s aides said, was on.", "I met {}."])
def test_who_is_named_changes_nothing(frame: str, one: str, other: str) -> None:
    ours, theirs = _pieces(frame.format(one)), _pieces(frame.format(other))
    for name in ("ids", "quotes", "cases", "breaks"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Union Wins Vote As Mayor Leaves", True),
        ("THE UNION OF BUS DRIVERS LOST THE VOTE", True),
        ("Ilka Maret said that the vote was lost.", False),
        ("Ilka Maret", False),
    ],
)
def test_lines_in_title_case(line: str, expected: bool) -> None:
    assert is_title_case(line) is expected
