"""What the verbs share that read inputs and write a dataset: `run`, `capture`, `demo`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

import click

from tweetrecon import readers
from tweetrecon.cli.command import counted, listed, options, say
from tweetrecon.errors import InputError
from tweetrecon.readers import Inputs, Options

STDIO = "-"


class Request(NamedTuple):
    """What to read, and how."""

    inputs: Inputs
    options: Options


reading_options = options(
    click.argument("inputs", nargs=-1, metavar="INPUT..."),
    click.option("--files-from", metavar="LIST", help="Read further inputs from LIST, one path a line."),
    click.option(
        "--format",
        "format",
        type=click.Choice([reader.name for reader in readers.READERS]),
        help="Take every input for this format instead of finding out.",
    ),
    click.option("--html-field", metavar="NAME", help="Field of JSON records that holds the markup."),
    click.option("--text-field", metavar="NAME", help="Field of JSON records that holds the text."),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=readers.DEFAULTS.max_bytes,
        show_default=True,
        help="Largest size of one document.",
    ),
)


def requested(inputs: tuple[str, ...], files_from: str | None, **how: Any) -> Request:
    """The request that the options of :data:`reading_options` state."""
    paths = [*inputs, *(lines_of(files_from) if files_from else ())]
    if not paths:
        raise click.UsageError(
            "Nothing to read: name files, folders, or - for standard input.", click.get_current_context()
        )
    chosen = Options(**how)
    return Request(readers.find(paths, options=chosen), chosen)


def lines_of(path: str) -> list[str]:
    """The lines of a list, or of standard input, that hold anything. Raises InputError."""
    try:
        text = sys.stdin.read() if path == STDIO else Path(path).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path") from error
    return [line for line in text.splitlines() if line.strip()]


def tell_skipped(inputs: Inputs, *, quiet: bool) -> None:
    """Say which files of folders were passed over, so that none goes unnoticed."""
    if inputs.skipped:
        files = counted(len(inputs.skipped), "file")
        say(f"{files} passed over, no articles by name or content: {listed(inputs.skipped)}", quiet=quiet)


def list_sources(request: Request) -> None:
    """For ``--dry-run``: the URI of each source on standard output."""
    for source in request.inputs.sources:
        click.echo(source.uri)
