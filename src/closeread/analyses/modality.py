"""Whether an event is said to be so: negated; possible under a modal verb, wish, plan or doubt; hypothetical."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.arguments import find_governor
from closeread.findings import Modality
from closeread.lexicons import WordClass
from closeread.lexicons.events import index_control_words
from closeread.lexicons.rows import ControlVerb

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
_PARTS: dict[str, WordClass] = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun"}
_ENDED = frozenset({"stop", "quit", "cease", "keep", "forget"})
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


def _own_modality(verb: Token) -> Modality:
    modality: Modality = "asserted"
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "mark" and word in _CONDITIONS:
            return "hypothetical"
        if (child.tag_ == "MD" and word not in _FUTURE) or word in _DOUBTS:
            modality = "possible"
    return "hypothetical" if _is_inverted(verb) else modality


def _is_inverted(verb: Token) -> bool:
    """`Had the army attacked`, `should the rebels win`."""
    first = next(iter(verb.lefts), None)
    if first is None or first.lower_ not in ("had", "should", "were") or not first.dep_.startswith("aux"):
        return False
    return verb.dep_ in ("advcl", "ccomp") and any(child.dep_.startswith("nsubj") for child in verb.lefts)


def _is_denied(verb: Token) -> bool:
    """`not`, `never`, and phrases with `no` in them: `no soldier was killed`, `killed no one`."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    return any(
        child.dep_ == "neg" or (child.dep_ in ("nsubj", "nsubjpass", "dobj") and is_nobody(child))
        for child in verb.children
    ) or any(is_nobody(word) for by in verb.children if by.dep_ == "agent" for word in by.children)


def is_nobody(head: Token) -> bool:
    return head.lower_ in _NONE or any(
        child.lower_ in ("no", "neither") and child.dep_ in ("det", "neg", "preconj") for child in head.lefts
    )


def _shared(verb: Token, own: Status, steps: int) -> Status:
    """A verb without a subject and auxiliary of its own stands under those of the one before: `may attack and burn`.
    It shares a denial only after `or` (`did not attack or burn`)."""
    if any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children):
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
    governed = verb.dep_ in ("xcomp", "pcomp") or (infinitive and verb.dep_ in ("ccomp", "acl", "advcl", "oprd"))
    if not governed or above is verb:
        return _PLAIN
    entry = _entry(above)
    if entry is None:
        return Status(False, "possible") if infinitive and verb.dep_ in ("xcomp", "advcl") else _PLAIN
    if not infinitive and (above.lemma_ in _ENDED or entry.part != "verb") and not _keeps_from(verb):
        return _PLAIN
    if verb.dep_ == "advcl" and entry.holds != "open":
        return Status(False, "possible")
    held = Status(entry.holds == "not-done", "possible" if entry.holds == "open" else "asserted")
    return held.under(_status_above(above, steps))


def _keeps_from(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "from"


def _entry(above: Token) -> ControlVerb | None:
    part = _PARTS.get(above.pos_)
    return index_control_words().get((above.lemma_.lower(), part)) if part else None


def _status_above(above: Token, steps: int) -> Status:
    """Of the verb above; above an adjective (`is not ready to`) stands the verb that has it."""
    if above.pos_ in ("VERB", "AUX"):
        return find_status(above, steps=steps + 1)
    if above.pos_ == "ADJ" and above.head.pos_ in ("VERB", "AUX"):
        return find_status(above.head, steps=steps + 1)
    return _PLAIN
