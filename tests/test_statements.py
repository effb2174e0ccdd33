"""Which clauses are statements, of which kind, on what ground, and where they are said again. On parses by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeread import read_text
from closeread.analyses.grounds import Grounds
from closeread.analyses.innermost import Innermost
from closeread.analyses.references import References
from closeread.analyses.restatements import Restatements
from closeread.analyses.statements import Part, find_parts
from closeread.analyses.support import find_statements
from closeread.analyses.voices import Voices
from closeread.article import Link
from closeread.findings import Statement
from tests.hand_parsed import Parsed, read_parsed

SAID = (
    "[The [mayor]source1 [said]cue1 [the bridge was safe]content1, but engineers closed it.]x",
    "The/DT/det/2 mayor/NN/nsubj/3 said>say/VBD/ROOT/0 the/DT/det/5 bridge/NN/nsubj/6 was>be/VBD/ccomp/3 "
    "safe/JJ/acomp/6 ,/,/punct/3 but/CC/cc/3 engineers/NNS/nsubj/11 closed>close/VBD/conj/3 it/PRP/dobj/11 ././punct/3",
)
RELATIVE = (
    "The bridge, which opened in 1990, was closed because it was old.",
    "The/DT/det/2 bridge/NN/nsubjpass/10 ,/,/punct/2 which/WDT/nsubj/5 opened>open/VBD/relcl/2 in/IN/prep/5 "
    "1990/CD/pobj/6/DATE ,/,/punct/2 was>be/VBD/auxpass/10 closed>close/VBN/ROOT/0 because/IN/mark/13 it/PRP/nsubj/13 "
    "was>be/VBD/advcl/10 old/JJ/acomp/13 ././punct/10",
)


def parts_of(parsed: Parsed) -> tuple[Part, ...]:
    attributions = parsed.find_quotations()
    voices, innermost = Voices(parsed.article, parsed.marks, attributions), Innermost(parsed.article, attributions)
    return find_parts(parsed.doc, parsed.article, attributions, voices=voices, innermost=innermost)


def statements_of(parsed: Parsed) -> tuple[Statement, ...]:
    attributions = parsed.find_quotations()
    actors = parsed.find_actors(*attributions)
    references = References(parsed.doc, parsed.article, attributions, actors)
    attributions = parsed.link_speakers(actors, *attributions)
    parts = parts_of(parsed)
    grounds = Grounds(parsed.article, parts, references, attributions=attributions, cast=actors)
    return find_statements(parsed.article, parts, grounds, attributions=attributions, loaded=(), markers=())


def test_a_content_is_a_statement_and_what_says_it_is_none() -> None:
    found = [(part.place.text, part.voice, part.attribution) for part in parts_of(read_parsed(*SAID))]
    assert found == [("the bridge was safe", "reported", "q1"), ("engineers closed it", "own", None)]


def test_a_verb_of_saying_is_none_either_where_it_is_not_the_cue() -> None:
    marked, table = SAID
    found = parts_of(read_parsed(marked.replace("[said]cue1", "said"), table))
    assert [part.place.text for part in found] == ["the bridge was safe", "engineers closed it"]


def test_a_relative_clause_after_a_comma_is_a_statement_a_reason_is_not() -> None:
    found = [part.place.text for part in parts_of(read_parsed(*RELATIVE))]
    assert found == ["The bridge, which opened in 1990, was closed because it was old", "which opened in 1990"]


def test_words_of_a_statement_inside_another_belong_to_the_inner_one() -> None:
    outer, inner = parts_of(read_parsed(*RELATIVE))
    assert [token.text for token in outer.tokens if token.is_alpha][:3] == ["The", "bridge", "was"]
    assert [token.text for token in inner.tokens] == ["which", "opened", "in", "1990"]


def test_a_thing_that_is_criticised_leaves_the_clause_in_own_voice() -> None:
    parsed = read_parsed(
        "[The mayor]source1 [criticised]cue1 [the plan]content1.",
        "The/DT/det/2 mayor/NN/nsubj/3 criticised>criticise/VBD/ROOT/0 the/DT/det/5 plan/NN/dobj/3 ././punct/3",
    )
    assert [(part.place.text, part.voice) for part in parts_of(parsed)] == [("The mayor criticised the plan", "own")]


def test_captions_hold_no_statement() -> None:
    parsed = read_parsed(
        "Boats burn.¶It rained.".replace("¶", "\n\n"),
        "Boats/NNS/nsubj/2 burn/VBP/ROOT/0 ././punct/2\nIt/PRP/nsubj/2 rained>rain/VBD/ROOT/0 ././punct/2",
        "caption",
        "body",
    )
    assert [part.place.text for part in parts_of(parsed)] == ["It rained"]


KINDS = [
    ("Did it rain?", "Did/VBD/aux/3 it/PRP/nsubj/3 rain/VB/ROOT/0 ?/./punct/3", "question"),
    (
        "The town must act.",
        "The/DT/det/2 town/NN/nsubj/4 must/MD/aux/4 act/VB/ROOT/0 ././punct/4",
        "call",
    ),
    (
        "The town will act.",
        "The/DT/det/2 town/NN/nsubj/4 will/MD/aux/4 act/VB/ROOT/0 ././punct/4",
        "prediction",
    ),
    (
        "Rain led to floods.",
        "Rain/NN/nsubj/2 led>lead/VBD/ROOT/0 to/IN/prep/2 floods/NNS/pobj/3 ././punct/2",
        "cause",
    ),
    (
        "The storm killed 12 men.",
        "The/DT/det/2 storm/NN/nsubj/3 killed>kill/VBD/ROOT/0 12/CD/nummod/5/CARDINAL men>man/NNS/dobj/3 ././punct/3",
        "number",
    ),
    (
        "It opened on 12 May.",
        "It/PRP/nsubj/2 opened>open/VBD/ROOT/0 on/IN/prep/2 12/CD/nummod/5/DATE May/NNP/pobj/3/DATE ././punct/2",
        "fact",
    ),
    (
        "It was an absurd plan.",
        "It/PRP/nsubj/2 was>be/VBD/ROOT/0 an/DT/det/5 absurd/JJ/amod/5 plan/NN/attr/2 ././punct/2",
        "judgement",
    ),
    (
        "The absurd plan failed.",
        "The/DT/det/3 absurd/JJ/amod/3 plan/NN/nsubj/4 failed>fail/VBD/ROOT/0 ././punct/4",
        "fact",
    ),
]


@pytest.mark.parametrize(("text", "table", "kind"), KINDS)
def test_kind(text: str, table: str, kind: str) -> None:
    assert [statement.kind for statement in statements_of(read_parsed(text, table))] == [kind]


def test_a_source_is_the_ground_of_its_words_alone() -> None:
    said, own = statements_of(read_parsed(*SAID))
    assert [(ground.kind, ground.scope, ground.text) for ground in said.grounds] == [
        ("named-source", "sentence", "mayor")
    ]
    assert (own.grounds, own.rule) == ((), "support.none")


@pytest.mark.parametrize(
    ("words", "table", "kind"),
    [
        ("Studies", "Studies>study/NNS/nsubj/2", "vague-document"),
        ("A study", "A/DT/det/2 study/NN/nsubj/3", "vague-document"),
        ("The study", "The/DT/det/2 study/NN/nsubj/3", "document"),
        ("A Kellbrook study", "A/DT/det/3 Kellbrook/NNP/compound/3/ORG study/NN/nsubj/4", "document"),
        ("Officials", "Officials>official/NNS/nsubj/2", "unnamed-source"),
    ],
)
def test_documents_are_identified_or_vague(words: str, table: str, kind: str) -> None:
    at = len(words.split()) + 1
    parsed = read_parsed(
        f"[{words}]source1 [show]cue1 [that it rained]content1.",
        f"{table} show/VBP/ROOT/0 that/IN/mark/{at + 3} it/PRP/nsubj/{at + 3} "
        f"rained>rain/VBD/ccomp/{at} ././punct/{at}",
    )
    (statement,) = statements_of(parsed)
    assert [ground.kind for ground in statement.grounds] == [kind]


def test_a_link_and_what_all_are_said_to_know_are_grounds_in_own_voice() -> None:
    parsed = read_parsed(
        "Of course it rained.",
        "Of/IN/advmod/4 course/NN/pobj/1 it/PRP/nsubj/4 rained>rain/VBD/ROOT/0 ././punct/4",
    )
    (statement,) = statements_of(parsed)
    assert [(ground.kind, ground.text) for ground in statement.grounds] == [("general-knowledge", "Of course")]
    linked = replace(parsed.article, links=(Link(13, 19, "rained", "https://example.org/"),))
    (statement,) = statements_of(replace(parsed, article=linked))
    assert [ground.kind for ground in statement.grounds] == ["link", "general-knowledge"]
    assert statement.rule == "support.link"


@pytest.mark.parametrize(
    ("subject", "verb", "ground"),
    [
        ("Everybody/NN/nsubj/2", "knows>know/VBZ/ROOT/0", "Everybody knows"),
        ("Most/JJS/nsubj/2", "agree/VBP/ROOT/0", "Most agree"),
        ("Larvians/NNPS/nsubj/2", "know/VBP/ROOT/0", None),
        ("Most/JJS/nsubj/2", "agreed>agree/VBD/ROOT/0", None),
        ("Most/JJS/nsubj/2", "sing/VBP/ROOT/0", None),
    ],
)
def test_what_a_crowd_is_said_to_know_is_general_knowledge(subject: str, verb: str, ground: str | None) -> None:
    words = " ".join(row.split("/")[0].split(">")[0] for row in (subject, verb))
    table = f"{subject} {verb} it/PRP/nsubj/4 rains>rain/VBZ/ccomp/2 ././punct/2"
    (statement,) = statements_of(read_parsed(f"{words} it rains.", table))
    assert [(each.kind, each.text) for each in statement.grounds] == ([("general-knowledge", ground)] if ground else [])


def test_what_not_everybody_knows_is_no_general_knowledge() -> None:
    table = "Not/RB/neg/2 everybody/NN/nsubj/3 knows>know/VBZ/ROOT/0 it/PRP/nsubj/5 rains>rain/VBZ/ccomp/3 ././punct/3"
    (statement,) = statements_of(read_parsed("Not everybody knows it rains.", table))
    assert statement.grounds == ()


def test_what_the_writer_saw_is_a_ground_what_others_saw_is_none() -> None:
    table = "We/PRP/nsubj/2 saw>see/VBD/ROOT/0 the/DT/det/4 ship/NN/dobj/2 burn/VB/dep/4 ././punct/2"
    (statement,) = statements_of(read_parsed("We saw the ship burn.", table))
    assert [ground.kind for ground in statement.grounds] == ["witness"]
    (statement,) = statements_of(read_parsed("They saw the ship burn.", table.replace("We/", "They/")))
    assert statement.grounds == ()


RESTATED = (
    "Engineers closed the narrow bridge.¶[The mayor]source1 [said]cue1 [engineers closed the narrow bridge]content1.",
    "Engineers>engineer/NNS/nsubj/2 closed>close/VBD/ROOT/0 the/DT/det/5 narrow/JJ/amod/5 bridge/NN/dobj/2 "
    "././punct/2\nThe/DT/det/2 mayor/NN/nsubj/3 said>say/VBD/ROOT/0 engineers>engineer/NNS/nsubj/5 "
    "closed>close/VBD/ccomp/3 the/DT/det/8 narrow/JJ/amod/8 bridge/NN/dobj/5 ././punct/3",
)


def test_what_is_said_again_is_found_with_the_words_that_show_it() -> None:
    marked, table = RESTATED
    parts = parts_of(read_parsed(marked.replace("¶", "\n\n"), table))
    (restated,) = Restatements(parts, ()).find(parts[0])
    assert restated.part is parts[1]
    assert restated.score == 1
    assert [(first.text, second.text) for first, second in restated.shared] == [
        ("Engineers", "engineers"),
        ("closed", "closed"),
        ("narrow", "narrow"),
        ("bridge", "bridge"),
    ]


@pytest.mark.parametrize(
    ("text", "table", "kind"),
    [
        (
            "It is understood that it rained.",
            "It/PRP/nsubjpass/3 is>be/VBZ/auxpass/3 understood>understand/VBN/ROOT/0 that/IN/mark/6 it/PRP/nsubj/6 "
            "rained>rain/VBD/ccomp/3 ././punct/3",
            "unnamed-source",
        ),
        (
            "It rained, according to federal records.",
            "It/PRP/nsubj/2 rained>rain/VBD/ROOT/0 ,/,/punct/2 according/VBG/prep/2 to/IN/prep/4 federal/JJ/amod/7 "
            "records>record/NNS/pobj/5 ././punct/2",
            "document",
        ),
        (
            "I have lived in Ostrel.",
            "I/PRP/nsubj/3 have/VBP/aux/3 lived>live/VBN/ROOT/0 in/IN/prep/3 Ostrel/NNP/pobj/4 ././punct/3",
            "witness",
        ),
        (
            "She did not respond to questions.",
            "She/PRP/nsubj/4 did>do/VBD/aux/4 not/RB/neg/4 respond/VB/ROOT/0 to/IN/prep/4 questions/NNS/pobj/5 "
            "././punct/4",
            "witness",
        ),
        (
            "We used to live there.",
            "We/PRP/nsubj/2 used>use/VBD/ROOT/0 to/TO/aux/4 live/VB/xcomp/2 there/RB/advmod/4 ././punct/2",
            None,
        ),
        ("I thought so.", "I/PRP/nsubj/2 thought>think/VBD/ROOT/0 so/RB/advmod/2 ././punct/2", None),
    ],
)
def test_words_of_own_voice_that_are_a_ground(text: str, table: str, kind: str | None) -> None:
    (statement,) = statements_of(read_parsed(text, table))
    assert [ground.kind for ground in statement.grounds] == ([kind] if kind else [])


CONTINUED = (
    "The report lists nine cases. Two of them were fatal.",
    "The/DT/det/2 report/NN/nsubj/3 lists>list/VBZ/ROOT/0 nine/CD/nummod/5 cases>case/NNS/dobj/3 ././punct/3\n"
    "Two/CD/nsubj/4 of/IN/prep/1 them/PRP/pobj/2 were>be/VBD/ROOT/0 fatal/JJ/acomp/4 ././punct/4",
)


def test_what_goes_on_with_a_document_rests_on_it() -> None:
    first, second = statements_of(read_parsed(*CONTINUED))
    assert [(ground.kind, ground.scope, ground.text) for ground in first.grounds] == [
        ("document", "sentence", "report")
    ]
    assert [(ground.kind, ground.scope, ground.text) for ground in second.grounds] == [
        ("document", "paragraph", "report")
    ]
    assert second.rule == "support.paragraph"


def test_what_only_stands_after_a_document_does_not_rest_on_it() -> None:
    text, table = (words.replace("Two of them", "Some of us").replace("them/", "us/") for words in CONTINUED)
    table = table.replace("Two/CD", "Some/DT")
    assert statements_of(read_parsed(text, table))[1].grounds == ()


@pytest.mark.parametrize(("gap", "said", "grounds"), [(" ", "report", 1), ("\n\n", "report", 0), (" ", "mayor", 0)])
def test_a_number_right_behind_a_document_rests_on_it(gap: str, said: str, grounds: int) -> None:
    text, table = CONTINUED
    text = text.split(". ")[0].replace("report", said) + f".{gap}Two men drowned."
    table = table.split("\n")[0].replace("report", said)
    table += "\nTwo/CD/nummod/2 men>man/NNS/nsubj/3 drowned>drown/VBD/ROOT/0 ././punct/3"
    *_, last = statements_of(read_parsed(text, table))
    assert [(ground.kind, ground.scope) for ground in last.grounds] == [("document", "paragraph")] * grounds


def _among_others(marked: str, table: str) -> Parsed:
    """Thirty other statements before it, so that its words are rare."""
    rain = "It/PRP/nsubj/2 rained>rain/VBD/ROOT/0 ././punct/2\n"
    return read_parsed(("It rained." + "\n\n") * 30 + marked.replace("¶", "\n\n"), rain * 30 + table)


def test_a_statement_that_a_source_makes_elsewhere_points_there() -> None:
    *_, own, said = statements_of(_among_others(*RESTATED))
    assert [(ground.kind, ground.scope, ground.text) for ground in own.grounds] == [
        ("elsewhere", "article", said.place.text)
    ]
    assert own.rule == "support.elsewhere"


def test_a_statement_of_another_bridge_does_not() -> None:
    marked, table = RESTATED
    other = marked.replace("Engineers closed the narrow", "Soldiers burned the narrow")
    table = table.replace("Engineers>engineer", "Soldiers>soldier", 1).replace(
        "closed>close/VBD/ROOT", "burned>burn/VBD/ROOT"
    )
    *_, own, _ = statements_of(_among_others(other, table))
    assert own.grounds == ()


@pytest.mark.models
def test_a_dateline_is_no_part_of_the_first_statement() -> None:
    """The parser would make the name of the place the head of what follows it."""
    text = (
        "Port head\n\nVELMAR — Security forces killed at least 14 people on Tuesday when they cleared a blockade of "
        "the Velmar container port, ending a nine-day strike that has cost the country an estimated €90 million."
    )
    found = [each.place.text for each in read_text(text).statements]
    assert any(words.startswith("Security forces killed at least 14 people") for words in found)
