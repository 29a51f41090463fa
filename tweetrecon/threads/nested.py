"""Trees → the table `threads`: tweets are gathered partition by partition of threads, in order, and nested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tweetrecon.model import ReferenceType, Thread, ThreadKind
from tweetrecon.schema import arrow_schema, as_dict
from tweetrecon.spill import Room, Spill
from tweetrecon.threads.gaps import gaps
from tweetrecon.threads.nodes import Ints
from tweetrecon.threads.trees import KINDS, Trees

if TYPE_CHECKING:
    import pyarrow as pa

_FROM_TWEETS = (
    "tweet_key", "tweet_id", "status", "author_username", "author_name", "created_at", "created_at_precision",
    "text", "text_dir", "lang", "url",
)  # fmt: skip


class Threads:
    """Takes in tweets in any order and gives them thread by thread."""

    def __init__(self, trees: Trees, room: Room) -> None:
        self._trees = trees
        self._place = np.empty(len(trees.order), dtype=np.int64)
        self._place[trees.order] = np.arange(len(trees.order))
        starts = np.flatnonzero(np.diff(trees.forest.root[trees.order], prepend=-1))
        self._start_of_root = np.zeros(len(trees.order), dtype=np.int64)
        self._start_of_root[trees.forest.root[trees.order[starts]]] = starts
        self._members: Spill[pa.Table] = Spill(room, room.partitions(len(trees.order)))

    def add(self, tweets: pa.Table, nodes: Ints, sightings: pa.Table) -> None:
        """Take in rows of ``tweets`` with their numbers in the trees, and the lists of their sightings."""
        import pyarrow as pa

        table = tweets.select(_FROM_TWEETS).append_column("node", pa.array(nodes))
        for name in sightings.column_names:
            table = table.append_column(name, sightings[name])
        partitions = (
            self._start_of_root[self._trees.forest.root[nodes]] * len(self._members) // max(1, len(self._place))
        )
        for partition in np.unique(partitions).tolist():
            rows = table.take(np.flatnonzero(partitions == partition))
            self._members.put(partition, rows, rows.num_rows)

    def tables(self) -> Iterator[pa.Table]:
        """The rows of ``threads``, sorted by thread."""
        import pyarrow as pa

        for partition in range(len(self._members)):
            parts = list(self._members.take(partition))
            rows: list[dict[str, Any]] = []
            if parts:
                table = pa.concat_tables(parts)
                order = np.argsort(self._place[table["node"].to_numpy()])
                rows = [_thread(members) for members in self._threads(table.take(order))]
            yield pa.Table.from_pylist(rows, schema=arrow_schema("threads"))

    def _threads(self, table: pa.Table) -> Iterator[list[dict[str, Any]]]:
        """The members of each thread, as in the column ``tweets``."""
        nodes = table["node"].to_numpy()
        related = self._related(nodes)
        roots = self._trees.forest.root[nodes]
        starts = np.flatnonzero(np.diff(roots, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(nodes)]):
            members = table.slice(start, end - start).drop_columns("node").to_pylist()
            yield [
                member | relation | {"position": position}
                for position, (member, relation) in enumerate(zip(members, related[start:end], strict=True))
            ]

    def _related(self, nodes: Ints) -> list[dict[str, Any]]:
        """How each tweet hangs in its tree."""
        trees = self._trees
        hangs = trees.forest.parent[nodes] != nodes
        keys = trees.keys.of(trees.forest.parent[nodes])
        columns = (trees.forest.depth, trees.number, trees.total, *trees.parents)
        values = zip(hangs.tolist(), keys, *(column[nodes].tolist() for column in columns), strict=True)
        return [
            {
                "depth": depth,
                "parent_key": key if hanging else None,
                "reference_type": KINDS[kind] if hanging else None,
                "inferred": inferred and hanging,
                "confidence": confidence if hanging else 1.0,
                "number": None if number < 0 else number,
                "number_total": None if total < 0 else total,
            }
            for hanging, key, depth, number, total, kind, inferred, confidence in values
        ]


def _thread(members: Sequence[dict[str, Any]]) -> dict[str, Any]:
    missing = gaps(members)
    authors = {m["author_username"].casefold(): m["author_username"] for m in reversed(members) if m["author_username"]}
    names = tuple(dict.fromkeys(authors[m["author_username"].casefold()] for m in members if m["author_username"]))
    documents = sorted({document for m in members for document in m["document_ids"]})
    times = [m["created_at"] for m in members if m["created_at"]]
    record = Thread(
        thread_id=members[0]["tweet_key"],
        kind=_kind(members),
        tweets_count=len(members),
        authors_count=len(names),
        documents_count=len(documents),
        author_usernames=names,
        started_at=min(times, default=None),
        ended_at=max(times, default=None),
        complete=not missing,
        gaps=missing,
        document_ids=tuple(documents),
    )
    return as_dict(record) | {"tweets": members}


def _kind(members: Sequence[Mapping[str, Any]]) -> ThreadKind:
    """By what joins its tweets; retweets hang on a thread without changing what it is."""
    if len(members) == 1:
        return ThreadKind.SINGLE
    of_key = {m["tweet_key"]: m["author_username"] for m in members}
    replies = [m for m in members if m["reference_type"] == ReferenceType.REPLIED_TO]
    if not replies:
        return ThreadKind.RETWEET_CHAIN
    pairs = ((m["author_username"], of_key[m["parent_key"]]) for m in replies)
    alone = all(one and other and one.casefold() == other.casefold() for one, other in pairs)
    return ThreadKind.SELF_THREAD if alone else ThreadKind.CONVERSATION
