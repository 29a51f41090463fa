"""Export of ids alone, one a line, as tools that fetch tweets by id take them."""

from __future__ import annotations

from collections.abc import Iterator

from tweetrecon.interop.export import Load, Target


def write(load: Load) -> Iterator[str]:
    """The ids of all tweets seen or named."""
    return (f"{tweet_id}\n" for tweet_id in load("tweets")["tweet_id"].to_pylist() if tweet_id)


TARGET = Target("ids", "the ids of all tweets, one a line", write, whole=False)
