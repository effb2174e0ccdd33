"""Rows of statements and of quotations: what is said, and in which texts it is said too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from closeread.article import Span
from closeread.comparisons.covered_texts import CoveredText
from closeread.comparisons.matrix import Cell, CellState, Row
from closeread.comparisons.quoted import list_quoted
from closeread.comparisons.same_statements import FOUND, POSSIBLE, Again, Said, SameStatements
from closeread.comparisons.versions import Utterance, Version
from closeread.findings import Statement, Voice

_LEAST_QUOTED = 5


@dataclass(slots=True)
class _Group:
    """Statements that say the same, the seed first."""

    seed: int
    members: list[int] = field(default_factory=list)


class StatementRows:
    def __init__(self, same: SameStatements) -> None:
        self.same, self.said = same, same.said
        self.again = [same.find_again(each) for each in self.said]
        self._by_sentence: dict[int, list[int]] = {}
        for at, each in enumerate(self.said):
            self._by_sentence.setdefault(each.sentence, []).append(at)

    def find_rows(self) -> Iterator[Row]:
        for group in self._group():
            said = self.said[group.seed]
            cells = tuple(self._to_cell(group, number) for number in range(len(self.same.texts)))
            place = said.statement.place
            text = self.same.texts[said.text]
            yield Row("", "statement", place.text, None, cells, "coverage.statement", article=text.id, place=place)

    def _group(self) -> Iterator[_Group]:
        """The statement that is found in most texts takes its like with it, so that no chain forms."""
        order = sorted(range(len(self.said)), key=self._centrality)
        taken = set[int]()
        for seed in order:
            if seed not in taken:
                members = [seed, *sorted(self._find_like(seed, taken))]
                taken.update(members)
                yield _Group(seed, members)

    def _centrality(self, at: int) -> tuple[int, float, int]:
        found = [again.score for again in self.again[at].values() if again.score >= FOUND]
        return -len(found), -sum(found), at

    def _find_like(self, seed: int, taken: set[int]) -> Iterator[int]:
        """Those that tell the same both ways."""
        one = self.said[seed]
        for again in self.again[seed].values():
            for at in self._by_sentence.get(again.sentence, ()) if again.score >= POSSIBLE else ():
                other = self.said[at]
                if at not in taken and min(self.same.measure(one, other), self.same.measure(other, one)) >= FOUND:
                    yield at

    def _to_cell(self, group: _Group, number: int) -> Cell:
        """A text that has a statement of the group has it there; another where a sentence comes nearest to any of
        them."""
        text, members = self.same.texts[number], [self.said[at] for at in group.members]
        found = [(self.said[at], self.again[at][number]) for at in group.members if number in self.again[at]]
        own = [said.statement for said in members if said.text == number]
        if not own:
            return _judge(self.same, text, max(found, key=lambda pair: pair[1].score, default=None))
        places, voices = [each.place for each in own], {each.voice for each in own}
        if members[0].text == number or not found or found[0][0] is not members[0]:
            return text.to_cell("found", places, voices, score=1.0)
        score, aligned = max(FOUND, found[0][1].score), self.same.explain(*found[0])
        return text.to_cell("found", places, voices, score=score, aligned=aligned)


def _judge(same: SameStatements, text: CoveredText, best: tuple[Said, Again] | None) -> Cell:
    if best is None or best[1].score < POSSIBLE:
        return text.absent(best[1].score if best else 0.0)
    said, again = best
    state: CellState = "found" if again.score >= FOUND else "possible"
    return text.to_cell(state, [same.locate(again)], score=again.score, aligned=same.explain(said, again))


def find_quotations(same: SameStatements, utterances: Sequence[Utterance]) -> Iterator[Row]:
    """What is quoted in several texts, then what only one quotes. A text that says it without the marks, or in other
    words, has it possibly."""
    numbers = {text.article.source: number for number, text in enumerate(same.texts)}
    quoted: set[tuple[str, int]] = set()
    for utterance in utterances:
        versions = [version for version in utterance.versions if version.source in numbers]
        quoted |= {(version.source, version.quotation.start) for version in versions}
        if versions:
            yield _to_quotation(same, versions, numbers)
    for number, text in enumerate(same.texts):
        for each in list_quoted(text.reading):
            if each.words >= _LEAST_QUOTED and (text.article.source, each.place.start) not in quoted:
                actor = _speaker_of(text, each.attribution)
                yield _to_row(same, {number: [each.place]}, number, each.place, actor, "coverage.quotation")


def _to_quotation(same: SameStatements, versions: Sequence[Version], numbers: dict[str, int]) -> Row:
    places: dict[int, list[Span]] = {}
    for version in versions:
        places.setdefault(numbers[version.source], []).append(version.quotation)
    first = versions[0]
    speakers = (_speaker_of(same.texts[numbers[each.source]], each.attribution) for each in versions)
    actor = next((speaker for speaker in speakers if speaker), None)
    return _to_row(same, places, numbers[first.source], first.quotation, actor, "coverage.utterance")


def _speaker_of(text: CoveredText, attribution: str | None) -> str | None:
    spoken = next((each for each in text.reading.attributions if each.id == attribution), None)
    return text.shared.get(spoken.speaker) if spoken and spoken.speaker else None


def _to_row(
    same: SameStatements, places: dict[int, list[Span]], number: int, place: Span, actor: str | None, rule: str
) -> Row:
    voice: Voice = "quoted"
    statement = Statement("", place, voice, None, "fact", (), 0, 0, "", True)
    said = same.to_said(number, statement)
    again = same.find_again(said) if said.telling.terms else {}
    cells = []
    for at, text in enumerate(same.texts):
        if at in places:
            cells.append(text.to_cell("found", places[at], [voice], score=1.0))
        else:
            cells.append(_as_possible(same, text, said, again.get(at)))
    return Row("", "quotation", place.text, actor, tuple(cells), rule, article=same.texts[number].id, place=place)


def _as_possible(same: SameStatements, text: CoveredText, said: Said, again: Again | None) -> Cell:
    if again is None or again.score < FOUND:
        return text.absent(again.score if again else 0.0)
    return text.to_cell("possible", [same.locate(again)], score=again.score, aligned=same.explain(said, again))
