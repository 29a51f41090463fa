"""Learn where flattened tweets begin: write ``tweetrecon/twitter/extent_weights.json`` from the labelled texts.

    python scripts/train_extent.py            cross-validate by site, learn from all sites, write the table
    python scripts/train_extent.py --dry      cross-validate only
    python scripts/train_extent.py --pred F   also write every cross-validated decision to F, one JSON object a line

A conditional logit: of the places where the tweet of a byline may begin, and the chance that its text is missing, the
right one should have the highest sum of weights. The penalty on the squared weights keeps facts that few sites show
small; facts of the document's structure are penalised less, and so are facts in one layout. Sites count by the square
root of their tweets. The same input gives the same table: no random numbers, sites are dealt to folds by a checksum of
their name.

The calibration says, for each probability, the share that was exactly right among the cross-validated decisions: of
each document alone, and of all sightings of a tweet together, as ``tweetrecon.reconcile.voices`` joins them. The texts
hold each post as several extractors left it, so "together" is what a corpus gives that holds a tweet several times.
"""

import argparse
import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tweetrecon.reconcile.voices import Voice, bare, decided
from tweetrecon.twitter import byline, extent
from tweetrecon.twitter.evidence import Evidence, evidence
from tweetrecon.twitter.length import limit_at
from tweetrecon.twitter.passage import Prose

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT.parent / "shared" / "corpus" / "text"
TABLE = ROOT / "tweetrecon" / "twitter" / "extent_weights.json"

UNUSED = ("negatives.jsonl.gz", "markdown.jsonl.gz")
"""Texts without tweets; and Markdown, where quotes are marked and the labels' spans are approximate."""

FOLDS = 5
ROUNDS = 120
PENALTY = 70.0
IN_LAYOUT = 0.5
"""The penalty on facts in one layout, as a share of that on the same facts in all."""
STRUCTURE = 0.025
"""The penalty on facts of structure, as a share of the others'."""
STRUCTURAL = ("boundary", "~boundary", "blanks_inside", "lines_inside", "missing")
RAREST = 6
"""A fact seen less often is not learnt."""
STEPS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998)

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled byline: the facts for each choice, and the right one (-1: none of them).

    ``texts`` are those of the choices, ``text`` the right one (None: it is missing), ``after`` what follows the byline,
    all without white space.
    """

    extractor: str
    site: str
    lang: str
    document: str
    layout: str
    author_and_day: tuple[str, str]
    after: str
    starts: tuple[int, ...]
    texts: tuple[str, ...]
    text: str | None
    choices: tuple[tuple[str, ...], ...]
    right: int


def cases() -> Iterator[Case]:
    for path in sorted(TEXTS.glob("*.jsonl.gz")):
        if path.name not in UNUSED:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    yield from of_document(json.loads(line))


def of_document(record: dict[str, Any]) -> Iterator[Case]:
    prose, floor = Prose(record["text"]), 0
    for line in byline.find(record["text"], lang=record["lang"]):
        passage = prose.passage(line, floor, limit_at(line.date.value if line.date else None))
        tweet = next((t for t in record["tweets"] if is_at(t, line)), None)
        floor = line.end
        if passage and tweet and tweet["match"] != "detached":
            starts = tuple(unit.start for unit in passage.units)
            found = starts.index(tweet["start"]) if tweet["start"] in starts else -1
            yield Case(
                extractor=record["extractor"],
                site=record["site"],
                lang=record["lang"],
                document=record["doc_id"],
                layout=passage.layout,
                author_and_day=(line.username.lower(), f"{line.date.value:%Y-%m-%d}" if line.date else ""),
                after=bare(record["text"][line.end : line.end + 60])[:30],
                starts=starts,
                texts=tuple(bare(record["text"][start : passage.end]) for start in starts),
                text=None if tweet["start"] is None else bare(record["text"][tweet["start"] : passage.end]),
                choices=tuple(facts_of_choices(evidence(prose, passage), passage.layout)),
                right=len(starts) if tweet["start"] is None else found,
            )


def is_at(tweet: dict[str, Any], line: byline.Byline) -> bool:
    at = tweet["attribution_start"]
    return at is not None and at < line.end and tweet["attribution_end"] > line.start


def facts_of_choices(facts: list[Evidence], layout: str) -> list[tuple[str, ...]]:
    """The facts for each choice, with those of the places that it keeps inside, each by itself and in its layout."""
    inner: tuple[str, ...] = ()
    found = []
    for fact in reversed(facts):
        found.append((*crossed([*fact.place, *fact.span], layout), *inner))
        inner = (*inner, *crossed([extent.INSIDE + name for name in fact.place], layout))
    return found[::-1]


def crossed(facts: list[str], layout: str) -> list[str]:
    return facts + [f"{fact}|{layout}" for fact in facts]


class Model:
    """The cases as arrays: which fact stands in which choice (row), which rows belong to which case."""

    def __init__(self, given: list[Case]) -> None:
        counts = Counter(fact for case in given for choice in case.choices for fact in choice)
        self.facts = {fact: k for k, fact in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}
        rows = [[self.facts[f] for f in choice if f in self.facts] for case in given for choice in case.choices]
        self.entries = np.array([k for row in rows for k in row], np.int32)
        self.row_at = np.cumsum([0, *map(len, rows)])
        self.case_at = np.cumsum([0, *(len(case.choices) for case in given)])
        self.row_of = np.repeat(np.arange(len(rows)), np.diff(self.row_at))
        self.case_of = np.repeat(np.arange(len(given)), np.diff(self.case_at))
        self.right = np.array([case.right for case in given])
        structural = [f.split("=")[0].split(",")[0] in STRUCTURAL for f in self.facts]
        in_layout = ["|" in fact for fact in self.facts]
        self.penalty = PENALTY * np.where(structural, STRUCTURE, 1.0) * np.where(in_layout, IN_LAYOUT, 1.0)
        tweets = Counter(case.site for case in given)
        self.importance = np.array([tweets[case.site] ** -0.5 for case in given])

    def scores(self, weights: Array) -> Array:
        """The sum of weights of each choice."""
        sums: Array = np.add.reduceat(weights[self.entries], self.row_at[:-1])
        return sums

    def probabilities(self, weights: Array) -> Array:
        """The probability of each choice among those of its case."""
        scores = self.scores(weights)
        odds = np.exp(scores - np.maximum.reduceat(scores, self.case_at[:-1])[self.case_of])
        shares: Array = odds / np.add.reduceat(odds, self.case_at[:-1])[self.case_of]
        return shares

    def learn(self, chosen: Array) -> Array:
        """Weights that fit the chosen cases, by Adam with full gradients."""
        chosen = chosen & (self.right >= 0)
        importance = self.importance * chosen
        importance *= chosen.sum() / importance.sum()
        right = self.case_at[:-1] + np.maximum(self.right, 0)
        weights, mean, square = (np.zeros(len(self.facts)) for _ in range(3))
        for n in range(1, ROUNDS + 1):
            error = self.probabilities(weights)
            error[right] -= 1
            error *= importance[self.case_of]
            gradient = np.bincount(self.entries, weights=error[self.row_of], minlength=len(weights))
            gradient = (gradient + self.penalty * weights) / chosen.sum()
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.99 * square + 0.01 * gradient**2
            rate = 0.15 if n < 0.6 * ROUNDS else 0.05
            weights -= rate * (mean / (1 - 0.9**n)) / (np.sqrt(square / (1 - 0.99**n)) + 1e-8)
        return weights


def cross_validate(model: Model, given: list[Case]) -> list[list[float]]:
    """The probabilities of each case's choices, from weights that were learnt without its site."""
    folds = np.array([zlib.crc32(case.site.encode()) % FOLDS for case in given])
    found: list[list[float]] = [[] for _ in given]
    for fold in range(FOLDS):
        scores = model.scores(model.learn(folds != fold))
        for k in np.nonzero(folds == fold)[0]:
            found[k] = extent.probabilities(scores[model.case_at[k] : model.case_at[k + 1]].tolist())
    return found


@dataclass(frozen=True, slots=True)
class Decision:
    """The text chosen in a case (None: it is missing), its probability, and whether it is right."""

    case: Case
    text: str | None
    probability: float

    @property
    def right(self) -> bool:
        """Whether it is exactly the tweet's text."""
        return self.text == self.case.text


def alone(given: list[Case], found: list[list[float]]) -> list[Decision]:
    """What each document says by itself."""
    decisions = []
    for case, chances in zip(given, found, strict=True):
        best = chances.index(max(chances))
        decisions.append(Decision(case, case.texts[best] if best < len(case.texts) else None, chances[best]))
    return decisions


def together(own: list[Decision], found: list[list[float]]) -> list[Decision]:
    """What all sightings of a tweet say; those whose text seems to be missing are not asked."""
    found_together = dict(enumerate(own))
    authors: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    for k, (decision, chances) in enumerate(zip(own, found, strict=True)):
        if decision.text is not None:
            case = decision.case
            rated = (
                (text, extent.support(chance, case.layout)) for text, chance in zip(case.texts, chances, strict=False)
            )
            supports = {text: support for n, (text, support) in enumerate(rated) if not n or support}
            authors[case.author_and_day].append(Voice(supports, decision.probability, case.after, f"{k:09}"))
    for voices in authors.values():
        for _, one, text, chance in decided(voices):
            found_together[int(one.order)] = Decision(own[int(one.order)].case, text, chance)
    return list(found_together.values())


def report(title: str, decisions: list[Decision]) -> None:
    """Shares exactly right: of all tweets, and as the mean over sites."""
    print(title)
    groups: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for decision in decisions:
        case = decision.case
        for group in ("all", case.extractor, f"layout {case.layout}", f"lang {case.lang}"):
            groups[group][case.site].append(decision.right)
    for group, sites in sorted(groups.items()):
        answers = [ok for oks in sites.values() for ok in oks]
        macro = np.mean([np.mean(oks) for oks in sites.values()])
        if len(answers) >= 20:
            print(f"{group:28}{np.mean(answers):.3f} of {len(answers):6}   mean over {len(sites):3} sites {macro:.3f}")
    for step, share, n in calibration(decisions):
        print(f"probability ≥ {step:<6} {share:.3f} right of {n}")


def calibration(decisions: list[Decision]) -> list[tuple[float, float, int]]:
    """(from this probability to the next step, share right, cases) of the tweets that are given a text.

    A share that would fall from one step to the next is that of both steps together (pool adjacent violators), so that
    a few lucky cases at a low probability make no confidence.
    """
    pools: list[list[tuple[float, int, int]]] = []
    for low, high in zip(STEPS, (*STEPS[1:], 2.0), strict=True):
        inside = [one.right for one in decisions if one.text is not None and low <= one.probability < high]
        if inside:
            pools.append([(low, sum(inside), len(inside))])
            while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
                last = pools.pop()
                pools[-1] += last
    return [(low, round(_share(pool), 3), n) for pool in pools for low, _, n in pool]


def _share(pool: list[tuple[float, int, int]]) -> float:
    """The share right of the cases in some steps."""
    return sum(right for _, right, _ in pool) / sum(n for _, _, n in pool)


def write_predictions(path: Path, decisions: list[Decision]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for decision in decisions:
            case = decision.case
            row = {"extractor": case.extractor, "document": case.document, "found": decision.text, "right": case.text}
            out.write(json.dumps(row | {"probability": round(decision.probability, 4)}, ensure_ascii=False) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="write no table")
    parser.add_argument("--pred", type=Path, metavar="F", help="write the cross-validated decisions to F")
    asked = parser.parse_args()
    given = list(cases())
    model = Model(given)
    found = cross_validate(model, given)
    own = alone(given, found)
    joint = together(own, found)
    report("each document alone", own)
    report("sightings together", joint)
    if asked.pred:
        write_predictions(asked.pred, joint)
    if not asked.dry:
        weights = model.learn(np.ones(len(given), bool))
        table = {
            "alone": [step[:2] for step in calibration(own)],
            "together": [step[:2] for step in calibration(joint)],
            "weights": {
                fact: round(float(weights[k]), 2) for fact, k in model.facts.items() if abs(weights[k]) >= 0.02
            },
        }
        TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
