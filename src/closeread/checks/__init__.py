"""Checks: a claim about a text, as an expression over its reading, that anyone can run again."""

from closeread.checks.expressions import ExpressionError
from closeread.checks.files import CheckFile, CheckFileError, Claim, load_check_file
from closeread.checks.running import CheckResult, Outcome, run_claims

__all__ = [
    "CheckFile",
    "CheckFileError",
    "CheckResult",
    "Claim",
    "ExpressionError",
    "Outcome",
    "load_check_file",
    "run_claims",
]
