"""Writes docs/reading.schema.json, the JSON Schema of one line of `--json`, from the dataclasses.

python docs/make_schema.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from closeread.findings import SCHEMA, Reading

PATH = Path(__file__).with_name("reading.schema.json")
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
    PATH.write_text(json.dumps(make_schema(), indent=1) + "\n", encoding="utf-8")
