"""Mentions of actors beside their names: descriptions and pronouns, and the actors that the text never names.

An actor without a name is told by its noun and the names that specify it: `the rebels`, `North Korean officials`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeread.analyses.antecedents import find_antecedent
from closeread.analyses.cast import gender_of_pronoun
from closeread.analyses.discourse import GROUP_PRONOUNS, find_group
from closeread.analyses.number_words import find_numbers
from closeread.analyses.references import HALVES, References, appositions_of
from closeread.analyses.roles import kind_of_noun
from closeread.findings import ActorKind, MentionForm

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ACTING = _SUBJECTS | {"dobj", "dative", "agent"}
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_MODIFIERS = frozenset({"compound", "nmod", "amod", "poss"})
_BELONGS = frozenset({"of", "from", "in"})
# `what groups`, `no group`: nobody is meant.
_OPEN = frozenset({"what", "which", "whatever", "whichever", "no", "any", "every", "each"})
# Adjectives that tell of which kind somebody is, as a noun before the noun does.
_KINDS = frozenset(
    {"black", "civilian", "domestic", "elderly", "federal", "female", "foreign", "junior", "local", "male"}
    | {"military", "national", "old", "private", "public", "religious", "rural", "senior", "urban", "white", "young"}
)
_SOME = frozenset({"few", "many", "most", "other", "several", "such"})
_NEW = frozenset({"a", "an", "another", "one"})


@dataclass(frozen=True, slots=True)
class Told:
    """A place where an actor is meant beside its names, by the token that heads it. `actor` is the id of a named one
    or the key of one without a name."""

    token: Token
    actor: str
    form: MentionForm
    certain: bool

    @property
    def start(self) -> int:
        """Where the noun phrase begins: with its article, its owner and what specifies it."""
        if self.form != "description":
            return self.token.idx
        edge = self.token.left_edge
        while edge.i < self.token.i and (edge.dep_ in ("cc", "preconj") or self._is_mark(edge)):
            edge = edge.nbor()
        return edge.idx

    def _is_mark(self, token: Token) -> bool:
        """A mark or a space that does not belong to the phrase: one that opens is closed in it."""
        rest = token.doc[token.i + 1 : self.token.i]
        closed = (token.is_quote and any(other.is_quote for other in rest)) or (
            token.is_bracket and any(other.is_bracket for other in rest)
        )
        return (token.is_punct or token.is_space) and not closed

    @property
    def end(self) -> int:
        return self.token.idx + len(self.token)


class Descriptions:
    """All of them in one article. `told` in the order of the text; `kinds` of the actors without a name, by key."""

    def __init__(self, references: References) -> None:
        self.references, self.doc = references, references.doc
        self.kinds: dict[str, ActorKind] = {}
        self._acting: set[str] = set()
        self._last: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}
        # By what kind or names an actor was told, and the last of a noun and kind.
        self._told_by: dict[str, frozenset[str]] = {}
        self._of_kind: dict[tuple[str, frozenset[str]], str] = {}
        self._keys: dict[int, str] = {}
        self._counted: dict[tuple[str, float], str] = {}
        self._bare: set[str] = set()
        self._numbers = {number.start: number.value for number in find_numbers(self.doc)}
        beside = _find_beside(references)
        found = [told for token in self.doc if (told := self._tell(token, beside))]
        found = self._without_own(found)
        self.told = [told for told in found if told.actor not in self.kinds or told.actor in self._acting]

    def _without_own(self, found: list[Told]) -> list[Told]:
        """Nobody is his own uncle: where a description holds a name or pronoun of the same actor, one of them is
        wrong, and the description goes; for an actor without a name the pronoun goes."""
        meant = {**self.references.meant, **{told.token.i: told.actor for told in found}}
        dropped: set[int] = set()
        for told in found:
            if told.form == "description":
                inside = range(told.token.left_edge.i, told.token.i)
                own = [at for at in inside if meant.get(at) == told.actor]
                dropped.update(own if told.actor in self.kinds else [told.token.i] if own else [])
        return [told for told in found if told.token.i not in dropped]

    def _tell(self, token: Token, beside: dict[int, str]) -> Told | None:
        at = token.i
        if token.pos_ == "PRON" or token.tag_ == "PRP$" or gender_of_pronoun(token):
            return self._tell_pronoun(token)
        if token.pos_ not in ("NOUN", "PROPN") or at in self.references.names:
            return None
        if at in beside:
            return Told(token, beside[at], "description", True)
        actor = self.references.meant.get(at)
        if self.references.cast.at(token) is not None:
            return None
        if actor is not None and token.text in HALVES:
            return Told(token, actor, "part-of-name", True)
        if actor is not None:
            return Told(token, actor, "description", at not in self.references.doubtful)
        return self._tell_nameless(token)

    def _tell_pronoun(self, token: Token) -> Told | None:
        if find_antecedent(token) is not None:
            return None
        if gender_of_pronoun(token):
            actor = self.references.meant.get(token.i) or self._last.get(self.references.nameless.get(token.i, ""))
            return Told(token, actor, "pronoun", token.i in self.references.clear) if actor else None
        if token.lower_ not in GROUP_PRONOUNS:
            return None
        noun = find_group(token, self.references.sources)
        if noun is None or noun.i >= token.i:
            return None
        actor = self.references.meant_at(noun) or self._keys.get(noun.i)
        if actor is None or actor in self.references.cast.people or self.kinds.get(actor) == "person":
            return None
        self._keys[token.i] = actor
        return Told(token, actor, "pronoun", False)

    def _tell_nameless(self, noun: Token) -> Told | None:
        """A common noun for people or a body that stands for itself: no title, no part of a name, no predicate."""
        kind = kind_of_noun(noun)
        if kind is None or noun.pos_ != "NOUN" or not _stands_for_itself(noun):
            return None
        key, certain = self._key_of(noun)
        self.kinds.setdefault(key, kind)
        self._keys[noun.i] = key
        self._last[f"{_word(noun)} without name"] = key
        if self._acts(noun, kind):
            self._acting.add(key)
        return Told(noun, key, "description", certain)

    def _key_of(self, noun: Token) -> tuple[str, bool]:
        """The same noun with the same names is the same actor, and without names the last one with that noun; certain
        where no other words part the two. `a man` is a new one, `the man` the last; `nine people` are others than
        `14 people` before."""
        word = _word(noun)
        names, words = self._names_with(noun), _words_with(noun)
        key = " ".join(("nameless", *names, word))
        if noun.tag_ == "NN" and any(child.lower_ in _NEW for child in noun.children):
            key = key if key not in self.kinds else f"{key} {noun.i}"
        elif not names:
            key = self._last_with(noun, words, key)
        else:
            self._told_by.setdefault(key, words.union(names))
        key = self._by_count(noun, " ".join((*names, word)), key)
        if _is_bare(noun):
            self._bare.add(key)
        same = words <= self._words.setdefault(key, words)
        return key, same

    def _last_with(self, noun: Token, words: frozenset[str], key: str) -> str:
        """The last with that noun and kind; else the last with that noun, unless it was told by a name or another kind:
        `staff members` after `Republican members`, `foreign workers` after `local workers`."""
        word = _word(noun)
        kinds = frozenset({child.lemma_.lower() for child in noun.lefts if child.dep_ == "compound"} | words & _KINDS)
        if not kinds:
            last = self._last.get(f"{word} without name", key)
            apart = _is_bare(noun) and last in self._counted.values()  # `14 workers left. Workers said ...`
            return last if not apart else key if key in self._bare else f"nameless any {word}"
        if (word, kinds) not in self._of_kind:
            last = self._last.get(f"{word} without name", key)
            told = self._told_by.get(last)
            other = told is not None and not told & kinds
            found = " ".join(("nameless", *sorted(kinds), word)) if other else last
            self._told_by.setdefault(found, kinds)
            self._of_kind[word, kinds] = found
        return self._of_kind[word, kinds]

    def _names_with(self, noun: Token) -> list[str]:
        """The actors that specify a noun, by id, and other names."""
        names = set[str]()
        for child in noun.children:
            if child.dep_ in _MODIFIERS or (child.dep_ == "prep" and child.lower_ in _BELONGS):
                names |= {
                    self._name(word) for word in child.subtree if word.pos_ == "PROPN" or word.ent_type_ == "NORP"
                }
        return sorted(names)

    def _by_count(self, noun: Token, words: str, key: str) -> str:
        """The actor with this noun and names that was counted so before, else a new one where `key` was
        counted otherwise."""
        count = next((self._numbers[child.idx] for child in noun.lefts if child.idx in self._numbers), None)
        if count is None:
            return key
        other = any(value != count and counted == key for (_, value), counted in self._counted.items())
        other = other or key in self._bare  # `Workers met. 14 workers left.`
        return self._counted.setdefault((words, count), f"{key} {noun.i}" if other else key)

    def _name(self, token: Token) -> str:
        found = self.references.cast.at(token)
        return found[1].id if found else token.lower_

    def _acts(self, noun: Token, kind: ActorKind) -> bool:
        """Whether it heads an agent, a patient or a source; a body only where it acts or speaks."""
        role = noun
        while role.dep_ == "conj" and role.head != role:
            role = role.head
        if role.i in self.references.sources or role.dep_ == "nsubj":
            return True
        by = role.dep_ == "pobj" and role.head.dep_ == "agent"
        return by or (kind != "organisation" and role.dep_ in _ACTING)


def _find_beside(references: References) -> dict[int, str]:
    """The nouns beside a name: `Ann Lee, the mayor`, `the mayor, Ann Lee`, `the mayor is Ann Lee`. One noun for one
    person."""
    found: dict[int, str] = {}
    for at, (_, actor) in references.names.items():
        name = references.doc[at]
        nouns = [*appositions_of(name), *([name.head] if name.dep_ == "appos" else ()), *_predicated_of(name)]
        for noun in nouns:
            kind = kind_of_noun(noun) if noun.pos_ == "NOUN" else None
            if kind == "person" or (kind is not None and actor.kind != "person"):
                found.setdefault(noun.i, references.meant.get(at, actor.id))
    return found


def _predicated_of(name: Token) -> Iterator[Token]:
    if name.dep_ == "attr" and name.head.lemma_ == "be":
        yield from (child for child in name.head.children if child.dep_ == "nsubj")


def _stands_for_itself(noun: Token) -> bool:
    """No part of another noun, no name beside it, nothing that is said of somebody (`is a mayor`, `as mayor`)."""
    if noun.dep_ in ("compound", "nmod", "amod", "attr", "npadvmod", "oprd", "appos"):
        return False
    if any(child.lower_ in _OPEN for child in noun.children):
        return False
    return not (noun.dep_ == "pobj" and noun.head.lower_ in ("as", "like"))


def _words_with(noun: Token) -> frozenset[str]:
    """The adjectives and nouns that specify a noun."""
    return frozenset(child.lemma_.lower() for child in noun.children if child.dep_ in _MODIFIERS)


def _is_bare(noun: Token) -> bool:
    """A plural that says neither which nor how many: any of them."""
    told = any(child.dep_ in ("det", "poss", "nummod", "predet", "quantmod") for child in noun.lefts)
    return noun.tag_ == "NNS" and not told and not any(child.lower_ in _SOME for child in noun.lefts)


def _word(noun: Token) -> str:
    """One worker is not the workers: the noun in its number."""
    return noun.lemma_.lower() if noun.tag_ == "NN" else noun.lower_


def is_subject(token: Token) -> bool:
    """Whether a token heads the subject of a finite clause, alone or with others."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    if token.dep_ not in _SUBJECTS:
        return False
    verb = token.head
    return verb.tag_ in _FINITE or any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE for child in verb.children
    )
