"""Who does what to whom, for any verb of a parse: its subject and object below the surface, with their phrases.

Nothing here asks what counts as an event; `agency.py` does. Subjects are found in `subjects.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.antecedents import NOMINAL, find_described, resolve
from closeread.analyses.roles import kind_of_noun
from closeread.analyses.subjects import (
    SUBJECTS,
    VERBAL,
    Found,
    find_after,
    find_agent,
    find_control,
    find_subject,
    is_passive,
    is_taken,
)
from closeread.lexicons import index_cue_verbs
from closeread.lexicons.events import index_event_verbs
from closeread.lexicons.rows import EventKind

if TYPE_CHECKING:
    from spacy.tokens import Token


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


def find_arguments(verb: Token) -> Arguments:
    """The arguments of one verb. Linear in the number of its children and of the verbs above it."""
    children = {child.dep_: child for child in reversed(list(verb.children))}
    rid = find_rid(verb)
    if rid is not None:
        return _riddance(verb, rid)
    passive = is_passive(verb, children)
    surface = find_subject(verb)
    if not passive:
        return _active(verb, children, surface)
    given = children.get("dobj") if "dative" not in children else None
    recipient = _recipient(verb, children)
    if (getting := _getting(verb, children)) is not None:
        return Arguments(getting, surface.token, recipient, True, "control")
    if given is not None and surface.token is not None and verb.lemma_.lower() not in _NAMING:
        return Arguments(find_agent(verb, children), given, surface.token, True, surface.how)
    return Arguments(find_agent(verb, children), surface.token, recipient, True, surface.how)


def _active(verb: Token, children: dict[str, Token], surface: Found) -> Arguments:
    found, how = _object(verb, children), surface.how
    if found is None and _has_gap(verb, children, surface):
        found, how = find_described(verb), "relative"
    if found is not None and found == surface.token:
        found = None
    if found is not None and how == "own" and found.dep_ == "pobj" and found.i < verb.left_edge.i:
        how = "relative"  # `plans for fires in the hall, which he stopped`: a noun farther to the left may be meant
    return Arguments(surface.token, found, _recipient(verb, children), False, how)


def find_rid(verb: Token) -> Token | None:
    """`rid` in `get rid of them`, where the verb is `get`, or the verb itself, where the parser takes `get` for its
    auxiliary."""
    if verb.lower_ == "rid":
        return verb if any(child.lemma_ == "get" and child.dep_ == "auxpass" for child in verb.children) else None
    if verb.lemma_ != "get":
        return None
    return next((child for child in verb.rights if child.lower_ == "rid"), None)


def find_fixed(verb: Token) -> Token | None:
    """`place` in `took place`: a bare noun right behind its verb, with which it is one verb of the list."""
    if verb.i + 1 == len(verb.doc):
        return None
    noun = verb.nbor()
    known = f"{verb.lemma_.lower()} {noun.lower_}" in index_event_verbs()
    return noun if known and noun.head == verb and noun.dep_ == "dobj" else None


def list_kinds(verb: Token) -> frozenset[EventKind]:
    """What the list says of a verb, or of it with its noun (`took place`) or particle (`ran out`)."""
    lemma, kinds = verb.lemma_.lower(), index_event_verbs()
    beside = find_fixed(verb) or next((child for child in verb.rights if child.dep_ == "prt"), None)
    return kinds.get(f"{lemma} {beside.lower_}" if beside is not None else lemma, kinds.get(lemma, frozenset()))


def _getting(verb: Token, children: dict[str, Token]) -> Token | None:
    """Who `gets it done`."""
    above = verb.head
    if verb.dep_ != "ccomp" or verb.tag_ != "VBN" or above.lemma_.lower() != "get" or above.i > verb.i:
        return None
    bare = "nsubj" in children and not {"mark", "agent"} & set(children)
    return find_subject(above).token if bare else None


def _riddance(verb: Token, rid: Token) -> Arguments:
    of = next((child for word in (rid, verb) for child in word.children if child.lower_ == "of"), None)
    held = find_after(of) if of is not None else None
    surface = find_subject(verb)
    if surface.how == "none":
        getting = next((child for child in rid.children if child.dep_ == "auxpass"), verb)
        surface = find_subject(getting)
    return Arguments(surface.token, resolve(held) if held is not None else None, None, False, surface.how)


def _recipient(verb: Token, children: dict[str, Token]) -> Token | None:
    """Who gets something: a dative, or what stands after `to` with a verb of giving."""
    dative = children.get("dative")
    if dative is not None:
        return dative if dative.pos_ in NOMINAL else find_after(dative)
    if "transfer" not in index_event_verbs().get(verb.lemma_.lower(), ()):
        return None
    given = children.get("dobj")
    places = [*verb.children, *(given.rights if given is not None else ())]  # the parser may hang `to` on what is given
    to = next((child for child in places if child.dep_ == "prep" and child.lower_ == "to"), None)
    found = find_after(to) if to is not None else None
    return resolve(found) if found is not None else None


def _object(verb: Token, children: dict[str, Token]) -> Token | None:
    found = children.get("dobj")
    if found is not None and found.lower_ == "which":  # `which he showed no wish to do`: the wish
        found = next((child for child in verb.rights if child.dep_ == "dobj"), found)
    whom = next((child for child in verb.lefts if child.lower_ == "whom"), None)
    found = found if found is not None else whom
    if found is not None and not is_taken(found):
        return resolve(found) if find_fixed(verb) is None else None
    if verb.dep_ == "prep" and "pobj" in children:  # `including three children`
        return children["pobj"]
    clause = children.get("ccomp")
    told = verb.lemma_.lower() in index_cue_verbs() and "change" not in list_kinds(verb)
    if clause is not None and clause.i < verb.i and not told:
        clause = None  # a sentence before it: `The dam held … The river rose.`
    return clause or _shared_object(verb, children)


def _shared_object(verb: Token, children: dict[str, Token]) -> Token | None:
    """`flatten, sift and separate the bran`: the object of a later verb, where nothing stands between."""
    following = children.get("conj")
    if following is None or following.pos_ not in VERBAL or "alone" in list_kinds(verb):
        return None
    if not all(child.dep_ in ("cc", "conj", "punct") for child in verb.rights):
        return None
    found = next((child for child in following.children if child.dep_ in ("dobj", *SUBJECTS)), None)
    if found is None:
        return _shared_object(following, {child.dep_: child for child in reversed(list(following.children))})
    return found if found.dep_ == "dobj" else None


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
    if head.pos_ in VERBAL and head.dep_ in _CLAUSES:
        return head.left_edge.i, head.right_edge.i + 1
    start, end = _left(head), _right(head)
    if start <= verb.i < head.i:
        start = verb.i + 1
    elif head.i < verb.i < end:
        # Where the phrase goes on behind its verb (`The list goes on, including ...`), the verb's own begins with it.
        end = verb.left_edge.i if verb.left_edge.i > head.i else verb.i
    before = [at for at in range(start, head.i) if _is_dash(head.doc[at])]
    start = before[-1] + 1 if len(before) % 2 else start  # two hold an aside
    end = next((at for at in range(head.i + 1, end) if _is_dash(head.doc[at])), end)
    while end - 1 > head.i and (head.doc[end - 1].is_punct or head.doc[end - 1].lower_ in _LEFT_OVER):
        end -= 1
    return start, end


def _is_dash(token: Token) -> bool:
    """One with blanks around it, behind which something is added."""
    return token.text in _DASHES and (token.i == 0 or bool(token.nbor(-1).whitespace_)) and bool(token.whitespace_)


def _left(head: Token) -> int:
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in _CUT_LEFT or (child.lower_ == "what" and head.head.lemma_ == "do"):  # `what they do is sell`
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
        if (child.dep_ in _CUT_RIGHT or _is_loose(child, head)) and not _is_close(child, end) and not _is_told(child):
            break
        if child.text in _OPENING:
            break
        if child.dep_ != "punct":
            end = _right(child) if child.dep_ in _FOLLOWED else child.right_edge.i + 1
    return end


def _is_loose(child: Token, head: Token) -> bool:
    """After an object or an agent, only `of` is sure to go with the noun (`a club in Lagos`, `sold the house in May`);
    after verbs like `accuse` the last `of` only where it joins an actor (`accused the mayor of Lagos`)."""
    if child.dep_ != "prep":
        return False
    if child.lower_ != "of":
        by = head.dep_ == "pobj" and head.head.dep_ == "agent"
        return head.dep_ == "dobj" or by or (child.lower_ == "as" and head.pos_ == "PROPN")
    above = head
    while above.dep_ == "pobj" and above.head.lower_ == "of":  # `the leader of the party of fraud`
        above = above.head.head
    held = find_after(child)
    if above.dep_ != "dobj" or "of" not in list_kinds(above.head):
        return False
    if held is None or any(word.lower_ == "of" for word in held.rights):
        return held is None
    return held.ent_type_ not in _ACTORS and kind_of_noun(held) is None


def _is_told(clause: Token) -> bool:
    """What a plan or failure is, `the failure to close the camp`."""
    noun = clause.head
    return clause.dep_ == "acl" and clause.left_edge.tag_ == "TO" and find_control(noun) is not None


def _is_close(child: Token, end: int) -> bool:
    """A name right after its noun, without a comma: `the painter Ann Lee`."""
    return child.dep_ == "appos" and child.left_edge.i == end and child.pos_ == "PROPN"


# `was elected president`: who is elected, not what; the parser may take the office for an object.
_NAMING = frozenset(
    {"appoint", "brand", "call", "choose", "crown", "declare", "designate", "dub", "elect", "label", "name", "nominate"}
)
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_FOLLOWED = frozenset({"conj", "prep", "pobj", "appos"})
_DASHES = frozenset({"-", "–", "—", "--"})
_LEFT_OVER = frozenset({"also", "and", "but", "or", "too"})
_OPENING = frozenset({"(", "["})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
_CUT_LEFT = frozenset({"cc", "preconj"})
_CUT_RIGHT = frozenset({"relcl", "appos", "acl", "advcl", "parataxis", "dep"})
