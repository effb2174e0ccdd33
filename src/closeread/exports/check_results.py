"""The results of checks as JSON, and as JUnit XML for what shows tests."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from closeread.checks.running import CheckResult, CheckRun
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


def to_junit(runs: Sequence[CheckRun], *, allow_unknown: bool = False) -> str:
    """One test suite per run, one test case per claim. `cannot tell` is a failure of that type, as in the exit status,
    and skipped with `allow_unknown`; a text that has changed and an expression that cannot be worked out are errors."""
    suites = ElementTree.Element("testsuites", name="closeread check")
    tags = {**_TAGS, "cannot-tell": "skipped"} if allow_unknown else _TAGS
    for run in runs:
        suites.append(_to_suite(run, tags))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


_TAGS = {"fail": "failure", "cannot-tell": "failure", "changed": "error", "error": "error"}


def _to_suite(run: CheckRun, tags: Mapping[str, str]) -> ElementTree.Element:
    counts = Counter(tags.get(result.outcome) for result in run.results)
    suite = ElementTree.Element(
        "testsuite",
        name=_clean(", ".join((run.source, *(text.path for text in run.texts)))),
        tests=str(len(run.results)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
        time="0",
    )
    suite.extend(_to_case(result, run, tags) for result in run.results)
    return suite


def _to_case(result: CheckResult, run: CheckRun, tags: Mapping[str, str]) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name=_clean(result.claim.claim), classname=_clean(run.source), time="0")
    tag = tags.get(result.outcome)
    looked = "; ".join(f"{each.words} is {each.value}" for each in result.looked)
    if tag is not None:
        found = ElementTree.SubElement(case, tag, message=_clean(result.why or looked))
        if tag != "skipped":
            found.set("type", result.outcome)
        found.text = _clean("\n".join((result.claim.expect, looked, *_list_words(result, run))))
    return case


def _list_words(result: CheckResult, run: CheckRun) -> Iterator[str]:
    """Where it stands in the text, and the words."""
    texts = {text.name: text for text in run.texts}
    for place in result.places:
        text = texts[place.text]
        at = text.reading.article.paragraph_at(place.span.start)
        yield f"{text.path}{f', paragraph {at}' if at else ''}: {' '.join(place.span.text.split())}"


def _clean(text: str) -> str:
    """Without characters that XML does not admit."""
    return _UNFIT.sub("", text)
