"""The text that a critique is about: which words of the critique stand for it and for who wrote it.

The names come from the original where there is one, and from the critique (`X’s article`, `the writer is X`). A
pronoun stands for them where nobody else was brought up since in its paragraph. What the reading says of pronouns is
not used: it links *he* to whom the critique speaks of as often as to the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from closeread.drafting.names import Names
from closeread.drafting.phrases import compiled, name, one_of, verb, words_of
from closeread.drafting.sentences import Sentence
from closeread.findings import Reading
from closeread.lexicons import index_source_nouns

_BYLINE = re.compile(r",| and | & ")
_OPEN = re.compile(r"(?i:\b(?:if|whether|unless|had|would|suppose|could|should|might)\b)[^,;:]*$")
_NONE = r"(?!)"
_AT = re.compile(r'"(?:\\.|[^"\\])*"|@')
# Sentences before a pronoun in which its antecedent is looked for, and characters before a clause: more than any writer
# leaves between them; without a limit a long paragraph would take the square of its length.
_NEAR, _REACH = 10, 600


class OtherText:
    """Words for the other text (`text`), for its writer and for either as a subject, as parts of patterns."""

    def __init__(
        self, critique: Reading, original: Reading | None, paragraphs: Sequence[Sequence[Sentence]], *, prefix: str
    ) -> None:
        self.critique, self.original, self.paragraphs, self.prefix = critique, original, paragraphs, prefix
        self.names = Names(critique, original)
        self.heads = frozenset(label.head for label in original.labels) if original is not None else frozenset[str]()
        blotted = [sentence.blotted for sentences in paragraphs for sentence in sentences]
        writers = dict.fromkeys([*_read_byline(original), *_find_writers(blotted)])
        outlets = [original.article.outlet] if original is not None and original.article.outlet else []
        self.outlets = tuple(dict.fromkeys([*outlets, *_find_outlets(blotted)]))
        surnames = [writer.split()[-1] for writer in writers]
        self.writers = tuple(dict.fromkeys([*writers, *surnames]))
        by_name = one_of(*sorted(self.writers, key=lambda each: -len(each))) if self.writers else _NONE
        outlet = one_of(*self.outlets) if self.outlets else _NONE
        both = rf"(?:{words_of('text')}|{words_of('text-of-writer')})"
        self.text = (
            rf"(?:(?:[Tt]he|[Tt]his|[Tt]hat|[Hh]er|[Hh]is|[Tt]heir|[Ii]ts)\s+(?:[a-z][a-z-]*\s+){{0,2}}?{words_of('text')}"
            rf"|(?:{by_name}|{outlet})[’']s?\s+(?:[a-z][a-z-]*\s+){{0,2}}?{both})(?![\w-])"
        )
        self.writer = rf"(?:{by_name}|[Tt]he\s+{words_of('writer')})(?![\w-]|[’']s?\b)"
        self.outlet = rf"(?:{outlet})(?![\w-]|[’']s?\b)"
        self.subject = (
            rf"(?<![\w’'.-])(?P<subject>(?P<by_text>{self.text}|{self.outlet})|(?P<by_writer>{self.writer})"
            r"|(?P<by_pronoun>[Ss]he|[Hh]e|[Tt]hey|[Ii]t))(?:,?\s+(?:[Hh]im|[Hh]er|[Ii]t)self,?)?\s+"
        )
        # Without its groups, for patterns that hold it twice.
        self.any_subject = re.sub(r"\?P<\w+>", "?:", self.subject)
        self.is_known = original is not None or any(re.search(self.text, each) for each in blotted)

    def ask(self, expression: str) -> str:
        """The expression with the name of the text in place of each `@` outside its strings: `@named("Turkey")`."""
        return _AT.sub(lambda found: self.prefix if found[0] == "@" else found[0], expression)

    def speaks(self, sentence: Sentence, found: re.Match[str]) -> bool:
        """Whether the subject of a match is the other text or its writer, and the sentence asserts something."""
        if sentence.blotted.rstrip("”) ").endswith("?") or _OPEN.search(_before(sentence, found.start("subject"))):
            return False
        if found["by_pronoun"] is None:
            return True
        return self.is_meant(sentence, found.start("subject"), found["by_pronoun"].lower())

    def is_free(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a clause without the writer or the text (`X is named twice`) stands for itself, and is not said to be
        in something else (`in the treaty X is named twice`)."""
        before = compiled(r"(?:^|[;:,(—–])\s*(?:(?:and|but|yet|so|while|though|that|of|whom|which)\b\s*)*([^;:,(—–]*)$")
        fronted = before.search(_before(sentence, start))
        in_text = rf"(?:anywhere\s+)?(?:in|by|from|throughout)\s+(?:{self.text}|{self.writer})"
        if fronted is None or (fronted[1].strip() and not compiled(rf"(?i:in\s+){self.text}\s*$").match(fronted[1])):
            return False
        if sentence.blotted.rstrip("”) ").endswith("?") or not self.is_known:
            return False
        after = rf"\s*(?:$|[.!…;:),—–]|{in_text}|(?:at all|anywhere|by name|once|and|but|yet|though|while|of)\b)"
        return compiled(after).match(sentence.blotted, end) is not None

    def is_meant(self, sentence: Sentence, at: int, pronoun: str) -> bool:
        """Whether a pronoun stands for the other text (`it`) or for its writer."""
        earlier = self.paragraphs[sentence.paragraph - 1][max(0, sentence.number - 1 - _NEAR) : sentence.number - 1]
        before = [*(each.blotted for each in earlier), sentence.blotted[:at]]
        last = ""
        for part in before:
            brought = [each for each in self._bring_up(part) if pronoun == "it" or each != "thing"]
            last = brought[-1] if brought else last
        if pronoun == "it":
            return last == "text"
        return last in ("text", "writer") or (last == "" and self.is_known and pronoun != "they")

    def _bring_up(self, words: str) -> Iterator[str]:
        """Who is brought up in a part of a sentence: the text, the writer, another or a thing that it begins with."""
        own = rf"(?P<text>{self.text}|{self.outlet})|(?P<writer>{self.writer})"
        pattern = rf"{own}|(?P<other>{_other()})|(?P<thing>(?:The|This|That|An?)\s+[a-z])"
        for found in compiled(pattern).finditer(words):
            kind = str(found.lastgroup)
            if kind in ("text", "writer") or not words[: found.start()].strip("“”( "):
                yield kind


def _before(sentence: Sentence, at: int) -> str:
    return sentence.blotted[max(0, at - _REACH) : at]


@cache
def _other() -> str:
    people = one_of(*sorted(noun for noun, entry in index_source_nouns().items() if entry.kind in ("person", "body")))
    thing = rf"(?:[Tt]he|[Tt]his|[Aa]n?|[Oo]ne)\s+(?!(?:only|sole|single)\b)(?:[a-z-]+\s+){{0,2}}?(?:{people})(?![\w-])"
    named = rf"(?:{verb('mention', 'past')}|{verb('quote', 'past')})"
    spoken_of = rf"\s+(?:is|are)\s+(?:the\s+only|(?:never|not)\s+{named})\b"
    return rf"{thing}|{name()}(?![\w-]|{spoken_of})"


def _read_byline(original: Reading | None) -> list[str]:
    line = original.article.byline if original is not None else None
    parts = [part.strip().removeprefix("By ").strip() for part in _BYLINE.split(line or "")]
    return [part for part in parts if part and len(part) < 60 and part[0].isupper()]


def _find_writers(sentences: Sequence[str]) -> Iterator[str]:
    who = rf"(?P<who>{name()})"
    patterns = (
        rf"{who}[’']s\s+(?:[a-z][a-z-]*\s+){{0,2}}?{words_of('text')}(?![\w-])",
        rf"[Tt]he\s+{words_of('writer')}(?:\s+of\s+[^,.;]{{1,40}})?(?:\s+is|,)\s+{who}",
        rf"{verb('publish', 'past')}\s+{who}[’']s\s+(?:[a-z-]+\s+)?{words_of('text-of-writer')}",
        rf"{words_of('text')},?\s+by\s+{who}",
    )
    for sentence in sentences:
        for pattern in patterns:
            for found in compiled(pattern).finditer(sentence):
                yield re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", found["who"])


def _find_outlets(sentences: Sequence[str]) -> Iterator[str]:
    who = rf"(?P<who>{name()})"
    whose = rf"{name()}[’']s\s+(?:[a-z-]+\s+)?(?:{words_of('text')}|{words_of('text-of-writer')})"
    patterns = (
        rf"{who}\s+{verb('publish', 'past')}\s+{whose}",
        rf"[Tt]he\s+publisher\s+is\s+{who}",
        rf"{words_of('text')}\b[^.;]{{0,60}}?\b(?:appeared|published|ran)\s+(?:in|by)\s+{who}",
    )
    for sentence in sentences:
        for pattern in patterns:
            for found in compiled(pattern).finditer(sentence):
                yield re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", found["who"])
