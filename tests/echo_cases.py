"""The invented sentences of `cases/echoes.txt`: an article, the place of the echo in it, and the words of its slot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from closeread.article import Article
from tests.hand_parsed import make_article, read_marked

CASES = Path(__file__).parent / "cases" / "echoes.txt"


@dataclass(frozen=True)
class EchoCase:
    article: Article
    start: int
    end: int
    slot: str

    def __str__(self) -> str:
        return self.article.text[self.start : self.end]


def load_echo_cases() -> list[EchoCase]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [_to_case(line) for line in lines if line and not line.startswith("#")]


def _to_case(line: str) -> EchoCase:
    marked = read_marked(line.removeprefix("^").replace("¶", "\n\n"))
    kinds = ("headline",) if line.startswith("^") else ()
    ((start, end),) = marked.spans("echo")
    return EchoCase(make_article(marked.text, *kinds), start, end, marked.words("slot")[0])
