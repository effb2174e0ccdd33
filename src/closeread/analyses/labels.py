"""Labels: what an article calls its actors beside their bare names, with the words that describe them.

A label is a referring expression for one actor that says more than the name, or something else (Hamborg, Zhukova and
Gipp 2019, "Automated Identification of Media Bias by Word Choice and Labeling in News Articles", JCDL).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from closeread.analyses.innermost import Innermost
from closeread.analyses.roles import kind_of_noun
from closeread.analyses.voices import Voices
from closeread.article import Article
from closeread.findings import Actor, Label, Mention, MentionForm
from closeread.lexicons import index_source_nouns, index_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DESCRIBING = frozenset({"amod", "compound", "nmod"})
_PARTS = frozenset({"compound", "nmod", "amod", "poss"})
_MENTIONED = "labels.description"
_BE = frozenset({"be", "become", "remain"})
# Words that lead to a noun without saying anything of it.
_BARE = frozenset({"the", "other", "own", "same", "such", "certain", "many", "several", "few", "first", "last", "next"})
_DATES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL"})
_NO_LABEL: frozenset[MentionForm] = frozenset({"pronoun", "metonym"})


@dataclass(frozen=True, slots=True)
class _Found:
    """The noun or name that heads a label, its describing words in order, and the first and last token of the whole."""

    rule: str
    head: str
    modifiers: tuple[tuple[Token, Token], ...]
    first: Token
    last: Token
    certain: bool = True


def find_labels(
    doc: Doc, article: Article, actors: Sequence[Actor], *, voices: Voices, innermost: Innermost
) -> tuple[Label, ...]:
    """The labels in the order of the text. Ids are `l1`, `l2`, ... One in apposition to a name, or said of it (`is a`,
    `called him a`), is certain only where its noun is known to stand for persons or bodies."""
    starts = [token.idx for token in doc]
    found = []
    for actor in actors:
        for mention in actor.mentions:
            first, last = (doc[max(bisect_right(starts, at) - 1, 0)] for at in (mention.start, mention.end - 1))
            found += [(actor, mention, each) for each in _labels_of(mention, first, last)]
    found.sort(key=lambda item: (item[2].first.idx, item[2].last.idx, item[0].id))
    found = list(_without_repeated(found))
    return tuple(
        _to_label(article, voices, innermost, number=number, actor=actor, mention=mention, found=each)
        for number, (actor, mention, each) in enumerate(found, 1)
    )


def _without_repeated(found: Sequence[tuple[Actor, Mention, _Found]]) -> Iterator[tuple[Actor, Mention, _Found]]:
    """One label for each place and actor: that beside a name before the mention that it makes, a certain one before one
    that is not."""
    for _, same in groupby(found, key=lambda item: (item[2].first.i, item[2].last.i, item[0].id)):
        yield min(same, key=lambda item: (not (item[1].certain and item[2].certain), item[2].rule == _MENTIONED))


def _to_label(
    article: Article,
    voices: Voices,
    innermost: Innermost,
    *,
    number: int,
    actor: Actor,
    mention: Mention,
    found: _Found,
) -> Label:
    start = found.first.idx
    return Label(
        id=f"l{number}",
        actor=actor.id,
        place=article.span(start, found.last.idx + len(found.last)),
        head=found.head,
        modifiers=tuple(article.span(one.idx, other.idx + len(other)) for one, other in found.modifiers),
        voice=voices.voice_at(start),
        attribution=innermost.attribution_at(start),
        rule=found.rule,
        certain=mention.certain and found.certain,
    )


def _labels_of(mention: Mention, first: Token, last: Token) -> Iterator[_Found]:
    if mention.form in _NO_LABEL:
        return
    head = _root(first, last)
    if head.dep_ in _PARTS and head.head.i > last.i:  # `Holt supporters` are others
        return
    if mention.form == "description":
        yield _of_noun(head, _MENTIONED)
    elif _ends_in_noun(mention, last):
        described = tuple(_modifiers(last, before=first.i))
        name = (first, last.nbor(-1))
        yield _Found("labels.body", last.lemma_, (*described, name), described[0][0] if described else first, last)
    else:
        described = tuple(_modifiers(head, before=first.i))
        if described and not _is_other(described[-1][1], first, head):
            told = _tells_who(first.nbor(-1))
            yield _Found("labels.name", mention.text, described, described[0][0], last, told)
    for noun, rule in _said_of(head):
        known = index_source_nouns().get(noun.lemma_.lower())
        yield replace(_of_noun(noun, rule), certain=known is not None and known.kind != "document")


def _is_other(word: Token, first: Token, head: Token) -> bool:
    """A verb that the parser hangs on a name (`many back Holt`, `those supporting Holt`), or the name once more."""
    verbs = {"VB", "VBP", "VBZ", "VBD"} | ({"VBG"} if head.ent_type_ == "PERSON" else set())
    return word.tag_ in verbs or word.text == first.text


def _tells_who(word: Token) -> bool:
    """Whether the word before a name may say who it is: a noun for persons or bodies, an adjective, a title; not
    `information Holt has`, where the parser takes what comes before for a part of the name."""
    written = word.doc[_joined(word).i : word.i + 1].text.lower()
    noun = kind_of_noun(word) is not None or written in index_source_nouns()
    return noun or word.pos_ == "ADJ" or word.text in index_titles() or word.ent_type_ == "NORP"


def _ends_in_noun(mention: Mention, last: Token) -> bool:
    """`the Holt regime`: a name of which the last word is a common noun."""
    return " " in mention.text and last.idx > mention.start and last.pos_ == "NOUN" and last.text.islower()


def _root(first: Token, last: Token) -> Token:
    """The token of the mention on which the others hang."""
    inside = range(first.i, last.i + 1)
    return next((token for token in first.doc[first.i : last.i + 1] if token.head.i not in inside), last)


def _of_noun(noun: Token, rule: str) -> _Found:
    first = _joined(noun)
    head = "".join(token.text_with_ws for token in noun.doc[first.i : noun.i]) + noun.lemma_
    described = tuple(_modifiers(noun, before=first.i))
    return _Found(rule, head, described, described[0][0] if described else first, noun)


def _joined(noun: Token) -> Token:
    """The first token of a word written with hyphens (`front-runner`)."""
    first = noun
    while (
        first.i > 1
        and not first.nbor(-1).whitespace_
        and first.nbor(-1).text in "-–"
        and not first.nbor(-2).whitespace_
    ):
        first = first.nbor(-2)
    return first


def _modifiers(head: Token, *, before: int) -> Iterator[tuple[Token, Token]]:
    """The describing words in front of a noun, each with what specifies it; no `Mr.`, no `other`."""
    for child in head.children:
        if child.dep_ in _DESCRIBING and child.i < before and not _is_bare(child):
            first = child
            while first.i and _specifies(first.nbor(-1), child):
                first = first.nbor(-1)
            yield first, child


def _specifies(word: Token, described: Token) -> bool:
    """`former` in `former governor`, `deeply` in `deeply unpopular`; not `the`, `her` or another name before `and`."""
    if not word.text[0].isalnum() and word.text not in ("-", "–"):
        return False
    inside = described.is_ancestor(word) and word.dep_ not in ("det", "poss", "case", "cc", "conj", "preconj")
    return inside and all(parent.dep_ not in ("poss", "conj") for parent in _up_to(word, described))


def _up_to(word: Token, top: Token) -> Iterator[Token]:
    while word.i != top.i:
        yield word
        word = word.head


def _is_bare(word: Token) -> bool:
    title = index_titles().get(word.text)
    if word.ent_type_ in _DATES or word.lower_ in _BARE or not word.text[0].isalnum():
        return True
    return title is not None and title.kind == "honorific"


def _said_of(name: Token) -> Iterator[tuple[Token, str]]:
    """Nouns in apposition to a name or description, or said of it by a clause that is not negated."""
    for child in name.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            yield child, "labels.apposition"
    if name.dep_ == "appos" and name.head.pos_ == "NOUN":
        yield name.head, "labels.apposition"
    verb = name.head
    if any(child.dep_ == "neg" for child in verb.children):
        return
    if name.dep_ == "nsubj" and verb.lemma_ in _BE:
        yield from ((noun, "labels.predicate") for noun in verb.children if noun.dep_ == "attr" and _may_label(noun))
    if name.dep_ in ("dobj", "nsubjpass"):
        yield from ((noun, "labels.called") for noun in verb.children if noun.dep_ == "oprd" and _may_label(noun))


def _may_label(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and not any(child.lower_ in ("no", "not") for child in noun.children)
