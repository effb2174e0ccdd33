"""The word lists that the rules use, as data: one TSV file each, read on first use and kept.

`load_*` gives the rows in the order of the file, `index_*` the same rows by the words to look up.
`README.md` beside the files says where each list comes from and what its columns mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TypeVar, get_args

from closeread.lexicons.rows import (
    ActorNoun,
    ActorNounKind,
    Anonymity,
    Country,
    CountryForm,
    CountryKind,
    Cue,
    CueKind,
    CueWord,
    FirstName,
    FormKind,
    Frame,
    Gender,
    HowMany,
    Join,
    LeadingVerb,
    NameGender,
    NameParticle,
    PersonTitle,
    Quantifier,
    Reach,
    Reference,
    Role,
    Saying,
    SourceKind,
    SourceNoun,
    Stance,
    Strength,
    TitleCue,
    TitleCueKind,
    TitleKind,
    WordClass,
)

__all__ = [
    "ActorNoun",
    "ActorNounKind",
    "Anonymity",
    "Country",
    "CountryForm",
    "CountryKind",
    "Cue",
    "CueKind",
    "CueWord",
    "FirstName",
    "FormKind",
    "Frame",
    "Gender",
    "HowMany",
    "Join",
    "LeadingVerb",
    "NameGender",
    "NameParticle",
    "PersonTitle",
    "Quantifier",
    "Reach",
    "Reference",
    "Role",
    "Saying",
    "SourceKind",
    "SourceNoun",
    "Stance",
    "Strength",
    "TitleCue",
    "TitleCueKind",
    "TitleKind",
    "WordClass",
    "index_actor_nouns",
    "index_country_forms",
    "index_cue_verbs",
    "index_cue_words",
    "index_first_names",
    "index_leading_verbs",
    "index_quantifiers",
    "index_roles",
    "index_source_nouns",
    "index_titles",
    "load_actor_nouns",
    "load_countries",
    "load_cue_phrases",
    "load_cue_words",
    "load_cues",
    "load_first_names",
    "load_leading_verbs",
    "load_name_particles",
    "load_quantifiers",
    "load_roles",
    "load_source_nouns",
    "load_title_cues",
    "load_titles",
    "resolve_country",
]

_Row = TypeVar("_Row")
_Value = TypeVar("_Value", bound=str)

# What a cell may hold, taken from the types once: asking a type for each cell takes longer than reading the file.
_COUNTRY_KINDS: tuple[CountryKind, ...] = get_args(CountryKind)
_CUE_KINDS: tuple[CueKind, ...] = get_args(CueKind)
_STANCES: tuple[Stance, ...] = get_args(Stance)
_FRAMES: tuple[Frame, ...] = get_args(Frame)
_STRENGTHS: tuple[Strength, ...] = get_args(Strength)
_SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
_ANONYMITIES: tuple[Anonymity, ...] = get_args(Anonymity)
_TITLE_KINDS: tuple[TitleKind, ...] = get_args(TitleKind)
_JOINS: tuple[Join, ...] = get_args(Join)
_TITLE_CUE_KINDS: tuple[TitleCueKind, ...] = get_args(TitleCueKind)
_WORD_CLASSES: tuple[WordClass, ...] = get_args(WordClass)
_GENDERS: tuple[Gender, ...] = get_args(Gender)
_REFERENCES: tuple[Reference, ...] = get_args(Reference)
_HOW_MANY: tuple[HowMany, ...] = get_args(HowMany)
_SAYINGS: tuple[Saying, ...] = get_args(Saying)
_ACTOR_NOUN_KINDS: tuple[ActorNounKind, ...] = get_args(ActorNounKind)
_REACHES: tuple[Reach, ...] = get_args(Reach)
_NAME_GENDERS: tuple[NameGender, ...] = get_args(NameGender)


_DOUBTFUL = "?"
# Pairs that no file holds: space at either end of an entry or twice in a row, an entry or a first cell that is empty.
_STRAY = (
    "\t ",
    " \t",
    "\n ",
    " \n",
    "| ",
    " |",
    "  ",
    "\r",
    "\xa0",
    "||",
    "|\t",
    "\t|",
    "|\n",
    "\n|",
    "\n\t",
    "\n\n",
    "\t?",
    "|?",
)


@cache
def load_countries() -> tuple[Country, ...]:
    return _load("countries.tsv", ("name", "kind", "aliases", "demonyms", "capital", "government"), _to_country)


@cache
def load_cues() -> tuple[Cue, ...]:
    """The verbs in the order of their lemmas, then the phrases."""
    columns = ("lemma", "particle", "kind", "of_document", "stance", "frame", "strength", "parsed_as")
    return _load("cues.tsv", columns, _to_cue)


@cache
def load_cue_words() -> tuple[CueWord, ...]:
    return _load("cue_words.tsv", ("lemma", "part", "kind", "stance"), _to_cue_word)


@cache
def load_leading_verbs() -> tuple[LeadingVerb, ...]:
    return _load("leading_verbs.tsv", ("lemma", "saying"), _to_leading_verb)


@cache
def load_quantifiers() -> tuple[Quantifier, ...]:
    return _load("quantifiers.tsv", ("word", "number", "refers"), _to_quantifier)


@cache
def load_source_nouns() -> tuple[SourceNoun, ...]:
    return _load("nouns_of_source.tsv", ("lemma", "kind", "anonymity"), _to_source_noun)


@cache
def load_titles() -> tuple[PersonTitle, ...]:
    return _load("titles.tsv", ("title", "kind", "gender", "noun"), _to_title)


@cache
def load_actor_nouns() -> tuple[ActorNoun, ...]:
    return _load("actor_nouns.tsv", ("lemma", "kind"), _to_actor_noun)


@cache
def load_roles() -> tuple[Role, ...]:
    return _load("roles.tsv", ("noun", "stands_for", "reach"), _to_role)


@cache
def load_first_names() -> tuple[FirstName, ...]:
    return _load("first_names.tsv", ("name", "gender"), _to_first_name)


@cache
def load_name_particles() -> tuple[NameParticle, ...]:
    return _load("name_particles.tsv", ("particle", "join", "origins"), _to_name_particle)


@cache
def load_title_cues() -> tuple[TitleCue, ...]:
    return _load("title_cues.tsv", ("cue", "kind"), _to_title_cue)


@cache
def index_country_forms() -> Mapping[str, tuple[CountryForm, ...]]:
    """Every form with every row that has it. A form with apostrophes or accents is also found with curly
    apostrophes and without accents."""
    index: dict[str, tuple[CountryForm, ...]] = {}
    for country in load_countries():
        for kind, text in _forms_of(country):
            form = CountryForm(text, kind, country, text in country.ambiguous)
            for spelling in _spellings(text):
                others = index.get(spelling, ())
                if not others or others[-1].country is not country:
                    index[spelling] = (*others, form)
    return MappingProxyType(index)


def resolve_country(text: str) -> CountryForm | None:
    """The one row that a form names. None where it is unknown, marked as ambiguous, or shared by several rows."""
    forms = index_country_forms().get(text, ())
    return forms[0] if len(forms) == 1 and not forms[0].ambiguous else None


@cache
def index_cue_verbs() -> Mapping[str, tuple[Cue, ...]]:
    """The cue verbs by lemma, also by the wrong lemmas of the pinned model. Cues with a particle come first."""
    index: dict[str, tuple[Cue, ...]] = {}
    for cue in sorted(load_cues(), key=lambda cue: not cue.particle):
        for lemma in () if "phrase" in cue.frames else (cue.lemma, *cue.parsed_as):
            index[lemma] = (*index.get(lemma, ()), cue)
    return MappingProxyType(index)


@cache
def index_cue_words() -> Mapping[tuple[str, WordClass], CueWord]:
    """The words of cues beside the cue verbs, by lemma and part of speech."""
    return MappingProxyType({(word.lemma, word.part): word for word in load_cue_words()})


@cache
def load_cue_phrases() -> tuple[Cue, ...]:
    """The cues that are fixed phrases, longest first."""
    phrases = (cue for cue in load_cues() if "phrase" in cue.frames)
    return tuple(sorted(phrases, key=lambda cue: (-len(cue.lemma), cue.lemma)))


@cache
def index_source_nouns() -> Mapping[str, SourceNoun]:
    """The nouns of source by lemma, in lower case."""
    return MappingProxyType({noun.lemma: noun for noun in load_source_nouns()})


@cache
def index_titles() -> Mapping[str, PersonTitle]:
    """The titles of persons by each of their forms, with and without full stops."""
    return MappingProxyType({form: title for title in load_titles() for form in title.forms})


@cache
def index_leading_verbs() -> Mapping[str, LeadingVerb]:
    return MappingProxyType({verb.lemma: verb for verb in load_leading_verbs()})


@cache
def index_quantifiers() -> Mapping[str, Quantifier]:
    return MappingProxyType({row.word: row for row in load_quantifiers()})


@cache
def index_actor_nouns() -> Mapping[str, ActorNoun]:
    """Nouns for somebody who acts, by lemma, beside those of `index_source_nouns`."""
    return MappingProxyType({noun.lemma: noun for noun in load_actor_nouns()})


@cache
def index_roles() -> Mapping[str, Role]:
    return MappingProxyType({role.noun: role for role in load_roles()})


@cache
def index_first_names() -> Mapping[str, FirstName]:
    return MappingProxyType({name.name: name for name in load_first_names()})


def _to_country(name: str, kind: str, *cells: str) -> Country:
    written = [(name,), *map(_split, cells)]
    aliases, demonyms, capitals, governments = (_unmark(forms) for forms in written[1:])
    marked = frozenset(form[:-1] for forms in written for form in forms if form[-1] == _DOUBTFUL)
    return Country(
        name=name.removesuffix(_DOUBTFUL),
        kind=_choose(kind, _COUNTRY_KINDS),
        aliases=aliases,
        demonyms=demonyms,
        capitals=capitals,
        governments=governments,
        ambiguous=marked,
    )


def _unmark(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form.removesuffix(_DOUBTFUL) for form in forms)


def _to_cue(lemma: str, particle: str, *cells: str) -> Cue:
    kind, of_document, stance, frame, strength, parsed_as = cells
    return Cue(
        lemma=lemma,
        particle=particle,
        kind=_choose(kind, _CUE_KINDS),
        of_document=_choose(of_document, _CUE_KINDS) if of_document else None,
        stance=_choose(stance, _STANCES),
        frames=tuple(_choose(part, _FRAMES) for part in frame.split("|")),
        strength=_choose(strength, _STRENGTHS),
        parsed_as=_split(parsed_as),
    )


def _to_cue_word(lemma: str, part: str, kind: str, stance: str) -> CueWord:
    return CueWord(lemma, _choose(part, _WORD_CLASSES), _choose(kind, _CUE_KINDS), _choose(stance, _STANCES))


def _to_leading_verb(lemma: str, saying: str) -> LeadingVerb:
    return LeadingVerb(lemma, _choose(saying, _SAYINGS))


def _to_quantifier(word: str, number: str, refers: str) -> Quantifier:
    return Quantifier(word, _choose(number, _HOW_MANY), _choose(refers, _REFERENCES))


def _to_source_noun(lemma: str, kind: str, anonymity: str) -> SourceNoun:
    return SourceNoun(lemma, _choose(kind, _SOURCE_KINDS), _choose(anonymity, _ANONYMITIES))


def _to_title(title: str, kind: str, gender: str, noun: str) -> PersonTitle:
    bearer = _choose(gender, _GENDERS) if gender else None
    return PersonTitle(title, _choose(kind, _TITLE_KINDS), bearer, noun or title.split()[-1].lower())


def _to_actor_noun(lemma: str, kind: str) -> ActorNoun:
    return ActorNoun(lemma, _choose(kind, _ACTOR_NOUN_KINDS))


def _to_role(noun: str, stands_for: str, reach: str) -> Role:
    return Role(noun, _split(stands_for), _choose(reach, _REACHES))


def _to_first_name(name: str, gender: str) -> FirstName:
    return FirstName(name, _choose(gender, _NAME_GENDERS))


def _to_name_particle(particle: str, join: str, origins: str) -> NameParticle:
    return NameParticle(particle, _choose(join, _JOINS), _split(origins))


def _to_title_cue(cue: str, kind: str) -> TitleCue:
    return TitleCue(cue, _choose(kind, _TITLE_CUE_KINDS))


def _forms_of(country: Country) -> Iterator[tuple[FormKind, str]]:
    yield "name", country.name
    yield from (("alias", text) for text in country.aliases)
    yield from (("demonym", text) for text in country.demonyms)
    yield from (("capital", text) for text in country.capitals)
    yield from (("government", text) for text in country.governments)


def _spellings(text: str) -> tuple[str, ...]:
    """The form itself, with curly apostrophes, and both without accents; each once."""
    if text.isascii() and "'" not in text:
        return (text,)
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    bare = bare.replace("ı", "i")
    straight = (text, bare)
    return tuple(dict.fromkeys((*straight, *(form.replace("'", "’") for form in straight))))


def _load(file: str, columns: tuple[str, ...], to_row: Callable[..., _Row]) -> tuple[_Row, ...]:
    """The rows of a file. Raises ValueError with file and line where one is malformed."""
    text = _read(file)
    for pair in _STRAY:
        if pair in text:
            number = text.count("\n", 0, text.index(pair) + 1) + 1
            raise ValueError(f"{file}, line {number}: stray space or an empty entry: {pair!r}")
    head, *lines = text.removesuffix("\n").split("\n")
    if tuple(head.split("\t")) != columns:
        raise ValueError(f"{file}, line 1: the columns are {head.split()}, expected {list(columns)}")
    rows = []
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        try:
            if len(cells) != len(columns):
                raise ValueError(f"{len(cells)} cells, expected {len(columns)}")
            rows.append(to_row(*cells))
        except ValueError as error:
            raise ValueError(f"{file}, line {number}: {error}") from error
    return tuple(rows)


def _split(cell: str) -> tuple[str, ...]:
    """The entries of a cell, parted by `|`. An empty cell has none."""
    return tuple(cell.split("|")) if cell else ()


def _choose(value: str, allowed: tuple[_Value, ...]) -> _Value:
    for choice in allowed:
        if choice == value:
            return choice
    raise ValueError(f"{value!r} is none of {', '.join(allowed)}")


def _read(file: str) -> str:
    return resources.files(__name__).joinpath(file).read_text(encoding="utf-8")
