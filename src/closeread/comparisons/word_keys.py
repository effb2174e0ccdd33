"""The keys of one word: two words that share a key can tell the same. The stem comes first, then what it can mean.

No parse is at hand, so a word gets the keys of every lemma that its form allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

from closeread.lexicons.rows import WordClass
from closeread.lexicons.senses import index_opposites, index_same_words, sense_of
from closeread.lexicons.word_forms import index_irregular_forms, index_near_words

_PARTS: tuple[WordClass, ...] = get_args(WordClass)
_VOWELS = frozenset("aeiouy")
_ENDINGS = ("ations", "ation", "ments", "ment", "ions", "ion", "ings", "ing", "ers", "er", "ors", "or", "ed", "es", "s")
_LEAST_STEM = 4


@cache
def find_lemmas(word: str) -> tuple[str, ...]:
    """The lemmas that a form in lower case can belong to, the form itself among them, in a fixed order."""
    bare = word.removesuffix("'s")
    irregular = index_irregular_forms().get(bare)
    found = [*([irregular] if irregular else []), bare, *_regular(bare)]
    found += [lemma.replace("iz", "is") for lemma in found if "iz" in lemma]  # keys are written in American spelling
    return tuple(dict.fromkeys(found))


def _regular(word: str) -> Iterator[str]:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and _VOWELS & set(stem):
            yield from (stem, stem + "e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def to_stem(word: str) -> str:
    """What the forms of a word and its nearest kin share: `inspect`, `inspected`, `inspection`."""
    lemma = index_irregular_forms().get(word.removesuffix("'s"), word.removesuffix("'s"))
    if lemma.endswith(("ies", "ied")) and len(lemma) > 4:
        return lemma[:-3] + "y"
    for ending in _ENDINGS:
        stem = lemma.removesuffix(ending)
        if stem != lemma and len(stem) >= _LEAST_STEM and not (ending == "s" and lemma.endswith("ss")):
            lemma = stem[:-1] if len(stem) > _LEAST_STEM and stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
            break
    return lemma.removesuffix("e") if len(lemma) > _LEAST_STEM else lemma


@cache
def find_meanings(word: str) -> tuple[str, ...]:
    """Beside the stem: `kill` as a verb (`verb:kill`), and the rows of near words (`near:die|death`)."""
    found: dict[str, None] = {}
    for lemma in find_lemmas(word):
        for part in _PARTS:
            sense = sense_of(lemma, part)
            if (lemma, part) in index_same_words() or (sense, part) in index_opposites():
                found[f"{part}:{sense}"] = None
        found |= dict.fromkeys(f"near:{row}" for row in sorted(index_near_words().get(lemma, ())))
    return tuple(found)


@cache
def find_opposites(word: str) -> frozenset[str]:
    """The meanings that a word excludes (`adjective:closed` for `open`)."""
    return frozenset(
        f"{part}:{other}"
        for lemma in find_lemmas(word)
        for part in _PARTS
        for other in index_opposites().get((sense_of(lemma, part), part), ())
    )
