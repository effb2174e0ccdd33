"""Writes the JSON Schemas of what `--json` writes, from the dataclasses: docs/COMMAND.schema.json, and for
`closeread read` docs/reading.schema.json.

python docs/make_schema.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from closeread.checks.running import CheckResult
from closeread.comparisons.audits import Audit
from closeread.comparisons.corpus_figures import Corpus
from closeread.comparisons.event import Coverage
from closeread.exports.check_results import SCHEMA as CHECKS
from closeread.exports.json_lines import AUDIT, CORPUS, COVERAGE
from closeread.findings import SCHEMA, Reading

FOLDER = Path(__file__).parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"
STRING = {"type": "string"}
TEXT_OR_NONE = {"anyOf": [STRING, {"type": "null"}]}


def make_reading_schema() -> dict[str, Any]:
    """A record is a reading, or an error record for a text that could not be read."""
    made, kinds = _describe(Reading)
    article = kinds["Article"]
    sha256 = {**STRING, "pattern": "^[0-9a-f]{64}$"}
    article["properties"] = {"id": STRING, **article["properties"], "sha256": sha256}
    _close(article)
    reading = {"description": made["description"], "properties": {"schema": {"const": SCHEMA}, **made["properties"]}}
    kinds |= {"Reading": _close({"type": "object", **reading}), "Unread": _close(_unread())}
    return {
        "$schema": DRAFT,
        "title": "closeread reading",
        "description": f"One line of `closeread read --json`, schema {SCHEMA}.",
        "oneOf": [{"$ref": "#/$defs/Reading"}, {"$ref": "#/$defs/Unread"}],
        "$defs": {name: kinds[name] for name in sorted(kinds)},
    }


def make_audit_schema() -> dict[str, Any]:
    """The record of `closeread audit --json`: the texts by their hashes, then the findings."""
    made, kinds = _describe(Audit)
    kinds["Text"] = _object(id=STRING, source=STRING, sha256=STRING)
    texts = {"quoting": _ref("Text"), "originals": _list_of("Text")}
    found = {name: made["properties"][name] for name in ("quotations", "statements")}
    return _to_record("audit", AUDIT, {**texts, **found}, kinds)


def make_compare_schema() -> dict[str, Any]:
    """A line is the coverage of one event."""
    made, kinds = _describe(Coverage)
    return _to_record("compare", COVERAGE, made["properties"], kinds)


def make_corpus_schema() -> dict[str, Any]:
    """The record is one collection."""
    made, kinds = _describe(Corpus)
    return _to_record("corpus", CORPUS, made["properties"], kinds)


def make_check_schema() -> dict[str, Any]:
    """A line is one run of a check file: its texts with the hash that was found and the one that was recorded."""
    made, kinds = _describe(CheckResult)
    kinds["CheckResult"] = _close({"type": "object", "properties": made["properties"]})
    kinds["Text"] = _object(name=STRING, path=STRING, sha256=STRING, recorded=TEXT_OR_NONE)
    run = {"source": STRING, "texts": _list_of("Text"), "results": _list_of("CheckResult")}
    return _to_record("check", CHECKS, run, kinds)


def _describe(record: type) -> tuple[dict[str, Any], dict[str, Any]]:
    """What pydantic makes of a dataclass, and the kinds that it is made of."""
    made = TypeAdapter(record).json_schema(ref_template="#/$defs/{model}")
    return made, {name: _close(kind) for name, kind in made.pop("$defs").items()}


def _to_record(command: str, version: str, properties: dict[str, Any], kinds: dict[str, Any]) -> dict[str, Any]:
    record = _object(schema={"const": version}, **properties)
    used = _reach(kinds, record)
    return {
        "$schema": DRAFT,
        "title": f"closeread {command}",
        "description": f"The record of `closeread {command} --json`, schema {version}.",
        **record,
        "$defs": {name: kinds[name] for name in sorted(used)},
    }


def _reach(kinds: dict[str, Any], record: dict[str, Any]) -> set[str]:
    """The kinds that a record is made of, whatever they are made of too."""
    reached: set[str] = set()
    waiting = [record]
    while waiting:
        names = set(re.findall(r"#/\$defs/(\w+)", json.dumps(waiting.pop()))) - reached
        reached |= names
        waiting += [kinds[name] for name in names]
    return reached


def _object(**properties: Any) -> dict[str, Any]:
    return _close({"type": "object", "properties": {name: dict(kind) for name, kind in properties.items()}})


def _close(kind: dict[str, Any]) -> dict[str, Any]:
    """Every key is always there, and no other."""
    for field in kind["properties"].values():
        field.pop("default", None)
        field.pop("title", None)
    kind["required"] = list(kind["properties"])
    kind["additionalProperties"] = False
    return kind


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _unread() -> dict[str, Any]:
    article = {"type": "object", "properties": {"source": STRING}, "required": ["source"]}
    error = _close({"type": "object", "properties": {"kind": dict(STRING), "message": dict(STRING)}})
    properties = {"schema": {"const": SCHEMA}, "article": article, "error": error}
    return {"description": "A text that could not be read.", "type": "object", "properties": properties}


SCHEMAS = {
    FOLDER / "reading.schema.json": make_reading_schema,
    FOLDER / "audit.schema.json": make_audit_schema,
    FOLDER / "compare.schema.json": make_compare_schema,
    FOLDER / "corpus.schema.json": make_corpus_schema,
    FOLDER / "check.schema.json": make_check_schema,
}

if __name__ == "__main__":
    for path, make in SCHEMAS.items():
        path.write_text(json.dumps(make(), indent=1) + "\n", encoding="utf-8")
