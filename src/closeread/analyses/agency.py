"""Who does what to whom: every event clause of an article, with its form, its voice and whether it is said to be so.

Roles come from `arguments.py` and `nominals.py`; here stands what counts as an event, and what it becomes as a
finding. Left out: states and mere aspects (`event_verbs.tsv`), verbs that only lead to another (`seemed to attack`),
participles before a noun (`the burned town`), and the cues of attributions, which are measured as speech.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeread.analyses.arguments import Arguments, find_arguments, find_fixed, find_phrase, find_rid, list_kinds
from closeread.analyses.innermost import Innermost
from closeread.analyses.modality import Status, find_noun_status, find_status
from closeread.analyses.nominals import Nominal, find_nominal, is_event_noun, is_gerund_noun
from closeread.analyses.roles import kind_of_noun
from closeread.analyses.subjects import find_control, find_subject
from closeread.analyses.voices import Voices
from closeread.article import Article, Span
from closeread.findings import Actor, Attribution, Clause, ClauseForm, Participant
from closeread.lexicons import WordClass, index_cue_verbs, index_cue_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NO_EVENT = frozenset({"amod", "compound", "aux", "auxpass", "case", "prep", "quantmod", "advmod", "nmod"})
_CLAUSAL = frozenset({"VERB", "AUX"})
_CUE_PARTS: tuple[WordClass, ...] = ("verb", "noun")
_LEADING = frozenset({"xcomp", "ccomp"})
_NOMINAL_RULE = "agency.nominal"
_RULES = {
    "own": "agency.active",
    "shared": "agency.coordinated",
    "control": "agency.control",
    "relative": "agency.relative",
    "reduced": "agency.reduced",
    "none": "agency.subjectless",
}
_SHOWING = frozenset({"demonstrate", "indicate", "prove", "show", "suggest"})
_PERSONAL = frozenset({"he", "she", "we", "i", "you", "who"})
_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
# Rules and forms whose findings are right at least 9 times in 10 on the tuning data (QA-SRL Wikipedia, 397 of 419):
# the head of each phrase stands in an answer, where people answered for its role.
_CERTAIN: frozenset[tuple[str, ClauseForm]] = frozenset(
    {
        ("agency.active", "active"),
        ("agency.active", "intransitive"),
        ("agency.passive", "passive"),
        ("agency.passive", "agentless-passive"),
        ("agency.reduced", "agentless-passive"),
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """A predicate with the heads of its phrases, before they become places. `verb` is the lemma without its particle,
    the same for a noun and its verb."""

    token: Token
    verb: str
    form: ClauseForm
    agent: Token | None
    patient: Token | None
    recipient: Token | None
    status: Status
    rule: str
    ends: tuple[int, ...] = ()


def find_clauses(
    doc: Doc,
    article: Article,
    actors: Sequence[Actor],
    *,
    attributions: Sequence[Attribution],
    voices: Voices,
    innermost: Innermost,
) -> tuple[Clause, ...]:
    """In the order of the text. Linear in its length."""
    cues = _cue_tokens(doc, attributions)
    events = [event for token in doc if token.i not in cues and (event := find_event(token)) is not None]
    places = _Places(doc, article, actors, _Speaking(actors, voices, attributions, innermost))
    clauses = [_to_clause(event, places, voices, number) for number, event in enumerate(events, start=1)]
    return tuple(_with_agent_elsewhere(clauses, events))


def find_event(token: Token) -> Event | None:
    """None where the token is no predicate of an event."""
    if token.pos_ == "VERB":
        return _nominal_event(token) if is_gerund_noun(token) else _verbal_event(token)
    return _nominal_event(token) if token.pos_ == "NOUN" else None


def _cue_tokens(doc: Doc, attributions: Iterable[Attribution]) -> frozenset[int]:
    """The words of cues that the lists know as such. Where all that is spoken is the noun phrase to which it is done
    (`rejected the bill`), the verb stays an event."""
    starts = [token.idx for token in doc]
    words = set[int]()
    for attribution in attributions:
        if attribution.cue:
            first = max(bisect_right(starts, attribution.cue.start) - 1, 0)
            cue = doc[first : bisect_right(starts, attribution.cue.end - 1)]
            words.update(token.i for token in cue if _is_cue(token, attribution))
    return frozenset(words)


def _is_cue(token: Token, attribution: Attribution) -> bool:
    lemma = token.lemma_.lower()
    entries = index_cue_verbs().get(lemma, ())
    if attribution.mode == "indirect" and any(_is_done_to(child, attribution) for child in token.children):
        return False
    if not attribution.certain:
        return any(entry.strength == "strong" for entry in entries)
    return bool(entries) or any((lemma, part) in index_cue_words() for part in _CUE_PARTS)


def _is_done_to(child: Token, attribution: Attribution) -> bool:
    if child.dep_ == "dobj" and (child.lemma_.lower(), "noun") in index_cue_words():  # `expressed concern`
        return False
    if child.dep_ not in ("dobj", "nsubjpass"):
        return False
    if any(other.dep_ in _LEADING for other in child.head.children):
        return False
    return not attribution.certain or any(place.start <= child.idx < place.end for place in attribution.contents)


def _verbal_event(verb: Token) -> Event | None:
    if verb.dep_ in _NO_EVENT or not _is_event(verb) or _is_rid(verb):
        return None
    found = find_arguments(verb)
    if found.passive and found.subject is None and "adjectival" in list_kinds(verb):
        return None  # `is poised to win`
    agent, patient, recipient = (_as_phrase(head) for head in (found.subject, found.object, found.recipient))
    undergoes = _form_is_intransitive(verb, found) and _changes(verb, found.subject)
    if undergoes:
        agent, patient = None, agent
    if agent is None and patient is None:
        return None
    form = _form(verb, found)
    rule = "agency.passive" if found.passive and found.how == "own" else _RULES[found.how]
    ends = (recipient.head.i,) if recipient is not None and recipient.dep_ == "pobj" else ()
    lemma = "get" if find_rid(verb) is not None else verb.lemma_.lower()
    return Event(verb, lemma, form, agent, patient, recipient, find_status(verb), rule, ends)


def _is_rid(verb: Token) -> bool:
    """`rid` under `gets`: the event is `get rid`."""
    return verb.lower_ == "rid" and verb.head.lemma_ == "get"


def _as_phrase(head: Token | None) -> Token | None:
    """A participant is a noun phrase, no clause; `the wounded` and `the bombing` are noun phrases."""
    if head is None or head.pos_ not in _CLAUSAL:
        return head
    return head if any(child.dep_ in ("det", "poss", "amod") for child in head.lefts) else None


def _is_event(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    kinds = list_kinds(verb)
    if lemma == "let" and (verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in ("alone", "'s", "’s")):
        return False  # `let alone`, `let's say`
    if verb.lower_ == "according" or _is_having(verb) or _is_idiom(verb) or _is_evidence(verb):
        return False
    if not verb.is_alpha or _is_support(verb) or ("state" in kinds and not _is_brought_about(verb)):
        return False
    leads = any(child.dep_ in _LEADING and child.pos_ in _CLAUSAL for child in verb.rights)
    if not leads:
        return True
    if "aspect" in kinds:
        return any(child.dep_ == "dobj" for child in verb.rights)
    control = find_control(verb)
    return control is None or (control.controller == "object" and _acts_on(verb))


def _is_having(verb: Token) -> bool:
    """`have got a plan`."""
    beside = {child.dep_ for child in verb.rights}
    has = any(child.dep_ == "aux" and child.lemma_ == "have" and child.lower_ != "had" for child in verb.lefts)
    return verb.lower_ == "got" and has and "dobj" in beside and not beside & {"prt", "dative", "prep"}


def _is_evidence(verb: Token) -> bool:
    """`it shows that they lost`: a thing that says so by what it is."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    thing = subject is not None and not _is_person(subject) and kind_of_noun(subject) is None and not subject.ent_type_
    return verb.lemma_ in _SHOWING and thing and any(child.dep_ == "ccomp" for child in verb.rights)


def _is_idiom(verb: Token) -> bool:
    """`to begin with`; `two years running`, `the week ending in May`; `competitive and bruising`."""
    if verb.dep_ == "acl" and verb.head.ent_type_ in ("DATE", "TIME"):
        return True
    beside = [child for child in verb.children if child.dep_ not in ("punct", "cc", "advmod")]
    if verb.lemma_ in ("begin", "start") and [child.lower_ for child in beside] == ["to", "with"]:
        return not any(beside[1].children)
    adjective = verb.dep_ == "conj" and verb.head.pos_ == "ADJ" and verb.tag_ == "VBG"
    return adjective and "alone" not in list_kinds(verb) and not any(child.i > verb.i for child in beside)


def _find_support(noun: Token) -> Token | None:
    """The verb of which a noun is the object, where it only lends its subject (`carried out attacks and arrests`)."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    verb = noun.head
    supports = "support" in list_kinds(verb)
    return verb if supports and noun.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB" else None


def _find_responsible(noun: Token) -> Token | None:
    """Who is called responsible for it."""
    preposition = noun.head
    adjective = preposition.head
    if noun.dep_ != "pobj" or preposition.lower_ != "for" or adjective.lower_ != "responsible":
        return None
    above = adjective.head
    return above if adjective.dep_ == "amod" else find_subject(above).token


def _is_support(verb: Token) -> bool:
    kinds = list_kinds(verb)
    objects = (child for child in verb.children if child.dep_ in ("dobj", "nsubjpass"))
    return "support" in kinds and any(is_event_noun(child) for child in objects)


def _is_brought_about(verb: Token) -> bool:
    """A state that somebody did, or did not, bring about is an event: `managed to contain the fire`."""
    word = find_control(verb.head) if verb.dep_ == "xcomp" else None
    return word is not None and word.holds != "open" and word.controller == "subject"


def _acts_on(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "dative", "nsubjpass") for child in verb.children)


def _form_is_intransitive(verb: Token, found: Arguments) -> bool:
    return not found.passive and found.object is None and found.recipient is None


def _changes(verb: Token, subject: Token | None) -> bool:
    if verb.lemma_.lower() == "break" and any(child.lower_ == "with" for child in verb.rights):
        return False
    if verb.lemma_.lower() == "come" and any(child.lower_ == "under" for child in verb.rights):
        return True  # `came under attack`
    kinds = list_kinds(verb)
    return "change" in kinds and not ("agentive" in kinds and subject is not None and _is_person(subject))


def _is_person(head: Token) -> bool:
    return head.ent_type_ == "PERSON" or head.lower_ in _PERSONAL or kind_of_noun(head) in ("person", "group")


def _form(verb: Token, found: Arguments) -> ClauseForm:
    if found.passive:
        return "agentless-passive" if found.subject is None else "passive"
    return "intransitive" if _form_is_intransitive(verb, found) else "active"


def _nominal_event(noun: Token) -> Event | None:
    support = _find_support(noun)
    carrier = find_arguments(support).subject if support else _find_responsible(noun)
    found: Nominal | None = find_nominal(noun, carrier)
    if found is None:
        return None
    status = find_status(support) if support else find_noun_status(noun)
    ends = found.ends if support or carrier is None else (*found.ends, noun.head.head.i)
    return Event(noun, found.verb, "nominal", found.agent, found.patient, found.recipient, status, _NOMINAL_RULE, ends)


class _Speaking:
    """Who says `I`: the person who speaks, where the words are quoted and it is certain whose they are."""

    def __init__(
        self, actors: Sequence[Actor], voices: Voices, attributions: Sequence[Attribution], innermost: Innermost
    ) -> None:
        self._innermost, self._voices = innermost, voices
        people = {actor.id for actor in actors if actor.kind == "person"}
        self._speakers = {each.id: each.speaker for each in attributions if each.certain and each.speaker in people}

    def speaker_of(self, word: Token) -> str | None:
        if word.lower_ not in _FIRST_PERSON or self._voices.voice_at(word.idx) != "quoted":
            return None
        attribution = self._innermost.attribution_at(word.idx)
        return self._speakers.get(attribution) if attribution else None


class _Places:
    """Phrases of one article as places, and the actors that their heads mean."""

    def __init__(self, doc: Doc, article: Article, actors: Sequence[Actor], speaking: _Speaking) -> None:
        self.doc, self.article, self._speaking = doc, article, speaking
        mentions = sorted((mention.start, mention.end, actor.id) for actor in actors for mention in actor.mentions)
        self._mentions = mentions
        self._starts = [start for start, _, _ in mentions]
        demonyms = (each for actor in actors for each in actor.mentions if each.form == "demonym")
        self._demonyms = frozenset(each.start for each in demonyms)
        self._doubtful = sorted(each.start for actor in actors for each in actor.mentions if not each.certain)

    def predicate(self, event: Event) -> Span:
        """The verb with a particle right after it (`blew up`), or the noun; `get rid` and `took place` as a whole."""
        first, last = event.token, find_fixed(event.token) or event.token
        rid = find_rid(event.token)
        if rid is not None:
            first = next((child for child in rid.children if child.dep_ == "auxpass"), first)
            last = rid
        if last.i + 1 < len(self.doc) and self.doc[last.i + 1].dep_ == "prt" and self.doc[last.i + 1].head == last:
            last = self.doc[last.i + 1]
        return self.article.span(first.idx, last.idx + len(last))

    def participant(self, head: Token | None, event: Event) -> Participant | None:
        if head is None:
            return None
        start, end = find_phrase(head, event.token)
        end = min((end, *(at for at in event.ends if head.i < at)))
        if self.doc[end - 1].tag_ == "POS" and end - 1 > head.i:
            end -= 1
        last = self.doc[end - 1]
        place = self.article.span(self.doc[start].idx, last.idx + len(last))
        return Participant(place.start, place.end, place.text, self._actors(head, start, end))

    def are_clear(self, *participants: Participant | None) -> bool:
        """Whether it is certain of all mentions in these phrases whom they mean."""
        named = (each for each in participants if each is not None and each.actors)
        return all(bisect_left(self._doubtful, each.start) == bisect_left(self._doubtful, each.end) for each in named)

    def _actors(self, head: Token, start: int, end: int) -> tuple[str, ...]:
        """One for each head of a coordination, in the order of the text."""
        heads = [head, *(word for word in head.conjuncts if start <= word.i < end)]
        meant = [word for word in heads if not self._is_one(word)]
        found = (self._actor_at(word.idx) or self._speaking.speaker_of(word) for word in meant)
        return tuple(dict.fromkeys(actor for actor in found if actor is not None))

    def _is_one(self, word: Token) -> bool:
        """`the first American`, `an American`: one of a people, who is not the state."""
        new = any(child.dep_ == "amod" or child.lower_ in ("a", "an", "one", "another") for child in word.lefts)
        return word.idx in self._demonyms and new

    def _actor_at(self, offset: int) -> str | None:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        _, end, actor = self._mentions[at]
        return actor if offset < end else None


def _to_clause(event: Event, places: _Places, voices: Voices, number: int) -> Clause:
    predicate = places.predicate(event)
    agent, patient, recipient = (
        places.participant(head, event) for head in (event.agent, event.patient, event.recipient)
    )
    lemma = predicate.text.lower() if event.form == "nominal" else _lemma(event, predicate)
    return Clause(
        id=f"c{number}",
        predicate=predicate,
        lemma=lemma,
        form=event.form,
        agent=agent,
        patient=patient,
        recipient=recipient,
        agent_elsewhere=None,
        negated=event.status.negated,
        modality=event.status.modality,
        voice=voices.voice_at(predicate.start),
        rule=event.rule,
        certain=(event.rule, event.form) in _CERTAIN and places.are_clear(agent, patient, recipient),
    )


def _lemma(event: Event, predicate: Span) -> str:
    particle = predicate.text.partition(" ")[2]
    return f"{event.verb} {particle.lower()}" if particle else event.verb


def _with_agent_elsewhere(clauses: Sequence[Clause], events: Sequence[Event]) -> Iterator[Clause]:
    """The same event is one of the same verb, or its noun, that is done to the same."""
    agents: dict[tuple[str, str], Span] = {}
    for clause, event in zip(clauses, events, strict=True):
        if clause.agent is not None and not clause.negated and not _is_pronoun(event.agent, clause.agent):
            for key in _keys(clause, event):
                agents.setdefault(key, Span(clause.agent.start, clause.agent.end, clause.agent.text))
    for clause, event in zip(clauses, events, strict=True):
        if clause.agent is None:
            place = next((agents[key] for key in _keys(clause, event) if key in agents), None)
            clause = replace(clause, agent_elsewhere=place)
        yield clause


def _is_pronoun(head: Token | None, agent: Participant) -> bool:
    return head is not None and head.pos_ == "PRON" and not agent.actors


def _keys(clause: Clause, event: Event) -> list[tuple[str, str]]:
    """By the actors that are meant; by the noun where the patient is none."""
    if clause.patient is None or event.patient is None:
        return []
    if clause.patient.actors:
        return [(event.verb, actor) for actor in clause.patient.actors]
    return [] if event.patient.pos_ == "PRON" else [(event.verb, f"noun {event.patient.lemma_.lower()}")]
