"""Which words name which actor: `python -m evals newswcl50`, on the chains that people made in NewsWCL50.

Scored are the gold mentions of the chains of actors, countries and groups, each within its document, pooled over
documents. Source: B-cubed of Bagga and Baldwin (1998), over gold mentions.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from closeread.findings import Reading
from closeread.intake import load_text
from closeread.marks import find_marks
from closeread.parsing import parse
from closeread.reading import read_text
from evals.intervals import to_number, wilson
from evals.polnear_corpus import CorpusError
from evals.running_text import PARAGRAPH, RunningText

FILE = "NewsWCL50.conll"
KINDS = ("ACTOR", "COUNTRY", "GROUP")
BREAK = "\\n"
_GLUED = frozenset({"-"})


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One mention as it was coded: its place in the running text and its chain (`0_USA_Trump_ACTOR`)."""

    start: int
    end: int
    chain: str


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """`name` is EVENT_OUTLET."""

    name: str
    text: str
    mentions: tuple[GoldMention, ...]

    @property
    def event(self) -> int:
        return int(self.name.partition("_")[0])


@dataclass(frozen=True, slots=True)
class Placed:
    """A gold mention with its head word, and the actor whose mention has the same head word there, if any."""

    mention: GoldMention
    head: str
    actor: str | None


def load_newswcl50(folder: Path) -> list[CodedDocument]:
    """The documents whose text can be rebuilt, in the order of the file. Raises CorpusError where there is no file."""
    path = folder / FILE
    if not path.is_file():
        raise CorpusError(f"{folder} does not hold NewsWCL50: there is no {FILE}")
    sentences: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            name, sentence, _, token, chains, *_ = line.split("\t")
            sentences.setdefault(name.rpartition("/")[2], {}).setdefault(sentence, []).append((token, chains))
    return [_compose(name, list(found.values())) for name, found in sentences.items()]


def _compose(name: str, sentences: Sequence[Sequence[tuple[str, str]]]) -> CodedDocument:
    """A sentence follows the one before it in its paragraph, which the token `\\n` ends."""
    running = RunningText(_GLUED)
    chains: list[str] = []
    gap = PARAGRAPH
    for sentence in sentences:
        for line, ended in _split_lines(sentence):
            running.add([token for token, _ in line], gap)
            chains += (cell for _, cell in line)
            gap = PARAGRAPH if ended else " "
    return CodedDocument(name, running.text, tuple(find_gold_mentions(name, running.places, chains)))


def _split_lines(sentence: Sequence[tuple[str, str]]) -> Iterator[tuple[list[tuple[str, str]], bool]]:
    """The tokens between line breaks, blanks left out, and whether a break ends them. A chain may end at a break: its
    cell then goes with the token before."""
    line: list[tuple[str, str]] = []
    for token, chains in sentence:
        if token.strip() == BREAK:
            if line and chains.strip("- "):
                line[-1] = (line[-1][0], f"{line[-1][1]}|{chains}")
            yield line, True
            line = []
        elif token.strip():
            line.append((token, chains))
    if line:
        yield line, False


def find_gold_mentions(name: str, places: Sequence[tuple[int, int]], chains: Sequence[str]) -> Iterator[GoldMention]:
    """The mentions in the order of their ends, each once. Raises CorpusError where a mention has one end only."""
    opened: dict[str, list[int]] = {}
    found: set[GoldMention] = set()
    for (start, end), cell in zip(places, chains, strict=True):
        for part in filter(None, (part.strip(" -") for part in cell.split("|"))):
            chain = part.strip("()")
            if part.startswith("("):
                opened.setdefault(chain, []).append(start)
            if part.endswith(")"):
                if not opened.get(chain):
                    raise CorpusError(f"{FILE}, {name}: {chain} ends and has not begun")
                mention = GoldMention(opened[chain].pop(), end, chain)
                if chain.rpartition("_")[2] in KINDS and mention not in found:
                    found.add(mention)
                    yield mention
    if any(opened.values()):
        raise CorpusError(f"{FILE}, {name}: {next(chain for chain, left in opened.items() if left)} has no end")


def evaluate(documents: Sequence[CodedDocument]) -> dict[str, object]:
    """All figures for our groups, for head words alone, and by kind of chain (recall)."""
    placed = [place_mentions(document) for document in documents]
    gold = [[each.mention.chain for each in mentions] for mentions in placed]
    ours = [[each.actor or each.mention for each in mentions] for mentions in placed]
    heads = [[each.head.lower() for each in mentions] for mentions in placed]
    every = [each for mentions in placed for each in mentions]
    kinds = {kind: [each for each in every if each.mention.chain.endswith(f"_{kind}")] for kind in KINDS}
    return {
        "documents": len(documents),
        "mentions": len(every),
        "chains": sum(len(set(chains)) for chains in gold),
        "b_cubed": b_cubed(gold, ours),
        "head_words": b_cubed(gold, heads),
        "recall": _recall(every),
        "recall_by_kind": {kind: _recall(each) for kind, each in kinds.items()},
    }


def _recall(placed: Sequence[Placed]) -> dict[str, object]:
    found = sum(each.actor is not None for each in placed)
    return {
        "share": to_number(found / len(placed)) if placed else None,
        "n": len(placed),
        "ci": wilson(found, len(placed)),
    }


def b_cubed(gold: Sequence[Sequence[Hashable]], ours: Sequence[Sequence[Hashable]]) -> dict[str, object]:
    """Precision, recall and F1 over the mentions of all documents. Each document gives one key per mention on both
    sides; mentions with the same key are one group. The mean over mentions of the share of its group that is right."""
    precision, recall, count = 0.0, 0.0, 0
    for chains, groups in zip(gold, ours, strict=True):
        by_chain, by_group = _members(chains), _members(groups)
        for chain, group in zip(chains, groups, strict=True):
            shared = len(by_chain[chain] & by_group[group])
            precision += shared / len(by_group[group])
            recall += shared / len(by_chain[chain])
            count += 1
    if not count:
        return {"p": None, "r": None, "f1": None, "n": 0}
    p, r = precision / count, recall / count
    return {"p": to_number(p), "r": to_number(r), "f1": to_number(2 * p * r / (p + r)), "n": count}


def _members(keys: Sequence[Hashable]) -> Mapping[Hashable, set[int]]:
    members: dict[Hashable, set[int]] = {}
    for number, key in enumerate(keys):
        members.setdefault(key, set()).add(number)
    return members


def place_mentions(document: CodedDocument) -> list[Placed]:
    """Each gold mention with its head word, by the pinned parse, and our actor there."""
    article = load_text(document.text, source=document.name)
    if article.text != document.text:
        raise CorpusError(f"{FILE}, {document.name}: intake changes the running text")
    doc = parse(article, find_marks(article))
    actors = index_heads(read_text(document.text, source=document.name), doc)
    heads = [(mention, _head_of(doc, mention)) for mention in document.mentions]
    return [Placed(mention, doc[at].text, actors.get(at)) for mention, at in heads]


def index_heads(reading: Reading, doc: Doc) -> dict[int, str]:
    """The actor whose mention has its head word, the last, at a token, by index; of several the longest."""
    by_length = sorted((m.end - m.start, m.end, actor.id) for actor in reading.actors for m in actor.mentions)
    return {at: actor for _, end, actor in by_length for at in _tokens(doc, end - 1, end)}


def _head_of(doc: Doc, mention: GoldMention) -> int:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    assert span is not None
    return int(span.root.i)


def _tokens(doc: Doc, start: int, end: int) -> Iterable[int]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return [] if span is None else [span[-1].i]


def choose_events(documents: Sequence[CodedDocument], events: range) -> list[CodedDocument]:
    """Raises CorpusError where there are none."""
    chosen = [document for document in documents if document.event in events]
    if not chosen:
        raise CorpusError(f"there is no document of the events {events.start}-{events.stop - 1}")
    return chosen
