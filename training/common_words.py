"""Counts which words are mostly written without a capital: `python -m training.common_words CORPUS`.

Words behind which a sentence, a line or a quotation begins do not count. What stands in the table is a word alone, in
alphabetical order; names are told from other words at the start of a sentence with it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from closeread.article import is_title_case
from closeread.encoder.names import SEGMENT
from evals.polnear_corpus import load_split

TABLE = Path("src/closeread/lexicons/common_words.txt")
_OPENS = re.compile(r"[.!?:…”\"“'‘’]\s*$|^\s*$")
# Seen in lower case at least so often, and at least so often for each time with a capital.
LEAST, LEAST_SHARE = 2, 0.3


def count(lines: Iterator[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word is written in lower case, and with a capital inside a sentence."""
    lower, capital = Counter[str](), Counter[str]()
    for line in lines:
        if is_title_case(line):
            continue
        for segment in SEGMENT.finditer(line):
            if segment[0].islower():
                lower[segment[0]] += 1
            elif not _OPENS.search(line, max(0, segment.start() - 3), segment.start()):
                capital[segment[0].lower()] += 1
    return lower, capital


def main() -> None:
    """The command line."""
    lines = (line for each in load_split(Path(sys.argv[1]), "train") for line in each.text.split("\n"))
    lower, capital = count(lines)
    common = sorted(word for word in lower if lower[word] >= max(LEAST, LEAST_SHARE * capital[word]) and word.isalpha())
    TABLE.write_text("\n".join(common) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
