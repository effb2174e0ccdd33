"""Who does what to whom, for any verb of a parse: its subject and object below the surface, with their phrases.

Nothing here asks what counts as an event; `agency.py` does. A subject may stand elsewhere than with its verb: with
the verb above (raising and control: `promised to leave`), with the one before (`entered and burned`), or as the noun
that a clause or participle describes (`the man who shot him`, `the town destroyed by shells`). The labels are those
of the pinned model (CLEAR).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.lexicons import index_source_nouns
from closeread.lexicons.events import index_control_words, index_event_verbs
from closeread.lexicons.rows import Controller

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})
_VERBAL = frozenset({"VERB", "AUX"})
_NO_AGENT = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PASSIVE = ("auxpass", "nsubjpass", "csubjpass", "agent")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_CAUSING = frozenset({"have", "get", "want", "need", "see", "leave", "keep"})
# A chain of verbs that share a subject is never longer in a sentence that was parsed well.
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Arguments:
    """The heads of the phrases, None where there is none.

    `subject` is who does it and `object` what it is done to, whatever the voice: the subject of a passive is the
    `object`. The object may be the verb of a clause (`said that it burned`). `how` says where the
    subject (of a passive: the object) was found.
    """

    subject: Token | None
    object: Token | None
    recipient: Token | None
    passive: bool
    how: str


@dataclass(frozen=True, slots=True)
class Found:
    """The surface subject of a verb and the way to it: `own`, `shared`, `control`, `relative`, `reduced`."""

    token: Token | None
    how: str


_NONE = Found(None, "none")


def find_arguments(verb: Token) -> Arguments:
    """The arguments of one verb. Linear in the number of its children and of the verbs above it."""
    children = {child.dep_: child for child in reversed(list(verb.children))}
    passive = is_passive(verb, children)
    surface = find_subject(verb)
    if not passive:
        return _active(verb, children, surface)
    given = children.get("dobj") if "dative" not in children else None
    recipient = _recipient(verb, children)
    if given is not None and surface.token is not None:
        return Arguments(_agent(verb, children), given, surface.token, True, surface.how)
    return Arguments(_agent(verb, children), surface.token, recipient, True, surface.how)


def _active(verb: Token, children: dict[str, Token], surface: Found) -> Arguments:
    found, how = _object(verb, children), surface.how
    if found is None and _has_gap(verb, children, surface):
        found, how = _antecedent(verb), "relative"
    if found is not None and found == surface.token:
        found = None
    return Arguments(surface.token, found, _recipient(verb, children), False, how)


def is_passive(verb: Token, children: dict[str, Token]) -> bool:
    """A participle with `be` or `get`, or one that describes a noun or clause without an auxiliary."""
    if any(label in children for label in _PASSIVE):
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "acl":  # no finite verb describes a noun: the tag is wrong
        return not any(child.dep_ in _SUBJECTS for child in verb.children)
    if verb.tag_ != "VBN" or "aux" in children:
        return False
    if verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in _CAUSING:  # `had the statue removed`
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head, {child.dep_: child for child in verb.head.children})
    if "nsubj" in children:  # a headline (`Minister cleared of fraud`): nothing finite, and nothing it is done to
        return verb.dep_ != "conj" and "dobj" not in children and "ccomp" not in children
    return verb.dep_ in ("acl", "amod", "advcl", "ccomp", "relcl", "oprd")


def _agent(verb: Token, children: dict[str, Token]) -> Token | None:
    """What stands after `by`, unless it is a time; participles that are joined share it (`armed and paid by them`)."""
    by = children.get("agent")
    if by is None and "conj" in children and children["conj"].tag_ == "VBN":
        joined = {child.dep_: child for child in children["conj"].children}
        return None if joined.keys() & {*_SUBJECTS, "auxpass", "aux"} else _agent(children["conj"], joined)
    found = _after(by) if by is not None else None
    return None if found is not None and found.ent_type_ in _NO_AGENT else found


def _after(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def _recipient(verb: Token, children: dict[str, Token]) -> Token | None:
    """Who gets something: a dative, or what stands after `to` with a verb of giving."""
    dative = children.get("dative")
    if dative is not None:
        return dative if dative.pos_ in _NOMINAL else _after(dative)
    if "transfer" not in index_event_verbs().get(verb.lemma_.lower(), ()):
        return None
    given = children.get("dobj")
    places = [*verb.children, *(given.rights if given is not None else ())]  # the parser may hang `to` on what is given
    to = next((child for child in places if child.dep_ == "prep" and child.lower_ == "to"), None)
    found = _after(to) if to is not None else None
    return _resolve(found) if found is not None else None


def _object(verb: Token, children: dict[str, Token]) -> Token | None:
    found = children.get("dobj")
    whom = next((child for child in verb.lefts if child.lower_ == "whom"), None)
    found = found if found is not None else whom
    if found is not None:
        return _resolve(found)
    if verb.dep_ == "prep" and "pobj" in children:  # `including three children`
        return children["pobj"]
    return children.get("ccomp") or _shared_object(verb, children)


def _shared_object(verb: Token, children: dict[str, Token]) -> Token | None:
    """`flatten and separate the bran`: the object of the next verb, where nothing stands between the two."""
    following = children.get("conj")
    if following is None or following.pos_ not in _VERBAL:
        return None
    alone = all(child.dep_ in ("cc", "conj", "punct") for child in verb.rights)
    found = next((child for child in following.children if child.dep_ in ("dobj", *_SUBJECTS)), None)
    return found if alone and found is not None and found.dep_ == "dobj" else None


def find_subject(verb: Token, steps: int = 0) -> Found:
    """The surface subject: its own, or that of another verb which it shares."""
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS and child.lower_ != "whom"), None)
    if own is not None:
        return Found(_resolve(own), "relative" if _resolve(own) is not own else "own")
    if steps > _LONGEST:
        return _NONE
    return _WAYS.get(verb.dep_, _no_way)(verb, steps + 1)


def _no_way(verb: Token, steps: int) -> Found:
    return _NONE


def _by_coordination(verb: Token, steps: int) -> Found:
    if verb.head.pos_ not in _VERBAL:
        return _NONE
    found = find_subject(verb.head, steps)
    return Found(found.token, "shared" if found.how == "own" else found.how)


def _by_control(verb: Token, steps: int) -> Found:
    """`asked them to go`: them; `promised them to go`: who promised; `was forced to go`: who was forced."""
    above = verb.head
    if above.pos_ in _VERBAL:
        held = next((child for child in above.children if child.dep_ in ("dobj", "dative") and child.i < verb.i), None)
        if held is not None and held.pos_ in _NOMINAL and _controller(above) == "object":
            return Found(_resolve(held), "control")
    if above.pos_ not in _VERBAL and above.head.pos_ in _VERBAL:  # `is ready to go`
        above = above.head
    found = find_subject(above, steps).token
    if found is not None and above.lemma_ == "be" and (found.lemma_.lower(), "noun") in index_control_words():
        found = _holder(found, steps)  # `the aim of the army is to win`
    return Found(found, "control")


def _controller(verb: Token) -> Controller:
    entry = index_control_words().get((verb.lemma_.lower(), "verb"))
    return entry.controller if entry else "subject"


def _by_noun(verb: Token, steps: int) -> Found:
    """A clause or participle that describes a noun: the noun; `the plan to attack`: who has the plan."""
    noun = verb.head
    if noun.pos_ in _VERBAL:
        return Found(find_subject(noun, steps).token, "control")
    if any(child.tag_ == "TO" for child in verb.children):
        return Found(_holder(noun, steps), "control")
    return Found(noun, "relative" if verb.dep_ == "relcl" else "reduced")


def _holder(noun: Token, steps: int) -> Token | None:
    """Who has a plan: the possessor, who stands after `of`, or the subject of the verb that has it as its object."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    of = next((child for child in noun.children if child.lower_ == "of"), None)
    held = _after(of) if of is not None else None
    if owner is None and held is not None and (held.ent_type_ in _NAMES or held.lemma_.lower() in index_source_nouns()):
        owner = held
    if owner is not None:
        return owner
    above = noun.head
    if noun.dep_ in ("dobj", "pobj") and above.dep_ == "prep":
        above = above.head
    if noun.dep_ in ("dobj", "pobj", "attr") and above.pos_ in _VERBAL:
        return find_subject(above, steps).token
    return None


def _by_clause(verb: Token, steps: int) -> Found:
    """An adverbial clause without a subject has that of its main clause: `fled, burning the bridge`."""
    above = find_governor(verb)
    if above.pos_ not in _VERBAL:
        return _NONE
    held = next((child for child in above.children if child.dep_ == "dobj" and child.i < verb.i), None)
    if verb.dep_ == "pcomp" and held is not None and _controller(above) == "object":  # `stopped them from leaving`
        return Found(_resolve(held), "control")
    by = {child.dep_: child for child in above.children}
    if "agent" in by and any(child.tag_ == "TO" for child in verb.children):  # `spent by the state to build roads`
        return Found(_agent(above, by), "control")
    return Found(find_subject(above, steps).token, "control")


def find_governor(verb: Token) -> Token:
    """The verb, noun or adjective above a clause, the one above its preposition where it has one. A clause after `of`
    or `from` goes with the verb that it belongs to (`accused by them of lying`), whatever stands between."""
    if verb.dep_ != "pcomp":
        return verb.head
    above = verb.head.head
    if verb.head.lower_ in ("of", "from") and above.pos_ in _NOMINAL:
        for higher in above.ancestors:
            if higher.pos_ in _VERBAL:
                return higher if (higher.lemma_.lower(), "verb") in index_control_words() else above
    return above


_WAYS = {
    "conj": _by_coordination,
    "xcomp": _by_control,
    "acl": _by_noun,
    "relcl": _by_noun,
    "amod": _by_noun,
    "prep": _by_noun,
    "advcl": _by_clause,
    "pcomp": _by_clause,
}


def _resolve(token: Token) -> Token:
    """The antecedent of a relative pronoun; any other token itself."""
    if token.lower_ in _RELATIVE and token.tag_ in ("WDT", "WP"):
        return _antecedent(token) or token
    return token


def _antecedent(token: Token) -> Token | None:
    """The noun that the relative clause around a token describes."""
    for above in (token, *token.ancestors):
        if above.dep_ == "relcl":
            return above.head if above.head.pos_ in _NOMINAL else None
        if above.pos_ in _NOMINAL and above is not token:
            return None
    return None


def _has_gap(verb: Token, children: dict[str, Token], surface: Found) -> bool:
    """`the town they burned`: a relative clause with a subject of its own, and nothing else that links it."""
    if verb.dep_ != "relcl" or surface.how != "own":
        return False
    return not any(word.tag_ in ("WDT", "WP", "WRB", "WP$") for word in verb.subtree if word.i < verb.i) and not any(
        child.dep_ == "prep" and not any(child.children) for child in verb.children
    )


def find_phrase(head: Token, verb: Token) -> tuple[int, int]:
    """The phrase of a head as a range of tokens: without what only adds to it (relative clauses, appositions), and
    without the verb, where that stands inside (`the burned town`)."""
    if head.pos_ in _VERBAL and head.dep_ in _CLAUSES:
        return head.left_edge.i, head.right_edge.i + 1
    start, end = _left(head), _right(head)
    if start <= verb.i < head.i:
        start = verb.i + 1
    elif head.i < verb.i < end:
        # Where the phrase goes on behind its verb (`The list goes on, including ...`), the verb's own begins with it.
        end = verb.left_edge.i if verb.left_edge.i > head.i else verb.i
    while end - 1 > head.i and head.doc[end - 1].is_punct:
        end -= 1
    return start, end


def _left(head: Token) -> int:
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in _CUT_LEFT:
            break
        start = child.left_edge.i
    while start < head.i and head.doc[start].dep_ == "punct" and head.doc[start].text == ",":
        start += 1
    return start


def _right(head: Token) -> int:
    """Conjuncts belong to the phrase; what comes after the first addition does not, wherever it hangs (`a court in
    Leeds, which found ...`)."""
    end = head.i + 1
    for child in head.rights:
        if (child.dep_ in _CUT_RIGHT or _is_loose(child, head)) and not _is_close(child, end):
            break
        if child.text in _OPENING:
            break
        if child.dep_ != "punct":
            end = _right(child) if child.dep_ in _FOLLOWED else child.right_edge.i + 1
    return end


def _is_loose(child: Token, head: Token) -> bool:
    """After an object, only `of` is sure to go with the noun: `a club in Lagos`, `sold the house in May`."""
    return head.dep_ == "dobj" and child.dep_ == "prep" and child.lower_ != "of"


def _is_close(child: Token, end: int) -> bool:
    """A name right after its noun, without a comma: `the painter Ann Lee`."""
    return child.dep_ == "appos" and child.left_edge.i == end and child.pos_ == "PROPN"


_FOLLOWED = frozenset({"conj", "prep", "pobj", "appos"})
_OPENING = frozenset({"(", "["})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
_CUT_LEFT = frozenset({"cc", "preconj"})
_CUT_RIGHT = frozenset({"relcl", "appos", "acl", "advcl", "parataxis", "dep"})
