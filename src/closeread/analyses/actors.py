"""Actors: the names in an article grouped by whom they name, with every place where each is named.

The parser proposes names; once a name is known, every other place with the same words is a mention too, whatever
the parser saw there. Descriptions and pronouns are not resolved here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from closeread.analyses.mentions import Place, Spelling, find_mentions, gather_evidence, is_state_name, unwrap
from closeread.analyses.names import Name, find_names, gender_of
from closeread.analyses.voices import Voices
from closeread.article import Article
from closeread.findings import Actor, ActorKind, Mention, MentionForm
from closeread.lexicons import index_source_nouns, load_name_particles

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACRONYM = re.compile(r"['’]?s?\s*\((?:the )?(?![A-Z]-[A-Z])([A-Z][A-Za-z.&-]{1,9})\)")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "et", "y", "und"})


@dataclass(slots=True)
class Group:
    """Names of one actor: how it is shown, its kind, and which spelling is which form."""

    name: str
    kind: ActorKind
    forms: dict[str, MentionForm] = field(default_factory=dict)


def find_actors(doc: Doc, article: Article, voices: Voices) -> tuple[Actor, ...]:
    """All actors, most mentions first, then in the order of the text. Ids are `a1`, `a2`, ... in that order."""
    groups = group_names(find_names(doc, article), article)
    spellings = [Spelling(text, key, form) for key, group in groups.items() for text, form in group.forms.items()]
    by_actor: dict[str, list[Place]] = defaultdict(list)
    for place in find_mentions(article, spellings, gather_evidence(doc)):
        by_actor[place.actor].append(place)
    ordered = sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[1][0].start))
    actors = []
    for number, (key, places) in enumerate(ordered, 1):
        group = groups.get(key) or Group(key.removeprefix("state:"), "country")
        actors.append(_to_actor(article, voices, places, group=group, number=number))
    return tuple(actors)


def group_names(names: Sequence[Name], article: Article) -> dict[str, Group]:
    """Groups by key. Names that stand only in the headline are left out: capitals there mislead the parser."""
    kinds: dict[str, Counter[ActorKind]] = defaultdict(Counter)
    for name in names:
        zone = article.zone_at(name.start)
        if zone is not None and zone.kind in ("body", "caption") and not is_state_name(name.text):
            kinds[name.text][name.kind] += 1
    kind_of = {text: max(sorted(found), key=lambda kind: found[kind]) for text, found in kinds.items()}
    kind_of |= {text: "person" for text in _find_people(kind_of)}
    groups: dict[str, Group] = {}
    _group_people([text for text, kind in kind_of.items() if kind == "person"], groups)
    bodies = [text for text, kind in kind_of.items() if kind == "organisation"]
    _group_bodies(bodies, unwrap(article.text), groups)
    _group_peoples([text for text, kind in kind_of.items() if kind == "group"], groups)
    return groups


def _find_people(kind_of: Mapping[str, ActorKind]) -> list[str]:
    """Names that the parser took for bodies and that the article tells to be people: a first name and a surname, or
    the surname of somebody who is named in full. `Ford` stays a body beside `Ford Motor`."""
    bodies = [text for text, kind in kind_of.items() if kind == "organisation"]
    people = [text for text, kind in kind_of.items() if kind == "person"]
    surnames = {text.split()[-1] for text in people}
    full = [text for text in bodies if _is_full_name(text) and text.split()[0] not in surnames]
    surnames = {text.split()[-1] for text in (*full, *people) if " " in text}
    firsts = {text.split()[0] for text in bodies if " " in text and text not in full}
    return [*full, *(text for text in bodies if text in surnames and text not in firsts)]


def _is_full_name(text: str) -> bool:
    """A first name and one or two more names; not `Clinton Foundation`."""
    words = text.split()
    noun = index_source_nouns().get(words[-1].lower())
    written = len(words) in (2, 3) and all(word.isalpha() and word[0].isupper() for word in words)
    return written and noun is None and gender_of(text) is not None


def _group_people(texts: Sequence[str], groups: dict[str, Group]) -> None:
    """Full names by first and last word; a surname alone, or a first name alone, joins the full names that have it."""
    full = [text for text in texts if " " in text]
    parts = {part.lower() for text in full for part in _parts_of(text)}
    for text in full:
        if text.lower() in parts:
            continue
        words = text.split()
        group = groups.setdefault(f"person:{words[0]} {words[-1]}".lower(), Group(text, "person"))
        group.forms[text] = "full-name"
        for part in _parts_of(text):
            group.forms.setdefault(part, "part-of-name")
            group.forms.setdefault(part[0].upper() + part[1:], "part-of-name")
    for text in texts:
        if " " not in text and text.lower() not in parts:
            groups[f"person:{text.lower()}"] = Group(text, "person", {text: "full-name"})


def _parts_of(name: str) -> list[str]:
    """First name and surnames of a full name, each long enough to stand for it."""
    words = name.split()
    parts = (words[0], *_surnames(words))
    return [part for part in parts if len(part) > 2 and any(letter.isupper() for letter in part)]


def _surnames(words: Sequence[str]) -> Iterator[str]:
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
    """Organisations by their words; an acronym in brackets after the name, or made of its initials, joins it."""
    acronyms: dict[str, str] = {}
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        if text in acronyms:
            groups[acronyms[text]].forms[text] = "acronym"
            continue
        key = f"body:{text.lower()}"
        group = groups.setdefault(key, Group(text, "organisation"))
        group.forms[text] = "full-name"
        introduced = _introduced_acronym(article_text, text)
        if introduced:
            group.forms[introduced] = "acronym"
        for acronym in filter(None, (introduced, _initials(text))):
            acronyms.setdefault(acronym, key)


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
    """Peoples, parties and faiths: singular and plural are one."""
    for text in texts:
        key = f"people:{text.lower().removesuffix('s')}"
        groups.setdefault(key, Group(text, "group")).forms[text] = "full-name"


def _to_actor(article: Article, voices: Voices, places: Sequence[Place], *, group: Group, number: int) -> Actor:
    naming = [place.start for place in places if place.form != "metonym"]
    shares = [share for start in naming if (share := article.share_before(start)) is not None]
    zones = [zone for start in naming if (zone := article.zone_at(start))]
    body = article.body
    return Actor(
        id=f"a{number}",
        name=group.name,
        kind=group.kind,
        mentions=tuple(_to_mentions(article, voices, places)),
        first_mention=min(shares, default=None),
        in_headline=any(zone.kind == "headline" for zone in zones),
        in_lead=bool(body) and body[0] in zones,
        in_last_paragraph=bool(body) and body[-1] in zones,
        rule="actors.state-list" if group.kind == "country" else "actors.name",
    )


def _to_mentions(article: Article, voices: Voices, places: Sequence[Place]) -> Iterator[Mention]:
    for place in places:
        text = article.text[place.start : place.end]
        yield Mention(place.start, place.end, text, place.form, voices.voice_at(place.start))
