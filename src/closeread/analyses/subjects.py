"""The subject of a verb below the surface. It may stand elsewhere than with its verb: with the verb above (raising and
control: `promised to leave`), with the one before (`entered and burned`), or as the noun that a clause or participle
describes (`the man who shot him`, `the town destroyed by shells`). The labels are those of the pinned model (CLEAR).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.antecedents import NOMINAL, resolve
from closeread.lexicons import WordClass, index_cue_verbs, index_source_nouns
from closeread.lexicons.events import index_control_words
from closeread.lexicons.rows import ControlVerb

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
# `in effect siding with them`: the noun is no subject of the participle.
_FIXED_AFTER_IN = frozenset({"effect", "fact", "turn"})
# Behind these stands a matter, whoever had a part in it: `anger at the failure to win`.
_ABOUT = frozenset({"about", "after", "against", "amid", "at", "before", "despite", "over"})
_NO_AGENT = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"})
_PASSIVE = ("auxpass", "nsubjpass", "csubjpass", "agent")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# `it means leaving`: the subject is not who leaves.
_WITHOUT_ACTOR = frozenset({"mean", "include", "involve", "entail"})
# Verbs before which `it` may stand for the infinitive behind them.
_WITH_EMPTY = frozenset({"be", "become", "cost", "feel", "get", "grow", "help", "make", "pay", "prove", "take"})
# What somebody takes to do something, unlike the time or courage that it takes.
_TAKEN = frozenset({"action", "care", "measure", "step"})
# Beside the verbs of speech and thought, those behind which a clause may stand without `that`.
_SHOWING = frozenset({"decide", "discover", "find", "indicate", "know", "learn", "mean", "prove", "show"})
# With `for` and what others are to do: `called for an effort to win`, unlike `asked for permission to leave`.
_CALLING = frozenset({"appeal", "call", "plead", "press", "push"})
# With somebody else's plan as their object: `did not mention proposals to ban it`.
_OTHERS = frozenset(
    {"applaud", "attack", "condemn", "criticise", "criticize", "cite", "denounce", "discuss", "dismiss", "endorse"}
    | {"mention", "mock", "oppose", "praise", "reject", "slam", "support", "welcome"}
)
_OBJECT_FORMS = frozenset({"me", "him", "us", "them"})
_RANKS = frozenset({"first", "second", "third", "last", "latest", "next", "only"})
_CAUSING = frozenset({"have", "get", "want", "need", "see", "leave", "keep"})
_PARTS: dict[str, WordClass] = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun"}
# A chain of verbs that share a subject is never longer in a sentence that was parsed well.
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The surface subject of a verb and the way to it: `own`, `shared`, `control`, `relative`, `reduced`."""

    token: Token | None
    how: str


_NONE = Found(None, "none")


def find_subject(verb: Token, steps: int = 0) -> Found:
    """The surface subject: its own, or that of another verb which it shares."""
    own = next((child for child in verb.children if child.dep_ in SUBJECTS and child.lower_ != "whom"), None)
    if own is None and verb.tag_ in _FINITE and any(child.dep_ == "dobj" for child in verb.rights):
        # A noun cannot be part of a finite verb.
        own = next((child for child in verb.lefts if child.dep_ == "compound" and child.pos_ in NOMINAL), None)
    if own is None:  # `helped undo`, `helped` taken for an auxiliary
        verbs = (child for child in verb.lefts if child.dep_ in ("aux", "auxpass"))
        own = next((word for child in verbs for word in child.lefts if word.dep_ in SUBJECTS), None)
    own = own if own is not None else _find_taken(verb)
    doing = _find_doing(own, verb) if own is not None else None
    if doing is not None:
        return Found(find_subject(doing, steps + 1).token, "control")
    if own is not None:
        return Found(resolve(own), "relative" if resolve(own) is not own else "own")
    if steps > _LONGEST:
        return _NONE
    found = _WAYS.get(verb.dep_, _no_way)(verb, steps + 1)
    return _NONE if found.token is not None and _is_empty(found.token, verb) else found


def _find_taken(verb: Token) -> Token | None:
    """The subject that the parser took for an object of the verb before: `showed Lee had left`."""
    first = verb
    for child in reversed(list(verb.lefts)):
        if child.i + 1 == first.i and child.dep_ in ("aux", "auxpass", "neg", "advmod"):
            first = child
    if first.tag_ not in _FINITE | {"MD"} or first.i == 0:
        return None
    before = first.nbor(-1)
    for above in (before, *before.ancestors):
        if above.pos_ not in NOMINAL:
            return None
        if above.dep_ == "dobj":
            told = above.right_edge == before and above.head.i < above.i and above.lower_ not in _OBJECT_FORMS
            return above if told and _takes_clause(above.head) else None
    return None


def _find_doing(subject: Token, verb: Token) -> Token | None:
    """`did` in `what they did was burn it`, `all they did was burn it`: who does the one does the other."""
    if verb.tag_ != "VB":
        return None
    clauses = [subject] if subject.pos_ in VERBAL else [child for child in subject.rights if child.dep_ == "relcl"]
    return next((clause for clause in clauses if clause.lemma_ == "do" and clause.left_edge.lower_ != "who"), None)


def _takes_clause(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in index_cue_verbs() or lemma in _SHOWING


def is_taken(noun: Token) -> bool:
    """Whether an object is the subject of the finite verb right behind it."""
    end = noun.right_edge.i + 1
    if end == len(noun.doc):
        return False
    after = noun.doc[end]
    verb = after.head if after.dep_ in ("aux", "auxpass", "neg", "advmod") else after
    if verb.pos_ not in VERBAL or any(child.dep_ in SUBJECTS for child in verb.children):
        return False
    return _find_taken(verb) == noun


def _is_empty(subject: Token, verb: Token) -> bool:
    """`it became hard to win`, `it took years to build`: nobody is named who does it; but `it is ready to fly`,
    `it was the first to arrive`."""
    above = subject.head
    if subject.lower_ != "it" or above.lemma_.lower() not in _WITH_EMPTY:
        return False
    if not _is_infinitive(verb):
        return False
    complements = [child for child in above.rights if child.dep_ in ("acomp", "attr", "oprd")]
    complements += [child for child in above.rights if child.dep_ == "dobj" and not complements]
    return all(find_control(word) is None and not _tells_of_doer(word) for word in complements or (above,))


def _tells_of_doer(word: Token) -> bool:
    """`strong enough to win`, `took steps to win`."""
    measured = any(child.lower_ == "enough" for child in word.children)
    return measured or is_ranked(word) or word.lemma_.lower() in _TAKEN


def is_ranked(noun: Token) -> bool:
    """`the first to arrive`, `the best team to play`."""
    return any(word.lower_ in _RANKS or word.tag_ == "JJS" for word in (noun, *noun.lefts))


def _no_way(verb: Token, steps: int) -> Found:
    return _NONE


def _by_coordination(verb: Token, steps: int) -> Found:
    """`entered and burned`; `was poor and driven by fear`."""
    first = verb.head
    while first.pos_ == "ADJ" and first.dep_ in ("conj", "acomp"):
        first = first.head
    if first.pos_ not in VERBAL:
        return _NONE
    found = find_subject(first, steps)
    return Found(found.token, "shared" if found.how == "own" else found.how)


def _by_control(verb: Token, steps: int) -> Found:
    """`asked them to go`: them; `promised them to go`: who promised; `was forced to go`: who was forced."""
    above = verb.head
    if above.pos_ in VERBAL:
        if verb.tag_ == "VBG" and above.lemma_.lower() in _WITHOUT_ACTOR:
            return _NONE
        held = _held(above, verb)
        if held is not None:
            return Found(resolve(held), "control")
    if above.pos_ not in VERBAL and above.head.pos_ in VERBAL:  # `is ready to go`
        above = above.head
    found = find_subject(above, steps).token
    doing = _find_doing(found, verb) if found is not None and above.lemma_ == "be" else None
    if doing is not None:
        return Found(find_subject(doing, steps).token, "control")
    if found is not None and above.lemma_ == "be" and (found.lemma_.lower(), "noun") in index_control_words():
        found = _holder(found, steps)  # `the aim of the army is to win`
    return Found(found, "control")


def _by_question(verb: Token, steps: int) -> Found:
    """`decided whom to back`."""
    return _by_control(verb, steps) if _is_infinitive(verb) else _NONE


def find_control(word: Token) -> ControlVerb | None:
    """The entry of a word for what stands after `to`; a verb with a particle or preposition (`go on`, `rely on`) comes
    before the verb alone."""
    part = _PARTS.get(word.pos_)
    if part is None:
        return None
    lemma, words = word.lemma_.lower(), index_control_words()
    if part == "verb":
        for child in word.rights:
            entry = words.get((f"{lemma} {child.lower_}", part))
            if entry is not None and child.dep_ == ("prep" if entry.controller == "object" else "prt"):
                return entry
    return words.get((lemma, part))


def _held(above: Token, verb: Token) -> Token | None:
    """Who is to do it, where that is the object of the verb above, or stands after its preposition."""
    entry = find_control(above)
    if entry is None or entry.controller != "object":
        return None
    preposition = entry.lemma.partition(" ")[2]
    if preposition:
        return next((find_after(child) for child in above.rights if child.lower_ == preposition), None)
    held = next((child for child in above.children if child.dep_ in ("dobj", "dative") and child.i < verb.i), None)
    return held if held is not None and held.pos_ in NOMINAL and not held.is_ancestor(verb) else None


def _by_noun(verb: Token, steps: int) -> Found:
    """A clause or participle that describes a noun: the noun; `the plan to attack`: who has the plan."""
    noun = verb.head
    if noun.pos_ in VERBAL:
        return Found(find_subject(noun, steps).token, "control")
    if _is_infinitive(verb):
        return Found(_holder(noun, steps), "control")
    if noun.lower_ in _FIXED_AFTER_IN and noun.head.lower_ == "in":
        return Found(find_subject(noun.head.head, steps).token, "control")
    return Found(noun, "relative" if verb.dep_ == "relcl" else "reduced")


def _holder(noun: Token, steps: int) -> Token | None:
    """Who has a plan: the possessor, who stands after `of`, or the subject of the verb that has it as its object."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    for word in ("of", "by"):  # `the aim of the piece to`, `an effort by the army to`
        after = next((child for child in noun.children if child.lower_ == word), None)
        held = find_after(after) if after is not None else None
        if owner is None and held is not None and _may_hold(held, noun):
            owner = held
    if owner is not None:
        return owner
    above = noun.head
    if noun.dep_ in ("dobj", "pobj") and above.dep_ == "prep":
        if above.lower_ == "with" and above.head.pos_ in NOMINAL:  # `a party with a chance to win`
            return above.head
        if above.lower_ in _ABOUT or (above.lower_ == "for" and above.head.lemma_.lower() in _CALLING):
            return None
        if above.lower_ == "in" and find_control(noun) is not None:  # `named him as her deputy in an effort to win`
            above = next((word for word in above.ancestors if word.pos_ in VERBAL), above)
        else:
            above = above.head
    if noun.dep_ not in ("dobj", "pobj", "attr") or above.pos_ not in VERBAL or above.lemma_.lower() in _OTHERS:
        return None
    getting = next((child for child in above.children if child.dep_ == "dative" and child.pos_ in NOMINAL), None)
    if noun.dep_ == "dobj" and getting is not None:  # `gave them a chance to win`
        return resolve(getting)
    children = {child.dep_: child for child in reversed(list(above.children))}
    return find_agent(above, children) if is_passive(above, children) else find_subject(above, steps).token


def _may_hold(held: Token, noun: Token) -> bool:
    """Names and bodies have plans; behind words like `aim` or `failure` anything may (`the aim of the piece`)."""
    if held.ent_type_ in _NAMES or held.lemma_.lower() in index_source_nouns():
        return True
    named = held.pos_ in NOMINAL or any(child.dep_ == "det" for child in held.lefts)
    return named and find_control(noun) is not None


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _by_clause(verb: Token, steps: int) -> Found:
    """An adverbial clause without a subject has that of its main clause: `fled, burning the bridge`; one with `being`
    right behind a noun has the noun: `due to votes still being counted`."""
    before = verb.doc[max(verb.left_edge.i - 1, 0)]
    if verb.tag_ == "VBN" and before.pos_ == "NOUN" and any(child.lower_ == "being" for child in verb.lefts):
        return Found(before, "reduced")
    above = find_governor(verb)
    if above.pos_ == "ADJ" and above.dep_ == "acomp":  # `are used to losing`
        above = above.head
    if above.pos_ not in VERBAL:
        if above.dep_ == "dobj" and above.head.lemma_ == "have":  # `had the effect of leaving`
            return Found(find_subject(above.head, steps).token, "control")
        of = verb.head.lower_ == "of"
        owned = of and any(child.dep_ == "poss" for child in above.lefts)  # `her account of meeting them`
        leads = owned or ((of or _is_infinitive(verb)) and find_control(above) is not None)
        return Found(_holder(above, steps), "control") if leads else _NONE
    entry = find_control(above)
    # `stopped them from leaving`, `relied on them to leave`; but `stopped the car to search it`
    led = verb.dep_ == "pcomp" or (_is_infinitive(verb) and entry is not None and " " in entry.lemma)
    held = _held(above, verb) if led else None
    if held is not None:
        return Found(resolve(held), "control")
    by = {child.dep_: child for child in above.children}
    if "agent" in by and _is_infinitive(verb):  # `spent by the state to build roads`
        return Found(find_agent(above, by), "control")
    return Found(find_subject(above, steps).token, "control")


def find_governor(verb: Token) -> Token:
    """The verb, noun or adjective above a clause, the one above its preposition where it has one. A clause after `of`
    or `from` goes with the verb that it belongs to (`accused by them of lying`), whatever stands between; one right
    after `the failure of the party` with the noun, wherever the parser hangs it."""
    if verb.dep_ != "pcomp":
        return _find_noun_before(verb) or verb.head
    above = verb.head.head
    while above.pos_ == "ADV" and above.dep_ != "ROOT":  # `went far enough in arming them`
        above = above.head
    if above.ent_type_ == "DATE" and above.dep_ == "pobj":  # `her account in 2008 of meeting them`
        above = above.head.head
    above = _find_told(above) or above
    if verb.head.lower_ in ("of", "from") and above.pos_ in NOMINAL and find_control(above) is None:
        for higher in above.ancestors:
            if higher.pos_ in VERBAL:
                entry = find_control(higher)
                led = entry is not None and entry.controller == "object" and higher.lemma_ not in ("have", "be")
                return higher if led else above
    return above


def _find_told(said: Token) -> Token | None:
    """`fled` in `he fled, they said, after burning it`: the verb into whose clause another is put, without quotation
    marks."""
    put_in = said.dep_ == "parataxis" and said.head.i < said.i
    told = said.head if put_in else next((child for child in said.lefts if child.dep_ == "ccomp"), None)
    speaker = next((child for child in said.lefts if child.dep_ == "nsubj"), None)
    if told is None or speaker is None or not told.i < speaker.left_edge.i - 1 or said.i + 1 == len(said.doc):
        return None
    before = speaker.left_edge.nbor(-1)
    return told if before.text == said.nbor().text == "," and not before.nbor(-1).is_quote else None


def _find_noun_before(verb: Token) -> Token | None:
    """`failure` in `lost for the failure of the party to win`, `win` taken for an addition to `lost`."""
    start = verb.left_edge.i
    if verb.dep_ != "advcl" or not _is_infinitive(verb) or start == 0:
        return None
    held = verb.doc[start - 1]
    while held.is_quote and held.i > 0:
        held = held.nbor(-1)
    noun = held.head.head
    return noun if held.dep_ == "pobj" and held.head.lower_ == "of" and find_control(noun) is not None else None


_WAYS = {
    "conj": _by_coordination,
    "xcomp": _by_control,
    "ccomp": _by_question,
    "acl": _by_noun,
    "relcl": _by_noun,
    "amod": _by_noun,
    "prep": _by_noun,
    "advcl": _by_clause,
    "pcomp": _by_clause,
}


def is_passive(verb: Token, children: dict[str, Token]) -> bool:
    """A participle with `be` or `get`, or one that describes a noun or clause without an auxiliary."""
    if any(label in children for label in _PASSIVE):
        return True
    if any(child.dep_ == "mark" and child.lower_ == "with" for child in verb.lefts):  # `with sleeves rolled`
        return verb.tag_ in ("VBD", "VBN") and "dobj" not in children
    if verb.tag_ == "VBD" and verb.dep_ == "acl":  # no finite verb describes a noun: the tag is wrong
        return not any(child.dep_ in SUBJECTS for child in verb.children)
    if verb.tag_ != "VBN" or "aux" in children:
        return False
    if verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in _CAUSING:  # `had the statue removed`
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head, {child.dep_: child for child in verb.head.children})
    if verb.dep_ == "conj" and verb.head.pos_ == "ADJ":  # `is poor and driven by fear`
        return True
    if "nsubj" in children:  # a headline (`Minister cleared of fraud`): nothing finite, and nothing it is done to
        return verb.dep_ != "conj" and "dobj" not in children and "ccomp" not in children
    return verb.dep_ in ("acl", "amod", "advcl", "ccomp", "relcl", "oprd")


def find_agent(verb: Token, children: dict[str, Token]) -> Token | None:
    """What stands after `by`, unless it is a time; participles that are joined share it (`armed and paid by them`)."""
    by = children.get("agent")
    if by is None and "conj" in children and children["conj"].tag_ == "VBN":
        joined = {child.dep_: child for child in children["conj"].children}
        return None if joined.keys() & {*SUBJECTS, "auxpass", "aux"} else find_agent(children["conj"], joined)
    found = find_after(by) if by is not None else None
    return None if found is not None and found.ent_type_ in _NO_AGENT else found


def find_after(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)
