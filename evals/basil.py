"""Scores loaded phrases on the lexical spans of BASIL: whole articles, read as closeread reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from closeread.article import find_words
from closeread.intake import load_text
from closeread.reading import read_article
from evals.babe_corpus import load_babe
from evals.basil_corpus import Coded, Range, load_basil, to_words
from evals.intervals import to_number, wilson
from evals.loaded_words import Words, learn_lexicon, score_words, to_flags


def evaluate(folder: Path, years: tuple[str, ...], babe: Path) -> dict[str, Any]:
    """Words in phrases against words in spans; phrases that share a word with a span, spans that share one with a
    phrase; and the words that a lexicon over BABE train takes."""
    coded = load_basil(folder, years)
    found = [find_loaded(each) for each in coded]
    lexicon = learn_lexicon(load_babe(babe, "train"))
    return {
        "articles": len(coded),
        "words": score_words([_to_words(each, spans) for each, spans in zip(coded, found, strict=True)]),
        "phrases": score_phrases([(spans, each.lexical) for each, spans in zip(coded, found, strict=True)]),
        "lexicon": score_words([Words(lexicon.find(each.text), _gold(each)) for each in coded]),
    }


def find_loaded(coded: Coded) -> tuple[Range, ...]:
    """The loaded phrases that a reading of the article has. Raises ValueError where intake moves the text."""
    article = load_text(coded.text, source=coded.name)
    if len(article.text) != len(coded.text):
        raise ValueError(f"{coded.name}: intake changes its places")
    return tuple((each.place.start, each.place.end) for each in read_article(article).loaded)


def _gold(coded: Coded) -> Any:
    return to_flags(to_words(coded.text, coded.lexical), len(find_words(coded.text)))


def _to_words(coded: Coded, spans: tuple[Range, ...]) -> Words:
    return Words(to_flags(to_words(coded.text, spans), len(find_words(coded.text))), _gold(coded))


def score_phrases(articles: Sequence[tuple[Sequence[Range], Sequence[Range]]]) -> dict[str, Any]:
    """Of the phrases found, the share that shares a character with a span, and of the spans the share that is met."""
    right = sum(_meets(one, spans) for phrases, spans in articles for one in phrases)
    met = sum(_meets(one, phrases) for phrases, spans in articles for one in spans)
    found, gold = (sum(len(side[at]) for side in articles) for at in (0, 1))
    return {
        "p": to_number(right / found if found else float("nan")),
        "p_ci": wilson(right, found),
        "r": to_number(met / gold if gold else float("nan")),
        "r_ci": wilson(met, gold),
        "found": found,
        "gold": gold,
    }


def _meets(one: Range, others: Sequence[Range]) -> bool:
    return any(one[0] < end and one[1] > start for start, end in others)
