"""Contradictions planted in real articles: one sentence of the text is contradicted by one that is put in.

`templates_blind.tsv` says what is put in and where; the functions under `PATTERNS` find the sentence that it
contradicts and the words for its slots. Everything depends on the text, the template and the seed alone.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span

from evals.planted.patterns import PATTERNS, Match, draw
from evals.planted.phrases import FOLDER

Range = tuple[int, int]
VOICES = frozenset(
    """
    say tell accord claim argue believe think report allege suggest warn insist write add note describe
    acknowledge contend estimate expect predict ask reportedly allegedly apparently supposedly quote cite reveal
    poll survey seem appear explain assert declare hope imagine pretend
    """.split()
)
DOUBTS = frozenset(
    """
    may might could if unless whether perhaps probably possibly maybe nobody none neither nor until
    """.split()
)
SOFT = frozenset(
    """
    would should can must will shall likely almost nearly hardly barely rarely never no only again often always
    sometimes repeatedly
    """.split()
)


@dataclass(frozen=True, slots=True)
class Template:
    """One row of `templates_blind.tsv`; the conflicting words of the sentence stand in square brackets."""

    id: str
    kind: str
    pattern: str
    sentence: str
    position: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with a contradiction; all ranges are character offsets in `text`, `kind` is the class."""

    text: str
    kind: str
    template: str
    original: Range
    planted: Range
    original_words: Range
    planted_words: Range


def load_templates(path: Path = FOLDER / "templates_blind.tsv") -> list[Template]:
    """The templates, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Template(r["id"], r["class"], r["pattern"], r["sentence"], r["position"]) for r in rows]


def plant(text: str, template: Template, doc: Doc, seed: int = 0) -> Planted | None:
    """`text` with a sentence that contradicts one of its own, or None where none fits; `doc` is its parse."""
    pattern = PATTERNS[template.pattern]
    for span in sorted(own_sentences(doc), key=lambda s: draw(seed, template.id, s.start_char, s.text)):
        match = pattern(span)
        sentence = fill(template, match) if match else None
        if match and sentence:
            return insert(text, template, (span.start_char, span.end_char), match, sentence, seed)
    return None


def own_sentences(doc: Doc) -> list[Span]:
    """The sentences that the writer asserts; a document remembers them."""
    if "own" not in doc.user_data:
        spans = [span for span in map(trim, doc.sents) if is_own_voice(span)]
        doc.user_data["own"] = [(span.start, span.end) for span in spans]
    return [doc[start:end] for start, end in doc.user_data["own"]]


def trim(span: Span) -> Span:
    """A sentence without the line breaks at its borders."""
    start, end = span.start, span.end
    while start < end - 1 and span.doc[start].is_space:
        start += 1
    while end > start + 1 and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end]


def is_own_voice(span: Span) -> bool:
    """Whether the writer asserts the sentence: no marks, no voices, no doubts, no question, a whole sentence."""
    text, before = span.text, span.doc.text[: span.start_char]
    paragraph = before.rpartition("\n")[2]
    is_whole = text[:1].isupper() and text.endswith(".") and "\n" not in text and 6 <= len(span) <= 45
    is_quoted = (
        re.search("[\"“”‘?:;—]|''|--| - ", text) or (paragraph.count('"') + len(re.findall("[“”]", paragraph))) % 2
    )
    if not is_whole or is_quoted or not before.strip() or "\n" not in before:
        return False
    if any(t.lower_ in DOUBTS or t.dep_ == "ccomp" or t.lower_.endswith("edly") for t in span):
        return False
    if any(t.lower_ in SOFT and (t.head == span.root or t == span.root) for t in span):
        return False
    return not any(
        t.lemma_.lower() in VOICES and (t.pos_ in ("VERB", "AUX", "ADP") or t.lower_ in VOICES) for t in span
    )


def fill(template: Template, match: Match) -> str | None:
    """The sentence with its slots filled, the square brackets still in it; None where a slot is missing."""
    try:
        sentence = template.sentence.format_map(match.slots)
    except KeyError:
        return None
    return re.sub(r"^\[?\w", lambda first: first[0].upper(), sentence).replace("..", ".")


def insert(text: str, template: Template, original: Range, match: Match, sentence: str, seed: int) -> Planted:
    """The text with the sentence at its position, and every range moved along."""
    gap = "\n\n" if "\n\n" in text.strip() else "\n"
    at, before, after = place_for(text, template, original, gap, seed)
    low, high = sentence.index("["), sentence.index("]") - 1
    plain = sentence.replace("[", "").replace("]", "")
    start = at + len(before)
    moved = len(before + plain + after)
    ranges = [(s + moved, e + moved) if s >= at else (s, e) for s, e in (original, match.words)]
    whole = text[:at] + before + plain + after + text[at:]
    return Planted(
        whole,
        template.kind,
        template.id,
        ranges[0],
        (start, start + len(plain)),
        ranges[1],
        (start + low, start + high),
    )


def place_for(text: str, template: Template, original: Range, gap: str, seed: int) -> tuple[int, str, str]:
    """Where a sentence goes, with what stands before and after it."""
    end = len(text.rstrip())
    ends = [m.start() for m in re.finditer(r"(?<=[.”\"])\s*\n", text[:end])] + [end]
    if template.position == "headline":
        return 0, "", gap
    if template.position == "before":
        ends = [e for e in ends if e < original[0]]
    else:
        ends = [e for e in ends if e >= original[1]]
    if template.position == "end" or not ends:
        return end, gap, ""
    at = ends[draw(seed, template.id, text) % len(ends)]
    return at, " " if template.position == "append" else gap, ""
