"""The plain words for classes of quotations, risks and confrontations, on the page and in the terminal."""

from __future__ import annotations

from closeread.comparisons.confrontation import ConfrontationKind
from closeread.comparisons.disagreements import DisagreementReason
from closeread.comparisons.fidelity import FidelityKind
from closeread.comparisons.risks import RiskKind

KINDS: dict[FidelityKind, str] = {
    "verbatim": "word for word",
    "typographic": "typographic difference only",
    "marked-change": "marked change",
    "unmarked-change": "unmarked change",
    "meaning-at-risk": "meaning at risk",
    "spliced": "spliced from separate places",
    "other-speaker": "somebody else says it in the original",
    "paraphrase": "paraphrase",
    "not-found": "not found",
}
EXPLAINED: dict[FidelityKind, str] = {
    "verbatim": "The same characters in a row.",
    "typographic": "The same words in a row; marks, capitals, spelling or numerals are set in another way.",
    "marked-change": "Words were changed or left out, and brackets or an ellipsis show it.",
    "unmarked-change": "Words were changed, added or left out, and nothing shows it.",
    "meaning-at-risk": "A change or a cut touches a negation, a modal verb, a number, a quantifier, a name or a limit.",
    "spliced": "Words of separate places stand as if they had been said in a row.",
    "other-speaker": "The original gives these words to somebody else.",
    "paraphrase": "In marks, but only the content words are shared with a stretch of the original.",
    "not-found": "No original that was given has these words; another text may have them.",
}
RISKS: dict[RiskKind, str] = {
    "negation": "a negation",
    "modal": "a modal verb",
    "number": "a number",
    "quantifier": "a quantifier",
    "name": "a name",
    "limit": "a limiting clause",
    "speaker": "another speaker",
    "gap": "a long gap",
}
FOUND: dict[ConfrontationKind, str] = {
    "supports": "says the same",
    "disagrees": "disagrees",
    "mentions": "speaks of the same",
    "nothing": "nothing found",
}
FOUND_EXPLAINED: dict[ConfrontationKind, str] = {
    "supports": "A passage tells what the statement tells: its predicate and all its names, numbers and times.",
    "disagrees": "A passage tells it otherwise in one thing; both cannot hold. Which of them holds is not asked.",
    "mentions": "A passage shares a good part of the words, and neither says the same nor otherwise.",
    "nothing": "No passage was found that bears on the statement. This says nothing about whether it holds.",
}
REASONS: dict[DisagreementReason, str] = {
    "number": "another number",
    "date": "another date",
    "place": "another place",
    "negation": "said on one side, denied on the other",
    "description": "words that exclude each other",
    "actor": "somebody else",
}
