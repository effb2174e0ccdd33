"""Actors of the user's own list: what the text shows of them is theirs before it is anybody else's."""

from __future__ import annotations

from collections.abc import Sequence

from closeread.analyses.mentions import is_state_name, state_of
from closeread.analyses.name_groups import Group
from closeread.analyses.names import gender_of
from closeread.findings import ActorKind, MentionForm
from closeread.intake.actor_list import ListedActor


def join_listed(listed: Sequence[ListedActor], groups: dict[str, Group]) -> dict[str, str]:
    """Puts the listed actors into the groups, with all names that the text gives to one of them. Gives the key of the
    listed actor for each key of a group, or of a state, that has become part of one."""
    joined: dict[str, str] = {}
    for number, entry in enumerate(listed):
        words = {entry.name, *entry.aliases}
        key = f"listed:{number}"
        same = [other for other, group in groups.items() if words & _own_names(group) and group.listed is None]
        joined |= dict.fromkeys(same, key)
        joined |= {f"state:{state}": key for word in words if (state := state_of(word))}
        group = Group(entry.name, _kind_of(entry, [groups[other] for other in same]), listed=entry)
        for other in same:
            group.forms |= groups.pop(other).forms
        group.forms |= {word: _form_of(word, entry) for word in words}
        groups[key] = group
    return joined


def _own_names(group: Group) -> set[str]:
    """A surname or first name alone may be somebody else's too."""
    return {text for text, form in group.forms.items() if form != "part-of-name"}


def _form_of(word: str, entry: ListedActor) -> MentionForm:
    if word == entry.name:
        return "full-name"
    return "acronym" if word.isupper() and " " not in word else "alias"


def _kind_of(entry: ListedActor, found: Sequence[Group]) -> ActorKind:
    """As the text tells, of several groups a person before a body that the parser saw in a surname; else by the name
    alone."""
    if found:
        people = [group for group in found if group.kind == "person"]
        return (people or found)[0].kind if not gender_of(entry.name) else "person"
    if is_state_name(entry.name):
        return "country"
    if entry.name.islower():
        return "group"
    return "person" if gender_of(entry.name) else "organisation"
