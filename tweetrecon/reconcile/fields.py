"""What each column of a tweet is taken from, when several sightings state it.

Sightings of a tweet are ranked three ways, for what it says, when it was sent, and everything else; a column takes the
first value in its ranking that is there. Whole columns at a time, so that a million tweets take seconds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tweetrecon.model import Precision, Role, TimeSource

Ints = npt.NDArray[np.int64]
Array = Any
"""A pyarrow array; its stubs know no array of unknown type."""

TEXT_COLUMNS = ("text", "text_truncated", "text_dir", "hashtags", "cashtags", "mentions")
"""All from the sighting with the best text: shown before named, whole before cut, the most frequent, the longest."""

SHORTENED = 0.9
"""A text shorter than this share of the longest seen has lost a part, marked or not."""

TIME_COLUMNS = ("created_at", "created_at_precision", "created_at_source")
"""From the sighting with the finest time, of the surest source."""

MAJORITY_COLUMNS = ("author_username", "author_name", "author_id", "lang", "conversation_id")
"""The value that most sightings state, each column by itself; then that of the best text."""

LIST_COLUMNS = ("urls", "media")
"""From the first sighting, best text first, that states any: other extractors dropped them."""

COUNT_COLUMNS = ("like_count", "retweet_count", "reply_count", "quote_count")
"""The highest stated."""

_ROLES = {str(Role.ARCHIVED): 0} | {
    str(role): rank for rank, role in enumerate((Role.EMBEDDED, Role.LINKED, Role.INNER))
}
_ARCHIVED_FIRST = {str(Role.ARCHIVED): 0}
_PRECISIONS = {str(p): rank for rank, p in enumerate(Precision)}
_SOURCES = {
    str(source): rank
    for rank, source in enumerate(
        (
            TimeSource.SNOWFLAKE,
            TimeSource.ARCHIVE,
            TimeSource.PAGE_JSON,
            TimeSource.ATTRIBUTE,
            TimeSource.PRE_SNOWFLAKE_TABLE,
            TimeSource.BYLINE,
            TimeSource.RELATIVE,
        )
    )
}


class Ranking:
    """An order of all sightings in which those of one tweet stand together, the best first."""

    def __init__(self, groups: Ints, keys: list[Any]) -> None:
        """``keys``: arrays to sort by within a tweet, smaller is better, the first decides."""
        self._order = np.lexsort([*reversed(keys), groups])
        self._groups = groups[self._order]
        self._tweets = int(groups.max(initial=-1)) + 1

    def first(self, present: npt.NDArray[np.bool_]) -> Ints:
        """For each tweet its first sighting whose value is ``present``, else its best one."""
        chosen = np.zeros(self._tweets, dtype=np.int64)
        for places in (np.arange(len(self._order)), np.flatnonzero(present[self._order])):
            tweets, first = np.unique(self._groups[places], return_index=True)
            chosen[tweets] = self._order[places[first]]
        return chosen


def choose(sightings: pa.Table, groups: Ints) -> dict[str, Array]:
    """The columns of tweets taken over from their sightings. ``groups`` numbers the tweet of each sighting from 0."""
    table = _Columns(sightings, groups)
    by_text, by_time = _text_ranking(table), _time_ranking(table)
    texts, times = by_text.first(_present(table["text"])), by_time.first(_present(table["created_at"]))
    chosen = {name: table[name].take(texts) for name in TEXT_COLUMNS}
    chosen |= {name: table[name].take(times) for name in TIME_COLUMNS}
    for name in MAJORITY_COLUMNS:
        keys = [table.ranks("role", _ROLES), -table.frequency(name), table.ranks("text_truncated"), table.ranks(name)]
        chosen[name] = table[name].take(Ranking(groups, keys).first(_present(table[name])))
    for name in LIST_COLUMNS:
        chosen[name] = table[name].take(by_text.first(table.lengths(name) > 0))
    for name in COUNT_COLUMNS:
        chosen[name] = table[name].take(Ranking(groups, [-table.numbers(name)]).first(_present(table[name])))
    return chosen


class _Columns:
    """The sightings' columns, each as one array, and as numbers to rank by."""

    def __init__(self, sightings: pa.Table, groups: Ints) -> None:
        self._table, self.groups = sightings, groups

    def __getitem__(self, name: str) -> Array:
        column = self._table.column(name)
        return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)

    def numbers(self, name: str) -> Any:
        """A column of numbers, -1 where there is none."""
        return self[name].fill_null(-1).to_numpy(zero_copy_only=False)

    def lengths(self, name: str) -> Any:
        """The length of each text or list, -1 where there is none."""
        column = self[name]
        measured: Array = pc.utf8_length(column) if column.type == pa.string() else pc.list_value_length(column)
        return measured.fill_null(-1).to_numpy(zero_copy_only=False)

    def codes(self, name: str) -> Any:
        """A number for each distinct value, -1 where there is none."""
        return self[name].dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)

    def ranks(self, name: str, given: dict[str, int] | None = None) -> Any:
        """The place of each value in the ``given`` order, last when it is not in it; by default in its own."""
        if self[name].type == pa.bool_():
            return self[name].to_numpy(zero_copy_only=False)
        encoded = self[name].dictionary_encode()
        values = encoded.dictionary.to_pylist()
        order = given or {value: rank for rank, value in enumerate(sorted(values))}
        ranks = np.array([*(order.get(value, len(order)) for value in values), len(order)], dtype=np.int64)
        return ranks[encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)]

    def frequency(self, name: str) -> Any:
        """How many sightings of the same tweet have the same value."""
        codes = self.codes(name)
        pairs = self.groups * (int(codes.max(initial=0)) + 2) + codes + 1
        _, inverse, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        return counts[inverse]


def _text_ranking(table: _Columns) -> Ranking:
    lengths = table.lengths("text")
    longest = np.zeros(len(lengths), dtype=np.int64)
    np.maximum.at(longest, table.groups, lengths)
    shortened = lengths < longest[table.groups] * SHORTENED
    keys = [
        table.ranks("role", _ROLES),
        table.ranks("text_truncated"),
        shortened,
        table.ranks("role", _ARCHIVED_FIRST),
        -table.frequency("text"),
        -lengths,
    ]
    return Ranking(table.groups, [*keys, table.ranks("text")])


def _time_ranking(table: _Columns) -> Ranking:
    times = table["created_at"].cast(pa.int64())
    keys = [
        table.ranks("created_at_precision", _PRECISIONS),
        table.ranks("created_at_source", _SOURCES),
        -table.frequency("created_at"),
        times.fill_null(0).to_numpy(zero_copy_only=False),
    ]
    return Ranking(table.groups, keys)


def _present(column: Array) -> npt.NDArray[np.bool_]:
    present: npt.NDArray[np.bool_] = column.is_valid().to_numpy(zero_copy_only=False)
    return present
