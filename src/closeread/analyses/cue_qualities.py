"""What the words of a cue say of themselves: speech, writing or thought; a distance or an endorsement; a denial.

A cue is any stretch of words: a verb with its auxiliaries, a noun (`his belief`), an adjective (`is confident`) or a
fixed phrase (`according to`). A verb that no list knows is taken as speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, get_args

from closeread.findings import Attribution, AttributionKind, Stance
from closeread.lexicons import (
    Cue,
    CueWord,
    WordClass,
    index_cue_verbs,
    index_cue_words,
    index_leading_verbs,
    index_source_nouns,
    load_cue_phrases,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLASSES: dict[str, WordClass] = {
    **{"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADV": "adverb"}
}
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor", "neither", "without", "cannot"})
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
# `no doubt`, `no secret of`: what is said is said all the more.
# Whole sentences in quotation marks are said: `She concluded: “We lost.”`
_SPOKEN = frozenset({"conclude", "marvel"})
_AFFIRMED = frozenset({"doubt", "question", "secret", "sign"})
_CHAIN = frozenset({"xcomp", "aux", "auxpass", "pcomp", "acomp", "attr"})


@dataclass(frozen=True, slots=True)
class Qualities:
    """What the list says of the word that counts in a cue. `token` is that word."""

    token: Token
    kind: AttributionKind
    stance: Stance
    of_document: AttributionKind
    light: bool = False


def find_cue_qualities(doc: Doc, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with `kind`, `stance` and `negated`, in the same order."""
    return tuple(_rate(doc, attribution) for attribution in attributions)


def _rate(doc: Doc, attribution: Attribution) -> Attribution:
    cue = _tokens(doc, attribution.cue.start, attribution.cue.end) if attribution.cue else []
    if not any(token.is_alpha for token in cue):
        return replace(attribution, kind="unknown", stance="neutral", negated=_is_nobody(doc, attribution))
    found = _look_up(cue)
    kind = found.of_document if _is_document(doc, attribution) else found.kind
    if kind == "speech" and any(_is_writing(token) for token in cue):
        kind = "writing"
    if kind == "thought" and attribution.mode == "direct" and found.token.lemma_.lower() in _SPOKEN:
        kind = "speech"
    negated = _is_nobody(doc, attribution) or _is_negated(cue, found.token)
    return replace(attribution, kind=kind, stance=found.stance, negated=negated)


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return [token for token in span if not token.is_space] if span is not None else []


def _look_up(cue: Sequence[Token]) -> Qualities:
    """The first word that a list knows and that is more than a light verb; else the fixed phrase; else the head."""
    phrase = _find_phrase(" ".join(token.lower_ for token in cue))
    if phrase is not None:
        return Qualities(cue[0], phrase.kind, phrase.stance, phrase.kind)
    known = [found for token in cue if (found := _know(token))]
    heavy = [found for found in known if not found.light]
    verbs = [found for found in heavy if found.token.pos_ in ("VERB", "AUX")]
    found = next(iter(verbs or heavy or known), None)
    return found or Qualities(_head(cue), "speech", "neutral", "speech")


def _head(cue: Sequence[Token]) -> Token:
    """The token whose own head is outside the cue."""
    inside = {token.i for token in cue}
    return next((token for token in cue if token.head.i not in inside or token.head == token), cue[0])


def _know(token: Token) -> Qualities | None:
    noun = token.pos_ in ("NOUN", "PROPN") and token.tag_ != "VBG"
    found = None if noun else _find_verb(token, token.lemma_.lower())
    if found is None:
        word = _find_word(token, token.lemma_.lower())
        found = (
            Qualities(token, word.kind, word.stance, word.kind, word.lemma in index_leading_verbs()) if word else None
        )
    return found or (_find_verb(token, token.lower_.removesuffix("s")) if noun else None)


def _find_verb(token: Token, lemma: str) -> Qualities | None:
    after = {word.lower_ for word in token.doc[token.i + 1 : token.i + 4]}
    for entry in index_cue_verbs().get(lemma, ()):
        if not entry.particle or entry.particle in after:
            light = not entry.particle and lemma in index_leading_verbs()
            return Qualities(token, entry.kind, entry.stance, entry.of_document or entry.kind, light)
    return None


def _find_word(token: Token, lemma: str) -> CueWord | None:
    """The entry for the token's own part of speech, else for another one: the parser errs on headlines."""
    words = index_cue_words()
    own = _CLASSES.get(token.pos_)
    if own is None:
        return None
    order: list[WordClass] = [own, *get_args(WordClass)]
    forms = (lemma, token.lower_)
    return next((word for part in order for form in forms if (word := words.get((form, part)))), None)


@cache
def _phrases() -> tuple[tuple[str, Cue], ...]:
    """Phrases without a gap; of those with one, the words around it, since the source is no part of a cue."""
    return tuple((" ".join(cue.parts), cue) for cue in load_cue_phrases() if len(" ".join(cue.parts)) > 3)


def _find_phrase(words: str) -> Cue | None:
    return next((cue for phrase, cue in _phrases() if f" {phrase} " in f" {words} "), None)


def _is_writing(token: Token) -> bool:
    """`in a letter`, `on Twitter`; not a name that holds such a word (`the Washington Post`)."""
    word = index_cue_words().get((token.lemma_.lower(), "noun"))
    alone = token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.dep_ != "compound" and not _is_compound(token))
    return word is not None and word.kind == "writing" and alone


def _is_compound(token: Token) -> bool:
    return any(child.dep_ == "compound" for child in token.children)


def _is_document(doc: Doc, attribution: Attribution) -> bool:
    """Whether the source is headed by the noun of a document: `the poll`, `which` after it too."""
    for source in attribution.sources[:1]:
        tokens = _tokens(doc, source.start, source.end)
        head = _head(tokens) if tokens else None
        if head is not None and head.tag_ in ("WDT", "WP"):
            head = next((verb.head for verb in head.ancestors if verb.dep_ == "relcl"), head)
        noun = index_source_nouns().get(head.lemma_.lower()) if head is not None else None
        return noun is not None and noun.kind == "document"
    return False


def _is_nobody(doc: Doc, attribution: Attribution) -> bool:
    """Whether the source says that there was none: `no one`, `neither campaign`, `no senator`."""
    for source in attribution.sources[:1]:
        words = source.text.lower().split()
        return words[0] in ("no", "neither", "nobody", "none", "no-one")
    return False


def _is_negated(cue: Sequence[Token], word: Token) -> bool:
    """Whether the cue or the clause around it says that it did not take place."""
    inside = {token.i for token in cue}
    if word.lemma_ not in _AFFIRMED and any(child.lower_ == "no" and child.i in inside for child in word.children):
        return True  # `made no mention of`
    return any(_denies(verb) for verb in _chain(word, inside))


def _is_not(token: Token) -> bool:
    """`not` and its kin; `not only said` and `not surprisingly` leave the saying as it is."""
    if token.lower_ == "longer":
        return token.i > 0 and token.nbor(-1).lower_ == "no"
    if token.lower_ not in _NEGATIONS:
        return False
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return after not in ("only", "just", "merely", "surprisingly", "long", "least", "help", "wait")


def _is_yet(token: Token) -> bool:
    """`has yet to say`"""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ == "to" and token.i > 0


def _leads_to_saying(verb: Token) -> bool:
    """`declined to comment`, also where the rest stands outside the cue; `refused to leave` tells of a refusal."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "dobj", "prep", "advcl", "ccomp") and child.i > verb.i:
            nouns = [child, *child.children] if child.dep_ in ("dobj", "prep") else [child]
            return any(_is_saying(token) for token in nouns)
    return False


def _is_saying(token: Token) -> bool:
    lemma = token.lemma_.lower()
    verbs = index_cue_verbs().get(lemma, ())[-1:] if token.pos_ == "VERB" else ()
    parts: tuple[WordClass, ...] = ("verb", "noun")
    words = [word for part in parts if (word := index_cue_words().get((lemma, part)))]
    return any(kind != "thought" for kind in (*(verb.kind for verb in verbs), *(word.kind for word in words)))


def _chain(word: Token, cue: set[int]) -> Iterator[Token]:
    """The word and the verbs that lead to it: `say`, then `want` in `did not want to say`."""
    yield word
    while word.head != word and (word.dep_ in _CHAIN or (word.dep_ == "dobj" and word.head.i in cue)):
        word = word.head
        yield word
    if word.dep_ == "conj" and any(child.lower_ in ("or", "nor") for child in word.head.children):
        yield word.head


def _denies(verb: Token) -> bool:
    if verb.pos_ == "ADP":
        return verb.lower_ == "without"
    below = list(verb.children)
    below += [word for child in verb.children if child.dep_ == "aux" for word in child.children]
    if any(_is_not(child) for child in below if child.dep_ in ("neg", "advmod", "preconj")):
        return True
    leading = index_leading_verbs().get(verb.lemma_.lower())
    leads = leading is not None and leading.saying == "not-done" and _leads_to_saying(verb)
    yet = any(child.lower_ == "yet" and _is_yet(child) for child in below)
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return leads or yet or (subject is not None and subject.lower_ in _NOBODY)
