"""Ask a service for the cited tweets that no archive gave, when the user says so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tweetrecon import extraction, readers
from tweetrecon.hydration import commit, finish, renew
from tweetrecon.hydration.taken import Taken
from tweetrecon.interop import archives, records
from tweetrecon.interop.archive import UNAVAILABLE, Refusal
from tweetrecon.interop.archives import Read
from tweetrecon.interop.dump import Item
from tweetrecon.interop.personal import NOBODY
from tweetrecon.model import (
    Document,
    Embed,
    Reject,
    RejectCode,
    Role,
    Sighting,
    Stage,
    TimeSource,
)
from tweetrecon.online.answer import Answer, Availability, Get
from tweetrecon.online.cache import Cache
from tweetrecon.online.resolver import Cited, Resolver
from tweetrecon.readers import Options
from tweetrecon.readers.reader import Source
from tweetrecon.store import Dataset, Progress, State, Writer, open_dataset

NOT_FOUND = "not_found"
"""Flag of a tweet that a service does not know."""

_FLAGS = {Availability.UNAVAILABLE: UNAVAILABLE, Availability.NOT_FOUND: NOT_FOUND}


class Resolved(NamedTuple):
    """How many tweets were asked for, now or in an earlier run, and what the answers were."""

    asked: int
    found: int
    unavailable: int
    not_found: int
    unknown: int


def resolve(
    out: Path, resolver: Resolver, cache: Cache, get: Get, watch: Callable[[Answer], object] | None = None
) -> Resolved:
    """Ask for each cited tweet that the dataset knows by its id and not from an archive, and rebuild the threads.

    What was answered before is taken from the cache. Raises DatasetError, OutputError.
    """
    renew(out)
    taken, counts = Taken(), Counter[str]()
    for cited in missing(open_dataset(out)):
        answer = cache.get(cited.tweet_id)
        if answer is None:
            answer = resolver.resolve(cited, get)
            if answer.availability is not Availability.UNKNOWN:
                cache.put(answer)
        counts[answer.availability] += 1
        for row in rows(answer, resolver.name):
            taken.add(row)
        if watch:
            watch(answer)
    with Writer(out, resume=True) as writer:
        commit(out, writer, taken)
        writer.commit(Progress(State.CAPTURED))
        finish(out, writer, (), 0)
    return Resolved(sum(counts.values()), *(counts[availability] for availability in Availability))


def missing(dataset: Dataset) -> list[Cited]:
    """The cited tweets with an id of which no archive and no service has told anything."""
    shown = dataset.sightings.select(["tweet_id", "role"]).to_pylist()
    told = {row["tweet_id"] for row in shown if row["role"] == Role.ARCHIVED}
    tweets = dataset.tweets.select(["tweet_id", "author_username", "documents_count"]).to_pylist()
    wanted = (t for t in tweets if t["tweet_id"] and t["documents_count"] and t["tweet_id"] not in told)
    return [Cited(t["tweet_id"], t["author_username"]) for t in wanted]


def rows(answer: Answer, resolver: str) -> Iterator[Read]:
    """What an answer tells, as rows of act 1, with the time and the evidence."""
    source = Source(answer.url)
    item = Item(int(answer.tweet_id), None, {}, answer.body.encode())
    document = replace(records.document(item, source, 1), captured_at=answer.at, captured_at_source=TimeSource.RECORD)
    found = list(_told(answer, item, source, document, resolver))
    yield from found
    if any(isinstance(row, Sighting) for row in found):
        yield document
    if answer.availability is not Availability.FOUND or not found:
        yield _not_resolved(answer, resolver, document)


def _told(answer: Answer, item: Item, source: Source, document: Document, resolver: str) -> Iterator[Sighting]:
    if flag := _FLAGS.get(answer.availability):
        embeds = [Embed(form=f"online_{resolver}", role=Role.INNER, tweet_id=answer.tweet_id, flags=(flag,))]
    elif answer.media_type == "text/html":
        yield from _of_page(answer, document)
        return
    else:
        embeds = archives.stated(_content(answer), NOBODY).embeds if answer.body else []
    told = [row for row in records.sightings(embeds, item, source) if isinstance(row, Sighting)]
    yield from told if any(row.tweet_id == answer.tweet_id for row in told) else ()


def _content(answer: Answer) -> dict[str, object] | Refusal:
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError):
        content = None
    return content if isinstance(content, dict) else Refusal(RejectCode.BAD_RECORD, "no JSON object")


def _of_page(answer: Answer, document: Document) -> Iterator[Sighting]:
    """The tweet asked for as its archived page shows it."""
    page = Source(answer.url, data=answer.body.encode())
    for read in readers.read_source(page, Options(format="html")):
        shown = extraction.extract(read).sightings if isinstance(read, Document) else ()
        for sighting in shown:
            if sighting.tweet_id == answer.tweet_id and sighting.text:
                yield replace(sighting, document_id=document.document_id, role=Role.ARCHIVED)


def _not_resolved(answer: Answer, resolver: str, document: Document) -> Reject:
    reason = answer.reason or "an answer without the tweet"
    return Reject(
        stage=Stage.READ,
        code=RejectCode.NOT_RESOLVED,
        source_uri=answer.url,
        source_key=answer.tweet_id,
        document_id=document.document_id,
        detail=f"{resolver}, {answer.at:%Y-%m-%d %H:%M:%S} UTC: {reason}",
        kept=answer.availability in _FLAGS,
    )
