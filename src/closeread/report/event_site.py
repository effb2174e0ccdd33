"""A folder of pages: one per event, one per text, and an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from closeread.comparisons.event import Coverage
from closeread.findings import Reading
from closeread.report.event_page import title_of, to_event_page
from closeread.report.event_sheet import to_event_sheet
from closeread.report.site import Site


def write_event_site(folder: Path, readings: Sequence[Reading], events: Sequence[Coverage], *, command: str) -> None:
    """`event-1.html`, `event-2.html`, ..., those of most texts first; for an event of two texts a sheet for print."""
    with Site(folder, command=command) as site:
        for reading in sorted(readings, key=lambda each: each.article.source):
            site.add(reading)
        hrefs = {reading.article.id: f"{reading.article.id}.html" for reading in readings}
        by_id = {reading.article.id: reading for reading in readings}
        articles = {reading.article.id: reading.article for reading in readings}
        for number, coverage in enumerate(events, 1):
            page = to_event_page(coverage, command=command, hrefs=hrefs, articles=articles, index="index.html")
            site.add_event(f"event-{number}.html", title_of(coverage), page)
            if len(coverage.texts) == 2:
                two = [by_id[text.article] for text in coverage.texts]
                site.add_event(f"sheet-{number}.html", "", to_event_sheet(coverage, two, command=command))
