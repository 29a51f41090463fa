"""``tweetrecon hydrate``: complete a dataset with tweets from archives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from tweetrecon import readers
from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.ending import SOME_REJECTED
from tweetrecon.hydration import Hydrated, Step, hydrate
from tweetrecon.hydration.online import Resolved, resolve
from tweetrecon.hydration.report import Report, Verdicts, report
from tweetrecon.online.answer import Answer, Availability
from tweetrecon.online.cache import Cache, default_folder
from tweetrecon.online.client import Client
from tweetrecon.online.resolvers import RESOLVERS
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
@click.option(
    "--online", type=click.Choice(list(RESOLVERS)), help="Then ask this service for cited tweets still missing."
)
@click.option("--cache", metavar="DIR", help="Where answers of services are kept [default: ~/.cache/tweetrecon].")
@click.option("--report", "wants_report", is_flag=True, help="Tell what archives closed, confirmed and refuted.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures on standard output, as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(  # noqa: PLR0913 - one for each option
    *,
    dataset: str,
    dumps: tuple[str, ...],
    context: int,
    online: str | None,
    cache: str | None,
    wants_report: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Complete a dataset with tweets from archives that you hold.

    Only what matters is taken: the tweets that documents cite, what those answer, their authors' self-threads, and the
    sources of retweets and quotes. Tweets known without an id are recognised by author, day and text. The threads are
    rebuilt: references that archives state take the place of those that were concluded.

    DUMP is JSON lines or JSON of snscrape, twscrape, twarc, API v1.1 or v2, a grab of the stream, saved answers of
    Twitter's services, or a personal archive; also compressed, in tar or zip. Dumps searched before are not read again.

    With --online, and with nothing else in tweetrecon, the network is used: the service named is asked for the tweets
    that documents cite and no archive told of, one a second at most. Its answers are kept, so that it is asked once.
    """
    if not (dumps or online or wants_report):
        raise click.UsageError("Say what to do: --from DUMP, --online, or --report.", click.get_current_context())
    out, done, resolved = Path(dataset), None, None
    silent = quiet or as_json
    if dumps:
        sources = readers.find(dumps, options=Options(format="jsonl")).sources  # any file of a folder is one
        done = hydrate(out, sources, context, lambda step: _tell(step, quiet=silent))
        if not done.steps:
            say("nothing new: all of these dumps were searched before, for all that the dataset lacks", quiet=silent)
        if done.rejected:
            refused = counted(done.rejected, "record")
            say(f"{refused} could not be read as tweets; the table rejects tells which and why", quiet=silent)
    if online:
        resolved = _asked(out, online, Path(cache) if cache else default_folder(), quiet=silent)
    told = report(open_dataset(out)) if wants_report else None
    if as_json:
        click.echo(json.dumps(_facts(done, resolved, told)))
    elif told and not quiet:
        click.echo("\n".join(_lines(told)))
    return SOME_REJECTED if (done and done.rejected) or (resolved and resolved.unknown) else 0


def _asked(out: Path, name: str, folder: Path, *, quiet: bool) -> Resolved:
    resolver = RESOLVERS[name]
    get = Client(hosts=resolver.hosts).get
    done = resolve(out, resolver, Cache(folder, name), get, lambda a: _tell_answer(a, quiet=quiet))
    counts = ", ".join(f"{number:,} {what.replace('_', ' ')}" for what, number in done._asdict().items())
    say(f"{name}: {counts}", quiet=quiet)
    return done


def _tell_answer(answer: Answer, *, quiet: bool) -> None:
    if answer.availability is Availability.UNKNOWN:
        say(f"{answer.tweet_id}: {answer.reason}", quiet=quiet)


def _tell(step: Step, *, quiet: bool) -> None:
    size, tally = f"{step.bytes / 1e6:,.1f} MB, " if step.bytes else "", step.tally
    what = f"{size}{counted(tally.seen, 'record')}, {counted(step.sightings, 'sighting')} taken"
    parts = f"{tally.taken:,} used, {tally.refused:,} refused, {tally.unrelated:,} of other tweets"
    say(f"{step.source.uri}: {what} ({parts}, {tally.passed_over:,} passed over)", quiet=quiet)


def _facts(done: Hydrated | None, resolved: Resolved | None, told: Report | None) -> dict[str, object]:
    facts: dict[str, object] = {}
    if done:
        facts |= {"dumps_read": len({s.source.uri for s in done.steps}), "readings": len(done.steps)}
        facts["records"] = [{"dump": step.source.uri, **asdict(step.tally)} for step in done.steps]
        facts |= {"sightings_taken": sum(s.sightings for s in done.steps), "rejected": done.rejected}
    if resolved:
        facts["online"] = resolved._asdict()
    if told:
        facts |= told._asdict() | {"rules": {rule: verdicts._asdict() for rule, verdicts in told.rules.items()}}
    return facts


def _lines(told: Report) -> Iterator[str]:
    """The report in words."""
    yield f"{told.tweets_archived:,} of {counted(told.tweets_cited, 'cited tweet')} in archives"
    yield f"  known without an id before: {told.tweets_identified:,}; unavailable: {told.tweets_unavailable:,}"
    yield f"{told.gaps_closed:,} of {counted(told.gaps_before, 'gap')} closed; {told.gaps_after:,} now"
    yield f"of what was concluded: {_in_words(told)}"
    yield from (f"  {rule}: {_in_words(verdicts)}" for rule, verdicts in told.rules.items())


def _in_words(told: Report | Verdicts) -> str:
    return f"{told.confirmed:,} confirmed, {told.refuted:,} refuted, {told.untold:,} untold"
