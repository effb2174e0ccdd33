"""The summary of a draft: what was drafted, what was not, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from closeread.drafting.records import Draft
from closeread.report.characters import excerpt
from closeread.report.terminal import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

_WORDS = 100


def to_draft_summary(draft: Draft) -> Iterator[RenderableType]:
    """Claims and what they are drafted as, in the order of the critique; then what was not drafted."""
    yield Text(plain(draft.critique), style="bold")
    for claim in draft.claims:
        yield _to_line(claim.paragraph, claim.sentence, claim.claim)
        yield Padding(Text(plain(claim.expect), style="dim"), (0, 0, 0, 10))
        if claim.note:
            yield Padding(Text(plain(claim.note), style="dim italic"), (0, 0, 0, 10))
    if draft.undrafted:
        yield Text("")
        yield Text("Not drafted:")
    for each in draft.undrafted:
        yield _to_line(each.paragraph, each.sentence, each.place.text)
        yield Padding(Text(plain(each.why), style="dim"), (0, 0, 0, 10))
    yield Text("")
    yield Text(say_counts(draft))


def say_counts(draft: Draft) -> str:
    claims = "1 claim drafted" if len(draft.claims) == 1 else f"{len(draft.claims)} claims drafted"
    chosen = sum(not claim.certain for claim in draft.claims)
    notes = f" ({chosen} with a note on how a word was read)" if chosen else ""
    return f"{claims}{notes}, {len(draft.undrafted)} left to a person."


def _to_line(paragraph: int, sentence: int, words: str) -> Text:
    return Text(f"{f'¶ {paragraph}.{sentence}':<10}{excerpt(plain(words), _WORDS)}")
