"""Enumerations: three or more coordinated names, with the rank of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.article import Article
from closeread.findings import Actor, Enumeration, Item

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Below this many members a coordination is a pair, not a list that has an order.
_MEMBERS = 3
_NOUNS = ("PROPN", "NOUN")


def find_enumerations(doc: Doc, article: Article, actors: Sequence[Actor]) -> tuple[Enumeration, ...]:
    """Coordinations of at least three members of which at least two name an actor, in the order of the text."""
    mentions = sorted((m.start, m.end, actor.id) for actor in actors for m in actor.mentions)
    found = []
    for token in doc:
        if token.dep_ not in ("conj", "appos") and token.pos_ in _NOUNS:
            members = list(_chain(token))
            if len(members) >= _MEMBERS:
                items = tuple(_to_items(article, members, mentions))
                if sum(item.actor is not None for item in items) > 1:
                    found.append((article.span(items[0].start, items[-1].end), items))
    return tuple(
        Enumeration(f"e{number}", place, items, "enumerations.coordination")
        for number, (place, items) in enumerate(sorted(found), 1)
    )


def _chain(token: Token) -> Iterator[Token]:
    """A head and what is coordinated with it, link by link: the parser hangs each member on the one before."""
    link: Token | None = token
    while link is not None:
        yield link
        link = _next_link(link)


def _next_link(token: Token) -> Token | None:
    """The coordinated noun, or an apposition with which a list goes on: the parser takes the second of three
    names for one."""
    if not token.n_rights:
        return None
    nouns = [child for child in token.rights if child.pos_ in _NOUNS and child.dep_ in ("conj", "appos")]
    lists = (child for child in nouns if child.dep_ == "conj" or any(link.dep_ == "conj" for link in child.rights))
    return next(lists, None)


def _to_items(article: Article, members: Sequence[Token], mentions: Sequence[tuple[int, int, str]]) -> Iterator[Item]:
    for rank, head in enumerate(members, 1):
        tokens = [head, *(t for t in head.lefts if t.dep_ in ("det", "compound", "amod", "poss", "nmod"))]
        start = min(token.left_edge.idx if token is not head else token.idx for token in tokens)
        end = head.idx + len(head)
        yield Item(start, end, article.text[start:end], rank, _actor_in(mentions, start, end))


def _actor_in(mentions: Sequence[tuple[int, int, str]], start: int, end: int) -> str | None:
    """The actor whose name ends the member ("the Syrian president Assad" is Assad, not Syria)."""
    at = bisect_left(mentions, (start, 0, ""))
    actor = None
    while at < len(mentions) and mentions[at][0] < end:
        actor = mentions[at][2] if mentions[at][1] >= end else actor
        at += 1
    return actor
