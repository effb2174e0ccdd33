"""Real inputs, where they are: ten pages, two Nexis exports, the critique, and the texts of PolNeAR dev."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from closeread.article import Article
from closeread.findings import Reading, to_record
from closeread.intake import load_articles
from closeread.reading import read, read_all

SHARED = Path(__file__).parents[2] / "shared"

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared inputs are not here: ../shared"),
]

# Words of each page's headline, of its first and of its last paragraph, and of its navigation or footer.
PAGES = {
    "bbc.com.52241221.html": ("mass burials amid", "Images have emerged of coffins", "BBC is not responsible"),
    "economist.com.thinking.html": ("collaborative thinking", "THREE decades ago Thomas Malone", "Cookies"),
    "guardian.co.tt-massy.html": ("Massy Stores stalled", "Thousands of people possibly hoping", "Subscribe"),
    "independent.co.uk.penalty.html": ("falsely reporting a contact", "Anyone falsely naming an antagonist", "Privacy"),
    "nytimes.com.blackouts.html": ("Rolling Blackouts", "As temperatures began to rise", "Advertisement"),
    "politico.com.retirement.html": ("Mark Meadows accused", "shock retirement", "Privacy Policy"),
    "telegraph.co.uk.plumber.html": ("Plumber jailed", "Zoe Anderson, 24, was overcome", "Facebook"),
    "theatlantic.com.disasters.html": ("Plan for the Future", "When I moved to California", "Popular"),
    "thenassauguardian.com-hikes.html": ("Super Value", "There is no end in sight", "Contact"),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages(name: str) -> None:
    headline, lead, furniture = PAGES[name]
    path = SHARED / "data" / "pages" / name
    reading = read(path)
    zones = reading.article.zones
    assert furniture in path.read_bytes().decode("utf-8", errors="replace")
    assert zones[0].kind == "headline"
    assert headline in zones[0].text
    assert any(lead in zone.text for zone in reading.article.body[:4])
    assert furniture not in reading.article.text
    assert reading.actors
    assert_places(reading)


def test_the_page_in_french_is_not_analysed() -> None:
    reading = read(SHARED / "data" / "pages" / "dw.com-elephants.html")
    assert reading.article.language == "fr"
    assert [notice.rule for notice in reading.notices] == ["language.not-english"]
    assert (reading.attributions, reading.actors, reading.scare_quotes) == ((), (), ())


@pytest.mark.parametrize("name", ["sample.TXT", "sample.DOCX"])
def test_nexis(name: str) -> None:
    readings = list(read_all([SHARED / "data" / "nexis" / name]))
    assert len(readings) == 10
    assert all(isinstance(reading, Reading) for reading in readings)


def test_critique() -> None:
    reading = read(SHARED / "inputs" / "critique.txt")
    assert len(reading.article.body) == 35
    found = {actor.name for actor in reading.actors}
    assert {"United States", "Russia", "Syria", "Iran", "Ashley Smith"} <= found
    assert_places(reading)


# Checked by hand: where the body first names each, and the share of the body before it.
FIRST = {
    "Syrian government": (84, 0.0017),
    "Bashar-al-Assad": (367, 0.0274),
    "Russia": (242, 0.0162),
    "United States": (768, 0.0639),
    "Iran": (415, 0.0318),
    "International Socialist Organization": (890, 0.0749),
    "Ashley Smith": (814, 0.068),
    "al-Nusra Front": (4286, 0.3837),
    "Free Syrian Army": (3874, 0.3464),
    "Donald Trump": (9511, 0.8581),
}


@pytest.mark.parametrize("name", FIRST)
def test_first_mentions_in_the_critique(name: str) -> None:
    reading = read(SHARED / "inputs" / "critique.txt")
    (actor,) = (actor for actor in reading.actors if actor.name == name)
    naming = [each for each in actor.mentions if each.form not in ("metonym", "description", "pronoun")]
    start = next(each.start for each in naming if reading.article.share_before(each.start) is not None)
    assert (start, round(actor.first_mention or 0, 4)) == FIRST[name]


def test_every_text_of_polnear_dev_is_read() -> None:
    texts = sorted((SHARED / "data" / "polnear" / "dev" / "text").glob("*.txt"))
    assert len(texts) == 84
    for path in texts:
        (article,) = load_articles(str(path))
        assert isinstance(article, Article)
        assert article.text == path.read_bytes().decode("utf-8")
    for reading in read_all(texts[::12]):
        assert isinstance(reading, Reading)
        assert_places(reading)


def assert_places(reading: Reading) -> None:
    """Every place in the JSON form has the words of the text."""
    record = json.loads(reading.to_json())
    assert record == to_record(reading)
    text = record["article"]["text"]
    waiting: list[object] = [record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                assert text[value["start"] : value["end"]] == value["text"]
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def test_the_slogan_with_one_word_replaced_is_found_in_the_article_alone() -> None:
    (echo,) = read(SHARED / "inputs" / "critique.txt").echoes
    assert (echo.origin, echo.rule, echo.template[-4:]) == ("article", "echoes.article", "___?")
    assert echo.known_place is not None and echo.known_place.end < echo.place.start
