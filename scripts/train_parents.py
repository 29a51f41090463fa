"""Learn what each feature of a possible parent is worth: `train_parents.py [--check] [--shared ../shared]`.

The thread corpus is read in three views (ids; dates only; text only), so that one table of weights serves sightings of
every kind. The model is a conditional logit: of all candidates of a tweet, and of "none of them", the true one is to be
the likeliest. It is judged five-fold, whole authors and events held out, and then fitted on everything.

Writes `tweetrecon/threads/weights.py`; with `--check` only prints the held-out figures and the calibration table.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tweetrecon.model import Sighting
from tweetrecon.reconcile import Reconciled, reconcile
from tweetrecon.schema import from_dict, to_table
from tweetrecon.threads.candidates import Candidate
from tweetrecon.threads.parents import Offer, Parents, none_of
from tweetrecon.threads.references import BELIEVED
from tweetrecon.threads.scene import scene

ROOT = Path(__file__).resolve().parent.parent
SETS = ("trees", "selfthreads", "numbered", "retweets")
VIEWS = ("embed", "flat", "bare")
FOLDS = 5
RIDGE = 2.0
NOT_LEARNT = {"number_gap": 4.0}
"""Features that the corpus has no case of: a hole in a numbered series is as good as its neighbours."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A tweet, its candidates, which of them is right (-1: none of those offered), and whom it is held out with."""

    group: str
    source: str
    candidates: Sequence[Candidate]
    right: int
    accepted: int | None = None
    """A nearer ancestor than the unknown parent: no mistake, and not asked for."""


# ------------------------------------------------------------------------------------------------ examples


def examples(corpus: Path, name: str, view: str) -> Iterator[Example]:
    """All tweets of a set whose parent has to be inferred."""
    import run_threads  # type: ignore[import-not-found]

    cases, truths = next(run_threads.load([str(corpus / f"{name}.cases.jsonl.gz")]))
    for case in cases:
        truth = truths[case["case_id"]]
        rows = [from_dict(Sighting, row) for row in run_threads.case_rows(case, view, truth)]
        yield from _of_case(f"{name}:{view}", case["source"], reconcile(to_table("sightings", rows)), truth)


def _of_case(group: str, source: str, known: Reconciled, truth: Mapping[str, Any]) -> Iterator[Example]:
    post_of = _true_posts(known, truth)
    parents = {e["child"]: e["parent"] for e in truth["edges"] if not e.get("external") and not e.get("gap")}
    ancestors = {e["child"]: e["parent"] for e in truth["edges"] if e.get("gap")}
    at = scene(known)
    asked = Parents(at)
    offered: dict[int, list[Offer]] = defaultdict(list)
    for offer in asked.offers():
        offered[offer.node].append(offer)
    for child, features in asked.children.all():
        me = post_of.get(child.key, "")
        offers = sorted(offered[child.node], key=lambda offer: offer.place)
        known_ones = [(offer.username, candidate) for offer in offers for candidate in offer.candidates]
        unknown = Candidate("", none_of(child, features, {offer.username for offer in offers}))
        candidates = [*(candidate for _, candidate in known_ones), unknown]
        places = {post_of.get(candidate.key, ""): i for i, (_, candidate) in enumerate(known_ones)}
        none = len(candidates) - 1
        parent, ancestor = parents.get(me), ancestors.get(me)
        if group.startswith("retweets") and ancestor is not None:
            # Plain replies of this set are not asked for; one to the author named first is an answer all the same.
            place = places.get(ancestor, none)
            if place != none and known_ones[place][0] == child.first:
                yield Example(group, source, candidates, place)
            continue
        right = none if parent is None else places.get(parent, -1)
        yield Example(group, source, candidates, right, places.get(ancestor) if parent is None and ancestor else None)


def _true_posts(known: Reconciled, truth: Mapping[str, Any]) -> dict[str, str]:
    """Tweet key → the true post that most of its sightings show."""
    of_sighting = {sid: post["post"] for post in truth["posts"] for sid in post["sids"]}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    keys = known.found.keys.take(known.found.of_row).to_pylist()
    sightings = (sid for table in known.sightings_table() for sid in table["sighting_id"].to_pylist())
    for sid, key in zip(sightings, keys, strict=True):
        if sid in of_sighting:
            counts[str(key)][of_sighting[sid]] += 1
    return {key: min(count, key=lambda post: (-count[post], post)) for key, count in counts.items()}


# ------------------------------------------------------------------------------------------------ the model


@dataclass(frozen=True, slots=True)
class Design:
    """Candidates as rows of numbers: ``first`` row of each example, its number for each row, its right row."""

    names: Sequence[str]
    rows: Floats
    first: Ints
    of_row: Ints
    right: Ints

    def part(self, chosen: npt.NDArray[np.bool_]) -> Design:
        """The chosen examples alone."""
        kept = chosen[self.of_row]
        moved = np.cumsum(kept) - 1
        of_row = (np.cumsum(chosen) - 1)[self.of_row[kept]]
        first = np.flatnonzero(np.diff(of_row, prepend=-1))
        return Design(self.names, self.rows[kept], first, of_row, moved[self.right[chosen]])

    def shares(self, weights: npt.NDArray[np.float64]) -> Floats:
        """How likely each candidate is."""
        scores: Floats = self.rows @ weights.astype(np.float32)
        scores = np.exp(scores - np.maximum.reduceat(scores, self.first)[self.of_row])
        shares: Floats = (scores / np.add.reduceat(scores, self.first)[self.of_row]).astype(np.float32)
        return shares


def design(found: Sequence[Example]) -> Design:
    """The features of all candidates as one matrix."""
    names = sorted({name for e in found for c in e.candidates for name in c.features})
    column = {name: i for i, name in enumerate(names)}
    sizes = np.array([len(e.candidates) for e in found])
    first = np.cumsum(sizes) - sizes
    rows = np.zeros((int(sizes.sum()), len(names)), dtype=np.float32)
    for start, example in zip(first, found, strict=True):
        for i, candidate in enumerate(example.candidates):
            for name, value in candidate.features.items():
                rows[start + i, column[name]] = value
    right = first + np.array([e.right for e in found])
    return Design(names, rows, first, np.repeat(np.arange(len(found)), sizes), right)


def fit(data: Design, rounds: int = 400, rate: float = 0.1) -> npt.NDArray[np.float64]:
    """Maximum likelihood with a ridge, by Adam on the whole batch."""
    weights = np.zeros(len(data.names))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    seen = data.rows[data.right].sum(0)
    for step in range(1, rounds + 1):
        slope = seen - data.rows.T @ data.shares(weights) - RIDGE * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        pace = rate * (1 if step < 0.6 * rounds else 0.3 if step < 0.85 * rounds else 0.1)
        weights += pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def held_out(found: Sequence[Example], data: Design) -> Floats:
    """The shares of all candidates, each by a model that has not seen its author or event."""
    sources = sorted({e.source for e in found})
    fold = np.array([sources.index(e.source) % FOLDS for e in found])
    shares = np.zeros(len(data.rows), dtype=np.float32)
    for number in range(FOLDS):
        weights = fit(data.part(fold != number))
        mine = (fold == number)[data.of_row]
        shares[mine] = data.shares(weights)[mine]
    return shares


# ------------------------------------------------------------------------------------------------ figures


def chosen(shares: Floats) -> int:
    """The candidate that `references.choose` would take."""
    none = len(shares) - 1
    best = int(shares[:none].argmax()) if none else none
    return best if shares[best] >= min(BELIEVED, float(shares[none])) else none


def report(found: Sequence[Example], data: Design, shares: Floats, missed: Counter[str]) -> None:
    """Precision and recall of inferred parents by set and view, and how confidence compares with truth."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for example, part in zip(found, np.split(shares, data.first[1:]), strict=True):
        none, taken = len(part) - 1, chosen(part)
        count = counts[example.group]
        count["asked"] += example.right != none
        count["hit"] += taken == example.right != none
        count["given"] += taken not in (none, example.accepted)
        bins[min(9, int(part[taken] * 10))].append((float(part[taken]), taken == example.right))
    print("| set and view | asked | precision | recall | F |\n|---|---|---|---|---|")
    for group, count in counts.items():
        asked = count["asked"] + missed[group]
        precision, recall = count["hit"] / max(1, count["given"]), count["hit"] / max(1, asked)
        both = 2 * count["hit"] / (count["given"] + asked)
        print(f"| {group} | {asked} | {precision:.3f} | {recall:.3f} | {both:.3f} |")
    print("\n| confidence | tweets | mean confidence | right |\n|---|---|---|---|")
    for tenth, items in sorted(bins.items()):
        mean, right = np.mean([c for c, _ in items]), np.mean([r for _, r in items])
        print(f"| {tenth / 10:.1f}–{tenth / 10 + 0.1:.1f} | {len(items)} | {mean:.3f} | {right:.3f} |")


HEAD = '''"""What each feature of a possible parent is worth, in log-odds; learnt by `scripts/train_parents.py`."""

WEIGHTS: dict[str, float] = {
'''


def write(weights: Mapping[str, float]) -> None:
    """The table of weights as a module."""
    lines = [f'    "{name}": {round(value, 2)},\n' for name, value in sorted(weights.items()) if round(value, 2)]
    (ROOT / "tweetrecon/threads/weights.py").write_text(HEAD + "".join(lines) + "}\n", encoding="utf-8")


def main() -> None:
    """Learn, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.shared / "eval"))
    everything = [
        e for name in SETS for view in VIEWS for e in examples(arguments.shared / "corpus/threads", name, view)
    ]
    missed = Counter(e.group for e in everything if e.right < 0)
    found = [e for e in everything if e.right >= 0]
    data = design(found)
    report(found, data, held_out(found, data), missed)
    if not arguments.check:
        write(dict(zip(data.names, fit(data).tolist(), strict=True)) | NOT_LEARNT)


if __name__ == "__main__":
    main()
