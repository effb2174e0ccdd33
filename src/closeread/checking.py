"""A check file from beginning to end: load it, read its texts, compare their hashes, work out its claims."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from closeread.article import Article, Failure
from closeread.checks.files import CheckFile, CheckFileError, CheckText, Claim, load_check_file, lock, parse_check_file
from closeread.checks.running import CheckedText, CheckResult, CheckRun, run_claims
from closeread.findings import Reading
from closeread.intake import load_articles
from closeread.reading import read_all, read_text
from closeread.saved_readings import is_saved, load_readings

RULES = files("closeread.checks") / "rules"


def check(path: str | Path, *, texts: Sequence[str | Path] = ()) -> tuple[CheckRun, ...]:
    """Runs a check file, or rules that come with closeread by their name (`newsroom`). Where the file names no texts,
    it is run over each of `texts`. Raises CheckFileError where file or text cannot be used."""
    file = load_checks(path)
    if file.texts or not texts:
        return (run_named(file, others=len(texts)),)
    return tuple(run_over(file, reading) for each in texts for reading in _load_readings(Path(each)))


def load_checks(path: str | Path) -> CheckFile:
    """A check file, or rules by their name."""
    if str(path) in list_rules():
        return parse_check_file((RULES / f"{path}.yaml").read_text(encoding="utf-8"), str(path))
    try:
        return load_check_file(Path(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        rules = f"; rules that come with closeread: {', '.join(list_rules())}" if "." not in str(path) else ""
        raise CheckFileError(f"{path}: {reason or error}{rules}") from error


def run_named(file: CheckFile, *, others: int = 0) -> CheckRun:
    """Over the texts that the file names. `others` counts texts that were given beside."""
    if not file.texts:
        raise CheckFileError(f"{file.source} names no texts; give one with --text")
    if others:
        raise CheckFileError(f"{file.source} names its own texts; others cannot be given beside them")
    folder = Path(file.source).parent
    try:
        return _run(file, tuple(_load(text, folder / text.path) for text in file.texts))
    except CheckFileError as error:
        raise CheckFileError(f"{file.source}: {error}") from error


def run_over(file: CheckFile, reading: Reading) -> CheckRun:
    """Over one text that the file does not name."""
    return _run(file, (CheckedText("text", reading.article.source, None, reading),))


def check_text(text: str | Reading, expressions: Sequence[str]) -> tuple[CheckResult, ...]:
    """Holds expressions against one text, in their order; the text is a string or a reading. An expression that cannot
    be worked out has the outcome `error`. Raises ReadError where there is no text in the string."""
    reading = text if isinstance(text, Reading) else read_text(text)
    claims = [Claim(each, each.strip(), "", "", number) for number, each in enumerate(expressions, 1)]
    return run_claims(claims, {"text": reading})


def list_rules() -> tuple[str, ...]:
    """The names of the check files that come with closeread."""
    return tuple(sorted(each.name.removesuffix(".yaml") for each in RULES.iterdir() if each.name.endswith(".yaml")))


def lock_texts(path: Path) -> dict[str, str]:
    """Records the SHA-256 of each text in the check file. Gives them by name. Nothing is read but the texts."""
    file = load_check_file(path)
    if not file.texts:
        raise CheckFileError(f"{file.source} names no texts; there is nothing to record")
    digests = {text.name: _load_article(path.parent / text.path).sha256 for text in file.texts}
    locked = lock(path.read_text(encoding="utf-8"), digests)
    recorded = {text.name: text.sha256 for text in parse_check_file(locked, file.source).texts}
    if recorded != digests:
        raise CheckFileError(f"{file.source}: the texts could not be recorded; write each as `name: FILE` in a line")
    part = path.with_name(path.name + ".part")
    part.write_text(locked, encoding="utf-8", newline="\n")
    part.replace(path)
    return digests


def _run(file: CheckFile, texts: tuple[CheckedText, ...]) -> CheckRun:
    if not file.claims:
        raise CheckFileError(f"{file.source} has no checks")
    changed = [text.name for text in texts if text.changed]
    readings = {text.name: text.reading for text in texts}
    return CheckRun(file.source, texts, run_claims(file.claims, readings, changed=changed))


def _load(text: CheckText, path: Path) -> CheckedText:
    found = _load_readings(path)
    if len(found) != 1:
        raise CheckFileError(f"{path.as_posix()} holds {len(found)} texts; one is needed")
    return CheckedText(text.name, path.as_posix(), text.sha256, found[0])


def _load_readings(path: Path) -> list[Reading]:
    """Readings that were saved as JSON, or the texts themselves."""
    found = list(load_readings(path) if is_saved(path) else read_all(path))
    for each in found:
        if isinstance(each, Failure):
            raise CheckFileError(f"{each.source}: {each.message}")
    return [each for each in found if isinstance(each, Reading)]


def _load_article(path: Path) -> Article:
    found = load_articles(str(path))
    if len(found) != 1:
        raise CheckFileError(f"{path.as_posix()} holds {len(found)} texts; one is needed")
    article = found[0]
    if isinstance(article, Failure):
        raise CheckFileError(f"{article.source}: {article.message}")
    return article
