"""Edges between tweets: what the sources state first, then for each tweet without a stated parent the likeliest one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from tweetrecon.model import ReferenceType
from tweetrecon.threads.candidates import Candidate, Features
from tweetrecon.threads.weights import WEIGHTS

LEAST = 0.05
"""Rivals less likely than this are not worth a line of evidence."""

BELIEVED = 0.33
"""A parent as likely as this is taken although it is likelier that the true one is not known: users filter by
confidence, and this is where precision and recall balance on the labelled corpora (see docs/threads.md).
"""


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference before it becomes a row. ``target`` None: a tweet by ``author`` that nothing else tells of."""

    child: str
    type: ReferenceType
    target: str | None
    method: str
    confidence: float = 1.0
    inferred: bool = False
    author: str | None = None
    evidence: tuple[str, ...] = ()


class Scored(NamedTuple):
    """A candidate, its score in log-odds, and the rule that it would rest on."""

    key: str
    score: float
    method: str


class Child(NamedTuple):
    """A tweet whose parent is to be concluded.

    ``addressed``: the first username at the head of its text that is not its own, as shown there; ``first``: the first
    of all, in lower case, unless it is its own.
    """

    node: int
    key: str
    addressed: str | None
    first: str | None


class Choice(NamedTuple):
    """The likeliest parent (None: none of those known), how likely it is, and the others as evidence."""

    parent: Scored | None
    confidence: float
    rivals: tuple[str, ...]


def scored(candidate: Candidate, weights: Mapping[str, float] = WEIGHTS) -> Scored:
    """A candidate with what it is worth."""
    return Scored(candidate.key, score(candidate.features, weights), method(candidate.features))


def score(features: Features, weights: Mapping[str, float] = WEIGHTS) -> float:
    """What features are worth together, in log-odds."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def choose(candidates: Sequence[Scored], none: float) -> Choice:
    """The candidate with the highest score; its confidence is its share of all (a conditional logit model).

    ``none``: the score of the parent's not being among them.
    """
    scores = [*(candidate.score for candidate in candidates), none]
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    *known, nobody = range(len(shares))
    best = max(known, key=lambda i: (shares[i], -i), default=nobody)
    if shares[best] < shares[nobody] and shares[best] < BELIEVED * total:
        best = nobody
    keys = [*(candidate.key for candidate in candidates), ""]
    others = [(share / total, key) for i, (share, key) in enumerate(zip(shares, keys, strict=True)) if i != best]
    rivals = sorted(others, key=lambda rival: (-rival[0], rival[1]))
    named = tuple(f"rival {key or 'none'} {share:.2f}" for share, key in rivals[:3] if share >= LEAST)
    return Choice(candidates[best] if best != nobody else None, shares[best] / total, named)


def concluded(child: Child, choice: Choice) -> Edge | None:
    """The edge to the likeliest candidate, or to the unknown tweet of whom the child addresses, or none."""
    parent = choice.parent
    if parent is None and child.addressed is None:
        return None
    return Edge(
        child.key,
        ReferenceType.REPLIED_TO,
        parent.key if parent else None,
        parent.method if parent else "leading_mention",
        choice.confidence,
        inferred=True,
        author=None if parent else child.addressed,
        evidence=choice.rivals,
    )


def method(features: Features) -> str:
    """The rule that an inferred edge rests on, by its strongest evidence."""
    if "number_next" in features:
        return "numbering"
    if "self" in features:
        return "self_continuation"
    if "first_named" in features:
        return "leading_mention"
    return "mention"
