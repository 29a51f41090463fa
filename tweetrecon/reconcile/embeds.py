"""Sightings in the order of their documents, with the sources that stand only in their texts, and who names whom.

An embed is looked at as a whole, and embeds one after the other, so that of any number only a partition is in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from tweetrecon.model import Role
from tweetrecon.reconcile import chains
from tweetrecon.reconcile.flattened import Tabular, pieces
from tweetrecon.reconcile.identity import Item
from tweetrecon.reconcile.items import COLUMNS, items
from tweetrecon.reconcile.numbers import Codes, Ints, replaced
from tweetrecon.schema import arrow_schema, to_table
from tweetrecon.spill import Room, Spill, code

ORDER = ("document_id", "position", "chain_position", "sighting_id")
"""The order in which sightings are looked at, whatever that in which they come."""

SAMPLED = 100
"""How many embeds for each partition are looked at to divide all of them evenly."""

Row = Mapping[str, Any]


def added_columns() -> list[pa.Field[Any]]:
    """What the rows of `sightings` carry along: see `_carried`."""
    when, text = pa.timestamp("us", tz="UTC"), pa.string()
    return [
        pa.field("row", pa.int64()),
        pa.field("place", pa.int64()),
        pa.field("document", pa.int64()),
        pa.field("embed_id", text),
        pa.field("bound_at", when),
        pa.field("bound_precision", text),
    ]


class Links(NamedTuple):
    """Parallel: the row of a tweet that names another, the row of that, and the place of what says so in `KINDS`."""

    outer: Ints
    inner: Ints
    kind: Ints


class Embeds:
    """All sightings, numbered by rows in `ORDER`."""

    def __init__(self, room: Room, partitions: int) -> None:
        self.tables: Spill[pa.Table] = Spill(room, partitions)
        """The rows, with `added_columns`."""
        self.items: Spill[Item] = Spill(room, partitions)
        self.archives: set[int] = set()
        """The numbers of documents that are records of tweet archives."""
        self.edits: dict[str, str] = {}
        """Any version of an edited tweet → its first."""
        self.rows = 0
        self._places = self._documents = 0
        self._last: str | None = None
        self._ids: list[Codes] = []
        self._users: list[Codes] = []
        self._links: list[Ints] = []

    def add(self, partition: int, table: pa.Table) -> None:
        """Take in the sightings of whole embeds, all after those before."""
        table, rows = _ordered(*_unwound(table))
        links = list(chains.links(rows))
        found = items(rows, links, self.rows)
        place = _changes([(row["document_id"], row["position"]) for row in rows]) + self._places
        document = _changes([self._last, *(row["document_id"] for row in rows)])[1:] + self._documents
        numbers = [np.arange(self.rows, self.rows + len(rows)), place, document]
        self.tables.put(partition, _carried(table, rows, found, numbers), len(rows))
        for item in found:
            self.items.put(partition, item)
        self._ids.append(np.array([code(item.tweet_id) for item in found], dtype=np.uint64))
        self._users.append(np.array([code(item.username) for item in found], dtype=np.uint64))
        kinds = [(k.outer + self.rows, k.inner + self.rows, chains.KINDS.index((k.type, k.method))) for k in links]
        self._links.append(np.array(kinds, dtype=np.int64).reshape(-1, 3))
        self.edits |= _edits(rows)
        self.archives |= {n for row, n in zip(rows, document.tolist(), strict=True) if row["role"] == Role.ARCHIVED}
        self.rows += len(rows)
        if rows:
            self._places, self._documents = int(place[-1]) + 1, int(document[-1])
            self._last = rows[-1]["document_id"]

    @property
    def users(self) -> Codes:
        """The author of each row as a number, 0 for none."""
        return np.concatenate(self._users)

    def ids(self) -> Codes:
        """The tweet id of each row as a number, that of the first version where there are several; 0 for none."""
        return replaced(np.concatenate(self._ids), {code(one): code(first) for one, first in self.edits.items()})

    def links(self) -> Links:
        """What the embeds say of each other."""
        return Links(*np.concatenate(self._links).T)


def read(sightings: Tabular, room: Room) -> Embeds:
    """All sightings of a table."""
    found = Embeds(room, room.partitions(sightings.num_rows))
    for partition, table in enumerate(_arranged(sightings, room)):
        found.add(partition, table)
    return found


# ------------------------------------------------------------------------------------------------ partitions


def _arranged(sightings: Tabular, room: Room) -> Iterator[pa.Table]:
    """The rows in partitions of whole embeds, each after the one before; within one in any order."""
    bounds = _bounds(sightings, room.partitions(sightings.num_rows))
    spill: Spill[pa.Table] = Spill(room, len(bounds) + 1)
    for piece in pieces(sightings):
        for partition, table in _parted(piece, bounds):
            spill.put(partition, table, table.num_rows)
    for partition in range(len(spill)):
        yield pa.concat_tables(
            [arrow_schema("sightings").empty_table(), *spill.take(partition)], promote_options="default"
        )


def _bounds(sightings: Tabular, partitions: int) -> list[tuple[str, int]]:
    """The embeds with which partitions begin, all but the first, by a sample."""
    if partitions == 1:
        return []
    every = max(1, sightings.num_rows // (partitions * SAMPLED))
    sample = []
    for batch in sightings.select(ORDER[:2]).to_batches():
        sample += list(zip(*(column[::every].to_pylist() for column in batch.columns), strict=True))
    sample.sort()
    return [sample[n * len(sample) // partitions] for n in range(1, partitions)]


def _parted(table: pa.Table, bounds: Sequence[tuple[str, int]]) -> Iterator[tuple[int, pa.Table]]:
    if not bounds:
        yield 0, table
        return
    embeds = zip(table["document_id"].to_pylist(), table["position"].to_pylist(), strict=True)
    partitions = np.array([bisect_right(bounds, embed) for embed in embeds], dtype=np.int64)
    for partition in np.unique(partitions).tolist():
        yield partition, table.take(np.flatnonzero(partitions == partition))


# ------------------------------------------------------------------------------------------------ one partition


def _unwound(table: pa.Table) -> tuple[pa.Table, list[Row]]:
    """The table and its rows, with a row more for each source that stands only in a text."""
    rows: list[Any] = table.select(COLUMNS).to_pylist()
    sources = list(chains.unwound(rows))
    if not sources:
        return table, rows
    found = to_table("sightings", sources)
    return pa.concat_tables([table, found], promote_options="default"), rows + found.select(COLUMNS).to_pylist()


def _ordered(table: pa.Table, rows: Sequence[Row]) -> tuple[pa.Table, list[Row]]:
    order = sorted(range(len(rows)), key=lambda i: tuple(rows[i][name] for name in ORDER))
    return table.take(pa.array(order, pa.int64())), [rows[i] for i in order]


def _changes(values: Sequence[Any]) -> Ints:
    """How often a value differed from the one before it, up to each."""
    return np.cumsum([i > 0 and values[i] != values[i - 1] for i in range(len(values))], dtype=np.int64)


def _carried(table: pa.Table, rows: Sequence[Row], found: Sequence[Item], numbers: Sequence[Ints]) -> pa.Table:
    """The table with the numbers of each row, embed and document.

    Inner rows also get the sighting that shows them: its id and, for the source of a retweet, its time, which bounds
    that of the source.
    """
    base = int(numbers[0][0]) if rows else 0
    embeds = [None if item.embed < 0 else rows[item.embed - base] for item in found]
    bounds = [embed if embed and item.inner else None for item, embed in zip(found, embeds, strict=True)]
    arrays: list[Any] = [
        *numbers,
        [embed and embed["sighting_id"] for embed in embeds],
        [bound and bound["created_at"] for bound in bounds],
        [bound and bound["created_at_precision"] for bound in bounds],
    ]
    for column, values in zip(added_columns(), arrays, strict=True):
        table = table.append_column(column, pa.array(values, column.type))
    return table


def _edits(rows: Sequence[Row]) -> dict[str, str]:
    histories = (sorted(row["edit_tweet_ids"], key=_id_order) for row in rows if row["edit_tweet_ids"])
    return {version: history[0] for history in histories for version in history}


def _id_order(tweet_id: str) -> tuple[int, str]:
    return len(tweet_id), tweet_id


SCHEMA = pa.schema([*arrow_schema("sightings"), *added_columns()])
"""Rows as `Embeds.tables` holds them."""
