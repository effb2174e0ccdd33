"""The plain sentences about what is asserted: on what ground, against what, and what headline and lead announce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from closeread.findings import Contradiction, HeadlinePart, Reading, Statement
from closeread.measures import own_statements, tell_ground
from closeread.report.sentence_parts import Part, Sentence, count
from closeread.report.terms import GROUNDS


def say_support(reading: Reading) -> Sentence:
    found = own_statements(reading)
    if not found:
        return Sentence("support", (Part("No statement in own voice was found."),))
    parts = [
        Part("Of "),
        count(len(found), "statement", "statements", ()),
        Part(" in own voice a ground was found for "),
    ]
    bare = [each for each in found if not each.grounds]
    parts += [_figure([each for each in found if each.grounds])]
    if len(bare) < len(found):
        parts += [Part(": "), *_say_classes(found)]
    parts += [Part("; for "), _figure(bare), Part(" none was found in this article.")]
    return Sentence("support", tuple(parts))


def _say_classes(found: Sequence[Statement]) -> Iterator[Part]:
    """The classes of ground that occur, the most frequent first."""
    groups = {name: [each for each in found if tell_ground(each) == kind] for kind, name in GROUNDS.items()}
    for number, (name, group) in enumerate(sorted(groups.items(), key=lambda item: -len(item[1]))):
        if group:
            yield Part(", " if number else "")
            yield Part(f"{len(group)} {name}", tuple(each.place for each in group))


def _figure(found: Sequence[Statement]) -> Part:
    return Part(f"{len(found)}", tuple(each.place for each in found))


def say_contradictions(reading: Reading) -> Sentence:
    if not reading.contradictions:
        return Sentence("contradictions", (Part("No two places were found that cannot both hold."),))
    parts = [Part("Places that cannot both hold: in one voice ")]
    parts += _say_pairs([pair for pair in reading.contradictions if pair.relation == "contradiction"])
    parts += [Part("; between voices ")]
    parts += _say_pairs([pair for pair in reading.contradictions if pair.relation == "disagreement"])
    return Sentence("contradictions", (*parts, Part(".")))


def _say_pairs(pairs: Sequence[Contradiction]) -> Iterator[Part]:
    if not pairs:
        yield Part("none")
        return
    for certain, name in ((True, "certain"), (False, "possible")):
        group = [pair for pair in pairs if pair.certain == certain]
        yield Part("" if certain else " and ")
        yield Part(f"{len(group)} {name}", tuple(side.words for pair in group for side in (pair.first, pair.second)))


def say_headline(reading: Reading) -> Sentence:
    zones = [[part for part in reading.headline if part.zone == zone] for zone in ("headline", "lead")]
    if not reading.headline:
        return Sentence("headline", (Part("Nothing of headline or lead could be compared with the body."),))
    parts = list(_say_zone(zones[0], "the headline", "in the body")) if zones[0] else []
    if zones[1]:
        parts += [Part("; of ")] if zones[0] else [Part("Of ")]
        parts += list(_say_zone(zones[1], "the lead", "after it"))[1:]
    return Sentence("headline", (*parts, Part(".")))


def _say_zone(found: Sequence[HeadlinePart], zone: str, where: str) -> Iterator[Part]:
    """`Of 6 things that the headline quotes, names, counts or claims 5 were found in the body and 1 was not`."""
    missing = tuple(part.place for part in found if not part.carried)
    carried = tuple(part.place for part in found if part.carried)
    yield Part("Of ")
    yield count(len(found), "thing", "things", ())
    yield Part(f" that {zone} quotes, names, counts or claims ")
    yield count(len(carried), "was found", "were found", carried)
    yield Part(f" {where}")
    if missing:
        yield Part(" and ")
        yield count(len(missing), "was not", "were not", missing)
