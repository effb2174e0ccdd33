"""The words that checks are written in: what can be asked of a text, each with what makes it impossible to tell.

Every function's docstring is its line in docs/checks.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from closeread.article import Completeness, Span, count_words
from closeread.checks.actor_words import ActorWords
from closeread.checks.records import (
    Finder,
    list_contradictions,
    list_echoes,
    list_events,
    list_headline,
    list_labels,
    list_loaded,
    list_numbers,
    list_quotations,
    list_scare_quotes,
    list_statements,
)
from closeread.checks.values import Items, Number, Record, Truth, Value, Words, both, bounded, exact, fold
from closeread.comparisons.fidelity import Fidelity, check_quotations
from closeread.comparisons.reuse import Reuse, find_reuse, pair_reuse
from closeread.findings import Attribution, Participant, Reading, Voice
from closeread.measures import SourceRow, credit, sourcing, total_agency

_COMPLETE: dict[Completeness, bool | None] = {"complete": True, "partial": False, "unknown": None}
_UNTOLD = "it cannot be told whether the text is complete"
_VOICES: tuple[Voice, ...] = ("own", "quoted", "reported")
_FAITHFUL = ("verbatim", "typographic", "marked-change")
_ELSEWHERE = ("not-found", "paraphrase")


class TextWords:
    """The vocabulary of one text. `others` are the readings of all texts of the file, by name."""

    def __init__(self, name: str, reading: Reading, others: Mapping[str, Reading]) -> None:
        self.finder = Finder(name, reading)
        self.actors = ActorWords(self.finder)
        self.quoted = credit(reading.attributions).quoted
        self.reading, self.others = reading, others
        self._held: dict[str, tuple[Fidelity, ...]] = {}
        self._shared: dict[str, Number] = {}
        self._beside: list[TextWords] | None = None

    def to_record(self) -> Record:
        finder, article = self.finder, self.reading.article
        fields: dict[str, Value] = {
            "name": Words(finder.name),
            "words": bounded(count_words(article.text), 0, whole=finder.whole),
            "paragraphs": bounded(len(article.body), 0, whole=finder.whole),
            "complete": Truth(_COMPLETE[article.completeness], (), _UNTOLD),
            "completeness": Words(None if article.completeness == "unknown" else article.completeness, (), _UNTOLD),
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
            "numbers": list_numbers(finder),
            "agentless_rate": self._find_agentless_rate(),
        }
        return Record("text", fields, None, self.functions)

    @property
    def functions(self) -> dict[str, Callable[..., Value]]:
        return {
            "actor": self.actor,
            "named": self.named,
            "count": self.count,
            "count_in": self.count_in,
            "quotes": self.quotes,
            "said": self.said,
            "called": self.called,
            "acts": self.acts,
            "altered": self.altered,
            "faithful": self.faithful,
            "found_in_others": self.found_in_others,
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
        if not self.finder.whole:
            return self.actors.to_unknown(query, self.finder.why)
        near = self.actors.find_near(query)
        if near:
            return self.actors.to_unknown(query, f"the text has no {query!r}; did you mean {near!r}?")
        return self.actors.to_absent(query)

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

    def count_in(self, words: Words, paragraph: Number) -> Number:
        """count_in(words, paragraph): how often these very words stand in one paragraph of the body, from 1."""
        number, body = _whole(paragraph, "count_in"), self.reading.article.body
        places = self._find_words(_text(words, "count_in"))
        inside = [each for each in places if number <= len(body) and body[number - 1].overlaps(each)]
        return bounded(len(inside), 0, self.finder.places(inside), whole=self.finder.whole)

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
        clauses = [each for each in self.reading.clauses if not wanted[1] or fold(each.lemma) == fold(wanted[1])]
        held = [
            (each, both(self._plays(each.agent, wanted[0]), self._plays(each.patient, wanted[2]))) for each in clauses
        ]
        fits = [(each, truth) for each, truth in held if truth.value is not False]
        certain = sum(each.certain and truth.value is True for each, truth in fits)
        places = self.finder.places(each.predicate for each, _ in fits)
        return bounded(certain, len(fits) - certain, places, whole=self.finder.whole)

    def _plays(self, part: Participant | None, name: str) -> Truth:
        """Whether the actor takes this part: cannot tell where its words hold the name and mean no actor of it."""
        if not name:
            return Truth(True)
        if part is None:
            return Truth(False)
        if {actor.id for actor in self.actors.find(name)} & set(part.actors):
            return Truth(True)
        return Truth(None if fold(name) in fold(part.text) else False)

    def altered(self, original: Record) -> Number:
        """altered(text): how many quotations of that text are changed unmarked, at risk, spliced or another's."""
        differ = [each for each in self._hold(original, "altered") if each.kind not in (*_FAITHFUL, *_ELSEWHERE)]
        certain = [each for each in differ if each.certain]
        places = self.finder.places(each.quotation for each in differ)
        return bounded(len(certain), len(differ) - len(certain), places, whole=self.finder.whole)

    def faithful(self, original: Record) -> Truth:
        """faithful(text): whether no quotation is altered against that text, and each was found there."""
        altered, found = self.altered(original), self._hold(original, "faithful")
        if altered.low:
            return Truth(False, altered.places)
        missing = [each for each in found if each.kind in _ELSEWHERE]
        if missing or not self.finder.whole or not altered.exact:
            places = (*altered.places, *self.finder.places(each.quotation for each in missing))
            return Truth(None, places, f"{len(missing)} were not found there" if missing else altered.why)
        return Truth(True, self.finder.places(each.quotation for each in found))

    def _hold(self, original: Record, function: str) -> tuple[Fidelity, ...]:
        reading = self._reading_of(original, function)
        if reading.article.id not in self._held:
            self._held[reading.article.id] = check_quotations(self.reading, [reading])
        return self._held[reading.article.id]

    def found_in_others(self, name: Words) -> Number:
        """found_in_others(name): how many of the other texts of the file name the actor."""
        if self._beside is None:
            others = [(each, reading) for each, reading in self.others.items() if each != self.finder.name]
            self._beside = [TextWords(each, reading, {}) for each, reading in others]
        found = [each.named(name) for each in self._beside]
        certain, maybe = (sum(truth.value is value for truth in found) for value in (True, None))
        return bounded(certain, maybe, [place for truth in found for place in truth.places[:1]])

    def reused(self, other: Record) -> Number:
        """reused(text): the share of the words of this text in passages shared with that one, 0 to 1."""
        reading = self._reading_of(other, "reused")
        if reading.article.id not in self._shared:
            self._shared[reading.article.id] = self._find_reused(reading)
        return self._shared[reading.article.id]

    def _find_reused(self, reading: Reading) -> Number:
        if reading.article.id == self.reading.article.id:
            raise TypeError("reused() takes another text of this file")
        texts = [self.reading, reading]
        found = find_reuse(texts)
        if not found:
            return exact(0)
        certain = self._share(texts, [each for each in found if each.certain])
        share = self._share(texts, found)
        own = self.reading.article.source
        spans = [each.first if each.first_source == own else each.second for each in found]
        why = "some passages may be chance" if certain != share else ""
        return Number(certain, share, self.finder.places(spans), why)

    def _share(self, texts: list[Reading], reuses: Sequence[Reuse]) -> float:
        own = self.reading.article.source
        return sum(
            pair.first_share if pair.first_source == own else pair.second_share for pair in pair_reuse(texts, reuses)
        )

    def _reading_of(self, record: Record, function: str) -> Reading:
        name = record.fields["name"] if isinstance(record, Record) and record.kind == "text" else None
        if (
            not isinstance(name, Words)
            or name.value is None
            or name.value not in self.others
            or name.value == self.finder.name
        ):
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
                        "quoted_words": self._count_quoted(row),
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
        without = sum(clause.certain for clause in totals.agentless)
        maybe = len(totals.agentless) - without
        others = totals.clauses - totals.certain - maybe
        places = self.finder.places(clause.predicate for clause in totals.agentless)
        low = 100 * without / (totals.certain + others) if without else 0.0
        high = 100 * (without + maybe) / (totals.certain + maybe) if without + maybe else 0.0
        return Number(low, high, places, f"{maybe + others} of {totals.clauses} clauses are only possible")

    def _count_quoted(self, row: SourceRow) -> Number:
        """The words of its certain attributions at the least."""
        held = [each for each in self.reading.attributions if each.id in row.attributions]
        low = sum(self.quoted[each.id] for each in held if each.certain)
        places = self.finder.places(row.places)
        return bounded(low, sum(self.quoted[each.id] for each in held) - low, places, whole=self.finder.whole)


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


def _whole(value: Value, function: str) -> int:
    if not isinstance(value, Number) or not value.exact or value.low < 1 or value.low != int(value.low):
        raise TypeError(f"{function}() takes the number of a paragraph, from 1")
    return int(value.low)


def _voice(value: Value) -> Voice:
    if isinstance(value, Words):
        for voice in _VOICES:
            if value.value == voice:
                return voice
    raise TypeError(f"a voice is one of {', '.join(repr(voice) for voice in _VOICES)}")
