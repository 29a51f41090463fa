"""``tweetrecon export``: a dataset in the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.inputs import STDIO
from tweetrecon.errors import OutputError
from tweetrecon.interop.targets import EXCEL_SAFE, TARGETS
from tweetrecon.store import open_dataset

_BY_NAME = {target.name: target for target in TARGETS}


@verb(
    "export",
    "tweetrecon export archive --to csv -o tweets.csv",
    "tweetrecon export archive --to snscrape | head -n 1",
    "tweetrecon export archive --to ids -o ids.txt",
)
@click.argument("dataset", metavar="OUT")
@click.option("--to", "name", type=click.Choice(list(_BY_NAME)), required=True, help="The format.")
@click.option("-o", "--output", metavar="FILE", default=STDIO, help="File to write [default: standard output].")
@click.option("--excel-safe", is_flag=True, help="csv: mark cells that a spreadsheet would run or round.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(dataset: str, name: str, output: str, excel_safe: bool, quiet: bool) -> None:
    """Write a dataset in the format of another tool.

    jsonl and csv hold every tweet with what it refers to; csv is faithful unless made --excel-safe. twarc-csv, snscrape
    and ids hold the tweets whose ids are known, and only references that a source states. markdown holds the threads.
    """
    if excel_safe and name != EXCEL_SAFE.name:
        raise click.UsageError("--excel-safe is for --to csv.", click.get_current_context())
    opened = open_dataset(Path(dataset))
    target = EXCEL_SAFE if excel_safe else _BY_NAME[name]
    with _opened(output) as file:
        for text in target.write(opened.table):
            file.write(text.encode("utf-8"))
    if not target.whole and (without := opened.tweets["tweet_id"].null_count):
        say(f"{counted(without, 'tweet')} without an id left out", quiet=quiet)


@contextmanager
def _opened(output: str) -> Iterator[BinaryIO]:
    if output == STDIO:
        yield sys.stdout.buffer
        return
    try:
        with Path(output).open("wb") as file:
            yield file
    except OSError as error:
        raise OutputError(f"{output}: {error.strerror}; choose another file") from error
