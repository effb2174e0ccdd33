"""What the rows of the word lists are: one frozen dataclass per list, and the values that its cells may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CountryKind = Literal["country", "union", "former", "nation", "territory"]
FormKind = Literal["name", "alias", "demonym", "capital", "government"]
CueKind = Literal["speech", "writing", "thought"]
Stance = Literal["neutral", "doubting", "endorsing"]
Frame = Literal["quote", "object", "phrase"]
Strength = Literal["strong", "weak"]
SourceKind = Literal["person", "group", "body", "document"]
Anonymity = Literal["anonymous", "described", "document"]
TitleKind = Literal["honorific", "political", "military", "police", "legal", "religious", "academic", "royal"]
Join = Literal["space", "hyphen", "attached"]
TitleCueKind = Literal["term", "work", "nickname"]
WordClass = Literal["verb", "noun", "adjective", "adverb"]
Gender = Literal["male", "female"]
Reference = Literal["pronoun", "pointing", "open", "counting", "group"]
HowMany = Literal["one", "several"]
Saying = Literal["done", "not-done"]
Reach = Literal["introduced", "near"]
ActorNounKind = Literal["person", "group", "organisation", "government"]
Controller = Literal["subject", "object"]
EventKind = Literal["state", "aspect", "change", "agentive", "adjectival", "transfer", "support", "alone", "of"]
Undergoing = Literal["agent", "patient"]
Holds = Literal["done", "open", "not-done"]
NameGender = Literal["male", "female", "either"]
MarkerPart = Literal["verb", "noun", "adjective", "adverb", "modal"]
StatementSign = Literal[
    "general-knowledge",
    "knowing",
    "crowd",
    "witness",
    "hearsay",
    "holding",
    "continuing",
    "outlet",
    "cause",
    "call",
    "prediction",
    "judgement",
    "plain",
]
MarkerClass = Literal["hedge", "factive", "assertive", "intensifier"]
MarkerNeed = Literal["clause", "number", "quality", "comparative"]
TemplateKind = Literal["slogan", "speech", "title", "proverb", "catchphrase"]
TemplateReach = Literal["whole", "part", "anywhere"]
SmallPart = Literal["article", "pronoun", "preposition", "conjunction", "verb", "adverb"]
TellingKind = Literal["once", "measure", "light", "reply"]
FunctionPart = Literal["determiner", "pronoun", "preposition", "conjunction", "auxiliary", "adverb"]

_GAP = "..."


@dataclass(frozen=True, slots=True)
class Country:
    """A state, union of states, nation or territory, and the forms by which news names it.

    Forms keep their case ("US" is not "us") and have no "the" unless they only count with it.
    `ambiguous` holds those forms, of any kind, that also name something else: another row or another thing.
    """

    name: str
    kind: CountryKind
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    governments: tuple[str, ...]
    ambiguous: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountryForm:
    """One form of one row: what kind of form it is, and whether the row marks it as ambiguous."""

    text: str
    kind: FormKind
    country: Country
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb (by lemma, with its particle, as in point out) or a phrase that gives words or thoughts to somebody.

    `of_document` is the kind where a poll or a document is the source (a poll suggests), None where it is `kind` too.
    `stance` is what the cue itself says about the content: endorsing takes it as true (admit, reveal), doubting
    keeps a distance (claim). `frames`: `quote` takes a quotation or a that-clause, `object` an object or a quoted
    fragment, `phrase` is a fixed phrase in lower case. `weak` cues are everyday words that need a second sign.
    `parsed_as` holds the wrong lemmas that the pinned model gives for some inflected forms (hop for hoped).
    """

    lemma: str
    particle: str
    kind: CueKind
    of_document: CueKind | None
    stance: Stance
    frames: tuple[Frame, ...]
    strength: Strength
    parsed_as: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The words before and after the gap for the source: `("as", "put it")`; one part where there is no gap."""
        return tuple(part.strip() for part in self.lemma.split(_GAP))


@dataclass(frozen=True, slots=True)
class CueWord:
    """A noun, adjective, adverb or everyday verb, by lemma, that can be the word of a cue (the claim, confident)."""

    lemma: str
    part: WordClass
    kind: CueKind
    stance: Stance


@dataclass(frozen=True, slots=True)
class LeadingVerb:
    """A verb that leads to the word that counts (went on to say), by lemma. `not-done`: it says that nothing was said
    (declined to say)."""

    lemma: str
    saying: Saying


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A small word for one or several without a name: a pronoun, a word that leaves open who of several (some, a),
    one that counts what follows (a number of), or a plural without an ending (people)."""

    word: str
    number: HowMany
    refers: Reference


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A common noun, or several words, that heads the description of a source without naming it."""

    lemma: str
    kind: SourceKind
    anonymity: Anonymity


@dataclass(frozen=True, slots=True)
class PersonTitle:
    """A title that stands before the name of a person. An abbreviation has its full stop. `gender` is that of the
    bearer where the title tells it; `noun` is the word by which a text goes on (`the senator`)."""

    title: str
    kind: TitleKind
    gender: Gender | None
    noun: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The title as listed, then without full stops where it has any: `("Lt. Gen.", "Lt Gen")`."""
        return tuple(dict.fromkeys((self.title, self.title.replace(".", ""))))


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A common noun, by lemma, for somebody who acts. `government`: with the name of a state or of who leads it, it
    makes the name of a body (the Orlan government)."""

    lemma: str
    kind: ActorNounKind


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for what somebody is or does, and the other nouns by which the same person may be introduced. `near`:
    where nobody was introduced so, it means the person of whom the text speaks there (the candidate)."""

    noun: str
    stands_for: tuple[str, ...]
    reach: Reach


@dataclass(frozen=True, slots=True)
class FirstName:
    """A given name, with its case, and who bears it as a rule; `either` where it says nothing."""

    name: str
    gender: NameGender


@dataclass(frozen=True, slots=True)
class NameParticle:
    """A small word or prefix of surnames, with its case, and how it is joined to the name that follows."""

    particle: str
    join: Join
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleCue:
    """Words, in their case, that right before a quotation mark announce a term, the title of a work or a nickname."""

    cue: str
    kind: TitleCueKind


@dataclass(frozen=True, slots=True)
class MarkerWord:
    """A word by lemma, or several words, that sets how firmly something is said. `part` is None where any will do.

    `needs` is what must stand with it: a verb a clause of what is said, a word a number behind it (about 30), an
    adjective or adverb that it belongs to (so large), or one in the comparative (far larger).
    """

    words: str
    part: MarkerPart | None
    kind: MarkerClass
    needs: MarkerNeed | None


@dataclass(frozen=True, slots=True)
class ControlVerb:
    """A verb, adjective or noun before `to` and a verb (`forced to`, `ready to`, `the plan to`). `controller`: who is
    to do it, where there is an object before `to`. `holds` tells whether it then was done."""

    lemma: str
    part: WordClass
    controller: Controller
    holds: Holds


@dataclass(frozen=True, slots=True)
class EventVerb:
    """A verb, by lemma, that is no plain act: a `state` (own) or an `aspect` of another verb (begin) is no event of
    its own; the subject of a `change` undergoes what happens where there is no object (collapse); a `transfer` gives
    something to somebody (sell)."""

    lemma: str
    kinds: tuple[EventKind, ...]


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun for an event, and its verb (destruction: destroy). `owner` is what a possessor or compound before the
    noun is where nothing else tells it; `after` are the prepositions besides `of` that lead to what it is done to
    (the attack on the port); `of` is what stands after `of`."""

    noun: str
    verb: str
    owner: Undergoing
    of: Undergoing
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EchoTemplate:
    """A known phrase with `___` where people put other words; the same words wherever it stands twice.

    `filler` are the words of the known phrase there, `others` those of other known phrases of the same form (war on
    drugs, war on poverty). `stands` is where it counts: `whole` only as the whole of what is in marks or in a headline,
    `part` as a part of it too, `anywhere` also in plain text.
    """

    template: str
    filler: str
    kind: TemplateKind
    stands: TemplateReach
    others: tuple[str, ...]

    @property
    def known(self) -> str:
        return self.template.replace("___", self.filler)


@dataclass(frozen=True, slots=True)
class FunctionWord:
    """A word that holds sentences together and says little of what they are about."""

    word: str
    part: FunctionPart


@dataclass(frozen=True, slots=True)
class SmallWord:
    """A word that is in every text, so that a phrase is not known by it."""

    word: str
    part: SmallPart


@dataclass(frozen=True, slots=True)
class StatementWord:
    """A word by lemma, or several words, that tells of which kind a statement is or on what ground it is put forward.
    `part` is None where any will do."""

    words: str
    part: MarkerPart | None
    says: StatementSign


@dataclass(frozen=True, slots=True)
class SameWords:
    """Words, by lemma, with which the same event or thing can be told; the first names the sense. Of verbs: `once`
    happens to the same only once within what one article tells (die, elect), `measure` gives the subject a number of
    its own (last, weigh), `light` says of an event only that it was (take place), `reply` can be denied as a whole,
    whatever it is about."""

    words: tuple[str, ...]
    part: WordClass
    kind: TellingKind | None


@dataclass(frozen=True, slots=True)
class OppositeWords:
    """Words of which only one can hold of the same at the same time, each standing for all words of its sense."""

    part: WordClass
    words: tuple[str, ...]
