"""Actors of many articles that are one and the same: by their names alone, whoever they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from closeread.comparisons.corpus_records import ActorCount, ArticleRecord, fold
from closeread.lexicons.bodies import find_body

# A name by which articles call another actor too stands for that actor where so many articles do, and so large a share
# of all that use it beside a longer name.
_ARTICLES, _SHARE = 2, 0.9

Key = tuple[str, str]


def join_actors(records: Sequence[ArticleRecord]) -> Mapping[Key, Key]:
    """For each actor by `key_of` the actor that it is. A name that articles use beside a longer one (an acronym, an
    alias) stands for that one where nearly all of them agree; a person of whom an article has a surname alone is the
    one whom nearly all articles mean that give a person with that surname in full. The order does not matter."""
    keys = {key_of(actor) for record in records for actor in record.actors if not actor.described}
    joined = _join_forms(records, keys) | _join_surnames(records, keys)
    return {key: _follow(key, joined) for key in keys}


def key_of(actor: ActorCount) -> Key:
    kind = "body" if actor.kind in ("organisation", "group") else actor.kind
    body = find_body(actor.name) if kind == "body" else None
    return kind, fold(body.name if body else actor.name)


def _join_forms(records: Sequence[ArticleRecord], keys: set[Key]) -> dict[Key, Key]:
    uses = defaultdict[Key, Counter[Key]](Counter)
    for record in records:
        for actor in record.actors:
            key = key_of(actor)
            for form in actor.forms:
                if not actor.described and form != key[1] and (key[0], form) in keys:
                    uses[key[0], form][key] += 1
    return {form: best for form, longer in uses.items() if (best := _agree(longer, _ARTICLES))}


def _agree(uses: Counter[Key], least: int) -> Key | None:
    best = min(uses, key=lambda key: (-uses[key], key))
    return best if uses[best] >= max(least, _SHARE * uses.total()) else None


def _join_surnames(records: Sequence[ArticleRecord], keys: set[Key]) -> dict[Key, Key]:
    people = defaultdict[Key, Counter[Key]](Counter)
    for record in records:
        for key in {key_of(actor) for actor in record.actors if not actor.described}:
            if key[0] == "person" and " " in key[1]:
                people["person", key[1].split()[-1]][key] += 1
    return {key: best for key, full in people.items() if key in keys and (best := _agree(full, 1))}


def _follow(key: Key, joined: Mapping[Key, Key]) -> Key:
    """To the end of the chain; of a circle the first by name."""
    seen = [key]
    while (following := joined.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]
