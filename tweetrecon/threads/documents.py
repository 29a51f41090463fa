"""In which direction documents show tweets: oldest first, newest first, or in no order of time.

Page order is a weak witness: timelines run backwards, articles quote as they please. What the dates, the numbers and
the answers in a document prove decides how far its order may be believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tweetrecon.threads.posts import Post, surely_newer

EXCEPTIONS = 0.2
"""A document keeps its direction in spite of this share of neighbours that stand the other way round."""


class Direction(NamedTuple):
    """How many neighbouring pairs prove that a document runs with the time, and how many that it runs against it."""

    forwards: int = 0
    backwards: int = 0

    @property
    def sign(self) -> int:
        """1 oldest first (also when nothing tells), -1 newest first, 0 no order."""
        exceptions = (self.forwards + self.backwards) * EXCEPTIONS
        if self.backwards <= exceptions:
            return 1
        return -1 if self.forwards <= exceptions else 0


def directions(posts: Iterable[Post]) -> dict[str, Direction]:
    """The direction of every document, from the order of neighbours whose order in time is certain."""
    documents: dict[str, list[tuple[int, Post]]] = defaultdict(list)
    for post in posts:
        for place in post.places:
            documents[place.document_id].append((place.position, post))
    return {document: _direction(sorted(members, key=lambda m: m[0])) for document, members in documents.items()}


def _direction(members: Sequence[tuple[int, Post]]) -> Direction:
    forwards = backwards = 0
    timed = [post for _, post in members if post.time is not None and not post.bounded]
    for one, other in pairwise(timed):
        forwards += surely_newer(other, one)
        backwards += surely_newer(one, other)
    first: dict[str, int] = {}
    for rank, (_, post) in enumerate(members):
        first.setdefault(post.username, rank)
    once = _appearing_once([post for _, post in members])
    for rank, (_, post) in enumerate(members):
        answered = post.leading[0] if post.leading else None
        if answered in once and answered != post.username:
            forwards += first[answered] < rank
            backwards += first[answered] > rank
    return Direction(forwards, backwards)


def _appearing_once(posts: Iterable[Post]) -> set[str]:
    counts: dict[str, int] = defaultdict(int)
    for post in posts:
        counts[post.username] += 1
    return {name for name, count in counts.items() if count == 1}


class Order:
    """Answers how two posts follow each other in the documents that show both."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self._directions: Mapping[str, Direction] = directions(posts)

    def steps(self, earlier: Post, later: Post) -> tuple[int, int] | None:
        """``(steps, sign)`` from one to the other in a shared document, read in its direction; None without one.

        Steps are negative when the document shows them the other way round; sign 0 says that its order proves nothing.
        """
        best = None
        where = dict(earlier.places)
        for place in later.places:
            if place.document_id in where:
                sign = self._directions[place.document_id].sign
                found = ((place.position - where[place.document_id]) * (sign or 1), sign)
                if best is None or (-abs(found[1]), abs(found[0])) < (-abs(best[1]), abs(best[0])):
                    best = found
        return best
