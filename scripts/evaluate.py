"""Run all scorers of ``../shared/eval`` over the labelled corpora and print one table.

    python scripts/evaluate.py                 all scorers, one after the other
    python scripts/evaluate.py forms dates     some of them
    python scripts/evaluate.py --json          every figure of every slice, as one JSON object
    python scripts/evaluate.py --check         exit 1 where a figure is worse than its floor
    python scripts/evaluate.py --pin           raise the floors to what was measured; refuses to lower any
    python scripts/evaluate.py --keep DIR      keep the datasets that the program wrote for the scorers

What the figures mean: ``../shared/eval/README.md``.  The floors: ``tests/quality/floors.json``.
"""

import argparse
import json
import math
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "tests" / "quality" / "floors.json"

Figures = dict[str, int | float]
"""Path of a metric in a scorer's report (``by_form/official/id``) → its value; what was not measured is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """One black-box scorer, and what of its report matters.

    ``command``: script (of ``../shared/eval``, else with its path) and its arguments; names in {} are filled in, * is
    expanded.
    ``shares``: metrics that should be high, ``errors``: metrics that should be low; both are shown and pinned.
    ``shown``: the slices of the report that are rows of the table; ``pinned``: groups of which every slice has floors.
    """

    name: str
    command: str
    shares: tuple[str, ...]
    errors: tuple[str, ...] = ()
    shown: tuple[str, ...] = ("overall",)
    pinned: tuple[str, ...] = ()


SCORERS = (
    Scorer(
        name="forms",
        command="score_forms.py {corpus}/forms/examples.jsonl --out {scratch}/forms",
        shares=("found", "id", "handle", "name", "date", "text", "lang", "chain", "clean"),
        errors=("invented",),
        shown=("overall", "by_form/official"),
        pinned=("by_form",),
    ),
    Scorer(
        name="dates",
        command="score_dates.py {corpus}/forms/dates.jsonl --out {scratch}/dates",
        shares=("day_real_lang", "day_real_nolang", "day_syn_lang", "day_syn_nolang"),
        errors=("wrong_lang", "wrong_nolang", "invented_lang", "invented_nolang"),
    ),
    Scorer(
        name="html",
        command="score_html.py --run --docs {corpus}/html {scratch}/html {corpus}/html_labels.jsonl",
        shares=("P", "R", "F1", "linked_F1", "empty_clean", "id", "handle", "name", "date", "text", "quoted", "tau"),
        errors=("emb_as_link", "link_as_emb", "noise_hits"),
        pinned=("by_form",),
    ),
    Scorer(
        name="text",
        command="score_text.py --run {scratch}/text {scratch}/text_labels.jsonl.gz",
        shares=("P", "R", "F1", "handle", "name", "date", "text", "span", "span_all", "iou", "clean"),
        pinned=("by_extractor",),
    ),
    Scorer(
        name="grammar",
        command="{scripts}/eval_text_grammar.py",
        shares=("chain", "first", "nested", "comment", "after", "segments", "p", "r", "f", "number", "total"),
        shown=("by_set",),
        pinned=("by_set",),
    ),
    Scorer(
        name="threads",
        command="run_threads.py --view embed,flat,bare {corpus}/threads/*.cases.jsonl.gz",
        shares=("b3_f", "edge_p", "edge_r", "edge_f", "kind", "implied_f", "exact", "ordered", "pair_f", "tau"),
        errors=("failed",),
        shown=("overall", "by_set"),
        pinned=("by_set",),
    ),
)


# ---------------------------------------------------------------- measuring
def report_of(scorer: Scorer, scratch: Path) -> dict[str, Any]:
    """The scorer's own JSON report; RuntimeError with its last words where it gives none."""
    command = [sys.executable, *arguments(scorer, scratch), "--json"]
    environment = os.environ | {
        "TWEETRECON": f"{shlex.quote(sys.executable)} -m tweetrecon",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(command, cwd=SHARED / "eval", env=environment, capture_output=True, text=True, check=False)
    try:
        return cast("dict[str, Any]", json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, ValueError):
        raise RuntimeError((done.stderr or done.stdout).strip()[-1500:] or f"exit {done.returncode}") from None


def arguments(scorer: Scorer, scratch: Path) -> Iterator[str]:
    for word in shlex.split(scorer.command):
        filled = word.format(corpus=SHARED / "corpus", scratch=scratch, scripts=ROOT / "scripts")
        folder, _, pattern = filled.rpartition("/")
        yield from sorted(map(str, Path(folder).glob(pattern))) if "*" in pattern else [filled]


def join_text_labels(scratch: Path) -> None:
    """The labels of all extractors as one file (gzip members may follow each other): one run of the program for all."""
    with (scratch / "text_labels.jsonl.gz").open("wb") as joined:
        for part in sorted((SHARED / "corpus" / "text").glob("*.jsonl.gz")):
            joined.write(part.read_bytes())


def figures(scorer: Scorer, report: dict[str, Any], groups: tuple[str, ...]) -> Figures:
    """The metrics of a scorer in slices (``overall``, ``by_form/official``) and groups of slices (``by_form``)."""
    slices = {"overall": report["overall"]}
    slices |= {f"{group}/{name}": s for group in report if group.startswith("by_") for name, s in report[group].items()}
    wanted = {path: s for path, s in slices.items() if path in groups or path.split("/")[0] in groups}
    return {
        f"{path}/{metric}": s[metric]
        for path, s in wanted.items()
        for metric in (*scorer.shares, *scorer.errors)
        if s.get(metric) is not None
    }


# ---------------------------------------------------------------- floors
def is_error(scorer: Scorer, path: str) -> bool:
    return path.rpartition("/")[2] in scorer.errors


def worse(scorer: Scorer, measured: Figures, floors: Figures) -> list[str]:
    """One line for each floor that is not met, also where its metric is no longer measured."""
    lines: list[str] = []
    for path, floor in floors.items():
        value = measured.get(path)
        if value is None or (value > floor if is_error(scorer, path) else value < floor):
            lines.append(f"{scorer.name} {path}: {'not measured' if value is None else f'{value:.4f}'}, pinned {floor}")
    return lines


def pins(scorer: Scorer, measured: Figures) -> Figures:
    """Floors for what was measured, rounded to the safe side; errors are bounded from above."""
    return {p: (math.ceil if is_error(scorer, p) else math.floor)(v * 1000) / 1000 for p, v in sorted(measured.items())}


def read_floors(path: Path = FLOORS) -> dict[str, Figures]:
    return cast("dict[str, Figures]", json.loads(path.read_text(encoding="utf-8")))


# ---------------------------------------------------------------- reporting
def block(scorer: Scorer, report: dict[str, Any], seconds: float) -> str:
    """The scorer's part of the table: a line of metrics' names, then a line for each slice."""
    shown = figures(scorer, report, scorer.shown)
    slices = list(dict.fromkeys(path.rpartition("/")[0] for path in shown))
    metrics = [m for m in (*scorer.shares, *scorer.errors) if any(f"{s}/{m}" in shown for s in slices)]
    lines = [f"{scorer.name} ({seconds:.0f} s)".ljust(20) + "".join(f"  {m:>5}" for m in metrics)]
    for where in slices:
        cells = (cell(shown.get(f"{where}/{m}")).rjust(max(5, len(m))) for m in metrics)
        lines.append(f"  {where.partition('/')[2] or where}".ljust(20) + "".join(f"  {c}" for c in cells))
    return "\n".join(lines)


def cell(value: int | float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


# ---------------------------------------------------------------- command line
def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorers", nargs="*", metavar="SCORER", help=", ".join(s.name for s in SCORERS))
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is worse than its floor")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the datasets there and keep them")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.scorers) - {s.name for s in SCORERS}:
        parser.error(f"no scorer named {', '.join(sorted(unknown))}")
    if chosen.keep and chosen.keep.exists() and any(chosen.keep.iterdir()):
        parser.error(f"{chosen.keep} is not empty: what it holds would be scored again")
    return chosen


def measure_all(names: list[str], scratch: Path, show: Callable[[str], None]) -> tuple[dict[str, Figures], list[str]]:
    """(figures by scorer, what went wrong); ``show`` gets each block of the table as soon as it is known."""
    measured: dict[str, Figures] = {}
    failures: list[str] = []
    join_text_labels(scratch)
    for scorer in (s for s in SCORERS if not names or s.name in names):
        start = time.perf_counter()
        try:
            report = report_of(scorer, scratch)
        except RuntimeError as error:
            failures.append(f"{scorer.name} failed:\n{error}")
            continue
        measured[scorer.name] = figures(scorer, report, (*scorer.shown, *scorer.pinned))
        show(block(scorer, report, time.perf_counter() - start))
    return measured, failures


def pin(measured: dict[str, Figures], path: Path = FLOORS) -> list[str]:
    """Write the floors anew, unless one would be lowered; returns what stands against it."""
    floors = read_floors(path)
    by_name = {s.name: s for s in SCORERS}
    lowered = [line for name, m in measured.items() for line in worse(by_name[name], m, floors.get(name, {}))]
    if not lowered:
        floors |= {name: pins(by_name[name], m) for name, m in measured.items()}
        path.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return lowered


def main() -> int:
    chosen = options()
    if not (SHARED / "eval").is_dir():
        print("../shared/eval is not beside the checkout: nothing to measure with", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        scratch = chosen.keep or Path(temporary)
        scratch.mkdir(parents=True, exist_ok=True)
        talk = sys.stderr if chosen.json else sys.stdout
        measured, problems = measure_all(
            chosen.scorers, scratch.resolve(), partial(print, end="\n\n", file=talk, flush=True)
        )
    if chosen.json:
        print(json.dumps(measured, indent=1, ensure_ascii=False))
    if chosen.check:
        floors = read_floors()
        problems += [
            w for s in SCORERS if s.name in measured for w in worse(s, measured[s.name], floors.get(s.name, {}))
        ]
    if chosen.pin:
        problems += [f"not pinned, it would be lowered: {line}" for line in pin(measured)]
    print(*problems, sep="\n", end="\n" * bool(problems), file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    raise SystemExit(main())
