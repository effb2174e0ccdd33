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
    held, bare = [each for each in found if each.grounds], [each for each in found if not each.grounds]
    counted = count(len(found), "statement", "statements", tuple(each.place for each in found))
    if not held:
        return Sentence(
            "support", (Part("For none of "), counted, Part(" in own voice was a ground found in this article."))
        )
    parts = [Part("Of "), counted, Part(" in own voice a ground was found for "), _figure(held), Part(" (")]
    certain = [each for each in held if each.certain]
    parts += [_figure(certain, " certain") if certain else Part("all possible"), Part("): ")]
    parts += _say_classes(held)
    parts += [Part("; for "), _figure(bare), Part(" none was found in this article.")]
    return Sentence("support", tuple(parts))


def _say_classes(found: Sequence[Statement]) -> Iterator[Part]:
    """The classes of ground that occur, the most frequent first."""
    groups = {name: [each for each in found if tell_ground(each) == kind] for kind, name in GROUNDS.items()}
    for number, (name, group) in enumerate(sorted(groups.items(), key=lambda item: -len(item[1]))):
        if group:
            yield Part(", " if number else "")
            yield Part(f"{len(group)} {name}", tuple(each.place for each in group))


def _figure(found: Sequence[Statement], name: str = "") -> Part:
    return Part(f"{len(found)}{name}", tuple(each.place for each in found))


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
    """Of what headline and lead say, how much the body carries; the body of the lead is what comes after it."""
    parts: list[Part] = []
    for zone, where in (("headline", "in the body"), ("lead", "after it")):
        found = [part for part in reading.headline if part.zone == zone]
        if found:
            of = f"in the {zone}" if parts else f"that the {zone} quotes, names, counts or claims"
            parts += [Part("; " if parts else ""), *_say_carried(found, of, where)]
    if not parts:
        return Sentence("headline", (Part("Nothing of headline or lead could be compared with the body."),))
    start = Part(parts[1].text.capitalize(), parts[1].places)
    return Sentence("headline", (start, *parts[2:], Part(".")))


def _say_carried(found: Sequence[HeadlinePart], of: str, where: str) -> Iterator[Part]:
    """`of 6 things that the headline names 5 were found in the body and 1 was not`, or `6 of 6 ...`."""
    missing = tuple(part.place for part in found if not part.carried)
    carried = tuple(part.place for part in found if part.carried)
    yield Part(f"of {len(found)} {'thing' if len(found) == 1 else 'things'} {of} ")
    if not missing:
        yield Part("all " if len(found) > 1 else "")
    yield count(len(carried), "was found", "were found", carried)
    yield Part(f" {where}")
    if missing:
        yield Part(" and ")
        yield count(len(missing), "was not", "were not", missing)
