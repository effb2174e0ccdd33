"""Templates to documents. Everything is escaped here, and the two inline blocks are named by their hashes."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from closeread.report.characters import excerpt, show, spell_hidden


@cache
def load_templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("closeread.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"show": show, "spell": spell_hidden, "excerpt": excerpt, "percent": percent}
    environment.filters |= {"href": to_relative_href, "keep": keep_percent, "number": "{:,}".format, "counted": counted}
    return environment


def render_document(template: str, **context: Any) -> str:
    """A whole document: the template with the style sheet, the script and the policy that admits only these two."""
    style, script = load_asset("page.css"), load_asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assets = {"style": Markup(style), "script": Markup(script), "policy": policy}
    return load_templates().get_template(template).render(**assets, **context)


@cache
def load_asset(name: str) -> str:
    return (files("closeread.report") / "templates" / name).read_text(encoding="utf-8")


def to_relative_href(address: str) -> str:
    """A relative address as it may stand in a link: no scheme, no host, whatever the file is called."""
    return quote(address.replace("\\", "/").lstrip("/"), safe="/#.-_~")


def percent(share: float | None) -> str:
    """A share (0 to 1) as whole per cent; a dash where there is none."""
    if share is None:
        return "–"
    return "under 1\u202f%" if 0 < share < 0.005 else f"{share:.0%}".replace("%", "\u202f%")


def keep_percent(text: str) -> str:
    """A sentence whose numbers stay on one line with their signs."""
    return text.replace(" %", "\u202f%")


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _hash(block: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode("utf-8")).digest()).decode("ascii")
