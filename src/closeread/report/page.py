"""One article as one self-contained page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from closeread.article import Span, count_words
from closeread.findings import Reading
from closeread.measures import prominence
from closeread.report.cast import assemble_cast
from closeread.report.claim_lines import fill_claims
from closeread.report.clause_lines import fill_wording
from closeread.report.edition import render_article
from closeread.report.figures import STRIP_ROWS, draw_bar, draw_strip
from closeread.report.rendering import render_document
from closeread.report.sentences import COMPLETENESS
from closeread.report.support_lines import fill_support
from closeread.report.tables import fill_tables


def to_page(reading: Reading, *, command: str, index: str | None = None, places: Sequence[Span] = ()) -> str:
    """One HTML document that needs nothing else: no network, no script. `command` is what to type to make it again;
    `index` the relative address of the page that lists all texts; `places` are those that another page leads to, each
    of which gets an anchor. The same reading gives the same bytes."""
    cast = assemble_cast(reading)
    return render_document(
        "page.html",
        reading=reading,
        article=reading.article,
        analysed=was_analysed(reading),
        title=headline_of(reading),
        language=_language_tag(reading),
        words=count_words(reading.article.text),
        completeness=COMPLETENESS[reading.article.completeness],
        tables=fill_tables(reading, cast),
        wording=fill_wording(reading, cast),
        support=fill_support(reading, cast),
        claims=fill_claims(reading, cast),
        bar=draw_bar(cast.sources),
        strip=draw_strip(reading, prominence(reading), cast),
        strip_rows=STRIP_ROWS,
        text=render_article(reading, cast, places),
        command=command,
        index=index,
    )


def headline_of(reading: Reading) -> str:
    """The title, else the words of the headline zone, else the source."""
    article = reading.article
    headline = next((zone.text for zone in article.zones if zone.kind == "headline"), "")
    return " ".join((article.title or headline).split()) or article.source


def was_analysed(reading: Reading) -> bool:
    """False where the text is not in English: then counts of nothing would mislead."""
    return all(notice.rule != "language.not-english" for notice in reading.notices)


def _language_tag(reading: Reading) -> str:
    """For the attribute `lang`; empty where the language is not known."""
    tag = reading.article.language
    return tag if re.fullmatch("[a-z]{2}", tag) else ""
