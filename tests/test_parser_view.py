"""The text as the parser sees it: as long as the article's."""

from __future__ import annotations

import pytest

from closeread.marks import find_marks
from closeread.parsing import parse, to_parser_view
from tests.hand_parsed import make_article

BODY = "The mayor closed the old road on Monday, and people in the White House knew of it."


@pytest.mark.parametrize(
    ("headline", "seen"),
    [
        ("Mayor Closes Old Road In Talvora", "Mayor closes old road in Talvora"),
        # With a capital in the article, too.
        ("Mayor Closes White House Road", "Mayor closes White House road"),
        ("MAYOR CLOSES THE OLD ROAD AGAIN", "MAYOR closes the old road again"),
        ("Mayor closes old road in Talvora", "Mayor closes old road in Talvora"),
        ("Closed Road", "Closed Road"),
    ],
)
def test_common_words_of_a_headline_in_title_case_are_in_lower_case(headline: str, seen: str) -> None:
    article = make_article(f"{headline}\n\n{BODY}", "headline")
    view = to_parser_view(article, find_marks(article))
    assert view.splitlines()[0].rstrip() == seen
    assert view.endswith(BODY)
    assert len(view) == len(article.text)


def test_marks_apostrophes_and_breaks_are_those_that_the_parser_knows() -> None:
    article = make_article('"It isn’t\nopen," she said.')
    assert to_parser_view(article, find_marks(article)) == "“It isn't open,” she said."


def test_a_verb_that_does_not_double_its_consonant_ends_in_e() -> None:
    article = make_article("They were waging war and hoped to win. She stopped, begged and planned it, and was robbed.")
    verbs = [token.lemma_ for token in parse(article, find_marks(article)) if token.tag_ in ("VBG", "VBD", "VBN")]
    assert verbs == ["be", "wage", "hope", "stop", "beg", "plan", "be", "rob"]
