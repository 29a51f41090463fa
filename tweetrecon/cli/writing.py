"""The options of verbs that write a dataset, and how such a verb goes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tweetrecon.cli.command import counted, options, say
from tweetrecon.cli.ending import NOTHING_READ, end
from tweetrecon.cli.inputs import STDIO, list_sources, requested, tell_skipped
from tweetrecon.cli.jsonl import print_rows
from tweetrecon.cli.progress import progress
from tweetrecon.pipeline import Settings
from tweetrecon.store import check_output
from tweetrecon.summary import Summary

talking_options = options(
    click.option("--json", "as_json", is_flag=True, help="Print the summary on standard output, as JSON."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
)

output_options = options(
    click.option("-o", "--output", metavar="OUT", required=True, help="Folder to write, or - for standard output."),
    click.option("--overwrite", is_flag=True, help="Begin anew, whatever the folder holds of another run."),
)

writing_options = options(
    output_options,
    click.option(
        "--workers",
        type=click.IntRange(min=0),
        metavar="N",
        help="Processes that look at pages [default: one a core]; with 0 it is done without, and without limits.",
    ),
    click.option("--log-json", is_flag=True, help="Tell the progress as JSON lines on standard error."),
    click.option("--dry-run", is_flag=True, help="Only list what would be read."),
    talking_options,
)


def execute(  # noqa: PLR0913 - one for each option
    work: Callable[..., Summary],
    table: str,
    *,
    output: str,
    overwrite: bool,
    workers: int | None,
    log_json: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    **reading: Any,
) -> int:
    """Find the inputs, do the work, print the end. With ``-o -`` the rows of ``table`` are what is printed."""
    out = None if output == STDIO else Path(output)
    request = requested(**reading)
    tell_skipped(request.inputs, quiet=quiet)
    if not request.inputs.sources:
        say("nothing matched: the folders hold no articles; check the paths, or name the --format", quiet=quiet)
        return NOTHING_READ
    if dry_run:
        if out:
            check_output(out)
        list_sources(request)
        say(f"{counted(len(request.inputs.sources), 'source')} would be read", quiet=quiet)
        return 0
    with progress(request.inputs, quiet=quiet or as_json, log_json=log_json) as watch:
        settings = Settings(
            options=request.options, workers=_cores() if workers is None else workers, overwrite=overwrite, watch=watch
        )
        summary = work(request.inputs, out, settings)
    if out is None:
        print_rows(summary.dataset.table(table))
    return end(summary, quiet=quiet or log_json, as_json=as_json and out is not None)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
