"""A measured close reading of news. Every finding points at the exact words it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Failure",
    "ReadError",
    "Reading",
    "Span",
    "check",
    "check_quotations",
    "check_text",
    "check_versions",
    "compare_bodies",
    "confront",
    "confront_text",
    "describe",
    "draft_checks",
    "find_keywords",
    "find_reuse",
    "find_shared_echoes",
    "load_actor_list",
    "place_body",
    "read",
    "read_all",
    "read_article",
    "read_text",
]

if TYPE_CHECKING:
    from closeread.article import Article, Failure, ReadError, Span
    from closeread.checking import check, check_text
    from closeread.comparisons.confrontation import confront
    from closeread.comparisons.corpus import describe
    from closeread.comparisons.echoes import find_shared_echoes
    from closeread.comparisons.fidelity import check_quotations
    from closeread.comparisons.keyness import find_keywords
    from closeread.comparisons.placing import place_body
    from closeread.comparisons.resemblance import compare_bodies
    from closeread.comparisons.reuse import find_reuse
    from closeread.comparisons.versions import check_versions
    from closeread.confronting import confront_text
    from closeread.drafting import draft_checks
    from closeread.findings import Reading
    from closeread.intake.actor_list import load_actor_list
    from closeread.reading import read, read_all, read_article, read_text

_HOMES = {
    **dict.fromkeys(("Article", "Failure", "ReadError", "Span"), "closeread.article"),
    "Reading": "closeread.findings",
    "compare_bodies": "closeread.comparisons.resemblance",
    "find_keywords": "closeread.comparisons.keyness",
    "place_body": "closeread.comparisons.placing",
    "find_reuse": "closeread.comparisons.reuse",
    "check_quotations": "closeread.comparisons.fidelity",
    "check_versions": "closeread.comparisons.versions",
    "confront": "closeread.comparisons.confrontation",
    "confront_text": "closeread.confronting",
    "describe": "closeread.comparisons.corpus",
    "draft_checks": "closeread.drafting",
    "find_shared_echoes": "closeread.comparisons.echoes",
    **dict.fromkeys(("check", "check_text"), "closeread.checking"),
    "load_actor_list": "closeread.intake.actor_list",
    **dict.fromkeys(("read", "read_all", "read_article", "read_text"), "closeread.reading"),
}


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used, so that `import closeread` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'closeread' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
