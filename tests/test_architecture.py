"""The import order of the package, as a map: an import goes only to a line above."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "closeread"
ORDER = (
    "article plain",
    "findings lexicons",
    "marks saved_readings",
    "slots",
    "parsing intake encoder measures",
    "comparisons analyses",
    "checks",
    "drafting",
    "reading report exports",
    "collection confronting checking",
    "cli",
)
# `to_frames` and `_repr_html_` are conveniences of a Reading for a notebook; they import when they are called.
ALLOWED = {("findings", "exports"), ("findings", "report"), ("exports", "measures")}


def level(part: str) -> int:
    return next(number for number, line in enumerate(ORDER) if part in line.split())


def part_of(module: str) -> str | None:
    """`closeread.analyses.cues` is part of `analyses`; the public names in `closeread` itself are no part."""
    parts = module.split(".")
    return parts[1] if parts[0] == "closeread" and len(parts) > 1 else None


def find_imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_imports_go_down_only() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        for module in find_imports(ast.parse(path.read_text(encoding="utf-8"))):
            there = part_of(module)
            if there in (None, here) or (here, there) in ALLOWED:
                continue
            if level(str(there)) >= level(here) and not (here in ("collection",) and there == "reading"):
                wrong.append(f"{path.relative_to(PACKAGE)} imports {module}")
    assert not wrong


@pytest.mark.parametrize(
    "module",
    [
        "closeread",
        "closeread.findings",
        "closeread.measures",
        "closeread.comparisons.versions",
        "closeread.comparisons.audits",
        "closeread.report.audit_page",
        "closeread.report.site",
    ],
)
def test_comes_without_the_parser(module: str) -> None:
    """Report, exports and measures work on plain data."""
    code = f"import sys, {module}; print(sorted({{'spacy', 'numpy', 'pandas'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names() -> None:
    import closeread

    for name in closeread.__all__:
        assert getattr(closeread, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        _ = closeread.write


def test_tokens_are_compared_by_value() -> None:
    """The parser makes a new object for each look at a token, so that `token.head is token` never holds."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
                sides = (node.left, *node.comparators)
                heads = any(isinstance(side, ast.Attribute) and side.attr == "head" for side in sides)
                if heads and not any(isinstance(side, ast.Constant) for side in sides):
                    found.append(f"{path}:{node.lineno}")
    assert not found


def test_functions_and_files_stay_small() -> None:
    """The project's own budget: no function over 50 lines, no file over 450."""
    long = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if source.count("\n") > 450:
            long.append(str(path))
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if (node.end_lineno or 0) - node.lineno + 1 > 50:
                long.append(f"{path}: {node.name}")
    assert not long
