"""Which names mean one actor: full names with their surnames, bodies with their acronyms, peoples."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from closeread.analyses.mentions import is_state_name, unwrap
from closeread.analyses.names import Name, gender_of, is_body_noun, title_before
from closeread.article import Article
from closeread.findings import ActorKind, MentionForm
from closeread.intake.actor_list import ListedActor
from closeread.lexicons import (
    Gender,
    index_actor_nouns,
    index_country_forms,
    index_first_names,
    index_source_nouns,
    load_name_particles,
)
from closeread.lexicons.bodies import find_body, without_stops

_ACRONYM = re.compile(r"['’]?s?\s*\((?:the )?(?![A-Z]-[A-Z])([A-Z][A-Za-z.&-]{1,9})\)")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "et", "y", "und"})
_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
_SENTENCE_END = re.compile(r"[.!?]['\"’”]?\s")
_HE, _SHE = (re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in ("he|him|his", "she|her|hers"))


@dataclass(slots=True)
class Group:
    """Names of one actor: how it is shown, its kind, which spelling is which form, whether they hold another name
    (`the Orlan government`), and the row of the user's list."""

    name: str
    kind: ActorKind
    forms: dict[str, MentionForm] = field(default_factory=dict)
    holds: bool = False
    listed: ListedActor | None = None


def group_names(names: Sequence[Name], article: Article, towns: frozenset[str] = frozenset()) -> dict[str, Group]:
    """Groups by key. Names that stand only in the headline are left out: capitals there mislead the parser. `towns`
    are names that the text tells to be places."""
    kinds: dict[str, Counter[ActorKind]] = defaultdict(Counter)
    for name in names:
        zone = article.zone_at(name.start)
        if zone is not None and zone.kind in ("body", "caption") and not is_state_name(name.text):
            kinds[name.text][name.kind] += 1
    named = Counter({text: found.total() for text, found in kinds.items()})
    kind_of = {text: max(sorted(found), key=lambda kind: found[kind]) for text, found in kinds.items()}
    kind_of |= {text: "person" for text in _find_people(kind_of, named)}
    kind_of = {text: kind for text, kind in kind_of.items() if kind == "person" or text not in towns}
    groups: dict[str, Group] = {}
    text = unwrap(article.text)
    people = [name for name, kind in kind_of.items() if kind == "person" and name not in towns]
    _People(text, people).group(groups)
    bodies = [name for name, kind in kind_of.items() if kind == "organisation"]
    governments = _find_governments(bodies)
    _group_governments(governments, groups)
    _group_bodies([name for name in bodies if name not in governments], text, groups)
    _group_peoples([name for name, kind in kind_of.items() if kind == "group"], groups)
    return groups


def _find_people(kind_of: Mapping[str, ActorKind], named: Mapping[str, int]) -> list[str]:
    """Names that the parser took for bodies or peoples and that the article tells to be people: a first name, also
    with a surname, or the surname of somebody who is named in full. `Ford` stays a body beside `Ford Motor`, where
    the body is named more often than the people of that surname."""
    bodies = [text for text, kind in kind_of.items() if kind in ("organisation", "group")]
    people = [text for text, kind in kind_of.items() if kind == "person"]
    surnames = {text.split()[-1] for text in people}
    full = [text for text in bodies if _is_full_name(text) and text.split()[0] not in surnames]
    bearers = Counter[str]()
    for text in (*full, *people):
        if " " in text:
            bearers[words_of(text)[-1]] += named[text]
    firsts = Counter[str]()
    for text in bodies:
        body = " " in text and text not in full and kind_of[text] == "organisation"
        if body and not is_body_noun(text.split()[-1].lower()):
            firsts[text.split()[0]] += named[text]
    surnamed = [text for text in bodies if bearers[text] and bearers[text] >= firsts[text]]
    given = [text for text in bodies if text in index_first_names() and not firsts[text]]
    return [*full, *surnamed, *given]


def _is_full_name(text: str) -> bool:
    """A first name and one or two more names; not `Clinton Foundation`."""
    words = text.split()
    noun = index_source_nouns().get(words[-1].lower())
    written = len(words) in (2, 3) and all(word.isalpha() and word[0].isupper() for word in words)
    return written and noun is None and gender_of(text) is not None


def words_of(name: str) -> list[str]:
    """The words of a person's name, without `Jr.` and the like; a particle may join two by hyphens."""
    words = [word for word in name.split() if word not in _SUFFIXES]
    if len(words) == 1:
        for particle in _particles("hyphen"):
            first, found, rest = words[0].partition(f"-{particle}")
            if found and rest and first:
                return [first, particle + rest]
    return words or name.split()


class _People:
    """Full names by first and last word; a surname alone, or a first name alone, joins the full names that have it."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        self.text = text
        self.full = [name for name in names if len(words_of(name)) > 1]
        self.parts = {name: _parts_of(name) for name in self.full}
        surnames = {part for parts in self.parts.values() for part in parts[1:]} | set(names)
        self.names = [name for name in names if not _is_pair(name, surnames)]
        self.alone = {name for name in names if name not in self.full and self._stands_alone(name)}

    def group(self, groups: dict[str, Group]) -> None:
        known = {part.lower() for parts in self.parts.values() for part in parts}
        for name in self.full:
            if name.lower() not in known:
                words = [*words_of(name)[:1], *words_of(name)[-1:], *(set(name.split()) & _SUFFIXES)]
                group = groups.setdefault(f"person:{' '.join(words)}".lower(), Group(name, "person"))
                group.forms[name] = "full-name"
                for part in self._free_parts(name):
                    group.forms.setdefault(part, "part-of-name")
                    group.forms.setdefault(part[0].upper() + part[1:], "part-of-name")
        for name in self.names:
            if name not in self.full and (name.lower() not in known or name in self.alone):
                groups[f"person:{name.lower()}"] = Group(name, "person", {name: "full-name"})

    def _free_parts(self, name: str) -> list[str]:
        """Without a surname that means somebody else where it stands alone: the father beside the son (`Jr.`)."""
        elder = [other for other in self.full if other != name and not set(other.split()) & _SUFFIXES]
        taken = set(self.alone)
        if set(name.split()) & _SUFFIXES:
            taken |= {part for other in elder for part in self.parts[other]}
        return [part for part in self.parts[name] if part not in taken]

    def _stands_alone(self, surname: str) -> bool:
        """Whether a surname that stands before all full names with it is somebody else: another gender, or named
        together with them (`President Lee and Ann Lee`)."""
        bearers = [name for name in self.full if surname in self.parts[name][1:]]
        first = re.search(rf"\b{re.escape(surname)}\b", self.text)
        return bool(bearers) and first is not None and all(self._differs(first.start(), name) for name in bearers)

    def _differs(self, first: int, bearer: str) -> bool:
        at = self.text.find(bearer)
        if at <= first:
            return False
        surname = words_of(bearer)[-1]
        before = self.text[max(self.text.rfind(surname, 0, at), first) : at]
        gender, told = gender_of(bearer), self._gender_between(surname, first, at)
        if gender is not None and told is not None:
            return gender != told
        return len(before) < 60 and " and " in before and not _SENTENCE_END.search(before)

    def _gender_between(self, surname: str, first: int, end: int) -> Gender | None:
        """Of the title before a name; of the first person named, of the pronouns up to `end`, or to where somebody else
        is named, where they are all of one gender."""
        title = title_before(self.text, first)
        if title is not None and title.gender is not None:
            return title.gender
        others = {part for name in self.full for part in (name, *self.parts[name])} | set(self.names)
        found = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(others - {surname})))})\b") if others else None
        somebody = found.search(self.text, 0, end) if found else None
        if somebody and somebody.start() < first:
            return None
        end = somebody.start() if somebody else end
        he, she = (len(pattern.findall(self.text, first, end)) for pattern in (_HE, _SHE))
        return None if bool(he) == bool(she) else "male" if he else "female"


def _is_pair(name: str, names: set[str]) -> bool:
    """`Holt-Lee` of a meeting of Holt and Lee."""
    parts = name.split("-")
    return len(parts) > 1 and all(part in names for part in parts)


def _parts_of(name: str) -> list[str]:
    """First name and surnames of a full name, each long enough to stand for it."""
    words = words_of(name)
    parts = (words[0], *surnames_of(words))
    return [part for part in parts if len(part) > 2 and any(letter.isupper() for letter in part)]


def surnames_of(words: Sequence[str]) -> Iterator[str]:
    """The last word of a name; with the particles before it (`van der Berg`); without one joined to it (`al-Masri`)."""
    yield words[-1]
    start = len(words) - 1
    while start > 1 and words[start - 1] in _particles("space"):
        start -= 1
    if start < len(words) - 1:
        yield " ".join(words[start:])
    joined = next((part for part in _particles("hyphen") if words[-1].startswith(part)), None)
    if joined:
        yield words[-1].removeprefix(joined)


@cache
def _particles(join: str) -> frozenset[str]:
    """Single words, so `van der` is `van` and `der`."""
    particles = (particle.particle for particle in load_name_particles() if particle.join == join)
    return frozenset(word for particle in particles for word in particle.split())


def _group_bodies(texts: Sequence[str], article_text: str, groups: dict[str, Group]) -> None:
    """Organisations by their words, whatever hyphens and capitals. An acronym in brackets after the name, or made of
    its initials, joins it; so do the other names that the list of bodies has, and the name without the noun that says
    what it is (`the Orlan Front`, `Orlan`)."""
    joined: dict[str, tuple[str, MentionForm]] = {}
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        plain = _plain(text)
        if known := next((joined[name] for name in (text, plain, without_stops(text)) if name in joined), None):
            key, form = known
            groups[key].forms[text] = form
            continue
        key = f"body:{plain}"
        group = groups.setdefault(key, Group(text, "organisation"))
        group.forms[text] = "full-name"
        introduced = _introduced_acronym(article_text, text)
        if introduced:
            group.forms[introduced] = "acronym"
        for acronym in filter(None, (introduced, _initials(text))):
            joined.setdefault(acronym, (key, "acronym"))
        for other in (body.name, *body.aliases) if (body := find_body(text)) else ():
            joined.setdefault(other, (key, "acronym" if other.isupper() else "alias"))
        stem, _, noun = plain.rpartition(" ")
        if stem and noun in _kind_nouns() and " " not in stem.removeprefix("al "):
            joined.setdefault(stem, (key, "part-of-name"))


def _find_governments(texts: Sequence[str]) -> dict[str, str]:
    """The key of the body for each name that is made with a noun (`Orlan government`, `Holt campaign`). The government
    of a state is one, whatever the noun; `the Holt regime` is that of the one state that has a regime here."""
    split = [(text, *text.rpartition(" ")[::2]) for text in texts if is_body_noun(text.rpartition(" ")[2].lower())]
    states: dict[str, set[str]] = defaultdict(set)
    for _, owner, noun in split:
        if is_state_name(owner):
            states[noun.lower()].add(index_country_forms()[owner][0].country.name)
    found = {}
    for text, owner, noun in split:
        if is_state_name(owner):
            found[text] = f"government:{index_country_forms()[owner][0].country.name}"
        elif owner and len(states[noun.lower()]) == 1:
            found[text] = f"government:{next(iter(states[noun.lower()]))}"
        elif owner:
            found[text] = f"body:{_plain(text)}"
    return found


def _group_governments(keys: Mapping[str, str], groups: dict[str, Group]) -> None:
    """Named after the state, by `government` where the text has that word."""
    ranked = sorted(keys, key=lambda text: (not is_state_name(text.rpartition(" ")[0]), "overnment" not in text))
    for text in ranked:
        group = groups.setdefault(keys[text], Group(text, "organisation", holds=True))
        group.forms[text] = "alias" if group.forms and "overnment" not in text else "full-name"


def _plain(text: str) -> str:
    return text.lower().replace("-", " ")


@cache
def _kind_nouns() -> frozenset[str]:
    """Nouns that say what kind of body a name means."""
    named = {noun.lemma for noun in index_source_nouns().values() if noun.kind in ("body", "group")}
    return frozenset(named | {noun.lemma for noun in index_actor_nouns().values() if noun.kind == "group"})


def _introduced_acronym(text: str, name: str) -> str | None:
    """The acronym that stands in brackets right after a name anywhere in the text."""
    for at in (match.end() for match in re.finditer(re.escape(name), text)):
        match = _ACRONYM.match(text, at)
        if match and match.group(1)[0].lower() in {word[0].lower() for word in name.split()}:
            return match.group(1)
    return None


def _initials(name: str) -> str | None:
    words = [word for word in re.split(r"[\s-]+", name) if word and word.lower() not in _SMALL]
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return None
    return "".join(word[0] for word in words)


def _group_peoples(texts: Sequence[str], groups: dict[str, Group]) -> None:
    """Peoples, parties and faiths: singular and plural are one, and an adjective in -ic with its noun (`Democratic`,
    `Democrats`). The plural is the name where the text has it."""
    stems = {text.lower().removesuffix("s") for text in texts}
    for text in texts:
        stem = text.lower().removesuffix("s")
        short = stem.removesuffix("ic")
        key = f"people:{short if short in stems else stem}"
        group = groups.setdefault(key, Group(text, "group"))
        group.forms[text] = "full-name"
        if text.lower() == f"{key.removeprefix('people:')}s":
            group.name = text
