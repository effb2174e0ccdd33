"""`python -m evals NAME FOLDER`: scores a folder laid out as in `data/NAME` and prints one JSON object.

Exit status: 0 done, 1 a floor was missed, 2 wrong use."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals import (
    agency_cases,
    agency_symmetry,
    babe,
    basil,
    changes,
    coded,
    confrontation,
    contradictions,
    corpus,
    echoes,
    fidelity,
    fidelity_cases,
    floors,
    headline,
    labels_across,
    newswcl50,
    omission,
    polnear,
    qasrl,
    resemblance,
    reuse,
    shared_actors,
    stories,
    support,
    symmetry,
)
from evals.polnear_corpus import CorpusError, load_corpus, load_split


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    run = RUNS[options.evaluator]
    try:
        return run(options)
    except (CorpusError, floors.WrongUseError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Scores closeread on human-coded data.")
    commands = parser.add_subparsers(dest="evaluator", required=True)
    scored = commands.add_parser("polnear", help="attribution: source, cue and content")
    scored.add_argument("folder", type=Path, help="a folder laid out as PolNeAR: SPLIT/text, SPLIT/attributions")
    scored.add_argument("--split", default="dev")
    scored.add_argument("--by", choices=["outlet"], help="the same figures for every outlet too")
    scored.add_argument("--system", choices=sorted(polnear.SYSTEMS), default="closeread")
    scored.add_argument("--save", type=Path, metavar="FILE", help="keep which findings were right, false or missed")
    scored.add_argument("--against", type=_saved, metavar="FILE", help="list findings gained and lost since then")
    agreement = commands.add_parser("polnear-agreement", help="one annotator scored against another")
    agreement.add_argument("folder", type=Path)
    swapped = commands.add_parser("symmetry", help="attributions that change where a name is swapped for another")
    swapped.add_argument("folder", type=Path)
    swapped.add_argument("--split", default="dev")
    swapped.add_argument("--system", choices=sorted(polnear.SYSTEMS), default="closeread")
    swapped.add_argument("--lines", type=int, default=symmetry.LINES, help="how many lines are drawn")
    sheets = commands.add_parser("coded", help="qualities, speakers, nesting and other news, by the coding sheets")
    sheets.add_argument("folder", type=Path, help="the folder that holds polnear, meantime and basil")
    grouped = commands.add_parser("newswcl50", help="which words name which actor")
    grouped.add_argument("folder", type=Path, help="the folder that holds NewsWCL50.conll")
    grouped.add_argument("--events", type=_events, default=range(6), help="0-5 (default), or one: 6")
    roles = commands.add_parser("qasrl", help="agency: who did it and what was it done to")
    roles.add_argument("folder", type=Path, help="a folder laid out as QA-SRL: CORPUS.SPLIT.full.csv, .gold.csv")
    roles.add_argument("--corpus", choices=["wikinews", "wikipedia"], default="wikinews")
    roles.add_argument("--split", default="dev")
    exchanged = commands.add_parser("agency-symmetry", help="clauses that change where two names change places")
    exchanged.add_argument("folder", type=Path, help="a folder laid out as QA-SRL")
    exchanged.add_argument("--corpus", choices=["wikinews", "wikipedia"], default="wikipedia")
    exchanged.add_argument("--split", default="dev")
    commands.add_parser("agency", help="agency: clauses made by hand, by the coding sheets")
    judged = commands.add_parser("babe", help="loaded words, and sentences that people call biased")
    judged.add_argument("folder", type=Path, help="the folder that holds the CSV file of BABE")
    judged.add_argument("--split", choices=["gate", "train"], default="gate")
    judged.add_argument(
        "--heads", type=Path, nargs="+", default=[], metavar="HEAD", help="score these, not the shipped"
    )
    spans = commands.add_parser("basil", help="loaded phrases against spans of lexical bias")
    spans.add_argument("folder", type=Path, help="a folder laid out as BASIL: articles/YEAR, annotations/YEAR")
    spans.add_argument("--split", default="2017", metavar="YEARS", help="years, with commas between them")
    spans.add_argument("--babe", type=Path, help="where BABE is, for the baseline; beside the folder if left out")
    grounded = commands.add_parser("support", help="statements, their grounds, and sentences in own voice")
    grounded.add_argument("folder", type=Path, help="the folder that holds polnear and pages")
    grounded.add_argument("--split", choices=["dev", "train"], default="dev")
    _add_phrases(commands)
    planted = commands.add_parser("contradictions", help="planted pairs that cannot both hold, and untouched texts")
    planted.add_argument("folder", type=Path, help="the folder that holds polnear and meantime")
    checked = commands.add_parser("floors", help="fails where a figure is below its floor")
    checked.add_argument("--data", type=Path, default=floors.DATA, help="the folder that holds `polnear`")
    checked.add_argument("--file", type=Path, default=floors.FLOORS, help=argparse.SUPPRESS)
    change = checked.add_mutually_exclusive_group()
    change.add_argument("--raise", action="store_true", dest="lift", help="raise floors to the figures, lower none")
    change.add_argument("--lower", metavar="REASON", help="set floors to the figures, lower ones too; REASON is kept")
    return parser


def _add_phrases(commands: Any) -> None:
    tops = commands.add_parser("headline", help="what headline and lead say and the body carries, by the coding sheet")
    tops.add_argument("folder", type=Path, help="the folder that holds polnear and pages")
    recycled = commands.add_parser("echoes", help="recycled phrases: invented ones, and those of PolNeAR train")
    recycled.add_argument("folder", type=Path, help="the folder that holds polnear and pages")
    faithful = commands.add_parser("fidelity", help="quotations held against originals, and against each other")
    faithful.add_argument("folder", type=Path, nargs="?", help="a folder laid out as BASIL; without it the cases alone")
    faithful.add_argument("--cases", type=Path, metavar="DIR", help="score the cases of this folder, no others")
    held = commands.add_parser("confrontation", help="statements against documents: cases, judged passages, changes")
    held.add_argument("folder", type=Path, nargs="?", help="a folder laid out as BASIL; without it the cases alone")
    left_out = commands.add_parser("omission", help="what was removed from near-copies, and what was not")
    left_out.add_argument("basil", type=Path, help="a folder laid out as BASIL: articles/YEAR")
    left_out.add_argument("ecbplus", type=Path, nargs="?", help="a folder laid out as ECB+: TOPIC/TOPIC_Necb.xml")
    left_out.add_argument("--split", choices=["dev", "train"], default="dev")
    halves = commands.add_parser("corpus", help="intervals of differences between halves of one outlet")
    halves.add_argument("readings", type=Path, help="a file that `closeread read --json` has written")
    shared = commands.add_parser("reuse", help="shared passages: brute force, light edits, unrelated articles")
    shared.add_argument("folder", type=Path, help="the folder that holds basil and polnear")
    mixed = commands.add_parser("stories", help="which texts tell the same event")
    mixed.add_argument("folder", type=Path, help="the folder that holds ecbplus and basil")
    mixed.add_argument("--keep", type=Path, metavar="DIR", help="keep readings here, and take those that are kept")
    alike = commands.add_parser("resemblance", help="bodies of texts: halves of an outlet, pairs of outlets, placing")
    alike.add_argument("folder", type=Path, help="a folder laid out as PolNeAR")
    alike.add_argument("--readings", type=_saved, metavar="FILE", help="its readings, one a line: own voice too")
    joined = commands.add_parser("shared-actors", help="actors across texts, against MEANTIME")
    joined.add_argument("folder", type=Path, help="the folder that holds meantime")
    halves = commands.add_parser("labels-across", help="labels of two halves of one outlet, drawn by chance")
    halves.add_argument("folder", type=Path, help="the folder that holds polnear")
    for each in (joined, halves):
        each.add_argument("--readings", type=Path, metavar="FILE", help="readings of the corpus, made before")


def _saved(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{name} is no file; --save FILE writes one")
    return path


def _events(text: str) -> range:
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal() or int(first) > int(last or first):
        raise argparse.ArgumentTypeError(f"{text!r} is no number and no range such as 0-5")
    return range(int(first), int(last or first) + 1)


def _run_polnear(options: argparse.Namespace) -> int:
    documents = load_split(options.folder, options.split)
    before = changes.load_verdicts(options.against) if options.against else None
    output = polnear.run(documents, polnear.SYSTEMS[options.system])
    figures = polnear.evaluate(output, by=options.by)
    _print({"corpus": "polnear", "split": options.split, "system": options.system, **figures})
    verdicts = changes.list_verdicts(output) if options.save or options.against else []
    if before is not None:
        print("\n".join(changes.compare(before, verdicts, documents) or ["no finding changed"]), file=sys.stderr)
    if options.save:
        changes.save_verdicts(options.save, verdicts)
    return 0


def _run_agreement(options: argparse.Namespace) -> int:
    _print({"corpus": "polnear", **polnear.measure_agreement(load_corpus(options.folder))})
    return 0


def _run_coded(options: argparse.Namespace) -> int:
    _print({"corpus": "coded", **coded.evaluate(options.folder)})
    return 0


def _run_babe(options: argparse.Namespace) -> int:
    _print({"corpus": "babe", "split": options.split, **babe.evaluate(options.folder, options.split, options.heads)})
    return 0


def _run_basil(options: argparse.Namespace) -> int:
    beside = options.babe or options.folder.resolve().parent / "babe"
    figures = basil.evaluate(options.folder, tuple(options.split.split(",")), beside)
    _print({"corpus": "basil", "split": options.split, **figures})
    return 0


def _run_support(options: argparse.Namespace) -> int:
    _print({"corpus": "support", "split": options.split, **support.evaluate(options.folder, options.split)})
    return 0


def _run_fidelity(options: argparse.Namespace) -> int:
    if options.cases:
        figures = fidelity_cases.evaluate(sorted(options.cases.glob("*.txt")))
    else:
        figures = fidelity.evaluate(options.folder)
    _print({"corpus": "quotations against originals", **figures})
    return 0


def _run_confrontation(options: argparse.Namespace) -> int:
    _print({"corpus": "statements against documents", **confrontation.evaluate(options.folder)})
    return 0


def _run_symmetry(options: argparse.Namespace) -> int:
    documents = load_split(options.folder, options.split)
    figures = symmetry.measure(documents, polnear.SYSTEMS[options.system], options.lines)
    _print({"corpus": "polnear", "split": options.split, "system": options.system, **figures})
    return 0


def _run_newswcl50(options: argparse.Namespace) -> int:
    documents = newswcl50.choose_events(newswcl50.load_newswcl50(options.folder), options.events)
    events = sorted({document.event for document in documents})
    _print({"corpus": "newswcl50", "events": events, **newswcl50.evaluate(documents)})
    return 0


def _run_qasrl(options: argparse.Namespace) -> int:
    sentences = qasrl.load_sentences(options.folder, options.corpus, options.split)
    _print({"corpus": f"qasrl {options.corpus}", "split": options.split, **qasrl.evaluate(sentences)})
    return 0


def _run_agency(options: argparse.Namespace) -> int:
    _print({"corpus": "clauses made by hand", **agency_cases.evaluate()})
    return 0


def _run_agency_symmetry(options: argparse.Namespace) -> int:
    sentences = qasrl.load_sentences(options.folder, options.corpus, options.split)
    _print({"corpus": f"qasrl {options.corpus}", "split": options.split, **agency_symmetry.measure(sentences)})
    return 0


def _run_omission(options: argparse.Namespace) -> int:
    _print(omission.evaluate(options.basil, options.ecbplus, options.split))
    return 0


def _run_reuse(options: argparse.Namespace) -> int:
    _print({"corpus": "basil, polnear train", **reuse.evaluate(options.folder)})
    return 0


def _run_stories(options: argparse.Namespace) -> int:
    _print({"corpus": "ecbplus, basil", **stories.evaluate(options.folder, options.keep)})
    return 0


def _run_resemblance(options: argparse.Namespace) -> int:
    _print({"corpus": "polnear train", **resemblance.evaluate(options.folder, options.readings)})
    return 0


def _run_corpus(options: argparse.Namespace) -> int:
    _print({"corpus": options.readings.name, **corpus.evaluate(options.readings)})
    return 0


def _run_contradictions(options: argparse.Namespace) -> int:
    _print({"corpus": "polnear train, meantime", **contradictions.evaluate(options.folder)})
    return 0


def _run_floors(options: argparse.Namespace) -> int:
    if not (options.data / "polnear").is_dir():
        print(f"floors skipped: there is no gold data at {options.data / 'polnear'}")
        return 0
    gold = floors.measure(options.data)
    if options.lift or options.lower is not None:
        print("\n".join(floors.rewrite(options.file, gold, lower=options.lower)))
        return 0
    complaints = floors.check(floors.load(options.file), gold)
    print("\n".join(complaints or [f"{len(floors.load(options.file).floors)} figures at or above their floors"]))
    return 1 if complaints else 0


def _run_headline(options: argparse.Namespace) -> int:
    _print({"corpus": "headline", **headline.score_headline(options.folder)})
    return 0


def _run_echoes(options: argparse.Namespace) -> int:
    _print({"corpus": "echoes", **echoes.score_echoes(options.folder)})
    return 0


def _run_shared_actors(options: argparse.Namespace) -> int:
    _print({"corpus": "meantime", **shared_actors.evaluate(options.folder, options.readings)})
    return 0


def _run_labels_across(options: argparse.Namespace) -> int:
    _print({"corpus": "polnear train", **labels_across.evaluate(options.folder, options.readings)})
    return 0


RUNS = {
    "polnear": _run_polnear,
    "polnear-agreement": _run_agreement,
    "support": _run_support,
    "fidelity": _run_fidelity,
    "confrontation": _run_confrontation,
    "symmetry": _run_symmetry,
    "coded": _run_coded,
    "newswcl50": _run_newswcl50,
    "qasrl": _run_qasrl,
    "agency": _run_agency,
    "babe": _run_babe,
    "basil": _run_basil,
    "agency-symmetry": _run_agency_symmetry,
    "reuse": _run_reuse,
    "stories": _run_stories,
    "omission": _run_omission,
    "resemblance": _run_resemblance,
    "contradictions": _run_contradictions,
    "corpus": _run_corpus,
    "floors": _run_floors,
    "headline": _run_headline,
    "echoes": _run_echoes,
    "shared-actors": _run_shared_actors,
    "labels-across": _run_labels_across,
}


def _print(record: dict[str, object]) -> None:
    print(json.dumps(record, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
