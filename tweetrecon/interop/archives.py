"""Tweet archives → sightings, so that act 2 needs no second path.

A dump is any file of records (:mod:`tweetrecon.interop.dump`), or a tar or zip of such files
(:mod:`tweetrecon.interop.packed`). Each record is told by its keys, so that a dump may hold several formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tweetrecon.interop import (
    api_v1,
    api_v2,
    dump,
    graphql,
    packed,
    personal,
    records,
    sightings,
    snscrape,
    syndication,
)
from tweetrecon.interop.archive import Archive, Record, Refusal
from tweetrecon.interop.personal import NOBODY, Holder
from tweetrecon.interop.sightings import Given
from tweetrecon.model import Document, Embed, Reject, RejectCode, Sighting
from tweetrecon.readers.reader import Source
from tweetrecon.readers.stream import Stream

ARCHIVES: tuple[Archive, ...] = (
    snscrape.ARCHIVE,
    graphql.ARCHIVE,
    api_v2.ARCHIVE,
    syndication.SYNDICATION_ARCHIVE,
    syndication.OEMBED_ARCHIVE,
    api_v1.ARCHIVE,
)
"""All formats; the first whose ``sniff`` takes a record reads it, so the more telling keys come first."""

Read = Document | Sighting | Reject
_LOOKED_AT = 5
_UNKNOWN = Refusal(RejectCode.BAD_RECORD, "a record of no known tweet archive")
_NO_TWEET = Refusal(RejectCode.BAD_RECORD, "a record of an archive, but of no tweet")


class Statement(NamedTuple):
    """What a record says: its tweets, the whole ones first, and why parts of it, or all, give none."""

    embeds: list[Embed]
    refusals: list[Refusal]


def recognise(record: Record) -> Archive | None:
    """The format of a record."""
    return next((archive for archive in ARCHIVES if archive.sniff(record)), None)


def stated(content: Record | Refusal, holder: Holder) -> Statement:
    """The tweets of a record; ``holder`` is whose archive it is of."""
    if isinstance(content, Refusal):
        return Statement([], [content])
    record = personal.with_holder(content, holder)
    archive = recognise(record)
    if archive is None:
        return Statement([], [_UNKNOWN])
    found = list(archive.read(record)) or [_NO_TWEET]
    return Statement(
        [one for one in found if isinstance(one, Embed)], [one for one in found if isinstance(one, Refusal)]
    )


def is_archive(path: Path) -> bool:
    """Whether one of a file's first records is a tweet in a known format. Raises InputError where it cannot be read."""
    with dump.opened(path) as stream:
        if packed.is_packed(stream.head()):
            return any(isinstance(row, Sighting) for row in read(path))
        for _, item in zip(range(_LOOKED_AT), dump.items(stream), strict=False):
            if isinstance(item.content, dict) and recognise(personal.with_holder(item.content, NOBODY)):
                return True
    return False


def read(path: Path) -> Iterator[Read]:
    """The records of a dump that state tweets, each after its sightings, and a reject for each that gave none.

    ``created_at_source`` is ``archive`` where the record states a time. Raises InputError where the file cannot be
    read.
    """
    return packed.read(Source(path.name, path), _read_stream)


def _read_stream(stream: Stream, source: Source, holder: Holder) -> Iterator[Read]:
    for item in dump.items(stream):
        yield from read_item(item, source, holder)


def read_file(path: Path) -> Given:
    """All of a dump at once, as :func:`tweetrecon.interop.sightings.read_jsonl` gives the rows of its table."""
    found: tuple[list[Sighting], list[Reject], list[Document]] = ([], [], [])
    for row in read(path):
        match row:
            case Sighting():
                found[0].append(row)
            case Reject():
                found[1].append(row)
            case Document():
                found[2].append(row)
    return Given(*found)


def read_any(path: Path) -> Given:
    """Sightings from a dump, or from a file with rows of their table; pipes, which are read once, hold the latter."""
    return read_file(path) if path.is_file() and is_archive(path) else sightings.read_jsonl(path)


def read_item(item: dump.Item, source: Source, holder: Holder) -> Iterator[Read]:
    """The sightings and rejects of one record, and then the record as a document if it gave any sighting."""
    embeds, refusals = stated(item.content, holder)
    yield from (records.refused(item, source, refusal) for refusal in refusals)
    found = list(records.sightings(embeds, item, source)) if embeds else []
    yield from found
    if count := sum(isinstance(row, Sighting) for row in found):
        yield records.document(item, source, count)
