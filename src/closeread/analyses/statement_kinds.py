"""Of which kind a statement is: a question, a call to act, a prediction, a cause, a number, a judgement, a fact.

The first that fits, in this order. The words are those of `lexicons/statement_words.tsv`; a word counts where it
stands with the predicate of the statement. Loaded words in the predicate make a judgement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.analyses.modality import is_imperative
from closeread.analyses.phrases import match_words
from closeread.analyses.statements import Part
from closeread.article import Article
from closeread.findings import LoadedPhrase, StatementKind
from closeread.lexicons.rows import StatementSign, StatementWord
from closeread.lexicons.statement_words import index_statement_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKING = frozenset({"be", "seem", "look", "become", "feel", "remain", "sound", "appear", "prove", "'s", "’s"})
_COMPLEMENTS = frozenset({"acomp", "attr", "oprd", "ccomp"})
_COUNTED = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL"})
_NO_QUANTITY = frozenset({"DATE", "TIME", "ORDINAL", "FAC", "ORG", "LAW", "PRODUCT", "EVENT", "WORK_OF_ART"})
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "expl", "npadvmod", "acomp"})
_AMOUNTS = frozenset({"by", "to", "from"})
_COUNTING = frozenset({"nummod", "quantmod", "compound", "amod"})
_CLOSING = "”’\"')] "


def find_kind(part: Part, article: Article, loaded: Sequence[LoadedPhrase]) -> StatementKind:
    """`loaded` are the loaded phrases inside the statement."""
    if _is_question(part, article):
        return "question"
    signs = set(_signs(part))
    if "call" in signs or (part.head is not None and is_imperative(part.head)):
        return "call"
    if "prediction" in signs:
        return "prediction"
    if "cause" in signs:
        return "cause"
    if tells_quantity(part):
        return "number"
    return "judgement" if _is_judgement(part, signs, loaded) else "fact"


def tells_quantity(part: Part) -> bool:
    """Whether a number, or what it counts, is what the statement says."""
    return any(_is_quantity(token) and _is_said(token, part.head) for token in part.tokens)


def find_signs(tokens: Sequence[Token]) -> Iterator[tuple[StatementSign, Token, Token]]:
    """The entries of the list in these words, with the first and last token of each."""
    index = index_statement_words()
    for token in tokens:
        for entry in (*index.get(token.lower_, ()), *_by_lemma(token)):
            last = match_words(token, entry.words, entry.part)
            if last is not None:
                yield entry.says, token, last


def _by_lemma(token: Token) -> tuple[StatementWord, ...]:
    lemma = token.lemma_.lower()
    return index_statement_words().get(lemma, ()) if lemma != token.lower_ else ()


def _signs(part: Part) -> Iterator[StatementSign]:
    """Of the predicate: a verb that is it, a word that hangs on it."""
    for says, token, _ in find_signs(part.tokens):
        if _is_of_predicate(says, token, part.head):
            yield says


def _is_of_predicate(says: StatementSign, token: Token, head: Token | None) -> bool:
    if head is None:
        return says == "judgement"
    if says == "judgement":
        return _is_complement(token, head) or (token.pos_ != "ADV" and head in (token, token.head))
    return says == "cause" or (says in ("call", "prediction") and head in (token, token.head, token.head.head))


def _is_question(part: Part, article: Article) -> bool:
    rest = article.text[part.place.end : part.place.end + 4].lstrip(_CLOSING)
    return rest.startswith("?")


def _is_quantity(token: Token) -> bool:
    if token.ent_type_ in _NO_QUANTITY:
        return False
    return (token.like_num and token.lower_ != "one") or token.ent_type_ in ("PERCENT", "MONEY")


def _is_said(number: Token, head: Token | None) -> bool:
    """Whether the number, or what it counts, is subject, object or amount of the predicate."""
    token = number
    while token.dep_ in _COUNTING and token.head != token:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in _AMOUNTS:
        token = token.head
    return token.head == head and token.dep_ in (*_CORE, "prep")


def _is_complement(token: Token, head: Token) -> bool:
    """`is a disgrace`, `is a disgraceful act`, and an adverb that judges the whole (`rightly`)."""
    if token.pos_ == "ADV":
        return token.head == head
    while token.dep_ in ("amod", "conj", "advmod") and token.head != token:
        token = token.head
    return token.dep_ in _COMPLEMENTS and token.head == head and head.lemma_.lower() in _LINKING


def _is_judgement(part: Part, signs: set[StatementSign], loaded: Sequence[LoadedPhrase]) -> bool:
    if "judgement" in signs:
        return True
    if part.head is None:
        return bool(loaded)
    judged = any(_judges(token, part.head) for token in part.tokens)
    return judged or any(_is_in_predicate(phrase, part.head) for phrase in loaded)


def _judges(token: Token, head: Token) -> bool:
    """An adjective as predicate that is not known to be plain, and a superlative with one."""
    if token.tag_ in ("JJS", "RBS"):
        return _is_complement(token, head)
    if token.dep_ != "acomp" or token.head != head or token.tag_ not in ("JJ", "JJR") or token.ent_type_:
        return False
    entries = index_statement_words().get(token.lower_, ())
    return not any(entry.says == "plain" for entry in entries)


def _is_in_predicate(phrase: LoadedPhrase, head: Token) -> bool:
    if phrase.place.start <= head.idx < phrase.place.end:
        return True
    children = [child for child in head.children if child.dep_ in _COMPLEMENTS]
    return any(phrase.place.start <= child.idx < phrase.place.end for child in children)
