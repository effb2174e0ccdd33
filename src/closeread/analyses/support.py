"""On what ground each statement of an article is put forward: statements with their kind and their grounds.

What is said or thought by somebody has its source as ground. What the writer says in own voice may rest on words of
its own sentence (a link, the writer's own eyes, what all are said to know), on the source of the sentence before it
whose account it goes on with, or on a statement elsewhere in the article that says the same and has a ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from typing import TypeVar, get_args

from closeread.analyses.grounds import Grounds
from closeread.analyses.ranges import Ranges
from closeread.analyses.statement_kinds import find_kind
from closeread.analyses.statements import Part
from closeread.article import Article
from closeread.findings import Attribution, Ground, GroundKind, LoadedPhrase, Marker, Statement

_FIRM = frozenset({"factive", "intensifier"})
# The kinds of ground in the order in which one of several is the class of a statement.
ORDER: tuple[GroundKind, ...] = get_args(GroundKind)

Found = TypeVar("Found", LoadedPhrase, Marker)


def find_statements(
    article: Article,
    parts: Sequence[Part],
    grounds: Grounds,
    *,
    attributions: Sequence[Attribution],
    loaded: Sequence[LoadedPhrase],
    markers: Sequence[Marker],
) -> tuple[Statement, ...]:
    """One statement per part, in the order of the text. Ids are `t1`, `t2`, ..."""
    surely = {each.id for each in attributions if each.certain}
    holders = Ranges((part.place.start, part.place.end, number) for number, part in enumerate(parts))
    phrases, signs = _inside(holders, parts, loaded), _inside(holders, parts, markers)
    return tuple(
        Statement(
            id=f"t{number + 1}",
            place=part.place,
            voice=part.voice,
            attribution=part.attribution,
            kind=find_kind(part, article, phrases[number]),
            grounds=found,
            hedges=sum(marker.kind == "hedge" for marker in signs[number]),
            firm=sum(marker.kind in _FIRM for marker in signs[number]),
            rule=(rule := _rule(found)),
            certain=_is_certain(part, rule, surely),
        )
        for number, (part, found) in enumerate(zip(parts, grounds.find(), strict=True))
    )


def _is_certain(part: Part, rule: str, surely: Set[str]) -> bool:
    """Words of a certain attribution rest on its source: right for 179 of 184 coded statements (PolNeAR train and dev,
    2026-11). That no ground was found is right for 97 of 118, so only possible; the other rules have few cases."""
    return rule == "support.source" and part.attribution in surely


def _inside(holders: Ranges[int], parts: Sequence[Part], found: Sequence[Found]) -> dict[int, list[Found]]:
    """What stands in each statement; what stands in one inside another counts for the inner one alone."""
    inside = defaultdict[int, list[Found]](list)
    for each in found:
        number = min(
            holders.holding(each.place.start, each.place.end),
            key=lambda number: parts[number].place.end - parts[number].place.start,
            default=None,
        )
        if number is not None:
            inside[number].append(each)
    return inside


def _rule(grounds: Sequence[Ground]) -> str:
    """How the ground was found that is the class of the statement."""
    if not grounds:
        return "support.none"
    first = min(grounds, key=lambda ground: ORDER.index(ground.kind))
    if first.scope == "paragraph":
        return "support.paragraph"
    match first.kind:
        case "named-source" | "unnamed-source":
            return "support.source"
        case "document" | "vague-document":
            return "support.document"
        case "link":
            return "support.link"
        case "witness":
            return "support.witness"
        case "general-knowledge":
            return "support.general-knowledge"
        case "elsewhere":
            return "support.elsewhere"
