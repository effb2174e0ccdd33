"""The results of checks as JSON, and as JUnit XML for what shows tests."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from closeread.checks.running import CheckResult, CheckRun, count_outcomes
from closeread.plain import to_plain

SCHEMA = "closeread.checks/1"

_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_check_line(run: CheckRun) -> str:
    """One run as one line of JSON."""
    texts = [
        {"name": text.name, "path": text.path, "sha256": text.reading.article.sha256, "recorded": text.recorded}
        for text in run.texts
    ]
    record: dict[str, Any] = {"schema": SCHEMA, "source": run.source, "texts": texts, "results": to_plain(run.results)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def to_junit(runs: Sequence[CheckRun]) -> str:
    """One test suite per run, one test case per claim: `cannot tell` is skipped, a text that has changed and an
    expression that cannot be worked out are errors."""
    suites = ElementTree.Element("testsuites", name="closeread check")
    for run in runs:
        suites.append(_to_suite(run))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _to_suite(run: CheckRun) -> ElementTree.Element:
    counts = count_outcomes(run.results)
    errors = counts.get("error", 0) + counts.get("changed", 0)
    suite = ElementTree.Element(
        "testsuite",
        name=_clean(", ".join((run.source, *(text.path for text in run.texts)))),
        tests=str(len(run.results)),
        failures=str(counts.get("fail", 0)),
        errors=str(errors),
        skipped=str(counts.get("cannot-tell", 0)),
        time="0",
    )
    suite.extend(_to_case(result, run) for result in run.results)
    return suite


def _to_case(result: CheckResult, run: CheckRun) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name=_clean(result.claim.claim), classname=_clean(run.source), time="0")
    tag = {"fail": "failure", "cannot-tell": "skipped", "changed": "error", "error": "error"}.get(result.outcome)
    looked = "; ".join(f"{each.words} is {each.value}" for each in result.looked)
    if tag is not None:
        found = ElementTree.SubElement(case, tag, message=_clean(result.why or looked))
        if tag != "skipped":
            found.set("type", result.outcome)
            found.text = _clean("\n".join((result.claim.expect, looked, *(place.span.text for place in result.places))))
    return case


def _clean(text: str) -> str:
    """Without characters that XML does not admit."""
    return _UNFIT.sub("", text)
