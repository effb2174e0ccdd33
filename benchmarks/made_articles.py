"""Many articles made from few: real sentences recombined, and passages taken over from one made article into another.

Three sentences in four are an article's own: pieces of real ones
joined, one word in ten replaced. The others
come in blocks of one to six from an article made before it, with up to two of twelve words replaced, dropped or added,
so that what an article shares with others does not grow with their number. Always the same for a seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from closeread.article import Article, Zone

SEED = 20261123
# Sentences of one article, and how many of them in a hundred are taken over.
LENGTH = (15, 45)
# Words of an own sentence, and of a piece of a real one in it.
SENTENCE = (12, 32)
PIECE = (3, 7)
TAKEN = 25
BLOCK = (1, 6)
# Of a hundred words of an own sentence, those replaced; at most so many of a block that is taken over.
OWN_EDITS = 10
TAKEN_EDITS = 17

_END = re.compile(r"(?<=[.!?”\"])\s+")

Sentence = list[str]


def make_articles(texts: Sequence[str], count: int) -> list[Article]:
    """`count` articles from the sentences of the texts, each sentence a paragraph of its own in one case of three."""
    chance = random.Random(SEED)
    pool = [sentence.split() for text in texts for sentence in _END.split(text) if len(sentence.split()) >= 6]
    vocabulary = [word for sentence in pool for word in sentence]
    made: list[list[Sentence]] = []
    for _ in range(count):
        sentences: list[Sentence] = []
        length = chance.randint(*LENGTH)
        while len(sentences) < length:
            if made and chance.randrange(100) < TAKEN / (sum(BLOCK) / 2):
                sentences += _take_over(chance, chance.choice(made), vocabulary)
            else:
                sentences.append(_join_pieces(chance, pool, vocabulary))
        made.append(sentences)
    return [_to_article(chance, f"made/{number:06}.txt", sentences) for number, sentences in enumerate(made)]


def _take_over(chance: random.Random, earlier: list[Sentence], vocabulary: Sequence[str]) -> list[Sentence]:
    begin = chance.randrange(len(earlier))
    edits = chance.randint(0, TAKEN_EDITS)
    block = earlier[begin : begin + chance.randint(*BLOCK)]
    return [_edit(chance, sentence, edits, vocabulary) for sentence in block]


def _join_pieces(chance: random.Random, pool: Sequence[Sentence], vocabulary: Sequence[str]) -> Sentence:
    joined: Sentence = []
    length = chance.randint(*SENTENCE)
    while len(joined) < length:
        sentence = chance.choice(pool)
        begin = chance.randrange(len(sentence))
        joined += sentence[begin : begin + chance.randint(*PIECE)]
    return [chance.choice(vocabulary) if chance.randrange(100) < OWN_EDITS else word for word in joined]


def _edit(chance: random.Random, sentence: Sentence, edits: int, vocabulary: Sequence[str]) -> Sentence:
    edited: Sentence = []
    for word in sentence:
        kind = chance.choice("rrda") if chance.randrange(100) < edits else "k"
        edited += {"k": [word], "r": [chance.choice(vocabulary)], "d": [], "a": [word, chance.choice(vocabulary)]}[kind]
    return edited or sentence


def _to_article(chance: random.Random, source: str, sentences: Sequence[Sentence]) -> Article:
    paragraphs: list[str] = []
    for sentence in sentences:
        if paragraphs and chance.randrange(3):
            paragraphs[-1] += " " + " ".join(sentence)
        else:
            paragraphs.append(" ".join(sentence))
    zones, start = [], 0
    for paragraph in paragraphs:
        zones.append(Zone(start, start + len(paragraph), paragraph, "body"))
        start += len(paragraph) + 2
    return Article(source, "\n\n".join(paragraphs), tuple(zones), date=f"2016-{chance.randint(1, 12):02}-11")
