"""A draft as a check file: YAML that a person reads, corrects and signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from closeread.drafting.records import Draft

_LONGEST = 300
_HEAD = "Drafted from a critique by closeread draft. Correct each claim and its expression; delete what is no claim."
_FILL_IN = "write here where the text is that the critique speaks of"


def to_check_file(draft: Draft, paths: Mapping[str, str]) -> str:
    """`paths` are those of the texts that the draft names, relative to the check file; one that is missing is left
    open for a person. What was not drafted stands at the end, as comments."""
    return "\n".join(_list_lines(draft, paths)) + "\n"


def _list_lines(draft: Draft, paths: Mapping[str, str]) -> Iterator[str]:
    yield f"# {_HEAD}"
    yield "texts:"
    for name in draft.texts:
        yield f"  {name}: {_to_scalar(paths[name])}" if name in paths else f'  {name}: ""  # {_FILL_IN}'
    yield "checks:" if draft.claims else "checks: []"
    for claim in draft.claims:
        yield f"  - claim: {_to_scalar(claim.claim)}"
        yield f"    place: paragraph {claim.paragraph}, sentence {claim.sentence}"
        yield f"    expect: {_to_scalar(claim.expect)}"
        if claim.note:
            yield f"    note: {_to_scalar(claim.note)}"
    if draft.undrafted:
        yield "# Not drafted, and why:"
    for each in draft.undrafted:
        words = " ".join(each.place.text.split())
        words = words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"
        yield f"# - paragraph {each.paragraph}, sentence {each.sentence}: {_to_scalar(words)}"
        yield f"#   {_to_scalar(each.why)}"


def _to_scalar(words: str) -> str:
    """On one line; what has a meaning in YAML, and what cannot be seen, is put in quotation marks and escaped."""
    import yaml

    settings: dict[str, Any] = {"allow_unicode": True, "width": float("inf")}
    dumped: str = yaml.safe_dump(words, **settings)
    return dumped.partition("\n")[0]
