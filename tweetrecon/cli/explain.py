"""``tweetrecon explain``: one document, step by step."""

from __future__ import annotations

from typing import Any

import click
import orjson

from tweetrecon import extraction, readers
from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.ending import NOTHING_READ, SOME_REJECTED
from tweetrecon.cli.inputs import reading_options, requested
from tweetrecon.cli.narrative import narrative
from tweetrecon.extraction import Explanation
from tweetrecon.model import Document, Outcome, Reject
from tweetrecon.schema import as_dict


@verb(
    "explain",
    "tweetrecon explain samples/harbour-flood.html",
    "tweetrecon explain samples/no-tweets.html",
    "tweetrecon explain samples --json | head -n 1",
)
@reading_options
@click.option("--key", metavar="KEY", help="Only the record with this key (the column `source_key`).")
@click.option("-n", "--number", type=click.IntRange(min=1), default=10, help="Explain at most so many documents [10].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a document.")
def command(key: str | None, number: int, as_json: bool, **reading: Any) -> int:
    """Show what was found in a document, and why.

    Printed are the forms called and where, the embeds read there, the sightings made of them, and everything that
    was refused or weakened, with the reason. Takes the same inputs as `tweetrecon run`, and writes nothing.
    """
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


def _as_json(found: Explanation, rejects: list[Reject]) -> str:
    told = {
        "document": as_dict(found.detection.document),
        "anchors": [{"form": form, "xpath": xpath} for form, xpath in found.trace.fired],
        "sightings": [as_dict(sighting) for sighting in found.resolution.sightings],
        "rejects": [as_dict(reject) for reject in rejects],
    }
    return orjson.dumps(told).decode()
