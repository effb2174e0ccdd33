"""Small parses written by hand and texts with their expected places marked in them. No model is loaded.

A parse is a table: one sentence per line, one token per item, `word>lemma/TAG/dep/head/ENTITY`. `head` counts from 1
within the sentence; the root has `dep` ROOT. Lemma (the word in lower case where left out) and entity are optional.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.lang.en import English
from spacy.tokens import Doc

from closeread.analyses.actors import find_actors, join_mentions
from closeread.analyses.quotations import find_quotations
from closeread.analyses.references import References
from closeread.analyses.scare_quotes import Fragments
from closeread.analyses.speakers import link_speakers
from closeread.analyses.voices import Voices
from closeread.article import Article, Zone, ZoneKind, find_words
from closeread.encoder.decode import Found
from closeread.findings import Actor, Attribution, Mode, Versions
from closeread.intake.actor_list import ListedActor
from closeread.marks import Marks, find_marks

VERSIONS = Versions("0.1.0", "3.8.18", "by hand", "0" * 64, "0" * 64)

# A vocabulary without a model: it knows lower case, digits and punctuation.
_VOCAB = English().vocab
_POS = {
    **{"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON"},
    **{"EX": "PRON", "MD": "AUX", "DT": "DET", "WDT": "PRON", "IN": "ADP", "CC": "CCONJ", "TO": "PART", "RB": "ADV"},
    **{
        "JJ": "ADJ",
        "CD": "NUM",
        "POS": "PART",
        "_SP": "SPACE",
        "JJR": "ADJ",
        "RBR": "ADV",
        "RP": "ADP",
        "WRB": "SCONJ",
        "UH": "INTJ",
    },
}


@dataclass(frozen=True)
class Marked:
    """A text without its brackets, and the places by role in the order of their ends (`content`, `source`, `cue1`)."""

    text: str
    places: tuple[tuple[str, int, int], ...]

    def words(self, role: str) -> list[str]:
        """The words marked with this role, in the order of the text."""
        return [self.text[start:end] for name, start, end in sorted(self.places, key=lambda p: p[1]) if name == role]

    def spans(self, role: str) -> list[tuple[int, int]]:
        return sorted((start, end) for name, start, end in self.places if name == role)


def read_marked(marked: str) -> Marked:
    """Reads `[Ann Lee]source [said]cue [“Stop it now.”]content`. Brackets may stand in one another.

    Raises ValueError where a bracket has no partner or no role.
    """
    text, places, opened = "", [], list[int]()
    for piece in re.findall(r"\[|\][a-z-]+\d*|[^\[\]]+|\]", marked):
        if piece == "[":
            opened.append(len(text))
        elif piece[0] == "]":
            if not opened or piece == "]":
                raise ValueError(f"a bracket without a partner or a role in {marked!r}")
            places.append((piece[1:], opened.pop(), len(text)))
        else:
            text += piece
    if opened:
        raise ValueError(f"a bracket is left open in {marked!r}")
    return Marked(text, tuple(places))


def make_article(text: str, *kinds: ZoneKind) -> Article:
    """One zone per paragraph: of the kinds given, in order, then body."""
    zones, at = [], 0
    for number, paragraph in enumerate(text.split("\n\n")):
        kind: ZoneKind = kinds[number] if number < len(kinds) else "body"
        if paragraph:
            zones.append(Zone(at, at + len(paragraph), paragraph, kind))
        at += len(paragraph) + 2
    return Article("by-hand.txt", text, tuple(zones), language="en")


@dataclass
class _Columns:
    """What spaCy's Doc is made of, one entry per token."""

    words: list[str]
    spaces: list[bool]
    lemmas: list[str]
    tags: list[str]
    heads: list[int]
    deps: list[str]
    ents: list[str]

    def add(self, word: str, *, lemma: str, tag: str, dep: str, head: int, ent: str) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.lemmas.append(lemma)
        self.tags.append(tag)
        self.deps.append(dep)
        self.heads.append(head)
        self.ents.append(ent)

    def add_gap(self, gap: str) -> None:
        """The space between two tokens: one blank, or a line break inside a paragraph, belongs to the token before it;
        more is a token of its own."""
        if gap[:1].isspace() and gap != "\n\n" and self.words:
            self.spaces[-1], gap = True, gap[1:]
        if gap:
            at = len(self.words)
            self.add(gap, lemma=gap, tag="_SP", dep="dep", head=max(at - 1, 0), ent="O")


def hand_parse(text: str, table: str) -> Doc:
    """A Doc over `text` with the tokens of the table. Raises ValueError where a word is not next in the text."""
    columns = _Columns([], [], [], [], [], [], [])
    at = 0
    for line in filter(str.strip, table.splitlines()):
        at = _add_sentence(columns, text, line.split(), at)
    columns.add_gap(text[at:])
    pos = [_pos_of(tag, dep) for tag, dep in zip(columns.tags, columns.deps, strict=True)]
    doc = Doc(
        _VOCAB,
        words=columns.words,
        spaces=columns.spaces,
        tags=columns.tags,
        pos=pos,
        lemmas=columns.lemmas,
        heads=columns.heads,
        deps=columns.deps,
        ents=columns.ents,
    )
    if len(doc.text) != len(text) or [token.text for token in doc if not token.is_space] != _words_in(text, doc):
        raise ValueError(f"the table gives {doc.text!r}, the text is {text!r}")
    return doc


def _words_in(text: str, doc: Doc) -> list[str]:
    return [text[token.idx : token.idx + len(token)] for token in doc if not token.is_space]


def _add_sentence(columns: _Columns, text: str, items: list[str], at: int) -> int:
    rows = [_read_item(item) for item in items]
    indexes: list[int] = []
    for word, *_ in rows:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            raise ValueError(f"{word!r} is not next in {text[at:]!r}")
        columns.add_gap(text[at:start])
        indexes.append(len(columns.words))
        columns.add(word, lemma="", tag="", dep="", head=0, ent="")
        at = start + len(word)
    label = ""
    for index, (_, lemma, tag, dep, head, ent) in zip(indexes, rows, strict=True):
        columns.lemmas[index], columns.tags[index], columns.deps[index] = lemma, tag, dep
        columns.heads[index] = index if dep == "ROOT" else indexes[head - 1]
        columns.ents[index] = f"{'I' if ent == label else 'B'}-{ent}" if ent else "O"
        label = ent
    return at


def _read_item(item: str) -> tuple[str, str, str, str, int, str]:
    head, tag, dep, number, *entity = item.split("/")
    word, _, lemma = head.partition(">")
    return word, lemma or word.lower(), tag, dep, int(number), entity[0] if entity else ""


def _pos_of(tag: str, dep: str) -> str:
    if tag.startswith("VB"):
        return "AUX" if dep in ("aux", "auxpass") else "VERB"
    return _POS.get(tag, "PUNCT")


@dataclass(frozen=True)
class Parsed:
    """An article, its marks, its parse by hand and the places marked in it."""

    article: Article
    marks: Marks
    doc: Doc
    marked: Marked

    @property
    def fragments(self) -> Fragments:
        return Fragments(self.doc, self.article)

    @property
    def found(self) -> list[Found]:
        """The attributions that are marked, `content1` with `source1` and `cue1`, as an encoder gives them: from the
        first to the last word."""
        numbers = sorted({role.removeprefix("content") for role, _, _ in self.marked.places if "content" in role})
        return [self._found(number) for number in numbers]

    def _found(self, number: str) -> Found:
        text = self.article.text
        contents, sources, cues = (
            [
                (start + words[0][0], start + words[-1][1])
                for start, end in self.marked.spans(f"{role}{number}")
                if (words := find_words(text[start:end]))
            ]
            for role in ("content", "source", "cue")
        )
        return Found(tuple(contents), next(iter(sources), None), next(iter(cues), None), confidence=0.95)

    def find_quotations(self, *nested: Sequence[Found]) -> tuple[Attribution, ...]:
        """From what is marked; `nested` holds what is inside each."""
        found = self.found
        inner = nested or [()] * len(found)
        return find_quotations(self.article, self.marks, self.fragments, found=found, nested=inner, certain=0.9)

    def find_actors(self, *attributions: Attribution, listed: Sequence[ListedActor] = ()) -> tuple[Actor, ...]:
        """The actors by their names, with voices as these attributions give them."""
        return find_actors(self.doc, self.article, Voices(self.article, self.marks, attributions), listed)

    def join_mentions(self, *attributions: Attribution) -> tuple[Actor, ...]:
        """The actors with all places where they are meant."""
        references = References(self.doc, self.article, attributions, self.find_actors(*attributions))
        return join_mentions(references, Voices(self.article, self.marks, attributions))

    def link_speakers(self, actors: Sequence[Actor], *attributions: Attribution) -> tuple[Attribution, ...]:
        """The attributions with their speakers among these actors."""
        return link_speakers(References(self.doc, self.article, attributions, actors), attributions)


def read_parsed(marked: str, table: str, *kinds: ZoneKind) -> Parsed:
    """A marked text with its parse. `kinds` are the zones of its paragraphs, body where left out."""
    read = read_marked(marked)
    article = make_article(read.text, *kinds)
    return Parsed(article, find_marks(article), hand_parse(read.text, table), read)


@dataclass(frozen=True)
class Case:
    """One case of a table: what it is about, what is expected, the marked text and its parse."""

    name: str
    expected: tuple[str, ...]
    marked: str
    table: str

    def __str__(self) -> str:
        return self.name

    def read(self) -> Parsed:
        return read_parsed(self.marked, self.table)


def load_cases(file: str) -> list[Case]:
    """The cases of a file below `tests/cases`, in order. Each begins with a line `== name | expected, expected`."""
    text = (Path(__file__).parent / "cases" / file).read_text(encoding="utf-8")
    return [_to_case(block.splitlines()) for block in text.split("\n== ")[1:]]


def _to_case(lines: list[str]) -> Case:
    name, _, expected = lines[0].partition("|")
    table = "\n".join(lines[2:]).replace("\n    ", " ")
    values = tuple(value.strip() for value in expected.split(",") if value.strip())
    return Case(name.strip(), values, lines[1].replace("¶", "\n\n"), table)


def parse_words(marked: str, *kinds: ZoneKind) -> Parsed:
    """A marked text whose roles are what the parser saw there: an entity label in lower case (`person`, `org`,
    `norp`, `gpe`, `date`), `subject` for a proper noun that is a subject, `finite` for a finite verb."""
    read = read_marked(marked)
    words = re.findall(r"[^\W_]+(?:[.’'][^\W_]+)*\.?(?<=\.[A-Z]\.)|[^\W_]+|[^\w\s]", read.text)
    items, at = [], 0
    for number, word in enumerate(words):
        at = read.text.index(word, at)
        roles = [role for role, start, end in read.places if start <= at < end]
        tag = "NNP" if "subject" in roles else "VBD" if "finite" in roles else "NN" if word.isalnum() else "."
        dep = "nsubj" if "subject" in roles else "dep" if number else "ROOT"
        entity = next((f"/{role.upper()}" for role in roles if role not in ("subject", "finite")), "")
        items.append(f"{word}/{tag}/{dep}/1{entity}")
        at += len(word)
    article = make_article(read.text, *kinds)
    return Parsed(article, find_marks(article), hand_parse(read.text, " ".join(items)), read)


def make_attribution(
    article: Article,
    *contents: tuple[int, int],
    number: int = 1,
    mode: Mode = "mixed",
    source: tuple[int, int] | None = None,
    cue: tuple[int, int] | None = None,
) -> Attribution:
    """An attribution at given places, everything else as `find_quotations` leaves it."""
    return Attribution(
        id=f"q{number}",
        mode=mode,
        contents=tuple(article.span(start, end) for start, end in contents),
        sources=(article.span(*source),) if source else (),
        cue=article.span(*cue) if cue else None,
        speaker=None,
        naming="none",
        quoted_words=1,
        reported_words=1,
        rule="quotations.cue",
        confidence=0.0,
        certain=False,
    )
