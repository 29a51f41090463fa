"""What all verbs have in common: how they are declared, and how they talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from tweetrecon.cli import CONFIGURATION, VERBS
from tweetrecon.errors import ConfigurationError

Function = Callable[..., Any]


class Verb(click.Command):
    """A command whose options may stand in the environment and in the configuration file, too."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Take defaults from the section of the configuration file, whose keys are the names of options."""
        section = (parent.default_map or {}).get(info_name or "", {}) if parent else {}
        names = {flag.lstrip("-"): p.name for p in self.params for flag in p.opts if isinstance(p, click.Option)}
        unknown = [key for key in section if key not in names]
        if unknown:
            message = (
                f"{CONFIGURATION}: [{info_name}] has no option {unknown[0]!r}; see `tweetrecon {info_name} --help`"
            )
            raise ConfigurationError(message)
        defaults = {names[key]: value for key, value in section.items()}
        return super().make_context(info_name, args, parent, default_map=defaults, **extra)


def verb(name: str, *examples: str) -> Callable[[Function], click.Command]:
    """Declare a verb; the docstring is its help page, which ends in the examples."""
    lines = "".join(f"  {example}\n" for example in examples)
    settings = {"auto_envvar_prefix": "TWEETRECON", "help_option_names": ["-h", "--help"], "max_content_width": 100}
    return click.command(
        name, cls=Verb, short_help=VERBS[name], epilog=f"\b\nExamples:\n{lines}", context_settings=settings
    )


def options(*decorators: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Several options as one decorator, in the order given."""

    def decorate(function: Function) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def say(message: str, *, quiet: bool = False) -> None:
    """Talk to the person: on standard error, so that standard output holds data alone."""
    if not quiet:
        click.echo(message, err=True)


def counted(number: int, noun: str) -> str:
    """``1,204 documents``, ``1 document``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str], limit: int = 3) -> str:
    """``a, b, c and 4 more``."""
    rest = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {rest:,} more" if rest > 0 else "")
