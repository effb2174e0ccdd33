"""ECB+: short news articles on 43 topics, each topic with two stories (`ecb` and `ecbplus`).

Source: Cybulska and Vossen (2014), "Using a sledgehammer to crack a nut? Lexical diversity and event coreference
resolution", LREC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from evals.polnear_corpus import CorpusError
from evals.running_text import RunningText

DEV = ("2", "5", "12", "18", "21", "23", "34", "35")
_NAME = re.compile(r"(\d+)_\d+(ecb|ecbplus)\.xml")


@dataclass(frozen=True, slots=True)
class Told:
    """One article and the story that it tells, `5ecbplus`."""

    name: str
    story: str
    text: str


def is_dev(told: Told) -> bool:
    return re.split("[a-z]", told.story)[0] in DEV


def load_ecbplus(folder: Path) -> list[Told]:
    """All articles by name. Raises CorpusError where there are none."""
    paths = sorted(path for path in folder.glob("*/*.xml") if _NAME.fullmatch(path.name))
    if not paths:
        raise CorpusError(f"{folder} holds no articles: no TOPIC/TOPIC_Necb.xml")
    return [_load(path) for path in paths]


def _load(path: Path) -> Told:
    """A sentence is a paragraph. The first of an `ecbplus` file is the address of its page and is left out."""
    found = _NAME.fullmatch(path.name)
    assert found is not None
    story = found[1] + found[2]
    tokens = ElementTree.parse(path).getroot().iter("token")
    sentences = [
        [token.text or "" for token in group]
        for _, group in groupby(tokens, key=lambda token: int(token.attrib["sentence"]))
    ]
    text = RunningText()
    for sentence in sentences[1 if found[2] == "ecbplus" else 0 :]:
        text.add([token for token in sentence if token], "\n\n")
    return Told(path.stem, story, text.text)
