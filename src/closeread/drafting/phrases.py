"""Parts of patterns: names, numbers, verbs and shares, from the word lists."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from closeread.lexicons import index_actor_nouns
from closeread.lexicons.critique_words import CritiqueSign, list_critique_words
from closeread.lexicons.function_words import index_function_words
from closeread.lexicons.quotation_words import index_spellings

VerbForm = Literal["base", "third", "past", "ing"]

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_NUMBER = r"(?:\d[\d,]{0,11}|[a-z]{2,12}(?:-[a-z]{2,6})?)"
NUMBER = _NUMBER
# What is between quotation marks, with them; the sign before the closing mark may stand.
QUOTED = r"“\ue000[\ue000]*[.!?…,;:]?”"
_JOINS = r"(?: |-| of | of the | for the | de | van | van der | von | bin | du | and the )"


def one_of(*words: str) -> str:
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


@cache
def words_of(says: CritiqueSign) -> str:
    return one_of(*(word.words for word in list_critique_words(says)))


@cache
def verb(says: CritiqueSign, form: VerbForm) -> str:
    """Any verb of this sign in one form."""
    verbs = list_critique_words(says)
    if form == "base":
        return one_of(*(word.words for word in verbs))
    return one_of(*(word.values[("third", "past", "ing").index(form)] for word in verbs))


@cache
def adverbs() -> str:
    """Any number of them, each with the space behind it."""
    return rf"(?:{words_of('adverb')}\s+){{0,3}}"


@cache
def name() -> str:
    """A name with capitals, with an article where it has one. Words that only begin a sentence are none."""
    small = "|".join(sorted(word.capitalize() for word in index_function_words() if word.isalpha() and len(word) > 1))
    capital = (
        rf"(?!(?:{small}|A|I|Nowhere|Not|Never)\b)(?:(?:{_UPPER}\.){{1,4}}|{_UPPER}(?:[\w&]|[’'.-](?=\w)){{0,40}})"
    )
    body = rf"(?:\s+{_bodies()}(?![\w-]))?"
    return rf"(?:(?:[Tt]he|[Aa]n?)\s+)?(?:[ae]l-)?{capital}(?:{_JOINS}(?:[ae]l-)?{capital}){{0,9}}{body}"


@cache
def _bodies() -> str:
    """`administration`: with a name before it, the name of a body."""
    return one_of(*sorted(noun for noun, entry in index_actor_nouns().items() if entry.kind == "government"))


@cache
def names() -> str:
    """One name or several."""
    return rf"{name()}(?:(?:,? and |,? or |,? nor |, ){name()}){{0,7}}"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def split_names(words: str) -> list[tuple[int, int]]:
    """The names of a list, as places in it."""
    return [found.span() for found in compiled(rf"(?<![\w’'.-]){name()}").finditer(words)]


def to_number(word: str) -> int | None:
    """`4`, `1,200`, `twelve`, `twenty-four`."""
    if word.replace(",", "").isdecimal():
        return int(word.replace(",", ""))
    parts = [_to_unit(part) for part in word.lower().split("-")]
    if any(part is None for part in parts) or len(parts) > 2:
        return None
    return sum(part for part in parts if part is not None)


def _to_unit(word: str) -> int | None:
    entry = index_spellings().get(word)
    return int(entry.stands_for[0]) if entry is not None and entry.kind == "number" else None


def to_ordinal(word: str) -> int | None:
    """`ninth` and `9th` are 9."""
    entry = index_spellings().get(word.lower())
    if entry is not None and entry.kind == "ordinal":
        word = entry.stands_for[0]
    found = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)", word)
    return int(found[1]) if found else None


def to_share(words: str) -> str | None:
    plain = " ".join(words.lower().split())
    for form in (plain, plain.replace("-", " ")):
        for word in list_critique_words("share"):
            if word.words == form:
                return word.values[0]
    return None


@cache
def share() -> str:
    forms = {form for word in list_critique_words("share") for form in (word.words, word.words.replace(" ", "-"))}
    forms |= {word.words.removeprefix("the ") for word in list_critique_words("share")}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in ordered) + r")(?![\w-])"


def to_limit(words: str | None) -> str:
    """The sign of comparison: `only` is exactly, as is nothing at all."""
    plain = " ".join((words or "only").lower().split())
    return next(word.values[0] for word in list_critique_words("limit") if word.words == plain)
