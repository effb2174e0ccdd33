"""Invented bodies of texts: two habits of writing on the same matters, with names and dates. No model is loaded."""

from __future__ import annotations

import random
from dataclasses import replace

from closeread.article import Article, Zone

_MATTERS = ("harbour", "school", "orchard", "railway", "market", "bridge")
_PLAIN = [
    "the",
    "{m}",
    "was",
    "closed",
    "and",
    "the",
    "people",
    "of",
    "the",
    "town",
    "did",
    "not",
    "know",
    "why",
    "it",
    "had",
    "to",
    "be",
    "so",
    "for",
    "them",
]
_WORDY = [
    "however",
    "one",
    "may",
    "perhaps",
    "think",
    "that",
    "this",
    "{m}",
    "should",
    "have",
    "been",
    "kept",
    "open",
    "by",
    "those",
    "whom",
    "it",
    "might",
    "concern",
]
_BOTH = [
    "on",
    "the",
    "day",
    "after",
    "that",
    "they",
    "went",
    "to",
    "see",
    "it",
    "again",
    "with",
    "all",
    "of",
    "the",
    "others",
    "who",
    "would",
    "come",
    "there",
]


def write(source: str, style: str, number: int, *, words: int = 320) -> Article:
    """An article of one habit (`plain`, `wordy`): half of its sentences are of its own habit, half could be of any."""
    chance = random.Random(f"{style} {number} {source}")
    own, matter, sentences, length = _PLAIN if style == "plain" else _WORDY, chance.choice(_MATTERS), [], 0
    while length < words:
        sentence = [word.format(m=matter) for word in chance.sample(own if chance.random() < 0.5 else _BOTH, 9)]
        sentences.append(" ".join(sentence).capitalize() + ".")
        length += len(sentence)
    text = " ".join(sentences)
    article = Article(source, text, (Zone(0, len(text), text, "body"),))
    return replace(article, date=f"2026-{1 + number % 6:02}-03")


def write_body(name: str, style: str, articles: int, *, words: int = 320) -> list[Article]:
    return [write(f"{name}-{number}.txt", style, number, words=words) for number in range(articles)]


def make_article(source: str, text: str) -> Article:
    return Article(source, text, (Zone(0, len(text), text, "body"),))
