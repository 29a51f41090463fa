"""Threads as they are told: each tweet in its place, what is missing in between, times in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tweetrecon.interop.export import Load, Row
from tweetrecon.model import Precision

_TIMES = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%B %Y",
    Precision.DAY: "%-d %B %Y",
    Precision.HOUR: "%-d %B %Y, about %H h UTC",
    Precision.MINUTE: "%-d %B %Y, %H:%M UTC",
}


def threads(load: Load) -> Iterator[Row]:
    """The rows of the table, a thousand in memory at a time."""
    for batch in load("threads").to_batches(max_chunksize=1000):
        yield from batch.to_pylist()


def walk(thread: Row) -> Iterator[tuple[Literal["tweet", "gap"], Row]]:
    """The tweets of a thread in order, each before the gaps that follow it."""
    gaps = thread["gaps"]
    yield from (("gap", gap) for gap in gaps if gap["after_position"] is None)
    for tweet in thread["tweets"]:
        yield "tweet", tweet
        yield from (("gap", gap) for gap in gaps if gap["after_position"] == tweet["position"])


def when(tweet: Row) -> str:
    """The time of a tweet, as exactly as it is known, in words."""
    time = tweet["created_at"]
    layout = _TIMES.get(tweet["created_at_precision"], "%-d %B %Y, %H:%M:%S UTC")
    return time.strftime(layout) if time else "date unknown"
