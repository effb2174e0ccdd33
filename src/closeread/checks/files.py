"""The check file: texts and claims in YAML, that a person can read and sign, and the hashes of its texts.

A lock is one line for each text in the file itself, so that the file that is signed says which words it is about; only
these lines are written, and comments and layout stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LONGEST, _MOST = 1_000_000, 2_000
_HASH = re.compile(r"[0-9a-f]{64}")


class CheckFileError(ValueError):
    """A check file that cannot be used; the message names the file and the cause."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: what is said in words, the expression that must hold, and what the writer adds. `line` is where it
    stands in the file, from 1; `place` says where the claim is made, in the writer's words."""

    claim: str
    expect: str
    note: str
    rule: str
    line: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class CheckText:
    """One text: its name in the expressions, where it is, and its SHA-256 where the file has recorded it."""

    name: str
    path: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class CheckFile:
    """`texts` may be empty: then the command line names the text. Paths are relative to the folder of the file."""

    source: str
    texts: tuple[CheckText, ...]
    claims: tuple[Claim, ...]


def load_check_file(path: Path, *, source: str | None = None) -> CheckFile:
    """Raises CheckFileError on a file that is none, OSError where there is no file."""
    text = path.read_text(encoding="utf-8-sig")
    return parse_check_file(text, source or path.as_posix())


def parse_check_file(text: str, source: str) -> CheckFile:
    data = _load_yaml(text, source)
    if (
        not isinstance(data, dict)
        or set(data) - {"texts", "checks", "note"}
        or not isinstance(data.get("checks"), list)
    ):
        raise CheckFileError(f"{source}: a check file has `texts` and a list `checks`, and may have a `note`")
    if len(data["checks"]) > _MOST:
        raise CheckFileError(f"{source}: {len(data['checks'])} checks; {_MOST} is the most")
    texts = _to_texts(data.get("texts") or {}, source)
    lines = [at for at, line in enumerate(text.splitlines(), 1) if re.match(r"\s*-\s", line)]
    claims = [
        _to_claim(item, number, lines[number] if number < len(lines) else 1, source)
        for number, item in enumerate(data["checks"])
    ]
    return CheckFile(source, texts, tuple(claims))


def _load_yaml(text: str, source: str) -> Any:
    """Without aliases: a short file can stand for one that fills the memory."""
    import yaml

    if len(text) > _LONGEST:
        raise CheckFileError(f"{source}: {len(text):,} characters; {_LONGEST:,} is the most")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise CheckFileError(f"{source}: aliases (*name) cannot be used in check files")
        _refuse_repeated(yaml.compose(text, Loader=yaml.SafeLoader), source)
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise CheckFileError(f"{source}: {where}{_explain(error, text)}") from None
    except yaml.YAMLError as error:
        raise CheckFileError(f"{source}: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise CheckFileError(f"{source}: brackets stand too deep inside each other") from None


_QUOTED = "put it in single quotation marks, with each ' inside them doubled"


def _explain(error: Any, text: str) -> str:
    """What is probably wrong, in the words of who writes a check file."""
    problem, context = error.problem or "", error.context or ""
    lines = text.splitlines()
    line = lines[error.problem_mark.line] if error.problem_mark and error.problem_mark.line < len(lines) else ""
    if "'\\t'" in problem:
        return "a tab; indent with blanks"
    if "quoted scalar" in context and "end of stream" in problem:
        return f"a quotation mark that opens in line {error.context_mark.line + 1} is never closed"
    if "escape" in problem:
        return f"a \\ inside double quotation marks; {_QUOTED}"
    if "scanning a tag" in context or "could not determine a constructor" in problem:
        return f"an expression that begins with !; {_QUOTED}"
    if "mapping values" in problem:
        return f"`: ` inside a claim or an expression; {_QUOTED}"
    if "flow" in context:
        return (
            f"a bracket that opens in line {error.context_mark.line + 1} is never closed; if an expression, {_QUOTED}"
        )
    if "block" in context and ('"' in line or "'" in line):
        return f"a quotation mark inside quotation marks; {_QUOTED}"
    if "block" in context:
        return "`claim`, `expect` and what else a check has must stand exactly below each other"
    return f"{problem or 'this is not YAML'}; {_QUOTED}"


def _refuse_repeated(node: Any, source: str) -> None:
    """A key that is written twice: YAML would keep the last one and say nothing."""
    if hasattr(node, "value") and node.id == "mapping":
        seen = set[str]()
        for key, value in node.value:
            if str(key.value) in seen:
                raise CheckFileError(f"{source}: line {key.start_mark.line + 1}: {key.value!r} stands here twice")
            seen.add(str(key.value))
            _refuse_repeated(value, source)
    elif hasattr(node, "value") and node.id == "sequence":
        for value in node.value:
            _refuse_repeated(value, source)


def _to_texts(data: Any, source: str) -> tuple[CheckText, ...]:
    if not isinstance(data, dict):
        raise CheckFileError(f"{source}: `texts` maps names to paths, `{{ article: smith.html }}`")
    return tuple(_to_text(name, value, source) for name, value in data.items())


def _to_text(name: Any, value: Any, source: str) -> CheckText:
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise CheckFileError(f"{source}: the name {name!r} of a text is not made of letters, digits and _")
    record = value if isinstance(value, dict) else {"path": value}
    path, digest = record.get("path"), record.get("sha256")
    if path is None or path == "":
        raise CheckFileError(f"{source}: the text {name} has no path yet; write behind `{name}:` where the text is")
    if not isinstance(path, str) or set(record) - {"path", "sha256"}:
        raise CheckFileError(f"{source}: the text {name} needs a path, and may have a sha256")
    if digest is not None and not (isinstance(digest, str) and _HASH.fullmatch(digest)):
        raise CheckFileError(f"{source}: the sha256 of {name} is not 64 hexadecimal digits")
    return CheckText(name, path, digest)


def _to_claim(item: Any, number: int, line: int, source: str) -> Claim:
    fields = {"claim", "place", "expect", "note", "rule"}
    if not isinstance(item, dict) or not isinstance(item.get("claim"), str):
        raise CheckFileError(f"{source}: check {number + 1} has no `claim` in words")
    if set(item) - fields:
        odd = ", ".join(sorted(map(str, set(item) - fields)))
        raise CheckFileError(f"{source}: check {number + 1} has {odd}; there are {', '.join(sorted(fields))}")
    expect = item.get("expect")
    if isinstance(expect, bool):
        expect = str(expect).lower()
    if not isinstance(expect, str) or not expect.strip():
        raise CheckFileError(f"{source}: check {number + 1} has no `expect`, an expression in quotation marks")
    note, rule, place = (str(item.get(key, "")) for key in ("note", "rule", "place"))
    return Claim(item["claim"], expect.strip(), note, rule, line, place)


def lock(text: str, digests: dict[str, str]) -> str:
    """The check file with the SHA-256 of each text recorded beside its path; all else stays as it is. Raises
    CheckFileError where a text is given in a form in which its line cannot be found."""
    for name, digest in digests.items():
        text = _lock_one(text, name, digest)
    return text


def _lock_one(text: str, name: str, digest: str) -> str:
    head = rf"(?P<head>(?:^|[{{,])\s*(?P<quote>['\"]?){re.escape(name)}(?P=quote)\s*:[ \t]*)"
    known = re.compile(rf"{head}(?P<rest>\{{[^{{}}\n]*?sha256:\s*)(?P<old>['\"]?[0-9a-f]{{64}}['\"]?)", re.MULTILINE)
    if known.search(text):
        return known.sub(lambda found: f"{found['head']}{found['rest']}{digest}", text, count=1)
    inside = re.compile(rf"{head}\{{\s*path:\s*(?P<path>[^{{}},\n]+?)\s*\}}", re.MULTILINE)
    plain = re.compile(rf"{head}(?P<path>[^{{}},\n#]+?)(?P<after>\s*(?:#.*)?$|\s*[,}}])", re.MULTILINE)
    found = inside.search(text)
    if found is not None:
        return (
            f"{text[: found.start()]}{found['head']}{{ path: {found['path']}, sha256: {digest} }}{text[found.end() :]}"
        )
    found = plain.search(text)
    if found is None:
        raise CheckFileError(f"the line of the text {name} cannot be found; write it as `{name}: {{ path: FILE }}`")
    made = f"{found['head']}{{ path: {found['path']}, sha256: {digest} }}{found['after']}"
    return text[: found.start()] + made + text[found.end() :]
