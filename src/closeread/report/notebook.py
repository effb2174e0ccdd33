"""A reading in a notebook: the sentences and the two tables, without script and without links."""

from __future__ import annotations

from markupsafe import Markup

from closeread.article import count_words
from closeread.findings import Reading
from closeread.measures import prominence
from closeread.report.cast import assemble_cast
from closeread.report.page import headline_of, was_analysed
from closeread.report.rendering import load_asset, load_templates
from closeread.report.sentences import sentences
from closeread.report.tables import NAMINGS, TOPICS


def to_notebook(reading: Reading) -> str:
    """A fragment of HTML whose style reaches nothing but itself."""
    return (
        load_templates()
        .get_template("notebook.html")
        .render(
            style=Markup(load_asset("notebook.css")),
            title=headline_of(reading),
            article=reading.article,
            analysed=was_analysed(reading),
            notices=reading.notices,
            words=count_words(reading.article.text),
            sentences=[(TOPICS.get(sentence.topic, sentence.topic), sentence.parts) for sentence in sentences(reading)],
            sources=assemble_cast(reading).sources,
            actors=prominence(reading),
            namings=NAMINGS,
        )
    )
