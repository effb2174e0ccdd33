"""The whole flow for one article: from a path or a string to a Reading. The calls below are the architecture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from closeread.analyses.actors import find_actors, join_mentions
from closeread.analyses.agency import find_clauses
from closeread.analyses.contradictions import find_contradictions
from closeread.analyses.cue_qualities import find_cue_qualities
from closeread.analyses.echoes import find_echoes
from closeread.analyses.enumerations import find_enumerations
from closeread.analyses.grounds import Grounds
from closeread.analyses.headline import find_headline_parts
from closeread.analyses.innermost import Innermost
from closeread.analyses.labels import find_labels
from closeread.analyses.loaded_language import About, find_loaded, read_phrases
from closeread.analyses.markers import find_markers
from closeread.analyses.nesting import find_nested
from closeread.analyses.quotations import find_quotations
from closeread.analyses.references import References
from closeread.analyses.scare_quotes import Fragments, find_scare_quotes
from closeread.analyses.speakers import link_speakers
from closeread.analyses.statements import find_parts
from closeread.analyses.support import find_statements
from closeread.analyses.transcripts import find_turns, give_turns, mark_turns
from closeread.analyses.voices import Voices
from closeread.article import Article, Failure, ReadError, Span
from closeread.encoder.loaded import load_loaded
from closeread.encoder.model import find_spoken, find_spoken_in, join_digests, load_encoder, read_view
from closeread.encoder.pieces import to_encoder_view
from closeread.findings import Notice, Reading, Versions
from closeread.intake import find_sources, load_articles, load_text
from closeread.intake.actor_list import ActorList
from closeread.intake.layout import find_datelines
from closeread.marks import find_marks
from closeread.parsing import DEFAULT_MODEL, load_model, parse

LANGUAGES = ("en", "und")


def read(path: str | Path, *, model: str = DEFAULT_MODEL, actors: ActorList | None = None) -> Reading:
    """Reads the one text in a file. Raises ReadError where it cannot be read, and ValueError where the file holds
    several texts: `read_all` is for those. `actors` is a list of one's own, as `load_actor_list` gives it."""
    articles = load_articles(str(path))
    if len(articles) != 1:
        raise ValueError(f"{path} holds {len(articles)} texts; read_all reads them one by one")
    if isinstance(articles[0], Failure):
        failure = articles[0]
        raise ReadError(failure.source, failure.kind, failure.message)
    return read_article(articles[0], model=model, actors=actors)


def read_text(
    text: str, *, source: str = "text", model: str = DEFAULT_MODEL, actors: ActorList | None = None
) -> Reading:
    """Reads a string. Raises ReadError where there is no text in it."""
    return read_article(load_text(text, source=source), model=model, actors=actors)


def read_all(
    paths: str | Path | Sequence[str | Path],
    *,
    text_column: str | None = None,
    model: str = DEFAULT_MODEL,
    actors: ActorList | None = None,
) -> Iterator[Reading | Failure]:
    """Reads every text of one or several files or folders, in the order given. What cannot be read comes as a
    Failure."""
    given = [paths] if isinstance(paths, str | Path) else paths
    for path in find_sources([str(each) for each in given]).files:
        for article in load_articles(path, text_column=text_column):
            try:
                yield article if isinstance(article, Failure) else read_article(article, model=model, actors=actors)
            except ReadError as error:
                yield error.failure


def read_article(article: Article, *, model: str = DEFAULT_MODEL, actors: ActorList | None = None) -> Reading:
    """All analyses of one article. A text that is not in English gets one notice and no analysis."""
    versions = load_versions(model, actors)
    if article.language not in LANGUAGES:
        return Reading(article, (), (), (), (), (_not_english(article),), versions)
    marks, turns = find_marks(article), find_turns(article)
    labels = [turn.source for turn in turns if turn.source]
    doc = parse(article, marks, model, labels=labels, datelines=find_datelines(article))
    fragments = Fragments(doc, article)
    view = to_encoder_view(article, marks)
    below = read_view(view)
    found = give_turns(find_spoken_in(below), turns)
    nested = find_nested(doc, view, found, find_spoken)
    spoken, certain = mark_turns(marks, turns), load_encoder()[0].decoding.certain
    attributions = find_quotations(article, spoken, fragments, found=found, nested=nested, turns=turns, certain=certain)
    attributions = find_cue_qualities(doc, attributions)
    voices, innermost = Voices(article, spoken, attributions), Innermost(article, attributions)
    named = find_actors(doc, article, voices, actors.actors if actors else ())
    references = References(doc, article, attributions, named)
    attributions = link_speakers(references, attributions)
    cast = join_mentions(references, voices)
    clauses = find_clauses(doc, article, cast, attributions=attributions, voices=voices, innermost=innermost)
    markers = find_markers(doc, article, voices, innermost)
    head, about = load_loaded()[0], About(doc, cast, innermost)
    phrases, surely = read_phrases(below, head), head.calibration.certain
    loaded = find_loaded(article, phrases, about=about, voices=voices, innermost=innermost, certain=surely)
    parts = find_parts(doc, article, attributions, voices=voices, innermost=innermost)
    headline = find_headline_parts(doc, article, marks, actors=cast, parts=parts)
    grounds = Grounds(article, parts, references, attributions=attributions, cast=cast, headline=headline)
    return Reading(
        article=article,
        attributions=attributions,
        scare_quotes=find_scare_quotes(article, marks, fragments, attributions),
        actors=cast,
        enumerations=find_enumerations(doc, article, cast),
        clauses=clauses,
        labels=find_labels(doc, article, cast, voices=voices, innermost=innermost),
        loaded=loaded,
        markers=markers,
        statements=find_statements(article, parts, grounds, attributions=attributions, loaded=loaded, markers=markers),
        echoes=find_echoes(article, marks),
        headline=headline,
        contradictions=find_contradictions(
            doc, article, clauses, cast, attributions=attributions, voices=voices, innermost=innermost
        ),
        notices=tuple(marks.notices),
        made_with=versions,
    )


def load_versions(model: str = DEFAULT_MODEL, actors: ActorList | None = None) -> Versions:
    """What makes a reading. Loads the models on the first call, after their files were checked."""
    listed = actors.sha256 if actors else ""
    weights = join_digests(load_encoder()[1], load_loaded()[1])
    return replace(load_model(model)[1], encoder_sha256=weights, actors_sha256=listed)


def _not_english(article: Article) -> Notice:
    zone = (article.body or article.zones)[0]
    message = f"The text looks like {article.language!r}, not English; it was not analysed."
    return Notice("language.not-english", message, Span(zone.start, zone.end, zone.text))
