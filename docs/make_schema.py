"""Writes docs/reading.schema.json and docs/audit.schema.json, the JSON Schemas of what `--json` writes, from the
dataclasses.

python docs/make_schema.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from closeread.comparisons.audits import Audit
from closeread.exports.json_lines import AUDIT
from closeread.findings import SCHEMA, Reading

PATH = Path(__file__).with_name("reading.schema.json")
AUDIT_PATH = Path(__file__).with_name("audit.schema.json")
STRING = {"type": "string"}


def make_schema() -> dict[str, Any]:
    """A record is a reading, or an error record for a text that could not be read."""
    made = TypeAdapter(Reading).json_schema(ref_template="#/$defs/{model}")
    kinds = made.pop("$defs")
    article = kinds["Article"]
    article["properties"] = {"id": STRING, **article["properties"], "sha256": {**STRING, "pattern": "^[0-9a-f]{64}$"}}
    for kind in kinds.values():
        _close(kind)
    reading = {"description": made["description"], "properties": {"schema": {"const": SCHEMA}, **made["properties"]}}
    kinds |= {"Reading": _close({"type": "object", **reading}), "Unread": _close(_unread())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "closeread reading",
        "description": f"One line of `closeread read --json`, schema {SCHEMA}.",
        "oneOf": [{"$ref": "#/$defs/Reading"}, {"$ref": "#/$defs/Unread"}],
        "$defs": {name: kinds[name] for name in sorted(kinds)},
    }


def make_audit_schema() -> dict[str, Any]:
    """The record of `closeread audit --json`: the texts by their hashes, then the findings."""
    kinds = TypeAdapter(Audit).json_schema(ref_template="#/$defs/{model}")
    held, found = kinds["$defs"], kinds["properties"]
    names = {"quotations": "Fidelity", "statements": "Confrontation"}
    used = _reach(held, list(names.values()))
    for name in used:
        _close(held[name])
    text = _close({"type": "object", "properties": {key: dict(STRING) for key in ("id", "source", "sha256")}})
    texts = {"quoting": {"$ref": "#/$defs/Text"}, "originals": {"type": "array", "items": {"$ref": "#/$defs/Text"}}}
    properties = {"schema": {"const": AUDIT}, **texts, **{name: found[name] for name in names}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "closeread audit",
        "description": f"The record of `closeread audit --json`, schema {AUDIT}.",
        **_close({"type": "object", "properties": properties}),
        "$defs": {"Text": text} | {name: held[name] for name in sorted(used)},
    }


def _reach(kinds: dict[str, Any], names: list[str]) -> set[str]:
    """The kinds that some kinds are made of, themselves too."""
    reached: set[str] = set()
    while names:
        name = names.pop()
        if name not in reached:
            reached.add(name)
            names += re.findall(r"#/\$defs/(\w+)", json.dumps(kinds[name]))
    return reached


def _close(kind: dict[str, Any]) -> dict[str, Any]:
    """Every key is always there, and no other."""
    for field in kind["properties"].values():
        field.pop("default", None)
        field.pop("title", None)
    kind["required"] = list(kind["properties"])
    kind["additionalProperties"] = False
    return kind


def _unread() -> dict[str, Any]:
    article = {"type": "object", "properties": {"source": STRING}, "required": ["source"]}
    error = _close({"type": "object", "properties": {"kind": dict(STRING), "message": dict(STRING)}})
    properties = {"schema": {"const": SCHEMA}, "article": article, "error": error}
    return {"description": "A text that could not be read.", "type": "object", "properties": properties}


if __name__ == "__main__":
    for path, schema in ((PATH, make_schema()), (AUDIT_PATH, make_audit_schema())):
        path.write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")
