"""Draws stated against observed shares: `python -m evals babe FOLDER | python -m evals.calibration_plot OUT.svg`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIZE, EDGE, GAP = 240, 46, 60
STYLE = "font-family='sans-serif' font-size='11' fill='#222'"


def draw(panels: dict[str, Sequence[dict[str, Any]]]) -> str:
    """One panel per table of tenths: a dot for the share that was right, its interval, the line where both agree."""
    width = EDGE + len(panels) * (SIZE + GAP)
    body = [_panel(title, rows, EDGE + at * (SIZE + GAP)) for at, (title, rows) in enumerate(panels.items())]
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {SIZE + 2 * EDGE}' {STYLE}>"
    return "\n".join([head, f"<rect width='{width}' height='{SIZE + 2 * EDGE}' fill='#fff'/>", *body, "</svg>\n"])


def _panel(title: str, rows: Sequence[dict[str, Any]], left: int) -> str:
    def x(share: float) -> float:
        return round(left + share * SIZE, 1)

    def y(share: float) -> float:
        return round(EDGE + (1 - share) * SIZE, 1)

    parts = [f"<text x='{left}' y='{EDGE - 12}' font-weight='bold'>{title}</text>"]
    parts.append(f"<rect x='{left}' y='{EDGE}' width='{SIZE}' height='{SIZE}' fill='none' stroke='#888'/>")
    parts.append(f"<line x1='{x(0)}' y1='{y(0)}' x2='{x(1)}' y2='{y(1)}' stroke='#888' stroke-dasharray='4 4'/>")
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(f"<text x='{x(tick)}' y='{y(0) + 14}' text-anchor='middle'>{tick:.1f}</text>")
        parts.append(f"<text x='{left - 6}' y='{y(tick) + 4}' text-anchor='end'>{tick:.1f}</text>")
    for row in rows:
        at, (low, high) = x(row["stated"]), row["right_ci"]
        parts.append(f"<line x1='{at}' y1='{y(low)}' x2='{at}' y2='{y(high)}' stroke='#0b61a4'/>")
        parts.append(f"<circle cx='{at}' cy='{y(row['right'])}' r='3.5' fill='#0b61a4'/>")
    parts.append(f"<text x='{x(0.5)}' y='{y(0) + 32}' text-anchor='middle'>probability stated</text>")
    parts.append(f"<text x='{left + 6}' y='{EDGE + 14}'>share that people marked</text>")
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> None:
    """Reads the figures of `python -m evals babe` from standard input. The first head is drawn."""
    head = json.load(sys.stdin)["heads"][0]
    panels = {"Words": head["words_by_probability"], "Sentences": head["sentences_by_probability"]}
    Path(arguments[0]).write_text(draw(panels), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
