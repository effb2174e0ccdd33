"""The word lists that the rules use, as data: one TSV file each, read on first use and kept.

`load_*` gives the rows in the order of the file, `index_*` the same rows by the words to look up.
`README.md` beside the files says where each list comes from and what its columns mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, TypeVar, get_args

CountryKind = Literal["country", "union", "former", "nation", "territory"]
FormKind = Literal["name", "alias", "demonym", "capital", "government"]
CueKind = Literal["speech", "writing", "thought"]
Stance = Literal["neutral", "doubting", "endorsing"]
Frame = Literal["quote", "object", "phrase"]
Strength = Literal["strong", "weak"]
SourceKind = Literal["person", "group", "body", "document"]
Anonymity = Literal["anonymous", "described", "document"]
TitleKind = Literal["honorific", "political", "military", "police", "legal", "religious", "academic", "royal"]
Join = Literal["space", "hyphen", "attached"]
TitleCueKind = Literal["term", "work", "nickname"]

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

_Row = TypeVar("_Row")
_Value = TypeVar("_Value", bound=str)

_GAP = "..."
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


@dataclass(frozen=True, slots=True)
class Country:
    """A state, union of states, nation or territory, and the forms by which news names it.

    Forms keep their case ("US" is not "us") and have no "the" unless they only count with it.
    `ambiguous` holds those forms, of any kind, that also name something else: another row or another thing.
    """

    name: str
    kind: CountryKind
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    governments: tuple[str, ...]
    ambiguous: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountryForm:
    """One form of one row: what kind of form it is, and whether the row marks it as ambiguous."""

    text: str
    kind: FormKind
    country: Country
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb (by lemma, with its particle, as in point out) or a phrase that gives words or thoughts to somebody.

    `stance` is what the cue itself says about the content: endorsing takes it as true (admit, reveal), doubting
    keeps a distance (claim). `frames`: `quote` takes a quotation or a that-clause, `object` an object or a quoted
    fragment, `phrase` is a fixed phrase in lower case. `weak` cues are everyday words that need a second sign.
    `parsed_as` holds the wrong lemmas that the pinned model gives for some inflected forms (hop for hoped).
    """

    lemma: str
    particle: str
    kind: CueKind
    stance: Stance
    frames: tuple[Frame, ...]
    strength: Strength
    parsed_as: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The words before and after the gap for the source: `("as", "put it")`; one part where there is no gap."""
        return tuple(part.strip() for part in self.lemma.split(_GAP))


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A common noun, or several words, that heads the description of a source without naming it."""

    lemma: str
    kind: SourceKind
    anonymity: Anonymity


@dataclass(frozen=True, slots=True)
class PersonTitle:
    """A title that stands before the name of a person. An abbreviation has its full stop."""

    title: str
    kind: TitleKind

    @property
    def forms(self) -> tuple[str, ...]:
        """The title as listed, then without full stops where it has any: `("Lt. Gen.", "Lt Gen")`."""
        return tuple(dict.fromkeys((self.title, self.title.replace(".", ""))))


@dataclass(frozen=True, slots=True)
class NameParticle:
    """A small word or prefix of surnames, with its case, and how it is joined to the name that follows."""

    particle: str
    join: Join
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleCue:
    """Words, in their case, that right before a quotation mark announce a term, the title of a work or a nickname."""

    cue: str
    kind: TitleCueKind


@cache
def load_countries() -> tuple[Country, ...]:
    return _load("countries.tsv", ("name", "kind", "aliases", "demonyms", "capital", "government"), _to_country)


@cache
def load_cues() -> tuple[Cue, ...]:
    """The verbs in the order of their lemmas, then the phrases."""
    columns = ("lemma", "particle", "kind", "stance", "frame", "strength", "parsed_as")
    return _load("cues.tsv", columns, _to_cue)


@cache
def load_source_nouns() -> tuple[SourceNoun, ...]:
    return _load("nouns_of_source.tsv", ("lemma", "kind", "anonymity"), _to_source_noun)


@cache
def load_titles() -> tuple[PersonTitle, ...]:
    return _load("titles.tsv", ("title", "kind"), _to_title)


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
    kind, stance, frame, strength, parsed_as = cells
    return Cue(
        lemma=lemma,
        particle=particle,
        kind=_choose(kind, _CUE_KINDS),
        stance=_choose(stance, _STANCES),
        frames=tuple(_choose(part, _FRAMES) for part in frame.split("|")),
        strength=_choose(strength, _STRENGTHS),
        parsed_as=_split(parsed_as),
    )


def _to_source_noun(lemma: str, kind: str, anonymity: str) -> SourceNoun:
    return SourceNoun(lemma, _choose(kind, _SOURCE_KINDS), _choose(anonymity, _ANONYMITIES))


def _to_title(title: str, kind: str) -> PersonTitle:
    return PersonTitle(title, _choose(kind, _TITLE_KINDS))


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
