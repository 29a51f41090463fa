"""``tweetrecon explain``: one document, step by step; one tweet of a dataset, and why it is as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from tweetrecon import extraction, readers
from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.ending import NOTHING_READ, SOME_REJECTED
from tweetrecon.cli.inputs import reading_options, requested
from tweetrecon.cli.narrative import narrative
from tweetrecon.cli.why import lines, why
from tweetrecon.extraction import Explanation
from tweetrecon.model import Document, Outcome, Reject
from tweetrecon.schema import as_dict
from tweetrecon.store import is_dataset, open_dataset


@verb(
    "explain",
    "tweetrecon explain samples/harbour-flood.html",
    "tweetrecon explain archive 1455801958316118020",
    "tweetrecon explain samples --json | head -n 1",
)
@reading_options
@click.option("--key", metavar="KEY", help="Only the record with this key (the column `source_key`).")
@click.option("-n", "--number", type=click.IntRange(min=1), default=10, help="Explain at most so many documents [10].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a document.")
def command(key: str | None, number: int, as_json: bool, **reading: Any) -> int:
    """Show what was found in a document, and why; or, of a dataset, why it says what it says of a tweet.

    Of a document, printed are the forms called and where, the embeds read there, the sightings made of them, and
    everything that was refused or weakened, with the reason. Takes the same inputs as `tweetrecon run`, and writes
    nothing.

    Where the first INPUT is a dataset, the others are tweets in it (id, address or key). Printed are a tweet's
    sightings and how each was found to be of it, what each field was taken from, and for each edge its rule, its
    evidence and its rivals.
    """
    first, *rest = reading["inputs"] or ("",)
    if is_dataset(Path(first)):
        return _explain_tweets(Path(first), rest, as_json=as_json)
    request = requested(**reading)
    items = [item for source in request.inputs.sources for item in readers.read_source(source, request.options)]
    documents = [d for d in items if isinstance(d, Document) and key in {None, d.source_key}]
    for document in documents[:number]:
        found = extraction.explain(document)
        early = [item for item in items if isinstance(item, Reject) and item.document_id == document.document_id]
        rejects = [*early, *found.detection.rejects, *found.resolution.rejects]
        click.echo(_as_json(found, rejects) if as_json else "\n".join(narrative(found, rejects)))
    if len(documents) > number:
        say(f"{counted(len(documents) - number, 'more document')}: name one with --key, or raise -n")
    if not documents:
        say("nothing matched: no documents here, or none with this key; check the path")
        return NOTHING_READ
    return SOME_REJECTED if any(d.outcome is Outcome.REJECTED for d in documents[:number]) else 0


def _explain_tweets(path: Path, tweets: list[str], *, as_json: bool) -> int:
    if not tweets:
        raise click.UsageError(f"Name a tweet of the dataset {path}.", click.get_current_context())
    dataset = open_dataset(path)
    for tweet in tweets:
        found = why(dataset, tweet)
        told = orjson.dumps(found._asdict(), option=orjson.OPT_UTC_Z).decode() if as_json else "\n".join(lines(found))
        click.echo(told)
    return 0


def _as_json(found: Explanation, rejects: list[Reject]) -> str:
    passed = set(found.trace.passed_over)
    told = {
        "document": as_dict(found.detection.document),
        "anchors": [
            {"form": form, "xpath": xpath, "passed_over": (form, xpath) in passed} for form, xpath in found.trace.fired
        ],
        "sightings": [as_dict(sighting) for sighting in found.resolution.sightings],
        "rejects": [as_dict(reject) for reject in rejects],
    }
    return orjson.dumps(told).decode()
