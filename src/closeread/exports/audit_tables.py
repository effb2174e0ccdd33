"""An audit as four CSV tables: quotations, what differs in them, statements, and the passages that bear on these."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from closeread.article import Span
from closeread.comparisons.audits import Audit
from closeread.exports.cells import Row, place
from closeread.exports.csv_tables import guard

AUDIT_COLUMNS: dict[str, tuple[str, ...]] = {
    "quotations": (
        *("quotation", "kind", "start", "end", "text", "speaker", "original_speaker", "original", "original_start"),
        *("original_end", "original_text", "pieces", "differences", "risks", "certain", "rule"),
    ),
    "quotation_changes": (
        *("quotation", "what", "kind", "start", "end", "text", "original_start", "original_end", "original_text"),
    ),
    "confronted": ("statement", "id", "kind", "start", "end", "text", "passages", "certain", "rule"),
    "passages": (
        *("statement", "rank", "kind", "reason", "original", "original_start", "original_end", "original_text"),
        *("here", "there", "aligned", "voice", "score", "certain", "rule"),
    ),
}


def write_audit_tables(folder: Path, found: Audit) -> None:
    """Writes `NAME.csv`, UTF-8 and LF, each whole or not at all. Places are code points of the texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in to_audit_tables(found).items():
        part = folder / f"{name}.csv.part"
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, AUDIT_COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: guard(value) for key, value in row.items()} for row in rows)
        part.replace(folder / f"{name}.csv")


def to_audit_tables(found: Audit) -> dict[str, list[Row]]:
    """The rows of each table, in the order of the text."""
    return {
        "quotations": list(_list_quotations(found)),
        "quotation_changes": list(_list_changes(found)),
        "confronted": list(_list_statements(found)),
        "passages": list(_list_passages(found)),
    }


def _list_quotations(found: Audit) -> Iterator[Row]:
    """`original` is the source of the first piece; its place is empty where the words were not found."""
    for each in found.quotations:
        first = each.pieces[0] if each.pieces else None
        yield {
            "quotation": each.id,
            "kind": each.kind,
            **place(each.quotation),
            "speaker": each.speaker,
            "original_speaker": each.original_speaker,
            "original": first.source if first else None,
            **_original(first.there if first else None),
            "pieces": len(each.pieces),
            "differences": len(each.differences),
            "risks": len(each.risks),
            "certain": each.certain,
            "rule": each.rule,
        }


def _list_changes(found: Audit) -> Iterator[Row]:
    for each in found.quotations:
        changes = [("difference", str(one.kind), one.here, one.there) for one in each.differences]
        changes += [("risk", str(risk.kind), risk.here, risk.there) for risk in each.risks]
        for what, kind, here, there in changes:
            words = place(here) if here else {"start": None, "end": None, "text": None}
            yield {"quotation": each.id, "what": what, "kind": kind, **words, **_original(there)}


def _list_statements(found: Audit) -> Iterator[Row]:
    """`id` is that of the statement in its reading."""
    for each in found.statements:
        yield {
            "statement": each.id,
            "id": each.statement,
            "kind": each.kind,
            **place(each.place),
            "passages": len(each.passages),
            "certain": each.certain,
            "rule": each.rule,
        }


def _list_passages(found: Audit) -> Iterator[Row]:
    sources = {reading.article.id: reading.article.source for reading in found.originals}
    for each in found.statements:
        for rank, passage in enumerate(each.passages, 1):
            yield {
                "statement": each.id,
                "rank": rank,
                "kind": passage.kind,
                "reason": passage.reason,
                "original": sources[passage.article],
                **_original(passage.place),
                "here": passage.here.text if passage.here else None,
                "there": passage.there.text if passage.there else None,
                "aligned": "; ".join(f"{one.first.text} = {one.second.text}" for one in passage.aligned),
                "voice": passage.voice,
                "score": passage.score,
                "certain": passage.certain,
                "rule": passage.rule,
            }


def _original(span: Span | None) -> Row:
    cells = place(span) if span else {"start": None, "end": None, "text": None}
    return {f"original_{key}": value for key, value in cells.items()}
