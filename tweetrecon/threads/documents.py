"""In which direction documents show tweets: oldest first, newest first, or in no order of time.

Page order is a weak witness: timelines run backwards, articles quote as they please. What the dates, the numbers and
the answers in a document prove decides how far its order may be believed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tweetrecon.threads.nodes import Codes, Flags, Ints, Nodes
from tweetrecon.threads.posts import Post

EXCEPTIONS = 0.2
"""A document keeps its direction in spite of this share of neighbours that stand the other way round."""

_MIX = np.uint64(0x9E3779B97F4A7C15)


class Places(NamedTuple):
    """Where documents show tweets: parallel numbers of documents, positions and tweets."""

    document: Ints
    position: Ints
    node: Ints


class Order:
    """Answers how two posts follow each other in the documents that show both."""

    def __init__(self, places: Places, nodes: Nodes) -> None:
        self._signs = directions(places, nodes)

    def steps(self, earlier: Post, later: Post) -> tuple[int, int] | None:
        """``(steps, sign)`` from one to the other in a shared document, read in its direction; None without one.

        Steps are negative when the document shows them the other way round; sign 0 says that its order proves nothing.
        """
        best = None
        where = dict(earlier.places)
        for place in later.places:
            if place.document in where:
                sign = int(self._signs[place.document])
                found = ((place.position - where[place.document]) * (sign or 1), sign)
                if best is None or (-abs(found[1]), abs(found[0])) < (-abs(best[1]), abs(best[0])):
                    best = found
        return best


def directions(places: Places, nodes: Nodes) -> Ints:
    """For each document 1 for oldest first (also when nothing tells), -1 for newest first, 0 for no order.

    Neighbours whose order in time is certain prove it, and answers to somebody of whom the document shows one tweet.
    For two tweets by one author the days as printed are enough: a time zone seldom parts them, while where many speak,
    an article follows the branches of the talk.
    """
    count = int(places.document.max(initial=-1)) + 1
    order = np.lexsort((places.node, places.position, places.document))
    document, node = places.document[order], places.node[order]
    forwards = np.zeros(count, dtype=np.int64)
    backwards = np.zeros(count, dtype=np.int64)
    _count_neighbours(document, node, nodes, forwards, backwards)
    _count_answers(document, node, nodes, forwards, backwards)
    exceptions = (forwards + backwards) * EXCEPTIONS
    return np.where(backwards <= exceptions, 1, np.where(forwards <= exceptions, -1, 0))


def _count_neighbours(document: Ints, node: Ints, nodes: Nodes, forwards: Ints, backwards: Ints) -> None:
    """Add the pairs of neighbours, those without a time left out, that speak for either direction."""
    timed = np.isfinite(nodes.times.ends[node])
    document, node = document[timed], node[timed]
    same = document[1:] == document[:-1]
    one, other, document = node[:-1][same], node[1:][same], document[1:][same]
    own = nodes.author[one] == nodes.author[other]
    for count, first, second in ((forwards, one, other), (backwards, other, one)):
        found = nodes.times.surely_newer(second, first) | (own & nodes.times.later(second, first))
        np.add.at(count, document, found)


def _count_answers(document: Ints, node: Ints, nodes: Nodes, forwards: Ints, backwards: Ints) -> None:
    """Add the answers that stand behind, or before, the one tweet by whom they answer."""
    present = _in_document(document, nodes.author[node])
    authors, first, counts = np.unique(present, return_index=True, return_counts=True)
    answers = np.flatnonzero((nodes.named[node] > 0) & (nodes.named[node] != nodes.author[node]))
    asked = _in_document(document[answers], nodes.named[node[answers]])
    place = np.minimum(np.searchsorted(authors, asked), max(0, len(authors) - 1))
    once: Flags = (authors[place] == asked) & (counts[place] == 1) if len(authors) else np.zeros(0, dtype=bool)
    np.add.at(forwards, document[answers], once & (first[place] < answers))
    np.add.at(backwards, document[answers], once & (first[place] > answers))


def _in_document(document: Ints, author: Codes) -> Codes:
    """One number for an author in a document."""
    return author ^ (document.astype(np.uint64) * _MIX)
