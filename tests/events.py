"""Readings made by hand of texts that tell an event. No model is loaded."""

from __future__ import annotations

from dataclasses import replace

from closeread.article import Article, Span, Zone
from closeread.findings import Actor, Attribution, Mention, Reading, Statement, Voice
from tests.readings import VERSIONS, make_actor


def make_reading(source: str, *paragraphs: str, date: str | None = "2026-03-01", **named: str) -> Reading:
    """The first paragraph is the headline; each sentence is a statement in own voice. `named`: an actor's id and name,
    a person, with a mention wherever the name stands."""
    text, zones = "", []
    for number, words in enumerate(paragraphs):
        text += "\n\n" if text else ""
        zones.append(Zone(len(text), len(text) + len(words), words, "body" if number else "headline"))
        text += words
    article = Article(source, text, tuple(zones), date=date, language="en", completeness="complete")
    statements = [_make_statement(article, zone, sentence) for zone in zones for sentence in _sentences(zone.text)]
    actors = tuple(_actor(article, identity, name) for identity, name in named.items())
    return Reading(article, (), (), actors, (), (), VERSIONS, statements=tuple(statements))


def _sentences(words: str) -> list[str]:
    return [each for each in (part.strip(" .") for part in words.split(". ")) if each]


def _make_statement(article: Article, zone: Zone, words: str, voice: Voice = "own") -> Statement:
    start = article.text.index(words, zone.start)
    place = article.span(start, start + len(words))
    return Statement(f"statement-{start}", place, voice, None, "fact", (), 0, 0, "support.unsupported", True)


def _actor(article: Article, identity: str, name: str) -> Actor:
    places = [at for at in range(len(article.text)) if article.text.startswith(name, at)]
    mentions = tuple(Mention(at, at + len(name), name, "full-name", "own") for at in places)
    return make_actor(article, identity, mentions, name=name, kind="person")


def say(reading: Reading, speaker: str, content: str, *, confidence: float = 0.9, quoted: bool = False) -> Reading:
    """With an attribution of these words to an actor, who is the source by the first mention."""
    text = reading.article.text
    place = Span(text.index(content), text.index(content) + len(content), content)
    actor = next(each for each in reading.actors if each.id == speaker)
    source = Span(actor.mentions[0].start, actor.mentions[0].end, actor.mentions[0].text)
    words = len(content.split())
    spoken = Attribution(
        f"attribution-{place.start}",
        mode="direct" if quoted else "indirect",
        contents=(place,),
        sources=(source,),
        cue=None,
        naming="named",
        speaker=speaker,
        quoted_words=words if quoted else 0,
        reported_words=0 if quoted else words,
        rule="quotations.cue-after",
        confidence=confidence,
        certain=confidence > 0.74,
    )
    return replace(reading, attributions=(*reading.attributions, spoken))


def make_event() -> list[Reading]:
    """Three accounts of one loss and a text about something else, by four outlets on three days. Two give the same
    words to one speaker, one of them with another number; two share a passage."""
    shared = "The ferry Alma sank off Lundø on Sunday morning with 14 people aboard and two lorries on her deck"
    quote, other = "we shall find every one of the four crates", "we shall find every one of the five crates"
    first = make_reading(
        "a.txt",
        "Alma lost",
        f"{shared}. Ann Lee told the court “{quote}”. Berit Moe wept.",
        ann="Ann Lee",
        moe="Berit Moe",
    )
    second = make_reading(
        "b.txt", "Ferry sinks", f"{shared}. Ann Lee told the mayor “{other}”.", date="2026-03-02", ann="Ann Lee"
    )
    third = make_reading(
        "c.txt",
        "No word on Alma",
        "Of 14 people aboard the Alma, lost off Lundø with two lorries, nobody has been heard. Berit Moe wept.",
        date="2026-03-03",
        moe="Berit Moe",
    )
    fourth = make_reading("d.txt", "Bread", "The mayor of Skogen opened a bakery. Bread will be cheaper in June.")
    told = say(first, "ann", f"“{quote}”", quoted=True), say(second, "ann", f"“{other}”", quoted=True)
    outlets = {"Courier": told[0], "Gazette": told[1], "Herald": third, "Mirror": fourth}
    return [
        replace(held, article=replace(held.article, outlet=name, title=held.article.zones[0].text))
        for name, held in outlets.items()
    ]
