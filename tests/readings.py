"""Readings made by hand: an invented report with every kind of finding. No model is loaded."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from closeread.article import Article, Note, Span, Zone, ZoneKind, count_words
from closeread.findings import (
    Actor,
    ActorKind,
    Attribution,
    Enumeration,
    Introduction,
    IntroductionForm,
    Item,
    Mention,
    Mode,
    Naming,
    Notice,
    Reading,
    ScareQuote,
    ScareQuoteKind,
    Versions,
    Voice,
)

VERSIONS = Versions("0.1.0", "3.8.18", "en_core_web_sm 3.8.0", "0f" * 32, "f0" * 32)

_Place = tuple[str, str]
_AttributionRow = tuple[Mode, Naming, str | None, bool, _Place | None, _Place, tuple[_Place, ...]]
_ActorRow = tuple[str, str, ActorKind, str, tuple[Voice, ...]]

_NEWS = (
    "Orlan shut the upper sluices of the Tarn dam on Sunday night, cutting the water that reaches three Velde "
    "provinces by half"
)
_TREATY = (
    "that the closure broke the treaty of 1974 and that his government would take “every lawful step” to have it undone"
)
_DITCH = (
    "“The river was never theirs or ours. It was the river.\n\n“Now there are men with keys, and I have eleven days "
    "of water in the tank. After that I sell the herd, and then I suppose I sell the ditch.”"
)
_COMMISSION = (
    "the Lakes Commission had told her that Velde “drew a third more than it wrote down” in each of the last five "
    "summers"
)

_PARAGRAPHS: tuple[tuple[ZoneKind, str], ...] = (
    ("headline", "Orlan closes the Tarn sluices as Velde calls it “blackmail”"),
    ("byline", "By Ines Marrow in Port Sabel"),
    ("caption", "The upper sluice at Tarn, shut since Sunday. Picture: Orlan Water Board"),
    (
        "body",
        "Orlan shut the upper sluices of the Tarn dam on Sunday night, cutting the water that reaches three Velde "
        "provinces by half, officials in both capitals said.",
    ),
    (
        "body",
        "“We have asked for a seat at this table for nine years,” said Petra Halvik, the Orlan water minister. "
        "“Nobody in Velde can claim to be surprised.”",
    ),
    (
        "body",
        "Velde’s prime minister, Jonas Ekström, told parliament that the closure broke the treaty of 1974 and "
        "that his government would take “every lawful step” to have it undone. He described the Orlan offer of "
        "talks as “a letter with a stone around it”.",
    ),
    (
        "body",
        "The so-called “technical pause” was announced in a notice of four lines. A person close to the talks, who "
        "was not allowed to speak in public, said the order had come from the minister herself.",
    ),
    (
        "body",
        "“My father dug this ditch,” said Mirre Osk, a farmer near Lower Hassel. “The river was never theirs or "
        "ours. It was the river.",
    ),
    (
        "body",
        "“Now there are men with keys, and I have eleven days of water in the tank. After that I sell the herd, "
        "and then I suppose I sell the ditch.”",
    ),
    (
        "body",
        "The Lakes Commission, the European Rivers Forum, Sarna and the United Nations have offered to mediate. "
        "Only Sarna has named a date.",
    ),
    (
        "body",
        "Halvik said the Lakes Commission had told her that Velde “drew a third more than it wrote down” in each "
        "of the last five summers. Velde denies this. The commission did not say whether the gauges were read.",
    ),
    (
        "body",
        "In “The Ledger of the Tarn”, a book published last year, the engineer Sten Aldous estimates the loss from "
        "leaking canals at 40 per cent. He believes that repairs would save more water than either country is "
        "arguing about.",
    ),
    (
        "body",
        "Ekström is to meet the leaders of Sarna on Thursday. “There will be no bargain with a tap,” he said.",
    ),
)

# No., mode, naming, speaker, certain; then as (words, words before them): source, cue, contents.
_ATTRIBUTIONS: tuple[_AttributionRow, ...] = (
    (
        "indirect",
        "described",
        None,
        True,
        ("officials in both capitals", ""),
        ("said", "both capitals"),
        ((_NEWS, ""),),
    ),
    (
        "direct",
        "named",
        "halvik",
        True,
        ("Petra Halvik, the Orlan water minister", ""),
        ("said", "nine years"),
        (
            ("“We have asked for a seat at this table for nine years,”", ""),
            ("“Nobody in Velde can claim to be surprised.”", ""),
        ),
    ),
    (
        "mixed",
        "named",
        "ekstrom",
        True,
        ("Velde’s prime minister, Jonas Ekström,", ""),
        ("told", "Jonas"),
        ((_TREATY, ""),),
    ),
    (
        "indirect",
        "anonymous",
        None,
        False,
        ("A person close to the talks", ""),
        ("said", "in public"),
        (("the order had come from the minister herself", ""),),
    ),
    (
        "direct",
        "named",
        "osk",
        True,
        ("Mirre Osk, a farmer near Lower Hassel", ""),
        ("said", "this ditch"),
        (("“My father dug this ditch,”", ""), (_DITCH, "")),
    ),
    ("mixed", "named", "halvik", True, ("Halvik", "has named a date"), ("said", "a date"), ((_COMMISSION, ""),)),
    (
        "mixed",
        "named",
        "lakes",
        False,
        ("the Lakes Commission", "Halvik said"),
        ("told", "Halvik said"),
        (("that Velde “drew a third more than it wrote down” in each of the last five summers", ""),),
    ),
    (
        "indirect",
        "pronoun",
        None,
        False,
        ("He", "40 per cent."),
        ("believes", ""),
        (("that repairs would save more water than either country is arguing about", ""),),
    ),
    (
        "direct",
        "named",
        "ekstrom",
        True,
        ("he", "with a tap"),
        ("said", "with a tap"),
        (("“There will be no bargain with a tap,”", ""),),
    ),
    (
        "indirect",
        "named",
        "lakes",
        True,
        ("The commission", "denies this. "),
        ("did not say", "denies this. "),
        (("whether the gauges were read", ""),),
    ),
)

# What the attributions above say beyond that, by their number.
_MORE: dict[int, dict[str, Any]] = {
    1: {"kind": "speech", "number": "several"},
    2: {"kind": "speech", "number": "one", "speaker_by": "name"},
    3: {"kind": "speech", "number": "one", "speaker_by": "name"},
    4: {"kind": "speech", "number": "one"},
    5: {"kind": "speech", "number": "one", "speaker_by": "name"},
    6: {"kind": "speech", "number": "one", "speaker_by": "surname"},
    7: {"kind": "speech", "number": "one", "speaker_by": "name", "within": "attribution-6"},
    8: {"kind": "thought", "number": "one"},
    9: {"kind": "speech", "number": "one", "speaker_by": "pronoun", "stance": "endorsing"},
    10: {"kind": "speech", "number": "one", "speaker_by": "description", "negated": True},
}
# By number: form, words, words before them.
_INTRODUCTIONS: dict[int, tuple[tuple[IntroductionForm, str, str], ...]] = {
    2: (("apposition", "the Orlan water minister", ""),),
    3: (("title", "Velde’s prime minister", "nine years"),),
    4: (("relative-clause", "who was not allowed to speak in public", ""),),
    5: (("apposition", "a farmer near Lower Hassel", ""), ("affiliation", "near Lower Hassel", "")),
}

# Id, name, kind; then the form in the text and the voice of each mention, in the order of the text.
_ACTORS: tuple[_ActorRow, ...] = (
    ("velde", "Velde", "country", "Velde", ("own", "reported", "quoted", "own", "reported", "own")),
    ("orlan", "Orlan", "country", "Orlan ", ("own", "own", "reported", "own", "own")),
    ("sarna", "Sarna", "country", "Sarna", ("own", "own", "own")),
    ("halvik", "Petra Halvik", "person", "Halvik", ("own", "own")),
    ("ekstrom", "Jonas Ekström", "person", "Ekström", ("own", "own")),
    ("lakes", "Lakes Commission", "organisation", "Lakes Commission", ("own", "reported")),
    ("osk", "Mirre Osk", "person", "Mirre Osk", ("own",)),
    ("forum", "European Rivers Forum", "organisation", "European Rivers Forum", ("own",)),
    ("un", "United Nations", "organisation", "United Nations", ("own",)),
    ("aldous", "Sten Aldous", "person", "Sten Aldous", ("own",)),
    ("board", "Orlan Water Board", "organisation", "Orlan Water Board", ("own",)),
)

_SCARE_QUOTES: tuple[tuple[ScareQuoteKind, str, str | None], ...] = (
    ("unattributed-fragment", "“blackmail”", None),
    ("attributed-fragment", "“every lawful step”", "attribution-3"),
    ("unattributed-fragment", "“technical pause”", None),
    ("title-or-term", "“The Ledger of the Tarn”", None),
)

_LIST = (
    ("Lakes Commission", "lakes"),
    ("European Rivers Forum", "forum"),
    ("Sarna", "sarna"),
    ("United Nations", "un"),
)


def hand_made_reading() -> Reading:
    """An invented report with every kind of finding."""
    article = _compose()
    notice = Notice("marks.paragraphs", "One quotation runs over two paragraphs.", _find(article, _DITCH[:20]))
    actors = [_actor(article, row) for row in _ACTORS]
    return Reading(
        article=article,
        attributions=tuple(_attribution(article, number, row) for number, row in enumerate(_ATTRIBUTIONS, 1)),
        scare_quotes=tuple(
            ScareQuote(f"scare-{number}", kind, _find(article, words), attribution, f"scare-quotes.{kind}")
            for number, (kind, words, attribution) in enumerate(_SCARE_QUOTES, 1)
        ),
        actors=tuple(sorted(actors, key=lambda actor: (-len(actor.mentions), actor.mentions[0]))),
        enumerations=(_enumeration(article),),
        notices=(notice,),
        made_with=VERSIONS,
    )


def _compose() -> Article:
    zones, text = [], ""
    for kind, words in _PARAGRAPHS:
        text += "\n\n" if text else ""
        zones.append(Zone(len(text), len(text) + len(words), words, kind))
        text += words
    return Article(
        source="examples/tarn/sabel-courier.txt",
        text=text,
        zones=tuple(zones),
        title=_PARAGRAPHS[0][1],
        outlet="The Sabel Courier",
        byline="Ines Marrow",
        date="2024-06-11",
        language="en",
        completeness="complete",
        notes=(Note("intake.no-date", "The date was taken from the file’s second line."),),
    )


def _find(article: Article, words: str, after: str = "") -> Span:
    """The first place of some words behind some others."""
    start = article.text.index(words, article.text.index(after) + len(after))
    return article.span(start, start + len(words))


def _attribution(article: Article, number: int, row: _AttributionRow) -> Attribution:
    mode, naming, speaker, certain, source, cue, contents = row
    spans = tuple(_find(article, *place) for place in contents)
    words = sum(count_words(span.text) for span in spans)
    quoted = {"direct": words, "mixed": words // 3, "indirect": 0}[mode]
    introduction = ((form, _find(article, *place)) for form, *place in _INTRODUCTIONS.get(number, ()))
    plain = Attribution(
        id=f"attribution-{number}",
        mode=mode,
        contents=spans,
        sources=(_find(article, *source),) if source else (),
        cue=_find(article, *cue),
        speaker=speaker,
        naming=naming,
        quoted_words=quoted,
        reported_words=words - quoted,
        introduction=tuple(Introduction(span.start, span.end, span.text, form) for form, span in introduction),
        rule="quotations.cue",
        confidence=0.96 if certain else 0.71,
        certain=certain,
    )
    return replace(plain, **_MORE[number])


def _actor(article: Article, row: _ActorRow) -> Actor:
    identity, name, kind, form, voices = row
    starts = [match.start() for match in re.finditer(re.escape(form), article.text)]
    mentions = [
        Mention(start, start + len(form.strip()), form.strip(), "full-name", voice)
        for start, voice in zip(starts, voices, strict=True)
    ]
    return make_actor(article, identity, tuple(mentions), name=name, kind=kind)


def _enumeration(article: Article) -> Enumeration:
    items = []
    for rank, (words, actor) in enumerate(_LIST, 1):
        place = _find(article, words)
        items.append(Item(place.start, place.end, place.text, rank, actor))
    return Enumeration("list-1", article.span(items[0].start, items[-1].end), tuple(items), "enumerations.list")


def make_actor(article: Article, identity: str, mentions: tuple[Mention, ...], *, name: str, kind: ActorKind) -> Actor:
    """An actor whose presence figures follow from its mentions, as the analysis would set them."""
    shares = [share for mention in mentions if (share := article.share_before(mention.start)) is not None]
    zones = [article.zone_at(mention.start) for mention in mentions]
    return Actor(
        id=identity,
        name=name,
        kind=kind,
        mentions=mentions,
        first_mention=shares[0] if shares else None,
        in_headline=any(zone is not None and zone.kind == "headline" for zone in zones),
        in_lead=any(zone == article.lead and zone is not None for zone in zones),
        in_last_paragraph=bool(article.body) and any(zone == article.body[-1] for zone in zones),
        rule="actors.name",
    )
