"""Whether an event is said to be so: negated; possible under a modal verb, wish, plan or doubt; hypothetical."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.nominals import GETTING
from closeread.analyses.subjects import find_control, find_governor, is_ranked
from closeread.findings import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "assuming", "supposing"})
_DOUBTS = frozenset(
    {"allegedly", "reportedly", "possibly", "perhaps", "maybe", "probably", "presumably", "apparently", "supposedly"}
)
# What is announced is said to be so.
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_NONE = frozenset({"nobody", "none", "nothing", "neither", "no-one"})
_OR = frozenset({"or", "nor"})
_ENDED = frozenset({"stop", "quit", "cease", "keep", "forget"})
# With an event as their object: what is wanted or planned may be, what is prevented is not.
_WANTING = frozenset(
    {"advocate", "consider", "contemplate", "demand", "desire", "expect", "favor", "favour", "mull", "need", "plan"}
    | {"plot", "pledge", "promise", "propose", "pursue", "recommend", "request", "require", "seek", "threaten", "urge"}
    | {"want"}
)
# With a clause as their object, which is wished, feared or in doubt.
_WISHING = frozenset(
    {"ask", "demand", "doubt", "fear", "hope", "pray", "propose", "recommend", "request", "require", "wish"}
)
# Whose denial is one of their clause.
_BELIEVING = frozenset({"believe", "imagine", "suppose", "think"})
# What is done in this way shares the modality of the clause: `could win by selling it`.
_MEANS = frozenset({"by", "in", "through", "without"})
# An imperative stands alone, is what is said, or joins another one; and has none of these.
_ORDERED = frozenset({"ROOT", "ccomp", "parataxis"})
_UNORDERED = frozenset({"nsubjpass", "expl", "auxpass", "csubj", "mark"})
_US = frozenset({"'s", "’s", "us"})
_LETTING = frozenset({"hear", "help", "let", "make", "see"})
_WANTING_FOR = frozenset(
    {"appeal", "ask", "beg", "call", "hope", "plan", "plead", "prepare", "press", "push", "wait", "wish"}
)
# Before a noun of an event: it may be or was to be; it did not come about.
_UNSURE = frozenset(
    {"alleged", "apparent", "attempted", "intended", "likely", "planned", "possible", "potential", "promised"}
    | {"proposed", "purported", "reported", "rumored", "rumoured", "supposed", "suspected", "threatened"}
)
_FAILED = frozenset({"aborted", "averted", "canceled", "cancelled", "foiled", "prevented", "thwarted"})
_PREVENTING = frozenset(
    {"abort", "avert", "avoid", "bar", "block", "cancel", "deter", "foil", "forbid", "prevent", "prohibit", "thwart"}
)
# Who is too much so to do something does it: `too quick to blame`.
_WILLING = frozenset(
    {"anxious", "eager", "fast", "glad", "happy", "keen", "pleased", "quick", "ready", "ripe", "willing"}
)
_STRENGTH: dict[Modality, int] = {"asserted": 0, "possible": 1, "hypothetical": 2}
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Status:
    negated: bool
    modality: Modality

    def under(self, above: Status) -> Status:
        """What is left of this below another: denials cancel each other, the stronger modality stays."""
        return Status(self.negated != above.negated, max(self.modality, above.modality, key=_STRENGTH.__getitem__))


_PLAIN = Status(False, "asserted")


def find_status(verb: Token, *, steps: int = 0) -> Status:
    """Of a verb, with what the verbs above it say of it: `did not want to attack` is negated and possible."""
    own = Status(_is_denied(verb), _own_modality(verb))
    if steps > _LONGEST:
        return own
    if verb.dep_ == "conj":
        return _shared(verb, own, steps)
    return own.under(_from_above(verb, steps))


def find_noun_status(noun: Token) -> Status:
    """Of an event told by a noun: `there may be an attack`, `they want an attack`, `they prevented the attack`, `they
    may win support`."""
    own = _by_adjectives(noun).under(Status(is_nobody(noun), "asserted"))
    first = noun
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head
    above = first.head
    lemma = above.lemma_.lower()
    if first.dep_ == "pobj" and above.lower_ == "for" and above.head.lemma_.lower() in _WANTING_FOR:
        return own.under(Status(False, "possible")).under(find_status(above.head))
    if first.dep_ == "attr" and any(child.dep_ == "expl" for child in above.children):
        return own.under(find_status(above))
    if _is_object(first) and lemma in GETTING:
        return own.under(find_status(above))
    if _is_object(first) and lemma in _WANTING | _PREVENTING:
        held = Status(True, "asserted") if lemma in _PREVENTING else Status(False, "possible")
        return own.under(held).under(find_status(above))
    return own


def _by_adjectives(noun: Token) -> Status:
    """`the proposed ban`, `the foiled attack`."""
    words = {child.lower_ for child in noun.lefts if child.dep_ == "amod"}
    return Status(bool(words & _FAILED), "possible" if words & _UNSURE else "asserted")


def _is_object(noun: Token) -> bool:
    """Of an active verb, or of a passive one that says nothing further of it (`is expected to last`)."""
    verb = noun.head
    return noun.dep_ == "dobj" or (
        noun.dep_ == "nsubjpass" and not any(child.dep_ == "xcomp" for child in verb.children)
    )


def _own_modality(verb: Token) -> Modality:
    modality: Modality = "asserted"
    for child in _with_getting(verb):
        word = child.lower_
        if child.dep_ == "mark" and word in _CONDITIONS:
            return "hypothetical"
        if (child.tag_ == "MD" and word not in _FUTURE) or word in _DOUBTS:
            modality = "possible"
    if _is_inverted(verb):
        return "hypothetical"
    return "possible" if is_imperative(verb) else modality


def is_imperative(verb: Token) -> bool:
    """`Go home`, `do not go`, and where it calls on somebody: `Ann, go home`. Not what one makes or lets another do."""
    first = verb
    while first.dep_ == "conj" and first.head.tag_ == "VB":
        first = first.head
    if first.dep_ not in _ORDERED or (first.head != first and first.head.lemma_.lower() in _LETTING):
        return False
    called = any(_is_called(child) for child in first.lefts)
    if verb.tag_ != "VB" and not (verb.tag_ == "VBP" and called):
        return False
    return all(_may_be_ordered(child) for child in (*first.lefts, *verb.lefts))


def _may_be_ordered(child: Token) -> bool:
    if child.dep_ == "aux":
        return child.lower_ == "do"
    return child.dep_ not in _UNORDERED and (child.dep_ != "nsubj" or _is_called(child))


def _is_called(child: Token) -> bool:
    """`Ann, go`: no subject of a verb in the plural."""
    return child.dep_ in ("nsubj", "npadvmod") and child.tag_ == "NNP" and child.right_edge.nbor().text == ","


def _with_getting(verb: Token) -> Iterator[Token]:
    """The children of a verb; of `rid` those of its `get` too, where the parser takes that for an auxiliary."""
    yield from verb.children
    if verb.lower_ == "rid":
        yield from (word for child in verb.children if child.lemma_ == "get" for word in child.children)


def _is_inverted(verb: Token) -> bool:
    """`Had the army attacked`, `should the rebels win`."""
    first = next(iter(verb.lefts), None)
    if first is None or first.lower_ not in ("had", "should", "were") or not first.dep_.startswith("aux"):
        return False
    return verb.dep_ in ("advcl", "ccomp") and any(child.dep_.startswith("nsubj") for child in verb.lefts)


def _is_denied(verb: Token) -> bool:
    """`not`, `never`, and phrases with `no` in them: `no soldier was killed`, `killed no one`. What cannot be done
    without something is done with it."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return not _has_denial(verb.head.head)
    doing = (child for child in verb.rights if child.lower_ == "without")
    return _has_denial(verb) and not any(word.dep_ == "pcomp" for without in doing for word in without.children)


def _has_denial(verb: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ in ("nsubj", "nsubjpass", "dobj") and is_nobody(child))
        for child in _with_getting(verb)
    ) or any(is_nobody(word) for by in verb.children if by.dep_ == "agent" for word in by.children)


def is_nobody(head: Token) -> bool:
    if head.lower_ in _NONE or any(
        child.lower_ in ("no", "neither") and child.dep_ in ("det", "neg", "preconj") for child in head.lefts
    ):
        return True
    owners = (word for of in head.rights if of.lower_ == "of" for held in of.children for word in held.lefts)
    return any(word.lower_ == "neither" for word in owners)  # `the acts of neither side`


def _shared(verb: Token, own: Status, steps: int) -> Status:
    """A verb without a subject and auxiliary of its own stands under those of the one before: `may attack and burn`.
    It shares a denial only after `or` (`did not attack or burn`)."""
    if any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") and child.tag_ != "TO" for child in verb.children):
        return own
    if verb.head.pos_ not in ("VERB", "AUX"):
        return own
    first = find_status(verb.head, steps=steps + 1)
    same = verb.tag_ == verb.head.tag_ or first.modality == "hypothetical"
    denied = first.negated and any(child.dep_ == "cc" and child.lower_ in _OR for child in verb.head.children)
    return own.under(Status(denied, first.modality if same else "asserted"))


def _from_above(verb: Token, steps: int) -> Status:
    """What governs the verb: a control word before it (`failed to`, `the plan to`), or a purpose."""
    infinitive = any(child.tag_ == "TO" for child in verb.children)
    above = find_governor(verb)
    if verb.dep_ == "ccomp" and above.i < verb.i and (wished := _by_wish(verb, above, steps)):
        return wished
    if _is_beside(verb):
        return Status(False, _status_above(above, steps).modality)
    governed = verb.dep_ in ("xcomp", "pcomp") or (
        infinitive and verb.dep_ in ("ccomp", "acl", "advcl", "oprd", "relcl")
    )
    if not governed or above == verb or _is_aside(verb) or (verb.dep_ == "pcomp" and verb.head.head.pos_ == "ADV"):
        return _PLAIN
    if verb.dep_ == "xcomp" and not infinitive and above.lemma_ == "be":  # `all they did was burn it`
        return _status_above(above, steps)
    entry = find_control(above)
    if infinitive and _is_to_be_done(above):
        return Status(False, "possible").under(_status_above(above, steps))
    if infinitive and (measured := _by_measure(verb, above, steps)):
        return measured
    if entry is None:
        return Status(False, "possible") if infinitive and not _is_told_by(verb, above) else _PLAIN
    aims = entry.part == "noun" and verb.dep_ == "pcomp" and verb.head.lower_ == "of"  # `the aim of winning`
    if not infinitive and (above.lemma_ in _ENDED or entry.part != "verb") and not _keeps_from(verb) and not aims:
        return _PLAIN
    if verb.dep_ == "advcl" and entry.holds != "open" and entry.part == "verb" and " " not in entry.lemma:
        return Status(False, "possible")
    none = entry.part == "noun" and is_nobody(above)  # `has no plan to attack`
    held = Status((entry.holds == "not-done") != none, "possible" if entry.holds == "open" else "asserted")
    return held.under(_status_above(above, steps))


def _by_wish(verb: Token, above: Token, steps: int) -> Status | None:
    """What is wished, feared or doubted may be, what nobody doubts is so, what somebody does not think is not;
    `let us go` asks for it."""
    if above.lemma_ == "let" and verb.left_edge.lower_ in _US and is_imperative(above):
        return Status(False, "possible")
    lemma = above.lemma_.lower()
    if lemma not in _WISHING | _BELIEVING or _is_asked(verb):
        return None
    status = _status_above(above, steps)
    if lemma in _BELIEVING:  # `I do not think they won`: they did not, he thinks
        return Status(True, status.modality) if status.negated else None
    sure = lemma == "doubt" and status.negated
    return Status(False, "asserted" if sure else "possible").under(Status(False, status.modality))


def _by_measure(verb: Token, above: Token, steps: int) -> Status | None:
    """`too weak to win`, `not enough to win` did not; `strong enough to win` may. None without such a measure."""
    described = [above] if above.pos_ == "ADJ" else [child for child in above.children if child.dep_ == "acomp"]
    described = [word for word in described if word.lower_ not in _WILLING]
    words = {word.lower_ for head in described for word in (head, *head.children) if word.i < verb.i}
    if not words & {"too", "enough"}:
        return None
    status = _status_above(above, steps)
    missed = status.negated if "enough" in words else not status.negated
    return Status(missed, "asserted" if missed else "possible").under(Status(False, status.modality))


def _is_asked(verb: Token) -> bool:
    """`asked who won`: somebody did."""
    return verb.left_edge.tag_ in ("WP", "WP$", "WDT", "WRB")


def _is_beside(verb: Token) -> bool:
    """A participle that tells the manner or outcome of a clause: `would fall, killing many`, `could win by selling`."""
    if verb.dep_ == "pcomp" and verb.tag_ == "VBG":
        return verb.head.lower_ in _MEANS and find_control(find_governor(verb)) is None
    marked = any(child.dep_ in ("mark", "advmod", "nsubj", "aux") for child in verb.lefts)
    finite = not any(child.tag_ == "TO" for child in verb.head.lefts)  # `tries to win, selling` may go with `tries`
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not marked and finite and verb.head.i < verb.i


def _is_to_be_done(above: Token) -> bool:
    """`have got to`, `gotta`: what must be done, unlike `got to meet her`."""
    if above.lower_ != "got":
        return False
    has = any(
        child.lower_ in ("have", "has", "'ve", "’ve", "'s", "’s") and child.i < above.i for child in above.children
    )
    return has or any(child.lower_ == "ta" for verb in above.rights for child in verb.lefts)


def _is_told_by(verb: Token, above: Token) -> bool:
    """`the first to arrive`, `the only man to win` did so; `Minister to speak in March` announces it."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is not None and not any(child.lower_ == "for" for child in verb.lefts):
        return True
    return is_ranked(above)


def _is_aside(verb: Token) -> bool:
    """`asked them, shaking his head`, taken for what was asked."""
    first = verb.left_edge
    return verb.dep_ == "xcomp" and verb.tag_ == "VBG" and first.i > 0 and first.nbor(-1).text == ","


def _keeps_from(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "from"


def _status_above(above: Token, steps: int) -> Status:
    """Of the verb above; above an adjective (`is not ready to`) stands the verb that has it."""
    if above.pos_ in ("VERB", "AUX"):
        return find_status(above, steps=steps + 1)
    if above.pos_ == "ADJ" and above.head.pos_ in ("VERB", "AUX"):
        return find_status(above.head, steps=steps + 1)
    return _PLAIN
