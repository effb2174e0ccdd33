"""An actor as checks see it: how it is named, where, and what it does and says."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from math import inf

from closeread.article import Span
from closeread.checks.records import Finder, count_mentions
from closeread.checks.values import Number, Place, Record, Truth, Value, Words, bounded, exact, fold
from closeread.findings import Actor, Attribution, Mention
from closeread.lexicons import resolve_country
from closeread.lexicons.bodies import find_body
from closeread.measures import credit
from closeread.measures.prominence import UNNAMED

_NAMES = ("full-name", "part-of-name", "alias", "acronym", "demonym")
_HELD = "of {} attributions it cannot be told who speaks"
_NUMBERS = ("mentions", "by_name", "subjects", "attributions", "quotations", "quoted_words", "as_agent", "as_patient")
# From this likeness on (difflib) a name may be a slip of the pen.
_NEAR = 0.88
_TRUTHS = ("named", "in_headline", "in_lead", "in_last_paragraph")


class ActorWords:
    """The actors of one text as records."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._quoted = credit(finder.reading.attributions).quoted
        mentions = [each for actor in finder.reading.actors for each in actor.mentions]
        self._mentions = _tally(mentions)
        self._subjects = _tally([each for each in mentions if each.subject])

    def find(self, query: str) -> list[Actor]:
        """Those of that full name first, else those that any name or alias fits."""
        wanted = _bare(query)
        form, body = resolve_country(query), find_body(query)
        names = {wanted} | ({_bare(form.country.name)} if form else set())
        names |= {_bare(name) for name in (body.name, *body.aliases)} if body else set()
        exact_ = [actor for actor in self.finder.reading.actors if _bare(actor.name) in names]
        if exact_:
            return exact_
        return [
            actor
            for actor in self.finder.reading.actors
            if any(_bare(each.text) in names for each in actor.mentions if each.form in _NAMES)
        ]

    def to_record(self, actor: Actor) -> Record:
        finder = self.finder
        subjects = [each for each in actor.mentions if each.subject]
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
            **self._zones(actor, places),
            "share": self._share(actor.mentions, self._mentions),
            "subjects": bounded(*_tally(subjects), finder.places(subjects), whole=finder.whole),
            "subject_share": self._share(subjects, self._subjects),
            "attributions": self._count(spoken, self._unknown()),
            "quotations": self._count([each for each in spoken if each.mode != "indirect"], self._unknown("indirect")),
            "quoted_words": self._count_words(spoken),
            "as_agent": self._count_roles(actor, "agent"),
            "as_patient": self._count_roles(actor, "patient"),
            **self._ranks(actor),
        }
        return Record("actor", fields, places[0] if places else None)

    def _zones(self, actor: Actor, places: tuple[Place, ...]) -> dict[str, Value]:
        article, whole = self.finder.reading.article, self.finder.whole
        headed = any(zone.kind == "headline" for zone in article.zones)
        last = whole and bool(article.body)
        return {
            "in_headline": Truth(actor.in_headline if headed else None, places[:1], "the text has no headline"),
            "in_lead": Truth(actor.in_lead if article.body else None, places[:1], "the text has no body"),
            "in_last_paragraph": Truth(
                actor.in_last_paragraph if last else None, places[-1:], self.finder.why or "the text has no body"
            ),
        }

    def _share(self, own: Sequence[Mention], every: tuple[int, int]) -> Number:
        """The least: none of its possible mentions counts, and all others do; the most: the other way round."""
        places = self.finder.places(own)
        certain, possible = _tally(own)
        others, maybe = every[0] - certain, every[1] - possible
        if not self.finder.whole or not sum(every):
            return Number(0, 1, places, self.finder.why or "the text has no such mentions")
        low = certain / (certain + others + maybe) if certain else 0.0
        high = (certain + possible) / (certain + possible + others) if certain + possible else 0.0
        return Number(low, high, places, "some mentions are only possible" if low != high else "")

    def _unknown(self, but: str = "") -> list[Attribution]:
        found = self.finder.reading.attributions
        return [each for each in found if each.speaker is None and each.mode != but and not each.negated]

    def _count(self, spoken: Sequence[Attribution], unknown: Sequence[Attribution]) -> Number:
        """`unknown` are those of which the text does not tell who speaks: it may be this actor."""
        certain = sum(each.certain for each in spoken)
        places = self.finder.places(each.contents[0] for each in spoken)
        found = bounded(certain, len(spoken) - certain + len(unknown), places, whole=self.finder.whole)
        if unknown and self.finder.whole:
            return Number(found.low, found.high, places, _HELD.format(len(unknown)))
        return found

    def _count_words(self, spoken: Sequence[Attribution]) -> Number:
        unknown = self._unknown("indirect")
        low = sum(self._quoted[each.id] for each in spoken if each.certain)
        more = sum(self._quoted[each.id] for each in (*spoken, *unknown)) - low
        places = self.finder.places(each.contents[0] for each in spoken)
        found = bounded(low, more, places, whole=self.finder.whole)
        return Number(found.low, found.high, places, _HELD.format(len(unknown))) if more and unknown else found

    def _first_mention(self, actor: Actor, named: Sequence[Span]) -> Number:
        places = self.finder.places(named[:1])
        if actor.first_mention is None:
            return Number(0, 1, places, "it is not named in the body")
        if not self.finder.whole:
            return Number(0, 1, places, self.finder.why)
        return exact(actor.first_mention, places)

    def _first_paragraph(self, named: Sequence[Span]) -> Number:
        article = self.finder.reading.article
        inside = [(at, each) for each in named if (at := article.paragraph_at(each.start)) is not None]
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

    def find_near(self, query: str) -> str | None:
        """A name in the text that is written nearly so; none of a country or a body that is known by its names."""
        if resolve_country(query) or find_body(query):
            return None
        names = {actor.name: _bare(actor.name) for actor in self.finder.reading.actors}
        near = get_close_matches(_bare(query), names.values(), n=1, cutoff=_NEAR)
        return next((name for name, bare in names.items() if bare in near), None)

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
            "subject_share": exact(0) if number.exact else share,
            "first_paragraph": open_,
            "rank": open_,
            "list_size": open_,
        }
        fields["last_in_list"] = Truth(None, (), why)
        return Record("actor", fields)


def _tally(mentions: Sequence[Mention]) -> tuple[int, int]:
    """Certain ones, and those that are only possible."""
    certain = sum(each.certain for each in mentions)
    return certain, len(mentions) - certain


def _bare(name: str) -> str:
    words = fold(name).replace(".", "").removesuffix("'s").removesuffix("'")
    return words.removeprefix("the ")
