"""``tweetrecon redact``: removal on request."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.inputs import lines_of
from tweetrecon.redaction import redact


@verb(
    "redact",
    "echo 1455779943668518913 | tweetrecon redact archive --ids -",
    "echo @nordkai_port | tweetrecon redact archive --usernames -",
)
@click.argument("dataset", metavar="OUT")
@click.option("--ids", metavar="FILE", help="Tweets by id, address or key, one a line; - for standard input.")
@click.option("--usernames", metavar="FILE", help="Accounts, one a line: all tweets by them, and their handles.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(dataset: str, ids: str | None, usernames: str | None, as_json: bool, quiet: bool) -> None:
    """Take tweets out of a dataset, and keep them out.

    Their text, name and handle are removed from every table, with the prose around them, retweets of their text and
    the titles that repeat it. A tombstone stays: the id, the time, what the tweet refers to, and the flag `redacted`.

    The list is kept in the dataset, as digests. Later runs into it, also with --overwrite, and datasets merged from it
    leave out the same. The inputs themselves are not touched; exports made before are to be deleted by hand.
    """
    if ids is None and usernames is None:
        raise click.UsageError("Say what: --ids FILE or --usernames FILE.", click.get_current_context())
    found = redact(Path(dataset), lines_of(ids) if ids else (), lines_of(usernames) if usernames else ())
    if as_json:
        click.echo(json.dumps(found._asdict()))
    places = f"{counted(found.sightings, 'sighting')} in {counted(found.documents, 'document')}"
    say(f"{places} redacted; later runs into {dataset} leave out the same", quiet=quiet)
