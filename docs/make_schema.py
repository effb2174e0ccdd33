"""Writes the JSON Schemas of `--json` from the dataclasses: docs/reading.schema.json is that of one line of
`closeread read`, docs/corpus.schema.json that of `closeread corpus`.

python docs/make_schema.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from closeread.comparisons.corpus_figures import Corpus
from closeread.exports.json_lines import CORPUS
from closeread.findings import SCHEMA, Reading

PATH = Path(__file__).with_name("reading.schema.json")
CORPUS_PATH = PATH.with_name("corpus.schema.json")
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


def make_corpus_schema() -> dict[str, Any]:
    """A record is one collection."""
    made = TypeAdapter(Corpus).json_schema(ref_template="#/$defs/{model}")
    kinds = {name: _close(kind) for name, kind in sorted(made.pop("$defs").items())}
    properties = {"schema": {"const": CORPUS}, **made["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "closeread corpus",
        **_close({"type": "object", "description": made["description"], "properties": properties}),
        "$defs": kinds,
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
    for path, schema in ((PATH, make_schema()), (CORPUS_PATH, make_corpus_schema())):
        path.write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")
