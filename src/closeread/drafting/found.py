"""What a rule gives for a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.drafting.sentences import Sentence

if TYPE_CHECKING:
    from closeread.drafting.other_text import OtherText


@dataclass(frozen=True, slots=True)
class Found:
    """A claim from `start` to `end` of a sentence. `about` is the name that it is about, as the critique has it."""

    start: int
    end: int
    expect: str
    rule: str
    note: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """Words of the form of a claim for which there is no expression, and why."""

    start: int
    end: int
    why: str


Rule = Callable[[Sentence, "OtherText"], Iterator[Found | Missed]]
