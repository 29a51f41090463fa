"""One record of a tweet archive → its document and its sightings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tweetrecon import resolve
from tweetrecon.interop.archive import UNAVAILABLE, Refusal
from tweetrecon.interop.dump import Item
from tweetrecon.model import Document, Embed, Outcome, Precision, Reject, Role, Sighting, Stage, TimeSource
from tweetrecon.readers import reader
from tweetrecon.readers.reader import Source
from tweetrecon.twitter import dates, snowflake

MEDIA_TYPE = "application/json"
"""Of the documents that are records of tweet archives."""


def every(embeds: Iterable[Embed]) -> Iterator[Embed]:
    """The tweets and all that stand inside them."""
    for embed in embeds:
        yield embed
        yield from every(_inner(embed))


def document(item: Item, source: Source, sightings_count: int) -> Document:
    """The record as a document, so that what it states can be traced to its line."""
    return reader.document(
        source,
        item.raw,
        key=str(item.number),
        source_offset=item.offset,
        media_type=MEDIA_TYPE,
        outcome=Outcome.TWEETS if sightings_count else Outcome.NONE,
        sightings_count=sightings_count,
    )


def sightings(embeds: Sequence[Embed], item: Item, source: Source) -> Iterator[Sighting | Reject]:
    """What the record states, of role ``archived``; tweets that it only names, by id or in a text, are ``inner``."""
    whole = tuple(part for embed in embeds for part in _unnested(embed))
    stated = {e.tweet_id: e.timestamp for e in every(whole) if e.tweet_id and e.timestamp}
    resolution = resolve.resolve(document(item, source, 0), whole)
    for sighting in resolution.sightings:
        role = Role.ARCHIVED if sighting.chain_position == 0 or tells(sighting) else Role.INNER
        yield replace(_timed(sighting, stated.get(sighting.tweet_id or "")), role=role)
    yield from resolution.rejects


def tells(sighting: Sighting) -> bool:
    """Whether a record has a tweet and does not only name it: its text, or that it is gone."""
    return sighting.tweet_id is not None and (sighting.text is not None or UNAVAILABLE in sighting.flags)


def refused(item: Item, source: Source, refusal: Refusal) -> Reject:
    """The reject of a record, or of a part of it."""
    key = "#".join(part for part in (source.inside, str(item.number)) if part)
    return Reject(
        stage=Stage.READ,
        code=refusal.code,
        source_uri=source.uri,
        source_key=key,
        offset=item.offset,
        detail=f"record {item.number:,}: {refusal.detail}",
        evidence=item.raw[:80].decode("utf-8", "replace").strip() or None,
        kept=refusal.kept,
    )


def _unnested(embed: Embed) -> Iterator[Embed]:
    """The embed and those inside it that state relations of their own: a sighting tells of one level."""
    yield embed
    for inner in _inner(embed):
        if any(_inner(inner)):
            yield from _unnested(inner)


def _inner(embed: Embed) -> Iterator[Embed]:
    return (inner for inner in (embed.retweeted, embed.quoted, embed.parent) if inner is not None)


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
