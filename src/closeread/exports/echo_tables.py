"""Rows of links, of echoes, and of what headline and lead say and the body carries."""

from __future__ import annotations

from collections.abc import Iterator

from closeread.exports.cells import Row, place
from closeread.findings import Reading


def list_links(reading: Reading) -> Iterator[Row]:
    yield from ({**place(link), "target": link.target} for link in reading.article.links)


def list_headline(reading: Reading) -> Iterator[Row]:
    for part in reading.headline:
        yield {
            "part": part.id,
            "kind": part.kind,
            "zone": part.zone,
            **place(part.place),
            "carried": bool(part.carried),
            "carried_by": " […] ".join(span.text for span in part.carried),
            "certain": part.certain,
            "rule": part.rule,
        }


def list_echoes(reading: Reading) -> Iterator[Row]:
    for echo in reading.echoes:
        yield {
            "echo": echo.id,
            **place(echo.place),
            "slot": echo.slot.text,
            "template": echo.template,
            "known": echo.known,
            "known_start": echo.known_place.start if echo.known_place else None,
            "origin": echo.origin,
            "certain": echo.certain,
            "rule": echo.rule,
        }


def place_echoes(reading: Reading) -> Iterator[Row]:
    """The places of all three; a link has no id."""
    yield from ({"finding": None, "role": "link", **place(link)} for link in reading.article.links)
    for part in reading.headline:
        yield {"finding": part.id, "role": f"{part.kind}-of-{part.zone}", **place(part.place)}
        yield from ({"finding": part.id, "role": "carried", **place(span)} for span in part.carried)
    for echo in reading.echoes:
        spans = {"echo": echo.place, "slot": echo.slot, "known": echo.known_place}
        yield from ({"finding": echo.id, "role": role, **place(span)} for role, span in spans.items() if span)
