"""From a critique to checks: which claims it makes about another text, and the expressions that say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from closeread.checks.expressions import ExpressionError, parse
from closeread.comparisons.fidelity import check_quotations
from closeread.drafting.counting import find_called, find_counted, find_words
from closeread.drafting.found import Found, Missed, Rule
from closeread.drafting.grounds import find_no_ground
from closeread.drafting.late_naming import find_late
from closeread.drafting.listing import find_listed
from closeread.drafting.naming import find_never_named
from closeread.drafting.only import find_only
from closeread.drafting.other_text import OtherText
from closeread.drafting.paragraphs import find_in_paragraph, find_numbers, find_opening
from closeread.drafting.phrases import adverbs, compiled, verb
from closeread.drafting.publication import find_publication
from closeread.drafting.quoting import find_not_quoted, find_quoted, find_said, find_sources
from closeread.drafting.records import Draft, DraftedClaim, Undrafted
from closeread.drafting.sentences import Sentence, split_sentences
from closeread.findings import Reading
from closeread.lexicons.function_words import index_function_words

# In this order: of two claims in the same words about the same the first is kept.
RULES: tuple[Rule, ...] = (
    find_late,
    find_counted,
    find_only,
    find_never_named,
    find_sources,
    find_not_quoted,
    find_said,
    find_quoted,
    find_called,
    find_words,
    find_in_paragraph,
    find_opening,
    find_numbers,
    find_no_ground,
    find_publication,
)
_QUOTED = "Its quotations have the words of the article"
_ABSENT = ("not-found", "paraphrase")
# Words of a clause beside one that is drafted: fewer say nothing by themselves.
_SHORTEST = 4
# With these a clause goes on that leaves out its subject.
_CARRIED = r"(?:is|are|was|were|has|does|never)"
_NO_FORM = "no form of claim that is known here"


def draft_checks(critique: Reading, original: Reading | None = None) -> Draft:
    """The claims of a critique about another text, as expressions for a check file. With the original, names are those
    of its reading, and one check holds the quotations. Without, a person says where it is."""
    paragraphs = split_sentences(critique.article)
    held = _hold_quotations(critique, original, paragraphs) if original is not None else ()
    other = OtherText(critique, original, paragraphs, prefix="article." if held else "")
    claims: list[DraftedClaim] = list(held)
    undrafted: list[Undrafted] = []
    for sentence in chain.from_iterable(paragraphs):
        found, missed = _read_sentence(sentence, other)
        claims += (_to_claim(sentence, each) for each in found)
        undrafted += (_to_undrafted(sentence, each) for each in missed)
    return Draft(
        critique=critique.article.source,
        texts=("critique", "article") if held else ("article",),
        claims=tuple(replace(each, id=f"claim-{number}") for number, each in enumerate(claims, 1)),
        undrafted=tuple(replace(each, id=f"undrafted-{number}") for number, each in enumerate(undrafted, 1)),
    )


def _read_sentence(sentence: Sentence, other: OtherText) -> tuple[list[Found], list[Missed]]:
    found: list[Found] = []
    missed: list[Missed] = []
    if sentence.is_too_long:
        return found, [Missed(0, len(sentence.text), "the sentence is too long to be read")]
    for each in chain.from_iterable(rule(sentence, other) for rule in RULES):
        _sort_in(each, found, missed)
    for each in list(find_listed(sentence, other, found)):
        _sort_in(each, found, missed)
    found.sort(key=lambda claim: (claim.start, claim.end))
    missed = [each for each in missed if not any(_overlap(each, claim) for claim in found)]
    return found, sorted([*missed, *_find_rest(sentence, other, [*found, *missed])], key=lambda each: each.start)


def _sort_in(each: Found | Missed, found: list[Found], missed: list[Missed]) -> None:
    if isinstance(each, Missed):
        if not any(_overlap(each, other) for other in missed):
            missed.append(each)
    elif not _parses(each.expect):
        missed.append(Missed(each.start, each.end, "the expression would be too long"))
    elif not any(_overlap(each, claim) and (each.about == claim.about or not each.about) for claim in found):
        found.append(each)


def _parses(expression: str) -> bool:
    try:
        parse(expression)
    except ExpressionError:
        return False
    return True


def _overlap(one: Found | Missed, other: Found | Missed) -> bool:
    return one.start < other.end and other.start < one.end


def _find_rest(sentence: Sentence, other: OtherText, taken: Sequence[Found | Missed]) -> Iterator[Missed]:
    """Clauses that speak of the other text and hold nothing of what was found."""
    is_taken = False
    for start, end in _split_clauses(sentence, other) if taken else [(0, len(sentence.text))]:
        words = sentence.blotted[start:end]
        is_carried = is_taken and compiled(rf"{_CARRIED}\b").match(words)
        is_taken = any(each.start < end and start < each.end for each in taken)
        if is_taken:
            continue
        if taken and len(words.split()) < _SHORTEST:
            continue
        if is_carried or compiled(other.text).search(words):
            yield Missed(start, end, _NO_FORM)
            continue
        for found in compiled(other.subject).finditer(words + " "):
            why = _tell_why(sentence, other, found, start)
            if why:
                yield Missed(start, end, why)
                break


def _tell_why(sentence: Sentence, other: OtherText, found: re.Match[str], start: int) -> str:
    """Why a clause with this subject is not drafted; empty where it does not speak of the other text."""
    pronoun = found["by_pronoun"]
    if pronoun is None:
        return _NO_FORM
    before = sentence.blotted[: start + found.start("subject")].split()
    if before and before[-1][-1].isalnum() and before[-1].lower() not in index_function_words():
        return ""
    if other.is_meant(sentence, start + found.start("subject"), pronoun.lower()):
        return _NO_FORM
    verbs = (verb("mention", "third"), verb("quote", "third"), verb("mention", "base"))
    says = rf"\s*(?:does\s+not\s+|never\s+)?{adverbs()}(?:{'|'.join(verbs)})\b"
    said_of = compiled(says).match(sentence.blotted, start + found.end("subject"))
    return f"whom “{pronoun}” means is not clear" if said_of and other.is_known else ""


def _split_clauses(sentence: Sentence, other: OtherText) -> list[tuple[int, int]]:
    verbs = rf"(?:{_CARRIED}|[a-z]+s)\s"
    pattern = rf"[;:]\s+|,?\s+(?:and|but|yet|while)\s+(?={other.any_subject}|{verbs})|,\s+(?={other.any_subject})"
    borders = [found.span() for found in compiled(pattern).finditer(sentence.blotted)]
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(sentence.text)]
    return list(zip(starts, ends, strict=True))


def _hold_quotations(
    critique: Reading, original: Reading, paragraphs: Sequence[Sequence[Sentence]]
) -> tuple[DraftedClaim, ...]:
    """One check for all quotations of the original in the critique; none where it holds none."""
    found = [each for each in check_quotations(critique, [original]) if each.kind not in _ABSENT]
    if not found:
        return ()
    first = found[0].quotation
    sentences = [each for each in chain.from_iterable(paragraphs) if each.start <= first.start]
    many = "One quotation" if len(found) == 1 else f"{len(found)} quotations"
    note = f"{many} of the article, of which this is the first; `closeread audit` shows each."
    expect, rule = "critique.altered(article) == 0", "draft.quotations"
    place = critique.article.span(first.start, first.end)
    at = (sentences[-1].paragraph, sentences[-1].number) if sentences else (1, 1)
    return (DraftedClaim("", _QUOTED, place, *at, expect, note, rule, True),)


def _to_claim(sentence: Sentence, each: Found) -> DraftedClaim:
    place = sentence.span(each.start, each.end)
    return DraftedClaim(
        id="",
        claim=" ".join(place.text.split()),
        place=place,
        paragraph=sentence.paragraph,
        sentence=sentence.number,
        expect=each.expect,
        note=each.note,
        rule=each.rule,
        certain=not each.note,
    )


def _to_undrafted(sentence: Sentence, each: Missed) -> Undrafted:
    end = each.start + len(sentence.text[each.start : each.end].rstrip())
    rule = "draft.no-form" if each.why == _NO_FORM else "draft.no-expression"
    return Undrafted("", sentence.span(each.start, end), sentence.paragraph, sentence.number, each.why, rule)
