"""Sentences made by `templates_author.tsv`: a pattern over the text, and a sentence whose slots are parts of the match.

`{n:more}` is the part `n` of the match, made larger; the other changes are those of `_CHANGES`. In a pattern, NUM,
NAME, WEEKDAY, YEAR and PLACE stand for what `_SLOTS` says. The sentence becomes the last paragraph.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from closeread.lexicons import resolve_country
from evals.planted.planting import Planted

TEMPLATES = Path(__file__).parent / "templates_author.tsv"
_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve".split()
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOWNS = ("Leeds", "Porto", "Denver", "Lagos", "Osaka", "Bremen")
_COUNTRIES = ("France", "Kenya", "Peru")
_SLOTS = {
    "NUM": r"(?:\d{1,3}(?:,\d{3})*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
    "NAME": r"(?:(?<=[a-z,] )|(?<=\n))[A-Z][a-z]+(?: [A-Z][a-z]+)*",
    "WEEKDAY": r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    "YEAR": r"(?:19|20)\d\d",
    "PLACE": r"(?!January|February|March|April|May|June|July|August|Sept|Oct|Nov|Dec|The)[A-Z][a-z]+(?: [A-Z][a-z]+)?",
}
_OPPOSITES = {
    **{"won": "lost", "lost": "won", "accepted": "rejected", "rejected": "accepted", "passed": "failed"},
    **{"praised": "condemned", "condemned": "praised", "increased": "reduced", "reduced": "increased"},
    **{"raised": "lowered", "cut": "raised", "opposed": "supported", "supported": "opposed", "backed": "opposed"},
    "survived": "died in",
}
_STEMS = {"kill": "killed", "injur": "injured", "wound": "wounded", "arrest": "arrested"}


@dataclass(frozen=True, slots=True)
class AuthorTemplate:
    id: str
    kind: str
    pattern: re.Pattern[str]
    sentence: str


def load_author_templates() -> list[AuthorTemplate]:
    with TEMPLATES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    slot = re.compile(rf"\b(?:{'|'.join(_SLOTS)})\b")
    return [
        AuthorTemplate(
            row["id"], row["kind"], re.compile(slot.sub(lambda match: _SLOTS[match[0]], row["pattern"])), row["planted"]
        )
        for row in rows
    ]


def plant_author(text: str, template: AuthorTemplate, seed: int = 0) -> Planted | None:
    """At the first match by the seed. None where nothing matches."""
    found = list(template.pattern.finditer(text))
    if not found:
        return None
    draw = random.Random(f"{seed} {template.id} {len(text)}")
    match = draw.choice(found)
    sentence = re.sub(r"\{(\w+)(?::(\w+))?\}", lambda slot: _fill(match[slot[1]], slot[2], draw), template.sentence)
    sentence = sentence[0].upper() + sentence[1:]
    whole = f"{text.rstrip()}\n\n{sentence}\n"
    place = (len(whole) - 1 - len(sentence), len(whole) - 1)
    return Planted(whole, template.kind, template.id, match.span(), place, match.span(), place)


def _fill(part: str, change: str | None, draw: random.Random) -> str:
    return _CHANGES[change](part, draw) if change else part


def _more(part: str, draw: random.Random) -> str:
    if part.lower() in _COUNTED:
        return str(_COUNTED.index(part.lower()) + draw.randint(3, 7))
    match = re.search(r"\d[\d,]*(?:\.\d+)?", part)
    if match is None:
        raise ValueError(f"no number in {part!r}")
    value = float(match[0].replace(",", "")) * 1.5
    new = f"{value:.1f}" if "." in match[0] else f"{int(value) + 2:,}"
    return part[: match.start()] + new + part[match.end() :]


def _other(part: str, draw: random.Random) -> str:
    if part.isdigit():
        return str(int(part) + 3)
    choices = _DAYS if part in _DAYS else _COUNTRIES if resolve_country(part) else _TOWNS
    return draw.choice([choice for choice in choices if choice != part])


_CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "more": _more,
    "other": _other,
    "participle": lambda part, draw: _STEMS[part.lower()],
    "not": lambda part, draw: part.replace("was ", "was not "),
    "opposite": lambda part, draw: _OPPOSITES[part],
}
