"""The JSON Schemas of docs/, as validators."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema

DOCS = Path(__file__).parents[1] / "docs"


def load_schema(name: str) -> Any:
    """A validator for `docs/NAME.schema.json`, which is first found to be what docs/make_schema.py writes."""
    if str(DOCS) not in sys.path:
        sys.path.insert(0, str(DOCS))
    from make_schema import SCHEMAS  # type: ignore[import-not-found, unused-ignore]

    path = DOCS / f"{name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema == SCHEMAS[path](), "run: python docs/make_schema.py"
    return jsonschema.Draft202012Validator(schema)
