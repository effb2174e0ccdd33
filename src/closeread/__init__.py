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
    "check_quotations",
    "check_versions",
    "describe",
    "find_reuse",
    "find_shared_echoes",
    "load_actor_list",
    "read",
    "read_all",
    "read_article",
    "read_text",
]

if TYPE_CHECKING:
    from closeread.article import Article, Failure, ReadError, Span
    from closeread.comparisons.corpus import describe
    from closeread.comparisons.echoes import find_shared_echoes
    from closeread.comparisons.fidelity import check_quotations
    from closeread.comparisons.reuse import find_reuse
    from closeread.comparisons.versions import check_versions
    from closeread.findings import Reading
    from closeread.intake.actor_list import load_actor_list
    from closeread.reading import read, read_all, read_article, read_text

_HOMES = {
    **dict.fromkeys(("Article", "Failure", "ReadError", "Span"), "closeread.article"),
    "Reading": "closeread.findings",
    "find_reuse": "closeread.comparisons.reuse",
    "check_quotations": "closeread.comparisons.fidelity",
    "check_versions": "closeread.comparisons.versions",
    "describe": "closeread.comparisons.corpus",
    "find_shared_echoes": "closeread.comparisons.echoes",
    "load_actor_list": "closeread.intake.actor_list",
    **dict.fromkeys(("read", "read_all", "read_article", "read_text"), "closeread.reading"),
}


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used, so that `import closeread` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'closeread' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
