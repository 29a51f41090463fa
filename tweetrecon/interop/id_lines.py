"""Export of ids alone, one a line, as tools that fetch tweets by id take them."""

from __future__ import annotations

from collections.abc import Iterator

from tweetrecon.interop.export import Load, Target, can_be_named


def write(load: Load) -> Iterator[str]:
    """The ids of all tweets seen or named, but for those that were redacted."""
    rows = load("tweets").select(["tweet_id", "flags"]).to_pylist()
    return (f"{row['tweet_id']}\n" for row in rows if can_be_named(row))


TARGET = Target("ids", "the ids of all tweets, one a line", write, whole=False)
