"""Swap two actors of a kind: on the same parse each clause comes back with the names swapped, always."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from closeread.analyses.agency import find_clauses
from closeread.analyses.innermost import Innermost
from closeread.analyses.voices import Voices
from closeread.findings import Clause
from closeread.marks import find_marks
from tests.hand_parsed import load_cases, make_article

DATA = Path(__file__).parents[2] / "shared" / "data" / "qasrl"
KINDS = {
    "PERSON": ["Ann", "Boris", "Chidi", "Mary", "Zoltan", "Will", "May", "Rose", "Mark", "Xi"],
    "GPE": ["Iran", "Israel", "Russia", "Ukraine", "Chad", "Turkey", "Peru", "Jordan"],
    "ORG": ["Hamas", "Unicef", "Boeing", "Labour", "Apple", "Reuters", "Target"],
    "NORP": ["Kurds", "Turks", "Poles", "Democrats", "Republicans"],
}
CASES = load_cases("agency.txt")


def swap_words(doc: Doc, swapped: dict[str, str]) -> Doc:
    """The same annotations over other words. The lemma of a name is the name."""
    lemmas = [swapped.get(token.text, token.lemma_) for token in doc]
    return Doc(
        doc.vocab,
        words=[swapped.get(token.text, token.text) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=lemmas,
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )


def find_keys(doc: Doc, names: dict[str, str]) -> list[tuple[object, ...]]:
    """What each clause says, with every name of `names` turned into the other."""
    article = make_article(doc.text)
    voices = Voices(article, find_marks(article), ())
    clauses = find_clauses(doc, article, (), attributions=(), voices=voices, innermost=Innermost(article, ()))
    return [_to_key(clause, names) for clause in clauses]


def _to_key(clause: Clause, names: dict[str, str]) -> tuple[object, ...]:
    places = (clause.predicate, clause.agent, clause.patient, clause.recipient, clause.agent_elsewhere)
    words = tuple(None if place is None else _turn(place.text, names) for place in places)
    return (*words, clause.form, clause.negated, clause.modality, clause.rule, clause.certain)


def _turn(text: str, names: dict[str, str]) -> str:
    return re.sub(r"\w+", lambda found: names.get(found[0], found[0]), text)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)), case=st.sampled_from(CASES))
def test_made_sentences_on_the_same_parse(data: st.DataObject, kind: str, case: object) -> None:
    """Two nouns of a parse made by hand become names, which then change places."""
    doc = case.read().doc  # type: ignore[attr-defined]
    nouns = sorted(
        {token.text for token in doc if token.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass", "poss", "conj")}
    )
    nouns = [noun for noun in nouns if noun.isalpha() and doc.text.count(noun) == 1 and noun not in ("who", "that")]
    one, other = data.draw(st.lists(st.sampled_from(KINDS[kind]), min_size=2, max_size=2, unique=True))
    chosen = data.draw(st.lists(st.sampled_from(nouns), min_size=1, max_size=2, unique=True))
    first = swap_words(doc, dict(zip(chosen, (one, other), strict=False)))
    names = {one: other, other: one}
    assert find_keys(first, {}) == find_keys(swap_words(first, names), names)


@cache
def _real_docs() -> tuple[Doc, ...]:
    from evals.qasrl import load_sentences, to_doc

    return tuple(to_doc(sentence) for sentence in load_sentences(DATA, "wikipedia", "dev")[:120])


@pytest.mark.models
@pytest.mark.skipif(not DATA.is_dir(), reason="there is no QA-SRL beside the checkout")
def test_real_sentences_on_the_same_parse() -> None:
    """Every pair of names of one word and one kind in a sentence."""
    count = 0
    for doc in _real_docs():
        for kind, pool in KINDS.items():
            names = sorted(
                {ent.text for ent in doc.ents if ent.label_ == kind and len(ent) == 1 and ent.text.isalpha()}
            )
            for one, other in zip(names, [*names[1:], *pool[:1]], strict=False):
                swapped = {one: other, other: one}
                count += 1
                assert find_keys(doc, {}) == find_keys(swap_words(doc, swapped), swapped)
    assert count > 50
