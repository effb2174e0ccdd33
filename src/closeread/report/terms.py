"""The plain words for kinds of statements, grounds, contradictions and parts of a headline, the same everywhere."""

from __future__ import annotations

from closeread.findings import (
    ContradictionKind,
    GroundKind,
    GroundScope,
    HeadlineKind,
    StatementKind,
)

STATEMENTS: dict[StatementKind, str] = {
    **{"fact": "fact", "number": "number", "cause": "cause", "judgement": "judgement"},
    **{"prediction": "prediction", "call": "call", "question": "question"},
}
GROUNDS: dict[GroundKind, str] = {
    "named-source": "named source",
    "unnamed-source": "unnamed source",
    "document": "document",
    "vague-document": "vague document",
    "link": "link",
    "witness": "witness",
    "general-knowledge": "general knowledge",
    "elsewhere": "elsewhere",
}
SCOPES: dict[GroundScope, str] = {
    "sentence": "in its sentence",
    "paragraph": "in its paragraph",
    "article": "elsewhere in the article",
}
CONFLICTS: dict[ContradictionKind, str] = {
    "number": "two numbers for the same",
    "date": "two dates for the same",
    "place": "two places for the same",
    "denial": "said, and said not to be so",
    "description": "two descriptions that exclude each other",
}
HEADLINE_PARTS: dict[HeadlineKind, str] = {
    "quotation": "quotes",
    "actor": "names",
    "number": "counts",
    "claim": "claims",
}
