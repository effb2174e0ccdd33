"""Noun phrases, short mentions and verb forms of a parsed sentence, in the shape a new sentence needs them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Span, Token

FOLDER = Path(__file__).parent
PARTICLES = frozenset(
    """
    up down out off away back aside over forward ahead together home
    """.split()
)
CLAUSES = frozenset(
    """
    relcl acl advcl ccomp pcomp appos punct mark parataxis dep
    """.split()
)


def load_words(path: Path = FOLDER / "words.tsv") -> dict[str, dict[str, str]]:
    """The word lists by their kind."""
    words: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            words.setdefault(row["kind"], {})[row["key"]] = row["value"]
    return words


WORDS = load_words()


@dataclass(slots=True)
class Clause:
    """The main clause of a sentence: who did what, and the complements behind the verb."""

    subject: Token
    verb: Token
    auxiliary: str
    object: Token | None
    complements: list[Token] = field(default_factory=list)

    @property
    def is_passive(self) -> bool:
        """Whether the subject is what the action is done to."""
        return self.subject.dep_ == "nsubjpass"

    def slots(self, drop: Token | None = None, named: bool = True) -> dict[str, str] | None:
        """The slots `subj`, `verb`, `obj`, `rest` and their kin; None where a part cannot stand elsewhere."""
        subj, rest = name_short(self.subject), ""
        late = self.object is not None and any(is_particle(t) and t.i > self.object.i for t in self.complements)
        if (named and not subj) or late or (self.object is not None and not phrase(self.object)):
            return None
        for token in self.complements:
            if token != drop:
                if not is_particle(token) and not is_plain(list(token.subtree)):
                    if token.lower_ not in ("in", "on", "at", "after", "before", "during", "amid", "despite"):
                        return None
                    break
                rest += " " + (token.text if is_particle(token) else text_of(token.subtree))
        slots = {"subj": subj, "whose": possessive(subj), "verb": self.auxiliary + self.verb.text, "rest": rest}
        slots["obj"] = f" {phrase(self.object)}" if self.object is not None else ""
        slots |= verb_forms(self.verb, is_plural(self.subject))
        particle = next((f" {t.text}" for t in self.complements if is_particle(t)), "")
        if particle:
            slots["obj"], slots["rest"] = particle + slots["obj"], rest.replace(particle, "", 1)
        if self.object is not None and not self.complements and not has_pronoun(core(self.object)):
            slots |= {
                "object": re.sub("^an? ", "the ", phrase(self.object)),
                "was": "were" if is_plural(self.object) else "was",
            }
        return slots


def is_particle(token: Token) -> bool:
    """Whether a word belongs to its verb, as in `step down`."""
    return token.dep_ == "prt" or (token.dep_ == "advmod" and token.lower_ in PARTICLES)


def text_of(tokens: Iterable[Token]) -> str:
    """The running text of tokens that stand side by side."""
    return "".join(t.text_with_ws for t in tokens).strip(" ,")


def is_plain(tokens: Sequence[Token]) -> bool:
    """Whether the words of a phrase can stand elsewhere: few, no clause, no pronoun but a possessive one."""
    allowed = tokens and len(tokens) <= 12 and tokens[-1].i - tokens[0].i + 1 == len(tokens)
    return bool(allowed) and not any(
        (t.dep_ in CLAUSES and t.text != "-")
        or t.tag_ in ("PRP", "WP", "WDT", "EX")
        or (t.pos_ == "PRON" and t.tag_ != "PRP$")
        or t.text in "()[]"
        for t in tokens
    )


def has_pronoun(tokens: Iterable[Token]) -> bool:
    """Whether a phrase points to somebody outside it."""
    return any(t.pos_ == "PRON" or t.tag_ in ("PRP", "PRP$") for t in tokens)


def core(head: Token) -> list[Token]:
    """The words of a phrase up to the first clause, apposition or mark behind its head."""
    cut = min(
        (c.left_edge.i for c in head.rights if c.dep_ in CLAUSES and c.text != "-"), default=head.right_edge.i + 1
    )
    return [t for t in head.subtree if t.i < cut]


def phrase(head: Token) -> str:
    """A noun phrase as it stands inside a sentence; empty where it is not a plain one."""
    tokens = core(head)
    if head.pos_ not in ("NOUN", "PROPN") or not is_plain(tokens):
        return ""
    text = text_of(tokens)
    return text[0].lower() + text[1:] if tokens[0].pos_ == "DET" else text


def name_short(head: Token) -> str:
    """A later mention of the actor whose name or noun is `head`: the surname, `the company`, `the man`."""
    if head.lower_ in ("he", "she") and head.dep_ in ("nsubj", "nsubjpass"):
        person = person_before(head)
        return person_short(person) if person is not None else ""
    if head.pos_ not in ("NOUN", "PROPN") or has_pronoun(core(head)) or any(c.dep_ == "conj" for c in head.children):
        return ""
    entity = next((e for e in head.doc.ents if e.start <= head.i < e.end), None)
    if entity is not None and entity.label_ == "PERSON":
        return person_short(entity)
    text = phrase(head)
    if not text[:1].isalpha() or head.lower_ in ("lot", "number", "majority", "part", "handful", "bit", "rest", "most"):
        return ""
    first, *others = text.split() or [""]
    if others and others[-1].lower() in WORDS["org"] and first.lower() not in ("a", "an"):
        return WORDS["org"][others[-1].lower()]
    if first in ("a", "an"):
        return f"the {' '.join(others)}"
    return text if first in ("the", "this") or head.pos_ == "PROPN" else ""


def person_before(pronoun: Token) -> Span | None:
    """Whom a pronoun means: the one person of the sentence before, in the same paragraph, where it is a subject."""
    start = pronoun.sent.start
    if (
        start == 0
        or "\n" in pronoun.doc[start - 1].text
        or any(t.pos_ == "PROPN" for t in pronoun.sent if t.i < pronoun.i)
    ):
        return None
    people = [e for e in pronoun.doc[start - 1].sent.ents if e.label_ == "PERSON"]
    return people[0] if len(people) == 1 and people[0].root.dep_ in ("nsubj", "nsubjpass") else None


def person_short(entity: Span) -> str:
    """The surname, or the whole name where others in the text share it."""
    words = [t.text for t in entity if t.tag_ != "POS"]
    others = {
        e[0].text for e in entity.doc.ents if e.label_ == "PERSON" and len(e) > 1 and words[-1] in (t.text for t in e)
    }
    is_clean = all(re.fullmatch(r"[A-Z][\w'’.-]+", word) for word in words) and not words[-1].isupper()
    if not is_clean or words[-1].endswith("."):
        return ""
    return " ".join(words) if len(others) > 1 else words[-1]


def possessive(name: str) -> str:
    """`Mori's`, `the Greens'`."""
    return name + ("'" if name.endswith("s") else "'s")


def is_plural(head: Token) -> bool:
    """Whether a noun takes a plural verb."""
    return (head.tag_ in ("NNS", "NNPS") and head.ent_type_ != "PERSON") or any(c.dep_ == "conj" for c in head.children)


def inflect(lemma: str) -> tuple[str, str]:
    """The past and the participle of a verb."""
    if lemma in WORDS["past"]:
        past, _, participle = WORDS["past"][lemma].partition("/")
        return past, participle
    stem = re.sub("([^aeiou])y$", r"\1i", lemma)
    if lemma in ("skip", "slam", "ban", "permit", "drop", "stop", "plan"):
        stem += lemma[-1]
    return (past := stem + ("d" if stem.endswith("e") else "ed")), past


def third(lemma: str, plural: bool) -> str:
    """The present of a verb."""
    if plural or lemma == "have":
        return lemma if plural else "has"
    return re.sub("([^aeiou])y$", r"\1ie", lemma) + "s" if not re.search("(s|sh|ch|x|o)$", lemma) else lemma + "es"


def verb_forms(verb: Token, plural: bool) -> dict[str, str]:
    """The slots that a verb gives: itself, its noun and its opposite."""
    lemma = verb.lemma_.lower()
    past = verb.text if verb.tag_ in ("VBD", "VBN") else inflect(lemma)[0]
    irregular = lemma in WORDS["past"]
    forms = {"lemma": lemma, "past": past, "verb3": third(lemma, plural)}
    if (
        verb.tag_ == "VBN"
        or (irregular and verb.tag_ not in ("VBZ", "VBP"))
        or (verb.tag_ == "VBD" and past.endswith("ed"))
        or verb.tag_ == "VB"
    ):
        forms["pp"] = verb.text if verb.tag_ == "VBN" else inflect(lemma)[1] if irregular else past
    if lemma in WORDS["noun"]:
        forms["noun"] = WORDS["noun"][lemma]
    if lemma in WORDS["opposite"]:
        other = WORDS["opposite"][lemma]
        forms["opposite3"] = third(other, plural)
        forms["opposite"], forms["opposite_pp"] = inflect(other)
    return forms
