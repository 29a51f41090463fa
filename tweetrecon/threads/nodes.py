"""Tweets by number: their keys found again, and as arrays what all of them are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tweetrecon.model import Precision, TimeSource
from tweetrecon.spill import code
from tweetrecon.threads.posts import WIDTH, Post

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

STEP = 100_000


def codes(texts: Sequence[str | None]) -> Codes:
    """Texts as numbers."""
    return np.fromiter((code(text) for text in texts), np.uint64, len(texts))


class Keys:
    """The keys of all tweets, sorted, and where each stands."""

    def __init__(self, keys: pa.Array[pa.StringScalar]) -> None:
        self._keys = keys
        steps = range(0, max(1, len(keys)), STEP)
        found = np.concatenate([codes(keys[start : start + STEP].to_pylist()) for start in steps])
        self._order = np.argsort(found)
        self._codes = found[self._order]

    def __len__(self) -> int:
        return len(self._keys)

    def of(self, nodes: Ints) -> list[str]:
        """The keys of some tweets."""
        return [str(key) for key in self._keys.take(nodes).to_pylist()]

    def nodes(self, keys: Sequence[str | None]) -> Ints:
        """The numbers of the tweets with these keys, -1 where there is none."""
        if not len(self) or not keys:
            return np.full(len(keys), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self._codes, codes(keys)), len(self) - 1)
        found = self._order[place]
        same = [one == other for one, other in zip(self.of(found), keys, strict=True)]
        return np.where(same, found, -1)


class Times(NamedTuple):
    """When each tweet was sent: first second (nan: not known), seconds of uncertainty, whether that is but a bound."""

    start: Floats
    width: Floats
    bounded: Flags

    def surely_newer(self, one: Ints, other: Ints) -> Flags:
        """As `posts.surely_newer`, for pairs of tweets."""
        found: Flags = (self.start[one] > self.start[other] + self.width[other]) & ~self.bounded[one]
        return found

    def later(self, one: Ints, other: Ints) -> Flags:
        """Whether the times as stated put ``one`` after ``other``; time zones may have shifted a day."""
        begun = self.start[one] > self.start[other]
        found: Flags = begun & (self.start[one] >= self.start[other] + self.width[other]) & ~self.bounded[one]
        return found

    @property
    def ends(self) -> Floats:
        """As `Post.end`."""
        return np.where(self.bounded | np.isnan(self.start), np.inf, self.start)


def times(tweets: pa.Table) -> Times:
    """Those of rows of ``tweets``."""
    since = tweets["created_at"].cast(pa.int64()).to_numpy(zero_copy_only=False)
    width = [
        WIDTH.get(Precision(precision), 0.0) if precision else 0.0
        for precision in tweets["created_at_precision"].to_pylist()
    ]
    bounded = [source == TimeSource.RETWEET_BOUND for source in tweets["created_at_source"].to_pylist()]
    return Times(since.astype(np.float64) / 1e6, np.array(width, dtype=np.float64), np.array(bounded, dtype=bool))


class Nodes:
    """All tweets that `reconcile` found, filled partition by partition."""

    def __init__(self, count: int) -> None:
        self.times = Times(np.full(count, np.nan), np.zeros(count), np.zeros(count, dtype=bool))
        self.author = np.zeros(count, dtype=np.uint64)
        self.named = np.zeros(count, dtype=np.uint64)
        """Whom its text names first."""
        self.number = np.full(count, -1, dtype=np.int64)
        self.total = np.full(count, -1, dtype=np.int64)

    def set_times(self, start: int, found: Times) -> None:
        """Note the times of the tweets from number ``start`` on."""
        for mine, theirs in zip(self.times, found, strict=True):
            mine[start : start + len(theirs)] = theirs

    def add(self, posts: Sequence[Post]) -> None:
        """Note what the texts of some tweets say."""
        nodes = np.array([post.node for post in posts], dtype=np.int64)
        self.author[nodes] = codes([post.username for post in posts])
        self.named[nodes] = codes([post.leading[0] if post.leading else None for post in posts])
        self.number[nodes] = [-1 if post.number is None else post.number for post in posts]
        self.total[nodes] = [-1 if post.total is None else post.total for post in posts]

    def lagging_ends(self, by: int) -> Floats:
        """For each tweet the `Times.ends` of its author's tweet that many before it, -inf where there is none."""
        ends = self.times.ends
        order = np.lexsort((ends, self.author))  # of equal ends the first in order of keys
        author, sorted_ends = self.author[order], ends[order]
        lagging = np.full(len(order), -np.inf)
        has = author[by:] == author[:-by]
        lagging[by:][has] = sorted_ends[:-by][has]
        found = np.empty_like(lagging)
        found[order] = lagging
        return found
