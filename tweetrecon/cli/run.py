"""``tweetrecon run``: both acts."""

from __future__ import annotations

from typing import Any

from tweetrecon import pipeline
from tweetrecon.cli.command import verb
from tweetrecon.cli.inputs import reading_options
from tweetrecon.cli.writing import execute, writing_options


@verb(
    "run",
    "tweetrecon run samples -o archive",
    "tweetrecon run samples/harbour-flood.html samples/east-of-the-river.txt -o two --json",
    "cat samples/harbour-flood.html | tweetrecon run - -o - | head -n 1",
)
@reading_options
@writing_options
def command(**given: Any) -> int:
    """Find tweets in articles and rebuild their threads.

    INPUT is a file, a folder, a pattern in quotes, or - for standard input: web pages, plain text, Markdown, web
    archives (WARC, WET, ARC, WACZ), zip and tar, saved messages (MHTML), feeds, and corpora with a column `html` or
    `text` (JSON lines, CSV, Parquet, Arrow), also compressed. The format is told by content, then by name.

    The result is a folder of Parquet tables; `tweetrecon schema` describes them. With -o - the threads go to standard
    output instead, as JSON lines.
    """
    return execute(pipeline.run, "threads", **given)
