"""Sightings → tweets: which sightings are one tweet, and what is known of it.

`reconcile` is a pure function of the set of sightings: their order, and how they are spread over documents and
datasets, change nothing, nor does the number of partitions in which they are looked at: first embed by embed, then
author by author, then tweet by tweet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tweetrecon.model import ReferenceType
from tweetrecon.reconcile.chains import KINDS
from tweetrecon.reconcile.embeds import SCHEMA, Embeds, Links, read
from tweetrecon.reconcile.flattened import Tabular
from tweetrecon.reconcile.identification import identified
from tweetrecon.reconcile.identity import RULE_NAMES
from tweetrecon.reconcile.numbering import Tweets
from tweetrecon.reconcile.tweets import tweets
from tweetrecon.schema import arrow_schema
from tweetrecon.spill import Room, Spill

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What act 2 knows after its first half.

    ``sightings`` has one row more for each retweet source that stood in a text alone, in order of documents; its rows
    are numbered through. The same rows are in ``seen``, with the numbers of their tweets, in partitions of tweets;
    ``tweets`` has the partitions of the tweets themselves, in order of their keys.
    """

    room: Room
    sightings: Spill[pa.Table]
    links: Links
    found: Tweets
    tweets: Spill[pa.Table]
    seen: Spill[pa.Table]
    kinds: Sequence[tuple[ReferenceType, str]] = KINDS
    rules: Sequence[str] = RULE_NAMES

    def sightings_table(self) -> Iterator[pa.Table]:
        """The rows of the table ``sightings``, piece by piece, in order of documents."""
        for table in self.sightings.all():
            yield table.select(arrow_schema("sightings").names)


def reconcile(sightings: Tabular, documents: pa.Table | None = None, room: Room | None = None) -> Reconciled:
    """Group sightings to tweets and choose their fields; ``documents`` tell when tweets were cited."""
    room = room or Room()
    embeds = read(sightings, room)
    found = identified(embeds, room)
    seen = _seen(embeds, found, room)
    made: Spill[pa.Table] = Spill(room, len(seen))
    for partition in range(len(seen)):
        rows = _gathered(list(seen.take(partition)))
        seen.put(partition, rows, rows.num_rows)
        chosen = _tweets(rows, found, documents)
        made.put(partition, chosen, chosen.num_rows)
    return Reconciled(room, embeds.tables, embeds.links(), found, made, seen)


def _seen(embeds: Embeds, found: Tweets, room: Room) -> Spill[pa.Table]:
    """All sightings by their tweets, those of tweet archives marked."""
    import pyarrow as pa

    partitions = room.partitions(embeds.rows)
    seen: Spill[pa.Table] = Spill(room, partitions)
    archives = np.array(sorted(embeds.archives), dtype=np.int64)
    for table in embeds.tables.all():
        tweet = found.of_row[table["row"].to_numpy()]
        archived = np.isin(table["document"].to_numpy(), archives)
        numbered = table.append_column("tweet", pa.array(tweet)).append_column("archived", pa.array(archived))
        partition = tweet * partitions // max(1, len(found.keys))
        for number in np.unique(partition).tolist():
            rows = numbered.take(np.flatnonzero(partition == number)) if partitions > 1 else numbered
            seen.put(number, rows, rows.num_rows)
    return seen


def _gathered(tables: list[pa.Table]) -> pa.Table:
    """One table in order of tweets, then documents."""
    import pyarrow as pa

    none = pa.Table.from_batches(
        [], pa.schema([*SCHEMA, pa.field("tweet", pa.int64()), pa.field("archived", pa.bool_())])
    )
    table = pa.concat_tables([none, *tables], promote_options="default")
    order = np.lexsort((table["row"].to_numpy(), table["tweet"].to_numpy()))
    return table.take(order).combine_chunks()


def _tweets(rows: pa.Table, found: Tweets, documents: pa.Table | None) -> pa.Table:
    tweet = rows["tweet"].to_numpy()
    first, end = (int(tweet[0]), int(tweet[-1]) + 1) if len(tweet) else (0, 0)
    keys = [str(key) for key in found.keys[first:end]]
    return tweets(rows, tweet - first, keys, found.marks[first:end], _cited(rows, documents))


def _cited(rows: pa.Table, documents: pa.Table | None) -> list[Any]:
    """When the document of each row was published, else captured."""
    import pyarrow.compute as pc

    if documents is None or not documents.num_rows:
        return [None] * rows.num_rows
    times = pc.coalesce(documents["published_at"], documents["captured_at"])
    return times.take(pc.index_in(rows["document_id"], documents["document_id"].combine_chunks())).to_pylist()
