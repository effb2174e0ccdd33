"""The form of a Nexis export in plain text -> its documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from closeread.intake.dates import find_date
from closeread.intake.layout import find_lines
from closeread.intake.nexis import Document, Export

Block = list[str]

_COUNTER = re.compile(r"^[ \t]*(\d+) (?:of|von|de|sur) (\d+) (?:DOCUMENTS?|DOKUMENTEN?)[ \t]*$", re.M)
_REQUEST = re.compile(r"^Download Request:[^\d\n]*(\d[\d,\- ]*)", re.M)
_LABEL = re.compile(r"^([A-Z][A-Z-]*(?: [A-Z-]+)?): *(.*)$")
# Labels between headline and body, and labels below the body. Others, such as "UPDATE:", are words of the article.
HEAD_LABELS = frozenset((
    "BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "HEADLINE", "SERIES", "SERIES-TITLE", "SOURCE",
    "EDITION",
))  # fmt: skip
TAIL_LABELS = frozenset((
    "LOAD-DATE", "LANGUAGE", "GRAPHIC", "GRAPHICS", "PUBLICATION-TYPE", "JOURNAL-CODE", "SUBJECT", "PERSON",
    "ORGANIZATION", "COMPANY", "TICKER", "INDUSTRY", "GEOGRAPHIC", "CITY", "STATE", "COUNTRY", "NOTES",
    "CORRECTION", "CORRECTION-DATE", "TYPE", "DOCUMENT-TYPE", "ACC-NO", "URL", "DISTRIBUTION", "CATEGORY",
))  # fmt: skip


def is_nexis_text(text: str) -> bool:
    return _COUNTER.search(text) is not None and re.search(r"^(?:LENGTH|LOAD-DATE):", text, re.M) is not None


def _to_blocks(text: str) -> list[Block]:
    """The lines of each block between blank lines, without the white space that centres them."""
    return [[text[start:end].strip() for start, end in block] for block in find_lines(text)]


def _label_of(line: str, labels: frozenset[str]) -> str | None:
    match = _LABEL.match(line)
    return match[1] if match and match[1].replace(" ", "-") in labels else None


def _to_fields(blocks: Sequence[Block], labels: frozenset[str]) -> dict[str, str]:
    """Values by label in lower case; lines without a label go on with the value above them."""
    fields: dict[str, list[str]] = {}
    name = "copyright"
    for block in blocks:
        if block[0].lower().startswith("copyright"):
            name = "copyright"
        for line in block:
            label = _label_of(line, labels)
            name = label.lower() if label else name
            fields.setdefault(name, []).append(line.split(":", 1)[1].strip() if label else line)
    return {name: " ".join(filter(None, values)) for name, values in fields.items()}


def _is_copyright(block: Block) -> bool:
    return block[0].lower().startswith(("copyright", "©"))


def _find_date_block(blocks: Sequence[Block]) -> int | None:
    """Which of the first blocks holds the date; the outlet stands above it."""
    return next((n for n, block in enumerate(blocks[:4]) if any(find_date(line) for line in block)), None)


def _split_heading(blocks: Sequence[Block]) -> tuple[str, str, str]:
    """Outlet, date line and edition, from the blocks down to the date."""
    lines = [line for block in blocks for line in block]
    at = next(number for number, line in enumerate(lines) if find_date(line))
    return " ".join(lines[:at]), lines[at], " ".join(line.rstrip(";") for line in lines[at + 1 :])


def _index(blocks: Sequence[Block], labels: frozenset[str], start: int) -> int:
    """The first block from `start` that begins with a label; the number of blocks where none does."""
    return next((n for n in range(start, len(blocks)) if _label_of(blocks[n][0], labels)), len(blocks))


def _drop_end(blocks: Sequence[Block]) -> int:
    """The number of blocks without the copyright lines at the end."""
    end = len(blocks)
    while end and _is_copyright(blocks[end - 1]):
        end -= 1
    return end


def _to_document(text: str, number: int) -> Document | None:
    """None where date or body cannot be found."""
    blocks = _to_blocks(text)
    opening = [block for block in blocks[:2] if _is_copyright(block)]
    blocks = [block for block in blocks if block not in opening]
    dated = _find_date_block(blocks)
    if dated is None:
        return None
    outlet, date_line, edition = _split_heading(blocks[: dated + 1])
    tail = min(_index(blocks, TAIL_LABELS, dated + 1), _drop_end(blocks))
    head = _index(blocks[:tail], HEAD_LABELS, dated + 1)
    head = head if head < tail else dated + 2
    start = head
    while start < tail and _label_of(blocks[start][0], HEAD_LABELS):
        start += 1
    headline, *more = [" ".join(block) for block in blocks[dated + 1 : head]] or [""]
    paragraphs = tuple(" ".join(block) for block in blocks[start:tail])
    fields = {"edition": edition, "highlight": " ".join(more), **_to_fields(opening, frozenset())}
    fields |= _to_fields(blocks[head:start], HEAD_LABELS) | _to_fields(blocks[tail:], TAIL_LABELS)
    return Document(number, headline, outlet, date_line, paragraphs, fields) if paragraphs else None


def _find_announced(cover: str, counters: Sequence[tuple[int, int]]) -> frozenset[int]:
    """From the cover page ("Selected Items: 1-10,12"), else from the counter over the first document."""
    match = _REQUEST.search(cover)
    if not match:
        return frozenset(range(1, counters[0][1] + 1))
    ranges = [piece.split("-") for piece in re.sub(r"[^\d,-]", "", match[1]).strip(",-").split(",") if piece]
    numbers = [range(int(ends[0]), int(ends[-1]) + 1) for ends in ranges if ends[0] and ends[-1]]
    count = sum(map(len, numbers))
    # Counters start at 1, whatever items of the list were asked for.
    return frozenset(range(1, count + 1))


def parse_text(text: str) -> Export:
    """A text for which `is_nexis_text` holds, with LF line ends."""
    matches = list(_COUNTER.finditer(text))
    counters = [(int(match[1]), int(match[2])) for match in matches]
    ends = [*(match.start() for match in matches[1:]), len(text)]
    in_order = all(one < other for (one, _), (other, _) in pairwise(counters))
    numbers = [number for number, _ in counters] if in_order else list(range(1, len(counters) + 1))
    bodies = [text[match.end() : end] for match, end in zip(matches, ends, strict=True)]
    found = [(number, _to_document(body, number)) for number, body in zip(numbers, bodies, strict=True)]
    return Export(
        announced=_find_announced(text[: matches[0].start()], counters),
        documents=tuple(document for _, document in found if document),
        broken=tuple(number for number, document in found if not document),
    )
