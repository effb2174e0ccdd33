"""An actor as checks see it: how it is named, where, and what it does and says."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from closeread.article import Span
from closeread.checks.records import Finder, count_mentions
from closeread.checks.values import Number, Record, Truth, Value, Words, bounded, exact, fold
from closeread.findings import Actor, Attribution
from closeread.lexicons import resolve_country
from closeread.measures import prominence
from closeread.measures.prominence import UNNAMED

_NAMES = ("full-name", "part-of-name", "alias", "acronym", "demonym")
_NUMBERS = ("mentions", "by_name", "subjects", "attributions", "quotations", "quoted_words", "as_agent", "as_patient")
_TRUTHS = ("named", "in_headline", "in_lead", "in_last_paragraph")


class ActorWords:
    """The actors of one text as records."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._rows = {row.actor.id: row for row in prominence(finder.reading)}

    def find(self, query: str) -> list[Actor]:
        """Those of that full name first, else those that any name or alias fits."""
        wanted = _bare(query)
        form = resolve_country(query)
        names = {wanted} | ({_bare(form.country.name)} if form else set())
        exact_ = [actor for actor in self.finder.reading.actors if _bare(actor.name) in names]
        if exact_:
            return exact_
        return [
            actor
            for actor in self.finder.reading.actors
            if any(_bare(each.text) in names for each in actor.mentions if each.form in _NAMES)
        ]

    def to_record(self, actor: Actor) -> Record:
        finder, row = self.finder, self._rows[actor.id]
        places = finder.places(actor.mentions)
        named = [each for each in actor.mentions if each.form not in UNNAMED]
        spoken = [each for each in self.finder.reading.attributions if each.speaker == actor.id and not each.negated]
        fields: dict[str, Value] = {
            "name": Words(actor.name, places[:1]),
            "kind": Words(actor.kind, places[:1]),
            "named": Truth(bool(named), finder.places(named) or places),
            "mentions": count_mentions(finder, actor),
            "by_name": count_mentions(finder, actor, names=_NAMES),
            "first_mention": self._first_mention(actor, named),
            "first_paragraph": self._first_paragraph(named),
            "in_headline": Truth(actor.in_headline, places[:1]),
            "in_lead": Truth(actor.in_lead, places[:1]),
            "in_last_paragraph": Truth(actor.in_last_paragraph, places[-1:]),
            "share": exact(row.share, places),
            "subjects": bounded(row.subjects, 0, places, whole=finder.whole),
            "attributions": self._count(spoken),
            "quotations": self._count([each for each in spoken if each.mode != "indirect"]),
            "quoted_words": exact(row.quoted_words, finder.places(each.contents[0] for each in spoken)),
            "as_agent": self._count_roles(actor, "agent"),
            "as_patient": self._count_roles(actor, "patient"),
            **self._ranks(actor),
        }
        return Record("actor", fields, places[0] if places else None)

    def _count(self, spoken: Sequence[Attribution]) -> Number:
        certain = sum(each.certain for each in spoken)
        places = self.finder.places(each.contents[0] for each in spoken)
        unknown = sum(each.speaker is None and each.mode != "indirect" for each in self.finder.reading.attributions)
        found = bounded(certain, len(spoken) - certain + unknown, places, whole=self.finder.whole)
        if unknown and self.finder.whole:
            return Number(found.low, found.high, places, f"of {unknown} quotations it cannot be told who speaks")
        return found

    def _first_mention(self, actor: Actor, named: Sequence[Span]) -> Number:
        places = self.finder.places(named[:1])
        if actor.first_mention is None:
            return Number(0, 1, places, "it is not named in the body")
        if not self.finder.whole:
            return Number(0, 1, places, self.finder.why)
        return exact(actor.first_mention, places)

    def _first_paragraph(self, named: Sequence[Span]) -> Number:
        body = self.finder.reading.article.body
        inside = [
            (at, each) for each in named for at, zone in enumerate(body, 1) if zone.start <= each.start < zone.end
        ]
        if not inside or not self.finder.whole:
            return Number(1, inf, (), self.finder.why or "it is not named in the body")
        return exact(inside[0][0], self.finder.places([inside[0][1]]))

    def _count_roles(self, actor: Actor, role: str) -> Number:
        fits = [
            each
            for each in self.finder.reading.clauses
            if (held := each.agent if role == "agent" else each.patient) is not None and actor.id in held.actors
        ]
        certain = sum(each.certain for each in fits)
        places = self.finder.places(each.predicate for each in fits)
        return bounded(certain, len(fits) - certain, places, whole=self.finder.whole)

    def _ranks(self, actor: Actor) -> dict[str, Value]:
        """Rank in the first list that names it, and how long that list is."""
        for found in self.finder.reading.enumerations:
            for item in found.items:
                if item.actor == actor.id:
                    places, last = self.finder.places([item]), item.rank == len(found.items)
                    rank, length = exact(item.rank, places), exact(len(found.items), places)
                    return {"rank": rank, "list_size": length, "last_in_list": Truth(last, places)}
        why = "it stands in no list of three or more"
        return {
            "rank": Number(1, inf, (), why),
            "list_size": Number(0, inf, (), why),
            "last_in_list": Truth(None, (), why),
        }

    def to_absent(self, name: str) -> Record:
        """An actor that the text does not have: nothing is 0 %, and there is no first mention."""
        never, zero, no = f"{name!r} is never named in this text", exact(0), Truth(False)
        return self._without(name, zero, no, Number(0, 1, (), never), never)

    def to_unknown(self, name: str, why: str, places: Sequence[Span] = ()) -> Record:
        there = self.finder.places(places)
        return self._without(name, Number(0, inf, there, why), Truth(None, there, why), Number(0, 1, there, why), why)

    def _without(self, name: str, number: Number, truth: Truth, share: Number, why: str) -> Record:
        open_ = Number(0, inf, (), why)
        fields: dict[str, Value] = {each: number for each in _NUMBERS}
        fields |= {each: truth for each in _TRUTHS}
        fields |= {"name": Words(name), "kind": Words(None, (), why), "first_mention": share}
        fields |= {
            "share": exact(0) if number.exact else share,
            "first_paragraph": open_,
            "rank": open_,
            "list_size": open_,
        }
        fields["last_in_list"] = Truth(None, (), why)
        return Record("actor", fields)


def _bare(name: str) -> str:
    words = fold(name).replace(".", "").removesuffix("'s").removesuffix("'")
    return words.removeprefix("the ")
