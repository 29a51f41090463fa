"""The command line: one module a verb, each loaded when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from tweetrecon import __version__
from tweetrecon.errors import ConfigurationError, OutputError, TweetreconError

VERBS = {
    "run": "Find tweets in articles and rebuild their threads: the main job.",
    "capture": "Find tweets in articles; no threads yet.",
    "reconstruct": "Rebuild threads from captured sightings.",
    "show": "Show threads as cards.",
    "hydrate": "Complete a dataset with tweets from archives that you hold.",
    "export": "Write a dataset in the format of another tool.",
    "verify": "Check that a dataset is whole and as it was written.",
    "redact": "Take tweets out of a dataset, and keep them out.",
    "explain": "Show what was found in an input, and what was refused; or why a tweet is as it is.",
    "forms": "List the ways in which a tweet can stand in a page.",
    "schema": "Describe the tables and their columns.",
    "demo": "Run the main job on the samples that come with the program.",
}
"""Verb → its one line. The module of the same name holds the command ``command``."""

CONFIGURATION = Path("tweetrecon.toml")

_HELP = """Find tweets embedded in archived articles and rebuild their threads, offline.

Options may also be given as environment variables (TWEETRECON_FORMAT=html) or in tweetrecon.toml, under the name of the
command ([run] format = "html"). The command line comes first, then the environment, then the file.

Exit codes: 0 all was read; 1 a defect of tweetrecon; 2 wrong use; 3 finished, but some inputs were rejected;
4 nothing to read; 5 the output cannot be written; 6 `verify` found faults; 130 interrupted: run it again to go on.
"""

_EPILOG = """\b
Examples:
  tweetrecon demo
  tweetrecon run articles/ -o archive
  tweetrecon show archive
"""


class _Verbs(click.Group):
    """Commands that are imported when they are called, so that ``--help`` and ``--version`` stay fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"tweetrecon.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs,
    help=_HELP,
    epilog=_EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="tweetrecon %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Print the help page where no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; ``args`` default to those of the process."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # tweets hold letters that a terminal's charset may lack
    sys.exit(_status(list(sys.argv[1:] if args is None else args)))


def _status(args: list[str]) -> int:
    """Run and turn everything that can end a command into an exit code and at most one line."""
    try:
        with group.make_context("tweetrecon", args, default_map=_configured()) as ctx:
            code = group.invoke(ctx)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        code = end.exit_code
    except BrokenPipeError:
        _silence_stdout()
        code = 0
    except (click.UsageError, TweetreconError, click.Abort, KeyboardInterrupt) as error:
        message, code = _explained(error)
        click.echo(f"tweetrecon: {message}", err=True)
    return code if isinstance(code, int) else 0


def _explained(error: BaseException) -> tuple[str, int]:
    """One line and the exit code."""
    if isinstance(error, click.UsageError):
        return f"{error.format_message()} See `{_help_of(error.ctx)} --help`.", 2
    if isinstance(error, TweetreconError):
        return str(error), 5 if isinstance(error, OutputError) else 2
    return "interrupted; run the same command again to go on", 130


def _help_of(ctx: click.Context | None) -> str:
    return ctx.command_path if ctx else "tweetrecon"


def _silence_stdout() -> None:
    """The reader of our output has left (``… | head``): nothing that is still buffered may fail when Python ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _configured() -> dict[str, Any]:
    """Defaults from the configuration file of the present folder."""
    try:
        text = CONFIGURATION.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{CONFIGURATION}: cannot be read ({error}); mend or remove it") from error
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{CONFIGURATION}: {error}; mend or remove it") from error
    unknown = [name for name, value in sections.items() if name not in VERBS or not isinstance(value, dict)]
    if unknown:
        raise ConfigurationError(f"{CONFIGURATION}: unknown section {unknown[0]!r}; sections are {', '.join(VERBS)}")
    return sections
