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
    "compare",
    "compare_bodies",
    "compare_events",
    "compare_labels",
    "confront",
    "confront_text",
    "describe_corpus",
    "draft_checks",
    "find_coverage",
    "find_keywords",
    "find_reuse",
    "find_shared_actors",
    "find_shared_echoes",
    "find_stories",
    "load_actor_list",
    "load_readings",
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
    from closeread.comparisons.corpus import describe_corpus
    from closeread.comparisons.coverage import find_coverage
    from closeread.comparisons.echoes import find_shared_echoes
    from closeread.comparisons.event import compare, compare_events
    from closeread.comparisons.fidelity import check_quotations
    from closeread.comparisons.keyness import find_keywords
    from closeread.comparisons.labels import compare_labels
    from closeread.comparisons.placing import place_body
    from closeread.comparisons.resemblance import compare_bodies
    from closeread.comparisons.reuse import find_reuse
    from closeread.comparisons.shared_actors import find_shared_actors
    from closeread.comparisons.stories import find_stories
    from closeread.comparisons.versions import check_versions
    from closeread.confronting import confront_text
    from closeread.drafting import draft_checks
    from closeread.findings import Reading
    from closeread.intake.actor_list import load_actor_list
    from closeread.reading import read, read_all, read_article, read_text
    from closeread.saved_readings import load_readings

_HOMES = {
    **dict.fromkeys(("Article", "Failure", "ReadError", "Span"), "closeread.article"),
    **dict.fromkeys(("check", "check_text"), "closeread.checking"),
    "confront": "closeread.comparisons.confrontation",
    "describe_corpus": "closeread.comparisons.corpus",
    "find_coverage": "closeread.comparisons.coverage",
    "find_shared_echoes": "closeread.comparisons.echoes",
    **dict.fromkeys(("compare", "compare_events"), "closeread.comparisons.event"),
    "check_quotations": "closeread.comparisons.fidelity",
    "find_keywords": "closeread.comparisons.keyness",
    "compare_labels": "closeread.comparisons.labels",
    "place_body": "closeread.comparisons.placing",
    "compare_bodies": "closeread.comparisons.resemblance",
    "find_reuse": "closeread.comparisons.reuse",
    "find_shared_actors": "closeread.comparisons.shared_actors",
    "find_stories": "closeread.comparisons.stories",
    "check_versions": "closeread.comparisons.versions",
    "confront_text": "closeread.confronting",
    "draft_checks": "closeread.drafting",
    "Reading": "closeread.findings",
    "load_actor_list": "closeread.intake.actor_list",
    **dict.fromkeys(("read", "read_all", "read_article", "read_text"), "closeread.reading"),
    "load_readings": "closeread.saved_readings",
}


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used, so that `import closeread` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'closeread' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
