"""How a text introduces a speaker: title, apposition, relative clause and affiliation that stand with the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from closeread.article import Article, Span
from closeread.findings import Introduction, IntroductionForm
from closeread.lexicons import index_source_nouns, index_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# `(R-Tex.)`, `R-Calif.,`, `D-N.Y.`: party and place as the American press gives them.
_PARTY = re.compile(r"\([RDIL]\)|\(?\b(?:[RDIL]|Rep|Dem|Ind)\.?\s?[-–—‑]\s?[A-Z][A-Za-z]*\.?(?:\s?[A-Z][a-z]*\.)*\)?")
_PLACED = frozenset({"of", "for", "from", "at", "with", "in"})
_EDGE = " \t\n\u00a0,;:–—-"
_PLACES = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC"})
_LEADING = ("compound", "amod", "nmod", "poss")


def find_introductions(
    doc: Doc, article: Article, head: Token, *, name: Span | None, clauses: Sequence[Span]
) -> tuple[Introduction, ...]:
    """What introduces the speaker at a source, in the order of the text. `head` heads the source; `name` is the place
    of the speaker's name in it, None where it has none; `clauses` are cue and contents of the attribution: a relative
    clause that holds one of them is the saying itself, and introduces nobody."""
    if head.pos_ == "PRON":
        return ()
    finder = _Finder(doc, article, head, name)
    parties = set(finder.parties())
    found = {*finder.titles(), *finder.below(head, clauses)}
    if name is not None:
        last = finder.token_at(name.end - 1)
        if last is not head and last.dep_ != "compound":
            found |= set(finder.below(last, clauses))
    rest = {place for place in found if not any(place.overlaps(party) for party in parties)}
    return tuple(finder.join(sorted(parties | rest)))


class _Finder:
    """Collects the places around one source."""

    def __init__(self, doc: Doc, article: Article, head: Token, name: Span | None) -> None:
        self.doc, self.article, self.head, self.name = doc, article, head, name

    def token_at(self, offset: int) -> Token:
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0] if span is not None else self.head

    def place(self, start: int, end: int, form: IntroductionForm) -> Iterator[Introduction]:
        """The place without blanks and punctuation at its ends."""
        text = self.article.text
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start < end:
            yield Introduction(start, end, text[start:end], form)

    def join(self, places: Sequence[Introduction]) -> Iterator[Introduction]:
        """Neighbours of one form that the parse has cut at a hyphen or a full stop, as one."""
        held: Introduction | None = None
        for place in places:
            if held is not None and held.form == place.form and held.end <= place.start <= held.end + 1:
                held = Introduction(held.start, place.end, self.article.text[held.start : place.end], held.form)
                continue
            if held is not None:
                yield held
            held = place
        if held is not None:
            yield held

    def titles(self) -> Iterator[Introduction]:
        """The words before the name, article aside; names that lead them are where the speaker belongs. `Mr.` alone
        introduces nobody. Without a name, the names before the noun (`a Pentagon spokesman`)."""
        if self.name is None:
            yield from self._leading(self.head, self._words_before(self.head))
            return
        words = self._words_before(self.token_at(self.name.start))
        if words and self._is_role(words):
            titles = index_titles()
            if all(word.text in titles and titles[word.text].kind == "honorific" for word in words):
                return
            names = self._names(words[:-1])
            start = names[-1].idx + len(names[-1]) if names and names[0] is words[0] else words[0].idx
            end = words[-1].idx + len(words[-1])
            yield from self.place(self._after_possessive(start), end, "title")
            yield from self._affiliate(names)
        elif words:
            yield from self._affiliate([word for word in self._names(words) if word.ent_type_ in _PLACES])

    def _after_possessive(self, start: int) -> int:
        return start + 2 if self.article.text[start : start + 2] in ("'s", "’s") else start

    def _leading(self, head: Token, words: list[Token]) -> Iterator[Introduction]:
        noun = index_source_nouns().get(head.lemma_.lower())
        if noun is not None and noun.kind == "person":
            yield from self._affiliate(self._names(words))

    def _words_before(self, first: Token) -> list[Token]:
        """Nouns, names, adjectives and possessives right before a token, back to an article or a mark."""
        words: list[Token] = []
        at = first.i - 1
        while at >= first.sent.start and self._goes_on(self.doc[at]):
            words.insert(0, self.doc[at])
            at -= 1
        while words and (words[0].tag_ in ("POS", "PRP$") or words[0].pos_ in ("ADV", "CCONJ", "ADP")):
            words.pop(0)
        return words

    def _goes_on(self, token: Token) -> bool:
        if token.text in index_titles() or token.tag_ in ("POS", "HYPH") or token.text == "-":
            return True
        inner = token.pos_ in ("NOUN", "PROPN", "ADJ") or token.tag_ in ("VBN", "PRP$") or token.lower_ == "of"
        return (inner and token.dep_ not in ("ROOT", "conj", "dobj", "attr", "nsubj")) or token.text in index_titles()

    def _is_role(self, words: Sequence[Token]) -> bool:
        """Whether the words before a name end in a role: a title, or a common noun."""
        last = words[-1]
        known = last.text in index_titles() or index_source_nouns().get(last.lemma_.lower()) is not None
        return known or last.pos_ == "NOUN" or any(word.text in index_titles() for word in words)

    def _names(self, words: Sequence[Token]) -> list[Token]:
        """The names in a row that stand for a body, a party or a place, the first such row."""
        row: list[Token] = []
        for word in words:
            noun = index_source_nouns().get(word.lower_)
            role = word.text in index_titles() or (
                noun is not None and noun.kind == "person" and word.ent_type_ != "NORP"
            )
            named = word.ent_type_ in (*_PLACES, "PERSON") or word.pos_ == "PROPN"
            if named and not role and word.tag_ != "POS" and not _is_owner(word):
                row.append(word)
            elif row:
                break
        return row

    def _affiliate(self, names: Sequence[Token]) -> Iterator[Introduction]:
        if names:
            yield from self.place(names[0].idx, names[-1].idx + len(names[-1]), "affiliation")

    def parties(self) -> Iterator[Introduction]:
        """A party and a place right after the name."""
        end = self.name.end if self.name is not None else self.head.idx + len(self.head)
        gap = self.article.text[end : end + 2]
        match = _PARTY.match(self.article.text, end + len(gap) - len(gap.lstrip(" ,\u00a0")))
        if match:
            yield from self.place(match.start(), match.end(), "affiliation")

    def below(self, head: Token, clauses: Sequence[Span]) -> Iterator[Introduction]:
        """Appositions, relative clauses and phrases that hang on a noun, and the phrases inside appositions."""
        for child in head.children:
            start, end = child.left_edge.idx, child.right_edge.idx + len(child.right_edge)
            if child.dep_ == "appos" and child.pos_ in ("NOUN", "PROPN"):
                yield from self._apposition(child, start, end, clauses)
            elif child.dep_ in ("relcl", "acl") and child.i > head.i and child.tag_ != "VB":
                if not any(clause.start < end and start < clause.end for clause in clauses):
                    yield from self.place(start, end, "relative-clause")
            elif child.dep_ == "prep" and child.i > head.i and child.lower_ in _PLACED and self._is_place(child):
                yield from self._phrase(child, clauses)

    def _apposition(self, child: Token, start: int, end: int, clauses: Sequence[Span]) -> Iterator[Introduction]:
        if any(clause.start <= start < clause.end for clause in clauses):
            return
        if self.name is not None and start <= self.name.start < end:  # `the mayor, Ann Lee,`: the role is the noun
            first = start
            start, end = self._bare(child)
            commas = self.article.text[start:first].rstrip().endswith((",", "—", "–", "-"))
            form: IntroductionForm = "apposition" if commas else "title"
            yield from self.place(start, end, form)
            return
        ends = [clause.start for clause in clauses if start < clause.start < end]
        yield from self.place(start, min([end, *ends]), "apposition")
        yield from self.below(child, clauses)

    def _bare(self, apposition: Token) -> tuple[int, int]:
        """The noun before an apposition, with its article and what hangs on it."""
        noun, last = apposition.head, self.doc[apposition.left_edge.i - 1]
        return noun.left_edge.idx, max(last.idx + len(last), noun.idx + len(noun))

    def _is_place(self, preposition: Token) -> bool:
        """`of Georgia`, `at the Heritage Foundation`, `for the campaign`."""
        for noun in preposition.children:
            if noun.dep_ == "pobj":
                known = index_source_nouns().get(noun.lemma_.lower())
                told = any(child.dep_ in ("det", "poss") for child in noun.children)
                body = known is not None and known.kind in ("body", "group") and told
                return body or noun.pos_ == "PROPN" or noun.ent_type_ in _PLACES
        return False

    def _phrase(self, child: Token, clauses: Sequence[Span]) -> Iterator[Introduction]:
        """The phrase without the clauses and appositions that hang on it."""
        end = child.right_edge.idx + len(child.right_edge)
        for token in child.subtree:
            if token.dep_ in ("relcl", "acl", "appos") and token.i > child.i:
                end = min(end, token.left_edge.idx)
        ends = [clause.start for clause in clauses if child.idx < clause.start < end]
        yield from self.place(child.idx, min([end, *ends]), "affiliation")


def _is_owner(word: Token) -> bool:
    """`Holt’s rivals` do not belong to Holt; `Ohio’s governor` does to Ohio."""
    return word.dep_ == "poss" and word.ent_type_ == "PERSON"
