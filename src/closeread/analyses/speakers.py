"""Who the source of an attribution is: which actor, by which words, and how the text gives and introduces the source.

A source that cannot be tied to one actor stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from closeread.analyses.antecedents import find_antecedent
from closeread.analyses.discourse import find_group
from closeread.analyses.introductions import find_introductions
from closeread.analyses.namings import find_naming, find_number
from closeread.analyses.references import References, appositions_of
from closeread.article import Span
from closeread.findings import Attribution, Mention, SpeakerBy

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"})


def link_speakers(references: References, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with `speaker`, `speaker_by`, `naming`, `number` and `introduction`, in the same order. They are
    those with which the references were followed."""
    linker = _Linker(references)
    return tuple(linker.fill(attribution) for attribution in attributions)


class _Linker:
    """Tells the speaker of each attribution from who is meant at the head of its source."""

    def __init__(self, references: References) -> None:
        self.doc, self.article = references.doc, references.article
        self.attributions, self.heads, self.cast = references.attributions, references.heads, references.cast
        self.references = references

    def fill(self, attribution: Attribution) -> Attribution:
        head = self.heads.get(attribution.id)
        if head is None:
            return replace(attribution, speaker=None, speaker_by="unknown", naming="none", number="unknown")
        source = attribution.sources[0]
        speaker, by, name = self._speaker(attribution, head, source)
        naming = find_naming(head, source.text, is_actor=name is not None or self._is_label(source))
        if naming == "anonymous" and by == "name":
            speaker, by = None, "unknown"
        if naming == "anonymous" and by == "description":
            naming = "described"
        introduced = find_antecedent(head) or head
        clauses = (*attribution.contents, *([attribution.cue] if attribution.cue else []))
        clauses += attribution.sources if introduced is not head else ()
        return replace(
            attribution,
            speaker=speaker,
            speaker_by=by,
            naming=naming,
            number=find_number(head, is_person=name is not None and speaker in self.cast.people),
            introduction=find_introductions(
                self.doc, self.article, introduced, name=self._person_at(introduced, name), clauses=clauses
            ),
        )

    def _is_label(self, source: Span) -> bool:
        """`The Gazette:` before what it asks, at the beginning of a paragraph, with capitals in every word."""
        zone, words = self.article.zone_at(source.start), source.text.split()
        begins = (
            zone is not None and zone.start == source.start and self.article.text[source.end : source.end + 1] == ":"
        )
        return begins and len(words) > 1 and all(word[0].isupper() for word in words)

    def _speaker(
        self, attribution: Attribution, head: Token, source: Span
    ) -> tuple[str | None, SpeakerBy, Span | None]:
        """The actor, how it was told, and the place of its name in the source."""
        if head.pos_ == "PRON" or head.tag_ in ("PRP$", "WP$", "WDT"):
            actor = self._pronoun(attribution, head)
            return actor, "pronoun" if actor else "unknown", None
        for token in (head, *appositions_of(head)):
            found = self.cast.at(token)
            if (
                found
                and found[0].form != "demonym"
                and source.start <= found[0].start
                and found[0].end <= source.end + 2
            ):
                return self._by_name(found[0])
        actor = self.references.meant.get(head.i) if self.cast.at(head) is None else None
        return actor, "description" if actor else "unknown", None

    def _by_name(self, mention: Mention) -> tuple[str | None, SpeakerBy, Span | None]:
        actor = self.references.meant.get(self.cast.last_token(mention).i)
        by: SpeakerBy = "surname" if mention.form == "part-of-name" else "name"
        return actor, by if actor else "unknown", mention

    def _person_at(self, head: Token, name: Span | None) -> Span | None:
        """The name of a person at a source; that of a body takes no title."""
        token = self.cast.token_at(name.end - 1) if name is not None else head
        found = self.cast.at(token)
        return found[0] if found and found[1].id in self.cast.people else None

    def _pronoun(self, attribution: Attribution, head: Token) -> str | None:
        if head.lower_ in _FIRST_PERSON:
            return self._speaker_around(attribution)
        antecedent = find_antecedent(head) or find_group(head, self.references.sources)
        if antecedent is not None and antecedent.i != head.i:
            return self.references.meant_at(antecedent)
        return self.references.meant.get(head.i)

    def _speaker_around(self, attribution: Attribution) -> str | None:
        """Who speaks where the words `I` or `we` stand inside what somebody says; unknown in the writer's voice."""
        source = attribution.sources[0]
        around = [other for other in self.attributions if other.id != attribution.id and _holds(other.contents, source)]
        if not around:
            return None
        outer = min(around, key=lambda other: sum(len(content.text) for content in other.contents))
        head = self.heads.get(outer.id)
        return self._speaker(outer, head, outer.sources[0])[0] if head and head.lower_ not in _FIRST_PERSON else None


def _holds(contents: Iterable[Span], source: Span) -> bool:
    return any(content.start <= source.start and source.end <= content.end for content in contents)
