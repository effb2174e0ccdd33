"""Cleaning, decoding and the map back to the source: offsets never slip."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeread.article import Article, Failure, ReadError
from closeread.intake import load_bytes, load_text
from closeread.intake.cleaning import BOM, Cleaned, clean, clean_characters, clean_line
from closeread.intake.composing import Part, compose, is_visible
from closeread.intake.decoding import decode
from closeread.intake.markdown import find_kept

SENTENCE = "The ferry sank off the coast on Monday, the harbour master said."
# Pieces that have made offsets slip: line ends, marks, astral and combining characters, right-to-left runs, markup.
PIECES = st.sampled_from(
    [
        "\r\n",
        "\n",
        "\r",
        "\r\r\n",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\x0c",
        "\x00",
        "\x1b",
        "\t",
        BOM,
        "\ud800",
        "\udfff",
        "👩‍👩‍👧",
        "🇬🇧",
        "e\u0301",
        "n\u0303",
        "שלום",
        "مرحبا",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u00ad",
        "“",
        "”",
        "‘",
        "’",
        "«",
        "—",
        "…",
        " ",
        "\u00a0",
        "Ann Smith said",
        SENTENCE,
        "By Ann Smith",
        "3 March 2020",
        "#",
        "**",
        "*",
        "_",
        "`",
        "[a](b)",
        "![c](d)",
        "> ",
        "- ",
        "---",
        "```",
        "\\",
        "<b>",
        "</b>",
        "~~",
        "|",
    ]
)
MESSY = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))
WITH_WORDS = MESSY.map(lambda text: text + "\n\n" + SENTENCE + "\n\n" + SENTENCE)


def assert_origin(cleaned: Cleaned, source: str) -> None:
    at = 0
    for run in cleaned.origin:
        assert run.start == at
        assert run.length > 0
        at += run.length
        there = source[run.source_start : run.source_start + run.length]
        assert cleaned.text[run.start : at] == clean_characters(there)
    assert at == len(cleaned.text)
    places = [run.source_start for run in cleaned.origin]
    assert places == sorted(places)


def assert_zones(article: Article) -> None:
    end = 0
    for zone in article.zones:
        assert zone.start >= end
        assert zone.start < zone.end <= len(article.text)
        assert article.text[zone.start : zone.end] == zone.text
        assert zone.text == zone.text.strip()
        assert is_visible(zone.text)
        end = zone.end
    assert article.body


def assert_final(text: str) -> None:
    text.encode("utf-8")
    assert not set(text) & set("\r\x0b\x0c\x85\u2028\u2029\x00\x1b")


@given(MESSY)
def test_cleaning_keeps_every_code_point_but_bom_and_cr(source: str) -> None:
    cleaned = clean(source)
    assert_final(cleaned.text)
    assert_origin(cleaned, source)
    assert len(cleaned.text) == len(source.removeprefix(BOM).replace("\r\n", "\n"))


@given(MESSY)
def test_cleaning_twice_is_cleaning_once(source: str) -> None:
    text = clean(source).text
    assert clean_characters(text) == text


@settings(deadline=None)  # The first call loads the language model.
@given(WITH_WORDS)
def test_zones_and_origin_of_plain_text(source: str) -> None:
    article = load_text(source)
    assert article.origin is not None
    assert_zones(article)
    assert_final(article.text)
    assert_origin(Cleaned(article.text, article.origin), source)


@settings(deadline=None)  # The first call loads the language model.
@given(WITH_WORDS)
def test_all_that_can_be_seen_is_in_a_zone(source: str) -> None:
    article = load_text(source)
    inside = {at for zone in article.zones for at in range(zone.start, zone.end)}
    assert not any(is_visible(char) for at, char in enumerate(article.text) if at not in inside)


@settings(deadline=None)  # The first call loads the language model.
@given(WITH_WORDS)
def test_zones_and_origin_of_markdown(source: str) -> None:
    encoded = source.encode("utf-8", "replace")
    decoded = encoded.decode("utf-8")
    (article,) = load_bytes(encoded, source="a.md", suffix=".md")
    if isinstance(article, Failure):
        assert article.kind in ("intake.empty", "intake.not-text")
        return
    assert article.origin is not None
    assert_zones(article)
    assert_origin(Cleaned(article.text, article.origin), decoded)


@given(MESSY)
def test_markdown_keeps_ranges_sorted_and_disjoint(source: str) -> None:
    kept, headings, linked = find_kept(source)
    ends = [0, *(end for _, end in kept)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, kept, strict=False))
    assert all(start <= end for start, end in headings)
    assert all(start <= end and target for start, end, target in linked)


@given(st.lists(st.tuples(st.sampled_from(["headline", "byline", "caption", "body"]), MESSY), max_size=8))
def test_composed_zones_cover_their_words(parts: list[tuple[str, str]]) -> None:
    text, zones = compose(Part(kind, words) for kind, words in parts)  # type: ignore[arg-type]
    assert_final(text)
    assert "\n\n".join(zone.text for zone in zones) == text
    assert all(text[zone.start : zone.end] == zone.text for zone in zones)


@given(MESSY)
def test_a_field_is_one_clean_line(value: str) -> None:
    line = clean_line(value)
    line.encode("utf-8")
    assert "\n" not in line
    assert line == line.strip()


def test_nothing_else_is_altered() -> None:
    kept = "e\u0301 ﬁ “it’s” \u200b\u200d\u202e\u2066 👩‍👩‍👧 \u00ad \ufeff \u00a0 \x7f"
    assert clean("a" + kept).text == "a" + kept


def test_replacements_are_one_for_one() -> None:
    assert clean("a\x00b\x07c\ud800d\te").text == "a\ufffdb\ufffdc\ufffdd\te"


WORDS = "“Don’t,” she said – “it’s £5…” — café"


@pytest.mark.parametrize(
    ("encoding", "start"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1252", b""),
    ],
)
def test_encodings(encoding: str, start: bytes) -> None:
    text = f"{WORDS}\r\n\r\n{SENTENCE} {SENTENCE}\r\n"
    (article,) = load_bytes(start + text.encode(encoding), source="a.txt")
    assert isinstance(article, Article)
    assert article.text == text.replace("\r\n", "\n")
    assert article.zones[0].text == WORDS


def test_utf_16_without_a_mark() -> None:
    assert decode(f"{SENTENCE}".encode("utf-16-le"), "a").text == SENTENCE


def test_windows_1252_with_emoji_free_text_maps_back() -> None:
    data = f"{WORDS}\r\n{SENTENCE}".encode("cp1252")
    (article,) = load_bytes(data, source="a.txt")
    assert isinstance(article, Article) and article.origin
    for run in article.origin:
        there = data.decode("cp1252")[run.source_start : run.source_start + run.length]
        assert article.text[run.start : run.start + run.length] == there


def test_russian_is_not_taken_for_windows_1252() -> None:
    text = "Паром затонул у побережья в понедельник, сообщил начальник порта. " * 5
    assert decode(text.encode("cp1251"), "a").text == text


def test_mac_roman_is_not_taken_for_windows_1252() -> None:
    text = f"“I don’t know,” she said. “We can’t tell.” {SENTENCE} It wasn’t clear who’d called. " * 3
    assert "donÕt" not in decode(text.encode("mac_roman"), "a").text


def test_a_damaged_byte_in_utf_8_is_shown_and_told() -> None:
    decoded = decode(f"{WORDS} ".encode() + b"\xff" + SENTENCE.encode(), "a")
    assert decoded.text == f"{WORDS} \ufffd{SENTENCE}"
    assert [note.rule for note in decoded.notes] == ["intake.damaged"]


def test_letters_in_a_wrong_encoding_are_told_and_left() -> None:
    wrong = SENTENCE.replace("the", "“thé”", 1).encode().decode("cp1252", "replace")
    decoded = decode(f"{WORDS} {wrong} FranÃ§ois".encode(), "a")
    assert [note.rule for note in decoded.notes] == ["intake.mojibake"]
    assert "FranÃ§ois" in decoded.text
    assert not decode("MANHÃ… Âge café “São Paulo”".encode(), "a").notes


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00"
        + bytes(range(256)) * 8,
        bytes(range(256)) * 20,
        b"\x00" * 100,
    ],
)
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadError) as raised:
        decode(data, "a.txt")
    assert raised.value.failure.kind == "intake.not-text"


def test_a_single_nul_is_no_reason_to_refuse() -> None:
    assert load_text(f"{SENTENCE}\x00").text == f"{SENTENCE}\ufffd"
