"""What one clause tells, in a form in which two can be laid side by side: which event, who takes part, when and where.

An account keeps its tokens, so that a word of one can be shown beside the word of another that it answers to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeread.analyses.amounts import Amount
from closeread.analyses.arguments import find_arguments, list_kinds
from closeread.analyses.modality import Status, find_status, is_nobody
from closeread.analyses.moments import Moment, read_moment
from closeread.analyses.whereabouts import Whereabouts, find_whereabouts
from closeread.findings import Actor, Clause, Participant
from closeread.lexicons.events import index_event_nouns
from closeread.lexicons.rows import SameWords
from closeread.lexicons.senses import index_opposites, index_same_words, sense_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DESCRIBING = frozenset({"amod", "compound", "nmod", "poss"})
# What makes one predicate with its verb: `step down`, `lose lives`, `leave dead`.
_JOINED = frozenset({"prt", "dobj", "oprd", "acomp", "ccomp"})
_TOLLS = frozenset({"toll"})
_TELL_TOLL = frozenset({"be", "stand", "reach", "number", "total"})
# What only leads a sentence in (`in the end`, `in all`).
_FRAMING = frozenset({"all", "effort", "end", "event", "fact", "meantime", "short", "stretch", "total"})
_CHANGES = frozenset({"increase", "decrease", "drop"})
_PERIODS = frozenset({"day", "month", "year", "night"})
_COUNTING = frozenset({"total", "number"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_TIMES = frozenset({"DATE", "TIME"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WHERE = frozenset({"in", "at", "near", "outside", "inside"})
_WHEN = frozenset({"on", "in", "at", "during", ""})
_ADVERBS = frozenset({"advmod", "npadvmod", "advcl", "xcomp", "ccomp", "acomp", "oprd", "attr"})
_OBJECTS = frozenset({"dobj", "pobj", "attr", "acomp"})
# Before the noun of an event that is said to have been held, or to have taken place.
_HELD = "hold "
_DONE_TO_SUBJECT = frozenset({"lose life", "take place"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head, the actors it means, the sense of its noun (empty for a pronoun or a bare number), the
    words that describe it, and its number."""

    head: Token
    actors: frozenset[str]
    noun: str
    describing: frozenset[str]
    amount: Amount | None
    definite: bool

    @property
    def is_pronoun(self) -> bool:
        return self.head.pos_ == "PRON"

    @property
    def is_nobody(self) -> bool:
        return is_nobody(self.head)


@dataclass(frozen=True, slots=True)
class Account:
    """One event as one clause tells it. `roles` maps `agent`, `patient`, `recipient` and prepositions to phrases;
    `limits` are the words that narrow what is said (`only`, `again`, a clause of its own)."""

    token: Token
    sense: str
    kind: str | None
    roles: Mapping[str, Phrase]
    when: tuple[Moment, ...]
    where: tuple[Phrase, ...]
    status: Status
    tense: str
    limits: frozenset[str]

    @property
    def is_passive(self) -> bool:
        return any(child.dep_ in ("auxpass", "nsubjpass") for child in self.token.children)

    @property
    def core(self) -> tuple[Phrase, ...]:
        return tuple(self.roles[role] for role in ("agent", "patient", "recipient") if role in self.roles)


class Phrases:
    """The noun phrases of one article by their heads."""

    def __init__(self, doc: Doc, actors: Sequence[Actor], amounts: Mapping[int, Amount]) -> None:
        self.doc, self.amounts = doc, amounts
        # An actor without a name is the noun that describes it, and nouns are compared as such.
        named = [actor for actor in actors if actor.rule != "actors.described"]
        self._mentions = sorted((place.start, place.end, actor.id) for actor in named for place in actor.mentions)
        self._starts = [start for start, _, _ in self._mentions]
        self._known: dict[int, Phrase] = {}

    def phrase(self, head: Token) -> Phrase:
        """`a total of 15 people` is 15 people."""
        if head.lemma_ in _COUNTING:
            after = (inner for child in head.rights if child.lower_ == "of" for inner in child.children)
            head = next((inner for inner in after if inner.i in self.amounts), head)
        found = self._known.get(head.i)
        if found is None:
            found = self._known[head.i] = self._read(head)
        return found

    def actor_at(self, offset: int) -> str | None:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        _, end, actor = self._mentions[at]
        return actor if offset < end else None

    def _read(self, head: Token) -> Phrase:
        heads = [head, *(word for word in head.conjuncts if word.i > head.i)]
        amount = self.amounts.get(head.i)
        if amount is not None and head.pos_ != "PROPN":  # who is counted is told by the noun
            heads = []
        actors = frozenset(actor for word in heads if (actor := self.actor_at(word.idx)) is not None)
        bare = head.pos_ == "PRON" or (amount is not None and amount.bearer == head and not amount.unit)
        noun = "" if bare or head.pos_ == "NUM" else sense_of(head.lemma_.lower(), "noun")
        noun = amount.unit if amount is not None and amount.unit else noun
        definite = head.pos_ == "PROPN" or any(
            (child.dep_ == "det" and child.lower_ in _DEFINITE) or child.dep_ == "poss" for child in head.lefts
        )
        return Phrase(head, actors, noun, frozenset(self._describing(head, amount)), amount, definite)

    def _describing(self, head: Token, amount: Amount | None) -> Iterator[str]:
        own = self.actor_at(head.idx)
        for child in head.children:
            if child.i in self.amounts or (amount is not None and amount.first.i <= child.i <= amount.last.i):
                continue
            if child.dep_ in _DESCRIBING or (child.dep_ == "nummod" and amount is None):
                actor = self.actor_at(child.idx)
                yield actor if actor is not None and actor != own else child.lemma_.lower()
            elif child.dep_ == "prep" and child.lower_ in ("of", "with", "for", "from", "between", "against"):
                yield from (self.actor_at(inner.idx) or inner.lemma_.lower() for inner in child.children)
            elif child.dep_ == "det" and child.lower_ in ("another", "each", "every", "any", "no"):
                yield child.lower_
            elif child.dep_ in ("relcl", "acl") and child.i > head.i:
                yield child.lemma_.lower()


@dataclass(frozen=True, slots=True)
class _Plan:
    """A predicate before its phrases are read."""

    token: Token
    sense: str
    kind: str | None
    heads: Mapping[str, Token]
    status: Status | None
    place: Token | None = None


def list_accounts(doc: Doc, clauses: Sequence[Clause], phrases: Phrases) -> list[Account]:
    """The accounts of events that are told more than once, or whose opposite is told too, in the order of the text.
    Linear in its length."""
    starts = {token.idx: token for token in doc}
    plans = [_of_clause(starts[clause.predicate.start], clause, starts) for clause in clauses if clause.lemma != "be"]
    taken = {plan.token.i for plan in plans}
    plans += [_of_state(token) for token in doc if token.i not in taken and _is_state(token)]
    plans += map(_of_whereabouts, find_whereabouts(doc))
    held = {plan.sense.removeprefix(_HELD) for plan in plans if plan.sense.startswith(_HELD)}
    taken = {head.i for plan in plans if plan.kind == "light" for head in plan.heads.values()}
    nouns = (token for token in doc if held and token.pos_ == "NOUN" and token.i not in taken)
    plans += [_of_noun(token) for token in nouns if _noun_of(token) in held]
    plans += [plan for token in doc if token.lemma_ in _TOLLS and (plan := _of_toll(token, phrases)) is not None]
    told = Counter(plan.sense for plan in plans)
    opposed = index_opposites()
    return [
        _read(plan, phrases)
        for plan in sorted(plans, key=lambda plan: plan.token.i)
        if told[plan.sense] > 1 or any(told[other] for other in opposed.get((plan.sense, "verb"), ()))
    ]


def _of_clause(token: Token, clause: Clause, starts: Mapping[int, Token]) -> _Plan:
    named = (("agent", clause.agent), ("patient", clause.patient), ("recipient", clause.recipient))
    heads = {role: _root(place, starts) for role, place in named if place is not None}
    sense, kind = _sense(token)
    return _lightened(_Plan(token, sense, kind, heads, Status(clause.negated, clause.modality)))


def _of_state(token: Token) -> _Plan:
    sense, kind = _sense(token)
    return _Plan(token, sense, kind, {}, None)


def _of_toll(noun: Token, phrases: Phrases) -> _Plan | None:
    """`the death toll stands at 12`: so many were killed."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in _TELL_TOLL:
        return None
    near = [*verb.rights, *(inner for child in verb.rights if child.lower_ == "at" for inner in child.children)]
    number = next((token for token in near if token.i in phrases.amounts), None)
    return _Plan(verb, sense_of("die", "verb"), "once", {"patient": number}, find_status(verb)) if number else None


def _of_noun(token: Token) -> _Plan:
    """An event that is named where another place says that it was held: `the rally in Leeds`."""
    return _Plan(token, f"{_HELD}{_noun_of(token)}", "light", {"patient": token}, Status(False, "asserted"))


def _of_whereabouts(found: Whereabouts) -> _Plan:
    """A body may have more than one seat, so that two are never certain to conflict: no `once`."""
    sense = "sit" if found.sits else f"{_HELD}{_noun_of(found.what)}"
    return _Plan(found.token, sense, "light", {"patient": found.what}, find_status(found.token), found.place)


def _noun_of(token: Token) -> str:
    return sense_of(token.lemma_.lower(), "noun")


def _lightened(plan: _Plan) -> _Plan:
    """`lost their lives` and `took place` are done to their subject; an event that took place is that event."""
    heads = dict(plan.heads)
    if "patient" in heads and heads["patient"].dep_ == "dobj":
        form = f"{plan.token.lemma_.lower()} {heads['patient'].lemma_.lower()}"
        if form in _DONE_TO_SUBJECT and "agent" in heads:
            heads["patient"] = heads.pop("agent")
    elif "patient" not in heads and plan.token.lemma_ == "leave" and plan.sense != "leave":  # `left 12 dead`
        below = [inner for child in plan.token.children if child.dep_ in _JOINED for inner in child.children]
        heads.update(("patient", inner) for inner in below if inner.pos_ == "NUM")
    if plan.kind == "light":
        held = heads.pop("patient", None) or heads.pop("agent", None)
        if held is not None:
            sense = f"{_HELD}{_noun_of(held)}"
            return _Plan(plan.token, sense, plan.kind, {"patient": held, **heads}, plan.status)
    return _Plan(plan.token, plan.sense, plan.kind, heads, plan.status)


def _root(place: Participant, starts: Mapping[int, Token]) -> Token:
    """The token of a phrase on which the others hang."""
    first = starts[place.start]
    token = first
    while token.head != token and place.start <= token.head.idx < place.end:
        token = token.head
    return token


def _sense(token: Token) -> tuple[str, str | None]:
    """Of a verb with its particle or object, or of the verb behind a noun."""
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        entry = index_event_nouns().get(lemma)
        lemma = entry.verb if entry else lemma
    else:
        if (row := _row(f"{lemma} to")) and any(child.dep_ == "xcomp" for child in token.rights):
            return row.words[0], row.kind
        for child in token.children:
            if child.dep_ in _JOINED and (row := _row(f"{lemma} {child.lemma_.lower()}")):
                return row.words[0], row.kind
    row = _row(lemma)
    return (row.words[0], row.kind) if row else (lemma, None)


def _row(words: str) -> SameWords | None:
    return index_same_words().get((words, "verb"))


def _is_state(token: Token) -> bool:
    """Verbs that are no events (`lasted`, `was born`), and cues whose content is no clause (`announced the plan`).
    Auxiliaries are left out; `be` is read elsewhere."""
    if token.pos_ != "VERB" or token.lemma_ == "be" or token.dep_ in ("aux", "auxpass", "amod", "compound", "punct"):
        return False
    if "state" in list_kinds(token):
        return True
    labels = {child.dep_ for child in token.children}
    row = _row(token.lemma_.lower())
    if row is not None and "ccomp" not in labels:  # `did not respond`, `declined to comment`, `announced on Monday`
        return True
    if "xcomp" in labels and (_sense(token)[0], "verb") in index_opposites():  # `agreed to`, `refused to`
        return True
    return bool(labels & {"dobj", "nsubjpass"}) and "ccomp" not in labels


def _read(plan: _Plan, phrases: Phrases) -> Account:
    heads = dict(plan.heads)
    status = plan.status
    if status is None:
        found = find_arguments(plan.token)
        named = (("agent", found.subject), ("patient", found.object), ("recipient", found.recipient))
        heads = {role: head for role, head in named if head is not None and head.pos_ not in ("VERB", "AUX")}
        status = find_status(plan.token)
    roles = {role: _without(phrases.phrase(head), plan.token) for role, head in heads.items()}
    when: list[Moment] = []
    where = [phrases.phrase(plan.place)] if plan.place is not None else []
    if plan.sense in _CHANGES and "patient" in roles and roles["patient"].amount and "agent" in roles:
        roles["by"], roles["patient"] = roles["patient"], roles.pop("agent")  # `fell 3 percent`, `fell by 3 percent`
    moment = _moment_of_clause(plan.token)
    when += [moment] if moment is not None else []
    for preposition, inner in _obliques(plan.token, phrases.amounts):
        if inner.lemma_.lower() in _FRAMING:
            continue
        if inner.ent_type_ in _TIMES and not (inner.i in phrases.amounts and preposition not in _WHEN):
            moment = read_moment(inner.subtree) if preposition in _WHEN else None
            if moment is not None:
                when.append(moment)
        elif preposition in _WHERE and _is_place(inner, preposition, plan.token):
            where.append(phrases.phrase(inner))
        elif preposition not in _WHEN or preposition in ("on", "in", "at"):
            roles.setdefault(preposition, phrases.phrase(inner))
    token = plan.token
    return Account(
        *(token, plan.sense, plan.kind, roles, tuple(when), tuple(where), status, find_tense(token), _limits(token))
    )


def _is_place(inner: Token, preposition: str, verb: Token) -> bool:
    """A name of a place; and after a verb with `in`, a name that the parser takes for a body or for nothing."""
    if inner.ent_type_ in _PLACES:
        return True
    beside = verb.pos_ == "VERB" and inner.head.head == verb and preposition in ("in", "near")
    return beside and inner.pos_ == "PROPN" and inner.ent_type_ in ("", "ORG")


def _without(phrase: Phrase, token: Token) -> Phrase:
    """The noun that the clause itself describes: `the storm that killed two` is `the storm`."""
    if token.head != phrase.head:
        return phrase
    return replace(phrase, describing=phrase.describing - {token.lemma_.lower()})


def _obliques(token: Token, amounts: Mapping[int, Amount]) -> Iterator[tuple[str, Token]]:
    """What stands after prepositions of the predicate or of its object, and times without one. The parser may hang
    `in Aleppo` and `on Tuesday` on what stands before them."""
    around = _is_cleft(token.head) or (token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass"))
    waiting = [token, token.head] if around else [token]
    while waiting:
        head = waiting.pop(0)
        for child in head.children:
            if child.dep_ == "prep" and not (head != token and child.lower_ == "of"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield child.lower_, inner
                        waiting.append(inner)
            elif child.i in amounts and child.dep_ == "npadvmod" and head == token:
                yield "by", child
            elif child.ent_type_ in _TIMES and child.dep_ in ("npadvmod", "nmod", "compound", "poss", "advmod"):
                if child.dep_ in ("npadvmod", "advmod") or head == token:
                    yield "", child
            elif (child.dep_ == "dobj" and head == token) or child.lower_ == "back":
                waiting.append(child)


def _moment_of_clause(token: Token) -> Moment | None:
    """`in 2001, when he left`; `June 11 was the day on which he left`."""
    word = next((child for child in token.lefts if child.tag_ == "WRB" and child.lower_ == "when"), None)
    head = token.head
    if head == token or token.dep_ not in ("relcl", "advcl", "ccomp", "acl"):
        return None
    if head.lemma_ in _PERIODS and head.head.lemma_ == "be":
        said = next((child for child in head.head.lefts if child.dep_ == "nsubj"), None)
        return read_moment(said.subtree) if said is not None else None
    if word is None:
        return None
    near = head.doc[max(token.left_edge.i - 3, 0) : token.left_edge.i]
    dated = [other for other in near if other.ent_type_ in _TIMES]
    return read_moment(dated) if dated else None


def _is_cleft(verb: Token) -> bool:
    """`It was on Monday that he left.`"""
    return verb.lemma_ == "be" and any(child.lower_ == "it" and child.dep_ in ("nsubj", "expl") for child in verb.lefts)


def find_tense(token: Token) -> str:
    """`past`, `present`, `future`, `perfect`, `pluperfect`; empty for a noun and a clause without a finite verb."""
    if token.pos_ == "NOUN":
        return ""
    forms = {child.lower_: child.tag_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    if forms.keys() & {"will", "wo", "shall", "'ll", "’ll"}:
        return "future"
    if forms.keys() & {"had", "'d"} and token.tag_ == "VBN":
        return "pluperfect"
    if forms.keys() & {"has", "have", "'ve", "'s"} and token.tag_ == "VBN":
        return "perfect"
    if token.tag_ == "VBD" or forms.keys() & {"was", "were", "did", "got"}:
        return "past"
    if token.tag_ in ("VBZ", "VBP") or forms.keys() & {"is", "are", "am", "does", "do", "'re"}:
        return "present"
    return ""


def _limits(token: Token) -> frozenset[str]:
    return frozenset(
        ("to " if child.dep_ == "xcomp" else "") + child.lemma_.lower() + _below(child)
        for child in token.children
        if child.dep_ in _ADVERBS and child.ent_type_ not in _TIMES
    )


def _below(child: Token) -> str:
    """The object of a clause that is part of what is told: `wants to raise taxes`."""
    return "".join(f" {word.lemma_.lower()}" for word in child.children if word.dep_ in _OBJECTS)
