"""Short documents with what real ones hold and what they should not: names, quotation marks of all kinds, emoji,
combining marks, right-to-left runs, zero-width characters, CRLF, BOM. The same seed gives the same documents."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_PEOPLE = [
    "Ann Lee",
    "Bob Ray",
    "Lee",
    "Jonas Ekström",
    "Jonas Ekstro\u0308m",
    "Ms. Marrow",
    "O’Neil",
    "Dr Ana de la Cruz",
]
_BODIES = [
    "the Orlan Water Board",
    "the Orlan Water Board (OWB)",
    "OWB",
    "the United Nations",
    "Iran",
    "the U.S.",
    "the US",
]
_PLACES = ["Georgia", "Jordan", "Moscow", "the White House", "South Korea", "Iraq", "Brussels", "شاهد", "ירושלים"]
_DESCRIBED = [
    "the mayor",
    "two officials",
    "a person close to the talks",
    "she",
    "he",
    "they",
    "nobody",
    "the Iranian envoy",
]
_CLAIMS = [
    "the bridge was closed",
    "it would not rain",
    'nobody had asked for a 6" pipe',
    "the farmers' land is dry",
    "the plan was a 'joke'",
    "he is 6'2\" tall",
    "prices rose by 4.5%",
    "we have waited nine years",
    "the river 🌊 was theirs",
    "she came in the '90s",
]
_MARKS = [
    ("“", "”"),
    ('"', '"'),
    ("‘", "’"),
    ("'", "'"),
    ("''", "''"),
    ("``", "''"),
    ("«", "»"),
    ("„", "“"),
    ("“", ""),
    ("", "”"),
    ('"', ""),
]
_FRAGMENTS = ["rebels", "new order", "technical pause", "Rivers of the Sun", "so-called peace", "=1+1", "-x", "@you"]
_CUES = [
    "said",
    "says",
    "told reporters",
    "added",
    "asked",
    "claimed",
    "denied",
    "wrote",
    "has not said",
    "pointed out",
]
_NOISE = [
    *["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u202e", "\u2066", "\u2069", "\u0301", "\u0336", "\u00a0"],
    *["👩\u200d🚀", "🇬🇧", "𝒜", "\ufffd", "\x07", "<b>", "&amp;", "-->", "\u2028", "\t", "  ", "…", " — ", "\ud7ff"],
]
_SPACES = ["\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", "\r\n", "\n \n\n", "\r\r"]


def generate_documents(count: int, *, seed: int = 20240611) -> Iterator[bytes]:
    """Documents as the bytes of a file, 10 to 60 words each."""
    random = Random(seed)
    for _ in range(count):
        yield _encode(random, _document(random))


def _document(random: Random) -> str:
    text = "".join(
        _sentence(random) + random.choice([" ", " ", random.choice(_SPACES)]) for _ in range(random.randint(1, 4))
    )
    if random.random() < 0.2:
        text = f"{random.choice(_BODIES)} closes “{random.choice(_FRAGMENTS)}”\n\n" + text
    for _ in range(random.choice([0, 0, 1, 3])):
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(_NOISE) + text[at:]
    return text


def _sentence(random: Random) -> str:
    source = random.choice([*_PEOPLE, *_BODIES, *_PLACES, *_DESCRIBED])
    cue, claim = random.choice(_CUES), random.choice(_CLAIMS)
    start, end = random.choice(_MARKS)
    fragment = random.choice(_FRAGMENTS)
    names = [random.choice([*_PEOPLE, *_BODIES, *_PLACES]) for _ in range(3)]
    return random.choice(
        [
            f"{start}{claim.capitalize()},{end} {cue} {source}.",
            f"{source} {cue}: {start}{claim.capitalize()}.{end}",
            f"{source} {cue} that {claim}.",
            f"{source} {cue} the plan was {start}{fragment}{end}.",
            f"{start}{claim.capitalize()},{end} {source} {cue}. {start}{random.choice(_CLAIMS).capitalize()}.{end}",
            f"The {start}{fragment}{end} began in {random.choice(_PLACES)}.",
            f"{names[0]}, {names[1]} and {names[2]} met {source}.",
            f"According to {source}, {claim}.",
            f"{start}{claim.capitalize()}.\n\n{start}{random.choice(_CLAIMS).capitalize()},{end} {source} {cue}.",
            f"{source} left {random.choice(_PLACES)}'s office, and {names[0]}’s car too.",
        ]
    )


def _encode(random: Random, text: str) -> bytes:
    kind = random.random()
    if kind < 0.1:
        return text.encode("utf-8-sig")
    if kind < 0.2:
        return text.replace("\n", "\r\n").encode()
    if kind < 0.25:
        return text.encode("utf-16")
    if kind < 0.3:
        return text.encode("cp1252", errors="replace")
    return text.encode()
