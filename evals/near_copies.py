"""Copies of an article that say the same in other words: paragraphs in another order, the words of `same_words.tsv` for
one another, `X said that` for `, X said`, fewer adverbs. And copies without some of their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from closeread.article import Article, Zone
from closeread.comparisons.wording import sentences_of
from closeread.findings import Attribution, Reading
from closeread.lexicons.senses import load_same_words

Range = tuple[int, int]

# How much of what could be edited is edited.
SHARE = 0.9
_MARKS = re.compile(r"[“\"][^“”\"\n]*[”\"]?")
_ADVERB = re.compile(r" [a-z]{3,}ly\b(?=[ ,.;])")
_NO_ADVERB = frozenset({"family", "early", "only", "daily", "weekly", "likely", "unlikely", "reply", "supply", "apply"})
_SWAPPED = r"(?<![\w$€£.,-])(?:[a-z]+(?: not)?|\d\d?)(?![\w,.-]*\d)(?!\w)(?!['’]t)"
_PARTED = re.compile(r"(?:; |, but )(?=(?:he|she|it|they|the|a|an|no|that|this|many|some|we|I) )([a-z])")
_FRONT = re.compile(
    r"(?m)(?:(?<=[.] )|^)(In|On|At|After) ([\w ]{3,30}), (the|a|an|he|she|it|they)\b([^.\n“”\"]{10,150})\."
)
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {str(at): word for at, word in enumerate(_COUNTED, 2)}
_SHORT = {"did not": "didn’t", "does not": "doesn’t", "is not": "isn’t", "was not": "wasn’t", "would not": "wouldn’t"}
_SAYING = {"said": "stated", "says": "states"}
_REFERS = re.compile(r"^(?:He|She|It|They|This|That|These|Those|But|And|His|Her|Its|Their|The)\b|^[“\"]")


def compose(name: str, title: str | None, paragraphs: Sequence[str], date: str | None = None) -> Article:
    """An article of a headline, where there is one, and paragraphs."""
    zones: list[Zone] = []
    text = ""
    for kind, words in ((("headline", title),) if title else ()) + tuple(("body", each) for each in paragraphs):
        text += "\n\n" if text else ""
        zones.append(Zone(len(text), len(text) + len(words), words, "headline" if kind == "headline" else "body"))
        text += words
    return Article(name, text, tuple(zones), title=title, date=date, language="en", completeness="complete")


def parts_of(article: Article) -> tuple[str | None, list[str]]:
    title = next((zone.text for zone in article.zones if zone.kind == "headline"), None)
    return title, [zone.text for zone in article.body]


def copy_nearly(reading: Reading, name: str, seed: int) -> Article:
    """The same article lightly edited; another seed gives other edits."""
    draw = Random(f"{seed} {reading.article.sha256}")
    moved = _turn_attributions(reading, draw)
    title, paragraphs = parts_of(compose("", reading.article.title, moved))
    edited = [_reword(each, draw) for each in paragraphs]
    return compose(name, _reword(title, draw) if title else None, _reorder(edited, draw), reading.article.date)


def drop_ranges(article: Article, ranges: Iterable[Range], name: str) -> Article:
    """Without these ranges; a paragraph of which nothing is left is left out, so is a headline."""
    gone = sorted(set(ranges))
    kept = [(zone.kind, _cut(article.text, zone, gone)) for zone in article.zones if zone.kind in ("headline", "body")]
    title = next((words for kind, words in kept if kind == "headline" and words), None)
    return compose(name, title, [words for kind, words in kept if kind == "body" and words], article.date)


def _cut(text: str, zone: Zone, gone: Sequence[Range]) -> str:
    words, at = "", zone.start
    for start, end in gone:
        if start < zone.end and zone.start < end:
            words += text[at : max(start, at)]
            at = max(at, min(end, zone.end))
    return re.sub(r"\s+", " ", words + text[at : zone.end]).strip()


def list_sentences(article: Article) -> list[Range]:
    """The sentences of headline and body, each inside one zone."""
    sentences, found = sentences_of(article.text), []
    for zone in article.zones:
        at = zone.start
        while zone.kind in ("headline", "body") and at < zone.end:
            end = min(sentences.at(at)[1], zone.end)
            found.append((at, end))
            at = end
    return found


def _turn_attributions(reading: Reading, draw: Random) -> list[str]:
    """The paragraphs, with `X said (that) C` for `C, X said` and the other way round in some sentences that are such an
    attribution and nothing else."""
    edits = []
    for start, end in list_sentences(reading.article):
        held = [each for each in reading.attributions if each.contents and start <= each.contents[0].start < end]
        sentence = reading.article.text[start:end].strip()
        if len(held) == 1 and draw.random() < SHARE:
            turned = _turn(held[0], sentence)
            if turned:
                edits.append((start, start + len(sentence), turned))
    return [_apply(reading.article.text, zone, edits) for zone in reading.article.body]


def _turn(spoken: Attribution, sentence: str) -> str | None:
    if len(spoken.contents) != 1 or len(spoken.sources) != 1 or spoken.cue is None:
        return None
    content, source, cue = spoken.contents[0].text.strip(), spoken.sources[0].text, spoken.cue.text
    if cue not in ("said", "says"):
        return None
    if sentence in (f"{source} {cue} {content}.", f"{source} {cue} that {content}."):
        bare = content.removeprefix("that ")
        who = f"the {source[4:]}" if source.startswith("The ") else source
        return f"{bare[:1].upper()}{bare[1:]}, {who} {cue}."
    bare = content.removesuffix(",").removesuffix(",”").removesuffix(',"')
    marked = content[:1] in '“"'
    if marked and sentence in (f"{content} {source} {cue}.", f"{content} {cue} {source}."):
        close = "”" if content[:1] == "“" else '"'
        return f"{source[:1].upper()}{source[1:]} {cue}: {bare}.{close}"
    return None


def _apply(text: str, zone: Zone, edits: Sequence[tuple[int, int, str]]) -> str:
    words, at = "", zone.start
    for start, end, turned in edits:
        if zone.start <= start < zone.end:
            words += text[at:start] + turned
            at = end
    return words + text[at : zone.end]


def _reword(words: str, draw: Random) -> str:
    """Outside quotation marks alone."""
    edited, at = "", 0
    for mark in _MARKS.finditer(words):
        edited += _reword_plain(words[at : mark.start()], draw) + mark[0]
        at = mark.end()
    return _move_front(edited + _reword_plain(words[at:], draw), draw)


def _reword_plain(words: str, draw: Random) -> str:
    def drop(found: re.Match[str]) -> str:
        return found[0] if found[0].strip() in _NO_ADVERB or draw.random() > SHARE else ""

    def swap(found: re.Match[str]) -> str:
        others = _SWAPS.get(found[0], ())
        return draw.choice(others) if others and draw.random() < SHARE else found[0]

    def part(found: re.Match[str]) -> str:
        return f". {found[1].upper()}" if draw.random() < SHARE else found[0]

    return _PARTED.sub(part, re.sub(_SWAPPED, swap, _ADVERB.sub(drop, words)))


def _move_front(words: str, draw: Random) -> str:
    """`On Monday, the ferry sank.` becomes `The ferry sank on Monday.`"""

    def move(found: re.Match[str]) -> str:
        if draw.random() > SHARE:
            return found[0]
        return f"{found[3].capitalize()}{found[4]} {found[1].lower()} {found[2]}."

    return _FRONT.sub(move, words)


def _list_swaps() -> Iterator[tuple[str, str]]:
    """Each form with the forms of the words that mean the same, as far as they are regular; numbers, contractions."""
    pairs = [*_SAYING.items(), *_NUMBERS.items(), *_SHORT.items()]
    yield from [*pairs, *((other, one) for one, other in pairs)]
    for row in load_same_words():
        words = [word for word in row.words if word.isalpha() and len(word) > 2]
        for one in words:
            for other in words:
                if one != other:
                    yield from zip(_inflect(one, row.part), _inflect(other, row.part), strict=True)


def _inflect(word: str, part: str) -> list[str]:
    """The regular forms; of a verb with a short vowel at its end the plain form alone."""
    if part == "adjective":
        return [word]
    stem = word[:-1] + "ie" if word[-1] == "y" and word[-2] not in "aeiou" else word
    stem = stem + "e" if stem.endswith(("s", "x", "sh", "ch")) else stem
    if part == "noun":
        return [word, f"{stem}s"]
    if re.search("[^aeiou][aeiou][bdgklmnprt]$", word):
        return [word, f"{stem}s", word, word]
    return [word, f"{stem}s", f"{stem.removesuffix('e')}ed", f"{word.removesuffix('e')}ing"]


def _index_swaps() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for one, other in _list_swaps():
        found.setdefault(one, set()).add(other)
    return {one: tuple(sorted(others)) for one, others in found.items()}


_SWAPS = _index_swaps()


def _reorder(paragraphs: list[str], draw: Random) -> list[str]:
    """Some neighbours change places; none that takes up what stands before it, and not the lead."""
    ordered = list(paragraphs)
    at = 1
    while at + 1 < len(ordered):
        free = not any(_REFERS.search(each) for each in ordered[at : at + 2])
        if free and draw.random() < SHARE and _stays(ordered, at + 2):
            ordered[at], ordered[at + 1] = ordered[at + 1], ordered[at]
            at += 1
        at += 1
    return ordered


def _stays(paragraphs: Sequence[str], at: int) -> bool:
    """Whether the next paragraph does not take up the one before it."""
    return at >= len(paragraphs) or not _REFERS.search(paragraphs[at])
