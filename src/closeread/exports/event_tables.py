"""The coverage of an event as flat tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from closeread.comparisons.differences import Difference
from closeread.comparisons.event import Coverage
from closeread.exports.cells import Row, place, rounded

COLUMNS: dict[str, tuple[str, ...]] = {
    "event_texts": (
        *("event", "article", "source", "outlet", "title", "date", "words", "quoted_words", "reported_words"),
        *("sources", "certain", "possible", "completeness", "sha256", "left_out", "same_as"),
    ),
    "coverage": (
        *("event", "row", "kind", "name", "actor", "found_in", "article", "state", "voices", "first", "in_headline"),
        *("in_lead", "score", "places", "rule"),
    ),
    "coverage_places": ("event", "row", "article", "start", "end", "text"),
    "omissions": ("event", "row", "kind", "name", "article", "found_in", "others", "certain", "rule"),
    "event_labels": (
        *("event", "actor", "name", "label", "article", "own", "quoted", "reported", "of_own", "of_quoted"),
        *("of_reported", "own_low", "own_high"),
    ),
    "label_differences": ("event", "actor", "name", "label", "first", "second", "chance", "raised"),
    "versions": (
        *("event", "utterance", "source", "start", "end", "text", "speaker", "kind", "differences", "risks", "certain"),
        "rule",
    ),
    "reuse": (
        *("event", "passage", "first_source", "first_start", "first_end", "first_text", "second_source"),
        *("second_start", "second_end", "second_text", "words", "share", "quoted", "earlier", "certain", "rule"),
    ),
}


def to_event_tables(events: Sequence[Coverage]) -> dict[str, Iterator[Row]]:
    """The rows of each table; `event` numbers the events of a run from 1, and is empty for a text that is in none."""
    tables = [_list_event(coverage, number) for number, coverage in enumerate(events, 1)]
    found = {name: chain.from_iterable([each[name] for each in tables]) for name in COLUMNS}
    return {**found, "event_texts": chain(found["event_texts"], _list_rest(events))}


def _list_event(coverage: Coverage, event: int) -> dict[str, Iterator[Row]]:
    tables = {
        "event_texts": _list_texts(coverage),
        "coverage": _list_cells(coverage),
        "coverage_places": _list_places(coverage),
        "omissions": _list_omissions(coverage),
        "event_labels": _list_labels(coverage),
        "label_differences": _list_differences(coverage),
        "versions": _list_versions(coverage),
        "reuse": _list_reuse(coverage),
    }
    return {name: ({"event": event, **row} for row in rows) for name, rows in tables.items()}


def _list_texts(coverage: Coverage) -> Iterator[Row]:
    for text in coverage.texts:
        yield {name: getattr(text, name) for name in COLUMNS["event_texts"] if hasattr(text, name)}
    for left in coverage.left_out:
        if left.reason == "duplicate":
            yield {"article": left.article, "source": left.source, "left_out": left.reason, "same_as": left.same_as}


def _list_rest(events: Sequence[Coverage]) -> Iterator[Row]:
    """What is in no event, once: each event has the whole flow of inclusion of the run."""
    telling = {text.article for coverage in events for text in coverage.texts}
    telling |= {left.article for coverage in events for left in coverage.left_out if left.reason == "duplicate"}
    for left in dict.fromkeys(left for coverage in events for left in coverage.left_out):
        if left.article not in telling:
            yield {"article": left.article, "source": left.source, "left_out": left.reason}
    for failure in dict.fromkeys(failure for coverage in events for failure in coverage.unread):
        yield {"source": failure.source, "left_out": "unread"}


def _list_cells(coverage: Coverage) -> Iterator[Row]:
    for row in coverage.matrix.rows:
        for cell in row.cells:
            yield {
                "row": row.id,
                "kind": row.kind,
                "name": row.name,
                "actor": row.actor,
                "found_in": row.found_in,
                "article": cell.article,
                "state": cell.state,
                "voices": " ".join(cell.voices),
                "first": rounded(cell.first),
                "in_headline": cell.in_headline,
                "in_lead": cell.in_lead,
                "score": rounded(cell.score),
                "places": len(cell.places),
                "rule": row.rule,
            }


def _list_places(coverage: Coverage) -> Iterator[Row]:
    for row in coverage.matrix.rows:
        for cell in row.cells:
            yield from ({"row": row.id, "article": cell.article, **place(span)} for span in cell.places)


def _list_omissions(coverage: Coverage) -> Iterator[Row]:
    rows = {row.id: row for row in coverage.matrix.rows}
    for found in coverage.matrix.omissions:
        row = rows[found.row]
        yield {
            **{"row": row.id, "kind": row.kind, "name": row.name, "article": found.article},
            **{"found_in": found.found_in, "others": found.others, "certain": found.certain, "rule": found.rule},
        }


def _list_labels(coverage: Coverage) -> Iterator[Row]:
    for table in coverage.labels:
        for row in table.rows:
            for cell in row.cells:
                low, high = cell.own_interval or (None, None)
                yield {
                    **{"actor": table.actor, "name": table.name, "label": row.head, "article": cell.article},
                    **{"own": len(cell.own), "quoted": len(cell.quoted), "reported": len(cell.reported)},
                    **{"of_own": cell.of_own, "of_quoted": cell.of_quoted, "of_reported": cell.of_reported},
                    **{"own_low": rounded(low), "own_high": rounded(high)},
                }


def _list_differences(coverage: Coverage) -> Iterator[Row]:
    for table in coverage.labels:
        for found in table.differences:
            yield {
                **{"actor": table.actor, "name": table.name, "label": found.head, "first": found.first},
                **{"second": found.second, "chance": found.chance, "raised": found.raised},
            }


def _list_versions(coverage: Coverage) -> Iterator[Row]:
    for utterance in coverage.utterances:
        for version in utterance.versions:
            said = map(_say_difference, version.differences)
            yield {
                **{"utterance": utterance.id, "source": version.source, **place(version.quotation)},
                **{"speaker": version.speaker, "kind": version.kind, "differences": "; ".join(said)},
                **{"risks": " ".join(risk.kind for risk in version.risks), "certain": utterance.certain},
                "rule": utterance.rule,
            }


def _say_difference(difference: Difference) -> str:
    """What stands in the reference, and here."""
    here, there = difference.here, difference.there
    return f"{difference.kind}: {there.text if there else ''} > {here.text if here else ''}"


def _list_reuse(coverage: Coverage) -> Iterator[Row]:
    for pair in coverage.reuse:
        for reuse in pair.passages:
            first = {f"first_{name}": value for name, value in place(reuse.first).items()}
            second = {f"second_{name}": value for name, value in place(reuse.second).items()}
            yield {
                **{"passage": reuse.id, "first_source": reuse.first_source, **first},
                **{"second_source": reuse.second_source, **second, "words": reuse.words},
                **{"share": rounded(reuse.share), "quoted": rounded(reuse.quoted), "earlier": reuse.earlier},
                **{"certain": reuse.certain, "rule": reuse.rule},
            }
