"""What everybody, or most people, are said to know: `everyone knows that it leaks`, `most readers will remember`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeread.lexicons import resolve_country
from closeread.lexicons.rows import StatementSign
from closeread.lexicons.statement_words import index_statement_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = frozenset({"all", "most", "many", "every"})
_PLURAL = frozenset({"NNS", "NNPS"})
# What says which people are meant, so that they are no longer all.
_NARROWING = frozenset({"prep", "relcl", "acl", "compound", "nmod", "poss", "appos", "neg"})
# What everybody knew or heard once is an event.
_FINITE = frozenset({"VBP", "VBZ"})
_WISHING = frozenset({"make", "let", "ensure", "sure", "want", "hope", "if", "whether", "until", "unless", "so"})
_AUXILIARIES = frozenset({"will", "would", "can", "have", "'ve", "’ve", "'ll", "’ll"})


def find_knowing(verb: Token) -> tuple[Token, Token] | None:
    """The crowd, not narrowed down, that is the subject of this verb, and the word by which it is said to know: the
    verb or what completes it (`is aware`). None for all other verbs."""
    completing = [child for child in verb.children if child.dep_ == "acomp"]
    knowing = next((word for word in (verb, *completing) if _says("knowing", word)), None)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if knowing is None or subject is None or not _is_stated(verb) or not _is_crowd(subject, verb):
        return None
    return subject, knowing


def _is_stated(verb: Token) -> bool:
    """As what is so: neither denied nor asked for."""
    auxiliaries = [child.lemma_.lower() for child in verb.children if child.dep_ == "aux"]
    above = {verb.head.lower_, verb.head.lemma_.lower()}
    if any(child.dep_ == "neg" for child in verb.children):
        return False
    if (above | {child.lower_ for child in verb.children if child.dep_ == "mark"}) & _WISHING:
        return False
    return verb.tag_ in _FINITE if not auxiliaries else all(lemma in _AUXILIARIES for lemma in auxiliaries)


def _is_crowd(subject: Token, verb: Token) -> bool:
    """`everybody`, `most people`, `many Larvians`, `we all`; none of them narrowed down."""
    children = list(subject.children)
    if any(child.dep_ in _NARROWING for child in children):
        return False
    if subject.lower_ in _MOST:
        return True
    if subject.lower_ == "we":
        return any(child.lower_ == "all" for child in (*children, *verb.children))
    if not _says("crowd", subject) and not _is_nation(subject):
        return False
    counted = [child for child in children if child.dep_ != "det" or child.lower_ in _MOST]
    return subject.tag_ not in _PLURAL or (len(counted) == 1 and counted[0].lower_ in _MOST)


def _is_nation(subject: Token) -> bool:
    if subject.tag_ not in _PLURAL:
        return False
    form = resolve_country(subject.text) or resolve_country(subject.lemma_)
    return form is not None and form.kind == "demonym"


def _says(sign: StatementSign, word: Token) -> bool:
    index = index_statement_words()
    return any(entry.says == sign for entry in (*index.get(word.lemma_.lower(), ()), *index.get(word.lower_, ())))
