"""``tweetrecon demo``: the main job on the samples."""

from __future__ import annotations

from pathlib import Path

import click

import tweetrecon
from tweetrecon import pipeline, readers
from tweetrecon.cli.command import say, verb
from tweetrecon.cli.ending import end
from tweetrecon.cli.show import show
from tweetrecon.errors import InputError

_PACKAGE = Path(tweetrecon.__file__).parent
_PLACES = (_PACKAGE / "_samples", _PACKAGE.parent / "samples")
"""Where the samples are: in an installed package, and in a checkout."""


@verb("demo", "tweetrecon demo", "tweetrecon demo -o my-first-archive --quiet")
@click.option("-o", "--output", metavar="OUT", default="tweetrecon-demo", show_default=True, help="Folder to write.")
@click.option("-q", "--quiet", is_flag=True, help="Print the threads alone.")
def command(output: str, quiet: bool) -> int:
    """Run the main job on the samples that come with the program, and show the threads."""
    samples = _samples()
    say(f"tweetrecon run {samples} -o {output}\n", quiet=quiet)
    summary = pipeline.run(readers.find([samples]), Path(output))
    show(summary.dataset, summary.dataset.threads)
    code = end(summary, quiet=quiet, as_json=False)
    say(
        f"\nThe tables are Parquet files in {output}/ (described by `tweetrecon schema`). Look at them again with",
        quiet=quiet,
    )
    say(
        f"`tweetrecon show {output}`, or at one article with `tweetrecon explain {samples / 'harbour-flood.html'}`.",
        quiet=quiet,
    )
    return code


def _samples() -> Path:
    for place in _PLACES:
        if place.is_dir():
            return place
    raise InputError("the samples are not installed; run `tweetrecon run` on articles of your own")
