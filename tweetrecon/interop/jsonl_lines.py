"""Export as JSON lines: the rows of ``tweets``, each with its rows of ``references``."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from tweetrecon.interop.export import Load, Target, posts


def write(load: Load) -> Iterator[str]:
    """One object a tweet; its references stand under ``references``."""
    for post in posts(load):
        row = {**post.tweet, "references": [related.reference for related in post.related.values()]}
        yield orjson.dumps(row, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE).decode()


TARGET = Target("jsonl", "JSON lines: the table `tweets`, each row with its references", write)
