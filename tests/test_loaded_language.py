"""Loaded words: sentences and phrases, voice and actor, and what the shipped weights promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import closeread
from closeread.analyses.actors import find_actors
from closeread.analyses.innermost import Innermost
from closeread.analyses.loaded_language import About, find_loaded
from closeread.analyses.voices import Voices
from closeread.encoder.loaded import (
    Calibration,
    LoadedReader,
    LoadedScores,
    Phrase,
    find_phrases,
    is_name,
    load_loaded,
)  # fmt: skip
from closeread.encoder.model import EncoderError, check_files, load_encoder
from closeread.encoder.pieces import load_tokenizer, to_encoder_view, to_pieces
from closeread.encoder.sentences import find_borders, split_unit
from closeread.encoder.units import find_units
from closeread.findings import LoadedPhrase
from closeread.marks import find_marks
from tests.hand_parsed import hand_parse, make_article, make_attribution, parse_words

MODELS = Path(closeread.__file__).parent / "models"


def _view(text: str) -> str:
    article = make_article(text)
    return to_encoder_view(article, find_marks(article))


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rained.", "She left."],
        ["It rained!", "“She left.”", "Nobody stayed."],
        ["J. Lee met Sen. Maret in the U.S. capital at 3.5 per cent.", "He left."],
        ["It rained in the U.S.", "The fair was put off."],
        ["It rained … and rained."],
        ["She asked “why?” and left."],
    ],
)
def test_sentences_of_a_line(sentences: list[str]) -> None:
    view = _view(" ".join(sentences))
    pieces = to_pieces(view, load_tokenizer(str(MODELS / "attribution" / "tokenizer.json")))
    starts = [pieces.words[word][0] for word in find_borders(view, pieces)]
    assert [view[start:].lstrip("“") for start in starts] == [
        " ".join(sentences[number:]).lstrip('“"') for number in range(1, len(sentences))
    ]


def test_sentences_hold_every_row_of_a_unit_once() -> None:
    view = _view("It rained. “She left.” Nobody stayed.\n\nThe end.")
    pieces = to_pieces(view, load_tokenizer(str(MODELS / "attribution" / "tokenizer.json")))
    first, second = (split_unit(pieces, unit, find_borders(view, pieces)) for unit in find_units(pieces))
    assert [row for start, end in first for row in range(start, end)] == list(range(1, first[-1][1]))
    assert len(first) == 3 and len(second) == 1


def test_phrases_are_neighbouring_words() -> None:
    view = "a truly vile plan, mad idea"
    calibration = Calibration(threshold=0.4, trust=(0.0, 1.0, 0.0, 0.0))
    words = [(0, 1), (2, 7), (8, 12), (13, 17), (19, 22), (23, 27)]
    scores = LoadedScores(
        words, np.array([0, 0.4, 0.8, 0.9, 0.5, 0.1]), np.zeros(6, dtype=int), [(0, 6)], np.array([0.5])
    )
    found = find_phrases(view, scores, calibration)
    assert [view[each.start : each.end] for each in found] == ["truly vile plan", "mad"]
    assert [round(each.confidence, 2) for each in found] == [0.7, 0.5]


CLAIM = "The brutal Lee government fell. Maret vilely slandered him. It rained madly."
TABLE = """
The/DT/det/4 brutal/JJ/amod/4 Lee/NNP/compound/4/PERSON government/NN/nsubj/5 fell/VBD/ROOT/0 ././punct/5
Maret/NNP/nsubj/3/PERSON vilely/RB/advmod/3 slandered/VBD/ROOT/0 him/PRP/dobj/3 ././punct/3
It/PRP/nsubj/2 rained/VBD/ROOT/0 madly/RB/advmod/2 ././punct/2
"""


def _about(text: str, table: str, *words: str) -> list[str | None]:
    article = make_article(text)
    doc = hand_parse(text, table)
    voices = Voices(article, find_marks(article), ())
    actors = find_actors(doc, article, voices)
    names = {actor.id: actor.name for actor in actors}
    about = About(doc, actors, Innermost(article, ()))
    tokens = {token.text: token for token in doc}
    return [names.get(about.actor_of(tokens[word]) or "") for word in words]


def test_whom_a_loaded_word_is_about() -> None:
    assert _about(CLAIM, TABLE, "brutal", "vilely", "slandered", "madly") == [
        "Lee government",
        "Maret",
        "Maret",
        None,
    ]


def test_the_subject_of_a_predicate_and_the_agent_of_a_passive() -> None:
    text = "Lee was a bully. Maret was slandered by Holt."
    table = """
    Lee/NNP/nsubj/2/PERSON was>be/VBD/ROOT/0 a/DT/det/4 bully/NN/attr/2 ././punct/2
    Maret/NNP/nsubjpass/3/PERSON was>be/VBD/auxpass/3 slandered/VBN/ROOT/0 by/IN/agent/3 Holt/NNP/pobj/4/PERSON
    ././punct/3
    """.replace("\n    ././", " ././")
    assert _about(text, table, "bully", "slandered") == ["Lee", "Holt"]


def test_rivals_of_an_actor_and_what_is_joined_to_one() -> None:
    text = "Lee’s rivals sulked. He named Holt and vile plans."
    table = """
    Lee/NNP/poss/3/PERSON ’s/POS/case/1 rivals/NNS/nsubj/4 sulked/VBD/ROOT/0 ././punct/4
    He/PRP/nsubj/2 named/VBD/ROOT/0 Holt/NNP/dobj/2/PERSON and/CC/cc/3 vile/JJ/amod/6 plans/NNS/conj/3 ././punct/2
    """
    assert _about(text, table, "sulked", "vile") == [None, None]


def test_a_speaker_does_not_do_what_is_said() -> None:
    text = "Lee called it a vile plan."
    table = (
        "Lee/NNP/nsubj/2/PERSON called>call/VBD/ROOT/0 it/PRP/nsubj/6 a/DT/det/6 vile/JJ/amod/6 plan/NN/oprd/2 "
        "././punct/2"
    )
    article = make_article(text)
    doc = hand_parse(text, table)
    actors = find_actors(doc, article, Voices(article, find_marks(article), ()))
    assert actors
    innermost = Innermost(article, (make_attribution(article, (14, 25)),))
    assert About(doc, actors, innermost).actor_at(16, 20) is None
    assert About(doc, actors, Innermost(article, ())).actor_at(0, 3) == actors[0].id


def test_voice_attribution_and_certainty() -> None:
    parsed = parse_words("A vile plan, she said: “It is vile.”")
    article = parsed.article
    attribution = make_attribution(article, (23, 36))
    voices = Voices(article, parsed.marks, (attribution,))
    phrases = [Phrase(2, 6, 0.95), Phrase(30, 34, 0.5)]

    def found(certain: float | None) -> tuple[LoadedPhrase, ...]:
        innermost = Innermost(article, (attribution,))
        about = About(parsed.doc, (), innermost)
        return find_loaded(article, phrases, about=about, voices=voices, innermost=innermost, certain=certain)

    rows = [(each.id, each.place.text, each.voice, each.attribution, each.certain) for each in found(0.9)]
    assert rows == [("w1", "vile", "own", None, True), ("w2", "vile", "quoted", "q1", False)]
    assert not any(each.certain for each in found(None))


def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "loaded"
    shutil.copytree(MODELS / "loaded", folder)
    assert len(check_files(folder)) == 64
    (folder / "calibration.json").write_text("{}")
    with pytest.raises(EncoderError, match=r"calibration\.json has SHA-256"):
        check_files(folder)


def test_the_card_names_the_sums_and_all_weights_are_small() -> None:
    card = (MODELS / "loaded" / "README.md").read_text(encoding="utf-8")
    for line in (MODELS / "loaded" / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        assert line.split()[0] in card
    assert sum(path.stat().st_size for path in MODELS.rglob("*") if path.is_file()) < 40_000_000


STORY = (
    "In a shameless, disgraceful stunt, {0} smeared the council. Critics of {1} called the plan a grotesque "
    "giveaway.\n\n“It is an outrageous betrayal,” {0} said. The vote is on Monday."
)
OTHER = "Rain fell all week.\n\nNothing else happened in the town, and the fair was put off until the spring."


@pytest.fixture
def reader() -> LoadedReader:
    return load_loaded()[0]


def _bytes(reader: LoadedReader, view: str) -> bytes:
    scores = reader.score(load_encoder()[0].read(view))
    return scores.loaded.tobytes() + scores.biased.tobytes()


@pytest.mark.models
class TestShippedWeights:
    def test_finds_the_obvious(self, reader: LoadedReader) -> None:
        view = _view(STORY.format("Ann Lee", "Ilka Maret"))
        scores = reader.score(load_encoder()[0].read(view))
        phrases = [view[each.start : each.end] for each in find_phrases(view, scores, reader.calibration)]
        words = {word for phrase in phrases for word in phrase.split()}
        assert {"shameless", "disgraceful", "grotesque"} <= words
        assert not words & {"The", "vote", "is", "on", "Monday", "council", "said", "plan"}
        assert scores.biased[0] > 0.8 > 0.3 > scores.biased[-1]

    def test_finds_nothing_where_nothing_is(self, reader: LoadedReader) -> None:
        scores = reader.score(load_encoder()[0].read(OTHER))
        assert find_phrases(OTHER, scores, reader.calibration) == []

    def test_what_was_read_before_changes_nothing(self, reader: LoadedReader) -> None:
        view = _view(STORY.format("Ann Lee", "Ilka Maret"))
        alone = _bytes(reader, view)
        _bytes(reader, OTHER)
        load_encoder()[0].find(OTHER)
        assert _bytes(reader, view) == alone

    def test_other_paragraphs_change_nothing(self, reader: LoadedReader) -> None:
        view = _view(STORY.format("Ann Lee", "Ilka Maret"))
        alone = reader.score(load_encoder()[0].read(view)).loaded
        around = reader.score(load_encoder()[0].read(f"{OTHER}\n\n{view}\n\n{OTHER}")).loaded
        at = next(at for at in range(len(around)) if around[at : at + len(alone)].tobytes() == alone.tobytes())
        assert at == len(OTHER.replace("\n", " ").split())

    @pytest.mark.parametrize(("one", "other"), [("Ann Lee", "Ilka Maret"), ("Holt", "Senator Ann van der Lee")])
    def test_names_change_nothing(self, reader: LoadedReader, one: str, other: str) -> None:
        """Not by a bit: names are one piece. Words of names are never loaded."""
        encoder = load_encoder()[0]
        reads = [encoder.read(_view(STORY.format(*pair))) for pair in ((one, other), (other, one))]
        if "Senator" not in other:
            kept = [reader.score(read).loaded[~is_name(read)].tobytes() for read in reads]
            assert kept[0] == kept[1]
        for read in reads:
            assert not reader.score(read).loaded[is_name(read)].any()

    def test_a_word_with_a_name_in_it_is_a_name(self) -> None:
        view = "Critics of the anti-Lee tirade and of Lee’s plan left."
        read = load_encoder()[0].read(view)
        words = [view[slice(*place)] for place, named in zip(read.pieces.words, is_name(read), strict=True) if named]
        assert words == ["anti-Lee", "Lee’s"]

    def test_forms_of_quotation_marks_change_nothing(self, reader: LoadedReader) -> None:
        text = STORY.format("Ann Lee", "Ilka Maret")
        straight = text.replace("“", '"').replace("”", '"')
        assert _bytes(reader, _view(straight)) == _bytes(reader, _view(text))

    @pytest.mark.parametrize(
        "text", ["", "…", "a", "* * *", "漢字かな", "x" * 5000, "a " * 3000, "“" * 50, "A. " * 300]
    )
    def test_odd_texts(self, reader: LoadedReader, text: str) -> None:
        scores = reader.score(load_encoder()[0].read(text))
        assert len(scores.loaded) == len(scores.words) == len(scores.sentence_of)
        assert len(scores.biased) == len(scores.sentences)
