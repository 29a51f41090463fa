"""Tweet archives → sightings, so that act 2 needs no second path.

A dump is any file of records (:mod:`tweetrecon.interop.dump`). Each record is told by its keys, so that a dump may hold
several formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tweetrecon import resolve
from tweetrecon.interop import api_v1, api_v2, dump, graphql, personal, sightings, snscrape, syndication
from tweetrecon.interop.archive import Archive, Record, Refusal
from tweetrecon.interop.sightings import Given
from tweetrecon.model import Document, Embed, Precision, Reject, RejectCode, Sighting, Stage, TimeSource
from tweetrecon.twitter import dates, snowflake

ARCHIVES: tuple[Archive, ...] = (
    snscrape.ARCHIVE,
    graphql.ARCHIVE,
    api_v2.ARCHIVE,
    syndication.SYNDICATION_ARCHIVE,
    syndication.OEMBED_ARCHIVE,
    api_v1.ARCHIVE,
)
"""All formats; the first whose ``sniff`` takes a record reads it, so the more telling keys come first."""

Read = Sighting | Reject
_LOOKED_AT = 5
_UNKNOWN = Refusal(RejectCode.BAD_RECORD, "a record of no known tweet archive")
_NO_TWEET = Refusal(RejectCode.BAD_RECORD, "a record of an archive, but of no tweet")


def recognise(record: Record) -> Archive | None:
    """The format of a record."""
    return next((archive for archive in ARCHIVES if archive.sniff(record)), None)


def is_archive(path: Path) -> bool:
    """Whether one of a file's first records is a tweet in a known format. Raises InputError where it cannot be read."""
    with dump.opened(path) as stream:
        for _, item in zip(range(_LOOKED_AT), dump.items(stream), strict=False):
            if isinstance(item.content, dict) and recognise(personal.with_owner(item.content, {})):
                return True
    return False


def read(path: Path) -> Iterator[Read]:
    """The sightings of a dump, in its order, and a reject for each line or part that gave none.

    ``created_at_source`` is ``archive`` where the record states a time. Raises InputError where the file cannot be
    read.
    """
    owner = personal.owner_beside(path)
    with dump.opened(path) as stream:
        for item in dump.items(stream):
            yield from read_item(item, path.name, owner)


def read_file(path: Path) -> Given:
    """All of a dump at once, as :func:`tweetrecon.interop.sightings.read_jsonl` gives the rows of its table."""
    found = Given([], [])
    for row in read(path):
        if isinstance(row, Sighting):
            found.sightings.append(row)
        else:
            found.rejects.append(row)
    return found


def read_any(path: Path) -> Given:
    """Sightings from a dump, or from a file with rows of their table; pipes, which are read once, hold the latter."""
    return read_file(path) if path.is_file() and is_archive(path) else sightings.read_jsonl(path)


def read_item(item: dump.Item, source: str, owner: Record | None = None) -> Iterator[Read]:
    """The sightings and rejects of one record; ``owner`` is the author of records that do not name theirs."""
    if isinstance(item.content, Refusal):
        yield _reject(item, source, item.content)
        return
    record = personal.with_owner(item.content, owner or {})
    archive = recognise(record)
    if archive is None:
        yield _reject(item, source, _UNKNOWN)
        return
    found = list(archive.read(record)) or [_NO_TWEET]
    yield from (_reject(item, source, refusal) for refusal in found if isinstance(refusal, Refusal))
    yield from _resolved([e for e in found if isinstance(e, Embed)], item, source)


def _resolved(embeds: list[Embed], item: dump.Item, source: str) -> Iterator[Read]:
    key = str(item.number)
    digest = sha256(f"{source}\0{key}".encode()).hexdigest()[:32]
    document = Document(document_id=digest, source_uri=source, source_key=key, source_offset=item.offset)
    whole = tuple(part for embed in embeds for part in _unnested(embed))
    stated = {e.tweet_id: e.timestamp for e in _all(whole) if e.tweet_id and e.timestamp}
    resolution = resolve.resolve(document, whole)
    yield from (_timed(sighting, stated.get(sighting.tweet_id or "")) for sighting in resolution.sightings)
    yield from resolution.rejects


def _unnested(embed: Embed) -> Iterator[Embed]:
    """The embed and those inside it that state relations of their own: a sighting tells of one level."""
    yield embed
    for inner in _inner(embed):
        if any(_inner(inner)):
            yield from _unnested(inner)


def _inner(embed: Embed) -> Iterator[Embed]:
    return (inner for inner in (embed.retweeted, embed.quoted, embed.parent) if inner is not None)


def _all(embeds: Iterable[Embed]) -> Iterator[Embed]:
    for embed in embeds:
        yield embed
        yield from _all(_inner(embed))


def _timed(sighting: Sighting, stated: str | None) -> Sighting:
    """The sighting with the time that its archive states, which is exact to the second.

    Personal archives put midnight where only the day was kept: 31,266 of 62,855 tweets of 2010 before Snowflake.
    """
    parsed = dates.parse(stated) if stated else None
    if parsed is None:
        return sighting
    midnight = parsed.value < snowflake.EPOCH and not (parsed.value.hour or parsed.value.minute or parsed.value.second)
    if midnight and sighting.created_at_precision == Precision.HOUR:
        return sighting
    precision = Precision.DAY if midnight else parsed.precision
    if precision == Precision.MILLISECOND and not parsed.value.microsecond:
        precision = Precision.SECOND  # API v2 writes .000Z throughout
    return replace(
        sighting, created_at=parsed.value, created_at_precision=precision, created_at_source=TimeSource.ARCHIVE
    )


def _reject(item: dump.Item, source: str, refusal: Refusal) -> Reject:
    return Reject(
        stage=Stage.READ,
        code=refusal.code,
        source_uri=source,
        source_key=str(item.number),
        offset=item.offset,
        detail=f"record {item.number:,}: {refusal.detail}",
        evidence=item.evidence or None,
        kept=refusal.kept,
    )
