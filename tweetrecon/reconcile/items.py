"""Rows of the sightings table → what identity needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tweetrecon.model import Precision, ReferenceType, TimeSource
from tweetrecon.reconcile.chains import Link
from tweetrecon.reconcile.identity import NO_TIME, Item
from tweetrecon.twitter import retweets
from tweetrecon.twitter.folding import Folded, fold

COLUMNS = (
    "sighting_id", "document_id", "position", "chain_position", "role", "form", "lang", "tweet_id", "author_username",
    "created_at", "created_at_precision", "created_at_source", "text", "text_truncated", "confidence", "edit_tweet_ids",
    "replied_to_id", "replied_to_username", "quoted_id", "quoted_username", "retweeted_id", "retweeted_username",
)  # fmt: skip
"""The columns of `sightings` that act 2 looks at row by row; all others are only carried along."""

_WIDTH = {
    Precision.MILLISECOND: timedelta(milliseconds=1),
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
    Precision.MONTH: timedelta(days=31),
    Precision.YEAR: timedelta(days=366),
}
_EXACT = {TimeSource.SNOWFLAKE, TimeSource.ARCHIVE, TimeSource.PAGE_JSON}
_ZONES = timedelta(days=1)
"""A printed date may be that of another time zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def items(rows: Sequence[Mapping[str, Any]], links: Sequence[Link], first: int = 0) -> list[Item]:
    """One item a row, numbered from ``first``.

    The source of a retweet takes its outer tweet's time as the latest that it can have been sent.
    """
    found = [_item(i, row) for i, row in enumerate(rows, first)]
    for link in links:
        inner, outer = found[link.inner], found[link.outer]
        inner.outer, inner.embed = link.outer + first, link.embed + first
        if link.type is ReferenceType.RETWEETED and inner.tweet_id is None:
            inner.inner = True
            inner.window = (inner.window[0], min(inner.window[1], outer.window[1]))
            inner.folded = _whole_source(rows, link) or inner.folded
    return found


def _item(i: int, row: Mapping[str, Any]) -> Item:
    username = row["author_username"]
    return Item(
        row=i,
        tweet_id=row["tweet_id"],
        username=username.casefold() if username else None,
        folded=_folded(row),
        window=window(row),
        day=f"{row['created_at']:%Y-%m-%d}" if row["created_at"] else None,
        order=row["sighting_id"],
    )


def _folded(row: Mapping[str, Any]) -> Folded:
    folded = fold(row["text"] or "")
    return folded._replace(cut_tail=True) if row["text_truncated"] and not folded.cut_head else folded


def _whole_source(rows: Sequence[Mapping[str, Any]], link: Link) -> Folded | None:
    """The source's whole tweet: in "RT @a: so true RT @b: text" @a wrote all from "so true"."""
    inner = rows[link.inner]
    hops = retweets.hops(rows[link.embed]["text"] or "")
    place = inner["chain_position"] - 1
    if place >= len(hops) or hops[place].username != inner["author_username"]:
        return None
    folded = fold(hops[place].full_text)
    return folded._replace(cut_tail=True) if hops[place].truncated else folded


def window(row: Mapping[str, Any]) -> tuple[int, int]:
    """The time in which a row's tweet was sent: its first and last microsecond since 1970.

    It is a day longer at either end for dates that a page prints in a zone of its own.
    """
    start = row["created_at"]
    if start is None:
        return NO_TIME
    end = start + _WIDTH.get(row["created_at_precision"], timedelta(0))
    if row["created_at_source"] not in _EXACT and row["created_at_precision"] in ("day", "month", "year"):
        start, end = start - _ZONES, end + _ZONES
    return micros(start), micros(end)


def micros(time: datetime) -> int:
    """Microseconds since 1970."""
    return (time - _EPOCH) // timedelta(microseconds=1)
