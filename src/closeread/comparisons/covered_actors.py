"""Rows of actors and of sources: who is named in which text, and whose words stand there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from closeread.article import Span
from closeread.comparisons.covered_texts import CoveredText
from closeread.comparisons.matrix import Cell, CellState, Row
from closeread.comparisons.shared_actors import SharedActor
from closeread.comparisons.versions import Utterance
from closeread.comparisons.word_keys import to_stem
from closeread.comparisons.wording import fold
from closeread.findings import Actor, Attribution, Mention, Voice
from closeread.lexicons.bodies import find_body
from closeread.lexicons.known_phrases import index_small_words

# From this confidence on an attribution is held to be that of its source, and from the other one surely.
LIKELY, SURE = 0.5, 0.74
_BODIES = ("organisation", "group")
_NAMES = frozenset({"full-name", "alias", "acronym"})
_NAMING = _NAMES | {"part-of-name", "demonym"}
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
# Letters of a short name of which another form is looked for, and what stands between the words of a spelled-out one.
_LEAST_STEM = 6
_PARTY = "Party"
_WITHIN = r"[\s-]+(?:(?:of|the|for|and|in|on)\s+){0,2}"
_NOUN_PHRASE_ENDS = re.compile(r"[,;:(—–]|\b(?:who|which|that|where|whose|on|in|at|by|from|with)\b")


class NamedActors:
    """All actors of the texts, with the names that they go by in any of them."""

    def __init__(self, texts: Sequence[CoveredText], actors: Sequence[SharedActor]) -> None:
        self.texts, self.actors = texts, actors
        self._of = {text.id: {actor.id: actor for actor in text.reading.actors} for text in texts}
        self._names = {each.id: self._names_of(each) for each in actors}

    def members(self, actor: SharedActor, text: CoveredText) -> list[Actor]:
        held = self._of[text.id]
        return [held[each.actor] for each in actor.members if each.article == text.id and each.actor in held]

    def _names_of(self, actor: SharedActor) -> tuple[str, ...]:
        names = Counter[str]()
        for text in self.texts:
            for member in self.members(actor, text):
                names.update(_bare(each.text) for each in member.mentions if each.form in _NAMES)
        names.update(each for name in list(names) if (body := find_body(name)) for each in (body.name, *body.aliases))
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def find_rows(self) -> Iterator[Row]:
        shown = set[str]()
        for actor in self.actors:
            if actor.name in shown:
                continue  # two kinds of actor with one name: each text has both
            shown.add(actor.name)
            cells = tuple(self._to_cell(actor, text) for text in self.texts)
            rule = "coverage.actor" if self._names[actor.id] else "coverage.described-actor"
            yield Row("", "actor", actor.name, actor.id, cells, rule)

    def _to_cell(self, actor: SharedActor, text: CoveredText) -> Cell:
        """Found where it is named, for sure or by its full name as it is written elsewhere; possible where it is only
        described or implied, or where a part of its name stands."""
        members = self.members(actor, text)
        mentions = [mention for member in members for mention in member.mentions]
        described = any(member.rule == "actors.described" for member in members)
        named = [each for each in mentions if each.certain and (described or each.form in _NAMING)]
        if named:
            return text.to_cell("found", named, {each.voice for each in named})
        written = self.find_written(actor, text)
        if any(" " in each.text for each in written):
            return text.to_cell("found", written)
        written = written or [place for name in _parties_of(self._names[actor.id]) for place in _find(name, text)]
        if mentions or written:
            voices: set[Voice] = {each.voice for each in mentions}
            return text.to_cell("possible", [*mentions, *written], voices | {text.voice_at(w.start) for w in written})
        return text.absent()

    def find_written(self, actor: SharedActor, text: CoveredText) -> list[Span]:
        """Where one of its names stands in the text, whatever it was read as there; without it, where the first or the
        last name of a person does, and of others another form of the name (`Democrats`, `Democratic`), also of a party
        for its members."""
        full = [place for name in self._names[actor.id] for place in _find(name, text)]
        if full:
            return full
        if actor.kind == "person":
            first, *_, last = actor.name.split() * 2
            parts = [place for name in {last, first} if len(name) > 2 for place in _find(name, text)]
        else:
            parts = [place for name in self._names[actor.id] for place in _find_forms(name, text)]
        others = self._names_of_others(actor, text) if actor.kind == "person" else ()
        return [place for place in parts if not any(place.overlaps(other) for other in others)]

    def _names_of_others(self, actor: SharedActor, text: CoveredText) -> list[Mention]:
        """Mentions of other people of more than one name, who can be nobody else."""
        own = {member.id for member in self.members(actor, text)}
        people = (each for each in text.reading.actors if each.kind == "person" and each.id not in own)
        others = (each for each in people if " " in each.name)
        return [mention for other in others for mention in other.mentions if mention.form in _NAMING]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return _to_pattern(r"\s+".join(re.escape(word) for word in name.split()))


def _find(name: str, text: CoveredText) -> list[Span]:
    if name.split(" ")[0] not in text.article.text:
        return []
    return [Span(*found.span(), found[0]) for found in _pattern(name).finditer(text.article.text)]


def _find_forms(name: str, text: CoveredText) -> Iterator[Span]:
    """A short name with another ending, an acronym spelled out, a long name by its initials."""
    held, pattern = _to_form(name)
    if pattern is not None and any(each in text.article.text for each in held):
        for found in pattern.finditer(text.article.text):
            yield Span(*found.span(), found[0])


@cache
def _to_form(name: str) -> tuple[tuple[str, ...], re.Pattern[str] | None]:
    """What the text must hold for the form to stand in it, and the form."""
    words = [word for word in name.replace(".", "").split() if word[0].isupper()]
    if len(words) == 2 and words[1] == _PARTY:
        words = words[:1]
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 2:
        return ("",), _to_pattern(_WITHIN.join(rf"{letter}[^\W\d_]+" for letter in words[0]))
    if len(words) == 1 and len(words[0]) >= _LEAST_STEM:
        stem = words[0][: max(_LEAST_STEM - 1, len(words[0]) - 2)]
        return (stem,), _to_pattern(rf"{re.escape(stem)}[^\W\d_]*")
    if len(words) > 2:
        initials = [word[0] for word in words]
        return ("".join(initials), ".".join(initials)), _to_pattern(r"\.?".join(map(re.escape, initials)))
    return (), None


def _parties_of(names: Sequence[str]) -> list[str]:
    """The names of the party whose members a name means (`Republicans`)."""
    parties = (find_body(f"{name.removesuffix('s')} {_PARTY}") for name in names)
    return [each for party in parties if party for each in (party.name, *party.aliases)]


def _to_pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])")


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name.removeprefix("the ").removeprefix("The ")).strip()


def find_sources(texts: Sequence[CoveredText], named: NamedActors, utterances: Sequence[Utterance]) -> Iterator[Row]:
    """Who is quoted or reported: actors first, then those who are only described, by their words."""
    told: dict[str, dict[str, list[Attribution]]] = defaultdict(lambda: defaultdict(list))
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for spoken in text.reading.attributions:
            key = _key_of(spoken, text)
            if key and not spoken.negated:
                told[key][text.id].append(spoken)
                shown[key].update(source.text for source in spoken.sources)
    by_id = {actor.id: actor for actor in named.actors}
    in_same_words = _find_in_same_words(texts, utterances)
    for key in sorted(told):
        if (actor := by_id.get(key.removeprefix("@"))) and key.startswith("@"):
            cells = tuple(
                _to_cell(text, held)
                if (held := told[key].get(text.id))
                else _to_cell_without(text, actor, named, in_same_words[actor.id][text.id])
                for text in texts
            )
            yield Row("", "source", actor.name, actor.id, cells, "coverage.source")
        else:
            cells = tuple(_to_cell(text, held) if (held := told[key].get(text.id)) else text.absent() for text in texts)
            yield Row("", "source", _show(shown[key]), None, cells, "coverage.described-source")


def _find_in_same_words(
    texts: Sequence[CoveredText], utterances: Sequence[Utterance]
) -> dict[str, dict[str, list[Span]]]:
    """By actor and text, quotations of nobody known that other texts have as words of the actor."""
    by_source = {text.article.source: text for text in texts}
    spoken = {(text.article.source, each.id): each for text in texts for each in text.reading.attributions}
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for utterance in utterances:
        heard = [
            (by_source[version.source], version.quotation, said)
            for version in utterance.versions
            if version.attribution and (said := spoken[version.source, version.attribution])
        ]
        speakers = {text.shared.get(said.speaker) for text, _, said in heard if said.speaker}
        for speaker in filter(None, speakers):
            for text, place, said in heard:
                if said.speaker is None:
                    found[speaker][text.id].append(place)
    return found


def _key_of(spoken: Attribution, text: CoveredText) -> str | None:
    """`@` and the id of the actor, else the stems of the words that describe the source; None where there is none."""
    if spoken.speaker is not None and spoken.speaker in text.shared:
        return f"@{text.shared[spoken.speaker]}"
    if not spoken.sources or spoken.naming in ("pronoun", "none"):
        return None
    words = _WORD.findall(_NOUN_PHRASE_ENDS.split(spoken.sources[0].text.lower())[0])
    stems = {to_stem(word) for word in words if word not in index_small_words() and not word.isdigit()}
    return " ".join(sorted(stems)) or None


def _show(names: Counter[str]) -> str:
    return max(names, key=lambda name: (names[name], -len(name), name))


def _to_cell(text: CoveredText, told: Sequence[Attribution]) -> Cell:
    """Found where an attribution is more likely than not that of the source, with how likely; possible else."""
    places = [place for spoken in told for place in (spoken.sources or spoken.contents)]
    confidence = max(spoken.confidence for spoken in told)
    state: CellState = "found" if confidence >= LIKELY else "possible"
    return text.to_cell(
        state, places, {voice for each in told for voice in _voices_of(each)}, score=round(confidence, 3)
    )


def _to_cell_without(text: CoveredText, actor: SharedActor, named: NamedActors, same_words: Sequence[Span]) -> Cell:
    """Possible where somebody speaks for a body, or nobody known says what the actor says in another text. Where the
    text has the actor, and somebody speaks who is not known, the score is how likely that one speaks."""
    near = [*_find_beside(text, actor, named), *same_words]
    if near:
        return text.to_cell("possible", near)
    unknown = [each.confidence for each in text.reading.attributions if _may_be_anybody(each)]
    return text.absent(max(unknown) if unknown and actor.kind == "person" and named.members(actor, text) else None)


def _may_be_anybody(spoken: Attribution) -> bool:
    return spoken.speaker is None and spoken.number == "one" and spoken.naming in ("described", "pronoun")


def _voices_of(spoken: Attribution) -> Iterator[Voice]:
    if spoken.quoted_words:
        yield "quoted"
    if spoken.reported_words or not spoken.quoted_words:
        yield "reported"


def _find_beside(text: CoveredText, actor: SharedActor, named: NamedActors) -> list[Span]:
    """Sources with the name in them: of a body anywhere (`a spokesman for the ministry`), of a person at the end
    (`a letter from Ann Lee`), or with the surname, if the text has somebody else of that name."""
    members = named.members(actor, text)
    sources = [place for spoken in text.reading.attributions for place in spoken.sources]
    if actor.kind in _BODIES:
        names = [mention for member in members for mention in member.mentions if mention.form in _NAMES]
        return [source for source in sources if any(source.overlaps(name) for name in names)]
    if actor.kind != "person":
        return []
    surname = fold(actor.name.split()[-1])
    return [source for source in sources if _ends_with(source.text, surname)]


def _ends_with(source: str, surname: str) -> bool:
    """Whether the words up to a comma, or all words, end with the surname."""
    stretches = (source.partition(",")[0], source)
    return any(words and fold(words[-1]) == surname for words in (_WORD.findall(each) for each in stretches))
