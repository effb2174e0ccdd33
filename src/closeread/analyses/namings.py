"""How the source of an attribution is given: by name, by description, anonymously, by a pronoun; one or several."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from closeread.analyses.antecedents import find_antecedent
from closeread.findings import Naming, Number
from closeread.lexicons import Quantifier, index_quantifiers, index_source_nouns, index_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

# Of people who were asked: `28 percent of voters`.
_SHARES = frozenset({"percent", "%"})
_PERSONAL = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})


def find_number(head: Token | None, *, is_person: bool = False) -> Number:
    """One or several, by the grammar of the words; what a relative pronoun hangs on counts for it. `is_person` tells
    that the head is the name of one person, whatever its ending."""
    if head is None:
        return "unknown"
    antecedent = find_antecedent(head)
    if antecedent is not None and head.dep_ != "ROOT":
        return find_number(antecedent, is_person=is_person)
    if any(child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON") for child in head.children):
        return "several"
    entry = index_quantifiers().get(head.lower_)
    if entry is not None:
        return "several" if entry.refers == "counting" and _counts_plural(head) else entry.number
    if is_person:
        return "one"
    if head.tag_ == "NNPS":
        return "one" if head.ent_type_ in ("PERSON", "ORG", "GPE") and not _has_article(head) else "several"
    return "several" if head.tag_ == "NNS" or (head.pos_ == "NUM" and head.text != "1") else "one"


def _counts_plural(head: Token) -> bool:
    """`a number of aides`; a share of voters is several also without them (`28 percent said`)."""
    counted = [noun for child in head.children if child.lower_ == "of" for noun in child.children]
    return head.lower_ in _SHARES or any(find_number(noun) == "several" for noun in counted)


def _has_article(head: Token) -> bool:
    return any(child.lower_ == "the" for child in head.children)


def find_naming(head: Token, words: str, *, is_actor: bool) -> Naming:
    """`words` are those of the source; `is_actor` tells that a name in it is known."""
    entry = index_quantifiers().get(head.lower_)
    if head.tag_ in _PERSONAL or (entry is not None and _is_pronoun(head, entry)):
        return "pronoun"
    if head.lower_ in _SHARES:
        return "described"
    if (entry is not None and entry.refers in ("open", "pointing")) or _is_nobody(words):
        return "anonymous"
    if is_actor or _is_name(head):
        return "anonymous" if _leaves_open(head) and head.tag_ == "NNPS" else "named"
    return _name_description(head, words)


def _is_pronoun(head: Token, entry: Quantifier) -> bool:
    return entry.refers == "pronoun" or (entry.refers == "pointing" and head.pos_ == "PRON" and entry.number == "one")


def _is_nobody(words: str) -> bool:
    return words.lower().startswith(("no one", "some of ", "many of ", "one of ", "most of "))


def _is_name(head: Token) -> bool:
    """A proper name, and not a title alone (`the President`)."""
    if head.pos_ != "PROPN":
        inside = head.is_title and not head.is_sent_start and index_source_nouns().get(head.lemma_.lower()) is None
        return inside and not any(child.dep_ == "det" for child in head.children)
    alone = head.text in index_titles() or _is_person_noun(head)
    return not alone or (head.ent_type_ in ("PERSON", "ORG", "NORP") and not _has_article(head))


def _is_person_noun(head: Token) -> bool:
    noun = index_source_nouns().get(head.lower_)
    named = head.tag_ == "NNPS" or head.ent_type_ in ("PERSON", "NORP")
    return noun is not None and noun.kind == "person" and not named


def _leaves_open(head: Token) -> bool:
    words = index_quantifiers()
    openers = (words.get(child.lower_) for child in head.children)
    return any(word is not None and word.refers == "open" for word in openers) or _is_counted(head)


def _is_counted(head: Token) -> bool:
    """`three aides`, not `the three rivals`; the number in `Clause 14` is a name."""
    return not _has_article(head) and any(child.dep_ == "nummod" and child.i < head.i for child in head.children)


def _name_description(head: Token, words: str) -> Naming:
    """A document or a body is told by its kind; a person only by what leads to one."""
    if any(phrase in words.lower() for phrase in _anonymous_phrases()):
        return "anonymous"
    noun = index_source_nouns().get(head.lemma_.lower())
    owned = any(child.dep_ == "poss" for child in head.children)
    if noun is not None and noun.kind in ("document", "body"):
        return "described"
    if noun is not None and noun.anonymity == "anonymous":
        return "described" if owned and head.tag_ == "NN" else "anonymous"
    if not _leaves_open(head) or owned:
        return "described"
    one = any(child.lower_ in ("a", "an") for child in head.children)
    return "described" if one and _has_name(head) else "anonymous"


def _has_name(head: Token) -> bool:
    """A name among the words that specify the noun: `a spokesman for Ann Holt`, `a Pentagon spokesman`."""
    return any(token.pos_ == "PROPN" for token in head.subtree if token is not head)


@cache
def _anonymous_phrases() -> tuple[str, ...]:
    """Descriptions of several words, such as `people familiar with`."""
    nouns = index_source_nouns().items()
    return tuple(lemma for lemma, noun in nouns if " " in lemma and noun.anonymity == "anonymous")
