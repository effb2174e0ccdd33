"""Readings with anything in them: any text, zones anywhere, findings that overlap in any way. No model is loaded."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, get_args

from hypothesis import strategies as st

from closeread.article import Article, Span, Zone, ZoneKind, count_words
from closeread.findings import (
    Actor,
    Aligned,
    Attribution,
    AttributionKind,
    Clause,
    ClauseForm,
    Contradiction,
    ContradictionKind,
    ContradictionRelation,
    Echo,
    Enumeration,
    Ground,
    GroundKind,
    GroundScope,
    HeadlineKind,
    HeadlinePart,
    Introduction,
    IntroductionForm,
    Item,
    Label,
    LoadedPhrase,
    Marker,
    MarkerKind,
    Mention,
    MentionForm,
    Modality,
    Mode,
    Naming,
    Notice,
    Number,
    Participant,
    Reading,
    ScareQuote,
    ScareQuoteKind,
    Side,
    SpeakerBy,
    Stance,
    Statement,
    StatementKind,
    Voice,
)
from tests.readings import VERSIONS, make_actor

_CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0\r")
_ODD = st.sampled_from([*"<>&\"'“”‘’\u202e\u2066\u2069\u200b\u200d\u00ad\ufffd\ufeff\n\t \f", "<b>", "&lt;", "-->"])
_TEXTS = st.lists(st.one_of(_CHARACTERS, _ODD, st.sampled_from(["word ", "Ann ", "\n\n"])), min_size=1, max_size=60)
_ZONE_KINDS: st.SearchStrategy[ZoneKind | None] = st.sampled_from(
    ["headline", "byline", "caption", "body", "body", "body", "date", "outlet", None]
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any text, cut into any zones, with any text between them."""
    text = "".join(draw(_TEXTS))
    bounds = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    zones = []
    for start, end in pairwise(bounds):
        kind = draw(_ZONE_KINDS)
        if kind is not None:
            zones.append(Zone(start, end, text[start:end], kind))
    title = draw(st.one_of(st.none(), st.just(text[:20])))
    return Article(
        source=draw(st.text(_CHARACTERS, min_size=1, max_size=12)), text=text, zones=tuple(zones), title=title
    )


@st.composite
def places(draw: st.DrawFn, article: Article) -> Span:
    start = draw(st.integers(0, len(article.text) - 1))
    return article.span(start, draw(st.integers(start + 1, len(article.text))))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any article with findings anywhere in it, overlapping in any way."""
    article = draw(articles())
    place = places(article)
    actors = tuple(draw(_actors(article, number)) for number in range(draw(st.integers(0, 3))))
    ids = [actor.id for actor in actors]
    attributions = tuple(draw(_attributions(article, number, ids)) for number in range(draw(st.integers(0, 4))))
    scare_quotes = tuple(
        ScareQuote(f"s{number}", draw(_SCARE_KINDS), draw(place), draw(st.sampled_from([None, "a0"])), "scare-quotes.x")
        for number in range(draw(st.integers(0, 3)))
    )
    items = tuple(draw(st.lists(place, min_size=3, max_size=4)))
    whole = article.span(min(item.start for item in items), max(item.end for item in items))
    ranked = tuple(
        Item(item.start, item.end, item.text, rank, draw(st.sampled_from([None, *ids])))
        for rank, item in enumerate(items, 1)
    )
    notices = (Notice("marks.unclosed", "A mark is open.", draw(st.one_of(st.none(), place))),)
    enumerations = (Enumeration("e0", whole, ranked, "enumerations.x"),) if draw(st.booleans()) else ()
    return Reading(
        article,
        attributions,
        scare_quotes,
        actors,
        enumerations,
        notices,
        VERSIONS,
        clauses=tuple(draw(_clauses(article, number, ids)) for number in range(draw(st.integers(0, 3)))),
        labels=tuple(draw(_labels(article, number, ids)) for number in range(draw(st.integers(0, 2))) if ids),
        loaded=tuple(draw(_loaded(article, number, ids)) for number in range(draw(st.integers(0, 2)))),
        markers=tuple(
            Marker(f"m{number}", draw(_MARKERS), draw(place), draw(_VOICES), draw(_HOLDERS), "markers.x")
            for number in range(draw(st.integers(0, 2)))
        ),
        statements=tuple(draw(_statements(article, number)) for number in range(draw(st.integers(0, 2)))),
        contradictions=tuple(draw(_contradictions(article, number)) for number in range(draw(st.integers(0, 2)))),
        echoes=tuple(draw(_echoes(article, number)) for number in range(draw(st.integers(0, 2)))),
        headline=tuple(draw(_headline_parts(article, number)) for number in range(draw(st.integers(0, 2)))),
    )


_SCARE_KINDS: st.SearchStrategy[ScareQuoteKind] = st.sampled_from(
    ["attributed-fragment", "unattributed-fragment", "title-or-term"]
)
_MODES: st.SearchStrategy[Mode] = st.sampled_from(["direct", "mixed", "indirect"])
_NAMINGS: st.SearchStrategy[Naming] = st.sampled_from(["named", "described", "anonymous", "pronoun", "none"])
_KINDS: st.SearchStrategy[AttributionKind] = st.sampled_from(["speech", "writing", "thought", "unknown"])
_STANCES: st.SearchStrategy[Stance] = st.sampled_from(["neutral", "doubting", "endorsing"])
_NUMBERS: st.SearchStrategy[Number] = st.sampled_from(["one", "several", "unknown"])
_FORMS: st.SearchStrategy[IntroductionForm] = st.sampled_from(["title", "apposition", "relative-clause", "affiliation"])
_SPEAKERS_BY: st.SearchStrategy[SpeakerBy] = st.sampled_from(["name", "surname", "description", "pronoun", "unknown"])
_VOICES: st.SearchStrategy[Voice] = st.sampled_from(["own", "quoted", "reported"])


_MENTION_FORMS: st.SearchStrategy[MentionForm] = st.sampled_from(["alias", "metonym", "description", "pronoun"])
_CLAUSE_FORMS: st.SearchStrategy[ClauseForm] = st.sampled_from(
    ["active", "passive", "agentless-passive", "nominal", "intransitive"]
)
_MODALITIES: st.SearchStrategy[Modality] = st.sampled_from(["asserted", "possible", "hypothetical"])
_MARKERS: st.SearchStrategy[MarkerKind] = st.sampled_from(["hedge", "factive", "assertive", "intensifier"])
_HOLDERS = st.sampled_from([None, "a0"])


@st.composite
def _clauses(draw: st.DrawFn, article: Article, number: int, actors: list[str]) -> Clause:
    place = places(article)

    def part() -> Participant | None:
        if draw(st.booleans()):
            return None
        span, meant = draw(place), draw(st.lists(st.sampled_from(actors), max_size=2)) if actors else []
        return Participant(span.start, span.end, span.text, tuple(meant))

    return Clause(
        id=f"c{number}",
        predicate=draw(place),
        lemma="act",
        form=draw(_CLAUSE_FORMS),
        agent=part(),
        patient=part(),
        recipient=part(),
        agent_elsewhere=draw(st.one_of(st.none(), place)),
        negated=draw(st.booleans()),
        modality=draw(_MODALITIES),
        voice=draw(_VOICES),
        rule="agency.x",
        certain=draw(st.booleans()),
    )


@st.composite
def _labels(draw: st.DrawFn, article: Article, number: int, actors: list[str]) -> Label:
    place = places(article)
    return Label(
        id=f"l{number}",
        actor=draw(st.sampled_from(actors)),
        place=draw(place),
        head="man",
        modifiers=tuple(draw(st.lists(place, max_size=2))),
        voice=draw(_VOICES),
        attribution=draw(_HOLDERS),
        rule="labels.x",
        certain=draw(st.booleans()),
    )


@st.composite
def _loaded(draw: st.DrawFn, article: Article, number: int, actors: list[str]) -> LoadedPhrase:
    return LoadedPhrase(
        id=f"o{number}",
        place=draw(places(article)),
        voice=draw(_VOICES),
        attribution=draw(_HOLDERS),
        about=draw(st.sampled_from([None, *actors])),
        rule="loaded.x",
        confidence=draw(st.floats(0, 1)),
        certain=draw(st.booleans()),
    )


_STATEMENT_KINDS: st.SearchStrategy[StatementKind] = st.sampled_from(get_args(StatementKind))
_GROUNDS: st.SearchStrategy[GroundKind] = st.sampled_from(get_args(GroundKind))
_SCOPES: st.SearchStrategy[GroundScope] = st.sampled_from(get_args(GroundScope))
_CONTRADICTIONS: st.SearchStrategy[ContradictionKind] = st.sampled_from(get_args(ContradictionKind))
_RELATIONS: st.SearchStrategy[ContradictionRelation] = st.sampled_from(get_args(ContradictionRelation))
_HEADLINE_KINDS: st.SearchStrategy[HeadlineKind] = st.sampled_from(get_args(HeadlineKind))
_HEADLINE_ZONES: st.SearchStrategy[Literal["headline", "lead"]] = st.sampled_from(["headline", "lead"])


@st.composite
def _statements(draw: st.DrawFn, article: Article, number: int) -> Statement:
    grounds = draw(st.lists(places(article), max_size=2))
    return Statement(
        id=f"t{number}",
        place=draw(places(article)),
        voice=draw(_VOICES),
        attribution=draw(_HOLDERS),
        kind=draw(_STATEMENT_KINDS),
        grounds=tuple(Ground(one.start, one.end, one.text, draw(_GROUNDS), draw(_SCOPES)) for one in grounds),
        hedges=draw(st.integers(0, 2)),
        firm=draw(st.integers(0, 2)),
        rule="support.x",
        certain=draw(st.booleans()),
    )


@st.composite
def _contradictions(draw: st.DrawFn, article: Article, number: int) -> Contradiction:
    def side() -> Side:
        place = draw(places(article))
        words = draw(places(article))
        return Side(place.start, place.end, place.text, words, draw(_VOICES), draw(_HOLDERS), draw(st.booleans()))

    pairs = draw(st.lists(st.tuples(places(article), places(article)), min_size=1, max_size=2))
    return Contradiction(
        id=f"k{number}",
        kind=draw(_CONTRADICTIONS),
        relation=draw(_RELATIONS),
        first=side(),
        second=side(),
        aligned=tuple(Aligned(first, second) for first, second in pairs),
        rule="contradictions.x",
        certain=draw(st.booleans()),
    )


@st.composite
def _echoes(draw: st.DrawFn, article: Article, number: int) -> Echo:
    known = draw(st.one_of(st.none(), places(article)))
    return Echo(
        id=f"x{number}",
        place=draw(places(article)),
        slot=draw(places(article)),
        template="Who ___ it?",
        known=known.text if known else draw(st.sampled_from([None, "Who wrote it?"])),
        known_place=known,
        origin="article" if known else "list",
        rule="echoes.x",
        certain=draw(st.booleans()),
    )


@st.composite
def _headline_parts(draw: st.DrawFn, article: Article, number: int) -> HeadlinePart:
    return HeadlinePart(
        id=f"h{number}",
        kind=draw(_HEADLINE_KINDS),
        zone=draw(_HEADLINE_ZONES),
        place=draw(places(article)),
        carried=tuple(draw(st.lists(places(article), max_size=2))),
        rule="headline.x",
        certain=draw(st.booleans()),
    )


@st.composite
def _actors(draw: st.DrawFn, article: Article, number: int) -> Actor:
    found = sorted(draw(st.lists(places(article), min_size=1, max_size=4)))
    mentions = tuple(Mention(one.start, one.end, one.text, draw(_MENTION_FORMS), draw(_VOICES)) for one in found)
    return make_actor(article, f"w{number}", mentions, name=mentions[0].text, kind="group")


@st.composite
def _attributions(draw: st.DrawFn, article: Article, number: int, actors: list[str]) -> Attribution:
    place, mode = places(article), draw(_MODES)
    introduced = draw(st.lists(place, max_size=2))
    contents = tuple(sorted(draw(st.lists(place, min_size=1, max_size=3))))
    words = sum(count_words(content.text) for content in contents)
    quoted = {"direct": words, "mixed": words // 2, "indirect": 0}[mode]
    return Attribution(
        id=f"a{number}",
        within=draw(st.sampled_from([None, *(f"a{other}" for other in range(number))])),
        mode=mode,
        kind=draw(_KINDS),
        stance=draw(_STANCES),
        negated=draw(st.booleans()),
        contents=contents,
        sources=tuple(draw(st.lists(place, max_size=2))),
        cue=draw(st.one_of(st.none(), place)),
        speaker=draw(st.sampled_from([None, *actors])),
        number=draw(_NUMBERS),
        naming=draw(_NAMINGS),
        introduction=tuple(Introduction(one.start, one.end, one.text, draw(_FORMS)) for one in introduced),
        speaker_by=draw(_SPEAKERS_BY),
        quoted_words=quoted,
        reported_words=words - quoted,
        rule="quotations.x",
        confidence=draw(st.floats(0, 1)),
        certain=draw(st.booleans()),
    )
