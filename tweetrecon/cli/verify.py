"""``tweetrecon verify``: whether a dataset is what was written."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tweetrecon.cli.command import counted, say, verb
from tweetrecon.store.verify import verify

FAULTY = 6


@verb("verify", "tweetrecon verify archive", "tweetrecon verify archive --json --quiet")
@click.argument("dataset", metavar="OUT")
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON lines.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but faults.")
def command(dataset: str, as_json: bool, quiet: bool) -> int:
    """Check a dataset: every file against its digest in the manifest, and the tables against each other.

    Prints one line for each fault, with the file or table that has it, and ends with 6 if there is any. A file that is
    not as it was written cannot be mended; run the dataset again into a new folder.
    """
    faults = verify(Path(dataset))
    for fault in faults:
        click.echo(json.dumps(fault._asdict(), ensure_ascii=False) if as_json else f"{fault.path}: {fault.problem}")
    say(
        f"{counted(len(faults), 'fault')} in {dataset}" if faults else f"{dataset}: all is as it was written",
        quiet=quiet,
    )
    return FAULTY if faults else 0
