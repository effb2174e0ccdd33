"""Who speaks: the words of each source, and the sums of the article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from closeread.article import Span, count_words
from closeread.findings import Attribution, AttributionKind, Naming, Reading, Stance

UNKNOWN = "unknown"
NO_SOURCE = "no source found"

Sort = TypeVar("Sort", bound=str)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: a speaker who is an actor, or the words that describe one.

    `negated` counts the attributions that the text says did not take place; their words, kinds, stances and places in
    the body count for nothing here. Words are counted in the contents: `share` is `quoted_words` over all quoted words,
    `attributed_share` quoted and reported words over all of both (0 to 1, None where there are none). `held_by` names
    those in whose words attributions of this source stand, `nested` how many do; `first` is the share of the body
    before its first content, None outside it.
    """

    name: str
    actor: str | None
    naming: Naming
    attributions: tuple[str, ...]
    certain: int
    possible: int
    kinds: dict[AttributionKind, int]
    stances: dict[Stance, int]
    negated: int
    nested: int
    held_by: tuple[str, ...]
    quoted_words: int
    reported_words: int
    share: float | None
    attributed_share: float | None
    first: float | None
    places: tuple[Span, ...]

    @property
    def is_told(self) -> bool:
        """Whether the text tells who speaks, and that somebody does."""
        return self.naming not in ("none", "pronoun") and self.negated < len(self.attributions)


@dataclass(frozen=True, slots=True)
class Tally:
    """The attributions of one sort: their words, the share of all attributed words (0 to 1; None
    for words that nobody said, and where there are none), their first contents."""

    attributions: int
    quoted_words: int
    reported_words: int
    share: float | None
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one article. `words` are those of the whole text: quoted, reported, negated and own ones.

    `namings`, `kinds` and `stances` each split the attributions that are not `negated`; `nested` are those of them
    that stand inside another one."""

    words: int
    quoted_words: int
    reported_words: int
    negated_words: int
    own_words: int
    namings: dict[Naming, Tally]
    kinds: dict[AttributionKind, Tally]
    stances: dict[Stance, Tally]
    negated: Tally
    nested: Tally


@dataclass(frozen=True, slots=True)
class Words:
    """Whose words are whose: the quoted and the reported words that count for each attribution."""

    quoted: Mapping[str, int]
    reported: Mapping[str, int]
    negated: frozenset[str]
    unsaid: tuple[int, int]

    def of(self, attributions: Iterable[Attribution]) -> tuple[int, int]:
        """The quoted and the reported words of several attributions."""
        ids = [attribution.id for attribution in attributions]
        return sum(self.quoted[each] for each in ids), sum(self.reported[each] for each in ids)

    @property
    def all_quoted(self) -> int:
        return sum(self.quoted.values())

    @property
    def all_attributed(self) -> int:
        return self.all_quoted + sum(self.reported.values())


def credit(attributions: Sequence[Attribution]) -> Words:
    """Gives words to attributions. What nobody said is in `negated`, with all that stands inside it; its words go to
    the innermost attribution around it that took place, else they are `unsaid` (quoted, reported)."""
    by_id = {attribution.id: attribution for attribution in attributions}
    quoted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    negated, unsaid = set(), (0, 0)
    for attribution in attributions:
        said = _find_said(attribution, by_id)
        if said != attribution.id:
            negated.add(attribution.id)
        if said is None:
            unsaid = (unsaid[0] + attribution.quoted_words, unsaid[1] + attribution.reported_words)
        else:
            quoted[said] += attribution.quoted_words
            reported[said] += attribution.reported_words
    return Words(quoted, reported, frozenset(negated), unsaid)


def _find_said(attribution: Attribution, by_id: Mapping[str, Attribution]) -> str | None:
    """The innermost of an attribution and those around it that is not negated, nor stands in one that is."""
    chain = [attribution]
    while (outer := by_id.get(chain[-1].within or "")) is not None and outer not in chain:
        chain.append(outer)
    said = None
    for each in reversed(chain):
        if each.negated:
            return said
        said = each.id
    return said


def total(reading: Reading) -> Totals:
    """The sums of one article."""
    words = credit(reading.attributions)
    said = [attribution for attribution in reading.attributions if attribution.id not in words.negated]
    unsaid = [attribution for attribution in reading.attributions if attribution.id in words.negated]
    all_words = count_words(reading.article.text)
    return Totals(
        words=all_words,
        quoted_words=words.all_quoted,
        reported_words=words.all_attributed - words.all_quoted,
        negated_words=sum(words.unsaid),
        own_words=max(0, all_words - words.all_attributed - sum(words.unsaid)),
        namings=_split(said, words, naming_of, get_args(Naming)),
        kinds=_split(said, words, lambda attribution: attribution.kind, get_args(AttributionKind)),
        stances=_split(said, words, lambda attribution: attribution.stance, get_args(Stance)),
        negated=Tally(len(unsaid), *words.unsaid, None, tuple(each.contents[0] for each in unsaid)),
        nested=_tally([attribution for attribution in said if attribution.within is not None], words),
    )


def _split(
    said: Sequence[Attribution], words: Words, sort_of: Callable[[Attribution], Sort], sorts: Iterable[Sort]
) -> dict[Sort, Tally]:
    return {sort: _tally([each for each in said if sort_of(each) == sort], words) for sort in sorts}


def _tally(group: Sequence[Attribution], words: Words) -> Tally:
    quoted, reported = words.of(group)
    places = tuple(attribution.contents[0] for attribution in group)
    return Tally(len(group), quoted, reported, share_of(quoted + reported, words.all_attributed), places)


def list_tallies(totals: Totals) -> tuple[tuple[str, Mapping[str, Tally]], ...]:
    """All tallies by group: who speaks, in which kind, with which stance of the cue, and what stands apart."""
    return (
        ("naming", {str(naming): tally for naming, tally in totals.namings.items()}),
        ("kind", {str(kind): tally for kind, tally in totals.kinds.items()}),
        ("stance", {str(stance): tally for stance, tally in totals.stances.items()}),
        ("apart", {"negated": totals.negated, "nested": totals.nested}),
    )


def naming_of(attribution: Attribution) -> Naming:
    """A speaker who is an actor is named, also where a pronoun or a description stands for the name."""
    return "named" if attribution.speaker is not None else attribution.naming


def sourcing(reading: Reading) -> tuple[SourceRow, ...]:
    """One row per source, most quoted words first, then most reported words, then the order of the text."""
    groups: dict[tuple[str, str], list[Attribution]] = defaultdict(list)
    for attribution in reading.attributions:
        groups[_source_key(attribution)].append(attribution)
    words = credit(reading.attributions)
    names = name_sources(reading)
    rows = [_source_row(reading, group, names, words) for group in groups.values()]
    return tuple(sorted(rows, key=lambda row: (-row.quoted_words, -row.reported_words, row.places[0])))


def name_sources(reading: Reading) -> dict[str, str]:
    """The name of the source of each attribution, by its id, as the sourcing table has it."""
    actors = {actor.id: actor.name for actor in reading.actors}
    first: dict[tuple[str, str], str] = {}
    for attribution in reading.attributions:
        first.setdefault(_source_key(attribution), _source_name(attribution, actors))
    return {attribution.id: first[_source_key(attribution)] for attribution in reading.attributions}


def _source_key(attribution: Attribution) -> tuple[str, str]:
    if attribution.speaker is not None:
        return ("actor", attribution.speaker)
    if attribution.naming in ("pronoun", "none"):
        return (attribution.naming, "")
    return ("words", " ".join(source.text.lower() for source in attribution.sources).removeprefix("the "))


def _source_row(reading: Reading, group: Sequence[Attribution], names: Mapping[str, str], words: Words) -> SourceRow:
    said = [attribution for attribution in group if attribution.id not in words.negated]
    quoted, reported = words.of(said)
    certain = sum(attribution.certain for attribution in group)
    nested = [attribution.within for attribution in said if attribution.within is not None]
    return SourceRow(
        name=names[group[0].id],
        actor=group[0].speaker,
        naming=naming_of(group[0]),
        attributions=tuple(attribution.id for attribution in group),
        certain=certain,
        possible=len(group) - certain,
        kinds={kind: sum(a.kind == kind for a in said) for kind in get_args(AttributionKind)},
        stances={stance: sum(a.stance == stance for a in said) for stance in get_args(Stance)},
        negated=len(group) - len(said),
        nested=len(nested),
        held_by=tuple(dict.fromkeys(names[outer] for outer in nested if outer in names)),
        quoted_words=quoted,
        reported_words=reported,
        share=share_of(quoted, words.all_quoted),
        attributed_share=share_of(quoted + reported, words.all_attributed),
        first=_first_share(reading, said),
        places=tuple(attribution.contents[0] for attribution in group),
    )


def _first_share(reading: Reading, attributions: Iterable[Attribution]) -> float | None:
    starts = (content.start for attribution in attributions for content in attribution.contents)
    return min((share for start in starts if (share := reading.article.share_before(start)) is not None), default=None)


def _source_name(attribution: Attribution, actors: Mapping[str, str]) -> str:
    if attribution.speaker is not None:
        return actors[attribution.speaker]
    if attribution.naming == "pronoun":
        return UNKNOWN
    if attribution.naming == "none":
        return NO_SOURCE
    return " / ".join(source.text for source in attribution.sources)


def share_of(part: int, whole: int) -> float | None:
    return part / whole if whole else None
