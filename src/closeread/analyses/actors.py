"""Actors: the names in an article grouped by whom they name, with every place where each is meant.

The parser proposes names; once a name is known, every other place with the same words is a mention too, whatever
the parser saw there. Descriptions, pronouns and actors without a name come from the walk of `references.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.descriptions import Descriptions, Told, is_subject
from closeread.analyses.listed import join_listed
from closeread.analyses.mentions import Place, Spelling, find_mentions, gather_evidence, unwrap
from closeread.analyses.name_groups import Group, group_names
from closeread.analyses.names import find_names, find_towns
from closeread.analyses.references import References
from closeread.analyses.voices import Voices
from closeread.article import Article
from closeread.findings import Actor, Mention
from closeread.intake.actor_list import ListedActor
from closeread.measures.prominence import UNNAMED

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MARKS = {ord(mark): "" for mark in '“”"‘[]()'}
_ROUGHLY = frozenset({"about", "around", "nearly", "almost", "some", "over", "at", "least", "more", "than"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "some", "any", "his", "her", "its", "their", "our", "my"}
)


def find_actors(doc: Doc, article: Article, voices: Voices, listed: Sequence[ListedActor] = ()) -> tuple[Actor, ...]:
    """All actors, most mentions first, then in the order of the text. Ids are `a1`, `a2`, ... in that order."""
    groups = group_names(find_names(doc, article), article, find_towns(doc))
    joined = join_listed(listed, groups)
    spellings = [
        Spelling(text, key, form, holds=group.holds, listed=text in _listed_words(group))
        for key, group in groups.items()
        for text, form in group.forms.items()
    ]
    by_actor: dict[str, list[Place]] = defaultdict(list)
    for place in find_mentions(article, spellings, gather_evidence(doc)):
        by_actor[joined.get(place.actor, place.actor)].append(place)
    ordered = sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[1][0].start))
    actors = []
    for number, (key, places) in enumerate(ordered, 1):
        group = groups.get(key) or Group(key.removeprefix("state:"), "country")
        mentions = [_to_mention(article, voices, place) for place in places]
        actors.append(_to_actor(article, mentions, group=group, number=number, rule=_rule_of(group)))
    return tuple(actors)


def _listed_words(group: Group) -> tuple[str, ...]:
    return (group.listed.name, *group.listed.aliases) if group.listed else ()


def _rule_of(group: Group) -> str:
    if group.listed is not None:
        return "actors.listed"
    return "actors.state-list" if group.kind == "country" else "actors.name"


def _to_actor(article: Article, mentions: Sequence[Mention], *, group: Group, number: int, rule: str) -> Actor:
    actor = Actor(
        id=f"a{number}",
        name=group.name,
        kind=group.kind,
        group=group.listed.group if group.listed else None,
        role=group.listed.role if group.listed else None,
        mentions=(),
        first_mention=None,
        in_headline=False,
        in_lead=False,
        in_last_paragraph=False,
        rule=rule,
    )
    return _place(article, actor, mentions)


def _place(article: Article, actor: Actor, mentions: Sequence[Mention]) -> Actor:
    """The actor with these mentions, and where they name it; where none does, where they describe it."""
    ordered = sorted(mentions)
    naming = [mention.start for mention in ordered if mention.form not in UNNAMED]
    if not naming and all(mention.form != "metonym" for mention in ordered):
        naming = [mention.start for mention in ordered if mention.form == "description"]
    starts = [zone.start for zone in article.zones]
    zones = {article.zones[at - 1] for start in naming if (at := bisect_right(starts, start))}
    body = article.body
    first = next((start for start in naming if article.zones[bisect_right(starts, start) - 1].kind == "body"), None)
    return replace(
        actor,
        mentions=tuple(ordered),
        first_mention=None if first is None else article.share_before(first),
        in_headline=any(zone.kind == "headline" for zone in zones),
        in_lead=bool(body) and body[0] in zones,
        in_last_paragraph=bool(body) and body[-1] in zones,
    )


def _to_mention(article: Article, voices: Voices, place: Place) -> Mention:
    text = article.text[place.start : place.end]
    return Mention(place.start, place.end, text, place.form, voices.voice_at(place.start))


def join_mentions(references: References, voices: Voices) -> tuple[Actor, ...]:
    """The actors of the references with all places where they are meant, and the actors without a name that head an
    agent, a patient or a source: most mentions first, then in the order of the text. Named actors keep their ids, and
    the others follow them."""
    article, cast = references.article, references.cast
    found = Descriptions(references)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for at, (mention, actor) in references.names.items():
        named = replace(mention, subject=is_subject(references.doc[at]))
        mentions[references.meant.get(at, actor.id)].append(named)
    for told in found.told:
        mentions[told.actor].append(_describe(article, voices, told))
    actors = [_place(article, actor, mentions[actor.id]) for actor in cast.actors.values() if mentions[actor.id]]
    nameless = ((found.kinds[key], places) for key, places in mentions.items() if key in found.kinds)
    names = Counter[str]()
    for number, (kind, places) in enumerate(nameless, len(cast.actors) + 1):
        name = _name_of(places)
        names[name] += 1
        group = Group(name if names[name] == 1 else _name_of(places, counted=True), kind)
        actors.append(_to_actor(article, places, group=group, number=number, rule="actors.described"))
    return tuple(sorted(actors, key=lambda actor: (-len(actor.mentions), actor.mentions[0].start)))


def _describe(article: Article, voices: Voices, told: Told) -> Mention:
    span = article.span(told.start, told.end)
    voice = voices.voice_at(told.end - 1)
    subject = is_subject(told.token)
    return Mention(span.start, span.end, span.text, told.form, voice, subject=subject, certain=told.certain)


def _name_of(mentions: Sequence[Mention], *, counted: bool = False) -> str:
    """The words of the first description, without its article and, if not `counted`, its number (`about forty
    protesters`)."""
    from spacy.lang.en.lex_attrs import like_num

    first = next(mention for mention in mentions if mention.form == "description")
    words = unwrap(first.text).translate(_MARKS).split()
    while len(words) > 1 and (
        words[0].lower() in _DETERMINERS | _ROUGHLY or (not counted and like_num(words[0]))  # type: ignore[no-untyped-call]
    ):
        words = words[1:]
    words = [word.lower() if like_num(word) else word for word in words]  # type: ignore[no-untyped-call]
    return words[0].lower() if len(words) == 1 else " ".join(words)
