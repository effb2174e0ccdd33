"""The vocabulary: one flat, frozen dataclass per kind of finding, the Reading that holds them, its JSON form.

Every place is a `Span` with its words. `rule` names the step that made the finding (`quotations.cue-after`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from closeread.article import Article, Failure, Span
from closeread.plain import from_plain, to_plain

SCHEMA = "closeread.reading/1"

Mode = Literal["direct", "mixed", "indirect"]
Voice = Literal["own", "quoted", "reported"]
AttributionKind = Literal["speech", "writing", "thought", "unknown"]
Stance = Literal["neutral", "doubting", "endorsing"]
Naming = Literal["named", "described", "anonymous", "pronoun", "none"]
Number = Literal["one", "several", "unknown"]
IntroductionForm = Literal["title", "apposition", "relative-clause", "affiliation"]
SpeakerBy = Literal["name", "surname", "description", "pronoun", "unknown"]
ActorKind = Literal["person", "organisation", "country", "group"]
MentionForm = Literal["full-name", "part-of-name", "alias", "acronym", "demonym", "metonym", "description", "pronoun"]
ClauseForm = Literal["active", "passive", "agentless-passive", "nominal", "intransitive"]
Modality = Literal["asserted", "possible", "hypothetical"]
MarkerKind = Literal["hedge", "factive", "assertive", "intensifier"]
StatementKind = Literal["fact", "number", "cause", "judgement", "prediction", "call", "question"]
GroundKind = Literal[
    "named-source",
    "unnamed-source",
    "document",
    "vague-document",
    "link",
    "witness",
    "general-knowledge",
    "elsewhere",
]
GroundScope = Literal["sentence", "paragraph", "article"]
ContradictionKind = Literal["number", "date", "place", "denial", "description"]
ContradictionRelation = Literal["contradiction", "disagreement"]
EchoOrigin = Literal["list", "article"]
HeadlineKind = Literal["quotation", "actor", "number", "claim"]
ScareQuoteKind = Literal["attributed-fragment", "unattributed-fragment", "title-or-term"]


@dataclass(frozen=True, slots=True, order=True)
class Introduction(Span):
    """One stretch that introduces a speaker beside the name: a title, an apposition, a relative clause, or where
    the speaker belongs."""

    form: IntroductionForm


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words or thoughts that the text gives to somebody: source, cue and content (PARC, PolNeAR).

    `within` is the id of the attribution whose content holds this one, None where there is none. `kind` and
    `stance` are those of the cue's words; `negated` is true where the text says that nobody said or thought it.
    `contents` are one or more fragments in the order of the text, quotation marks included; `sources` may be
    empty; `number` is one or several sources. `introduction` is what stands with the source in its sentence.
    `speaker` is the id of an actor, None where the text does not tell us who it is; `speaker_by` says from which
    words it was told. `quoted_words` counts the words of the contents inside quotation marks or in a turn of a
    transcript, `reported_words` the others; a word that stands in several attributions counts for the innermost.
    `confidence` is the probability that the whole is right, fitted on held-out months of the corpus, where the
    threshold of `certain` was set too.
    """

    id: str
    within: str | None = field(default=None, kw_only=True)
    mode: Mode
    kind: AttributionKind = field(default="unknown", kw_only=True)
    stance: Stance = field(default="neutral", kw_only=True)
    negated: bool = field(default=False, kw_only=True)
    contents: tuple[Span, ...]
    sources: tuple[Span, ...]
    cue: Span | None
    number: Number = field(default="unknown", kw_only=True)
    naming: Naming
    introduction: tuple[Introduction, ...] = field(default=(), kw_only=True)
    speaker: str | None
    speaker_by: SpeakerBy = field(default="unknown", kw_only=True)
    quoted_words: int
    reported_words: int
    rule: str
    confidence: float
    certain: bool


@dataclass(frozen=True, slots=True)
class ScareQuote:
    """A short stretch in quotation marks that is not a quotation of a whole statement.

    `attribution` is the id of the attribution that holds an attributed fragment. Irony is not claimed.
    """

    id: str
    kind: ScareQuoteKind
    place: Span
    attribution: str | None
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Mention(Span):
    """One place where an actor is meant: in which form, in whose voice, and whether as the subject of a clause.
    `certain` is false for a description or pronoun that could be read in another way."""

    form: MentionForm
    voice: Voice
    subject: bool = field(default=False, kw_only=True)
    certain: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, country, group or people that is named, or that heads an agent, patient or source, with
    every place where it is meant.

    `first_mention` is the share of the body before the first mention in it (0 to 1), None where the body never
    names the actor. Headline, lead and last paragraph are reported apart. A metonym (Washington, the Kremlin), a
    description and a pronoun are mentions of their own kind: they are listed, and do not count as naming in these
    four; of an actor that is never named (rule `actors.described`) the descriptions count. `group` and `role` are
    those of the user's own list of actors, None where it does not say.
    """

    id: str
    name: str
    kind: ActorKind
    group: str | None = field(default=None, kw_only=True)
    role: str | None = field(default=None, kw_only=True)
    mentions: tuple[Mention, ...]
    first_mention: float | None
    in_headline: bool
    in_lead: bool
    in_last_paragraph: bool
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Item(Span):
    """One member of an enumeration: its rank from 1, and the id of the actor it names, if any."""

    rank: int
    actor: str | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of three or more coordinated names in one sentence, in the order of the text."""

    id: str
    place: Span
    items: tuple[Item, ...]
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Participant(Span):
    """A noun phrase that takes part in a clause, and the ids of the actors it means, none where it means none."""

    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One event: who does what to whom.

    `agent` is who does or causes it, `patient` who or what it is done to or happens to, `recipient` who gets
    something; None where the clause has none. A subject of `die` or `collapse` is a patient. `form`: `active`;
    `passive` with the agent named in it, `agentless-passive` without; `nominal` (`the destruction of the city`);
    `intransitive`, without anything that it is done to. `agent_elsewhere` is set for a clause without an agent: the
    place in the article where the agent of the same event is named. `modality` is `hypothetical` under `if` and
    the like, `possible` under a modal verb, wish, plan or doubt.
    """

    id: str
    predicate: Span
    lemma: str
    form: ClauseForm
    agent: Participant | None
    patient: Participant | None
    recipient: Participant | None
    agent_elsewhere: Span | None
    negated: bool
    modality: Modality
    voice: Voice
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Label:
    """One noun phrase for an actor that says more than a bare name, or something else.

    `head` is the lemma of its noun or the name; `modifiers` are the descriptive words attached to it.
    `attribution` is the innermost attribution in whose words it stands, None in own voice.
    """

    id: str
    actor: str
    place: Span
    head: str
    modifiers: tuple[Span, ...]
    voice: Voice
    attribution: str | None
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class LoadedPhrase:
    """Words that people who coded such texts would mark as loaded, with the probability that they would.

    `about` is the actor whose name, description or action they stand with, None where there is none. `attribution`
    is the innermost attribution in whose words it stands, None in own voice.
    """

    id: str
    place: Span
    voice: Voice
    attribution: str | None
    about: str | None
    rule: str
    confidence: float
    certain: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that sets how firmly something is said: a hedge, a factive or assertive verb, an intensifier."""

    id: str
    kind: MarkerKind
    place: Span
    voice: Voice
    attribution: str | None
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Ground(Span):
    """Words on which a statement is rested: a source, a document, a link. `scope` is where they stand: in the
    sentence of the statement, in its paragraph, or elsewhere in the article."""

    kind: GroundKind
    scope: GroundScope


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause that says something: in whose voice, of which kind, and on what ground.

    `attribution` is the innermost attribution in whose words it stands, None in own voice. `grounds` is empty where
    none was found in the article, nearest first. `hedges` and `firm` count the markers in it that weaken and that
    strengthen.
    """

    id: str
    place: Span
    voice: Voice
    attribution: str | None
    kind: StatementKind
    grounds: tuple[Ground, ...]
    hedges: int
    firm: int
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True, order=True)
class Side(Span):
    """One of two places that cannot both hold: the clause, the words in it that conflict, and who says it."""

    words: Span
    voice: Voice
    attribution: str | None
    in_headline: bool


@dataclass(frozen=True, slots=True, order=True)
class Aligned:
    """Words of the one side that mean the same as words of the other."""

    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of one article that cannot both hold, `first` before `second`, and why they are held to speak of the
    same: `aligned`, never empty. A `contradiction` is between places in one voice: both in own voice, or both said by
    one speaker; a `disagreement` is between own voice and a source, or between sources."""

    id: str
    kind: ContradictionKind
    relation: ContradictionRelation
    first: Side
    second: Side
    aligned: tuple[Aligned, ...]
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Echo:
    """A phrase that is a known phrase with one slot filled anew. `template` is the known phrase with `___` for the
    slot; `slot` the words that fill it here; `known` the known phrase in full, None where the template alone is known;
    `known_place` where it stands in this article, None where it comes from the list."""

    id: str
    place: Span
    slot: Span
    template: str
    known: str | None
    known_place: Span | None
    origin: EchoOrigin
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class HeadlinePart:
    """Something that the headline or the lead says, and where the body carries it: `carried` is empty where it was not
    found. The body of a part of the lead is what comes after the lead. `zone` is `headline` or `lead`."""

    id: str
    kind: HeadlineKind
    zone: Literal["headline", "lead"]
    place: Span
    carried: tuple[Span, ...]
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the text as a whole that limits the reading: an unclosed mark, another language."""

    rule: str
    message: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a reading: package versions, the parsing model and the SHA-256 of its files and of the encoder's;
    `actors_sha256` is that of the user's own list of actors, empty without one."""

    closeread: str
    spacy: str
    model: str
    model_sha256: str
    encoder_sha256: str
    actors_sha256: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings about one article. Plain data: it pickles, goes to JSON and back, and needs no spaCy."""

    article: Article
    attributions: tuple[Attribution, ...]
    scare_quotes: tuple[ScareQuote, ...]
    actors: tuple[Actor, ...]
    enumerations: tuple[Enumeration, ...]
    clauses: tuple[Clause, ...] = field(default=(), kw_only=True)
    labels: tuple[Label, ...] = field(default=(), kw_only=True)
    loaded: tuple[LoadedPhrase, ...] = field(default=(), kw_only=True)
    markers: tuple[Marker, ...] = field(default=(), kw_only=True)
    statements: tuple[Statement, ...] = field(default=(), kw_only=True)
    contradictions: tuple[Contradiction, ...] = field(default=(), kw_only=True)
    echoes: tuple[Echo, ...] = field(default=(), kw_only=True)
    headline: tuple[HeadlinePart, ...] = field(default=(), kw_only=True)
    notices: tuple[Notice, ...]
    made_with: Versions

    def to_json(self) -> str:
        """The reading as one line of JSON, keys in the order of the dataclasses. `from_json` is its inverse."""
        return json.dumps(to_record(self), ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(line: str) -> Reading:
        """Raises ValueError where the line is an error record or has another schema."""
        record = from_record(json.loads(line))
        if isinstance(record, Failure):
            raise ValueError(f"{record.source} could not be read: {record.message}")
        return record

    def to_frames(self) -> dict[str, Any]:
        """One pandas DataFrame per kind of finding, the same tables that `--csv` writes. Needs pandas."""
        from closeread.exports.frames import to_frames

        return to_frames(self)

    def _repr_html_(self) -> str:
        from closeread.report import to_notebook

        return to_notebook(self)


def to_record(result: Reading | Failure) -> dict[str, Any]:
    """The JSON form: a reading, or an error record for a text that could not be read."""
    if isinstance(result, Failure):
        error = {"kind": result.kind, "message": result.message}
        return {"schema": SCHEMA, "article": {"source": result.source}, "error": error}
    article = result.article
    head = {"id": article.id, "source": article.source, "title": article.title, "sha256": article.sha256}
    plain = to_plain(result)
    plain["article"] = head | {k: v for k, v in plain["article"].items() if k not in head}
    return {"schema": SCHEMA, **plain}


def from_record(record: dict[str, Any]) -> Reading | Failure:
    """Inverse of `to_record`. Raises ValueError on another schema or on a text whose hash does not fit."""
    if record.get("schema") != SCHEMA:
        raise ValueError(f"schema is {record.get('schema')!r}, this version reads {SCHEMA!r}")
    if "error" in record:
        return Failure(record["article"]["source"], record["error"]["kind"], record["error"]["message"])
    reading: Reading = from_plain(Reading, record)
    if reading.article.sha256 != record["article"]["sha256"]:
        raise ValueError(f"{reading.article.source}: the text does not have the recorded SHA-256")
    return reading
