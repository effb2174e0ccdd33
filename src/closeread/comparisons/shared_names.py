"""When two names are names of one actor: by their letters alone, whoever bears them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from closeread.lexicons import index_roles, index_titles
from closeread.lexicons.short_names import index_short_names

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LEGAL = frozenset({"inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "gmbh", "ag", "nv"})
_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "to", "&", "de"})
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a person's name, folded; `first` is empty where there is a surname alone."""

    first: str
    middle: tuple[str, ...]
    surname: str
    suffix: str


@cache
def fold(name: str) -> str:
    """Lower case, without accents, full stops, possessives, `the` and the legal form of a company."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = [word for word in re.sub("[’‘`]", "'", plain).replace(".", "").replace(",", " ").lower().split() if word]
    words = [re.sub("'s$|(?<=s)'$", "", word) if at == len(words) - 1 else word for at, word in enumerate(words)]
    words = words[1:] if words[:1] == ["the"] and len(words) > 1 else words
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


@cache
def split_person(name: str) -> PersonName:
    """A name without what stands before it as a title or a role; of one word it is the surname."""
    words = _without_titles(fold(name).split())
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    if len(words) < 2:
        return PersonName("", (), " ".join(words), suffix)
    return PersonName(words[0], tuple(words[1:-1]), words[-1], suffix)


def _without_titles(words: list[str]) -> list[str]:
    """All up to the last title or role that leaves a word, or two where other words than titles go with it."""
    known = [at for at, word in enumerate(words) if word in _titles()]
    plain = next((at for at, word in enumerate(words) if word not in _titles()), 0)
    last = max((at for at in known if at < len(words) - 2), default=-1) + 1
    return words[max(last, plain) :] or words


@cache
def _titles() -> frozenset[str]:
    titles = {word for title in index_titles() for word in fold(title).split() if word not in _SMALL}
    return frozenset(titles | {noun for noun in index_roles() if " " not in noun})


def fit(one: PersonName, other: PersonName) -> str:
    """How two full names of one surname fit: `same` given names; `short` where one is the initial or a short form of
    the other; `suffix` where one alone has `Jr.`; empty where they do not."""
    if one.surname != other.surname or not one.first or not other.first:
        return ""
    if (one.suffix and other.suffix and one.suffix != other.suffix) or not _fit_middle(one.middle, other.middle):
        return ""
    if one.first != other.first and not is_short(one.first, other.first):
        return ""
    if one.suffix != other.suffix:
        return "suffix"
    return "same" if one.first == other.first else "short"


def is_short(one: str, other: str) -> bool:
    """Whether one given name is the initial or a listed short form of the other, or both are short for one name."""
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    names = index_short_names()
    return bool(names.get(one, frozenset((one,))) & names.get(other, frozenset((other,))))


def _fit_middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(
        first == second or (1 in (len(first), len(second)) and first[0] == second[0])
        for first, second in zip(one, other, strict=False)
    )


def is_acronym(name: str) -> bool:
    return _ACRONYM.fullmatch(name) is not None


@cache
def list_initials(name: str) -> frozenset[str]:
    """The initials of a name of several words, with and without its small words; none of one word."""
    words = [word for word in re.split(r"[\s-]+", fold(name)) if word]
    large = [word for word in words if word not in _SMALL]
    if len(large) < 2:
        return frozenset()
    return frozenset("".join(word[0] for word in group) for group in (words, large))
