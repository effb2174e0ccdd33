"""What a relative pronoun stands for: the noun that its clause describes (`the man who shot him`), in a cleft sentence
the noun that is brought out (`it was the army that attacked`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeread.analyses.roles import kind_of_noun

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_OPENING_MARKS = frozenset({"“", "‘", '"', "``", "«"})
_BETWEEN = frozenset({",", "(", "“", "‘", '"', "``", "”", "’", "''", "-", "–", "—"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative"})
_NOT_WHO = frozenset({"ORG", "GPE", "LOC", "FAC"})
_TIMES = frozenset({"DATE", "TIME"})
_OF_PEOPLE = ("er", "or", "ist", "ant", "ee", "man", "men", "woman", "women", "people", "folk", "child")
_OF_THINGS = frozenset(
    {"barrier", "border", "center", "chapter", "corner", "corridor", "counter", "cover", "disaster", "door", "factor"}
    | {"floor", "gender", "harbor", "letter", "liquor", "matter", "meter", "mirror", "murder", "number", "offer"}
    | {"order", "paper", "plant", "poster", "power", "quarter", "restaurant", "river", "sector", "shelter", "shower"}
    | {"summer", "theater", "tower", "war", "water", "weather", "winter"}
)
# A relative clause begins with its pronoun, or with a few words around it (`some of whom`, `in which`).
_FIRST_WORDS = 3


def resolve(token: Token) -> Token:
    """The antecedent of a relative pronoun; any other token itself."""
    return find_antecedent(token) or token


def find_antecedent(pronoun: Token) -> Token | None:
    """None for a word that is no relative pronoun, or stands for no noun (`decided who to back`)."""
    if not _is_relative(pronoun) or _is_quoted_first(pronoun):
        return None
    bracketed = pronoun.i > 0 and pronoun.nbor(-1).text == "("
    noun = (None if bracketed else _described_by(pronoun)) or _noun_before(pronoun, bracketed=bracketed)
    if noun is None:
        return None
    noun = _brought_out(noun)
    noun = _person_of(noun) if pronoun.lower_ in ("who", "whom") else noun
    return noun if noun.i < pronoun.i else None


def find_described(word: Token) -> Token | None:
    """The noun that the relative clause around a word describes."""
    for above in (word, *word.ancestors):
        if above.dep_ == "relcl":
            return above.head if above.head.pos_ in NOMINAL else None
        if above.pos_ in NOMINAL and above != word:
            return None
    return None


def _is_relative(token: Token) -> bool:
    if token.lower_ not in _RELATIVE:
        return False
    return token.tag_ in ("WDT", "WP", "WP$") or (
        token.lower_ == "that" and token.dep_ in _SUBJECTS and token.tag_ == "IN"
    )


def _is_quoted_first(token: Token) -> bool:
    """The first word in quotation marks asks or tells something of its own: `the cry, “Who lost the war?”`."""
    return token.text[:1].isupper() and token.i > 0 and token.nbor(-1).text in _OPENING_MARKS


def _described_by(pronoun: Token) -> Token | None:
    """By the parse; not where the pronoun stands in a clause inside, which it opens as a question."""
    opens = False
    for above in pronoun.ancestors:
        if above.dep_ in ("relcl", "conj"):
            opens = opens or pronoun.i - above.left_edge.i <= _FIRST_WORDS
        if above.dep_ == "relcl":
            return above.head if opens and above.head.pos_ in NOMINAL else None
    return None


def _noun_before(pronoun: Token, *, bracketed: bool) -> Token | None:
    """The noun right before a clause of which the parse does not say that it is a relative one."""
    at = pronoun.i - 1
    if pronoun.dep_ == "pobj" and pronoun.head.i == at:
        counted = pronoun.head.head
        at = counted.left_edge.i - 1 if counted.pos_ in NOMINAL and counted.i < at else at - 1  # `half of which`
    while at >= 0 and pronoun.doc[at].text in _BETWEEN:
        if pronoun.lower_ == "that" and pronoun.doc[at].text == ",":
            return None
        at -= 1
    noun = pronoun.doc[max(at, 0)]
    if noun.ent_type_ in _TIMES and noun.head.dep_ == "prep":  # `the vote on Tuesday that`
        noun = pronoun.doc[max(noun.head.i - 1, 0)]
    if at < 0 or noun.pos_ not in ("NOUN", "PROPN") or noun.sent != pronoun.sent or noun.ent_type_ in _TIMES:
        return None
    # `asked the voters who won`
    told = not bracketed and pronoun.dep_ != "pobj" and noun.dep_ in _OBJECTS and noun.head in pronoun.ancestors
    return None if told else noun


def _brought_out(noun: Token) -> Token:
    """`it was Ann and Bob who left`: both, wherever the parser hangs the clause."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in NOMINAL:
        first = first.head
    cleft = first.dep_ == "attr" and any(child.lower_ == "it" and child.dep_ == "nsubj" for child in first.head.lefts)
    return first if cleft else noun


def _person_of(noun: Token) -> Token:
    """`who` is somebody: in `candidates for the seat who` the candidates, wherever the parser hangs the clause."""
    above = noun
    while not _is_somebody(above):
        before = _noun_above(above)
        if before is None or before.i >= above.i:
            return noun
        above = before
    return above


def _noun_above(noun: Token) -> Token | None:
    """The noun before an apposition or preposition, also where the parser hangs `from the shelter` on the verb."""
    above = noun.head
    if noun.dep_ == "pobj" and above.i > 0:
        return above.head if above.head.pos_ in NOMINAL else above.nbor(-1)
    return above if noun.dep_ == "appos" else None


def _is_somebody(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    if noun.ent_type_ in _NOT_WHO:
        return False
    if noun.pos_ in ("PROPN", "PRON") or kind_of_noun(noun) is not None:
        return True
    return lemma.endswith(_OF_PEOPLE) and lemma not in _OF_THINGS
