"""Score how tweets' texts are read: retweet chains and thread numbers, by ``../shared/eval/score_threads.py``.

    python scripts/eval_text_grammar.py            one table
    python scripts/eval_text_grammar.py --json     one line of JSON: {"overall": {metric: value}, "by_set": {set: …}}
    python scripts/eval_text_grammar.py --misses   also each text that is read otherwise than labelled, on stderr

Metrics of ``rt_parse`` (chain first nested comment after segments) and of ``number_markers`` (p r f number total): the
docstring of the scorer.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from tweetrecon.twitter import numbering, retweets

SHARED = Path(__file__).resolve().parents[2] / "shared"

Row = dict[str, Any]


def read_chain(text: str) -> Row:
    """A row of the scorer's ``--rt-parse``; there a text that only credits someone is a chain of that one hop."""
    chain = retweets.parse(text)
    hops = [{"handle": hop.username, "text": hop.text} for hop in chain.hops]
    credited = [{"handle": c.username, "text": ""} for c in chain.credits if c.style not in ("cc", "OH")]
    return {"chain": hops or credited, "comment": chain.comment, "after": chain.after}


def read_number(text: str) -> Row:
    """A row of the scorer's ``--numbers``."""
    found = numbering.parse(text)
    if found is None:
        return {"label": "none", "number": None, "total": None}
    return {"label": "number", "number": found.number, "total": found.total}


SETS: dict[str, tuple[str, Callable[[str], Row]]] = {
    "rt_parse": ("--rt-parse", read_chain),
    "number_markers": ("--numbers", read_number),
}


def measure(name: str) -> Row:
    """The scorer's figures for one set, without the counts of items."""
    option, read = SETS[name]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        for row in gold(name):
            predictions.write(json.dumps({"id": row["id"], **read(row["text"])}, ensure_ascii=False) + "\n")
        predictions.flush()
        command = [sys.executable, "score_threads.py", option, predictions.name, str(gold_path(name))]
        done = subprocess.run(command, cwd=SHARED / "eval", capture_output=True, text=True, check=True)
    return {metric: value for metric, value in json.loads(done.stdout).items() if not metric.endswith("items")}


def gold_path(name: str) -> Path:
    return SHARED / "corpus" / "threads" / f"{name}.jsonl"


def gold(name: str) -> Iterator[Row]:
    for line in gold_path(name).read_text(encoding="utf-8").splitlines():
        yield cast("Row", json.loads(line))


def misses() -> Iterator[str]:
    """One line for each text whose usernames, or number and total, are not those of the label."""
    for row in gold("rt_parse"):
        labelled = [hop["handle"].lower() for hop in row["chain"] or []]
        found = [hop["handle"].lower() for hop in read_chain(row["text"])["chain"]]
        if found != labelled:
            yield f"{row['id']}  {labelled} read as {found}: {row['text']!r}"
    for row in gold("number_markers"):
        labelled = [row[key] for key in ("label", "number", "total")]
        found = list(read_number(row["text"]).values())
        if found != labelled:
            yield f"{row['id']}  {labelled} read as {found}: {row['text']!r}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    parser.add_argument("--misses", action="store_true", help="print what is read otherwise than labelled")
    chosen = parser.parse_args()
    if not (SHARED / "eval").is_dir():
        print("../shared/eval is not beside the checkout: nothing to measure with", file=sys.stderr)
        return 2
    by_set = {name: measure(name) for name in SETS}
    if chosen.json:
        overall = {metric: value for figures in by_set.values() for metric, value in figures.items()}
        print(json.dumps({"overall": overall, "by_set": by_set}))
    else:
        for name, figures in by_set.items():
            print(name.ljust(16) + "".join(f"  {metric} {value:.3f}" for metric, value in figures.items()))
    if chosen.misses:
        print(*misses(), sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
