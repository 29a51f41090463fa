"""``tweetrecon hydrate``: complete a dataset with tweets from archives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from tweetrecon import readers
from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.ending import SOME_REJECTED
from tweetrecon.hydration import Hydrated, Step, hydrate
from tweetrecon.hydration.report import Report, Verdicts, report
from tweetrecon.readers import Options
from tweetrecon.store import open_dataset


@verb(
    "hydrate",
    "tweetrecon hydrate archive --report",
    "tweetrecon export archive --to snscrape -o tweets.jsonl && tweetrecon hydrate archive --from tweets.jsonl",
)
@click.argument("dataset", metavar="OUT")
@click.option(
    "--from", "dumps", metavar="DUMP", multiple=True, help="Tweet archive: a file, folder or pattern; again for more."
)
@click.option(
    "--context", type=click.IntRange(min=0), default=0, help="Take what is up to N answers away, too.", metavar="N"
)
@click.option("--report", "wants_report", is_flag=True, help="Tell what archives closed, confirmed and refuted.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures on standard output, as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(dataset: str, dumps: tuple[str, ...], context: int, wants_report: bool, as_json: bool, quiet: bool) -> int:
    """Complete a dataset with tweets from archives that you hold.

    Only what matters is taken: the tweets that documents cite, what those answer, their authors' self-threads, and the
    sources of retweets and quotes. Tweets known without an id are recognised by author, day and text. The threads are
    rebuilt: references that archives state take the place of those that were concluded.

    DUMP is JSON lines or JSON of snscrape, twscrape, twarc, API v1.1 or v2, a grab of the stream, saved answers of
    Twitter's services, or a personal archive; also compressed, in tar or zip. Dumps searched before are not read again.
    """
    if not (dumps or wants_report):
        raise click.UsageError("Say what to read: --from DUMP, or --report.", click.get_current_context())
    out, done = Path(dataset), None
    if dumps:
        sources = readers.find(dumps, options=Options(format="jsonl")).sources  # any file of a folder is one
        done = hydrate(out, sources, context, lambda step: _tell(step, quiet=quiet or as_json))
    told = report(open_dataset(out)) if wants_report else None
    if as_json:
        click.echo(json.dumps(_facts(done, told)))
    if told:
        _print(told, quiet=quiet or as_json)
    return SOME_REJECTED if done and done.rejected else 0


def _tell(step: Step, *, quiet: bool) -> None:
    size = f"{step.bytes / 1e6:,.1f} MB, " if step.bytes else ""
    say(
        f"{step.source.uri}: {size}{counted(step.records, 'record')}, {counted(step.sightings, 'sighting')} taken",
        quiet=quiet,
    )


def _facts(done: Hydrated | None, told: Report | None) -> dict[str, object]:
    facts: dict[str, object] = {}
    if done:
        facts |= {"dumps_read": len({s.source.uri for s in done.steps}), "readings": len(done.steps)}
        facts |= {"sightings_taken": sum(s.sightings for s in done.steps), "rejected": done.rejected}
    if told:
        facts |= told._asdict() | {"rules": {rule: verdicts._asdict() for rule, verdicts in told.rules.items()}}
    return facts


def _print(told: Report, *, quiet: bool) -> None:
    say("\n".join(_lines(told)), quiet=quiet)


def _lines(told: Report) -> Iterator[str]:
    """The report in words."""
    yield f"{told.tweets_archived:,} of {counted(told.tweets_cited, 'cited tweet')} in archives"
    yield f"  known without an id before: {told.tweets_identified:,}; unavailable: {told.tweets_unavailable:,}"
    yield f"{told.gaps_closed:,} of {counted(told.gaps_before, 'gap')} closed; {told.gaps_after:,} now"
    yield f"of what was concluded: {_in_words(told)}"
    yield from (f"  {rule}: {_in_words(verdicts)}" for rule, verdicts in told.rules.items())


def _in_words(told: Report | Verdicts) -> str:
    return f"{told.confirmed:,} confirmed, {told.refuted:,} refuted, {told.untold:,} untold"
