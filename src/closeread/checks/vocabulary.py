"""The words that checks are written in: what can be asked of a text, each with what makes it impossible to tell.

Every function's docstring is its line in docs/checks.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from closeread.article import Span, count_words
from closeread.checks.actor_words import ActorWords
from closeread.checks.records import (
    Finder,
    list_contradictions,
    list_echoes,
    list_events,
    list_headline,
    list_labels,
    list_loaded,
    list_quotations,
    list_scare_quotes,
    list_statements,
)
from closeread.checks.values import Items, Number, Record, Truth, Value, Words, bounded, exact, fold
from closeread.comparisons.fidelity import check_quotations
from closeread.comparisons.reuse import find_reuse, pair_reuse
from closeread.findings import Attribution, Reading, Voice
from closeread.measures import sourcing, total_agency

_VOICES: tuple[Voice, ...] = ("own", "quoted", "reported")
_FAITHFUL = ("verbatim", "typographic", "marked-change")


class TextWords:
    """The vocabulary of one text. `others` are the readings of all texts of the file, by name."""

    def __init__(self, name: str, reading: Reading, others: Mapping[str, Reading]) -> None:
        self.finder = Finder(name, reading)
        self.actors = ActorWords(self.finder)
        self.reading, self.others = reading, others

    def to_record(self) -> Record:
        finder, article = self.finder, self.reading.article
        fields: dict[str, Value] = {
            "name": Words(finder.name),
            "words": bounded(count_words(article.text), 0, whole=finder.whole),
            "paragraphs": bounded(len(article.body), 0, whole=finder.whole),
            "complete": Truth(finder.whole if article.completeness != "unknown" or finder.whole else None),
            "outlet": Words(article.outlet, (), "the text names no outlet"),
            "title": Words(article.title, (), "the text has no title"),
            "date": Words(article.date, (), "the text has no date"),
            "actors": self._list_actors(),
            "sources": self._list_sources(),
            "quotations": list_quotations(finder),
            "events": list_events(finder),
            "labels": list_labels(finder),
            "loaded": list_loaded(finder),
            "statements": list_statements(finder),
            "contradictions": list_contradictions(finder),
            "headline": list_headline(finder),
            "scare_quotes": list_scare_quotes(finder),
            "echoes": list_echoes(finder),
            "agentless_rate": self._find_agentless_rate(),
        }
        return Record("text", fields, None, self.functions)

    @property
    def functions(self) -> dict[str, Callable[..., Value]]:
        return {
            "actor": self.actor,
            "named": self.named,
            "count": self.count,
            "quotes": self.quotes,
            "said": self.said,
            "called": self.called,
            "acts": self.acts,
            "altered": self.altered,
            "reused": self.reused,
        }

    def actor(self, name: Words) -> Record:
        """actor(name): the actor of that name, alias or acronym. One that the text does not have has 0 mentions."""
        query = _text(name, "actor")
        found = self.actors.find(query)
        if len(found) == 1:
            return self.actors.to_record(found[0])
        if found:
            names = ", ".join(each.name for each in found[:4])
            return self.actors.to_unknown(query, f"{query!r} is a name of {len(found)} actors: {names}")
        written = self._find_words(query)
        if written:
            return self.actors.to_unknown(
                query, f"{query!r} stands in the text, but not as the name of an actor", written
            )
        return self.actors.to_unknown(query, self.finder.why) if not self.finder.whole else self.actors.to_absent(query)

    def named(self, name: Words) -> Truth:
        """named(name): whether the actor is named, by a name, an alias or an acronym."""
        found = self.actor(name).fields["named"]
        assert isinstance(found, Truth)
        return found

    def count(self, words: Words, voice: Words | None = None) -> Number:
        """count(words), count(words, voice): how often these very words stand in the text, in one voice or in all."""
        places = self._find_words(_text(words, "count"))
        if voice is None:
            return bounded(len(places), 0, self.finder.places(places), whole=self.finder.whole)
        wanted = _voice(voice)
        sure = [each for each in places if self._voices_at(each) == {wanted}]
        maybe = [each for each in places if wanted in self._voices_at(each) and each not in sure]
        return bounded(len(sure), len(maybe), self.finder.places([*sure, *maybe]), whole=self.finder.whole)

    def quotes(self, name: Words) -> Number:
        """quotes(name): how many quotations, in quotation marks at least in part, are given to the actor."""
        actor = self.actor(name)
        found = actor.fields["quotations"]
        assert isinstance(found, Number)
        return found

    def said(self, name: Words, words: Words) -> Truth:
        """said(name, words): whether the text gives these words to the actor."""
        query, wanted = _text(name, "said"), fold(_text(words, "said"))
        ids = {actor.id for actor in self.actors.find(query)}
        given = [each for each in self.reading.attributions if any(wanted in fold(c.text) for c in each.contents)]
        own = [each for each in given if each.speaker in ids]
        if any(each.certain and not each.negated for each in own):
            return Truth(True, self.finder.places(content for each in own for content in each.contents))
        open_ = [each for each in given if each.speaker is None or each in own or not each.certain]
        if open_ or not self.finder.whole:
            places = self.finder.places(content for each in open_ for content in each.contents)
            return Truth(None, places, self.finder.why or "who says these words is not certain")
        return Truth(False, self.finder.places(content for each in given for content in each.contents))

    def called(self, name: Words, label: Words, voice: Words | None = None) -> Number:
        """called(name, label), called(name, label, voice): how often a noun phrase with this word means the actor."""
        query, wanted = _text(name, "called"), fold(_text(label, "called"))
        ids = {actor.id for actor in self.actors.find(query)}
        voices = _VOICES if voice is None else (_voice(voice),)
        pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?:s|es)?(?!\w)")
        fits = [each for each in self.reading.labels if each.actor in ids and pattern.search(fold(each.place.text))]
        fits = [each for each in fits if each.voice in voices]
        sure = sum(each.certain for each in fits)
        # The same label of another actor may stand for this one: a description is not always joined to its actor.
        stray = [
            each
            for each in self.reading.labels
            if each.actor not in ids
            and each.voice in voices
            and pattern.search(fold(each.place.text))
            and self.finder.actors[each.actor].rule == "actors.described"
        ]
        places = self.finder.places(each.place for each in (*fits, *stray))
        return bounded(sure, len(fits) - sure + len(stray), places, whole=self.finder.whole)

    def acts(self, agent: Words, verb: Words, patient: Words) -> Number:
        """acts(agent, verb, patient): how many events have these three; an empty text leaves one of them open."""
        wanted = [_text(each, "acts") for each in (agent, verb, patient)]
        ids = [{actor.id for actor in self.actors.find(name)} if name else set() for name in (wanted[0], wanted[2])]
        if any(name and not found for name, found in zip((wanted[0], wanted[2]), ids, strict=True)):
            return bounded(0, 0, whole=self.finder.whole)
        fits = [
            each
            for each in self.reading.clauses
            if (not wanted[1] or fold(each.lemma) == fold(wanted[1]))
            and (not ids[0] or (each.agent is not None and ids[0] & set(each.agent.actors)))
            and (not ids[1] or (each.patient is not None and ids[1] & set(each.patient.actors)))
        ]
        certain = sum(each.certain for each in fits)
        return bounded(
            certain, len(fits) - certain, self.finder.places(each.predicate for each in fits), whole=self.finder.whole
        )

    def altered(self, original: Record) -> Number:
        """altered(text): how many quotations of that text are changed unmarked, at risk, spliced or another's."""
        found = check_quotations(self.reading, [self._reading_of(original, "altered")])
        differ = [each for each in found if each.kind not in (*_FAITHFUL, "not-found", "paraphrase")]
        certain = [each for each in differ if each.certain]
        places = self.finder.places(each.quotation for each in differ)
        return bounded(len(certain), len(differ) - len(certain), places, whole=self.finder.whole)

    def reused(self, other: Record) -> Number:
        """reused(text): the share of the words of this text in passages shared with that one, 0 to 1."""
        reading = self._reading_of(other, "reused")
        pairs = pair_reuse([self.reading, reading], find_reuse([self.reading, reading]))
        if not pairs:
            return exact(0)
        (pair,) = pairs
        first = pair.first_source == self.reading.article.source
        spans = [each.first if first else each.second for each in pair.passages]
        share = pair.first_share if first else pair.second_share
        low = 0.0 if not all(each.certain for each in pair.passages) else share
        return Number(low, share, self.finder.places(spans), "some passages may be chance" if low != share else "")

    def _reading_of(self, record: Record, function: str) -> Reading:
        name = record.fields["name"] if isinstance(record, Record) and record.kind == "text" else None
        if not isinstance(name, Words) or name.value is None or name.value not in self.others:
            raise TypeError(f"{function}() takes another text of this file")
        return self.others[name.value]

    def _find_words(self, words: str) -> list[Span]:
        parts = r"\s+".join(re.escape(part) for part in words.replace("’", "'").split())
        pattern = re.compile(rf"(?<!\w){parts.replace(chr(39), '[’' + chr(39) + ']')}(?!\w)", re.IGNORECASE)
        return [Span(*match.span(), match[0]) for match in pattern.finditer(self.reading.article.text)]

    def _voices_at(self, place: Span) -> set[Voice]:
        """The voices in which a place may stand: own too, where what it stands in is only possible."""
        holding = [
            each
            for each in self.reading.attributions
            if any(content.start <= place.start and place.end <= content.end for content in each.contents)
        ]
        if not holding:
            return {"own"}
        inner = min(holding, key=lambda each: sum(content.end - content.start for content in each.contents))
        voices: set[Voice] = {"own"} if not any(each.certain for each in holding) else set()
        return voices | _modes(inner)

    def _list_actors(self) -> Items:
        return self.finder.items((self.actors.to_record(actor), True) for actor in self.reading.actors)

    def _list_sources(self) -> Items:
        """Those that speak: one record per source, certain where one of its attributions is."""
        rows = [row for row in sourcing(self.reading) if row.is_told]
        return self.finder.items(
            (
                Record(
                    "source",
                    {
                        "name": Words(row.name, self.finder.places(row.places[:1])),
                        "naming": Words(row.naming, self.finder.places(row.places[:1])),
                        "attributions": bounded(row.certain, row.possible, self.finder.places(row.places)),
                        "quoted_words": exact(row.quoted_words, self.finder.places(row.places)),
                    },
                    self.finder.place(row.places[0]),
                ),
                row.certain > 0,
            )
            for row in rows
        )

    def _find_agentless_rate(self) -> Number:
        """Per 100 event clauses."""
        totals = total_agency(self.reading)
        if totals.rate is None or not self.finder.whole:
            return Number(0, 100, (), self.finder.why or "the text has no event clause")
        return exact(totals.rate, self.finder.places(clause.predicate for clause in totals.agentless))


def _modes(found: Attribution) -> set[Voice]:
    if found.mode == "mixed":
        return {"quoted", "reported"}
    return {"quoted"} if found.mode == "direct" else {"reported"}


def _text(value: Value, function: str) -> str:
    if not isinstance(value, Words) or not value.value or not value.value.strip():
        if isinstance(value, Words) and value.value == "" and function == "acts":
            return ""
        raise TypeError(f"{function}() takes words in quotation marks")
    return value.value


def _voice(value: Value) -> Voice:
    if isinstance(value, Words):
        for voice in _VOICES:
            if value.value == voice:
                return voice
    raise TypeError(f"a voice is one of {', '.join(repr(voice) for voice in _VOICES)}")
