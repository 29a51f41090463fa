"""``tweetrecon capture``: act 1 alone."""

from __future__ import annotations

from typing import Any

from tweetrecon import pipeline
from tweetrecon.cli.command import verb
from tweetrecon.cli.inputs import reading_options
from tweetrecon.cli.writing import execute, writing_options


@verb(
    "capture",
    "tweetrecon capture samples -o sightings",
    "tweetrecon capture samples/harbour-flood.html -o - | head -n 1",
)
@reading_options
@writing_options
def command(**given: Any) -> int:
    """Find tweets in articles, and write what each place of each article says about them.

    Takes the same inputs as `tweetrecon run`. `tweetrecon reconstruct` makes tweets and threads of the result, also of
    several. With -o - the sightings go to standard output, as JSON lines.
    """
    return execute(pipeline.capture, "sightings", **given)
