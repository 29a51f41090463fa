"""Edges between tweets: what the sources state first, then for each tweet without a stated parent the likeliest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from tweetrecon.model import ReferenceType
from tweetrecon.threads.candidates import Candidate, Corpus, Features
from tweetrecon.threads.posts import Post, addressed
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


class Choice(NamedTuple):
    """The likeliest parent, how likely, and the others as evidence."""

    post: Post | None
    confidence: float
    features: Features
    rivals: tuple[str, ...]


def infer(corpus: Corpus, children: Iterable[Post]) -> Iterator[Edge]:
    """One edge at most for each child: to the likeliest candidate, or to the unknown tweet of whom it addresses."""
    for child in children:
        choice = choose(corpus.candidates(child))
        named = next((u for u in child.leading if u != child.username), None)
        if choice.post is not None:
            yield Edge(
                child.key,
                ReferenceType.REPLIED_TO,
                choice.post.key,
                method(choice.features),
                choice.confidence,
                inferred=True,
                evidence=(*child.evidence, *choice.rivals),
            )
        elif named is not None:
            author = next((u for u in addressed(child.text) if u.casefold() == named), named)
            yield Edge(
                child.key,
                ReferenceType.REPLIED_TO,
                None,
                "leading_mention",
                choice.confidence,
                inferred=True,
                author=author,
                evidence=(*child.evidence, *choice.rivals),
            )


def choose(candidates: Sequence[Candidate], weights: Mapping[str, float] = WEIGHTS) -> Choice:
    """The candidate with the highest score; its confidence is its share of all (a conditional logit model)."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in c.features.items()) for c in candidates]
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    *known, nobody = range(len(candidates))
    best = max(known, key=lambda i: (shares[i], -i), default=nobody)
    if shares[best] < shares[nobody] and shares[best] < BELIEVED * total:
        best = nobody
    rivals = sorted(
        ((share / total, c) for i, (share, c) in enumerate(zip(shares, candidates, strict=True)) if i != best),
        key=lambda r: (-r[0], r[1].post.key if r[1].post else ""),
    )
    named = tuple(f"rival {c.post.key if c.post else 'none'} {share:.2f}" for share, c in rivals[:3] if share >= LEAST)
    return Choice(candidates[best].post, shares[best] / total, candidates[best].features, named)


def method(features: Features) -> str:
    """The rule that an inferred edge rests on, by its strongest evidence."""
    if "number_next" in features:
        return "numbering"
    if "self" in features:
        return "self_continuation"
    if "first_named" in features:
        return "leading_mention"
    return "mention"
