"""Actors of several readings that are one and the same: by their names alone, whoever they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from closeread.comparisons.shared_names import fit, fold, is_acronym, list_initials, split_person
from closeread.findings import Actor, ActorKind, Reading
from closeread.lexicons.bodies import find_body

_NAMES = ("full-name", "alias", "acronym")
_SAFE = ("shared-actors.name", "shared-actors.alias", "shared-actors.given-name", "shared-actors.surname")
# Joins by these alone could be wrong though every name was read rightly.
_OPEN = ("shared-actors.initials", "shared-actors.suffix", "shared-actors.kinds", "shared-actors.wording")


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """An actor of one reading: `Article.id` and `Actor.id`; by which rule it belongs to the others, and whether names
    leave no other reading."""

    article: str
    actor: str
    rule: str = "shared-actors.name"
    certain: bool = True


@dataclass(frozen=True, slots=True)
class SharedActor:
    """One actor in one text or more, never two actors of one reading. `name` is the name that most texts give, the
    longest of these; `members` come in the order of the readings. `rule` is the weakest of its members."""

    id: str
    name: str
    kind: ActorKind
    group: str | None
    role: str | None
    members: tuple[Member, ...]
    rule: str


@dataclass(slots=True, eq=False)
class _Held:
    """An actor of the reading at `order`; `rule` is that of its own join."""

    order: int
    article: str
    actor: Actor
    rule: str = "shared-actors.name"

    @property
    def kind(self) -> str:
        return "body" if self.actor.kind in ("organisation", "group") else self.actor.kind

    @property
    def is_named(self) -> bool:
        return self.actor.rule != "actors.described"


@dataclass(slots=True)
class _Groups:
    """Which actors are one so far."""

    of: dict[int, list[_Held]] = field(default_factory=dict)

    def unite(self, one: _Held, other: _Held, rule: str) -> None:
        """Not where a reading keeps two of them apart. The rule is noted of the smaller group."""
        large, small = self.of[id(one)], self.of[id(other)]
        if large is small or {each.order for each in large} & {each.order for each in small}:
            return
        if len(small) > len(large):
            large, small = small, large
        for each in small:
            each.rule = rule if rule != "shared-actors.name" else each.rule
            self.of[id(each)] = large
        large += small


def find_shared_actors(readings: Sequence[Reading]) -> tuple[SharedActor, ...]:
    """Every actor of the readings once; those of most texts first, then of most mentions, then by name. Which are one
    does not depend on the order of the readings."""
    held = [_Held(at, each.article.id, actor) for at, each in enumerate(readings) for actor in each.actors]
    groups = [sorted(group, key=lambda each: each.order) for group in _join(sorted(held, key=_rank))]
    groups.sort(key=lambda group: (-len(group), -_mentions(group), _name(group), min(map(_rank, group))))
    return tuple(_to_shared(number, group) for number, group in enumerate(groups, 1))


def _rank(held: _Held) -> tuple[int, str, str]:
    """Those of most mentions first."""
    return -len(held.actor.mentions), held.article, held.actor.id


def _join(held: Sequence[_Held]) -> list[list[_Held]]:
    """From the safest rule to the least safe."""
    groups = _Groups({id(each): [each] for each in held})
    named = [each for each in held if each.is_named]
    _join_same(named, groups)
    _join_people([each for each in named if each.kind == "person"], groups)
    bodies = [each for each in named if each.kind == "body"]
    _join_listed(bodies, groups)
    _join_initials(bodies, groups)
    _join_kinds(named, groups)
    _join_wording([each for each in held if not each.is_named], groups)
    return list({id(group): group for group in groups.of.values()}.values())


def _join_same(named: Sequence[_Held], groups: _Groups) -> None:
    """By a name in common: of one word only within a kind."""
    by_key = defaultdict[tuple[str, str], list[_Held]](list)
    for each in named:
        for key in sorted(set(_keys(each))):
            by_key["" if " " in key else each.kind, key].append(each)
    for shared in sorted(by_key, key=lambda key: (-len(key[1]), key)):
        _unite_all(by_key[shared], groups, "shared-actors.name")


def _unite_all(same: Sequence[_Held], groups: _Groups, rule: str) -> None:
    for at, each in enumerate(same):
        for before in same[:at]:
            groups.unite(before, each, rule)


def _keys(held: _Held) -> Iterator[str]:
    names = [held.actor.name, *(mention.text for mention in held.actor.mentions if mention.form in _NAMES)]
    for name in names:
        folded = fold(name)
        yield folded
        if held.actor.kind == "group" and name[:1].isupper() and len(folded) > 4:
            yield folded.removesuffix("s")


def _join_people(people: Sequence[_Held], groups: _Groups) -> None:
    by_surname = defaultdict[str, list[_Held]](list)
    for each in people:
        by_surname[split_person(each.actor.name).surname].append(each)
    for surname in sorted(by_surname):
        same = by_surname[surname]
        for wanted, rule in (("same", "name"), ("short", "given-name"), ("suffix", "suffix")):
            _join_given(same, groups, (wanted, f"shared-actors.{rule}"))
        _join_surname(same, groups)


def _join_given(same: Sequence[_Held], groups: _Groups, wanted: tuple[str, str]) -> None:
    """Full names that fit, where all that any of them fits fit each other: an initial of two people is neither's."""
    parted = list({id(groups.of[id(each)]): groups.of[id(each)] for each in same}.values())
    near = [[at for at, other in enumerate(parted) if _fits(one, other, wanted[0])] for one in parted]
    for at, others in enumerate(near):
        if len(others) > 1 and all(near[other] == others for other in others):
            groups.unite(parted[at][0], parted[others[0]][0], wanted[1])


def _fits(one: list[_Held], other: list[_Held], wanted: str) -> bool:
    if one is other:
        return True
    return any(
        fit(split_person(first.actor.name), split_person(second.actor.name)) == wanted
        for first in one
        for second in other
    )


def _join_surname(same: Sequence[_Held], groups: _Groups) -> None:
    """One name alone is that of the only person with this surname."""
    full = [each for each in same if split_person(each.actor.name).first]
    if len({id(groups.of[id(each)]) for each in full}) != 1:
        return
    for each in same:
        if not split_person(each.actor.name).first:
            groups.unite(full[0], each, "shared-actors.surname")


def _join_listed(bodies: Sequence[_Held], groups: _Groups) -> None:
    """By two names that the list of bodies has for one (`the GOP`, `the Republican Party`)."""
    by_body = defaultdict[str, list[_Held]](list)
    for each in bodies:
        body = find_body(each.actor.name)
        if body is not None:
            by_body[body.name].append(each)
    for name in sorted(by_body):
        _unite_all(by_body[name], groups, "shared-actors.alias")


def _join_initials(bodies: Sequence[_Held], groups: _Groups) -> None:
    """An acronym is the only name of the texts with these initials."""
    full = defaultdict[str, list[_Held]](list)
    for each in bodies:
        for initials in sorted(list_initials(each.actor.name)):
            full[initials].append(each)
    for each in bodies:
        if is_acronym(each.actor.name):
            _unite_only(each, full[fold(each.actor.name)], groups, "shared-actors.initials")


def _join_kinds(named: Sequence[_Held], groups: _Groups) -> None:
    """A name of one word that one text takes for a person's and another for a body's, where no person has it as a
    surname."""
    surnames = {split_person(each.actor.name).surname for each in named if split_person(each.actor.name).first}
    by_word = defaultdict[str, list[_Held]](list)
    for each in named:
        word = fold(each.actor.name)
        if " " not in word and word not in surnames and each.kind != "country":
            by_word[word].append(each)
    for word in sorted(by_word):
        _unite_all(by_word[word], groups, "shared-actors.kinds")


def _unite_only(each: _Held, full: Sequence[_Held], groups: _Groups, rule: str) -> None:
    if len({id(groups.of[id(other)]) for other in full}) == 1:
        groups.unite(full[0], each, rule)


def _join_wording(described: Sequence[_Held], groups: _Groups) -> None:
    """The same words of the same kind; one person's only where they are more than a noun."""
    by_words = defaultdict[tuple[str, str], list[_Held]](list)
    for each in described:
        words = fold(each.actor.name)
        if each.kind != "person" or " " in words:
            by_words[each.kind, words].append(each)
    for key in sorted(by_words):
        _unite_all(by_words[key], groups, "shared-actors.wording")


def _mentions(group: Sequence[_Held]) -> int:
    return sum(len(each.actor.mentions) for each in group)


def _name(group: Sequence[_Held]) -> str:
    counts = Counter(each.actor.name for each in group)
    return max(counts, key=lambda name: (counts[name], len(name), name))


def _to_shared(number: int, group: Sequence[_Held]) -> SharedActor:
    by_rank = sorted(group, key=_rank)
    first = next((each.actor for each in by_rank if each.actor.group or each.actor.role), by_rank[0].actor)
    kinds = Counter(each.actor.kind for each in group)
    kind = max(sorted(kinds), key=lambda each: kinds[each])
    members = tuple(_to_member(each) for each in group)
    rule = "shared-actors.alone" if len(group) == 1 else max(members, key=lambda each: _weakness(each.rule)).rule
    return SharedActor(f"s{number}", _name(group), kind, first.group, first.role, members, rule)


def _to_member(held: _Held) -> Member:
    return Member(held.article, held.actor.id, held.rule, held.rule not in _OPEN)


def _weakness(rule: str) -> int:
    order = (*_SAFE, *_OPEN)
    return order.index(rule)
