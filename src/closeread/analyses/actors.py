"""Actors: the names in an article grouped by whom they name, with every place where each is named.

The parser proposes names; once a name is known, every other place with the same words is a mention too, whatever
the parser saw there. Descriptions and pronouns are not resolved here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.analyses.mentions import Place, Spelling, find_mentions, gather_evidence
from closeread.analyses.name_groups import Group, group_names
from closeread.analyses.names import find_names, find_towns
from closeread.analyses.voices import Voices
from closeread.article import Article
from closeread.findings import Actor, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_actors(doc: Doc, article: Article, voices: Voices) -> tuple[Actor, ...]:
    """All actors, most mentions first, then in the order of the text. Ids are `a1`, `a2`, ... in that order."""
    groups = group_names(find_names(doc, article), article, find_towns(doc))
    spellings = [
        Spelling(text, key, form, holds=group.holds)
        for key, group in groups.items()
        for text, form in group.forms.items()
    ]
    by_actor: dict[str, list[Place]] = defaultdict(list)
    for place in find_mentions(article, spellings, gather_evidence(doc)):
        by_actor[place.actor].append(place)
    ordered = sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[1][0].start))
    actors = []
    for number, (key, places) in enumerate(ordered, 1):
        group = groups.get(key) or Group(key.removeprefix("state:"), "country")
        actors.append(_to_actor(article, voices, places, group=group, number=number))
    return tuple(actors)


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
