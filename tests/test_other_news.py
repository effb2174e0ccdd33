"""The loaders of MEANTIME and BASIL on invented articles, then the coded places in their texts where they are here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from closeread.article import find_words
from evals.other_news import choose, load_basil, load_coded, load_meantime
from evals.polnear_corpus import CorpusError, Document

SHARED = Path(__file__).parents[2] / "shared" / "data"
LOADERS: dict[str, Callable[[Path], list[Document]]] = {"basil": load_basil, "meantime": load_meantime}

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared inputs are not here: ../shared")

SENTENCES = [
    "Harbour bridge to close",
    "`` I' m sure , '' Ann O' Lee ( 40 ) said . `` It costs US$ 5 .",
    "We do n't know ` how ' . ''",
    'The workers \' bridge is " safe " , she said ; 30 % agree .',
]
TEXT = (
    "Harbour bridge to close\n\n"
    "\"I'm sure,\" Ann O'Lee (40) said. \"It costs US$5. We don't know 'how'.\"\n\n"
    'The workers\' bridge is "safe", she said; 30% agree.'
)


def test_tokens_become_text(tmp_path: Path) -> None:
    lines = ["#begin document (corpus_harbour/7); part 000"]
    for number, sentence in enumerate(SENTENCES):
        lines += [f"corpus_harbour/7\t{number}\t{place}\t{token}\t-" for place, token in enumerate(sentence.split())]
        lines.append("")
    (tmp_path / "meantime.conll").write_text("\n".join(lines), encoding="utf-8")
    (document,) = load_meantime(tmp_path)
    assert (document.name, document.text, document.gold) == ("harbour/7", TEXT, ())


def test_sentences_become_paragraphs(tmp_path: Path) -> None:
    article = {"title": "A bridge", "source": "HPO", "body-paragraphs": [["It is old.", "It is safe."], ["It stays."]]}
    path = tmp_path / "articles" / "2011" / "a-b_2.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(article), encoding="utf-8")
    (document,) = load_basil(tmp_path)
    assert document == Document("2011/a-b_2", "hpo", "A bridge\n\nIt is old. It is safe.\n\nIt stays.", {"": ()})


@pytest.mark.parametrize("corpus", sorted(LOADERS))
def test_a_folder_without_the_corpus_is_told(corpus: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="does not hold"):
        LOADERS[corpus](tmp_path)


def test_every_coded_attribution_has_a_content_and_places_in_order() -> None:
    coded = load_coded()
    assert len(coded) == 10
    for attribution in (found for several in coded.values() for found in several):
        assert attribution.contents
        assert all(start < end for start, end in attribution.contents + attribution.sources + attribution.cue)


@needs_shared
@pytest.mark.parametrize("corpus", sorted(LOADERS))
def test_coded_spans_begin_and_end_at_word_borders(corpus: str) -> None:
    texts = {document.name: document.text for document in LOADERS[corpus](SHARED / corpus)}
    for name, attributions in ((name, found) for (owner, name), found in load_coded().items() if owner == corpus):
        within = {place for start, end in find_words(texts[name]) for place in range(start + 1, end)}
        for found in attributions:
            borders = {place for span in found.contents + found.sources + found.cue for place in span}
            assert max(borders) <= len(texts[name])
            assert not borders & within, (name, sorted(borders & within))


@needs_shared
@pytest.mark.parametrize("corpus", sorted(LOADERS))
def test_the_coded_texts_are_those_drawn(corpus: str) -> None:
    drawn = {document.name for document in choose(LOADERS[corpus](SHARED / corpus))}
    assert drawn == {name for owner, name in load_coded() if owner == corpus}
