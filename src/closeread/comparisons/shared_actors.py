"""Actors of several readings that are one and the same: by their names alone, whoever they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closeread.findings import Actor, ActorKind, Reading

_NAMES = ("full-name", "alias", "acronym")


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """An actor of one reading: `Article.id` and `Actor.id`."""

    article: str
    actor: str


@dataclass(frozen=True, slots=True)
class SharedActor:
    """One actor in one text or more, never two actors of one reading. `name` is the name that most texts give, the
    longest of these; `members` come in the order of the readings."""

    id: str
    name: str
    kind: ActorKind
    group: str | None
    role: str | None
    members: tuple[Member, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Held:
    order: int
    article: str
    actor: Actor

    @property
    def kind(self) -> str:
        return "body" if self.actor.kind in ("organisation", "group") else self.actor.kind


def find_shared_actors(readings: Sequence[Reading]) -> tuple[SharedActor, ...]:
    """Every actor of the readings once; those of most texts first, then of most mentions, then by name. Two are one
    where they share a full name, an alias or an acronym, of one kind where it is a single word; a person of whom a text
    has one name alone is the only person of the other texts with that surname, if there is only one."""
    held = [_Held(at, each.article.id, actor) for at, each in enumerate(readings) for actor in each.actors]
    groups = _join(held)
    groups.sort(key=lambda group: (-len(group), -sum(len(each.actor.mentions) for each in group), _name(group)))
    return tuple(_to_shared(number, group) for number, group in enumerate(groups, 1))


def _join(held: Sequence[_Held]) -> list[list[_Held]]:
    group_of = {at: [at] for at in range(len(held))}
    by_key = defaultdict[tuple[str, str], list[int]](list)
    for at, each in enumerate(held):
        for key in sorted(set(_keys(each.actor))):
            by_key["" if " " in key else each.kind, key].append(at)
    pairs = [(min(same), at) for _, same in sorted(by_key.items()) for at in same[1:]]
    for first, second in pairs + list(_by_surname(held)):
        _unite(first, second, group_of, held)
    groups = {id(group): group for group in group_of.values()}
    return [[held[at] for at in sorted(group)] for group in groups.values()]


def _unite(first: int, second: int, group_of: dict[int, list[int]], held: Sequence[_Held]) -> None:
    """Not where a reading keeps two of them apart."""
    one, other = group_of[first], group_of[second]
    if one is other or {held[at].order for at in one} & {held[at].order for at in other}:
        return
    one += other
    for at in other:
        group_of[at] = one


def _keys(actor: Actor) -> Iterator[str]:
    yield _fold(actor.name)
    yield from (_fold(mention.text) for mention in actor.mentions if mention.form in _NAMES)


def _fold(name: str) -> str:
    words = name.replace("’", "'").removesuffix("'s").replace(".", "").lower().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _by_surname(held: Sequence[_Held]) -> Iterator[tuple[int, int]]:
    people = [(at, _fold(each.actor.name).split()) for at, each in enumerate(held) if each.kind == "person"]
    full = defaultdict[str, dict[str, int]](dict)
    for at, words in people:
        if len(words) > 1:
            full[words[-1]].setdefault(f"{words[0]} {words[-1]}", at)
    for at, words in people:
        if len(words) > 1:
            yield full[words[-1]][f"{words[0]} {words[-1]}"], at
    for at, words in people:
        if len(words) == 1 and len(full[words[0]]) == 1:
            yield next(iter(full[words[0]].values())), at


def _name(group: Sequence[_Held]) -> str:
    counts = Counter(each.actor.name for each in group)
    return max(counts, key=lambda name: (counts[name], len(name), name))


def _to_shared(number: int, group: Sequence[_Held]) -> SharedActor:
    first = next((each.actor for each in group if each.actor.group or each.actor.role), group[0].actor)
    kinds = Counter(each.actor.kind for each in group)
    kind = max(sorted(kinds), key=lambda each: kinds[each])
    members = tuple(Member(each.article, each.actor.id) for each in group)
    rule = "shared-actors.name" if len(group) > 1 else "shared-actors.alone"
    return SharedActor(f"s{number}", _name(group), kind, first.group, first.role, members, rule)
