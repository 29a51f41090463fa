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
from tweetrecon.interop.export import FileTarget, Sidecar, Target
from tweetrecon.interop.targets import EXCEL_SAFE, FILES, SIDECARS, TARGETS
from tweetrecon.store import Dataset, manifest, open_dataset

_TEXTS = {target.name: target for target in TARGETS}
_FILES = {target.name: target for target in FILES}
_SIDECARS = {sidecar.name: sidecar for sidecar in SIDECARS}


@verb(
    "export",
    "tweetrecon export archive --to csv -o tweets.csv",
    "tweetrecon export archive --to snscrape | head -n 1",
    "tweetrecon export archive --to ids -o ids.txt",
)
@click.argument("dataset", metavar="OUT")
@click.option("--to", "name", type=click.Choice([*_TEXTS, *_FILES, *_SIDECARS]), required=True, help="The format.")
@click.option("-o", "--output", metavar="FILE", default=STDIO, help="File to write [default: standard output].")
@click.option("--excel-safe", is_flag=True, help="csv: mark cells that a spreadsheet would run or round.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(dataset: str, name: str, output: str, excel_safe: bool, quiet: bool) -> None:
    """Write a dataset in the format of another tool.

    jsonl and csv hold every tweet with what it refers to; csv is faithful unless made --excel-safe. twarc-csv, snscrape
    and ids hold the tweets whose ids are known, and only references that a source states. dehydrated tells which
    article cites which tweet where, without texts. markdown and text hold the threads.

    sqlite is one file with all tables and needs -o. croissant and ro-crate describe the dataset to other tools; without
    -o they are written into its folder.
    """
    if excel_safe and name != EXCEL_SAFE.name:
        raise click.UsageError("--excel-safe is for --to csv.", click.get_current_context())
    opened = open_dataset(Path(dataset))
    if name in _SIDECARS:
        _describe(_SIDECARS[name], Path(dataset), output)
    elif name in _FILES:
        _save(_FILES[name], opened, output)
    else:
        _write(EXCEL_SAFE if excel_safe else _TEXTS[name], opened, output, quiet=quiet)


def _write(target: Target, dataset: Dataset, output: str, *, quiet: bool) -> None:
    with _opened(output) as file:
        for text in target.write(dataset.table):
            file.write(text.encode("utf-8"))
    if not target.whole and (without := dataset.tweets["tweet_id"].null_count):
        say(f"{counted(without, 'tweet')} without an id left out", quiet=quiet)


def _save(target: FileTarget, dataset: Dataset, output: str) -> None:
    if output == STDIO:
        raise click.UsageError(f"--to {target.name} writes a file: say which, -o FILE.", click.get_current_context())
    with _reported(output):
        target.save(dataset.table, Path(output))


def _describe(sidecar: Sidecar, folder: Path, output: str) -> None:
    text = sidecar.describe(open_dataset(folder).table, manifest.read(folder).parts, folder.resolve().name)
    with _opened(str(folder / sidecar.file) if output == STDIO else output) as file:
        file.write(text.encode("utf-8"))


@contextmanager
def _opened(output: str) -> Iterator[BinaryIO]:
    if output == STDIO:
        yield sys.stdout.buffer
        return
    with _reported(output), Path(output).open("wb") as file:
        yield file


@contextmanager
def _reported(output: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{output}: {error.strerror}; choose another file") from error
