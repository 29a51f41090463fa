"""Where the text of a flattened tweet begins. Its byline marks the end; nothing marks the start.

Every place where it may begin is weighed by facts about it (:mod:`tweetrecon.twitter.evidence`): how the document
breaks its lines, sentence ends, languages, links, tags, lengths. The weights are log-odds that
``scripts/train_extent.py`` learns from labelled texts; the confidence is the share that was exactly right, on sites
not learnt from, at that probability.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from math import exp, log
from operator import itemgetter
from typing import NamedTuple

from tweetrecon.twitter.byline import Byline
from tweetrecon.twitter.evidence import evidence
from tweetrecon.twitter.length import limit_at
from tweetrecon.twitter.passage import LOOKBACK, Passage, Prose

ALONE = 0.9
"""The confidence where nothing but tweet and byline is in the text; such texts are too few to measure it."""

WITHOUT_TEXT = 0.5
"""The confidence in a byline before which nothing can be the tweet's text."""

FLOOR = 0.002
"""A place less likely than this is taken to be no likelier than one that was not thought of."""

_TRUST = {"run": 0.05, "dense": 0.15, "listed": 0.4, "loose": 0.4, "mixed": 2.0}
"""How far a layout's log-odds count beside other sightings', where not just in full.

Where breaks tell little, words decide, and words mislead in every copy of a page alike: copies would outvote the one
whose paragraphs show where the tweet begins.
"""


class Place(NamedTuple):
    """Where a tweet may begin, how likely, and what that counts among several sightings of it (log-odds from 0 on)."""

    start: int
    probability: float
    support: float


INSIDE = "~"
"""Begins the name of a fact about a place inside the tweet; ``|`` and a layout end that of a fact in that layout."""


class Extent(NamedTuple):
    """The span of a tweet's text, and how sure it is: the share of such spans that are exactly right.

    ``beginnings`` are the places to choose from, if any: those not less likely than ``FLOOR``, and the first one that
    the tweet's length allows.
    """

    start: int
    end: int
    confidence: float
    beginnings: tuple[Place, ...] = ()


class _Table(NamedTuple):
    """What each fact weighs (log-odds); (probability, share right from there on) of one sighting, and of several."""

    weights: dict[str, float]
    alone: Sequence[tuple[float, float]]
    together: Sequence[tuple[float, float]]


def extents(text: str, bylines: Iterable[Byline]) -> Iterator[tuple[Byline, Extent | None]]:
    """Each byline of a text, given in order, with the span of its tweet; None where no text of a tweet precedes it."""
    prose, floor = Prose(text), 0
    for byline in bylines:
        limit = limit_at(byline.date.value if byline.date else None)
        passage = prose.passage(byline, floor, limit)
        yield byline, _extent(prose, passage, byline) if passage else None
        floor = byline.end


def _extent(prose: Prose, passage: Passage, byline: Byline) -> Extent | None:
    alone = passage.floor == 0 and _is_alone(passage, prose.text[byline.end : byline.end + LOOKBACK])
    return Extent(passage.units[0].start, passage.end, ALONE) if alone else _best(prose, passage)


def _is_alone(passage: Passage, after: str) -> bool:
    """Whether a text is one tweet and its byline on one line, as records of some collections are."""
    single = all(not unit.breaks for unit in passage.units) and passage.layout in ("glued", "run")
    return passage.complete and single and not after.strip() and _length(passage) <= passage.limit


def _length(passage: Passage) -> int:
    return sum(unit.length + 1 for unit in passage.units) - 1


def _best(prose: Prose, passage: Passage) -> Extent | None:
    """The likeliest extent, None where the likeliest is that the tweet's text is missing."""
    chances = probabilities(_scores(prose, passage))
    best = chances.index(max(chances))
    if best == len(passage.units):
        return None
    units = zip(passage.units, chances, strict=False)
    places = [Place(unit.start, chance, support(chance, passage.layout)) for unit, chance in units]
    beginnings = tuple(place for n, place in enumerate(places) if not n or place.support)
    return Extent(passage.units[best].start, passage.end, confidence(chances[best]), beginnings)


def probabilities(scores: Sequence[float]) -> list[float]:
    """Log-odds as probabilities."""
    top = max(scores)
    whole = sum(exp(score - top) for score in scores)
    return [exp(score - top) / whole for score in scores]


def support(probability: float, layout: str) -> float:
    """What a probability counts among several sightings of a tweet; 0 at ``FLOOR`` and below."""
    return _TRUST.get(layout, 1.0) * log(max(probability, FLOOR) / FLOOR)


def _scores(prose: Prose, passage: Passage) -> list[float]:
    """Log-odds of each unit as the beginning, and last of the text missing."""
    begins, goes_on = _weights(passage.layout)
    inner, scores = 0.0, []
    for facts in reversed(evidence(prose, passage)):
        own = sum([begins.get(fact, 0.0) for fact in facts.place]) + sum([begins.get(fact, 0.0) for fact in facts.span])
        scores.append(inner + own)
        inner += sum([goes_on.get(fact, 0.0) for fact in facts.place])
    return scores[::-1]


@cache
def _weights(layout: str) -> tuple[dict[str, float], dict[str, float]]:
    """What facts weigh in a layout for a beginning, and facts of a place inside for a tweet that goes on there."""
    begins: dict[str, float] = defaultdict(float)
    goes_on: dict[str, float] = defaultdict(float)
    for name, weight in _table().weights.items():
        fact, _, only = name.partition("|")
        if only in ("", layout):
            (goes_on if fact[0] == INSIDE else begins)[fact.removeprefix(INSIDE)] += weight
    return dict(begins), dict(goes_on)


def confidence(probability: float, *, together: bool = False) -> float:
    """The share that is exactly right at a probability; ``together``: one to which several sightings agreed."""
    steps = _table().together if together else _table().alone
    return steps[max(0, bisect_right(steps, probability, key=itemgetter(0)) - 1)][1]


@cache
def _table() -> _Table:
    source = resources.files("tweetrecon.twitter").joinpath("extent_weights.json").read_text(encoding="utf-8")
    table = json.loads(source)
    return _Table(table["weights"], table["alone"], table["together"])
