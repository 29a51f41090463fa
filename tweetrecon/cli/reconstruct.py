"""``tweetrecon reconstruct``: act 2 alone."""

from __future__ import annotations

from pathlib import Path

import click

from tweetrecon import pipeline
from tweetrecon.cli.command import verb
from tweetrecon.cli.ending import end
from tweetrecon.cli.inputs import STDIO
from tweetrecon.cli.jsonl import print_rows
from tweetrecon.cli.writing import talking_options


@verb(
    "reconstruct",
    "tweetrecon capture samples -o sightings && tweetrecon reconstruct sightings",
    "tweetrecon reconstruct archive -o - | head -n 1",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o", "--output", metavar="OUT", help="Folder to write, or - for standard output [default: the one dataset given]."
)
@click.option("--overwrite", is_flag=True, help="Replace a dataset made from other sources.")
@talking_options
def command(sources: tuple[str, ...], output: str | None, overwrite: bool, as_json: bool, quiet: bool) -> int:
    """Rebuild tweets and threads from sightings.

    SOURCE is a dataset that `tweetrecon capture` or `run` wrote, or a file of JSON lines with the columns of the table
    `sightings` (`tweetrecon schema sightings`), - for standard input; columns that a line lacks are null. Several are
    merged.
    """
    out = _output(sources, output)
    summary = pipeline.reconstruct([_path(s) for s in sources], out, overwrite=overwrite)
    if out is None:
        print_rows(summary.dataset.table("threads"))
    return end(summary, quiet=quiet, as_json=as_json and out is not None)


def _path(source: str) -> Path:
    return Path("/dev/stdin" if source == STDIO else source)


def _output(sources: tuple[str, ...], output: str | None) -> Path | None:
    if output is not None:
        return None if output == STDIO else Path(output)
    if len(sources) > 1 or not Path(sources[0]).is_dir():
        raise click.UsageError("Say where to write: -o OUT.", click.get_current_context())
    return Path(sources[0])
